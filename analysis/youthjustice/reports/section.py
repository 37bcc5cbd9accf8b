"""The parts of a report's page: its title, a section, a heading within one."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Protocol


class Displays(Protocol):
    """Anything that shows itself in a notebook and in the report alike."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Title:
    """The one first-level heading and the sentence under it."""

    text: str
    lede: str

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
class Section:
    """A section of the report: a second-level heading and what stands under it."""

    title: str
    anchor: str
    items: tuple[Displays, ...]

    def _repr_html_(self) -> str:
        inside = "\n".join(item._repr_html_() for item in self.items)
        return (
            f'<section aria-labelledby="{self.anchor}">\n'
            f'<h2 id="{self.anchor}">{html.escape(self.title)}</h2>\n{inside}\n</section>'
        )
