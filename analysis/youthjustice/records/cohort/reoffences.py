"""Steps 8 to 10, 12 and 13: what each offence of a followed child is, and what each child did."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from youthjustice.records.cohort.offence_rules import SERIOUSNESS
from youthjustice.records.cohort.parameters import Parameters

if TYPE_CHECKING:
    import ibis.expr.types as ir


class Fate(NamedTuple):
    """What became of a row of records: the step that decided it, and in words."""

    code: str
    step: int
    words: str


INDEX = Fate("index", 6, "the entry of a child into the cohort")
REOFFENCE = Fate("reoffence", 8, "a proven reoffence")
NO_BIRTH = Fate("no_birth", 5, "an entry, but the date of birth is not known")
WRONG_AGE = Fate("wrong_age", 5, "an entry, but the child was not of age for the cohort")
HELD = Fate("held", 4, "a custodial sentence with no release by the extract")
NOT_FOLLOWED = Fate("not_followed", 6, "of a child who did not enter in the period")
BEFORE = Fate("before", 9, "committed before the start")
SAME_DAY = Fate("same_day", 8, "committed on the day of the start")
AFTER = Fate("after", 8, "committed after the follow-up")
LATE = Fate("late", 8, "outcome after the waiting period")
UNDATABLE = Fate("undatable", 12, "a date is missing, so it may be a reoffence or not")

OF_FOLLOWED = (INDEX, REOFFENCE, BEFORE, SAME_DAY, AFTER, LATE, UNDATABLE)


def fates(offences: ir.Table, members: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 8: a reoffence is committed after the start and in the follow-up, its outcome in time.

    After the start, within the follow-up and with an outcome by the end of the waiting period
    (Ministry of Justice, Guide to Proven Reoffending Statistics). ``same_day="include"`` takes the
    day of the start as well, but never what was dealt with at the entry itself; how the Ministry
    treats that day is not known to us.
    """
    import ibis

    rows = beside(offences, members)
    offence, start = rows.offence_date, rows.start_date
    entry = rows.entry_date.notnull()
    excluded = parameters.same_day == "exclude"
    of_others = [
        (start.isnull() & entry & rows.date_of_birth.isnull(), NO_BIRTH),
        (start.isnull() & entry, WRONG_AGE),
        (start.isnull(), NOT_FOLLOWED),
    ]
    of_members = [
        (rows.entry_date == start, INDEX),
        (committed_before_start(rows, excluded), BEFORE),
        (offence > rows.followup_end, AFTER),
        (rows.outcome_date > rows.outcome_end, LATE),
        *([(offence == start, SAME_DAY)] if excluded else []),
        (undatable(rows), UNDATABLE),
    ]
    known = [(condition.fill_null(False), fate.code) for condition, fate in of_others + of_members]
    return rows.mutate(fate=ibis.cases(*known, else_=REOFFENCE.code))


def committed_before_start(rows: ir.Table, same_day_too: bool) -> ir.BooleanValue:
    """Step 9: an offence committed before the start is no reoffence, however late its outcome.

    Its outcome may be the entry into a later cohort. An unknown day of the offence is not after
    the outcome. (Our reading; such late convictions are known as pseudo-reconvictions.)
    """
    outcome_says = rows.outcome_date <= rows.start_date
    if not same_day_too:
        outcome_says = rows.outcome_date < rows.start_date
    return (rows.offence_date < rows.start_date) | (rows.offence_date.isnull() & outcome_says)


def undatable(rows: ir.Table) -> ir.BooleanValue:
    """Step 12: without the day of the offence or of the outcome, a row cannot be placed.

    It counts as nothing; the summary gives how many there are, and the bounds if all were
    reoffences. (Our choice.)
    """
    return rows.offence_date.isnull() | rows.outcome_date.isnull()


def by_child(rows: ir.Table) -> ir.Table:
    """Add up the reoffences of each child."""
    own = rows.filter(rows.fate.isin([REOFFENCE.code, SAME_DAY.code, UNDATABLE.code]))
    counted = own.fate == REOFFENCE.code
    on_first_day = own.offence_date == own.start_date
    loose = counted & own.offence_seq.isnull()
    kind = (
        own.offence_date.cast("string")
        + "|"
        + own.offence_code.fill_null("")
        + "|"
        + own.outcome_date.cast("string")
    )
    return own.group_by("child_id").agg(
        reoffences=own.count(where=counted),
        first_reoffence_date=own.offence_date.min(where=counted),
        proven_date=own.outcome_date.min(where=counted),
        worst_rank=own["rank"].max(where=counted),
        on_first_day=own.count(where=on_first_day & own.outcome_date.notnull()),
        undatable=own.count(where=own.fate == UNDATABLE.code),
        alike_dropped=loose.ifelse(own.copies - 1, 0).sum(),
        alike_kept=own.count(where=loose) - kind.nunique(where=loose),
    )


def with_reoffences(members: ir.Table, reoffences: ir.Table) -> ir.Table:
    """Give every child of the cohort a number of reoffences, 0 where there are none."""
    import ibis

    rows = beside(members, reoffences)
    counts = ("reoffences", "on_first_day", "undatable", "alike_dropped", "alike_kept")

    def named(rank: ir.Value) -> ir.Value:
        return ibis.cases(*((rank == place, name) for place, name in enumerate(SERIOUSNESS)))

    return rows.select(
        "child_id",
        "start_date",
        "age",
        "followup_end",
        "outcome_end",
        "first_reoffence_date",
        "proven_date",
        **{name: rows[name].fill_null(0).cast("int64") for name in counts},
        index_disposal=named(rows.index_rank),
        most_serious_reoffence=named(rows.worst_rank),
    )


def beside(rows: ir.Table, others: ir.Table) -> ir.Table:
    """Set what is known of the same child beside each row, or nothing."""
    joined = rows.left_join(others, "child_id")
    return joined.select(*rows.columns, *(name for name in others.columns if name != "child_id"))


def with_own_columns(members: ir.Table, children: ir.Table, own: list[str]) -> ir.Table:
    """Step 13: a child belongs to the service, and has all else, as the table of children says.

    That is to be what held at entry; later moves do not change it. (Our reading.)
    """
    return members.join(children.select("child_id", *own), "child_id")
