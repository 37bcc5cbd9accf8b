"""Borrowed strength: a ratio from few counts, set beside what is known of it nationally."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity import shares_ratio
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_confidence,
    check_positive,
    read,
)
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.ratios.risk_ratios import risk_ratio

_BLOCK = 256  # rows at a time: each brings a grid of ratios and, at a stage, one of shares
_HALVINGS = 50
# Beyond these a prior is a point, or spans more than numbers can hold.
_LEAST_SD, _LARGEST_SD = 1e-6, 10.0
# Points along the log ratio: dense where the posterior is, ever sparser out to 70 times its width.
_STEP = 0.06
_POINTS = _STEP * np.arange(-83, 84)
_OUT, _STRETCH = np.sinh(_POINTS), np.cosh(_POINTS)


def borrowed_ratio(
    x1: object,
    n1: object,
    x0: object,
    n0: object,
    prior_ratio: object,
    *,
    prior_sd: float = 0.5,
    basis: str = "population",
    confidence: float = 0.95,
    practical: float = 1.25,
) -> pd.DataFrame:
    """Draw the ratio (x1/n1) / (x0/n0) of a small area towards a known one, one row each.

    The log of the ratio is taken to be normal around that of ``prior_ratio`` (the ratio of England
    and Wales, say) with standard deviation ``prior_sd``: 0.5 lets an area's true ratio lie between
    0.38 and 2.7 times the national one (weakly informative; Spiegelhalter, Abrams and Myles 2004).
    It is joined with the likelihood of the counts: per ``population`` the binomial given the total
    number of events; at a ``stage`` both binomials, the reference's share integrated out under
    Jeffreys' prior, over pairs of shares that are both at most 1. A group without counts keeps the
    prior; many counts overrule it. Columns: the counts, ``raw_value``, ``raw_lower`` and
    ``raw_upper`` (the ratio and interval that borrow nothing), ``prior_ratio``, ``value``
    (posterior median), ``lower``, ``upper`` (equal tails), ``probability_above_1``,
    ``probability_above_practical``, ``method``, ``flags``. Raises InputProblem for impossible
    counts and a prior ratio that is not above 0.

    Four of 300 against six of 900, where the country has a ratio of 1.6:

    >>> found = borrowed_ratio(4, 300, 6, 900, 1.6).iloc[0]
    >>> [round(float(found[name]), 2) for name in ("raw_value", "raw_lower", "raw_upper")]
    [2.0, 0.42, 8.43]
    >>> [round(float(found[name]), 2) for name in ("value", "lower", "upper")]
    [1.73, 0.78, 3.76]
    >>> found["method"]
    'borrowed strength; log-normal prior, ratio 1.6, sd of the log 0.5'
    """
    chosen = check_choice("basis", basis, ("population", "stage"))
    level = check_confidence(confidence)
    spread = check_positive("prior_sd", prior_sd)
    if not _LEAST_SD <= spread <= _LARGEST_SD:
        raise InputProblem(
            f"prior_sd is {prior_sd!r}; give a standard deviation of the log ratio from "
            f"{_LEAST_SD:g} to {_LARGEST_SD:g}, such as 0.5."
        )
    large = check_positive("practical", practical)
    arguments = read({"x1": x1, "n1": n1, "x0": x0, "n0": n0, "prior_ratio": prior_ratio})
    arguments.refuse(
        arguments.numbers[4] == 0,
        lambda at, where: f"prior_ratio is 0{where}; give a ratio above 0.",
    )
    if chosen == "stage":
        arguments.refuse_part_above_whole(0, 1)
        arguments.refuse_part_above_whole(2, 3)
    a, m, c, n, centre = arguments.numbers
    measure = rate_ratio if chosen == "population" else risk_ratio
    plain = measure(a, m, c, n, confidence=level)
    present = ~arguments.missing
    usable = present & (m > 0) & (n > 0)
    found = np.full((5, usable.size), np.nan)
    rows = np.flatnonzero(usable)
    marks = ((1 - level) / 2, 0.5, (1 + level) / 2, large)
    for start in range(0, rows.size, _BLOCK):
        block = rows[start : start + _BLOCK]
        counts = (a[block], m[block], c[block], n[block])
        found[:, block] = _posterior(counts, np.log(centre[block]), spread, chosen, marks)
    words = [f"borrowed strength; log-normal prior, ratio {at:.4g}" for at in np.unique(centre)]
    named = np.array(words, dtype=object)[np.unique(centre, return_inverse=True)[1].reshape(-1)]
    fewest = np.minimum(a, c)
    frame = pd.DataFrame(
        {
            "numerator": a,
            "denominator": m,
            "reference_numerator": c,
            "reference_denominator": n,
            "raw_value": np.where(present, plain.value, np.nan),
            "raw_lower": np.where(present, plain.lower, np.nan),
            "raw_upper": np.where(present, plain.upper, np.nan),
            "prior_ratio": centre,
            "value": found[1],
            "lower": found[0],
            "upper": found[2],
            "probability_above_1": found[3],
            "probability_above_practical": found[4],
            "method": named + f", sd of the log {spread:.4g}",
            "flags": flag_text(
                missing=~present,
                denominator_zero=present & ~usable,
                zero_numerator=present & (fewest == 0),
                small_numerator=present & (fewest < SMALL_NUMERATOR),
            ),
        },
        index=arguments.index,
    )
    frame.attrs = {
        "basis": chosen,
        "prior_sd": spread,
        "confidence": level,
        "practical": large,
        "label": "borrowed strength",
    }
    return frame


_Counts = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


def _likelihood(
    log_ratio: FloatArray, counts: _Counts, basis: str
) -> tuple[FloatArray, FloatArray]:
    """Return the log likelihood of log ratios (rows x points), and its slope."""
    x1, n1, x0, n0 = (part[:, None] for part in counts)
    if basis == "stage":
        return shares_ratio.log_likelihood(log_ratio, x1, n1, x0, n0)
    logit = log_ratio + np.log(n1) - np.log(n0)
    return (
        x1 * special.log_expit(logit) + x0 * special.log_expit(-logit),
        x1 - (x1 + x0) * special.expit(logit),
    )


def _posterior(
    counts: _Counts,
    centre: FloatArray,
    spread: float,
    basis: str,
    marks: tuple[float, float, float, float],
) -> FloatArray:
    """Return three quantiles and two tail probabilities of every row's posterior."""

    def slope(at: FloatArray) -> FloatArray:
        own = _likelihood(at[:, None], counts, basis)[1][:, 0]
        return np.asarray(own - (at - centre) / spread**2)

    # The slope of the likelihood lies between -(x0 + 1) and x1 + 1, so the mode is in here.
    low = centre - spread**2 * (counts[2] + 1)
    high = centre + spread**2 * (counts[0] + 1)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        rising = slope(middle) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    mode = 0.5 * (low + high)
    near = 0.02 * spread / np.sqrt(1 + spread**2 * np.minimum(counts[0] + 1, counts[2] + 1))
    bend = (slope(mode - near) - slope(mode + near)) / (2 * near)
    width = 1 / np.sqrt(np.maximum(bend, 1 / spread**2))
    grid = mode[:, None] + width[:, None] * _OUT
    log_density = _likelihood(grid, counts, basis)[0]
    log_density -= 0.5 * ((grid - centre[:, None]) / spread) ** 2
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True)) * _STRETCH
    below = _cumulative(density)
    total = below[:, -1:]
    below, density = below / total, density / total
    quantiles = [np.exp(mode + width * np.sinh(_where(below, density, tail))) for tail in marks[:3]]
    above = [
        1 - _at(below, density, np.arcsinh((np.log(mark) - mode) / width))
        for mark in (1.0, marks[3])
    ]
    return np.array([*quantiles, *above])


