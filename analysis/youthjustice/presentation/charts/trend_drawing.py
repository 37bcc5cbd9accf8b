"""The drawing of a trend chart: bands behind, breaks, fitted lines, points, then names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.charts import line_marks
from youthjustice.presentation.charts.edge import Name, name_at_edge, name_inside, room_for
from youthjustice.presentation.charts.line_marks import Canvas
from youthjustice.presentation.charts.line_series import with_gaps
from youthjustice.presentation.charts.trend_series import Cut, Fitted
from youthjustice.presentation.words.phrases import listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DAYS_IN_MONTH = 31.0  # the longest, so that shaded months leave no gap between them


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    lines: list[Fitted]
    breaks: Sequence[Cut]
    top: float
    unit: str
    step: int
    form: numbers.Form


def draw_trend(ax: Axes, content: Content) -> Axes:
    """Draw a trend chart on an axes of any size."""
    lines = [line for line in content.lines if len(line.x)]
    size = layout.font_size(ax)
    last = max((line.x[-1] for line in lines), default=0.0)
    texts = [_name(line, content.form, ax) for line in lines]
    at_edge = [bool(line.x[-1] == last) for line in lines]
    edge = [text for text, inside in zip(texts, at_edge, strict=True) if inside]
    canvas = line_marks.prepare(
        ax,
        days=np.concatenate([line.x for line in lines] or [np.zeros(0)]),
        breaks=[cut[:2] for cut in content.breaks],
        top=content.top,
        unit=content.unit,
        step=content.step,
        margin=room_for(edge, size),
    )
    _shade_flagged(canvas, lines, content.step)
    for line in reversed(lines):  # the focus is drawn last, over its context
        _draw_band(canvas, line)
        _draw_series(canvas, line)
    names = [
        Name(
            float(canvas.scale.x(line.x[-1])),
            float(canvas.scale.y(line.observed[-1])),
            text,
            line.colour,
            line.strong,
        )
        for line, text in zip(lines, texts, strict=True)
    ]
    up = canvas.scale.up
    outside = [name for name, edge in zip(names, at_edge, strict=True) if edge]
    name_at_edge(ax, outside, across=canvas.scale.across, up=up)
    for name, edge_name in zip(names, at_edge, strict=True):
        if not edge_name:
            name_inside(ax, name, canvas.places)
    _name_flagged(canvas, lines)
    return ax


def _draw_band(canvas: Canvas, line: Fitted) -> None:
    """Draw the band of each stretch; a lone point's band is an upright bar."""
    upper = np.minimum(line.upper, canvas.scale.top)
    style: dict[str, Any] = {
        "color": line.colour,
        "alpha": 0.2 if line.strong else 0.16,
        "linewidth": 0,
    }
    for part in line.stretches:
        if part.stop - part.start > 1:
            low, high = line.lower[part], upper[part]
            canvas.ax.fill_between(line.x[part], low, high, zorder=1.8, **style)
        elif np.isfinite(line.fitted[part.start]):
            at = line.x[part.start]
            ends = line.lower[part.start], upper[part.start]
            marks.uprights(
                canvas.ax, at, *ends, color=line.colour, alpha=0.3, linewidth=7, zorder=1.8
            )


def _draw_series(canvas: Canvas, line: Fitted) -> None:
    ax, scale, _, places = canvas
    x, fitted = with_gaps(line.x, line.starts), with_gaps(line.fitted, line.starts)
    strong = line.strong
    marks.line(
        ax,
        x,
        fitted,
        color=line.colour,
        linestyle=line.dash,
        linewidth=2 if strong else 1.5,
        zorder=3,
    )
    alone = [part.start for part in line.stretches if part.stop - part.start == 1]
    lone: dict[str, Any] = {
        "linestyle": "",
        "marker": "_",
        "markersize": 12,
        "markeredgewidth": 2,
        "zorder": 3,
    }
    marks.line(ax, line.x[alone], line.fitted[alone], color=line.colour, **lone)
    places.avoid_line(scale.x(x), scale.y(fitted))
    face = np.where(line.flagged, palette.WHITE, line.colour)
    for shown, marker in ((~line.left_out, line.marker), (line.left_out, "x")):
        for colour in sorted(set(face[shown])):
            these = shown & (face == colour)
            marks.line(
                ax,
                line.x[these],
                line.observed[these],
                linestyle="",
                color=line.colour,
                marker=marker,
                markersize=6 if strong else 5,
                markerfacecolor=colour,
                markeredgecolor=line.colour,
                markeredgewidth=1.4,
                clip_on=False,
                zorder=5 if strong else 4,
            )
    beside = scale.x(line.x)[:, None] + np.array([-4.0, 4.0, np.nan])
    places.avoid_line(beside.ravel(), np.repeat(scale.y(line.observed), 3))


def _flagged_days(lines: list[Fitted]) -> list[float]:
    return sorted({float(day) for line in lines for day in line.x[line.flagged]})


def _shade_flagged(canvas: Canvas, lines: list[Fitted], step: int) -> None:
    """Shade the periods that are flagged; neighbours run together."""
    reach = step * _DAYS_IN_MONTH / 2
    for day in _flagged_days(lines):
        marks.band(canvas.ax, day - reach, day + reach, color=palette.BAND, linewidth=0, zorder=0)


def _name_flagged(canvas: Canvas, lines: list[Fitted]) -> None:
    """Name the flagged years in free space at the foot of their shading."""
    days = _flagged_days(lines)
    if not days:
        return
    text = f"{flagged_years(days)} flagged"
    text = layout.wrap(text, max(canvas.scale.across * 0.3, 60), canvas.size)
    width = layout.text_width(text, canvas.size)
    height = layout.text_height(text, canvas.size)
    middle = float(canvas.scale.x((days[0] + days[-1]) / 2))
    room = width / 2, max(canvas.scale.across - width / 2, width / 2)
    foot, head = height / 2 + 3, canvas.scale.up - height / 2 - 3
    spots = [
        (float(np.clip(middle + side * (width / 2 + 5), *room)), level)
        for level in (foot, head)
        for side in (0, 1, -1)
    ]
    near = np.array([width / 2 + 3, height / 2 + 1])
    free = [not (np.abs(canvas.places.taken - s) < near).all(axis=1).any() for s in spots]
    spot = spots[free.index(True) if any(free) else 0]
    style: dict[str, Any] = {"ha": "center", "color": palette.TEXT_QUIET, "zorder": 6}
    layout.write(canvas.ax, *spot, text, canvas.size, **style)


def flagged_years(days: Sequence[float]) -> str:
    """Write the years of the flagged periods.

    >>> flagged_years([date(2020, 12, 31).toordinal(), date(2021, 12, 31).toordinal()])
    '2020 and 2021'
    """
    return listing(dict.fromkeys(str(date.fromordinal(int(day)).year) for day in sorted(days)))


def _name(line: Fitted, form: numbers.Form, ax: Axes) -> str:
    """Return a line's name with its latest observed figure."""
    text = f"{layout.isolated(line.name)} {form(line.observed[-1])}".strip()
    room = 78 if layout.is_narrow(ax) else 130
    return layout.wrap(text, room, layout.font_size(ax), bold=line.strong)
