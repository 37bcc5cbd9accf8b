"""Steps 1 to 3: dates and identifiers as they should be, outcomes that count, no breaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youthjustice.records.cohort.offence_rules import SERIOUSNESS, kinds
from youthjustice.records.cohort.parameters import Parameters

if TYPE_CHECKING:
    import ibis.expr.types as ir

_DAY = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}([.]\d+)?)?)?$"


def clean_offences(offences: ir.Table, **more: ir.Value) -> ir.Table:
    """Step 1: identifiers as text, dates as dates, nothing but the columns in use.

    A row that does not say whether it is a breach is none. ``more`` columns may come along.
    Source: preparation, no part of the published definition.
    """
    import ibis

    sequence = offences.offence_seq if "offence_seq" in offences.columns else ibis.null()
    return offences.select(
        child_id=as_id(offences.child_id),
        offence_date=as_date(offences.offence_date),
        offence_code=as_id(offences.offence_code),
        offence_seq=as_id(sequence),
        outcome_type=as_id(offences.outcome_type),
        outcome_date=as_date(offences.outcome_date),
        release_date=as_date(offences.release_date),
        is_breach=as_truth(offences.is_breach).fill_null(False),
        **more,
    )


def clean_children(children: ir.Table) -> ir.Table:
    """Step 1: identifiers as text, dates of birth as dates, other columns as they are."""
    return children.mutate(
        child_id=as_id(children.child_id), date_of_birth=as_date(children.date_of_birth)
    )


def outcomes_that_count(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 2: give each outcome its rank: 0 a caution, 1 a conviction, 2 custody, none the others.

    A proven offence is one with a conviction or a caution (Ministry of Justice, Guide to Proven
    Reoffending Statistics). Community resolutions, diversion and no further action are neither.
    """
    import ibis

    by_rank: dict[int, list[str]] = {}
    for outcome in parameters.qualifying:
        by_rank.setdefault(SERIOUSNESS.index(kinds().get(outcome, SERIOUSNESS[0])), []).append(
            outcome
        )
    ranks = [(offences.outcome_type.isin(names), rank) for rank, names in sorted(by_rank.items())]
    none = ibis.null("int8")
    return offences.mutate(rank=ibis.cases(*ranks, else_=none) if ranks else none)


def breaches_marked(offences: ir.Table, parameters: Parameters) -> ir.Table:
    """Step 3: a breach, by its mark or by its offence code, is no offence of its own.

    Neither an entry nor a reoffence (Ministry of Justice; that it is no entry is our reading).
    Codes are compared without regard to capitals.
    """
    codes = [code.strip().lower() for code in parameters.breach_codes]
    if not codes:
        return offences
    listed = offences.offence_code.lower().isin(codes).fill_null(False)
    return offences.mutate(is_breach=offences.is_breach | listed)


def as_id(column: ir.Value) -> ir.Value:
    """Give an identifier as text; whole numbers may have come as fractions."""
    kind = column.type()
    if kind.is_string():
        return column
    return (column.cast("int64") if kind.is_floating() else column).cast("string")


def as_date(column: ir.Value) -> ir.Value:
    """Give a date from a date, a moment, or text of either such as 2022-03-31; else nothing."""
    kind = column.type()
    if kind.is_string():
        return column.re_search(_DAY).ifelse(column.substr(0, 10).try_cast("date"), None)
    return column.date() if kind.is_timestamp() else column.cast("date")


def as_truth(column: ir.Value) -> ir.Value:
    """Give true or false from a truth, from 1 and 0, or from these in words; else nothing."""
    import ibis

    if column.type().is_boolean():
        return column
    word = column.cast("string").lower()
    return ibis.cases(
        (word.isin(["true", "1", "1.0"]), True), (word.isin(["false", "0", "0.0"]), False)
    )
