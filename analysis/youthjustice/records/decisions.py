"""How many children each decision was made about, as a service's own records show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.records.breakdowns import (
    age_bands,
    age_on,
    count_by,
    read_by,
    read_period,
    with_population,
)
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.two_tables import check_tables, reached

POPULATION, OUTCOME, COURT = "population", "had an outcome", "sentenced at court"
OUT_OF_COURT, REMAND, CUSTODY = "out of court", "remanded in custody", "sentenced to custody"
_PARENTS = {POPULATION: None, OUTCOME: POPULATION, OUT_OF_COURT: OUTCOME, COURT: OUTCOME,
            REMAND: COURT, CUSTODY: COURT}  # fmt: skip
NOT_AT_COURT = ("youth_caution", "youth_conditional_caution", "caution", "community_resolution",
                 "diversion")  # fmt: skip
AT_COURT = ("conviction", "custody")
NOTE = (
    "Children are counted once at each stage, however many outcomes of the kind they had in the period. "
    "Remand is seen only of children who were sentenced."
)


def decision_counts(
    children: pd.DataFrame,
    offences: pd.DataFrame,
    period: tuple[object, object],
    by: str | Sequence[str] = "ethnic_group",
    population: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the children at each decision of a period, a row for each stage and group.

    Stages: `had an outcome` (out of court or at court), `out of court` (cautions, community
    resolutions, diversion), `sentenced at court`, and of these `remanded in custody` (to youth
    detention accommodation, where the extract has the column `remand`) and `sentenced to custody`.
    Children are those aged 10 to 17 on the day of the outcome. Sentences for breaches count: they
    are decisions too. Each stage is a part of the one before, so the frame goes straight into
    `pathway` with ``frame.attrs["stages"]``, and a stage of it into `relative_rate_index`.

    Args:
        children: the table of the schema, and of `read_extract`.
        offences: the same.
        period: its first and last day.
        by: columns of children such as `ethnic_group`, `sex`, `care_status`,
            `special_educational_needs` or `service`, or `age_band`, the age at the first outcome of
            the period.
        population: columns ``by`` and ``population``, the people aged 10 to 17; the stage
            `population` is there only where it is given.

    Returns:
        `stage`, `parent`, `period_start`, `period_end`, the columns ``by``, `children`, and
        `denominator`, the children (or people) at the parent. Groups without a child have 0.

    Raises:
        InputProblem: a table, a period, a column or a table of populations that is none, or a period
            after the end of the records.

    Examples:
        >>> children = pd.DataFrame({"child_id": ["A", "B"], "sex": ["male", "female"],
        ...                          "date_of_birth": pd.to_datetime(["2008-01-31", "2009-05-01"])})
        >>> offences = pd.DataFrame({
        ...     "child_id": ["A", "A", "B"], "remand": ["none", "custody", "none"],
        ...     "outcome_type": ["youth_caution", "custody", "community_resolution"],
        ...     "outcome_date": pd.to_datetime(["2023-03-01", "2023-09-01", "2023-04-01"])})
        >>> made = decision_counts(children, offences, ("2023-01-01", "2023-12-31"), by="sex")
        >>> made[made["sex"] == "male"].set_index("stage")["children"].to_dict()
        {'had an outcome': 1, 'out of court': 1, 'sentenced at court': 1, 'remanded in custody': 1, \
'sentenced to custody': 1}

    """
    check_tables(children, offences, ("outcome_type", "outcome_date"))
    first_day, last_day = read_period(period)
    until = reached((first_day, last_day), offences)
    names = read_by(by, children)
    known = ["child_id", "date_of_birth", *(name for name in names if name != "age_band")]
    rows = offences[offences["outcome_date"].between(first_day, last_day)]
    rows = rows[rows["outcome_type"].isin([*NOT_AT_COURT, *AT_COURT])]
    rows = rows.merge(children[known], on="child_id")
    age = age_on(rows["date_of_birth"], rows["outcome_date"])
    rows = rows.assign(age=age)[(age >= 10) & (age <= 17)]
    first_age = rows.sort_values("outcome_date", kind="stable").groupby("child_id")["age"].first()
    rows = rows.assign(age_band=age_bands(rows["child_id"].map(first_age).to_numpy()).to_numpy())
    court = rows["outcome_type"].isin(AT_COURT)
    at = {
        OUTCOME: rows,
        OUT_OF_COURT: rows[~court],
        COURT: rows[court],
        **({REMAND: rows[court & (rows["remand"] == "custody")]} if "remand" in rows else {}),
        CUSTODY: rows[rows["outcome_type"] == "custody"],
    }
    counted = {stage: count_by(some.drop_duplicates("child_id"), names, children)
               for stage, some in at.items()}  # fmt: skip
    base = counted[OUTCOME]
    if population is not None:
        counted = {
            POPULATION: base.assign(children=with_population(base, names, population)),
            **counted,
        }
    parts = []
    for stage, table in counted.items():
        parent = _PARENTS[stage] if _PARENTS[stage] in counted else None
        above = counted[parent]["children"] if parent is not None else float("nan")
        parts.append(table.assign(stage=stage, parent=parent, denominator=above))
    made = pd.concat(parts, ignore_index=True).assign(period_start=first_day, period_end=last_day)
    made["parent"] = made["parent"].astype("str")
    order = ["stage", "parent", "period_start", "period_end", *names, "children", "denominator"]
    made = made[order]
    made.attrs = {"stages": _stages(list(counted), first_day, last_day), "notes": (NOTE, *until)}
    return made


