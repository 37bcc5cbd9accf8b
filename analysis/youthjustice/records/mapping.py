"""A mapping: a small file that says what a case system calls our columns and their values.

    [children]
    file = "children.csv"             # where a folder has several files
    sheet = "Young people"            # where the file has several sheets
    header = 3                        # the row that names the columns, counted from 1; 0 for none
    [children.columns]
    child_id = "Client No"            # our name = the heading, or the place: "column D"
    [children.codes.ethnic_group]
    "WB" = "White"                    # what the cell says = our value
    [children.constants]
    service = "Leeds"                 # the same value for every row

and the same under `[offences]`. What a mapping leaves out is found as without one.
"""

from __future__ import annotations

from collections.abc import Mapping as Names
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.records.schema import OPTIONAL, TABLES, allowed
from youthjustice.sandbox.toml_file import read_toml

_KEYS = ("file", "sheet", "header", "columns", "codes", "constants")
_TRUTHS = ("true", "false")


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a mapping says of one table; `header` counts rows from 1, 0 is none, None is to be found."""

    file: str = ""
    sheet: str = ""
    header: int | None = None
    columns: Names[str, str] = field(default_factory=dict)
    codes: Names[str, Names[str, str]] = field(default_factory=dict)
    constants: Names[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping says of both tables."""

    children: TableMapping = field(default_factory=TableMapping)
    offences: TableMapping = field(default_factory=TableMapping)


def read_mapping(path: str | Path) -> Mapping:
    """Read a mapping file.

    Raises:
        InputProblem: the file cannot be read, is no TOML, or a key of it is unknown or wrong; the
            message names the key.

    """
    content = read_toml(path)
    try:
        _known(content, tuple(TABLES), "")
        return Mapping(**{name: _table(_dict(content, name, ""), name) for name in TABLES})
    except InputProblem as problem:
        raise InputProblem(f"{shown(Path(path).name)}: {problem}") from None


def columns_of(table: str) -> tuple[str, ...]:
    """Give the names of a table's columns, those that may be missing last.

    >>> columns_of("children")[-2:]
    ('care_status', 'special_educational_needs')
    """
    return (*TABLES[table], *OPTIONAL[table])


def _table(content: dict[str, Any], table: str) -> TableMapping:
    _known(content, _KEYS, f"{table}.")
    header = content.get("header")
    if header is not None and (type(header) is not int or header < 0):
        raise InputProblem(
            f"the key {table}.header is not a row, counted from 1 as in a spreadsheet, nor 0 for none"
        )
    codes = _dict(content, "codes", f"{table}.")
    _known(codes, tuple(name for name in columns_of(table) if _values(name)), f"{table}.codes.")
    constants = _texts(content, "constants", table)
    columns = _texts(content, "columns", table)
    if both := [name for name in constants if name in columns]:
        raise InputProblem(
            f"the keys {table}.columns.{both[0]} and {table}.constants.{both[0]} say two things"
        )
    return TableMapping(
        file=_text(content, "file", f"{table}."),
        sheet=_text(content, "sheet", f"{table}."),
        header=header,
        columns=columns,
        codes={name: _codes(codes, name, f"{table}.codes.") for name in codes},
        constants=constants,
    )


def _codes(codes: dict[str, Any], column: str, where: str) -> dict[str, str]:
    said = _dict(codes, column, where)
    texts = {text: _text(said, text, f"{where}{column}.") for text in said}
    for text, value in texts.items():
        if value not in _values(column):
            listed = ", ".join(_values(column))
            raise InputProblem(
                f"the key {where}{column}.{shown(text)} is {shown(value)}: write one of {listed}"
            )
    return texts


def _values(column: str) -> tuple[str, ...]:
    return _TRUTHS if column == "is_breach" else allowed().get(column, ())


def _known(content: dict[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in content:
        if key not in keys:
            hint = did_you_mean(key, keys, f"the keys are {', '.join(keys)}")
            raise InputProblem(f"the key {where}{shown(key)} is not one of a mapping; {hint}")


def _texts(content: dict[str, Any], key: str, table: str) -> dict[str, str]:
    found = _dict(content, key, f"{table}.")
    _known(found, columns_of(table), f"{table}.{key}.")
    texts = {name: _text(found, name, f"{table}.{key}.") for name in found}
    if empty := [name for name, text in texts.items() if not text]:
        raise InputProblem(f"the key {table}.{key}.{empty[0]} is empty: fill it in or take it out")
    return texts


def _dict(content: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    found = content.get(key, {})
    if not isinstance(found, dict):
        raise InputProblem(
            f"the key {where}{key} is not a table: write [{where}{key}] above its keys"
        )
    return found


def _text(content: dict[str, Any], key: str, where: str) -> str:
    text = content.get(key, "")
    if not isinstance(text, str):
        raise InputProblem(f"the key {where}{shown(key)[1:-1]} is not a text in quotes")
    return text.strip()