def _cumulative(density: FloatArray) -> FloatArray:
    """Integrate along the points with cubics through four of them; the ends are 0."""
    padded = np.pad(density, ((0, 0), (1, 1)))
    pieces = 13 * (padded[:, 1:-2] + padded[:, 2:-1]) - padded[:, :-3] - padded[:, 3:]
    return np.pad(np.cumsum(pieces, axis=1), ((0, 0), (1, 0))) * (_STEP / 24)


def _where(below: FloatArray, density: FloatArray, tail: float) -> FloatArray:
    """Return the point with ``tail`` below it, by halving within its interval."""
    left = np.clip((below < tail).sum(axis=1) - 1, 0, _POINTS.size - 2)
    low, high = np.zeros(left.shape), np.ones(left.shape)
    for _ in range(40):
        middle = 0.5 * (low + high)
        short = _hermite(below, density, left, middle) < tail
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(_POINTS[left] + _STEP * 0.5 * (low + high))


def _at(below: FloatArray, density: FloatArray, point: FloatArray) -> FloatArray:
    """Return the probability below a point."""
    place = np.clip((point - _POINTS[0]) / _STEP, 0, _POINTS.size - 1)
    left = np.minimum(place.astype(np.int64), _POINTS.size - 2)
    return np.clip(_hermite(below, density, left, place - left), 0.0, 1.0)


def _hermite(
    below: FloatArray, density: FloatArray, left: FloatArray, at: FloatArray
) -> FloatArray:
    """Interpolate the distribution function, whose slope is the density, within an interval."""
    row = np.arange(left.size)
    start, end = below[row, left], below[row, left + 1]
    rise, fall = _STEP * density[row, left], _STEP * density[row, left + 1]
    bent = at * at * (3 - 2 * at)
    return np.asarray(start + (end - start) * bent + at * (1 - at) * ((1 - at) * rise - at * fall))
