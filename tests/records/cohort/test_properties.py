"""What must hold of every cohort: order, strangers, sums, the account of rows, and the SQL."""

import copy
import pickle
from datetime import date

import duckdb
import pandas as pd
import pytest

from tests.records.random_extracts import END, EXTRACT, START, extract, frames
from tests.records.stories import Child, followed, outcome_of, tables
from youthjustice.records import annual_reoffending, proven_reoffending

YEAR = {"year_start": "2023-04-01", "extract_date": "2026-01-01"}
QUARTER = {"cohort": (START, END), "extract_date": EXTRACT}


def many(seeds):
    made = [extract(seed) for seed in seeds]
    children = [child for part, _ in made for child in part]
    return frames(children, [row for _, part in made for row in part])


@pytest.fixture(scope="module")
def some():
    return many(range(40))


@pytest.fixture(scope="module")
def found(some):
    return proven_reoffending(*some, **QUARTER)


def test_the_order_of_rows_changes_nothing(some, found):
    children, offences = (part.sample(frac=1, random_state=3) for part in some)
    again = proven_reoffending(children, offences, **QUARTER)
    assert again.summary == found.summary
    pd.testing.assert_frame_equal(again.members, found.members)
    pd.testing.assert_frame_equal(again.exclusions, found.exclusions)


@pytest.mark.prove
def test_an_unrelated_child_changes_only_the_number_of_children(some, found):
    stranger = tables(Child("stranger").cautioned("2024-01-15"))
    more = [pd.concat(pair) for pair in zip(some, stranger, strict=True)]
    summary = proven_reoffending(*more, **QUARTER).summary
    assert summary.children == found.summary.children + 1
    for name in ("reoffenders", "reoffences", "undatable", "final"):
        assert getattr(summary, name) == getattr(found.summary, name)


@pytest.mark.parametrize(
    ("extract_date", "final"),
    [
        ("2024-01-01", True),
        pytest.param("2023-10-10", True, marks=pytest.mark.prove),
        pytest.param("2023-10-09", False, marks=pytest.mark.prove),
    ],
)
def test_a_cohort_is_final_19_months_after_the_last_entry(extract_date, final):
    told = [Child("a").cautioned("2022-01-02"), Child("b").cautioned("2022-03-10")]
    summary = followed(*told, extract_date=extract_date).summary
    assert summary.final is final
    assert summary.provisional_until == (None if final else date(2023, 10, 10))
    assert ("provisional" in summary.sentence()) is not final


@pytest.mark.prove
def test_the_year_is_the_sum_of_its_quarters(some):
    year = annual_reoffending(*some, **YEAR)
    parts = [quarter.summary for quarter in year.quarters]
    for name in ("children", "reoffenders", "reoffences", "undatable"):
        assert getattr(year.summary, name) == sum(getattr(part, name) for part in parts)
    assert year.summary.children == len(year.members) > 40
    assert year.members["child_id"].duplicated().any()
    assert year.summary.final
    assert set(year.members["cohort"].dt.month) == {4, 7, 10, 1}


@pytest.mark.prove
def test_a_copy_and_a_pickle_hold_the_frames(found):
    for again in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert again.summary == found.summary
        pd.testing.assert_frame_equal(again.members, found.members)
        pd.testing.assert_frame_equal(again.exclusions, found.exclusions)


def test_every_row_is_accounted_for_once(some, found):
    rows = found.exclusions.groupby("table")["rows"].sum()
    assert rows.to_dict() == {"children": len(some[0]), "offences": len(some[1])}
    kept = found.exclusions[found.exclusions["kept"]].set_index("reason")["rows"]
    assert kept["in the cohort"] == found.summary.children
    assert kept["a proven reoffence"] == found.summary.reoffences


@pytest.mark.parametrize(
    "day",
    ["2024-02-10"]
    + [
        pytest.param(day, marks=pytest.mark.prove)
        for day in ("2023-12-31", "2024-11-01", "2025-03-01")
    ],
)
def test_what_is_dated_after_the_extract_is_not_known_yet(some, day):
    asked = {"cohort": (START, END), "extract_date": day, "recording_lag_months": 0}
    children, offences = some
    # As `read_extract` does, a whole row: an offence whose outcome is to come is not proven.
    later = (offences["offence_date"] > day) | (offences["outcome_date"] > day)
    found = proven_reoffending(children, offences, **asked)
    then = proven_reoffending(children, offences[~later], **asked)
    assert later.sum() > 10 and found.summary == then.summary
    pd.testing.assert_frame_equal(found.members, then.members)
    account = found.exclusions.set_index("reason")["rows"]
    assert 0 < account["dated after the extract"] <= later.sum()
    assert account.sum() == sum(map(len, some))


@pytest.mark.prove
def test_a_year_too_knows_nothing_after_the_extract(some):
    children, offences = some
    asked = {"year_start": "2023-04-01", "extract_date": "2024-02-10"}
    found = annual_reoffending(children, offences, **asked)
    known = offences[~(offences[["offence_date", "outcome_date"]] > "2024-02-10").any(axis=1)]
    then = annual_reoffending(children, known, **asked)
    assert len(known) < len(offences) and found.summary == then.summary
    assert found.summary.children < annual_reoffending(*some, **YEAR).summary.children
    assert found.summary.provisional_until > date(2024, 2, 10)


