"""What is wrong with the rows of the two tables, by row and never by value."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, NoReturn

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.candidates import with_birth
from youthjustice.records.cohort.cleaning import (
    as_date,
    as_id,
    as_truth,
    clean_children,
    clean_offences,
)
from youthjustice.records.cohort.engine import Engine
from youthjustice.records.cohort.offence_rules import kinds
from youthjustice.records.schema import BEFORE_BIRTH, BEFORE_OFFENCE, EMPTY, TWICE, allowed

if TYPE_CHECKING:
    from datetime import date

    import ibis
    import ibis.expr.types as ir

ROW = "row_number"
NOT_A_DATE = "is not a date written like 2022-03-31"
NOT_A_TRUTH = "is neither true nor false"


def check_children(engine: Engine, children: ibis.Schema) -> None:
    """Check every child by itself, and that no other has its identifier."""
    import ibis

    counted = engine.arrow(_children_sql(children, engine.dialect.name)).to_pylist()[0]
    if counted["alone"] or counted["repeated"]:
        rows = _examined(ibis.table({**children, ROW: "int64"}, name="numbered_children"))
        times = rows.group_by("child_id").agg(times=rows.count())
        many = times.filter((times.times > 1) & times.child_id.notnull()).mutate(twice=True)
        rows = rows.left_join(many.select("child_id", "twice"), "child_id")
        rows = rows.mutate(twice=rows.twice.fill_null(False))
        _refuse(engine, "children", rows, ["empty_id", "bad_birth", "twice"])


def check_offences(engine: Engine, children: ibis.Schema, offences: ibis.Schema) -> int:
    """Count the offences, and check every one of them."""
    import ibis

    sql = _offences_sql(offences, engine.dialect.name)
    counted = engine.arrow(sql).to_pylist()[0]
    wrong = bool(counted["wrong"])
    if counted["first_day"] and not wrong:
        # Few children are younger than the first offence, and no other can be younger than its own.
        born_late = _born_late(children, offences, counted["first_day"])
        sql = str(ibis.to_sql(born_late, dialect=engine.dialect.name))
        wrong = bool(engine.arrow(sql).to_pylist()[0]["wrong"])
    if wrong:
        rows, faults = _with_faults(
            ibis.table({**offences, ROW: "int64"}, name="numbered_offences"),
            ibis.table(children, name="children"),
        )
        _refuse(engine, "offences", rows, faults)
    return int(counted["rows"])


@lru_cache(maxsize=32)
def _children_sql(children: ibis.Schema, dialect: str) -> str:
    """Write the query that counts the children with a fault."""
    import ibis

    rows = _examined(ibis.table(children, name="children"))
    repeated = rows.child_id.count() - rows.child_id.nunique()
    alone = (rows.empty_id | rows.bad_birth).sum()
    return str(ibis.to_sql(rows.agg(alone=alone, repeated=repeated), dialect=dialect))


@lru_cache(maxsize=32)
def _offences_sql(offences: ibis.Schema, dialect: str) -> str:
    """Write the query that counts the offences and those with a fault, and finds the first day."""
    import ibis

    table = ibis.table(offences, name="offences")
    faults = _faults_of_row(table)
    rows = clean_offences(table, **faults)
    rows = rows.mutate(late=_before_offence(rows))
    wrong = reduce(or_, (rows[name] for name in (*faults, "late")))
    rows = rows.select("offence_date", wrong=wrong)
    counted = rows.agg(rows=rows.count(), wrong=rows.wrong.any(), first_day=rows.offence_date.min())
    return str(ibis.to_sql(counted, dialect=dialect))


def _born_late(children: ibis.Schema, offences: ibis.Schema, first_day: date) -> ir.Table:
    """Tell whether a child was born after an offence of its own; ``first_day`` is of them all."""
    import ibis

    born = clean_children(ibis.table(children, name="children"))
    born = born.filter(born.date_of_birth > ibis.literal(first_day))
    rows = clean_offences(ibis.table(offences, name="offences"))
    rows = rows.select("child_id", "offence_date").join(
        born.select("child_id", "date_of_birth"), "child_id"
    )
    return rows.agg(wrong=_before_birth(rows).any())


def _examined(children: ir.Table) -> ir.Table:
    """Give the children with a column for each thing that can be wrong with one by itself."""
    return children.select(
        *([ROW] if ROW in children.columns else []),
        child_id=as_id(children.child_id),
        empty_id=as_id(children.child_id).isnull(),
        bad_birth=_lost(children.date_of_birth, as_date),
    )


def _with_faults(offences: ir.Table, children: ir.Table) -> tuple[ir.Table, list[str]]:
    """Give the numbered rows with a column for each thing that can be wrong with one."""
    faults = _faults_of_row(offences)
    rows = clean_offences(offences, **{ROW: offences[ROW]}, **faults)
    rows = with_birth(rows, clean_children(children))
    between = {"before_offence": _before_offence(rows), "before_birth": _before_birth(rows)}
    return rows.mutate(**between), [*faults, *between]


def _faults_of_row(offences: ir.Table) -> dict[str, ir.BooleanValue]:
    """Tell for each thing that can be wrong with a row as it came whether it is."""
    outcome = as_id(offences.outcome_type)
    others = [value for value in allowed()["outcome_type"] if value not in kinds()]
    return {
        "bad_offence_date": _lost(offences.offence_date, as_date),
        "bad_outcome_date": _lost(offences.outcome_date, as_date),
        "bad_release_date": _lost(offences.release_date, as_date),
        "bad_breach": _lost(offences.is_breach, as_truth),
        # Two short lists are looked through faster than one long one.
        "bad_outcome": ~(outcome.isin(kinds()) | outcome.isin(others) | outcome.isnull()),
    }


def _before_offence(offences: ir.Table) -> ir.BooleanValue:
    return (offences.outcome_date < offences.offence_date).fill_null(False)


def _before_birth(offences: ir.Table) -> ir.BooleanValue:
    return (offences.offence_date < offences.date_of_birth).fill_null(False)


def _lost(column: ir.Value, read: Callable[[ir.Value], ir.Value]) -> ir.BooleanValue:
    """Tell where something is written that cannot be read."""
    import ibis

    if column.type().is_temporal() or column.type().is_boolean():
        return ibis.literal(False)
    return as_id(column).notnull() & read(column).isnull()


def _refuse(engine: Engine, table: str, rows: ir.Table, faults: list[str]) -> NoReturn:
    """Find the first row that has a fault, and raise it."""
    import ibis

    engine.name(f"numbered_{table}", engine.numbered(table, ROW))
    wrong = reduce(or_, (rows[name] for name in faults))
    first = {fault: rows[ROW].min(where=rows[fault]) for fault in faults}
    counted = rows.agg(total=rows.count(where=wrong), **first)
    found = engine.arrow(str(ibis.to_sql(counted, dialect=engine.dialect.name))).to_pylist()[0]
    row, fault = min((found[fault], fault) for fault in faults if found[fault] is not None)
    others = found["total"] - 1
    more = f" (and {others:,} more)" if others else ""
    raise InputProblem(
        f"row {row} of the table {table}, counted from 0: {_words(fault)}{more}; leave the row "
        "out, or read the extract with read_extract"
    )


def _words(fault: str) -> str:
    """Say what a fault is: the column and what is wrong with it."""
    return {
        "bad_offence_date": f"offence_date {NOT_A_DATE}",
        "bad_outcome_date": f"outcome_date {NOT_A_DATE}",
        "bad_release_date": f"release_date {NOT_A_DATE}",
        "bad_birth": f"date_of_birth {NOT_A_DATE}",
        "bad_breach": f"is_breach {NOT_A_TRUTH}",
        "bad_outcome": f"outcome_type is not one of {', '.join(allowed()['outcome_type'])}",
        "before_offence": f"outcome_date {BEFORE_OFFENCE}",
        "before_birth": f"offence_date {BEFORE_BIRTH}",
        "empty_id": f"child_id {EMPTY}",
        "twice": f"child_id {TWICE}",
    }[fault]
