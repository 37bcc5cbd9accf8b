"""First-time entrants as a service's own records show them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.records.breakdowns import (
    age_bands,
    age_on,
    count_by,
    read_by,
    read_period,
    with_population,
)
from youthjustice.records.cohort.offence_rules import breaches, kinds
from youthjustice.records.two_tables import ENTRY, check_tables, reached

MEASURE = "local first entrants"
NOTE = (
    "Local first entrants: children aged 10 to 17 at the first caution or conviction that the service "
    "knows of. Those in other areas, and before the records begin, are not seen, so this is not the "
    "published number of first-time entrants, which rests on the Police National Computer."
)


def first_entrants(
    children: pd.DataFrame,
    offences: pd.DataFrame,
    period: tuple[object, object],
    by: str | Sequence[str] = "ethnic_group",
    population: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count local first entrants of a period, a row for each group.

    A child enters with the first caution or conviction of all, whatever it was for; breaches,
    community resolutions and diversion do not count. Several offences of one day count once.

    Args:
        children: the table of the schema, and of `read_extract`.
        offences: the same; from before the period too, or earlier entries are not known.
        period: its first and last day.
        by: columns of children such as `sex`, `service` or `care_status`, or `age_band`, the age at
            entry.
        population: columns ``by`` and ``population``, the people aged 10 to 17.

    Returns:
        `measure`, `period_start`, `period_end`, the columns ``by``, `numerator` (children) and
        `denominator` (people, missing where they are not known). Groups without an entrant have 0.
        ``attrs["notes"]`` says whom the counts leave out, and where the records end in the period.

    Raises:
        InputProblem: a table, a period, a column or a table of populations that is none, or a period
            after the end of the records.

    Source: Ministry of Justice and Youth Justice Board, Youth Justice Statistics, guide: a first-time
    entrant; penalty notices do not count, and offences of one occasion count once.

    Examples:
        >>> children = pd.DataFrame({"child_id": ["A", "B"], "sex": ["male", "female"],
        ...                          "date_of_birth": pd.to_datetime(["2008-01-31", "2009-05-01"])})
        >>> offences = pd.DataFrame({
        ...     "child_id": ["A", "A", "B"], "offence_code": "Theft", "is_breach": False,
        ...     "outcome_type": ["youth_caution", "conviction", "community_resolution"],
        ...     "outcome_date": pd.to_datetime(["2023-03-01", "2023-09-01", "2023-04-01"])})
        >>> made = first_entrants(children, offences, ("2023-01-01", "2023-12-31"), by="sex")
        >>> made.set_index("sex")["numerator"].to_dict()
        {'female': 0, 'male': 1, 'unknown': 0}

    """
    check_tables(children, offences, ENTRY)
    first_day, last_day = read_period(period)
    until = reached((first_day, last_day), offences)
    names = read_by(by, children)
    counts = offences["outcome_type"].isin(list(kinds())) & offences["outcome_date"].notna()
    counts &= ~(offences["is_breach"] | offences["offence_code"].isin(breaches()))
    entry = offences[counts].groupby("child_id")["outcome_date"].min()
    entry = entry[(entry >= first_day) & (entry <= last_day)]
    found = children.merge(entry.rename("entry").reset_index(), on="child_id")
    age = age_on(found["date_of_birth"], found["entry"])
    found = found.assign(age_band=age_bands(age))[(age >= 10) & (age <= 17)]
    table = count_by(found, names, children).rename(columns={"children": "numerator"})
    table["denominator"] = with_population(table, names, population)
    table.insert(0, "measure", MEASURE)
    table.insert(1, "period_start", first_day)
    table.insert(2, "period_end", last_day)
    table.attrs["notes"] = (NOTE, *until)
    return table
