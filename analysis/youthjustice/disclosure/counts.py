"""Reading a frame of counts: one long table is understood, or one sentence says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.columns import Table, check_columns, names_of, whole_of
from youthjustice.disclosure.released import Released
from youthjustice.errors import InputProblem

LARGEST = 1e9  # no table of children is near it, and sums below it are exact
OTHER_TOTALS = frozenset({"all", "total", "totals", "any", "sum", "overall", "all children"})


@dataclass(frozen=True, slots=True)
class Counts:
    """One column of counts of a checked table: keys as text, and counts (NaN where missing).

    ``whole`` is true for a column that percentages are shown of (the children of whom the count is
    a part), and ``part_of`` names that column for the count itself.
    """

    table: Table
    column: str
    keys: pd.DataFrame
    counts: NDArray[np.float64]
    dimensions: tuple[str, ...]
    whole: bool = False
    part_of: str | None = None

    def where(self, position: int) -> str:
        """Name a row by its index label and its keys, never by its count."""
        label = self.table.frame.index[position]
        named = ", ".join(f"{d} {self.keys[d].iloc[position]!r}" for d in self.dimensions)
        return f"row {int(label)} ({named})"


def read_counts(table: Table) -> list[Counts]:
    """Return the columns of counts of a table, or raise InputProblem in one sentence.

    That is the count and, where percentages of another column are declared, that column.
    """
    frame, dimensions = table.frame, names_of(table.dimensions, "dimensions")
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(
            f"The table is a {type(frame).__name__}; give a DataFrame with one row per cell."
        )
    check_columns(table, dimensions)
    if frame.empty:
        raise InputProblem("The table has no rows; give one row per cell.")
    if not pd.api.types.is_integer_dtype(frame.index.dtype) or not frame.index.is_unique:
        raise InputProblem(
            "The rows of the table are not numbered, and labels may say more than a table should; "
            "use reset_index(drop=True)."
        )
    keys = pd.DataFrame({name: _labels(frame, name, table.total) for name in dimensions})
    whole = whole_of(table)
    count = _whole_numbers(Counts(table, table.count, keys, np.zeros(0), dimensions, False, whole))
    repeated = keys.duplicated().to_numpy()
    if repeated.any():
        raise InputProblem(
            f"The same cell stands twice: {count.where(int(np.argmax(repeated)))} repeats an "
            "earlier row; keep one of them."
        )
    if whole is None:
        return [count]
    wholes = _whole_numbers(Counts(table, whole, keys, np.zeros(0), dimensions, True))
    above = count.counts > wholes.counts
    if above.any():
        raise InputProblem(
            f"The count {table.count!r} is above {whole!r} in {count.where(int(np.argmax(above)))};"
            " a part cannot be above its whole, so correct one of them."
        )
    return [count, wholes]


def counts_of(released: Released) -> Counts:
    """Return the counts of a table that has left already, missing where they are hidden."""
    if released.policy.base is not None:
        raise InputProblem(
            "An earlier table was rounded, and rounded and hidden counts do not go together; "
            "release the new tables rounded as well, all in one call."
        )
    frame = released.frame
    table = Table(frame, released.dimensions, released.count, released.total)
    keys = frame[list(released.dimensions)].astype("object")
    counts = frame[released.count].to_numpy(dtype=np.float64, na_value=np.nan)
    return Counts(table, released.count, keys, counts, released.dimensions)


def _labels(frame: pd.DataFrame, name: str, total: str) -> NDArray[np.object_]:
    column = frame[name]
    if column.isna().any():
        row = int(frame.index[int(np.argmax(column.isna().to_numpy()))])
        raise InputProblem(
            f"The dimension {name!r} is missing in row {row}; name the group, or call it 'Unknown'."
        )
    labels = column.astype("object").map(str).to_numpy(dtype=object)
    for label in dict.fromkeys(labels):
        if label != total and label.strip().casefold() in OTHER_TOTALS:
            raise InputProblem(
                f"The dimension {name!r} holds {label!r}, and totals are called {total!r}; call "
                f"the totals {total!r}, or give total={label!r}."
            )
    return labels


def _whole_numbers(read: Counts) -> Counts:
    name, column = read.column, read.table.frame[read.column]
    if column.dtype.kind in "bc" or not pd.api.types.is_numeric_dtype(column.dtype):
        if column.dtype != object:
            raise InputProblem(f"The count {name!r} is not a number; give whole numbers.")
        kinds = (int, float, Decimal, np.integer, np.floating)
        wrong = np.array([isinstance(v, bool) or not isinstance(v, kinds) for v in column])
        wrong &= column.notna().to_numpy()
        if wrong.any():
            where = read.where(int(np.argmax(wrong)))
            raise InputProblem(f"The count {name!r} is no number in {where}; give a whole number.")
    counts = column.astype("object").map(_float).to_numpy(dtype=np.float64)
    for wrong, what in (
        (np.isinf(counts), "infinite"),
        (counts < 0, "negative"),
        (np.abs(counts) > LARGEST, "above 10^9"),
        (np.isfinite(counts) & (counts != np.floor(counts)), "no whole number"),
    ):
        if wrong.any():
            raise InputProblem(
                f"The count {name!r} is {what} in {read.where(int(np.argmax(wrong)))}; children "
                "are counted in whole numbers from nought."
            )
    return replace(read, counts=counts)


def _float(value: Any) -> float:
    return np.nan if pd.isna(value) else float(value)
