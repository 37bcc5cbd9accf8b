"""Reading a frame for a regression: who is compared, with what covariates, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.group_table import GROUP_ORDER, TOTAL
from youthjustice.measures.inputs import BoolArray, FloatArray, number, read

_ROLES = "group, numerator, denominator, covariates and cluster"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a frame that can be used, and what each column is.

    ``group`` numbers the rows by ``groups`` (in the usual order, the reference among them);
    ``cluster`` numbers them by child, or is None; ``kinds`` says of each covariate whether it is
    ``linear``, ``by category`` or ``constant``. ``left_out`` counts the rows that are not here, by
    reason, and ``rows_lost`` by group.
    """

    frame: pd.DataFrame
    groups: list[str]
    reference: int
    group: NDArray[np.int64]
    x: FloatArray
    n: FloatArray
    cluster: NDArray[np.int64] | None
    kinds: dict[str, str]
    left_out: dict[str, int]
    rows_lost: NDArray[np.int64]


def read_rows(
    frame: pd.DataFrame,
    *,
    group: str,
    reference: str,
    numerator: str,
    denominator: str | None,
    covariates: Sequence[str],
    cluster: str | None,
    unknown: Sequence[str],
    nested: bool,
) -> Rows:
    """Check a frame and keep the rows that have every value, counting the rest.

    Without a ``denominator`` every row is one child and the numerator is 0 or 1. Raises
    InputProblem, naming the row.
    """
    wanted = [group, numerator, *([] if denominator is None else [denominator]), *covariates]
    _check_columns(frame, [*wanted, *([] if cluster is None else [cluster])])
    if not covariates:
        raise InputProblem(
            "covariates is empty; name at least one, or use relative_rate_index for a ratio that "
            "is not adjusted."
        )
    if reference in unknown:
        raise InputProblem(f"The reference {reference!r} is also among the unknown groups.")
    keys = [group, *covariates]
    x, n = _counts(frame, keys, numerator, denominator, nested=nested)
    labels = frame[group].astype(object)
    _check_labels(frame, keys, aggregated=denominator is not None)
    known = ~labels.isin(list(unknown)).to_numpy(dtype=bool)
    incomplete = frame[[*covariates, *([] if cluster is None else [cluster])]].isna().any(axis=1)
    missing = np.isnan(x) | np.isnan(n) | incomplete.to_numpy(dtype=bool)
    empty = known & ~missing & (n == 0)
    used = known & ~missing & ~empty
    groups = _in_order(labels[known])
    if reference not in groups:
        raise InputProblem(
            f"There is no row for the reference {reference!r} in {group}; add it, or name another "
            "group as the reference."
        )
    code = np.asarray(pd.Index(groups, dtype=object).get_indexer(pd.Index(labels)), dtype=np.int64)
    kept = frame.loc[used, keys].reset_index(drop=True)
    return Rows(
        frame=kept,
        groups=groups,
        reference=groups.index(reference),
        group=code[used],
        x=x[used],
        n=n[used],
        cluster=None if cluster is None else pd.factorize(frame.loc[used, cluster])[0],
        kinds={name: _kind(kept[name]) for name in covariates},
        left_out={
            "unknown_group": int((~known).sum()),
            "missing_value": int((known & missing).sum()),
            "no_denominator": int(empty.sum()),
        },
        rows_lost=np.bincount(code[known & ~used], minlength=len(groups)),
    )


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


def _counts(
    frame: pd.DataFrame, keys: list[str], numerator: str, denominator: str | None, *, nested: bool
) -> tuple[FloatArray, FloatArray]:
    if denominator is None:
        column = frame[numerator]
        outcome = column.astype("Float64") if pd.api.types.is_bool_dtype(column) else column
        (x,) = read({numerator: outcome}).numbers
        wrong = ~np.isnan(x) & (x != 0) & (x != 1)
        if wrong.any():
            at = int(np.argmax(wrong))
            raise InputProblem(
                f"{numerator} is {number(x[at])} in {_row(frame, keys, at)}; without a denominator "
                "every row is one child, and it must be 0 or 1."
            )
        return x, np.ones(x.shape)
    x, n = read({numerator: frame[numerator], denominator: frame[denominator]}).numbers
    above = x > n
    if nested and above.any():
        raise InputProblem(
            f"{numerator} is above {denominator} in {_row(frame, keys, int(np.argmax(above)))}; at "
            "a stage the numerator is a part of the denominator, so correct one of them."
        )
    return x, n


def _check_columns(frame: pd.DataFrame, wanted: list[str]) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(f"frame is a {type(frame).__name__}; give a pandas DataFrame.")
    for name in wanted:
        if name not in frame.columns:
            found = ", ".join(map(str, frame.columns))
            raise InputProblem(f"The frame has no column {name!r}; its columns are {found}.")
        if wanted.count(name) > 1 or list(frame.columns).count(name) > 1:
            raise InputProblem(f"The column {name!r} is used twice; each of {_ROLES} is its own.")


def _check_labels(frame: pd.DataFrame, keys: list[str], *, aggregated: bool) -> None:
    group = keys[0]
    lacking = frame[group].isna().to_numpy(dtype=bool)
    if lacking.any():
        row = _row(frame, keys, int(np.argmax(lacking)))
        raise InputProblem(f"{_upper(row)} has no {group}; write Unknown where it is not known.")
    for name in keys:
        total = (frame[name].astype(object) == TOTAL).to_numpy(dtype=bool)
        if total.any():
            row = _row(frame, keys, int(np.argmax(total)))
            raise InputProblem(
                f"{_upper(row)} is a total over {name}; leave totals out, or the children count "
                "twice."
            )
        if pd.api.types.is_float_dtype(frame[name].dtype) and np.isinf(frame[name]).any():
            row = _row(frame, keys, int(np.argmax(np.isinf(frame[name].to_numpy()))))
            raise InputProblem(f"{name} is infinite in {row}; correct it or leave it missing.")
    if aggregated and frame.duplicated().any():
        row = _row(frame, keys, int(np.argmax(frame.duplicated().to_numpy(dtype=bool))))
        raise InputProblem(
            f"{_upper(row)} stands twice in every column; take it out, or add a column that tells "
            "the two apart."
        )


def _kind(column: pd.Series) -> str:
    """Say how a covariate enters: a number as a line, anything else by category."""
    if column.nunique() < 2:
        return "constant"
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "linear" if numeric else "by category"


def _covariate(column: pd.Series, kind: str, first: NDArray[np.intp]) -> FloatArray:
    """Return the columns of one covariate, for the first row of every pattern."""
    if kind == "linear":
        values = column.to_numpy(dtype=np.float64)
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


def _in_order(labels: pd.Series) -> list[str]:
    found = set(labels)
    others = sorted(found - set(GROUP_ORDER), key=str)
    return [name for name in GROUP_ORDER if name in found] + others


def _row(frame: pd.DataFrame, keys: list[str], at: int) -> str:
    """Name a row by its index label and its keys."""
    values = ", ".join(f"{name} {frame[name].iloc[at]}" for name in keys)
    return f"row {frame.index[at]} ({values})"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
