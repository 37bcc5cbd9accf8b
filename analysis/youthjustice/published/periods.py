"""Periods as official tables print them, and back into words: a bare year is never a period."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import pandas as pd

from youthjustice._shown import row_named, shown
from youthjustice.errors import InputProblem
from youthjustice.published._period_words import LIKE, MONTH_NAMES, cleaned

_MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_BASES = {"march": 3, "december": 12}

_YEAR = r"((?:19|20)\d\d)"
_DAY = r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?"
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_TO = r"\s*(?:-|/|\bto\b)\s*"
_ENDING = re.compile(
    rf"(?:(?:the )?(?:(?:financial )?year|12 months|twelve months) (?:ending|ended|to)|f?ye|y/e)"
    rf"\s+(?:(?:the )?end (?:of )?)?{_DAY}{_MONTH},?[\s-]+((?:19|20)?\d\d)"
)
_FINANCIAL_ENDING = re.compile(rf"(?:financial year (?:ending|ended)|fye)\s+{_YEAR}")
_FINANCIAL = re.compile(rf"(?:(?:fy|financial year)\s*)?{_YEAR}\s?[-/]\s?((?:19|20)?\d\d)")
_CALENDAR = re.compile(rf"(?:calendar year|cy)\s*{_YEAR}|{_YEAR}\s+calendar year")
_MID = re.compile(rf"mid(?:-year)?[\s-]*{_YEAR}")
_RANGE = re.compile(rf"{_DAY}{_MONTH}(?:\s+{_YEAR})?{_TO}{_DAY}{_MONTH}\s+{_YEAR}")
_YEAR_FIRST = re.compile(rf"{_YEAR}\s+{_MONTH}{_TO}{_MONTH}")
_SHORT_RANGE = re.compile(rf"{_MONTH}[\s'-]*(\d\d){_TO}{_MONTH}[\s'-]*(\d\d)")
_ONE = re.compile(rf"(?:(?:as )?at\s+)?{_DAY}{_MONTH}(?:,?\s+|-){_YEAR}")
_QUARTER = r"q(?:uarter|tr)?\s?([1-4])"
_MONTHS_OF = rf"(?:\s*\(?{_MONTH}{_TO}{_MONTH}\)?)?"
_OF_QUARTER = (
    re.compile(rf"{_QUARTER}{_MONTHS_OF},?\s*(.+)"),
    re.compile(rf"(.+?),?\s*{_QUARTER}{_MONTHS_OF}"),
)
_BARE = re.compile(rf"{_YEAR}(?:\.0)?")
_CHANGE = re.compile(
    rf"^(?:year ending|ye|y/e)\b.*{_YEAR}\D.*{_YEAR}|%|\b(?:change|increase|decrease|difference)\b"
    r"|\b(?:compared|versus|vs)\b"
)
# What is no period that one could be sure of, and why.
_UNSURE = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (rf"{_YEAR}[-/]\d{{2,4}}{_TO}(?:(?:19|20)?\d\d)[-/]\d{{2,4}}(?:\s.*)?",
         "is several years together or the change from one to another: write the first and the last "
         "month, such as 'April 2010 to March 2013', or leave the column out"),
        (rf"(?:academic|school) year\s.*|ay\s?{_YEAR}.*|{_YEAR}\s?[-/]\s?\d\d\s+(?:academic|school).*",
         "is a school year, not a financial one: write its first and last month"),
        (rf"(?:fy|financial year)\s?(?:{_YEAR}|'?\d\d)",
         "is the financial year that begins or that ends then: write both years, such as 2013-14"),
        (rf"(?:.*\b)?{_MONTH}[\s'-]*\d\d(?:\D.*)?",
         "has a year of two digits, which may be a day: write all four"),
    )
)  # fmt: skip


def period(text: object, basis: str | None = None) -> tuple[date, date]:
    """Read a period as an official table prints it: its first and its last day.

    Args:
        text: `Apr 2012-Mar 2013`, `Apr - Jun 2019`, `2012/13` and `2013-14` (April to March),
            `Q1 2019/20` (April to June), `year ending March 2021`, `YE March 2014`, `mid-2021` (30
            June), `31/03/2014`, with or without footnote marks; or a day.
        basis: what a bare year means in the table at hand: `march` (the year that ends in March)
            or `december` (the calendar year). Only bare years use it.

    Raises:
        InputProblem: the text is no period, is a bare year without a basis, may be more than
            one period, or is the change from one period to another.

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
    words = cleaned(text)
    if m := _BARE.fullmatch(words):
        if basis is None:
            raise InputProblem(
                f"{shown(text)} is a bare year, which may end in March or in December: say which "
                'with basis="march" or basis="december"'
            )
        return _months_up_to(int(m[1]), _BASES[basis], 12)
    if found := _year(text, words) or _months(text, words) or _quarter(text, words, basis):
        return found
    if _CHANGE.search(words):
        raise InputProblem(
            f"{shown(text)} is the change from one period to another, not a period: leave that "
            "column out"
        )
    for pattern, reason in _UNSURE:
        if pattern.fullmatch(words):
            raise InputProblem(f"{shown(text)} {reason}")
    raise InputProblem(f"{shown(text)} is not a period: write it like {LIKE}")


