"""Children by stage and ethnic group: counts, units and bases as published.

Exact figures are quoted from the publication that each row cites (data/lookups/sources.csv).
"""

import pandas as pd
import pytest

from tests.published.tables import caveats, read, year

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]


def stage(name: str, ending: str, source: str | None = None) -> pd.DataFrame:
    """Rows of one stage and year, by ethnic group."""
    rows = read("children_by_stage_national")
    rows = year(rows[rows.stage == name], ending)
    rows = rows[rows.source == source] if source else rows
    return rows.set_index("ethnic_group")


RATIOS = [
    ("stop and search", "2025-03-31", [0.600, 2.404, 1.038, 0.826]),
    ("arrest", "2025-03-31", [0.517, 1.757, 1.230, 0.704]),
    ("remand to youth detention accommodation", "2025-03-31", [1.508, 1.916, 1.815, 2.094]),
    ("sentence to custody", "2023-03-31", [1.178, 1.519, 0.790, 1.833]),
    ("sentence to custody", "2024-03-31", [1.517, 2.569, 1.513, 1.143]),
    ("sentence to custody", "2025-03-31", [1.477, 0.912, 1.309, 1.513]),
]


@pytest.mark.parametrize(("name", "ending", "ratios"), RATIOS)
def test_each_stage_gives_its_ratios_with_its_own_base(
    name: str, ending: str, ratios: list[float]
) -> None:
    rows = stage(name, ending)
    rates = (rows.numerator / rows.denominator).loc[GROUPS]
    found = (rates / rates["White"]).drop("White")
    assert found.round(3).tolist() == ratios


def test_custody_ratios_of_single_years_are_pooled_to_68_of_846_and_202_of_2183() -> None:
    rows = read("children_by_stage_national").query("stage == 'sentence to custody'")
    pooled = rows.groupby("ethnic_group")[["numerator", "denominator"]].sum()
    assert pooled.loc["Asian"].tolist() == [68, 846]
    assert pooled.loc["Black"].tolist() == [202, 2183]
    assert pooled.loc["White"].tolist() == [645, 11_111]
    assert "pool years" in caveats("children_by_stage_national")


def test_stages_of_different_units_are_kept_apart() -> None:
    table = read("children_by_stage_national")
    units = table.groupby("stage").unit.agg(lambda unit: " ".join(sorted(set(unit))))
    assert units.to_dict() == {
        "stop and search": "searches",
        "arrest": "arrests",
        "caution or sentence": "children",
        "remand to youth detention accommodation": "remand episodes",
        "sentence to custody": "children sentenced",
    }
    assert "parent" not in table.columns
    assert "not one funnel" in caveats("children_by_stage_national")


def test_a_base_is_the_census_or_the_stage_before_and_never_unsaid() -> None:
    table = read("children_by_stage_national")
    based = table[table.denominator.notna()]
    assert (based.numerator == based.value).all()
    assert (based.denominator_source != "").all()
    assert (table.denominator_basis[table.denominator.isna()] == "").all()
    population = based[based.denominator_basis == "population"]
    census = population.groupby("ethnic_group").denominator.unique().str[0]
    assert population.groupby("ethnic_group").denominator.nunique().eq(1).all()
    assert census[GROUPS].tolist() == [663_825, 333_587, 330_389, 4_161_949, 145_406]
    assert round(100 * census["Black"] / census.sum(), 2) == 5.92
    assert round(100 * census["White"] / census.sum(), 1) == 73.9
    assert "4% of those aged 10-17 in the 2011 census" in caveats("children_by_stage_national")


def test_counts_of_years_before_the_census_carry_no_base_of_2021() -> None:
    table = read("children_by_stage_national").query("denominator_basis == 'population'")
    assert table.period_end.min() == pd.Timestamp("2021-03-31")


def test_arrests_of_2018_are_missing_and_no_count_is_nought() -> None:
    rows = stage("arrest", "2018-03-31")
    assert rows.value.isna().all() and set(rows.symbol) == {"x"}
    assert sorted(rows.index) == ["Asian", "Black", "Mixed", "Other", "Unknown", "White"]
    assert read("children_by_stage_national").value.min() > 0


def test_unknown_ethnic_group_is_8204_of_54592_arrests() -> None:
    rows = stage("arrest", "2022-03-31", "ho-arrests-2022")
    assert rows.value["Unknown"] == 8_204
    assert rows.value.sum() == 54_592


@pytest.mark.parametrize(
    ("name", "last"), [("arrest", "2019-03-31"), ("caution or sentence", "2013-03-31")]
)
def test_years_that_count_chinese_with_other_say_so(name: str, last: str) -> None:
    rows = read("children_by_stage_national").query("stage == @name and ethnic_group == 'Other'")
    rows = rows[rows.value.notna()]
    marked = rows.flag.str.contains("Chinese counted with Other")
    assert (marked == (rows.period_end <= pd.Timestamp(last))).all()


def test_cautioned_or_sentenced_children_add_to_the_headline_of_19026() -> None:
    assert stage("caution or sentence", "2020-03-31").value.sum() == 19_026
    assert stage("caution or sentence", "2017-03-31").value.sum() == 28_352


def test_remands_add_to_the_published_total() -> None:
    rows = stage("remand to youth detention accommodation", "2025-03-31")
    assert rows.value.drop("All").sum() == rows.value["All"] == 988
    assert rows.denominator["All"] == 8_691 + 991 + 422 + 988


def test_searches_and_arrests_of_known_group_stay_below_the_rounded_totals() -> None:
    for name, total in [("stop and search", 95_900), ("arrest", 58_300)]:
        rows = stage(name, "2025-03-31")
        assert rows.value["All"] == total
        assert rows.flag["All"].startswith("rounded")
        assert rows.value[GROUPS].sum() < total
