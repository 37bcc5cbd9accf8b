"""Somebody's text as a message may repeat it: short, on one line, without tags."""

from __future__ import annotations

import re

LONGEST = 40
"""How much of somebody's text a message repeats."""

# "<" opens a tag in HTML only before a letter, "/", "!" or "?"; "<6" stays readable.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ESCAPED = re.compile(r"&lt;(?=[A-Za-z/!?])")


def shown(text: object, longest: int = LONGEST) -> str:
    r"""Repeat somebody's text in quotes: cut short, control characters and HTML tags escaped.

    Examples:
        >>> print(shown("Islingtn"))
        'Islingtn'
        >>> print(shown("two\nlines <b>"))
        'two\nlines &lt;b>'
        >>> print(shown("<6"))
        '<6'
        >>> len(shown("x" * 10_000))
        43

    """
    whole = str(text)
    cut = whole[:longest]
    plain = "".join(c if c.isprintable() else _escaped(c) for c in cut)
    return f"'{_TAG.sub('&lt;', plain)}{'…' if len(whole) > longest else ''}'"


def with_tags(message: str) -> str:
    """Give a message the tags that `shown` escaped, for a terminal, which obeys none.

    Examples:
        >>> print(with_tags(f"no sheet {shown('<b>')}"))
        no sheet '<b>'

    """
    return _ESCAPED.sub("<", message)


def bare(text: object) -> str:
    """Repeat a row's name as `shown` does, without the quotes."""
    return shown(text)[1:-1]


def row_named(label: object) -> str:
    """Say which row a label of an index names: that of a cell, or a row.

    Examples:
        >>> row_named("C14"), row_named(7)
        ('cell C14', 'row 7')

    """
    name = str(label)
    return f"{'cell' if _CELL.fullmatch(name) else 'row'} {bare(name)}"


_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
