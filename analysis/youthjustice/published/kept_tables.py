"""A kept release as a CSV file: its schema, its bytes, and the way back."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.imported_folder import file_of, local_folder
from youthjustice.published.package import Stamp, stamp
from youthjustice.published.reading import read_table

# A spreadsheet runs a text that begins so; an apostrophe in front makes it a text, and is taken
# off when the file is read. Texts that begin with one get another, so that nothing is lost.
_RUNS = r"^('*[=+\-@\t\r\n])"
_HELD = r"^'('*[=+\-@\t\r\n])"
# What a release of a table says about its figures; all other texts and dates tell rows apart.
_NO_KEY = frozenset(
    {
        "value", "numerator", "denominator", "symbol", "flag", "source", "release", "sheet", "cell",
        "check", "area_type", "region", "closed", "unit_published", "value_published",
        "period_basis", "ethnic_group_published",
    }
)  # fmt: skip
_read: dict[Path, tuple[Stamp, str, pd.DataFrame]] = {}


def schema_of(frame: pd.DataFrame, shipped: Mapping[str, Any] | None) -> dict[str, Any]:
    """Describe the columns of a frame: as the shipped table's where it has them, else by type.

    The shipped table's columns come first, in its order.
    """
    known = {field["name"]: field for field in shipped["fields"]} if shipped else {}
    own = [name for name in frame.columns if name not in known]
    fields = [_field(frame, name, known.get(name)) for name in [*known, *own]]
    if shipped:
        key = shipped.get("primaryKey", [])
        key = [key] if isinstance(key, str) else list(key)
    else:
        kinds = {field["name"]: field["type"] for field in fields}
        key = [n for n, kind in kinds.items() if kind in ("string", "date") and n not in _NO_KEY]
        key = ["release", *key]
    return {"fields": fields, "primaryKey": key, "missingValues": [""]}


def _field(frame: pd.DataFrame, name: str, shipped: Mapping[str, Any] | None) -> dict[str, Any]:
    full = name in frame and bool(frame[name].notna().all())
    if shipped is not None:
        field = {part: shipped[part] for part in ("name", "type", "title") if part in shipped}
        required = bool(shipped.get("constraints", {}).get("required"))
        return field | ({"constraints": {"required": True}} if required and full else {})
    return {"name": name, "type": _type(frame[name])}


def _type(column: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "string"


def to_bytes(frame: pd.DataFrame, schema: Mapping[str, Any], file: str) -> bytes:
    """Write a frame as the CSV of its schema, and make sure that it reads back the same.

    Raises:
        InputProblem: a column does not hold what its schema says, or a text cannot be kept.

    """
    try:
        columns = {
            field["name"]: _as_written(frame.get(field["name"]), field["type"], frame.index)
            for field in schema["fields"]
        }
        # A lone carriage return in a text would end the row; in quotes it does not.
        text = pd.DataFrame(columns, index=frame.index).to_csv(
            index=False,
            lineterminator="\n",
            date_format="%Y-%m-%d",
            quoting=csv.QUOTE_NONNUMERIC,
        )
        raw = text.encode("utf-8")
        again = from_bytes(raw, schema, file)
    except (ValueError, TypeError, OverflowError) as problem:
        reason = str(problem) if isinstance(problem, InputProblem) else shown(problem)
        raise InputProblem(f"{file} cannot be kept: {reason}") from None
    for field in schema["fields"]:
        if field["name"] in frame and not _same(frame[field["name"]], again[field["name"]]):
            raise InputProblem(
                f"{file} cannot be kept: column {shown(field['name'])} holds what a CSV file "
                "cannot say"
            )
    return raw


def _as_written(column: pd.Series | None, kind: str, index: pd.Index) -> pd.Series:
    """Put a column into the form in which it is written; a column that is not there is empty."""
    if column is None:
        return pd.Series("", index=index, dtype="object")
    if kind == "number":
        return pd.to_numeric(column).astype("float64")
    if kind == "integer":
        return pd.to_numeric(column).astype("Int64")
    if kind == "boolean":
        return column.astype("boolean").astype("object").map({True: "true", False: "false"})
    if kind == "date":
        return pd.to_datetime(column)
    return column.astype("str").str.replace(_RUNS, r"'\1", regex=True)


def from_bytes(raw: bytes, schema: Mapping[str, Any], file: str) -> pd.DataFrame:
    """Read a kept CSV as its schema says.

    Raises:
        InputProblem: the file is not what the schema says; the message names row and column.

    """
    table = read_table(raw, schema, file)
    texts = [field["name"] for field in schema["fields"] if field["type"] == "string"]
    return table.assign(
        **{name: table[name].str.replace(_HELD, r"\1", regex=True) for name in texts}
    )


def _same(before: pd.Series, after: pd.Series) -> bool:
    """Compare a column with what was read back; an empty text is a missing one."""
    if after.dtype == "float64":
        wanted = pd.to_numeric(before).to_numpy(dtype=float, na_value=np.nan)
        # The last bit may differ where a parser rounds another way.
        return bool(np.allclose(wanted, after, rtol=1e-15, atol=0, equal_nan=True))
    if pd.api.types.is_string_dtype(after):
        before = before.astype("str")
        before = before.mask(before == "")
    elif pd.api.types.is_datetime64_any_dtype(after):
        before = pd.to_datetime(before).astype(after.dtype)
    there = before.notna().to_numpy()
    if not (there == after.notna().to_numpy()).all():
        return False
    one, other = before[there].astype("object"), after[there].astype("object")
    return bool((one.to_numpy() == other.to_numpy()).all())


def read_kept(entry: Mapping[str, Any]) -> pd.DataFrame:
    """Read a kept release, which must be to the byte what was kept.

    Raises:
        InputProblem: the file is gone or was changed; importing it again mends it.

    """
    path = local_folder() / file_of(entry["table"], entry["release"])
    again = f"import {shown(entry['file'])} again"
    try:
        now = stamp(path)
        if (kept := _read.get(path)) and kept[:2] == (now, entry["hash"]):
            return kept[2]
        raw = path.read_bytes()
    except OSError as problem:
        raise InputProblem(f"{path} cannot be read ({problem.strerror}): {again}") from None
    if digest(raw) != entry["hash"]:
        raise InputProblem(f"{path} was changed after it was kept: {again}")
    table = from_bytes(raw, entry["schema"], path.name)
    _read[path] = (now, entry["hash"], table)
    return table


def digest(raw: bytes) -> str:
    """Give the digest of a kept file."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"
