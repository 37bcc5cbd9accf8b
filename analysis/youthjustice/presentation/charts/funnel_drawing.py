"""The drawing of a funnel: sizes across, spaced as their precision is, and figures upwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.charts.naming import Label, write_names
from youthjustice.presentation.table import Format

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BELOW = 42.0
NAMED = palette.ORANGE


class Mark(NamedTuple):
    """An area that is named: its size, its figure and whether it is the reader's own."""

    name: str
    size: float
    value: float
    focus: bool


class Content(NamedTuple):
    """What is drawn: quiet areas (size, value), named ones, the lines and the words on the axes.

    ``limits`` holds for each level its text and its lower and upper line at ``grid``, sizes; the
    first level is dashed.
    """

    others: Floats
    marks: list[Mark]
    grid: Floats
    limits: list[tuple[str, Floats, Floats]]
    centre: tuple[float, str]
    unit: str
    size_name: str
    form: Format


def draw_funnel(ax: Axes, content: Content) -> Axes:
    """Draw a funnel on axes of any size; what has no room for its name is left without one."""
    size = layout.font_size(ax)
    top = _top(content)
    ticks = layout.nice_ticks(top, 5)
    ticks = ticks[ticks <= top * (1 + 1e-9)]
    # Round ticks need no decimals, whatever the figures have.
    texts = [re.sub(r"\.0+(?!\d)", "", content.form(tick)) for tick in ticks]
    left = max(layout.text_width(text, size) for text in texts) + 10
    ends = _ends(content, 62.0 if layout.is_narrow(ax) else 110.0, size)
    right = max(layout.text_width(text, size) for _, text in ends) + 10
    above = size * layout.LINE_HEIGHT + 8
    layout.set_margins(ax, left, right, above, _BELOW)
    across, up = layout.axes_size(ax)
    root = np.sqrt(content.grid)
    ax.set_xlim(float(root[0]), float(root[-1]))
    ax.set_ylim(0, top)
    layout.bare_axes(ax)
    layout.y_ticks(ax, ticks, texts, size)
    marked = size_ticks(content.grid[0], content.grid[-1], across, size)
    layout.x_ticks(ax, np.sqrt(list(marked)), list(marked.values()), size)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1)
    quiet: dict[str, Any] = {"color": palette.TEXT_QUIET}
    layout.write(ax, 4 - left, up + above / 2 + 2, content.unit, size, **quiet)
    layout.write(ax, across / 2, -size * 2.5 - 2, content.size_name, size, ha="center", **quiet)
    _draw_lines(ax, content, root)
    _draw_ends(ax, ends, top, size)
    scale = across / (root[-1] - root[0]), up / top
    named = np.array([[mark.size, mark.value] for mark in content.marks]).reshape(-1, 2)
    dots, spots = (_points(pairs, root[0], scale) for pairs in (content.others, named))
    _draw_dots(ax, content)
    curves = [line for _, *pair in content.limits for line in pair]
    curves.append(np.full(root.size, content.centre[0]))
    paths = [_points(np.column_stack([content.grid, line]), root[0], scale) for line in curves]
    labels = _labels(content, spots, 0.6 * across, size)
    write_names(ax, labels, np.vstack([dots, spots]), np.vstack(paths))
    return ax


def size_ticks(low: float, high: float, room: float, size: float) -> dict[float, str]:
    """Return round sizes from ``low`` to ``high`` that fit on an axis of square roots.

    >>> list(size_ticks(9_000, 160_000, 400, 10.5).values())
    ['10,000', '20,000', '50,000', '100,000', '150,000']
    """
    powers = 10.0 ** np.arange(0, np.ceil(np.log10(high)) + 1)
    taken: dict[float, tuple[str, float]] = {}
    scale = room / (np.sqrt(high) - np.sqrt(low))
    for steps in ((1.0,), (2.0, 5.0), (1.5, 3.0, 4.0), (6.0, 8.0)):
        places = np.sort(np.outer(steps, powers).ravel())
        for tick in places[(places >= low) & (places <= high) & (places % 1 == 0)].tolist():
            text = numbers.count(tick)
            half = layout.text_width(text, size) / 2
            if all(
                abs(np.sqrt(tick) - np.sqrt(other)) * scale >= half + width + size / 2
                for other, (_, width) in taken.items()
            ):
                taken[tick] = (text, half)
    return {tick: text for tick, (text, _) in sorted(taken.items())}


