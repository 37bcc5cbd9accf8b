"""Exact and mid-p intervals for a ratio of two Poisson rates, given the total number of events.

Given x1 + x0 events, x1 is binomial with odds ratio * T1/T0, so limits of the ratio are limits of
those odds (Przyborowski and Wilenski 1940; mid-p: Lancaster 1961).
"""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray

_MOST_STEPS = 60


def exact_lower_limit(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return the exact lower limit of (x1/t1) / (x0/t0)."""
    share = special.betaincinv(np.where(x1 > 0, x1, 1.0), x0 + 1, alpha / 2)
    return np.where(x1 > 0, share / (1 - share) * (t0 / t1), 0.0)


def exact_p_value(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return twice the smaller exact tail, at most 1: the p-value that matches the exact limits."""
    up = _exact_tail(x1, x0, t1 / (t1 + t0))
    down = _exact_tail(x0, x1, t0 / (t1 + t0))
    return _two_sided(up, down)


def midp_lower_limit(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return the mid-p lower limit of (x1/t1) / (x0/t0)."""
    odds = np.zeros(x1.shape)
    only = (x1 > 0) & (x0 == 0)
    share = alpha ** (1 / x1[only])  # half the probability of all events in group 1 is alpha/2
    odds[only] = share / (1 - share)
    both = (x1 > 0) & (x0 > 0)
    odds[both] = _midp_odds(x1[both], x0[both], alpha / 2)
    return odds * (t0 / t1)


def midp_p_value(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Return twice the smaller mid-p tail: the p-value that matches the mid-p limits."""
    up = _midp_tail(x1, x0, t1 / (t1 + t0), t0 / (t1 + t0))[0]
    down = _midp_tail(x0, x1, t0 / (t1 + t0), t1 / (t1 + t0))[0]
    return _two_sided(up, down)


def _two_sided(up: FloatArray, down: FloatArray) -> FloatArray:
    return np.asarray(np.minimum(2 * np.minimum(up, down), 1.0))


def _exact_tail(x1: FloatArray, x0: FloatArray, share: FloatArray) -> FloatArray:
    """Return P(X >= x1) for X binomial(x1 + x0, share)."""
    return np.where(x1 > 0, special.betainc(np.where(x1 > 0, x1, 1.0), x0 + 1, share), 1.0)


def _midp_tail(
    x1: FloatArray, x0: FloatArray, share: FloatArray, rest: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return P(X > x1) + P(X = x1)/2 for X binomial(x1 + x0, share), and P(X = x1)."""
    point = np.exp(
        special.xlogy(x1, share)
        + special.xlogy(x0, rest)
        - np.log1p(x1 + x0)
        - special.betaln(x1 + 1, x0 + 1)
    )
    beyond = special.betainc(x1 + 1, np.where(x0 > 0, x0, 1.0), share)
    return np.where(x0 > 0, beyond, 0.0) + 0.5 * point, point


def _midp_odds(x1: FloatArray, x0: FloatArray, tail: float) -> FloatArray:
    """Solve the mid-p tail for the odds by Newton steps kept inside a bracket.

    The mid-p tail lies between two beta distribution functions, whose quantiles bracket the root.
    On the probit scale it is nearly a straight line in the log odds, so few steps are needed.
    """
    low = special.logit(special.betaincinv(x1, x0 + 1, tail))
    high = special.logit(special.betaincinv(x1 + 1, x0, tail))
    root = 0.5 * (low + high)
    target = special.ndtri(tail)
    open_ = np.arange(x1.size)
    for _ in range(_MOST_STEPS):
        if open_.size == 0:
            break
        a, b, t = x1[open_], x0[open_], root[open_]
        share, rest = special.expit(t), special.expit(-t)
        here, point = _midp_tail(a, b, share, rest)
        slope = 0.5 * point * (a * rest + b * share)
        probit = special.ndtri(here)
        above = here > tail
        low[open_] = np.where(above, low[open_], t)
        high[open_] = np.where(above, t, high[open_])
        density = np.exp(-0.5 * probit * probit) / np.sqrt(2 * np.pi)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = t - (probit - target) * density / slope
        inside = (step >= low[open_]) & (step <= high[open_])
        new = np.where(inside, step, 0.5 * (low[open_] + high[open_]))
        root[open_] = new
        open_ = open_[np.abs(new - t) > 1e-14 * (1 + np.abs(t))]
    return np.asarray(np.exp(root))
