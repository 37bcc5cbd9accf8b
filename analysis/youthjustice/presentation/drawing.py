"""Draw on a new figure and write it as SVG, in the style that every chart has.

A report has some fifteen drawings and a process makes those of many areas, so what they have in
common is made once: matplotlib's own settings, how wide words are, and the axes themselves, which
take a fifth of the time of a drawing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "font.family": ["DejaVu Sans"],
    "text.parse_math": False,  # a dollar in a name is a dollar
    "path.simplify": False,
    "hatch.linewidth": 0.8,
}
_POINTS = 72  # an inch, and a dot, of an SVG
_MOST_LAYOUTS = 4096
_EMPTY: list[Figure] = []  # figures that served for a drawing and are empty again


@dataclass(frozen=True, eq=False)
class Drawing:
    """What a chart of this package draws: a function with its content, called with an axes.

    Such a function takes away the frame and the ticks, sets the limits, and only adds lines, areas
    and words, so that its axes can serve for the next drawing.

    >>> from matplotlib.figure import Figure
    >>> Drawing(lambda ax, height: ax.set_ylim(0, height), 5)(Figure().add_subplot())
    (0.0, 5.0)
    """

    function: Callable[..., Any]
    content: Any

    def __call__(self, ax: Axes) -> Any:
        """Draw on an axes of any size."""
        return self.function(ax, self.content)


def drawn(draw: Callable[[Axes], Any], size: tuple[float, float]) -> Figure:
    """Draw on the one axes of a new figure, whose size is given in inches."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=_POINTS)
    draw(figure.add_subplot())
    return figure


def drawn_as_svg(draw: Callable[[Axes], Any], size: tuple[float, float]) -> str:
    """Draw and write as SVG; the axes of a drawing of this package are those of the one before."""
    if not isinstance(draw, Drawing):
        return as_svg(drawn(draw, size))
    figure = _EMPTY.pop() if _EMPTY else drawn(lambda ax: ax, size)
    figure.set_size_inches(size)
    (ax,) = figure.axes
    draw(ax)
    written = as_svg(figure)
    for mark in (*ax.lines, *ax.collections, *ax.patches, *ax.texts):
        mark.remove()
    ax.containers.clear()
    ax.set_xscale("linear")
    _EMPTY.append(figure)  # not after an error, which leaves half a drawing
    return written


def as_svg(figure: Figure) -> str:
    """Write a figure as SVG."""
    buffer = io.StringIO()
    width, height = (side * _POINTS for side in figure.get_size_inches())
    renderer = _renderer()(width, height, buffer, metadata=_NO_METADATA)
    if len(renderer.layouts) > _MOST_LAYOUTS:
        renderer.layouts.clear()
    figure.draw(renderer)
    renderer.finalize()
    return buffer.getvalue()


@contextmanager
def styled(name: str) -> Iterator[None]:
    """Draw by matplotlib's own defaults and ours, whatever the reader's settings are.

    ``name`` fixes the inner identifiers of an SVG. The settings are read and written as they are:
    ``rc_context`` sorts and checks all three hundred for every drawing.
    """
    from matplotlib import rcParams

    before = {key: value for key, value in dict.items(rcParams) if key != "backend"}
    for key, value in (_settings() | {"svg.hashsalt": name}).items():
        rcParams._set(key, value)
    try:
        yield
    finally:
        for key, value in before.items():
            rcParams._set(key, value)


@cache
def _settings() -> dict[Any, Any]:
    """Give matplotlib's own settings with ours, as it holds them once they are checked."""
    from matplotlib import rc_context, rcParams, style

    with style.context("default"), rc_context(_SETTINGS):
        return {key: value for key, value in dict.items(rcParams) if key != "backend"}


@cache
def _renderer() -> Any:
    """Make the class that writes SVG, which matplotlib brings; its import takes long."""
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.textpath import text_to_path

    measured = lru_cache(maxsize=4096)(text_to_path.get_text_width_height_descent)

    class Renderer(RendererSVG):
        """Lays out and measures the same words once, and writes no groups, which say nothing."""

        layouts: ClassVar[dict[Any, Any]] = {}

        def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
            # The font's properties are a copy that matplotlib makes for keys such as this.
            return measured(s, prop, ismath)

        def open_group(self, s: str, gid: str | None = None) -> None:
            pass

        def close_group(self, s: str) -> None:
            pass

    return Renderer
