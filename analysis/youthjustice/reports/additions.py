"""Put what a service adds, its targets and its commentary, into the sections of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from youthjustice.presentation import Chart
from youthjustice.reports.cells import Shown
from youthjustice.reports.commentary import (
    FIRST,
    Commentary,
    commentary_file,
    placed,
    read_commentary,
)
from youthjustice.reports.section import Displays, Section, place_for_more
from youthjustice.reports.target_rows import FILE, Target, targets_of
from youthjustice.reports.targets import marked, target_sentences


def files_of(folder: Path, area: str) -> tuple[Path, Path]:
    """Name the files that a service may add to an area's report; neither need be there."""
    return commentary_file(folder, area), folder / FILE


def with_additions(shown: Sequence[Shown], folder: Path, area: str) -> list[Shown]:
    """Add an area's targets and commentary to the sections that they belong to.

    Raises InputProblem for a file that cannot be read and for a heading that is no section.
    """
    written, listed = files_of(folder, area)
    sections = [one.thing for one in shown if isinstance(one.thing, Section)]
    added: dict[str, list[Displays]] = {}
    anchors = [one.anchor for one in sections]
    targets = targets_of(area, listed)  # without any, the area need not be one that we know
    for anchor, sentences in (target_sentences(area, targets) if targets else {}).items():
        # Where a notebook leaves the section out, its target is told on the first screen.
        added.setdefault(anchor if anchor in anchors else FIRST, []).extend(sentences)
    parts = read_commentary(written)
    for anchor, texts in (placed(parts, sections, written) if parts else {}).items():
        added.setdefault(anchor, []).append(Commentary("\n\n".join(texts)))
    return [_marked(_added(one, added), targets) for one in shown]


def _added(one: Shown, added: Mapping[str, Sequence[Displays]]) -> Shown:
    """Add to what was shown without drawing it again."""
    if not isinstance(one.thing, Section) or one.thing.anchor not in added:
        return one
    things, place = added[one.thing.anchor], place_for_more(one.thing.anchor)
    inside = "\n".join(thing._repr_html_() for thing in things)
    content = one.content.replace(place, f"{inside}\n{place}", 1)
    return replace(one, content=content, thing=one.thing.with_more(things))


def _marked(one: Shown, targets: list[Target]) -> Shown:
    """Draw again the charts in which a target is marked."""
    if not isinstance(one.thing, Section) or not targets:
        return one
    content, items = one.content, list(one.thing.items)
    for at, item in enumerate(items):
        if isinstance(item, Chart) and (drawn := marked(item, targets)) is not item:
            items[at] = drawn
            content = content.replace(item._repr_html_(), drawn._repr_html_(), 1)
    return replace(one, content=content, thing=replace(one.thing, items=tuple(items)))
