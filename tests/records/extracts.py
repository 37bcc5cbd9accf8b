"""Small extracts as case systems write them, read in this process, and a scanner of what is said."""

import csv
import io
import re
from contextlib import contextmanager

import pytest

from youthjustice.records import read_extract
from youthjustice.records.extract import Extract
from youthjustice.sandbox import opening
from youthjustice.sandbox.pieces import pieces

CHILDREN = ["Person ID", "Name", "DOB", "Gender", "Ethnicity", "YJS"]
OFFENCES = ["Person ID", "Offence Date", "Offence", "Seq", "Outcome", "Outcome Date", "Release date",
            "Breach"]  # fmt: skip
ANN = ["Zq7-1", "Ann Zq7", "15/06/2006", "F", "White British", "Leeds"]
THEFT = ["Zq7-1", "01/02/2022", "TH68001", "1", "Youth caution", "01/03/2022", "", "N"]
CANARY = "Zq7"


def written(rows, between=","):
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=between).writerows(rows)
    return made.getvalue()


@pytest.fixture
def at_once(monkeypatch, tmp_path):
    """Read files in this process: starting another takes longer than reading."""

    def run(file, by_line=False):
        with open(file, "rb", closefd=False) as raw:
            return pieces_of(raw.read(), tmp_path, by_line)

    def pieces_of(raw, folder, by_line):
        yield from pieces(raw, folder, by_line)

    monkeypatch.setattr(opening, "run", run)


def folder_of(tmp_path, children, offences, headed=True):
    folder = tmp_path / "extract"
    folder.mkdir(exist_ok=True)
    for name, head, rows in (("children", CHILDREN, children), ("offences", OFFENCES, offences)):
        raw = (
            rows if isinstance(rows, bytes) else written([head, *rows] if headed else rows).encode()
        )
        (folder / f"{name}.csv").write_bytes(raw)
    return folder


def extract_of(tmp_path, children=(ANN,), offences=(THEFT,), **how):
    return read_extract(folder_of(tmp_path, children, offences), **how)


def changed(row, **changes):
    """A row with some cells changed, by the letters of their columns."""
    return [changes.get(chr(ord("A") + place), cell) for place, cell in enumerate(row)]


def refusals(extract):
    listed = extract.refused[["table", "row", "column", "reason"]]
    return [tuple(row) for row in listed.to_numpy().tolist()]


def everything_said(extract: Extract, *more):
    """All that an extract says of itself, in one text; the two tables are what it was asked for."""
    frames = [extract.refused, extract.columns, extract.rows, extract.reasons]
    parts = [frame.to_csv() for frame in frames]
    return "\n".join([repr(extract), str(extract), *extract.notes, *extract.unread, *parts, *more])


def check_silence(text, cells=()):
    """Scan what was said for what stands in the rows."""
    assert CANARY not in text
    for cell in cells:
        if len(cell) > 2:
            assert not re.search(rf"(?<!\w){re.escape(cell)}(?!\w)", text), cell


@contextmanager
def said_by(error):
    """Give the text of an error with all that it was raised from."""
    with pytest.raises(error) as caught:
        yield (told := [])
    one = caught.value
    while one is not None:
        told += [str(one), repr(one.args)]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
