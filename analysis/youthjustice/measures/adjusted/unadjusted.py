"""Counts and the ratio without covariates, to stand beside an adjusted one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.adjusted.count_models import from_columns, modified_poisson
from youthjustice.measures.adjusted.design import model_matrix, part
from youthjustice.measures.adjusted.regression_rows import Rows
from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.ratios.risk_ratios import risk_ratio

# Where all of both groups have the outcome the standard error is 0 but for rounding.
_LEAST_ERROR = 1e-7


def unadjusted(rows: Rows, basis: str, confidence: float) -> pd.DataFrame:
    """Return counts and the ratio without covariates, one row per group.

    The ratio of ``rate_ratio`` or ``risk_ratio``; with clusters its limits come from a modified
    Poisson regression on the groups alone, so that they too allow for children in several rows.
    """
    size, reference = len(rows.groups), rows.reference
    x = np.bincount(rows.group, weights=rows.x, minlength=size)
    n = np.bincount(rows.group, weights=rows.n, minlength=size)
    measure = rate_ratio if basis == "population" else risk_ratio
    plain = measure(x, n, x[reference], n[reference], confidence=confidence)
    columns = {"value": plain.value, "lower": plain.lower, "upper": plain.upper}
    columns |= {"p_value": plain.p_value, "method": np.broadcast_to(plain.method, (size,))}
    if rows.cluster is not None:
        error = np.full(size, np.nan)
        inside = (x > 0)[rows.group]
        if x[reference] > 0:
            design = model_matrix(rows, inside, collapse=True, covariates=False)
            fit = modified_poisson(design, *part(rows, inside))
            error = from_columns(fit, design)[1]
        lower, upper, p = log_limits(plain.value, error, confidence)
        columns |= {"lower": lower, "upper": upper, "p_value": p}
        columns["method"] = np.full(size, "modified_poisson", dtype=object)
    own = np.arange(size) == reference
    columns["method"] = np.where(own, "", columns["method"])
    for name in ("value", "lower", "upper", "p_value"):
        columns[name] = np.where(own, np.nan, columns[name])
    columns["value"][reference] = 1.0 if x[reference] > 0 else np.nan
    table = pd.DataFrame({f"unadjusted_{name}": column for name, column in columns.items()})
    return pd.concat([pd.DataFrame({"numerator": x, "denominator": n}), table], axis=1)


def log_limits(
    value: FloatArray, error: FloatArray, confidence: float, freedom: float = np.inf
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return limits and a two-sided p-value for a ratio whose logarithm has a standard error.

    From the normal distribution or, with a finite ``freedom``, from Student's t.
    """
    tail = (1 - confidence) / 2
    exact = np.isfinite(freedom)
    z = -(special.stdtrit(freedom, tail) if exact else special.ndtri(tail))
    log = np.log(np.where(value > 0, value, np.nan))
    sound = np.where(error > _LEAST_ERROR, error, np.nan)
    score = -np.abs(log) / sound
    p = 2 * (special.stdtr(freedom, score) if exact else special.ndtr(score))
    with np.errstate(over="ignore"):  # t with one degree of freedom reaches far
        return np.exp(log - z * sound), np.exp(log + z * sound), np.asarray(p)
