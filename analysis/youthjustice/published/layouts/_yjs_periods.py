"""Periods of Youth Justice Statistics: a bare year means what the words above it say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published.layouts._yjs_labels import MONTHS
from youthjustice.published.periods import period

_YEAR = r"(?:19|20)\d\d"
_BASES = (
    ("march", r"\b(?:end(?:ing|ed)|to|ye)\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+)?mar(?:ch)?\b"),
    ("december", r"\b(?:end(?:ing|ed)|to|ye)\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+)?dec(?:ember)?\b"),
    ("december", r"\bcalendar years?\b"),
    ("march", r"\bfinancial years?\b"),
    ("march", rf"\b{_YEAR}\s?[/-]\s?\d\d\b"),
)
_SINGLE = (
    rf"\b(?:years?|12 months) end(?:ing|ed) (?:\d{{1,2}}\w* )?[A-Z][a-z]+ {_YEAR}\b",
    rf"\b{_YEAR}\s?[/-]\s?\d\d\b",
    rf"\b[A-Z][a-z]+ {_YEAR} (?:to|-) [A-Z][a-z]+ {_YEAR}\b",
)


def basis_of(*texts: str) -> str | None:
    """Say how bare years end, after the first of some texts that says so.

    A text that names both March and December says nothing.

    >>> basis_of("Table 2.8: first time entrants, years ending December 2009 to 2019")
    'december'
    >>> basis_of("Table 2.8: first time entrants, 2009 to 2019") is None
    True
    """
    for text in texts:
        words = text.lower()
        found = {basis for basis, pattern in _BASES if re.search(pattern, words)}
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def period_of_title(texts: Iterable[str]) -> str:
    """Give the one period that a table is for, where neither rows nor columns say; else ''.

    >>> period_of_title(["Table 6.1: Use of remand, year ending March 2025"])
    'year ending March 2025'
    >>> period_of_title(["Table 6.2: Use of remand, years ending March 2021 to 2025"])
    ''
    """
    for text in texts:
        for pattern in _SINGLE:
            found = {m[0] for m in re.finditer(pattern, text, re.IGNORECASE)}
            ranged = re.search(rf"{_YEAR}(?:\s?[/-]\s?\d\d)?\s+(?:to|and|-)\s+{_YEAR}", text)
            if len(found) == 1 and not ranged:
                return re.sub(r"^years", "year", found.pop(), flags=re.IGNORECASE)
    return ""


def dates(labels: pd.Series, months: pd.Series, basis: dict[str, str | None]) -> pd.DataFrame:
    """Read each distinct label, with the month of the year that its row is for, if any.

    Args:
        labels: periods as printed.
        months: names of months, or missing.
        basis: for each label, what a bare year means.

    Raises:
        InputProblem: a label is ambiguous or no period.

    """
    both = pd.DataFrame({"label": labels, "month": months.fillna("")})
    distinct = both.drop_duplicates()
    read = [_read(one, month, basis.get(one)) for one, month in distinct.itertuples(index=False)]
    starts, ends = zip(*read, strict=True)
    known = distinct.assign(
        period_start=pd.to_datetime(list(starts)).astype("datetime64[us]"),
        period_end=pd.to_datetime(list(ends)).astype("datetime64[us]"),
    )
    merged = both.merge(known, on=["label", "month"], how="left")
    return merged[["period_start", "period_end"]].set_axis(labels.index)


def _read(label: str, month: str, basis: str | None) -> tuple[date, date]:
    start, end = period(label, basis)
    if not month:
        return start, end
    number = MONTHS.index(month) + 1
    year = start.year if number >= start.month else end.year
    if (end - start).days < 360:
        raise InputProblem(f"the month {month} stands beside {label}, which is not a year")
    return period(f"{month} {year}")


def year_words(ends: pd.Series) -> pd.Series:
    """Say in which month the years end whose last days are given."""
    months: pd.Series = ends.dt.month.map(lambda month: MONTHS[int(month) - 1].title())
    return "years ending " + months
