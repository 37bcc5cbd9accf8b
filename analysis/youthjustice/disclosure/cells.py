"""Tables of counts laid over one another: every cell once, its true count, and what adds up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.programmes import in_whole_numbers
from youthjustice.disclosure.system import (
    BoolArray,
    FloatArray,
    IntArray,
    Published,
    System,
    from_tables,
)
from youthjustice.errors import InputProblem

_PATIENCE = 60.0  # seconds to find counts beneath margins


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some tables: ``system`` says what adds up, ``values`` are the true counts.

    ``published`` is true for a cell that a table shows, ``missing`` for one whose count was not
    given. ``total`` is for each sum of the system the cell that is the sum of the others, or -1,
    and ``fixed`` for each cell the number of dimensions in which it is not a total.
    """

    system: System
    values: FloatArray
    published: BoolArray
    missing: BoolArray
    total: IntArray
    fixed: IntArray


def lay_over(tables: Sequence[Counts], nested: Nested | None = None) -> Cells:
    """Return the cells of tables, or raise InputProblem where they do not add up or disagree."""
    system = from_tables([_published(table) for table in tables], nested)
    size = len(system.lowest)
    values = np.full(size, np.nan)
    published = np.zeros(size, dtype=bool)
    fixed = np.full(size, np.iinfo(np.int64).max)
    for table, place in zip(tables, system.places, strict=True):
        published[place] = True
        known = ~np.isnan(table.counts)
        other = known & ~np.isnan(values[place]) & (values[place] != table.counts)
        if other.any():
            raise InputProblem(
                f"Two tables disagree on the count {table.table.count!r} of "
                f"{table.where(int(np.argmax(other)))}; give tables made from the same records."
            )
        values[place[known]] = table.counts[known]
        level = (table.keys != table.table.total).to_numpy().sum(axis=1)
        np.minimum.at(fixed, place, level)
    missing = published & np.isnan(values)
    total = _totals(system)
    values = _fill(system, values, total, tables)
    return Cells(system, values, published, missing, total, fixed)


def _published(table: Counts) -> Published:
    missing = np.isnan(table.counts)
    return Published(
        table.dimensions,
        tuple(table.keys.itertuples(index=False, name=None)),
        np.where(missing, 0.0, table.counts),
        np.where(missing, np.inf, table.counts),
        total=table.table.total,
        counted=table.table.count,
    )


def _totals(system: System) -> IntArray:
    """Return for each sum the only cell that counts once and for, or -1 where there is none."""
    found = np.full(system.matrix.shape[0], -1, dtype=np.int64)
    entries = system.matrix.tocoo()
    above = entries.data > 0
    number = np.bincount(entries.row[above], minlength=len(found))
    found[entries.row[above]] = entries.col[above]
    found[number != 1] = -1
    return found


def _fill(
    system: System, values: FloatArray, total: IntArray, tables: Sequence[Counts]
) -> FloatArray:
    """Work out the cells that no table shows, and raise InputProblem where nothing fits."""
    values = np.where(system.lowest == system.highest, system.lowest, values)
    matrix = system.matrix
    while True:
        unknown = np.isnan(values)
        left = matrix @ np.where(unknown, 0.0, values)
        number = abs(matrix) @ unknown.astype(np.float64)
        wrong = (number == 0) & (left != 0)
        if wrong.any():
            raise InputProblem(_says_wrong(int(np.argmax(wrong)), system, total, tables))
        rows = np.flatnonzero(number == 1)
        if not len(rows):
            break
        entries = matrix[rows].tocoo()
        single = unknown[entries.col]
        solved = -left[rows[entries.row[single]]] / entries.data[single]
        if (solved < 0).any():
            row = int(rows[entries.row[single][int(np.argmax(solved < 0))]])
            raise InputProblem(_says_wrong(row, system, total, tables))
        values[entries.col[single]] = solved
    return _guess(system, values)


def _guess(system: System, values: FloatArray) -> FloatArray:
    """Choose whole numbers that fit for the cells that the tables leave open."""
    unknown = np.flatnonzero(np.isnan(values))
    if not len(unknown):
        return values
    left = system.matrix @ np.nan_to_num(values)
    found, settled = in_whole_numbers(
        np.zeros(len(unknown)),
        system.matrix[:, unknown],
        -left,
        -left,
        system.lowest[unknown],
        system.highest[unknown],
        _PATIENCE,
    )
    if found is None and settled:
        raise InputProblem(
            "The margins of the tables do not add up with each other; give tables made from the "
            "same records."
        )
    if found is None:
        raise DisclosureProblem(
            "What lies beneath the margins was not found in the time allowed, so nothing was "
            "released; give the cells that they sum over, or fewer margins."
        )
    filled = values.copy()
    filled[unknown] = found
    return filled


def _says_wrong(row: int, system: System, total: IntArray, tables: Sequence[Counts]) -> str:
    """Name the total that is not the sum of its parts, and the dimension it sums over."""
    entries = np.flatnonzero(system.matrix[[row]].toarray()[0])
    for cell in (total[row], *entries):
        for table, place in zip(tables, system.places, strict=True):
            at = np.flatnonzero(place == cell)
            if len(at):
                over = _over(table, place, entries, int(at[0]))
                return (
                    f"The count {table.table.count!r} does not add up{over}: the total in "
                    f"{table.where(int(at[0]))} is not the sum of its parts; correct one of them."
                )
    return "The tables do not add up with each other; give tables made from the same records."


def _over(table: Counts, place: IntArray, cells: IntArray, at: int) -> str:
    """Name the dimension in which the rows of a sum differ."""
    rows = np.append(np.flatnonzero(np.isin(place, cells)), at)
    differ = [name for name in table.dimensions if table.keys[name].iloc[rows].nunique() > 1]
    return f" over {differ[0]!r}" if differ else ""
