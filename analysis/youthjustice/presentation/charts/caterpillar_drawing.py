"""The drawing of rank intervals: thin lines for many areas, names for few or for the chosen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.words.ranks import ordinal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ALL_NAMED = 40  # up to here every line has its name
_ABOVE, _BELOW = 34.0, 42.0
_NAMED = palette.ORANGE


class Content(NamedTuple):
    """What is drawn, from the top down: names, the ends and middle of each line, and its looks."""

    names: list[str]
    ranks: Floats
    focus: str
    named: list[str]
    areas: int

    @property
    def all_named(self) -> bool:
        """Say whether there are so few areas that every line has its name."""
        return len(self.names) <= _ALL_NAMED

    def is_strong(self, name: str) -> bool:
        """Say whether an area is the reader's own or one of those to be named."""
        return name == self.focus or name in self.named


def inches(content: Content, *, narrow: bool) -> float:
    """Return the height of the drawing."""
    tall = float(_heights(content, narrow=narrow).sum()) + _ABOVE + _BELOW
    return max(tall / 72, 2.4)


def draw_ranks(ax: Axes, content: Content) -> Axes:
    """Draw the intervals of ranks on axes of any size."""
    size, narrow = layout.font_size(ax), layout.is_narrow(ax)
    room = 84.0 if narrow else 150.0
    left, right = 12.0, room + 12
    if content.all_named:
        labels = _labels(content, narrow=narrow)
        left, right = max(layout.text_width(one, size, bold=True) for one in labels) + 12, 14.0
    quarters = ["highest quarter", "lowest quarter"]
    across = layout.figure_size(ax)[0] - left - right
    if sum(layout.text_width(text, size) + size for text in quarters) > across:
        quarters = [text.replace(" ", "\n") for text in quarters]
    layout.set_margins(ax, left, right, layout.text_height(quarters[0], size) + 10, _BELOW)
    across, up = layout.axes_size(ax)
    heights = _heights(content, narrow=narrow)
    total, most = float(heights.sum()), content.areas
    y = np.cumsum(heights) - heights / 2
    ax.set_xlim(0.5, most + 0.5)
    ax.set_ylim(total, 0)
    layout.bare_axes(ax)
    inner = (tick for tick in layout.nice_ticks(most, 4) if 1 < tick < 0.93 * most)
    ticks = [1.0, *(tick for tick in inner if tick % 1 == 0), most]
    layout.x_ticks(ax, ticks, [numbers.count(tick) for tick in ticks], size)
    for start, end in ((0.5, most / 4 + 0.5), (most * 3 / 4 + 0.5, most + 0.5)):
        marks.band(ax, start, end, color=palette.BAND, zorder=0)
    quiet: dict[str, Any] = {"color": palette.TEXT_QUIET}
    for place, align, text in zip((0.0, across), ("left", "right"), quarters, strict=True):
        layout.write(ax, place, up + 4, text, size, ha=align, va="bottom", **quiet)
    layout.write(
        ax, across / 2, -size * 2.5 - 2, "Rank, 1st the highest", size, ha="center", **quiet
    )
    thick = min(max(float(heights.min()) * up / total * 0.4, 0.8), 2.4)
    _draw_quiet(ax, content, y, thick)
    _draw_strong(ax, content, y, thick)
    if content.all_named:
        _write_names(ax, content, up - y * up / total, size)
    else:
        _write_ends(ax, content, up - y * up / total, room, size)
    return ax


def _labels(content: Content, *, narrow: bool) -> list[str]:
    """Return the names as they are written, long ones in two lines."""
    room, size = (120.0, 9.0) if narrow else (200.0, 10.5)
    return [layout.wrap(one, room, size, bold=True) for one in content.names]


def _heights(content: Content, *, narrow: bool) -> Floats:
    """Return the height of every line's row in points."""
    if not content.all_named:
        return np.full(len(content.names), 2.7)
    lines = [label.count("\n") for label in _labels(content, narrow=narrow)]
    return np.asarray(13.0 + 12.0 * np.array(lines, dtype=np.float64))


def _looks(content: Content, name: str) -> tuple[str, str, bool]:
    """Return the colour of a line and of its name, and whether it is the reader's own."""
    if name == content.focus:
        return palette.FOCUS, palette.FOCUS, True
    if name in content.named:
        return _NAMED, palette.text_colour(_NAMED), False
    return palette.CONTEXT, palette.TEXT, False


def _draw_quiet(ax: Axes, content: Content, y: Floats, thick: float) -> None:
    """Draw the lines and dots of all others, as one line with gaps, which keeps the drawing small."""
    these = np.array([not content.is_strong(one) for one in content.names], dtype=bool)
    rows, at = content.ranks[these], y[these]
    # Half a rank at either end, so that an interval of one rank is seen.
    x = np.column_stack([rows[:, 0] - 0.5, rows[:, 2] + 0.5, np.full(len(at), math.nan)])
    style: dict[str, Any] = {"color": palette.CONTEXT, "zorder": 2}
    marks.line(ax, x.ravel(), np.repeat(at, 3), linewidth=thick, solid_capstyle="butt", **style)
    small = min(3.0 * thick, 6.0)
    marks.line(
        ax, rows[:, 1], at, linestyle="", marker="o", markersize=small, markeredgewidth=0, **style
    )


def _draw_strong(ax: Axes, content: Content, y: Floats, thick: float) -> None:
    for name, row, at in zip(content.names, content.ranks, y, strict=True):
        if not content.is_strong(name):
            continue
        colour, _, own = _looks(content, name)
        marks.line(
            ax, [row[0] - 0.5, row[2] + 0.5], [at, at], color=colour, solid_capstyle="butt", zorder=3,
            linewidth=max(2 * thick, 3.0 if own else 2.2),
        )  # fmt: skip
        marks.line(
            ax, row[1], at, linestyle="", marker="o", color=colour, markersize=8 if own else 6,
            zorder=4, markeredgecolor=palette.WHITE, markeredgewidth=1,
        )  # fmt: skip


def _write_names(ax: Axes, content: Content, up: Floats, size: float) -> None:
    """Write every name to the left of its line."""
    labels = _labels(content, narrow=layout.is_narrow(ax))
    for name, label, y in zip(content.names, labels, up, strict=True):
        _, ink, own = _looks(content, name)
        bold = "bold" if own else "normal"
        layout.write(ax, -8, float(y), label, size, ha="right", color=ink, fontweight=bold)


def _write_ends(ax: Axes, content: Content, up: Floats, room: float, size: float) -> None:
    """Write the names of the strong lines to the right, each with its interval and a thin lead."""
    across, high = layout.axes_size(ax)
    rows = [(at, one) for at, one in enumerate(content.names) if content.is_strong(one)]
    texts = []
    for at, one in rows:
        low, _, top = content.ranks[at]
        name = layout.wrap(one, room, size, bold=one == content.focus)
        texts.append(f"{name}\n{ordinal(low)} to {ordinal(top)}")
    heights = [layout.text_height(text, size) + 2 for text in texts]
    places = layout.spread([up[at] for at, _ in rows], heights, -6, high + 6)
    for (at, one), text, place in zip(rows, texts, places, strict=True):
        colour, ink, own = _looks(content, one)
        y = up[at] / high
        marks.line(
            ax, [content.ranks[at, 2] / content.areas, 1.0, 1 + 10 / across], [y, y, place / high],
            transform=ax.transAxes, color=colour, linewidth=0.7, clip_on=False, zorder=1.5,
        )  # fmt: skip
        bold = "bold" if own else "normal"
        layout.write(ax, across + 13, float(place), text, size, color=ink, fontweight=bold)
