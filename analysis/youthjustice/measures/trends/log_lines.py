"""Straight lines through the logarithms of rates, for many series at once.

Given the total of a series, the Poisson slope is the one that makes the average time of an event
equal to the observed one: the mean of t with weights n exp(b t) is the mean of t with weights x
(the score equation; McCullagh and Nelder 1989, chapter 6). Its left side rises with b, so there is
one root at most, and one for sure unless every event lies at the first time or at the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.inputs import BoolArray, FloatArray

_MOST_STEPS = 200
_SCORING_STEPS = 12
_HALVINGS = 60
_ALPHA = (-20.0, 10.0)  # the logarithms between which the spread of a negative binomial is sought


@dataclass(frozen=True, slots=True)
class Lines:
    """One line per series, and the mean and residual of each point.

    ``level`` is the logarithm of the rate at ``centre``, where level and slope are uncorrelated;
    errors are those of the model with a dispersion of 1. ``dispersion`` is the Pearson chi-square
    of the Poisson model over its degrees of freedom. ``alpha`` is the spread of the negative
    binomial, 0 for Poisson.
    """

    slope: FloatArray
    slope_error: FloatArray
    level: FloatArray
    level_error: FloatArray
    centre: FloatArray
    dispersion: FloatArray
    freedom: FloatArray
    alpha: FloatArray
    hac_error: FloatArray
    durbin_watson: FloatArray


@dataclass(frozen=True, slots=True)
class _Series:
    """The points of many series, each series together and in order of time."""

    time: FloatArray
    x: FloatArray
    n: FloatArray
    of: NDArray[np.int64]
    size: FloatArray

    def sums(self, part: FloatArray) -> FloatArray:
        found = np.bincount(self.of, weights=part, minlength=self.size.size)
        return found.astype(np.float64)  # an integer when there is nothing to add


def fit_lines(
    time: FloatArray,
    x: FloatArray,
    n: FloatArray,
    of: NDArray[np.int64],
    spread: BoolArray | None = None,
) -> Lines:
    """Fit ln E(x) = ln n + level + slope (time - centre) to every series.

    ``of`` numbers the series from 0, each together and in order; each needs three points or more,
    two different times and an event away from either end. ``spread`` marks the series that get a
    negative binomial, whose alpha makes its Pearson chi-square equal to its degrees of freedom
    (Breslow 1984); a series that is not over-dispersed keeps alpha 0.
    """
    size = np.bincount(of).astype(np.float64)
    series = _Series(time, x, n, of, size)
    slope = _poisson_slope(series)
    middle = series.sums(time) / size
    shape = n * np.exp(slope[of] * (time - middle[of]))
    level = np.log(series.sums(x) / series.sums(shape))
    mean = shape * np.exp(level)[of]
    freedom = size - 2
    dispersion = series.sums((x - mean) ** 2 / mean) / freedom
    alpha = np.zeros(size.size)
    if spread is not None and spread.any():
        alpha, level, slope = _negative_binomial(
            series, middle, level, slope, spread & (dispersion > 1)
        )
        mean = n * np.exp(level[of] + slope[of] * (time - middle[of]))
    weight = mean / (1 + alpha[of] * mean)
    total = series.sums(weight)
    centre = series.sums(weight * time) / total
    away = time - centre[of]
    information = series.sums(weight * away**2)
    score = weight * (x - mean) / mean
    return Lines(
        slope=slope,
        slope_error=np.sqrt(1 / information),
        level=level + slope * (centre - middle),
        level_error=np.sqrt(1 / total),
        centre=centre,
        dispersion=dispersion,
        freedom=freedom,
        alpha=alpha,
        hac_error=np.sqrt(_newey_west(series, score * away)) / information,
        durbin_watson=_durbin_watson(series, (x - mean) / np.sqrt(mean * (1 + alpha[of] * mean))),
    )


def has_slope(time: FloatArray, x: FloatArray, of: NDArray[np.int64], count: int) -> BoolArray:
    """Tell the series in which some event lies away from the first time and some from the last."""
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, of, time)
    np.maximum.at(last, of, time)
    after = np.bincount(of, weights=x * (time > first[of]), minlength=count) > 0
    before = np.bincount(of, weights=x * (time < last[of]), minlength=count) > 0
    return np.asarray(after & before)


def newey_west_lags(size: FloatArray | float) -> FloatArray:
    """Return how many neighbours count in k points: floor(4 (k/100)^(2/9)) (Newey, West 1994)."""
    return np.asarray(np.floor(4 * (np.asarray(size) / 100) ** (2 / 9)))


def newey_west_covariance(score: FloatArray, covariance: FloatArray) -> FloatArray:
    """Return the covariance of one model's terms with neighbours' products in it.

    Bartlett weights (Newey and West 1987), times points over degrees of freedom; ``score`` has a
    row per point.
    """
    points, terms = score.shape
    lags = int(newey_west_lags(points))
    meat = score.T @ score
    for lag in range(1, lags + 1):
        products = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (lags + 1)) * (products + products.T)
    return np.asarray(covariance @ meat @ covariance * points / (points - terms))


def durbin_watson_bound(size: FloatArray | float, terms: int) -> FloatArray:
    """Return the Durbin-Watson that one series in twenty of independent points falls below.

    It is the upper bound of Durbin and Watson (1951), which holds for terms that change slowly in
    time, with the normal curve through its mean and variance: of the n numbers 2 - 2 cos(pi j / n)
    those of the slowest ``terms`` are taken away.
    """
    n = np.asarray(size, dtype=np.float64)
    away = [2 - 2 * np.cos(np.pi * j / n) for j in range(1, terms)]
    total = 2 * (n - 1) - sum(away)
    squares = 6 * n - 8 - sum(part**2 for part in away)
    freedom = n - terms
    mean = total / freedom
    variance = 2 * (squares - freedom * mean**2) / (freedom * (freedom + 2))
    return np.asarray(mean + special.ndtri(0.05) * np.sqrt(variance))


def _poisson_slope(series: _Series) -> FloatArray:
    """Solve for the slopes by Newton steps kept inside a bracket, on times scaled to -1 to 1."""
    starts = np.flatnonzero(np.diff(series.of, prepend=-1))
    first = np.minimum.reduceat(series.time, starts)
    half = (np.maximum.reduceat(series.time, starts) - first) / 2
    scaled = (series.time - first[series.of]) / half[series.of] - 1
    target = series.sums(series.x * scaled) / series.sums(series.x)
    logs = np.log(series.n)
    slope = np.zeros(series.size.size)
    low, high = np.full(slope.size, -np.inf), np.full(slope.size, np.inf)
    for _ in range(_MOST_STEPS):
        exponent = logs + slope[series.of] * scaled
        weight = np.exp(exponent - np.maximum.reduceat(exponent, starts)[series.of])
        total = series.sums(weight)
        mean = series.sums(weight * scaled) / total
        variance = series.sums(weight * (scaled - mean[series.of]) ** 2) / total
        low, high = np.where(mean < target, slope, low), np.where(mean < target, high, slope)
        step = (target - mean) / np.maximum(variance, 1e-300)
        step = np.clip(step, -2, 2)
        new = slope + step
        outside = (new < low) | (new > high)
        new = np.where(outside, (low + high) / 2, new)
        done = np.abs(new - slope) <= 1e-13 * (1 + np.abs(slope))
        slope = new
        if done.all():
            break
    return slope / half


def _negative_binomial(
    series: _Series, middle: FloatArray, level: FloatArray, slope: FloatArray, spread: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Find alpha by halving, with a fit at every step that starts where the last one ended."""
    low, high = (np.full(level.size, end) for end in _ALPHA)
    freedom = series.size - 2
    away = series.time - middle[series.of]
    for _ in range(_HALVINGS):
        guess = (low + high) / 2
        alpha = np.where(spread, np.exp(guess), 0.0)
        level, slope = _score_steps(series, away, level, slope, alpha)
        mean = series.n * np.exp(level[series.of] + slope[series.of] * away)
        chi_square = series.sums((series.x - mean) ** 2 / (mean * (1 + alpha[series.of] * mean)))
        above = chi_square > freedom
        low, high = np.where(above, guess, low), np.where(above, high, guess)
    return alpha, level, slope


