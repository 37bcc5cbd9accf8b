"""What printed figures say about the counts that they were worked out from.

A figure printed to some decimals lies within half a unit of its last digit. So a share, a rate, a
ratio or a difference is two more rows of the system.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.reading import Reading
from youthjustice.disclosure.system import FloatArray, IntArray, Published, System
from youthjustice.errors import InputProblem

_LAST_DIGIT = 1e-9


@dataclass(frozen=True, slots=True)
class Behind:
    """The figures of one derived column, and the cells behind them as tables or as numbers.

    ``cells`` are the count, what it is divided by, and the same two of the reference. ``rows`` are
    those that have a figure, ``value`` the figures as printed, and ``half`` how far off they are.
    """

    item: Derived
    rows: IntArray
    value: FloatArray
    half: FloatArray
    cells: tuple[Published | FloatArray, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one derived column, and the four unknowns behind each."""

    item: Derived
    value: FloatArray
    half: FloatArray
    unknowns: tuple[IntArray, ...]


def figures_of(reading: Reading) -> list[Behind]:
    """Return what stands behind the printed figures of one table.

    Raises InputProblem for a figure that is no number.
    """
    found = []
    for item in reading.derived:
        printed = _numbers(reading.frame, item.column)
        cells = _cells(reading, item)
        if cells is None:
            continue
        numbers = [cell for cell in cells if not isinstance(cell, Published)]
        rows = np.flatnonzero(np.isfinite([printed, *numbers]).all(axis=0))
        if len(rows):
            value = printed[rows]
            half = np.full(len(rows), 0.0 if item.decimals is None else 0.5 * 10.0**-item.decimals)
            half += _LAST_DIGIT * np.maximum(1.0, np.abs(value))
            found.append(Behind(item, rows, value, half, cells))
    return found


def with_figures(
    system: System, behind: Sequence[Behind], places: Sequence[IntArray]
) -> tuple[System, list[Figures]]:
    """Return the system with the numbers behind figures, and the figures with their unknowns.

    ``places`` are the unknowns of the tables among the cells behind the figures, in order.
    """
    waiting = iter(places)
    size = len(system.lowest)
    numbers: list[FloatArray] = []
    found = []
    for one in behind:
        unknowns = []
        for cell in one.cells:
            if isinstance(cell, Published):
                unknowns.append(next(waiting)[one.rows])
            else:
                unknowns.append(size + np.arange(len(one.rows)))
                size += len(one.rows)
                numbers.append(cell[one.rows])
        found.append(Figures(one.item, one.value, one.half, tuple(unknowns)))
    return system.extend(np.concatenate([np.zeros(0), *numbers])), found


def readings_of(
    system: System, figures: Figures, low: FloatArray, high: FloatArray
) -> list[System]:
    """Return the system with what shares, rates, ratios and differences say, for each way to read.

    ``low`` and ``high`` are bounds of all unknowns; what a ratio or a difference is divided by is
    taken at them. A difference may be one of rates, or the children that it comes to.
    """
    kind, alone = figures.item.kind, figures.item.reference is None
    if kind in ("percentage", "rate", "mean") or (kind == "ratio" and alone):
        return [_share(system, figures)]
    if kind == "ratio":
        return [_ratio(system, figures, low, high)]
    if kind == "difference" and not alone:
        return [_difference(system, figures, low, high, one) for one in (True, False)]
    return []


def _share(system: System, figures: Figures) -> System:
    """Say that a count is between two shares of another."""
    count, of, _, _ = figures.unknowns
    least = (figures.value - figures.half) / figures.item.per
    most = (figures.value + figures.half) / figures.item.per
    above = _rows(system, (count, 1.0), (of, -least))
    return _between(system, above, _rows(system, (count, 1.0), (of, -most)))


