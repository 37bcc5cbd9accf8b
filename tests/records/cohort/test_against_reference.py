"""Random extracts give what the slow reference gives, which is written apart from the package."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from tests.records.reference import follow
from tests.records.stories import COLUMNS, as_read
from youthjustice.records.cohort.offence_rules import breaches
from youthjustice.records.cohort.proven import proven_reoffending

START, END, EXTRACT = date(2023, 12, 1), date(2024, 2, 29), date(2025, 3, 1)
OUTCOMES = [
    *("youth_caution", "youth_conditional_caution", "caution", "conviction", "conviction"),
    *("custody", "custody", "community_resolution", "no_further_action"),
]
CHOICES = [
    {},
    {"same_day": "include"},
    {"followup": 6, "waiting": 0, "ages": (12, 15)},
    {"same_day": "include", "followup": 13, "waiting": 3},
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


def agree(extracts, choices):
    """Follow all extracts in one job, by the identifiers of their children; and each slowly."""
    made = [extract(seed) for seed in extracts]
    slow = {}
    for children, offences in made:
        slow |= follow(
            children,
            offences,
            start=START,
            end=END,
            extract=EXTRACT,
            breach_codes=[code.lower() for code in breaches()],
            **choices,
        )
    children = [child for part, _ in made for child in part]
    offences = [row for _, part in made for row in part]
    arguments = {name: value for name, value in choices.items() if name == "same_day"}
    if "followup" in choices:
        arguments |= {
            "followup_months": choices["followup"],
            "waiting_months": choices["waiting"],
        }
    if "ages" in choices:
        arguments |= {"age_min": choices["ages"][0], "age_max": choices["ages"][1]}
    found = proven_reoffending(
        *frames(children, offences), cohort=(START, END), extract_date=EXTRACT, **arguments
    )
    disposals = {"caution": 0, "conviction": 1, "custody": 2}
    fast = {
        row.child_id: (
            row.start_date.date(),
            disposals[row.index_disposal],
            row.reoffences,
            None if pd.isna(row.first_reoffence_date) else row.first_reoffence_date.date(),
            row.undatable,
        )
        for row in found.members.itertuples()
    }
    assert fast == slow
    counts = [member[2] for member in slow.values()]
    summary = found.summary
    assert summary.children == len(slow)
    assert summary.reoffenders == sum(count > 0 for count in counts)
    assert summary.reoffences == sum(counts)
    accounted = found.exclusions.groupby("table")["rows"].sum()
    assert accounted["offences"] == len(offences)
    assert accounted["children"] == len(children)
    assert (found.exclusions["rows"] >= 0).all()
    return len(slow), sum(counts)


def test_ten_extracts_agree_with_the_reference():
    entered, reoffences = agree(range(10), {})
    assert entered > 5 and reoffences > 3


@pytest.mark.prove
@pytest.mark.parametrize("choices", CHOICES)
def test_two_hundred_extracts_agree_with_the_reference(choices):
    entered, reoffences = agree(range(200), choices)
    assert entered > 100 and reoffences > 30
