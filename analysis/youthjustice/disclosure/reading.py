"""What an attacker reads off published tables: counts, hidden cells, and figures beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.disclosure.columns import Table
from youthjustice.disclosure.counts import Counts, read_counts
from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.policy import PUBLICATION, Policy
from youthjustice.disclosure.released import HIDDEN, Released
from youthjustice.disclosure.system import BoolArray, FloatArray, IntArray, Published
from youthjustice.errors import InputProblem

COUNTED, NOT_COUNTED = "counted", "not counted"
PART = "is one of "


@dataclass(frozen=True, slots=True)
class Column:
    """One column of counts as published: the table for the system, and which rows are hidden.

    ``number`` is the place of its table among those given, ``name`` the column.
    """

    number: int
    name: str
    counts: Counts
    published: Published
    hidden: BoolArray
    policy: Policy

    @property
    def level(self) -> IntArray:
        """In how many dimensions each row is no total."""
        keys = self.counts.keys.to_numpy(dtype=object)
        return np.asarray((keys != self.published.total).sum(axis=1), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Reading:
    """One table as an attacker reads it: one or two columns of counts, and what stands beside."""

    columns: tuple[Column, ...]
    frame: pd.DataFrame
    derived: tuple[Derived, ...]
    policy: Policy


def read_tables(
    tables: Sequence[Released | Table | pd.DataFrame],
    dimensions: Sequence[str] | None,
    count: str | None,
    total: str,
    base: int | None,
) -> list[Reading]:
    """Read released tables and published frames; raises InputProblem in one sentence.

    A plain frame is broken down by those of ``dimensions`` that it has; a missing count is hidden
    where its ``symbol`` is ``c`` or there is no such column, and otherwise unknown.
    """
    described = [
        _described(number, table, dimensions, count, total, base)
        for number, table in enumerate(tables)
    ]
    read = [read_counts(table) for table, _, _ in described]
    groups = {
        column.column: column.part_of
        for columns in read
        for column in columns
        if column.part_of is not None
    }
    return [
        Reading(
            tuple(_column(number, column, symbols, policy, groups) for column in columns),
            table.frame,
            tuple(table.derived),
            policy,
        )
        for number, ((table, symbols, policy), columns) in enumerate(
            zip(described, read, strict=True)
        )
    ]


def parts_of_wholes(readings: Sequence[Reading]) -> dict[str, dict[str, list[str]]]:
    """Return, as ``nested`` takes it, that a whole is those counted in its part and the others."""
    return {
        _part_dimension(column.name): {column.published.total: [COUNTED, NOT_COUNTED]}
        for reading in readings
        for column in reading.columns
        if column.counts.part_of is not None
    }


def _described(
    number: int,
    table: Released | Table | pd.DataFrame,
    dimensions: Sequence[str] | None,
    count: str | None,
    total: str,
    base: int | None,
) -> tuple[Table, pd.Series[str] | None, Policy]:
    """Return what the columns of a table are, its symbols, and the policy it was made under."""
    policy = (
        PUBLICATION
        if base is None
        else PUBLICATION.with_(
            name="rounded",
            threshold=1,
            secondary=False,
            zeros="shown",
            base=base,
            width=min(4, base - 1),
        )
    )
    if isinstance(table, Released):
        frame, policy = table.frame, table.policy
        names: Sequence[str] = table.dimensions
        # Figures beside rounded counts were worked out from them and say nothing more.
        derived = table.derived if policy.base is None else ()
        count, total = table.count, table.total
    elif isinstance(table, Table):
        frame, names, derived = table.frame, table.dimensions, tuple(table.derived)
        count, total = table.count, table.total
    elif isinstance(table, pd.DataFrame):
        if dimensions is None or count is None:
            raise InputProblem(
                f"Table {number} is a plain frame; say what it is with dimensions=[...] and "
                "count=..., or give what release returned."
            )
        frame, derived = table, ()
        names = [name for name in dimensions if name in table.columns]
    else:
        raise InputProblem(
            f"Table {number} is a {type(table).__name__}; give released tables or frames."
        )
    symbols = frame["symbol"] if "symbol" in frame.columns else None
    frame = frame.drop(columns="symbol", errors="ignore").reset_index(drop=True)
    declared = {*names, count, *(item.column for item in derived)}
    keep = [name for name in frame.columns if name not in declared]
    return Table(frame, names, count, total, derived, keep), symbols, policy


def _column(
    number: int,
    column: Counts,
    symbols: pd.Series[str] | None,
    policy: Policy,
    groups: dict[str, str],
) -> Column:
    """Return a column of counts with what its numbers allow."""
    missing = np.isnan(column.counts)
    hidden = missing.copy()
    if symbols is not None and not column.whole:
        hidden &= symbols.eq(HIDDEN).to_numpy()
    slack = 0.0 if policy.base is None else policy.base - 1.0
    shown = np.where(missing, 0.0, column.counts)
    lowest: FloatArray = np.maximum(np.where(missing, 0.0, shown - slack), 0.0)
    highest: FloatArray = np.where(missing, np.inf, shown + slack)
    if policy.base is not None:
        hidden = ~missing
    total = column.table.total
    dimensions, keys = column.dimensions, list(column.keys.itertuples(index=False, name=None))
    counted = groups.get(column.column, column.column)
    if counted != column.column:
        dimensions = (*dimensions, _part_dimension(column.column))
        keys = [(*key, COUNTED) for key in keys]
    for part in sorted(name for name, whole in groups.items() if whole == column.column):
        dimensions = (*dimensions, _part_dimension(part))
        keys = [(*key, total) for key in keys]
    published = Published(dimensions, tuple(keys), lowest, highest, total, counted)
    return Column(number, column.column, column, published, hidden, policy)


def _part_dimension(column: str) -> str:
    return f"{PART}{column}"
