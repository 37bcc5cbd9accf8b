"""What moved since the last release and since that of a year ago: revisions, and findings changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import Sentence, Table, dates, numbers, sentence_case
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
from youthjustice.reports.once import once
from youthjustice.reports.revisions import changed_findings
from youthjustice.reports.section import Displays, Folded, Section
from youthjustice.reports.sections.common import cite, origins, traced

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
_WORDS = {"cohort": "cohort {}", "age_band": "ages {}", "sex": "sex {}"}


def moved(area: str) -> Section:
    """Say what each table's release gives otherwise than the one before and that of a year ago.

    Earlier releases are all those at hand, shipped or imported; the later one is that on which the
    report rests.
    """
    found = place(area)
    items = [
        item
        for name in _TABLES
        if (table := load(name)).size
        for old in _earlier(name, str(table.attrs["release"]))
        for item in _between(found, table, old)
    ]
    return Section(_TITLE, _ANCHOR, tuple(items) or (nothing_moved_sentence(found.name),))


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


def _between(found: Place, table: pd.DataFrame, old: str) -> list[Displays]:
    """Tell what differs between two releases of a table for an area, and which findings change."""
    name, title, new = (str(table.attrs[part]) for part in ("name", "title", "release"))
    try:
        frames = [load(name, release) for release in (old, new)]
        differs = _compared(name, old, new)
        changes = changed_findings(found.name, name, old, new)
    except InputProblem as problem:
        return [not_compared_sentence(title, old=old, new=new, why=str(problem))]
    listed = origins(*frames)
    area = found.name if "area_type" in table else "England and Wales"
    cautions = differs.attrs["cautions"]
    if "area_type" in table:
        mine = (differs["area_code"] == found.code) | (differs["area_name"] == found.name)
        differs = differs[mine]
        differs.attrs = {}  # copied at every step otherwise
    counts = {str(kind): int(times) for kind, times in differs["kind"].value_counts().items()}
    said = revised_sentence(counts, area=area, table=title, old=old, new=new)
    items: list[Displays] = [traced(said, listed)]
    if not sum(counts.values()):
        return items
    items += [
        traced(Sentence(f"{sentence_case(text)}.", kind="caution"), listed) for text in cautions
    ]
    if changes.attrs["findings"]:
        told = changed_sentence(changes.to_dict("records"), compared=changes.attrs["findings"])
        items.append(traced(told, listed))
    rows = differs[differs["kind"].isin(_SHOWN)]
    if len(rows):
        shown = traced(_figures(area, title, rows, frames), listed)
        items.append(Folded("The figures in both releases", (shown,)))
    return items


@once
def _compared(name: str, old: str, new: str) -> pd.DataFrame:
    """Compare two releases for all areas at once, since every area's report asks."""
    return compare_releases(name, old, new, unchanged=True)


def _figures(area: str, title: str, rows: pd.DataFrame, frames: Sequence[pd.DataFrame]) -> Table:
    """Show the figures that differ, those that moved furthest in proportion first if there are many."""
    ordered = rows["percent_change"].abs().sort_values(ascending=False, kind="stable").index
    most = rows if len(rows) <= _MOST else rows.loc[ordered[:_MOST]]
    old, new = (frame.attrs["release"] for frame in frames)
    labels = [_label(row) for row in most.to_dict("records")]
    shown = most[["old", "new", "change", "kind"]].assign(
        figure=labels,
        old_symbol=most["old_symbol"].fillna("z"),
        new_symbol=most["new_symbol"].fillna("z"),
        change_symbol="z",
    )
    note = f"The {_MOST} that moved furthest of {len(rows)}." if len(rows) > _MOST else ""
    return Table(
        shown,
        caption=f"{title}: {area} in two releases",
        columns={
            "figure": "Figure",
            "old": f"Release {old}",
            "new": f"Release {new}",
            "change": "Difference",
            "kind": "What it is",
        },
        formats={"change": _signed},
        note=note,
        source=cite(*frames),
    )


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{numbers.decimal(value)}"


def _label(row: dict[Any, Any]) -> str:
    """Name a figure by what tells it apart in its table."""
    ends = {"area_code", "area_name", "old", "new", "change", "percent_change", "kind"}
    told = [
        f"to {dates.month_year(value)}"
        if isinstance(value, pd.Timestamp)
        else _WORDS.get(name, "{}").format(value)
        for name, value in row.items()
        if name not in ends and not str(name).startswith(("old_", "new_")) and pd.notna(value)
    ]
    return sentence_case(", ".join(told))
