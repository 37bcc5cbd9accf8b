"""Reading a frame for a Cox regression: a column for each number and for each level but one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import TOTAL, number_cells
from youthjustice.measures.time_to_event.follow_up import (
    FollowUp,
    IntArray,
    in_order,
    numbered,
    read_events,
)

WHITE = "White"
# More levels than this, and a column names children or days and not groups of them.
MOST_LEVELS = 400
_NUMBERS = frozenset({"decimal", "mixed-integer-float", "floating", "integer"})


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient: its covariate and, for a category, its level and the one it is set against."""

    covariate: str
    level: Any = None
    reference: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class CoxDesign:
    """Follow-up, covariates (one column per term), and who belongs to which stratum and cluster.

    ``members`` tells, for each term, the rows at its level, and ``reference_members`` those at its
    reference; every row where it is a number.
    """

    follow: FollowUp
    terms: list[Term]
    matrix: FloatArray
    members: BoolArray
    reference_members: BoolArray
    stratum: IntArray
    cluster: IntArray | None


def read_design(
    frame: pd.DataFrame,
    *,
    time: str,
    event: str,
    covariates: Sequence[str],
    entry: str | None,
    cluster: str | None,
    strata: Sequence[str],
    reference: Mapping[str, Any],
) -> CoxDesign:
    """Check a frame and lay it out. Raises InputProblem, naming the column and the row."""
    optional = [name for name in (entry, cluster) if name is not None]
    check_columns(frame, [time, event, *covariates, *optional, *strata])
    if not covariates:
        raise InputProblem("covariates is empty; name at least one column.")
    unused = [name for name in reference if name not in covariates]
    if unused:
        raise InputProblem(f"reference names {unused[0]!r}, which is not among the covariates.")
    follow = read_events(
        frame[time],
        frame[event],
        entry=None if entry is None else frame[entry],
        names=(time, event, entry or "entry"),
    )
    for name in (*covariates, *strata, *optional):
        _refuse_missing(frame, name)
    terms: list[Term] = []
    columns: list[FloatArray] = []
    for name in covariates:
        for term, column in _covariate(frame[name], name, reference):
            terms.append(term)
            columns.append(column)
    matrix = np.column_stack(columns)
    _refuse_tied(matrix, terms)
    is_number = np.array([term.level is None for term in terms])
    at_reference = [
        np.ones(len(frame), dtype=bool)
        if term.level is None
        else (frame[term.covariate] == term.reference).to_numpy(dtype=bool)
        for term in terms
    ]
    return CoxDesign(
        follow=follow,
        terms=terms,
        matrix=matrix,
        members=(matrix == 1) | is_number,
        reference_members=np.column_stack(at_reference),
        stratum=number_cells(frame, list(strata)),
        cluster=None if cluster is None else number_cells(frame, [cluster]),
    )


def _covariate(
    column: pd.Series[Any], name: str, reference: Mapping[str, Any]
) -> list[tuple[Term, FloatArray]]:
    column = column.infer_objects()
    kind = column.dtype
    if pd.api.types.is_object_dtype(kind) and pd.api.types.infer_dtype(column) in _NUMBERS:
        column = pd.Series(read({name: column}, signed=True).numbers[0])
        kind = column.dtype
    if kind.kind in "mM":
        raise InputProblem(
            f"{name} holds dates or lengths of time; turn it into a number, or into text to compare "
            "its levels."
        )
    if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind):
        if name in reference:
            raise InputProblem(
                f"reference names {name!r}, which is a number; turn it into text to compare levels."
            )
        (values,) = read({name: column}, signed=True).numbers
        if np.ptp(values) == 0:
            raise InputProblem(f"{name} is the same in every row; leave it out of the covariates.")
        return [(Term(name), values)]
    codes, found = numbered(name, column)
    if len(found) > MOST_LEVELS:
        raise InputProblem(
            f"{name} has {len(found)} levels, each of which would be a coefficient; make it a number "
            "or fewer levels, or name it in strata or cluster."
        )
    levels = in_order([v.item() if isinstance(v, np.generic) else v for v in found])
    if TOTAL in levels:
        raise InputProblem(f"{name} holds {TOTAL!r}, a total; leave totals out.")
    if len(levels) < 2:
        raise InputProblem(f"{name} is {levels[0]!r} in every row; leave it out of the covariates.")
    most = list(found)[int(np.argmax(np.bincount(codes)))]
    base = reference.get(name, WHITE if WHITE in levels else most)
    if base not in levels:
        raise InputProblem(
            f"The reference {base!r} is not in {name}; choose one of {', '.join(map(str, levels))}."
        )
    place = {label: at for at, label in enumerate(found)}
    return [
        (Term(name, level, base), (codes == place[level]).astype(np.float64))
        for level in levels
        if level != base
    ]


def _refuse_tied(matrix: FloatArray, terms: list[Term]) -> None:
    """Raise InputProblem where a column is a combination of those before it."""
    centred = matrix - matrix.mean(axis=0)
    size = np.linalg.norm(centred, axis=0)
    scaled = np.linalg.qr(centred / np.where(size > 0, size, 1.0), mode="r")
    diagonal = np.zeros(matrix.shape[1])
    diagonal[: len(scaled)] = np.abs(np.diag(scaled))
    tied = diagonal < 1e-9
    if tied.any():
        term = terms[int(np.argmax(tied))]
        level = "" if term.level is None else f" ({term.level})"
        raise InputProblem(
            f"{term.covariate}{level} follows from the covariates before it, so their parts cannot "
            "be told apart; leave one of them out."
        )


def _refuse_missing(frame: pd.DataFrame, name: str) -> None:
    lacking = frame[name].isna().to_numpy(dtype=bool)
    if lacking.any():
        raise InputProblem(
            f"{name} is missing in row {frame.index[int(np.argmax(lacking))]}; give it, write "
            "Unknown if it is a category, or leave the row out."
        )
