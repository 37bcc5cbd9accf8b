"""Reading a frame of counts: one long table is understood, or one sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.derived import Derived
from youthjustice.errors import InputProblem

LARGEST = 1e9  # no table of children is near it, and sums below it are exact
OTHER_TOTALS = frozenset({"all", "total", "totals", "any", "sum", "overall", "all children"})


@dataclass(frozen=True, slots=True)
class Table:
    """A frame of counts and what its columns are: one part of what ``release_together`` takes.

    ``frame`` is long: the columns ``dimensions``, one ``count`` column, and rows that hold
    ``total`` in the dimensions they sum over. ``derived`` declares the columns worked out from
    counts; ``keep`` names the columns that are public as they are. Anything else is refused.
    Margins may be absent. An absent row is a zero where its line adds up without it, and otherwise
    a count that is not published.
    """

    frame: pd.DataFrame
    dimensions: Sequence[str]
    count: str
    total: str = "All"
    derived: Sequence[Derived] = ()
    keep: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """A checked table: its keys as text, its counts (NaN where missing), and how rows are named."""

    table: Table
    keys: pd.DataFrame
    counts: NDArray[np.float64]
    dimensions: tuple[str, ...] = field(default=())

    def where(self, position: int) -> str:
        """Name a row by its index label and its keys, never by its count."""
        label = self.table.frame.index[position]
        named = ", ".join(f"{d} {self.keys[d].iloc[position]!r}" for d in self.dimensions)
        return f"row {int(label)} ({named})"


def read_counts(table: Table) -> Counts:
    """Return a table as checked counts, or raise InputProblem in one sentence about a row."""
    frame, dimensions = table.frame, _names(table.dimensions, "dimensions")
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(
            f"The table is a {type(frame).__name__}; give a DataFrame with one row per cell."
        )
    _check_columns(frame, table, dimensions)
    if frame.empty:
        raise InputProblem("The table has no rows; give one row per cell.")
    if not pd.api.types.is_integer_dtype(frame.index.dtype) or not frame.index.is_unique:
        raise InputProblem(
            "The rows of the table are not numbered, and labels may say more than a table should; "
            "use reset_index(drop=True)."
        )
    keys = pd.DataFrame({name: _labels(frame, name, table.total) for name in dimensions})
    read = Counts(table, keys, np.zeros(len(frame)), dimensions)
    counts = _whole(frame, read)
    repeated = keys.duplicated().to_numpy()
    if repeated.any():
        raise InputProblem(
            f"The same cell stands twice: {read.where(int(np.argmax(repeated)))} repeats an "
            "earlier row; keep one of them."
        )
    return Counts(table, keys, counts, dimensions)


def _names(given: Any, what: str) -> tuple[str, ...]:
    if isinstance(given, str) or not all(isinstance(name, str) for name in given):
        raise InputProblem(f"{what} is {given!r}; give a list of column names.")
    return tuple(given)


def _check_columns(frame: pd.DataFrame, table: Table, dimensions: tuple[str, ...]) -> None:
    if not dimensions or len(set(dimensions)) < len(dimensions):
        raise InputProblem(
            f"dimensions is {list(dimensions)!r}; name each column that the table is broken down by once."
        )
    if not frame.columns.is_unique:
        again = frame.columns[frame.columns.duplicated()][0]
        raise InputProblem(f"The table has two columns called {again!r}; keep one of them.")
    derived = [column.column for column in table.derived]
    shares = [d.denominator for d in table.derived if d.denominator not in (None, *dimensions)]
    for name in (*dimensions, table.count, *derived, *table.keep, *shares):
        if name not in frame.columns:
            raise InputProblem(
                f"The table has no column {name!r}; it has {', '.join(map(repr, frame.columns))}."
            )
    roles = [*dimensions, table.count, *derived, *table.keep]
    if len(set(roles)) < len(roles):
        again = next(name for name in roles if roles.count(name) > 1)
        raise InputProblem(
            f"The column {again!r} is declared twice; it is a dimension, the count, derived or "
            "kept, one of them."
        )
    if "symbol" in frame.columns:
        raise InputProblem(
            "The table has a column 'symbol', which is where release says what is hidden; drop it."
        )
    for column in frame.columns:
        if column not in roles and column not in shares:
            raise InputProblem(
                f"The column {column!r} is neither a dimension, the count nor derived; drop it, "
                "declare it in derived, or name it in keep if it says nothing about the counts."
            )
    for item in table.derived:
        if item.numerator != table.count:
            raise InputProblem(
                f"The derived column {item.column!r} has the numerator {item.numerator!r}; it must "
                f"be the count, {table.count!r}."
            )
        if item.reference is not None and item.reference[0] not in dimensions:
            raise InputProblem(
                f"The derived column {item.column!r} has its reference in {item.reference[0]!r}; "
                f"name one of the dimensions, {', '.join(dimensions)}."
            )


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


def _whole(frame: pd.DataFrame, read: Counts) -> NDArray[np.float64]:
    name = read.table.count
    column = frame[name]
    if pd.api.types.is_bool_dtype(column.dtype) or not pd.api.types.is_numeric_dtype(column.dtype):
        if column.dtype != object:
            raise InputProblem(f"The count {name!r} is not a number; give whole numbers.")
        text = [isinstance(v, bool) or pd.isna(v) or isinstance(v, str) for v in column]
        wrong = np.asarray(text) & column.notna().to_numpy()
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
    return counts


def _float(value: Any) -> float:
    return np.nan if pd.isna(value) else float(value)
