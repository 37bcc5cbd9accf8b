"""What a report holds, whatever it is written as: HTML, PDF, Word, a workbook or figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from youthjustice.disclosure import INTERNAL, Released
from youthjustice.reports.cells import Shown
from youthjustice.reports.section import Section

_MARK = str(INTERNAL.watermark)


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
        for one in self.shown:
            for part in walk(one.thing):
                mark = part.watermark if isinstance(part, Section) else None
                mark = part.policy.watermark if isinstance(part, Released) else mark
                if mark:
                    return mark
            if _MARK in one.content:  # a table or a chart that stands in no section
                return _MARK
        return ""

    @property
    def released(self) -> tuple[Released, ...]:
        """Give each table on records once."""
        found: list[Released] = []
        for one in self.shown:
            for part in walk(one.thing):
                found += part.released if isinstance(part, Section) else ()
                found += [part] if isinstance(part, Released) else ()
        return tuple(dict.fromkeys(found))

    @property
    def nested(self) -> dict[str, dict[str, list[str]]]:
        """Say for the dimensions of those tables which values are made up of which others."""
        found: dict[str, dict[str, list[str]]] = {}
        for section in self.sections():
            for name, values in section.nested.items():
                parts = {value: list(of) for value, of in values.items()}
                found[name] = found.get(name, {}) | parts
        return found

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
