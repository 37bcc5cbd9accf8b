"""One rate: events in a population, with the limits of a Poisson count."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.estimate import Estimate, estimate
from youthjustice.measures.inputs import (
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_positive,
    read,
)

EXACT_BELOW = 10


def rate(
    events: object,
    population: object,
    per: float = 100_000,
    confidence: float = 0.95,
    method: str = "auto",
) -> Estimate:
    """Return the rate of events per ``per`` people with its interval.

    ``events`` and ``population`` are scalars, arrays or Series that broadcast; value, lower and
    upper are per ``per``. Methods: ``exact`` (Garwood 1936), ``byar`` (Byar's approximation,
    Breslow and Day 1987; a lower limit that would be negative is undefined), ``auto`` (exact below
    10 events, Byar from 10: the rule of public health statistics in England). Raises InputProblem
    for negative, infinite or textual counts, and an unknown method, confidence or ``per``.

    Fifteen events in 400 person-years (exact limits in the tests of statsmodels):

    >>> result = rate(15, 400, per=1, method="exact")
    >>> round(result.lower, 10), round(result.upper, 10)
    (0.0209884653, 0.0618505472)
    """
    level = check_confidence(confidence)
    scale = check_positive("per", per)
    chosen = check_choice("method", method, ("auto", *_LIMITS))
    arguments = read({"events": events, "population": population})
    count, people = arguments.numbers
    usable = ~arguments.missing & (people > 0)
    names = method_by_count(count, chosen)
    value, lower, upper = np.full((3, usable.size), np.nan)
    with np.errstate(over="ignore"):  # a sliver of a population: flagged, not warned of
        value[usable] = count[usable] / people[usable] * scale
        for name, limits in _LIMITS.items():
            these = usable & (names == name)
            below, above = limits(count[these], 1 - level)
            lower[these] = below / people[these] * scale
            upper[these] = above / people[these] * scale
    return estimate(
        arguments,
        value=value,
        lower=lower,
        upper=upper,
        confidence=level,
        method=names if chosen == "auto" else chosen,
        denominator_zero=people == 0,
    )


def method_by_count(count: FloatArray, chosen: str, otherwise: str = "byar") -> TextArray:
    """Name the method for each count: the chosen one, or by the rule when it is ``auto``."""
    if chosen != "auto":
        return np.full(count.shape, chosen, dtype=object)
    names = np.array([otherwise, "exact"], dtype=object)
    return names[(count < EXACT_BELOW).astype(np.int64)]


def exact_limits(count: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Return Garwood's (1936) exact limits of a Poisson count."""
    lower = special.gammaincinv(np.where(count > 0, count, 1.0), alpha / 2)
    upper = np.asarray(special.gammainccinv(count + 1, alpha / 2), dtype=np.float64)
    return np.where(count > 0, lower, 0.0), upper


def byar_limits(count: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Return Byar's limits of a Poisson count, the count below and the count plus one above.

    A negative lower limit is NaN: the approximation does not hold there.
    """
    z = -special.ndtri(alpha / 2)
    below = np.where(count > 0, count, 1.0)
    root = 1 - 1 / (9 * below) - z / (3 * np.sqrt(below))
    lower = np.where(root >= 0, below * root**3, np.nan)
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return np.where(count > 0, lower, 0.0), upper


_LIMITS = {"exact": exact_limits, "byar": byar_limits}
