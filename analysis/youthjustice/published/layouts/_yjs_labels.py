"""What the labels of Youth Justice Statistics say: which dimension they belong to, which value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from youthjustice import _months
from youthjustice._spelling import plain
from youthjustice.published.loading import lookup, version

_NAMED = (
    ("time_to_reoffence", r"\btime to (?:first )?re-?offen[cd]"),
    ("previous_offences", r"\bprevious (?:proven )?offen|\boffending history|\bcriminal history"),
    ("age_band", r"\bage\b|\bage[- ](?:group|band|at)|\bages\b"),
    ("sex", r"\bsex\b|\bgender\b"),
    ("ethnic_group", r"\bethnic"),
    ("legal_basis", r"\blegal basis|\bbasis for detention|\btype of detention"),
    (
        "area_name",
        r"\blocal authorit|\bregion|\butla\b|\byots?\b|\byjss?\b|\byouth justice service"
        r"|\byouth offending (?:team|service)|\barea\b|\bcountry\b|\bcouncil",
    ),
    ("establishment", r"\baccommodation type|\bsector\b|\bestablishment|\btype of accommodation"),
    ("nights", r"\bnights?\b|\blength of time|\btime spent|\bduration"),
    ("court", r"\bcourt type|\btype of court"),
    ("remand_type", r"\bremand type|\btype of remand|\bremand status|\bremand decision"),
    ("disposal", r"\bdisposal|\bsentence type|\btype of sentence|\btype of caution"),
    ("outcome", r"\boutcome"),
    ("offence", r"\boffences?\b(?! per)|\bcrime type"),
    ("month", r"^months?$|\bmonth of\b"),
    ("period", r"^(?:financial |calendar |reporting )?years?\b|\bperiod\b|\bcohort\b|\bquarter"),
    ("any", r"\bdemographic|\bcharacteristic|\bbreakdown\b"),
)
DIMENSIONS = tuple(name for name, _ in _NAMED if name not in {"month", "period", "any"})
"""The dimensions that a label may belong to."""

MONTHS = tuple(name.lower() for name in _months.MONTHS)
_AGES = re.compile(
    r"(?:aged? )?(\d{1,2}) ?(?:-|\u2013|to|and) ?(\d{1,2})(?: ?(?:year[- ]?olds?|years(?: old)?))?"
)
_AGE = re.compile(
    r"(?:aged? )?(under |over )?(\d{1,2})s?( ?(?:\+|and (?:over|above|under|below)|or (?:over|under)))?"
    r"(?: ?(?:year[- ]?olds?|years?(?: old)?))?( ?(?:and (?:over|under)))?"
)
_BARE_AGE = re.compile(r"\d{1,2}")
_GIRLS = {"girls", "girl", "female", "females", "f"}
_BOYS = {"boys", "boy", "male", "males", "m"}
_UNKNOWN = re.compile(r"(?:unknown|not known|not recorded|not stated|unrecorded)(?: (\w+))?|nk")
_TOTAL = re.compile(
    r"(?:grand |overall )?totals?(?: .*)?|all(?: (?!other).*)?|england (?:and|&) wales|of which|overall"
)
_VAGUE = re.compile(r"other|others|other .*|not applicable|missing|none|any other.*")
_CHANGE = re.compile(
    r"\bchange\b|\bdifference\b|\bindex(?:ed)?\b(?! (?:offen|dispos|sent))"
    r"|\bend(?:ing|ed)\b.*(?:19|20)\d\d (?:to|and|-|compared|v).*(?:19|20)\d\d"
    r"|(?:19|20)\d\d (?:to|compared with|v) .*(?:19|20)\d\d$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bproportions?\b|\bshares?\b", re.IGNORECASE)
_RATE = re.compile(
    r"\brates? (?:per|of .* per|of (?:youth )?first)\b|\bfirst[- ]time entrants? rates?\b"
    r"|\bper (?:100|10|1),?000\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Says:
    """What a label says: a dimension and the value there, `vague` if others decide which.

    `dimension` is `total` for a total, `context` for a dimension's own name, '' if unknown.
    """

    dimension: str
    value: str
    vague: bool = False


def dimension_named(text: str) -> str:
    """Give the dimension that a header or a heading names, or ''.

    >>> dimension_named("Region of home Youth Justice Service"), dimension_named("Index offence")
    ('area_name', 'offence')
    """
    words = text.lower()
    return next((name for name, pattern in _NAMED if re.search(pattern, words)), "")


def dimensions_of_title(title: str) -> list[str]:
    """List the dimensions that a title breaks its figures down by, in order.

    >>> dimensions_of_title("Table 2.2: Number of children, by type of first offence and sex")
    ['offence', 'sex']
    """
    words = title.lower()
    _, _, after = words.partition(" by ")
    places = {
        name: found.start()
        for name, pattern in _NAMED
        if name in DIMENSIONS and (found := re.search(pattern, after))
    }
    return sorted(places, key=lambda name: places[name])


def is_change(label: str) -> bool:
    """Say whether a label heads a change or an index rather than a period.

    >>> is_change("Year ending March 2010 to March 2020"), is_change("Apr 2009-Mar 2010")
    (True, False)
    """
    return bool(_CHANGE.search(label))


def is_share(label: str) -> bool:
    """Say whether a label heads percentages or proportions."""
    return bool(_SHARE.search(label))


def is_rate(label: str) -> bool:
    """Say whether a label heads rates per so many children."""
    return bool(_RATE.search(label))


def per_children(text: str) -> str:
    """Give the unit of a rate per so many children.

    >>> per_children("Rate per 1,000 of the 10-17 population")
    'per 1,000 children aged 10-17'
    """
    found = re.search(r"\bper (100|10|1),?000\b", text, re.IGNORECASE)
    return f"per {found[1]},000 children aged 10-17" if found else "rate"


def says(label: str, named: str = "") -> Says:
    """Say what a label means, where its column or heading may name the dimension.

    >>> says("Boys"), says("Aged 10 to 14")
    (Says(dimension='sex', value='male', vague=False), \
Says(dimension='age_band', value='10-14', vague=False))
    >>> says("Unknown").vague, says("Unknown Sex").dimension
    (True, 'sex')
    """
    words = plain(label)
    if found := _UNKNOWN.fullmatch(words):
        about = dimension_named(found[1] or "")
        return Says(about, _unknown(about), vague=not about)
    if _TOTAL.fullmatch(words) and not (named == "area_name" and words.startswith("england")):
        return Says("total", "All")
    own = _own_value(label, words, named)
    return own or Says("", label, vague=bool(_VAGUE.fullmatch(words)))


def _own_value(label: str, words: str, named: str) -> Says | None:
    """Say what a label means that needs no other to be understood."""
    free = named in {"", "any"}
    found: dict[str, str] = {}
    if words in _GIRLS | _BOYS and (free or named == "sex"):
        found["sex"] = "female" if words in _GIRLS else "male"
    elif words in MONTHS and named in {"", "month", "period"}:
        found["month"] = words
    elif age := _age(label, named):
        found["age_band"] = age
    elif words in _groups() and (free or named == "ethnic_group") and not _VAGUE.fullmatch(words):
        found["ethnic_group"] = label
    elif dimension_named(words[:60]) in {"sex", "age_band", "ethnic_group"} and not is_share(label):
        found["context"] = dimension_named(words[:60])
    return next((Says(name, value) for name, value in found.items()), None)


def _age(label: str, named: str) -> str:
    if named not in {"", "any", "age_band"}:
        return ""
    words = " ".join(label.lower().replace("\u2013", "-").split()).strip(" :")
    words = re.sub(r"\baged? (?=under|over)", "", words)
    if found := _AGES.fullmatch(words):
        return f"{found[1]}-{found[2]}"
    if not (found := _AGE.fullmatch(words)) or (_BARE_AGE.fullmatch(words) and named == "any"):
        return ""
    way = f"{found[1] or ''}{found[3] or ''}{found[4] or ''}"
    if "under" in way or "below" in way:
        return f"under {found[2]}" if found[1] else f"{found[2]} and under"
    return f"{found[2]}+" if way.strip() else found[2]


def _unknown(dimension: str) -> str:
    return "unknown" if dimension == "sex" else "Unknown"


def unknown_in(dimension: str, value: str) -> str:
    """Write an unknown value as its dimension does: `unknown` for sex, else `Unknown`."""
    return _unknown(dimension) if value.lower() == "unknown" else value


def _groups() -> frozenset[str]:
    return _groups_of(version("ethnic_groups"))


@lru_cache(maxsize=4)
def _groups_of(_version: object) -> frozenset[str]:
    return frozenset(lookup("ethnic_groups")["label"].map(plain)) - {"all", "total", "unknown"}


def by_distinct(column: pd.Series, function: Callable[[str], object]) -> pd.Series:
    """Apply a function to each distinct text of a column once; what is missing stays so."""
    return column.map({one: function(one) for one in column.dropna().unique()})


def summary_rows(labels: pd.Series) -> pd.Series:
    """Say of each ethnic label whether it sums the groups beside it."""
    book = lookup("ethnic_groups")
    sums = book.loc[book["classification"] == "Summary row", "label"].map(plain)
    return by_distinct(labels, plain).isin(set(sums))


def merged_groups(labels: pd.Series) -> pd.Series:
    """Say of each ethnic label whether it merges groups that cannot be told apart."""
    book = lookup("ethnic_groups")
    merged = book.loc[book["classification"] == "Merged group", "label"].map(plain)
    return by_distinct(labels, plain).isin(set(merged))
