"""Read what a page shows: its headings, passages, lists, pictures' words and tables, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

HEADING, PASSAGE, ITEM, TERM, ALT, CAPTION = "heading", "passage", "item", "term", "alt", "caption"
"""What a text is; an ITEM is a whole item of a list, a TERM one of a list of definitions."""

_UNSEEN = frozenset({"head", "style", "script", "template", "svg", "sup", "blockquote", "code"})
_QUOTES = frozenset({"q", "cite"})
_OTHERS_WORDS = ("yj-source", "yj-origins", "jp-InputArea", "yj-from")
_KINDS = {
    "li": ITEM,
    "dd": TERM,
    "dt": TERM,
    "caption": CAPTION,
    "summary": HEADING,
    "td": "cell",
    "th": "cell",
}
_KINDS |= {f"h{level}": HEADING for level in range(1, 7)}
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "br", "data", "del", "dfn", "em", "i", "ins", "kbd"),
        *(
            "label",
            "mark",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "time",
            "u",
            "var",
            "wbr",
        ),
    }
)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "source", "col", "wbr"})
_TAG = re.compile(r"<(?:!DOCTYPE|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
# A page written as ours are, piece by piece; one that has others is left to the parser.
_PIECE = re.compile(
    r"<(script|style)\b[^<>]*>.*?</\1>"
    # A cell of plain text, of which a report has thousands.
    r"|<(td|th)((?:\s+[a-z][\w-]*(?:=\"[^\"]*\")?)*)>([^<]*)</\2>"
    r"|<([a-z][a-z0-9]*)((?:\s+[a-z][\w-]*(?:=\"[^\"]*\")?)*)>"
    r"|</([a-z][a-z0-9]*)>|([^<]+)|<!(?:DOCTYPE [^<>]*|--(?:[^-]|-(?!-))*--)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s([a-z][\w-]*)(?:="([^"]*)")?""")
# What stands in these is not read as other text is.
_APART = frozenset({"script", "style", "textarea", "xmp", "iframe", "noembed"})
_APART |= {"noframes", "plaintext"}


class Text(NamedTuple):
    """A passage as a reader sees it, the section that it stands in, and what it is."""

    section: str
    text: str
    kind: str = PASSAGE


class Grid(NamedTuple):
    """A table: its caption, its column heads and the text of its cells, row by row."""

    section: str
    caption: str
    heads: list[str]
    rows: list[list[str]]


def read_page(page: str) -> tuple[list[Text], list[Grid]]:
    """Return the passages and the tables of a page of HTML, or of text with a blank line between.

    Others' words are left out: quotations set apart, the titles in lines of sources, code.

    >>> read_page("<h2>Rates</h2><ul><li>They <b>fell</b>.<li>They rose.</ul>")[0][1:]
    [Text(section='Rates', text='They fell.', kind='item'), Text(section='Rates', text='They rose.', \
kind='item')]
    """
    if not _TAG.search(page):
        return _plain(page), []
    reader = _Reader()
    if not reader.read(page):
        reader = _Reader()
        reader.feed(page)
        reader.close()
    reader.finish()
    return reader.texts, reader.grids


def _plain(text: str) -> list[Text]:
    """Read plain text or Markdown: a line that starts with # is a heading, with a dash an item."""
    section, found = "", []
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*#]|\d+\.)\s)", text):
        line = " ".join(block.split())
        head = re.match(r"#+ ", line)
        item = re.match(r"(?:[-*]|\d+\.) ", line)
        if head:
            section = line[head.end() :]
            found.append(Text(section, section, HEADING))
        elif line and not line.startswith("> "):
            found.append(
                Text(section, line[item.end() :] if item else line, ITEM if item else PASSAGE)
            )
    return found


class _Tag(NamedTuple):
    """What is asked of a tag: the words that stand for a picture, and whether they are another's."""

    alt: str
    others: bool


def _tag(attributes: Iterable[tuple[str, str | None]]) -> _Tag:
    told = dict(attributes)
    named = told.get("class") or ""
    return _Tag(told.get("alt") or "", any(one in named for one in _OTHERS_WORDS))


@lru_cache(maxsize=256)
def _tag_of(written: str) -> _Tag:
    """Read the attributes of a tag, which most tags share with many others."""
    return _tag((name, unescape(value)) for name, value in _ATTRIBUTE.findall(written))