def _score_steps(
    series: _Series, away: FloatArray, level: FloatArray, slope: FloatArray, alpha: FloatArray
) -> tuple[FloatArray, FloatArray]:
    for _ in range(_SCORING_STEPS):
        mean = series.n * np.exp(level[series.of] + slope[series.of] * away)
        weight = mean / (1 + alpha[series.of] * mean)
        error = weight * (series.x - mean) / mean
        s0, s1, s2 = (series.sums(weight * away**power) for power in range(3))
        g0, g1 = series.sums(error), series.sums(error * away)
        room = s0 * s2 - s1 * s1
        up, turn = (s2 * g0 - s1 * g1) / room, (s0 * g1 - s1 * g0) / room
        level, slope = level + np.clip(up, -1, 1), slope + np.clip(turn, -1, 1)
        if max(np.abs(up).max(), np.abs(turn).max()) < 1e-12:
            break
    return level, slope


def _newey_west(series: _Series, score: FloatArray) -> FloatArray:
    """Return the variance of the summed scores with neighbours' products in it.

    Bartlett weights (Newey and West 1987), times k / (k - 2).
    """
    lags = newey_west_lags(series.size)
    total = series.sums(score**2)
    for lag in range(1, int(lags.max(initial=0)) + 1):
        same = series.of[lag:] == series.of[:-lag]
        both = np.where(same, score[lag:] * score[:-lag], 0.0)
        products = np.bincount(series.of[lag:], weights=both, minlength=series.size.size)
        total = total + 2 * np.maximum(1 - lag / (lags + 1), 0) * products
    found: FloatArray = np.maximum(total, 0) * series.size / (series.size - 2)
    return found


def _durbin_watson(series: _Series, residual: FloatArray) -> FloatArray:
    """Return the squared steps between neighbouring residuals over their squares (about 2)."""
    same = series.of[1:] == series.of[:-1]
    steps = np.where(same, np.diff(residual) ** 2, 0.0)
    squares = series.sums(residual**2)
    above = np.bincount(series.of[1:], weights=steps, minlength=series.size.size)
    # Points that lie on their line leave nothing to judge.
    return np.where(squares > 1e-18 * series.size, above / np.maximum(squares, 1e-300), np.nan)
