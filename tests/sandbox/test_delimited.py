"""Text files as people save them: every encoding, delimiter and line end."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.sandbox.delimited import (
    BY_LINE,
    LATIN,
    decoded,
    decoded_by_line,
    delimiter,
    records,
)


def read(raw):
    text, _ = decoded(raw)
    return list(records(text, delimiter(text)))


TABLE = [["Area", "Note"], ["Ynys Môn", "a, b"], ["", "two\nlines"]]


def written(between=",", end="\r\n"):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=between, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(TABLE)
    return made.getvalue()


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_one_table_is_read_however_it_was_saved(between, end, code):
    text = written(between, end)
    assert read(text.encode(code)) == TABLE
    assert decoded(text.encode(code))[1] == ((LATIN,) if code in ("cp1252", "latin-1") else ())


def test_bytes_that_windows_latin_lacks_are_still_text():
    assert read(b"a,b\n\x81\xe9,1\n")[1] == ["\x81é", "1"]


def test_a_title_above_the_table_does_not_hide_what_stands_between_cells():
    assert delimiter('"Children, by area";;\n\nArea;2014;2015\nKent;1,5;2,5\n') == ";"
    assert delimiter("one column\nof text\n") == ","


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"  \n", "is empty"),
        (b"a,b\n1,\x00\n", "line 2 holds a NUL"),
        (b"%PDF-1.7\n\x01\x02\x03", "neither a spreadsheet"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'\n<?xml version="1.0"?><Workbook/>', "web page or XML"),
    ],
)
def test_what_is_no_table_is_told(raw, told):
    with pytest.raises(InputProblem, match=told):
        decoded(raw)


@pytest.mark.parametrize("text", ['a,b\n"never closed,2\n', "a,b\n" + "x" * 200_000 + ",1\n"])
def test_a_quote_that_is_never_closed_and_an_endless_cell_are_told(text):
    with pytest.raises(InputProblem, match="cannot be split into cells at line"):
        list(records(text, ","))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=2, max_size=6)
    )
)
def test_what_was_written_with_commas_comes_back(rows):
    made = io.StringIO(newline="")
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows(rows)
    assert list(records(made.getvalue(), ",")) == rows


LINES = st.lists(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=8))


@given(LINES, st.randoms(use_true_random=False))
def test_lines_of_two_encodings_come_back_line_by_line(lines, random):
    # A few texts of Windows Latin-1 are sound UTF-8 of something else; no reader can tell them.
    lines = ["Town", *lines, "Ynys Môn"]
    told = [line.isascii() or not _also_unicode(line.encode("cp1252")) for line in lines]
    raw = [line.encode(random.choice(["utf-8", "cp1252"]) if own else "utf-8")
           for line, own in zip(lines, told, strict=True)]  # fmt: skip
    raw[-1] = lines[-1].encode("cp1252")
    text, notes = decoded_by_line(b"\n".join(raw))
    assert text.split("\n") == lines
    assert notes == (BY_LINE,)


def _also_unicode(raw):
    try:
        return bool(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_of_one_encoding_is_read_by_line_as_it_is_at_once(code):
    raw = written().encode(code)
    assert decoded_by_line(raw)[0] == decoded(raw)[0]


def test_a_nul_is_kept_by_line_and_a_file_of_them_is_refused():
    assert decoded_by_line(b"a,b\nx\x00y,2\n" + b"long enough\n" * 9)[0].startswith("a,b\nx\0y")
    for raw in (b"%PDF-1.7\n\x01\x02\x03", "a,b\nc,d\n".encode("utf-16-le"), b" \n", b"<html>"):
        with pytest.raises(InputProblem, match=r"neither|empty|web page"):
            decoded_by_line(raw)
