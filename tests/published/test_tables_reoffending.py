"""The national reoffending tables keep two measures, years and quarters, and editions apart.

Exact figures are quoted from the publication that each row cites (data/lookups/sources.csv).
"""

import numpy as np
import pandas as pd
import pytest

from tests.published.tables import caveats, read, year

COUNTS = ["numerator", "denominator", "reoffences"]


def rate(measure: str, ending: str, source: str) -> float:
    table = read("reoffending_national")
    rows = year(table[(table.measure == measure) & (table.source == source)], ending)
    assert (rows.frequency == "annual").all()
    return rows.value.item()


@pytest.mark.parametrize(
    ("ending", "twelve_months", "three_months"),
    [("2013-03-31", 36.1, 41.0), ("2014-03-31", 38.0, 42.9)],
)
def test_the_two_measures_of_reoffending_keep_their_own_rates(
    ending: str, twelve_months: float, three_months: float
) -> None:
    source = "moj-reoffending-measures-2016"
    assert round(rate("cohort_12_month", ending, source), 1) == twelve_months
    assert round(rate("cohorts_3_month", ending, source), 1) == three_months
    assert round(rate("cohorts_3_month", ending, "yjs-2020-21"), 1) == three_months


def test_the_twelve_month_measure_ends_before_the_break_and_says_which_figure_is_its_own() -> None:
    old = read("reoffending_national").query("measure == 'cohort_12_month'")
    assert set(old.data_source) == {"before October 2015"}
    assert old.period_end.max() == pd.Timestamp("2014-03-31")
    assert "37.4%" in caveats("reoffending_national")
    assert "never joined" in caveats("reoffending_national")


@pytest.mark.parametrize("name", ["reoffending_national", "reoffending_national_breakdowns"])
def test_the_change_of_data_source_is_marked_on_every_row(name: str) -> None:
    table, change = read(name), pd.Timestamp("2015-10-01")
    expected = np.select(
        [table.period_end < change, table.period_start >= change],
        ["before October 2015", "from October 2015"],
        "both",
    )
    assert (table.data_source == expected).all()
    straddling = table[table.data_source == "both"]
    assert set(straddling.cohort) == {"Apr 2015-Mar 2016"}


def test_a_three_month_annual_figure_is_the_sum_of_its_four_quarters() -> None:
    table = read("reoffending_national").query("measure == 'cohorts_3_month'")
    table = table.assign(ending=table.period_start.dt.to_period("Q-MAR").dt.qyear)
    keys = ["source", "ending"]
    quarters = table[table.frequency == "quarterly"].groupby(keys)[COUNTS]
    whole = quarters.sum()[quarters.count().eq(4).all(axis=1)]
    years = table[table.frequency == "annual"].set_index(keys)[COUNTS]
    both = whole.index.intersection(years.index)
    assert len(both) == 13
    assert (whole.loc[both] == years.loc[both]).all(axis=None)
    assert "entries" in caveats("reoffending_national")


def test_two_publications_of_one_measure_are_two_series() -> None:
    table = year(read("reoffending_national"), "2014-03-31").query("measure == 'cohorts_3_month'")
    assert dict(zip(table.source, table.denominator, strict=True)) == {
        "moj-reoffending-measures-2016": 52_307,
        "yjs-2020-21": 52_339,
    }


def test_quarters_of_2001_are_missing_and_not_nought() -> None:
    table = read("reoffending_national")
    missing = table[table.value.isna()]
    assert set(missing.period_start.dt.year) == {2001}
    assert len(missing) == 4
    assert set(missing.symbol) == {"x"}


def test_annual_and_quarterly_rows_never_share_a_frequency() -> None:
    for name in ("reoffending_national", "reoffending_national_breakdowns"):
        table = read(name)
        days = (table.period_end - table.period_start).dt.days + 1
        assert ((days > 300) == (table.frequency == "annual")).all()


@pytest.mark.parametrize(
    ("ending", "reoffenders", "cohort", "reoffences"),
    [
        ("2010-03-31", 52_277, 136_648, 161_864),
        ("2013-03-31", 26_374, 64_281, 85_640),
        ("2020-03-31", 7_079, 20_695, 25_830),
    ],
)
def test_breakdowns_add_to_the_total_except_by_disposal(
    ending: str, reoffenders: int, cohort: int, reoffences: int
) -> None:
    rows = year(read("reoffending_national_breakdowns"), ending)
    sums = rows[rows.disposal == "All"].groupby("breakdown")[COUNTS].sum()
    total = [reoffenders, cohort, reoffences]
    for breakdown in ("total", "sex", "previous_offences", "offence"):
        assert sums.loc[breakdown].tolist() == total
    assert sums.loc["time_to_reoffence", "reoffences"] == reoffences
    assert (sums.loc["disposal"] > total).all()


def test_disposals_of_the_index_offence_exceed_the_cohort_by_what_their_flag_says() -> None:
    rows = year(read("reoffending_national_breakdowns"), "2020-03-31")
    tiers = rows[(rows.breakdown == "disposal") & (rows.disposal == "All")].set_index("tier")
    assert tiers.denominator.sum() - 20_695 == 836
    assert "836 entries more" in tiers.flag["Other"]
    assert (tiers.flag.drop("Other") == "").all()
    below = rows[(rows.breakdown == "disposal") & (rows.disposal != "All")]
    for tier, parts in below.groupby("tier"):
        assert (parts[COUNTS].sum() == tiers.loc[tier, COUNTS]).all()


def test_rates_on_fewer_than_30_children_are_left_out_and_their_counts_kept() -> None:
    table = read("reoffending_national_breakdowns")
    small = table[(table.denominator > 0) & (table.denominator < 30)]
    assert len(small) > 0
    assert set(small.symbol) == {"low"}
    assert small.numerator.notna().all()
    assert table.denominator[table.value.notna()].min() >= 30
