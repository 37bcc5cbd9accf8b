"""What moved since the last release and since that of a year ago: revisions, and findings changed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.presentation import Sentence, Table, dates, numbers, sentence_case
from youthjustice.presentation.lineage import Publication
from youthjustice.presentation.words.moved import (
    changed_sentence,
    not_compared_sentence,
    nothing_moved_sentence,
    revised_sentence,
)
from youthjustice.published import Place, compare_releases, load, place
from youthjustice.published.as_it_stood import stood
from youthjustice.published.editions import (
    Edition,
    age,
    editions_of,
    shipped_editions,
    shipped_resource,
)
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.revisions import compared_findings
from youthjustice.reports.section import Displays, Folded, Section

Column: TypeAlias = NDArray[np.object_]

_NONE: Column = np.array([], dtype=object)
_TITLE, _ANCHOR = "What moved since the last release", "moved"
_TABLES = (
    "first_time_entrants_area",
    "reoffending_area",
    "children_by_stage_national",
    "disposals_area_2012_13",
    "linked_cohort_ethnicity_area",
    "population_area",
    "population_ethnicity_area",
)
_SHOWN = ("revised", "added", "withdrawn", "newly missing", "newly given")
_MOST = 12
_PERIODS = tuple(f"{side}_period_{end}" for side in ("old", "new") for end in ("start", "end"))
_WORDS = {"cohort": "cohort {}", "age_band": "ages {}", "sex": "sex {}"}


def moved(area: str) -> Section:
    """Say what each table's release gives otherwise than the one before and that of a year ago.

    Earlier releases are all those at hand, shipped or imported; the later one is that on which the
    report rests.

    >>> moved("Islington").title
    'What moved since the last release'
    """
    found = place(area)
    items = [item for pair in _pairs() for item in _between(found, pair)]
    return Section(_TITLE, _ANCHOR, tuple(items) or (nothing_moved_sentence(found.name),))


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """What differs between two releases of a table, for all areas at once.

    ``differs`` is what `compare_releases` gives, with the figures too that are the same; ``kinds``,
    ``codes`` and ``names`` are columns of it, the last two empty where the table is not ``local``.
    """

    differs: pd.DataFrame
    kinds: Column
    codes: Column
    names: Column
    local: bool
    cautions: tuple[str, ...]
    origins: tuple[Publication, ...]
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """Two releases of a table: what differs, or a sentence on why they cannot be compared."""

    table: str
    title: str
    old: str
    new: str
    found: _Compared | str


@once
def _pairs() -> list[_Pair]:
    """Compare the releases of every table with those before, since every area's report asks."""
    return [
        _pair(table, old)
        for name in _TABLES
        if (table := load(name)).size
        for old in _earlier(name, str(table.attrs["release"]))
    ]


def _pair(table: pd.DataFrame, old: str) -> _Pair:
    name, title, new = (str(table.attrs[part]) for part in ("name", "title", "release"))
    try:
        found: _Compared | str = _compared(name, old, new)
    except InputProblem as problem:
        found = str(problem)
    return _Pair(name, title, old, new, found)


def _compared(name: str, old: str, new: str) -> _Compared:
    frames = [load(name, release) for release in (old, new)]
    differs = compare_releases(name, old, new, unchanged=True)
    cautions = tuple(differs.attrs["cautions"])
    differs.attrs = {}  # copied at every step otherwise
    local = "area_type" in frames[1]
    where = ("area_code", "area_name") if local else ()
    codes, names = [differs[column].to_numpy(object) for column in where] or (_NONE, _NONE)
    # A figure is named by what is left: the columns that tell rows apart.
    less = ("area_code", "area_name", "old_unit", "new_unit", *_PERIODS)
    return _Compared(
        differs=differs.drop(columns=[column for column in less if column in differs]),
        kinds=differs["kind"].to_numpy(object),
        codes=codes,
        names=names,
        local=local,
        cautions=cautions,
        origins=origins(*frames),
        source=cite(*frames),
    )


def _earlier(name: str, current: str) -> Iterator[str]:
    """Name the release before the one in use and, where it is another, that of a year ago."""
    editions = _editions(name)
    names = [edition.name for edition in editions]
    older = [one for one in editions[names.index(current) + 1 :] if _had_appeared(name, one)]
    if not older:
        return
    yield older[0].name
    before = _a_year_before(editions[names.index(current)])
    year_ago = next((one for one in older if age(one)[:2] <= before), None)
    if year_ago is not None and year_ago != older[0]:
        yield year_ago.name


