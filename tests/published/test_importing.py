"""An official file becomes tidy rows that say where they come from, or one sentence."""

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.local_tables import OUTCOMES, table
from tests.published.layouts.local_tables import workbook as local_workbook
from tests.published.layouts.regional_blocks import workbook
from youthjustice import published
from youthjustice.errors import InputProblem
from youthjustice.published import importing, layouts_known, read_workbook
from youthjustice.published.importing import layout_of, read_book
from youthjustice.published.layouts import ALL
from youthjustice.published.layouts.layout import Layout
from youthjustice.sandbox.grid import Grid, Workbook

SOURCE = {"title", "publisher", "table", "address", "release_date", "licence", "caveats", "sha256"}


def one(sheet="S", cells=(("Area", "n"), ("Kent", 1.0)), notes=()):
    grid = Grid(sheet, np.array(cells, dtype=object))
    return Workbook("made.xlsx", "xlsx", "0" * 64, (grid,), notes)


def rows(**columns):
    given = {
        "table": "t", "area_code": ["E09000019", "E09000007"],
        "area_name": ["Islington", "Camden"], "area_type": "authority",
        "period_start": pd.Timestamp("2020-01-01"), "period_end": pd.Timestamp("2020-12-31"),
        "measure": "entrants", "value": [1.0, 2.0], "unit": "children", "symbol": None,
        "source": "s", "sheet": "S", "cell": ["B2", "B3"],
    }  # fmt: skip
    return pd.DataFrame(given | columns)


def layout(read, name="made", fits=lambda book: True, tried=False):
    return Layout(name, f"Title of {name}", "A publisher", "https://example.org", tried, fits, read)


@pytest.fixture
def known(monkeypatch):
    """Put layouts in the place of those there are."""

    def put(*made):
        monkeypatch.setattr(importing, "_known", lambda: list(made))

    return put


def test_rows_say_what_they_are_and_where_they_come_from():
    frame = read_book(workbook())
    assert {"table", "value", "unit", "symbol", "release", "sheet", "cell"} <= set(frame)
    assert frame.columns[-1] == "check"
    assert set(frame.attrs["source"]) == SOURCE
    assert frame.attrs["source"]["sha256"] == "0" * 64
    assert frame.attrs["source"]["licence"] == "OGL-UK-3.0"
    assert frame.attrs["layout"] == "yjs_regional_2013"
    assert frame.attrs["tried"] is True
    assert frame.attrs["file"] == "regional.xls"


@pytest.mark.prove
def test_a_failed_check_marks_the_cells_and_names_them():
    book = workbook()
    cells = book.grids[-1].cells
    wrong = next(
        (row, column)
        for row in range(len(cells) - 1, 0, -1)
        for column in range(cells.shape[1] - 1, 0, -1)
        if isinstance(cells[row, column], float)
    )
    clean = read_book(book)
    cells[wrong] += 7.0
    frame = read_book(book)
    assert len(frame.attrs["checks"]) > len(clean.attrs["checks"])
    found = [check for check in frame.attrs["checks"] if check["check"] == "parts_against_totals"]
    marked = frame[frame["check"].str.contains("parts_against_totals", na=False)]
    cells_named = {cell for check in found for cell in check["cells"]}
    assert cells_named == set(marked["sheet"] + "!" + marked["cell"])
    assert frame.loc[frame["check"].isna(), "cell"].size > 0


def test_what_a_layout_says_is_kept(known):
    def read(book):
        frame = rows()
        frame.attrs = {
            "release": "2020-02", "tables": {"t": "Table 2.1"}, "left_out": ["a column of changes"],
            "release_date": "2020-02-01",
        }  # fmt: skip
        return frame

    known(layout(read))
    attrs = read_book(one(notes=("read as Latin-1",))).attrs
    assert attrs["release"] == "2020-02"
    assert attrs["tables"] == {"t": "Table 2.1"}
    assert attrs["left_out"] == ["a column of changes"]
    assert attrs["notes"] == ["read as Latin-1"]
    assert attrs["source"]["table"] == "Table 2.1"
    assert attrs["source"]["release_date"] == "2020-02-01"


def test_every_source_that_rows_cite_is_described(known):
    known(layout(lambda book: rows(source=["dfe-lait-2025-02", "a-new-key"])))
    shipped, new = read_book(one()).attrs["sources"]
    assert shipped["title"].startswith("Local Authority Interactive Tool, February 2025")
    assert (shipped["name"], shipped["release_date"]) == ("dfe-lait-2025-02", "2025-02-04")
    assert new == {
        "name": "a-new-key", "title": "Title of made", "publisher": "A publisher", "table": "t",
        "address": "https://example.org", "release_date": "", "licence": "OGL-UK-3.0",
    }  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_layout_describes_the_publications_that_no_table_does(name):
    made = importing.layout_named(name)
    assert all([made.title, made.publisher, made.address.startswith("https://"), made.licence])


