"""Rows of the key performance indicators that a service brings beside its extract."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.indicators import VERSIONS
from youthjustice.records.refusals import Marks, refused_rows
from youthjustice.sandbox.cells import column_letters

FILE = "indicators.csv"
"""The name of the file in the folder of an extract."""
TABLE = "indicators"

_NEEDED = ("indicator", "definition_version", "counted", "met")
_COLUMNS = ("indicator", "definition_version", "at", "counted", "met")
_NUMBERS = {str(number): number for number in range(1, 11)}
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_POINTS = ("start", "end", "")
_MOST = 1_000_000
_FIRST_ROW = 2


@dataclass(frozen=True, slots=True, repr=False)
class Indicators:
    """The cells of `indicators.csv` as text, where each row and column stands, and rows refused.

    `refused` has the columns of `Extract.refused`, and no value of a row.
    """

    cells: pd.DataFrame
    places: dict[str, str]
    refused: pd.DataFrame


def read_indicators(path: str | Path) -> pd.DataFrame:
    r"""Read `indicators.csv`: a row for each child, order or meeting that an indicator counts.

    Columns: ``indicator`` (1 to 10), ``definition_version``, ``counted`` and ``met`` (true or false:
    whether it is in the denominator and in the numerator) and, if wanted, ``at`` (``start`` or
    ``end`` of the order). Other columns are not read.

    Raises:
        InputProblem: a column is missing or a cell is none of these; the message names the row.

    Examples:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = Path(folder, FILE)
        ...     _ = file.write_text("indicator,definition_version,counted,met\n1,current,yes,no\n")
        ...     read_indicators(file).to_numpy().tolist()
        [[1, 'current', '', True, False]]

    """
    read = check_indicators(path)
    if len(read.refused):
        first = read.refused.sort_values("row", kind="stable").iloc[0]
        raise InputProblem(
            f"{shown(first['file'])}, row {first['row']}: {first['column']} {first['reason']}"
        )
    truths = {name: read.cells[name].map(_TRUTHS).astype("bool") for name in ("counted", "met")}
    number = read.cells["indicator"].map(_NUMBERS).astype("int64")
    return read.cells.assign(indicator=number, **truths)


def check_indicators(path: str | Path) -> Indicators:
    """Read `indicators.csv` as `read_indicators` does, and list every row that cannot be used.

    Raises:
        InputProblem: the file is no CSV, has too many rows or lacks a column.

    """
    file = Path(path)
    columns = _columns(file)
    places = {name: place for place, (name, *_) in enumerate(columns) if name in _COLUMNS}
    told = {name: columns[places[name]][1:] for name in _COLUMNS if name in places}
    cells = pd.DataFrame(told, dtype="str").reindex(columns=list(_COLUMNS), fill_value="")
    cells = cells.apply(lambda column: column.str.strip().str.casefold())
    filled = np.flatnonzero((cells != "").any(axis=1))
    cells = cells.iloc[filled].reset_index(drop=True)
    origin = pd.DataFrame(
        {
            "table": TABLE,
            "file": file.name,
            "sheet": "",
            "row": pd.array(filled + _FIRST_ROW, dtype="Int64"),
        }
    )
    refused = refused_rows(origin, _faults(cells)).sort_values("row", kind="stable")
    named = {name: f"{column_letters(place)} ({name})" for name, place in places.items()}
    return Indicators(cells, named, refused.reset_index(drop=True))


def _columns(file: Path) -> list[tuple[str, ...]]:
    """Give the columns of the file, each with its heading first; what a row lacks is empty."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            read = csv.reader(lines)
            heads = [name.strip().casefold() for name in next(read, [])]
            rows = list(islice(read, _MOST + 1))
    except (UnicodeDecodeError, csv.Error):
        raise InputProblem(
            f"{shown(file.name)} is not CSV in UTF-8: save it again as such"
        ) from None
    if absent := [name for name in _NEEDED if name not in heads]:
        raise InputProblem(
            f"{shown(file.name)} has no column {absent[0]}: give {', '.join(_NEEDED)} and, if "
            "wanted, at"
        )
    if len(rows) > _MOST:
        raise InputProblem(f"{shown(file.name)} has more than {_MOST:,} rows: give those of a year")
    return list(zip_longest(heads, *rows, fillvalue=""))


def _faults(cells: pd.DataFrame) -> Iterator[tuple[str, str, Marks]]:
    """Mark the rows that have each fault; a row has the first that holds, and no other."""
    sound = np.ones(len(cells), dtype=bool)
    for column, reason, marks in _tests(cells):
        yield column, reason, marks & sound
        sound &= ~marks


def _tests(cells: pd.DataFrame) -> Iterator[tuple[str, str, Marks]]:
    def none_of(name: str, known: Iterable[str]) -> Marks:
        return ~cells[name].isin(list(known)).to_numpy(dtype=bool)

    yield "indicator", "is not a number from 1 to 10", none_of("indicator", _NUMBERS)
    versions = f"is not one of {', '.join(VERSIONS)}"
    yield "definition_version", versions, none_of("definition_version", VERSIONS)
    yield "at", "is neither start nor end", none_of("at", _POINTS)
    for name in ("counted", "met"):
        yield name, "is neither true nor false", none_of(name, _TRUTHS)
    met, counted = (cells[name].map(_TRUTHS) == True for name in ("met", "counted"))  # noqa: E712
    yield (
        "met",
        "is true and counted is false: who is met is counted too",
        (met & ~counted).to_numpy(dtype=bool),
    )
