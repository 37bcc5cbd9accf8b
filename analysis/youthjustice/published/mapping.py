"""A mapping: a small file that says what the columns of a table that we do not know mean."""

from __future__ import annotations

import re
from collections.abc import Mapping as Names
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem
from youthjustice.published._mapped import mapped_rows
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.symbols import SYMBOLS
from youthjustice.sandbox.grid import Workbook
from youthjustice.sandbox.toml_file import read_toml

AREAS = ("authorities", "services")
BASES = ("march", "december")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
RESERVED = frozenset(
    {"table", "area_name", "area_type", "measure", "value", "unit", "symbol", "flag",
     "release", "source", "sheet", "cell", "check", "period_start", "period_end", "period_basis",
     "closed", "part_of", "label", "printed"}
)  # fmt: skip
"""Columns that every import gives by itself, which no mapping names."""
_KEYS: dict[str, tuple[str, ...]] = {
    "": ("table", "sheet", "header", "last", "areas", "fill_down", "source", "columns", "figures",
         "period", "constants", "leave_out", "symbols"),
    "source": ("key", "title", "publisher", "address", "release", "licence"),
    "period": ("basis", "text"),
    "figures": ("columns", "headings", "measure", "unit"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns of figures with one measure and unit; `headings` is what their names tell."""

    columns: tuple[str, ...]
    headings: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says, with nothing left out: `header` and `last` count rows from 1.

    `columns` and `constants` are by our names of columns, `symbols` by the printed text.
    """

    table: str
    sheet: str
    header: int
    last: int | None
    areas: str
    fill_down: tuple[str, ...]
    source: Names[str, str]
    columns: Names[str, str]
    figures: tuple[Figures, ...]
    basis: str | None
    period: str
    constants: Names[str, str]
    leave_out: Names[str, tuple[str, ...]]
    symbols: Names[str, str]


def read_mapping(path: str | Path) -> Mapping:
    """Read a mapping file.

    Raises:
        InputProblem: the file cannot be read, is no TOML, or a key of it is missing, empty or
            wrong; the message names the key.

    """
    content = read_toml(path)
    try:
        return _mapping(content)
    except InputProblem as problem:
        raise InputProblem(f"{shown(Path(path).name)}: {problem}") from None


def mapped_layout(mapping: Mapping) -> Layout:
    """Make a layout of a mapping, so that a file is read and checked as those we know are.

    >>> from youthjustice.published.mapping import Mapping
    >>> source = {"title": "Caseload", "publisher": "A council", "address": "", "licence": ""}
    >>> mapping = Mapping("caseload", "", 1, None, "services", (), source, {}, (), None, "", {}, {}, {})
    >>> mapped_layout(mapping).title
    'Caseload'
    """
    return Layout(
        name="mapping",
        title=mapping.source["title"],
        publisher=mapping.source["publisher"],
        address=mapping.source["address"],
        tried=True,
        fits=_always,
        read=partial(_read, mapping=mapping),
        licence=mapping.source["licence"],
        caveats=("What the columns mean was said in a mapping file, not by the publication.",),
    )


def _always(_: Workbook) -> bool:
    return True


def _read(book: Workbook, mapping: Mapping) -> pd.DataFrame:
    return mapped_rows(book, mapping)


def _mapping(content: dict[str, Any]) -> Mapping:
    _known(content, "")
    source = _texts(content, "source")
    period = _texts(content, "period")
    columns = _texts(content, "columns")
    constants = _texts(content, "constants")
    for key, names in (("columns", columns), ("constants", constants)):
        for name in names:
            _allowed(name, key)
    if both := [name for name in constants if name in columns]:
        raise InputProblem(f"the keys columns.{both[0]} and constants.{both[0]} say two things")
    basis = period.get("basis", "")
    table = _text(content, "table", "name the table in small letters, such as caseload_service")
    if not _NAME.fullmatch(table):
        raise InputProblem(f"the key table is {shown(table)}: use small letters, digits and _ only")
    return Mapping(
        table=table,
        sheet=_one(content, "sheet", str, ""),
        header=_row(content, "header", 1),
        last=_row(content, "last", None),
        areas=_choice(_one(content, "areas", str, AREAS[0]), "areas", AREAS),
        fill_down=_list(content, "fill_down"),
        source={
            **{name: source.get(name, "").strip() for name in _KEYS["source"]},
            "title": _filled(source, "source.title", "give the title of the publication"),
            "publisher": _filled(source, "source.publisher", "say who publishes the figures"),
        },
        columns=columns,
        figures=_figures(content, {*columns, *constants}),
        basis=_choice(basis, "period.basis", BASES) if basis else None,
        period=period.get("text", ""),
        constants=constants,
        leave_out={name: _list(content.get("leave_out", {}), name, "leave_out.")
                   for name in _table(content, "leave_out")},
        symbols=_symbols(_texts(content, "symbols")),
    )  # fmt: skip


def _figures(content: dict[str, Any], taken: set[str]) -> tuple[Figures, ...]:
    listed = content.get("figures")
    if not isinstance(listed, list) or not listed:
        raise InputProblem("the key figures is missing: say which columns hold figures")
    made = []
    for number, one in enumerate(listed, 1):
        key = f"figures[{number}]"
        if not isinstance(one, dict):
            raise InputProblem(f"the key {key} is not a table: write [[figures]] above its keys")
        _known(one, "figures", key)
        columns = _list(one, "columns", f"{key}.")
        if not columns:
            raise InputProblem(f"the key {key}.columns is empty: name the columns of figures")
        headings = _one(one, "headings", str, "", f"{key}.")
        if headings and headings != "period":
            _allowed(headings, f"{key}.headings")
        if headings in taken:
            raise InputProblem(
                f"the key {key}.headings is {headings}, but a column or a constant says it already"
            )
        if len(columns) > 1 and not headings:
            raise InputProblem(
                f"the key {key}.headings is empty, but {len(columns)} columns are named: say what "
                "their headings tell, such as period, or give each its own [[figures]]"
            )
        measure = _filled(one, f"{key}.measure", "say what the figures measure")
        unit = _filled(one, f"{key}.unit", "give the unit, such as children or %")
        made.append(Figures(columns, headings, measure, unit))
    return tuple(made)


def _symbols(texts: dict[str, str]) -> dict[str, str]:
    for text, meaning in texts.items():
        if meaning not in SYMBOLS and not re.fullmatch(r"-?\d+(\.\d+)?", meaning):
            listed = ", ".join(f"{key} ({words})" for key, words in SYMBOLS.items())
            what = "empty" if not meaning else shown(meaning)
            raise InputProblem(
                f"the key symbols.{shown(text)} is {what}: give a number, or one of {listed}"
            )
    return texts


def _known(content: dict[str, Any], table: str, shown_as: str = "") -> None:
    for key in content:
        if key not in _KEYS[table]:
            where = f"{shown_as or table}." if table else ""
            hint = did_you_mean(key, _KEYS[table], f"the keys are {', '.join(_KEYS[table])}")
            raise InputProblem(f"the key {where}{shown(key)} is not one of a mapping; {hint}")


def _table(content: dict[str, Any], key: str) -> dict[str, Any]:
    found = content.get(key, {})
    if not isinstance(found, dict):
        raise InputProblem(f"the key {key} is not a table: write [{key}] above its keys")
    if key in _KEYS:
        _known(found, key)
    return found


def _texts(content: dict[str, Any], key: str) -> dict[str, str]:
    found = _table(content, key)
    return {name: _one(found, name, str, "", f"{key}.") for name in found}


def _one(content: dict[str, Any], key: str, kind: type, default: Any, where: str = "") -> Any:
    """Give the value of a key, which has to be of one kind; a truth is no number."""
    value = content.get(key, default)
    if value is not default and type(value) is not kind:
        wanted = "a text in quotes" if kind is str else "a whole number"
        raise InputProblem(f"the key {where}{shown(key)[1:-1]} is not {wanted}")
    return value


def _row(content: dict[str, Any], key: str, default: int | None) -> Any:
    row = _one(content, key, int, default)
    if row is not None and row < 1:
        raise InputProblem(f"the key {key} is {row}: rows are counted from 1, as in a spreadsheet")
    return row


def _list(content: dict[str, Any], key: str, where: str = "") -> tuple[str, ...]:
    found = content.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise InputProblem(
            f'the key {where}{shown(key)[1:-1]} is not a list such as ["one", "two"]'
        )
    return tuple(found)


def _choice(value: str, key: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise InputProblem(f"the key {key} is {shown(value)}: write {' or '.join(choices)}")
    return value


def _text(content: dict[str, Any], key: str, what: str) -> str:
    value: str = _one(content, key, str, "")
    if not value.strip():
        raise InputProblem(f"the key {key} is empty: {what}")
    return value.strip()


def _filled(content: dict[str, Any], key: str, what: str) -> str:
    """Give the text of a key that has to be filled in."""
    value: str = _one(content, key.rpartition(".")[2], str, "", key.rpartition(".")[0] + ".")
    if not value.strip():
        raise InputProblem(f"the key {key} is empty: {what}")
    return value.strip()


def _allowed(name: str, key: str) -> None:
    if name in RESERVED or not _NAME.fullmatch(name):
        hint = "use area" if name == "area_name" else "use another name in small letters"
        raise InputProblem(
            f"the key {key} names {shown(name)}, which a mapping cannot give; {hint}"
        )