def test_what_a_layout_leaves_open_is_missing_and_not_invented(known):
    known(layout(lambda book: rows()))
    frame = read_book(one())
    for column in ("release", "flag", "check"):
        assert frame[column].isna().all()
    assert frame.attrs["tables"] == {"t": "t"}
    assert frame.attrs["source"]["release_date"] == ""


def test_an_area_that_no_lookup_holds_is_kept_and_marked(known):
    known(layout(lambda book: rows(area_code=["E09000019", None], area_name=["Islington", "=A1"])))
    frame = read_book(one())
    assert frame["check"].tolist()[1] == "known_areas"
    assert frame.attrs["checks"][0]["cells"] == ["S!B3"]


def test_a_file_without_a_layout_is_told_with_its_sheets_and_what_to_do():
    with pytest.raises(InputProblem) as told:
        layout_of(one("Sheet <b>1"))
    assert "sheets 'Sheet &lt;b>1'" in str(told.value)
    assert "--draft mapping.toml" in str(told.value)
    with pytest.raises(InputProblem, match="columns 'Area', 'n'"):
        layout_of(one(""))
    many = Workbook(
        "m.xlsx", "xlsx", "", tuple(Grid(f"S{i}", one().grids[0].cells) for i in "abcdef")
    )
    with pytest.raises(InputProblem, match="'Sd' and 2 more"):
        layout_of(many)


def test_two_layouts_that_fit_are_told_and_one_may_be_named(known):
    known(layout(lambda book: rows(), "one"), layout(lambda book: rows(value=5.0), "two"))
    with pytest.raises(InputProblem, match="fits the layouts one and two"):
        read_book(one())
    assert read_book(one(), layout="two")["value"].tolist() == [5.0, 5.0]
    with pytest.raises(InputProblem, match="did you mean two"):
        read_book(one(), layout="twoo")


def stumbles(book):
    raise KeyError("a column that is not there")


def test_a_layout_that_stumbles_does_not_fit_and_cannot_end_in_a_trace(known):
    known(layout(stumbles), layout(lambda book: rows(), "other", fits=stumbles))
    with pytest.raises(InputProblem, match=r"looks like Title of made .* laid out otherwise"):
        read_book(one())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (rows().drop(columns="cell"), "gives no column cell"),
        (rows().drop(columns="unit"), "gives no column unit"),
        (rows().iloc[:0], "holds no figures"),
    ],
)
def test_a_layout_is_held_to_what_it_promises(known, given, told):
    known(layout(lambda book: given.copy()))
    with pytest.raises(InputProblem, match=told):
        read_book(one())


def test_a_table_without_figures_needs_no_measure(known):
    lookup = pd.DataFrame({"table": ["t"], "source": "s", "sheet": "S", "cell": "A2", "code": "x"})
    known(layout(lambda book: lookup.copy()))
    assert read_book(one()).columns.tolist() == [*lookup, "release", "check"]


def test_the_sentence_of_a_layout_begins_with_the_file(known):
    def contradicts(book):
        raise InputProblem("sheet 'S', cell B2 holds 'x' where a number should stand")

    known(layout(contradicts))
    with pytest.raises(InputProblem, match=r"^'made.xlsx': sheet 'S', cell B2"):
        read_book(one())


def test_a_file_on_disk_is_read_whatever_its_kind(tmp_path):
    book = local_workbook(table(OUTCOMES, "Number_Cautioned_Sentenced"))
    path = tmp_path / "Table v2.xls"
    frame = pd.DataFrame(book.grids[-1].cells)
    frame.to_excel(tmp_path / "a.ods", index=False, header=False, sheet_name="Data", engine="odf")
    (tmp_path / "a.ods").rename(path)
    found = read_workbook(path)
    assert found.attrs["layout"] == "yjs_local_outcomes"
    assert found["value"].tolist() == read_book(book)["value"].tolist()


def test_the_catalogue_lists_every_layout_once():
    listed = layouts_known()
    assert listed["name"].tolist() == sorted(ALL)
    assert (listed[["title", "publisher", "address"]] != "").all(axis=None)
    assert {"layouts_known", "read_workbook"} <= set(published.__all__)


def test_more_figures_than_can_be_checked_are_told(monkeypatch):
    monkeypatch.setattr(importing, "MOST_FIGURES", 3)
    with pytest.raises(InputProblem, match=r"holds [0-9,]+ figures, and 3 is the most"):
        read_book(workbook())
