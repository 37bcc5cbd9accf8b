"""Check a typed table against its Frictionless schema, with pandera, in an analyst's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.reading import FIRST_ROW

if TYPE_CHECKING:
    from youthjustice._pandera import pa

EMPTY_BECAUSE = frozenset({"c", "x", "z"})
"""Symbols that say that there is no value, so that none may stand beside them."""


def pandera_schema(schema: Mapping[str, Any]) -> pa.DataFrameSchema:
    """Turn a Frictionless table schema into a pandera schema for the typed table.

    Field types and the constraints required, unique, minimum, maximum, enum, pattern, minLength
    and maxLength are carried over; keys between tables are checked by `load`.
    """
    from youthjustice._pandera import pa

    return pa.DataFrameSchema(
        {field["name"]: _column(field) for field in schema["fields"]}, strict=True, ordered=True
    )


def _column(field: Mapping[str, Any]) -> pa.Column:
    from youthjustice._pandera import pa

    limits = field.get("constraints", {})
    checks = []
    if "minimum" in limits:
        checks.append(pa.Check(_within(low=_limit(field, "minimum")), name="minimum"))
    if "maximum" in limits:
        checks.append(pa.Check(_within(high=_limit(field, "maximum")), name="maximum"))
    if "enum" in limits:
        checks.append(pa.Check(_among(limits["enum"]), name="enum"))
    if "pattern" in limits:
        checks.append(pa.Check(_matches(limits["pattern"]), name="pattern"))
    if "minLength" in limits or "maxLength" in limits:
        low, high = limits.get("minLength"), limits.get("maxLength")
        checks.append(pa.Check(_as_long_as(low, high), name="length"))
    return pa.Column(
        None,
        checks,
        nullable=not limits.get("required", False),
        unique=limits.get("unique", False),
    )


def _limit(field: Mapping[str, Any], which: str) -> Any:
    limit = field["constraints"][which]
    return pd.Timestamp(limit) if field.get("type") == "date" else limit


def _within(low: Any = None, high: Any = None) -> Any:
    return lambda column: (column >= low) if high is None else (column <= high)


def _as_long_as(low: int | None, high: int | None) -> Any:
    return lambda column: column.str.len().between(low or 0, high or np.inf)


def _among(allowed: Sequence[Any]) -> Any:
    return lambda column: column.isin(list(allowed))


def _matches(pattern: str) -> Any:
    """Match the whole of each distinct text: a table repeats few texts many times."""

    def check(column: pd.Series) -> pd.Series:
        distinct = column.drop_duplicates().dropna()
        return column.isin(distinct[distinct.str.fullmatch(pattern)])

    return check


def check_table(table: pd.DataFrame, schema: Mapping[str, Any], file: str) -> None:
    """Raise the first thing wrong with a typed table, in one sentence.

    Raises:
        InputProblem: an empty cell that should be filled, a value outside its column's limits or
            list, a repeated key, or a missing value without a symbol that says why.

    """
    from youthjustice._pandera import pa

    try:
        pandera_schema(schema).validate(table, lazy=True)
    except pa.errors.SchemaErrors as problem:
        raise InputProblem(_first(problem.failure_cases, schema, file)) from None
    _check_key(table, schema.get("primaryKey", []), file)
    _check_symbols(table, file)


def _first(cases: pd.DataFrame, schema: Mapping[str, Any], file: str) -> str:
    """Word the failure that stands highest in the file."""
    one = cases.sort_values("index", kind="stable").iloc[0]
    field = next(f for f in schema["fields"] if f["name"] == one["column"])
    limits, check = field.get("constraints", {}), str(one["check"])
    where = f"{file}, row {int(one['index']) + FIRST_ROW}, column {field['name']}"
    found = shown(_printed(one["failure_case"]))
    if check == "not_nullable":
        return f"{where} is empty but must be filled"
    if check == "field_uniqueness":
        return f"{where} holds {found}, which stands in another row too"
    words = {
        "minimum": f"less than the least allowed, {limits.get('minimum')}",
        "maximum": f"more than the most allowed, {limits.get('maximum')}",
        "enum": f"which is not one of {_listed(limits.get('enum', []))}",
        "pattern": f"which does not look like {limits.get('pattern')}",
        "length": "which is too short or too long",
    }
    return f"{where} holds {found}, {words.get(check, 'which is not allowed there')}"


def _printed(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _listed(allowed: Sequence[Any]) -> str:
    words = [str(a) for a in allowed[:8]]
    return ", ".join(words) + (" and others" if len(allowed) > len(words) else "")


def _check_key(table: pd.DataFrame, key: str | Sequence[str], file: str) -> None:
    names = [key] if isinstance(key, str) else list(key)
    if not names or not (again := table.duplicated(names)).any():
        return
    second = table.index[again][0]
    same = table[names].eq(table.loc[second, names]) | (
        table[names].isna() & table.loc[second, names].isna()
    )
    first = table.index[same.all(axis=1)][0]
    raise InputProblem(
        f"{file}, rows {first + FIRST_ROW} and {second + FIRST_ROW} have the same "
        f"{', '.join(names)}: take one of them out"
    )


def _check_symbols(table: pd.DataFrame, file: str) -> None:
    if not {"value", "symbol"} <= set(table.columns):
        return
    known = table["value"].notna()
    unexplained = table.index[~known & table["symbol"].isna()]
    if len(unexplained):
        raise InputProblem(
            f"{file}, row {unexplained[0] + FIRST_ROW}, column value is empty and column symbol "
            "does not say why: write c, x, z, low or u"
        )
    contrary = table.index[known & table["symbol"].isin(EMPTY_BECAUSE)]
    if len(contrary):
        row = contrary[0]
        raise InputProblem(
            f"{file}, row {row + FIRST_ROW} holds the value {table.loc[row, 'value']:g} beside the "
            f"symbol {table.loc[row, 'symbol']}, which says that there is none: keep one of them"
        )
