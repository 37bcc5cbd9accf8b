"""What an attacker is up against: the true counts, the sums between them, and what may be hidden.

Everything is said as a move away from the true counts: an attacker cannot tell the truth from any
other table of whole numbers that has the same shown cells and the same sums. A hidden cell is safe
where two such tables give it counts that are at least the policy's width apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Line:
    """One sum: its total's cell, its members, and their counts."""

    total: int
    members: IntArray


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Cells, the sums between them and how far each may move from its true count.

    ``sums`` times a move is nought. ``down`` and ``up`` are how far a cell can move that is not
    shown. ``open`` is true for cells that no table shows and that can move, ``must`` for those that
    are hidden for themselves, ``may`` for those that can be hidden besides, ``guarded`` for
    cells that no table shows but that could be worked out, and must not be. ``lines`` are those of
    the sums that have a total.
    """

    sums: sparse.csr_array
    values: FloatArray
    down: FloatArray
    up: FloatArray
    open: BoolArray
    must: BoolArray
    may: BoolArray
    guarded: BoolArray
    lines: tuple[Line, ...]
    width: int
    threshold: int

    @property
    def cost(self) -> FloatArray:
        """What it costs to hide a cell: one cell more is worse than any sum of counts."""
        return np.asarray(np.where(self.open, 0.0, self.values + self.values.sum() + 1))


def lacking(puzzle: Puzzle, hidden: BoolArray, line: Line) -> float | None:
    """Return what more must be hidden in a line, or None where it gives nothing away by itself.

    A hidden cell must not stand alone, and a shown total must not leave a sum of hidden members
    below the threshold, nor one child for each of them: then small counts are known.
    """
    free = hidden | puzzle.open
    secret = hidden | puzzle.guarded
    members = line.members[free[line.members]]
    if not (secret[line.total] or secret[members].any()):
        return None
    if free[line.total]:
        return None if len(members) or not secret[line.total] else 1.0
    left = float(puzzle.values[members].sum())
    short = max(puzzle.threshold, puzzle.width) - left
    return None if len(members) > 1 and short <= 0 and left != len(members) else max(short, 1.0)