def _year(text: object, words: str) -> tuple[date, date] | None:
    """Read a label of one year, or of the middle of one."""
    if m := _ENDING.fullmatch(words):
        return _year_up_to(text, int(m[3]) + 2000 * (len(m[3]) == 2), _MONTHS[m[2]], m[1])
    if m := _FINANCIAL_ENDING.fullmatch(words):
        return _months_up_to(int(m[1]), 3, 12)
    if m := _FINANCIAL.fullmatch(words):
        last = int(m[1]) + 1
        if m[2] != str(last)[-len(m[2]) :]:
            raise InputProblem(f"{shown(text)} is not one financial year, such as 2013-14")
        return _months_up_to(last, 3, 12)
    if m := _CALENDAR.fullmatch(words):
        return _months_up_to(int(m[1] or m[2]), 12, 12)
    if m := _MID.fullmatch(words):
        return date(int(m[1]), 6, 30), date(int(m[1]), 6, 30)
    return None


def _months(text: object, words: str) -> tuple[date, date] | None:
    """Read a label of months or days."""
    if m := _RANGE.fullmatch(words):
        return _between(text, m[1], m[2], m[3] or m[6], m[4], m[5], m[6])
    if m := _YEAR_FIRST.fullmatch(words):
        return _between(text, None, m[2], m[1], None, m[3], m[1])
    if m := _ONE.fullmatch(words):
        return _between(text, m[1], m[2], m[3], m[1], m[2], m[3])
    # "Apr 12 - Mar 13" is a year; two days would hardly be so.
    if (m := _SHORT_RANGE.fullmatch(words)) and int(m[4]) == int(m[2]) + 1:
        start, end = _months_up_to(2000 + int(m[4]), _MONTHS[m[3]], 12)
        return (start, end) if start.month == _MONTHS[m[1]] else None
    return None


def _quarter(text: object, words: str, basis: str | None) -> tuple[date, date] | None:
    """Read a quarter of a financial year, or of a calendar year if a bare year means one."""
    first, then = (pattern.fullmatch(words) for pattern in _OF_QUARTER)
    if first:
        number, begin, last, rest = first.groups()
    elif then:
        rest, number, begin, last = then.groups()
    else:
        return None
    if year := _FINANCIAL.fullmatch(rest):
        _year(text, rest)
        month = 3 * int(number) + 3
        end = _months_up_to(int(year[1]) + (month > 12), (month - 1) % 12 + 1, 3)
    elif bare := _BARE.fullmatch(rest):
        if begin:
            return _between(text, None, begin, bare[1], None, last, bare[1])
        if basis != "december":
            raise InputProblem(
                f"{shown(text)} is a quarter of a calendar year or of a financial one: write its "
                "months, such as 'Apr - Jun 2019'"
            )
        end = _months_up_to(int(bare[1]), 3 * int(number), 3)
    else:
        return None
    if begin and (_MONTHS[begin], _MONTHS[last]) != (end[0].month, end[1].month):
        raise InputProblem(f"{shown(text)} names a quarter and months that are not its months")
    return end


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
            raise InputProblem(f"{row_named(row)}: {problem}") from None
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
            return f"year ending {MONTH_NAMES[last.month]} {last.year}"
        start_words, end_words = MONTH_NAMES[first.month], MONTH_NAMES[last.month]
    else:
        start_words = f"{first.day} {MONTH_NAMES[first.month]}"
        end_words = f"{last.day} {MONTH_NAMES[last.month]}"
    if one_year and start_words == end_words:
        return f"{end_words} {last.year}"
    return f"{start_words}{'' if one_year else f' {first.year}'} to {end_words} {last.year}"


def _day(day: date) -> date:
    return date(day.year, day.month, day.day)
