"""What a column of a table that we do not know looks like, by its heading and its labels."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published.layouts._children import age_bands, sexes
from youthjustice.published.loading import lookup, version
from youthjustice.published.periods import period
from youthjustice.published.places import known_names

SAMPLE = 2000
_MOST = 60
"""Distinct labels that are looked up; more say no more of what a column is."""
_LIKE_NUMBERS = re.compile(
    r"[+-]?£?[\d,]*\.?\d+ ?%?(?: ?\[\w+\])?|[*~:.\u2026-]{1,3}|\[\w+\]|<\s?\d+"
)
_DIGITS = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = re.compile(r"[EWKSN]\d{8}")
_TIMES = re.compile(r"\b(?:year|period|date|quarter|cohort|time)\b")
_SEXES = {"female", "male", "unknown", "All"}
_AGE = re.compile(r"\d+(?:-\d+)?(?: and over)?|under \d+|All|unknown")


def meaning(head: str, filled: npt.NDArray[np.object_]) -> str:
    """Say which of our columns this is, `figures`, or nothing for a label of another kind.

    >>> meaning("Ethnicity", np.array(["Black", "White"], dtype=object))
    'ethnic_group'
    >>> meaning("Number", np.array(["12", "*"], dtype=object))
    'figures'
    """
    words = plain(head)

    def most(test: Callable[[str], object], over: float) -> bool:
        return _share(filled, test) > over

    timed = _TIMES.search(words) is not None or not most(YEAR.fullmatch, 0.99)
    guesses = (
        ("area_code", lambda: most(_CODE.fullmatch, 0.5)),
        ("period", lambda: timed and most(is_period, 0.7)),
        ("age_band", lambda: re.search(r"\bages?\b", words) and most(_is_age, 0.5)),
        ("figures", lambda: most(_LIKE_NUMBERS.fullmatch, 0.5)),
        ("sex", lambda: re.search(r"\b(?:sex|gender)\b", words) or most(is_sex, 0.7)),
        ("ethnic_group", lambda: "ethnic" in words or most(group_of, 0.6)),
        ("age_band", lambda: most(_is_age, 0.7)),
        (
            "region" if words == "region" else "area",
            lambda: most(lambda text: plain(text) in known_names(), 0.5),
        ),
    )
    return next((name for name, holds in guesses if holds()), "")


def _share(filled: npt.NDArray[np.object_], test: Callable[[str], object]) -> float:
    """Give the share of the distinct labels that pass a test."""
    distinct = list(dict.fromkeys(filled[:SAMPLE]))[:_MOST]
    return sum(bool(test(text)) for text in distinct) / len(distinct)


def is_figure(text: str) -> bool:
    """Tell whether a cell holds a figure: a number that is no year."""
    return bool(_LIKE_NUMBERS.fullmatch(text) and _DIGITS.search(text) and not YEAR.fullmatch(text))


def is_period(text: str) -> bool:
    """Tell whether a label is a period, or a bare year."""
    try:
        period(text, "march")
    except InputProblem:
        return False
    return True


def is_sex(text: str) -> bool:
    """Tell whether a label is a sex, and not only a total."""
    return sexes(pd.Series([text])).iloc[0] in _SEXES and plain(text) not in ("all", "total")


def _is_age(text: str) -> bool:
    return bool(_AGE.fullmatch(str(age_bands(pd.Series([text])).iloc[0])))


def group_of(text: str) -> str:
    """Give the ethnic group of a label, `summary` where it holds several, nothing for another."""
    return _groups(version("ethnic_groups")).get(plain(text), "")


@lru_cache(maxsize=1)
def _groups(_: object) -> dict[str, str]:
    """Give the ethnic group of each label that the lookup holds, whatever the period."""
    book = lookup("ethnic_groups")
    groups = book["ethnic_group"].fillna("summary")
    named = zip(book["label"].map(plain), groups, strict=True)
    return {label: group for label, group in named if group != "All"}
