"""The drawing of a control chart: limits of each phase, the series, and what stands out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from youthjustice.presentation import dates, layout, marks, numbers, palette
from youthjustice.presentation.charts import line_marks
from youthjustice.presentation.charts.edge import Name, name_at_edge, name_inside, room_for
from youthjustice.presentation.charts.line_marks import Canvas, Scale
from youthjustice.presentation.charts.line_series import Break
from youthjustice.presentation.placing import Places
from youthjustice.presentation.words.control import DOWN, UP
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Words = NDArray[np.object_]

# A special cause is told by shape first, then by colour.
MARKS = {UP: ("^", palette.ORANGE), DOWN: ("v", palette.DARK_PINK), "": ("o", palette.DARK_BLUE)}


@dataclass(frozen=True, eq=False)
class Content:
    """One series as it is drawn: points in order, their limits, and what each one is.

    ``x`` counts days, or places; ``starts`` marks the points that no line leads to; ``side`` is
    higher, lower or empty, ``rule`` the words of the rule broken; ``phases`` are slices.
    """

    x: Floats
    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    starts: NDArray[np.bool_]
    side: Words
    rule: Words
    phases: list[slice]
    rebasings: Sequence[Break]
    labels: list[str]
    step: int
    unit: str
    centre_name: str
    form: numbers.Form

    @property
    def bottom(self) -> float:
        """Return where the axis starts: at 0 unless that would flatten the series."""
        low, high = self.reach
        if low >= 0 and (low < 0.6 * high or low == high):
            return 0.0
        return low - 0.08 * (high - low or 1)

    @property
    def reach(self) -> tuple[float, float]:
        """Return the lowest and the highest thing drawn."""
        every = np.concatenate([self.value, self.lower, self.upper])
        every = every[np.isfinite(every)]
        return float(every.min()), float(every.max())


def draw_control(ax: Axes, content: Content) -> Axes:
    """Draw a control chart on an axes of any size."""
    size = layout.font_size(ax)
    last = content.phases[-1].start
    form = content.form
    texts = [
        layout.wrap(text, 78 if layout.is_narrow(ax) else 130, size, bold=True)
        for text in (
            f"Lower limit {form(content.lower[last])}",
            f"{sentence_case(content.centre_name)} {form(content.centre[last])}",
            f"Upper limit {form(content.upper[last])}",
        )
    ]
    canvas, up_of = _prepare(ax, content, texts, size)
    for part in content.phases:
        _draw_limits(canvas, content, part, up_of)
    _draw_points(canvas, content, up_of)
    lines = (content.lower[last], content.centre[last], content.upper[last])
    names = [
        Name(canvas.scale.across, up_of(float(at)), text, palette.TEXT_QUIET)
        for at, text in zip(lines, texts, strict=True)
        if np.isfinite(at)
    ]
    name_at_edge(ax, names, across=canvas.scale.across, up=canvas.scale.up)
    for at in _named_points(content, 2 if layout.is_narrow(ax) else 4):
        colour = MARKS[content.side[at]][1]
        spot = float(canvas.scale.x(content.x[at])), up_of(float(content.value[at]))
        text = layout.wrap(str(content.rule[at]), 90 if layout.is_narrow(ax) else 170, size)
        name_inside(ax, Name(*spot, text, colour), canvas.places)
    return ax


class _Up:
    """Turns values into points above the foot of the axes."""

    def __init__(self, bottom: float, top: float, up: float) -> None:
        self.bottom, self.span, self.up = bottom, top - bottom, up

    def __call__(self, value: float) -> float:
        return (value - self.bottom) * self.up / self.span

    def many(self, values: Floats) -> Floats:
        return np.asarray((values - self.bottom) * self.up / self.span)


def _prepare(ax: Axes, content: Content, names: list[str], size: float) -> tuple[Canvas, _Up]:
    """Make room for the words around the drawing, then draw its axes and its rebasings."""
    ticks, texts = _ticks(content)
    left = max(layout.text_width(text, size) for text in texts) + 10
    right = room_for(names, size)
    across = max(layout.figure_size(ax)[0] - left - right, 20.0)
    first, last = float(content.x.min()), float(content.x.max())
    edge = max(last - first, 1.0) * 10 / across
    scale = Scale(first - edge, last - first + 2 * edge, float(ticks[-1]), across, 1.0)
    tiers = line_marks.break_tiers(content.rebasings, scale, size)
    room = max((tier.low + layout.text_height(tier.text, size) for tier in tiers), default=0.0)
    unit_room = size * layout.LINE_HEIGHT + 12
    layout.set_margins(ax, left, right, unit_room + room, size * 2.9 + 6)
    across, up = layout.axes_size(ax)
    canvas = Canvas(ax, scale._replace(across=across, up=up), size, Places(across, up))
    top = max(float(ticks[-1]), content.reach[1])
    ax.set_xlim(scale.first, scale.first + scale.days)
    ax.set_ylim(content.bottom, top)
    layout.bare_axes(ax)
    layout.y_ticks(ax, ticks, texts, size)
    marks.level(ax, content.bottom, color=palette.TEXT_QUIET, linewidth=1, zorder=1.5)
    place = 2 - left, up + room + unit_room / 2 + 2
    layout.write(ax, *place, sentence_case(content.unit), size, color=palette.TEXT_QUIET)
    _axis_of_labels(canvas, content)
    for tier in tiers:
        marks.line(
            ax,
            [tier.day] * 2,
            [0, 1 + (tier.low - 2) / up],
            transform=ax.get_xaxis_transform(),
            color=palette.TEXT_QUIET,
            linewidth=1.2,
            linestyle=(0, (4, 3)),
            clip_on=False,
            zorder=2,
        )
        x = float(canvas.scale.x(tier.day))
        line_marks.write_tier(ax, tier, up, size)
        canvas.places.avoid_line(np.full(2, x), np.array([0, up]))
    return canvas, _Up(content.bottom, top, up)


def _ticks(content: Content) -> tuple[Floats, list[str]]:
    """Return round ticks that hold the series, from 0 or from near its lowest figure."""
    bottom, high = content.bottom, content.reach[1]
    if bottom == 0:
        ticks = layout.nice_ticks(high)
    else:
        step = float(layout.nice_ticks(high - bottom)[1])
        ticks = np.arange(np.ceil(bottom / step), np.ceil(high / step) + 1) * step
    return ticks, layout.tick_texts(ticks)


def _axis_of_labels(canvas: Canvas, content: Content) -> None:
    """Write the labels of points, the last one first, leaving out those that would touch."""
    at_points = canvas.scale.x(content.x)
    days = [as_day(day) for day in content.x]
    texts = [dates.month_year(day, short=True) for day in days] if content.step else content.labels
    shown: list[int] = []
    edge = np.inf
    for at in reversed(range(len(texts))):
        half = layout.text_width(texts[at], canvas.size) / 2
        if at_points[at] + half + canvas.size * 0.8 <= edge:
            shown.append(at)
            edge = float(at_points[at]) - half
    places, names = [content.x[at] for at in shown], [texts[at] for at in shown]
    layout.x_ticks(canvas.ax, places, names, canvas.size)
    if content.step:
        meaning = "Year ending" if content.step == 12 else "Period ending"
        place = canvas.scale.across / 2, -canvas.size * 2.5 - 2
        quiet: dict[str, Any] = {"ha": "center", "color": palette.TEXT_QUIET}
        layout.write(canvas.ax, *place, meaning, canvas.size, **quiet)


def _draw_limits(canvas: Canvas, content: Content, part: slice, up_of: _Up) -> None:
    """Draw the centre and the limits of one phase, half a step beyond its points."""
    x = content.x[part]
    half = float(np.min(np.diff(content.x))) / 2 if len(content.x) > 1 else 0.5
    begin, end = float(x[0]) - half, float(x[-1]) + half
    begin, end = max(begin, canvas.scale.first), min(end, canvas.scale.first + canvas.scale.days)
    dashed: dict[str, Any] = {"linestyle": (0, (5, 3)), "linewidth": 1.4}
    solid: dict[str, Any] = {"linestyle": "-", "linewidth": 1.4}
    limits = ((content.lower, dashed), (content.centre, solid), (content.upper, dashed))
    for values, style in limits:
        level = float(values[part.start])
        if np.isfinite(level):
            marks.levels(canvas.ax, level, begin, end, color=palette.CONTEXT, zorder=2, **style)
            place = canvas.scale.x(np.array([begin, end]))
            canvas.places.avoid_line(place, np.full(2, up_of(level)))


def _draw_points(canvas: Canvas, content: Content, up_of: _Up) -> None:
    gaps = np.flatnonzero(content.starts)[1:]
    x, value = (np.insert(part, gaps, np.nan) for part in (content.x, content.value))
    marks.line(canvas.ax, x, value, color=palette.CONTEXT_AREA, linewidth=1.3, zorder=3)
    canvas.places.avoid_line(canvas.scale.x(x), up_of.many(value))
    many = len(content.x) > 60
    for side, (marker, colour) in MARKS.items():
        these = content.side == side
        marks.line(
            canvas.ax,
            content.x[these],
            content.value[these],
            linestyle="",
            marker=marker,
            markersize=(8 if side else 5) - (1.5 if many else 0),
            color=colour,
            markeredgecolor=palette.WHITE,
            markeredgewidth=0.6,
            clip_on=False,
            zorder=5 if side else 4,
        )


def _named_points(content: Content, most: int) -> list[int]:
    """Return, for each rule broken to each side, the point furthest out; ``most`` are named.

    More names would hide the series; the sentence and the data table tell them all.
    """
    furthest: dict[tuple[str, str], int] = {}
    for at in np.argsort(-np.abs(content.value - content.centre), kind="stable"):
        if content.side[at]:
            furthest.setdefault((content.side[at], content.rule[at]), int(at))
    return list(furthest.values())[:most]


def as_day(place: float) -> date:
    """Return the date whose ordinal is a place on the axis, as breaks are given."""
    return date.fromordinal(int(place))
