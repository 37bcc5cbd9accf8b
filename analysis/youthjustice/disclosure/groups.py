"""What lines give away: a group of which everyone or no one is in a category, or a small sum.

A line is one sum of the system: a total and its parts. It is *full* where all parts but one are
known to be nought, and *empty* where all are and the line is a category on its own (at most one
dimension of its total is no total).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, System


@dataclass(frozen=True, slots=True)
class Lines:
    """Every entry of every sum whose total is one cell: its line, its cell, and if it is a part."""

    line: IntArray
    cell: IntArray
    part: BoolArray
    total: IntArray


def lines_of(system: System) -> Lines:
    """Return the sums of a system: rows that are nought and have one total."""
    matrix = system.matrix.tocoo()
    total_entry = matrix.data == 1.0
    number = np.bincount(matrix.row[total_entry], minlength=len(system.low))
    touched = np.bincount(matrix.row, system.inner[matrix.col], minlength=len(system.low)) > 0
    whole = (number == 1) & (system.low == 0) & (system.high == 0) & ~touched
    # Only sums have nothing but ones: what figures say has other numbers in it.
    plain = np.bincount(matrix.row, np.abs(matrix.data) != 1.0, minlength=len(system.low)) == 0
    kept = (whole & plain)[matrix.row]
    row, cell, part = matrix.row[kept], matrix.col[kept], matrix.data[kept] < 0
    lines, line = np.unique(row, return_inverse=True)
    total = np.zeros(len(lines), dtype=np.int64)
    total[line[~part]] = cell[~part]
    return Lines(line.astype(np.int64), cell.astype(np.int64), part, total)


def groups_told(
    lines: Lines, high: FloatArray, shown: BoolArray, fixed: IntArray
) -> list[tuple[int, str, IntArray]]:
    """Return each cell that discloses a group, how (``full`` or ``empty``), and the noughts.

    ``high`` are the highest counts of all cells, ``shown`` marks the cells that tables have a row
    for and ``fixed`` says in how many dimensions a cell is no total.
    """
    parts = lines.part
    line, cell = lines.line[parts], lines.cell[parts]
    number = np.bincount(line, minlength=len(lines.total))
    open_ = np.bincount(line, high[cell] > 0, minlength=len(lines.total))
    in_table = np.bincount(line, shown[cell], minlength=len(lines.total)) > 0
    alone = fixed[lines.total] <= 1
    told = (number > 1) & in_table & ((open_ == 1) | ((open_ == 0) & alone))
    found = []
    for at in np.flatnonzero(told):
        members = cell[line == at]
        noughts = members[high[members] == 0]
        if open_[at]:
            found.append((int(members[high[members] > 0][0]), "full", noughts))
        else:
            found.append((int(lines.total[at]), "empty", noughts))
    return found


def small_sums(
    lines: Lines, low: FloatArray, high: FloatArray, threshold: float
) -> tuple[BoolArray, BoolArray]:
    """Return the cells in a line whose hidden parts add up to too few, or to one child each.

    Where the parts add up to their own number, anyone who takes none of them for a nought knows
    that each is one child.
    """
    sums, ones = np.zeros(len(low), dtype=bool), np.zeros(len(low), dtype=bool)
    size = len(lines.total)
    hidden = (high > low)[lines.cell]
    settled = np.where(hidden, 0.0, low[lines.cell]) * np.where(lines.part, -1.0, 1.0)
    left = np.bincount(lines.line, settled, minlength=size)
    number = np.bincount(lines.line, hidden & lines.part, minlength=size)
    given = ~(high > low)[lines.total] & (number > 0)
    entry = hidden & lines.part & given[lines.line]
    few = left[lines.line] < threshold
    one = (left == number)[lines.line] & (number > 1)[lines.line]
    sums[lines.cell[entry & few]] = True
    ones[lines.cell[entry & one]] = True
    return sums, ones
