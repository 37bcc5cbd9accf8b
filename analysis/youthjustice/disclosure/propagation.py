"""Bounds of unknowns, passed along the sums until nothing moves."""

from __future__ import annotations

import numpy as np

from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.system import FloatArray, IntArray, System

SLACK = 1e-6
_MOST_ROUNDS = 200


class Contradiction(DisclosureProblem):
    """No table of whole numbers fits what is published."""


def propagated(system: System, *, integer: bool = True) -> tuple[FloatArray, FloatArray]:
    """Return the bounds of every unknown after passing them along the rows until nothing moves.

    In a row, an unknown is at most what is left when all others are as low as they can be, and at
    least what is left when all others are as high. Raises Contradiction where none is left.
    """
    low, high = system.lowest.copy(), system.highest.copy()
    matrix = system.matrix.tocoo()
    row, column = matrix.row.astype(np.int64), matrix.col.astype(np.int64)
    data = matrix.data
    order = np.argsort(column, kind="stable")
    row, column, data = row[order], column[order], data[order]
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    touched = column[starts]
    positive = data > 0
    rows = len(system.low)
    for _ in range(_MOST_ROUNDS):
        least = _others(row, data * np.where(positive, low[column], high[column]), rows, -np.inf)
        most = _others(row, data * np.where(positive, high[column], low[column]), rows, np.inf)
        one, other = (system.high[row] - least) / data, (system.low[row] - most) / data
        down, up = np.where(positive, one, other), np.where(positive, other, one)
        new_high, new_low = high.copy(), low.copy()
        if touched.size:
            new_high[touched] = np.minimum(high[touched], np.minimum.reduceat(down, starts))
            new_low[touched] = np.maximum(low[touched], np.maximum.reduceat(up, starts))
        if integer:
            new_low, new_high = np.ceil(new_low - SLACK) + 0.0, np.floor(new_high + SLACK)
        if (new_low > new_high + SLACK).any():
            raise contradiction()
        still = (new_low <= low + SLACK).all() and (new_high >= high - SLACK).all()
        low, high = new_low, new_high
        if still:
            break
    return low, np.maximum(high, low)


def _others(row: IntArray, terms: FloatArray, rows: int, endless: float) -> FloatArray:
    """Return, for each entry of a matrix, the sum of the other terms of its row.

    Terms without an end all point the same way, which is what the sum is if there is another one.
    """
    infinite = np.isinf(terms)
    finite = np.where(infinite, 0.0, terms)
    others = np.bincount(row, finite, rows)[row] - finite
    without_end = np.bincount(row, infinite, rows)[row] - infinite
    return np.where(without_end > 0, endless, others)


def contradiction() -> Contradiction:
    """Return the error of tables that cannot be."""
    return Contradiction(
        "No table of whole numbers fits what is published; look for totals that are not the sum "
        "of their parts."
    )
