"""Headline figures of an area in a list of areas: each with its period and its interval."""

from __future__ import annotations

from typing import Any

import pandas as pd

from youthjustice.presentation import dates, numbers
from youthjustice.presentation.numbers import per_hundred

NO_FIGURE = "No figure in this report"
NO_INSPECTION = "No inspection in this report"
_INFERRED = "95% interval, inferred,"


def rate_of_year(period_end: pd.Timestamp, value: Any, lower: Any, upper: Any) -> str:
    """Write a printed rate of one year with the interval of the count that it implies.

    >>> rate_of_year(pd.Timestamp("2024-12-31"), 145, 88, 226)
    'Year ending December 2024: 145 (95% interval, inferred, 88 to 226)'
    >>> rate_of_year(pd.Timestamp("2024-12-31"), None, None, None)
    'Year ending December 2024: no figure printed'
    """
    when = f"Year ending {dates.month_year(period_end)}"
    if pd.isna(value):
        return f"{when}: no figure printed"
    return f"{when}: {numbers.interval(value, lower, upper, form=numbers.rate, name=_INFERRED)}"


def share_of_cohort(label: Any, value: Any, lower: Any, upper: Any, smallest: Any) -> str:
    """Write a printed percentage with the smallest cohort that prints so, and its interval.

    >>> share_of_cohort(2024, 50, 9.45, 90.55, "1 of 2")[:64]
    'Cohort labelled 2024: 50.0% (smallest cohort that fits 1 of 2; 9'
    """
    ends = numbers.limits(lower, upper, form=per_hundred, name=_INFERRED)
    return f"Cohort labelled {label}: {per_hundred(value)} (smallest cohort that fits {smallest}; {ends})"
