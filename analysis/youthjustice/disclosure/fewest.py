"""The fewest cells to hide: a master programme chooses, an attacker objects, until none is left.

The master programme has one yes or no for each cell; every cell that the attacker narrows too far
gives it one more inequality that all safe choices keep (the cutting planes of Fischetti and
Salazar-Gonzalez 2001, Journal of the American Statistical Association 96, 820-828, here with every
hidden cell to be protected, since an attacker cannot know which of them are small).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from youthjustice.disclosure.moves import Reach, exposed
from youthjustice.disclosure.programmes import in_whole_numbers
from youthjustice.disclosure.puzzle import Line, Puzzle, lacking
from youthjustice.disclosure.system import BoolArray, FloatArray

#: The most entries of the master programme: one of 157 services by six groups has 5 million.
MOST_ENTRIES = 6_000_000
_MOST_ROUNDS = 60
_NODES = 500
_SAME = 1e-6


def fewest(puzzle: Puzzle, known: BoolArray, reach: Reach, until: float) -> tuple[BoolArray, bool]:
    """Return the cheapest safe choice, or ``known``, and whether no cheaper one exists."""
    if not (known & ~puzzle.must).any():
        return known, True
    entries = 2 * sum(len(line.members) + 1 for line in puzzle.lines) * len(puzzle.values)
    if entries > MOST_ENTRIES:
        return known, False
    rows, least = _first_rows(puzzle)
    for _ in range(_MOST_ROUNDS):
        hidden = _choose(puzzle, rows, least, until)
        if hidden is None:
            break
        if puzzle.cost[hidden].sum() >= puzzle.cost[known].sum() - _SAME:
            return known, True
        still = reach.within(hidden | puzzle.open)
        unsafe = exposed(puzzle, hidden, still, until)
        reach.moves.extend(still.moves)
        telling = [one for one in puzzle.lines if lacking(puzzle, hidden, one) is not None]
        if not unsafe and not telling:
            return hidden, True
        for line in telling:
            row, bound = _otherwise(puzzle, hidden, line)
            rows.append(row)
            least.append(bound)
        for found in unsafe:
            row = found.weights / found.needed
            row[found.cell] -= ~puzzle.open[found.cell]
            rows.append(row)
            least.append(float(puzzle.open[found.cell]))
    return known, False


def _first_rows(puzzle: Puzzle) -> tuple[list[FloatArray], list[float]]:
    """Say that in each line no cell is hidden alone, and no shown total leaves a small sum."""
    rows: list[FloatArray] = []
    least: list[float] = []
    size = len(puzzle.values)
    needed = max(puzzle.threshold, puzzle.width)
    for line in puzzle.lines:
        cells = np.append(line.members, line.total)
        enough = np.zeros(size)
        enough[line.members] = np.minimum(puzzle.values[line.members], needed)
        enough[line.total] = needed
        beside = np.zeros(size)
        beside[cells] = 1
        for cell in cells[~puzzle.open[cells] | puzzle.guarded[cells]]:
            for row, of_cell in ((beside, 2.0), (enough, float(needed))):
                if row is enough and (cell == line.total or puzzle.open[line.total]):
                    continue
                asked = np.where(puzzle.open, 0.0, row)
                asked[cell] -= of_cell * ~puzzle.open[cell]
                rows.append(asked)
                least.append(of_cell * puzzle.open[cell] - float(row[puzzle.open].sum()))
    return rows, least


def _otherwise(puzzle: Puzzle, hidden: BoolArray, line: Line) -> tuple[FloatArray, float]:
    """Say that something in a line is chosen otherwise: more is hidden, or less."""
    cells = np.append(line.members, line.total)
    cells = cells[~puzzle.open[cells]]
    row = np.zeros(len(hidden))
    row[cells] = np.where(hidden[cells], -1.0, 1.0)
    return row, 1.0 - float(hidden[cells].sum())


def _choose(
    puzzle: Puzzle, rows: list[FloatArray], least: list[float], until: float
) -> BoolArray | None:
    """Return the cheapest choice that keeps all inequalities so far."""
    best, settled = in_whole_numbers(
        puzzle.cost,
        sparse.csr_array(np.array(rows)),
        np.array(least),
        np.full(len(least), np.inf),
        puzzle.must.astype(np.float64),
        (puzzle.must | puzzle.may).astype(np.float64),
        until=until,
        nodes=_NODES,
    )
    return best > 0.5 if best is not None and settled else None
