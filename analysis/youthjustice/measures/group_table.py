"""Reading a frame of groups: one row per cell and group, in order, its reference at its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import BoolArray, FloatArray, read

GROUP_ORDER = ("Asian", "Black", "Mixed", "White", "Other", "Unknown")
TOTAL = "All"


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Counts of every group, of the reference in the same cell, and of all known groups together.

    ``x`` and ``n`` are the group's numerator and denominator, ``x0`` and ``n0`` the reference's;
    ``all_x`` and ``all_n`` are sums over the known groups, NaN for a group that is not known.
    """

    keys: pd.DataFrame
    x: FloatArray
    n: FloatArray
    x0: FloatArray
    n0: FloatArray
    all_x: FloatArray
    all_n: FloatArray
    is_reference: BoolArray
    known: BoolArray


def read_groups(
    frame: pd.DataFrame,
    *,
    group: str,
    reference: str,
    numerator: str,
    denominator: str,
    by: list[str],
    unknown: Sequence[str],
    nested: bool,
) -> GroupTable:
    """Check a frame of counts by group and lay it out in order.

    Cells (``by``) keep their order of appearance; groups stand as Asian, Black, Mixed, White,
    Other, Unknown and then others by the alphabet. ``nested`` refuses numerators above their
    denominators. Raises InputProblem, naming the row.
    """
    keys = [*by, group]
    _check_columns(frame, keys, numerator, denominator)
    if reference in unknown:
        raise InputProblem(f"The reference {reference!r} is also among the unknown groups.")
    counts = read({numerator: frame[numerator], denominator: frame[denominator]})
    labels = frame[group].astype(object)
    cell = np.zeros(len(frame), dtype=np.int64)
    if by:
        numbered = frame.groupby(by, dropna=False, sort=False, observed=True).ngroup()
        cell = np.asarray(numbered, dtype=np.int64)
    _check_rows(frame, keys, group, labels)
    if nested:
        above = counts.numbers[0] > counts.numbers[1]
        if above.any():
            at = int(np.argmax(above))
            raise InputProblem(
                f"{numerator} is above {denominator} in {_row(frame, keys, at)}; at a stage the "
                "numerator is a part of the denominator, so correct one of them."
            )
    order = _order(cell, labels)
    cell, x, n = cell[order], counts.numbers[0][order], counts.numbers[1][order]
    labels = labels.iloc[order]
    is_reference = (labels == reference).to_numpy(dtype=bool)
    known = ~labels.isin(list(unknown)).to_numpy(dtype=bool)
    row_of = _reference_rows(
        frame, by, group, reference, cell=cell, order=order, is_reference=is_reference
    )
    table = GroupTable(
        keys=frame[keys].iloc[order].reset_index(drop=True),
        x=x,
        n=n,
        x0=x[row_of],
        n0=n[row_of],
        all_x=_total(x, cell, known),
        all_n=_total(n, cell, known),
        is_reference=is_reference,
        known=known,
    )
    summary = _summaries(table, cell, pd.factorize(labels)[0])
    if summary.any():
        raise InputProblem(
            f"In {_row(frame, keys, int(order[int(np.argmax(summary))]))} both counts are the sum of "
            "other groups'; leave summary rows out, or the children count twice."
        )
    return table


def _summaries(table: GroupTable, cell: NDArray[np.int64], group: NDArray[np.intp]) -> BoolArray:
    """Tell the rows that add up other groups of their cell, with the reference or without it.

    Small counts add up by accident, so a group is a summary when every one of its rows is, and
    when it holds at least ten.
    """
    groups = np.bincount(cell, weights=table.known)[cell] if cell.size else np.zeros(0)
    own = table.known & (table.x > 0) & ~table.is_reference
    parts: BoolArray = (2 * table.x == table.all_x - table.x0) & (
        2 * table.n == table.all_n - table.n0
    )
    whole: BoolArray = (2 * table.x == table.all_x) & (2 * table.n == table.all_n)
    sums = own & ((parts & (groups >= 4)) | (whole & (groups >= 3)))
    if not sums.any():
        return sums
    always = np.bincount(group, weights=sums) == np.bincount(group)
    enough = np.bincount(group, weights=np.nan_to_num(table.x)) >= 10
    found: BoolArray = sums & (always & enough)[group]
    return found


