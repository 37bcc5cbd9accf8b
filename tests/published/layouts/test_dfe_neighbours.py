"""Statistical neighbours, the Department's numbers of areas, and the tool's dictionary."""

from functools import cache
from itertools import chain

import pandas as pd
import pytest

from tests.published.layouts.books import book, text, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.importing import layout_of, read_book
from youthjustice.published.layouts import dfe_area_numbers, dfe_lait_dictionary, dfe_neighbours
from youthjustice.published.loading import lookup

HEAD = ["LA num", "LA Name", "LA number", "GOInd", "GOReg"]
KEY = ["area_code", "rank"]


@cache
def printed():
    """Print the shipped neighbours as the workbook does, under two rows of column names."""
    numbers = lookup("areas").dropna(subset=["dfe_number"]).set_index("area_code")["dfe_number"]
    frame = load("statistical_neighbours")
    rows = []
    for (code, name), ten in frame.groupby(["area_code", "area_name"], sort=False):
        number = float(numbers[code])
        pairs = zip(numbers[ten["neighbour_code"]], ten["closeness"].str.title(), strict=True)
        rows.append([number, name, number, 3.0, "London (Outer)", *chain(*pairs)])
    heads = [name for rank in range(1, 11) for name in (f"SN{rank}", "SNP")]
    letters = [["A", "B", "C", "D", "E", *map(float, range(3, 23))], list(map(float, range(1, 26)))]
    return [*letters, [*HEAD, *heads], *rows]


def same_as_shipped(frame):
    ours = load("statistical_neighbours", "2025-05").sort_values(KEY, ignore_index=True)
    theirs = frame.sort_values(KEY, ignore_index=True)
    pd.testing.assert_frame_equal(text(theirs, *ours.columns), text(ours, *ours.columns))


def test_the_shipped_neighbours_come_back():
    frame = read_book(book({"LA SN Groups": printed()}, "xlsx"))
    same_as_shipped(frame)
    assert frame["cell"].iloc[0] == "F4"


def test_another_neighbour_makes_another_release():
    rows = [list(row) for row in printed()]
    rows[3][5], rows[3][7] = rows[3][7], rows[3][5]
    frame = dfe_neighbours.LAYOUT.read(book(rows))
    assert frame["release"].isna().all()
    assert set(frame["source"]) == {"dfe-neighbours"}


@pytest.mark.parametrize(
    ("row", "column", "cell", "message"),
    [(2, 6, "Region", "followed by its column SNP"), (3, 6, "Next door", "cell F4 is 'Next door'")],
)
def test_a_sheet_that_contradicts_the_layout_is_told(row, column, cell, message):
    rows = [list(cells) for cells in printed()]
    rows[row][column] = cell
    with pytest.raises(InputProblem, match=message):
        dfe_neighbours.LAYOUT.read(book(rows))


def test_a_neighbour_that_nobody_knows_is_named_by_its_number():
    rows = [list(row) for row in printed()[:4]]
    rows[3][5] = 9999.0
    frame = dfe_neighbours.LAYOUT.read(book(rows))
    assert frame["neighbour_name"].iloc[0] == "DfE number 9999"
    assert pd.isna(frame["neighbour_code"].iloc[0])


NUMBERS = [
    ["LA Number", "LA Name", "Region", "Type"],
    [206.0, "Islington", "Inner London", "ILB"],
    [835.0, "Dorset (Pre LG)", "South West", "CC"],
    [982.0, "Yorkshire and the Humber", "NA", "NA"],
    [1000.0, "England (discontinued)", "NA", "NA"],
]


def test_numbers_lead_to_areas():
    frame = read_book(book({"Sheet1": NUMBERS}, "xlsx"))
    codes = frame["area_code"].fillna("").tolist()
    assert codes == ["E09000019", "E10000009", "E12000003", ""]
    assert frame["closed"].tolist() == [False, True, False, False]
    assert frame["area_name_published"].tolist()[2] == "Yorkshire and the Humber"
    assert frame["area_name"].tolist()[2] == "Yorkshire and The Humber"
    assert frame["region_published"].isna().tolist() == [False, False, True, True]
    assert frame["area_name"].tolist()[3] == "England (discontinued)"


DICTIONARY = [
    ["Measure_code", "Topic", "Measure", "Measure_short", "y_axis_name", "Description",
     "Last Update", "dps", "Year_Type"],
    ["111", "Youth Offending", "First Time entrants", "FirstYJS", "Rate per 100,000",
     "A text\r\r\n\r\r\nwith lines, and commas", "46054", "NA", "Calendar Year"],
    ["114", "Youth Offending", "Re-offending", "ReoffYO", "% of reoffending", "", "New Data", "2",
     "Financial Year"],
    ["115", "Other", "Another", "Other", "%", "", "2026-02-01", "", ""],
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "ods"])
def test_the_dictionary_says_units_years_and_days(tmp_path, kind):
    frame = read_workbook(written(tmp_path, kind, DICTIONARY))
    assert frame.attrs["layout"] == "dfe_lait_dictionary"
    assert frame["code"].tolist() == ["FirstYJS", "ReoffYO", "Other"]
    assert frame["unit"].tolist() == ["Rate per 100,000", "% of reoffending", "%"]
    assert frame["year_type"].tolist()[:2] == ["Calendar Year", "Financial Year"]
    february = pd.Timestamp("2026-02-01")
    assert frame["last_update"].tolist() == [february, pd.NaT, february]
    assert frame["last_update_published"].tolist()[1] == "New Data"
    assert frame["decimals"].fillna(-1).tolist() == [-1, 2, -1]


def test_each_file_has_one_layout():
    for rows, layout in (
        (printed(), dfe_neighbours),
        (NUMBERS, dfe_area_numbers),
        (DICTIONARY, dfe_lait_dictionary),
    ):
        assert layout_of(book(rows)) is layout.LAYOUT


@pytest.mark.real_files
def test_the_official_neighbours_are_the_shipped_ones(real_file):
    same_as_shipped(read_workbook(real_file("lait-statistical-neighbours-2025-05.xlsx")))


@pytest.mark.real_files
def test_the_official_numbers_are_those_of_the_lookup(real_file):
    frame = read_workbook(real_file("lait-la-code-list.xlsx"))
    known = lookup("areas").dropna(subset=["dfe_number"]).set_index("dfe_number")["area_code"]
    listed = frame.set_index("dfe_number")["area_code"]
    assert listed.drop("1000").equals(known[listed.drop("1000").index])
    assert len(listed) == len(known) + 1


@pytest.mark.real_files
def test_the_official_dictionary_is_read_whole(real_file):
    frame = read_workbook(real_file("lait-data-dictionary.csv"))
    assert len(frame) == 448
    ours = frame.set_index("code")
    assert ours.loc["FirstYJS", "year_type"] == "Calendar Year"
    assert ours.loc["YJS_Caution-Sentence10-17_YO", "unit"] == "Rate per 10,000 of 10-17 population"
    assert ours.loc["ReoffYO", "last_update"] == pd.Timestamp("2026-02-01")
