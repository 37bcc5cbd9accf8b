"""Limits of the odds ratio of a two by two table, given all its margins.

The first cell has Fisher's noncentral hypergeometric distribution; a lower limit is the odds ratio
at which the cell seen, or one larger, has the probability of the tail (Cornfield 1956).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.inputs import BoolArray, FloatArray

_CELLS = 2_000_000
_MOST_STEPS = 200


def odds_lower_limit(
    a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray, tail: float, part: float
) -> FloatArray:
    """Return the lower limit of the odds ratio a d / (b c) of every table.

    ``part`` is how much of the probability of the cell seen belongs to the tail: 1 exact, 0.5
    mid-p.
    """
    limit = np.zeros(a.shape)
    # At its least value the cell says nothing about how small the odds ratio may be.
    open_ = np.flatnonzero(np.minimum(a, d) > 0)
    for rows, cell, weight in _tables(a, b, c, d, open_):
        limit[rows] = np.exp(_solve(cell, weight, a[rows], b[rows], c[rows], d[rows], tail, part))
    return limit


def odds_p_value(
    a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray, odds: FloatArray, part: float
) -> FloatArray:
    """Return twice the smaller tail at the given odds ratio, at most 1: the limits' own p-value."""
    p = np.ones(a.shape)
    for rows, cell, weight in _tables(a, b, c, d, np.arange(a.size)):
        log = weight + np.log(odds[rows])[:, None] * cell
        chance = np.exp(log - log.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        seen = a[rows][:, None]
        at = (chance * (cell == seen)).sum(axis=1)
        up = (chance * (cell > seen)).sum(axis=1) + part * at
        down = (chance * (cell < seen)).sum(axis=1) + part * at
        p[rows] = np.minimum(2 * np.minimum(up, down), 1)
    return p


def _tables(
    a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray, rows: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], FloatArray, FloatArray]]:
    """Give every value of the first cell and the logarithm of its weight, a few tables at a time."""
    below, above = np.minimum(a, d)[rows], np.minimum(b, c)[rows]
    width = below + above + 1
    order = np.argsort(width, kind="stable")  # tables of like size share a rectangle
    together = max(1, _CELLS // int(width.max(initial=1)))
    for start in range(0, order.size, together):
        chosen = order[start : start + together]
        step = np.arange(width[chosen[-1]])
        these = rows[chosen]
        shift = step[None, :] - below[chosen][:, None]
        inside = shift <= above[chosen][:, None]
        shift = np.where(inside, shift, 0)
        cells = (
            a[these][:, None] + shift,
            b[these][:, None] - shift,
            c[these][:, None] - shift,
            d[these][:, None] + shift,
        )
        weight = -sum(special.gammaln(cell + 1) for cell in cells)
        yield these, cells[0], np.where(inside, weight, -np.inf)


def _solve(
    cell: FloatArray,
    weight: FloatArray,
    a: FloatArray,
    b: FloatArray,
    c: FloatArray,
    d: FloatArray,
    tail: float,
    part: float,
) -> FloatArray:
    """Solve for the logarithm of the odds ratio by Newton steps kept inside a bracket.

    The logit of the tail rises with the log odds ratio, at the rate by which the mean of the cell
    in the tail exceeds its mean outside.
    """
    seen = a[:, None]
    share = np.where(cell > seen, 1.0, np.where(cell == seen, part, 0.0))
    root = np.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    low, high = np.full(a.shape, -np.inf), np.full(a.shape, np.inf)
    target = special.logit(tail)
    for _ in range(_MOST_STEPS):
        log = weight + root[:, None] * cell
        chance = np.exp(log - log.max(axis=1, keepdims=True))
        inner, outer = chance * share, chance * (1 - share)
        with np.errstate(divide="ignore", invalid="ignore"):
            within, without = inner.sum(axis=1), outer.sum(axis=1)
            here = np.log(within) - np.log(without)
            slope = (inner * cell).sum(axis=1) / within - (outer * cell).sum(axis=1) / without
            step = np.clip((target - here) / slope, -2, 2)
        step = np.where(np.isfinite(step), step, np.where(here < target, 2.0, -2.0))
        low, high = np.where(here < target, root, low), np.where(here < target, high, root)
        new = root + step
        outside: BoolArray = (new < low) | (new > high)
        new = np.where(outside, (low + high) / 2, new)
        done = np.abs(new - root) <= 1e-13 * (1 + np.abs(root))
        root = new
        if done.all():
            break
    return root
