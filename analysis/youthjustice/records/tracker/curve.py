"""The share of a cohort known to have reoffended, month by month, where some are watched for less."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.measures.time_to_event.survival import kaplan_meier
from youthjustice.records.tracker.watched import Watched

COLUMNS = ("time", "at_risk", "events", "censored", "cumulative", "lower", "upper", "flags")


def curve_of(cohort: Watched, day: int, months: int, confidence: float) -> pd.DataFrame:
    """Return the curve as a day shows it: one row for each month that somebody was watched through.

    The clock runs from the start to the proof (the outcome), so that nothing is hidden by the time
    that proof takes: whoever is not known to be proven by a day is not proven by then. Only whole
    months count: a month that is not over for a child is left out with what happened in it, so that
    the curve follows from its own columns (Kaplan and Meier 1958 on months).
    """
    watched = np.floor(cohort.months(cohort.age(day), months) + 1e-9)
    took = np.where(cohort.known(day), cohort.proven - cohort.start, 0)
    proof = np.maximum(np.ceil(cohort.months(took, months) - 1e-9), 1.0)
    event = cohort.known(day) & (proof <= watched)
    time = np.where(event, proof, watched)
    last = int(time.max(initial=0.0))
    if not last:
        return pd.DataFrame({name: pd.Series(dtype=_kind(name)) for name in COLUMNS})
    at = np.arange(1, last + 1)
    found = kaplan_meier(time, event.astype(np.int64), at=at, confidence=confidence)
    rows = pd.DataFrame(
        {
            "time": at,
            "at_risk": found["at_risk"],
            "events": np.bincount(proof[event].astype(np.int64), minlength=last + 1)[1:],
            "censored": np.bincount(watched[~event].astype(np.int64), minlength=last + 1)[1:],
            "cumulative": found["cumulative"],
            "lower": found["cumulative_lower"],
            "upper": found["cumulative_upper"],
            "flags": found["flags"],
        }
    )
    rows.attrs = {"confidence": confidence, "children": len(cohort.start)}
    return rows


def _kind(name: str) -> str:
    if name == "flags":
        return "str"
    return "float64" if name in ("cumulative", "lower", "upper") else "int64"
