"""The model matrix of a regression: an intercept, covariates, and a column for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.measures.adjusted.regression_rows import Rows
from youthjustice.measures.inputs import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """A model matrix: an intercept, one column for each group but the reference, covariates.

    ``matrix`` has one row for each pattern of the data, with ``x`` of ``n`` in it; ``pattern``
    numbers the rows of the data by pattern. ``columns`` holds the column of each group (-1 for
    the reference and for groups that are not in the model); ``redundant`` counts the columns left
    out because others imply them.
    """

    matrix: FloatArray
    x: FloatArray
    n: FloatArray
    pattern: NDArray[np.int64]
    columns: NDArray[np.int64]
    redundant: int


def model_matrix(rows: Rows, inside: BoolArray, *, collapse: bool, covariates: bool) -> Design:
    """Lay out the rows that are ``inside`` as a model matrix.

    ``collapse`` adds together rows that the model cannot tell apart, which changes no estimate of
    a binary outcome. Numeric covariates are centred and scaled: ratios of groups do not depend on
    it and the fit is steadier. Columns that others already imply are left out.
    """
    frame, group = rows.frame[inside].reset_index(drop=True), rows.group[inside]
    names = [name for name, kind in rows.kinds.items() if kind != "constant" and covariates]
    pattern = np.arange(len(frame), dtype=np.int64)
    if collapse:
        keys = [pd.Series(group), *(frame[name] for name in names)]
        pattern = _numbered(frame, keys)
    first = np.unique(pattern, return_index=True)[1]
    count = len(first)
    present = [at for at in range(len(rows.groups)) if (group == at).any()]
    compared = [at for at in present if at != rows.reference]
    dummies = (group[first][:, None] == np.array(compared, dtype=np.int64)).astype(np.float64)
    covered = [_covariate(frame[name], rows.kinds[name], first) for name in names]
    whole = np.hstack([np.ones((count, 1)), *covered, dummies])
    # Groups come last in the search, so that it is covariates that give way to one another first.
    kept = _independent(whole)
    matrix = whole[:, kept]
    columns = np.full(len(rows.groups), -1, dtype=np.int64)
    start = whole.shape[1] - len(compared)
    estimable = _estimable(whole)
    for place, at in enumerate(compared):
        if start + place in kept and estimable[start + place]:
            columns[at] = kept.index(start + place)
    return Design(
        matrix=matrix,
        x=np.bincount(pattern, weights=rows.x[inside], minlength=count).astype(np.float64),
        n=np.bincount(pattern, weights=rows.n[inside], minlength=count).astype(np.float64),
        pattern=pattern,
        columns=columns,
        redundant=whole.shape[1] - len(kept),
    )


def part(rows: Rows, inside: BoolArray) -> tuple[FloatArray, FloatArray, NDArray[np.int64] | None]:
    """Return x, n and the clusters, numbered from 0, of the rows that are ``inside``."""
    cluster = rows.cluster
    if cluster is not None:
        cluster = np.unique(cluster[inside], return_inverse=True)[1]
    return rows.x[inside], rows.n[inside], cluster


def strata(rows: Rows) -> NDArray[np.int64]:
    """Return a number for every row, the same for rows with the same covariates."""
    return _numbered(rows.frame, [rows.frame[name] for name in rows.kinds])


def _numbered(frame: pd.DataFrame, keys: list[pd.Series[Any]]) -> NDArray[np.int64]:
    return np.asarray(frame.groupby(keys, sort=False, observed=True).ngroup(), dtype=np.int64)


def _covariate(column: pd.Series, kind: str, first: NDArray[np.intp]) -> FloatArray:
    """Return the columns of one covariate, for the first row of every pattern."""
    if kind == "linear":
        values = column.to_numpy(dtype=np.float64)
        values = values / max(float(np.abs(values).max()), 1e-300)  # the largest have no square
        spread = values.std()
        line = (values - values.mean()) / (spread if spread > 0 else 1.0)
        return np.asarray(line[first][:, None], dtype=np.float64)
    levels = sorted(column.unique(), key=str)
    codes = pd.Index(levels, dtype=object).get_indexer(column.astype(object))[first]
    base = int(np.argmax(np.bincount(codes, minlength=len(levels))))
    others = [at for at in range(len(levels)) if at != base]
    return np.asarray(codes[:, None] == np.array(others, dtype=np.int64), dtype=np.float64)


def _independent(matrix: FloatArray) -> list[int]:
    """Return, in order, the columns that are not combinations of those before them."""
    basis = np.zeros((matrix.shape[0], 0))
    kept: list[int] = []
    for at in range(matrix.shape[1]):
        column = matrix[:, at]
        rest = column - basis @ (basis.T @ column)
        rest = rest - basis @ (basis.T @ rest)  # twice is enough for full precision
        size = float(np.linalg.norm(rest))
        if size > 1e-8 * max(float(np.linalg.norm(column)), 1e-300):
            basis = np.column_stack([basis, rest / size])
            kept.append(at)
    return kept


def _estimable(matrix: FloatArray) -> BoolArray:
    """Tell the columns whose coefficient the data determine, whichever columns are left out."""
    right = np.linalg.svd(matrix.T @ matrix, hermitian=True)
    rank = right[1] > 1e-10 * right[1].max(initial=1e-300)
    span = right[2][rank]
    return np.asarray((span**2).sum(axis=0) > 1 - 1e-6)
