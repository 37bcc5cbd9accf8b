"""The parts of sections on own records: every one of them is made of released tables alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from youthjustice.disclosure import Released
from youthjustice.presentation import Sentence, Table
from youthjustice.presentation.released import (
    RECORDS,
    marked,
    only_released,
    released_table,
)
from youthjustice.presentation.released_parts import rows_of, shares_table
from youthjustice.presentation.words.own_records import BY_WORDS, GROUP_WORDS, NOT_PUBLISHED
from youthjustice.presentation.words.phrases import sentence_case
from youthjustice.published import GROUPS
from youthjustice.reports.section import Displays, Nested, Section


def own_section(
    title: str,
    anchor: str,
    items: Sequence[Displays],
    released: Sequence[Released],
    nested: Nested,
) -> Section:
    """Make a section on own records: it says so first, and carries its policy's watermark.

    ``released`` are all tables of which ``items`` show anything. Raises InputProblem for one that did
    not come through disclosure control.
    """
    marks = [only_released(one).policy.watermark for one in released]
    first = Sentence(NOT_PUBLISHED, "note")
    mark = next((mark for mark in marks if mark), "")
    return Section(
        title,
        anchor,
        (first, *items),
        watermark=mark,
        released=tuple(released),
        nested=nested,
    )


def order_of(by: str) -> dict[str, list[str]]:
    """Give the order in which groups stand."""
    known = list(GROUP_WORDS[by].values())
    return {by: [*GROUPS] if by == "ethnic_group" else known}


def labels_of(by: str, numerator: str, denominator: str) -> dict[str, str]:
    """Name the columns of a table of shares."""
    return {by: BY_WORDS[by], "numerator": numerator, "denominator": denominator}


def across(released: Released, by: str, over: str, heads: Mapping[str, str], caption: str) -> Table:
    """Set a table of counts out with a row for each group and a column for each step."""
    order = {**order_of(by), over: [name for name in heads if name != released.total]}
    table = released_table(released, caption, across=over, labels={by: BY_WORDS[by]}, order=order)
    places = {head: name for name, head in table.columns.items()}
    columns = {places[head]: words for head, words in heads.items()}
    return replace(table, columns={by: table.columns[by], **columns})


def over_years(
    years: Mapping[str, Released], over: str, heads: Mapping[str, str], caption: str
) -> Table:
    """Set the totals of several years beside each other: a row for each, a column for each step."""
    rows = []
    for year, released in years.items():
        frame = only_released(released).frame.set_index(over)
        row: dict[str, object] = {"year": sentence_case(year)}
        for at, name in enumerate(heads):
            row[f"count_{at}"] = frame[released.count].get(name, pd.NA)
            row[f"count_{at}_symbol"] = frame["symbol"].get(name, "x") or "c"
        rows.append(row)
    frame = pd.DataFrame(rows)
    counts = {f"count_{at}": "Int64" for at in range(len(heads))}
    mark = next(iter(years.values()))
    return Table(
        frame.astype(counts),
        marked(mark, caption),
        columns={"year": "Year", **dict(zip(counts, heads.values(), strict=True))},
        source=RECORDS,
    )


def totals_of(released: Released, by: str) -> Released:
    """Give the rows of all groups together."""
    return rows_of(released, **{by: released.total})


def share_tables(
    tables: Mapping[str, Released],
    groups: Sequence[str],
    over: str,
    part: str,
    whole: str,
    heads: tuple[str, str],
    caption: str,
) -> list[Table]:
    """Give a table of shares for each column that children are counted by."""
    return [
        shares_table(
            tables[by],
            by,
            over,
            part,
            whole,
            caption=f"{caption}, by {BY_WORDS[by].lower()}",
            labels=labels_of(by, *heads),
            order=order_of(by),
        )
        for by in groups
        if by in tables
    ]
