"""Children cautioned or sentenced by area: one unit, and zeros that are zeros.

Figures named in a test are those printed by the publication that the table cites; the traps are
faults of the publications that a table must not carry over.
"""

import pandas as pd
import pytest

from youthjustice.published.area_checks import closed_areas
from youthjustice.published.checks import steady_units
from youthjustice.published.loading import load

ISLINGTON, ENGLAND = "E09000019", "E92000001"
NEW, OLD = "2026-02", "2025-02"


@pytest.fixture(scope="module")
def cautioned() -> pd.DataFrame:
    return load("cautioned_or_sentenced_area", "all")


def test_units_are_mended(cautioned):
    """Trap 3: Islington 4.2 in 2022-23 is per 1,000, and 33.2 in 2024-25 per 10,000."""
    rows = cautioned[cautioned["area_code"] == ISLINGTON].set_index("cohort")
    assert rows.loc["2022-23", ["value", "value_published"]].tolist() == [42, 4.2]
    assert rows.loc["2024-25", ["value", "value_published"]].tolist() == [33.2, 33.2]
    assert rows.loc["2022-23", "unit_published"] == "per 1,000 children aged 10-17"
    assert set(rows["unit"]) == {"per 10,000 children aged 10-17"}
    assert rows.loc["2015-16", "value"] == 116


def test_the_check_would_reject_the_mixed_units(cautioned):
    """Trap 3: as titled, the rates would have grown tenfold in most areas."""
    assert not steady_units(cautioned)
    as_titled = cautioned[cautioned["release"].isin([NEW, OLD])]
    assert steady_units(as_titled.assign(value=as_titled["value_published"]))


def test_rates_of_two_publishers_agree_within_their_rounding(cautioned):
    """The ten authorities: whole numbers on other populations, within a few per 10,000."""
    rates = cautioned[cautioned["unit"].str.startswith("per")]
    keys = ["area_code", "period_end"]
    both = rates[rates["release"].isin([OLD, NEW])].merge(
        rates[rates["release"] == "yjs-2024-25"], on=keys
    )
    gap = (both["value_x"] - both["value_y"]).abs()
    assert gap.count() == 96
    assert gap.median() <= 1
    assert gap.max() == 7


def test_counts_rates_and_populations_fit(cautioned):
    own = cautioned[cautioned["release"] == "yjs-2024-25"]
    wide = own.pivot_table(index=["area_code", "period_end"], columns="unit", values="value")
    assert wide.shape == (121, 2)
    england = wide.loc[ENGLAND]
    assert england["children"].iloc[-1] == 12661
    population = load("population_area")
    mid_2022 = (population["age_band"] == "10-17") & (population["period_end"].dt.year == 2022)
    base = population[mid_2022].set_index("area_code")["value"]
    year = wide.xs(pd.Timestamp("2023-03-31"), level="period_end")
    implied = 1e4 * year["children"] / base.reindex(year.index)
    gap = implied - year["per 10,000 children aged 10-17"]
    assert gap.between(0, 1.3).all(), "the rates seem to be cut to whole numbers, not rounded"


def test_authorities_that_share_a_service_share_its_rate(cautioned):
    """The memberships in the lookup agree with the publisher's repeated values."""
    members = load("services").query("current")
    shared = members[members.groupby("service")["area_code"].transform("size") > 1]
    rows = cautioned[cautioned["release"] == NEW].merge(
        shared[["service", "area_code"]], on="area_code"
    )
    assert rows.groupby("service")["value"].nunique().eq(1).all()
    assert rows.dropna(subset="value")["flag"].str.startswith("rate of the youth").all()


def test_a_zero_printed_for_a_closed_authority_is_no_zero(cautioned):
    row = cautioned[(cautioned["area_name"] == "Cumbria") & (cautioned["release"] == NEW)]
    assert row["value"].isna().all()
    assert row["symbol"].item() == "z"


def test_a_closed_countys_line_says_so(cautioned):
    """Trap 5: Northamptonshire closed on 1 April 2021 and has rates for two years after it."""
    county = cautioned[(cautioned["area_name"] == "Northamptonshire") & cautioned["value"].notna()]
    late = county[county["flag"].notna()]
    assert late[["cohort", "value"]].to_numpy().tolist() == [["2021-22", 27], ["2022-23", 25]]
    assert late["flag"].str.contains("closed before the period").all()
    (problem,) = closed_areas(cautioned.drop(columns="flag"))
    assert problem.rows == tuple(late.index)
