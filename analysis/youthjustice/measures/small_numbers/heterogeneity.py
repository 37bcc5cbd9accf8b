"""Whether single years disagree by more than chance about how a group compares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_keys, check_names
from youthjustice.measures.disparity.group_table import read_groups
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import FloatArray, check_choice
from youthjustice.measures.labels import names_of

_HALVINGS = 100
_METHODS = {"score": "score test", "likelihood_ratio": "likelihood ratio test"}


def heterogeneity(
    frame: pd.DataFrame,
    group: str | Sequence[str] = "ethnic_group",
    reference: object = "White",
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None = None,
    period: str = "period_end",
    basis: str = "population",
    method: str = "score",
    unknown: str | Sequence[str] = ("Unknown",),
) -> pd.DataFrame:
    """Test whether one ratio to the reference fits every period, a row per ``by`` and group.

    Given each period's total, per ``population`` the events of the group are binomial with a common
    rate ratio (Breslow and Day 1987, section 3.6); at a ``stage`` both shares are binomial with a
    common risk ratio (Gart and Nam 1990). ``method="score"`` adds up the squared distances from
    what the common ratio expects, ``"likelihood_ratio"`` the lost log likelihood; both are
    chi-square with one degree of freedom less than there are periods. Columns: ``periods``,
    ``value`` (the common ratio, most likely), ``lowest`` and ``highest`` single-period ratio,
    ``statistic``, ``degrees_of_freedom``, ``p_value``, ``method``, ``flags``. Periods without
    events in both are left out; a missing count makes the row missing. With small counts
    (``small_numerator``) the p-value is approximate, and finding nothing is no proof that years
    agree. Raises InputProblem as ``relative_rate_index`` does.

    Custody among those sentenced, England and Wales: the ratio of Black to White children was 1.52,
    2.57 and 0.91 in three years, which chance does not explain:

    >>> years = pd.DataFrame({"period_end": ["2023-03-31", "2024-03-31", "2025-03-31"] * 2,
    ...     "ethnic_group": ["Black"] * 3 + ["White"] * 3, "custody": [78, 86, 38, 210, 218, 217],
    ...     "sentenced": [889, 563, 731, 3636, 3667, 3808]})
    >>> found = heterogeneity(years, numerator="custody", denominator="sentenced", basis="stage")
    >>> found[["ethnic_group", "value", "statistic", "p_value"]].round(2)
      ethnic_group  value  statistic  p_value
    0        Black   1.62      26.93      0.0
    """
    chosen = check_choice("basis", basis, ("population", "stage"))
    how = check_choice("method", method, _METHODS)
    keys, by_group = names_of("by", by), names_of("group", group)
    check_names((*keys, period))
    if period in keys:
        raise InputProblem(f"{period!r} is the period that is compared; take it out of by.")
    table = read_groups(
        frame,
        group=group,
        reference=reference,
        numerator=numerator,
        denominator=denominator,
        by=[*keys, period],
        unknown=names_of("unknown", unknown),
        nested=chosen == "stage",
    )
    compared = table.known & ~table.is_reference
    x1, n1, x0, n0 = (part[compared] for part in (table.x, table.n, table.x0, table.n0))
    named = [*keys, *by_group]
    heads = table.keys.loc[compared, named].reset_index(drop=True)
    numbered = heads.groupby(named, dropna=False, sort=False, observed=True).ngroup()
    cell = np.asarray(numbered, dtype=np.int64)
    result = heads.loc[~heads.duplicated()].reset_index(drop=True)
    size = len(result)
    missing = _per(cell, np.isnan(x1 + n1 + x0 + n0), size) > 0
    with np.errstate(invalid="ignore"):
        used = (n1 > 0) & (n0 > 0) & (x1 + x0 > 0)
    model = _Rates if chosen == "population" else _Shares
    fit = model(x1[used], n1[used], x0[used], n0[used])
    place = cell[used]
    both = (_per(place, x1[used], size) > 0) & (_per(place, x0[used], size) > 0)
    periods = _per(place, np.ones(place.size), size)
    common = _solve(fit, place, both & ~missing, size)
    parts = fit.distance(common[place]) if how == "score" else fit.loss(common[place])
    # Years that agree exactly may lose less than nothing by a rounding error.
    total = np.maximum(_per(place, parts, size), 0.0)
    statistic = np.where(both & ~missing, total, np.nan)
    freedom = np.maximum(periods - 1, 0)
    answered = both & ~missing & (freedom > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        single = np.where(x0 > 0, (x1 * n0) / (n1 * x0), np.inf)[used]
    fewest = np.full(size, np.inf)
    np.minimum.at(fewest, place, np.minimum(x1, x0)[used])
    lowest, highest = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(lowest, place, single)
    np.maximum.at(highest, place, single)
    shown = both & ~missing
    columns = {
        "periods": periods.astype(np.int64),
        "value": np.where(shown, common, np.nan),
        "lowest": np.where(shown, lowest, np.nan),
        "highest": np.where(shown, highest, np.nan),
        "statistic": np.where(answered, statistic, np.nan),
        "degrees_of_freedom": freedom.astype(np.int64),
        "p_value": np.where(
            answered, special.chdtrc(np.maximum(freedom, 1), np.nan_to_num(statistic)), np.nan
        ),
        "method": f"{_METHODS[how]} of a common ratio",
        "flags": flag_text(
            missing=missing,
            undefined=~missing & ~answered,
            small_numerator=answered & (fewest < SMALL_NUMERATOR),
        ),
    }
    check_keys(named, columns)
    result = pd.concat([result, pd.DataFrame(columns, index=result.index)], axis=1)
    result.attrs = {**frame.attrs, "basis": chosen, "reference": reference, "period": period}
    return result


class _Rates:
    """Events of the group given each period's total: binomial, the log ratio added to the odds."""

    def __init__(self, x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray) -> None:
        self.x1, self.x0, self.odds = x1, x0, n1 / n0

    def _share(self, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
        odds = ratio * self.odds
        return odds / (1 + odds), 1 / (1 + odds)

    def pull(self, ratio: FloatArray) -> FloatArray:
        """Return the slope of each log likelihood in the log ratio."""
        return self.x1 - (self.x1 + self.x0) * self._share(ratio)[0]

    def distance(self, ratio: FloatArray) -> FloatArray:
        """Return each period's squared distance from what the ratio expects, in its variance."""
        share, rest = self._share(ratio)
        return self.pull(ratio) ** 2 / ((self.x1 + self.x0) * share * rest)

    def loss(self, ratio: FloatArray) -> FloatArray:
        """Return twice the log likelihood each period loses to the common ratio."""
        share, rest = self._share(ratio)
        total = self.x1 + self.x0
        lost = special.xlogy(self.x1, self.x1 / (total * share))
        return np.asarray(2 * (lost + special.xlogy(self.x0, self.x0 / (total * rest))))


class _Shares:
    """Those who pass in both groups: binomials, the shares of each period in a common ratio."""

    def __init__(self, x1: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray) -> None:
        self.x1, self.n1, self.x0, self.n0 = x1, n1, x0, n0

    def _shares(self, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the most likely shares under the ratio (closed form: Nam 1995)."""
        some = self.x1 + self.x0
        middle = self.n1 * ratio + self.x1 + self.n0 + self.x0 * ratio
        root = np.sqrt(np.maximum(middle**2 - 4 * (self.n1 + self.n0) * ratio * some, 0.0))
        p0 = np.minimum(2 * some / (middle + root), 1.0)
        return np.minimum(ratio * p0, 1.0), p0

    def pull(self, ratio: FloatArray) -> FloatArray:
        """Return the slope of each log likelihood in the log ratio.

        Both groups give the same slope; the one whose share is further from all is divided by.
        """
        p1, p0 = self._shares(ratio)
        first = p1 <= p0
        above = np.where(first, self.x1 - self.n1 * p1, self.n0 * p0 - self.x0)
        rest = np.where(first, 1 - p1, 1 - p0)
        return np.where(rest > 0, above / np.where(rest > 0, rest, 1.0), 0.0)

    def distance(self, ratio: FloatArray) -> FloatArray:
        """Return each period's chi-square of both groups at the ratio (Koopman 1984)."""
        slope = self.pull(ratio)
        parts = [
            (1 - x / n) / np.where(left > 0, left, np.inf)
            for x, n, left in (
                (self.x1, self.n1, self.x1 - slope),
                (self.x0, self.n0, self.x0 + slope),
            )
        ]
        return np.asarray(slope**2 * (parts[0] + parts[1]))

    def loss(self, ratio: FloatArray) -> FloatArray:
        """Return twice the log likelihood each period loses to the common ratio."""
        p1, p0 = self._shares(ratio)
        return 2 * (_surprise(self.x1, self.n1, p1) + _surprise(self.x0, self.n0, p0))


def _surprise(x: FloatArray, n: FloatArray, p: FloatArray) -> FloatArray:
    """Return the log likelihood of x of n at its own share less that at p."""
    with np.errstate(divide="ignore"):
        own = special.xlogy(x, x / n) + special.xlog1py(n - x, -x / n)
        return np.asarray(own - special.xlogy(x, p) - special.xlog1py(n - x, -p))


def _per(cell: NDArray[np.int64], part: NDArray[np.generic], size: int) -> FloatArray:
    return np.bincount(cell, weights=part, minlength=size).astype(np.float64)


def _solve(
    model: _Rates | _Shares, cell: NDArray[np.int64], wanted: NDArray[np.bool_], size: int
) -> FloatArray:
    """Return the most likely common ratio of each cell, by halving; the slope falls through 0."""
    low, high = np.full(size, -40.0), np.full(size, 40.0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        rising = _per(cell, np.nan_to_num(model.pull(np.exp(middle)[cell])), size) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.where(wanted, np.exp(0.5 * (low + high)), 1.0)
