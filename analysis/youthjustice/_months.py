"""The months in English, whatever the machine's language: strftime and calendar follow that."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date) -> str:
    """Write a date in full.

    >>> day_in_words(date(2024, 12, 31))
    '31 December 2024'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
