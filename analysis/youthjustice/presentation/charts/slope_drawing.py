"""The drawing of a slope chart: two upright lines, and one series after another between them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.charts.edge import PAD, Name, name_at_edge, room_for
from youthjustice.presentation.charts.slope_ends import Slope, figure_at
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DODGE = 7.0
_INSET = 8.0


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    slopes: list[Slope]
    periods: tuple[str, str]
    unit: str
    form: numbers.Form
    broken: str


def draw_slopes(ax: Axes, content: Content) -> Axes:
    """Draw a slope chart on an axes of any size."""
    slopes, size, narrow = content.slopes, layout.font_size(ax), layout.is_narrow(ax)
    most = max((_top(slope) for slope in slopes), default=0.0) * 1.03 or 1.0
    texts = [[_label(slope, end, content.form, narrow) for slope in slopes] for end in (0, 1)]
    # The periods stand in the margins too, half of each beside its end, and may not meet.
    between = layout.figure_size(ax)[0] - sum(room_for(part, size) for part in texts)
    room = min(90 if narrow else 150, max(between - 2 * _INSET - 2 * size, 40))
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
    layout.bare_axes(ax)
    marks.uprights(ax, [0, across], 0, most, color=palette.GRID, linewidth=1, zorder=0)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1, zorder=1)
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
        marks.line(
            ax, x, value, color=slope.colour, linestyle=slope.dash, linewidth=width, zorder=order
        )
    highs = np.minimum(upper, top)
    for at, low, high in zip(x, lower, highs, strict=True):
        if math.isfinite(low):
            marks.uprights(ax, at, low, high, color=slope.colour, linewidth=1.4, zorder=2)
    endless = np.isinf(upper)
    style: dict[str, Any] = {"linestyle": "", "color": slope.colour, "clip_on": False}
    marks.line(ax, np.array(x)[endless], highs[endless], marker="^", markersize=6, **style)
    edge: dict[str, Any] = {
        "markeredgecolor": palette.WHITE,
        "markeredgewidth": 0.8,
        "zorder": order + 1,
    }
    marks.line(
        ax, x, value, marker=slope.marker, markersize=8 if slope.strong else 7, **style, **edge
    )


def _draw_break(ax: Axes, text: str, across: float, up: float) -> None:
    """Part the two periods by a dashed line with its label above."""
    size = layout.font_size(ax)
    marks.line(
        ax,
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
    """Write a figure beside its end, with the name of the series on the right if it ends there."""
    if not math.isfinite(slope.ends[end, 0]):
        return ""
    figure = form(slope.ends[end, 0]) if narrow else figure_at(slope, end, form)
    named = bool(end) or not math.isfinite(slope.ends[1, 0])
    text = f"{layout.isolated(slope.name)} {figure}" if named else figure
    room = 82 if narrow else 190 if end else 130
    return layout.wrap(text, room, 9.0 if narrow else 10.5, bold=True)
