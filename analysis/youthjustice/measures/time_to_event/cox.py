"""Hazard ratios: how much sooner the event comes to some children than to others, all else equal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
)
from youthjustice.measures.labels import names_of
from youthjustice.measures.time_to_event.cox_design import CoxDesign, read_design
from youthjustice.measures.time_to_event.cox_fit import Maximum, maximise, profile
from youthjustice.measures.time_to_event.partial_likelihood import (
    RiskSets,
    risk_sets,
    score_residuals,
)
from youthjustice.measures.time_to_event.proportional_hazards import proportional_hazards_test

FEW_CLUSTERS = 30


def cox(
    frame: pd.DataFrame,
    *,
    time: str,
    event: str,
    covariates: str | Sequence[str],
    reference: Mapping[str, Any] | None = None,
    entry: str | None = None,
    cluster: str | None = None,
    strata: str | Sequence[str] | None = None,
    ties: str = "efron",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return hazard ratios from a Cox regression, one row per coefficient.

    ``frame`` has one row per child (or per spell of a child); ``time`` and ``event`` (1 or 0) name
    its columns, ``entry`` the time from which a row is at risk, if later than 0. A numeric
    covariate has one coefficient, the ratio per unit; any other one for each level against
    ``reference`` (a level by covariate; unless given White, or the most frequent level).
    ``strata`` names columns whose combinations have hazards of their own. ``cluster`` names who
    the rows of one child, or school, belong to: limits and p-values then come from the robust
    error. A hazard ratio is not a relative rate index, and the two are not to be compared.

    Columns: ``covariate``, ``level``, ``reference``, ``children`` (clusters, where they are named,
    else rows) and ``events`` at that level, ``value`` (the hazard ratio, Cox 1972), ``lower``,
    ``upper``, ``p_value`` (Wald), ``log_hazard``, ``standard_error`` and
    ``robust_standard_error`` of it (Lin and Wei 1989), ``proportional_p_value`` (whether the ratio
    changes over time, Grambsch and Therneau 1994: a small one says that it does, so that the value
    is an average), ``method``, ``flags``. ``ties`` is ``efron`` (1977) or ``breslow`` (1974).

    Flags: ``monotone``: no finite coefficient is best, because no event (or every one) happened at
    one level. The value is 0, or undefined, and the limit and p-value come from the profile
    likelihood, unless there are clusters. ``undefined``: the data say nothing of it.
    ``unbounded``, ``zero_numerator``, ``small_numerator`` (under 10 events at the level or its
    reference), ``few_clusters`` (under 30, too few for the normal distribution: limits and p-value
    by Student's t, with clusters less coefficients less 1 degrees of freedom, and none without any;
    still too narrow for what is alike within clusters), ``not_converged``.

    ``attrs``: ``log_likelihood``, ``null_log_likelihood``, ``likelihood_ratio``, ``score``
    (statistics), ``p_value`` (of the former; it takes rows as independent, so it is missing where
    there are clusters), ``proportional_p_value`` (for all coefficients), ``children``, ``rows``,
    ``events``. Raises InputProblem for missing or impossible values, no events, dates as covariates,
    more than 400 levels, and covariates that are constant or follow from others.

    Remission of 42 leukaemia patients, placebo against 6-mercaptopurine (Freireich and others
    1963; Kleinbaum and Klein 2012, chapter 3, print 4.523 with limits of 2.027 and 10.094):

    >>> weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
    ...          1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    >>> relapse = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0] + [1] * 21
    >>> patients = pd.DataFrame({"weeks": weeks, "relapse": relapse,
    ...                          "placebo": [0] * 21 + [1] * 21})
    >>> ratio = cox(patients, time="weeks", event="relapse", covariates="placebo", ties="breslow")
    >>> ratio[["covariate", "events", "value", "lower", "upper"]].round(3)
      covariate  events  value  lower   upper
    0   placebo      30  4.523  2.027  10.094
    """
    level = check_confidence(confidence)
    how = check_choice("ties", ties, ("efron", "breslow"))
    design = read_design(
        frame,
        time=time,
        event=event,
        covariates=names_of("covariates", covariates),
        entry=entry,
        cluster=cluster,
        strata=names_of("strata", strata),
        reference=reference or {},
    )
    follow = design.follow
    if not follow.cause.any():
        raise InputProblem(f"{event} is 0 in every row; without an event there is no hazard.")
    sets = risk_sets(follow.time, follow.cause, follow.entry, design.stratum, how)
    unit = design.matrix.std(axis=0)
    x = ((design.matrix - design.matrix.mean(axis=0)) / unit)[sets.rows]
    maximum = maximise(sets, x)
    table = _table(design, sets, x, maximum, unit, level)
    _, table["proportional_p_value"], together = proportional_hazards_test(sets, x, maximum, follow)
    table["method"] = f"cox, {how}" + ("" if cluster is None else ", robust")
    table["flags"] = _flags(design, maximum, table)
    result = table.drop(columns=["smallest"])
    ratio = 2 * (maximum.log_likelihood - maximum.null_log_likelihood)
    freedom = float((~maximum.undefined).sum())
    result.attrs = {
        **frame.attrs,
        "confidence": level,
        "log_likelihood": maximum.log_likelihood,
        "null_log_likelihood": maximum.null_log_likelihood,
        "likelihood_ratio": ratio,
        "score": maximum.score_statistic,
        "p_value": float(special.chdtrc(freedom, max(ratio, 0.0)))
        if freedom and cluster is None
        else np.nan,
        "proportional_p_value": together,
        "children": _children(design, np.ones(len(frame), dtype=bool)),
        "rows": len(frame),
        "events": int(follow.cause.sum()),
    }
    return result


