"""The trend of a rate: how much higher or lower it is a year later, segment by segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import BoolArray, FloatArray, TextArray, number
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.trends.periods import PANDEMIC, Points, tidy
from youthjustice.measures.trends.trend_fit import Fit, exp_limits, read_and_fit

RISING = "rising"
FALLING = "falling"
NO_EVIDENCE = "no evidence of a change"
NO_EVENTS = "not calculated: no events"
NOT_DEFINED = "not calculated: undefined"


def trend(
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
) -> pd.DataFrame:
    """Give the change of a rate from one year to the next as a ratio, one row per segment.

    ``numerator`` and ``denominator`` name columns of counts (without a denominator the counts
    themselves are the series), ``period`` the column of dates on which periods end, ``by`` the
    columns that tell series apart. ``breaks`` are dates from which a series is another one (a new
    definition, a new boundary): no line crosses them, each segment has its own row. The model is
    ln E(x) = ln n + a + b t, t in years, and a change of exp(b): 0.93 is 7% a year lower. Columns:

    - ``segment``, ``first_period``, ``last_period``, ``points`` (periods in the fit);
    - ``value``, ``lower``, ``upper``, ``p_value``, ``method``, ``finding``, ``flags``: the annual
      change. ``auto`` is Poisson (normal limits), or quasi-Poisson when the dispersion is above
      ``dispersion_limit``: errors times its root, Student's t on the residual degrees of freedom
      (as R's ``summary.glm``), never narrower than Poisson. ``negative_binomial`` (Breslow 1984)
      is the other answer to the same problem, with the same t;
    - ``hac_lower``, ``hac_upper``: the annual change with Newey and West (1987) errors, or the
      model's where those are wider, as from few points Newey and West's come out too small;
    - ``dispersion`` (Pearson chi-square of the Poisson model over its degrees of freedom) and
      ``durbin_watson`` of the Pearson residuals (about 2 when they are independent);
    - ``change``, ``change_lower``, ``change_upper``, ``change_p_value``, ``change_method``: last
      period against first from their counts alone (``rate_ratio``, so chance of a Poisson count and
      no more), given from two points on;
    - ``fitted_change``, ``fitted_change_lower``, ``fitted_change_upper``: the same along the line.

    Flags: ``few_points`` (under ``minimum_points``: no line), ``missing`` (points were left out
    because a count is missing), ``denominator_zero``, ``no_events``, ``small_numerator`` (a count
    under 10), ``not_whole`` (implied counts: limits are approximate), ``overdispersed``,
    ``autocorrelated`` (a Durbin-Watson under its upper 5% bound: limits are too narrow; few points
    seldom show it), ``flagged_periods`` (``flagged`` names them by the beginning of their ISO date;
    they stay in the fit unless ``exclude_flagged``), ``flagged_ends`` (the first or the last of
    those compared is one), ``flagged_left_out``, ``undefined``. Events are taken as independent.
    Where the numerator is a large part of the denominator (a share of 40%) there is less chance
    than in a count of events, so limits are too wide, never too narrow. Raises InputProblem for a
    missing column, a period that is no date or stands twice, and impossible counts.

    Deaths from AIDS in Australia, 14 quarters from 1983 (Whyte and others 1987). With quarters as
    time, R prints a slope of 0.25652, four of which make a year:

    >>> ends = pd.date_range("1983-03-31", periods=14, freq="QE")
    >>> deaths = [0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45]
    >>> found = trend(pd.DataFrame({"period_end": ends, "deaths": deaths}), numerator="deaths")
    >>> row = found.loc[0]
    >>> round(float(np.log(row["value"])) / 4, 5), row["finding"], row["flags"]
    (0.25652, 'rising', 'small_numerator;overdispersed;autocorrelated')
    """
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
    with np.errstate(invalid="ignore"):
        p_value = 2 * special.stdtr(fit.freedom, -np.abs(fit.slope / fit.slope_error))
    annual = exp_limits("value", fit.slope, fit.slope_error, fit.quantile)
    hac = exp_limits("hac", fit.slope, fit.hac_error, fit.hac_quantile)
    along = exp_limits(
        "fitted_change", fit.slope * fit.span, fit.slope_error * fit.span, fit.quantile
    )
    first, last = _ends(points, fit)
    ends = _first_to_last(points, fit, first, last)
    columns: dict[str, object] = {
        "first_period": ends.pop("first_period"),
        "last_period": ends.pop("last_period"),
        "points": fit.size.astype(np.int64),
        "value": annual["value"],
        "lower": annual["value_lower"],
        "upper": annual["value_upper"],
        "p_value": p_value,
        "method": fit.method,
        "finding": _findings(fit, annual["value_lower"], annual["value_upper"]),
        "flags": _flags(points, fit, first, last),
        "hac_lower": hac["hac_lower"],
        "hac_upper": hac["hac_upper"],
        "dispersion": fit.dispersion,
        "durbin_watson": fit.durbin_watson,
        **ends,
        **along,
    }
    return tidy(points.keys, columns, {**frame.attrs, "confidence": fit.confidence})


def _ends(points: Points, fit: Fit) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of the first and the last period of each segment, -1 where there is none."""
    rows = np.flatnonzero(fit.used)
    of = points.segment[rows]
    first, last = np.full(len(points.keys), -1), np.full(len(points.keys), -1)
    last[of] = rows  # the last of several assignments stays
    first[of[::-1]] = rows[::-1]
    return first, last


def _first_to_last(
    points: Points, fit: Fit, first: NDArray[np.int64], last: NDArray[np.int64]
) -> dict[str, object]:
    """Compare the last period of each segment with its first, from their counts alone."""
    some = last >= 0
    x, n = (np.append(part, np.nan) for part in (points.x, points.n))
    again = np.where(last > first, last, -1)  # one point has no change
    found = rate_ratio(x[again], n[again], x[first], n[first], confidence=fit.confidence)
    dates = points.period.to_numpy()
    nothing = np.datetime64("NaT")
    return {
        "first_period": np.where(some, dates[first], nothing) if len(dates) else dates,
        "last_period": np.where(some, dates[last], nothing) if len(dates) else dates,
        "change": found.value,
        "change_lower": found.lower,
        "change_upper": found.upper,
        "change_p_value": found.p_value,
        "change_method": np.where(last > first, np.asarray(found.method, dtype=object), ""),
    }


def _findings(fit: Fit, lower: FloatArray, upper: FloatArray) -> TextArray:
    few = f"not calculated: fewer than {number(fit.least)} points"
    conditions = [fit.few, fit.events == 0, np.isnan(fit.slope), upper < 1, lower > 1]
    words = [few, NO_EVENTS, NOT_DEFINED, FALLING, RISING]
    choices = [np.full(fit.size.shape, word, dtype=object) for word in words]
    return np.select(conditions, choices, default=np.array(NO_EVIDENCE, dtype=object))


def _flags(
    points: Points, fit: Fit, first: NDArray[np.int64], last: NDArray[np.int64]
) -> TextArray:
    def anywhere(rows: BoolArray) -> BoolArray:
        found = np.bincount(points.segment[rows], minlength=len(points.keys)) > 0
        return np.asarray(found)

    no_events = (fit.events == 0) & (fit.size > 0)
    flagged = np.append(points.flagged, False)
    return flag_text(
        few_points=fit.few,
        missing=anywhere(points.missing),
        denominator_zero=anywhere(points.empty),
        no_events=no_events,
        undefined=~fit.few & ~no_events & np.isnan(fit.slope),
        small_numerator=anywhere(fit.used & (points.x < SMALL_NUMERATOR)),
        not_whole=anywhere(fit.used & (points.x != np.floor(points.x))),
        overdispersed=fit.overdispersed,
        autocorrelated=fit.autocorrelated,
        flagged_periods=anywhere(points.flagged),
        flagged_ends=flagged[first] | flagged[last],
        flagged_left_out=anywhere(points.flagged & ~fit.used & ~points.missing & ~points.empty),
    )