def test_the_account_says_what_became_of_each_row():
    told = [
        Child("a")
        .cautioned("2022-01-10")
        .event("diversion", "2022-02-01", "2022-03-01")
        .convicted("2022-04-01", "2022-05-01", breach=True)
        .convicted("2022-01-10", "2022-05-01")
        .convicted("2022-01-01", "2022-06-01")
        .convicted("2022-06-01", "2022-07-01", offence_seq=9)
        .convicted("2022-06-01", "2022-07-01", offence_seq=9)
        .convicted("2023-02-01", "2023-04-01")
        .convicted("2022-12-01", "2023-08-01")
        .convicted(None, "2022-12-01")
        .convicted("2015-01-01", "2015-02-01"),
        Child("b", born=None).cautioned("2022-01-10"),
        Child("c", born="2001-01-01").cautioned("2022-01-10"),
        Child("d").sentenced_to_custody("2022-01-10", "2022-02-10"),
        Child("e").convicted("2022-05-01", "2022-06-01"),
    ]
    children, offences = tables(*told)
    stray = offences[:1].assign(child_id="nobody")
    rows = pd.concat([offences, stray])
    found = proven_reoffending(
        children, rows, cohort=("2022-01-01", "2022-03-31"), extract_date="2024-01-01"
    )
    table = found.exclusions[found.exclusions["rows"] > 0]
    told_of = {(row.table, row.reason): row.rows for row in table.itertuples()}
    assert told_of == {
        ("children", "no entry in the period"): 2,
        ("children", "an entry, but the date of birth is not known"): 1,
        ("children", "an entry, but the child was not of age for the cohort"): 1,
        ("children", "in the cohort"): 1,
        ("offences", "by its dates neither an entry in the period nor a reoffence after one"): 1,
        ("offences", "of no child in the table of children"): 1,
        ("offences", "the outcome is neither a caution nor a conviction"): 1,
        ("offences", "a breach"): 1,
        ("offences", "a custodial sentence with no release by the extract"): 1,
        ("offences", "of a child who did not enter in the period"): 1,
        ("offences", "a row that repeats an offence"): 1,
        ("offences", "an entry, but the date of birth is not known"): 1,
        ("offences", "an entry, but the child was not of age for the cohort"): 1,
        ("offences", "the entry of a child into the cohort"): 1,
        ("offences", "a proven reoffence"): 1,
        ("offences", "committed before the start"): 1,
        ("offences", "committed on the day of the start"): 1,
        ("offences", "committed after the follow-up"): 1,
        ("offences", "outcome after the waiting period"): 1,
        ("offences", "a date is missing, so it may be a reoffence or not"): 1,
    }
    assert outcome_of(found) == {"a": ("2022-01-10", 1)}


def test_the_sql_runs_by_itself_and_gives_the_same(some, found):
    children, offences = some
    with duckdb.connect() as alone:
        alone.register("children", children)
        alone.register("offences", offences)
        alone.execute(found.sql)
        counted = alone.execute(
            "SELECT count(*), count(*) FILTER (reoffences > 0), sum(reoffences) FROM step_8_members"
        ).fetchone()
    summary = found.summary
    assert counted == (summary.children, summary.reoffenders, summary.reoffences)
    steps = [line.split()[5] for line in found.sql.splitlines() if line.startswith("CREATE")]
    assert steps[0] == "step_1_children" and steps[-1] == "step_13_members"


@pytest.mark.parametrize("kind", [pytest.param("parquet", marks=pytest.mark.prove), "csv"])
def test_a_file_gives_what_its_frame_gives(kind, some, found, tmp_path):
    paths = [tmp_path / f"{name}.{kind}" for name in ("children", "offences")]
    for frame, path in zip(some, paths, strict=True):
        if kind == "csv":
            frame.to_csv(path, index=False, date_format="%Y-%m-%d")
        else:
            frame.to_parquet(path, index=False)
    again = proven_reoffending(*paths, **QUARTER)
    assert again.summary == found.summary
    pd.testing.assert_frame_equal(again.members, found.members, check_dtype=False)
    pd.testing.assert_frame_equal(again.exclusions, found.exclusions)


@pytest.mark.prove
def test_members_keep_their_own_columns_and_go_straight_into_survival_analysis():
    from youthjustice.measures import kaplan_meier

    told = [
        Child(1).cautioned("2022-01-10").convicted("2022-01-20", "2022-03-01"),
        Child(2).cautioned("2022-01-10"),
    ]
    children, offences = tables(*told)
    children = children.assign(sex="female", service="Leeds", index=[7, 8])
    found = proven_reoffending(
        children, offences, cohort=("2022-01-01", "2022-03-31"), extract_date="2022-07-10"
    )
    members = found.members
    assert members["child_id"].tolist() == [1, 2]
    assert list(members.columns[:8]) == [
        *("child_id", "start_date", "reoffences", "first_reoffence_date"),
        *("date_of_birth", "sex", "service", "index"),
    ]
    assert members["days"].tolist() == [
        10,
        181,
    ]  # to the extract, which is before the follow-up's end
    curve = kaplan_meier(members["days"], members["reoffended"])
    assert curve["cumulative"].tolist() == [0.5, 0.5]
    assert not found.summary.final


def test_nobody_gives_rates_that_are_not_known():
    found = followed(Child("a").convicted("2015-01-01", "2015-02-01"))
    assert found.summary.children == 0 and found.members.empty
    assert pd.isna(found.summary.binary_rate) and pd.isna(found.summary.reoffences_per_reoffender)
    assert found.estimates()["flags"].str.contains("undefined").all()
    assert str(found) == "Cohort(0 of 0 children reoffended.)"
