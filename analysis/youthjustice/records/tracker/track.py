"""Live tracking of a cohort from a service's own records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from youthjustice._months import day_in_words
from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import check_confidence
from youthjustice.records.cohort.completeness import whole_until
from youthjustice.records.cohort.following import follow_each
from youthjustice.records.cohort.parameters import Parameters, read_date, read_parameters
from youthjustice.records.tracker.curve import curve_of
from youthjustice.records.tracker.development import by_month, development_of
from youthjustice.records.tracker.forecast import forecast_of
from youthjustice.records.tracker.periods import periods_before
from youthjustice.records.tracker.result import Tracker
from youthjustice.records.tracker.watched import Watched, number_of, watched_of

if TYPE_CHECKING:
    from pathlib import Path

MOST_EARLIER = 20
"""Earlier cohorts that are looked at: five years of quarters."""


def track_cohort(
    children: pd.DataFrame | str | Path,
    offences: pd.DataFrame | str | Path,
    *,
    cohort: Sequence[object],
    extract_date: object,
    records_from: object = None,
    earlier: int = MOST_EARLIER,
    confidence: float = 0.95,
    same_day: str = "exclude",
    followup_months: int = 12,
    waiting_months: int = 6,
    age_min: int = 10,
    age_max: int = 17,
    breach_codes: Iterable[str] | None = None,
    qualifying_outcomes: Iterable[str] | None = None,
    recording_lag_months: int = 1,
    engine: str = "duckdb",
) -> Tracker:
    """Track a cohort that is still followed, and forecast its final rate where that can be done.

    Arguments are those of `proven_reoffending`, and: ``earlier``, how many periods of the same
    length before the cohort may be learned from, and ``records_from``, the first day from which the
    records hold every child, whatever came of the child later. Without it the first period with a
    child is left out, since the records may begin within it. Records that were kept only of
    children who came back make earlier rates too high, and nothing in them shows it.

    A child is known to have reoffended from the day of the first caution or conviction that counts.
    The clock runs from the start to that day, so that an offence whose outcome is awaited hides
    nothing. What was recorded in the last ``recording_lag_months`` is left out, since the rest of
    it may not be in the extract yet.

    The result is a `Tracker`: ``curve``, ``forecast``, ``banner`` and what they rest on. It is not
    the published statistic: what happens elsewhere and to adults may be missing. Formulas, sources
    and how often the interval holds the truth: docs/methods/live-tracker.md.

    Raises InputProblem as `proven_reoffending`, and for an extract from before the cohort.

    One child is cautioned in January and proven in March to have reoffended, another is not:

    >>> import pandas as pd
    >>> children = pd.DataFrame({"child_id": ["A", "B"], "date_of_birth": "2008-06-15"})
    >>> offences = pd.DataFrame({
    ...     "child_id": ["A", "B", "A"], "offence_date": ["2024-01-02", "2024-01-05", "2024-02-01"],
    ...     "offence_code": "theft", "offence_seq": [1, 2, 3], "outcome_type": "youth_caution",
    ...     "outcome_date": ["2024-01-10", "2024-01-20", "2024-03-01"], "release_date": None,
    ...     "is_breach": False})
    >>> found = track_cohort(children, offences, cohort=("2024-01-01", "2024-03-31"),
    ...                      extract_date="2024-06-30", earlier=0)
    >>> found.curve[["time", "at_risk", "events", "cumulative"]]
       time  at_risk  events  cumulative
    0     1        2       0         0.0
    1     2        2       1         0.5
    2     3        1       0         0.5
    3     4        1       0         0.5
    >>> found.forecast.made, found.forecast.reasons[0][:43]
    (False, 'No forecast: 0 earlier cohorts are complete')
    """
    level = check_confidence(confidence)
    tracked = read_parameters(
        cohort=cohort,
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
    as_at = whole_until(tracked)
    from_day = None if records_from is None else read_date("records_from", records_from)
    periods = [
        (first, last)
        for first, last in periods_before(tracked.start, tracked.end, _many(earlier))
        if from_day is None or first >= from_day
    ]
    each = [*(replace(tracked, start=first, end=last) for first, last in periods), tracked]
    found = [one.members for one in follow_each(children, offences, each, engine)]
    # Records may name starts after the day up to which they are whole.
    found[-1] = found[-1][found[-1]["start_date"] <= pd.Timestamp(as_at)]
    cohorts = [watched_of(members, one.start) for members, one in zip(found, each, strict=True)]
    return _tracker(tracked, as_at, found[-1], _whole(cohorts, from_day is None), periods, level)


def _tracker(
    tracked: Parameters,
    as_at: date,
    members: pd.DataFrame,
    cohorts: list[Watched],
    periods: list[tuple[date, date]],
    level: float,
) -> Tracker:
    """Put together what is known of a cohort, which is the last of the cohorts."""
    day, cohort, before = number_of(as_at), cohorts[-1], cohorts[:-1]
    months = tracked.followup + tracked.waiting
    learned = any(one.known(day).any() for one in before)
    arrived = development_of(before, day, level) if learned else None
    return Tracker(
        cohort=(tracked.start, tracked.end),
        extract_date=tracked.extract,
        as_at=as_at,
        children=len(members),
        known=int(cohort.known(day).sum()),
        turned_18=_turned_18(members, as_at),
        curve=curve_of(cohort, day, months, level),
        development=by_month(arrived, months) if arrived is not None else _nothing(),
        earlier=_earlier(before, periods[len(periods) - len(before) :], cohort, day),
        forecast=forecast_of(
            cohort, before, day, arrived, confidence=level, entering=tracked.end > as_at
        ),
        banner=_banner(as_at),
    )


def _many(earlier: object) -> int:
    if isinstance(earlier, bool) or not isinstance(earlier, int) or not 0 <= earlier <= 400:
        raise InputProblem(f"earlier is {earlier!r}; give a whole number from 0 to 400.")
    return earlier


def _whole(cohorts: list[Watched], unsure: bool) -> list[Watched]:
    """Leave out the earlier cohorts without children, and the first one if it may be cut."""
    held = [len(one.start) > 0 for one in cohorts[:-1]]
    first = held.index(True) + unsure if any(held) else len(held)
    return cohorts[first:]


def _turned_18(members: pd.DataFrame, as_at: date) -> int:
    """Count the children who became 18 in their follow-up, by a day."""
    today, over = pd.Timestamp(as_at), members["followup_end"]
    until = over.where(over < today, today).dt
    born = members["date_of_birth"].dt
    later = (until.month * 100 + until.day) < (born.month * 100 + born.day)
    return int((until.year - born.year - later >= 18).sum())


def _earlier(
    before: list[Watched], periods: list[tuple[date, date]], cohort: Watched, day: int
) -> pd.DataFrame:
    """Set out what each earlier cohort came to, and what was known of it at the same age."""
    complete = np.array([one.complete(day) for one in before], dtype=bool)
    final = [int(one.known(day).sum()) for one in before]
    return pd.DataFrame(
        {
            "start": pd.to_datetime([first for first, _ in periods]),
            "end": pd.to_datetime([last for _, last in periods]),
            "children": np.array([len(one.start) for one in before], dtype=np.int64),
            "known_then": np.array(
                [int(one.known(day - cohort.first + one.first).sum()) for one in before],
                dtype=np.int64,
            ),
            "reoffenders": pd.array(
                [count if done else None for count, done in zip(final, complete, strict=True)],
                dtype="Int64",
            ),
            "complete": complete,
        }
    )


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype="float64") for name in ("time", "value", "lower", "upper")}
    )


def _banner(as_at: date) -> str:
    return (
        f"Live and incomplete, as at {day_in_words(as_at)}: this service's own count, not the "
        "published statistic of the Ministry of Justice."
    )
