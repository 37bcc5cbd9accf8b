"""Hand rows of cells over as columns: equal cells are one object, empty ones None."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any

from youthjustice.errors import InputProblem
from youthjustice.sandbox.limits import CELLS_AT_ONCE, MOST_CELLS, MOST_ROWS

Column = list[Any]


def check_extent(rows: int, columns: int, others: int = 0) -> None:
    """Refuse a sheet with more rows, or with the other sheets more cells, than may be read.

    Raises:
        InputProblem: it has.

    """
    if rows > MOST_ROWS:
        raise InputProblem(
            f"has more than {MOST_ROWS:,} rows, which is the most that is read: save the rows you "
            "need alone"
        )
    if rows * columns + others > MOST_CELLS:
        raise InputProblem(
            f"reaches over {rows:,} rows and {columns:,} columns, and {MOST_CELLS:,} cells is the "
            "most that is read: delete the empty rows and columns, or save the sheet that you need "
            "alone as CSV"
        )


def in_columns(rows: Iterable[Iterable[Any]], width: int) -> Iterator[list[Column]]:
    """Give the columns of a few thousand rows at a time; short rows are filled up."""
    left, many = iter(rows), max(CELLS_AT_ONCE // max(width, 1), 1)
    while part := list(islice(left, many)):
        yield [_shared(column) for column in zip_longest(*part)] or [[None] * len(part)]


def _shared(column: tuple[Any, ...]) -> Column:
    """Make equal cells one object, so that they are sent, kept and hashed once."""
    if bool in set(map(type, column)):
        # True equals 1.0, so sharing would turn one into the other.
        return [None if cell == "" else cell for cell in column]
    seen: dict[Any, Any] = {"": None}
    return list(map(seen.setdefault, column, column))
