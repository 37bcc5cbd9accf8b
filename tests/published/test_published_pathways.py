"""Published counts as pathways: where they nest and where they do not."""

import numpy as np
import pandas as pd
import pytest

from youthjustice.measures import pathway
from youthjustice.published import load

TIERS = ["Pre-court", "First-tier", "Community", "Custody"]
STAGES = ["all disposals", "beyond pre-court", "beyond first-tier", "custody"]
TABLE = pd.DataFrame(
    {"stage": STAGES, "parent": [None, *STAGES[:-1]], "unit": "disposals", "period": "2012/13"}
)


@pytest.fixture(scope="module")
def disposals():
    """Count disposals of at least each tier, by authority and ethnic group, 2012/13."""
    table = load("disposals_area_2012_13")
    whole = (table["sex"] == "All") & (table["age_band"] == "All")
    whole &= table["tier"].isin(TIERS) & (table["ethnic_group"] != "All")
    rows = table[whole & (table["area_type"] == "authority")]
    counts = rows.pivot_table(
        index=["area_name", "ethnic_group"], columns="tier", values="value", aggfunc="sum"
    )
    # A tier without rows had none of its disposals.
    beyond = counts.reindex(columns=TIERS).fillna(0).loc[:, ::-1].cumsum(axis=1).loc[:, ::-1]
    beyond.columns = STAGES
    return beyond.reset_index().melt(
        ["area_name", "ethnic_group"], var_name="stage", value_name="count"
    )


@pytest.fixture(scope="module")
def areas(disposals):
    return pathway(disposals, TABLE, by="area_name", minimum_numerator=1, minimum_denominator=1)


def test_tiers_of_disposals_in_islington_nest(areas):
    rows = areas[areas["area_name"] == "Islington"]
    assert rows["nested"].all()
    assert set(rows["reason"]) == {""}
    black = rows[rows["ethnic_group"] == "Black"].set_index("stage")
    white = rows[rows["ethnic_group"] == "White"].set_index("stage")
    assert black["numerator"].tolist() == [114, 105, 49, 8]
    assert white["numerator"].tolist() == [136, 113, 44, 10]
    assert black["value"].prod() == pytest.approx((8 / 114) / (10 / 136), rel=1e-12)
    assert black.loc["custody", "cumulative_value"] == pytest.approx(8 * 136 / (114 * 10))
    assert black["children_by_stage"].sum() == pytest.approx(8 - 114 * 10 / 136)
    assert "total_near_one" in black.loc["custody", "flags"]


def test_the_product_holds_in_every_authority(areas):
    links = areas[areas["stage"] != STAGES[0]]
    keys = ["area_name", "ethnic_group"]
    whole = links[links["stage"] == "custody"].set_index(keys)["cumulative_value"]
    products = links.groupby(keys)["value"].prod(min_count=3).loc[whole.index]
    some = products.notna() & (whole > 0)
    assert some.sum() > 100
    np.testing.assert_allclose(products[some], whole[some], rtol=1e-12)


def test_the_step_to_custody_adds_most_for_black_children_2012_13(disposals):
    total = disposals.groupby(["stage", "ethnic_group"], as_index=False)["count"].sum()
    found = pathway(total, TABLE)
    black = found[found["ethnic_group"] == "Black"].set_index("stage").loc[STAGES[1:]]
    assert black["numerator"].tolist() == [4822, 2251, 552]
    assert black["share_of_log_ratio"].sum() == pytest.approx(1, abs=1e-12)
    assert black["share_of_log_ratio"].idxmax() == "custody"
    assert (
        black.loc["custody", "share_of_log_ratio_lower"]
        > black.loc[STAGES[1:3], "share_of_log_ratio_upper"].max()
    )
    assert black["children_by_stage"].sum() == pytest.approx(552 - 5719 * 2110 / 52_619)
    assert black["value"].prod() == pytest.approx((552 / 5719) / (2110 / 52_619), rel=1e-12)


@pytest.fixture(scope="module")
def national():
    table = load("children_by_stage_national")
    year = table["period_end"] == "2025-03-31"
    rows = table[year & (table["ethnic_group"] != "All")]
    first = ["unit", "period_start", "period_end"]
    stages = rows.groupby("stage", sort=False)[first].first().reset_index().assign(parent=None)
    return rows, stages


def test_national_stages_stand_side_by_side(national):
    rows, stages = national
    found = pathway(rows, stages, count="numerator", denominator="denominator")
    assert not found["nested"].any()
    assert set(found["reason"]) == {"no parent is given"}
    assert found[["cumulative_value", "log_ratio", "children_by_stage"]].isna().all(axis=None)
    basis = found.groupby("stage")["basis"].first()
    assert basis[["stop and search", "arrest"]].tolist() == ["population"] * 2
    assert basis[["sentence to custody"]].tolist() == ["stage"]
    black = found[found["ethnic_group"] == "Black"].set_index("stage")["value"]
    assert black["arrest"] == pytest.approx((5200 / 333_587) / (36_923 / 4_161_949))
    assert black["sentence to custody"] == pytest.approx((38 / 731) / (217 / 3808))


def test_a_national_stage_given_a_parent_in_another_unit_still_does_not_nest(national):
    rows, stages = national
    stages = stages.copy()
    stages.loc[stages["stage"] == "arrest", "parent"] = "stop and search"
    found = pathway(rows, stages, count="numerator", denominator="denominator")
    why = "arrest is counted in arrests and its parent, stop and search, in searches"
    assert found.attrs["reasons"]["arrest"] == why
    arrest = found[found["stage"] == "arrest"].set_index("ethnic_group")
    assert arrest.loc["Black", "denominator"] == 333_587
    assert arrest["cumulative_value"].isna().all()
