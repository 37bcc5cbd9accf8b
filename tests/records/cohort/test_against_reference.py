"""Random extracts give what the slow reference gives, which is written apart from the package."""

import pandas as pd
import pytest

from tests.records.random_extracts import END, EXTRACT, START, extract, frames
from tests.records.reference import follow
from youthjustice.records.cohort.offence_rules import breaches
from youthjustice.records.cohort.proven import proven_reoffending

CHOICES = [
    {},
    {"same_day": "include"},
    {"followup": 6, "waiting": 0, "ages": (12, 15)},
    {"same_day": "include", "followup": 13, "waiting": 3},
]


def agree(extracts, choices, engine="duckdb"):
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
        *frames(children, offences),
        cohort=(START, END),
        extract_date=EXTRACT,
        engine=engine,
        **arguments,
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
    return found


def test_ten_extracts_agree_with_the_reference():
    summary = agree(range(10), {}).summary
    assert summary.children > 5 and summary.reoffences > 3


@pytest.mark.prove
@pytest.mark.parametrize("choices", CHOICES)
def test_two_hundred_extracts_agree_with_the_reference(choices):
    summary = agree(range(200), choices).summary
    assert summary.children > 100 and summary.reoffences > 30
