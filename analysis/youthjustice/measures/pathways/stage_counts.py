"""Laying counts of stages out as a block: cells x stages x groups, missing where there is no row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns, check_frame
from youthjustice.measures.disparity.group_table import read_groups
from youthjustice.measures.inputs import BoolArray, FloatArray, number, read
from youthjustice.measures.labels import GROUP_ORDER, number_cells, one_label, read_labels
from youthjustice.measures.pathways.stages_table import Stages, read_basis

USUAL_COUNTS = ("numerator", "count", "children", "value")


@dataclass(frozen=True, slots=True)
class StageCounts:
    """Counts and own denominators (cells x stages x groups), and what names their places.

    ``cells`` has one row for every cell, ``present`` (cells x groups) tells which groups a cell
    has, ``row`` is the position in the frame or -1, ``labels`` are the labels of its rows, and
    ``basis`` is what the frame says of the own denominators of every stage.
    """

    cells: pd.DataFrame
    group: str
    labels: pd.Index[Any]
    groups: tuple[Any, ...]
    reference: int
    unknown: BoolArray
    count: FloatArray
    own: FloatArray
    present: BoolArray
    row: NDArray[np.int64]
    basis: tuple[str, ...]

    @property
    def in_frame(self) -> BoolArray:
        """Tell which stages have a row."""
        return np.asarray((self.row >= 0).any(axis=(0, 2)))

    @property
    def has_own(self) -> BoolArray:
        """Tell which stages have a denominator of their own."""
        return np.asarray(~np.isnan(self.own).all(axis=(0, 2)))


def read_counts(
    frame: pd.DataFrame,
    stages: Stages,
    *,
    group: str,
    reference: str,
    count: str | None,
    denominator: str | None,
    by: str | Sequence[str] | None,
    unknown: Sequence[str],
) -> StageCounts:
    """Check a frame of counts by stage and group, and lay it out. Raises InputProblem."""
    check_frame(frame)
    for role, name in (("group", group), ("count", count), ("denominator", denominator)):
        if not isinstance(name, str) and (name is not None or role == "group"):
            raise InputProblem(f"{role} is {name!r}; name one column.")
    reference = one_label("reference", reference)
    by = _names(by)
    keys = [*by, "stage", group]
    named = _count_column(frame, {*keys, denominator}) if count is None else count
    check_columns(frame, [*keys, named, *([] if denominator is None else [denominator])])
    again = f"{named} again"
    bare = frame[[*keys, named]].assign(
        **{denominator or again: frame[named if denominator is None else denominator]}
    )
    _check_stages(frame, stages)
    # Every check of groups stands there with its sentence; the order of its rows is not needed.
    read_groups(
        bare,
        group=group,
        reference=reference,
        numerator=named,
        denominator=denominator or again,
        by=[*by, "stage"],
        unknown=unknown,
        nested=False,
    )
    labels = frame[group].astype(object)
    groups = _in_order(labels)
    cell = number_cells(frame, by)
    stage = _places(stages.names, frame["stage"].astype(object))
    place = (cell, stage, _places(groups, labels))
    shape = (int(cell.max(initial=-1)) + 1, len(stages.names), len(groups))
    counts, own = np.full((2, *shape), np.nan)
    row = np.full(shape, -1, dtype=np.int64)
    counts[place] = read({named: frame[named]}).numbers[0]
    row[place] = np.arange(len(frame))
    if denominator is not None:
        own[place] = read({denominator: frame[denominator]}).numbers[0]
    first = np.unique(cell, return_index=True)[1]
    return StageCounts(
        cells=frame[by].iloc[first].reset_index(drop=True),
        group=group,
        labels=frame.index,
        groups=groups,
        reference=groups.index(reference) if groups else 0,
        unknown=np.array([name in unknown for name in groups], dtype=bool),
        count=counts,
        own=own,
        present=np.asarray((row >= 0).any(axis=1)),
        row=row,
        basis=_frame_bases(frame, stages, stage, denominator),
    )


def refuse_above_parent(counts: StageCounts, stages: Stages, stage: int) -> None:
    """Raise InputProblem where a count of a nested stage is above its parent's."""
    parent = stages.parent[stage]
    part, whole = counts.count[:, stage], counts.count[:, parent]
    above = part > whole
    if above.any():
        at = tuple(np.argwhere(above)[0])
        raise InputProblem(
            f"{_row(counts, stages, stage, at)} counts {number(part[at])}, above the "
            f"{number(whole[at])} of its parent {stages.names[parent]}; a part cannot be above "
            "its whole, so correct one, or leave the parent empty where it is none."
        )


