"""What is wrong with the rows of the two tables, by row and never by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    import ibis
    import ibis.expr.types as ir

ROW = "row_number"
NOT_A_DATE = "is not a date written like 2022-03-31"
NOT_A_TRUTH = "is neither true nor false"


def check_children(engine: Engine, children: ibis.Schema) -> None:
    """Check every child by itself, and that no other has its identifier."""
    import ibis

    counted = engine.arrow(_children_sql(children, engine.dialect.name)).to_pylist()[0]
    total = int(counted["alone"] or 0) + int(counted["repeated"])
    if not total:
        return
    rows = _examined(ibis.table({**children, ROW: "int64"}, name="numbered_children"))
    times = rows.group_by("child_id").agg(times=rows.count())
    many = times.filter((times.times > 1) & times.child_id.notnull()).mutate(twice=True)
    rows = rows.left_join(many.select("child_id", "twice"), "child_id")
    rows = rows.mutate(twice=rows.twice.fill_null(False))
    _refuse(engine, "children", total, rows, ["empty_id", "bad_birth", "twice"])


def check_offences(engine: Engine, children: ibis.Schema, offences: ibis.Schema) -> int:
    """Count the offences, and check every one of them."""
    import ibis

    sql = _offences_sql(children, offences, engine.dialect.name)
    counted = engine.arrow(sql).to_pylist()[0]
    if counted["total"]:
        rows, faults = _with_faults(
            ibis.table({**offences, ROW: "int64"}, name="numbered_offences"),
            ibis.table(children, name="children"),
        )
        _refuse(engine, "offences", int(counted["total"]), rows, faults)
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
def _offences_sql(children: ibis.Schema, offences: ibis.Schema, dialect: str) -> str:
    """Write the query that counts the offences, and those with a fault."""
    import ibis

    rows, faults = _with_faults(
        ibis.table(offences, name="offences"), ibis.table(children, name="children")
    )
    faulty = rows.select(faulty=reduce(or_, (rows[name] for name in faults)))
    counted = faulty.agg(rows=faulty.count(), total=faulty.faulty.sum())
    return str(ibis.to_sql(counted, dialect=dialect))


def _examined(children: ir.Table) -> ir.Table:
    """Give the children with a column for each thing that can be wrong with one by itself."""
    return children.select(
        *([ROW] if ROW in children.columns else []),
        child_id=as_id(children.child_id),
        empty_id=as_id(children.child_id).isnull(),
        bad_birth=_lost(children.date_of_birth, as_date),
    )


def _with_faults(offences: ir.Table, children: ir.Table) -> tuple[ir.Table, list[str]]:
    """Give the rows with a column for each thing that can be wrong with one."""
    faults = _faults_of_row(offences)
    more = {ROW: offences[ROW]} if ROW in offences.columns else {}
    rows = with_birth(clean_offences(offences, **more, **faults), clean_children(children))
    between = _faults_between(rows)
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


def _faults_between(offences: ir.Table) -> dict[str, ir.BooleanValue]:
    """Tell what the dates of a cleaned row, and its child's birth, say against each other."""
    offence = offences.offence_date
    return {
        "before_offence": (offences.outcome_date < offence).fill_null(False),
        "before_birth": (offence < offences.date_of_birth).fill_null(False),
    }


def _lost(column: ir.Value, read: Callable[[ir.Value], ir.Value]) -> ir.BooleanValue:
    """Tell where something is written that cannot be read."""
    import ibis

    if column.type().is_temporal() or column.type().is_boolean():
        return ibis.literal(False)
    return as_id(column).notnull() & read(column).isnull()


def _refuse(engine: Engine, table: str, total: int, rows: ir.Table, faults: list[str]) -> NoReturn:
    """Find the first row that has a fault, and raise it."""
    import ibis

    engine.run(f"{engine.dialect.view} numbered_{table} AS {engine.numbered(table, ROW)}")
    found = rows.agg(**{fault: rows[ROW].min(where=rows[fault]) for fault in faults})
    sql = str(ibis.to_sql(found, dialect=engine.dialect.name))
    first: Mapping[str, int | None] = engine.arrow(sql).to_pylist()[0]
    row, fault = min((row, fault) for fault, row in first.items() if row is not None)
    more = f" (and {total - 1:,} more)" if total > 1 else ""
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
