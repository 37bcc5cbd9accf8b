"""What a line chart draws: each series in order of time, and where it is interrupted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, palette

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Break = tuple[date, str]


class Columns(NamedTuple):
    """The names of the columns that hold what is drawn."""

    x: str
    value: str
    lower: str
    upper: str
    series: str


@dataclass(frozen=True)
class Point:
    """A figure that stands alone, never joined to a line: another measure, or one lone year.

    >>> point = Point(date(2015, 12, 31), 41.3, "older measure", lower=38.9, upper=43.7)
    >>> point.label, point.value
    ('older measure', 41.3)
    """

    x: date
    value: float
    label: str
    lower: float = math.nan
    upper: float = math.nan


@dataclass(frozen=True, eq=False)
class Line:
    """One series as it is drawn; ``starts`` marks the points that no line leads to."""

    name: str
    x: Floats
    value: Floats
    lower: Floats
    upper: Floats
    starts: NDArray[np.bool_]
    colour: str
    marker: str
    dash: Any
    strong: bool

    @property
    def has_intervals(self) -> bool:
        """Say whether any point has an interval."""
        return bool(np.isfinite(self.lower).any())


def lines_of(
    frame: pd.DataFrame,
    columns: Columns,
    focus: str | None,
    breaks: Sequence[Break],
    step: int,
) -> list[Line]:
    """Split a frame into series, the focus first, interrupted at gaps and at breaks."""
    labels = labels_of(frame, columns.series)
    names = labels.unique().tolist()
    if not 1 <= len(names) <= palette.MOST_SERIES:
        raise InputProblem(
            f"a line chart was given {len(names)} series in the column {columns.series!r}: "
            f"choose 1 to {palette.MOST_SERIES} of them"
        )
    if focus is not None and focus not in names:
        raise InputProblem(f"the focus {focus!r} is not among the series {names}: check its name")
    names.sort(key=lambda name: name != focus)
    cuts = np.array(sorted(day.toordinal() for day, _ in breaks), dtype=float)
    colours = palette.series_colours(len(names))
    if focus is not None:
        colours = (palette.FOCUS, *[palette.CONTEXT] * (len(names) - 1))
    lines = []
    for number, name in enumerate(names):
        part = frame[(labels == name) & frame[columns.value].notna()]
        part = part.sort_values(columns.x)
        ends = pd.to_datetime(part[columns.x])
        if ends.duplicated().any():
            raise InputProblem(
                f"the series {name!r} has two figures for one period in the column "
                f"{columns.x!r}: keep one, or give them different names in {columns.series!r}"
            )
        days = ordinals(ends)
        value = figures_in(part, columns.value, "line")
        if (value < 0).any():
            raise InputProblem(f"a figure of {name!r} is below 0: a line chart starts at 0")
        lines.append(
            Line(
                name=name,
                x=days,
                value=value,
                lower=_column(part, columns.lower),
                upper=_column(part, columns.upper),
                starts=_starts(ends, days, cuts, step),
                colour=colours[number],
                marker=palette.MARKERS[number],
                dash=palette.DASHES[number],
                strong=focus is None or name == focus,
            )
        )
    return lines


def labels_of(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    """Return a column of names, or of dates, as they are written."""
    dated = pd.api.types.is_datetime64_any_dtype(frame[column].dtype)
    return frame[column].astype(object).map(dates.day if dated else str)


def figures_in(frame: pd.DataFrame, column: str, kind: str) -> Floats:
    """Return a column of figures (NaN where one is missing), or raise InputProblem."""
    if column not in frame:
        raise InputProblem(f"a {kind} chart was given no column {column!r}: name the one to draw")
    try:
        return frame[column].to_numpy(float, na_value=math.nan)
    except (TypeError, ValueError):
        raise InputProblem(
            f"the column {column!r} of a {kind} chart holds something that is no number: correct it"
        ) from None


def ordinals(ends: pd.Series[pd.Timestamp]) -> Floats:
    """Return dates as days, the scale that a line chart is drawn on."""
    return np.array([end.toordinal() for end in ends], dtype=float)


def with_gaps(values: Floats, starts: NDArray[np.bool_]) -> Floats:
    """Put a NaN before each new stretch, so that no line is drawn into it.

    >>> with_gaps(np.array([1.0, 2.0, 3.0]), np.array([True, False, True])).tolist()
    [1.0, 2.0, nan, 3.0]
    """
    return np.insert(values.astype(float), np.flatnonzero(starts)[1:], math.nan)


def _starts(
    ends: pd.Series[pd.Timestamp], days: Floats, cuts: Floats, step: int
) -> NDArray[np.bool_]:
    """Mark the first point, and each one after a missing period or on the far side of a break."""
    months = (ends.dt.year * 12 + ends.dt.month).to_numpy()
    breaks_before = np.searchsorted(cuts, days, side="left")
    apart = (np.diff(months) > step) | (np.diff(breaks_before) > 0)
    return np.concatenate([[True], apart])[: len(days)]


def _column(part: pd.DataFrame, name: str) -> Floats:
    return figures_in(part, name, "line") if name in part else np.full(len(part), math.nan)
