"""Reading a table of stages: what each is a part of, in what it is counted, and over what time."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from youthjustice._months import day_in_words
from youthjustice.errors import InputProblem
from youthjustice.measures.labels import is_missing, one_label

BASES = ("population", "stage")


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages in their order.

    ``parent`` is the position of each stage's parent, or -1. ``reason`` says in words why a stage
    does not nest in its parent; it is empty where it does. ``population`` marks the base of people.
    ``basis`` is what the table itself says of a stage's own denominator, or nothing.
    """

    names: tuple[Hashable, ...]
    parent: tuple[int, ...]
    unit: tuple[object, ...]
    period: tuple[object, ...]
    population: tuple[bool, ...]
    reason: tuple[str, ...]
    basis: tuple[str, ...]

    def nests(self, stage: int) -> bool:
        """Tell whether a stage has a parent and is a part of it."""
        return self.parent[stage] >= 0 and not self.reason[stage]


def read_stages(stages: object, population: object = None) -> Stages:
    """Check a table of stages: ``stage``, ``parent``, ``unit``, and ``period``.

    A DataFrame or a list of dicts; ``period_start`` and ``period_end`` may stand for ``period``. A
    stage nests in its parent when both name one unit and one period, or when the parent is the
    population: the stage named ``population``, or one that has the word in its name. People
    are counted at one time and what happens to them over a year, so the population has no unit or
    period to agree with, and is a base only. Raises InputProblem.
    """
    table = _table(stages)
    names = tuple(table["stage"])
    _check_names(names)
    place = {name: position for position, name in enumerate(names)}
    parent = tuple(
        _parent(name, up, place) for name, up in zip(names, table["parent"], strict=True)
    )
    _check_cycles(names, parent)
    unit, period = tuple(table["unit"]), _periods(table)
    _check_labels(names, unit, period)
    base = _populations(names, parent, population)
    reason = tuple(
        "" if up >= 0 and base[up] else _reason(names, unit, period, at, up)
        for at, up in enumerate(parent)
    )
    return Stages(names, parent, unit, period, base, reason, _bases(table, names))


def _table(stages: object) -> pd.DataFrame:
    if not isinstance(stages, (pd.DataFrame, list, tuple)):
        raise InputProblem(
            f"stages is a {type(stages).__name__}; give a DataFrame or a list of dicts."
        )
    if not isinstance(stages, pd.DataFrame) and not all(isinstance(row, dict) for row in stages):
        raise InputProblem("stages is a list that holds something else than dicts; give dicts.")
    table = pd.DataFrame(stages).astype(object)
    if table.empty:
        raise InputProblem("The table of stages is empty; give one row for every stage.")
    dated = {"period_start", "period_end"} <= set(table.columns)
    wanted = ["stage", "parent", "unit", *([] if dated else ["period"])]
    absent = [name for name in wanted if name not in table.columns]
    if absent:
        found = ", ".join(map(str, table.columns))
        raise InputProblem(f"The table of stages has no column {absent[0]!r}; it has {found}.")
    if not table.columns.is_unique:
        raise InputProblem("The table of stages has a column twice; keep one of them.")
    return table


def _check_names(names: tuple[Any, ...]) -> None:
    if any(_is_missing(name) or not _is_label(name) for name in names):
        raise InputProblem("A row of the table of stages has no stage; name it or leave it out.")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputProblem(f"The stage {twice[0]!r} stands twice in the table; keep one row of it.")


def _check_labels(names: tuple[Any, ...], *labels: tuple[object, ...]) -> None:
    for column in labels:
        for name, label in zip(names, column, strict=True):
            if not _is_label(label):
                raise InputProblem(
                    f"The stage {name!r} has {label!r} as its unit or period; give it one label."
                )


def _parent(name: object, parent: Any, place: dict[Any, int]) -> int:
    if _is_missing(parent):
        return -1
    if not _is_label(parent) or parent not in place:
        raise InputProblem(
            f"The parent of {name!r} is {parent!r}, which is no stage of the table; add its row, "
            "or leave the parent empty."
        )
    return place[parent]


def _check_cycles(names: tuple[Any, ...], parent: tuple[int, ...]) -> None:
    for start in range(len(names)):
        at = start
        for _ in names:
            at = parent[at] if at >= 0 else -1
        if at >= 0:
            raise InputProblem(
                f"The stage {names[start]!r} comes back to itself through its parents; a stage "
                "cannot be a part of itself, so leave one of the parents empty."
            )


def _periods(table: pd.DataFrame) -> tuple[object, ...]:
    if "period" in table.columns:
        return tuple(table["period"])
    return tuple(
        None if _is_missing(start) or _is_missing(end) else f"{_words(start)} to {_words(end)}"
        for start, end in zip(table["period_start"], table["period_end"], strict=True)
    )


def _populations(
    names: tuple[Any, ...], parent: tuple[int, ...], population: object
) -> tuple[bool, ...]:
    if population is None:
        return tuple(
            up < 0 and "population" in str(name).casefold()
            for name, up in zip(names, parent, strict=True)
        )
    if one_label("population", population) not in names:
        raise InputProblem(f"population is {population!r}, which is no stage of the table.")
    if parent[names.index(population)] >= 0:
        raise InputProblem(
            f"The population {population!r} has a parent; it is the base, so leave it empty."
        )
    return tuple(name == population for name in names)


def _reason(
    names: Sequence[object], unit: Sequence[object], period: Sequence[object], at: int, up: int
) -> str:
    """Say why a stage is no part of its parent; say nothing when it is."""
    if up < 0:
        return "no parent is given"
    told = []
    for word, values in (("unit", unit), ("period", period)):
        unknown = [names[place] for place in (at, up) if _is_missing(values[place])]
        if unknown:
            told.append(f"no {word} is given for {unknown[0]}")
        elif values[at] != values[up] and word == "unit":
            told.append(
                f"{names[at]} is counted in {unit[at]} and its parent, {names[up]}, in {unit[up]}"
            )
        elif values[at] != values[up]:
            told.append(
                f"the periods differ: {_words(period[at])}, and {_words(period[up])} for its "
                f"parent, {names[up]}"
            )
    return "; ".join(told)


def _bases(table: pd.DataFrame, names: tuple[Any, ...]) -> tuple[str, ...]:
    column = next((n for n in ("basis", "denominator_basis") if n in table.columns), None)
    if column is None:
        return ("",) * len(names)
    return tuple(
        read_basis(value, f"of {name!r} in the table of stages")
        for name, value in zip(names, table[column], strict=True)
    )


def read_basis(value: object, where: str) -> str:
    """Return a basis, or nothing where it is missing; raise InputProblem for another word."""
    if _is_missing(value):
        return ""
    if not _is_label(value) or value not in BASES:
        raise InputProblem(f"The basis {where} is {value!r}; write population or stage.")
    return str(value)


def _is_missing(value: Any) -> bool:
    """Tell whether a cell of the table is empty; text of blanks is, as in a file read as text."""
    return is_missing(value) or (isinstance(value, str) and not value.strip())


def _is_label(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _words(period: object) -> str:
    if isinstance(period, datetime.date):  # a Timestamp is one too
        return day_in_words(period)
    return str(period)
