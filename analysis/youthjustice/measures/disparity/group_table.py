"""Reading a frame of groups: one row per cell and group, in order, its reference at its side."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import (
    group_order,
    is_missing,
    join_codes,
    names_of,
    number_cells,
    read_labels,
)
from youthjustice.measures.rows import check_labels, key_words, refuse_above, refuse_row, row_words

NO_REFERENCE = object()


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Counts of every group, of the reference in the same cell, and of all known groups together.

    ``x`` and ``n`` are the group's numerator and denominator, ``x0`` and ``n0`` the reference's;
    ``all_x`` and ``all_n`` are sums over the known groups, NaN for a group that is not known.
    ``cell`` numbers the cell of each row and ``reference_row`` is the row of its reference (-1:
    none).
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
    cell: NDArray[np.int64]
    reference_row: NDArray[np.int64]


def read_groups(
    frame: pd.DataFrame,
    *,
    group: str | Sequence[str],
    reference: object,
    numerator: str,
    denominator: str,
    by: list[str],
    unknown: Sequence[object],
    nested: bool,
) -> GroupTable:
    """Check a frame of counts by group and lay it out in order.

    Cells (``by``) keep their order of appearance; groups stand as Asian, Black, Mixed, White,
    Other, Unknown and then others by the alphabet. ``group`` may name several columns, and then
    ``reference`` holds one label for each; a group is unknown when any of its labels is. With
    ``NO_REFERENCE`` no row has one. ``nested`` refuses numerators above their denominators. Raises
    InputProblem, naming the row.
    """
    columns = names_of("group", group)
    if not columns:
        raise InputProblem("group names no column; name at least one.")
    keys = [*by, *columns]
    check_columns(frame, [*keys, numerator, denominator])
    wanted = () if reference is NO_REFERENCE else reference_labels(columns, reference)
    for label in unknown:
        _check_label("unknown", label)
    for label in wanted:
        if label in unknown:
            raise InputProblem(f"The reference {label!r} is also among the unknown groups.")
    counts = read({numerator: frame[numerator], denominator: frame[denominator]})
    labels = [read_labels(frame, name) for name in columns]
    cell = number_cells(frame, by)
    check_labels(frame, keys, labels)
    of_group = join_codes([one.codes for one in labels], len(frame))
    _check_once(frame, keys, join_codes([cell, of_group], len(frame)))
    if nested:
        refuse_above(frame, keys, numerator, denominator, counts.numbers)
    order = group_order(cell, labels)
    known = ~np.logical_or.reduce([one.those_in(unknown) for one in labels])
    # No label is wanted where there is to be no reference, and then no row is one.
    matches = [one.those_in((label,)) for one, label in zip(labels, wanted, strict=False)]
    is_reference = np.logical_and.reduce(matches) if matches else np.zeros(len(frame), dtype=bool)
    cell, is_reference, known = cell[order], is_reference[order], known[order]
    x, n = counts.numbers[0][order], counts.numbers[1][order]
    row_of = np.full(len(frame), -1, dtype=np.int64)
    if wanted:
        row_of = _reference_rows(
            frame, by, columns, wanted, cell=cell, order=order, is_reference=is_reference
        )
    table = GroupTable(
        keys=frame[keys].iloc[order].reset_index(drop=True),
        x=x,
        n=n,
        x0=np.where(row_of < 0, np.nan, x[row_of]),
        n0=np.where(row_of < 0, np.nan, n[row_of]),
        all_x=_total(x, cell, known),
        all_n=_total(n, cell, known),
        is_reference=is_reference,
        known=known,
        cell=cell,
        reference_row=row_of,
    )
    summary = _summaries(table, cell, of_group[order])
    if summary.any():
        row = row_words(frame, keys, int(order[int(np.argmax(summary))]))
        raise InputProblem(
            f"In {row} both counts are the sum of other groups'; leave summary rows out, or the "
            "children count twice."
        )
    return table


def reference_labels(columns: list[str], reference: object) -> tuple[object, ...]:
    """Return the reference's label in each column of the group, or raise InputProblem."""
    if isinstance(reference, Mapping):
        absent = [name for name in columns if name not in reference]
        extra = [name for name in reference if name not in columns]
        if absent or extra:
            raise InputProblem(
                f"The reference names {', '.join(map(repr, reference))}; it must give one label for "
                f"each of {', '.join(map(repr, columns))}."
            )
        parts = tuple(reference[name] for name in columns)
    else:
        parts = tuple(reference) if isinstance(reference, (tuple, list)) else (reference,)
    for label in parts:
        _check_label("reference", label)
    if len(parts) != len(columns):
        raise InputProblem(
            f"The reference {reference!r} has {len(parts)} label(s) and group has {len(columns)} "
            "column(s); give one label for each."
        )
    return parts


def _check_label(role: str, label: object) -> None:
    plain = isinstance(label, Hashable) and pd.api.types.is_scalar(label)
    if not plain or is_missing(label):
        what = "missing" if plain else f"a {type(label).__name__}"
        raise InputProblem(f"A label of {role} is {what}; give a group as the frame names it.")


def _summaries(table: GroupTable, cell: NDArray[np.int64], group: NDArray[np.int64]) -> BoolArray:
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


def _check_once(frame: pd.DataFrame, keys: list[str], row: NDArray[np.int64]) -> None:
    if row.max(initial=-1) + 1 < row.size:
        again = pd.Series(row).duplicated().to_numpy(dtype=bool)
        what = "stands twice; add its rows together or name the key in by."
        refuse_row(frame, keys, again, what)


def _reference_rows(
    frame: pd.DataFrame,
    by: list[str],
    columns: list[str],
    wanted: tuple[object, ...],
    *,
    cell: NDArray[np.int64],
    order: NDArray[np.int64],
    is_reference: BoolArray,
) -> NDArray[np.int64]:
    """Return for every row the row of its cell's reference group."""
    row_of_cell = np.full(int(cell.max(initial=-1)) + 1, -1, dtype=np.int64)
    row_of_cell[cell[is_reference]] = np.flatnonzero(is_reference)
    lacking = row_of_cell[cell] < 0
    if lacking.any():
        cell_words = key_words(frame, by, int(order[int(np.argmax(lacking))]))
        where = f" for {cell_words}" if cell_words else ""
        raise InputProblem(
            f"There is no row for the reference {', '.join(map(repr, wanted))} in "
            f"{', '.join(columns)}{where}; add it, or name another group as the "
            "reference."
        )
    return row_of_cell[cell]


def _total(part: FloatArray, cell: NDArray[np.int64], known: BoolArray) -> FloatArray:
    """Return the sum over the known groups of each cell; a missing part makes it missing."""
    if part.size == 0:
        return part
    totals = np.bincount(cell, weights=np.where(known, part, 0.0))
    return np.where(known, totals[cell], np.nan)
