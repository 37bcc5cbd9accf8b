"""Step 14: every row of both tables is accounted for, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from youthjustice.records.cohort.reoffences import (
    HELD,
    INDEX,
    NO_BIRTH,
    NOT_FOLLOWED,
    OF_FOLLOWED,
    REOFFENCE,
    WRONG_AGE,
    Fate,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

LATER = Fate("later", 1, "dated after the extract")
NO_CHILD = Fate("no_child", 1, "of no child in the table of children")
NOT_COUNTED = Fate("not_counted", 2, "the outcome is neither a caution nor a conviction")
BREACH = Fate("breach", 3, "a breach")
FAR = Fate("far", 1, "by its dates neither an entry in the period nor a reoffence after one")
DUPLICATE = Fate("duplicate", 1, "a row that repeats an offence")

OFFENCES = (FAR, LATER, NO_CHILD, NOT_COUNTED, BREACH, HELD, NOT_FOLLOWED, DUPLICATE, NO_BIRTH, WRONG_AGE,
            *OF_FOLLOWED)  # fmt: skip
"""In the order in which they are decided: each row has the first that holds."""

MEMBER = Fate("member", 6, "in the cohort")
NO_ENTRY = Fate("no_entry", 4, "no entry in the period")
KEPT = (MEMBER, INDEX, REOFFENCE)
CHILDREN = (NO_ENTRY, NO_BIRTH, WRONG_AGE, MEMBER)


FIRST = (LATER, NO_CHILD, NOT_COUNTED, BREACH, HELD, NOT_FOLLOWED)
"""What a row and its child decide; the last two may yet turn out to be of a child who entered."""


def first_fates(offences: ir.Table) -> ir.Table:
    """Count the offences near the cohort by what their own row and their child decide.

    Fates are numbered by their place in FIRST, which is much less work than their names.
    """
    import ibis

    decided = [
        offences.later,
        ~offences.has_child,
        offences["rank"].isnull(),
        offences.is_breach,
        offences.held & offences.entry_date.isnull(),
    ]
    places = enumerate(decided)
    fate = ibis.cases(*((holds, place) for place, holds in places), else_=len(decided))
    return offences.group_by(fate=fate).agg(rows=offences.count())


def rows_of_entrants(rows: ir.Table) -> ir.Table:
    """Count the rows of children with an entry, by whether they wait for a release."""
    held = rows.held & rows.entry_date.isnull()
    return rows.agg(held=held.sum(), all=rows.count())


def later_fates(rows: ir.Table) -> ir.Table:
    """Count the offences that could count by what became of them, and the rows that repeat them."""
    return rows.group_by("fate").agg(rows=rows.count(), with_repeats=rows.copies.sum())


def fates_of_children(entries: ir.Table, children: ir.Table) -> ir.Table:
    """Count all children, and those with an entry by whether they were of age for the cohort."""
    each = entries.group_by("child_id").agg(
        member=entries.of_age.fill_null(False).any(), known=entries.age.notnull().any()
    )
    entered = each.agg(
        entered=each.count(),
        member=each.member.sum(),
        no_birth=(~each.member & ~each.known).sum(),
    )
    return entered.cross_join(children.agg(all=children.count()))


def exclusions(
    rows: int,
    first: Sequence[Mapping[str, int]],
    of_entrants: Mapping[str, int],
    later: Sequence[Mapping[str, int]],
    children: Mapping[str, int],
) -> pd.DataFrame:
    """Make the table that adds up to the rows of both tables."""
    counts = dict.fromkeys((fate.code for fate in OFFENCES), 0)
    for row in first:
        counts[FIRST[row["fate"]].code] = int(row["rows"])
    counts[FAR.code] = rows - sum(counts.values())
    held, entrants = (int(of_entrants[name] or 0) for name in ("held", "all"))
    counts[HELD.code] -= held
    counts[NOT_FOLLOWED.code] -= entrants - held
    for row in later:
        counts[str(row["fate"])] += int(row["rows"])
        counts[DUPLICATE.code] += int(row["with_repeats"]) - int(row["rows"])
    of_children = {name: int(number or 0) for name, number in children.items()}
    of_children[NO_ENTRY.code] = of_children["all"] - of_children["entered"]
    of_children[WRONG_AGE.code] = (
        of_children["entered"] - of_children["member"] - of_children["no_birth"]
    )
    accounts = (("children", CHILDREN, of_children), ("offences", OFFENCES, counts))
    return pd.DataFrame(
        [
            {
                "table": table,
                "step": fate.step,
                "reason": fate.words,
                "rows": known[fate.code],
                "kept": fate in KEPT,
            }
            for table, fates, known in accounts
            for fate in fates
        ]
    )
