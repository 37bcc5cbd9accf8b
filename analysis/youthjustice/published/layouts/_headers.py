"""Find a sheet's header by its words, wherever it stands and however its columns are ordered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.sandbox.cells import Texts, column_letters, texts
from youthjustice.sandbox.grid import Grid, Workbook

_DEEPEST = 40
"""Rows in which a header is looked for: titles and notes stand above it, figures below."""


@dataclass(frozen=True, slots=True)
class Header:
    """The row of a header, counted from 0, and the place of each column by the name we give it."""

    row: int
    columns: dict[str, int]


def columns_of(grid: Grid, wanted: Mapping[str, Sequence[str]]) -> Header | None:
    """Find the first row that holds all wanted columns.

    Args:
        grid: the sheet.
        wanted: for each name of ours the ways in which the column is headed, in plain spelling:
            regular expressions for the whole of it.

    """
    shapes = {name: re.compile("|".join(spelt)) for name, spelt in wanted.items()}
    for row, cells in enumerate(texts(grid.cells[:_DEEPEST])):
        words = [plain(text) for text in cells if text]
        if len(words) >= len(shapes) and (columns := _columns(cells, words, shapes)):
            return Header(row, columns)
    return None


def first_sheet(book: Workbook, wanted: Mapping[str, Sequence[str]]) -> tuple[Grid, Header]:
    """Find the first sheet that has all wanted columns (see `columns_of`), and its header.

    Raises:
        InputProblem: no sheet has them.

    """
    found = ((grid, columns_of(grid, wanted)) for grid in book.grids)
    for grid, header in found:
        if header is not None:
            return grid, header
    raise InputProblem(f"no sheet has a column for each of {', '.join(wanted)}")


def rows_under(grid: Grid, header: Header, figure: str) -> pd.DataFrame:
    """Give the texts under a header, a column for each name of ours, then `sheet` and `cell`.

    A cell that is empty or holds NA is missing. `cell` is that of the column named `figure`.
    """
    below = texts(grid.cells[header.row + 1 :])
    rows = pd.DataFrame({name: below[:, place] for name, place in header.columns.items()})
    rows = rows.replace({"": np.nan, "NA": np.nan}).astype("object")
    numbers = pd.Series(np.arange(len(rows)) + header.row + 2).astype("str")
    return rows.assign(sheet=grid.sheet, cell=column_letters(header.columns[figure]) + numbers)


def _columns(
    cells: Texts, words: Sequence[str], shapes: Mapping[str, re.Pattern[str]]
) -> dict[str, int] | None:
    """Find the place of each column among the cells of a row; None if one is not there."""
    places = np.flatnonzero(cells != "").tolist()
    columns: dict[str, int] = {}
    for name, shape in shapes.items():
        found = next((at for at, word in enumerate(words) if shape.fullmatch(word)), None)
        if found is None:
            return None
        columns[name] = places[found]
    return columns