def _stages(named: list[str], first: pd.Timestamp, last: pd.Timestamp) -> list[dict[str, Any]]:
    """Give the table of stages that `pathway` reads."""
    period = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return [
        {
            "stage": stage,
            "parent": _PARENTS[stage] if _PARENTS[stage] in named else None,
            "unit": "people" if stage == POPULATION else "children",
            "period": period,
        }
        for stage in named
    ]


def reoffending_counts(cohort: Cohort, by: str | Sequence[str] = "ethnic_group") -> pd.DataFrame:
    """Count the children of a cohort and those who reoffended, a row for each group.

    Args:
        cohort: what `proven_reoffending` or `annual_reoffending` gives. In a year, a child who
            entered in several quarters counts in each, so the children are entries.
        by: columns of children, or `age_band`, the age at entry.

    Returns:
        `measure`, the columns ``by``, `numerator` and `denominator`, ready for
        `relative_rate_index` with ``basis="stage"``.

    Raises:
        InputProblem: a column that is none.


    Examples:
        >>> from youthjustice.records import proven_reoffending
        >>> children = pd.DataFrame({"child_id": ["A", "B"], "sex": ["male", "female"],
        ...                          "date_of_birth": "2006-06-15"})
        >>> offences = pd.DataFrame({
        ...     "child_id": ["A", "A", "B"], "offence_code": "theft", "offence_seq": [1, 2, 3],
        ...     "offence_date": ["2022-01-20", "2022-05-01", "2022-02-02"], "is_breach": False,
        ...     "outcome_type": "youth_caution", "release_date": None,
        ...     "outcome_date": ["2022-02-10", "2022-08-01", "2022-03-01"]})
        >>> cohort = proven_reoffending(children, offences, cohort=("2022-01-01", "2022-03-31"),
        ...                             extract_date="2024-01-01")
        >>> reoffending_counts(cohort, by="sex")[["sex", "numerator", "denominator"]]
               sex  numerator  denominator
        0   female          0            1
        1     male          1            1
        2  unknown          0            0
    """
    members = cohort.members
    if "age" not in members:
        raise InputProblem("the cohort has no ages: give the members as proven_reoffending does")
    members = members.assign(age_band=age_bands(members["age"].to_numpy()).to_numpy())
    names = read_by(by, members)
    table = count_by(members, names, members).rename(columns={"children": "denominator"})
    again = count_by(members[members["reoffences"] > 0], names, members)
    table.insert(len(names), "numerator", again["children"])
    table.insert(
        0, "measure", "children who reoffended" + (" (entries)" if cohort.quarters else "")
    )
    return table
