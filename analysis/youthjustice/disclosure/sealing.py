"""Writing the released table: each column made anew, so that no hidden count is left behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.given_back import shown_figures
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.released import HIDDEN, MISSING, Released


def seal(
    table: Table,
    counts: Sequence[Counts],
    reasons: Sequence[NDArray[np.object_]],
    numbers: Sequence[NDArray[np.float64]],
    policy: Policy,
) -> Released:
    """Return the released table.

    ``counts`` are its columns of counts, ``reasons`` say of each of their rows why it is not as it
    was, and ``numbers`` are what may be shown (NaN where nothing may).
    """
    frame = table.frame
    index = pd.Index(frame.index.to_numpy(dtype=np.int64, copy=True))
    shown_counts = {column.column: number for column, number in zip(counts, numbers, strict=True)}
    figures = shown_figures(table, counts[0], shown_counts, policy)
    shown: dict[str, pd.Series[Any]] = {}
    for name in frame.columns:
        if name in figures:
            shown[name] = pd.Series(figures[name], index=index)
        elif name in shown_counts:
            shown[name] = pd.Series(_whole(shown_counts[name]), index=index)
        else:
            shown[name] = _anew(frame[name], index)
    missing = np.isnan(counts[0].counts)
    hidden = np.isnan(numbers[0]) & ~missing
    symbols = np.where(hidden, HIDDEN, np.where(missing, MISSING, "")).astype(object)
    shown["symbol"] = pd.Series(symbols, index=index, dtype="str")
    return Released(
        pd.DataFrame(shown, index=index),
        dimensions=counts[0].dimensions,
        count=table.count,
        total=table.total,
        policy=policy,
        derived=tuple(table.derived),
        keep=tuple(table.keep),
        reasons=pd.Series(reasons[0], index=index, dtype="str"),
    )


def _anew(column: pd.Series[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """Write a column again, value by value: no category without a row, and no rows left behind it."""
    kind = None if isinstance(column.dtype, pd.CategoricalDtype) else column.dtype
    return pd.Series(column.astype(object).tolist(), index=index, dtype=kind)


def _whole(numbers: NDArray[np.float64]) -> Any:
    """Return whole numbers that may be missing; where they are, nothing else is kept."""
    missing = np.isnan(numbers)
    return pd.arrays.IntegerArray(np.where(missing, 0, numbers).astype(np.int64), missing)
