"""What it costs to hide a cell, so that the choice tells next to nothing of what it hides.

If the smallest cells were hidden, a reader would know that a hidden cell is no larger than those
shown beside it, and so what is left for a small one. So counts are told apart by rough sizes alone,
each four times the one before, and equal sizes by place. Small counts are hidden whatever it costs.
"""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.system import FloatArray, IntArray


def costs(values: FloatArray, rows: IntArray, threshold: int) -> FloatArray:
    """Return the cost of each cell: one row more is worse than any sizes, and no two cost the same.

    ``rows`` says how many rows of the tables show a cell. With a threshold of 5 the sizes are up to
    4, from 5 to 19, from 20 to 79, and so on.

    >>> costs(np.array([6.0, 19.0, 20.0, 700.0]), np.ones(4, int), 5).round().tolist()
    [22.0, 22.0, 23.0, 25.0]
    """
    number = max(len(values), 1)
    above = np.maximum(values / threshold, 0.25)
    size = np.floor(np.log2(above) / 2) + 1
    place = np.random.default_rng(0).permutation(len(values)) / number**2
    return np.asarray(size + place + rows * (number * (size.max(initial=0.0) + 1) + 1))
