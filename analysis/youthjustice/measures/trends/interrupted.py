"""Interrupted series: the step and the change of slope of a rate at a date fixed in advance."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_confidence,
    check_minimum,
    number,
)
from youthjustice.measures.trends.log_lines import durbin_watson_bound, newey_west_covariance
from youthjustice.measures.trends.periods import PANDEMIC, Points, as_date, read_points, tidy, years

MODELS = ("quasi_poisson", "poisson")
_WORDS = {"quasi_poisson": "segmented quasi-Poisson", "poisson": "segmented Poisson"}
_MOST_HARMONICS = 6
_LARGEST_ERROR = 50.0


def interrupted_series(
    frame: pd.DataFrame,
    *,
    at: object,
    period: str = "period_end",
    numerator: str,
    denominator: str | None = None,
    by: str | Sequence[str] | None = None,
    slope: bool = True,
    harmonics: int = 0,
    model: str = "quasi_poisson",
    quantile: str = "t",
    flagged: object = PANDEMIC,
    confidence: float = 0.95,
    minimum_points: float = 5,
) -> pd.DataFrame:
    """Give the step and the change of slope at a date, one row per series and term.

    The model is ln E(x) = ln n + b0 + b1 t + b2 after + b3 (t - t0) after, with t in years,
    ``after`` true from ``at`` on and t0 the first such period of the series (Wagner and others
    2002; Lopez Bernal and others 2017, with its correction), and with ``harmonics`` pairs of sines
    and cosines of the year. ``slope=False`` leaves out b3: decide it beforehand, not after a look.
    ``term`` is one of

    - ``trend_before``: exp(b1), the annual change before;
    - ``step``: exp(b2), the level at t0 over what the earlier line says for it;
    - ``slope_change``: exp(b3), the annual change after over that before;
    - ``trend_after``: exp(b1 + b3).

    Each has ``value, lower, upper, p_value, method, flags``, ``hac_lower`` and ``hac_upper`` with
    Newey and West (1987) errors, or the model's where those are wider, ``points_before``,
    ``points_after``, ``dispersion`` (Pearson chi-square over residual degrees of freedom) and
    ``durbin_watson``. ``quasi_poisson`` multiplies errors by the root of the dispersion, never
    under 1, with Student's t on the residual degrees of freedom; ``quantile="normal"`` is what the
    published tutorials use. With fewer than ``minimum_points`` on a side, or no more points than
    terms, the row says so and nothing is calculated.

    A step has no comparator here: whatever else changed on that date is in it. Flags are those of
    ``trend`` and ``not_converged``. Raises InputProblem for a date that is none, a missing column,
    a period that is no date or stands twice, and impossible counts.

    A rate that halves at once and then falls by a tenth a year, as it did before:

    >>> ends = pd.date_range("2010-12-31", periods=12, freq="YE")
    >>> level = 4000 * 0.9 ** np.arange(12) * np.where(np.arange(12) < 6, 1, 0.5)
    >>> yearly = pd.DataFrame({"period_end": ends, "children": level})
    >>> found = interrupted_series(yearly, at="2016-01-01", numerator="children")
    >>> found[["term", "value"]].round(6).values.tolist()
    [['trend_before', 0.9], ['step', 0.5], ['slope_change', 1.0], ['trend_after', 0.9]]
    """
    date = as_date("at", at)
    options = _Options(
        at=date,
        slope=bool(slope),
        harmonics=_waves(harmonics),
        model=check_choice("model", model, MODELS),
        quantile=check_choice("quantile", quantile, ("t", "normal")),
        confidence=check_confidence(confidence),
        least=check_minimum("minimum_points", minimum_points),
    )
    points = read_points(
        frame,
        period=period,
        numerator=numerator,
        denominator=denominator,
        by=by,
        flagged=flagged,
    )
    keys = points.keys.drop(columns="segment")
    starts = np.flatnonzero(np.diff(points.series, prepend=-1))
    rows = [_one(points, np.arange(*ends), options) for ends in _ranges(starts, len(points.x))]
    terms = options.terms
    found = pd.DataFrame([row for series in rows for row in series], columns=_COLUMNS)
    repeated = keys.iloc[np.repeat(np.arange(len(keys)), len(terms))].reset_index(drop=True)
    columns: dict[str, object] = {name: found[name].to_numpy() for name in _COLUMNS}
    attrs = {**frame.attrs, "confidence": options.confidence, "at": date}
    return tidy(repeated, columns, attrs)


_COLUMNS = [
    "term",
    "value",
    "lower",
    "upper",
    "p_value",
    "method",
    "finding",
    "flags",
    "hac_lower",
    "hac_upper",
    "points_before",
    "points_after",
    "dispersion",
    "durbin_watson",
]


@dataclass(frozen=True, slots=True)
class _Options:
    at: pd.Timestamp
    slope: bool
    harmonics: int
    model: str
    quantile: str
    confidence: float
    least: float

    @property
    def terms(self) -> dict[str, list[int]]:
        """Name each term and the columns of the design it adds up."""
        before = {"trend_before": [1], "step": [2]}
        return {**before, "slope_change": [3], "trend_after": [1, 3]} if self.slope else before


def _ranges(starts: np.ndarray, size: int) -> list[tuple[int, int]]:
    return list(zip(starts.tolist(), [*starts.tolist()[1:], size], strict=False))


def _one(points: Points, rows: np.ndarray, options: _Options) -> list[dict[str, object]]:
    """Fit one series and return a row per term."""
    used = rows[~points.missing[rows] & ~points.empty[rows]]
    time, x = points.time[used], points.x[used]
    after = (points.period.iloc[used] >= options.at).to_numpy()
    common: dict[str, object] = dict.fromkeys(_COLUMNS, np.nan)
    common |= {"method": "", "points_before": int((~after).sum()), "points_after": int(after.sum())}
    design = _design(time, after, options)
    raised = {
        "few_points": min((~after).sum(), after.sum()) < options.least,
        "missing": points.missing[rows].any(),
        "denominator_zero": points.empty[rows].any(),
        "no_events": used.size > 0 and x.sum() == 0,
        "small_numerator": (x < SMALL_NUMERATOR).any(),
        "not_whole": (x != np.floor(x)).any(),
        "flagged_periods": points.flagged[rows].any(),
    }
    reason = _reason(raised, design, x, after, options)
    fit = None if reason else _fit(design, x, points.n[used], options)
    if fit is not None:
        raised |= {
            "overdispersed": fit.dispersion > 1.5,
            "autocorrelated": fit.durbin_watson < durbin_watson_bound(x.size, design.shape[1]),
            "not_converged": not fit.converged,
        }
        reason = "" if fit.converged else "not calculated: the fit did not converge"
        common |= {"method": _WORDS[options.model]}
        common |= {"dispersion": fit.dispersion, "durbin_watson": fit.durbin_watson}
    common["flags"] = ";".join(name for name, flag in raised.items() if flag)
    found = []
    for term, columns in options.terms.items():
        row = {**common, "term": term, "finding": reason}
        if fit is not None and fit.converged:
            row |= fit.term(columns)
        found.append(row)
    return found


def _reason(
    raised: dict[str, object],
    design: FloatArray,
    x: FloatArray,
    after: np.ndarray,
    options: _Options,
) -> str:
    """Say why a series has no fit, or nothing."""
    if raised["few_points"]:
        side = "after" if after.sum() < options.least else "before"
        return f"not calculated: fewer than {number(options.least)} points {side}"
    if len(x) <= design.shape[1]:
        return "not calculated: no more points than terms"
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return "not calculated: the terms cannot be told apart"
    if x[after].sum() == 0 or x[~after].sum() == 0:
        return "not calculated: no events on one side"
    return ""


def _design(time: FloatArray, after: np.ndarray, options: _Options) -> FloatArray:
    # The line is centred where the step is, which keeps the columns apart.
    first = time[after][0] if after.any() else years(pd.Series([options.at]))[0]
    columns = [np.ones(time.size), time - first, after.astype(np.float64)]
    if options.slope:
        columns.append(np.where(after, time - first, 0.0))
    for wave in range(1, options.harmonics + 1):
        columns += [np.sin(2 * np.pi * wave * time), np.cos(2 * np.pi * wave * time)]
    return np.column_stack(columns)


@dataclass(frozen=True, slots=True)
class _Fit:
    beta: FloatArray
    covariance: FloatArray
    hac: FloatArray
    dispersion: float
    durbin_watson: float
    converged: bool
    freedom: float
    quantile: float

    def term(self, columns: list[int]) -> dict[str, object]:
        """Return the ratio that the sum of some coefficients stands for."""
        pick = np.zeros(self.beta.size)
        pick[columns] = 1
        log = float(pick @ self.beta)
        error, hac = (
            float(np.sqrt(max(float(pick @ matrix @ pick), 0.0)))
            for matrix in (self.covariance, self.hac)
        )
        reach = self.quantile * error
        p_value = 2 * special.stdtr(self.freedom, -abs(log) / error) if error > 0 else np.nan
        wide = self.quantile * max(error, hac)
        with np.errstate(over="ignore"):
            value, lower, upper, hac_lower, hac_upper = np.exp(
                [log, log - reach, log + reach, log - wide, log + wide]
            ).tolist()
        finding = "lower" if upper < 1 else "higher" if lower > 1 else "no evidence of a change"
        return {
            "value": value,
            "lower": lower,
            "upper": upper,
            "p_value": float(p_value),
            "finding": finding,
            "hac_lower": hac_lower,
            "hac_upper": hac_upper,
        }


def _fit(design: FloatArray, x: FloatArray, n: FloatArray, options: _Options) -> _Fit:
    from statsmodels.genmod import families  # type: ignore[import-untyped]
    from statsmodels.genmod.generalized_linear_model import GLM  # type: ignore[import-untyped]
    from statsmodels.stats.stattools import durbin_watson  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they say becomes the flag not_converged
        model = GLM(x, design, family=families.Poisson(), offset=np.log(n))
        plain = model.fit(maxiter=200, tol=1e-12)
    covariance = np.asarray(plain.cov_params())
    dispersion = float(plain.pearson_chi2 / plain.df_resid)
    quasi = options.model == "quasi_poisson"
    tail = (1 + options.confidence) / 2
    freedom = float(plain.df_resid) if quasi and options.quantile == "t" else np.inf
    return _Fit(
        beta=np.asarray(plain.params),
        covariance=covariance * (max(dispersion, 1.0) if quasi else 1.0),
        hac=newey_west_covariance(design * (x - plain.mu)[:, None], covariance),
        dispersion=dispersion,
        durbin_watson=float(durbin_watson(plain.resid_pearson)),
        # A term that runs off to infinity stops somewhere, with an error that says nothing.
        converged=bool(plain.converged) and bool((plain.bse < _LARGEST_ERROR).all()),
        freedom=freedom,
        quantile=float(special.stdtrit(freedom, tail) if freedom < np.inf else special.ndtri(tail)),
    )


def _waves(harmonics: object) -> int:
    if (
        isinstance(harmonics, bool)
        or not isinstance(harmonics, (int, np.integer))
        or not 0 <= harmonics <= _MOST_HARMONICS
    ):
        raise InputProblem(
            f"harmonics is {harmonics!r}; give a whole number from 0 to {_MOST_HARMONICS}."
        )
    return int(harmonics)
