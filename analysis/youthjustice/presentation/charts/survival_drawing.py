"""The drawing of a survival chart: bands, steps, censoring, names, and numbers at risk beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.charts.edge import Name, name_at_edge, name_inside, room_for
from youthjustice.presentation.charts.survival_curves import Curve
from youthjustice.presentation.placing import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_AXIS_WORDS = 44.0
_ROW = 1.5  # the height of a row of numbers at risk, in sizes of its text


class Content(NamedTuple):
    """What is drawn, and how it is written."""

    curves: list[Curve]
    ticks: Sequence[float]
    top: float
    axis: str
    time_unit: str
    people: str
    least: int


def rows_below(names: Sequence[str], *, narrow: bool) -> float:
    """Return the height of the numbers at risk in points: names stand above them when narrow."""
    size = 9.0 if narrow else 10.5
    lines = [_lines(label) for label in _labels(names, narrow)] if len(names) > 1 else [1]
    return size * _ROW * (1 + sum(lines) + (len(names) if narrow and len(names) > 1 else 0)) + 10


def _labels(names: Sequence[str], narrow: bool) -> list[str]:
    """Break names into the lines that they take beside the numbers, or above them when narrow."""
    width, size = (240, 9.0) if narrow else (110, 10.5)
    return [layout.wrap(name, width, size, bold=True) for name in names]


def _lines(label: str) -> int:
    return label.count("\n") + 1


def draw_survival(ax: Axes, content: Content) -> Axes:
    """Draw a survival chart on an axes of any size."""
    curves, size, narrow = content.curves, layout.font_size(ax), layout.is_narrow(ax)
    last = float(max(content.ticks))
    # A curve that ends before the edge is named where it ends: a name at the edge would draw it on.
    at_edge = [curve.time[-1] >= 0.97 * last for curve in curves]
    texts = [_name(curve, last, narrow) for curve in curves]
    names = [curve.name for curve in curves]
    labels = _labels(names, narrow)
    y_ticks = layout.nice_ticks(content.top)
    y_ticks = y_ticks[y_ticks <= content.top * (1 + 1e-9)]
    y_texts = [numbers.percent(tick, 0 if round(tick * 100, 6) % 1 == 0 else 1) for tick in y_ticks]
    left = max(layout.text_width(text, size) for text in y_texts) + 12
    if not narrow and len(curves) > 1:
        left = max(left, max(layout.text_width(text, size, bold=True) for text in labels) + 24)
    edge = [text for text, inside in zip(texts, at_edge, strict=True) if inside]
    right = max(room_for(edge, size), layout.text_width(f"{last:g}", size) / 2 + 8)
    below = _AXIS_WORDS + rows_below(names, narrow=narrow)
    above = size * layout.LINE_HEIGHT + 14
    layout.set_margins(ax, left, right, above, below)
    across, up = layout.axes_size(ax)
    ax.set_xlim(0, last)
    ax.set_ylim(0, content.top)
    layout.bare_axes(ax)
    layout.y_ticks(ax, y_ticks, y_texts, size)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1, zorder=1.5)
    quiet = {"color": palette.TEXT_QUIET}
    layout.write(ax, 2 - left, up + above / 2 + 2, content.axis, size, **quiet)
    shown = _fitting(content, across, size)
    times = [content.ticks[at] for at in shown]
    layout.x_ticks(ax, times, [f"{time:g}" for time in times], size)
    unit = layout.wrap(content.time_unit, across, size)
    layout.write(ax, across / 2, -size * 2.5 - 2, unit, size, ha="center", **quiet)
    places = Places(across, up)
    scale = across / last, up / content.top
    for curve in reversed(curves):
        _draw_curve(ax, curve, content, places, scale)
    ends = [
        Name(
            float(min(curve.time[-1], last)) * scale[0],
            float(curve.at(np.array([last]))[0]) * scale[1],
            text,
            curve.colour,
            curve.strong,
        )
        for curve, text in zip(curves, texts, strict=True)
    ]
    outside = [name for name, inside in zip(ends, at_edge, strict=True) if inside]
    name_at_edge(ax, outside, across=across, up=up)
    for name, inside in zip(ends, at_edge, strict=True):
        if not inside:
            name_inside(ax, name, places)
    _write_at_risk(ax, content, labels, shown, (left, scale[0]))
    return ax


def _draw_curve(
    ax: Axes, curve: Curve, content: Content, places: Places, scale: tuple[float, float]
) -> None:
    """Draw the band, the steps and an upright tick where somebody was censored."""
    last = float(max(content.ticks))
    time = np.append(curve.time, min(curve.time[-1], last))
    share, lower, upper = (
        np.append(part, part[-1]) for part in (curve.share, curve.lower, curve.upper)
    )
    style: dict[str, Any] = {
        "color": curve.colour,
        "alpha": 0.12 if len(content.curves) > 2 else 0.17,
        "linewidth": 0,
        "zorder": 1.8,
    }
    ax.fill_between(time, lower, np.minimum(upper, content.top), step="post", **style)
    order = 4 if curve.strong else 3
    marks.line(
        ax,
        time,
        share,
        drawstyle="steps-post",
        color=curve.colour,
        linestyle=curve.dash,
        linewidth=2.2 if curve.strong else 1.6,
        zorder=order,
    )
    # One path for all: a mark for each would make a large drawing of many children.
    ticked = curve.censored[curve.censored <= last]
    half = 4.5 / scale[1]
    ends = curve.at(ticked)[:, None] + np.array([-half, half, np.nan])
    style = {"color": curve.colour, "linewidth": 1.2, "zorder": order + 1, "clip_on": False}
    marks.line(ax, np.repeat(ticked, 3), ends.ravel(), **style)
    # Labels keep clear of the curve at evenly spread times, which is near enough and quick.
    spread = np.linspace(0.0, float(time[-1]), 20)
    places.avoid_line(spread * scale[0], curve.at(spread) * scale[1])


def _name(curve: Curve, last: float, narrow: bool) -> str:
    """Return a group's name with its share where its curve ends, or at the last tick."""
    share = numbers.percent(curve.at(np.array([last]))[0], 0)
    text = share if curve.name == "All" else f"{curve.name} {share}"
    if curve.unseen:
        text = "too few" if curve.name == "All" else f"{curve.name}: too few"
    return layout.wrap(text, 70 if narrow else 130, 9.0 if narrow else 10.5, bold=True)


