"""Charts of what lies between rare events, where counts are too few for limits of their own.

A chart of counts whose mean is under four a period has no lower limit and gives false alarms above
(the normal curve does not fit). The time between events, or the number of chances between them,
can be charted as soon as an event happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import check_choice, check_whole, number, read
from youthjustice.measures.trends.control_charts import (
    COMMON,
    HIGHER,
    LOWER,
    MISSING,
    check_order,
    control_chart,
)
from youthjustice.measures.trends.periods import as_dates
from youthjustice.measures.trends.runs import in_run

NELSON = 3.6  # an exponential time to the power 1/3.6 is about normal (Nelson 1994)
TAIL = 0.00135  # the chance beyond three standard deviations on one side
LONGER = "longer between events"
SHORTER = "shorter between events"
_WORDS = {HIGHER: LONGER, LOWER: SHORTER}


def days_between(dates: object) -> pd.Series[Any]:
    """Return the days from each event to the one before it, indexed by date, in order of time.

    The first event has none and is left out. Two events on one day are 0 days apart.
    Times between rare events are charted by Nelson (1994), see ``t_chart``. Raises
    InputProblem for what is no date.

    >>> days_between(["2024-03-01", "2024-01-31", "2024-03-01"]).tolist()
    [30, 0]
    """
    if isinstance(dates, str) or not isinstance(dates, Iterable):
        raise InputProblem(f"dates is {dates!r}; give a list or a column of dates.")
    column = dates if isinstance(dates, pd.Series) else pd.Series(list(dates), dtype=object)
    when = as_dates(column, "dates", "the date of the event").sort_values()
    days = when.diff().dt.days.iloc[1:].astype("int64")
    return pd.Series(days.to_numpy(), index=pd.Index(when.iloc[1:], name="date"), name="days")


def t_chart(
    times: object,
    *,
    baseline: int | None = None,
    rebase_at: object = (),
    minimum_points: int = 12,
    screen: bool = False,
    shift: int = 7,
    trend: int = 7,
) -> pd.DataFrame:
    """Chart the time between events: an XmR chart of its 3.6th root, carried back (Nelson 1994).

    ``times`` are days (or any unit) between events, in order, as ``days_between`` gives; the other
    arguments are those of ``control_chart``. Columns are the same, in the unit of the times, but
    ``moving_range`` and its limit, which belong to the roots; ``variation`` says ``longer between
    events`` (events rarer) or ``shorter between events``. A lower limit under 0 is 0. Many times of
    0 (several events a day) are a sign to use ``g_chart`` or hours: flag ``zero_times``.
    Raises InputProblem for a negative time, and as ``control_chart`` does.

    Hours between 20 failures of a valve (Montgomery, *Introduction to Statistical Quality
    Control*):

    >>> hours = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199,
    ...          1214, 2831, 96]
    >>> t_chart(hours)["variation"].unique().tolist()
    ['common cause']
    """
    arguments = read({"times": times})
    time = arguments.numbers[0]
    roots = arguments.back(time ** (1 / NELSON), "times")
    chart = control_chart(
        roots,
        baseline=baseline,
        rebase_at=rebase_at,
        minimum_points=minimum_points,
        screen=screen,
        shift=shift,
        trend=trend,
    )
    chart["value"] = time
    for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
        chart[name] = chart[name].clip(lower=0) ** NELSON
    chart["variation"] = chart["variation"].replace(_WORDS)
    chart["flags"] = np.where(time == 0, "zero_times", "")
    return chart.drop(columns=["moving_range", "moving_range_limit"])


def g_chart(
    between: object,
    *,
    baseline: int | None = None,
    minimum_points: int = 12,
    limits: str = "probability",
) -> pd.DataFrame:
    """Chart the number of chances between events: orders between breaches, or children between.

    ``between`` counts the cases without an event before each event (0 when two follow each other),
    in order of time; with a chance p of an event at each case it is geometric, p = 1 / (1 + mean).
    ``limits``:

    - ``probability``: the centre is the median, and a point beyond a limit has a chance of at most
      0.00135 on either side (as three standard deviations of a normal curve);
    - ``sigma``: the centre is the mean m, the limits m less and plus 3 sqrt(m (m + 1)) (Benneyan
      2001), which signals too often above as the distribution is skew.

    The lower limit is nearly always 0, so a cluster is told by a run of zeros, ``zero_run``: as
    many together as have a chance of at most 0.00135. ``baseline`` freezes the limits at those of
    the first so many points. Columns: ``value``, ``centre``, ``lower``, ``upper``, ``outside``,
    ``zero_run``, ``variation`` (``longer between events``, ``shorter between events``, ``common
    cause``). A missing number breaks a run. Raises InputProblem for text, negative numbers, numbers
    that are not whole, and fewer than ``minimum_points`` in the baseline.

    >>> chart = g_chart([4, 9, 2, 6, 0, 11, 3, 7, 5, 1, 8, 4, 60], baseline=12)
    >>> float(chart["centre"].iloc[12]), float(chart["upper"].iloc[12]), chart["variation"].iloc[12]
    (3.0, 36.0, 'longer between events')
    """
    way = check_choice("limits", limits, ("probability", "sigma"))
    arguments = read({"between": between})
    if len(arguments.shape) != 1:
        raise InputProblem("between must be one series; give a list, an array or a Series.")
    check_order(arguments.index)
    gap = arguments.numbers[0]
    arguments.refuse(
        ~np.isnan(gap) & (gap != np.floor(gap)),
        lambda at, where: (
            f"between is {number(gap[at])}{where}; it counts cases, so give a whole number, or use "
            "t_chart for times."
        ),
    )
    base = gap[: check_whole("baseline", baseline, 2)] if baseline is not None else gap
    known = int((~np.isnan(base)).sum())
    least = check_whole("minimum_points", minimum_points, 3)
    if known < least:
        raise InputProblem(
            f"The baseline has {known} known points and limits need {least}; wait for more events, "
            "or lower minimum_points and say so."
        )
    mean = float(np.nanmean(base))
    centre, lower, upper = _sigma(mean) if way == "sigma" else _quantiles(mean)
    beyond = np.where(gap > upper, 1.0, np.where(gap < lower, -1.0, 0.0))
    zeros = in_run(np.where(gap == 0, -1.0, 0.0), _zeros_in_a_row(mean, gap.size)) < 0
    words = [LONGER, SHORTER, MISSING]
    chart = pd.DataFrame(
        {
            "value": gap,
            "centre": centre,
            "lower": lower,
            "upper": upper,
            "outside": beyond != 0,
            "zero_run": zeros,
            "variation": np.select(
                [beyond > 0, (beyond < 0) | zeros, np.isnan(gap)],
                [np.full(gap.size, word, dtype=object) for word in words],
                default=np.array(COMMON, dtype=object),
            ),
        },
        index=arguments.index,
    )
    chart.attrs["zeros_in_a_row"] = _zeros_in_a_row(mean, gap.size)
    return chart


def _sigma(mean: float) -> tuple[float, float, float]:
    reach = 3 * np.sqrt(mean * (mean + 1))
    return mean, max(mean - reach, 0.0), mean + reach


def _quantiles(mean: float) -> tuple[float, float, float]:
    """Return the median and the limits of a geometric number: P(G > k) = q^(k + 1)."""
    if mean == 0:
        return 0.0, 0.0, 0.0
    log = -np.log1p(1 / mean)  # ln q
    centre, upper = (float(np.ceil(np.log(tail) / log - 1e-12) - 1) for tail in (0.5, TAIL))
    return max(centre, 0.0), float(np.floor(np.log1p(-TAIL) / log + 1e-12)), upper


def _zeros_in_a_row(mean: float, size: int) -> int:
    """Return how many zeros together have a chance p^r of at most the tail; never if p is 1."""
    if mean == 0:
        return size + 1
    return max(int(np.ceil(np.log(TAIL) / -np.log1p(mean) - 1e-12)), 2)
