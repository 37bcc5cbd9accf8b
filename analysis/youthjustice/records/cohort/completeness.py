"""Step 11: up to which day records are whole, and from which day on they show a cohort whole."""

from __future__ import annotations

from datetime import date

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.parameters import Parameters, add_months


def final_from(last_start: date | None, parameters: Parameters) -> date:
    """Step 11: give the first day on which an extract shows the cohort whole.

    That is after the last entry: the follow-up, the waiting period and the time that records take
    to arrive, and never before the period is over. A cohort without children is whole when one that
    entered on its last day would be. (The wait: Ministry of Justice; the time for recording: ours.)

    >>> from youthjustice.records.cohort.parameters import read_parameters
    >>> quarter = read_parameters(
    ...     cohort=("2022-01-01", "2022-03-31"), extract_date="2024-01-01", same_day="exclude",
    ...     followup_months=12, waiting_months=6, age_min=10, age_max=17, breach_codes=None,
    ...     qualifying_outcomes=None, recording_lag_months=1)
    >>> final_from(date(2022, 3, 20), quarter)
    datetime.date(2023, 10, 20)
    """
    months = parameters.followup + parameters.waiting + parameters.lag
    return max(add_months(last_start or parameters.end, months), parameters.end)


def whole_until(parameters: Parameters) -> date:
    """Step 11: give the day up to which the records are whole, if the cohort has begun by then.

    That is the extract less the time that records take to arrive. (Ours.)

    Raises:
        InputProblem: the cohort begins later, so that these records can know nothing of it.

    """
    whole = add_months(parameters.extract, -parameters.lag)
    if whole < parameters.start:
        raise InputProblem(
            f"the extract of {parameters.extract} is whole up to {whole}, before the cohort starts on "
            f"{parameters.start}: give a later extract, or an earlier cohort"
        )
    return whole
