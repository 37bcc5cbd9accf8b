"""The marks of a line chart: lines, intervals, breaks, lone points and the axis of time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from youthjustice._months import MONTHS
from youthjustice.presentation import dates, layout, marks, palette
from youthjustice.presentation.charts.line_series import Break, Line, Point, with_gaps
from youthjustice.presentation.placing import Places
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from youthjustice.presentation.charts.line_series import Floats

PAD = 8.0
_DODGE = 6.0


class Scale(NamedTuple):
    """Turns days and values into points from the lower left corner of the axes."""

    first: float
    days: float
    top: float
    across: float
    up: float

    def x(self, day: Floats | float) -> Floats:
        """Return how far to the right a day lies."""
        return (np.asarray(day) - self.first) * self.across / self.days

    def y(self, value: Floats | float) -> Floats:
        """Return how far up a value lies."""
        return np.asarray(value) * self.up / self.top


class Canvas(NamedTuple):
    """Where things are drawn: the axes, its scale, the size of text and what is already there."""

    ax: Axes
    scale: Scale
    size: float
    places: Places


class Tier(NamedTuple):
    """A break with its label: the text, where it starts or ends, and how far up it stands."""

    day: float
    text: str
    align: str
    at: float
    low: float


def prepare(
    ax: Axes,
    *,
    days: Floats,
    breaks: Sequence[tuple[date, str]],
    top: float,
    unit: str,
    step: int,
    margin: float,
    room_for_days: Sequence[float] = (),
    inferred: bool = False,
) -> Canvas:
    """Make room for the words around a drawing over time, then draw its axes and its breaks.

    ``margin`` is the room on the right for names; ``room_for_days`` are days beyond the series.
    """
    size = layout.font_size(ax)
    ticks = layout.nice_ticks(top)
    texts = layout.tick_texts(ticks)
    left = max(layout.text_width(text, size) for text in texts) + 10
    across = max(layout.figure_size(ax)[0] - left - margin, 20.0)
    scale = _scale_of(np.concatenate([days, room_for_days]), across, float(ticks[-1]))
    tiers = break_tiers(breaks, scale, size)
    break_room = max((tier.low + layout.text_height(tier.text, size) for tier in tiers), default=0)
    unit_room = size * layout.LINE_HEIGHT + 12
    layout.set_margins(ax, left, margin, unit_room + break_room, size * 2.9 + 6)
    across, up = layout.axes_size(ax)
    canvas = Canvas(ax, scale._replace(across=across, up=up), size, Places(across, up))
    ax.set_xlim(scale.first, scale.first + scale.days)
    ax.set_ylim(0, scale.top)
    layout.bare_axes(ax)
    layout.y_ticks(ax, ticks, texts, size)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1, zorder=1.5)
    place = 2 - left, up + break_room + unit_room / 2 + 2
    layout.write(ax, *place, sentence_case(unit), size, color=palette.TEXT_QUIET)
    time_axis(canvas, days, step, inferred=inferred)
    for tier in tiers:
        draw_break(canvas, tier)
    return canvas


def _scale_of(days: Floats, across: float, top: float) -> Scale:
    """Fit all days, with a little room on both sides for marks."""
    first, last = (days.min(), days.max()) if len(days) else (0.0, 1.0)
    edge = max(last - first, 30) * 10 / max(across, 20)
    return Scale(float(first - edge), float(last - first + 2 * edge), top, across, 1.0)


def side_shifts(lines: list[Line], scale: Scale) -> list[float]:
    """Move series with intervals a little sideways, so that no interval covers another."""
    carrying = [line.has_intervals for line in lines]
    middle = (sum(carrying) - 1) / 2
    day = scale.days / scale.across
    return [
        (sum(carrying[:number]) - middle) * _DODGE * day if carrying[number] else 0.0
        for number in range(len(lines))
    ]


def draw_line(canvas: Canvas, line: Line, shift: float) -> None:
    """Draw one series with its intervals, interrupted where it must be."""
    ax, scale, _, places = canvas
    x = line.x + shift
    gapped = with_gaps(x, line.starts), with_gaps(line.value, line.starts)
    marks.line(
        ax,
        *gapped,
        color=line.colour,
        linestyle=line.dash,
        linewidth=2.2 if line.strong else 1.5,
        marker=line.marker,
        markersize=5.5 if line.strong else 4.5,
        markeredgecolor=palette.WHITE,
        markeredgewidth=0.7,
        clip_on=False,
        zorder=4 if line.strong else 3,
    )
    _draw_intervals(canvas, x, (line.lower, line.upper), line.colour)
    places.avoid_line(scale.x(gapped[0]), scale.y(gapped[1]))
    bars = np.column_stack([line.lower, np.minimum(line.upper, scale.top), np.full(len(x), np.nan)])
    places.avoid_line(scale.x(np.repeat(x, 3)), scale.y(bars.ravel()))


def _draw_intervals(canvas: Canvas, x: Floats, bounds: tuple[Floats, Floats], colour: str) -> None:
    """Draw intervals as vertical bars; one without an upper end runs off with an arrow."""
    ax, top, (lower, upper) = canvas.ax, canvas.scale.top, bounds
    shown = np.isfinite(lower) & ~np.isnan(upper)
    highs = np.minimum(upper[shown], top)
    marks.uprights(ax, x[shown], lower[shown], highs, color=colour, linewidth=1.3, zorder=2)
    endless = x[shown & np.isinf(upper)]
    tops = np.full(len(endless), top)
    marks.line(
        ax, endless, tops, linestyle="", marker="^", color=colour, markersize=5, clip_on=False
    )


def break_tiers(breaks: Sequence[Break], scale: Scale, size: float) -> list[Tier]:
    """Find a place above the drawing for the label of each break.

    A label stands beside its line, on the side that has room, or across it; one that would touch a
    label already placed stands above it.
    """
    placed: list[tuple[float, float, float, float]] = []
    tiers = []
    for day, label in breaks:
        text = layout.wrap(label, min(scale.across * 0.62, 200), size)
        width, height = layout.text_width(text, size), layout.text_height(text, size)
        x = float(scale.x(day.toordinal()))
        align, at = "left", x
        if x + width > scale.across + PAD:
            fits = x - width >= -PAD
            align, at = ("right", x) if fits else ("left", max(scale.across - width, 0.0))
        start = at if align == "left" else at - width
        low = 4.0
        for begin, end, bottom, top in sorted(placed, key=lambda box: box[2]):
            if begin - 6 < start + width and start < end + 6 and bottom < low + height:
                low = max(low, top + 2)
        placed.append((start, start + width, low, low + height))
        tiers.append(Tier(float(day.toordinal()), text, align, at, low))
    return tiers


def draw_break(canvas: Canvas, tier: Tier) -> None:
    """Draw a break as a dashed line up to its label."""
    ax, scale, size, places = canvas
    marks.line(
        ax,
        [tier.day] * 2,
        [0, scale.top * (1 + (tier.low - 2) / scale.up)],
        color=palette.TEXT_QUIET,
        linewidth=1.2,
        linestyle=(0, (4, 3)),
        zorder=2,
        clip_on=False,
    )
    write_tier(ax, tier, scale.up, size)
    places.avoid_line(np.full(2, float(scale.x(tier.day))), np.array([0, scale.up]))


def write_tier(ax: Axes, tier: Tier, up: float, size: float) -> None:
    """Write the label of a break above a drawing ``up`` points high, over any line behind it."""
    style = {"va": "bottom", "ha": tier.align, "paper": layout.PAPER, "zorder": 3}
    layout.write(ax, tier.at, up + tier.low, tier.text, size, **style)


def draw_point(canvas: Canvas, point: Point) -> None:
    """Draw a lone figure as a hollow diamond, unlike any mark on a line."""
    day = np.array([float(point.x.toordinal())])
    low, high = np.array([point.lower]), np.array([point.upper])
    _draw_intervals(canvas, day, (low, high), palette.TEXT_QUIET)
    marks.line(
        canvas.ax,
        day,
        [point.value],
        linestyle="",
        marker="D",
        markersize=7,
        markerfacecolor=palette.WHITE,
        markeredgecolor=palette.TEXT,
        markeredgewidth=1.5,
        zorder=5,
    )
    x, y = float(canvas.scale.x(day)[0]), float(canvas.scale.y(point.value))
    canvas.places.avoid_box((x, y), 10, 10)
    ends = canvas.scale.y(np.array([point.lower, min(point.upper, canvas.scale.top)]))
    canvas.places.avoid_line(np.full(2, x), ends)


def time_axis(canvas: Canvas, days: Floats, step: int, *, inferred: bool = False) -> None:
    """Mark the periods, leave out labels that would touch, and say what a label stands for."""
    ax, scale, size, _ = canvas
    ends = [date.fromordinal(int(day)) for day in np.unique(days)]
    if step == 12 and len({end.month for end in ends}) == 1:
        first, last = (date.fromordinal(int(scale.first + scale.days * at)) for at in (0, 1))
        month_end = pd.offsets.MonthEnd(0)
        years = range(first.year, last.year + 1)
        marked = [(pd.Timestamp(year, ends[0].month, 1) + month_end).toordinal() for year in years]
        texts = [str(year) for year in years]
        meaning = f"Year ending {MONTHS[ends[0].month - 1]}"
    else:
        marked = [end.toordinal() for end in ends]
        texts = [dates.month_year(end, short=True) for end in ends]
        meaning = "Year ending" if step == 12 else "Period ending"
    inside = [n for n, mark in enumerate(marked) if 0 <= scale.x(mark) <= scale.across]
    widest = max((layout.text_width(text, size) for text in texts), default=1.0) + size * 0.8
    apart = scale.across / max(len(inside), 1)
    # Counted from the end, so that the latest period always has its label.
    shown = inside[:: -max(1, math.ceil(widest / apart))]
    layout.x_ticks(ax, [marked[n] for n in shown], [texts[n] for n in shown], size)
    place = scale.across / 2, -size * 2.5 - 2
    meaning += ", inferred" if inferred else ""
    layout.write(ax, *place, meaning, size, ha="center", color=palette.TEXT_QUIET)
