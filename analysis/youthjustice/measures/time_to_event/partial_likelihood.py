"""Cox's partial likelihood: who is at risk at each event, and the likelihood with its slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.time_to_event.follow_up import IntArray
from youthjustice.measures.time_to_event.moments import running


@dataclass(frozen=True, slots=True, eq=False)
class RiskSets:
    """The children who are at risk at some event, and the events, in order of stratum and time.

    A set is a stratum and a time with an event. ``rows`` are places in the data; a row is at risk
    in the sets ``first`` to ``last``; ``late`` are the rows that enter after their stratum's first
    set. ``failed`` are the places in ``rows`` of those who have the event, ``set_of`` their sets,
    and ``fraction`` the part of the set's events that Efron's method takes off the risk set before
    each of them (0 by Breslow's). ``start`` is each stratum's first set and ``row_start`` its first
    row. ``leaving`` and ``failing`` are sparse tables, sets by rows, that sum rows by the set they
    leave after (less those not yet entered) and fail in.
    """

    rows: IntArray
    first: IntArray
    last: IntArray
    late: IntArray
    failed: IntArray
    set_of: IntArray
    fraction: FloatArray
    time: FloatArray
    start: IntArray
    row_start: IntArray
    leaving: Any
    failing: Any


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The partial likelihood at some coefficients.

    ``weight`` is each row's hazard, ``total`` the sum of the risk set before each event and
    ``mean`` its weighted mean of the covariates.
    """

    log_likelihood: float
    score: FloatArray
    weight: FloatArray
    total: FloatArray
    mean: FloatArray


def risk_sets(
    time: FloatArray, event: IntArray, entry: FloatArray | None, stratum: IntArray, ties: str
) -> RiskSets:
    """Find the risk sets. A child is at risk after ``entry``, up to and including ``time``."""
    from scipy.sparse import csr_array

    times, code = np.unique(time, return_inverse=True)
    key = stratum * len(times) + code
    begin = stratum * len(times)
    if entry is not None:
        begin = begin + np.searchsorted(times, entry, "right")
    sets = np.unique(key[event == 1])
    first = np.searchsorted(sets, begin, "left")
    last = np.searchsorted(sets, key, "right") - 1
    rows = np.flatnonzero(first <= last)
    rows = rows[np.argsort(last[rows], kind="stable")]
    first, last = first[rows], last[rows]
    failed = np.flatnonzero(event[rows] == 1)
    set_of = last[failed]
    here = np.bincount(set_of, minlength=len(sets))
    turn = np.arange(len(failed)) - (np.cumsum(here) - here)[set_of]
    strata, start = np.unique(sets // len(times), return_index=True)
    start = np.append(start, len(sets)).astype(np.int64)
    own_first = start[np.searchsorted(strata, stratum[rows])]
    late = np.flatnonzero(first > own_first)
    shape = (len(sets), len(rows))
    leaving = csr_array(
        (
            np.repeat([1.0, -1.0], [len(rows), len(late)]),
            (np.append(last, first[late] - 1), np.append(np.arange(len(rows)), late)),
        ),
        shape=shape,
    )
    return RiskSets(
        rows=rows,
        first=first,
        last=last,
        late=late,
        failed=failed,
        set_of=set_of,
        fraction=turn / here[set_of] if ties == "efron" else np.zeros(len(failed)),
        time=times[sets % len(times)],
        start=start,
        row_start=np.searchsorted(last, start[:-1]),
        leaving=leaving,
        failing=csr_array((np.ones(len(failed)), (set_of, failed)), shape=shape),
    )


def fit_at(
    sets: RiskSets, x: FloatArray, beta: FloatArray, offset: FloatArray | float = 0.0
) -> Fit:
    """Return the likelihood at coefficients ``beta``, with a known part of the log hazard."""
    log_hazard = x @ beta + offset
    # A constant may be taken off the log hazards of a stratum; the largest, so that none overflows.
    rows_each = np.diff(np.append(sets.row_start, len(x)))
    log_hazard = log_hazard - np.repeat(np.maximum.reduceat(log_hazard, sets.row_start), rows_each)
    weight = np.exp(log_hazard)
    moments = np.column_stack([weight, weight[:, None] * x])
    before = _at_risk(sets, moments)[sets.set_of]
    if sets.fraction.any():
        before = before - sets.fraction[:, None] * (sets.failing @ moments)[sets.set_of]
    total = before[:, 0]
    if total.min() <= 0:  # only where hazards differ so much that rounding empties a risk set
        return Fit(-np.inf, np.zeros(x.shape[1]), weight, total, np.zeros((len(total), x.shape[1])))
    mean = before[:, 1:] / total[:, None]
    return Fit(
        log_likelihood=float(log_hazard[sets.failed].sum() - np.log(total).sum()),
        score=x[sets.failed].sum(axis=0) - mean.sum(axis=0),
        weight=weight,
        total=total,
        mean=mean,
    )


def information(
    sets: RiskSets, x: FloatArray, fit: Fit, by: FloatArray | None = None
) -> FloatArray:
    """Return the information: the variance of the covariates in each risk set, summed.

    ``by`` weighs the events. The sum of second moments over sets is a sum over rows, of each
    row's x x' times the hazard it was exposed to, which needs no table of sets by pairs.
    """
    weights = np.ones(len(fit.total)) if by is None else by
    exposure = fit.weight * _exposure(sets, weights / fit.total)
    return x.T @ (exposure[:, None] * x) - fit.mean.T @ (weights[:, None] * fit.mean)


def score_residuals(sets: RiskSets, x: FloatArray, fit: Fit) -> FloatArray:
    """Return each row's part of the score (Therneau and Grambsch 2000, chapter 4)."""
    seen = _exposure(sets, 1 / fit.total)
    seen_mean = _exposure(sets, fit.mean / fit.total[:, None])
    part = -fit.weight[:, None] * (x * seen[:, None] - seen_mean)
    part[sets.failed] += x[sets.failed] - _mean_of_set(sets, fit.mean)[sets.set_of]
    return part


def _mean_of_set(sets: RiskSets, mean: FloatArray) -> FloatArray:
    """Return the mean over the events of each set."""
    return np.asarray((sets.failing @ _spread(sets, mean)) / sets.failing.sum(axis=1)[:, None])


def _spread(sets: RiskSets, values: FloatArray) -> FloatArray:
    """Lay values of the events out by rows."""
    wide = np.zeros((len(sets.rows), *values.shape[1:]))
    wide[sets.failed] = values
    return wide


def _at_risk(sets: RiskSets, values: FloatArray) -> FloatArray:
    """Sum values of the rows over each risk set, from the last set of each stratum back."""
    backwards = len(sets.time) - sets.start[::-1]
    return running(np.asarray(sets.leaving @ values)[::-1], backwards)[::-1]


def _exposure(sets: RiskSets, values: FloatArray) -> FloatArray:
    """Sum values of the events over the sets in which each row was at risk.

    A row that fails was itself partly taken off the set, by the fraction of each event there.
    """
    by_set = np.asarray(sets.failing @ _spread(sets, values))
    so_far = running(by_set, sets.start)
    total = so_far[sets.last]
    total[sets.late] -= so_far[sets.first[sets.late] - 1]
    if sets.fraction.any():
        fraction = sets.fraction.reshape(-1, *[1] * (values.ndim - 1))
        taken = np.asarray(sets.failing @ _spread(sets, values * fraction))
        total[sets.failed] -= taken[sets.set_of]
    return total
