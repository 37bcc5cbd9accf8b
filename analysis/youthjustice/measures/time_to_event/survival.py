"""The share of children who have not reoffended by each time, where some are watched for less."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.inputs import FloatArray, check_choice, check_confidence
from youthjustice.measures.time_to_event.follow_up import read_events, read_moments
from youthjustice.measures.time_to_event.moments import Departures, departures, running
from youthjustice.measures.time_to_event.repeated import flag_column, repeated
from youthjustice.measures.time_to_event.share_limits import TRANSFORMS, share_limits

FEW_AT_RISK = 10


def kaplan_meier(
    time: object,
    event: object,
    *,
    group: object = None,
    entry: object = None,
    confidence: float = 0.95,
    transform: str = "log-log",
    at: object = None,
) -> pd.DataFrame:
    """Return the share without the event (not reoffended) over time, one row per group and time.

    ``time`` is how long each child was watched, in any unit; ``event`` is 1 if it ended in the
    event and 0 if watching ended first (censored). ``group`` labels the children; ``entry`` is when
    watching began if that is later than time 0 (left truncation): a child is at risk after entry.
    An event counts before a censoring at the same time. Time 0 is allowed: an event then happens
    with everyone at risk, and someone censored then never counts.

    Columns: ``group`` ("All" without groups), ``time``, ``at_risk`` (just before the time),
    ``events`` and ``censored`` at the time, ``value`` (share without the event, Kaplan and Meier
    1958), ``lower``, ``upper``, ``standard_error`` (Greenwood 1926), ``cumulative``,
    ``cumulative_lower``, ``cumulative_upper`` (1 - value: the share who have had the event),
    ``method``, ``flags``. Rows stand at every time at which somebody leaves, or, with ``at``, at
    those times, where ``events`` and ``censored`` are totals from the start to then.

    Limits are set on the scale ``transform``: ``log-log``, ``log`` or ``plain``. Flags:
    ``few_at_risk`` (under 10), ``undefined`` (a share of 0 or 1 has no limits), and
    ``beyond_follow_up`` (everyone had left by then, so the share is not known: NaN). Censoring must
    say nothing about the chance of the event; where custody or death prevents it, use
    ``cumulative_incidence``. Raises InputProblem for negative or missing times, events other than
    0 and 1, no children, and an entry not before its time.

    Weeks in remission of 21 patients on 6-mercaptopurine (Freireich and others 1963; Kleinbaum and
    Klein 2012, chapter 2, print 0.8571 at 6 weeks and 0.4482 at 23):

    >>> weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> curve = kaplan_meier(weeks, relapse, at=[6, 23])
    >>> curve[["time", "at_risk", "events", "value"]].round(3)
       time  at_risk  events  value
    0   6.0       21       3  0.857
    1  23.0        6       9  0.448
    """
    level = check_confidence(confidence)
    scale = check_choice("transform", transform, TRANSFORMS)
    follow = read_events(time, event, group, entry)
    left = departures(follow)
    rows = left.shown(None if at is None else read_moments("at", at))
    share, error = (
        rows.take(part, first) for part, first in zip(survival(left), (1.0, 0.0), strict=True)
    )
    beyond = rows.ended & (share > 0)
    value = np.where(beyond, np.nan, share)
    lower, upper = share_limits(value, error, float(special.ndtri(0.5 + level / 2)), scale)
    flags = flag_column(
        few_at_risk=rows.at_risk < FEW_AT_RISK,
        undefined=np.isnan(lower),
        beyond_follow_up=beyond,
    )
    result = pd.DataFrame(
        {
            "group": repeated(follow.groups, rows.group),
            "time": rows.time,
            "at_risk": rows.at_risk,
            "events": rows.events[:, 0],
            "censored": rows.censored,
            "value": value,
            "lower": lower,
            "upper": upper,
            "standard_error": np.where(beyond, np.nan, error),
            "cumulative": 1 - value,
            "cumulative_lower": 1 - upper,
            "cumulative_upper": 1 - lower,
            "method": f"kaplan-meier, {scale}",
            "flags": flags,
        },
        copy=False,
    )
    result.attrs = {"confidence": level, "children": len(follow.time)}
    return result


def survival(left: Departures) -> tuple[FloatArray, FloatArray]:
    """Return the share without any event after each moment, with Greenwood's standard error."""
    start = left.moments.start
    n, d = left.at_risk.astype(np.float64), left.events.sum(axis=1).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = running(np.where(d > 0, 1 - d / n, 1.0), start, product=True)
        error = value * np.sqrt(running(np.where(d > 0, d / (n * (n - d)), 0.0), start))
    return value, error
