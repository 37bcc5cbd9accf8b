"""Reading a report as a person does: its visible text, its headings, its tables."""

import re
from html.parser import HTMLParser

VOID = {"meta", "img", "source", "br", "hr", "link", "input"}
HIDDEN = {"style", "head", "script"}


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.parts, self.alts = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.alts.append(dict(attrs).get("alt", ""))
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"p", "li", "tr", "h1", "h2", "h3", "caption", "figure", "section"}:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" | ")

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if not HIDDEN & set(self.open):
            self.parts.append(data)


def read(page):
    reader = _Text()
    reader.feed(page)
    return reader


def visible_text(page):
    """Everything a reader sees or hears: the text, and the words that stand for each chart."""
    found = read(page)
    lines = [" ".join(line.split()) for line in "".join(found.parts).splitlines()]
    return "\n".join([line for line in lines if line] + found.alts)


def sections(page):
    """The report's sections by anchor, as text."""
    cut = re.split(r'<section aria-labelledby="h-([^"]+)">', page)
    return {anchor: visible_text(part) for anchor, part in zip(cut[1::2], cut[2::2], strict=True)}
