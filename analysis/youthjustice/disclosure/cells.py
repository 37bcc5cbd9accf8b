"""Tables of counts laid over one another: every cell once, its true count, and what adds up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from youthjustice.disclosure.assembling import from_tables
from youthjustice.disclosure.attack import LARGEST_WHOLE_CROSS
from youthjustice.disclosure.counts import Counts
from youthjustice.disclosure.groups import Lines, lines_of
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.programmes import in_whole_numbers
from youthjustice.disclosure.propagation import Contradiction, propagated
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, Published, System
from youthjustice.errors import InputProblem

_INSIDE, _OUTSIDE = "counted", "not counted"
_APART = (
    "The margins of the tables do not add up with each other; give tables made from the same "
    "records."
)
_PATIENCE = 60.0  # seconds to find counts beneath margins


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of some tables: ``system`` says what adds up, ``counts`` are the true ones.

    ``published`` is true for a cell that a new table shows, ``missing`` for one of them whose count
    was not given, ``final`` for one that cannot be hidden any more, ``gone`` for one that an
    earlier release hides. ``certain`` is true where the count follows from those given. ``lines``
    are the sums that readers can see, and ``fixed`` is for each cell the number of dimensions in
    which it is not a total.
    """

    system: System
    counts: FloatArray
    published: BoolArray
    missing: BoolArray
    final: BoolArray
    gone: BoolArray
    certain: BoolArray
    lines: Lines
    fixed: IntArray


def lay_over(
    tables: Sequence[Counts], nested: Nested | None = None, earlier: Sequence[Counts] = ()
) -> Cells:
    """Return the cells of tables, or raise InputProblem where they do not add up or disagree.

    ``earlier`` are tables that have left already, their hidden counts missing.
    """
    every = [*tables, *earlier]
    groups = _counted_in(every)
    orders = [_order(table) for table in every]
    parts = [_published(table, groups, order) for table, order in zip(every, orders, strict=True)]
    system = from_tables(parts, _with_parts(nested or {}, every))
    places = zip(system.places, orders, strict=True)
    system = replace(system, places=tuple(place[np.argsort(order)] for place, order in places))
    size = len(system.lowest)
    values = np.full(size, np.nan)
    fixed = np.full(size, np.iinfo(np.int64).max)
    published, final, gone = (np.zeros(size, dtype=bool) for _ in range(3))
    for number, (table, place) in enumerate(zip(every, system.places, strict=True)):
        known = ~np.isnan(table.counts)
        before = values[place]
        values[place[known]] = table.counts[known]
        other = ~np.isnan(before) & (before != table.counts) | (values[place] != table.counts)
        if (known & other).any():
            raise InputProblem(
                f"The same cell stands twice with different counts {table.column!r}, once in "
                f"{table.where(int(np.argmax(known & other)))}; give tables made from the same "
                "records."
            )
        level = (table.keys != table.table.total).to_numpy().sum(axis=1)
        np.minimum.at(fixed, place, level)
        if number < len(tables):
            published[place] = True
            final[place] |= table.whole and table.column in table.table.keep
        else:
            final[place[known]] = True
            gone[place[~known]] = True
    missing = published & np.isnan(values)
    certain, values = _fill(system, values, every)
    lines = lines_of(system)
    return Cells(system, values, published, missing, final, gone, certain, lines, fixed)


def _counted_in(tables: Sequence[Counts]) -> dict[str, str]:
    """Return for each count what it is a part of, or itself."""
    found = {table.column: table.column for table in tables}
    for table in tables:
        if table.part_of is not None:
            if found[table.column] not in (table.column, table.part_of):
                raise InputProblem(
                    f"The count {table.column!r} is shown as a percentage of "
                    f"{found[table.column]!r} and of {table.part_of!r}; choose one of them."
                )
            found[table.column] = table.part_of
    return found


def _with_parts(nested: Nested, tables: Sequence[Counts]) -> Nested:
    """Say that the children of a whole are those of the count and the others."""
    parts = {
        _dimension_of(table.column): {other.table.total: [_INSIDE, _OUTSIDE] for other in tables}
        for table in tables
        if table.part_of is not None
    }
    return {**nested, **parts}


def _dimension_of(column: str) -> str:
    return f"is one of {column}"


def _order(table: Counts) -> IntArray:
    """Return the rows in the order of their keys, so that nothing depends on how they were given."""
    names = sorted(table.dimensions)
    rows = table.keys.reset_index(drop=True).sort_values(names, kind="stable")
    return rows.index.to_numpy(dtype=np.int64)


