"""Open a file of any kind as grids of cells."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.sandbox.grid import Cells, Grid, Workbook
from youthjustice.sandbox.limits import LARGEST_FILE, MEBIBYTE
from youthjustice.sandbox.pieces import Piece
from youthjustice.sandbox.process import run


def open_workbook(path: str | Path, by_line: bool = False) -> Workbook:
    """Read every sheet of a spreadsheet, a text file or a parquet file, whatever its name.

    The file is read in a process of its own with limited memory and time, so a file that was
    made to do harm, or is larger than any table, ends in a sentence. ``by_line`` is for text files
    of case systems: lines may have different encodings, and one that holds a NUL is kept.

    Raises:
        InputProblem: the file cannot be read, is no table, is damaged, protected or too large.

    """
    place = Path(path)
    with _opened(place) as file, closing(run(file, by_line)) as pieces:
        # A name of other bytes than text would stop whoever writes it down.
        name = os.fsencode(place.name).decode("utf-8", "replace")
        return assembled(name, pieces)


@contextmanager
def _opened(place: Path) -> Iterator[int]:
    """Open a file, and nothing else: no folder, no device, no pipe that never ends."""
    name = shown(place.name or str(place))
    try:
        if not stat.S_ISREG(place.stat().st_mode):
            raise InputProblem(f"{name} is not a file: name the spreadsheet or CSV file itself")
        file = os.open(place, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except InputProblem:
        raise
    except OSError as problem:
        raise InputProblem(f"{name} cannot be read: {problem.strerror}; check the path") from None
    except ValueError:
        raise InputProblem(f"{name} cannot be read: no file can have this name") from None
    try:
        if (size := os.fstat(file).st_size) > LARGEST_FILE:
            raise InputProblem(
                f"{name} has {size / MEBIBYTE:,.0f} MB, and {LARGEST_FILE // MEBIBYTE} MB is the "
                "most that is read: save the sheets and rows you need alone"
            )
        yield file
    finally:
        os.close(file)


def assembled(name: str, pieces: Iterable[Piece]) -> Workbook:
    """Put the pieces of a file together.

    Raises:
        InputProblem: the last piece is a problem.

    """
    kind, digest, notes = "", "", ()
    grids: list[Grid] = []
    filled = 0
    for what, *rest in pieces:
        if what == "file":
            kind, digest, notes = rest
        elif what == "sheet":
            sheet, rows, columns = rest
            grids.append(Grid(sheet, np.full((rows, columns), None, dtype=object)))
            filled = 0
        elif what == "cells":
            filled = _filled(grids[-1].cells, filled, rest[0])
        elif what == "problem":
            where = f", sheet {shown(rest[1])}," if len(rest) > 1 else ""
            raise InputProblem(f"{shown(name)}{where} {rest[0]}")
    return Workbook(name, kind, digest, tuple(grids), notes)


def _filled(cells: Cells, first: int, columns: list[list[object]]) -> int:
    """Put the columns of some rows where they belong; give the row after them."""
    after = first + len(columns[0])
    for place, column in enumerate(columns):
        cells[first:after, place] = column
    return after
