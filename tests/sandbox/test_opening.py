"""A file of any kind opens as its cells, from A1, or ends in one sentence."""

import csv
import os
import re

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pytest

from tests.sandbox.files import cell, ods, ods_row, xls, xlsx, xlsx_members, zipped
from youthjustice.errors import InputProblem
from youthjustice.sandbox import columns, opening
from youthjustice.sandbox.opening import assembled, open_workbook
from youthjustice.sandbox.pieces import pieces

ROW = f'<row r="1">{cell("A1", 1)}</row>'


@pytest.fixture
def saved(tmp_path):
    """Write bytes to a file of a name, and give its path."""

    def save(raw, name="table.xlsx"):
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return save


@pytest.fixture
def opened(tmp_path):
    """Open bytes without a process of their own; `saved` and open_workbook try that one."""

    def read(raw, name="table.xlsx"):
        return assembled(name, pieces(raw, tmp_path))

    return read


def cells(book, sheet=0):
    return book.grids[sheet].cells.tolist()


def refused(path):
    with pytest.raises(InputProblem) as told:
        open_workbook(path)
    sentence = str(told.value)
    assert "\n" not in sentence
    assert len(sentence) < 400
    assert re.match(r"'[^']", sentence), "the sentence begins with the file"
    return sentence


TABLE = [["Area", "2014", "2015"], ["Kent", 1.5, None], [None, None, 2.0]]


def test_each_kind_opens_with_the_same_cells(tmp_path):
    made = openpyxl.Workbook()
    for row in TABLE:
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    pd.DataFrame(TABLE).to_excel(tmp_path / "a.ods", index=False, header=False, engine="odf")
    frame = pd.DataFrame(TABLE[1:], columns=TABLE[0])
    duckdb.from_df(frame.astype({"Area": "object"})).write_parquet(str(tmp_path / "a.parquet"))
    for kind in ("xlsx", "ods", "parquet"):
        book = open_workbook(tmp_path / f"a.{kind}")
        assert (book.kind, book.file) == (kind, f"a.{kind}")
        assert cells(book) == TABLE, kind
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows(TABLE)
    book = open_workbook(tmp_path / "a.csv")
    assert (book.kind, book.grids[0].sheet) == ("csv", "")
    assert cells(book) == [["Area", "2014", "2015"], ["Kent", "1.5", None], [None, None, "2.0"]]


def test_an_xls_opens_from_a1(saved):
    book = open_workbook(saved(xls(7.5), "old.xls"))
    assert (book.kind, cells(book)) == ("xls", [[None, None], [None, None], [None, 7.5]])


@pytest.mark.parametrize("name", ["new.xls", "a.ods", "a.csv", "a", "a.parquet"])
def test_the_name_does_not_matter(saved, name):
    assert open_workbook(saved(xlsx(("S", ROW)), name)).kind == "xlsx"


def test_a_text_file_named_ods_is_text_and_a_web_page_named_xlsx_is_refused(saved):
    book = open_workbook(saved(b"Area,2014\r\nKent,1\r\n", "table.ods"))
    assert (book.kind, cells(book)) == ("csv", [["Area", "2014"], ["Kent", "1"]])
    assert "web page" in refused(saved(b"<!doctype html><html><table>", "table.xlsx"))


def test_the_digest_is_the_files(saved):
    empty_line = "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b"
    assert len(open_workbook(saved(b"a,b\n")).sha256) == 64
    assert "empty" in refused(saved(b"\n"))
    assert open_workbook(saved(b"x\n")).sha256 != empty_line


def test_latin_text_says_so(opened):
    book = opened("Area,n\nYnys Môn,1\n".encode("cp1252"))
    assert cells(book)[1] == ["Ynys Môn", "1"]
    assert "Latin-1" in book.notes[0]
    assert opened("Area,n\nYnys Môn,1\n".encode("utf-8-sig")).notes == ()


def test_formulas_are_their_kept_values_and_links_are_not_followed(opened):
    row = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f><v>3</v></c>'
        '<c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>[1]Other!A1</f><v>kept</v></c>'
        '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    link = '<externalLink><externalBook r:id="http://127.0.0.1:1/x.xlsx"/></externalLink>'
    raw = xlsx(("S", row), more={"xl/externalLinks/externalLink1.xml": link})
    assert cells(opened(raw)) == [[3.0, None, None, "kept", None]]


def test_a_sheet_of_merged_cells_only_is_empty(opened):
    members = xlsx_members([("S", "")])
    content = "".join(members["xl/worksheets/sheet1.xml"])
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    members["xl/worksheets/sheet1.xml"] = content.replace("</worksheet>", merged)
    assert opened(zipped(members)).grids[0].cells.shape == (0, 0)


