"""Lines, bars and areas on an axes whose limits are set.

The functions of matplotlib with these names also work out limits, colours and units that nobody gave,
which takes longer than the marks themselves. A chart here sets its limits first and names its colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike


def line(ax: Axes, x: ArrayLike, y: ArrayLike, **style: Any) -> None:
    """Draw one line through points, or one mark at each, with the style of ``Line2D``.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> line(ax, [0, 1], [2, 2], color="black")
    >>> len(ax.lines)
    1
    """
    from matplotlib.lines import Line2D

    ax.add_artist(Line2D(np.atleast_1d(x), np.atleast_1d(y), **style))


def level(ax: Axes, y: float, **style: Any) -> None:
    """Draw a line from the left edge to the right."""
    line(ax, [0, 1], [y, y], transform=ax.get_yaxis_transform(), **style)


def upright(ax: Axes, x: float, **style: Any) -> None:
    """Draw a line from the foot to the top."""
    line(ax, [x, x], [0, 1], transform=ax.get_xaxis_transform(), **style)


def levels(ax: Axes, y: ArrayLike, start: ArrayLike, end: ArrayLike, **style: Any) -> None:
    """Draw lines from ``start`` to ``end``, with the style of ``LineCollection``."""
    places, starts, ends = np.broadcast_arrays(np.atleast_1d(y), start, end)
    _segments(ax, np.stack([starts, places, ends, places], axis=1), style)


def uprights(ax: Axes, x: ArrayLike, low: ArrayLike, high: ArrayLike, **style: Any) -> None:
    """Draw lines from ``low`` to ``high``, with the style of ``LineCollection``."""
    places, lows, highs = np.broadcast_arrays(np.atleast_1d(x), low, high)
    _segments(ax, np.stack([places, lows, places, highs], axis=1), style)


def _segments(ax: Axes, ends: Any, style: dict[str, Any]) -> None:
    from matplotlib.collections import LineCollection

    ax.add_artist(LineCollection(ends.reshape(-1, 2, 2), **style))


def band(ax: Axes, start: float, end: float, **style: Any) -> None:
    """Shade all from one place to another, from the foot to the top, with the style of ``Rectangle``."""
    from matplotlib.patches import Rectangle

    feet = ax.get_xaxis_transform()
    ax.add_artist(Rectangle((start, 0), end - start, 1, transform=feet, **style))


def bar(ax: Axes, y: float, end: float, deep: float, **style: Any) -> None:
    """Draw a bar from 0 to ``end`` with its middle at ``y``, with the style of ``Rectangle``."""
    from matplotlib.patches import Rectangle

    ax.add_artist(Rectangle((0, y - deep / 2), end, deep, **style))
