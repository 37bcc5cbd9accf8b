"""Exact and mid-p intervals for a ratio of two Poisson rates, given the total number of events.

Given x1 + x0 events, x1 is binomial with odds ratio * T1/T0, so limits of the ratio are limits of
those odds (Przyborowski and Wilenski 1940; mid-p: Lancaster 1961). The two methods differ in one
number, the weight of the count that was observed: all of it for exact, half of it for mid-p.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.inputs import BoolArray, FloatArray

_EXACT, _MIDP = 1.0, 0.5
_MOST_STEPS = 30  # two are enough at the usual levels
_LEAST = 0.2  # a count below it has limits that no float holds
_CLOSE = 2e-4  # of a standard error: a step is cubic, so that what is left is rounding error
_DEEP = 1e-3  # a smaller complement of the share would cost the beta function its digits


def exact_lower_limit(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return the exact lower limit of (x1/t1) / (x0/t0)."""
    return _odds(x1, x0, alpha / 2, _EXACT) * (t0 / t1)


def exact_p_value(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return twice the smaller exact tail, at most 1: the p-value that matches the exact limits."""
    return _two_sided(x1, t1, x0, t0, _EXACT)


def midp_lower_limit(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return the mid-p lower limit of (x1/t1) / (x0/t0)."""
    return _odds(x1, x0, alpha / 2, _MIDP) * (t0 / t1)


def midp_p_value(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return twice the smaller mid-p tail: the p-value that matches the mid-p limits."""
    return _two_sided(x1, t1, x0, t0, _MIDP)


def _two_sided(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, weight: float
) -> FloatArray:
    """Return twice the smaller tail; it is the upper one of the group with the higher rate."""
    higher = x1 * t0 >= x0 * t1
    x, t = np.where(higher, x1, x0), np.where(higher, t1, t0)
    y, u = np.where(higher, x0, x1), np.where(higher, t0, t1)
    beyond, point = _tail(x, y, np.log(t) - np.log(u), _log_ways(x, y))
    other = 1 - beyond - (1 - weight) * point
    p = np.minimum(2 * np.minimum(beyond + weight * point, other), 1.0)
    return np.where(_usable(x) & _usable(y), p, np.nan)


def _usable(count: FloatArray) -> BoolArray:
    """Tell the counts that have limits: fractions are taken down to a fifth."""
    return np.asarray((count == 0) | (count >= _LEAST))


def _log_ways(x1: FloatArray, x0: FloatArray) -> FloatArray:
    """Return the log of the number of ways to choose x1 of x1 + x0 events."""
    return np.asarray(-np.log1p(x1 + x0) - special.betaln(x1 + 1, x0 + 1))


def _tail(
    x1: FloatArray, x0: FloatArray, log_odds: FloatArray, log_ways: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return P(X > x1) and P(X = x1) for X binomial of x1 + x0 at these log odds."""
    share, rest = special.expit(log_odds), special.expit(-log_odds)
    log_point = x1 * special.log_expit(log_odds) + x0 * special.log_expit(-log_odds) + log_ways
    some = np.where(x0 > 0, x0, 1.0)
    beyond = special.betainc(x1 + 1, some, share)
    deep = np.flatnonzero(rest < _DEEP)
    beyond[deep] = special.betaincc(some[deep], x1[deep] + 1, rest[deep])
    return np.where(x0 > 0, beyond, 0.0), np.exp(log_point)


def _odds(x1: FloatArray, x0: FloatArray, tail: float, weight: float) -> FloatArray:
    """Return the odds at which P(X > x1) + weight P(X = x1) is ``tail``; none of x1 gives 0."""
    x1, x0, place = _distinct(x1, x0)
    usable = _usable(x1) & _usable(x0)
    odds = np.where(usable & (x1 == 0), 0.0, np.nan)
    only, both = usable & (x1 > 0) & (x0 == 0), usable & (x1 > 0) & (x0 > 0)
    log_share = np.log(tail / weight) / x1[only]
    odds[only] = np.exp(log_share) / -np.expm1(log_share)
    odds[both] = np.exp(_log_odds(x1[both], x0[both], tail, weight))
    return odds[place]


def _distinct(x1: FloatArray, x0: FloatArray) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """Return every pair of counts once, and where each row's pair stands: small counts recur."""
    first, values1 = pd.factorize(x1)
    second, values0 = pd.factorize(x0)
    place, pairs = pd.factorize(first * max(len(values0), 1) + second)
    row1, row0 = np.divmod(pairs, max(len(values0), 1))
    return values1[row1], values0[row0], place


def _log_odds(x1: FloatArray, x0: FloatArray, tail: float, weight: float) -> FloatArray:
    """Solve for the log odds by Halley's steps on the probit scale.

    There the tail is nearly a straight line in the log odds, so that one step or two reach the
    last digit.
    """
    target = special.ndtri(tail)
    root = _first_guess(x1, x0, target, weight)
    log_ways = _log_ways(x1, x0)
    open_ = np.arange(x1.size)
    for _ in range(_MOST_STEPS):
        if open_.size == 0:
            break
        a, b, t = x1[open_], x0[open_], root[open_]
        beyond, point = _tail(a, b, t, log_ways[open_])
        probit = special.ndtri(beyond + weight * point)
        # First and second derivative of the tail, then of its probit, by the log odds.
        share, rest = special.expit(t), special.expit(-t)
        rise = weight * a * rest + (1 - weight) * b * share
        bend = (a * rest - b * share) * rise + ((1 - weight) * b - weight * a) * share * rest
        per_density = point * np.sqrt(2 * np.pi) * np.exp(0.5 * probit * probit)
        slope = rise * per_density
        curve = bend * per_density + probit * slope * slope
        newton = (probit - target) / slope
        step = newton / (1 - 0.5 * newton * curve / slope)
        root[open_] = t - step
        open_ = open_[np.abs(step) * slope > _CLOSE]
    return root


def _first_guess(x1: FloatArray, x0: FloatArray, z: float, weight: float) -> FloatArray:
    """Return nearly the log odds, from a beta quantile (Abramowitz and Stegun 1964, 26.5.22).

    Exact limits are beta quantiles. The mid-p tail is a mean of two beta tails, which spreads it.
    """
    a, b = x1 + 1 - weight, x0 + weight
    spread = z * (1 + 0.5 * weight * (1 - weight) * (1 / a + 1 / b))
    one, other = (1 / (2 * np.maximum(count, 1.0) - 1) for count in (a, b))
    h, bend = 2 / (one + other), (spread * spread - 3) / 6
    shift = spread * np.sqrt(np.maximum(h + bend, 0.0)) / h
    return np.log(a / b) + 2 * shift + 2 * (other - one) * (bend + 5 / 6 - 2 / (3 * h))
