"""The drawing of a line chart: room for every label first, then the marks, then the names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from youthjustice.presentation import layout, palette
from youthjustice.presentation.charts import line_marks
from youthjustice.presentation.charts.edge import Name, name_at_edge, name_inside, room_for
from youthjustice.presentation.charts.line_marks import Canvas
from youthjustice.presentation.charts.line_series import Break, Line, Point

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from youthjustice.presentation.table import Format


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    lines: list[Line]
    breaks: Sequence[Break]
    points: Sequence[Point]
    unit: str
    step: int
    form: Format
    inferred: bool


def draw_lines(ax: Axes, content: Content) -> Axes:
    """Draw a line chart on an axes of any size."""
    lines, size = content.lines, layout.font_size(ax)
    last = max((line.x[-1] for line in lines if len(line.x)), default=math.nan)
    named = [
        (line, _name(line, content.form, ax), bool(line.x[-1] == last))
        for line in lines
        if len(line.x)
    ]
    canvas = line_marks.prepare(
        ax,
        days=_days(lines),
        room_for_days=[point.x.toordinal() for point in content.points],
        breaks=content.breaks,
        top=_top(lines, content.points),
        unit=content.unit,
        step=content.step,
        inferred=content.inferred,
        margin=room_for([name for _, name, at_edge in named if at_edge], size),
    )
    for line, shift in zip(lines, line_marks.side_shifts(lines, canvas.scale), strict=True):
        line_marks.draw_line(canvas, line, shift)
    for point in content.points:
        line_marks.draw_point(canvas, point)
    scale = canvas.scale
    outside = [_named(canvas, line, name) for line, name, at_edge in named if at_edge]
    name_at_edge(ax, outside, across=scale.across, up=scale.up)
    for line, name, at_edge in named:
        if not at_edge:
            name_inside(ax, _named(canvas, line, name), canvas.places)
    for point in content.points:
        text = layout.wrap(point.label, max(scale.across * 0.27, 60), size)
        spot = float(scale.x(point.x.toordinal())), float(scale.y(point.value))
        name_inside(ax, Name(*spot, text, palette.TEXT), canvas.places)
    return ax


def _named(canvas: Canvas, line: Line, text: str) -> Name:
    """Return a line's name at its last point."""
    spot = float(canvas.scale.x(line.x[-1])), float(canvas.scale.y(line.value[-1]))
    return Name(*spot, text, line.colour, line.strong)


def _days(lines: list[Line]) -> NDArray[np.float64]:
    return np.concatenate([line.x for line in lines])


def _name(line: Line, form: Format, ax: Axes) -> str:
    """Return a line's name with its latest figure."""
    text = f"{layout.isolated(line.name)} {form(line.value[-1])}"
    room = 78 if layout.is_narrow(ax) else 130
    return layout.wrap(text, room, layout.font_size(ax), bold=line.strong)


def _top(lines: list[Line], points: Sequence[Point]) -> float:
    """Return the highest thing to be drawn; an endless interval does not count."""
    arrays = [array for line in lines for array in (line.value, line.upper)]
    arrays.append(np.array([[point.value, point.upper] for point in points], float).ravel())
    everything = np.concatenate(arrays)
    finite = everything[np.isfinite(everything)]
    return float(finite.max()) * 1.02 if len(finite) else 1.0
