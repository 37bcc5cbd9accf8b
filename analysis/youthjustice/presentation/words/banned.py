"""Find words that the report must not use, and say what to write instead."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_CONTEXT = 30


class BannedWord(NamedTuple):
    """A banned phrase, what to write instead, why, and the words around it.

    >>> word = lint_words("The rate for young offenders rose.")[0]
    >>> word.found, word.instead
    ('offenders', 'children who offended or reoffended')
    """

    found: str
    instead: str
    reason: str
    context: str


def lint_words(text: str, *, quoted: Iterable[str] = (), strict: bool = False) -> list[BannedWord]:
    """Return the banned phrases in a text, in the order they occur.

    The list is ``banned.csv`` beside this file. ``quoted`` holds titles of tables and publications
    that may stand as their publisher wrote them. ``strict`` adds words that are sometimes right,
    such as "only". Capitals and line breaks make no difference.

    >>> [word.found for word in lint_words("A worse rate for young offenders")]
    ['worse', 'offenders']
    >>> title = "Youth cautions and juveniles sentenced"
    >>> lint_words(f"Source: {title}, 2016", quoted=[title])
    []
    """
    text = _one_line(text)
    for title in sorted(map(_one_line, quoted), key=len, reverse=True):
        text = text.replace(title, "\N{HORIZONTAL ELLIPSIS}")
    if not _any_of_them(strict).search(text.casefold()):
        return []
    hits = [
        (hit.start(), BannedWord(hit[0], instead, reason, _around(text, hit)))
        for pattern, instead, reason, level in _patterns()
        if strict or level == "always"
        for hit in pattern.finditer(text)
    ]
    return [word for _, word in sorted(hits)]


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str, str], ...]:
    """Read the list: a regular expression of whole words, ignoring capitals, for each row."""
    return tuple(
        (
            re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE),
            row["instead"],
            row["reason"],
            row["level"],
        )
        for row in _rows()
    )


@cache
def _any_of_them(strict: bool) -> re.Pattern[str]:
    """Join the list for small letters: most texts hold none, and one search is quicker than many."""
    every = "|".join(
        row["pattern"].lower() for row in _rows() if strict or row["level"] == "always"
    )
    return re.compile(rf"\b(?:{every})\b")


@cache
def _rows() -> tuple[dict[str, str], ...]:
    lines = files(__package__).joinpath("banned.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _around(text: str, hit: re.Match[str]) -> str:
    return text[max(hit.start() - _CONTEXT, 0) : hit.end() + _CONTEXT].strip()