def refuse_other_denominator(counts: StageCounts, stages: Stages, stage: int) -> None:
    """Raise InputProblem where a row's own denominator is not the count of its parent."""
    parent = stages.parent[stage]
    own, whole = counts.own[:, stage], counts.count[:, parent]
    other = ~np.isnan(own) & ~np.isnan(whole) & (own != whole)
    if other.any():
        at = tuple(np.argwhere(other)[0])
        raise InputProblem(
            f"{_row(counts, stages, stage, at)} has the denominator {number(own[at])}, and "
            f"its parent {stages.names[parent]} counts {number(whole[at])}; leave the denominator "
            "missing, or the parent empty."
        )


def _row(counts: StageCounts, stages: Stages, stage: int, at: tuple[Any, ...]) -> str:
    keys = [f"{name} {counts.cells[name].iloc[at[0]]}" for name in counts.cells.columns]
    keys += [f"stage {stages.names[stage]}", f"{counts.group} {counts.groups[at[1]]}"]
    return f"Row {counts.labels[counts.row[at[0], stage, at[1]]]} ({', '.join(keys)})"


def _names(by: str | Sequence[str] | None) -> list[str]:
    if by is None or isinstance(by, str):
        return [] if by is None else [by]
    if not isinstance(by, Iterable) or not all(isinstance(name, str) for name in by):
        shown = " ".join(repr(by).split())
        raise InputProblem(f"by is {shown}; name a column, or list the names of columns.")
    return list(by)


def _count_column(frame: pd.DataFrame, taken: set[str | None]) -> str:
    found = [name for name in USUAL_COUNTS if name in frame.columns and name not in taken]
    if len(found) != 1:
        what = " and ".join(found) if found else f"none of {', '.join(USUAL_COUNTS)}"
        raise InputProblem(
            f"count is not named, and the frame has {what}; name the column of counts."
        )
    return found[0]


def _check_stages(frame: pd.DataFrame, stages: Stages) -> None:
    strange = ~read_labels(frame, "stage").those_in(stages.names)
    if strange.any():
        at = int(np.argmax(strange))
        listed = ", ".join(map(str, stages.names))
        raise InputProblem(
            f"Row {frame.index[at]} has the stage {frame['stage'].iloc[at]!r}, which the table of "
            f"stages does not have; add it there, or write one of {listed}."
        )


def _places(names: tuple[Any, ...], labels: pd.Series[Any]) -> NDArray[np.intp]:
    return np.asarray(pd.Index(names, dtype=object).get_indexer(pd.Index(labels, dtype=object)))


def _in_order(labels: pd.Series[Any]) -> tuple[Any, ...]:
    """Return the groups in the usual order, and then others by the alphabet."""
    listed = {name: place for place, name in enumerate(GROUP_ORDER)}
    return tuple(
        sorted(labels.unique(), key=lambda name: (listed.get(name, len(listed)), str(name)))
    )


def _frame_bases(
    frame: pd.DataFrame, stages: Stages, stage: NDArray[np.intp], denominator: str | None
) -> tuple[str, ...]:
    """Return what the frame's own column says of every stage's denominators."""
    column = next((n for n in ("denominator_basis", "basis") if n in frame.columns), None)
    if column is None or denominator is None:
        return ("",) * len(stages.names)
    told = frame[column].astype(object).where(frame[denominator].notna())
    bases = []
    for place, name in enumerate(stages.names):
        words = told[stage == place].dropna().unique()
        if len(words) > 1:
            raise InputProblem(
                f"The rows of {name!r} have the bases {' and '.join(map(repr, words))} in "
                f"{column}; a stage has one."
            )
        bases.append(read_basis(words[0], f"of {name!r} in {column}") if len(words) else "")
    return tuple(bases)