class _Reader(HTMLParser):
    """Gather text until a tag ends the passage."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[Text] = []
        self.grids: list[Grid] = []
        self.section = self.chapter = ""
        self.said: list[str] = []
        self.kinds = [PASSAGE]
        self.hidden: list[str] = []
        self.tables: list[Grid] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, _tag(attrs))

    def _open(self, tag: str, told: _Tag) -> None:
        if self.hidden:
            if tag not in _VOID:
                self.hidden.append(tag)
            return
        if tag in _UNSEEN or told.others:
            if tag not in _INLINE and tag != "sup":
                self.finish()
            self.hidden.append(tag)
        elif tag == "img":
            self._add(told.alt, ALT)
        elif tag in _QUOTES:
            self.said.append("\u201c")
        elif tag == "br":
            self.said.append(" ")
        elif tag not in _INLINE:
            self._start(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag in self.hidden:
                while self.hidden.pop() != tag:
                    pass
        elif tag in _QUOTES:
            self.said.append("\u201d")
        elif tag not in _INLINE:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)

    def read(self, page: str) -> bool:
        """Read a page of plain tags in a third of the time, or say that it has others too."""
        at = 0
        for piece in _PIECE.finditer(page):
            if piece.start() != at:
                return False
            at = piece.end()
            raw, cell, of_cell, held, tag, attributes, ended, text = piece.groups()
            if cell:
                self._cell(of_cell, held)
            elif text:
                if not self.hidden:
                    self.said.append(unescape(text) if "&" in text else text)
            elif ended:
                self.handle_endtag(ended)
            elif tag in _APART:
                return False
            elif tag:
                self._open(tag, _tag_of(attributes))
            elif raw and not self.hidden:
                self.finish()
        return at == len(page)

    def _cell(self, attributes: str, held: str) -> None:
        """Take a whole cell of plain text."""
        if self.hidden:
            return
        self.finish()
        if _tag_of(attributes).others:
            return
        if self.kinds[-1] == "cell":  # the one before was left open
            self.kinds.pop()
        text = " ".join(unescape(held).split())
        if text or not held:
            self._add(text, "cell")

    def finish(self) -> None:
        """End the passage in hand."""
        if self.said:
            text = " ".join("".join(self.said).split())
            self.said.clear()
            if text:
                self._add(text, self.kinds[-1])

    def _start(self, tag: str) -> None:
        kind = _KINDS.get(tag)
        # A paragraph within an item or a cell is a part of it.
        if kind is None and self.kinds[-1] != PASSAGE and tag in ("p", "div"):
            self.said.append(" ")
            return
        self.finish()
        if kind is not None:
            if kind == self.kinds[-1]:
                self.kinds.pop()
            self.kinds.append(kind)
        elif tag == "table":
            self.tables.append(Grid(self.section, "", [], []))
            self.kinds.append(PASSAGE)
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])

    def _end(self, tag: str) -> None:
        kind = _KINDS.get(tag)
        if kind is None and self.kinds[-1] != PASSAGE and tag in ("p", "div"):
            self.said.append(" ")
            return
        if kind == "cell" and not self.said:
            self._add("", kind)
        text_of = len(self.texts)
        self.finish()
        if kind is not None and len(self.kinds) > 1 and kind == self.kinds[-1]:
            self.kinds.pop()
        if kind == HEADING and tag[0] == "h" and len(self.texts) > text_of:
            self._enter(tag, self.texts[-1].text)
        if tag == "table" and self.tables:
            self._close_table()

    def _enter(self, tag: str, title: str) -> None:
        """Remember where the following stands: the chapter and, below it, its part."""
        if tag in ("h1", "h2"):
            self.section = self.chapter = title
        else:
            self.section = f"{self.chapter}: {title}" if self.chapter else title

    def _add(self, text: str, kind: str) -> None:
        if kind == "cell" and self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append(text)
        elif kind == CAPTION and self.tables:
            self.tables[-1] = self.tables[-1]._replace(caption=text)
            self.texts.append(Text(self.section, text, CAPTION))
        elif text:
            self.texts.append(Text(self.section, text, PASSAGE if kind == "cell" else kind))

    def _close_table(self) -> None:
        grid = self.tables.pop()
        rows = [row for row in grid.rows if row]
        if len(self.kinds) > 1 and self.kinds[-1] == PASSAGE:
            self.kinds.pop()
        self.grids.append(grid._replace(heads=rows[0] if rows else [], rows=rows[1:]))
