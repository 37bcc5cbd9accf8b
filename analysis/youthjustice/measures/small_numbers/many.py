"""Many comparisons at once: what survives, and how many chance alone would have found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns, check_frame
from youthjustice.measures.disparity import findings
from youthjustice.measures.inputs import FloatArray, check_choice, check_practical, number, read
from youthjustice.measures.labels import names_of, number_cells

_METHODS = ("holm", "benjamini_hochberg", "bh", "bonferroni")
_FOUND = (findings.OVER, findings.UNDER, findings.SMALL)


def adjusted_p_values(p: object, method: str = "holm") -> Any:
    """Return p-values adjusted for being looked at together, as one family.

    ``holm`` (Holm 1979) and ``bonferroni`` keep the chance of any false finding under the level;
    ``benjamini_hochberg``, or ``bh`` (Benjamini and Hochberg 1995), keeps the share of false ones
    among the findings under it. An array or Series in its own shape; missing p-values stay missing
    and are not counted. Raises InputProblem for a p-value outside 0 to 1.

    >>> adjusted_p_values([0.01, 0.04, 0.03], "holm").round(3).tolist()
    [0.03, 0.06, 0.06]
    """
    chosen = check_choice("method", method, _METHODS)
    arguments = read({"p": p})
    values = _check(arguments.numbers[0], lambda at: f"p{arguments.where(at)}")
    family = np.zeros(values.shape, dtype=np.int64)
    return arguments.back(_adjust(values, family, chosen), "p_value_adjusted")


def adjust_for_many(
    index: pd.DataFrame,
    *,
    family: str | Sequence[str] | None = None,
    method: str = "holm",
    level: float = 0.05,
    p_value: str = "p_value",
    practical: tuple[float, float] | None = None,
) -> pd.DataFrame:
    """Add to a table of comparisons what is left of each finding once all are counted.

    ``family`` names the columns whose values define what was looked at together (one table: groups
    and stages of one period); without it the whole frame is one family. Rows without a p-value
    are not counted. Columns added: ``p_value_adjusted`` (see ``adjusted_p_values``),
    ``family_size``, ``survives`` (missing where there is no p-value) and, where the frame has a
    ``finding``, ``finding_adjusted``: a finding of a difference that does not survive ``level`` is
    weakened to a possible difference if the ratio lies outside ``practical`` (by default the range
    of the index, else 0.8 to 1.25) and to no evidence if it lies within; all others are kept. The
    interval and p-value of each single comparison stay as they were. The adjusted p-values are
    those of Holm (1979), Bonferroni, or Benjamini and Hochberg (1995); the weaker words are this
    project's own. Raises InputProblem for an absent column, one that is there already, and a
    p-value outside 0 to 1.

    >>> table = pd.DataFrame({"stage": ["arrest"] * 3, "p_value": [0.01, 0.04, 0.03]})
    >>> adjust_for_many(table, family="stage", method="bh")["p_value_adjusted"].tolist()
    [0.03, 0.04, 0.04]
    """
    chosen = check_choice("method", method, _METHODS)
    limit = _check_level(level)
    values, codes, names = _families(index, family, p_value)
    clash = [
        name
        for name in ("p_value_adjusted", "family_size", "survives", "finding_adjusted")
        if name in index.columns
    ]
    if clash:
        raise InputProblem(f"The frame has a column {clash[0]!r} already; drop it first.")
    adjusted = _adjust(values, codes, chosen)
    known = ~np.isnan(values)
    sizes = np.bincount(codes, weights=known).astype(np.int64)
    result = index.copy()
    result["p_value_adjusted"] = adjusted
    result["family_size"] = sizes[codes]
    survives = pd.array(adjusted < limit, dtype="boolean")
    survives[~known] = pd.NA
    result["survives"] = survives
    if "finding" in index.columns:
        if "value" not in index.columns:
            raise InputProblem(
                "The frame has findings but no column 'value'; keep the ratio beside its finding."
            )
        own = index.attrs.get("practical", (0.8, 1.25))
        low, high = check_practical(own if practical is None else practical)
        ratio = read({"value": index["value"]}).numbers[0]
        large = (ratio < low) | (ratio > high)
        weaker = np.where(large, findings.POSSIBLE, findings.NONE)
        falls = index["finding"].isin(_FOUND).to_numpy(dtype=bool) & known & ~(adjusted < limit)
        # A categorical column takes no word that it has not held before.
        result["finding_adjusted"] = index["finding"].astype(object).where(~falls, weaker)
    result.attrs = {
        **index.attrs,
        "adjustment": "benjamini_hochberg" if chosen == "bh" else chosen,
        "adjustment_level": limit,
        "adjustment_family": names,
    }
    return result


def expected_by_chance(
    index: pd.DataFrame,
    *,
    family: str | Sequence[str] | None = None,
    level: float = 0.05,
    p_value: str = "p_value",
) -> pd.DataFrame:
    """Say how many findings a table would hold if nothing were different.

    One row per family (the whole frame without ``family``): ``comparisons``, ``found`` (p-values
    under ``level``), ``expected`` (comparisons times level) and ``probability``, the chance of at
    least that many if no group differed anywhere. The last is binomial and takes the comparisons
    as independent; groups share one reference, so it is an approximation. Exact tests find fewer
    by chance than the level allows. This project's own use of the binomial. Raises InputProblem as
    ``adjust_for_many`` does.

    >>> table = pd.DataFrame({"p_value": [0.01, 0.04, 0.3, 0.6, None]})
    >>> expected_by_chance(table).round(3)
       comparisons  found  expected  probability
    0            4      2       0.2        0.014
    """
    limit = _check_level(level)
    values, codes, names = _families(index, family, p_value)
    count = int(codes.max(initial=-1)) + 1
    comparisons = np.bincount(codes, weights=~np.isnan(values), minlength=count)
    found = np.bincount(codes, weights=values < limit, minlength=count)
    some = np.where(found > 0, found, 1.0)
    as_many = special.betainc(some, comparisons - some + 1, limit)
    first = np.unique(codes, return_index=True)[1]
    result = index[names].iloc[first].reset_index(drop=True)
    result["comparisons"] = comparisons.astype(np.int64)
    result["found"] = found.astype(np.int64)
    result["expected"] = comparisons * limit
    result["probability"] = np.where(found > 0, as_many, 1.0)
    result.attrs = {"level": limit, "note": "binomial; takes the comparisons as independent"}
    return result


def _adjust(p: FloatArray, family: NDArray[np.int64], method: str) -> FloatArray:
    """Adjust every family at once: families can be thousands, which rules out a loop over them."""
    known = np.flatnonzero(~np.isnan(p))
    adjusted = np.full(p.shape, np.nan)
    if known.size == 0:
        return adjusted
    order = known[np.lexsort((p[known], family[known]))]
    group, sorted_p = family[order], p[order]
    size = np.bincount(group)[group]
    start = np.r_[0, np.flatnonzero(np.diff(group)) + 1]
    rank = np.arange(order.size) - np.repeat(start, np.diff(np.r_[start, order.size]))
    if method == "bonferroni":
        stepped = size * sorted_p
    elif method == "holm":
        stepped = pd.Series((size - rank) * sorted_p).groupby(group).cummax().to_numpy()
    else:
        upward = pd.Series((size / (rank + 1) * sorted_p)[::-1]).groupby(group[::-1]).cummin()
        stepped = upward.to_numpy()[::-1]
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted


def _families(
    index: pd.DataFrame, family: str | Sequence[str] | None, p_value: str
) -> tuple[FloatArray, NDArray[np.int64], list[str]]:
    """Return p-values, the number of each row's family, and the names that define a family."""
    names = names_of("family", family)
    check_frame(index, "index")
    check_columns(index, [p_value, *names])
    values = _check(read({p_value: index[p_value]}).numbers[0], lambda at: f"row {index.index[at]}")
    return values, number_cells(index, names), names


def _check(values: FloatArray, where: Any) -> FloatArray:
    above = values > 1
    if above.any():
        at = int(np.argmax(above))
        raise InputProblem(f"The p-value of {where(at)} is {number(values[at])}; it is at most 1.")
    return values


def _check_level(level: object) -> float:
    if isinstance(level, (int, float, np.integer, np.floating)) and 0 < level < 1:
        return float(level)
    raise InputProblem(f"level is {level!r}; give a number between 0 and 1, such as 0.05.")
