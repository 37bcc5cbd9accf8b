"""Turn the cells of one table into the columns of the schema, marking what cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.records.finding import Found
from youthjustice.records.mapping import TableMapping, columns_of
from youthjustice.records.refusals import (
    CONTROL,
    FORMULA,
    NOT_KNOWN,
    NOT_WHOLE,
    SHIFTED,
    SHORTENED,
    Marks,
    like_formulas,
    refused_rows,
    shortened,
    with_control,
)
from youthjustice.records.schema import DATES, EMPTY, FILLED, OPTIONAL, allowed
from youthjustice.records.spellings import empty_words, value_of
from youthjustice.records.written_dates import read_dates
from youthjustice.sandbox.cells import Texts, texts
from youthjustice.sandbox.grid import Cells

Marked = tuple[str, str, Marks]
FIRST_ROW = 2
"""The row that a spreadsheet gives to the first row under a heading row in row 1."""


@dataclass(frozen=True, slots=True)
class Converted:
    """One table of one sheet in the columns of the schema.

    `frame` and `origin` (table, file, sheet, row) hold a row for each row read; `refused` lists what
    cannot be read, labelled by the row's place in them; `odd` says what the columns that are not
    read hold that could do harm elsewhere.
    """

    frame: pd.DataFrame
    origin: pd.DataFrame
    refused: pd.DataFrame
    odd: tuple[str, ...]


def convert(found: Found, file: str, mapping: TableMapping) -> Converted:
    """Read the rows of a table that was found in a sheet."""
    cells = found.rows
    own = sorted({*found.places.values()})
    filled = np.flatnonzero((texts(cells[:, own]) != "").any(axis=1))
    cells = cells[filled]
    origin = pd.DataFrame(
        {
            "table": found.table,
            "file": file,
            "sheet": found.grid.sheet,
            "row": pd.array(filled + found.header + FIRST_ROW, dtype="Int64"),
        }
    )
    marked: list[Marked] = []
    columns = {}
    for name in columns_of(found.table):
        if name in found.places:
            column = cells[:, found.places[name]]
        elif name in mapping.constants:
            column = np.full(len(cells), mapping.constants[name], dtype=object)
        elif name in OPTIONAL[found.table]:
            continue
        else:
            column = np.full(len(cells), None, dtype=object)
        columns[name], problems = _column(name, column, mapping)
        marked += problems
    shifted = _beyond(found, cells)
    marked = [(name, reason, marks & ~shifted) for name, reason, marks in marked]
    marked.append(("", SHIFTED, shifted))
    frame = pd.DataFrame(columns)
    return Converted(frame, origin, refused_rows(origin, marked), _odd(found, cells, origin))


def _column(name: str, cells: Cells, mapping: TableMapping) -> tuple[pd.Series, list[Marked]]:
    """Read one column; the first reason that applies to a cell is the one that counts."""
    words = texts(cells)
    odd = with_control(words)
    words[odd] = ""
    marked: list[Marked] = [(name, CONTROL, odd)]
    if name in DATES:
        days, reasons = read_dates(cells)
        known = [str(reason) for reason in pd.unique(reasons) if reason is not None]
        marked += [(name, reason, (reasons == reason) & ~odd) for reason in known]
        values, empty = pd.Series(days), np.isnat(days) & (reasons == None)  # noqa: E711
    elif allowed().get(name) or name == "is_breach":
        codes = mapping.codes.get(name, {})
        found = _each(words, lambda text: value_of(text, name, codes))
        empty = np.zeros(len(words), dtype=bool)
        marked.append((name, NOT_KNOWN, (found == None) & ~odd))  # noqa: E711
        values = pd.Series(found, dtype="str")
        if name == "is_breach":
            values = (values == "true").fillna(value=False).astype("bool")
    else:
        kept = _each(words, _filled)
        empty = kept == None  # noqa: E711
        if name == "offence_seq":
            number = pd.to_numeric(pd.Series(kept, dtype="str"), errors="coerce")
            whole = number.notna() & (number % 1 == 0) & (number.abs() < 2**53)
            marked.append((name, NOT_WHOLE, ~whole.to_numpy(dtype=bool) & ~empty & ~odd))
            values = number.where(whole).astype("Int64")
        else:
            marked.append((name, FORMULA, like_formulas(words) & ~odd))
            if name == "child_id":
                marked.append((name, SHORTENED, shortened(words) & ~odd))
            values = pd.Series(kept, dtype="str")
    if name in FILLED:
        marked.append((name, EMPTY, empty & ~odd))
    return values, marked


def _each(words: Texts, meaning: Callable[[str], str | None]) -> Texts:
    """Give what each text means, asking once for each distinct text."""
    codes, distinct = pd.factorize(words)
    return np.array([*map(meaning, distinct), None], dtype=object)[codes]


def _filled(text: str) -> str | None:
    return None if text.casefold() in empty_words() else text


def _beyond(found: Found, cells: Cells) -> Marks:
    """Mark the rows that go on to the right of the last heading, where there are headings."""
    if found.header < 0:
        return np.zeros(len(cells), dtype=bool)
    last = max(*found.places.values(), *found.unread, 0)
    return np.asarray((texts(cells[:, last + 1 :]) != "").any(axis=1), dtype=bool)


def _odd(found: Found, cells: Cells, origin: pd.DataFrame) -> tuple[str, ...]:
    """Say where columns that are not read hold what could do harm elsewhere."""
    said = []
    for place in found.unread:
        words = texts(cells[:, place])
        for what, marks in ((FORMULA, like_formulas(words)), (CONTROL, with_control(words))):
            if rows := origin.loc[marks, "row"].tolist():
                more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
                said.append(
                    f"column {found.heading(place)}, which is not read, {what} in row {rows[0]}{more}"
                )
    return tuple(said)
