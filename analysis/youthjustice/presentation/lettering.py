"""Words in a drawing: matplotlib's texts, whose lines are laid out once for all drawings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def letter(ax: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Add words at a place, with the style of ``Text``; a dollar in them is a dollar.

    With ``paper`` they stand on white, so that a line behind them does not strike them through; it
    is how far this reaches beyond them, in sizes of the text.

    >>> from matplotlib.figure import Figure
    >>> ax = Figure().add_subplot()
    >>> letter(ax, 0.5, 0.5, "Islington", ha="center")
    >>> ax.texts[0].get_text()
    'Islington'
    """
    ax.add_artist(_words()(x, y, text, parse_math=False, **style))


@cache
def _words() -> Any:
    """Make the class of words; matplotlib is imported when there is something to draw."""
    from matplotlib.path import Path
    from matplotlib.text import Text
    from matplotlib.transforms import Affine2D

    class Words(Text):
        """Words that are never cut off, and whose lines a renderer of ours may remember."""

        def __init__(self, *place: Any, paper: float | None = None, **style: Any) -> None:
            super().__init__(*place, **style)
            self._paper = paper

        def draw(self, renderer: Any) -> None:
            """Draw the paper, if there is any, and the words on it."""
            if self._paper is not None and self.get_visible():
                self._draw_paper(renderer, self._paper * float(self.get_fontsize()))
            super().draw(renderer)

        def _draw_paper(self, renderer: Any, points: float) -> None:
            box = self.get_window_extent(renderer).padded(renderer.points_to_pixels(points))
            edges = Affine2D.from_values(box.width, 0, 0, box.height, box.x0, box.y0)
            gc = renderer.new_gc()
            gc.set_linewidth(0)
            renderer.draw_path(gc, Path.unit_rectangle(), edges, (1.0, 1.0, 1.0))
            gc.restore()

        def set_clip_path(self, path: Any, transform: Any = None) -> None:
            """Have no outline to be cut off at: working one out takes as long as the words."""

        def _get_layout(self, renderer: Any) -> Any:
            """Lay out the lines, or remember how the same words in the same style were."""
            remembered = getattr(renderer, "layouts", None)
            if remembered is None:
                return super()._get_layout(renderer)  # type: ignore[misc]
            place = (self.get_horizontalalignment(), self.get_verticalalignment())
            font = (self.get_fontsize(), self.get_fontweight())
            key = (self.get_text(), *place, *font, self._linespacing)  # type: ignore[attr-defined]
            if key not in remembered:
                remembered[key] = super()._get_layout(renderer)  # type: ignore[misc]
            return remembered[key]

    return Words
