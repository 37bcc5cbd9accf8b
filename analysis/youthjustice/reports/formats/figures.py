"""Every figure of a report as CSV and as JSON, each with where it comes from (docs/figures.md)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from youthjustice._files import write_whole
from youthjustice.presentation import Chart, Sentence, Table
from youthjustice.presentation.lineage import Lineage, Publication
from youthjustice.reports.content import Content, walk
from youthjustice.reports.formats.table_figures import figures
from youthjustice.reports.formats.text import inert, printable
from youthjustice.reports.lineage_section import origins
from youthjustice.reports.section import Heading, Section

SCHEMA = 1
COLUMNS = (
    "area",
    "section",
    "heading",
    "kind",
    "title",
    "row_number",
    "row",
    "column",
    "value",
    "lower",
    "upper",
    "printed",
    "symbol",
    "unit",
    "publications",
    "released",
    "formulas",
    "inputs",
)
_NOT_KNOWN = "not known"
_NUMBER = re.compile(r"[+-]?[\d,.]+%?")


def write_csv(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write one row for each figure of a table or of a chart's data, and one for each sentence."""
    buffer = io.StringIO(newline="")
    # With a byte order mark, without which Excel misreads minus signs and accents.
    buffer.write("\ufeff")
    writer = csv.DictWriter(buffer, COLUMNS)  # RFC 4180: lone line ends are quoted
    writer.writeheader()
    for row in _rows(content):
        writer.writerow({name: _cell(row.get(name)) for name in COLUMNS})
    target = folder / f"{stem}.csv"
    write_whole(target, buffer.getvalue())
    return [target]


def write_json(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write the same, by section and thing; publications and formulas are told once, by key."""
    found = origins(content)
    keys = {one: f"P{at}" for at, one in enumerate(found.publications, start=1)}
    sections = [
        {
            "title": title,
            "anchor": anchor,
            "items": [_told(one, under, keys) for one, under in held],
        }
        for title, anchor, held in _sections(content)
    ]
    told = {
        "schema": SCHEMA,
        "area": content.area,
        "title": content.title,
        "publications": {key: asdict(one) for one, key in keys.items()},
        "formulas": {one.key: asdict(one) for one in found.formulas},
        "sections": [section for section in sections if section["items"]],
    }
    target = folder / f"{stem}.json"
    write_whole(target, json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    return [target]


Held = list[tuple[Sentence | Table | Chart, str]]


def _sections(content: Content) -> Iterator[tuple[str, str, Held]]:
    """Give what holds figures, section by section, with the heading under which each stands."""
    for shown in content.shown:
        section = shown.thing if isinstance(shown.thing, Section) else None
        held, under = [], ""
        for one in walk(shown.thing):
            if isinstance(one, Heading):
                under = one.text
            elif isinstance(one, Sentence | Table | Chart):
                held.append((one, under))
        yield (section.title, section.anchor, held) if section else ("", "", held)


def _rows(content: Content) -> Iterator[dict[str, Any]]:
    """Give the rows of the CSV, in reading order."""
    for title, _, held in _sections(content):
        for one, under in held:
            same = {
                "area": content.area,
                "section": title,
                "heading": under,
                **_whence(one.lineage),
            }
            kind, name, data = _parts(one)
            same |= {"kind": kind, "title": name}
            if isinstance(one, Sentence):
                yield same | {"printed": one.text}
            for cell in _cells(data):
                yield same | cell


def _parts(one: Sentence | Table | Chart) -> tuple[str, str, Table | None]:
    """Name a thing's kind and give its title and the table of its figures."""
    if isinstance(one, Sentence):
        return "sentence", "", None
    if isinstance(one, Table):
        return "table", one.caption, one
    return "chart", one.title, one.data


def _cells(table: Table | None) -> Iterator[dict[str, Any]]:
    """Give each cell of a table but those that head the rows."""
    if table is None:
        return
    texts = table.texts().to_numpy(dtype=object).T.tolist()
    names = list(table.columns)
    heads = texts[names.index(table.row_header)] if table.row_header in names else None
    for (name, label), printed in zip(table.columns.items(), texts, strict=True):
        if name == table.row_header:
            continue
        for at, cell in enumerate(figures(table, name, printed)):
            row = "" if heads is None else heads[at]
            yield {"row_number": at + 1, "row": row, "column": label, **cell._asdict()}


def _whence(lineage: Lineage | None) -> dict[str, str]:
    """Write where figures come from on one line each."""
    if lineage is None:
        return {}
    return {
        "publications": "; ".join(_named(one) for one in lineage.publications),
        "released": "; ".join(one.release_date or _NOT_KNOWN for one in lineage.publications),
        "formulas": "; ".join(lineage.formulas),
        "inputs": "; ".join(f"{name}: {value}" for name, value in lineage.inputs),
    }


def _named(one: Publication) -> str:
    return ", ".join(part for part in (one.publisher, one.title, one.table) if part)


def _told(
    one: Sentence | Table | Chart, under: str, keys: dict[Publication, str]
) -> dict[str, Any]:
    """Tell a thing with its figures and where they come from."""
    kind, title, data = _parts(one)
    lineage = one.lineage
    told: dict[str, Any] = {"kind": kind, "heading": under}
    if isinstance(one, Sentence):
        told["text"] = printable(one.text)
    else:
        told["title"] = printable(title)
        told["figures"] = [
            {key: printable(part) if isinstance(part, str) else part for key, part in cell.items()}
            for cell in _cells(data)
        ]
    if lineage is not None:
        told["publications"] = [keys[one] for one in lineage.publications]
        told["formulas"] = list(lineage.formulas)
        told["inputs"] = [{"name": name, "value": value} for name, value in lineage.inputs]
    return told


def _cell(value: Any) -> str:
    """Write a cell so that no spreadsheet runs it; what is a number stays one."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        return repr(value)
    return value if _NUMBER.fullmatch(value) else inert(value)
