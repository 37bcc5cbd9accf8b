"""Words that display themselves alike in a notebook, in the HTML report and in a terminal.

`Sentence`, `Findings`, `Note` and `Group` are frozen. Each gives semantic HTML through
``_repr_html_()`` (classes start with ``yj-``; the look comes from `stylesheet`, and a notebook
without it still reads well) and plain text through ``str()``. `Chart` and `Table` follow the same
contract in their own files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Protocol, runtime_checkable

from youthjustice.errors import InputProblem
from youthjustice.presentation.lineage import Lineage
from youthjustice.presentation.words.phrases import with_articles

KINDS = ("lead", "finding", "note", "caution", "method")


@runtime_checkable
class Displayed(Protocol):
    """Anything that shows itself as HTML and as plain text."""

    def _repr_html_(self) -> str: ...

    def __str__(self) -> str: ...


@dataclass(frozen=True, repr=False)
class Sentence:
    """One statement in plain words; ``kind`` is lead, finding, note, caution or method.

    A caution says so in words, not by colour alone. ``source`` is printed small, after the text;
    ``lineage`` is where its figures come from, to which a link leads.

    >>> Sentence("Rates fell & rose.", kind="caution")._repr_html_()
    '<p class="yj-sentence yj-caution"><strong>Caution:</strong> Rates fell &amp; rose.</p>'
    """

    text: str
    kind: str = "finding"
    source: str = ""
    lineage: Lineage | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputProblem(f"Sentence kind {self.kind!r} is not known: use one of {KINDS}")
        object.__setattr__(self, "text", with_articles(self.text))

    def _repr_html_(self) -> str:
        return f'<p class="yj-sentence yj-{self.kind}">{self.inline_html()}</p>'

    def inline_html(self) -> str:
        """Return the escaped text without its paragraph, for use inside a list or another line."""
        lead = "<strong>Caution:</strong> " if self.kind == "caution" else ""
        source = f' <span class="yj-source">{_source(self.source)}</span>' if self.source else ""
        from_where = f" {self.lineage.reference_html()}" if self.lineage else ""
        return f"{lead}{escape(self.text)}{source}{from_where}"

    def __str__(self) -> str:
        lead = "Caution: " if self.kind == "caution" else ""
        return f"{lead}{self.text}" + (f" ({_source(self.source)})" if self.source else "")

    __repr__ = __str__


@dataclass(frozen=True, init=False, repr=False)
class Findings:
    """An ordered list of statements, most important first; strings become sentences.

    >>> print(Findings("Rates fell.", "Numbers are small.", title="In short"))
    In short
    1. Rates fell.
    2. Numbers are small.
    """

    items: tuple[Sentence, ...]
    title: str = ""

    def __init__(self, *items: Sentence | str, title: str = "") -> None:
        sentences = tuple(Sentence(item) if isinstance(item, str) else item for item in items)
        object.__setattr__(self, "items", sentences)
        object.__setattr__(self, "title", title)

    def _repr_html_(self) -> str:
        title = f'<p class="yj-title"><strong>{escape(self.title)}</strong></p>'
        rows = "".join(
            f'<li class="yj-sentence yj-{item.kind}">{item.inline_html()}</li>'
            for item in self.items
        )
        listing = f'<ol class="yj-findings">{rows}</ol>'
        return f'<div class="yj-findings-box">{title}{listing}</div>' if self.title else listing

    def __str__(self) -> str:
        lines = [f"{number}. {item}" for number, item in enumerate(self.items, start=1)]
        return "\n".join([self.title, *lines] if self.title else lines)

    __repr__ = __str__


@dataclass(frozen=True, init=False, repr=False)
class Note:
    """An aside of one or more paragraphs under a short title, such as how to read a chart.

    >>> print(Note("An interval shows what chance allows.", title="How to read this"))
    How to read this: An interval shows what chance allows.
    """

    paragraphs: tuple[str, ...]
    title: str = "Note"

    def __init__(self, *paragraphs: str, title: str = "Note") -> None:
        object.__setattr__(self, "paragraphs", paragraphs)
        object.__setattr__(self, "title", title)

    def _repr_html_(self) -> str:
        body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in self.paragraphs)
        title = escape(self.title)
        return (
            f'<aside class="yj-note" aria-label="{title}">'
            f'<p class="yj-title"><strong>{title}</strong></p>{body}</aside>'
        )

    def __str__(self) -> str:
        return f"{self.title}: " + "\n".join(self.paragraphs)

    __repr__ = __str__


@dataclass(frozen=True, init=False, repr=False)
class Group:
    """Several things shown one after another by one notebook cell; strings become sentences.

    ``Group(*many)`` takes anything with ``_repr_html_``; ``None`` is left out, so that a part that
    does not apply to an area needs no special case.

    >>> print(Group(Sentence("145 per 100,000 children entered."), None, "Rates are revised."))
    145 per 100,000 children entered.
    <BLANKLINE>
    Rates are revised.
    """

    items: tuple[Displayed, ...]

    def __init__(self, *items: Displayed | str | None) -> None:
        kept: list[Displayed] = []
        for item in items:
            if isinstance(item, str):
                kept.append(Sentence(item, kind="note"))
            elif isinstance(item, Displayed):
                kept.append(item)
            elif item is not None:
                raise InputProblem(
                    f"Group was given a {type(item).__name__}: give it text or things that "
                    "display themselves"
                )
        object.__setattr__(self, "items", tuple(kept))

    def _repr_html_(self) -> str:
        return f'<div class="yj-group">{"".join(item._repr_html_() for item in self.items)}</div>'

    def __str__(self) -> str:
        return "\n\n".join(str(item) for item in self.items)

    __repr__ = __str__


@cache
def stylesheet() -> str:
    """Return the one style sheet, for a page to carry inside ``<style>``.

    >>> page = f"<style>{stylesheet()}</style>"
    >>> "@media print" in page, "http" in page
    (True, False)
    """
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def _source(text: str) -> str:
    """Return a source line, escaped, with its word in front."""
    return escape(text if text.startswith("Source") else f"Source: {text}")
