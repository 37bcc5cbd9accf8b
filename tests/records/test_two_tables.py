"""The two tables that every count takes: told apart, in the right order, and of the period."""

import pandas as pd
import pytest

from tests.records.extracts import check_silence, said_by
from tests.records.stories import QUARTER, Child, tables
from youthjustice.errors import InputProblem
from youthjustice.records import (
    annual_reoffending,
    check_records,
    decision_counts,
    first_entrants,
    proven_reoffending,
    track_cohort,
)
from youthjustice.records.steps import children_of_year

YEAR = ("2022-01-01", "2022-12-31")
COUNTS = {
    "entrants": lambda *both: first_entrants(*both, YEAR, by="sex"),
    "decisions": lambda *both: decision_counts(*both, YEAR, by="sex"),
    "steps": lambda *both: children_of_year(*both, YEAR),
}
FOLLOWED = {
    "a cohort": lambda *both: proven_reoffending(*both, cohort=QUARTER, extract_date="2024-01-01"),
    "a year": lambda *both: annual_reoffending(
        *both, year_start="2022-01-01", extract_date="2024-01-01"
    ),
    "a tracker": lambda *both: track_cohort(*both, cohort=QUARTER, extract_date="2024-01-01"),
    "the check": check_records,
}


def both():
    children, offences = tables(
        Child("Zq7-1").cautioned("2022-01-10").convicted("2022-02-01", "2022-09-12"),
        Child("Zq7-2").cautioned("2022-01-11"),
    )
    return children.assign(sex="female", ethnic_group="White"), offences


@pytest.mark.parametrize("name", [*COUNTS, *FOLLOWED])
def test_tables_in_the_wrong_order_are_told(name):
    with said_by(InputProblem) as told:
        (COUNTS | FOLLOWED)[name](*both()[::-1])
    assert told[0] == "children has no column date_of_birth; were the two tables swapped?"
    check_silence("\n".join(told))


@pytest.mark.parametrize("name", COUNTS)
def test_what_is_no_table_is_told_before_anything_is_counted(name):
    children, offences = both()
    count = COUNTS[name]
    give = "give the tables of read_extract"
    for given, said in (
        ((pd.DataFrame(), pd.DataFrame()), f"children has no column child_id; {give}"),
        ((children, pd.DataFrame()), f"offences has no column child_id; {give}"),
        ((children.drop(columns="date_of_birth"), offences),
         f"children has no column date_of_birth; {give}"),
        ((children, offences.drop(columns="outcome_type")),
         f"offences has no column outcome_type; {give}"),
        ((None, offences), f"children is no table but NoneType; {give}"),
        ((children, "offences.csv"), f"offences is no table but str; {give}"),
        ((children.assign(date_of_birth="2006-06-15"), offences),
         f"the column date_of_birth of children holds no dates; {give}"),
        ((children, offences.assign(outcome_date=pd.Timestamp("2022-01-01", tz="UTC"))),
         f"the column outcome_date of offences holds no dates; {give}"),
    ):  # fmt: skip
        with pytest.raises(InputProblem) as refused:
            count(*given)
        assert str(refused.value) == said


@pytest.mark.parametrize("count", [first_entrants, decision_counts])
def test_a_period_that_the_records_do_not_reach_is_refused_and_one_that_ends_later_is_noted(count):
    counted = count(*both(), YEAR, by="sex")
    assert counted.attrs["notes"][-1] == (
        "The records end in September 2022, and the period on 31 December 2022: what is not in them "
        "yet is not counted."
    )
    whole = count(*both(), ("2022-01-01", "2022-09-30"), by="sex")
    assert len(whole.attrs["notes"]) == 1
    with said_by(InputProblem) as told:
        count(*both(), ("2022-10-01", "2022-12-31"), by="sex")
    assert told[0] == (
        "period starts on 2022-10-01, and the records end in September 2022: give an earlier period, "
        "or a later extract"
    )


def test_offences_without_a_date_say_of_no_period_that_it_is_over():
    children, offences = both()
    none = offences.assign(offence_date=pd.NaT, outcome_date=pd.NaT)
    none = none.astype({"offence_date": "datetime64[us]", "outcome_date": "datetime64[us]"})
    made = first_entrants(children, none, YEAR, by="sex")
    assert made["numerator"].sum() == 0
    assert made.attrs["notes"][-1] == "No row of offences has a date, so nothing could be counted."
