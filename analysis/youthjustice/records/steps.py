"""The children of a year by how far they went: one row for each child, and tables of counts.

The steps overlap: a child may be cautioned and later sentenced in one year. So each child has one
*path*, the set of all steps that it took, and a step is the sum of the paths that hold it. That lets
disclosure control see how the tables of all steps hang together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from youthjustice.records.breakdowns import AGE_BANDS, age_bands, age_on, read_period
from youthjustice.records.cohort.offence_rules import breaches, kinds
from youthjustice.records.decisions import (
    AT_COURT,
    COURT,
    CUSTODY,
    NOT_AT_COURT,
    OUT_OF_COURT,
    REMAND,
)
from youthjustice.records.schema import allowed
from youthjustice.records.two_tables import ENTRY, check_tables

ENTERED = "entered for the first time"
STEPS = (ENTERED, OUT_OF_COURT, COURT, REMAND, CUSTODY)
"""What a child of the year may have done besides having an outcome, in the order of a path."""

TOTAL = "All"
NOT_RECORDED = frozenset({"unknown", "Unknown"})


def paths(steps: Sequence[str] = STEPS) -> dict[str, list[str]]:
    """Give the paths that each step is the sum of, and under `All` every path that there can be.

    Remand and custody come with a sentence at court, and whoever had an outcome was dealt with at
    court or out of it.

    >>> paths()["All"][0], len(paths()["All"]), len(paths()["sentenced to custody"])
    ('00100', 18, 8)
    """
    possible = [
        took
        for took in product((0, 1), repeat=len(STEPS))
        if _possible(dict(zip(STEPS, took, strict=True)))
    ]
    kept = [STEPS.index(step) for step in steps]
    found = {TOTAL: [_path(took) for took in possible]}
    for at in kept:
        found[STEPS[at]] = [_path(took) for took in possible if took[at]]
    return found


def _possible(took: Mapping[str, int]) -> bool:
    beyond = took[REMAND] or took[CUSTODY]
    return bool(took[COURT] or (took[OUT_OF_COURT] and not beyond))


def _path(took: Sequence[int]) -> str:
    return "".join(map(str, took))


def children_of_year(
    children: pd.DataFrame, offences: pd.DataFrame, period: tuple[object, object]
) -> pd.DataFrame:
    """Give the children who had an outcome in a period: their own columns, `age_band` and the steps.

    What counts, and who, is as in `decision_counts` and `first_entrants`; `age_band` is the age at
    the first outcome of the period, for entrants too. A step is true or false; `remanded in custody`
    is left out where the extract does not have it.

    >>> children = pd.DataFrame({"child_id": ["A"], "sex": ["male"],
    ...                          "date_of_birth": pd.to_datetime(["2008-01-31"])})
    >>> offences = pd.DataFrame({"child_id": ["A"], "offence_code": ["Theft"], "is_breach": [False],
    ...                          "outcome_type": ["youth_caution"],
    ...                          "outcome_date": pd.to_datetime(["2023-03-01"])})
    >>> found = children_of_year(children, offences, ("2023-01-01", "2023-12-31"))
    >>> found[["age_band", "entered for the first time", "out of court"]].to_numpy().tolist()
    [['15-17', True, True]]
    """
    check_tables(children, offences, ENTRY)
    first, last = read_period(period)
    rows = offences[offences["outcome_date"].between(first, last)]
    rows = rows[rows["outcome_type"].isin([*NOT_AT_COURT, *AT_COURT])].merge(
        children, on="child_id"
    )
    age = age_on(rows["date_of_birth"], rows["outcome_date"])
    rows = rows.assign(age=age)[(age >= 10) & (age <= 17)]
    rows = rows.sort_values("outcome_date", kind="stable")
    found = rows.drop_duplicates("child_id")[[*children.columns, "age"]].reset_index(drop=True)
    found["age_band"] = age_bands(found["age"].to_numpy()).to_numpy()
    court = rows["outcome_type"].isin(AT_COURT)
    took = {
        ENTERED: entrants_between(children, offences, first, last),
        OUT_OF_COURT: rows["child_id"][~court],
        COURT: rows["child_id"][court],
        CUSTODY: rows["child_id"][rows["outcome_type"] == "custody"],
    }
    if "remand" in rows:
        took[REMAND] = rows["child_id"][court & (rows["remand"] == "custody")]
    for step in STEPS:
        if step in took:
            found[step] = found["child_id"].isin(took[step])
    return found.drop(columns="age")


def entrants_between(
    children: pd.DataFrame, offences: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> pd.Series:
    """Give the identifiers of the children who entered in a period, as `first_entrants` counts them."""
    counts = offences["outcome_type"].isin(list(kinds())) & offences["outcome_date"].notna()
    counts &= ~(offences["is_breach"] | offences["offence_code"].isin(breaches()))
    entry = offences[counts].groupby("child_id", observed=True)["outcome_date"].min()
    entry = entry[(entry >= first) & (entry <= last)]
    found = children[["child_id", "date_of_birth"]].merge(
        entry.rename("entry").reset_index(), on="child_id"
    )
    age = age_on(found["date_of_birth"], found["entry"])
    return found["child_id"][(age >= 10) & (age <= 17)]


def groups_of(name: str, children: pd.DataFrame) -> list[str]:
    """Give the groups that children are counted by; one that means "not recorded" only if it occurs.

    A group without a child stays: leaving it out would say that there is none.

    >>> groups_of("sex", pd.DataFrame({"sex": ["male"]}))
    ['female', 'male']
    """
    if name == "age_band":
        return list(AGE_BANDS)
    occurring = set(children[name].astype("str"))
    return [value for value in allowed()[name] if value not in NOT_RECORDED or value in occurring]


def step_table(found: pd.DataFrame, by: str, groups: Sequence[str]) -> pd.DataFrame:
    """Count the children of a year at each step, a row for each step and group, and all totals.

    `step` is `All` for all who had an outcome. ``found`` is what `children_of_year` gives.

    >>> found = pd.DataFrame({"sex": ["male", "female"], "out of court": [True, False]})
    >>> step_table(found, "sex", ["female", "male"]).to_numpy().tolist()[:3]
    [['All', 'female', 1], ['All', 'male', 1], ['All', 'All', 2]]
    """
    rows = []
    for step in (TOTAL, *(step for step in STEPS if step in found)):
        own = found if step == TOTAL else found[found[step]]
        counts = own[by].astype("str").value_counts().reindex(list(groups), fill_value=0)
        rows += [(step, group, int(number)) for group, number in counts.items()]
        rows.append((step, TOTAL, len(own)))
    return pd.DataFrame(rows, columns=["step", by, "children"])


def step_totals(found: pd.DataFrame) -> pd.DataFrame:
    """Count the children of a year at each step.

    >>> step_totals(pd.DataFrame({"out of court": [True, False]})).to_numpy().tolist()
    [['All', 2], ['out of court', 1]]
    """
    rows = [(TOTAL, len(found))]
    rows += [(step, int(np.count_nonzero(found[step]))) for step in STEPS if step in found]
    return pd.DataFrame(rows, columns=["step", "children"])
