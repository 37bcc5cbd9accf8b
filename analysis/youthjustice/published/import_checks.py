"""What is checked of every file that is imported, what it means and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from youthjustice._shown import shown
from youthjustice.published._problem import Problem
from youthjustice.published._series import present, rate_rows
from youthjustice.published._sums import first_cells, numbered, says_which, together
from youthjustice.published.area_checks import known_areas, whole_between_parts
from youthjustice.published.area_sums import areas_against_totals
from youthjustice.published.checks import shifted_labels, steady_units
from youthjustice.published.parts import parts_against_totals
from youthjustice.published.possible import possible_dates, possible_values, rates_as_computed
from youthjustice.published.possible_counts import possible_counts

NOTES = frozenset({"known_areas"})
"""The checks whose failure is told and marked, but does not stand in the way of keeping a table."""

_DO = MappingProxyType(
    {
        "parts_against_totals": "one of them is a slip, so decide which to use",
        "areas_against_totals": "one of them is a slip, so decide which to use",
        "whole_between_parts": "do not use it as a rate",
        "possible_values": "it cannot be, so compare it with the publisher's file",
        "possible_counts": "it cannot be, so compare it with the publisher's file",
        "rates_as_computed": "one of the three is a slip, so decide which to use",
        "possible_dates": "read what the publisher says of its periods",
        "unit_switches": "read what the publisher says of its units before comparing years",
        "shifted_labels": "never join the two releases",
        "repeated_figures": "use one of them, or each would be counted twice",
        "known_areas": "give it by its GSS code, or leave it out of comparisons",
    }
)
_LEAST_COUNTED = 10
_FEWEST_SERIES = 5
_NOT_KEY = frozenset(
    {"value", "value_published", "unit_published", "numerator", "denominator", "reoffences",
     "symbol", "flag", "sheet", "cell", "check", "note", "period_basis"}
)  # fmt: skip
_PERIOD = ("period_start", "period_end", "period_label", "cohort", "release")


def run_checks(frame: pd.DataFrame, previous: pd.DataFrame | None = None) -> list[Problem]:
    """Run every check for which imported rows have the columns.

    Args:
        frame: tidy rows, as `read_workbook` gives them.
        previous: rows of another release of the same tables, where there is one.

    Returns:
        What failed: each with the check's name, one sentence that names cells and says what it
        means and what to do, and the index labels of the rows. Those in NOTES are no failures.

    Examples:
        >>> tidy = pd.DataFrame({"sex": ["female", "male", "All"], "value": [2, 3, 6]})
        >>> run_checks(tidy)[0].message
        'row 2 holds the total 6, but its parts add to 5 by sex (row 0 to row 1): one of them \
is a slip, so decide which to use'

    """
    rows = frame.copy(deep=False).reset_index(drop=True)
    rows.attrs = {}  # each step of a check would copy them
    found = parts_against_totals(rows)
    # A total that is a slip makes no slip of the totals above it.
    slips = [one.rows[0] for one in found]
    sound = rows.assign(value=rows["value"].mask(rows.index.isin(slips))) if slips else rows
    found += areas_against_totals(sound)
    able = [check for check, needs in _CHECKS.items() if needs <= set(rows.columns)]
    found += [problem for check in able for problem in check(rows)]
    if previous is not None:
        found += against_release(rows, previous)
    return [
        replace(
            one,
            message=f"{one.message}: {_DO[one.check]}",
            rows=tuple(frame.index[list(one.rows)]),
        )
        for one in found
    ]


def repeated_figures(frame: pd.DataFrame) -> list[Problem]:
    """Find figures that stand in more than one cell: all that says which figure it is, is equal."""
    if "value" not in frame:
        return []
    names = [c for c in frame.columns if c not in _NOT_KEY]
    keys = together([frame[c] for c in names], len(frame))
    repeated = frame.index[pd.Series(keys, index=frame.index).duplicated(keep=False)]
    if repeated.empty:
        return []
    same = pd.Series(keys, index=frame.index)[repeated]
    values = frame["value"][repeated].groupby(same).nunique(dropna=False)
    found = []
    for differ, words in (
        (True, "hold one figure with different values"),
        (False, "hold one figure"),
    ):
        rows = [one for one, key in same.items() if bool(values[key] > 1) is differ]
        if rows:
            sentence = f"{first_cells(frame, sorted(rows, key=lambda one: same[one]))} {words}"
            found.append(Problem("repeated_figures", sentence, tuple(rows)))
    return found


def unit_switches(frame: pd.DataFrame) -> list[Problem]:
    """Find periods in which most series of a measure jump so far that its unit must have changed.

    As `steady_units`, over all series of a measure: areas, groups, ages. Periods of different
    length are apart, and counts under 10, which jump by chance, are left out.
    """
    counted = ~rate_rows(frame) & (frame["value"] < _LEAST_COUNTED)
    rows = frame[frame["value"].notna() & ~counted & frame["period_end"].notna()]
    names = [c for c in rows.columns if says_which(rows[c], c) and c not in _PERIOD]
    start = rows["period_start"] if "period_start" in rows else rows["period_end"]
    length = ((rows["period_end"] - start).dt.days / 30).round().fillna(0)
    series = together([*(rows[c] for c in names), numbered(length)], len(rows))
    one = rows[present(rows, "measure", "unit", "value", "period_start", "period_end")]
    one = one.assign(area_code=series, cohort=length.astype("int64").astype("str"))
    found = steady_units(one, fewest=_FEWEST_SERIES, of="series")
    return [replace(problem, check="unit_switches") for problem in found]


def against_release(frame: pd.DataFrame, previous: pd.DataFrame) -> list[Problem]:
    """Find measures whose figures agree with another release's of the year before or after."""
    needed = {"table", "value", "period_end", "release"}
    if not needed <= set(frame.columns) or not needed <= set(previous.columns):
        return []
    found = []
    for table, new in frame.groupby("table"):
        old = previous[previous["table"] == table]
        columns = [c for c in new.columns if c in old]
        named = new.assign(release=new["release"].fillna("of this file"))
        both = [named[columns], old[columns].set_axis(range(len(frame), len(frame) + len(old)))]
        problems = shifted_labels(pd.concat(both)) if len(old) else []
        found += [
            replace(one, rows=rows)
            for one in problems
            if (rows := tuple(row for row in one.rows if row < len(frame)))
        ]
    return found


def strange_areas(frame: pd.DataFrame) -> list[Problem]:
    """Find areas that no lookup holds, and name the cells of the first few."""
    found = []
    for one in known_areas(frame):
        rows = list(one.rows)
        column = "area_name" if "area_name" in frame else "area_code"
        names = frame[column].loc[rows].dropna().unique()
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        listed = ", ".join(map(shown, names[:3]))
        sentence = f"no area called {listed}{more} is known ({first_cells(frame, rows)})"
        found.append(replace(one, message=sentence))
    return found


_CHECKS: MappingProxyType[Callable[[pd.DataFrame], list[Problem]], set[str]] = MappingProxyType(
    {
        whole_between_parts: {"value", "area_name", "area_type", "period_end"},
        possible_values: {"value"},
        possible_counts: {"value", "unit", "area_type", "area_code"},
        rates_as_computed: {"value", "unit", "numerator", "denominator"},
        possible_dates: {"period_start", "period_end"},
        unit_switches: {"value", "unit", "measure", "period_end"},
        repeated_figures: {"value"},
        strange_areas: {"area_name"},
    }
)
"""What is run after the checks of totals, and the columns that each check needs."""
