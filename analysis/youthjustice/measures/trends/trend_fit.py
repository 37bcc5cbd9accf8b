"""Which line a segment gets: the model, its errors and its quantile, or no line and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import (
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
    number,
)
from youthjustice.measures.trends.log_lines import (
    Lines,
    durbin_watson_bound,
    fit_lines,
    has_slope,
)
from youthjustice.measures.trends.periods import Points, read_points

MODELS = ("auto", "poisson", "quasi_poisson", "negative_binomial")
LEAST_POINTS = 3
_WORDS = {
    "poisson": "Poisson regression on time",
    "quasi_poisson": "quasi-Poisson regression on time",
    "negative_binomial": "negative binomial regression on time",
}


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines, one element per segment (NaN where there is none); errors are the model's own.

    ``hac_error`` is Newey and West's, or the model's where that is wider.
    """

    used: BoolArray
    size: FloatArray
    events: FloatArray
    few: BoolArray
    least: float
    confidence: float
    slope: FloatArray
    slope_error: FloatArray
    level: FloatArray
    level_error: FloatArray
    centre: FloatArray
    span: FloatArray
    hac_error: FloatArray
    dispersion: FloatArray
    durbin_watson: FloatArray
    freedom: FloatArray
    quantile: FloatArray
    hac_quantile: FloatArray
    method: TextArray
    overdispersed: BoolArray
    autocorrelated: BoolArray


def read_and_fit(
    frame: pd.DataFrame,
    *,
    period: str,
    numerator: str,
    denominator: str | None,
    by: object,
    model: str,
    breaks: object,
    flagged: object,
    exclude_flagged: bool,
    confidence: float,
    minimum_points: float,
    dispersion_limit: float,
) -> tuple[Points, Fit]:
    """Read the periods of a frame and fit a line to every segment that can have one."""
    points = read_points(
        frame,
        period=period,
        numerator=numerator,
        denominator=denominator,
        by=by,
        breaks=breaks,
        flagged=flagged,
    )
    used = ~points.missing & ~points.empty & ~(points.flagged & bool(exclude_flagged))
    return points, fit_trends(points, used, model, confidence, minimum_points, dispersion_limit)


def fit_trends(
    points: Points,
    used: BoolArray,
    model: str,
    confidence: float,
    minimum_points: float,
    dispersion_limit: float,
) -> Fit:
    """Fit a line through the points that are used; raise InputProblem for odd options."""
    chosen = check_choice("model", model, MODELS)
    level = check_confidence(confidence)
    least = check_minimum("minimum_points", minimum_points)
    if not LEAST_POINTS <= least < np.inf:
        raise InputProblem(
            f"minimum_points is {number(least)}; a line with an interval needs at least "
            f"{LEAST_POINTS} points."
        )
    limit = check_positive("dispersion_limit", dispersion_limit)
    count = len(points.keys)
    of = points.segment[used]
    size = np.bincount(of, minlength=count).astype(np.float64)
    events = np.bincount(of, weights=points.x[used], minlength=count).astype(np.float64)
    few = size < least
    able = ~few & has_slope(points.time[used], points.x[used], of, count)
    rows = used & able[points.segment]
    renumbered = np.cumsum(able) - 1
    lines = _lines(points, rows, renumbered, chosen) if able.any() else None

    def spread_out(name: str) -> FloatArray:
        whole = np.full(count, np.nan)
        if lines is not None:
            whole[able] = getattr(lines, name)
        return whole

    dispersion, freedom, alpha = (spread_out(name) for name in ("dispersion", "freedom", "alpha"))
    over = able & (dispersion > limit)
    scaled = over if chosen == "auto" else np.full(count, chosen == "quasi_poisson")
    inflate = np.where(scaled, np.sqrt(np.maximum(dispersion, 1)), 1.0)
    estimated = scaled | (alpha > 0)
    names = np.where(scaled, "quasi_poisson", "poisson").astype(object)
    if chosen == "negative_binomial":
        names = np.where(alpha > 0, chosen, "poisson").astype(object)
    tail = (1 + level) / 2
    student = np.asarray(special.stdtrit(np.where(able, freedom, 1.0), tail), dtype=np.float64)
    slope_error = spread_out("slope_error") * inflate
    durbin_watson = spread_out("durbin_watson")
    return Fit(
        used=used,
        size=size,
        events=events,
        few=few,
        least=least,
        confidence=level,
        slope=spread_out("slope"),
        slope_error=slope_error,
        level=spread_out("level"),
        level_error=spread_out("level_error") * inflate,
        centre=spread_out("centre"),
        span=_span(points.time[used], of, count),
        # From few points Newey and West's error comes out too small, so the wider one is taken.
        hac_error=np.maximum(spread_out("hac_error"), slope_error),
        dispersion=dispersion,
        durbin_watson=durbin_watson,
        freedom=np.where(estimated, freedom, np.inf),
        quantile=np.where(estimated, student, special.ndtri(tail)),
        hac_quantile=student,
        method=np.where(able, pd.Series(names).map(_WORDS).to_numpy(dtype=object), ""),
        overdispersed=over,
        autocorrelated=durbin_watson < durbin_watson_bound(np.where(able, size, 3.0), 2),
    )


def _lines(points: Points, rows: BoolArray, renumbered: NDArray[np.int64], chosen: str) -> Lines:
    of = renumbered[points.segment[rows]]
    spread = np.ones(of.max() + 1, dtype=bool) if chosen == "negative_binomial" else None
    return fit_lines(points.time[rows], points.x[rows], points.n[rows], of, spread)


def _span(time: FloatArray, of: NDArray[np.int64], count: int) -> FloatArray:
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, of, time)
    np.maximum.at(last, of, time)
    return np.where(np.isfinite(first), last - first, np.nan)


def exp_limits(
    name: str, log: FloatArray, error: FloatArray, quantile: FloatArray
) -> dict[str, FloatArray]:
    """Return a ratio with its limits as three columns, from its logarithm."""
    with np.errstate(over="ignore"):
        return {
            name: np.exp(log),
            f"{name}_lower": np.exp(log - quantile * error),
            f"{name}_upper": np.exp(log + quantile * error),
        }
