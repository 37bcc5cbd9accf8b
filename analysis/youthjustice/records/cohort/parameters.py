"""What the definition of proven reoffending leaves open, read and checked once."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import check_choice
from youthjustice.records.cohort.offence_rules import breaches, kinds
from youthjustice.records.schema import allowed

MOST_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every choice of one cohort; dates are inclusive, and lengths are calendar months."""

    start: date
    end: date
    extract: date
    same_day: str
    followup: int
    waiting: int
    lag: int
    age_min: int
    age_max: int
    breach_codes: tuple[str, ...]
    qualifying: tuple[str, ...]

    @property
    def last_followup(self) -> date:
        """Give the last day on which anyone in the cohort is followed."""
        return add_months(self.end, self.followup)

    @property
    def last_outcome(self) -> date:
        """Give the last day on which an outcome can count for anyone in the cohort."""
        return add_months(self.end, self.followup + self.waiting)


def read_parameters(
    *,
    cohort: Sequence[object],
    extract_date: object,
    same_day: str,
    followup_months: int,
    waiting_months: int,
    age_min: int,
    age_max: int,
    breach_codes: Iterable[str] | None,
    qualifying_outcomes: Iterable[str] | None,
    recording_lag_months: int,
) -> Parameters:
    """Read the arguments of `proven_reoffending`.

    Raises:
        InputProblem: a date, a number, a choice or an outcome is not one.

    """
    if isinstance(cohort, str) or len(cohort) != 2:
        raise InputProblem(
            "cohort is not two dates; give its first and its last day, such as "
            '("2022-01-01", "2022-03-31").'
        )
    first, last = (read_date("cohort", day) for day in cohort)
    if last < first:
        raise InputProblem(f"cohort ends on {last}, before it starts on {first}; swap the two.")
    youngest = _whole("age_min", age_min)
    oldest = _whole("age_max", age_max)
    if oldest < youngest:
        raise InputProblem(f"age_max is {oldest}, below age_min, {youngest}; swap the two.")
    return Parameters(
        start=first,
        end=last,
        extract=read_date("extract_date", extract_date),
        same_day=check_choice("same_day", same_day, ("exclude", "include")),
        followup=_whole("followup_months", followup_months, least=1),
        waiting=_whole("waiting_months", waiting_months),
        lag=_whole("recording_lag_months", recording_lag_months),
        age_min=youngest,
        age_max=oldest,
        breach_codes=_texts("breach_codes", breaches() if breach_codes is None else breach_codes),
        qualifying=_qualifying(qualifying_outcomes),
    )


def read_date(name: str, day: object) -> date:
    """Read a day from a date, a timestamp or text such as 2022-03-31.

    >>> read_date("extract_date", "2024-02-29")
    datetime.date(2024, 2, 29)
    """
    try:
        if isinstance(day, date):  # NaT is one, and has no year
            return date(day.year, day.month, day.day)
        return date.fromisoformat(day)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputProblem(f"{name} is {day!r}; give a date such as 2022-03-31.") from None


def add_months(day: date, months: int) -> date:
    """Give the same day so many calendar months later, or the last day of a shorter month.

    >>> add_months(date(2024, 2, 29), 12), add_months(date(2022, 8, 31), 18)
    (datetime.date(2025, 2, 28), datetime.date(2024, 2, 29))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _whole(name: str, number: object, least: int = 0) -> int:
    if (
        isinstance(number, bool)
        or not isinstance(number, int)
        or not least <= number <= MOST_MONTHS
    ):
        raise InputProblem(f"{name} is {number!r}; give a whole number from {least}.")
    return number


def _texts(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    found = () if isinstance(texts, str) else tuple(texts)
    if isinstance(texts, str) or not all(isinstance(text, str) for text in found):
        raise InputProblem(f"{name} is not a list of texts; give one, such as ['a', 'b'].")
    return found


def _qualifying(outcomes: Iterable[str] | None) -> tuple[str, ...]:
    """Read the outcomes that count; by default those that the list of outcomes gives a kind."""
    if outcomes is None:
        return tuple(kinds())
    found = _texts("qualifying_outcomes", outcomes)
    known = allowed()["outcome_type"]
    if unknown := sorted(set(found) - set(known)):
        raise InputProblem(
            f"qualifying_outcomes has {unknown[0]!r}; choose from {', '.join(known)}."
        )
    return found
