"""Linear programmes, asked of the solver that comes with scipy (HiGHS), with plain answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, sparse

from youthjustice.disclosure.system import FloatArray


@dataclass(frozen=True, slots=True)
class Answer:
    """The best numbers and, for a programme in fractions, what each row's right side is worth."""

    best: FloatArray
    prices: FloatArray


def in_fractions(
    cost: FloatArray,
    rows: sparse.csr_array,
    right: FloatArray,
    lowest: FloatArray,
    highest: FloatArray,
) -> Answer | None:
    """Return the numbers of least cost with ``rows @ numbers == right``, or None if there are none."""
    solve: Any = optimize.linprog
    bounds = np.column_stack([lowest, highest])
    found = solve(cost, A_eq=rows, b_eq=right, bounds=bounds, method="highs")
    return Answer(found.x, found.eqlin.marginals) if found.status == 0 else None


def in_whole_numbers(
    cost: FloatArray,
    rows: sparse.csr_array,
    low: FloatArray,
    high: FloatArray,
    lowest: FloatArray,
    highest: FloatArray,
    time_limit: float,
    gap: float = 0.0,
) -> tuple[FloatArray | None, bool]:
    """Return the best whole numbers found in the time, and whether no better (or none) exist.

    ``gap`` is how far from the best, relative to it, numbers may be that are good enough.
    """
    found = optimize.milp(
        cost,
        integrality=np.ones(len(cost), dtype=np.int64),
        bounds=optimize.Bounds(lowest, highest),
        constraints=optimize.LinearConstraint(rows, low, high),
        options={"mip_rel_gap": gap, "time_limit": max(time_limit, 0.01)},
    )
    best = None if found.x is None else np.rint(found.x)
    return best, found.status in (0, 2)
