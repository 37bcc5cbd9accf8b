"""A target that a service has set itself, marked across a chart over time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from youthjustice.presentation import layout, marks, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.placing import Places
from youthjustice.presentation.words.targets import marked_sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_DASHES = (0, (7, 2, 1.5, 2))  # as no series and no break is drawn
_STEPS, _REACHES = 24, (2.0, 9.0, 16.0, 24.0)


def with_target(chart: Chart, value: float, *, label: str, told: str) -> Chart:
    """Mark a target in a chart over time: a line with its name, said in its note and text too.

    ``label`` is the name in the drawing ("Target 150") and ``told`` what the words say of it ("150
    by March 2027"). A target above the axis is not drawn, and the words say so.

    >>> chart = Chart(lambda ax: ax.plot([0, 1], [200, 145]), "Rate", "Per 100,000", "A line.", "A")
    >>> marked = with_target(chart, 150, label="Target 150", told="150 by March 2027")
    >>> print(marked.alt)
    A line. A line of dashes and dots marks the target of the service, 150 by March 2027.
    """
    fits = value <= chart.figure(chart.narrow[0]).axes[0].get_ylim()[1]
    said = marked_sentence(told, drawn=fits)

    def draw(ax: Axes) -> Axes:
        chart.draw(ax)
        if fits:
            _mark(ax, value, label)
        return ax

    note = f"{chart.note} {said}".strip()
    return replace(chart, draw=draw, alt=f"{chart.alt} {said}", note=note)


def _mark(ax: Axes, value: float, label: str) -> None:
    """Draw the line, and its name where it covers least of what is drawn."""
    size, (across, up) = layout.font_size(ax), layout.axes_size(ax)
    drawn = _drawn(ax, across, up)
    width, height = layout.text_width(label, size, bold=True), layout.text_height(label, size)
    level = value / ax.get_ylim()[1] * up
    marks.level(ax, value, color=palette.DARK_PINK, linewidth=1.4, linestyle=_DASHES, zorder=2.4)
    spots = [
        (middle, level + side * (height / 2 + reach), reach)
        for reach in _REACHES
        for middle in np.linspace(width / 2 + 2, max(across - width / 2, width / 2 + 2), _STEPS)
        for side in (1, -1)
        if side == 1 or level > height + reach
    ]
    near = np.array([width / 2 + 2, height / 2])
    cost = [
        10 * int((np.abs(drawn - (x, y)) < near).all(axis=1).sum()) + reach for x, y, reach in spots
    ]
    x, y, _ = spots[int(np.argmin(cost))]
    style = {"ha": "center", "color": palette.DARK_PINK, "weight": "bold", "zorder": 6}
    layout.write(ax, x, y, label, size, **style)


def _drawn(ax: Axes, across: float, up: float) -> np.ndarray:
    """Give points, from the lower left corner, of all lines, bars and words of a drawing."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    places = Places(across, up)
    paths = [line.get_xydata() for line in ax.lines if line.get_transform() == ax.transData]
    for bars in ax.collections:
        paths += getattr(bars, "get_segments", list)()
    for path in map(np.asarray, paths):
        x = (path[:, 0] - left) / (right - left) * across
        places.avoid_line(x, (path[:, 1] - low) / (high - low) * up)
    for text in ax.texts:
        centre, size = getattr(text, "xyann", (-99.0, 0.0)), float(text.get_fontsize())
        wide, tall = (
            layout.text_width(text.get_text(), size),
            layout.text_height(text.get_text(), size),
        )
        places.avoid_box(centre, wide, tall)
    return places.taken
