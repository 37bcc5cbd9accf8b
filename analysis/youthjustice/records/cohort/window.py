"""Step 7: the year in which reoffences are looked for, and the wait for their outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice.records.cohort.parameters import Parameters

if TYPE_CHECKING:
    import ibis.expr.types as ir


def followed(members: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 7: follow each child from the start for the follow-up, and wait for outcomes after it.

    Calendar months, to the end of a shorter month: 12 months from 29 February 2024 end on 28
    February 2025. Both run from the child's own start, and time in custody is not taken out (step
    10). (One year and six months: Ministry of Justice, Guide to Proven Reoffending Statistics;
    whose start the waiting runs from, and custody: our reading.)
    """
    return members.mutate(
        followup_end=months_later(members.start_date, parameters.followup),
        outcome_end=months_later(members.start_date, parameters.followup + parameters.waiting),
    )


def months_later(day: ir.DateValue, months: int) -> ir.DateValue:
    """Give the same day so many calendar months later, or the last day of a shorter month.

    DuckDB makes a moment of a date and an interval, Spark keeps a date; both cut at the end of the
    month (Spark from 3.0 on; before, a last day of February became the last day of any month).
    Going by way of a moment gives a date on either.
    """
    import ibis

    return (day.cast("timestamp") + ibis.interval(months=months)).date()
