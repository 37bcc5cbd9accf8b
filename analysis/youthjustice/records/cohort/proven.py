"""Proven reoffending of the children who entered in one period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from youthjustice.records.cohort.completeness import whole_until
from youthjustice.records.cohort.following import follow_each
from youthjustice.records.cohort.parameters import read_parameters
from youthjustice.records.cohort.result import Cohort

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def proven_reoffending(
    children: pd.DataFrame | str | Path,
    offences: pd.DataFrame | str | Path | None = None,
    *,
    cohort: Sequence[object],
    extract_date: object,
    same_day: str = "exclude",
    followup_months: int = 12,
    waiting_months: int = 6,
    age_min: int = 10,
    age_max: int = 17,
    breach_codes: Iterable[str] | None = None,
    qualifying_outcomes: Iterable[str] | None = None,
    recording_lag_months: int = 1,
    engine: str = "duckdb",
) -> Cohort:
    """Follow the children who entered in a period, as the Ministry of Justice does.

    ``children`` and ``offences`` are frames with the columns of the schema, or paths of parquet or
    CSV files with them or of folders of such files, which may be larger than memory; one folder
    alone has both, as files or folders of these names. ``cohort`` is the first and the last day of
    the period, usually a calendar quarter: a child has one entry in it. ``extract_date`` is when
    the records were taken: a row whose offence or outcome is dated later is not known yet, as if it
    were not there, and a later release is only planned. ``engine`` is ``"duckdb"``, in this
    process, or ``"spark"``, for a cluster, which takes frames of Spark as well. The other arguments
    are the choices that the definition leaves; without ``breach_codes`` and ``qualifying_outcomes``
    the lists that ship are used.
    docs/methods/proven-reoffending.md has every step with its source.

    The result is a `Cohort`: ``summary``, ``members``, ``exclusions``, ``sql`` and ``estimates()``.
    Its figures are of what these records know, not the published statistic: outcomes elsewhere and
    as an adult may be missing.

    Raises InputProblem for an argument that is none, for an extract that is whole only up to a day
    before the cohort, and for a row that cannot be right: a date
    that does not exist, an unknown outcome, an outcome before its offence, an offence before the
    child was born, a child that stands in two rows.

    One child is cautioned in February, and convicted in August for an offence in May:

    >>> import pandas as pd
    >>> children = pd.DataFrame({"child_id": ["A"], "date_of_birth": ["2006-06-15"]})
    >>> offences = pd.DataFrame({
    ...     "child_id": "A", "offence_date": ["2022-01-20", "2022-05-01"], "offence_code": "theft",
    ...     "offence_seq": [1, 2], "outcome_type": ["youth_caution", "conviction"],
    ...     "outcome_date": ["2022-02-10", "2022-08-01"], "release_date": None, "is_breach": False})
    >>> found = proven_reoffending(children, offences, cohort=("2022-01-01", "2022-03-31"),
    ...                            extract_date="2024-01-01")
    >>> found
    Cohort(1 of 1 children reoffended.)
    >>> found.members[["child_id", "start_date", "reoffences", "days"]]
      child_id start_date  reoffences  days
    0        A 2022-02-10           1    80
    """
    parameters = read_parameters(
        cohort=cohort,
        extract_date=extract_date,
        same_day=same_day,
        followup_months=followup_months,
        waiting_months=waiting_months,
        age_min=age_min,
        age_max=age_max,
        breach_codes=breach_codes,
        qualifying_outcomes=qualifying_outcomes,
        recording_lag_months=recording_lag_months,
    )
    whole_until(parameters)
    return follow_each(children, offences, [parameters], engine)[0]
