"""What a slope chart draws: the figures of each series at both ends, with their intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers, palette
from youthjustice.presentation.charts.line_series import figures_in, labels_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Slope(NamedTuple):
    """One series: its figures (value, lower, upper) by end, NaN where there is none."""

    name: str
    ends: Floats
    symbols: tuple[Any, Any]
    colour: str
    marker: str
    dash: Any
    strong: bool


def read_slopes(
    frame: pd.DataFrame, columns: tuple[str, str, str, str, str], focus: str | None
) -> tuple[list[Slope], tuple[str, str]]:
    """Split a frame into series, the focus first, and name its two periods."""
    period, series, *figures = columns
    when, whose = labels_of(frame, period), labels_of(frame, series)
    periods = when.unique().tolist()
    if len(periods) != 2:
        raise InputProblem(
            f"a slope chart was given {len(periods)} periods in the column {period!r}: choose two"
        )
    names = whose.unique().tolist()
    if len(names) > palette.MOST_SERIES:
        raise InputProblem(
            f"a slope chart was given {len(names)} series in the column {series!r}: choose 1 to "
            f"{palette.MOST_SERIES} of them"
        )
    if focus is not None and focus not in names:
        raise InputProblem(f"the focus {focus!r} is not among the series {names}: check its name")
    if frame.duplicated([series, period]).any():
        raise InputProblem(
            f"a series has two figures for one period in the column {period!r}: keep one"
        )
    names.sort(key=lambda name: name != focus)
    colours = palette.series_colours(len(names))
    if focus is not None:
        colours = (palette.FOCUS, *[palette.CONTEXT] * (len(names) - 1))
    slopes = []
    for number, name in enumerate(names):
        rows = frame[whose == name]
        rows = rows.set_axis(when[whose == name]).reindex(periods)
        ends = np.column_stack(
            [
                figures_in(rows, column, "slope")
                if column in rows or column == figures[0]
                else np.full(2, math.nan)
                for column in figures
            ]
        )
        if (ends < 0).any():
            raise InputProblem(f"a figure of {name!r} is below 0: a slope chart starts at 0")
        half = np.isnan(ends).any(axis=1)
        ends[half, 1:] = math.nan
        symbols = rows["symbol"].tolist() if "symbol" in rows else [None, None]
        slopes.append(
            Slope(
                name,
                ends,
                (symbols[0], symbols[1]),
                colours[number],
                palette.MARKERS[number],
                palette.DASHES[number],
                focus is None or name == focus,
            )
        )
    return slopes, (periods[0], periods[1])


def figure_at(slope: Slope, end: int, form: numbers.Form) -> str:
    """Write a figure with its interval, short: what the interval is, is said once."""
    value, lower, upper = slope.ends[end]
    if math.isnan(value):
        return f"[{slope.symbols[end] if isinstance(slope.symbols[end], str) else 'x'}]"
    if math.isnan(lower + upper):
        return form(value)
    return numbers.interval(value, lower, upper, form=form, name="").replace("( ", "(")
