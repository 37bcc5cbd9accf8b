"""Reading a frame for a regression: who is compared, with what covariates, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, number, read
from youthjustice.measures.labels import GROUP_ORDER, TOTAL, read_labels
from youthjustice.measures.rows import refuse_above, refuse_row, refuse_totals, row_words


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a frame that can be used, and what each column is.

    ``group`` numbers the rows by ``groups`` (in the usual order, the reference among them);
    ``cluster`` numbers them by child, or is None; ``kinds`` says of each covariate whether it is
    ``linear``, ``by category`` or ``constant``. ``left_out`` counts the rows that are not here, by
    reason, and ``rows_lost`` by group; ``unknown`` has the counts of each unknown group.
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
    unknown: pd.DataFrame


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
    check_columns(frame, [*wanted, *([] if cluster is None else [cluster])])
    if not covariates:
        raise InputProblem(
            "covariates is empty; name at least one, or use relative_rate_index for a ratio that "
            "is not adjusted."
        )
    if reference in unknown:
        raise InputProblem(f"The reference {reference!r} is also among the unknown groups.")
    keys = [group, *covariates]
    x, n = _counts(frame, keys, numerator, denominator, nested=nested)
    for name in [*keys, *([] if cluster is None else [cluster])]:
        read_labels(frame, name)
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
        unknown=_sums(group, labels[~known], x[~known], n[~known]),
    )


def _sums(group: str, labels: pd.Series[Any], x: FloatArray, n: FloatArray) -> pd.DataFrame:
    """Return counts and rows of every label; a sum leaves missing counts out."""
    counts = pd.DataFrame({group: labels.to_numpy(), "numerator": x, "denominator": n, "rows": 1})
    return counts.groupby(group, sort=True).sum(min_count=1).reset_index()


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
                f"{numerator} is {number(x[at])} in {row_words(frame, keys, at)}; without a denominator "
                "every row is one child, and it must be 0 or 1."
            )
        return x, np.ones(x.shape)
    x, n = read({numerator: frame[numerator], denominator: frame[denominator]}).numbers
    if nested:
        refuse_above(frame, keys, numerator, denominator, (x, n))
    return x, n


def _check_labels(frame: pd.DataFrame, keys: list[str], *, aggregated: bool) -> None:
    group = keys[0]
    lacking = frame[group].isna().to_numpy(dtype=bool)
    refuse_row(frame, keys, lacking, f"has no {group}; write Unknown where it is not known.")
    for name in keys:
        total = (frame[name].astype(object) == TOTAL).to_numpy(dtype=bool)
        refuse_totals(frame, keys, total, name)
        if pd.api.types.is_complex_dtype(frame[name].dtype):
            raise InputProblem(f"{name} holds complex numbers; give real numbers or text.")
        if pd.api.types.is_float_dtype(frame[name].dtype):
            infinite = np.isinf(frame[name].to_numpy(dtype=np.float64, na_value=np.nan))
            if infinite.any():
                row = row_words(frame, keys, int(np.argmax(infinite)))
                raise InputProblem(f"{name} is infinite in {row}; correct it or leave it missing.")
    twice = _stand_twice(frame) if aggregated else np.zeros(0, dtype=bool)
    what = "stands twice in every column; take it out, or add a column that tells the two apart."
    refuse_row(frame, keys, twice, what)


def _stand_twice(frame: pd.DataFrame) -> BoolArray:
    try:
        twice = frame.duplicated()
    except TypeError:  # a column that plays no part may hold lists
        twice = frame.astype(str).duplicated()
    return twice.to_numpy(dtype=bool)


def _kind(column: pd.Series) -> str:
    """Say how a covariate enters: a number as a line, anything else by category."""
    if column.nunique() < 2:
        return "constant"
    numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "linear" if numeric else "by category"


def _in_order(labels: pd.Series) -> list[str]:
    found = set(labels)
    others = sorted(found - set(GROUP_ORDER), key=str)
    return [name for name in GROUP_ORDER if name in found] + others
