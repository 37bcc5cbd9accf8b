"""How much cohorts differ beyond chance, weighed over every spread that they could have."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray

_SPREAD = 0.4 * np.linspace(0, 1, 41) ** 2
"""Standard deviation between cohorts as a part of the largest there could be."""
_USUAL = 0.1
"""Scale of the half-Cauchy that weighs it before data: 5 points at a share of a third."""
_STEPS = np.linspace(-5, 5, 21)
_LEAST = 1e-9
_FAINT = 1e-6


class Mixture(NamedTuple):
    """Beta distributions of a share, and the weight of each; weights sum to 1."""

    a: FloatArray
    b: FloatArray
    weight: FloatArray


def mixture_of(x: FloatArray, n: FloatArray) -> Mixture:
    """Return what ``x`` of ``n`` in each earlier cohort say of the share in a further one.

    Shares of cohorts are beta, so that counts are beta-binomial. Mean and spread are not fixed at
    one guess: each pair is weighed by how likely it makes the counts. Beforehand the mean is flat
    and the spread half-Cauchy, which few cohorts need and many overrule (Gelman 2006). Some of all
    children must have the event, and some not.
    """
    rho = np.maximum(_SPREAD**2, _LEAST)[:, None]
    weight = n / (1 + (n - 1) * rho)
    mean = (weight * x / n).sum(axis=1) / weight.sum(axis=1)
    scale = 1 / np.sqrt(mean * (1 - mean) * weight.sum(axis=1))  # of the logit
    mu = special.expit(special.logit(mean)[:, None] + scale[:, None] * _STEPS)
    size = 1 / rho - 1
    a, b = (mu * size)[..., None], ((1 - mu) * size)[..., None]
    fit = log_chance(x, n, a, b).sum(axis=-1)
    volume = np.log(mu * (1 - mu) * (scale * _widths())[:, None])
    return _weighed((mu * size).ravel(), ((1 - mu) * size).ravel(), (fit + volume).ravel())


def spread_round(x: FloatArray, n: FloatArray, mean: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return correlations within cohorts, and their weights, where each cohort's mean is known."""
    rho = np.maximum(_SPREAD**2, _LEAST)
    size = (1 / rho - 1)[:, None]
    inner = np.clip(mean, 1e-6, 1 - 1e-6)
    fit = log_chance(x, n, inner * size, (1 - inner) * size).sum(axis=-1) + np.log(_widths())
    weight = np.exp(fit - fit.max())
    return rho, weight / weight.sum()


def log_chance(x: FloatArray, n: FloatArray, a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the logarithm of the beta-binomial chance of ``x`` of ``n``.

    Evenly spread shares (a and b of 1) make every count as likely:

    >>> import numpy as np
    >>> np.exp(log_chance(np.arange(4.0), np.array(3.0), np.array(1.0), np.array(1.0))).round(6)
    array([0.25, 0.25, 0.25, 0.25])
    """
    ways = special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1)
    # Differences of large gammas lose their digits; rising factorials keep them.
    return np.asarray(
        ways + _rising(a, x) + _rising(b, n - x) - _rising(a + b, n), dtype=np.float64
    )


def _rising(a: FloatArray, k: FloatArray) -> FloatArray:
    """Return log(a (a + 1) ... (a + k - 1))."""
    near = special.gammaln(a + k) - special.gammaln(a)
    # Stirling's series, in which the large terms cancel by hand.
    far = (a + k - 0.5) * np.log1p(k / a) + k * np.log(a) - k - (1 / a - 1 / (a + k)) / 12
    return np.asarray(np.where(a > 1e3, far, near))


def _widths() -> FloatArray:
    """Return the weight of each spread beforehand: its stretch of the scale, times the density."""
    return np.asarray(np.gradient(_SPREAD) / (1 + (_SPREAD / _USUAL) ** 2))


def _weighed(a: FloatArray, b: FloatArray, fit: FloatArray) -> Mixture:
    weight = np.exp(fit - fit.max())
    some = weight > _FAINT
    return Mixture(a[some], b[some], weight[some] / weight[some].sum())
