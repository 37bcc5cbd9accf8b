"""Koopman's score interval for a ratio of two proportions, right at none and at all as well.

Under a fixed ratio the most likely proportions are those of a table from which some number ``a`` is
taken out of the first group, numerator and denominator alike, and put into the reference group:
(x1 - a)/(n1 - a) and (x0 + a)/(n0 + a). (Each side of the likelihood equation equals ``a``.) In
terms of ``a`` Koopman's (1984) chi-square is a^2 [q1/(x1 - a) + q0/(x0 + a)], with q1 and q0 the
observed shares without the outcome. It rises with ``a`` and the ratio falls, so that a limit is the
only root of one cubic, the one Nam (1995) solves in another variable.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray

_STEPS = 8  # six reach the last digit; tests/measures/ratios/test_koopman.py has the hardest tables


def lower_limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the lower limit of (x1/n1) / (x0/n0) by inverting the score test (Koopman 1984).

    The upper limit is the reciprocal of the lower limit with the groups exchanged.
    """
    return _limit(x1, n1, x0, n0, np.full(x1.shape, special.ndtri(alpha / 2) ** 2))


def corrected_lower_limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the lower limit with the variance of Miettinen and Nurminen (1985), N/(N-1)."""
    return _limit(x1, n1, x0, n0, special.ndtri(alpha / 2) ** 2 / _correction(n1, n0))


def p_value(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the two-sided p-value of the score test that the ratio is 1 (no continuity step)."""
    return _tail(_chi_square_at_one(x1, n1, x0, n0))


def corrected_p_value(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    """Return the p-value of the score test with Miettinen and Nurminen's variance."""
    return _tail(_chi_square_at_one(x1, n1, x0, n0) * _correction(n1, n0))


def _limit(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, threshold: FloatArray
) -> FloatArray:
    """Return the ratio at which the chi-square reaches the threshold; none of x1 gives 0."""
    q1, q0 = (n1 - x1) / n1, (n0 - x0) / n0
    a = _taken_out(x1, q1, x0, q0, threshold)
    # With all of the first group its proportion stays 1 as long as the reference group's part of
    # the chi-square can grow; from there on it carries the remainder, which is n1 (1 - p1) / p1.
    remainder = np.maximum(threshold - a * a * q0 / (x0 + a), 0.0)
    p1 = np.where(q1 > 0, (x1 - a) / np.where(q1 > 0, n1 - a, 1.0), n1 / (n1 + remainder))
    return np.where(x1 > 0, p1 * (n0 + a) / (x0 + a), 0.0)


def _taken_out(
    x1: FloatArray, q1: FloatArray, x0: FloatArray, q0: FloatArray, threshold: FloatArray
) -> FloatArray:
    """Solve a^2 [q1/(x1 - a) + q0/(x0 + a)] = threshold for ``a`` by Newton's steps.

    The left side is convex and rises. Either term alone reaches the threshold at the root of a
    quadratic; at the smaller of the two roots the sum is one to two thresholds. From there every
    step goes down and none passes the root.
    """
    c, some, rest = threshold, np.where(x1 > 0, x1, 1.0), q1 > 0
    first = 2 * c * some / (c + np.sqrt(c * (c + 4 * q1 * some)))
    second = (c + np.sqrt(c * (c + 4 * q0 * x0))) / (2 * q0)
    a = np.minimum(np.minimum(first, second), some)
    for _ in range(_STEPS):
        left, right = np.where(rest, some - a, 1.0), x0 + a
        one, other = q1 / left, q0 / right
        excess = a * a * (one + other) - c
        slope = 2 * a * (one + other) + a * a * (one / left - other / right)
        a = np.fmin(a, a - excess / slope)  # a step of 0/0 leaves the root where it is
    return np.asarray(a)


def _correction(n1: FloatArray, n0: FloatArray) -> FloatArray:
    """Return (N - 1)/N; it does not exist for a total of 1 or less."""
    total = n1 + n0
    return np.where(total > 1, total - 1, np.nan) / total


def _chi_square_at_one(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray
) -> FloatArray:
    """Return the chi-square at a ratio of 1; none at all, or all of both, is no evidence."""
    some, rest = x1 + x0, (n1 - x1) + (n0 - x0)
    variance = np.where((some > 0) & (rest > 0), n1 * n0 * some * rest, np.inf)
    return (x1 * n0 - x0 * n1) ** 2 / variance * (n1 + n0)


def _tail(chi_square: FloatArray) -> FloatArray:
    """Return the upper tail of a chi-square with one degree of freedom."""
    return 2 * special.ndtr(-np.sqrt(chi_square))
