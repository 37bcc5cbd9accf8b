"""Slopes: two periods of up to four series, with an interval at both ends."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.edge import PAD, Name, name_at_edge, room_for
from youthjustice.presentation.table import Table
from youthjustice.presentation.words import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DODGE = 7.0
_INSET = 8.0


class Slope(NamedTuple):
    """One series: its figures (value, lower, upper) by end, NaN where there is none."""

    name: str
    ends: Floats
    symbols: tuple[Any, Any]
    colour: str
    marker: str
    dash: Any
    strong: bool


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    slopes: list[Slope]
    periods: tuple[str, str]
    unit: str
    form: numbers.Form
    broken: str


def slope_lines(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    period: str = "period",
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    series: str = "area_name",
    focus: str | None = None,
    broken: str = "",
    form: numbers.Form = numbers.rate,
    confidence: float = 0.95,
    approximate: bool = False,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "slope",
) -> Chart:
    """Draw how one to four series went from one period to another, from a row per series and period.

    ``period`` holds the words for the two periods, in their order in the frame ("year ending
    December 2016"). ``lower`` and ``upper`` may be missing in the frame or in a row. ``broken`` says
    why the two periods cannot be compared ("A new definition"); then, and where an end is missing,
    no line joins the ends. ``focus`` is drawn strong. ``approximate`` says that the counts are
    implied or rounded. The axis starts at 0. Raises InputProblem for periods other than two, more
    than four series, a focus that is not among them, and two figures for one end.

    >>> frame = pd.DataFrame({"area_name": ["Islington"] * 2, "period": ["2016", "2024"],
    ...     "value": [537, 145], "lower": [428, 91], "upper": [665, 219]})
    >>> chart = slope_lines(frame, title="Two years", measure="first-time entrants",
    ...     unit="per 100,000 children", source="Youth Justice Statistics")
    >>> print(chart.alt)
    Slope chart of first-time entrants per 100,000 children, 2016 and 2024, with 95% confidence \
intervals: Islington, 537 (428 to 665) and 145 (91 to 219).
    """
    content = Content(
        *_read(frame, (period, series, value, lower, upper), focus), unit, form, broken
    )
    what = f"{measure} {unit}"
    first, last = content.periods
    known = any(np.isfinite(slope.ends[:, 1]).any() for slope in content.slopes)
    interval = f"{confidence * 100:.4g}% confidence interval"

    def draw(ax: Axes) -> Axes:
        return _draw(ax, content)

    told = "; ".join(
        f"{slope.name}, {_figure(slope, 0, form)} and {_figure(slope, 1, form)}"
        for slope in content.slopes
    )
    notes = [
        f"Upright bars are {interval}s." if known else "No intervals are available.",
        f"No line joins the two periods: {broken}." if broken else "",
        "Counts are approximate, and so are the intervals." if approximate and known else "",
        note,
    ]
    with_intervals = f", with {interval}s" if known else ""
    apart = f"The two periods are not comparable: {broken}." if broken else ""
    opening = f"Slope chart of {what}, {first} and {last}{with_intervals}: {told}."
    return Chart(
        draw=draw,
        title=title,
        subtitle=subtitle or f"{sentence_case(what)}, {first} and {last}",
        alt=" ".join(filter(None, [opening, apart, message])),
        source=source,
        data=_table(content, sentence_case(what), interval if known else ""),
        name=name,
        note=" ".join(filter(None, notes)),
    )


def _read(
    frame: pd.DataFrame, columns: tuple[str, str, str, str, str], focus: str | None
) -> tuple[list[Slope], tuple[str, str]]:
    period, series, *figures = columns
    periods = [str(label) for label in frame[period].unique()]
    if len(periods) != 2:
        raise InputProblem(
            f"a slope chart was given {len(periods)} periods in the column {period!r}: choose two"
        )
    names = [str(name) for name in frame[series].unique()]
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
        rows = frame[frame[series].astype(str) == name]
        rows = rows.set_axis(rows[period].astype(str)).reindex(periods)
        ends = np.column_stack(
            [
                rows[column].to_numpy(float, na_value=math.nan)
                if column in rows
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


def _draw(ax: Axes, content: Content) -> Axes:
    slopes, size, narrow = content.slopes, layout.font_size(ax), layout.is_narrow(ax)
    most = max((_top(slope) for slope in slopes), default=0.0) * 1.03 or 1.0
    texts = [[_label(slope, end, content.form, narrow) for slope in slopes] for end in (0, 1)]
    # The periods stand in the margins too, half of each beside its end.
    room = 90 if narrow else 150
    periods = [layout.wrap(sentence_case(text), room, size) for text in content.periods]
    half = [layout.text_width(text, size) / 2 for text in periods]
    left, right = (max(room_for(texts[end], size), half[end]) for end in (0, 1))
    unit_room = size * layout.LINE_HEIGHT + 12
    below = max(layout.text_height(text, size) for text in periods) + 14
    label = layout.wrap(content.broken, 150 if narrow else 300, size)
    break_room = layout.text_height(label, size) + 4 if label else 0.0
    layout.set_margins(ax, left, right, unit_room + break_room, below)
    across, up = layout.axes_size(ax)
    ax.set_xlim(-_INSET, across + _INSET)
    ax.set_ylim(0, most)
    layout.bare_axes(ax, size)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.vlines([0, across], 0, most, colors=palette.GRID, linewidth=1, zorder=0)
    ax.axhline(0, color=palette.TEXT_QUIET, linewidth=1, zorder=1)
    quiet = {"color": palette.TEXT_QUIET}
    above = up + break_room + unit_room / 2 + 2
    layout.write(ax, 2 - left, above, sentence_case(content.unit), size, **quiet)
    layout.write(ax, -PAD, 0, "0", size, ha="right", **quiet)
    inset = _INSET * across / (across + 2 * _INSET)
    for at, text in zip((inset, across - inset), periods, strict=True):
        layout.write(ax, at, -8, text, size, ha="center", va="top")
    if label:
        _draw_break(ax, label, across, up)
    scale = up / most
    carrying = [slope for slope in slopes if np.isfinite(slope.ends[:, 1]).any()]
    for slope in reversed(slopes):
        place = carrying.index(slope) if slope in carrying else 0
        shift = _DODGE * (place if slope in carrying else 0)
        _draw_slope(ax, slope, (shift, across - shift), most, bool(content.broken))
    for end in (0, 1):
        names = [
            Name(across * end, float(slope.ends[end, 0]) * scale, text, slope.colour, slope.strong)
            for slope, text in zip(slopes, texts[end], strict=True)
            if math.isfinite(slope.ends[end, 0])
        ]
        name_at_edge(ax, names, across=across, up=up, left=end == 0)
    return ax


def _draw_slope(ax: Axes, slope: Slope, x: tuple[float, float], top: float, broken: bool) -> None:
    """Draw one series: a line, unless something parts its ends, then intervals and marks."""
    value, lower, upper = slope.ends.T
    order = 4 if slope.strong else 3
    if not broken and np.isfinite(value).all():
        width = 2.2 if slope.strong else 1.5
        ax.plot(x, value, color=slope.colour, linestyle=slope.dash, linewidth=width, zorder=order)
    highs = np.minimum(upper, top)
    for at, low, high in zip(x, lower, highs, strict=True):
        if math.isfinite(low):
            ax.vlines(at, low, high, colors=slope.colour, linewidth=1.4, zorder=2)
    endless = np.isinf(upper)
    style: dict[str, Any] = {"linestyle": "", "color": slope.colour, "clip_on": False}
    ax.plot(np.array(x)[endless], highs[endless], marker="^", markersize=6, **style)
    edge: dict[str, Any] = {
        "markeredgecolor": palette.WHITE,
        "markeredgewidth": 0.8,
        "zorder": order + 1,
    }
    ax.plot(x, value, marker=slope.marker, markersize=8 if slope.strong else 7, **style, **edge)


def _draw_break(ax: Axes, text: str, across: float, up: float) -> None:
    """Part the two periods by a dashed line with its label above."""
    size = layout.font_size(ax)
    ax.plot(
        [0.5, 0.5],
        [0, 1],
        transform=ax.transAxes,
        color=palette.TEXT_QUIET,
        linewidth=1.2,
        linestyle=(0, (4, 3)),
        zorder=2,
    )
    layout.write(ax, across / 2, up + 2, text, size, ha="center", va="bottom")


def _top(slope: Slope) -> float:
    """Return the highest figure or bound, an endless one apart."""
    finite = slope.ends[np.isfinite(slope.ends)]
    return float(finite.max()) if len(finite) else 0.0


def _label(slope: Slope, end: int, form: numbers.Form, narrow: bool) -> str:
    """Write a figure beside its end, with the name of the series on the right."""
    if not math.isfinite(slope.ends[end, 0]):
        return ""
    figure = form(slope.ends[end, 0]) if narrow else _figure(slope, end, form)
    if not end:
        return figure
    text = f"{slope.name} {figure}"
    return layout.wrap(text, 82 if narrow else 190, 9.0 if narrow else 10.5, bold=True)


def _figure(slope: Slope, end: int, form: numbers.Form) -> str:
    """Write a figure with its interval, short: what the interval is, is said once."""
    value, lower, upper = slope.ends[end]
    if math.isnan(value):
        return f"[{slope.symbols[end] if isinstance(slope.symbols[end], str) else 'x'}]"
    if math.isnan(lower + upper):
        return form(value)
    return numbers.interval(value, lower, upper, form=form, name="").replace("( ", "(")


def _table(content: Content, caption: str, interval: str) -> Table:
    frame = pd.DataFrame(
        {
            "series": [slope.name for slope in content.slopes],
            **{
                f"end_{end}": [_figure(slope, end, content.form) for slope in content.slopes]
                for end in (0, 1)
            },
        }
    )
    more = f" ({interval})" if interval else ""
    labels = {f"end_{end}": f"{sentence_case(content.periods[end])}{more}" for end in (0, 1)}
    return Table(
        frame, caption, columns={"series": "Series", **labels}, align_right=["end_0", "end_1"]
    )