def _editions(name: str) -> list[Edition]:
    """List the releases of a table; the shipped ones where the imported ones cannot be read."""
    try:
        return editions_of(name)
    except InputProblem:  # said where an imported release is asked for
        return shipped_editions(shipped_resource(name))


def _had_appeared(name: str, edition: Edition) -> bool:
    """Tell whether a release has rows on the day as at which the report stands, if there is one."""
    try:
        return stood() is None or len(load(name, edition.name)) > 0
    except InputProblem:  # told when it is compared
        return True


def _a_year_before(edition: Edition) -> tuple[int, ...]:
    year, *months = age(edition)[:2]
    return (year - 1, *months)


def _between(found: Place, pair: _Pair) -> list[Displays]:
    """Tell what differs between two releases of a table for an area, and which findings change."""
    of = pair.found
    if isinstance(of, str):
        return [_not_compared(pair, of)]
    own = (of.codes == found.code) | (of.names == found.name)
    mine = own if of.local else np.ones(len(of.kinds), dtype=bool)
    kinds = of.kinds[mine]
    area, counts = found.name if of.local else "England and Wales", Counter(kinds)
    said = revised_sentence(counts, area=area, table=pair.title, old=pair.old, new=pair.new)
    items: list[Displays] = [traced(said, of.origins)]
    if not counts:
        return items
    try:
        findings = compared_findings(found, pair.table, pair.old, pair.new)
    except InputProblem as problem:
        return [_not_compared(pair, str(problem))]
    items += [
        traced(Sentence(f"{sentence_case(text)}.", kind="caution"), of.origins)
        for text in of.cautions
    ]
    if findings:
        changed = [row for row in findings if row["kind"] != "unchanged"]
        items.append(traced(changed_sentence(changed, compared=len(findings)), of.origins))
    shown = np.flatnonzero(mine)[np.isin(kinds, _SHOWN)]
    if len(shown):
        table = traced(_figures(area, pair, of.differs.take(shown), of.source), of.origins)
        items.append(Folded("The figures in both releases", (table,)))
    return items


def _not_compared(pair: _Pair, why: str) -> Sentence:
    return not_compared_sentence(pair.title, old=pair.old, new=pair.new, why=why)


def _figures(area: str, pair: _Pair, rows: pd.DataFrame, source: str) -> Table:
    """Show the figures that differ, those that moved furthest in proportion first if there are many."""
    most = records(rows)
    note = ""
    if len(most) > _MOST:
        most = sorted(most, key=_less)[:_MOST]
        note = f"The {_MOST} that moved furthest of {len(rows)}."
    shown = pd.DataFrame(
        {
            "figure": [_label(row) for row in most],
            **{name: [row[name] for row in most] for name in ("old", "new", "change", "kind")},
            "old_symbol": [_symbol(row["old_symbol"]) for row in most],
            "new_symbol": [_symbol(row["new_symbol"]) for row in most],
            "change_symbol": "z",
        }
    )
    return Table(
        shown,
        caption=f"{pair.title}: {area} in two releases",
        columns={
            "figure": "Figure",
            "old": f"Release {pair.old}",
            "new": f"Release {pair.new}",
            "change": "Difference",
            "kind": "What it is",
        },
        formats={"change": _signed},
        note=note,
        source=source,
    )


def _less(row: Row) -> float:
    """Order by how far a figure moved in proportion, those last of which that cannot be said."""
    moved_by = abs(row["percent_change"])
    return math.inf if math.isnan(moved_by) else -moved_by


def _symbol(of_figure: object) -> str:
    return of_figure if isinstance(of_figure, str) else "z"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{numbers.decimal(value)}"


def _label(row: Row) -> str:
    """Name a figure by what tells it apart in its table."""
    ends = {"old", "new", "change", "percent_change", "kind"}
    told = [
        f"to {dates.month_year(value)}"
        if isinstance(value, pd.Timestamp)
        else _WORDS.get(name, "{}").format(value)
        for name, value in row.items()
        if name not in ends and not name.startswith(("old_", "new_")) and pd.notna(value)
    ]
    return sentence_case(", ".join(told))
