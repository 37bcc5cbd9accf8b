"""Random extracts of a few children each, in which everything that can be odd is so often."""

import random
from datetime import date, timedelta

import pandas as pd

from tests.records.stories import COLUMNS, as_read

START, END, EXTRACT = date(2023, 12, 1), date(2024, 2, 29), date(2025, 3, 1)
OUTCOMES = [
    *("youth_caution", "youth_conditional_caution", "caution", "conviction", "conviction"),
    *("custody", "custody", "community_resolution", "no_further_action"),
]
EDGES = [START, END, date(2024, 2, 28), date(2023, 12, 31), date(2025, 2, 28), date(2025, 8, 29)]


def near(chance, low=-500, high=700):
    """Give a day around the cohort, often one at which something ends."""
    if chance.random() < 0.5:
        return chance.choice(EDGES) + timedelta(days=chance.randint(-1, 1))
    return START + timedelta(days=chance.randint(low, high))


def extract(seed):
    """Make a few children with a few offences, in which everything that can be odd is so often."""
    chance = random.Random(seed)
    children, offences = [], []
    for number in range(chance.randint(1, 6)):
        name = f"{seed}-{number}"
        born = chance.choice(
            [near(chance) - timedelta(days=round(365.25 * a)) for a in range(9, 20)]
        )
        born = chance.choice([born, born, date(2008, 2, 29), date(2006, 2, 28), date(2012, 1, 15)])
        children.append(
            {"child_id": name, "date_of_birth": born if chance.random() < 0.95 else None}
        )
        offences += rows_of(chance, name)
    chance.shuffle(offences)
    return children, offences


def rows_of(chance, name):
    rows = []
    for _ in range(chance.randint(0, 7)):
        offence, outcome = sorted((near(chance), near(chance)))
        offence = max(offence, date(2021, 1, 1))
        outcome = chance.choice([outcome, outcome, offence, START, START + timedelta(days=40)])
        outcome = max(outcome, offence)
        kind = chance.choice(OUTCOMES)
        row = {
            "child_id": name,
            "offence_date": offence if chance.random() < 0.9 else None,
            "offence_code": chance.choice(["theft", "theft", "robbery", "Breach of bail", None]),
            "offence_seq": chance.choice([1, 1, 2, None]),
            "outcome_type": kind if chance.random() < 0.97 else None,
            "outcome_date": outcome if chance.random() < 0.93 else None,
            "release_date": chance.choice([None, near(chance, 0), outcome])
            if kind == "custody" or chance.random() < 0.1
            else None,
            "is_breach": chance.random() < 0.1,
        }
        rows.append(row)
        while rows and chance.random() < 0.3:  # the same offence once more, or nearly the same
            other = dict(chance.choice(rows))
            if chance.random() < 0.5:
                other["outcome_type"] = chance.choice(OUTCOMES)
            if chance.random() < 0.3:
                other["release_date"] = chance.choice([None, near(chance, 0)])
            rows.append(other)
    return rows


def frames(children, offences):
    of_children = pd.DataFrame(children, columns=["child_id", "date_of_birth"])
    return as_read(of_children, pd.DataFrame(offences, columns=COLUMNS))
