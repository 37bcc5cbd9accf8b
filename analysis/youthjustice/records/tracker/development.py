"""How a cohort comes to be known: the share of all who will be proven that is so by each age."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.measures.time_to_event.reporting_delay import arrived_within, share_at
from youthjustice.records.tracker.watched import Watched

DAYS_IN_MONTH = 365.25 / 12


def development_of(cohorts: Sequence[Watched], day: int, confidence: float) -> pd.DataFrame:
    """Learn from cohorts, finished or not, how long it takes until a child is known, in days.

    Children of whom a proof may still come are seen only if it came in time, so that the estimate
    is the one for truncated delays (`arrived_within`): it does not depend on how many reoffend, nor
    on that being alike in all cohorts.
    """
    known = [cohort.known(day) for cohort in cohorts]
    took = [(one.proven - one.start)[seen] for one, seen in zip(cohorts, known, strict=True)]
    could = [
        np.where(one.over(day), np.inf, day - one.start)[seen]
        for one, seen in zip(cohorts, known, strict=True)
    ]
    return arrived_within(np.concatenate(took), np.concatenate(could), confidence=confidence)


def expected_known(cohort: Watched, day: int, arrived: pd.DataFrame) -> tuple[float, float]:
    """Return the share of those who will be proven that is expected to be known by a day.

    With its standard error; the shares of all ages are taken to err together, which is careful.
    """
    share, error = share_at(arrived, cohort.age(day).astype(np.float64))
    over = cohort.over(day)
    return float(np.where(over, 1.0, share).mean()), float(np.where(over, 0.0, error).mean())


def by_month(arrived: pd.DataFrame, months: int) -> pd.DataFrame:
    """Set out the development at the end of each month."""
    at = np.arange(1, months + 1)
    place = np.searchsorted(arrived["time"].to_numpy(), at * DAYS_IN_MONTH, side="right") - 1
    shares = arrived[["value", "lower", "upper"]].to_numpy(np.float64)[np.maximum(place, 0)]
    shares[place < 0] = [0.0, np.nan, np.nan]
    return pd.DataFrame(shares, columns=["value", "lower", "upper"]).assign(time=at)[
        ["time", "value", "lower", "upper"]
    ]
