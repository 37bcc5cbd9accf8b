"""Writing tables down as one system: which cells there are, and what adds up to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from math import prod

import numpy as np
from scipy.sparse import block_diag, csr_array

from youthjustice.disclosure.linking import Atoms, Nested, dimension, smallest_values
from youthjustice.disclosure.sums import Space, Sums, core_of, cross_of, largest, sums_of
from youthjustice.disclosure.system import IntArray, Published, System
from youthjustice.errors import InputProblem

#: The most unknowns of a cross of all dimensions of tables that need one.
LARGEST_CROSS = 20_000

_MOST_CELLS = 2**62


def from_tables(
    tables: Sequence[Published], nested: Nested | None = None, largest_cross: int = LARGEST_CROSS
) -> System:
    """Write tables over the same children as one system.

    ``nested`` says for a dimension which values are made up of which others; it is also how
    ``overlapping_periods`` are given. Values of one dimension that are not said to be nested
    exclude each other, and all that the tables name are all there are. Tables are linked by every
    margin that they share; where that leaves something out (as with three tables by two of three
    dimensions each) by the cross of those dimensions, if it has at most ``largest_cross`` cells.

    >>> import numpy as np
    >>> shown = np.array([3.0, 12.0, 15.0])
    >>> system = from_tables([Published(("sex",), (("boys",), ("girls",), ("All",)), shown, shown)])
    >>> system.matrix.toarray().tolist()
    [[-1.0, -1.0, 1.0]]
    """
    places: dict[int, IntArray] = {}
    pieces = []
    size = 0
    for counted in dict.fromkeys(table.counted for table in tables):
        chosen = [at for at, table in enumerate(tables) if table.counted == counted]
        piece = _one_count([tables[at] for at in chosen], nested or {}, largest_cross)
        places.update((at, place + size) for at, place in zip(chosen, piece.places, strict=True))
        size += len(piece.lowest)
        pieces.append(piece)
    return replace(reduce(_beside, pieces), places=tuple(places[at] for at in range(len(tables))))


def _beside(one: System, other: System) -> System:
    """Put two systems that share nothing side by side."""
    return System(
        csr_array(block_diag([one.matrix, other.matrix])),
        np.append(one.low, other.low),
        np.append(one.high, other.high),
        np.append(one.lowest, other.lowest),
        np.append(one.highest, other.highest),
        np.append(one.inner, other.inner),
        (),
        one.exact and other.exact,
        one.spaces + other.spaces,
    )


def _one_count(tables: Sequence[Published], nested: Nested, largest_cross: int) -> System:
    """Write the tables of one count as one system."""
    rows = [_sets_of_rows(table, nested) for table in tables]
    used: dict[str, list[Atoms]] = {}
    for table, sets in zip(tables, rows, strict=True):
        for name, column in zip(table.dimensions, sets, strict=True):
            used.setdefault(name, []).extend(dict.fromkeys(column))
    dimensions = {name: dimension(name, sets) for name, sets in used.items()}
    sizes = [len(found.parts) for found in dimensions.values()]
    if prod(sizes) > _MOST_CELLS:
        raise InputProblem("The tables have too many dimensions to be audited together.")
    strides = dict(zip(dimensions, [prod(sizes[:at]) for at in range(len(sizes))], strict=True))
    space = Space(tables[0].counted, dimensions, strides)
    scopes = largest({frozenset(table.dimensions) for table in tables})
    sums = [found for scope in scopes for found in sums_of(space, scope)]
    core = core_of(scopes)
    smallest = {name: sum(not parts for parts in found.parts) for name, found in dimensions.items()}
    needed = set().union(*core)
    cross = prod(smallest[name] for name in needed)
    crossed = cross_of(space, core) if cross <= largest_cross else []
    exact = not core or bool(crossed)
    return _assembled(tables, rows, space, sums, crossed, exact)


def _sets_of_rows(table: Published, nested: Nested) -> list[list[Atoms]]:
    """Return, for each dimension of a table, the set of smallest values of each of its rows.

    A total of nothing but itself is that of the whole dimension, and has no values yet.
    """
    columns = []
    for at, name in enumerate(table.dimensions):
        inside = nested.get(name, {})
        listed = dict.fromkeys(key[at] for key in table.keys)
        found = {
            value: smallest_values(name, value, inside) for value in listed if value != table.total
        }
        if table.total in inside:
            found[table.total] = smallest_values(name, table.total, inside)
        elif table.total in listed:
            found[table.total] = frozenset().union(*found.values())
        columns.append([found[key[at]] for key in table.keys])
    return columns


def _assembled(
    tables: Sequence[Published],
    rows: list[list[list[Atoms]]],
    space: Space,
    sums: list[Sums],
    crossed: list[Sums],
    exact: bool,
) -> System:
    """Give the cells that are in use their numbers, and write the sums and the bounds down."""
    published = [
        _cells_of_rows(space, table, sets) for table, sets in zip(tables, rows, strict=True)
    ]
    listed = np.unique(
        np.concatenate(
            [*published, *(part.ravel() for found in sums for part in (found.totals, found.parts))]
        )
    )
    used = np.union1d(
        listed, np.concatenate([listed[:0], *(found.parts.ravel() for found in crossed)])
    )
    matrix = _matrix([*sums, *crossed], used)
    zeros = np.zeros(matrix.shape[0])
    places = tuple(np.searchsorted(used, cells) for cells in published)
    system = System(
        matrix,
        zeros,
        zeros,
        np.zeros(len(used)),
        np.full(len(used), np.inf),
        ~np.isin(used, listed),
        places,
        exact,
        ((space, used),),
    )
    for table, sets, place in zip(tables, rows, places, strict=True):
        system = system.narrow(place, table.lowest, table.highest)
        if table.complete:
            absent = np.searchsorted(used, _absent(space, table, sets))
            system = system.narrow(absent, np.zeros(len(absent)), np.zeros(len(absent)))
    return system


def _matrix(sums: list[Sums], used: IntArray) -> csr_array:
    """Write each sum as a row: its total once, and its parts taken off."""
    data, row, column, start = [np.zeros(0)], [], [], 0
    for found in sums:
        count, width = found.parts.shape
        cells = np.column_stack([found.totals, found.parts]).ravel()
        row.append(np.repeat(np.arange(start, start + count), width + 1))
        column.append(np.searchsorted(used, cells))
        data.append(np.tile(np.append(1.0, np.full(width, -1.0)), count))
        start += count
    where = [np.concatenate([np.zeros(0, dtype=np.int64), *part]) for part in (row, column)]
    return csr_array((np.concatenate(data), (where[0], where[1])), shape=(start, len(used)))


def _numbers_of_rows(space: Space, table: Published, sets: list[list[Atoms]]) -> list[IntArray]:
    """Return, for each dimension of a table, the number of the set of each of its rows."""
    return [
        np.array(
            [
                space.dimensions[name].numbers.get(atoms, space.dimensions[name].whole)
                for atoms in column
            ],
            dtype=np.int64,
        )
        for name, column in zip(table.dimensions, sets, strict=True)
    ]


def _cells_of_rows(space: Space, table: Published, sets: list[list[Atoms]]) -> IntArray:
    """Return the cell of each row of a table."""
    start = np.full(
        len(table.keys),
        space.cells({n: np.zeros(1, dtype=np.int64) for n in table.dimensions}).ravel()[0],
    )
    for name, numbers in zip(table.dimensions, _numbers_of_rows(space, table, sets), strict=True):
        start = start + numbers * space.strides[name]
    return start


def _absent(space: Space, table: Published, sets: list[list[Atoms]]) -> IntArray:
    """Return the cells that a reader takes for zeros: no row, but a row in each line through it."""
    numbers = _numbers_of_rows(space, table, sets)
    smallest = np.array([table.total not in key for key in table.keys], dtype=bool)
    listed = [
        np.unique(column[[key[at] != table.total for key in table.keys]])
        for at, column in enumerate(numbers)
    ]
    present = np.zeros([len(values) for values in listed], dtype=bool)
    present[
        tuple(
            np.searchsorted(values, column[smallest])
            for values, column in zip(listed, numbers, strict=True)
        )
    ] = True
    absent = ~present
    for axis in range(present.ndim):
        absent &= present.any(axis=axis, keepdims=True)
    return space.cells(dict(zip(table.dimensions, listed, strict=True)))[absent]
