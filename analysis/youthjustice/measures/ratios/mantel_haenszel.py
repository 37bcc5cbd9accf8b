"""One ratio over several strata, by Mantel and Haenszel: for data too few for a regression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import Arguments, FloatArray, check_choice, check_confidence, read


def mantel_haenszel(
    x1: object,
    n1: object,
    x0: object,
    n0: object,
    *,
    basis: str = "stage",
    by: object = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the ratio common to all strata, each element of the arguments being one stratum.

    ``x1`` of ``n1`` in the group and ``x0`` of ``n0`` in the reference group: arrays or Series of
    counts. ``basis="stage"`` pools risk ratios (a numerator is a part of its denominator),
    ``basis="population"`` rate ratios (events per person-time). The ratio is sum(x1 n0 / T) over
    sum(x0 n1 / T), T = n1 + n0 (Mantel and Haenszel 1959; Rothman and Boice 1979 for rates); limits
    and p-value come from the variance of its logarithm (Greenland and Robins 1985), which holds
    for few large strata and for many small ones alike. ``by`` labels the strata, one ratio for
    each label in order of appearance; the labels are the index of the result.

    One row per ratio: ``numerator, denominator, reference_numerator, reference_denominator`` (sums
    over all strata), ``value, lower, upper, p_value, method``, ``strata`` (used),
    ``strata_left_out`` (without children or population on one side, or without events: they say
    nothing about the ratio), ``events_left_out`` (events in them) and ``flags``. No events in the
    group give a ratio of 0 without limits, none in the reference an undefined one. A missing count
    makes its ratio missing. Raises InputProblem for impossible counts and for labels of another
    length.

    Deaths on tolbutamide and placebo under 55 and over (Rothman, Greenland and Lash 2008, table
    15-1, print 1.33 with 90% limits of 0.87 and 2.03):

    >>> pooled = mantel_haenszel([8, 22], [106, 98], [5, 16], [120, 85], confidence=0.90)
    >>> pooled[["value", "lower", "upper"]].round(2)
       value  lower  upper
    0   1.33   0.87   2.03
    """
    kind = check_choice("basis", basis, ("stage", "population"))
    level = check_confidence(confidence)
    arguments = read({"x1": x1, "n1": n1, "x0": x0, "n0": n0})
    if kind == "stage":
        arguments.refuse_part_above_whole(0, 1)
        arguments.refuse_part_above_whole(2, 3)
    code, labels = _labels(by, arguments)
    counts = [np.where(arguments.missing, np.nan, part) for part in arguments.numbers]
    own, of, other, whole = counts
    pooled = pooled_logs(own, of, other, whole, code, len(labels), nested=kind == "stage")
    z = -special.ndtri((1 - level) / 2)
    value, error = pooled["value"].to_numpy(), pooled["error"].to_numpy()
    with np.errstate(divide="ignore"):
        log = np.log(value)
    inside = np.isfinite(log) & np.isfinite(error)
    log, error = np.where(inside, log, np.nan), np.where(inside, error, np.nan)
    sums = [np.bincount(code, weights=part, minlength=len(labels)) for part in counts]
    missing = np.isnan(sums[0] + sums[1] + sums[2] + sums[3])
    fewest = np.minimum(sums[0], sums[2])
    return pd.DataFrame(
        {
            "numerator": sums[0],
            "denominator": sums[1],
            "reference_numerator": sums[2],
            "reference_denominator": sums[3],
            "value": value,
            "lower": np.exp(log - z * error),
            "upper": np.exp(log + z * error),
            "p_value": 2 * special.ndtr(-np.abs(log) / error),
            "method": "mantel_haenszel",
            "strata": pooled["strata"].to_numpy(),
            "strata_left_out": pooled["strata_left_out"].to_numpy(),
            "events_left_out": pooled["events_left_out"].to_numpy(),
            "flags": flag_text(
                missing=missing,
                undefined=~inside & ~missing,
                zero_numerator=fewest == 0,
                small_numerator=fewest < SMALL_NUMERATOR,
                strata_left_out=pooled["strata_left_out"].to_numpy() > 0,
            ),
        },
        index=labels,
    )


def pooled_logs(
    x1: FloatArray,
    n1: FloatArray,
    x0: FloatArray,
    n0: FloatArray,
    code: NDArray[np.int64],
    size: int,
    *,
    nested: bool,
) -> pd.DataFrame:
    """Return for every code the pooled ratio and the standard error of its logarithm.

    ``nested`` pools risks, else rates. A missing count makes the ratio of its code missing.
    """
    missing = np.isnan(x1 + n1 + x0 + n0)
    used = missing | ((n1 > 0) & (n0 > 0) & (x1 + x0 > 0))
    whole = np.where(used, n1 + n0, 1.0)
    own, other = x1 * n0 / whole, x0 * n1 / whole
    # The variance of Greenland and Robins (1985), for rates and, less a term, for risks.
    spread = n1 * n0 * (x1 + x0) / whole**2
    if nested:
        spread = spread - x1 * x0 / whole
    above, below, variance = (
        np.bincount(code, weights=np.where(used, part, 0.0), minlength=size)
        for part in (own, other, spread)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(below > 0, above / below, np.nan)
        # Where everyone in every stratum has the outcome the variance is 0 and says nothing.
        error = np.sqrt(np.where(variance > 0, variance, np.nan) / (above * below))
    count = np.bincount(code, minlength=size)
    strata = np.bincount(code[used], minlength=size)
    lost = np.where(used, 0.0, np.nan_to_num(x1) + np.nan_to_num(x0))
    return pd.DataFrame(
        {
            "value": value,
            "error": error,
            "strata": strata,
            "strata_left_out": count - strata,
            "events_left_out": np.bincount(code, weights=lost, minlength=size),
        }
    )


def _labels(by: Any, arguments: Arguments) -> tuple[NDArray[np.int64], pd.Index]:
    size = arguments.missing.size
    if by is None:
        return np.zeros(size, dtype=np.int64), pd.RangeIndex(1)
    if isinstance(by, (pd.DataFrame, Mapping, Set)) or getattr(by, "ndim", 1) > 1:
        raise InputProblem(f"by is a {type(by).__name__}; give one label for each stratum.")
    index = by.index if isinstance(by, pd.Series) else None
    if index is not None and arguments.index is not None and not index.equals(arguments.index):
        raise InputProblem(
            "by and the counts are Series with different indexes; give them the same index in the "
            "same order, or take columns of one frame."
        )
    alone = isinstance(by, str) or not isinstance(by, Iterable)
    given = pd.Series([by] if alone else list(by), dtype=object)
    if len(given) != size:
        raise InputProblem(
            f"by has {len(given)} labels and there are {size} strata; give one label for each."
        )
    if given.isna().any():
        raise InputProblem("A label in by is missing; give every stratum one.")
    try:
        code, labels = pd.factorize(given)
    except TypeError:
        raise InputProblem("by holds values that cannot be labels; give text or numbers.") from None
    return code.astype(np.int64), pd.Index(labels, tupleize_cols=False)
