"""Write periods in words, the same on every machine."""

from __future__ import annotations

from typing import Any

from youthjustice._months import MONTHS


def month_year(date: Any, *, short: bool = False) -> str:
    """Write the month and year of a date.

    >>> import datetime
    >>> month_year(datetime.date(2024, 12, 31)), month_year(datetime.date(2024, 12, 31), short=True)
    ('December 2024', 'Dec 2024')
    """
    month = MONTHS[date.month - 1]
    return f"{month[:3] if short else month} {date.year}"


def day(date: Any) -> str:
    """Write a date in full.

    >>> import datetime
    >>> day(datetime.date(2024, 12, 31))
    '31 December 2024'
    """
    return f"{date.day} {month_year(date)}"


def year_ending(date: Any) -> str:
    """Write a twelve-month period by its last day; a bare year is never a period.

    >>> import datetime
    >>> year_ending(datetime.date(2024, 12, 31))
    'year ending December 2024'
    """
    return f"year ending {month_year(date)}"


def years_ending(first: Any, last: Any) -> str:
    """Write a run of twelve-month periods by the last days of the first and the last.

    >>> import datetime
    >>> years_ending(datetime.date(2016, 12, 31), datetime.date(2024, 12, 31))
    'years ending December 2016 to December 2024'
    """
    if first == last:
        return year_ending(last)
    return f"years ending {month_year(first)} to {month_year(last)}"
