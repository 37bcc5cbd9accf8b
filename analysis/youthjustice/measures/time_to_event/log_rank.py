"""Whether groups differ in how soon the event comes, over the whole of the time watched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import read
from youthjustice.measures.time_to_event.follow_up import read_events, read_labels
from youthjustice.measures.time_to_event.moments import count, moments, still_there


@dataclass(frozen=True, slots=True, eq=False)
class LogRank:
    """A log-rank test: ``statistic`` is chi-square with ``degrees_of_freedom``.

    ``groups`` is a frame with one row per group: ``group, children, events, expected`` (events, if
    the groups did not differ), ``observed_to_expected``. ``flags`` holds ``undefined`` where there
    is nothing to test (no events, or no moment at which two groups were at risk).

    >>> from youthjustice.measures import log_rank
    >>> found = log_rank([1, 3, 5, 7, 9, 11], [1, 1, 1, 0, 1, 0], list("aaabbb"))
    >>> found.degrees_of_freedom, found.groups["events"].tolist()
    (1, [3, 1])
    """

    statistic: float
    degrees_of_freedom: int
    p_value: float
    method: str
    flags: str
    groups: pd.DataFrame


def log_rank(time: object, event: object, group: object, strata: object = None) -> LogRank:
    """Test whether groups differ in their rate of the event over time, all times weighing alike.

    Arrays or Series with one element per child, as in ``kaplan_meier``. ``strata`` compares
    children only with those of the same label (area, sex). At every time of an event the events
    expected of each group are those of all, shared out by the number at risk; observed less
    expected is set against its hypergeometric variance (Mantel 1966; Peto and Peto 1972). It has
    little power where curves cross. Raises InputProblem as ``kaplan_meier`` does, and for one group.

    Remission of 42 leukaemia patients, 6-mercaptopurine and placebo (Freireich and others 1963;
    Kleinbaum and Klein 2012, chapter 2, print a chi-square of 16.79):

    >>> drug = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    >>> relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    >>> placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    >>> test = log_rank(drug + placebo, relapse + [1] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    >>> round(test.statistic, 2), test.groups["expected"].round(1).tolist()
    (16.79, [19.3, 10.7])
    """
    follow = read_events(time, event, group)
    names, groups = follow.groups, len(follow.groups)
    if groups < 2:
        raise InputProblem(
            f"There is one group, {names[0]!r}; give at least two to compare, or use kaplan_meier."
        )
    stratum, strata_names = read_labels("strata", strata, read({"time": time}, signed=True))
    found = moments(stratum, follow.time, len(strata_names))
    leaving = count(found.row, follow.group, len(found.time), groups)
    n = still_there(leaving, found.start).astype(np.float64)
    happened = follow.cause == 1
    d = count(found.row[happened], follow.group[happened], len(found.time), groups)
    seen = d.sum(axis=1) > 0
    n, events = n[seen], d[seen].sum(axis=1).astype(np.float64)
    total = n.sum(axis=1)
    share = n / total[:, None]
    expected = events @ share
    weight = events * (total - events) / np.maximum(total - 1, 1)
    variance = np.diag(weight @ share) - (share * weight[:, None]).T @ share
    excess = d.sum(axis=0) - expected
    # The variance has as many ranks fewer than groups as there are sets never compared with others.
    values, vectors = np.linalg.eigh(variance)
    kept = values > 1e-10 * max(values.max(initial=0.0), 1.0)
    freedom = int(kept.sum())
    statistic = float(((vectors[:, kept].T @ excess) ** 2 / values[kept]).sum())
    return LogRank(
        statistic=statistic if freedom else np.nan,
        degrees_of_freedom=freedom,
        p_value=float(special.chdtrc(freedom, statistic)) if freedom else np.nan,
        method="log-rank" if strata is None else "log-rank, stratified",
        flags=str(flag_text(undefined=np.array([freedom == 0]))[0]),
        groups=pd.DataFrame(
            {
                "group": names,
                "children": np.bincount(follow.group, minlength=groups),
                "events": d.sum(axis=0),
                "expected": expected,
                "observed_to_expected": np.where(
                    expected > 0, d.sum(axis=0) / np.where(expected > 0, expected, 1.0), np.nan
                ),
            }
        ),
    )
