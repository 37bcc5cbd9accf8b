"""Turns of phrase that the sentences share."""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_COUNTS = "the counts behind it are not available"
_NAMES_OF_GROUPS = ("Mixed", "Other")
# As their councils write them in a sentence; a list or a row of a table has the bare name.
_WITH_ARTICLE = (
    "City of London",
    "East of England",
    "East Riding of Yorkshire",
    "Isle of Anglesey",
    "Isle of Wight",
    "Isles of Scilly",
    "Vale of Glamorgan",
)
_BARE = re.compile(rf"(?<![Tt]he )\b(?:{'|'.join(_WITH_ARTICLE)})\b")
_BEGINS = re.compile(r"(?:^|[.?!] )$")


def children_of(group: str, people: str = "children") -> str:
    """Name the people of an ethnic group: Mixed and Other name groups and no person.

    >>> children_of("Black"), children_of("Mixed")
    ('Black children', 'children from the Mixed ethnic group')
    """
    if group in _NAMES_OF_GROUPS:
        return f"{people} from the {group} ethnic group"
    return f"{group} {people}"


def listing(items: Iterable[str]) -> str:
    """Join names as a sentence does.

    >>> listing(["Asian", "Black", "Mixed"])
    'Asian, Black and Mixed'
    >>> listing(["Bristol, City of", "Hammersmith and Fulham", "Leeds"])
    'Bristol, City of; Hammersmith and Fulham; and Leeds'
    """
    names = list(items)
    if len(names) > 2 and any("," in name or " and " in name for name in names):
        return "; ".join([*names[:-1], f"and {names[-1]}"])
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def with_articles(text: str) -> str:
    """Put the article before the names of areas that have one in running text.

    >>> with_articles("Rates in Isles of Scilly. City of London has none, the Isle of Wight has.")
    'Rates in the Isles of Scilly. The City of London has none, the Isle of Wight has.'
    """

    def named(match: re.Match[str]) -> str:
        return f"{'The' if _BEGINS.search(text, 0, match.start()) else 'the'} {match[0]}"

    there = any(name in text for name in _WITH_ARTICLE)  # quicker than to look for all at once
    return _BARE.sub(named, text) if there else text


def in_context(context: str, text: str) -> str:
    """Begin a sentence with what it holds for, where that is given.

    >>> in_context("in Islington", "the rate fell.")
    'In Islington, the rate fell.'
    """
    return sentence_case(f"{context}, {text}" if context else text)


def sentence_case(text: str) -> str:
    """Make the first letter a capital and leave the others alone.

    >>> sentence_case("rate of first-time entrants in Islington")
    'Rate of first-time entrants in Islington'
    """
    return text[:1].upper() + text[1:]
