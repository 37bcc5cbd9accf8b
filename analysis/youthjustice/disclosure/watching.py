"""Reading a curve: how many of each group are watched, and had the event, at some times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.disclosure.steps import IntArray, Watched
from youthjustice.disclosure.system import FloatArray
from youthjustice.errors import InputProblem

EVERY = 30.0  # the times at which a curve may step where none are given: about each month of days
_COLUMNS = ("time", "at_risk", "events")


@dataclass(frozen=True, slots=True)
class Watching:
    """Groups by name, the times, and the children of each group at each time.

    ``whole`` is the place of the group that is all of the others together, if there is one, and
    ``named`` says whether the curve had groups at all.
    """

    groups: tuple[str, ...]
    times: tuple[float, ...]
    children: Watched
    whole: int | None
    named: bool
    total: str

    def rest_of(self, shown: Sequence[int]) -> Watched:
        """Return what anyone knows who takes the groups that are shown from the whole."""
        parts = [one for one in shown if one != self.whole]
        rest = self.children.taken([self.whole or 0]).without(self.children.taken(parts))
        return rest.taken([0] if rest.start[0] else [])


def watching(frame: pd.DataFrame, at: Sequence[float] | None, group: str, total: str) -> Watching:
    """Read a curve at some times. Raises InputProblem for what cannot be a curve."""
    if not isinstance(frame, pd.DataFrame):
        raise InputProblem(
            f"The curve is a {type(frame).__name__}; give a DataFrame with one row per step."
        )
    for name in _COLUMNS:
        if name not in frame.columns:
            raise InputProblem(f"The curve has no column {name!r}; give what kaplan_meier returns.")
    if frame.empty:
        raise InputProblem("The curve has no rows; give one row per step.")
    numbers = {name: _numbers(frame, name) for name in _COLUMNS}
    named = group in frame.columns
    if named and frame[group].isna().any():
        raise InputProblem(f"The column {group!r} is missing in a row; name the group of each row.")
    labels = frame[group].astype("object").map(str).to_numpy() if named else np.full(len(frame), "")
    groups = tuple(dict.fromkeys(labels.tolist()))
    times = _times(at, float(numbers["time"].max()))
    read = [_one_group(numbers, np.flatnonzero(labels == name), times, name) for name in groups]
    children = Watched(*(np.array(part) for part in zip(*read, strict=True)))
    whole = groups.index(total) if named and len(groups) > 1 and total in groups else None
    found = Watching(groups, tuple(times.tolist()), children, whole, named, total)
    if whole is not None:
        rest = found.rest_of(range(len(groups)))
        if any((part < 0).any() for part in (rest.start, rest.events, rest.free, rest.left)):
            raise InputProblem(
                f"The group {total!r} holds fewer children than the others together; make every "
                "curve from the same records, or give the total another name."
            )
    return found


def _one_group(
    numbers: dict[str, FloatArray], rows: IntArray, times: FloatArray, name: str
) -> tuple[int, IntArray, IntArray, int]:
    """Return those watched at first, with the event by each time, free at each, and with it ever."""
    time, at_risk, events = (numbers[column][rows] for column in _COLUMNS)
    of = f" of {name!r}" if name else ""
    if (np.diff(time) <= 0).any():
        raise InputProblem(f"The times{of} are not in order, each once; sort the steps.")
    after = at_risk - events
    if (after < 0).any() or (at_risk[1:] > after[:-1]).any():
        raise InputProblem(
            f"The steps{of} do not follow from each other; give every step of a curve (made without "
            "at) on which all children are watched from the start."
        )
    had = np.append(0.0, np.cumsum(events))
    # At risk just before the next step; at a step itself, those left after its events.
    free = np.append(at_risk, 0.0)[np.searchsorted(time, times, side="left")]
    here = np.isin(times, time)
    free[here] = after[np.searchsorted(time, times[here])]
    by = had[np.searchsorted(time, times, side="right")]
    return int(at_risk[0]), by.astype(np.int64), free.astype(np.int64), int(had[-1])


def _numbers(frame: pd.DataFrame, name: str) -> FloatArray:
    column = pd.to_numeric(frame[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    fine = np.isfinite(column) & (column >= 0)
    if name != "time":
        fine &= column == np.floor(column)
    if not fine.all():
        what = "a number from 0" if name == "time" else "a whole number from 0"
        raise InputProblem(
            f"The column {name!r} of the curve holds no such number in step {int(np.argmin(fine))}; "
            f"give {what} in each."
        )
    return column


def _times(at: Sequence[float] | None, last: float) -> FloatArray:
    """Return the times at which a curve may step."""
    times = np.arange(EVERY, last + EVERY, EVERY) if at is None else np.array(list(at), dtype=float)
    if not len(times) or not np.isfinite(times).all() or (times <= 0).any():
        raise InputProblem("at is no list of times above 0; give the times that may be shown.")
    return np.unique(times)
