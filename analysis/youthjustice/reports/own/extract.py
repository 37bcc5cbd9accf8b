"""The extract that a report's own sections rest on, the day it is of, and its years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates
from youthjustice.records import read_extract
from youthjustice.records.cohort.parameters import add_months, read_date
from youthjustice.records.indicator_rows import FILE, read_indicators

_MANY = 1 / 20
BREAKDOWNS = ("ethnic_group", "sex", "age_band", "care_status", "special_educational_needs")


@dataclass(frozen=True, slots=True, repr=False)
class Own:
    """A service's records as they were read, and the day up to which they are taken to be whole.

    ``indicators`` are the rows of its key performance indicators, or nothing. Printed, it shows
    nothing about any child.
    """

    children: pd.DataFrame
    offences: pd.DataFrame
    as_at: date
    indicators: pd.DataFrame | None
    many_refused: bool

    def __repr__(self) -> str:
        return f"Own(as at {self.as_at})"

    @property
    def breakdowns(self) -> list[str]:
        """Give the columns that children can be counted by, in order."""
        return [name for name in BREAKDOWNS if name == "age_band" or name in self.children]


def own_extract(
    folder: str | Path, mapping: str | Path | None = None, extract_date: object = None
) -> Own:
    """Read a service's extract for a report.

    ``extract_date`` is the day of the extract; without it the end of the month of its last outcome.

    Raises InputProblem where it cannot be read, and where it has no outcome that can be used.
    """
    place = Path(folder)
    day = None if extract_date is None else read_date("extract_date", extract_date)
    extract = read_extract(folder, mapping=mapping, extract_date=day)
    indicators = place / FILE
    rows = extract.rows.sum(numeric_only=True)
    return Own(
        children=extract.children,
        offences=extract.offences,
        as_at=day or _end_of_month(extract.offences["outcome_date"]),
        indicators=read_indicators(indicators) if indicators.is_file() else None,
        many_refused=bool(rows["refused"] > _MANY * rows["read"]),
    )


def _end_of_month(outcomes: pd.Series) -> date:
    last = outcomes.max()
    if pd.isna(last):
        raise InputProblem(
            "No row of the extract that can be used has the date of an outcome, so it is not known of "
            "what day the extract is: give --extract-date, such as 2025-06-30."
        )
    return date(last.year, last.month, last.days_in_month)


def last_quarter(day: date) -> date:
    """Give the last day of the last quarter of the calendar that is over on a day.

    >>> last_quarter(date(2025, 6, 30)), last_quarter(date(2025, 6, 29))
    (datetime.date(2025, 6, 30), datetime.date(2025, 3, 31))
    """
    after = day + timedelta(1)
    return date(after.year, 3 * ((after.month - 1) // 3) + 1, 1) - timedelta(1)


def years_to(last: date, many: int) -> list[tuple[date, date]]:
    """Give years that follow each other, the last of which ends on the last day of a month.

    >>> years_to(date(2025, 6, 30), 2)[0]
    (datetime.date(2023, 7, 1), datetime.date(2024, 6, 30))
    """
    firsts = [add_months(last + timedelta(1), -12 * back) for back in range(many, -1, -1)]
    return [(first, after - timedelta(1)) for first, after in pairwise(firsts)]


def within(own: Own, years: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Leave out the years that begin more than a month before the first outcome of the extract."""
    first = own.offences["outcome_date"].min()
    return [year for year in years if add_months(year[0], 1) >= first.date()] or years[-1:]


def named(year: tuple[date, date]) -> str:
    """Name a year as tables do."""
    return dates.year_ending(year[1])
