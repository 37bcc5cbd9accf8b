"""One proportion: a part of a whole, and how far chance alone could have moved it."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.estimate import Estimate, estimate
from youthjustice.measures.inputs import FloatArray, check_choice, check_confidence, read


def proportion(x: object, n: object, confidence: float = 0.95, method: str = "wilson") -> Estimate:
    """Return the proportion x/n with its interval.

    ``x`` children of ``n`` (scalars, arrays or Series that broadcast; proportions, not per cents).
    Methods: ``wilson`` (Wilson 1927), ``exact`` (Clopper and Pearson 1934), ``jeffreys`` (Brown,
    Cai and DasGupta 2001, with 0 and 1 as limits at none and all). Raises InputProblem for
    negative, infinite or textual counts, x above n, and an unknown method or confidence.

    Newcombe (1998) prints 0.0624 to 0.1605 for 15 of 148:

    >>> result = proportion(15, 148)
    >>> round(result.lower, 4), round(result.upper, 4)
    (0.0624, 0.1605)
    """
    level = check_confidence(confidence)
    chosen = check_choice("method", method, _LIMITS)
    arguments = read({"x": x, "n": n})
    arguments.refuse_part_above_whole(0, 1)
    numerator, denominator = arguments.numbers
    usable = ~arguments.missing & (denominator > 0)
    value, lower, upper = np.full((3, usable.size), np.nan)
    value[usable] = numerator[usable] / denominator[usable]
    lower[usable], upper[usable] = _LIMITS[chosen](
        numerator[usable], denominator[usable], 1 - level
    )
    return estimate(
        arguments,
        value=value,
        lower=lower,
        upper=upper,
        confidence=level,
        method=chosen,
        denominator_zero=denominator == 0,
    )


def wilson_limits(x: FloatArray, n: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Return the limits of Wilson's (1927) score interval for x of n, n above 0."""
    return wilson_limits_at(x, n, np.full(x.shape, -special.ndtri(alpha / 2)))


def wilson_limits_at(x: FloatArray, n: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's limits at ``z`` standard errors, a z above 0 for each element."""
    total = 2 * x + z * z + z * np.sqrt(z * z + 4 * x * (1 - x / n))
    # The product of the two roots is known; dividing loses no digits where subtracting would.
    lower = 2 * x * x / n / total
    return lower, np.where(x == n, 1.0, total / (2 * (n + z * z)))


def exact_limits(x: FloatArray, n: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Return the limits of Clopper and Pearson's (1934) exact interval for x of n."""
    lower = special.betaincinv(np.where(x > 0, x, 1.0), n - x + 1, alpha / 2)
    upper = special.betainccinv(x + 1, np.where(x < n, n - x, 1.0), alpha / 2)
    return np.where(x > 0, lower, 0.0), np.where(x < n, upper, 1.0)


def jeffreys_limits(x: FloatArray, n: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Return equal-tailed limits from Jeffreys' prior, with 0 and 1 as limits at none and all."""
    lower = special.betaincinv(x + 0.5, n - x + 0.5, alpha / 2)
    upper = special.betainccinv(x + 0.5, n - x + 0.5, alpha / 2)
    return np.where(x > 0, lower, 0.0), np.where(x < n, upper, 1.0)


_LIMITS = {"wilson": wilson_limits, "exact": exact_limits, "jeffreys": jeffreys_limits}
