"""Figures that were worked out from counts: shown only where they give no hidden count back.

A percentage with its whole gives its numerator back, a ratio its reference, an interval or a
p-value the count and its size; the percentage of the others gives that of the group back. So a
figure is shown only where all counts in it are shown, and are not too few to say anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.derived import CURVE, Derived
from youthjustice.disclosure.policy import Policy
from youthjustice.errors import InputProblem

FloatArray = NDArray[np.float64]


def shown_figures(
    table: Table, counts: Counts, shown: Mapping[str, FloatArray], policy: Policy
) -> dict[str, FloatArray]:
    """Return each derived column with what may be shown of it.

    ``shown`` are the columns of counts as they may be shown. Under a policy that rounds, figures
    are worked out anew from rounded counts, and what cannot be is hidden.
    """
    return {item.column: _shown(item, table, counts, shown, policy) for item in table.derived}


def _shown(
    item: Derived, table: Table, counts: Counts, shown: Mapping[str, FloatArray], policy: Policy
) -> FloatArray:
    if item.kind == CURVE:
        raise InputProblem(
            f"The column {item.column!r} is a part of a curve, which a table cannot show; release "
            "the curve with release_curve."
        )
    figures = _figures(table.frame, item.column)
    if not policy.hides and policy.base is None:
        return figures
    least = policy.threshold if policy.base is None else policy.base
    number = shown[table.count]
    allowed = number >= least
    of = _denominator(item, table, counts, shown)
    if of is not None:
        allowed &= ~np.isnan(of)
        if item.kind == "percentage":
            allowed &= of >= policy.min_denominator
    if item.reference is not None:
        allowed &= _row_of(counts, item.reference, number) >= least
    if policy.base is not None:
        if of is None or item.kind not in ("percentage", "rate"):
            return np.full(len(figures), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            figures = np.where(np.isnan(figures), np.nan, number / of * item.per)
    if item.decimals is not None:
        figures = np.round(figures, item.decimals)
    return np.asarray(np.where(allowed, figures, np.nan))


def _figures(frame: pd.DataFrame, name: str) -> FloatArray:
    column: Any = frame[name]
    try:
        return np.asarray(pd.to_numeric(column).to_numpy(dtype=np.float64, na_value=np.nan))
    except (TypeError, ValueError):
        raise InputProblem(
            f"The derived column {name!r} holds what is no number; give numbers, or leave it out."
        ) from None


def _denominator(
    item: Derived, table: Table, counts: Counts, shown: Mapping[str, FloatArray]
) -> FloatArray | None:
    """Return for each row what its figure is divided by, NaN where that is hidden."""
    if item.denominator is None:
        return None
    if item.denominator in counts.dimensions:
        return _row_of(counts, (item.denominator, table.total), shown[table.count])
    if item.denominator in shown:
        return shown[item.denominator]
    return _figures(table.frame, item.denominator)


def _row_of(counts: Counts, of: tuple[str, str], numbers: FloatArray) -> FloatArray:
    """Return for each row the number of the row that differs in one dimension only."""
    dimension, category = of
    keys = counts.keys.assign(**{dimension: category})
    known = pd.Series(numbers, index=pd.MultiIndex.from_frame(counts.keys))
    return np.asarray(known.reindex(pd.MultiIndex.from_frame(keys)), dtype=np.float64)
