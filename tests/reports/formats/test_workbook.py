"""A workbook that meets the guidance on accessible spreadsheets, and that runs nothing."""

import io
import math

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.presentation import Table
from youthjustice.reports.formats.figures_in_cells import cells
from youthjustice.reports.formats.workbook import workbook, write

from .conftest import SOURCE, content_of, figures, small_content


def opened(raw):
    return openpyxl.load_workbook(io.BytesIO(raw))


@pytest.fixture(scope="module")
def raw(content):
    return workbook(content)


@pytest.fixture(scope="module")
def book(raw):
    return opened(raw)


def every_cell(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def grid(sheet):
    [(_, place)] = sheet.tables.items()
    return [[cell.value for cell in row] for row in sheet[place]]


def test_a_cover_contents_notes_and_one_table_a_sheet(book):
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Statements", "1 First of Asian", "2 First of Asian",
        "3 Second", "4 Second",
    ]  # fmt: skip
    assert [len(sheet.tables) for sheet in book] == [0] + [1] * 7
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert [row[0] for row in grid(book["Contents"])[1:]] == book.sheetnames[3:]
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert links[1] == "'1 First of Asian'!A1"


def test_shorthand_is_explained_and_sources_are_told(book):
    above = [row[0].value for row in book["2 First of Asian"].iter_rows(max_row=8)]
    assert "[c] kept confidential to protect children's privacy" in above
    assert f"Source: {SOURCE}" in above
    assert above[0] == "Children by group, Asian [note 2]"
    cover = [cell.value for cell in book["Cover"]["A"]]
    assert "[c] kept confidential to protect children's privacy" in cover
    notes = {row[0]: row[1] for row in grid(book["Notes"])}
    assert notes[1] == "Bar chart: Asian 2, Black 3. A bar is a count."
    assert notes[2].startswith("Small numbers. Worked out as: Rate per 100,000: ")


def test_figures_are_numbers_that_show_as_printed(book):
    found = grid(book["2 First of Asian"])
    assert found == [
        ["Group", "Children", "Change", "Rate", "Rate: lower limit", "Rate: upper limit"],
        ["Asian", 1234, -0.5213, 145, 91, 220],
        ["Black", 5, 0.25, 20.1, "[x]", "[x]"],
        ["Mixed", "[c]", "[c]", "[c]", "[c]", "[c]"],
    ]
    sheet = book["2 First of Asian"]
    shown = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert (shown[1234], shown[-0.5213], shown[20.1]) == ("#,##0", "0.0%", "0.0")


def test_statements_stand_under_their_headings(book):
    assert grid(book["Statements"])[1:4] == [
        ["First of Asian", "First of Asian", "Asian fell."],
        ["First of Asian", "First of Asian", "It rose."],
        ["First of Asian", "Under Asian", "Caution: Numbers of Asian are small."],
    ]


def test_two_runs_give_the_same_bytes(raw, content, tmp_path):
    assert workbook(small_content()) == raw
    [path] = write(content, tmp_path, "somewhere")
    assert path.read_bytes() == raw


def test_properties_are_set(book):
    told = book.properties
    assert (told.title, told.creator) == ("Somewhere: report", "Youth Justice Analysis")
    assert told.created.isoformat() == told.modified.isoformat() == "2026-02-01T00:00:00"


RUNS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    ' =HYPERLINK("http://x")',
    "\uff1d1",
    "=",
    "-",
]


def test_no_text_can_run_and_no_number_is_touched():
    book = opened(workbook(content_of(RUNS, area="=1+1")))
    for cell in every_cell(book):
        assert cell.data_type != "f"
        if isinstance(cell.value, str):
            assert not cell.value.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
    assert [grid(sheet)[1][2] for sheet in book.worksheets[5:]] == [-0.5213] * len(RUNS)


def test_text_is_neither_a_note_nor_a_link():
    words = ["$$a$$", "[a](b)", "[a](b)\n[c](d)", "http://x/[a](b)", "$$$$"]
    book = opened(workbook(content_of(words, area="[a](b)")))
    assert len(grid(book["Notes"])) == 2 + len(words)
    assert all(
        cell.hyperlink is None for cell in every_cell(book) if cell.parent.title != "Contents"
    )


def test_odd_tables_are_written_too():
    same = pd.DataFrame([[1, 2], [3, 4]], columns=["a", "b"])
    frames = [
        Table(figures().iloc[:0], "No rows"),
        Table(same, "Same heads", columns={"a": "A", "b": "a"}),
        Table(same.astype(object).where(same > 1), "No head", columns={"a": " "}),
        Table(pd.DataFrame({"a": ["", " ", "\u5012", "*", "x" * 40_000]}), "Odd cells"),
    ]
    assert cells(frames[0]).frame.iloc[0, 0] == "[none]"
    assert list(cells(frames[1]).frame.columns) == ["A", "a (2)"]
    assert list(cells(frames[2]).frame.columns) == ["Column 1"]
    odd = list(cells(frames[3]).frame["A"])
    assert odd[:4] == ["[blank]", "[blank]", "Text: \u5012", "Text: *"]
    assert len(odd[4]) == 30_000


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(0, 4),
    st.sampled_from(["", "%", " per 100,000"]),
)
def test_a_number_stays_itself_or_is_told_as_printed(value, decimals, unit):
    printed = f"{value:,.{decimals}f}".replace("-", "\u2212") + unit
    made = cells(
        Table(pd.DataFrame({"g": ["a"], "v": [value]}), "One", formats={"v": lambda _: printed})
    )
    cell = made.frame.iloc[0, 1]
    if isinstance(cell, str):
        assert cell == printed
    else:
        assert math.isclose(cell, value, abs_tol=0.51 * 10**-decimals)
        assert (1, 1) in made.forms


@given(st.text(max_size=60))
def test_any_text_is_inert_and_kept_but_for_what_a_file_refuses(word):
    made = cells(Table(pd.DataFrame({"g": ["a"], "v": [word + "."]}), "One")).frame.iloc[0, 1]
    told = made if isinstance(made, str) else next(iter(made))
    assert told.strip()
    assert not told.lstrip().startswith(("=", "+", "-", "@"))
    assert not told.startswith(("\t", "\r", "\n"))
