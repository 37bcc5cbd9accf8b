"""The drawing of a tracker: banner, curve with its band, forecast, and numbers still watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from youthjustice.presentation import layout, marks, numbers, palette
from youthjustice.presentation.charts.edge import Name, name_at_edge, room_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_BELOW = 70.0
_COLOUR = palette.FOCUS
_FORECAST = palette.ORANGE


class Content(NamedTuple):
    """What is drawn: a row of ``shares`` (value, lower, upper) for each time, 0 first."""

    time: Floats
    shares: Floats
    at_risk: list[int]
    forecast: tuple[float, float, float] | None
    months: float
    banner: str
    people: str

    @property
    def top(self) -> float:
        """Return the end of the axis: a round share above all that is drawn."""
        drawn = np.append(self.shares.ravel(), self.forecast or ())
        return float(min(layout.nice_ticks(np.nanmax(drawn), 5)[-1], 1.0))


def draw_tracker(ax: Axes, content: Content) -> Axes:
    """Draw a tracker on an axes of any size."""
    size = layout.font_size(ax)
    whole, _ = layout.figure_size(ax)
    banner = layout.wrap(content.banner, whole - 16, size, bold=True)
    ticks = layout.nice_ticks(content.top)
    ticks = ticks[ticks <= content.top * (1 + 1e-9)]
    texts = [numbers.percent(tick, 0) for tick in ticks]
    left = max(layout.text_width(text, size) for text in texts) + 12
    named = _forecast_name(content, layout.is_narrow(ax))
    right = max(room_for([named], size) + 6, size * 1.5)
    head = layout.text_height(banner, size) + 12
    axis = layout.wrap(f"Share of {content.people} known to have reoffended", whole - 8, size)
    layout.set_margins(ax, left, right, head + layout.text_height(axis, size) + 16, _BELOW)
    across, up = layout.axes_size(ax)
    ax.set_xlim(0, content.months)
    ax.set_ylim(0, content.top)
    layout.bare_axes(ax)
    layout.y_ticks(ax, ticks, texts, size)
    marks.level(ax, 0, color=palette.TEXT_QUIET, linewidth=1, zorder=1.5)
    over = up + 10 + layout.text_height(axis, size) / 2
    layout.write(ax, 2 - left, over, axis, size, color=palette.TEXT_QUIET)
    _write_banner(ax, banner, (left, right), up, size)
    _draw_curve(ax, content)
    if content.forecast:
        _draw_forecast(ax, content, named, (across, up))
    _write_watched(ax, content, across, size, left)
    return ax


def _write_banner(
    ax: Axes, banner: str, sides: tuple[float, float], up: float, size: float
) -> None:
    """Write the banner along the top, in a strip of its own."""
    across, _ = layout.axes_size(ax)
    _, high = layout.figure_size(ax)
    left, right = sides
    middle = high - _BELOW - 4 - layout.text_height(banner, size) / 2 - 2
    box = {"boxstyle": "square,pad=0.3", "facecolor": palette.BAND, "edgecolor": palette.ORANGE}
    words: dict[str, Any] = {"fontweight": "bold", "bbox": box, "ha": "center"}
    layout.write(ax, (across + right - left) / 2, max(middle, up + 12), banner, size, **words)


def _draw_curve(ax: Axes, content: Content) -> None:
    """Draw what is known at the end of each step; between two, the way is not known."""
    value, lower, upper = content.shares.T
    low, high = (np.where(np.isnan(limit), value, limit) for limit in (lower, upper))
    style: dict[str, Any] = {"color": _COLOUR, "alpha": 0.17, "linewidth": 0, "zorder": 1.8}
    ax.fill_between(content.time, low, high, **style)
    line: dict[str, Any] = {"color": _COLOUR, "linewidth": 2.2, "zorder": 4, "clip_on": False}
    marks.line(ax, content.time, value, marker="o", markersize=4.5, **line)


def _forecast_name(content: Content, narrow: bool) -> str:
    """Write the forecast as it stands at the edge."""
    if not content.forecast:
        return ""
    value, lower, upper = (numbers.percent(share, 0) for share in content.forecast)
    between = "\n" if narrow else " "
    return f"Forecast\n{value}\n({lower} to{between}{upper})"


def _draw_forecast(ax: Axes, content: Content, named: str, shape: tuple[float, float]) -> None:
    """Draw the final share that is foreseen, apart from what is known in colour, mark and line."""
    value, lower, upper = content.forecast or (0.0, 0.0, 0.0)
    style: dict[str, Any] = {"color": _FORECAST, "clip_on": False, "zorder": 5}
    way = {"color": palette.TEXT_QUIET, "linewidth": 1.2, "linestyle": (0, (1, 2)), "zorder": 3}
    ends = [content.time[-1], content.months]
    if ends[0] < ends[1]:
        marks.line(ax, ends, [content.shares[-1, 0], value], **way)
    marks.uprights(ax, content.months, lower, upper, linewidth=3, **style)
    marks.line(ax, content.months, value, marker="D", markersize=7, **style)
    across, up = shape
    spot = Name(across, value / content.top * up, named, _FORECAST, strong=True)
    name_at_edge(ax, [spot], across=across + 2, up=up)


def _write_watched(ax: Axes, content: Content, across: float, size: float, left: float) -> None:
    """Write the months under the axis, and beneath them how many were still watched from then on."""
    begins = content.time[:-1]
    scale = across / content.months
    widest = max(layout.text_width(numbers.count(n), size) for n in content.at_risk) + size
    shown: list[int] = []
    for place in range(len(begins)):
        if not shown or (begins[place] - begins[shown[-1]]) * scale >= widest:
            shown.append(place)
    every = next(step for step in (1, 2, 3, 6, 9, 18, 36, 1200) if step * scale >= size * 2.4)
    months = np.arange(0, content.months + 1e-9, every)
    layout.x_ticks(ax, months, [f"{month:g}" for month in months], size)
    quiet: dict[str, Any] = {"color": palette.TEXT_QUIET}
    layout.write(
        ax, across / 2, -size * 2.5 - 2, "Months since the start", size, ha="center", **quiet
    )
    heading = f"{content.people[:1].upper()}{content.people[1:]} still watched from then on"
    layout.write(ax, 4 - left, -size * 4.4, heading, size, **quiet)
    for place in shown:
        number = numbers.count(content.at_risk[place])
        layout.write(ax, begins[place] * scale, -size * 5.9, number, size, ha="center")
