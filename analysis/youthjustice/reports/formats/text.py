"""Text that a document can hold and no program runs, whoever wrote it."""

from __future__ import annotations

import re

from youthjustice.sandbox.formulas import FORMULA

# What XML refuses: control characters, halves of pairs, and two that stand for no character.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_RUNS = re.compile(FORMULA)


def printable(text: object) -> str:
    r"""Put the mark for an unknown character in place of each that a document refuses.

    >>> printable("bell \x07 and line\n")
    'bell \ufffd and line\n'
    """
    return _REFUSED.sub("\ufffd", str(text))


def inert(text: object) -> str:
    """Write text so that no spreadsheet takes it for a formula: an apostrophe in front.

    A formula may start with ``= + - @``, a tab or a line's end. Numbers stay numbers: they are no
    business of this function.

    >>> inert("=1+1"), inert(" @SUM(A1)"), inert("Islington")
    ("'=1+1", "' @SUM(A1)", 'Islington')
    """
    told = printable(text)
    return f"'{told}" if _RUNS.match(told) else told


def cut(text: str, most: int) -> str:
    """Leave out the end of a text that is too long, and show that it was left out.

    >>> cut("Islington", 5), cut("York", 5)
    ('Isli…', 'York')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def in_one_line(text: str, longest: int = 120) -> str:
    r"""Keep a text to one line of a length that a list or a sentence can hold.

    >>> in_one_line("Isles\n of  Scilly"), in_one_line("Islington", 4)
    ('Isles of Scilly', 'Isli…')
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
