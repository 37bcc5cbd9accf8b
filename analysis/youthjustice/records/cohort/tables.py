"""The two tables as an engine knows them, and what is wrong with them, by row and never by value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NoReturn

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
from youthjustice.records.schema import (
    BEFORE_BIRTH,
    BEFORE_OFFENCE,
    DATES,
    EMPTY,
    TWICE,
    allowed,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEEDED = {
    "children": ("child_id", "date_of_birth"),
    "offences": ("child_id", "offence_date", "offence_code", "outcome_type", "outcome_date",
                 "release_date", "is_breach"),
}  # fmt: skip
ROW = "row_number"
NOT_A_DATE = "is not a date written like 2022-03-31"
NOT_A_TRUTH = "is neither true nor false"


@dataclass(frozen=True, slots=True)
class Tables:
    """Both tables, by their names in an engine, as they came."""

    engine: Engine
    children: ir.Table
    offences: ir.Table
    rows: int
    """The number of offences."""


def open_tables(engine: Engine, children: object, offences: object) -> Tables:
    """Let the engine read both tables, and check their columns and every row.

    Raises:
        InputProblem: a file cannot be read; a column is missing or of another kind; a child has no
            identifier or one of another child; a date does not exist; an outcome is unknown or
            before its offence; an offence is before the child was born.

    """
    engine.read("children", children)
    engine.read("offences", offences)
    known = _table(engine, "children"), _table(engine, "offences")
    _check_children(engine, known[0])
    return Tables(engine, *known, _check_offences(engine, *known))


def _table(engine: Engine, name: str) -> ir.Table:
    """Give a table of which Ibis knows the columns alone, and check these."""
    import ibis

    schema = ibis.Schema.from_pyarrow(engine.arrow(f"SELECT * FROM {name} LIMIT 0").schema)
    for column in NEEDED[name]:
        if column not in schema:
            near = get_close_matches(column, list(schema), n=1)
            hint = f" (is it {near[0]}?)" if near else ""
            raise InputProblem(
                f"the column {column} of the table {name} is missing{hint}: give it that name"
            )
        if column in DATES:
            kind = schema[column]
            zone = kind.is_timestamp() and kind.timezone is not None
            if zone or not (
                kind.is_date() or kind.is_timestamp() or kind.is_string() or kind.is_null()
            ):
                raise InputProblem(
                    f"the column {column} of the table {name} does not hold dates without a time "
                    "zone: give it dates, or texts like 2022-03-31"
                )
    return ibis.table(schema, name=name)


def faults_of_offences(offences: ir.Table) -> dict[str, ir.BooleanValue]:
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


def faults_between(offences: ir.Table) -> dict[str, ir.BooleanValue]:
    """Tell what the dates of a cleaned row, and its child's birth, say against each other."""
    offence = offences.offence_date
    return {
        "before_offence": (offences.outcome_date < offence).fill_null(False),
        "before_birth": (offence < offences.date_of_birth).fill_null(False),
    }


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


def refuse(table: str, total: int, first: Mapping[str, int | None]) -> NoReturn:
    """Raise the first row that has a fault; ``first`` has the first row of each fault."""
    row, fault = min((row, fault) for fault, row in first.items() if row is not None)
    more = f" (and {total - 1:,} more)" if total > 1 else ""
    raise InputProblem(
        f"row {row} of the table {table}, counted from 0: {_words(fault)}{more}; leave the row "
        "out, or read the extract with read_extract"
    )


def first_rows(engine: Engine, rows: ir.Table, faults: list[str]) -> dict[str, int | None]:
    """Give the first row with each fault, from rows that have a number and a column for each."""
    found = rows.agg(**{fault: rows[ROW].min(where=rows[fault]) for fault in faults})
    return query(engine, found)[0]


def query(engine: Engine, rows: ir.Table) -> list[dict[str, Any]]:
    """Give a few rows as dictionaries."""
    import ibis

    sql = str(ibis.to_sql(rows, dialect=engine.dialect))
    return engine.arrow(sql).to_pylist()  # type: ignore[no-any-return]


def numbered(engine: Engine, table: ir.Table) -> ir.Table:
    """Give a table with a column that counts its rows from 0."""
    import ibis

    name = f"numbered_{table.get_name()}"
    sql = engine.numbered(table.get_name(), ROW)
    engine.run(f"{engine.view} {name} AS {sql}")
    return ibis.table(ibis.schema({**dict(table.schema().items()), ROW: "int64"}), name=name)


def _check_offences(engine: Engine, children: ir.Table, offences: ir.Table) -> int:
    """Count the offences, and check every one of them."""
    rows, faults = _with_faults(offences, children)
    faulty = rows.select(faulty=reduce(or_, (rows[name] for name in faults)))
    counted = query(engine, faulty.agg(rows=faulty.count(), total=faulty.faulty.sum()))[0]
    if counted["total"]:
        rows, faults = _with_faults(numbered(engine, offences), children)
        refuse("offences", int(counted["total"]), first_rows(engine, rows, faults))
    return int(counted["rows"])


def _with_faults(offences: ir.Table, children: ir.Table) -> tuple[ir.Table, list[str]]:
    """Give the rows with a column for each thing that can be wrong with one."""
    faults = faults_of_offences(offences)
    more = {ROW: offences[ROW]} if ROW in offences.columns else {}
    rows = with_birth(clean_offences(offences, **more, **faults), clean_children(children))
    between = faults_between(rows)
    return rows.mutate(**between), [*faults, *between]


def _check_children(engine: Engine, children: ir.Table) -> None:
    """Check every child by itself and that no other has its identifier."""
    rows = _examined(children)
    repeated = rows.child_id.count() - rows.child_id.nunique()
    alone = (rows.empty_id | rows.bad_birth).sum()
    counted = query(engine, rows.agg(alone=alone, repeated=repeated))[0]
    total = int(counted["alone"] or 0) + int(counted["repeated"])
    if not total:
        return
    rows = _examined(numbered(engine, children))
    times = rows.group_by("child_id").agg(times=rows.count())
    many = times.filter((times.times > 1) & times.child_id.notnull()).mutate(twice=True)
    rows = rows.left_join(many.select("child_id", "twice"), "child_id")
    rows = rows.mutate(twice=rows.twice.fill_null(False))
    refuse("children", total, first_rows(engine, rows, ["empty_id", "bad_birth", "twice"]))


def _examined(children: ir.Table) -> ir.Table:
    faults = {
        "empty_id": as_id(children.child_id).isnull(),
        "bad_birth": _lost(children.date_of_birth, as_date),
    }
    return clean_children(children.mutate(**faults))


def _lost(column: ir.Value, read: Callable[[ir.Value], ir.Value]) -> ir.BooleanValue:
    """Tell where something is written that cannot be read."""
    import ibis

    if column.type().is_temporal() or column.type().is_boolean():
        return ibis.literal(False)
    return as_id(column).notnull() & read(column).isnull()
