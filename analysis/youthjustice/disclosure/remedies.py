"""What to hide next: the smallest shown cell beside one that is known too well."""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System

_FARTHEST = 8


def next_to_hide(
    system: System, cell: int, may: BoolArray, open_: BoolArray, low: FloatArray
) -> int:
    """Return the cell to hide next so that a cell is less well known, or -1 where there is none.

    ``may`` marks the cells that can be hidden, ``open_`` those that are hidden or that no table
    holds. What gives a cell away is a sum with one open cell only, be it some sums away; so sums
    are followed from open cell to open cell to the nearest such, and where there is none those
    through the cell itself are taken. Of the cells of these sums, first come those whose other
    sums have an open cell already, for that closes a circle; then the smallest that is not nought,
    and of equals the first.
    """
    sums = abs(system.matrix)
    number = sums @ open_.astype(np.float64)
    fresh = sums.T @ (number == 0).astype(np.float64)
    first = np.zeros(0, dtype=np.int64)
    near = np.arange(sums.shape[1]) == cell
    for _ in range(_FARTHEST):
        rows = np.flatnonzero(sums @ near.astype(np.float64))
        entries = sums[rows].tocoo()
        cells = entries.col.astype(np.int64)
        lone = may[cells] & (number[rows] <= 1)[entries.row]
        if lone.any():
            return _best(cells[lone], fresh, low)
        if not first.size:
            first = cells[may[cells]]
        near[cells[open_[cells]]] = True
    return _best(first, fresh, low) if first.size else -1


def _best(cells: IntArray, fresh: FloatArray, low: FloatArray) -> int:
    order = np.lexsort((cells, low[cells], low[cells] == 0, fresh[cells]))
    return int(cells[order[0]])
