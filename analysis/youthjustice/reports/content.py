"""What a report holds, whatever it is written as: HTML, PDF, Word, a workbook or figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from youthjustice.reports.cells import Shown
from youthjustice.reports.section import Section


@dataclass(frozen=True, slots=True)
class Content:
    """One area's report: its title, one sentence on it, and all that the notebook showed, in order.

    ``internal`` says that it may hold what is not for publication, and then carries a watermark.
    """

    area: str
    title: str
    description: str
    shown: tuple[Shown, ...]
    internal: bool = False

    @property
    def watermark(self) -> str:
        """Give the words that the whole report must carry, if a part of it carries any."""
        parts = (part for one in self.shown for part in walk(one.thing))
        marks = (part.watermark for part in parts if isinstance(part, Section))
        return next(filter(None, marks), "")

    def sections(self) -> Iterator[Section]:
        """Give the sections in order."""
        yield from (one.thing for one in self.shown if isinstance(one.thing, Section))


def walk(thing: Any) -> Iterator[Any]:
    """Give a thing and all that stands in it, in reading order, folded parts included."""
    yield thing
    items = getattr(thing, "items", ())
    # A frame that an analyst's cell shows has a method of this name.
    for item in items if isinstance(items, tuple) else ():
        yield from walk(item)
