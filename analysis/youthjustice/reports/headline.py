"""The headline figures of one report, read from what the report itself shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from youthjustice.presentation.words.headlines import (
    NO_FIGURE,
    NO_INSPECTION,
    rate_of_year,
    share_of_cohort,
)
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.content import Content, walk

Headline = tuple[str, list[str]]
"""What is told, and what is said of it, line by line."""

_INSPECTED = re.compile(r"Inspectors rated .+?\(report of \w+ \d{4}\)(?: \([^)]*\))?")
_RATES = ("period_end", "value", "lower", "upper", "numerator")
_COHORTS = ("cohort", "age_band", "value", "lower", "upper", "smallest")


def headline(content: Content) -> list[Headline]:
    """Give the headline figures of a report, each with its interval; what is missing says so."""
    entrants = list(_entrants(content)) or [NO_FIGURE]
    reoffending = list(_reoffending(content)) or [NO_FIGURE]
    return [
        ("First-time entrants per 100,000 children aged 10 to 17", entrants),
        ("Children reoffending, ages 15 to 17", reoffending),
        ("Inspection", list(_inspection(content)) or [NO_INSPECTION]),
    ]


def _entrants(content: Content) -> Iterator[str]:
    """Say the rate of the first year that has one, and of the last year."""
    rows = _rows(content, "first-time-entrants", _RATES)
    known = [row for row in rows if pd.notna(row["value"])]
    if not known:
        return
    ends = {row["period_end"]: row for row in (rows[-1], known[0])}
    for row in sorted(ends.values(), key=lambda row: row is not known[0]):
        yield rate_of_year(row["period_end"], row["value"], row["lower"], row["upper"])


def _reoffending(content: Content) -> Iterator[str]:
    """Say the newest printed rate, with the fewest children that it can stand for."""
    rows = _rows(content, "reoffending", _COHORTS)
    known = [row for row in rows if row["age_band"] == "15-17" and pd.notna(row["value"])]
    for row in sorted(known, key=lambda row: row["cohort"])[-1:]:
        smallest = row["smallest"] if isinstance(row["smallest"], str) else "not known"
        yield share_of_cohort(row["cohort"], row["value"], row["lower"], row["upper"], smallest)


def _inspection(content: Content) -> Iterator[str]:
    """Repeat the sentence on the newest inspection."""
    texts = (getattr(thing, "text", "") for thing in _things(content, "inspection", "findings"))
    found = (_INSPECTED.search(text) for text in texts)
    yield from [match[0] for match in found if match][:1]


def _rows(content: Content, anchor: str, columns: Sequence[str]) -> list[Row]:
    """Give the first table of a section that has the columns; no rows if there is none."""
    for thing in _things(content, anchor):
        frame = getattr(thing, "frame", None)
        if isinstance(frame, pd.DataFrame) and set(columns) <= set(frame):
            return records(frame[list(columns)])
    return []


def _things(content: Content, *anchors: str) -> Iterator[Any]:
    """Give all that stands in the sections of these anchors."""
    for section in content.sections():
        if section.anchor in anchors:
            yield from walk(section)
