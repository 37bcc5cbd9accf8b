"""Read one CSV file of the data package as text, and turn its columns into their types.

Every cell is text until its column has been read whole, so that one letter in a column of numbers
is found and named, and never turns the column into text silently.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem

FIRST_ROW = 2
"""The row that a spreadsheet gives to the first row under the header."""

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"
_WANTED = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "date": "a date such as 2021-03-31",
    "boolean": "true or false",
}
_COLUMN_TYPES = {
    "string": "str",
    "number": "float64",
    "integer": "Int64",
    "date": "object",
    "boolean": "boolean",
}
_FULL_TYPES = {"integer": "int64", "boolean": "bool"}
_ReadColumn: TypeAlias = "tuple[pd.Series, pd.Series[bool]]"
"""What each text stands for, and whether it stands for anything."""


def read_text(raw: bytes, file: str, columns: Sequence[str]) -> pd.DataFrame:
    """Split the bytes of a CSV file into columns of text, with exactly the columns expected.

    Raises:
        InputProblem: the file is not UTF-8, is empty, is not a rectangle of cells, or lacks a
            column or has one too many.

    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
        raise InputProblem(f"{file} is not UTF-8 text in row {row}: save it as UTF-8") from None
    if not text.strip():
        raise InputProblem(f"{file} is empty: restore it from the data package")
    if (nul := text.find("\0")) >= 0:
        row = text.count("\n", 0, nul) + 1
        raise InputProblem(f"{file}, row {row} holds a NUL character: restore the file")
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows)
        _check_header(header, columns, file)
        lengths = list(map(len, rows))
    except csv.Error as problem:
        raise InputProblem(f"{file}, row {rows.line_num} is not CSV: {problem}") from None
    for place, found in enumerate(lengths):
        if found != len(header):
            raise InputProblem(
                f"{file}, row {place + FIRST_ROW} has {found} cells instead of {len(header)}: look "
                "for a missing or an extra comma"
            )
    # Every cell has been counted, so the fast parser has nothing left to guess.
    frame = pd.read_csv(
        io.StringIO(text, newline=""),
        dtype="object",
        keep_default_na=False,
        na_filter=False,
        index_col=False,
        skip_blank_lines=False,
    )
    if frame.shape != (len(lengths), len(header)):
        raise InputProblem(f"{file} cannot be split into rows and cells: save it as plain CSV")
    return frame[list(columns)]


def _check_header(header: Sequence[str], columns: Sequence[str], file: str) -> None:
    for name in columns:
        if name not in header:
            raise InputProblem(f"{file} has no column {shown(name)} in row 1")
    for place, name in enumerate(header):
        if name not in columns:
            raise InputProblem(
                f"{file} has a column {shown(name)} in row 1 that it should not have"
            )
        if name in header[:place]:
            raise InputProblem(f"{file} has the column {shown(name)} twice in row 1")


def typed(
    text: pd.DataFrame, fields: Sequence[Mapping[str, Any]], missing: Sequence[str], file: str
) -> pd.DataFrame:
    """Turn columns of text into the types of their fields; a missing cell is missing in each.

    Numbers become float64, whole numbers and truths int64 and bool (Int64 and boolean where a
    cell may be missing), dates datetime64, text the string type of pandas.

    Raises:
        InputProblem: a cell does not hold what its column is for; its row and text are named.

    """
    columns = {
        field["name"]: _one_column(text[field["name"]], field, missing, file) for field in fields
    }
    return pd.DataFrame(columns, index=text.index)


def _one_column(
    column: pd.Series, field: Mapping[str, Any], missing: Sequence[str], file: str
) -> pd.Series:
    """Read each distinct text of a column once, and put it in every row that holds it."""
    kind, required = field.get("type", "string"), field.get("constraints", {}).get("required")
    if kind not in _WANTED:
        raise InputProblem(f"{file}, column {field['name']} has the unknown type {shown(kind)}")
    codes, texts = pd.factorize(column)
    distinct = pd.Series(texts, dtype="str")
    gone = distinct.isin(list(missing))
    read, good = _READERS[kind](distinct.mask(gone))
    bad = np.flatnonzero(~(good | gone).to_numpy(dtype=bool))
    if len(bad):
        row = int(np.flatnonzero(np.isin(codes, bad))[0])
        raise InputProblem(
            f"{file}, row {row + FIRST_ROW}, column {field['name']} holds "
            f"{shown(distinct[codes[row]])} where {_WANTED[kind]} should stand"
        )
    if required and not gone.any() and kind in ("integer", "boolean"):
        read = read.astype("int64") if kind == "integer" else read.astype("bool")
    return read.take(codes).set_axis(column.index).rename(field["name"])


def _as_string(text: pd.Series) -> _ReadColumn:
    return text, text.notna()


def _as_number(text: pd.Series) -> _ReadColumn:
    good = text.str.fullmatch(_NUMBER, na=False)
    return pd.to_numeric(text.where(good)).astype("float64"), good


def _as_integer(text: pd.Series) -> _ReadColumn:
    good = text.str.fullmatch(r"[+-]?[0-9]{1,18}", na=False)
    return pd.to_numeric(text.where(good), dtype_backend="numpy_nullable").astype("Int64"), good


def _as_date(text: pd.Series) -> _ReadColumn:
    shaped = text.where(text.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", na=False))
    dates = pd.to_datetime(shaped, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")
    return dates, dates.notna()


def _as_boolean(text: pd.Series) -> _ReadColumn:
    return text.map({"true": True, "false": False}).astype("boolean"), text.isin(["true", "false"])


_READERS = {
    "string": _as_string,
    "number": _as_number,
    "integer": _as_integer,
    "date": _as_date,
    "boolean": _as_boolean,
}


def read_table(raw: bytes, schema: Mapping[str, Any], file: str) -> pd.DataFrame:
    """Read one table of the package as its schema says: typed, in the schema's column order.

    Raises:
        InputProblem: the file is not what the schema says; the message names row and column.

    """
    fields = schema["fields"]
    text = read_text(raw, file, [field["name"] for field in fields])
    return typed(text, fields, schema.get("missingValues", [""]), file)


def read_recorded(raw: bytes, schema: Mapping[str, Any]) -> pd.DataFrame:
    """Read what `read_table` has read before from the same bytes, without looking for mistakes."""
    fields = {field["name"]: field for field in schema["fields"]}
    kinds = {name: field.get("type", "string") for name, field in fields.items()}
    table = pd.read_csv(
        io.BytesIO(raw),
        dtype={name: _COLUMN_TYPES[kind] for name, kind in kinds.items()},
        keep_default_na=False,
        na_values=list(schema.get("missingValues", [""])),
        encoding="utf-8-sig",
        low_memory=False,
    )
    full = {
        name: _FULL_TYPES[kind]
        for name, kind in kinds.items()
        if kind in _FULL_TYPES and fields[name].get("constraints", {}).get("required")
    }
    dates = {name: _days(table[name]) for name, kind in kinds.items() if kind == "date"}
    return table.astype(full).assign(**dates)[list(kinds)]


def _days(column: pd.Series) -> npt.NDArray[np.datetime64]:
    """Read each distinct date once; the code of a missing one is that of the last."""
    codes, texts = pd.factorize(column)
    return np.array([*texts, "NaT"], dtype="datetime64[us]")[codes]
