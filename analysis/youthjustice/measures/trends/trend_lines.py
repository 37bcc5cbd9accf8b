"""The line of a trend with its band, period by period, beside what was observed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import check_positive
from youthjustice.measures.trends.periods import PANDEMIC, tidy
from youthjustice.measures.trends.trend_fit import exp_limits, read_and_fit


def trend_line(
    frame: pd.DataFrame,
    *,
    period: str = "period_end",
    numerator: str,
    denominator: str | None = None,
    by: str | Sequence[str] | None = None,
    model: str = "auto",
    breaks: object = (),
    flagged: object = PANDEMIC,
    exclude_flagged: bool = False,
    confidence: float = 0.95,
    minimum_points: float = 5,
    dispersion_limit: float = 1.5,
    per: float | None = None,
) -> pd.DataFrame:
    """Give every period's observed rate beside the line of ``trend``, for a chart.

    Arguments are those of ``trend``. One row per period: the keys, ``segment``, the period,
    ``numerator``, ``denominator``, ``observed``, ``fitted`` with ``lower`` and ``upper`` (the band
    of the line, not of the points), ``in_fit`` and ``flagged``. Rates are per ``per``: 100,000
    when there is a denominator, else 1. Where ``trend`` gives no line, ``fitted`` is missing.
    Raises InputProblem as ``trend`` does.

    >>> ends = pd.date_range("2019-12-31", periods=5, freq="YE")
    >>> entrants = pd.DataFrame({"period_end": ends, "children": [80, 40, 20, 10, 5]})
    >>> trend_line(entrants, numerator="children")["fitted"].round(6).tolist()
    [80.0, 40.0, 20.0, 10.0, 5.0]
    """
    scale = check_positive("per", (100_000 if denominator else 1) if per is None else per)
    points, fit = read_and_fit(
        frame,
        period=period,
        numerator=numerator,
        denominator=denominator,
        by=by,
        model=model,
        breaks=breaks,
        flagged=flagged,
        exclude_flagged=exclude_flagged,
        confidence=confidence,
        minimum_points=minimum_points,
        dispersion_limit=dispersion_limit,
    )
    of = points.segment
    away = points.time - fit.centre[of]
    log_rate = fit.level[of] + fit.slope[of] * away
    error = np.hypot(fit.level_error[of], fit.slope_error[of] * away)
    line = exp_limits("fitted", log_rate, error, fit.quantile[of])
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = np.where(points.n > 0, points.x / points.n, np.nan)
    columns: dict[str, object] = {
        period: points.period.to_numpy(),
        "numerator": points.x,
        "denominator": points.n if denominator else np.full(len(points.n), np.nan),
        "observed": scale * observed,
        "fitted": scale * line["fitted"],
        "lower": scale * line["fitted_lower"],
        "upper": scale * line["fitted_upper"],
        "in_fit": fit.used & ~np.isnan(fit.slope[of]),
        "flagged": points.flagged,
    }
    keys = points.keys.iloc[of].reset_index(drop=True)
    attrs = {**frame.attrs, "confidence": fit.confidence, "per": scale}
    return tidy(keys, columns, attrs)
