"""Twins: two tables of counts that differ only in cells which both hide."""

import numpy as np
import pandas as pd

from youthjustice.disclosure import release
from youthjustice.errors import InputProblem

ROWS, COLUMNS = "ABCDEFGH", ("female", "male", "unknown", "other")


def with_margins(counts):
    """Write a table of counts as a long frame with all of its totals."""
    rows, columns = counts.shape
    whole = np.zeros((rows + 1, columns + 1), int)
    whole[:rows, :columns] = counts
    whole[rows, :columns] = counts.sum(0)
    whole[:, columns] = whole.sum(1)
    names = [*ROWS[:rows], "All"], [*COLUMNS[:columns], "All"]
    cells = [(row, column) for row in names[0] for column in names[1]]
    frame = pd.DataFrame(cells, columns=["outcome", "sex"])
    return frame.assign(children=whole.ravel())


def moved(counts, hidden, random):
    """Move a child round four hidden cells, which leaves every total as it is; None where none can."""
    rows, columns = counts.shape
    rounds = [
        (i, k, j, m)
        for i in range(rows)
        for k in range(rows)
        for j in range(columns)
        for m in range(columns)
        if i < k and j != m
        if hidden[i, j] and hidden[i, m] and hidden[k, j] and hidden[k, m]
        if counts[i, j] and counts[k, m]
    ]
    if not rounds:
        return None
    i, k, j, m = rounds[random.integers(len(rounds))]
    other = counts.copy()
    other[[i, k], [j, m]] -= 1
    other[[i, k], [m, j]] += 1
    return other


def released(counts):
    """Release a table, or None where it cannot be made safe."""
    try:
        return release(with_margins(counts), ["outcome", "sex"], "children")
    except InputProblem:
        return None


def twins(random):
    """Give a random table with its twin and both released; None where there is none."""
    shape = random.integers(2, 6), random.integers(2, 5)
    counts = random.poisson(random.choice([3, 8, 15, 30], size=shape))
    one = released(counts)
    if one is None:
        return None
    inside = np.s_[: shape[0], : shape[1]]
    hidden = one.hidden.to_numpy().reshape(shape[0] + 1, shape[1] + 1)[inside]
    other = moved(counts, hidden, random)
    two = None if other is None else released(other)
    if two is None:
        return None
    both = hidden & two.hidden.to_numpy().reshape(shape[0] + 1, shape[1] + 1)[inside]
    return (one, two) if both[counts != other].all() else None