def _top(content: Content) -> float:
    """Return a height that holds every area, and the limits where they are narrowest."""
    values = [*content.others[:, 1], *(mark.value for mark in content.marks)]
    widest = max(float(upper[-1]) for _, _, upper in content.limits)
    return max(float(np.max(values, initial=0)) * 1.08, widest * 1.15, content.centre[0] * 1.5)


def _ends(content: Content, room: float, size: float) -> list[tuple[float, str]]:
    """Return the words at the right-hand end of each line and how high it ends."""
    value, name = content.centre
    ends = [(value, layout.wrap(name, room, size))]
    for text, lower, upper in content.limits:
        ends += [(float(lower[-1]), text), (float(upper[-1]), text)]
    return ends


def _draw_lines(ax: Axes, content: Content, root: Floats) -> None:
    styles = ((0, (5, 2)), "-")
    for at, (_, lower, upper) in enumerate(content.limits):
        for line in (lower, upper):
            marks.line(
                ax, root, line, color=palette.TEXT_QUIET, linewidth=1, linestyle=styles[at > 0]
            )
    marks.level(ax, content.centre[0], color=palette.TEXT, linewidth=1.4, zorder=1.5)


def _draw_ends(ax: Axes, ends: list[tuple[float, str]], top: float, size: float) -> None:
    across, up = layout.axes_size(ax)
    wanted = [value * up / top for value, _ in ends]
    heights = [layout.text_height(text, size) for _, text in ends]
    for y, (_, text) in zip(layout.spread(wanted, heights, -4, up + 8), ends, strict=True):
        layout.write(ax, across + 5, float(y), text, size, color=palette.TEXT_QUIET)


def _draw_dots(ax: Axes, content: Content) -> None:
    style: dict[str, Any] = {"linestyle": "", "clip_on": False}
    marks.line(
        ax, np.sqrt(content.others[:, 0]), content.others[:, 1], marker="o", markersize=4.5,
        color=palette.CONTEXT, markeredgecolor=palette.WHITE, markeredgewidth=0.5, zorder=2, **style,
    )  # fmt: skip
    for mark in content.marks:
        marks.line(
            ax, np.sqrt(mark.size), mark.value, marker="o" if mark.focus else "D",
            markersize=9 if mark.focus else 6, color=palette.FOCUS if mark.focus else NAMED,
            markeredgecolor=palette.WHITE, markeredgewidth=1, zorder=4 if mark.focus else 3, **style,
        )  # fmt: skip


def _points(pairs: Floats, start: float, scale: tuple[float, float]) -> Floats:
    """Return sizes and figures as points from the lower left corner of the axes."""
    return np.column_stack([(np.sqrt(pairs[:, 0]) - start) * scale[0], pairs[:, 1] * scale[1]])


def _labels(content: Content, spots: Floats, room: float, size: float) -> list[Label]:
    """Return the names beside their marks, the reader's own first and with its figure."""
    texts = [
        f"{mark.name} {content.form(mark.value)}" if mark.focus else mark.name
        for mark in content.marks
    ]
    labels = [
        Label(
            layout.wrap(text, room, size, bold=mark.focus),
            (float(x), float(y)),
            palette.FOCUS if mark.focus else palette.text_colour(NAMED),
            mark.focus,
        )
        for text, mark, (x, y) in zip(texts, content.marks, spots, strict=True)
    ]
    return sorted(labels, key=lambda label: not label.strong)
