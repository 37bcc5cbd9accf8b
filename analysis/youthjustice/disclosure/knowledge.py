"""All that readers know, as one system: tables, figures, larger areas and earlier releases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from youthjustice.disclosure.assembling import from_tables
from youthjustice.disclosure.linking import Nested
from youthjustice.disclosure.printed import Figures, figures_of, readings_of, with_figures
from youthjustice.disclosure.propagation import Contradiction, propagated
from youthjustice.disclosure.reading import Column, Reading, parts_of_wholes
from youthjustice.disclosure.system import IntArray, Published, System
from youthjustice.disclosure.tried import Left, struck_out
from youthjustice.errors import InputProblem

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The system, the unknowns of each column of counts, and the counts left for some cells.

    ``size`` is the number of unknowns that are counts of children: those after them are numbers
    that figures were divided by. ``passed_over`` are the columns of figures that do not follow from
    the counts as they are declared.
    """

    system: System
    columns: tuple[Column, ...]
    places: tuple[IntArray, ...]
    left: Left
    size: int
    passed_over: tuple[str, ...]


def what_is_known(
    readings: Sequence[Reading],
    earlier: Sequence[Reading],
    nested: Nested,
    largest_cross: int,
    figures: bool = True,
) -> Knowledge:
    """Write everything that was published as one system.

    A row that is absent is a nought where every line through it has a row; where a table does not
    add up so, it is unknown. An earlier release is taken to be of the same records; where it
    contradicts the newer one, records were revised, and a count that it shows is taken to have
    moved by no more than the totals it is in. Raises InputProblem for tables that contradict each
    other.
    """
    every = [*readings, *earlier]
    columns = tuple(column for reading in every for column in reading.columns)
    now = sum(len(reading.columns) for reading in readings)
    behind = [one for reading in every if figures for one in figures_of(reading)]
    asides = [cell for one in behind for cell in one.cells if isinstance(cell, Published)]
    inside = {**nested, **parts_of_wholes(every)}
    tables = [column.published for column in columns]
    system = from_tables([*tables, *asides], inside, largest_cross)
    if not _stands(system):
        tables = [_as_far_as_it_stands(column, inside) for column in columns]
        system = from_tables([*tables, *asides], inside, largest_cross)
    if earlier and not _stands(system):
        tables[now:] = [table.opened() for table in tables[now:]]
        system = from_tables([*tables, *asides], inside, largest_cross)
        system = _revised(system, columns, now)
    if not _stands(system):
        raise InputProblem(
            "The tables contradict each other; give tables made from the same records, and those "
            "from before a revision as earlier ones."
        )
    size = len(system.lowest)
    places = system.places[: len(columns)]
    system, found = with_figures(system, behind, system.places[len(columns) :])
    system, left, passed = _learnt(system, found)
    return Knowledge(system, columns, places, left, size, passed)


def _stands(system: System) -> bool:
    """Say whether a table can fit, as far as passing bounds along shows."""
    try:
        propagated(system)
    except Contradiction:
        return False
    return True


def _as_far_as_it_stands(column: Column, nested: Nested) -> Published:
    """Return a table by itself, with absent rows unknown if it cannot be true otherwise."""
    table = column.published
    if _stands(from_tables([table], nested)):
        return table
    table = replace(table, complete=False)
    if not _stands(from_tables([table], nested)):
        raise InputProblem(
            f"The count {column.name!r} of table {column.number} does not add up; correct its "
            "totals or its parts."
        )
    return table


def _revised(system: System, columns: Sequence[Column], now: int) -> System:
    """Say of each count that only an earlier release shows how far a revision can have moved it.

    The revision is the most that any count moved which both releases show and which the cell is a
    part of: the same values, or totals.
    """
    current = system
    for column, place in zip(columns[now:], system.places[now : len(columns)], strict=True):
        table = column.published
        known = current.lowest[place] == current.highest[place]
        moved = np.where(known, np.abs(current.lowest[place] - table.lowest), 0.0)
        keys = np.array(table.keys, dtype=object)
        for row in np.flatnonzero((table.lowest == table.highest) & ~known):
            above = ((keys == keys[row]) | (keys == table.total)).all(axis=1)
            most = moved[above].max(initial=0.0)
            system = system.narrow(
                place[[row]],
                np.maximum(table.lowest[[row]] - most, 0.0),
                table.highest[[row]] + most,
            )
    return system


def _learnt(system: System, figures: Sequence[Figures]) -> tuple[System, Left, tuple[str, ...]]:
    """Return the system with all that figures say, learning until nothing more follows.

    A column of figures that cannot follow from the counts as it is declared is passed over; the
    names of such columns are the last of the answers.
    """
    left: Left = {}
    taught, passed = system, set[str]()
    for _ in range(_ROUNDS if figures else 0):
        low, high = propagated(taught)
        taught = system.know(np.arange(len(low)), low, high)
        for one in figures:
            readings = readings_of(taught, one, low, high)
            fitting = [reading for reading in readings if _stands(reading)]
            taught = fitting[0] if fitting else taught
            if readings and not fitting:
                passed.add(one.item.column)
        for one in figures:
            taught, counts = struck_out(taught, one, low, high)
            for cell, found in counts.items():
                left[cell] = np.intersect1d(found, left.get(cell, found))
        if np.array_equal(taught.lowest, low) and np.array_equal(taught.highest, high):
            break
    return taught, left, tuple(sorted(passed))
