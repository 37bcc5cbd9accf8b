"""Populations by area, age and ethnic group, and linked cohorts, are those published."""

import pandas as pd
import pytest

from tests.published.tables import series
from youthjustice.published.loading import load

ISLINGTON = "E09000019"
FIVE = ["Asian", "Black", "Mixed", "White", "Other"]


@pytest.fixture(scope="module")
def census() -> pd.DataFrame:
    return load("population_ethnicity_area")


def test_populations_are_of_one_base():
    """Mid-2019 and mid-2020 at ages 10 to 17 are from before the rebase, and stay out."""
    table = load("population_area")
    ten = table[table["age_band"] == "10-17"]
    assert sorted(ten["period_end"].dt.year.unique()) == [2011, 2021, 2022]
    assert series(ten, ISLINGTON).tolist() == [14440, 15405, 15481]
    young = series(table[table["age_band"] == "0-17"], ISLINGTON)
    assert young.index.tolist() == list(range(2012, 2025))
    assert young[2024] == 35624
    assert table["period_start"].equals(table["period_end"])


def test_population_totals_are_sums_and_ours_are_flagged():
    table = load("population_area")
    ten = table[table["age_band"] == "10-17"]
    authorities = ten[ten["area_type"] == "authority"].groupby("period_end")["value"].sum()
    assert authorities.to_numpy() == pytest.approx(series(ten, "K04000001").to_numpy())
    assert authorities.tolist() == [5312004, 5650632, 5771720]
    counties = ten[ten["flag"] == "sum of districts"]
    districts = ten[ten["area_type"] == "lower_tier"]
    parts = districts.groupby(["part_of", "period_end"])["value"].sum()
    printed = counties.set_index(["area_code", "period_end"])["value"].sort_index()
    assert printed.to_dict() == parts.to_dict()


def test_census_groups_of_islington(census):
    rows = census[census["area_name"] == "Islington"].set_index(["area_type", "ethnic_group"])
    for kind in ("authority", "service"):
        groups = rows.loc[kind, "value"]
        assert groups[FIVE].tolist() == [1466, 3784, 2172, 6546, 1373]
        assert groups["All"] == groups[FIVE].sum() == 15341


def test_census_base_of_england_and_wales(census):
    """Traps 7 and 8: 5.92% Black and 73.9% White in 2021 (4% and 82% in the census of 2011)."""
    whole = census[census["area_code"] == "K04000001"].set_index("ethnic_group")["value"]
    assert whole["All"] == 5635156
    shares = 100 * whole / whole["All"]
    assert round(shares["Black"], 2) == 5.92
    assert round(shares["White"], 1) == 73.9
    assert (0.82 / 0.04) / (shares["White"] / shares["Black"]) == pytest.approx(1.6, abs=0.05)
    assert set(census["ethnic_group"]) == {*FIVE, "All"}


def test_census_layers_hold_the_same_children(census):
    totals = census[census["ethnic_group"] == "All"].groupby("area_type")["value"].sum()
    assert totals["authority"] == totals["service"] == 5635156
    low = census[census["area_type"] == "lower_tier"].groupby("part_of")["value"].sum()
    upper = census[census["area_code"].isin(low.index)].groupby("area_code")["value"].sum()
    assert low.tolist() == upper.tolist()
    assert census[census["area_type"] == "service"]["area_name"].nunique() == 155


def test_withheld_areas_are_rows_with_a_symbol(census):
    withheld = census[census["symbol"] == "c"]
    assert set(withheld["area_name"]) == {"City of London", "Isles of Scilly"}
    assert len(withheld) == 12
    flags = census[census["area_type"] == "service"].set_index("area_name")["flag"].dropna()
    assert set(flags) == {"without City of London", "without Isles of Scilly"}


def test_linked_cohort_of_islington():
    table = load("linked_cohort_ethnicity_area")
    rows = table[table["area_code"] == ISLINGTON].set_index(["la_basis", "stage", "ethnic_group"])
    assert rows.loc[("home", "all pupils", "All"), "value"] == 8490
    assert rows.loc[("home", "cautioned or sentenced", "All"), "value"] == 547
    assert rows.loc[("school", "cautioned or sentenced", "All"), "value"] == 596
    black = [rows.loc[("home", s, "Black"), "value"] for s in table["stage"].unique()]
    assert sorted(black) == [26, 30, 33]
    hidden = rows.loc[("home", "cautioned or sentenced", "Chinese")]
    assert hidden["symbol"] == "c"
    assert hidden["denominator"] == 547


def test_linked_shares_are_whole_per_cents():
    table = load("linked_cohort_ethnicity_area")
    shares = table[table["measure"] == "share by ethnic group"]
    assert shares["value"].dropna().between(0, 100).all()
    sums = shares.groupby(["area_code", "la_basis", "stage"])["value"].agg(["sum", "count"])
    full = sums[sums["count"] == 7]
    assert full["sum"].between(97, 103).all()
    assert shares["symbol"].eq("c").sum() == 13 + 858 + 1151
    dorset = table[table["area_name"].str.startswith("Dorset")]["area_code"].unique()
    assert dorset.tolist() == ["E10000009"]
