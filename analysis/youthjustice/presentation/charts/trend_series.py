"""What a trend chart draws: observed points and fitted lines, each segment on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, palette
from youthjustice.presentation.charts.line_series import Break, labels_of, ordinals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

UNNAMED_BREAK = "Break in the series"


class Cut(NamedTuple):
    """A break as it is drawn, and the words for when it was."""

    day: date
    label: str
    when: str


@dataclass(frozen=True, eq=False)
class Fitted:
    """One series in order of time; ``starts`` marks the points that no line leads to."""

    name: str
    x: Floats
    observed: Floats
    fitted: Floats
    lower: Floats
    upper: Floats
    starts: Flags
    flagged: Flags
    left_out: Flags
    colour: str
    marker: str
    dash: Any
    strong: bool

    @property
    def stretches(self) -> list[slice]:
        """Return the runs of neighbouring points that one line may join."""
        begins = np.flatnonzero(self.starts).tolist()
        return [slice(a, b) for a, b in zip(begins, [*begins[1:], len(self.x)], strict=True)]


def fitted_lines(
    frame: pd.DataFrame, period: str, series: str | None, focus: str | None, step: int
) -> list[Fitted]:
    """Split the frame of ``trend_line`` into series, the focus first; missing points are left out."""
    labels = None if series is None else labels_of(frame, series)
    names = [""] if labels is None else labels.unique().tolist()
    if not 1 <= len(names) <= palette.MOST_SERIES or frame.empty:
        raise InputProblem(
            f"a trend chart was given {len(names) if len(frame) else 0} series: choose 1 to "
            f"{palette.MOST_SERIES}, and name in series the column that tells them apart"
        )
    if focus is not None and focus not in names:
        raise InputProblem(f"the focus {focus!r} is not among the series {names}: check its name")
    names.sort(key=lambda name: name != focus)
    colours = palette.series_colours(len(names))
    if focus is not None:
        colours = (palette.FOCUS, *[palette.CONTEXT] * (len(names) - 1))
    lines = []
    for number, name in enumerate(names):
        part = frame if labels is None else frame[labels == name]
        if part[period].duplicated().any():
            raise InputProblem(
                f"the series {name!r} has two figures for one period in the column {period!r}: "
                "name in series the column that tells its series apart"
            )
        part = part.dropna(subset=["observed"]).sort_values(period)
        ends = pd.to_datetime(part[period])
        flagged = part["flagged"].to_numpy(bool)
        has_line = part["fitted"].notna().to_numpy(bool)
        lines.append(
            Fitted(
                name=name,
                x=ordinals(ends),
                observed=part["observed"].to_numpy(float),
                fitted=part["fitted"].to_numpy(float),
                lower=part["lower"].to_numpy(float),
                upper=part["upper"].to_numpy(float),
                starts=_starts(ends, part["segment"].to_numpy(), step),
                flagged=flagged,
                left_out=has_line & ~part["in_fit"].to_numpy(bool),
                colour=colours[number],
                marker=palette.MARKERS[number],
                dash=palette.DASHES[number],
                strong=focus is None or name == focus,
            )
        )
    return lines


def breaks_between(
    frame: pd.DataFrame, period: str, series: str | None, breaks: Sequence[Break]
) -> list[Cut]:
    """Return a break for every cut between segments, each between the points it parts.

    A break that no segment was cut at is refused: the line would run through it. A cut without a
    name is named plainly. A break on the last day of a period is drawn just before that point, as
    the segment begins with it.
    """
    named = {pd.Timestamp(day): label for day, label in breaks}
    found: dict[pd.Timestamp, Cut] = {}
    by = ["segment"] if series is None else [series, "segment"]
    spans = frame.groupby(by, sort=False, observed=True)[period].agg(["min", "max"])
    for day, label in named.items():
        if ((spans["min"] < day) & (spans["max"] >= day)).any():
            raise InputProblem(
                f"the fitted line runs through the break {label!r} of {day:%Y-%m-%d}: give trend_line "
                "the same breaks"
            )
    groups = [spans] if series is None else [part for _, part in spans.groupby(level=0, sort=False)]
    for part in groups:
        ordered = part.sort_values("min")
        for before, after in zip(ordered["max"], ordered["min"].iloc[1:], strict=False):
            middle = before + (after - before) / 2
            inside = {day: label for day, label in named.items() if before < day <= after}
            if not inside and not any(before < day <= after for day in found):
                when = f"between {dates.month_year(before)} and {dates.month_year(after)}"
                found[middle] = Cut(middle.date(), UNNAMED_BREAK, when)
            for day, label in inside.items():
                place = day if day < after else middle
                found[day] = Cut(place.date(), label, f"at {dates.month_year(day)}")
    return sorted(found.values())


def highest(lines: list[Fitted]) -> tuple[float, bool]:
    """Return the top of the drawing, and whether a band runs beyond it.

    A band may reach to twice the highest figure; one that reaches further would flatten the rest.
    """
    figures = np.concatenate([np.append(line.observed, line.fitted) for line in lines])
    figures = figures[np.isfinite(figures)]
    most = float(figures.max()) if len(figures) else 0.0
    bands = np.concatenate([line.upper[~np.isnan(line.upper)] for line in lines])
    reach = float(bands.max()) if len(bands) else 0.0
    beyond = reach > 2 * most
    top = 2 * most if beyond else max(most, reach)
    return (top * 1.03 if top > 0 else 1.0), beyond


def _starts(ends: pd.Series[pd.Timestamp], segment: Any, step: int) -> Flags:
    """Mark the first point, and each one after a missing period or in a new segment."""
    months = (ends.dt.year * 12 + ends.dt.month).to_numpy()
    apart = (np.diff(months) > step) | (np.diff(segment) != 0)
    return np.concatenate([[True], apart])[: len(months)]
