"""What to hide next: the smallest shown cell beside one that is known too well."""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.system import BoolArray, FloatArray, System

_FARTHEST = 5


def next_to_hide(
    system: System, cell: int, may: BoolArray, known: BoolArray, low: FloatArray
) -> int:
    """Return the cell to hide next so that a cell is less well known, or -1 where there is none.

    ``may`` marks the cells that can be hidden, ``known`` those whose count is known. Of the sums
    through the cell, those with the fewest unknown counts are looked at first; of their cells the
    smallest that is not nought is chosen, and of equals the first.
    """
    matrix = system.matrix
    near = np.zeros(matrix.shape[1])
    near[cell] = 1.0
    for _ in range(_FARTHEST):
        rows = np.flatnonzero(abs(matrix) @ near)
        entries = matrix[rows].tocoo()
        chosen = may[entries.col] & known[entries.col]
        if chosen.any():
            unknown = np.bincount(entries.row, ~known[entries.col], minlength=len(rows))
            cells = entries.col[chosen]
            order = np.lexsort((cells, low[cells], low[cells] == 0, unknown[entries.row[chosen]]))
            return int(cells[order[0]])
        near = np.zeros(matrix.shape[1])
        near[entries.col] = 1.0
    return -1
