"""Dates as case systems write them: day first, ISO, as a spreadsheet's number, with a month's name."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.records.spellings import empty_words
from youthjustice.sandbox.cells import Texts, text_of

NOT_A_DATE = "is not a date with the day before the month, such as 31/03/2021 or 2021-03-31"
TWO_DIGITS = "has a year of two digits, which may mean either century: write four"
OUTSIDE = "lies outside 1950 to 2099: leave it empty if it is not known"

_FIRST, _LAST = dt.date(1950, 1, 1), dt.date(2099, 12, 31)
_EPOCH = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, from 1 March 1900 on."""

# A time with a zone may be another day here, but where it is midnight it was a date.
_TIME = (
    r"(?:[T ]+(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?"
    r"|00:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)))?"
)
_GAP = r"[-/. ]"
_NAME = r"(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{3,9})[-/., ]*"
_YEAR_FIRST = re.compile(
    rf"([0-9]{{4}})(?:[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}|([0-9]{{2}})([0-9]{{2}}))"
)
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}})(?:{_GAP}([0-9]{{1,2}}){_GAP}|{_NAME})([0-9]{{4}}){_TIME}")
_SHORT = re.compile(rf"[0-9]{{1,2}}(?:{_GAP}[0-9]{{1,2}}{_GAP}|{_NAME})'?[0-9]{{2}}{_TIME}")
_NUMBER = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_MONTH = {name[:n]: m for m, name in enumerate(_MONTHS, 1) for n in range(3, len(name) + 1)}


def read_dates(cells: Texts) -> tuple[npt.NDArray[Any], Texts]:
    """Read cells as dates, and give the reason for each that is none; an empty cell has neither.

    A time of day is left off. Each distinct cell is read once.

    >>> import numpy as np
    >>> written = ["3/4/2021", "2021-04-03", 44289.0, "3 Apr 2021 09:30", "4/13/2021", None]
    >>> days, reasons = read_dates(np.array(written, dtype=object))
    >>> days.astype("datetime64[D]").astype(str).tolist()
    ['2021-04-03', '2021-04-03', '2021-04-03', '2021-04-03', 'NaT', 'NaT']
    >>> reasons[4], reasons[5]
    ('is not a date with the day before the month, such as 31/03/2021 or 2021-03-31', None)
    """
    codes, distinct = pd.factorize(cells)
    read = [*map(_read, distinct), None]
    days = np.array([day if isinstance(day, dt.date) else None for day in read], "datetime64[us]")
    reasons = np.array(
        [reason if isinstance(reason, str) else None for reason in read], dtype=object
    )
    return days[codes], reasons[codes]


def _read(cell: object) -> dt.date | str | None:
    """Give the day that a cell says, or the reason why it says none, or nothing where it is empty."""
    day = cell if isinstance(cell, dt.date) else _day(text_of(cell))
    if isinstance(day, dt.datetime):
        day = day.date()
    if isinstance(day, dt.date) and not _FIRST <= day <= _LAST:
        return OUTSIDE
    return day


def _day(text: str) -> dt.date | str | None:
    try:
        if found := _YEAR_FIRST.fullmatch(text):
            year, *both = found.groups()
            month, day = (part for part in both if part is not None)
            return dt.date(int(year), int(month), int(day))
        if found := _DAY_FIRST.fullmatch(text):
            day, month, name, year = found.groups()
            return dt.date(int(year), _MONTH[name.lower()] if name else int(month), int(day))
    except (ValueError, KeyError):
        return NOT_A_DATE
    if found := _NUMBER.fullmatch(text):
        return _EPOCH + dt.timedelta(days=int(found[1]))
    if text.casefold() in empty_words():
        return None
    return TWO_DIGITS if _SHORT.fullmatch(text) else NOT_A_DATE
