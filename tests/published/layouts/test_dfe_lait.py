"""The Local Authority Interactive Tool: files made from the shipped tables, and the real ones."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.books import book, grid, text, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.area_checks import whole_between_parts
from youthjustice.published.checks import steady_units
from youthjustice.published.importing import read_book
from youthjustice.published.layouts.dfe_lait import LAYOUT
from youthjustice.published.loading import lookup
from youthjustice.sandbox.grid import Workbook

HEADER = [
    "Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region",
]  # fmt: skip
TABLES = {
    "first_time_entrants_area": ["area_code", "age_band", "period_end"],
    "reoffending_area": ["area_code", "age_band", "cohort"],
    "cautioned_or_sentenced_area": ["area_code", "age_band", "period_end"],
}
RELEASES = ("2025-02", "2026-02")


def printed_name(name):
    """Spell a name as the tool does."""
    spelt = {
        "Yorkshire and The Humber": "Yorkshire and the Humber",
        "Inner London": "London (Inner)",
    }
    return spelt.get(name, name)


@cache
def of_release(release):
    """Print the shipped rows of a release as the tool prints them, with another indicator."""
    numbers = lookup("areas").dropna(subset=["dfe_number"]).set_index("area_code")["dfe_number"]
    rows = [HEADER]
    keys = {"10-14": "ReoffYO", "15-17": "ReoffYO15-17"}
    for table in TABLES:
        frame = load(table, release)
        for one in frame.astype("object").to_dict("records"):
            year = one.get("cohort") or str(one["period_end"].year)
            value = one.get("value_published", one["value"])
            shown = "-" if pd.isna(value) else f"{value:.15g}"
            if one["flag"] == "printed as 0 after the authority had closed":
                shown = "0"
            key = keys.get(one["age_band"], "FirstYJS")
            key = "YJS_Caution-Sentence10-17_YO" if "value_published" in one else key
            area, number = printed_name(one["area_name"]), numbers[one["area_code"]]
            rows.append([key, "", year, area, shown, f"{number}.0", "NA"])
    return [*rows, ["RTA", "Road traffic", "2013-15", "Islington", "12.4", "206.0", "Inner London"]]


@pytest.fixture(scope="module")
def newest():
    return of_release("2026-02")


def same_as_shipped(frame, release):
    for table, key in TABLES.items():
        ours = load(table, release)
        columns = list(ours.columns)
        read = frame[frame["table"] == table]
        both = [part.sort_values(key, ignore_index=True) for part in (ours, read)]
        shared = both[1].merge(both[0][key], on=key)
        pd.testing.assert_frame_equal(
            text(shared, *columns), text(both[0], *columns), obj=f"{table} of {release}"
        )


@pytest.mark.sampled(1)
@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_prints_is_read_as_the_shipped_tables_hold_it(release):
    frame = LAYOUT.read(book(of_release(release)))
    same_as_shipped(frame, release)
    assert frame.attrs["release"] == release
    assert set(frame["source"]) == {f"dfe-lait-{release}"}
    (sentence,) = frame.attrs["left_out"]
    assert sentence.startswith("1 indicators (1 rows)")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.prove
def test_every_kind_of_file_gives_the_same_rows(tmp_path, kind, newest):
    few = [newest[0], *(row for row in newest[1:] if row[3] in ("Islington", "Camden"))]
    frame = read_workbook(written(tmp_path, kind, few))
    assert frame.attrs["layout"] == "dfe_lait"
    assert frame.attrs["tried"] is True
    assert frame.attrs["release"] is None  # most areas of the release are not there
    entrants = frame[(frame["table"] == "first_time_entrants_area") & (frame["cohort"] == "2024")]
    assert dict(zip(entrants["area_name"], entrants["value"], strict=True))["Islington"] == 145
    assert frame["check"].isna().all()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("titles", [0, 3])
def test_the_header_is_found_by_its_words(titles, newest):
    above = [["Local Authority Interactive Tool"], ["Notes"], ["- is suppressed"]][:titles]
    turned = [[*row[::-1], "more"] for row in newest[:40]]
    frame = LAYOUT.read(book([*above, *turned]))
    straight = LAYOUT.read(book(newest[:40]))
    assert text(frame, "area_name", "cohort", "value").equals(
        text(straight, "area_name", "cohort", "value")
    )
    assert frame["cell"].iloc[0] == f"C{titles + 2}"


def test_float_dust_goes_and_a_dash_is_missing_for_a_reason_not_given():
    rows = [
        HEADER,
        ["ReoffYO15-17", None, "2020", "Islington", "39.020000000000003", 206.0, "Inner London"],
        ["ReoffYO15-17", None, "2021", "Islington", "-", 206.0, "Inner London"],
        ["ReoffYO15-17", None, "2022", "Islington", "0", 206.0, "Inner London"],
    ]
    frame = LAYOUT.read(book(rows))
    assert frame["value"].tolist()[::2] == [39.02, 0]
    assert frame["symbol"].fillna("").tolist() == ["", "x", ""]


@pytest.mark.prove
def test_the_sum_of_regional_rates_is_marked_where_it_stands(newest):
    # The rate of England for 2016 as the tool printed it in February 2026.
    printed = ["FirstYJS", "", "2016", "England", "3071", "970", "NA"]
    frame = read_book(book([*newest, printed]))
    (marked,) = frame[frame["check"] == "whole_between_parts"].to_dict("records")
    assert (marked["area_name"], marked["value"]) == ("England", 3071)
    assert frame.attrs["release"] == "2026-02"
    described, shifted = frame.attrs["checks"]
    assert "it is the sum of the parts" in described["message"]
    assert described["cells"] == [f"E{len(newest) + 1}"]
    assert "in release 2025-02 agrees with release 2026-02 one year later" in shifted["message"]
    assert set(frame.loc[frame["check"] == "shifted_labels", "table"]) == {"reoffending_area"}


def test_the_unit_is_told_from_the_figures_and_not_from_the_title():
    both = [*of_release("2025-02"), *of_release("2026-02")[1:]]
    cautioned = [row for row in both if row[0].startswith("YJS_Caution")]
    frame = LAYOUT.read(book([HEADER, *cautioned]))
    units = frame.groupby("cohort")["unit_published"].unique().map(list)
    assert units["2022-23"] == ["per 1,000 children aged 10-17"]
    assert units["2024-25"] == ["per 10,000 children aged 10-17"]
    assert set(frame["unit"]) == {"per 10,000 children aged 10-17"}
    assert steady_units(frame) == []
    as_printed = frame.assign(value=frame["value_published"])
    assert steady_units(as_printed)


@pytest.mark.prove
def test_one_changed_figure_and_the_release_is_not_recognised(newest):
    # Neither Islington's own figure, nor another area's, may differ.
    for area in ("Islington", "Trafford"):
        at = next(i for i, row in enumerate(newest) if row[0] == "FirstYJS" and row[3] == area)
        changed = [*newest[:at], [*newest[at][:4], "999", *newest[at][5:]], *newest[at + 1 :]]
        frame = LAYOUT.read(book(changed))
        assert frame.attrs["release"] is None
        assert frame["release"].isna().all()
        assert set(frame["source"]) == {"dfe-lait"}
        entrants = frame[frame["table"] == "first_time_entrants_area"]
        assert set(entrants["period_basis"]) == {"year ending December, inferred"}


def test_years_that_the_tool_did_not_explain_stay_without_a_period():
    old = load("first_time_entrants_releases", "2024-11")
    keys = {"10-17": "FirstYJS", "10-14": "ReoffYO", "15-17": "ReoffYO15-17"}
    rows = [
        [keys[age], "", year, "Islington", "-" if np.isnan(value) else f"{value:g}", "206", "NA"]
        for age, year, value in zip(old["age_band"], old["cohort"], old["value"], strict=True)
    ]
    frame = LAYOUT.read(book([HEADER, *rows]))
    assert frame.attrs["release"] == "2024-11"
    assert frame["period_end"].isna().all()
    assert set(frame["period_basis"]) == {"not stated"}
    assert frame["cohort"].tolist() == old["cohort"].tolist()


def test_an_area_that_nobody_knows_keeps_its_printed_name():
    rows = [HEADER, ["FirstYJS", "", "2023", "Camelot", "12", "1234", "NA"]]
    frame = read_book(book(rows))
    assert frame["area_name"].tolist() == ["Camelot"]
    assert frame["area_code"].isna().all()
    assert frame["check"].tolist() == ["known_areas"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["RTA", "", "2013-15", "Islington", "1", "206", "NA"], "none of FirstYJS"),
        (["FirstYJS", "", "2023", "Islington", "lots", "206", "NA"], "cell E2 holds 'lots'"),
        (
            ["FirstYJS", "", "2023", "LB of Camden", "12", "206.0", "NA"],
            "row of E2 has the number of Islington and the name of Camden: correct one of them",
        ),
    ],
)
def test_a_file_that_contradicts_the_layout_is_told_in_a_sentence(row, message):
    with pytest.raises(InputProblem, match=message):
        LAYOUT.read(book([HEADER, row]))


def test_another_table_does_not_fit():
    assert not LAYOUT.fits(book([["Years", "Values"], ["2023", "1"]]))
    assert not LAYOUT.fits(Workbook("none", "xlsx", "", (grid([[""]]),)))


@pytest.mark.real_files
@pytest.mark.parametrize(
    ("release", "file"),
    [("2025-02", "lait-bds-long-2025-02.parquet"), ("2026-02", "lait-bds-long-2026-04.parquet")],
)
def test_the_official_files_give_the_shipped_tables(real_file, release, file):
    frame = read_workbook(real_file(file))
    same_as_shipped(frame, release)
    rows = {table: len(load(table, release)) for table in TABLES}
    more = 9 if release == "2026-02" else 0  # England's sums, which the shipped table leaves out
    rows["first_time_entrants_area"] += more
    assert frame["table"].value_counts().to_dict() == rows
    failed = frame[frame["check"] == "whole_between_parts"]
    assert len(failed) == more == len(whole_between_parts(frame))
    if more:
        assert failed.loc[failed["cohort"] == "2016", ["value", "cell"]].to_dict("list") == {
            "value": [3071],
            "cell": ["E77680"],
        }
