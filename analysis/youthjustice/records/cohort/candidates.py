"""The offences that can matter to this cohort: near it in time, of children who enter, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice.records.cohort.index_events import IN_CUSTODY
from youthjustice.records.cohort.parameters import Parameters

if TYPE_CHECKING:
    import ibis.expr.types as ir


def near_the_cohort(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 1: keep what by its dates could be an entry in the period or a reoffence after one.

    It only saves work, for what it leaves out could count for nobody in the cohort. An unknown date
    could be any. Offences with an outcome in the period stay whatever they are, so that all rows of
    one offence stay together.
    """
    import ibis

    start, end, last_offence, last_outcome = (
        ibis.literal(day)
        for day in (
            parameters.start,
            parameters.end,
            parameters.last_followup,
            parameters.last_outcome,
        )
    )
    offence, outcome = offences.offence_date, offences.outcome_date
    entry = outcome.between(start, end) | offences.release_date.between(start, end)
    later_offence = offence.between(start, last_offence) | offence.isnull()
    later_outcome = outcome.between(start, last_outcome) | outcome.isnull()
    return offences.filter(entry | (later_offence & later_outcome))


def later_marked(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 1: mark what is dated after the extract, of which an extract of that day knows nothing.

    An offence whose outcome is still to come is not proven, so the whole row is left out, as
    `read_extract` does. A release after the extract is only planned (step 4), and an unknown date
    is not after anything. Source: preparation, no part of the published definition.
    """
    import ibis

    extract = ibis.literal(parameters.extract)
    later = (offences.offence_date > extract) | (offences.outcome_date > extract)
    return offences.mutate(later=later.fill_null(False))


def with_birth(offences: ir.Table, children: ir.Table) -> ir.Table:
    """Step 1: give each offence its child's date of birth, and whether there is such a child."""
    born = children.select("child_id", "date_of_birth", has_child=True)
    joined = offences.left_join(born, "child_id")
    return joined.select(
        *offences.columns, "date_of_birth", has_child=joined.has_child.fill_null(False)
    )


def of_entrants(offences: ir.Table) -> ir.Table:
    """Step 4: keep what counts, of children who have an entry in the period."""
    counts = offences.filter(
        ~offences.later & offences.has_child & offences["rank"].notnull() & ~offences.is_breach
    ).drop("later", "has_child", "is_breach")
    entrants = counts.filter(counts.entry_date.notnull()).select("child_id").distinct()
    return counts.semi_join(entrants, "child_id")


def each_offence_once(rows: ir.Table) -> ir.Table:
    """Step 1: make one of the rows that repeat an offence.

    Rows are one offence if child, day and code of the offence, sequence number and day of the
    outcome are alike; the most serious outcome stands. Without a sequence number all else must be
    alike as well, so that two counts of one offence stay two wherever the rows tell them apart.
    Sought only here, since elsewhere a row too many changes nothing. Source: preparation; the
    choice without a sequence number is ours, and how many reoffences rest on it is in the summary.
    """
    numbered = rows.offence_seq.notnull()
    rows = rows.mutate(
        told_by_outcome=numbered.ifelse(None, rows.outcome_type),
        told_by_release=numbered.ifelse(None, rows.release_date),
    )
    offence = rows.group_by(
        "child_id",
        "offence_date",
        "offence_code",
        "offence_seq",
        "outcome_date",
        "told_by_outcome",
        "told_by_release",
    ).agg(
        date_of_birth=rows.date_of_birth.min(),
        copies=rows.count(),
        rank=rows["rank"].max(),
        release_entry=rows.entry_date.min(where=rows["rank"] == IN_CUSTODY),
        other_entry=rows.entry_date.min(where=rows["rank"] != IN_CUSTODY),
    )
    by_release = offence["rank"] == IN_CUSTODY
    return offence.select(
        *("child_id", "offence_date", "offence_code", "offence_seq", "outcome_date"),
        *("date_of_birth", "copies", "rank"),
        entry_date=by_release.ifelse(offence.release_entry, offence.other_entry),
    )
