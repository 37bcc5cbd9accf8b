"""A ratio of two proportions: how much more often one group passes a stage than another."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.estimate import Estimate
from youthjustice.measures.inputs import FloatArray, check_choice, check_confidence, read
from youthjustice.measures.ratios import koopman, mover
from youthjustice.measures.ratios.ratios import RatioMethod, ratio_estimate


def risk_ratio(
    x1: object,
    n1: object,
    x0: object,
    n0: object,
    confidence: float = 0.95,
    method: str = "koopman",
) -> Estimate:
    """Return (x1/n1) / (x0/n0) with its interval and a p-value of the same method.

    ``x1`` of ``n1`` in the group, ``x0`` of ``n0`` in the reference group: scalars, arrays or
    Series that broadcast. Methods: ``koopman`` (score, Koopman 1984; right at none and at all),
    ``miettinen_nurminen`` (score with N/(N-1), 1985), ``mover`` (Wilson limits, Donner and Zou
    2012), ``katz`` (log, Katz and others 1978; undefined at 0). A ratio to 0 is undefined with an
    infinite upper limit. Raises InputProblem for negative, infinite or textual counts, a numerator
    above its denominator, Series with different indexes, and an unknown method or confidence.

    Nam (1995) prints 2.940 to 7.152 for 36 of 40 against 16 of 80:

    >>> result = risk_ratio(36, 40, 16, 80)
    >>> round(result.value, 3), round(result.lower, 2), round(result.upper, 3)
    (4.5, 2.94, 7.152)
    """
    level = check_confidence(confidence)
    chosen = check_choice("method", method, _METHODS)
    arguments = read({"x1": x1, "n1": n1, "x0": x0, "n0": n0})
    arguments.refuse_part_above_whole(0, 1)
    arguments.refuse_part_above_whole(2, 3)
    return ratio_estimate(arguments, _METHODS, chosen, level)


def _katz_error(x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray) -> FloatArray:
    """Return the standard error of the log ratio; NaN at 0 and at all of both, where it fails."""
    usable = (x1 > 0) & (x0 > 0) & ((x1 < n1) | (x0 < n0))
    return np.where(usable, np.sqrt((n1 - x1) / (n1 * x1) + (n0 - x0) / (n0 * x0)), np.nan)


def _katz_lower(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    error = _katz_error(x1, n1, x0, n0)
    return (x1 * n0) / (n1 * x0) * np.exp(special.ndtri(alpha / 2) * error)


def _katz_p(
    x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, alpha: float
) -> FloatArray:
    error = _katz_error(x1, n1, x0, n0)
    return 2 * special.ndtr(-np.abs(np.log((x1 * n0) / (n1 * x0))) / error)


_METHODS = {
    "koopman": RatioMethod(koopman.lower_limit, koopman.p_value),
    "miettinen_nurminen": RatioMethod(koopman.corrected_lower_limit, koopman.corrected_p_value),
    "mover": RatioMethod(mover.ratio_lower_limit, mover.ratio_p_value),
    "katz": RatioMethod(_katz_lower, _katz_p),
}