def _check_columns(frame: pd.DataFrame, keys: list[str], numerator: str, denominator: str) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(f"frame is a {type(frame).__name__}; give a pandas DataFrame.")
    wanted = [*keys, numerator, denominator]
    absent = [name for name in wanted if name not in frame.columns]
    if absent:
        found = ", ".join(map(str, frame.columns))
        raise InputProblem(f"The frame has no column {absent[0]!r}; its columns are {found}.")
    twice = [
        name for name in wanted if wanted.count(name) > 1 or list(frame.columns).count(name) > 1
    ]
    if twice:
        raise InputProblem(f"The column {twice[0]!r} is used twice; give each column one role.")


def _check_rows(frame: pd.DataFrame, keys: list[str], group: str, labels: pd.Series[str]) -> None:
    problems = (
        (labels.isna(), f"{{}} has no {group}; write Unknown where it is not known."),
        (
            labels == TOTAL,
            f"{{}} is a total over {group}; leave totals out, or the children count twice.",
        ),
        (frame.duplicated(keys), "{} stands twice; add its rows together or name the key in by."),
    )
    for wrong, sentence in problems:
        if wrong.any():
            text = sentence.format(_row(frame, keys, int(np.argmax(wrong.to_numpy(dtype=bool)))))
            raise InputProblem(text[0].upper() + text[1:])


def _order(cell: NDArray[np.int64], labels: pd.Series[str]) -> NDArray[np.intp]:
    """Return the order of rows: by cell, then by the usual order of groups, then the alphabet."""
    listed = {name: place for place, name in enumerate(GROUP_ORDER)}
    codes, names = pd.factorize(labels)
    text = [str(name) for name in names]
    others = {name: place for place, name in enumerate(sorted(set(text) - set(listed)))}
    places = [listed.get(name, len(listed) + others.get(name, 0)) for name in text]
    place = np.array(places, dtype=np.int64)[codes] if text else codes
    return np.lexsort((place, cell))


def _reference_rows(
    frame: pd.DataFrame,
    by: list[str],
    group: str,
    reference: str,
    *,
    cell: NDArray[np.int64],
    order: NDArray[np.intp],
    is_reference: BoolArray,
) -> NDArray[np.int64]:
    """Return for every row the row of its cell's reference group."""
    row_of_cell = np.full(int(cell.max(initial=-1)) + 1, -1, dtype=np.int64)
    row_of_cell[cell[is_reference]] = np.flatnonzero(is_reference)
    lacking = row_of_cell[cell] < 0
    if lacking.any():
        at = int(order[int(np.argmax(lacking))])
        place = _cell(frame, by, at)
        raise InputProblem(
            f"There is no row for the reference {reference!r} in {group}{place}; add it, or name "
            "another group as the reference."
        )
    return row_of_cell[cell]


def _total(part: FloatArray, cell: NDArray[np.int64], known: BoolArray) -> FloatArray:
    """Return the sum over the known groups of each cell; a missing part makes it missing."""
    if part.size == 0:
        return part
    totals = np.bincount(cell, weights=np.where(known, part, 0.0))
    return np.where(known, totals[cell], np.nan)


def _cell(frame: pd.DataFrame, by: list[str], at: int) -> str:
    values = ", ".join(f"{name} {frame[name].iloc[at]}" for name in by)
    return f" for {values}" if values else ""


def _row(frame: pd.DataFrame, keys: list[str], at: int) -> str:
    """Name a row by its index label and its keys."""
    values = ", ".join(f"{name} {frame[name].iloc[at]}" for name in keys)
    return f"row {frame.index[at]} ({values})"
