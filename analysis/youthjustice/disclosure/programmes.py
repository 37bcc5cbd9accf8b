"""Linear programmes, asked of the solver that comes with scipy (HiGHS), with plain answers.

What is found depends on the numbers alone: a search is cut off after so many nodes, which are the
same on every machine. The clock never cuts one short; where time is up, nothing is released.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import numpy as np
from scipy import optimize, sparse

from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.system import BoolArray, FloatArray

NODES = 1000


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
    *,
    until: float = inf,
    nodes: int = NODES,
    gap: float = 0.0,
    whole: BoolArray | None = None,
) -> tuple[FloatArray | None, bool]:
    """Return the best numbers found in so many nodes, and whether no better (or none) exist.

    ``gap`` is how far from the best, relative to it, numbers may be that are good enough; ``whole``
    marks those that must be whole (all, if it is not given). Raises DisclosureProblem where the
    clock has reached ``until``.
    """
    whole = np.ones(len(cost), dtype=bool) if whole is None else whole
    found = optimize.milp(
        cost,
        integrality=whole.astype(np.int64),
        bounds=optimize.Bounds(lowest, highest),
        constraints=optimize.LinearConstraint(rows, low, high),
        options={
            "mip_rel_gap": gap,
            "node_limit": nodes,
            "time_limit": max(until - monotonic(), 0.01),
        },
    )
    in_time(until)
    best = None if found.x is None else np.where(whole, np.rint(found.x), found.x)
    return best, found.status in (0, 2)


def in_time(until: float) -> None:
    """Raise DisclosureProblem where time is up."""
    if monotonic() >= until:
        raise DisclosureProblem(
            "What to hide was not found in the time allowed, so nothing was released; allow more "
            "time, or give fewer categories or fewer tables."
        )
