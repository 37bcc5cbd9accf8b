"""Whether two frames are the tables of children and offences, and reach the period asked for."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice._months import MONTHS, day_in_words
from youthjustice.errors import InputProblem
from youthjustice.records.breakdowns import Period
from youthjustice.records.schema import DATES, refuse_swapped

ENTRY = ("outcome_type", "outcome_date", "offence_code", "is_breach")
"""The columns of offences that tell a first entrant."""

_GIVE = "give the tables of read_extract"


def check_tables(children: object, offences: object, of_offences: Sequence[str]) -> None:
    """Refuse what is no table of children or offences, before anything is counted.

    ``of_offences`` are the columns of offences that are needed besides the child's.

    Raises:
        InputProblem: one is no frame, lacks a column, or holds something else for dates.

    """
    young, acts = _frame("children", children), _frame("offences", offences)
    refuse_swapped(young.columns, acts.columns)
    _check_columns("children", young, ("child_id", "date_of_birth"))
    _check_columns("offences", acts, ("child_id", *of_offences))


def _frame(table: str, given: object) -> pd.DataFrame:
    if not isinstance(given, pd.DataFrame):
        raise InputProblem(f"{table} is no table but {type(given).__name__}; {_GIVE}")
    return given


def _check_columns(table: str, frame: pd.DataFrame, needed: Sequence[str]) -> None:
    if absent := [name for name in needed if name not in frame]:
        raise InputProblem(f"{table} has no column {absent[0]}; {_GIVE}")
    for name in needed:
        kind = frame[name].dtype
        if name in DATES and (kind.kind != "M" or hasattr(kind, "tz")):
            raise InputProblem(f"the column {name} of {table} holds no dates; {_GIVE}")


def reached(period: Period, offences: pd.DataFrame) -> tuple[str, ...]:
    """Say where the records end within a period; nothing where they reach its end.

    They are taken to be whole to the end of the month of their last date, as in a report.

    Raises:
        InputProblem: they end before the period starts, so that nothing is known of it.

    """
    dates = [offences[name].max() for name in ("offence_date", "outcome_date") if name in offences]
    known = [day for day in dates if not pd.isna(day)]
    if not known:
        return ("No row of offences has a date, so nothing could be counted.",)
    last = max(known)
    month = f"{MONTHS[last.month - 1]} {last.year}"
    end = last.normalize() + pd.offsets.MonthEnd(0)
    if period[0] > end:
        raise InputProblem(
            f"period starts on {period[0]:%Y-%m-%d}, and the records end in {month}: give an earlier "
            "period, or a later extract"
        )
    if period[1] <= end:
        return ()
    return (
        f"The records end in {month}, and the period on {day_in_words(period[1])}: what is not in them "
        "yet is not counted.",
    )