def _published(table: Counts, groups: dict[str, str], order: IntArray) -> Published:
    """Write a table with one more dimension where its count is a part of a whole."""
    counts = table.counts[order]
    missing = np.isnan(counts)
    dimensions = tuple(sorted(table.dimensions))
    keys = list(table.keys[list(dimensions)].iloc[order].itertuples(index=False, name=None))
    counted = groups[table.column]
    if counted != table.column:
        dimensions = (*dimensions, _dimension_of(table.column))
        keys = [(*key, _INSIDE) for key in keys]
    elif table.whole:
        dimensions = (*dimensions, _dimension_of(table.table.count))
        keys = [(*key, table.table.total) for key in keys]
    return Published(
        dimensions,
        tuple(keys),
        np.where(missing, 0.0, counts),
        np.where(missing, np.inf, counts),
        total=table.table.total,
        counted=counted,
    )


def _fill(
    system: System, values: FloatArray, tables: Sequence[Counts]
) -> tuple[BoolArray, FloatArray]:
    """Work out the cells that no table shows: whether they are certain, and their counts.

    Raises InputProblem where nothing fits.
    """
    values = np.where(system.lowest == system.highest, system.lowest, values)
    matrix = system.matrix
    while True:
        unknown = np.isnan(values)
        left = matrix @ np.where(unknown, 0.0, values)
        number = abs(matrix) @ unknown.astype(np.float64)
        wrong = (number == 0) & (left != 0)
        if wrong.any():
            raise InputProblem(_says_wrong(int(np.argmax(wrong)), system, tables))
        rows = np.flatnonzero(number == 1)
        if not len(rows):
            break
        entries = matrix[rows].tocoo()
        single = unknown[entries.col]
        solved = -left[rows[entries.row[single]]] / entries.data[single]
        if (solved < 0).any():
            row = int(rows[entries.row[single][int(np.argmax(solved < 0))]])
            raise InputProblem(_says_wrong(row, system, tables))
        values[entries.col[single]] = solved
    try:
        low, high = propagated(system)
    except Contradiction:
        raise InputProblem(_APART) from None
    values = np.where(np.isnan(values) & (low == high), low, values)
    return ~np.isnan(values), _guess(replace(system, lowest=low, highest=high), values)


def _guess(system: System, values: FloatArray) -> FloatArray:
    """Choose numbers that fit for the cells that the tables leave open: whole, but in a large cross."""
    unknown = np.flatnonzero(np.isnan(values))
    if not len(unknown):
        return values
    left, inner = system.matrix @ np.nan_to_num(values), system.inner[unknown]
    found, settled = in_whole_numbers(
        np.zeros(len(unknown)),
        system.matrix[:, unknown],
        -left,
        -left,
        system.lowest[unknown],
        system.highest[unknown],
        until=monotonic() + _PATIENCE,
        whole=~inner | (system.inner.sum() <= LARGEST_WHOLE_CROSS),
    )
    if found is None and settled:
        raise InputProblem(_APART)
    if found is None:
        raise DisclosureProblem(
            "What lies beneath the margins was not found in the time allowed, so nothing was "
            "released; give the cells that they sum over, or fewer margins."
        )
    filled = values.copy()
    filled[unknown] = found
    return filled


def _says_wrong(row: int, system: System, tables: Sequence[Counts]) -> str:
    """Name the total that is not the sum of its parts, and the dimension it sums over."""
    numbers = system.matrix[[row]].toarray()[0]
    cells = np.flatnonzero(numbers)
    for cell in cells[np.argsort(-numbers[cells], kind="stable")]:
        for table, place in zip(tables, system.places, strict=True):
            at = np.flatnonzero(place == cell)
            if len(at):
                over = _over(table, place, cells, int(at[0]))
                return (
                    f"The count {table.column!r} does not add up{over}: the total in "
                    f"{table.where(int(at[0]))} is not the sum of its parts; correct one of them."
                )
    return _APART


def _over(table: Counts, place: IntArray, cells: IntArray, at: int) -> str:
    """Name the dimension in which the rows of a sum differ."""
    rows = np.append(np.flatnonzero(np.isin(place, cells)), at)
    differ = [name for name in table.dimensions if table.keys[name].iloc[rows].nunique() > 1]
    return f" over {differ[0]!r}" if differ else ""
