"""The worksheets of a report's workbook: each table of the report, ready to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from youthjustice.presentation import Chart, Sentence, Table
from youthjustice.presentation.lineage import Lineage, formulas
from youthjustice.reports.commentary import Commentary
from youthjustice.reports.content import Content, walk
from youthjustice.reports.formats.figures_in_cells import MEANINGS, NO_ROWS, cells, line, text
from youthjustice.reports.section import Heading, Section

_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its name, a mark of its own, what stands above its table, and the cells.

    ``forms`` tells how a number in a cell is shown, by row (0 is the head) and column.
    """

    name: str
    mark: str
    title: str
    cells: pd.DataFrame
    told: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    source: str = ""
    note: str = ""
    head: int = 0
    forms: dict[tuple[int, int], str] = field(default_factory=dict)


def sheets(content: Content) -> list[Sheet]:
    """Give the report's statements, then each of its tables and what is behind each of its charts."""
    made = [_statements(content)]
    for place, thing in _tables(content):
        made.append(_sheet(len(made), place, thing))
    return made


def _tables(content: Content) -> Iterator[tuple[str, Table | Chart]]:
    """Give each table and each chart with figures once, with the heading that it stands under."""
    seen: set[int] = set()
    place = content.title
    for shown in content.shown:
        for thing in walk(shown.thing):
            place = thing.title if isinstance(thing, Section) else place
            if isinstance(thing, pd.DataFrame):
                thing = Table(_flat(thing), "A table of the notebook")  # noqa: PLW2901
            held = isinstance(thing, Table) or (isinstance(thing, Chart) and thing.data is not None)
            if held and id(thing) not in seen:
                seen.add(id(thing))
                yield place, thing


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame whose rows are named by columns."""
    flat = frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()
    return flat.set_axis([str(name) for name in flat.columns], axis=1)


def _sheet(number: int, place: str, thing: Table | Chart) -> Sheet:
    chart = thing if isinstance(thing, Chart) else None
    table = thing.data if isinstance(thing, Chart) else thing
    assert table is not None
    written = cells(table)
    used = {str(one) for one in written.frame.to_numpy(dtype=object).ravel()}
    symbols = {f"[{symbol}]": told for symbol, told in table.symbols().items()}
    lineage = table.lineage or (chart.lineage if chart else None)
    notes = (chart.alt, chart.note, table.note) if chart else (table.note,)
    source = table.source or (chart.source if chart else "")
    note = " ".join(filter(None, (*notes, _worked_out(lineage))))
    return Sheet(
        name=_name(number, place),
        mark=f"table_{number}",
        title=text(": ".join(dict.fromkeys([*([chart.title] if chart else []), table.caption]))),
        cells=written.frame,
        told=(line(f"From the section {place}"), *([line(chart.subtitle)] if chart else [])),
        legend=tuple(
            line(f"{mark} {told}") for mark, told in {**MEANINGS, **symbols}.items() if mark in used
        ),
        source=line(f"Source: {source}") if source else "",
        note=text(note) if note else "",
        head=written.head,
        forms=written.forms,
    )


def _statements(content: Content) -> Sheet:
    """Give every sentence of the report with the headings that it stands under."""
    rows: list[tuple[str, str, str]] = []
    section = heading = content.title
    for shown in content.shown:
        for thing in walk(shown.thing):
            if isinstance(thing, Section):
                section = heading = thing.title
            elif isinstance(thing, Heading):
                heading = thing.text
            elif isinstance(thing, Sentence):
                caution = "Caution: " if thing.kind == "caution" else ""
                rows.append((section, heading, caution + thing.text))
            elif isinstance(thing, Commentary):
                rows.append((section, heading, str(thing)))
    heads = ["Section", "Under the heading", "Statement"]
    frame = pd.DataFrame(rows or [(NO_ROWS,) * 3], columns=heads).map(text)
    return Sheet(
        name="Statements",
        mark="table_0",
        title="What the report says, in its own sentences",
        cells=frame,
        legend=() if rows else (f"{NO_ROWS} {MEANINGS[NO_ROWS]}",),
        head=2,
    )


def _name(number: int, place: str) -> str:
    """Name a worksheet by its number and section, as spreadsheets allow: at most 31 characters."""
    name = str(number)
    for word in re.sub(r"[^\w ,.-]", " ", line(place)).split():
        if len(name) + 1 + len(word) > _LONGEST_NAME:
            break
        name += f" {word}"
    return name.rstrip(" ,.-")


def _worked_out(lineage: Lineage | None) -> str:
    """Tell the formulas of a table's figures in a line."""
    known = formulas()
    told = (
        [f"{known[key].name}: {known[key].formula}" for key in lineage.formulas] if lineage else []
    )
    return f"Worked out as: {'; '.join(told)}." if told else ""
