"""The drawing of a line chart: room for every label first, then the marks, then the names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, numbers, palette
from youthjustice.presentation.charts import line_marks
from youthjustice.presentation.charts.line_marks import PAD, Canvas
from youthjustice.presentation.charts.line_series import Break, Line, Point
from youthjustice.presentation.placing import Places
from youthjustice.presentation.words import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from youthjustice.presentation.table import Format

_LEADER_FROM = 14.0


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    lines: list[Line]
    breaks: Sequence[Break]
    points: Sequence[Point]
    unit: str
    step: int
    form: Format


def draw_lines(ax: Axes, content: Content) -> Axes:
    """Draw a line chart on an axes of any size."""
    lines, size = content.lines, layout.font_size(ax)
    last = max((line.x[-1] for line in lines if len(line.x)), default=math.nan)
    named = [
        (line, _name(line, content.form, ax), bool(line.x[-1] == last))
        for line in lines
        if len(line.x)
    ]
    canvas = _prepare(ax, content, [name for _, name, at_edge in named if at_edge], size)
    for line, shift in zip(lines, line_marks.side_shifts(lines, canvas.scale), strict=True):
        line_marks.draw_line(canvas, line, shift)
    for point in content.points:
        line_marks.draw_point(canvas, point)
    _name_at_edge(canvas, [(line, name) for line, name, at_edge in named if at_edge])
    for line, name, at_edge in named:
        if not at_edge:
            _label_inside(canvas, (line.x[-1], line.value[-1]), name, line)
    for point in content.points:
        text = layout.wrap(point.label, max(canvas.scale.across * 0.27, 60), size)
        _label_inside(canvas, (point.x.toordinal(), point.value), text, None)
    return ax


def _prepare(ax: Axes, content: Content, edge_names: list[str], size: float) -> Canvas:
    """Make room for the words around the drawing, then draw its axes and its breaks."""
    lines = content.lines
    ticks = layout.nice_ticks(_top(lines, content.points))
    texts = [numbers.decimal(tick, 0 if ticks[1] >= 1 else 2) for tick in ticks]
    left = max(layout.text_width(text, size) for text in texts) + 10
    widest = max((layout.text_width(name, size, bold=True) for name in edge_names), default=0.0)
    right = widest + PAD + 4
    across = layout.figure_size(ax)[0] - left - right
    scale = line_marks.scale_of(lines, content.points, across, float(ticks[-1]))
    tiers = line_marks.break_tiers(content.breaks, scale, size)
    break_room = max((tier.low + layout.text_height(tier.text, size) for tier in tiers), default=0)
    unit_room = size * layout.LINE_HEIGHT + 12
    layout.set_margins(ax, left, right, unit_room + break_room, size * 2.9 + 6)
    across, up = layout.axes_size(ax)
    canvas = Canvas(ax, scale._replace(across=across, up=up), size, Places(across, up))

    ax.set_xlim(scale.first, scale.first + scale.days)
    ax.set_ylim(0, scale.top)
    layout.bare_axes(ax, size)
    ax.set_yticks(ticks, texts)
    ax.grid(axis="y", color=palette.GRID, linewidth=0.8)
    ax.axhline(0, color=palette.TEXT_QUIET, linewidth=1, zorder=1.5)
    place = 2 - left, up + break_room + unit_room / 2 + 2
    layout.write(ax, *place, sentence_case(content.unit), size, color=palette.TEXT_QUIET)
    line_marks.time_axis(canvas, np.concatenate([line.x for line in lines]), content.step)
    for tier in tiers:
        line_marks.draw_break(canvas, tier)
    return canvas


def _name_at_edge(canvas: Canvas, named: list[tuple[Line, str]]) -> None:
    """Name the lines that reach the latest period in the margin beside their last points."""
    _, scale, size, _ = canvas
    wanted = [float(scale.y(line.value[-1])) for line, _ in named]
    heights = [layout.text_height(name, size) for _, name in named]
    placed = layout.spread(wanted, heights, -size, scale.up + size)
    for (line, name), target, y in zip(named, wanted, placed, strict=True):
        if abs(y - target) > size * 0.8:
            start = float(scale.x(line.x[-1])) + 5, target
            _leader(canvas, start, (scale.across + PAD - 2, y), line.colour)
        _write_name(canvas, name, (scale.across + PAD, y), line, ha="left")


def _label_inside(canvas: Canvas, point: tuple[float, float], text: str, line: Line | None) -> None:
    """Write a label in free space near its point, with a leader when it had to go far."""
    width = layout.text_width(text, canvas.size, bold=line is not None and line.strong)
    height = layout.text_height(text, canvas.size)
    spot = float(canvas.scale.x(point[0])), float(canvas.scale.y(point[1]))
    centre = canvas.places.place(*spot, width, height)
    near_x = float(np.clip(spot[0], centre[0] - width / 2, centre[0] + width / 2))
    near_y = float(np.clip(spot[1], centre[1] - height / 2, centre[1] + height / 2))
    if math.dist(spot, (near_x, near_y)) > _LEADER_FROM:
        colour = palette.TEXT_QUIET if line is None else line.colour
        _leader(canvas, spot, (near_x, near_y), colour)
    _write_name(canvas, text, centre, line, bbox=layout.PAPER)


def _write_name(
    canvas: Canvas,
    text: str,
    place: tuple[float, float],
    line: Line | None,
    **style: Any,
) -> None:
    colour = palette.TEXT if line is None else palette.text_colour(line.colour)
    weight = "bold" if line is not None and line.strong else "normal"
    look: dict[str, Any] = {"ha": "center", "color": colour, "fontweight": weight, "zorder": 6}
    layout.write(canvas.ax, *place, text, canvas.size, **(look | style))


def _leader(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], colour: str
) -> None:
    scale = canvas.scale
    canvas.ax.plot(
        [start[0] / scale.across, end[0] / scale.across],
        [start[1] / scale.up, end[1] / scale.up],
        transform=canvas.ax.transAxes,
        color=colour,
        linewidth=1,
        linestyle=(0, (1, 1.5)),
        clip_on=False,
        zorder=2.5,
    )


def _name(line: Line, form: Format, ax: Axes) -> str:
    """Return a line's name with its latest figure."""
    text = f"{line.name} {form(line.value[-1])}"
    room = 78 if layout.is_narrow(ax) else 130
    return layout.wrap(text, room, layout.font_size(ax), bold=line.strong)


def _top(lines: list[Line], points: Sequence[Point]) -> float:
    """Return the highest thing to be drawn; an endless interval does not count."""
    arrays = [array for line in lines for array in (line.value, line.upper)]
    arrays.append(np.array([[point.value, point.upper] for point in points], float).ravel())
    everything = np.concatenate(arrays)
    finite = everything[np.isfinite(everything)]
    return float(finite.max()) * 1.02 if len(finite) else 1.0
