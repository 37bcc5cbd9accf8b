"""The label of a period in plain words: dates spelt out, marks and footnotes gone."""

from __future__ import annotations

import numbers
import re
from datetime import date, datetime, timedelta

import pandas as pd

from youthjustice._months import MONTHS
from youthjustice._shown import shown
from youthjustice._spelling import without_notes
from youthjustice.errors import InputProblem

MONTH_NAMES = ("", *MONTHS)
"""By number, so that the first is no month."""
LIKE = "'year ending March 2021', 'Apr 2012-Mar 2013', 'Apr - Jun 2019' or '2013-14'"

# Marks that say how a column was made, not which period it is: "2016-17 (OT)", "2015/16p".
_MARK = re.compile(
    r"\s*[\[(](?:ot|p|r|e|b|u|provisional|revised|estimated?)[\])]$"
    r"|(?<=\d)\s?[pre]$|\s+(?:provisional|revised)$"
)
_ISO = re.compile(r"\b((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?:[ t]00:00(?::00(?:\.0+)?)?)?(?!\d)")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_SPREADSHEET_DAYS = range(25_000, 60_000)
_DAY_NOUGHT = date(1899, 12, 30)


def cleaned(text: object) -> str:
    """Lower-case a label, with plain dashes and spaces, dates in words and no marks at its end.

    Raises:
        InputProblem: the label is no text, number or day, or holds a day that may be another.

    Examples:
        >>> cleaned("Apr 2012\N{EN DASH}Mar 2013 (1)")
        'apr 2012-mar 2013'
        >>> cleaned("01/04/2012 - 31/03/2013")
        '1 april 2012 - 31 march 2013'

    """
    if isinstance(text, date) and not pd.isna(text):
        return _of_day(text)
    if isinstance(text, bool) or not isinstance(text, str | numbers.Real):
        raise InputProblem(f"{shown(text)} is not a period: write it like {LIKE}")
    words = re.sub(r"[\u2010-\u2015\u2212]", "-", str(text)[:200])
    words = " ".join(without_notes(" ".join(words.split())).lower().split())
    if re.fullmatch(r"\d{5}(?:\.0)?", words) and int(words[:5]) in _SPREADSHEET_DAYS:
        day = _DAY_NOUGHT + timedelta(days=int(words[:5]))
        raise InputProblem(
            f"{shown(text)} is a number that a spreadsheet shows as the day {day}: format the cell "
            "as a date, or write the period in words"
        )
    words = re.sub(r"\b(year|months)-(?=end)", r"\1 ", words)
    while (shorter := without_notes(_MARK.sub("", words))) != words:
        words = shorter
    return _with_dates_in_words(text, words)


def _of_day(day: date) -> str:
    """Write the day that a spreadsheet's cell holds."""
    if day.day == 1:
        raise InputProblem(
            f"{shown(day)} is a day, which spreadsheets also make of a month such as "
            f"{MONTH_NAMES[day.month][:3]}-{day.year % 100:02d}: write it in words"
        )
    if isinstance(day, datetime) and (day.hour or day.minute or day.second):
        raise InputProblem(f"{shown(day)} is a moment, not a period: write it like {LIKE}")
    return _spelt(day.day, day.month, day.year)


def _with_dates_in_words(text: object, words: str) -> str:
    """Spell out `2014-03-31` and `31/03/2014`; the day comes first where that can be seen."""
    words = _ISO.sub(lambda m: _spelt(int(m[3]), int(m[2]), int(m[1]), m[0]), words)
    found = [(int(m[1]), int(m[2])) for m in _SLASHED.finditer(words)]
    if found and not any(first > 12 or first == second for first, second in found):
        raise InputProblem(
            f"{shown(text)} has a day and a month that may change places: write the month in words"
        )
    return _SLASHED.sub(lambda m: _spelt(int(m[1]), int(m[2]), int(m[3]), m[0]), words)


def _spelt(day: int, month: int, year: int, otherwise: str = "") -> str:
    return f"{day} {MONTH_NAMES[month].lower()} {year}" if 1 <= month <= 12 else otherwise
