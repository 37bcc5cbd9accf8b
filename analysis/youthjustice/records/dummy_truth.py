"""What is true of invented lives, counted from their arrays and not by the definition's own engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.records.dummy_lives import (
    CODES,
    CUSTODY,
    EXTRACT,
    NEVER,
    QUALIFYING,
    SHARES,
    Days,
    Lives,
)

GROUPS = tuple(SHARES)
_BREACH = len(CODES) - 1


def cohorts(lives: Lives) -> pd.DataFrame:
    """Count children, reoffenders and reoffences by quarter of the start and ethnic group.

    A start is the first caution, conviction in the community or release of a child aged 10 to 17 in a
    calendar quarter. A reoffence is committed after it and within 12 months, with a caution or
    conviction within 18 months that the extract knows; breaches are neither.
    """
    rows, born = lives.offences, lives.children["born"]
    counts = _counts(rows)
    child, start = _starts(rows, counts, born)
    sorted_by_child = rows["child"]  # the rows of one child stand together
    low = np.searchsorted(sorted_by_child, child, "left")
    many = np.searchsorted(sorted_by_child, child, "right") - low
    entry = np.repeat(np.arange(len(child)), many)
    place = np.arange(len(entry)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(low, many)
    begin, offence, outcome = start[entry], rows["offence"][place], rows["outcome"][place]
    again = (
        counts[place]
        & (offence > begin)
        & (offence <= later(begin, 12))
        & (outcome <= later(begin, 18))
    )
    found = np.bincount(entry[again], minlength=len(child))
    table = pd.DataFrame(
        {
            "quarter": _month(start) // 3 * 3,
            "ethnic_group": lives.children["group"][child],
            "children": 1,
            "reoffenders": (found > 0).astype("int64"),
            "reoffences": found,
        }
    )
    return table.groupby(["quarter", "ethnic_group"]).sum()


def entrants(lives: Lives) -> pd.DataFrame:
    """Count children aged 10 to 17 at their first caution or conviction, by its year and group."""
    rows = lives.offences
    counts = _counts(rows)
    child, outcome = rows["child"][counts], rows["outcome"][counts]
    order = np.lexsort([outcome, child])
    child, place = np.unique(child[order], return_index=True)
    first = outcome[order][place]
    young = _aged(lives.children["born"][child], first)
    table = pd.DataFrame(
        {
            "year": _month(first[young]) // 12 + 1970,
            "ethnic_group": lives.children["group"][child[young]],
            "children": 1,
        }
    )
    return table.groupby(["year", "ethnic_group"]).sum()


def kinds_of_rows(lives: Lives) -> pd.Series:
    """Count the offences by what keeps them from being a start or a reoffence, the first that does."""
    rows = lives.offences
    breach = rows["breach"] | (rows["code"] == _BREACH)
    unreleased = (rows["kind"] == CUSTODY) & (rows["release"] == NEVER)
    why = np.select(
        [breach, rows["outcome"] == NEVER, ~QUALIFYING[rows["kind"]], unreleased],
        [
            "breach",
            "no outcome yet",
            "an outcome that does not count",
            "custody without release yet",
        ],
        "a caution or conviction",
    )
    return pd.Series(why).value_counts().sort_index()


def _counts(rows: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.bool_]:
    """Mark the offences that led to a caution or conviction and are no breach."""
    breach = rows["breach"] | (rows["code"] == _BREACH)
    return np.asarray(QUALIFYING[rows["kind"]] & ~breach & (rows["outcome"] != NEVER), dtype=bool)


def _starts(
    rows: Mapping[str, npt.NDArray[Any]], counts: npt.NDArray[np.bool_], born: Days
) -> tuple[Days, Days]:
    """Give the child and the day of each start: the earliest of a child in a quarter."""
    day = np.where(rows["kind"] == CUSTODY, rows["release"], rows["outcome"])
    fit = counts & (day != NEVER) & (day <= EXTRACT)
    child, day = rows["child"][fit], day[fit]
    young = _aged(born[child], day)
    child, day = child[young], day[young]
    order = np.lexsort([day, child])
    child, day = child[order], day[order]
    quarter = _month(day) // 3
    new = np.ones(len(day), dtype=bool)
    new[1:] = (child[1:] != child[:-1]) | (quarter[1:] != quarter[:-1])
    return child[new], day[new]


def _aged(born: Days, day: Days) -> npt.NDArray[np.bool_]:
    """Mark those aged 10 to 17 in completed years; who is born on 29 February is older on 1 March."""
    (month, of_month), (birth, of_birth) = _month_and_day(day), _month_and_day(born)
    months = month - birth - (of_month < of_birth)
    return np.asarray((months >= 120) & (months < 216), dtype=bool)


def later(days: Days, months: int) -> Days:
    """Give the same day some months later, or the month's last where it has no such day.

    >>> import numpy as np
    >>> leap = np.array(["2024-02-29"], dtype="datetime64[D]").astype("int64")
    >>> later(leap, 12).astype("datetime64[D]").astype(str).tolist()
    ['2025-02-28']
    """
    month, of_month = _month_and_day(days)
    begins = (month + months).astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    after = (month + months + 1).astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    last: Days = after - 1
    return np.minimum(begins + of_month, last)


def _month(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype("int64")


def _month_and_day(days: Days) -> tuple[Days, Days]:
    """Give the month since 1970 and the day in it, counted from 0."""
    month = _month(days)
    begins = month.astype("datetime64[M]").astype("datetime64[D]").astype("int64")
    return month, days - begins
