"""Koopman's score interval for a ratio of two proportions, right at none and at all as well."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.proportions import wilson_limits_at

_BLOCK = 8192  # rows at a time: the working arrays stay in the processor's cache
_STEPS = 58  # halvings: enough to leave no more than rounding error


def lower_limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the lower limit of (x1/n1) / (x0/n0) by inverting the score test.

    The upper limit is the reciprocal of the lower limit with the groups exchanged. Koopman (1984)
    gives the statistic, Nam (1995) the closed form of the constrained estimate.
    """
    return _blocks(x1, n1, x0, n0, alpha, corrected=False)


def corrected_lower_limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the lower limit with the variance of Miettinen and Nurminen (1985), N/(N-1)."""
    return _blocks(x1, n1, x0, n0, alpha, corrected=True)


def p_value(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the two-sided p-value of the score test that the ratio is 1 (no continuity step)."""
    return _chi_square_tail(_pooled(x1, n1, x0, n0))


def corrected_p_value(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the p-value of the score test with Miettinen and Nurminen's variance."""
    total = n1 + n0
    return _chi_square_tail(_pooled(x1, n1, x0, n0) * (total - 1) / total)


def constrained(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, phi: FloatArray
) -> FloatArray:
    """Return the most likely reference proportion when the ratio of proportions is ``phi``.

    It is the smaller root of a quadratic, written so that no digits cancel.
    """
    minus_b = n1 * phi + x1 + n0 + x0 * phi
    a_c = (n1 + n0) * phi * (x1 + x0)
    return 2 * (x1 + x0) / (minus_b + np.sqrt(np.maximum(minus_b * minus_b - 4 * a_c, 0.0)))


def statistic(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, phi: FloatArray
) -> FloatArray:
    """Return Koopman's chi-square statistic for a ratio of ``phi`` (x1 above 0)."""
    p0 = np.minimum(constrained(x1, n1, x0, n0, phi), 1.0)
    return _part(x1, n1, np.minimum(phi * p0, 1.0)) + _part(x0, n0, p0)


def _part(x: FloatArray, n: FloatArray, p: FloatArray) -> FloatArray:
    """Return one group's share of the chi-square; its limits at none and all are finite."""
    q = 1 - p
    # At x = n (or 0) one factor of p(1-p) cancels; without this the edge is 0/0.
    above = np.where(x == n, n * q, np.where(x == 0, n * p, (x - n * p) ** 2))
    below = np.where(x == n, p, np.where(x == 0, q, n * p * q))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(above == 0, 0.0, above / below)


def _pooled(x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray) -> FloatArray:
    """Return the chi-square at a ratio of 1; none at all, or all of both, is no evidence."""
    pooled = (x1 + x0) / (n1 + n0)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n0)
    variance = np.where((x1 + x0 == 0) | (x1 + x0 == n1 + n0), np.inf, variance)
    return (x1 / n1 - x0 / n0) ** 2 / variance


def _chi_square_tail(chi_square: FloatArray) -> FloatArray:
    return np.asarray(special.chdtrc(1.0, chi_square), dtype=np.float64)


def _blocks(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float, *, corrected: bool
) -> FloatArray:
    limit = np.zeros(x1.shape)
    some = np.flatnonzero(x1 > 0)  # none of x1 gives a lower limit of 0
    for start in range(0, some.size, _BLOCK):
        rows = some[start : start + _BLOCK]
        limit[rows] = _bisect(x1[rows], n1[rows], x0[rows], n0[rows], alpha, corrected=corrected)
    return limit


def _bisect(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float, *, corrected: bool
) -> FloatArray:
    """Halve an interval of log ratios that is sure to hold the limit."""
    z = -special.ndtri(alpha / 2)
    threshold = np.full(x1.shape, z * z)
    if corrected:
        threshold = threshold * (n1 + n0) / (n1 + n0 - 1)
    # Below Wilson's lower limit of x1/n1 the first group alone exceeds the threshold, whatever the
    # reference is; the estimate itself never does. With x0 = 0 there is no estimate: any ratio
    # beyond reach serves.
    low = np.log(wilson_limits_at(x1, n1, np.sqrt(threshold))[0])
    high = np.log(x1 / n1) - np.log(np.where(x0 > 0, x0, 1e-18) / n0)
    for _ in range(_STEPS):
        middle = 0.5 * (low + high)
        outside = statistic(x1, n1, x0, n0, np.exp(middle)) > threshold
        low = np.where(outside, middle, low)
        high = np.where(outside, high, middle)
    return np.asarray(np.exp(0.5 * (low + high)))