def _ratio(system: System, figures: Figures, low: FloatArray, high: FloatArray) -> System:
    """Say that a count is between two multiples of the reference's."""
    _, of, _, other_of = figures.unknowns
    known = (
        np.isfinite(high[of]) & (low[of] > 0) & np.isfinite(high[other_of]) & (low[other_of] > 0)
    )
    count, of, other, other_of = (cell[known] for cell in figures.unknowns)
    least = (figures.value - figures.half)[known] / figures.item.per
    most = (figures.value + figures.half)[known] / figures.item.per
    above = _rows(system, (count, 1.0), (other, -least * low[of] / high[other_of]))
    below = _rows(system, (count, 1.0), (other, -most * high[of] / low[other_of]))
    return _between(system, above, below)


def _difference(
    system: System, figures: Figures, low: FloatArray, high: FloatArray, of_rates: bool
) -> System:
    """Say how many children more there are than at the reference's rate."""
    _, of, _, other_of = figures.unknowns
    known = (low[of] == high[of]) & (low[of] > 0)
    known &= (low[other_of] == high[other_of]) & (low[other_of] > 0)
    count, of, other, other_of = (cell[known] for cell in figures.unknowns)
    rows = _rows(system, (count, 1.0), (other, -low[of] / low[other_of]))
    size = (low[of] if of_rates else 1.0) / figures.item.per
    least, most = figures.value - figures.half, figures.value + figures.half
    return system.add(rows, least[known] * size, most[known] * size)


def _between(system: System, above: csr_array, below: csr_array) -> System:
    """Say that some rows are nought or more and others nought or less."""
    size = above.shape[0]
    nought, endless = np.zeros(size), np.full(size, np.inf)
    return system.add(above, nought, endless).add(below, -endless, nought)


def _rows(system: System, *terms: tuple[IntArray, float | FloatArray]) -> csr_array:
    """Return one row for each figure: the sum of unknowns, each times its number."""
    count = len(terms[0][0])
    row = np.tile(np.arange(count), len(terms))
    column = np.concatenate([unknowns for unknowns, _ in terms])
    data = np.concatenate([np.broadcast_to(times, (count,)) for _, times in terms])
    return csr_array((data, (row, column)), shape=(count, len(system.lowest)))


def _cells(reading: Reading, item: Derived) -> tuple[Published | FloatArray, ...] | None:
    """Return the count, what it is divided by, and those of the reference, or None if unknown."""
    count = reading.columns[0].published.opened()
    ones = np.ones(len(count.keys))
    of: Published | FloatArray = ones
    if item.denominator in count.dimensions:
        of = _at(count, str(item.denominator), count.total)
    elif item.denominator is not None:
        names = [column.name for column in reading.columns]
        if item.denominator in names:
            of = reading.columns[names.index(item.denominator)].published.opened()
        else:
            of = _numbers(reading.frame, item.denominator)
    if item.reference is None:
        return count, of, ones, ones
    dimension, category = item.reference
    position = count.dimensions.index(dimension)
    if all(key[position] != category for key in count.keys):
        return None
    other = _at(count, dimension, category)
    if isinstance(of, Published):
        return (
            count,
            of,
            other,
            of if item.denominator == dimension else _at(of, dimension, category),
        )
    return count, of, other, _of_row(count, of, position, category)


def _at(published: Published, dimension: str, value: str) -> Published:
    """Return the cells that hold one value of a dimension and are otherwise the same."""
    at = published.dimensions.index(dimension)
    keys = tuple((*key[:at], value, *key[at + 1 :]) for key in published.keys)
    return replace(published, keys=keys)


def _of_row(published: Published, numbers: FloatArray, at: int, value: str) -> FloatArray:
    """Return for each row the number of the row that holds one value and is otherwise the same."""
    known = dict(zip(published.keys, numbers, strict=True))
    return np.array(
        [known.get((*key[:at], value, *key[at + 1 :]), np.nan) for key in published.keys]
    )


def _numbers(frame: pd.DataFrame, name: str) -> FloatArray:
    column = pd.to_numeric(frame[name], errors="coerce")
    if (column.isna() & frame[name].notna()).any():
        raise InputProblem(
            f"The column {name!r} holds what is no number; give numbers, missing where hidden."
        )
    return column.to_numpy(dtype=np.float64, na_value=np.nan)
