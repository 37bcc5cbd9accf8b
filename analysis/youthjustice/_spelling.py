"""Spellings of one name: what they have in common, and the nearest of a list."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache


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
