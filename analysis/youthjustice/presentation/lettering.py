"""Words in a drawing: matplotlib's texts, whose lines are laid out once for all drawings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def letter(ax: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Add words at a place, with the style of ``Text``; a dollar in them is a dollar.

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
    from matplotlib.text import Text

    class Words(Text):
        """Words that are never cut off, and whose lines a renderer of ours may remember."""

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
