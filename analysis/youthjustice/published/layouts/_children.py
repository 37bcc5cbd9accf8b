"""How publications write the sex and the age of children, in the words of our tables."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from youthjustice._spelling import plain

_SEXES = {
    "female": "female", "females": "female", "girl": "female", "girls": "female", "f": "female",
    "male": "male", "males": "male", "boy": "male", "boys": "male", "m": "male",
    "all": "All", "total": "All", "totals": "All", "all children": "All", "all sexes": "All",
    "persons": "All",
}  # fmt: skip
_NOT_KNOWN = ("not known", "unknown", "not recorded", "not stated", "not specified", "missing")


def sexes(column: pd.Series) -> pd.Series:
    """Give female, male, unknown or All for each label; another label stays as it is printed.

    >>> sexes(pd.Series(["Boys", "Unknown Sex", "TOTAL"])).tolist()
    ['male', 'unknown', 'All']
    """
    return _mapped(column, _sex)


def age_bands(column: pd.Series) -> pd.Series:
    """Give age bands as our tables write them: `10-14`, `15`, `17 and over`, `All`, `unknown`.

    >>> age_bands(pd.Series(["10 - 14", "Aged 15 to 17", "17+", "Total"])).tolist()
    ['10-14', '15-17', '17 and over', 'All']
    """
    return _mapped(column, _age)


def _mapped(column: pd.Series, meaning: Callable[[str], str]) -> pd.Series:
    known = {text: meaning(str(text)) for text in column.dropna().unique()}
    return column.map(known)


def _sex(text: str) -> str:
    words = plain(text)
    return "unknown" if words.startswith(_NOT_KNOWN) else _SEXES.get(words, text)


def _age(text: str) -> str:
    words = re.sub(r"[\u2010-\u2015\u2212]", "-", text.strip().lower())
    words = re.sub(r"^(?:aged?|ages)\s+|\s+(?:years?(?:\s*olds?)?|yrs?)$", "", words)
    if plain(words).startswith(_NOT_KNOWN):
        return "unknown"
    if plain(words) in ("all", "total", "totals", "all ages"):
        return "All"
    if band := re.fullmatch(r"(\d{1,2})\s*(?:-|to|and)\s*(\d{1,2})(?:\s*\(?years\)?)?", words):
        return f"{band[1]}-{band[2]}"
    if open_band := re.fullmatch(r"(\d{1,2})\s*(?:\+|(?:and|or) (?:over|older|above))", words):
        return f"{open_band[1]} and over"
    if young := re.fullmatch(r"(?:under|below|<)\s*(\d{1,2})", words):
        return f"under {young[1]}"
    return words if re.fullmatch(r"\d{1,2}", words) else text
