"""Count a service's own records, and release the counts: by step, by reoffence, by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from youthjustice.disclosure import Policy, Released, Table
from youthjustice.presentation.words.own_records import GROUP_WORDS
from youthjustice.records import Cohort, annual_reoffending, indicator_definitions
from youthjustice.records.cohort.parameters import add_months
from youthjustice.records.decisions import CUSTODY, REMAND
from youthjustice.records.reoffence_tables import (
    reoffence_paths,
    reoffence_table,
    reoffence_totals,
    with_age_band,
)
from youthjustice.records.steps import (
    ENTERED,
    STEPS,
    children_of_year,
    groups_of,
    paths,
    step_table,
    step_totals,
)
from youthjustice.reports.own.extract import Own, last_quarter, named, within, years_to
from youthjustice.reports.own.family import Family, family
from youthjustice.reports.section import Nested

YEARS = 3
"""Years of decisions that are set beside each other."""
FINAL_YEARS = 2
"""Years of cohorts."""
WAIT = 19
"""Months from the last entry until a cohort is final: follow-up, waiting and recording."""
NEEDS = ("care_status", "special_educational_needs")
RARE = (ENTERED, REMAND, CUSTODY)
"""Steps that are not counted by these: so few children would be left that all of it were hidden."""
KINDS = "kinds"
MET, NOT_SAID = "met", "not said"
Year = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Counted:
    """Released counts of a year by group, and the totals of the years before it, by their names."""

    last: Family
    before: Mapping[str, Released]
    year: Year

    @property
    def released(self) -> tuple[Released, ...]:
        """Give every table."""
        return (*self.last.released, *self.before.values())


def decisions(own: Own, policy: Policy) -> Counted:
    """Count the children of the last year at each step by group, and those of the years before."""
    years = within(own, years_to(last_quarter(own.as_at), YEARS))
    of = [children_of_year(own.children, own.offences, year) for year in years]
    last = of[-1]
    nested = {"step": paths([step for step in STEPS if step in last])}
    few = last.drop(columns=[step for step in RARE if step in last])
    tables = {
        by: _worded(
            step_table(few if by in NEEDS else last, by, groups_of(by, own.children)),
            by,
            "children",
        )
        for by in own.breakdowns
    }
    before = [(year, step_totals(found)) for year, found in zip(years[:-1], of, strict=False)]
    return _counted(tables, "step", before, years, nested, policy)


def reoffending(own: Own, policy: Policy) -> tuple[Counted, bool]:
    """Count the entries of the last years that are final, and those that led to a reoffence.

    Tells too whether all are final: where no year is, the last that is over is counted as far as it
    is known.
    """
    ready = last_quarter(add_months(own.as_at + timedelta(1), -WAIT) - timedelta(1))
    years = within(own, years_to(ready, FINAL_YEARS))
    cohorts = [_cohort(own, year) for year in years]
    members = [with_age_band(cohort) for cohort in cohorts]
    last = members[-1]
    tables = {
        by: _worded(reoffence_table(last, by, groups_of(by, own.children)), by, "entries")
        for by in own.breakdowns
    }
    tables[KINDS] = Table(reoffence_totals(last), ["reoffence"], "entries")
    before = [
        (year, reoffence_totals(found, detail=False))
        for year, found in zip(years[:-1], members, strict=False)
    ]
    made = _counted(tables, "reoffence", before, years, {"reoffence": reoffence_paths()}, policy)
    return made, all(cohort.summary.final for cohort in cohorts)


def _worded(frame: pd.DataFrame, by: str, count: str) -> Table:
    """Name the groups as readers know them."""
    words = GROUP_WORDS.get(by, {})
    worded = frame.assign(**{by: frame[by].map(lambda value: words.get(value, value))})
    return Table(worded, [str(frame.columns[0]), by], count)


def _counted(
    tables: dict[str, Table],
    dimension: str,
    before: Sequence[tuple[Year, pd.DataFrame]],
    years: Sequence[Year],
    nested: Nested,
    policy: Policy,
) -> Counted:
    """Release the tables of the last year together, and each year before alone.

    No child's count of one year says anything about another year's, since no total of years is shown.
    What is counted is named after the year, so that an audit of all of them keeps the years apart.
    """
    earlier = {}
    for year, totals in before:
        count = f"{totals.columns[-1]}, {named(year)}"
        own = Table(totals.set_axis([dimension, count], axis=1), [dimension], count)
        earlier[named(year)] = family({named(year): own}, nested, policy).tables[named(year)]
    return Counted(family(tables, nested, policy), earlier, years[-1])


def _cohort(own: Own, year: tuple[date, date]) -> Cohort:
    return annual_reoffending(
        own.children, own.offences, year_start=year[0], extract_date=own.as_at
    )


def indicators(own: Own, policy: Policy) -> Family | None:
    """Count the rows of each indicator and those that are met, by the version of its definition."""
    rows = own.indicators
    if rows is None or rows.empty:
        return None
    titles = indicator_definitions().drop_duplicates("number").set_index("number")["title"]
    rows = rows[rows["counted"]].assign(
        indicator=rows["indicator"].map(lambda number: f"{number}. {titles[number]}")
    )
    keys = ["indicator", "definition_version", "at"]
    counts = rows.groupby(keys)["met"].agg(["size", "sum"]).reset_index()
    counts["at"] = counts["at"].replace("", NOT_SAID)
    whole = counts.rename(columns={"size": "rows"}).drop(columns="sum").assign(met="All")
    part = counts.rename(columns={"sum": "rows"}).drop(columns="size").assign(met=MET)
    frame = pd.concat([whole, part], ignore_index=True)[[*keys, "met", "rows"]]
    frame["rows"] = frame["rows"].astype("int64")
    table = Table(frame, [*keys, "met"], "rows")
    return family({"indicators": table}, {"met": {"All": [MET, "not met"]}}, policy)
