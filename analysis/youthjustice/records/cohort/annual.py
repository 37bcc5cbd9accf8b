"""Proven reoffending of a year: its four quarterly cohorts added up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.completeness import whole_until
from youthjustice.records.cohort.following import follow_each
from youthjustice.records.cohort.later import Later
from youthjustice.records.cohort.parameters import add_months, read_date, read_parameters
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.cohort.summary import sum_of

if TYPE_CHECKING:
    from pathlib import Path


def annual_reoffending(
    children: pd.DataFrame | str | Path,
    offences: pd.DataFrame | str | Path | None = None,
    *,
    year_start: object,
    extract_date: object,
    same_day: str = "exclude",
    followup_months: int = 12,
    waiting_months: int = 6,
    age_min: int = 10,
    age_max: int = 17,
    breach_codes: Iterable[str] | None = None,
    qualifying_outcomes: Iterable[str] | None = None,
    recording_lag_months: int = 1,
    engine: str = "duckdb",
) -> Cohort:
    """Add up the four quarterly cohorts of the year that starts on the first of a month.

    The published annual figure is this sum: a child who enters in several quarters counts in each
    of them, so that ``summary.children`` are entries (Youth Justice Statistics, table 9.2: the
    quarters from April 2019 add up to the year). ``estimates()`` therefore resamples children, with
    all their entries. ``members`` and ``exclusions`` say in ``cohort`` which quarter a row is of.
    The other arguments are those of `proven_reoffending`.

    Raises InputProblem as `proven_reoffending` (for an extract from before the year, not before each
    of its quarters), and for a start that is not the first of a month.

    A child who is cautioned in January and again in May enters twice in the year:

    >>> import pandas as pd
    >>> children = pd.DataFrame({"child_id": ["A"], "date_of_birth": ["2006-06-15"]})
    >>> offences = pd.DataFrame({
    ...     "child_id": "A", "offence_date": ["2022-01-02", "2022-05-01"], "offence_code": "theft",
    ...     "offence_seq": [1, 2], "outcome_type": "youth_caution", "release_date": None,
    ...     "outcome_date": ["2022-01-20", "2022-05-20"], "is_breach": False})
    >>> found = annual_reoffending(children, offences, year_start="2022-01-01",
    ...                            extract_date="2024-12-31")
    >>> len(children), found.summary.children, found.summary.reoffenders
    (1, 2, 1)
    >>> found
    Cohort(1 of 2 entries led to a reoffence.)
    """
    start = read_date("year_start", year_start)
    if start.day != 1:
        raise InputProblem(f"year_start is {start}; give the first day of a month.")
    periods = quarters_of(start)
    parameters = [
        read_parameters(
            cohort=period,
            extract_date=extract_date,
            same_day=same_day,
            followup_months=followup_months,
            waiting_months=waiting_months,
            age_min=age_min,
            age_max=age_max,
            breach_codes=breach_codes,
            qualifying_outcomes=qualifying_outcomes,
            recording_lag_months=recording_lag_months,
        )
        for period in periods
    ]
    whole_until(parameters[0])
    quarters = follow_each(children, offences, parameters, engine)

    def together(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
        starts = (pd.Timestamp(first) for first, _ in periods)
        parts = [f.assign(cohort=first) for f, first in zip(frames, starts, strict=True)]
        return pd.concat(parts, ignore_index=True)

    return Cohort(
        summary=sum_of([quarter.summary for quarter in quarters]),
        _members=Later(lambda: together(quarter.members for quarter in quarters)),
        _exclusions=Later(lambda: together(quarter.exclusions for quarter in quarters)),
        sql="\n\n".join(quarter.sql for quarter in quarters),
        quarters=tuple(quarters),
    )


def quarters_of(start: date) -> list[tuple[date, date]]:
    """Give the first and the last day of the four quarters from a first of a month.

    >>> quarters_of(date(2022, 4, 1))[3]
    (datetime.date(2023, 1, 1), datetime.date(2023, 3, 31))
    """
    firsts = [add_months(start, months) for months in (0, 3, 6, 9, 12)]
    return [
        (first, date.fromordinal(following.toordinal() - 1))
        for first, following in pairwise(firsts)
    ]
