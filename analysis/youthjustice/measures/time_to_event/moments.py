"""The moments at which somebody leaves, in each group, and how many are at risk then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.time_to_event.follow_up import FollowUp, IntArray

# Whole days are counted in a table of groups by days of at most this many cells per child.
_ROOMY = 4


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """One element for each group and distinct time, in that order; ``row`` is each child's.

    ``start`` is the place of each group's first moment, with the number of moments at the end.
    """

    group: IntArray
    time: FloatArray
    row: IntArray
    start: IntArray

    def of_groups(self, values: FloatArray) -> list[FloatArray]:
        """Return the values of each group apart."""
        return [np.asarray(part) for part in np.split(values, self.start[1:-1])]


def moments(group: IntArray, time: FloatArray, groups: int) -> Moments:
    """Find the distinct times of every group, in order."""
    days = time.max() + 1
    if groups * days <= _ROOMY * len(time) and (time == np.floor(time)).all():
        return _whole_days(group, time.astype(np.int64), groups, int(days))
    order = np.argsort(time)
    if groups > 1:  # numbers this short are sorted without being compared
        short = group.astype(np.int16 if groups < 2**15 else np.int64)
        order = order[np.argsort(short[order], kind="stable")]
        group = group[order]
    time = time[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = time[1:] != time[:-1]
    if groups > 1:
        new[1:] |= group[1:] != group[:-1]
    place = np.cumsum(new)
    place -= 1
    row = np.empty(len(order), dtype=np.int64)
    row[order] = place
    group = group[new] if groups > 1 else np.zeros(place[-1] + 1, dtype=np.int64)
    start = np.searchsorted(group, np.arange(groups + 1))
    return Moments(group, time[new], row, start.astype(np.int64))


def _whole_days(group: IntArray, day: IntArray, groups: int, days: int) -> Moments:
    """Find the moments in a table of groups by days, which saves sorting the children."""
    key = group * days + day
    seen = np.bincount(key, minlength=groups * days) > 0
    keys = np.flatnonzero(seen)
    return Moments(
        group=keys // days,
        time=(keys % days).astype(np.float64),
        row=(np.cumsum(seen) - 1)[key],
        start=np.searchsorted(keys, np.arange(groups + 1) * days).astype(np.int64),
    )


def count(row: IntArray, kind: IntArray, rows: int, kinds: int) -> IntArray:
    """Count children by row and kind: a table of rows by kinds, each kind in one piece."""
    return np.bincount(kind * rows + row, minlength=rows * kinds).reshape(kinds, rows).T


def still_there(leaving: IntArray, start: IntArray) -> IntArray:
    """Return how many of each group leave at each moment or after it, along the first axis."""
    after = np.zeros((len(leaving) + 1, *leaving.shape[1:]), dtype=np.int64)
    after[:-1] = np.cumsum(leaving[::-1], axis=0)[::-1]
    ends = np.repeat(start[1:], np.diff(start))
    return np.asarray(after[:-1] - after[ends])


def running(values: FloatArray, start: IntArray, product: bool = False) -> FloatArray:
    """Return sums (or products) from the start of each group, along the first axis."""
    if len(start) == 2:
        alone = np.cumprod(values, axis=0) if product else np.cumsum(values, axis=0)
        return np.asarray(alone, dtype=np.float64)
    group = np.repeat(np.arange(len(start) - 1), np.diff(start))
    pieces = pd.DataFrame(values).groupby(group, sort=False)
    whole = pieces.cumprod() if product else pieces.cumsum()
    return whole.to_numpy(dtype=np.float64).reshape(values.shape)


def before(values: FloatArray, start: IntArray, first: float) -> FloatArray:
    """Return each value as it stood one moment earlier, ``first`` at each group's first."""
    earlier = np.empty_like(values)
    earlier[1:] = values[:-1]
    earlier[start[:-1]] = first
    return earlier


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """Who leaves each group at each moment, why, and who was at risk just before.

    ``events`` has one column for each cause.
    """

    follow: FollowUp
    moments: Moments
    at_risk: IntArray
    events: IntArray
    censored: IntArray

    def shown(self, times: FloatArray | None) -> Shown:
        """Return the rows to show: every moment, or each group at each of the chosen times."""
        found = self.moments
        if times is None:
            place = np.arange(len(found.time))
            never = np.zeros(len(place), dtype=bool)
            return Shown(
                found.group, found.time, place, self.at_risk, self.events, self.censored, never
            )
        groups = len(found.start) - 1
        group = np.repeat(np.arange(groups), len(times))
        time = np.tile(times, groups)
        past = [np.searchsorted(part, times, "right") for part in found.of_groups(found.time)]
        yet = [np.searchsorted(part, times, "left") for part in found.of_groups(found.time)]
        first = found.start[:-1][group]
        place = first + np.concatenate(past) - 1
        leaving = np.column_stack([self.censored, self.events])
        total = np.vstack([np.zeros_like(leaving[:1]), np.cumsum(leaving, axis=0)])
        later = total[found.start[1:][group]] - total[first + np.concatenate(yet)]
        by_then = total[place + 1] - total[first]
        return Shown(
            group=group,
            time=time,
            place=np.where(place < first, -1, place),
            at_risk=later.sum(axis=1) - waiting(self.follow, group, time),
            events=by_then[:, 1:],
            censored=by_then[:, 0],
            ended=time > found.time[found.start[1:] - 1][group],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The rows of a result: a group and a time each, and the counts that belong there.

    ``place`` is the last moment by then (-1: none yet); ``ended`` tells times after everyone left.
    """

    group: IntArray
    time: FloatArray
    place: IntArray
    at_risk: IntArray
    events: IntArray
    censored: IntArray
    ended: BoolArray

    def take(self, values: FloatArray, first: float) -> FloatArray:
        """Return the values of the moments as they stand in these rows, ``first`` before any."""
        return np.where(self.place < 0, first, values[self.place])


def departures(follow: FollowUp) -> Departures:
    """Count those who leave each group at each of its moments."""
    found = moments(follow.group, follow.time, len(follow.groups))
    leaving = count(found.row, follow.cause, len(found.time), len(follow.causes) + 1)
    at_risk = still_there(leaving.sum(axis=1), found.start)
    at_risk = at_risk - waiting(follow, found.group, found.time)
    return Departures(follow, found, at_risk, leaving[:, 1:], leaving[:, 0])


def waiting(follow: FollowUp, group: IntArray, time: FloatArray) -> IntArray:
    """Return how many of each group have not entered before each of the given times."""
    yet = np.zeros(len(time), dtype=np.int64)
    if follow.entry is None:
        return yet
    for at in range(len(follow.groups)):
        began = np.sort(follow.entry[follow.group == at])
        asked = group == at
        yet[asked] = len(began) - np.searchsorted(began, time[asked], "left")
    return yet
