"""What an attacker is up against: the true counts, the sums between them, and what may be hidden.

Everything is said as a move away from the true counts: an attacker cannot tell the truth from any
other table of whole numbers that has the same shown cells and the same sums. A hidden cell is safe
where two such tables give it counts that are at least the policy's width apart.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    the sums that have a total. ``cost`` is what it costs to hide a cell (``costs``), and ``whole`` is
    false for cells of a cross so large that children may be split in it.
    """

    sums: sparse.csr_array
    values: FloatArray
    down: FloatArray
    up: FloatArray
    open: BoolArray
    must: BoolArray
    may: BoolArray
    guarded: BoolArray
    cost: FloatArray
    whole: BoolArray
    lines: tuple[Line, ...]
    width: int
    threshold: int


def lacking(puzzle: Puzzle, hidden: BoolArray, line: Line) -> float | None:
    """Return what more must be hidden in a line, or None where it gives nothing away by itself.

    A hidden cell must not stand alone, and a shown total must not leave a sum of hidden members
    below the threshold, nor one child for each of them: then small counts are known. A hidden nought
    must not stand among noughts that are shown: whoever knows the rules would know it.
    """
    free = hidden | puzzle.open
    secret = hidden | puzzle.guarded
    members = line.members[free[line.members]]
    if not (secret[line.total] or secret[members].any()):
        return None
    if free[line.total]:
        alone = len(members) == 1 < len(line.members)
        if alone and not puzzle.values[line.members[~free[line.members]]].any():
            return 1.0
        return None if len(members) or not secret[line.total] else 1.0
    left = float(puzzle.values[members].sum())
    short = max(puzzle.threshold, puzzle.width) - left
    return None if len(members) > 1 and short <= 0 and left != len(members) else max(short, 1.0)
