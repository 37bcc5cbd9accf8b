"""However a column is held, the answer is the same, and identifiers of two kinds still meet."""

import uuid
from datetime import date

import pandas as pd
import pytest

from tests.records.stories import QUARTER, Child, outcome_of, tables
from youthjustice.records import proven_reoffending

NAMES = [uuid.UUID(int=1), uuid.UUID(int=2)]


def told():
    return tables(
        Child("1").cautioned("2022-02-10", "2022-01-20").convicted("2022-05-01", "2022-08-01"),
        Child("2").cautioned("2022-01-10"),
    )


HELD = {
    "categories": lambda c, o: (
        c.astype({"child_id": "category"}),
        o.astype({"child_id": "category", "outcome_type": "category", "offence_code": "category"}),
    ),
    "numbers against texts": lambda c, o: (c.astype({"child_id": int}), o),
    "fractions for numbers": lambda c, o: (
        c.astype({"child_id": int}),
        o.astype({"child_id": float}),
    ),
    "blank ends": lambda c, o: (c.assign(child_id=[" 1", "2 "]), o),
    "unique identifiers": lambda c, o: (
        c.assign(child_id=NAMES),
        o.assign(child_id=[NAMES[0], NAMES[0], NAMES[1]]),
    ),
    "no sequence numbers": lambda c, o: (c, o.drop(columns="offence_seq")),
    "no word of breaches": lambda c, o: (c, o.assign(is_breach=None)),
    "truths as texts": lambda c, o: (c, o.assign(is_breach=["false", "0", "FALSE"])),
    "truths as numbers": lambda c, o: (c, o.assign(is_breach=0)),
    "dates of Python": lambda c, o: (
        c.assign(date_of_birth=date(2006, 6, 15)),
        o.assign(offence_date=o["offence_date"].dt.date, outcome_date=o["outcome_date"].dt.date),
    ),
    "moments": lambda c, o: (c, o.assign(offence_date=o["offence_date"] + pd.Timedelta("23h"))),
    "moments as texts": lambda c, o: (
        c,
        o.assign(offence_date=o["offence_date"].dt.strftime("%Y-%m-%dT23:00:00")),
    ),
    "codes of several kinds": lambda c, o: (
        c,
        o.assign(offence_code=pd.Series([1, "x", None], dtype=object)),
    ),
    "labels for rows": lambda c, o: (c.set_index(pd.Index(["x", "y"])), o.set_axis([5, 5, 5])),
    "columns of one's own": lambda c, o: (c.assign(**{'a "note"': None}), o.assign(court="x")),
}


@pytest.mark.prove
@pytest.mark.parametrize("how", HELD)
def test_gives_the_same_with(how):
    found = proven_reoffending(*HELD[how](*told()), cohort=QUARTER, extract_date="2024-01-01")
    assert list(outcome_of(found).values()) == [("2022-02-10", 1), ("2022-01-10", 0)]


@pytest.mark.prove
@pytest.mark.parametrize("empty", [0, 1])
def test_a_table_without_rows_gives_a_cohort_of_nobody(empty):
    both = list(told())
    both[empty] = pd.DataFrame(columns=both[empty].columns)
    found = proven_reoffending(*both, cohort=QUARTER, extract_date="2024-01-01")
    assert found.summary.children == 0
    assert found.exclusions["rows"].sum() == len(both[1 - empty])