def _fitting(content: Content, across: float, size: float) -> list[int]:
    """Return as many ticks as have room for their numbers, the last one always among them."""
    numbers_at = [
        max(curve.at_risk[at] for curve in content.curves) for at in range(len(content.ticks))
    ]
    widest = max(layout.text_width(f"{number:,}", size) for number in numbers_at) + size * 0.8
    for every in range(1, len(content.ticks) + 1):
        shown = list(range(len(content.ticks)))[::-every][::-1]
        gaps = np.diff([content.ticks[at] for at in shown]) * across / max(content.ticks)
        if len(gaps) == 0 or gaps.min() >= widest:
            return shown
    return [len(content.ticks) - 1]


def _write_at_risk(
    ax: Axes, content: Content, labels: list[str], shown: list[int], place: tuple[float, float]
) -> None:
    """Write under each tick how many of each group were still at risk; few are not numbered."""
    left, across_by = place
    size, narrow = layout.font_size(ax), layout.is_narrow(ax)
    row = size * _ROW
    down = -_AXIS_WORDS - row / 2
    heading = f"{content.people} still at risk"
    layout.write(ax, 4 - left, down, heading, size, color=palette.TEXT_QUIET)
    for curve, label in zip(content.curves, labels, strict=True):
        over = row * (_lines(label) - 1) / 2
        down -= row + over
        style: dict[str, Any] = {
            "color": palette.text_colour(curve.colour),
            "fontweight": "bold" if curve.strong else "normal",
        }
        if len(content.curves) > 1:
            layout.write(ax, 4 - left, down, label, size, **style)
            down -= row + over if narrow else 0.0
        for at in shown:
            number = curve.at_risk[at]
            text = f"<{content.least}" if 0 < number < content.least else numbers.count(number)
            x = content.ticks[at] * across_by
            layout.write(ax, x, down, text, size, ha="center", color=palette.TEXT)
        down -= 0.0 if narrow else over
