"""Steps 4 to 6: what lets a child enter the cohort, at which age, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice.records.cohort.offence_rules import CUSTODY, SERIOUSNESS
from youthjustice.records.cohort.parameters import Parameters

if TYPE_CHECKING:
    import ibis.expr.types as ir

IN_CUSTODY = SERIOUSNESS.index(CUSTODY)


def index_events(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 4: give each offence the day on which it lets a child enter, if that is in the period.

    A caution and a conviction: the day of the outcome. A custodial sentence: the day of release,
    not of the sentence. A release before the sentence is one from remand and no entry, and so is a
    release after the extract, which is only planned. (Ministry of Justice, Proven Reoffending
    Statistics Quarterly Bulletin: released from custody, a non-custodial conviction, or a caution;
    how releases from remand are treated is our reading.)
    """
    import ibis

    release = offences.release_date
    after_sentence = (release >= offences.outcome_date).fill_null(True)
    released = after_sentence & (release <= ibis.literal(parameters.extract))
    entry = ibis.cases(
        (offences["rank"] == IN_CUSTODY, released.ifelse(release, None)),
        (offences["rank"].notnull(), offences.outcome_date),
    )
    inside = entry.between(ibis.literal(parameters.start), ibis.literal(parameters.end))
    return offences.mutate(
        entry_date=inside.ifelse(entry, None),
        held=(offences["rank"] == IN_CUSTODY) & ~released.fill_null(False),
    )


def entries_of_age(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 5: give each entry the age then in completed years, and whether that is in the range.

    A child who turns 18 later stays, and outcomes as an adult count. A child born on 29 February
    becomes a year older on 1 March of other years. (Age at entry: our reading.)
    """
    entries = offences.filter(offences.entry_date.notnull())
    day, born = entries.entry_date, entries.date_of_birth
    before_birthday = (day.month() * 100 + day.day()) < (born.month() * 100 + born.day())
    age = day.year() - born.year() - before_birthday.cast("int32")
    return entries.select(
        "child_id",
        "entry_date",
        "rank",
        age=age,
        of_age=age.between(parameters.age_min, parameters.age_max),
    )


def one_entry_per_child(entries: ir.Table) -> ir.Table:
    """Step 6: the first entry of each child in the period; on one day, the most serious names it.

    Release from custody comes before conviction, and conviction before caution. (One entry for
    each cohort: Ministry of Justice; the order on one day: our reading.)
    """
    kept = entries.filter(entries.of_age)
    days = kept.group_by("child_id", "entry_date").agg(rank=kept["rank"].max(), age=kept.age.max())
    return days.group_by("child_id").agg(
        start_date=days.entry_date.min(),
        index_rank=days["rank"].argmin(days.entry_date),
        age=days.age.min(),
    )
