"""Two thousand damaged files: each ends in a table or one sentence.

Sound files of every kind and layout are damaged in every way a file can be: bytes, parts of a zip,
XML, cells. `YJ_FUZZ_SEED` chooses other damage than the usual; the seed is printed when one fails.
Files go the way that users' files go, through a process of their own: some end that process.
"""

import csv
import io
import os
import re
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pytest

from tests.published.layouts.local_tables import (
    CHILDREN,
    OFFENCES,
    OUTCOMES,
    SERVICES,
    YEARS,
    table,
)
from tests.published.layouts.local_tables import workbook as local_workbook
from tests.published.layouts.regional_blocks import workbook as regional_workbook
from tests.sandbox.files import cell, ods, ods_row, xls, xlsx
from youthjustice.errors import InputProblem
from youthjustice.published import read_workbook
from youthjustice.published.importing import read_book
from youthjustice.sandbox.cells import column_letters
from youthjustice.sandbox.grid import Grid
from youthjustice.sandbox.opening import assembled
from youthjustice.sandbox.pieces import pieces

SEED = int(os.environ.get("YJ_FUZZ_SEED", "2013"))
QUICK, MANY, PARTS = 24, 2_000, 8
ODD = (
    None, "", "-", "..", "*", "[c]", "<6", "1,234", float("nan"), float("inf"), -1.0, 1e308, 0.5,
    True, "=HYPERLINK(1)", "<script>", "\x00", "All", "TOTAL", "2013-14", "x" * 5000, "Ynys Môn",
)  # fmt: skip


@cache
def books():
    """Sound workbooks of several layouts: small, since each is read hundreds of times."""
    few = {name: SERVICES[name] for name in ("Islington", "Gwynedd & Ynys Mon")}
    made = [(CHILDREN, "Number_Children"), (OUTCOMES, "Number_Cautioned_Sentenced"),
            (OFFENCES, "Number_Offences")]  # fmt: skip
    local = [local_workbook(table(*one, services=few, years=YEARS[:2])) for one in made]
    areas = {"National": ["London"], "London": ["London", "Brent"]}
    return (*local, regional_workbook(areas=areas))


@cache
def files(folder):
    """Sound files of every kind, as bytes."""
    sheets = [(grid.sheet, grid.cells[:60]) for grid in books()[1].grids]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(sheets[-1][1])
    path = Path(folder) / "sound.parquet"
    header, *below = sheets[-1][1].tolist()
    columns = ", ".join(f'col{at} AS "{name}"' for at, name in enumerate(header))
    values = ", ".join(f"({', '.join(map(_sql, row))})" for row in below)
    duckdb.sql(f"SELECT {columns} FROM (VALUES {values})").write_parquet(str(path))
    shared = xlsx(*((name, _rows(cells)) for name, cells in sheets))
    spread = ods([ods_row(*map(_xml, row)) for row in sheets[-1][1]])
    return (shared, spread, text.getvalue().encode(), path.read_bytes(), xls())


def _sql(value):
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


def _xml(value):
    return "" if value is None else str(value).replace("&", "&amp;").replace("<", "&lt;")


def _rows(cells):
    for number, row in enumerate(cells, 1):
        told = (
            cell(
                f"{column_letters(at)}{number}", value if isinstance(value, float) else _xml(value)
            )
            for at, value in enumerate(row)
            if value is not None
        )
        yield f'<row r="{number}">{"".join(told)}</row>'


def flipped(chance, raw):
    """Change some bytes."""
    array = np.frombuffer(raw, dtype=np.uint8).copy()
    many = int(chance.integers(1, 20))
    array[chance.integers(0, len(array), many)] = chance.integers(0, 256, many)
    return array.tobytes()


def cut(chance, raw):
    """Take a piece out, or the end off."""
    first, last = sorted(chance.integers(0, len(raw), 2))
    return raw[:first] + (raw[last:] if chance.random() < 0.5 else b"")


def repeated(chance, raw):
    """Put a piece in again, somewhere else."""
    first, last, place = chance.integers(0, len(raw), 3)
    return raw[:place] + raw[min(first, last) : max(first, last)][:5000] + raw[place:]


