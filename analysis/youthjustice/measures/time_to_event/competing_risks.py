"""The share of children to whom each thing has happened, where one thing prevents another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.inputs import FloatArray, check_choice, check_confidence
from youthjustice.measures.time_to_event.follow_up import read_causes, read_moments
from youthjustice.measures.time_to_event.moments import Departures, before, departures, running
from youthjustice.measures.time_to_event.repeated import flag_column, repeated
from youthjustice.measures.time_to_event.share_limits import TRANSFORMS, share_limits
from youthjustice.measures.time_to_event.survival import FEW_AT_RISK, survival

# Steps of a share add up to 1 to within this.
ROUNDING = 1e-12


def cumulative_incidence(
    time: object,
    cause: object,
    *,
    causes: Sequence[Any] | None = None,
    censored: object = None,
    group: object = None,
    entry: object = None,
    confidence: float = 0.95,
    transform: str = "log-log",
    at: object = None,
) -> pd.DataFrame:
    """Return the share to whom each cause has happened by each time, one row per group, cause, time.

    Custody, death and moving away end the watching and prevent what would have come: counting them
    as censored says that those children would have reoffended like the others, and overstates.
    ``cause`` labels what ended each child's ``time``; the label ``censored`` (unless it is named: 0
    or the word censored) says that nothing did. ``causes`` lists the causes wanted, in order, also
    those that never happened. ``group``, ``entry``, ``transform`` and ``at`` are as in
    ``kaplan_meier``.

    Columns: ``group``, ``cause``, ``time``, ``at_risk``, ``events`` (of this cause),
    ``other_events``, ``censored``, ``value`` (Aalen and Johansen 1978), ``lower``, ``upper``,
    ``standard_error`` (delta method with the multinomial variance of each moment; Andersen, Borgan,
    Gill and Keiding 1993), ``event_free`` (the share to whom nothing has happened: the values of
    all causes and it sum to 1), ``method``, ``flags`` (as in ``kaplan_meier``). Raises InputProblem
    for negative or missing times, missing causes, a cause that is not listed, and no children.

    Six children, of whom one goes into custody:

    >>> found = cumulative_incidence(
    ...     [1, 2, 3, 4, 5, 6],
    ...     ["reoffence", "custody", "reoffence", "censored", "reoffence", "censored"], at=6)
    >>> found[["cause", "events", "value", "event_free"]].round(3)
           cause  events  value  event_free
    0    custody       1  0.167        0.25
    1  reoffence       3  0.583        0.25
    """
    level = check_confidence(confidence)
    scale = check_choice("transform", transform, TRANSFORMS)
    follow = read_causes(time, cause, group, entry, causes=causes, censored=censored)
    left = departures(follow)
    rows = left.shown(None if at is None else read_moments("at", at))
    names, free = follow.causes, rows.take(survival(left)[0], 1.0)
    beyond = rows.ended & (free > 0)
    z = float(special.ndtri(0.5 + level / 2))
    every = [tuple(rows.take(part, 0.0) for part in incidence(left, k)) for k in range(len(names))]
    share, error = (np.concatenate(part) for part in zip(*every, strict=True))
    own = np.concatenate(list(rows.events.T))
    group, time, at_risk, events, censored, free, beyond = (
        np.tile(part, len(names))
        for part in (
            rows.group,
            rows.time,
            rows.at_risk,
            rows.events.sum(axis=1),
            rows.censored,
            free,
            beyond,
        )
    )
    value = np.where(beyond, np.nan, share)
    lower, upper = share_limits(value, error, z, scale)
    result = pd.DataFrame(
        {
            "group": repeated(follow.groups, group),
            "cause": repeated(names, np.repeat(np.arange(len(names)), len(rows.time))),
            "time": time,
            "at_risk": at_risk,
            "events": own,
            "other_events": events - own,
            "censored": censored,
            "value": value,
            "lower": lower,
            "upper": upper,
            "standard_error": np.where(beyond, np.nan, error),
            "event_free": np.where(beyond, np.nan, free),
            "method": f"aalen-johansen, {scale}",
            "flags": flag_column(
                few_at_risk=at_risk < FEW_AT_RISK,
                undefined=np.isnan(lower),
                beyond_follow_up=beyond,
            ),
        },
        copy=False,
    )
    if len(follow.groups) > 1:  # from causes, groups, times to groups, causes, times
        result = result.take(np.argsort(group, kind="stable")).reset_index(drop=True)
    result.attrs = {"confidence": level, "children": len(follow.time)}
    return result


def incidence(left: Departures, cause: int) -> tuple[FloatArray, FloatArray]:
    """Return the share to whom one cause has happened after each moment, with its standard error.

    With h the hazard of all causes and h_k of this one at a moment, S the share free before it and
    n at risk, F(t) = sum S h_k, and its variance sums, over the moments j up to t,
    [h/(1 - h) (F(t) - F_j)^2 - 2 h_k S (F(t) - F_j) + h_k (1 - h_k) S^2] / n.
    """
    start = left.moments.start
    h, own, share_free = hazards(left, cause)
    n = np.maximum(left.at_risk, 1)
    value = running(share_free * own, start)
    value = np.where(value > 1 - ROUNDING, 1.0, value)  # everyone, or limits would be of rounding
    spread = np.where(h < 1, h / (1 - np.where(h < 1, h, 0.0)), 0.0) / n
    pull = own * share_free / n
    sums = [spread, spread * value, spread * value**2, pull, pull * value]
    own_spread = own * (1 - own) * share_free**2 / n
    a, b, c, d, e, f = (running(part, start) for part in (*sums, own_spread))
    variance = a * value**2 - 2 * b * value + c - 2 * (d * value - e) + f
    return value, np.sqrt(np.maximum(variance, 0.0))


def hazards(left: Departures, cause: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return at each moment the hazard of all causes, of one, and the share free just before."""
    n = np.maximum(left.at_risk, 1)  # a moment without anyone at risk has no events either
    free = before(survival(left)[0], left.moments.start, 1.0)
    return left.events.sum(axis=1) / n, left.events[:, cause] / n, free
