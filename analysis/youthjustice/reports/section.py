"""The parts of a report's page: its title, a section, a heading within one, the first screen."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from youthjustice.presentation import Chart, Findings, Sentence, Table
from youthjustice.presentation.chart import pixels
from youthjustice.presentation.lineage import Lineage
from youthjustice.presentation.svg import uri
from youthjustice.presentation.words.phrases import with_articles

if TYPE_CHECKING:
    from youthjustice.disclosure import Released

Nested = Mapping[str, Mapping[str, Sequence[str]]]
"""For a dimension of released tables, which values are made up of which others."""


class Displays(Protocol):
    """Anything that shows itself in a notebook and in the report alike."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Title:
    """The one first-level heading and the sentence under it."""

    text: str
    lede: str

    def __post_init__(self) -> None:
        for words in ("text", "lede"):
            object.__setattr__(self, words, with_articles(getattr(self, words)))

    def _repr_html_(self) -> str:
        return f'<h1>{html.escape(self.text)}</h1>\n<p class="yj-lede">{html.escape(self.lede)}</p>'


@dataclass(frozen=True, slots=True)
class Heading:
    """A third-level heading within a section."""

    text: str

    def _repr_html_(self) -> str:
        return f"<h3>{html.escape(self.text)}</h3>"


@dataclass(frozen=True, slots=True)
class Contents:
    """Room for the list of contents; in a notebook, which has its own, it shows nothing."""

    def _repr_html_(self) -> str:
        return "<!-- contents -->"


@dataclass(frozen=True, slots=True)
class Folded:
    """Detail that opens on request, without a script, and prints open."""

    summary: str
    items: tuple[Displays, ...]

    def _repr_html_(self) -> str:
        inside = "\n".join(item._repr_html_() for item in self.items)
        return (
            f'<details class="yj-data"><summary>{html.escape(self.summary)}</summary>\n'
            f"{inside}\n</details>"
        )


@dataclass(frozen=True, slots=True)
class Grouped:
    """A table of texts, as a list: what several of them are about is named once, above them.

    The first column holds the texts and the second what each is about; other documents, which
    find the table among ``items``, print it as a table. ``lineages`` tells where the figures come
    from, by what the texts are about.
    """

    table: Table
    lineages: Mapping[str, Lineage] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Table]:
        """Give the table, as everything that holds others does."""
        return (self.table,)

    def _repr_html_(self) -> str:
        text, about = self.table.columns
        listed = "".join(
            f"<dt>{html.escape(str(name))}{_reference(self.lineages.get(str(name)))}</dt>"
            + "".join(f"<dd>{html.escape(one)}</dd>" for one in group[text])
            for name, group in self.table.frame.groupby(about, sort=False)
        )
        source = html.escape(f"Source: {self.table.source}" if self.table.source else "")
        told = f"{source}{_reference(self.table.lineage)}"
        after = f'<p class="yj-source">{told}</p>' if told else ""
        return f'<dl class="yj-grouped">{listed}</dl>{after}'


def _reference(lineage: Lineage | None) -> str:
    return "" if lineage is None else f" {lineage.reference_html()}"


@dataclass(frozen=True, slots=True)
class Small:
    """A small chart of the first screen, with a link to the section that has the whole of it."""

    chart: Chart
    anchor: str
    link: str

    @property
    def items(self) -> tuple[Chart, ...]:
        """Give the chart, as everything that holds others does."""
        return (self.chart,)

    def _repr_html_(self) -> str:
        chart, escape = self.chart, html.escape
        table = "" if chart.data is None else chart.data._repr_html_()
        return (
            f'<figure class="yj-small" id="yj-{escape(chart.name)}"><figcaption>'
            f'<p class="yj-title"><strong>{escape(chart.title)}</strong></p>'
            f'<p class="yj-subtitle">{escape(chart.subtitle)}'
            f"{f' {chart.lineage.reference_html()}' if chart.lineage else ''}</p></figcaption>"
            f'<img src="{uri(chart.svg(narrow=True))}" {pixels(chart.narrow)} '
            f'alt="{escape(chart.alt)}">'
            f'<p class="yj-more"><a href="#{self.anchor}">{escape(self.link)}</a></p>'
            f'<details class="yj-data"><summary>Data table</summary>{table}</details></figure>'
        )


@dataclass(frozen=True, slots=True)
class Overview:
    """The small charts of the first screen, two by two where there is room."""

    items: tuple[Displays, ...]

    def _repr_html_(self) -> str:
        inside = "\n".join(item._repr_html_() for item in self.items)
        return f'<div class="yj-overview">\n{inside}\n</div>'


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report: a second-level heading and what stands under it.

    It opens and closes under its heading unless ``folds`` is false. A link to ``anchor`` opens it:
    the anchor stands inside, since browsers open what holds the target of a link. In a notebook it
    stands open. ``watermark`` stands above all that is in it, and a report that holds it is written
    only where that was asked for (`let_out`). ``released`` are the tables on records that it shows,
    and ``nested`` says which of their values are made up of which others.
    """

    title: str
    anchor: str
    items: tuple[Displays, ...]
    folds: bool = True
    watermark: str = ""
    released: tuple[Released, ...] = field(default=(), repr=False)
    nested: Nested = field(default_factory=dict, repr=False)

    def with_more(self, things: Sequence[Displays]) -> Section:
        """Add things after those that open the section (see `place_for_more`)."""
        at = self._opening()
        return replace(self, items=(*self.items[:at], *things, *self.items[at:]))

    def _opening(self) -> int:
        """Count the sentences, and the small charts after them, that open the section."""
        kinds = (Sentence, Findings, Overview)
        others = (at for at, item in enumerate(self.items) if not isinstance(item, kinds))
        return next(others, len(self.items))

    def _repr_html_(self) -> str:
        shown = [item._repr_html_() for item in self.items]
        shown.insert(self._opening(), place_for_more(self.anchor))
        if self.watermark:
            shown.insert(0, f"<p><strong>{html.escape(self.watermark)}</strong></p>")
        inside = "\n".join(shown)
        # In a notebook, the mark that folds a section stands on the line of its heading.
        beside = ' style="display: inline"' if self.folds else ""
        heading = f'<h2 id="h-{self.anchor}"{beside}>{html.escape(self.title)}</h2>'
        body = f'<div class="yj-inside" id="{self.anchor}">\n{inside}\n</div>'
        if self.folds:
            body = f"{OPEN}<summary>{heading}</summary>\n{body}\n</details>"
        else:
            body = f"{heading}\n{body}"
        return f'<section aria-labelledby="h-{self.anchor}">{body}</section>'


OPEN = '<details class="yj-section" open>'
"""What a section that folds begins with in a notebook, where it stands open."""


def place_for_more(anchor: str) -> str:
    """Mark in a section's HTML where what is added to it goes; a page leaves the mark out."""
    return f"<!-- more: {anchor} -->"
