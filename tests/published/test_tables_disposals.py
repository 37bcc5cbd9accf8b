"""Disposals by youth offending team in 2012/13 are those of the publisher's workbook.

Source: Youth Justice Board and Ministry of Justice, Youth justice statistics 2012 to 2013,
regional tables.
"""

import pandas as pd
import pytest

from tests.published.tables import caveats, read

DIMENSIONS = ["tier", "disposal", "ethnic_group", "sex", "age_band"]


def team(name: str, **fixed: str) -> pd.DataFrame:
    table = read("disposals_area_2012_13")
    rows = table[table.area_name == name]
    fixed = dict.fromkeys(DIMENSIONS, "All") | fixed
    for column, value in fixed.items():
        if value != "each":
            rows = rows[rows[column] == value]
    return rows


def test_islington_has_330_disposals_by_ethnic_group() -> None:
    rows = team("Islington", ethnic_group="each").set_index("ethnic_group").value
    assert rows.to_dict() == {
        "All": 330, "White": 136, "Mixed": 54, "Asian": 18, "Black": 114, "Other": 4, "Unknown": 4,
    }  # fmt: skip
    assert team("Islington").area_code.item() == "E09000019"


def test_a_tier_holds_no_total_so_islington_custody_is_26() -> None:
    rows = team("Islington", tier="Custody", disposal="each", ethnic_group="each")
    sums = rows.groupby("ethnic_group").value.sum()
    assert sums.to_dict() == {
        "All": 26, "White": 10, "Mixed": 5, "Asian": 2, "Black": 8, "Other": 1, "Unknown": 0,
    }  # fmt: skip
    table = read("disposals_area_2012_13")
    assert ((table.tier == "All") == (table.disposal == "All")).all()


def test_printed_totals_agree_with_their_parts_but_for_brent() -> None:
    table = read("disposals_area_2012_13")
    keys = ["area_name", "area_type"]
    total = table[table.disposal == "All"].set_index([*keys, *DIMENSIONS[2:]]).value
    parts = table[table.disposal != "All"].groupby([*keys, *DIMENSIONS[2:]]).value
    gap = (parts.sum(min_count=1) - total).dropna()
    assert gap[gap != 0].to_dict() == {("Brent", "authority", "All", "All", "All"): 1}
    brent = team("Brent")
    assert brent.value.item() == 383
    assert "384" in brent.flag.item()


@pytest.mark.parametrize("dimension", ["ethnic_group", "sex", "age_band"])
def test_each_breakdown_adds_to_the_printed_total(dimension: str) -> None:
    table = read("disposals_area_2012_13")
    others = [d for d in DIMENSIONS[2:] if d != dimension]
    rows = table[(table[others] == "All").all(axis=1)]
    keys = ["area_name", "area_type", "tier", "disposal"]
    whole = rows[rows[dimension] == "All"].set_index(keys).value
    parts = rows[rows[dimension] != "All"].groupby(keys).value.sum(min_count=1)
    gap = (parts - whole).dropna()
    assert set(gap[gap != 0].index) <= {("Brent", "authority", "All", "All")}


def test_zeros_of_two_services_that_sent_no_data_are_missing() -> None:
    table = read("disposals_area_2012_13")
    missing = table[table.value.isna()]
    assert set(missing.symbol) == {"x"}
    counts = missing.area_name.value_counts()
    assert counts.to_dict() == {"Cardiff": 280, "Sefton": 280, "Camden": 1}
    assert (table.value == 0).sum() > 9_000
    for name, without in [("North West", "Sefton"), ("Wales", "Cardiff")]:
        assert without in team(name).flag.item()


def test_absent_rows_are_zeros_under_a_printed_zero_and_every_tier_keeps_its_breakdowns() -> None:
    table = read("disposals_area_2012_13")
    keys = ["area_name", "area_type", "tier", "disposal"]
    total = (table[DIMENSIONS[2:]] == "All").all(axis=1)
    printed = table[total].set_index(keys).value
    assert printed.groupby(["area_name", "area_type"]).size().eq(20).all()
    rows = table[~total].groupby(keys).size().reindex(printed.index, fill_value=0)
    assert set(rows) == {0, 13}
    absent = rows[rows == 0].index
    assert len(absent) == (47_880 - len(table)) / 13 == 1_238
    assert printed[absent].eq(0).all()
    tiers = printed.groupby(keys[:3]).sum()[absent.droplevel("disposal").unique()]
    assert (tiers > 0).all()
    assert rows.groupby(keys[:3]).sum().gt(0).all()
    assert "absent rows by ethnic group, sex and age are zeros" in caveats("disposals_area_2012_13")


def test_a_team_without_custody_still_has_its_zeros_by_ethnic_group() -> None:
    table = read("disposals_area_2012_13")
    rows = table[(table.tier == "Custody") & (table.ethnic_group != "All")]
    sums = rows.groupby("area_name").value.sum(min_count=1)
    assert sorted(sums.index[sums == 0]) == ["Bracknell Forest", "Ceredigion"]
    assert rows.groupby(["area_name", "area_type"]).ethnic_group.nunique().eq(6).all()


def test_services_and_regions_have_the_codes_they_should() -> None:
    table = read("disposals_area_2012_13").drop_duplicates(["area_name", "area_type"])
    assert table.area_type.value_counts().to_dict() == {
        "authority": 146, "service": 14, "region": 9, "country": 2,
    }  # fmt: skip
    assert ((table.area_code == "") == (table.area_type == "service")).all()
    codes = table.set_index("area_name").area_code
    assert codes["England and Wales"] == "K04000001"
    assert codes["Kingston upon Thames"] == "E09000021"
    assert codes["Dorset (before April 2019)"] == "E10000009"
    assert codes[["Tower Hamlets and City of London", "Gwynedd and Ynys Môn"]].tolist() == ["", ""]
    assert not table.area_name.str.contains("Data is missing").any()


def test_labels_lost_their_footnote_marks_and_groups_have_the_words_of_the_house() -> None:
    table = read("disposals_area_2012_13")
    assert not table.disposal.str.contains("*", regex=False).any()
    assert set(table.disposal) >= {"Section 226b", "Section 226 (Life)", "All"}
    assert set(table.sex) == {"female", "male", "unknown", "All"}
    other = table[table.ethnic_group == "Other"]
    assert other.flag.str.contains("Chinese counted with Other").all()


def test_disposals_are_said_not_to_be_children() -> None:
    assert set(read("disposals_area_2012_13").unit) == {"disposals"}
    assert "Disposals are not children" in caveats("disposals_area_2012_13")


def test_regions_add_to_the_nation() -> None:
    table = read("disposals_area_2012_13")
    region = (table.area_type == "region") | (table.area_name == "Wales")
    nation = table[table.area_name == "England and Wales"].set_index(DIMENSIONS).value
    gap = table[region].groupby(DIMENSIONS).value.sum() - nation
    assert (gap == 0).all()
    assert nation["All", "All", "All", "All", "All"] == 73_022
