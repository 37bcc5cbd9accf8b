"""A ratio of two rates of events per population."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.estimate import Estimate
from youthjustice.measures.inputs import FloatArray, check_choice, check_confidence, read
from youthjustice.measures.ratios import conditional
from youthjustice.measures.ratios.ratios import RatioMethod, ratio_estimate
from youthjustice.measures.single.rates import method_by_count


def rate_ratio(
    events1: object,
    population1: object,
    events0: object,
    population0: object,
    confidence: float = 0.95,
    method: str = "auto",
) -> Estimate:
    """Return the ratio of two rates with its interval and a p-value of the same method.

    ``events1`` in ``population1`` against the reference ``events0`` in ``population0``: scalars,
    arrays or Series that broadcast. The events are taken as independent; children who bring
    several each make the interval too narrow. Methods, all given the total: ``exact`` (Przyborowski
    and Wilenski 1940, central p-value), ``midp`` (Lancaster 1961), ``score`` and ``wald`` (log) as
    in Gu and others (2008), ``auto`` (exact when a count is under 10, else mid-p). A ratio to 0 is
    undefined with an infinite upper limit. Raises InputProblem for negative, infinite or textual
    counts, Series with different indexes, and an unknown method or confidence.

    The breast cancer and X-ray example of Rothman's textbook:

    >>> result = rate_ratio(41, 28_010, 15, 19_017)
    >>> round(result.value, 4), round(result.lower, 4), round(result.upper, 4), result.method
    (1.8558, 1.0411, 3.4494, 'midp')
    """
    level = check_confidence(confidence)
    chosen = check_choice("method", method, ("auto", *_METHODS))
    arguments = read(
        {
            "events1": events1,
            "population1": population1,
            "events0": events0,
            "population0": population0,
        }
    )
    fewest = np.minimum(arguments.numbers[0], arguments.numbers[2])
    picked = method_by_count(fewest, "auto", "midp") if chosen == "auto" else chosen
    return ratio_estimate(arguments, _METHODS, picked, level)


def _score_lower(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    """Solve (x1 - w x0)^2 = z^2 (x1 + x0) w for the smaller odds w."""
    z = special.ndtri(alpha / 2)
    spread = z * z * (x1 + x0)
    below = 2 * x1 * x0 + spread + np.sqrt(spread * (spread + 4 * x1 * x0))
    return 2 * x1 * x1 / np.where(below > 0, below, 1.0) * (t0 / t1)


def _score_p(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    odds = t1 / t0
    spread = np.sqrt((x1 + x0) * odds)
    return 2 * special.ndtr(-np.abs(x1 - odds * x0) / np.where(spread > 0, spread, 1.0))


def _wald_error(x1: FloatArray, x0: FloatArray) -> FloatArray:
    """Return the standard error of the log ratio; NaN at 0, where it fails."""
    return np.sqrt(np.where((x1 > 0) & (x0 > 0), 1 / x1 + 1 / x0, np.nan))


def _wald_lower(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    return (x1 * t0) / (t1 * x0) * np.exp(special.ndtri(alpha / 2) * _wald_error(x1, x0))


def _wald_p(
    x1: FloatArray, t1: FloatArray, x0: FloatArray, t0: FloatArray, alpha: float
) -> FloatArray:
    return 2 * special.ndtr(-np.abs(np.log((x1 * t0) / (t1 * x0))) / _wald_error(x1, x0))


_METHODS = {
    "exact": RatioMethod(conditional.exact_lower_limit, conditional.exact_p_value),
    "midp": RatioMethod(conditional.midp_lower_limit, conditional.midp_p_value),
    "wald": RatioMethod(_wald_lower, _wald_p),
    "score": RatioMethod(_score_lower, _score_p),
}
