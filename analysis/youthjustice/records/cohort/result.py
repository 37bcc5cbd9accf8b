"""A cohort with its figures, its children and an account of every row."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from youthjustice.records.cohort.intervals import DRAWS, SEED, cohort_estimates
from youthjustice.records.cohort.later import Later
from youthjustice.records.cohort.summary import Summary
from youthjustice.records.in_cells import figures_instead


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cohort:
    """Proven reoffending of the children who entered in one period, or in the quarters of a year.

    ``summary`` has the figures. ``members`` has a row for each child and entry: ``child_id``,
    ``start_date``, ``reoffences``, ``first_reoffence_date``, the columns of the table of children,
    ``age`` at entry, ``index_disposal``, ``most_serious_reoffence`` (custody, conviction or
    caution), ``proven_date`` (of its first proof), ``followup_end``, ``outcome_end``, and for
    survival analysis ``days`` and ``reoffended``. ``exclusions`` accounts for every row of both
    tables: what it was, by which step of the definition, and whether it was ``kept``. ``sql`` is
    what was run, step by step.
    ``quarters`` are the cohorts that a year was added up from. On Spark ``members`` and
    ``exclusions`` are worked out when they are first asked for.

    Of two children cautioned early in 2022, one was cautioned again for an offence of May:

    >>> from youthjustice.records import proven_reoffending
    >>> children = pd.DataFrame({"child_id": ["A", "B"], "date_of_birth": "2006-06-15"})
    >>> offences = pd.DataFrame({
    ...     "child_id": ["A", "A", "B"], "offence_code": "theft", "offence_seq": [1, 2, 3],
    ...     "offence_date": ["2022-01-20", "2022-05-01", "2022-02-02"], "is_breach": False,
    ...     "outcome_type": "youth_caution", "release_date": None,
    ...     "outcome_date": ["2022-02-10", "2022-08-01", "2022-03-01"]})
    >>> cohort = proven_reoffending(children, offences, cohort=("2022-01-01", "2022-03-31"),
    ...                             extract_date="2024-01-01")
    >>> cohort.summary.children, cohort.summary.reoffenders
    (2, 1)
    >>> counted = cohort.exclusions[cohort.exclusions["rows"] > 0]
    >>> counted[["table", "reason", "rows"]]
           table                                reason  rows
    3   children                         in the cohort     2
    14  offences  the entry of a child into the cohort     2
    15  offences                    a proven reoffence     1
    """

    summary: Summary
    sql: str
    _members: Later
    _exclusions: Later
    quarters: tuple[Cohort, ...] = field(default=())

    @property
    def members(self) -> pd.DataFrame:
        """Give a row for each child and entry."""
        return self._members()

    @property
    def exclusions(self) -> pd.DataFrame:
        """Give the account of every row of both tables."""
        return self._exclusions()

    def estimates(
        self, confidence: float = 0.95, draws: int = DRAWS, seed: int = SEED
    ) -> pd.DataFrame:
        """Return the three rates with their intervals, one row each.

        See `cohort_estimates`; the children of a year are resampled with all their entries.
        """
        return cohort_estimates(
            self.members,
            repeated=bool(self.quarters),
            confidence=confidence,
            draws=draws,
            seed=seed,
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return figures_instead("A cohort")

    def __repr__(self) -> str:
        """Show the counts on one line, and nothing about any child."""
        return f"Cohort({self.summary.sentence(of_year=bool(self.quarters))})"
