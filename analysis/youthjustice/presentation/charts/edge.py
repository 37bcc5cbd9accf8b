"""Names beside the ends of lines: in the margin where a line reaches it, else in free space."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from youthjustice.presentation.placing import Places

PAD = 8.0
_LEADER_FROM = 14.0


class Name(NamedTuple):
    """A text for the end of a line, in points from the lower left corner of the axes."""

    x: float
    y: float
    text: str
    colour: str
    strong: bool = False


def name_at_edge(
    ax: Axes, names: Sequence[Name], *, across: float, up: float, left: bool = False
) -> None:
    """Write names in the margin, apart from one another, with leaders to where they belong.

    ``across`` and ``up`` are the size of the axes in points.
    """
    size = layout.font_size(ax)
    heights = [layout.text_height(name.text, size) for name in names]
    placed = layout.spread([name.y for name in names], heights, -size / 2, up + size)
    edge, inward, align = (-PAD, 1, "right") if left else (across + PAD, -1, "left")
    for name, y in zip(names, placed, strict=True):
        if abs(y - name.y) > size * 0.8:
            start = (name.x - 5 * inward, name.y)
            leader(ax, start, (edge + 2 * inward, float(y)), name.colour, (across, up))
        _write(ax, name, (edge, float(y)), ha=align)


def name_inside(ax: Axes, name: Name, places: Places) -> None:
    """Write a name in free space near its point, with a leader when it had to go far."""
    size = layout.font_size(ax)
    width = layout.text_width(name.text, size, bold=name.strong)
    centre = places.place(name.x, name.y, width, layout.text_height(name.text, size))
    half = width / 2, layout.text_height(name.text, size) / 2
    near = tuple(
        float(np.clip(at, middle - reach, middle + reach))
        for at, middle, reach in zip((name.x, name.y), centre, half, strict=True)
    )
    if math.dist((name.x, name.y), near) > _LEADER_FROM:
        end = (near[0], near[1])
        leader(ax, (name.x, name.y), end, name.colour, (places.width, places.height))
    _write(ax, name, centre, ha="center", paper=layout.PAPER)


def leader(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    size: tuple[float, float],
) -> None:
    """Draw a dotted line between two places given in points."""
    marks.line(
        ax,
        [start[0] / size[0], end[0] / size[0]],
        [start[1] / size[1], end[1] / size[1]],
        transform=ax.transAxes,
        color=colour,
        linewidth=1,
        linestyle=(0, (1, 1.5)),
        clip_on=False,
        zorder=2.5,
    )


def room_for(names: Sequence[str], size: float) -> float:
    """Return the margin that names at the edge need."""
    widths = (layout.text_width(name, size, bold=True) for name in names)
    return max(widths, default=0.0) + PAD + 4


def _write(ax: Axes, name: Name, place: tuple[float, float], **style: Any) -> None:
    weight = "bold" if name.strong else "normal"
    look: dict[str, Any] = {"color": palette.text_colour(name.colour), "fontweight": weight}
    layout.write(ax, *place, name.text, layout.font_size(ax), zorder=6, **(look | style))
