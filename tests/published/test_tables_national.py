"""Every national table cites its publications; custody and first-time entrants are as published.

Exact figures are quoted from the publication that each row cites (data/lookups/sources.csv).
"""

import pandas as pd
import pytest

from tests.published.tables import DATA, caveats, describe, read, year

TABLES = [
    "children_by_stage_national",
    "custody_national",
    "disposals_area_2012_13",
    "first_time_entrants_national",
    "reoffending_national",
    "reoffending_national_breakdowns",
]
GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_cites_its_publication_and_says_why_a_value_is_missing(name: str) -> None:
    table = read(name)
    library = pd.read_csv(DATA / "lookups" / "sources.csv")
    assert table.source.isin(library.source).all()
    assert set(table.source) <= {source["name"] for source in describe(name)["sources"]}
    assert table.release.notna().all()
    assert (table.value.isna() == (table.symbol != "")).all()
    assert not table.duplicated(describe(name)["schema"]["primaryKey"]).any()
    assert list(table.columns) == [field["name"] for field in describe(name)["schema"]["fields"]]


@pytest.mark.parametrize("name", TABLES)
def test_every_period_is_a_pair_of_days_and_no_change_column_came_in(name: str) -> None:
    table = read(name)
    days = (table.period_end - table.period_start).dt.days + 1
    assert table.period_start.notna().all() and table.period_end.notna().all()
    assert set(days) <= {1, 90, 91, 92, 365, 366}


@pytest.mark.parametrize("name", TABLES)
def test_no_summary_row_stands_beside_the_ethnic_groups_it_sums(name: str) -> None:
    groups = set(read(name).get("ethnic_group", pd.Series(["All"])))
    assert groups <= {*GROUPS, "Unknown", "All", "Asian and Other"}
    assert ("Asian and Other" in groups) == (name == "custody_national")


def test_legal_bases_add_to_the_published_average() -> None:
    table = read("custody_national").query("measure == 'average monthly population'")
    rows = year(table[table.ethnic_group == "All"], "2020-03-31").set_index("legal_basis").value
    assert rows.drop("All").sum() == pytest.approx(781.08, abs=0.01)
    assert rows["All"] == 780
    assert year(table[table.legal_basis == "All"], "2025-03-31").value.item() == 418


def test_remand_by_ethnic_group_merges_asian_and_other_and_leaves_2010_out() -> None:
    table = read("custody_national").query("legal_basis == 'Remand'")
    groups = table[table.ethnic_group != "All"]
    assert groups.period_end.min() == pd.Timestamp("2011-03-31")
    assert {"Asian", "Other"}.isdisjoint(groups.ethnic_group)
    merged = groups[groups.ethnic_group == "Asian and Other"]
    assert merged.flag.str.contains("combined").all()
    total = table[table.ethnic_group == "All"].set_index("period_end").value
    gap = (groups.groupby("period_end").value.sum() - total).dropna()
    assert len(gap) == 11
    assert gap.abs().max() < 0.34


def test_month_end_counts_are_not_averages_of_children_under_18() -> None:
    table = read("custody_national").query("measure == 'month-end population'")
    assert (table.period_start == table.period_end).all()
    assert set(table.flag) == {"18-year-olds included"}
    assert set(table.age_band) == {"all ages"}


def test_averages_carry_no_float_dust() -> None:
    value = read("custody_national").value
    assert (value == (value * 12).round() / 12).all()


def test_series_of_first_time_entrants_are_never_one_line() -> None:
    table = read("first_time_entrants_national")
    months = table.groupby("series").period_end.agg(lambda ends: set(ends.dt.month))
    assert (months.str.len() == 1).all()
    assert len(months) == 5
    values = year(table[table.area_code == "K04000001"], "2019-12-31").set_index("series").value
    assert values["area tables"] == 11_400
    assert values["headlines, years ending December"] == 11_100
    assert round(values["sex and disposal tables, years ending December"]) == 10_934
    assert "never join" in caveats("first_time_entrants_national")


def test_moved_year_headings_and_the_sum_by_hand_are_flagged() -> None:
    table = read("first_time_entrants_national").query("series == 'area tables'")
    later = table[table.period_end > pd.Timestamp("2010-01-01")]
    assert later.flag.str.contains("moved back one year").all()
    first = year(table[table.area_code == "K04000001"], "2009-12-31")
    assert first.value.item() == 67_777.56
    assert "not whole" in first.flag.item()
    assert "ambiguous" in caveats("first_time_entrants_national")


def test_headlines_that_were_printed_rounded_say_so() -> None:
    table = read("first_time_entrants_national")
    table = table[table.series.str.startswith("headlines")]
    rounded = table.value % 100 == 0
    assert table.flag[rounded].str.startswith("rounded").all()
    assert year(table, "2007-03-31").value.item() == 110_826
