"""What is left to solve: the unknowns that are not settled, and the solver asked of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csc_array
from scipy.sparse.csgraph import connected_components

from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.propagation import contradiction
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System


class OutOfTime(DisclosureProblem):
    """The attack did not end in time, so that nothing is known about the tables' safety."""


@dataclass(frozen=True, slots=True)
class Part:
    """The unknowns that are not settled, with what the settled ones leave of each row."""

    matrix: Any
    low: FloatArray
    high: FloatArray
    lowest: FloatArray
    highest: FloatArray
    columns: IntArray
    islands: IntArray

    @classmethod
    def of(cls, system: System, low: FloatArray, high: FloatArray, wanted: BoolArray) -> Part:
        """Take the unknowns that the wanted ones hang together with."""
        free = np.flatnonzero(high > low)
        settled = np.where(high > low, 0.0, low)
        left = system.matrix @ settled
        matrix: Any = system.matrix[:, free]
        islands = _islands(matrix)
        near = np.isin(islands, islands[wanted[free]])
        matrix = csc_array(matrix[:, near])
        rows = np.unique(matrix.indices)
        return cls(
            csc_array(matrix[rows]),
            (system.low - left)[rows],
            (system.high - left)[rows],
            low[free[near]],
            high[free[near]],
            free[near],
            islands[near],
        )

    def near(self, found: FloatArray, most: float) -> Part:
        """Return the same part, nothing in it further from what was found than so many."""
        around = found[self.columns]
        return replace(
            self,
            lowest=np.maximum(self.lowest, around - most),
            highest=np.minimum(self.highest, around + most),
        )

    def best(
        self, aims: FloatArray, whole: BoolArray, until: float, gap: float = 0.0
    ) -> FloatArray:
        """Return the numbers that make the aims small. Raises OutOfTime, Contradiction."""
        return solved(
            aims[self.columns],
            LinearConstraint(self.matrix, self.low, self.high),
            Bounds(self.lowest, self.highest),
            whole,
            until,
            gap,
        )


def _islands(matrix: Any) -> IntArray:
    """Return a number for each column: the same where a chain of rows joins two of them."""
    rows = matrix.shape[0]
    graph: Any = block_array([[None, matrix], [matrix.T, None]], format="csr")
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels[rows:], dtype=np.int64)


def solved(
    aims: FloatArray,
    rows: LinearConstraint,
    bounds: Bounds,
    whole: BoolArray,
    until: float,
    gap: float = 0.0,
) -> FloatArray:
    """Ask the solver. Raises OutOfTime where it does not finish, whatever it says of it."""
    left = until - monotonic()
    if left > 0:
        result = milp(
            aims,
            constraints=rows,
            bounds=bounds,
            integrality=whole.astype(np.int64),
            options={"time_limit": left, "mip_rel_gap": gap},
        )
        if result.status == 0:
            return np.asarray(result.x, dtype=np.float64)
        if result.status == 2:
            raise contradiction()
    raise OutOfTime(
        "The tables could not be audited in the time allowed, so nothing is known about what they "
        "give away; allow more time or audit fewer tables together."
    )
