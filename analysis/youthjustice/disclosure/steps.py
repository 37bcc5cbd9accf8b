"""Where a curve over time may step, so that no difference of two steps is a small count.

A curve is known at some times, chosen before anyone looked at the records. Between two steps that
are shown each group has enough events, and no child or enough children left without one. So has
what comes after the last step, where enough are still watched. The steps are the first that can be,
the last one as late as can be; they follow from nothing but the counts at those times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Watched:
    """Children of each group (a row) at each time (a column).

    ``start`` are those watched at first, ``events`` those who had the event up to each time,
    ``free`` those who had not and are still watched then, ``total`` those who ever had the event.
    """

    start: IntArray
    events: IntArray
    free: IntArray
    total: IntArray

    @property
    def left(self) -> IntArray:
        """Those who left without the event before each time."""
        return self.start[:, None] - self.events - self.free

    def taken(self, groups: list[int]) -> Watched:
        """Return some of the groups."""
        return Watched(
            self.start[groups], self.events[groups], self.free[groups], self.total[groups]
        )

    def beside(self, other: Watched) -> Watched:
        """Return these groups and others."""
        return Watched(
            np.append(self.start, other.start),
            np.vstack([self.events, other.events]),
            np.vstack([self.free, other.free]),
            np.append(self.total, other.total),
        )

    def without(self, parts: Watched) -> Watched:
        """Return what parts leave of the only group."""
        return Watched(
            self.start - parts.start.sum(keepdims=True),
            self.events - parts.events.sum(axis=0, keepdims=True),
            self.free - parts.free.sum(axis=0, keepdims=True),
            self.total - parts.total.sum(keepdims=True),
        )


def steps(watched: Watched, need: int, least: int) -> list[int]:
    """Return the times at which all groups may step together, none where there are none.

    In each step are at least ``need`` events, and ``least`` children are watched after the last.

    >>> from numpy import array
    >>> one = Watched(array([60]), array([[2, 6, 9, 13]]), array([[58, 54, 51, 30]]), array([13]))
    >>> steps(one, 5, 10)
    [1, 3]
    """
    chosen: list[int] = []
    for at in range(watched.events.shape[1]):
        if _may_step(watched, chosen, at, need, least):
            chosen.append(at)
    while chosen:
        before = chosen[:-1]
        for at in range(watched.events.shape[1] - 1, chosen[-1] - 1, -1):
            after = watched.total - watched.events[:, at]
            if _may_step(watched, before, at, need, least) and _enough_or_none(after, need):
                return [*before, at]
        chosen = before
    return chosen


def _may_step(watched: Watched, before: list[int], at: int, need: int, least: int) -> bool:
    events, left = watched.events[:, at], watched.left[:, at]
    if before:
        events = events - watched.events[:, before[-1]]
        left = left - watched.left[:, before[-1]]
    return bool(
        (events >= need).all()
        and _enough_or_none(left, need)
        and (watched.free[:, at] >= least).all()
    )


def _enough_or_none(number: IntArray, need: int) -> bool:
    return bool(((number == 0) | (number >= need)).all())
