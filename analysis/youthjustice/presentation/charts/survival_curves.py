"""What a survival chart draws: the steps of each group, its censoring and its numbers at risk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Columns of the share who have had the event, and of the share who have not.
SHARES = {
    "had": ("cumulative", "cumulative_lower", "cumulative_upper"),
    "free": ("value", "lower", "upper"),
}


@dataclass(frozen=True, eq=False)
class Curve:
    """One group: its share after each time, from time 0 on, and when somebody was censored.

    ``at_risk`` are the numbers at the ticks. The curve ends at ``time[-1]``, the last time at which
    enough were at risk; ``cut`` says that watching went on with fewer,
    ``over`` that nobody is without an event any more, so that the share stays as it is.
    """

    name: str
    time: Floats
    share: Floats
    lower: Floats
    upper: Floats
    censored: Floats
    at_risk: list[int]
    cut: bool
    over: bool
    colour: str
    marker: str
    dash: Any
    strong: bool

    @property
    def unseen(self) -> bool:
        """Say whether too few were at risk from the start, so that there is no curve."""
        return len(self.time) == 1

    def at(self, times: Floats) -> Floats:
        """Return the share at some times, which is that after the last step before each."""
        place = np.searchsorted(self.time, times, side="right") - 1
        return np.asarray(self.share[place])


def curves_of(
    curve: pd.DataFrame,
    *,
    show: str,
    ticks: Sequence[float],
    at_risk: pd.DataFrame | None,
    focus: str | None,
    least: int,
) -> list[Curve]:
    """Split the frame of a curve into groups, the focus first."""
    rows = _one_cause(curve)
    names = list(dict.fromkeys(rows["group"]))
    if not 1 <= len(names) <= palette.MOST_SERIES:
        raise InputProblem(
            f"a survival chart was given {len(names)} groups: choose 1 to {palette.MOST_SERIES}"
        )
    if focus is not None and focus not in map(str, names):
        raise InputProblem(
            f"the focus {focus!r} is not among the groups {[str(name) for name in names]}: check "
            "its name"
        )
    names.sort(key=lambda name: str(name) != focus)
    colours = palette.series_colours(len(names))
    if focus is not None:
        colours = (palette.FOCUS, *[palette.CONTEXT] * (len(names) - 1))
    value, lower, upper = SHARES[show] if "cumulative" in rows else SHARES["free"]
    start = 1.0 if show == "free" and "cumulative" in rows else 0.0
    found = []
    for number, name in enumerate(names):
        part = rows[rows["group"] == name]
        _check_steps(part, str(name))
        enough = (part["at_risk"] >= least).to_numpy(bool)
        some = int(enough.sum()) if enough.all() else int(np.argmin(enough))
        shown = part.iloc[:some]
        censored = shown["time"].to_numpy(float)[shown["censored"].to_numpy() > 0]
        free = part["event_free" if "event_free" in part else "value"].to_numpy(float)
        # A time at which nobody has the event is no step; the last one says where watching ended.
        steps = np.array(shown["events"] > 0)
        steps[-1:] = True
        shown = shown[steps]
        time = np.append(0.0, shown["time"].to_numpy(float))
        found.append(
            Curve(
                name=str(name),
                time=time,
                share=np.append(start, shown[value].to_numpy(float)),
                lower=np.append(math.nan, shown[lower].to_numpy(float)),
                upper=np.append(math.nan, shown[upper].to_numpy(float)),
                censored=censored,
                at_risk=[_left(part, name, tick, at_risk) for tick in ticks],
                cut=some < len(part),
                over=bool(some == len(part) and free[-1] == 0),
                colour=colours[number],
                marker=palette.MARKERS[number],
                dash=palette.DASHES[number],
                strong=focus is None or str(name) == focus,
            )
        )
    return found


def _one_cause(curve: pd.DataFrame) -> pd.DataFrame:
    absent = [name for name in ("group", "time", "at_risk", "value") if name not in curve]
    if absent or curve.empty:
        raise InputProblem(
            f"a survival chart was given {'no column ' + repr(absent[0]) if absent else 'no rows'}: "
            "give it what kaplan_meier or cumulative_incidence returns"
        )
    if "cause" in curve and len(curve["cause"].unique()) > 1:
        raise InputProblem(
            f"a survival chart was given the causes {list(curve['cause'].unique())}: choose one, "
            "for every group"
        )
    return curve


def _check_steps(part: pd.DataFrame, name: str) -> None:
    """Refuse the rows of chosen times, between which the steps are lost.

    In a whole curve the share without the event falls by events over those at risk at every row.
    """
    free = part["event_free" if "event_free" in part else "value"].to_numpy(float)
    gone = part["events"] + part.get("other_events", 0)
    stays = 1 - gone.to_numpy(float) / np.maximum(part["at_risk"].to_numpy(float), 1)
    whole = np.append(1.0, free[:-1]) * stays
    if not np.allclose(free, whole, rtol=0, atol=1e-9):
        raise InputProblem(
            f"the rows of {name!r} are not every step of its curve: make the frame without at, and "
            "give the numbers at chosen times in at_risk"
        )


def _left(part: pd.DataFrame, name: Any, tick: float, at_risk: pd.DataFrame | None) -> int:
    """Return how many are at risk just before a time."""
    if at_risk is not None:
        rows = at_risk[(at_risk["group"] == name) & (at_risk["time"] == tick)]
        if rows.empty:
            raise InputProblem(f"at_risk has no row for the group {name!r} at time {tick:g}")
        return int(rows["at_risk"].iloc[0])
    later = part.loc[part["time"] >= tick, "at_risk"]
    return int(later.iloc[0]) if len(later) else 0