def _table(
    design: CoxDesign,
    sets: RiskSets,
    x: FloatArray,
    maximum: Maximum,
    unit: FloatArray,
    level: float,
) -> pd.DataFrame:
    """Return all columns but those of tests of the model, with the smallest count behind each."""
    happened = design.follow.cause
    ends = maximum.runaway
    known = (ends == 0) & ~maximum.undefined & maximum.converged
    beta = np.where(known, maximum.beta / unit, np.nan)
    error = np.where(known, np.sqrt(np.diag(maximum.covariance)) / unit, np.nan)
    robust = np.full(len(beta), np.nan)
    if design.cluster is not None:
        robust = np.where(known, _robust_error(design, sets, x, maximum) / unit, np.nan)
        # Rounding is all that is left where no cluster moves a coefficient.
        robust = np.where(robust > 1e-6 * error, robust, np.nan)
    used, freedom = error, np.inf
    if design.cluster is not None:
        used, freedom = robust, _freedom(int(design.cluster.max()) + 1, int(known.sum()))
    z = float(special.stdtrit(freedom, 0.5 + level / 2))
    with np.errstate(over="ignore"):  # what is too large to write is infinite, and flagged
        value, lower, upper = (np.exp(beta + reach) for reach in (0.0, -z * used, z * used))
    p = 2 * special.stdtr(freedom, -np.abs(beta / used))
    for at in np.flatnonzero(ends) if design.cluster is None else ():
        limit, p[at] = profile(sets, x, int(at), maximum, level)
        with np.errstate(over="ignore"):
            bound = np.exp(limit / unit[at])
        lower[at], upper[at] = (bound, np.inf) if ends[at] > 0 else (0.0, bound)
    log_hazard = np.where(ends < 0, -np.inf, np.where(ends > 0, np.inf, beta))
    events = design.members.T @ happened
    return pd.DataFrame(
        {
            "covariate": [term.covariate for term in design.terms],
            "level": [term.level for term in design.terms],
            "reference": [term.reference for term in design.terms],
            "children": [_children(design, members) for members in design.members.T],
            "events": events,
            "value": np.where(ends < 0, 0.0, value),
            "lower": lower,
            "upper": upper,
            "p_value": p,
            "log_hazard": log_hazard,
            "standard_error": error,
            "robust_standard_error": robust,
            "smallest": np.minimum(events, design.reference_members.T @ happened),
        }
    )


def _freedom(clusters: int, coefficients: int) -> float:
    """Return the degrees of freedom of a robust error: NaN if clusters leave none to judge it by.

    What clusters move the coefficients sums to 0, which takes one degree more than the coefficients
    do; as many clusters as that would give errors of next to 0. From FEW_CLUSTERS on the normal
    distribution does (infinite).
    """
    if clusters >= FEW_CLUSTERS:
        return np.inf
    return clusters - coefficients - 1 if clusters > coefficients + 1 else np.nan


def _robust_error(design: CoxDesign, sets: RiskSets, x: FloatArray, maximum: Maximum) -> FloatArray:
    """Return standard errors from what each cluster moves the coefficients, squared and summed."""
    moved = score_residuals(sets, x, maximum.fit) @ maximum.covariance
    cluster = np.asarray(design.cluster)[sets.rows]
    by_cluster = np.column_stack([np.bincount(cluster, weights=part) for part in moved.T])
    return np.asarray(np.sqrt((by_cluster**2).sum(axis=0)))


def _children(design: CoxDesign, rows: BoolArray) -> int:
    """Count the clusters that have any of the rows, or the rows where there are no clusters."""
    if design.cluster is None:
        return int(rows.sum())
    return len(np.unique(design.cluster[rows]))


def _flags(design: CoxDesign, maximum: Maximum, table: pd.DataFrame) -> TextArray:
    count = len(table)
    clusters = 0 if design.cluster is None else int(design.cluster.max()) + 1
    return flag_text(
        undefined=table["value"].isna().to_numpy() & maximum.converged,
        unbounded=np.isinf(table["upper"].to_numpy()),
        monotone=maximum.runaway != 0,
        zero_numerator=table["smallest"].to_numpy() == 0,
        small_numerator=table["smallest"].to_numpy() < SMALL_NUMERATOR,
        few_clusters=np.full(count, 0 < clusters < FEW_CLUSTERS),
        not_converged=np.full(count, not maximum.converged),
    )
