"""The findings of an audit as a table, in the words of the tables that were audited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.disclosure.knowledge import Knowledge
from youthjustice.disclosure.linking import Atoms, Nested, smallest_values
from youthjustice.disclosure.reading import COUNTED, NOT_COUNTED, PART, Column, Reading
from youthjustice.disclosure.remedies import next_to_hide
from youthjustice.disclosure.system import IntArray
from youthjustice.disclosure.verdicts import Verdicts
from youthjustice.errors import InputProblem

FINDINGS = ("table", "count", "lowest", "highest", "safe", "reason", "hide_next")


def written(
    knowledge: Knowledge, own: Sequence[Reading], verdicts: Verdicts, nested: Nested, total: str
) -> pd.DataFrame:
    """Return one row for each hidden count, and for each other cell that tells too much."""
    columns = [column for reading in own for column in reading.columns]
    names = list(dict.fromkeys(name for one in columns for name in one.counts.dimensions))
    for name in names:
        if name in FINDINGS:
            raise InputProblem(
                f"A dimension is called {name!r}, as is a column of the audit; rename it."
            )
    text = _Text(knowledge, columns, names, nested, total)
    rows = [
        (number, row, int(place[row]))
        for number, place in enumerate(knowledge.places[: len(columns)])
        for row in np.flatnonzero(columns[number].hidden).tolist()
    ]
    listed = {cell for _, _, cell in rows}
    noughts = {cell: zeros for cell, _, zeros in verdicts.groups}
    others = [cell for cell in dict.fromkeys(noughts) if cell not in listed]
    rows += [(*text.homes.get(cell, (-1, -1)), cell) for cell in others]
    rows += [(-1, -1, cell) for cell in verdicts.between.tolist()]
    reasons = np.where(
        np.isin(np.arange(len(verdicts.low)), verdicts.between), "difference", verdicts.reasons
    )
    found = [
        {
            **text.names_of(number, row, cell),
            "lowest": verdicts.low[cell],
            "highest": verdicts.high[cell],
            "safe": reasons[cell] == "",
            "reason": reasons[cell],
            "hide_next": _remedy(text, own, verdicts, reasons[cell], number, cell, noughts),
        }
        for number, row, cell in rows
    ]
    order = ["table", "count", *names, *FINDINGS[2:]]
    return pd.DataFrame(found, columns=order).astype(
        {
            "table": "Int64",
            "lowest": "float64",
            "highest": "float64",
            "safe": "bool",
            **dict.fromkeys(["count", *names, "reason", "hide_next"], "str"),
        }
    )


def _remedy(
    text: _Text,
    own: Sequence[Reading],
    verdicts: Verdicts,
    reason: str,
    number: int,
    cell: int,
    noughts: dict[int, IntArray],
) -> str:
    """Say what to hide next, or nothing where that is not needed or nothing would help."""
    if reason in ("", "earlier"):
        return ""
    if reason == "figure":
        derived = own[text.columns[number].number].derived
        figures = " and ".join(repr(item.column) for item in derived)
        return f"{figures} beside {text.cell(cell)}"
    shown = [at for at in noughts.get(cell, ()) if verdicts.shown[at]]
    if shown:
        return text.cell(int(shown[0]))
    open_ = verdicts.hidden | (verdicts.high > verdicts.low)
    best = next_to_hide(text.knowledge.system, cell, verdicts.shown, open_, verdicts.low)
    return "" if best < 0 else text.cell(best)


class _Text:
    """How cells are called: by the first row of a table that holds them, or by what they are."""

    def __init__(
        self,
        knowledge: Knowledge,
        columns: Sequence[Column],
        names: Sequence[str],
        nested: Nested,
        total: str,
    ) -> None:
        self.knowledge, self.columns, self.names, self.total = knowledge, columns, names, total
        self.homes: dict[int, tuple[int, int]] = {}
        self.labels: dict[tuple[str, Atoms], str] = {}
        for number, place in enumerate(knowledge.places[: len(columns)]):
            for row, cell in enumerate(place.tolist()):
                self.homes.setdefault(cell, (number, row))
            keys = columns[number].counts.keys
            for name in columns[number].counts.dimensions:
                inside = nested.get(name, {})
                for value in [*keys[name].unique(), *inside]:
                    atoms = smallest_values(name, value, inside)
                    self.labels.setdefault((name, atoms), value)

    def names_of(self, number: int, row: int, cell: int) -> dict[str, Any]:
        """Return the table, the column of counts and the values of a cell."""
        if number >= 0:
            column = self.columns[number]
            values = column.counts.keys.iloc[row].to_dict()
            home: dict[str, Any] = {"table": column.number, "count": column.name}
        else:
            counted, about = self.knowledge.system.about(cell)
            for name, atoms in about.items():
                if name.startswith(PART) and atoms == {COUNTED}:
                    counted = name.removeprefix(PART)
                if name.startswith(PART) and atoms == {NOT_COUNTED}:
                    counted += f" not in {name.removeprefix(PART)}"
            values = {
                name: self.labels.get((name, atoms), " + ".join(sorted(atoms)))
                for name, atoms in about.items()
            }
            home = {"table": pd.NA, "count": counted}
        return {**home, **{name: values.get(name, self.total) for name in self.names}}

    def cell(self, cell: int) -> str:
        """Name a cell in words."""
        found = self.names_of(*self.homes.get(cell, (-1, -1)), cell)
        words = ", ".join(f"{name} {found[name]!r}" for name in self.names)
        several = len({column.number for column in self.columns}) > 1
        where = f" in table {found['table']}" if several and found["table"] is not pd.NA else ""
        counted = f"{found['count']!r} of " if len({one.name for one in self.columns}) > 1 else ""
        return f"{counted}{words}{where}"
