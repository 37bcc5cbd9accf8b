"""Limits recovered from each group's own limits (MOVER), for ratios and for differences."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.single.proportions import wilson_limits, wilson_limits_at

_LARGEST_Z = 40.0  # its p-value is 0 in double precision
_STEPS = 60


def ratio_lower_limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the lower limit of (x1/n1) / (x0/n0) from two Wilson intervals.

    Donner and Zou (2012), the formula rationalised so that it holds at none and at all.
    """
    p1, p0 = x1 / n1, x0 / n0
    l1 = wilson_limits(x1, n1, alpha)[0]
    u0 = wilson_limits(x0, n0, alpha)[1]
    above = l1 * (2 * p1 - l1)
    root = np.sqrt(np.maximum((p1 * p0) ** 2 - above * u0 * (2 * p0 - u0), 0.0))
    below = p1 * p0 + root
    return np.where(x1 > 0, above / np.where(below > 0, below, 1.0), 0.0)


def ratio_p_value(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the level at which the MOVER limit nearest to 1 reaches 1.

    That is where Newcombe's limit of the difference reaches 0, found by halving on z.
    """
    first = x1 / n1 >= x0 / n0
    a, m = np.where(first, x1, x0), np.where(first, n1, n0)
    b, n = np.where(first, x0, x1), np.where(first, n0, n1)
    low, high = np.zeros(x1.shape), np.full(x1.shape, _LARGEST_Z)
    gap = a / m - b / n
    for _ in range(_STEPS):
        z = 0.5 * (low + high)
        reach = np.hypot(a / m - wilson_limits_at(a, m, z)[0], wilson_limits_at(b, n, z)[1] - b / n)
        excluded = gap > reach
        low, high = np.where(excluded, z, low), np.where(excluded, high, z)
    return np.asarray(2 * special.ndtr(-0.5 * (low + high)))


def difference_limits(
    value1: FloatArray,
    lower1: FloatArray,
    upper1: FloatArray,
    value0: FloatArray,
    lower0: FloatArray,
    upper0: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return limits of value1 - value0 from each one's own limits.

    With Wilson limits of proportions this is Newcombe's (1998) hybrid score interval, his method
    10; with limits of rates it is the MOVER interval of Zou and Donner (2008).
    """
    difference = value1 - value0
    return (
        difference - np.hypot(value1 - lower1, upper0 - value0),
        difference + np.hypot(upper1 - value1, value0 - lower0),
    )
