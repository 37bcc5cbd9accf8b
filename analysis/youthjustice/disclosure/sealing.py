"""Writing the released table: each column made anew, so that no hidden count is left behind."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.policy import Policy
from youthjustice.disclosure.released import HIDDEN, MISSING, Released


def seal(
    read: Counts, counts: NDArray[np.float64], reasons: NDArray[np.object_], policy: Policy
) -> Released:
    """Return the released table; ``counts`` are what may be shown where there is no reason."""
    frame, table = read.table.frame, read.table
    hidden, missing = reasons != "", np.isnan(counts)
    index = pd.Index(frame.index.to_numpy(dtype=np.int64, copy=True))
    shown: dict[str, pd.Series] = {}
    for name in frame.columns:
        column = frame[name]
        if name == table.count:
            safe = np.where(hidden | missing, 0, counts).astype(np.int64)
            numbers = pd.array(safe, dtype="Int64")
            numbers[hidden | missing] = pd.NA
            shown[name] = pd.Series(numbers, index=index)
        elif any(item.column == name for item in table.derived):
            safe = np.where(hidden, np.nan, column.astype("float64").to_numpy())
            shown[name] = pd.Series(safe, index=index)
        else:
            shown[name] = pd.Series(column.array.copy(), index=index)
    symbols = np.where(hidden, HIDDEN, np.where(missing, MISSING, "")).astype(object)
    shown["symbol"] = pd.Series(symbols, index=index, dtype="str")
    return Released(
        pd.DataFrame(shown, index=index),
        dimensions=read.dimensions,
        count=table.count,
        total=table.total,
        policy=policy,
        derived=tuple(table.derived),
        keep=tuple(table.keep),
        reasons=pd.Series(reasons, index=index, dtype="str"),
    )
