"""Runs in a series of signs: 1 above, -1 below, 0 neither."""

from __future__ import annotations

import numpy as np

from youthjustice.measures.inputs import BoolArray, FloatArray


def in_run(sign: FloatArray, length: int, *, point_before: bool = False) -> FloatArray:
    """Return the sign of every run of ``length`` equal signs or more, 0 elsewhere.

    ``point_before`` marks the point before each run too: six rises are a run of seven points.

    >>> in_run(np.array([1.0, 1, 1, 0, 1, -1, -1]), 3)
    array([1., 1., 1., 0., 0., 0., 0.])
    """
    if sign.size == 0:
        return sign.copy()
    starts = np.flatnonzero(np.append(True, sign[1:] != sign[:-1]))
    sizes = np.diff(np.append(starts, sign.size))
    long = np.where(sizes >= length, sign[starts], 0.0)
    marked = np.repeat(long, sizes)
    if point_before:
        begins = np.zeros(sign.size)
        begins[starts] = long
        marked = np.where(marked == 0, np.append(begins[1:], 0.0), marked)
    return marked


def near_twice_in_three(side: FloatArray, near: BoolArray) -> FloatArray:
    """Return the side of the near points of every three in a row that are on one side, two near.

    >>> near_twice_in_three(np.array([1.0, 1, 1, -1]), np.array([True, False, True, True]))
    array([1., 0., 1., 0.])
    """
    marked = np.zeros(side.size)
    if side.size < 3:
        return marked
    sides, nears = (np.lib.stride_tricks.sliding_window_view(part, 3) for part in (side, near))
    broken = (np.abs(sides.sum(axis=1)) == 3) & (nears.sum(axis=1) >= 2)
    for place in range(3):
        here = marked[place : place + broken.size]
        here[:] = np.where(broken & nears[:, place], sides[:, place], here)
    return marked
