"""Children of one cohort on the clock of proof: when each started, was proven, and is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.time_to_event.follow_up import IntArray

UNPROVEN = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """One element for each child, in days since 1970: ``proven`` is the first proof, if ever.

    ``first`` is the first day of the cohort's period. A child is over at ``end``, when follow-up
    and waiting are.
    """

    first: int
    start: IntArray
    end: IntArray
    proven: IntArray

    def known(self, day: int) -> BoolArray:
        """Mark those whose reoffending was proven by a day."""
        return np.asarray(self.proven <= day)

    def over(self, day: int) -> BoolArray:
        """Mark those of whom nothing more can come after a day."""
        return np.asarray(self.end <= day)

    def complete(self, day: int) -> bool:
        """Tell whether nothing more can come of anyone after a day."""
        return bool(self.over(day).all())

    def age(self, day: int) -> IntArray:
        """Return the days each was watched by a day, at most to the end; none before the start."""
        return np.asarray(np.clip(np.minimum(self.end, day) - self.start, 0, None))

    def months(self, days: IntArray, whole: int) -> FloatArray:
        """Return days since the start as months, of which ``whole`` make up the child's watch."""
        return np.asarray(whole * days / (self.end - self.start), dtype=np.float64)


def watched_of(members: pd.DataFrame, first: date) -> Watched:
    """Take the members of a cohort to the clock of proof."""
    proven = members["proven_date"]
    return Watched(
        first=number_of(first),
        start=_days(members["start_date"]),
        end=_days(members["outcome_end"]),
        proven=np.where(proven.isna(), UNPROVEN, _days(proven)),
    )


def number_of(day: date) -> int:
    """Give a day as days since 1970.

    >>> number_of(date(1970, 1, 2))
    1
    """
    return day.toordinal() - date(1970, 1, 1).toordinal()


def _days(dates: pd.Series) -> IntArray:
    return dates.to_numpy("datetime64[D]").astype(np.int64)
