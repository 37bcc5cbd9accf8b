"""The periods of the same length before a cohort's."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from youthjustice.records.cohort.parameters import add_months


def periods_before(first: date, last: date, many: int) -> list[tuple[date, date]]:
    """Give so many periods of the same length that end before a period starts, the first first.

    A period of whole calendar months has periods of as many months before it.

    >>> periods_before(date(2024, 4, 1), date(2024, 6, 30), 2)[0]
    (datetime.date(2023, 10, 1), datetime.date(2023, 12, 31))
    >>> periods_before(date(2024, 4, 2), date(2024, 4, 8), 1)
    [(datetime.date(2024, 3, 26), datetime.date(2024, 4, 1))]
    """
    day = timedelta(days=1)
    after = last + day
    if first.day == 1 and after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        starts = [add_months(first, -months * back) for back in range(many, -1, -1)]
    else:
        starts = [first - back * (after - first) for back in range(many, -1, -1)]
    return [(start, following - day) for start, following in pairwise(starts)]
