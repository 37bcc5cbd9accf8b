"""Two releases side by side: each difference is named for what it is, and none is joined."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.imported import TABLE, attrs, rows_of
from youthjustice.errors import InputProblem
from youthjustice.published import compare_releases, keep, load
from youthjustice.published.comparing import KINDS, _differences, _figures, _key, _paired


@pytest.fixture
def folder(tmp_path, monkeypatch):
    place = tmp_path / "kept"
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(place))
    return place


def test_islingtons_revisions_are_those_that_the_releases_print():
    found = compare_releases(TABLE, "2025-02", "2026-02", area="islington")
    years = found["period_end"].dt.year
    rows = found.set_index(years)
    assert rows.loc[2017, ["old", "new", "change", "kind"]].tolist() == [359, 365, 6, "revised"]
    assert rows.loc[2017, "percent_change"] == pytest.approx(100 * 6 / 359)
    assert rows.loc[2024, "kind"] == "added"
    assert rows.loc[2015, "kind"] == "withdrawn"
    assert found.attrs["counts"] == dict.fromkeys((*KINDS, "unchanged"), 0) | {
        "revised": 8, "added": 1, "withdrawn": 1,
    }  # fmt: skip
    assert found.attrs["old"]["release"] == "2025-02"
    assert found.attrs["new"]["release_date"] == "2026-02-09"


def test_the_table_of_releases_has_the_same_revisions():
    found = compare_releases("first_time_entrants_releases", "2025-02", "2026-02")
    rates = found[found["measure"] == "first-time entrant rate"].set_index("cohort")
    area = compare_releases(TABLE, "2025-02", "2026-02", area="Islington")
    both = area.set_index(area["period_end"].dt.year.astype("str"))
    assert rates["new"].dropna().to_dict() == both["new"].dropna().to_dict()
    assert rates.loc["2017", ["old", "new"]].tolist() == [359, 365]


def test_the_whole_table_accounts_for_every_row_of_both():
    old, new = load(TABLE, "2025-02"), load(TABLE, "2026-02")
    found = compare_releases(TABLE, "2025-02", "2026-02", unchanged=True)
    counts = found.attrs["counts"]
    assert sum(counts.values()) == len(found)
    assert len(found) - counts["added"] == len(old)
    assert len(found) - counts["withdrawn"] == len(new)
    changed = compare_releases(TABLE, "2025-02", "2026-02")
    assert len(changed) == len(found) - counts["unchanged"]
    assert not changed["kind"].eq("unchanged").any()


def test_a_label_whose_period_one_release_leaves_out_is_no_revision():
    found = compare_releases("reoffending_area", "2025-02", "2026-02", area="Islington")
    row = found[(found["age_band"] == "15-17") & (found["cohort"] == "2016")].iloc[0]
    assert row[["old", "new", "kind"]].tolist() == [45.33, 54.34, "period not stated"]
    assert np.isnan(row["change"])
    assert any("agrees with release 2026-02 one year later" in c for c in found.attrs["cautions"])
    assert any("does not state the period" in c for c in found.attrs["cautions"])


def frame(**columns):
    rows = pd.DataFrame(columns)
    return rows.assign(area_code=rows["area_name"].map({"Kent": "E10000016"}))


def compared(old, new, key=("area_code", "cohort", "unit")):
    old, new = _figures(frame(**old), "t"), _figures(frame(**new), "t")
    names = _key(old, new, list(key))
    return _differences(_paired(old, new, names), names)


YEAR = {"period_start": pd.Timestamp("2020-04-01"), "period_end": pd.Timestamp("2021-03-31")}
ROW = {
    "area_name": ["Kent"],
    "cohort": ["2021"],
    "value": [10.0],
    "unit": ["per 1,000"],
    "symbol": [None],
}


@pytest.mark.parametrize(
    ("old", "new", "kind", "change"),
    [
        ({}, {}, "unchanged", 0.0),
        ({}, {"value": [10.000000000000002]}, "unchanged", 0.0),
        ({}, {"value": [12.5]}, "revised", 2.5),
        ({}, {"value": [0.0]}, "revised", -10.0),
        ({}, {"value": [np.nan], "symbol": ["c"]}, "newly missing", np.nan),
        ({"value": [np.nan], "symbol": ["c"]}, {}, "newly given", np.nan),
        ({"value": [np.nan], "symbol": ["c"]}, {"value": [np.nan], "symbol": ["x"]},
         "symbol changed", np.nan),
        ({"value": [np.nan], "symbol": ["c"]}, {"value": [np.nan], "symbol": ["c"]},
         "unchanged", np.nan),
        ({}, {"symbol": ["low"]}, "symbol changed", 0.0),
        ({}, {"unit": ["per 10,000"], "value": [100.0]}, "unit changed", np.nan),
        ({}, {"period_end": [pd.Timestamp("2021-12-31")]}, "period changed", np.nan),
        ({}, {"period_start": [pd.Timestamp("2021-01-01")]}, "period changed", np.nan),
        ({}, {"period_end": [pd.NaT], "period_start": [pd.NaT]}, "period not stated", np.nan),
        ({}, {"cohort": ["2022"]}, "added", np.nan),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_named(old, new, kind, change):
    base = ROW | {name: [value] for name, value in YEAR.items()}
    found = compared(base | old, base | new)
    assert found["kind"].iloc[0] == kind
    np.testing.assert_equal(found["change"].iloc[0], change)


def test_a_change_from_zero_has_no_percentage():
    found = compared(ROW | {"value": [0.0]}, ROW)
    assert found["change"].item() == 10
    assert found["percent_change"].isna().all()


def test_a_unit_is_a_key_only_where_it_must_be():
    two = {name: value * 2 for name, value in ROW.items()} | {"unit": ["per 1,000", "children"]}
    found = compared(two, two | {"value": [11.0, 10.0]})
    assert found["kind"].tolist() == ["revised", "unchanged"]


def test_rows_that_cannot_be_told_apart_are_refused():
    two = {name: value * 2 for name, value in ROW.items()}
    with pytest.raises(
        InputProblem, match=r"same area, cohort, unit \('E10000016, 2021, per 1,000"
    ):
        compared(two, ROW)


def test_areas_without_a_code_are_paired_by_name():
    rows = {name: value * 2 for name, value in ROW.items()} | {"area_name": ["A", "B"]}
    found = compared(rows, rows | {"value": [10.0, 11.0]})
    assert found[["area_name", "kind"]].to_numpy().tolist() == [
        ["A", "unchanged"],
        ["B", "revised"],
    ]


_VALUES = st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=6, max_size=6)


@settings(max_examples=10)
@given(old=_VALUES, new=_VALUES)
@pytest.mark.prove
def test_pairing_agrees_with_a_plain_comparison(old, new):
    check_pairs(old, new)


@pytest.mark.prove
@settings(max_examples=200)
@given(old=_VALUES, new=_VALUES)
def test_pairing_agrees_with_a_plain_comparison_at_full_size(old, new):
    check_pairs(old, new)


def check_pairs(old, new):
    """Compare with dictionaries; None is a row that the release does not have, 0 a missing value."""
    sides = [
        {f"a{at}": value for at, value in enumerate(side) if value is not None}
        for side in (old, new)
    ]
    made = [
        {
            "area_name": pd.Series(list(side), dtype="str"),
            "cohort": pd.Series(["2021"] * len(side), dtype="str"),
            "value": pd.Series([value or np.nan for value in side.values()], dtype="float64"),
        }
        for side in sides
    ]
    found = compared(*made, key=("area_name", "cohort"))
    expected = {}
    for name in {**sides[0], **sides[1]}:
        before, after = sides[0].get(name), sides[1].get(name)
        if before is None or after is None:
            expected[name] = "added" if before is None else "withdrawn"
        elif before and after:
            expected[name] = "unchanged" if before == after else "revised"
        else:
            expected[name] = "newly missing" if before else "newly given" if after else "unchanged"
    assert dict(zip(found["area_name"], found["kind"], strict=True)) == expected


def test_an_import_is_compared_with_what_is_shipped(folder):
    rows = rows_of(some=None)
    rows.loc[rows["area_code"] == "E09000019", "value"] += 1
    rows.attrs = attrs(rows)
    keep(rows, release="2026-04")
    found = compare_releases(TABLE, "2026-02", "2026-04")
    assert found["area_name"].unique().tolist() == ["Islington"]
    assert found["change"].eq(1).all()
    assert found.attrs["new"]["title"].endswith("release 2026-04")
    assert compare_releases(TABLE, "2026-02", "latest").attrs["new"]["release"] == "2026-04"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ((TABLE, "2025-02", "2025-02"), "are one release"),
        ((TABLE, "2026-02", "latest"), "are one release"),
        ((TABLE, "all", "2026-02"), "'all' is no release"),
        ((TABLE, "2025-01", "2026-02"), "has no release '2025-01'"),
        (("first_time_entrants", "2025-02", "2026-02"), "did you mean"),
        ((TABLE, "2025-02", "2026-02", "Islingtn"), "did you mean Islington"),
        (("statistical_neighbours", "2021-04", "2025-05"), "has no column of figures"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(call, message):
    with pytest.raises(InputProblem, match=message) as caught:
        compare_releases(*call)
    assert "\n" not in str(caught.value)


@pytest.mark.real_files
def test_the_two_official_files_are_kept_and_compared(folder, real_file):
    from youthjustice.published import read_workbook

    rows = read_workbook(real_file("lait-bds-long-2026-04.parquet"))
    with pytest.raises(InputProblem, match=r"England has 3071 .* it is no rate"):
        keep(rows, release="2026-04")
    keep(rows, release="2026-04", accept="the sum of the regions, as printed")
    older = read_workbook(real_file("lait-bds-long-2025-02.parquet"))
    older = older[older["table"] == TABLE]
    keep(older, release="2025-01", accept="as printed" if older["check"].notna().any() else None)
    found = compare_releases(TABLE, "2025-01", "2026-04", area="Islington")
    row = found[found["period_end"] == "2017-12-31"].iloc[0]
    assert row[["old", "new", "kind"]].tolist() == [359, 365, "revised"]