def test_charts_are_passed_over_and_hidden_sheets_are_not(opened):
    book = opened(
        xlsx(("C", ""), ("S", ROW), ("H", ROW), kinds={"C": "chartsheet"}, states={"H": "hidden"})
    )
    assert [grid.sheet for grid in book.grids] == ["S", "H"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "empty"),
        (xlsx(("S", ROW))[:-40], "damaged"),
        (xlsx(("S", ROW))[:60], "damaged"),
        (xls()[:700], "damaged"),
        (b"PAR1 and no more PAR1", "damaged"),
        (xlsx(), "no sheet of cells"),
        (xlsx(("C", ""), kinds={"C": "chartsheet"}), "no sheet of cells"),
        (xlsx(("S", ROW), ("S", ROW)), "sheet 'S', stands in the file twice"),
        (xlsx(*((f"S{i}", "") for i in range(501))), "501 sheets"),
        (xlsx(("S", f'<row r="1048576">{cell("XFD1048576", 1)}</row>')), "1,048,576 rows"),
        (
            xlsx(("S", f'<row r="10000000">{cell("A10000000", 1)}</row>')),
            "more than 1,048,576 rows",
        ),
        (ods(ods_row("a", repeated=16384, times=1048576)), "damaged"),
        (b"\x7fELF\x02\x01\x01\x00", "neither a spreadsheet nor parquet nor text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(opened, raw, told):
    with pytest.raises(InputProblem, match=told):
        opened(raw)


def test_a_name_that_would_do_harm_is_told_harmlessly(opened, saved):
    with pytest.raises(InputProblem) as told:
        opened(xlsx(("&lt;script&gt;", ROW), ("&lt;script&gt;", ROW)))
    assert "<script>" not in str(told.value)
    assert "<b>" not in refused(saved(b"", "<b>\x1b[31m.xlsx"))


def test_what_is_no_file_is_not_opened(tmp_path):
    assert "is not a file" in refused(tmp_path)
    assert "No such file" in refused(tmp_path / "gone.xlsx")
    assert "no file can have this name" in refused("a\0b")
    assert "cannot be read" in refused("x" * 5000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refused(tmp_path / "pipe")
    assert "is not a file" in refused("/dev/zero")


def test_a_file_without_leave_is_told(saved, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert "cannot be read: Permission denied" in refused(saved(b"a,b\n"))


def test_a_file_too_large_is_not_read(saved, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 2 * opening.MEBIBYTE)
    path = saved(b"", "large.csv")
    with path.open("r+b") as file:
        file.truncate(3 * opening.MEBIBYTE)
    assert "has 3 MB, and 2 MB is the most" in refused(path)


def test_parquet_of_every_type_gives_numbers_texts_truths_and_dates(tmp_path, opened):
    path = tmp_path / "types.parquet"
    duckdb.sql(
        "SELECT 1::UTINYINT a, 2::HUGEINT b, 1.5::DECIMAL(4,1) c, 'nan'::DOUBLE d, true e, "
        "DATE '2020-01-02' f, TIMESTAMP '2020-01-02 03:04:05' g, [1, 2] h, 'x'::BLOB i, "
        "{'k': 1} j, NULL::VARCHAR k, '' l, TIMESTAMPTZ '2020-01-02 03:04:05+00' m, "
        "'low'::ENUM('low', 'high') \"n \"\"quoted\"\"\""
    ).write_parquet(str(path))
    (grid,) = opened(path.read_bytes()).grids
    assert grid.cells[0].tolist() == [*"abcdefghijklm", 'n "quoted"']
    found = dict(zip("abcdefghijklmn", grid.cells[1], strict=True))
    assert [found[name] for name in "abcd"] == [1.0, 2.0, 1.5, None]
    assert found["e"] is True
    assert (found["f"].isoformat(), found["g"].isoformat()) == ("2020-01-02", "2020-01-02T03:04:05")
    assert (found["h"], found["i"], found["k"], found["l"]) == ("[1, 2]", "x", None, None)
    assert found["n"] == "low"


def test_a_parquet_file_without_rows_is_its_header(tmp_path, opened):
    path = tmp_path / "none.parquet"
    duckdb.sql("SELECT 1 AS a, 'x' AS b WHERE false").write_parquet(str(path))
    assert cells(opened(path.read_bytes())) == [["a", "b"]]


def test_sheets_of_many_pieces_are_put_together(opened, monkeypatch):
    monkeypatch.setattr(columns, "CELLS_AT_ONCE", 100)
    rows = "\n".join(f"{number},{number % 7}" for number in range(1234))
    (grid,) = opened(rows.encode()).grids
    assert grid.cells.shape == (1234, 2)
    assert np.array_equal(grid.cells[:, 0].astype(int), np.arange(1234))


def test_a_name_that_is_no_text_is_told_as_far_as_it_is(saved):
    try:
        path = saved(b"a,b\n1,2\n", os.fsdecode(b"caf\xe9.csv"))
    except OSError:
        pytest.skip("the system has no such names")
    assert open_workbook(path).file == "caf\ufffd.csv"
