"""A report as a Word document that a board can edit: headings, real tables, pictures with words."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._files import write_whole
from youthjustice.presentation import Chart, Findings, Note, Sentence, Table
from youthjustice.presentation.lineage import Lineage
from youthjustice.reports.cells import Shown
from youthjustice.reports.content import Content
from youthjustice.reports.formats.steady import dated
from youthjustice.reports.formats.word_html import write_html
from youthjustice.reports.formats.word_paper import Paper, Words
from youthjustice.reports.lineage_section import Origins, origins, section
from youthjustice.reports.page import markdown
from youthjustice.reports.section import Contents, Folded, Heading, Section, Small, Title


def write(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write the document."""
    target = folder / f"{stem}.docx"
    write_whole(target, document(content))
    return [target]


def document(content: Content) -> bytes:
    """Give the bytes of the document: the same from the same content."""
    found = origins(content)
    paper = Paper(content.title, content.description, dated(content))
    if content.watermark:
        paper.head(content.watermark)
    writer = _Writer(paper, content, found)
    for shown in content.shown:
        writer.shown(shown)
    told = section(found)
    if told is not None:
        writer.put(told)
    return paper.raw()


class _Writer:
    """Puts each thing that a report shows on paper."""

    def __init__(self, paper: Paper, content: Content, found: Origins) -> None:
        self._paper, self._content = paper, content
        self._numbers = {one.identifier: at for at, one in enumerate(found.lineages, start=1)}
        self._told = section(found)
        self._used: set[int] = set()

    def shown(self, shown: Shown) -> None:
        """Put what a cell showed: a thing we know, Markdown, a picture or text."""
        if shown.thing is not None:
            self.put(shown.thing)
        elif shown.kind.endswith("markdown"):
            write_html(self._paper, markdown(shown.content))
        elif shown.kind == "text/html":
            write_html(self._paper, shown.content)
        elif shown.kind == "image/png":
            picture = base64.b64decode(shown.content)
            self._paper.picture(picture, "Picture", "A picture that the notebook drew.")
        elif shown.kind == "image/svg+xml":
            self._paper.paragraph("A drawing stands here in the report's page.", "Source")
        else:
            self._paper.paragraph(_words((shown.content.rstrip("\n"), "code")))

    def put(self, thing: Any) -> None:
        """Put one thing, and all that stands in it."""
        paper = self._paper
        match thing:
            case Title():
                paper.heading(thing.text, 1)
                paper.paragraph(thing.lede)
            case Contents():
                self._contents()
            case Section():
                paper.heading(thing.title, 2, thing.anchor)
                if thing.watermark:
                    paper.paragraph(_words((thing.watermark, "bold")))
                self._each(thing.items)
            case Heading():
                paper.heading(thing.text, 3)
            case Folded():
                self._title(thing.summary)
                self._each(thing.items)
            case Small():
                self._small(thing)
            case _ if (
                isinstance(getattr(thing, "items", None), tuple) and thing.__class__ != Findings
            ):
                self._each(thing.items)
            case _:
                self._put_one(thing)

    def _put_one(self, thing: Any) -> None:
        """Put a thing in which nothing else stands."""
        match thing:
            case Sentence():
                self._paper.paragraph(self._said(thing))
            case Findings():
                self._title(thing.title)
                listed = self._paper.new_list()
                for one in thing.items:
                    self._paper.paragraph(self._said(one), "List Number", listed=listed)
            case Note():
                first, *others = thing.paragraphs
                self._paper.paragraph(_words((f"{thing.title}: ", "bold"), (first, "")))
                for more in others:
                    self._paper.paragraph(more)
            case Chart():
                self._chart(thing)
            case Table():
                self._table(thing)
            case _:
                self._unknown(thing)

    def _title(self, text: str) -> None:
        """Put a title that is no heading above what it tells of."""
        if text:
            made = self._paper.paragraph(_words((text, "bold")))
            made.paragraph_format.keep_with_next = True

    def _each(self, things: Sequence[Any]) -> None:
        for thing in things:
            self.put(thing)

    def _said(self, one: Sentence) -> list[Words]:
        """Give a sentence's words: a caution says so, and a source and a reference follow."""
        look = "italic" if one.kind in {"note", "method"} else ""
        pieces = [("Caution: ", "bold")] if one.kind == "caution" else []
        pieces.append((one.text, look))
        if one.source:
            pieces.append((f" ({_source(one.source)})", ""))
        return [*_words(*pieces), *self._reference(one.lineage)]

    def _reference(self, lineage: Lineage | None) -> list[Words]:
        """Give the number of the entry that says where a figure comes from, as a link to it."""
        number = self._numbers.get(lineage.identifier) if lineage else None
        if lineage is None or number is None:
            return []
        first = "" if number in self._used else f"use-{number}"
        self._used.add(number)
        link = f"#from-{lineage.identifier}"
        return [Words(" "), Words(str(number), "raised", link, first)]

    def _small(self, small: Small) -> None:
        """Put a small chart with a link to the section that has the whole of it."""
        chart, paper = small.chart, self._paper
        paper.caption("Figure", chart.title)
        paper.picture(chart.png(narrow=True), chart.title, chart.alt, chart.narrow[0])
        more = Words(small.link, "", f"#{small.anchor}")
        told = _words((f"{chart.subtitle} ", ""))
        paper.paragraph([*told, more, *self._reference(chart.lineage)])
        if chart.data is not None:
            self._table(chart.data)

    def _chart(self, chart: Chart) -> None:
        paper = self._paper
        paper.caption("Figure", chart.title)
        paper.paragraph(chart.subtitle, "Table Note").paragraph_format.keep_with_next = True
        paper.picture(chart.png(), chart.title, chart.alt)
        if chart.note:
            paper.paragraph(chart.note, "Table Note")
        paper.paragraph(
            [*_words((_source(chart.source), "")), *self._reference(chart.lineage)], "Source"
        )
        if chart.data is not None:
            self._table(chart.data)

    def _table(self, table: Table) -> None:
        paper, texts = self._paper, table.texts()
        rows = texts.to_numpy(dtype=object).tolist()
        meanings = "; ".join(f"[{symbol}] {told}" for symbol, told in table.symbols().items())
        paper.caption("Table", ". ".join(filter(None, (table.caption, meanings))))
        right = [_right(table, name) for name in table.columns]
        paper.table(table.caption, [str(label) for label in texts.columns], rows, right)
        if table.note:
            paper.paragraph(table.note, "Table Note")
        source = _words((_source(table.source), "")) if table.source else []
        if source or table.lineage:
            paper.paragraph([*source, *self._reference(table.lineage)], "Source")

    def _contents(self) -> None:
        """List the sections as links."""
        self._title("In this report")
        sections = [*self._content.sections(), *([self._told] if self._told else [])]
        for one in sections:
            self._paper.paragraph([Words(one.title, "", f"#{one.anchor}")], "List Bullet")

    def _unknown(self, thing: Any) -> None:
        """Put a thing that only knows its HTML, or only its text."""
        told = getattr(thing, "_repr_html_", lambda: None)()
        if told is None:
            self._paper.paragraph(str(thing))
        else:
            write_html(self._paper, told)


def _words(*pieces: tuple[str, str]) -> list[Words]:
    return [Words(text, look) for text, look in pieces]


def _right(table: Table, name: str) -> bool:
    """Tell whether a column holds numbers, which stand under one another."""
    numeric = pd.api.types.is_numeric_dtype(table.frame[name]) or name in table.align_right
    return numeric and name != table.row_header


def _source(text: str) -> str:
    return text if text.startswith("Source") else f"Source: {text}"
