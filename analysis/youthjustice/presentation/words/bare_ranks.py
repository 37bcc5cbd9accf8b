"""Find ranks that stand alone, without the ranks that they may as well have been."""

from __future__ import annotations

import re

from youthjustice._months import MONTHS

_PLACE = r"\d+(?:st|nd|rd|th)"
_WORDS = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_END = r"(?:highest|lowest|largest|smallest|biggest|most|least)"
_MONTHS = f"(?:{'|'.join(MONTHS)})"
# What names no place in an order, or names the places between which one lies.
_FINE = re.compile(
    rf"\b{_PLACE} (?:to|and) {_PLACE}\b(?: of [\d,]+)?|\b1st the {_END}"
    rf"|\b{_PLACE}(?: of)? {_MONTHS}|{_MONTHS} {_PLACE}|\b{_PLACE} (?:century|birthday|percentile)"
    rf"|\bmost likely stands {_PLACE}|\b(?:highest|lowest) (?:quarter|fifth|tenth)"
    r"|\bno rank\b[^.;:]*|\bthe chance (?:that|of)\b[^.;:]*"
    r"|\b(?:council's |published )?claim (?:of|that|on|about)\b[^.;]*"
    r"|“[^“”]*”|[^.;:!?]*\?",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"\b{_PLACE} (?:out )?of (?:the |all )?[\d,]*\w*|\b{_PLACE} (?:{_END}|place|in |among|position)"
    rf"|\b(?:ranks?|ranked|ranking|placed?|stands?|stood|came|comes|is|was|were|are|position) "
    rf"(?:joint |equal |now |only )?{_PLACE}\b"
    r"|\b(?:ranks?|ranked|ranking) (?:number |joint |no\. )?\d+\b"
    rf"|\b(?:{_WORDS}|{_PLACE})[- ]{_END}\b"
    rf"|\b(?:has|had|have|was|is|were|are|recorded|saw) (?:the|its) (?:very )?(?:highest|lowest)\b"
    rf"|\bthe {_END} (?:\S+ ){{0,4}}(?:in|of|among) (?:the |all )?(?:England|Wales|London|country"
    r"|region|authorit\w+|areas?|services?|boroughs?|counties)\b"
    rf"|\b(?:at|to) (?:its|their) {_END}\b|\b(?:ranks?|ranked|came|comes|finished|placed) {_WORDS}\b"
    rf"|\b(?:is|was|were|are|stands?|stood) {_WORDS} (?:of|out of|among) [\d\w]|\bnumber one\b"
    r"|\b(?:rank|position|place)(?: is| was|:) \d+(?! to\b)"
    r"|\b(?:top|bottom) (?:\d+%?|ten|five|three|quarter|quartile|decile|half|of the)\b"
    r"|\bamong the (?:highest|lowest)\b",
    re.IGNORECASE,
)
_HINTS = (
    *("rank", "position", "place", "number one", "highest", "lowest", "largest", "smallest"),
    *("biggest", "top ", "bottom ", "came ", "comes ", "finished", "first of", "first out"),
    *("first among", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    "tenth",
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_HEAD = re.compile(r"\b(?:rank|place|position)\b", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_PLACE}|\d+)(?: of [\d,]+)?")
_SPAN = re.compile(r"\d(?:st|nd|rd|th)? to \d")


def bare_ranks(text: str) -> list[tuple[str, int]]:
    """Return the ranks in a text that stand without an interval of ranks, and where.

    >>> bare_ranks("Islington was 21st of 148, and could stand anywhere from 9th to 120th of 148.")
    [('was 21st', 10)]
    >>> bare_ranks("It has the highest rate in London."), bare_ranks("On 21st of May they met.")
    ([('has the highest', 3)], [])
    """
    if not _may_rank(text):
        return []
    rest = _FINE.sub(lambda hit: "\N{MIDDLE DOT}" * len(hit[0]), text)
    return [(hit[0].strip(), hit.start()) for hit in _BARE.finditer(rest)]


def bare_rank_cells(heads: list[str], row: list[str]) -> list[str]:
    """Return the cells of a row that give a rank alone, where no cell gives the ranks it may be.

    >>> bare_rank_cells(["Area", "Rank"], ["Camden", "21st"])
    ['21st']
    """
    ranks = [
        cell
        for head, cell in zip(heads, row, strict=False)
        if names_rank(head) and _ALONE.fullmatch(cell)
    ]
    return [] if any(_SPAN.search(cell) for cell in row) else ranks


def names_rank(head: str) -> bool:
    """Tell whether the head of a column announces ranks."""
    return _HEAD.search(head) is not None


def _may_rank(text: str) -> bool:
    """Tell quickly whether a text may give a rank; most do not."""
    small = text.lower()
    return any(word in small for word in _HINTS) or _ORDINAL.search(small) is not None
