"""Periods as official tables print them, and back into words: a bare year is never a period."""

from __future__ import annotations

import calendar
import numbers
import re
from datetime import date, timedelta

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published._text import bare, shown, without_notes

# English whatever the machine's language: strftime and calendar follow the locale.
_MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTHS = {name.lower(): number for number, name in enumerate(_MONTH_NAMES) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_BASES = {"march": 3, "december": 12}

_YEAR = r"((?:19|20)\d\d)"
_DAY = r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?"
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_ENDING = re.compile(
    rf"(?:(?:the )?(?:year|12 months|twelve months) (?:ending|ended|to)|ye|y/e)"
    rf"\s+{_DAY}{_MONTH},?\s+{_YEAR}"
)
_FINANCIAL = re.compile(rf"(?:(?:fy|financial year)\s+)?{_YEAR}\s?[-/]\s?((?:19|20)?\d\d)")
_RANGE = re.compile(rf"{_DAY}{_MONTH}(?:\s+{_YEAR})?\s*(?:-|/|\bto\b)\s*{_DAY}{_MONTH}\s+{_YEAR}")
_ONE = re.compile(rf"{_DAY}{_MONTH}\s+{_YEAR}")
_BARE = re.compile(rf"{_YEAR}(?:\.0)?")
_CHANGE = re.compile(rf"^(?:year ending|ye|y/e)\b.*{_YEAR}\D.*{_YEAR}|%|\bchange\b")
# Marks that say how a column was made, not which period it is: "2016-17 (OT)", "2023-24 [p]".
_MARK = re.compile(r"\s*(?:\((?:ot|p|r|e|b)\)|\[(?:p|r|e|b|u)\])$")


def period(text: object, basis: str | None = None) -> tuple[date, date]:
    """Read a period as an official table prints it: its first and its last day.

    Args:
        text: `Apr 2012-Mar 2013`, `Apr - Jun 2019`, `2012/13` and `2013-14` (April to March),
            `year ending March 2021`, `YE March 2014`, with or without footnote marks.
        basis: what a bare year means in the table at hand: `march` (the year that ends in March)
            or `december` (the calendar year). Only bare years use it.

    Raises:
        InputProblem: the text is no period, is a bare year without a basis, or is the change
            from one period to another.

    Examples:
        >>> period("Apr 2012-Mar 2013(1)")
        (datetime.date(2012, 4, 1), datetime.date(2013, 3, 31))
        >>> period("year ending December 2023") == period("2023", basis="december")
        True
        >>> period("2021")
        Traceback (most recent call last):
        ...
        youthjustice.errors.InputProblem: '2021' is a bare year, which may end in March or in \
December: say which with basis="march" or basis="december"

    """
    if basis is not None and basis not in _BASES:
        raise InputProblem(f'{shown(basis)} is no basis for years: use "march" or "december"')
    words = _cleaned(text)
    if m := _BARE.fullmatch(words):
        if basis is None:
            raise InputProblem(
                f"{shown(text)} is a bare year, which may end in March or in December: say which "
                'with basis="march" or basis="december"'
            )
        return _months_up_to(int(m[1]), _BASES[basis], 12)
    if m := _ENDING.fullmatch(words):
        return _year_up_to(text, int(m[3]), _MONTHS[m[2]], m[1])
    if m := _FINANCIAL.fullmatch(words):
        last = int(m[1]) + 1
        if m[2] != str(last)[-len(m[2]) :]:
            raise InputProblem(f"{shown(text)} is not one financial year, such as 2013-14")
        return _months_up_to(last, 3, 12)
    if m := _RANGE.fullmatch(words):
        return _between(text, m[1], m[2], m[3] or m[6], m[4], m[5], m[6])
    if m := _ONE.fullmatch(words):
        return _between(text, m[1], m[2], m[3], m[1], m[2], m[3])
    if _CHANGE.search(words):
        raise InputProblem(
            f"{shown(text)} is the change from one period to another, not a period: leave that "
            "column out"
        )
    raise InputProblem(f"{shown(text)} is not a period: write it like {_LIKE}")


_LIKE = "'year ending March 2021', 'Apr 2012-Mar 2013', 'Apr - Jun 2019' or '2013-14'"


def _cleaned(text: object) -> str:
    """Lower-case a label, with plain dashes and spaces and without marks at its end."""
    if isinstance(text, bool) or not isinstance(text, str | numbers.Real):
        raise InputProblem(f"{shown(text)} is not a period: write it like {_LIKE}")
    words = re.sub(r"[\u2010-\u2015\u2212]", "-", str(text)[:200])
    words = " ".join(without_notes(" ".join(words.split())).lower().split())
    words = re.sub(r"\b(year|months)-(?=end)", r"\1 ", words)
    while (shorter := without_notes(_MARK.sub("", words))) != words:
        words = shorter
    return words


def _months_up_to(year: int, month: int, count: int) -> tuple[date, date]:
    """Give the first and last day of the whole months that end with one."""
    before = year * 12 + month - count
    first = date(before // 12, before % 12 + 1, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])


def _year_up_to(text: object, year: int, month: int, day: str | None) -> tuple[date, date]:
    start, end = _months_up_to(year, month, 12)
    if day is not None and int(day) != end.day:
        raise InputProblem(f"{shown(text)} does not end on the last day of a month")
    return start, end


def _between(text: object, *parts: str | None) -> tuple[date, date]:
    """Build the dates of a range; without days, from the first of a month to the last of one."""
    d1, m1, y1, d2, m2, y2 = parts
    year, month = int(y2 or 0), _MONTHS[m2 or ""]
    try:
        start = date(int(y1 or 0), _MONTHS[m1 or ""], int(d1 or 1))
        end = date(year, month, int(d2 or calendar.monthrange(year, month)[1]))
    except ValueError:
        raise InputProblem(f"{shown(text)} holds a day that is not in the calendar") from None
    if end < start:
        raise InputProblem(f"{shown(text)} ends before it begins")
    return start, end


def periods(column: pd.Series, basis: str | None = None) -> pd.DataFrame:
    """Read a column of periods into `period_start` and `period_end`, with the column's index.

    A missing label gives missing dates. Each distinct label is read once.

    Raises:
        InputProblem: a label is no period; the message names the first row that holds it.

    Examples:
        >>> periods(pd.Series(["2012/13", "YE March 2014"]))
          period_start period_end
        0   2012-04-01 2013-03-31
        1   2013-04-01 2014-03-31

    """
    read: dict[object, tuple[date, date]] = {}
    for text in column.dropna().unique():
        try:
            read[text] = period(text, basis)
        except InputProblem as problem:
            row = column.index[column == text][0]
            raise InputProblem(f"row {bare(row)}: {problem}") from None
    both = [column.map({text: dates[i] for text, dates in read.items()}) for i in (0, 1)]
    return pd.DataFrame(
        {
            name: pd.to_datetime(dates).astype("datetime64[us]")
            for name, dates in zip(("period_start", "period_end"), both, strict=True)
        },
        index=column.index,
    )


def label(start: date, end: date) -> str:
    """Put a period into words, the way official bulletins do.

    Raises:
        InputProblem: the period ends before it begins, or one of its dates is missing.

    Examples:
        >>> label(date(2020, 4, 1), date(2021, 3, 31))
        'year ending March 2021'
        >>> label(date(2019, 4, 1), date(2019, 6, 30))
        'April to June 2019'
        >>> label(date(2019, 10, 1), date(2020, 3, 31))
        'October 2019 to March 2020'

    """
    if pd.isna(start) or pd.isna(end):
        raise InputProblem("a period without a first and a last day has no label")
    first, last = _day(start), _day(end)
    if last < first:
        raise InputProblem(f"the period from {first} to {last} ends before it begins")
    one_year = first.year == last.year
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (last.year - first.year) * 12 + last.month - first.month == 11:
            return f"year ending {_MONTH_NAMES[last.month]} {last.year}"
        start_words, end_words = _MONTH_NAMES[first.month], _MONTH_NAMES[last.month]
    else:
        start_words = f"{first.day} {_MONTH_NAMES[first.month]}"
        end_words = f"{last.day} {_MONTH_NAMES[last.month]}"
    if one_year and start_words == end_words:
        return f"{end_words} {last.year}"
    return f"{start_words}{'' if one_year else f' {first.year}'} to {end_words} {last.year}"


def _day(day: date) -> date:
    return date(day.year, day.month, day.day)
