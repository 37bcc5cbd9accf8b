"""The two tables as an engine knows them: their columns, and how many offences there are."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from youthjustice.errors import InputProblem
from youthjustice.records.cohort.checks import check_children, check_offences
from youthjustice.records.cohort.engine import Engine
from youthjustice.records.schema import DATES, refuse_swapped

if TYPE_CHECKING:
    import ibis

NEEDED = {
    "children": ("child_id", "date_of_birth"),
    "offences": ("child_id", "offence_date", "offence_code", "outcome_type", "outcome_date",
                 "release_date", "is_breach"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tables:
    """Both tables in an engine, by their columns as they came."""

    engine: Engine
    children: ibis.Schema
    offences: ibis.Schema
    rows: int
    """The number of offences."""


def open_tables(engine: Engine, children: object, offences: object) -> Tables:
    """Let the engine read both tables, and check their columns and every row.

    Raises:
        InputProblem: a file cannot be read; the two were swapped; a column is missing or of another
            kind; a child has no identifier or one of another child; a date does not exist; an outcome
            is unknown or before its offence; an offence is before the child was born.

    """
    engine.read("children", children)
    engine.read("offences", offences)
    known = _schema(engine, "children"), _schema(engine, "offences")
    refuse_swapped(*known)
    for name, schema in zip(NEEDED, known, strict=True):
        _check(name, schema)
    check_children(engine, known[0])
    return Tables(engine, *known, check_offences(engine, *known))


def _schema(engine: Engine, name: str) -> ibis.Schema:
    """Give the columns of a table as they came."""
    import ibis

    return ibis.Schema.from_pyarrow(engine.arrow(f"SELECT * FROM {name} LIMIT 0").schema)


def _check(name: str, schema: ibis.Schema) -> None:
    """Refuse a table in which a column is missing, or does not hold dates where it should."""
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
