"""A chart that shows itself: its drawing, its message, its source and the figures behind it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from youthjustice.presentation.drawing import drawn, drawn_as_svg, styled
from youthjustice.presentation.lineage import Lineage
from youthjustice.presentation.svg import compact, uri
from youthjustice.presentation.table import Table
from youthjustice.presentation.words.phrases import with_articles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CSS_PIXELS_PER_INCH = 96


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """A drawing with everything a reader needs beside it.

    ``draw(ax)`` draws on a matplotlib axes of any size. A page shows it at ``narrow`` (inches), which
    a phone has room for, with the words beside it where there is more; ``wide`` is for pictures in
    other documents. ``title`` is the message, ``subtitle`` the measure, unit, area and period, ``alt``
    what a reader who cannot see the drawing needs, ``data`` the figures drawn, ``note`` how to read
    the marks. ``lineage`` is where the figures come from. ``name``, unique within a page, fixes the
    drawing's inner identifiers, so that equal charts give equal bytes.

    >>> chart = Chart(lambda ax: ax.bar([0], [1]), "One", "Count", "Bar chart.", "A & B")
    >>> "<figcaption>" in chart._repr_html_() and "A &amp; B" in chart._repr_html_()
    True
    """

    draw: Callable[[Axes], Any]
    title: str
    subtitle: str
    alt: str
    source: str
    data: Table | None = None
    name: str = "chart"
    note: str = ""
    wide: tuple[float, float] = (7.2, 3.8)
    narrow: tuple[float, float] = (3.7, 3.9)
    lineage: Lineage | None = None

    def __post_init__(self) -> None:
        for words in ("title", "subtitle", "alt", "note"):
            object.__setattr__(self, words, with_articles(getattr(self, words)))

    def figure(self, width: float | None = None, height: float | None = None) -> Figure:
        """Return a new matplotlib figure of the drawing, for saving as PNG or PDF.

        Width and height are in inches (default: the wide drawing). Up to 5 inches the narrow layout
        is drawn.
        """
        across = self.wide[0] if width is None else width
        like = self.narrow if across < 5 else self.wide
        with styled(self.name):
            return drawn(self.draw, (across, like[1] if height is None else height))

    def svg(self, *, narrow: bool = False) -> str:
        """Return one drawing as SVG text: the same bytes each time, its words as text."""
        return _svg(self.draw, self.narrow if narrow else self.wide, self.name)

    def png(self, *, narrow: bool = False, scale: float = 2) -> bytes:
        """Return one drawing as a PNG, with ``scale`` pixels for each of a page's."""
        buffer = io.BytesIO()
        with styled(self.name):
            drawn(self.draw, self.narrow if narrow else self.wide).savefig(
                buffer,
                format="png",
                dpi=scale * _CSS_PIXELS_PER_INCH,
                metadata={"Software": None},
            )
        return buffer.getvalue()

    def _repr_html_(self) -> str:
        note = f'<p class="yj-chart-note">{escape(self.note)}</p>' if self.note else ""
        link = f" {self.lineage.reference_html()}" if self.lineage else ""
        table = (
            f'<details class="yj-data"><summary>Data table</summary>{self.data._repr_html_()}'
            "</details>"
            if self.data is not None
            else ""
        )
        return (
            f'<figure class="yj-chart" id="yj-{escape(self.name)}"><figcaption>'
            f'<p class="yj-title"><strong>{escape(self.title)}</strong></p>'
            f'<p class="yj-subtitle">{escape(self.subtitle)}</p></figcaption>'
            f'<img src="{uri(self.svg(narrow=True))}" {pixels(self.narrow)} '
            f'alt="{escape(self.alt)}">{note}'
            f'<p class="yj-source">Source: {escape(self.source)}{link}</p>{table}</figure>'
        )

    def __str__(self) -> str:
        lines = [self.title, self.subtitle, self.alt, self.note, f"Source: {self.source}"]
        lines.append("" if self.data is None else f"\n{self.data}")
        return "\n".join(line for line in lines if line)

    __repr__ = __str__


@lru_cache(maxsize=64)
def _svg(draw: Callable[[Axes], Any], size: tuple[float, float], name: str) -> str:
    """Draw one drawing as SVG; once, since national ones stand in the report of every area."""
    with styled(name):
        return compact(drawn_as_svg(draw, size))


def pixels(inches: tuple[float, float]) -> str:
    """Write a drawing's size in HTML, so that a page keeps its place before the drawing is shown."""
    width, height = (round(side * _CSS_PIXELS_PER_INCH) for side in inches)
    return f'width="{width}" height="{height}"'
