"""The section that closes a report: how to read it, and the words that it uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape

from youthjustice.presentation import Sentence
from youthjustice.presentation.words.glossary import HOW_TO_READ, OWN_RECORDS, Word, words_in
from youthjustice.reports.cells import Shown
from youthjustice.reports.section import Heading, Section

TITLE, ANCHOR = "How to read this report", "how-to-read"
_DRAWN = re.compile(r' src="data:[^"]*"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class WordsUsed:
    """Words and what they mean, as a list of definitions."""

    words: tuple[Word, ...]

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<div><dt>{escape(one.word)}</dt><dd>{escape(one.meaning)}</dd></div>"
            for one in self.words
        )
        return f'<dl class="yj-words">{rows}</dl>'

    def __str__(self) -> str:
        return "\n".join(f"{one.word}: {one.meaning}" for one in self.words)


def how_to_read(shown: Sequence[Shown]) -> Section | None:
    """Say how to read a report and explain the words that occur in it; None without any section."""
    if not any(isinstance(one.thing, Section) for one in shown):
        return None
    own = any(one.thing.released for one in shown if isinstance(one.thing, Section))
    told = (OWN_RECORDS, *HOW_TO_READ[1:]) if own else HOW_TO_READ
    notes = tuple(Sentence(paragraph, kind="method") for paragraph in told)
    text = " ".join([*map(_text, shown), *told])
    words = WordsUsed(words_in(text))
    return Section(TITLE, ANCHOR, (*notes, Heading("Words used"), words))


def _text(one: Shown) -> str:
    """Give the words of what was shown, without its tags and drawings."""
    if one.kind != "text/html":
        return one.content if one.kind != "image/png" else ""
    return unescape(_TAG.sub(" ", _DRAWN.sub("", one.content)))