def of_xml(chance, raw):
    """Change a number, a quote or a tag in text."""
    found = list(re.finditer(rb'"\d+"|>[^<]{1,20}<|</?\w+', raw))
    if not found:
        return flipped(chance, raw)
    odd = [b'"-1"', b'"99999999999"', b'"1048577"', b"><", b">&x;<", b"<!DOCTYPE", b"</", b""]
    for match in sorted(chance.choice(len(found), min(3, len(found)), replace=False))[::-1]:
        begin, end = found[match].span()
        raw = raw[:begin] + odd[int(chance.integers(len(odd)))] + raw[end:]
    return raw


DAMAGES = (flipped, cut, repeated, of_xml)


def in_members(chance, raw):
    """Damage the parts of a zip, or change two of them for one another, or lose one."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = list(members)
    one, other = (names[int(at)] for at in chance.integers(0, len(names), 2))
    how = chance.random()
    if how < 0.1:
        members[one], members[other] = members[other], members[one]
    elif how < 0.2:
        del members[one]
    elif members[one]:
        members[one] = DAMAGES[int(chance.integers(len(DAMAGES)))](chance, members[one])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def damaged_file(chance, folder):
    """Take a sound file, and damage it."""
    sound = files(folder)
    raw = sound[int(chance.integers(len(sound)))]
    if raw.startswith(b"PK") and chance.random() < 0.8:
        return in_members(chance, raw)
    return DAMAGES[int(chance.integers(len(DAMAGES)))](chance, raw)


def damaged_book(chance):
    """Take a sound workbook, and put odd cells, rows and columns into it."""
    book = books()[int(chance.integers(len(books())))]
    place = int(chance.integers(len(book.grids)))
    cells = book.grids[place].cells.copy()
    if not cells.size:
        return book
    how, many = chance.random(), int(chance.integers(1, 12))
    odd = np.array([ODD[int(at)] for at in chance.integers(0, len(ODD), many)], dtype=object)
    rows = chance.integers(0, min(len(cells), chance.choice([8, 10_000])), many)
    columns = chance.integers(0, cells.shape[1], many)
    if how < 0.5:
        cells[rows, columns] = odd
    elif how < 0.65:
        cells = np.delete(cells, rows, axis=0)
    elif how < 0.8:
        cells = np.delete(cells, columns[:2], axis=1)
    elif how < 0.9:
        cells[:, columns[:2]] = cells[:, columns[:2][::-1]]
    else:
        cells = np.vstack([cells[: rows[0]], cells])
    grids = list(book.grids)
    grids[place] = Grid(grids[place].sheet, cells)
    return replace(book, grids=tuple(grids))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(tmp_path_factory.mktemp("sound"))


def ends_well(work, what):
    """Run, and let nothing end it but a table or one sentence."""
    try:
        frame = work()
    except InputProblem as problem:
        sentence = str(problem)
        assert sentence, what
        assert "\n" not in sentence, what
        assert len(sentence) < 1000, what
        return "sentence"
    except BaseException as problem:
        raise AssertionError(f"{what} ends in {problem!r}") from problem
    assert {"table", "source", "sheet", "cell", "check"} <= set(frame.columns), what
    return "table"


def many_of(numbers, work):
    """Damage files, each with its own seed, and count how they end."""
    sys.stdout.write(f"YJ_FUZZ_SEED={SEED}\n")
    ends = {"table": 0, "sentence": 0}
    for number in numbers:
        what = f"YJ_FUZZ_SEED={SEED}, number {number}"
        ends[ends_well(lambda at=number: work(np.random.default_rng((SEED, at))), what)] += 1
    return ends


def of_file(folder):
    path = Path(folder) / "damaged"

    def read(chance):
        path.write_bytes(damaged_file(chance, folder))
        return read_workbook(path)

    return read


def of_book(chance):
    return read_book(damaged_book(chance))


def test_the_sound_files_are_sound(folder):
    """Else the damaged ones would show nothing."""
    for book in books():
        assert len(read_book(book))
    for raw in files(folder):
        assembled("sound", pieces(raw, Path(folder)))


def test_damaged_files_end_well(folder):
    many_of(range(QUICK * 3 // 4), of_file(folder))


def test_damaged_tables_end_well():
    many_of(range(QUICK // 4), of_book)


# In parts, so that several processes share them.
@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_many_damaged_files_end_well(part, folder):
    ends = many_of(range(part, MANY * 3 // 4, PARTS), of_file(folder))
    assert min(ends.values()) > 0


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_many_damaged_tables_end_well(part):
    ends = many_of(range(part, MANY // 4, PARTS), of_book)
    assert min(ends.values()) > 0
