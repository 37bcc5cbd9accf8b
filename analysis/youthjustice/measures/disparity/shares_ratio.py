"""The likelihood of a ratio of two shares, whatever the reference's share may be."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray

_HALVINGS = 40
_STEP = 0.15
_POINTS = _STEP * np.arange(-34, 35)
_OUT, _LOG_STRETCH = np.sinh(_POINTS), np.log(np.cosh(_POINTS))


def log_likelihood(
    log_ratio: FloatArray, x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the log likelihood of log ratios and its slope, up to a constant.

    The reference's share is integrated out under Jeffreys' prior, over the shares at which the
    group's own is at most 1. With r the ratio, c the smaller of r and 1/r, and s the larger of the
    two shares, the integrand is s^(x1 + x0 - 1/2) (1 - s)^e (1 - c s)^f.
    """
    ratio_below = log_ratio <= 0
    c = np.exp(-np.abs(log_ratio))
    power = x1 + x0 + 0.5
    missed1, missed0 = n1 - x1, n0 - x0 + 0.5
    # Exponents of 1 - s and 1 - c s; on the logit scale of s the step brings one more s (1 - s).
    e = np.where(ratio_below, missed0, missed1 + 1)
    f = np.where(ratio_below, missed1, missed0 - 1)
    mode = _mode(power, e, f, c)
    s, rest = special.expit(mode), special.expit(-mode)
    gap = rest + s * -np.expm1(-np.abs(log_ratio))  # 1 - c s without cancelling
    bend = s * rest * (power + e + f * c * ((rest - s) * gap + c * s * rest) / (gap * gap))
    width = 1 / np.sqrt(np.maximum(bend, 1e-3 * (power + e) * s * rest))
    logit = mode[..., None] + width[..., None] * _OUT
    small = np.exp(-np.abs(log_ratio))[..., None]
    larger, other = special.expit(logit), special.expit(-logit)
    slack = other + larger * -np.expm1(-np.abs(log_ratio))[..., None]
    log_term = (
        power[..., None] * special.log_expit(logit)
        + e[..., None] * special.log_expit(-logit)
        + f[..., None] * np.log(slack)
        + _LOG_STRETCH
    )
    top = log_term.max(axis=-1)
    weight = np.exp(log_term - top[..., None])
    total = weight.sum(axis=-1)
    pull = (weight * (small * larger / slack)).sum(axis=-1) / total
    value = top + np.log(total * width)
    value += np.where(ratio_below, x1, -(x0 + 0.5)) * log_ratio
    slope = np.where(ratio_below, x1 - f * pull, f * pull - (x0 + 0.5))
    return value, slope


def _mode(power: FloatArray, e: FloatArray, f: FloatArray, c: FloatArray) -> FloatArray:
    """Return the logit at which the integrand is largest, by halving; its slope falls there."""
    power, e, f, c = np.broadcast_arrays(power, e, f, c)
    low, high = np.full(c.shape, -60.0), np.full(c.shape, 60.0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        s, rest = special.expit(middle), special.expit(-middle)
        gap = rest + s * (1 - c)
        rising = power * rest - e * s - f * c * s * rest / gap > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.asarray(0.5 * (low + high))
