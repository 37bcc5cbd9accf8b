"""Write HTML into a Word document: an analyst's Markdown, and things that know only their HTML."""

from __future__ import annotations

from html.parser import HTMLParser

from youthjustice.reports.formats.word_paper import Paper, Words

_LOOKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code",
          "sup": "raised", "dt": "bold", "summary": "bold", "caption": "bold"}  # fmt: skip
_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BLOCKS = {"p", "li", "dt", "dd", "div", "summary", "caption", "figcaption", "blockquote", "pre",
           "section", "details", "aside", "figure", "table", "ul", "ol", "dl", *_LEVELS}  # fmt: skip
_UNSEEN = {"script", "style", "template", "head"}
_VOID = {"img", "br", "hr", "input", "col", "source", "link", "meta", "wbr"}


def write_html(paper: Paper, html: str) -> None:
    """Write what a reader of the HTML reads, in order."""
    reader = _Reader(paper)
    reader.feed(html)
    reader.close()
    reader.end_block()


class _Reader(HTMLParser):
    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._open: list[str] = []
        self._links: list[str] = []
        self._lists: list[int | None] = []
        self._words: list[Words] = []
        self._mark = ""
        self._listed = False
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.end_block()
        if told.get("id") and tag not in {"svg", "a"}:
            self._mark = told["id"]
        if tag == "img" and told.get("alt"):
            self.handle_data(f"[Picture: {told['alt']}]")
        elif tag == "br":
            self._words.append(Words("\n"))
        elif tag in {"ul", "ol"}:
            self._lists.append(self._paper.new_list() if tag == "ol" else None)
        elif tag == "li":
            self._listed = True
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append("")
        elif tag == "a":
            self._links.append(told.get("href", ""))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in _BLOCKS:
            self.end_block()
        while self._open.pop() != tag:
            pass
        if tag == "a" and self._links:
            self._links.pop()
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if _UNSEEN & set(self._open):
            return
        text = data if "pre" in self._open else " ".join(f".{data}.".split())[1:-1]
        if self._rows and {"td", "th"} & set(self._open):
            self._rows[-1][-1:] = ["".join(self._rows[-1][-1:]) + text]
        elif text.strip() or (text and self._words):
            looks = " ".join(_LOOKS[tag] for tag in self._open if tag in _LOOKS)
            self._words.append(Words(text, looks, self._links[-1] if self._links else ""))

    def end_block(self) -> None:
        """Write the paragraph or heading that ends here, if it has words."""
        words, self._words = self._words, []
        if "".join(one.text for one in words).strip():
            level = next((_LEVELS[tag] for tag in self._open if tag in _LEVELS), 0)
            if level:
                self._paper.heading("".join(one.text for one in words), level, self._mark)
            else:
                number = self._lists[-1] if self._listed and self._lists else None
                style = "List Bullet" if number is None else "List Number"
                style = style if self._listed else "Normal"
                self._paper.paragraph(words, style, self._mark, number)
            self._mark, self._listed = "", False

    def _end_table(self) -> None:
        rows, self._rows = [row for row in self._rows or [] if row], None
        if not rows:
            return
        across = max(map(len, rows))
        filled = [[text.strip() for text in row] + [""] * (across - len(row)) for row in rows]
        self._paper.table("Table", filled[0], filled[1:], [False] * across)
        # Without a paragraph between them Word would take two tables for one.
        self._paper.paragraph("", "Table Note")
