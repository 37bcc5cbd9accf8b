"""The mean time free of events, and the mean time lost to each cause, up to a chosen time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import FloatArray, check_confidence, check_positive
from youthjustice.measures.time_to_event.competing_risks import hazards
from youthjustice.measures.time_to_event.follow_up import read_causes
from youthjustice.measures.time_to_event.moments import Departures, departures, running
from youthjustice.measures.time_to_event.survival import survival

EVENT_FREE = "event-free"


def restricted_mean(
    time: object,
    cause: object,
    *,
    until: float,
    causes: Sequence[Any] | None = None,
    censored: object = None,
    group: object = None,
    entry: object = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the mean time that children spend without an event, and after each cause, by a time.

    Unlike the share at one time it uses the whole curve, and needs no proportional hazards: of the
    first 365 days, how many were free of reoffending? ``cause`` is 0 and 1, or labels as in
    ``cumulative_incidence``. One row per group and state: ``event-free`` (the area under the share
    without any event, Irwin 1949) and each cause (the area under its cumulative incidence); the
    states of a group sum to ``until``.

    Columns: ``group``, ``state``, ``until``, ``children``, ``events``, ``value``, ``lower``,
    ``upper`` (normal, within 0 and ``until``), ``standard_error``, ``method``, ``flags``:
    ``beyond_follow_up`` (everyone was censored before ``until``: not known, NaN), ``undefined``
    (nothing happened, so there are no limits). Raises InputProblem as ``cumulative_incidence``
    does, and for ``until`` not above 0.

    >>> weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> restricted_mean(weeks, relapse, until=26)[["state", "events", "value"]].round(2)
            state  events  value
    0  event-free       9  19.25
    1           1       9   6.75
    """
    level = check_confidence(confidence)
    end = check_positive("until", until)
    follow = read_causes(time, cause, group, entry, causes=causes, censored=censored)
    left = departures(follow)
    rows = left.shown(np.array([end]))
    beyond = rows.ended & (rows.take(survival(left)[0], 1.0) > 0)
    z = float(special.ndtri(0.5 + level / 2))
    states = [*follow.causes, EVENT_FREE]
    means = [_mean_after(left, range(place, place + 1), end) for place in range(len(follow.causes))]
    lost, lost_error = _mean_after(left, range(len(follow.causes)), end)
    means.append((end - lost, lost_error))
    children = np.bincount(follow.group, minlength=len(follow.groups))
    parts = []
    for place in (len(follow.causes), *range(len(follow.causes))):
        value, error = (np.where(beyond, np.nan, part) for part in means[place])
        error = np.where(error > 1e-9 * end, error, np.nan)  # less is rounding
        columns = {
            "group": np.array(follow.groups, dtype=object),
            "state": states[place],
            "until": end,
            "children": children,
            "events": (
                rows.events.sum(axis=1) if place == len(follow.causes) else rows.events[:, place]
            ),
            "value": value,
            "lower": np.maximum(value - z * error, 0.0),
            "upper": np.minimum(value + z * error, end),
            "standard_error": error,
            "method": "restricted mean",
            "flags": flag_text(undefined=np.isnan(error), beyond_follow_up=beyond),
        }
        parts.append(pd.DataFrame(columns))
    order = np.argsort(np.tile(np.arange(len(children)), len(parts)), kind="stable")
    result = pd.concat(parts, ignore_index=True).iloc[order].reset_index(drop=True)
    result.attrs = {"confidence": level}
    return result


def _mean_after(left: Departures, causes: range, end: float) -> tuple[FloatArray, FloatArray]:
    """Return each group's mean time after any of the causes, to ``end``, and its standard error.

    With A_j the part of the mean that moments after j add, the variance is the one of the
    cumulative incidence with A_j for F(t) - F_j and S (end - t_j) for S.
    """
    start, group = left.moments.start, left.moments.group
    groups = len(start) - 1
    h, _, free = hazards(left, 0)
    own = left.events[:, list(causes)].sum(axis=1) / np.maximum(left.at_risk, 1)
    h, own = (np.where(left.moments.time < end, part, 0.0) for part in (h, own))
    weight = free * np.maximum(end - left.moments.time, 0.0)
    so_far = running(weight * own, start)
    mean = so_far[start[1:] - 1]
    rest = mean[group] - so_far
    n = np.maximum(left.at_risk, 1)
    spread = np.where(h < 1, h / (1 - np.where(h < 1, h, 0.0)), 0.0)
    terms = (spread * rest**2 - 2 * own * weight * rest + own * (1 - own) * weight**2) / n
    variance = np.bincount(group, weights=terms, minlength=groups)
    return mean, np.sqrt(np.maximum(variance, 0.0))
