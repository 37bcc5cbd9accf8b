"""Text that is safe to repeat in a message, and the nearest of a list of names."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

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


def plain(text: str) -> str:
    """Reduce a name to its letters and digits, so that spellings of one name compare equal.

    Case, diacritics, hyphens, full stops, apostrophes, footnote marks and repeated spaces go;
    an ampersand becomes "and".

    Examples:
        >>> plain("Kingston-upon-Thames") == plain("KINGSTON UPON THAMES (1)")
        True
        >>> plain("Gwynedd & Ynys Môn")
        'gwynedd and ynys mon'
        >>> plain("King's Lynn [note 12]")
        'kings lynn'

    """
    return _reduced(text[:_LONGEST])


# A sheet says the same few words again and again.
@lru_cache(maxsize=4096)
def _reduced(text: str) -> str:
    letters = unicodedata.normalize("NFKD", without_notes(text)).casefold()
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    letters = without_notes(letters).replace("&", " and ")
    letters = re.sub(r"['\u2018\u2019`.]", "", letters)
    return " ".join(re.findall(r"[^\W_]+", letters))


_LONGEST = 500
_NOTE = re.compile(
    r"\s*(?:\[(?:notes?\s*)?\d[\d, ]*\]|\(\d{1,2}\)|[\u00b9\u00b2\u00b3\u2070-\u2079]+,?)$",
    re.IGNORECASE,
)


def without_notes(text: str) -> str:
    """Take the footnote marks off the end of a label: `(1)(2)`, `[note 12]`, `*`, raised numbers.

    Examples:
        >>> without_notes("Apr 2012-Mar 2013(1)(2)")
        'Apr 2012-Mar 2013'
        >>> without_notes("Other [note 12]")
        'Other'
        >>> without_notes("TOTAL*")
        'TOTAL'
        >>> without_notes("*")
        '*'

    """
    before, left = "", text[:_LONGEST].strip()
    while left != before:
        before = left
        left = _NOTE.sub("", left).rstrip() or left
        left = left.rstrip("*†‡ ") or left
    return left


def nearest(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """List the names that look most like the text, nearest first, as they are spelt.

    Examples:
        >>> nearest("islingtn", ["Islington", "Camden"])
        ['Islington']
        >>> nearest("kingston", ["Islington", "Kingston upon Thames"])
        ['Kingston upon Thames']

    """
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain(name), name)
    wanted = plain(text[:100])
    if longer := [key for key in by_plain if wanted and key.startswith(f"{wanted} ")]:
        return [by_plain[key] for key in longer[:most]]
    found = difflib.get_close_matches(wanted, list(by_plain), n=most, cutoff=0.6)
    likeness = [difflib.SequenceMatcher(None, key, wanted).ratio() for key in found]
    # One clear match is shown alone, not with the next best two.
    return [
        by_plain[key] for key, like in zip(found, likeness, strict=True) if like > likeness[0] - 0.1
    ]


def did_you_mean(text: object, names: Iterable[str], otherwise: str) -> str:
    """End a message with the nearest names, or with what to do when nothing is near.

    Examples:
        >>> did_you_mean("Islingtn", ["Islington", "Camden"], "see places()")
        'did you mean Islington?'
        >>> did_you_mean("zzz", ["Islington", "Camden"], "see places()")
        'see places()'

    """
    found = nearest(text, names) if isinstance(text, str) else []
    return f"did you mean {' or '.join(found)}?" if found else otherwise
