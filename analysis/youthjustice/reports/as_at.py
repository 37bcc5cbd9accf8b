"""A report as it stood at the end of a quarter: which day that is, and what there was not yet."""

from __future__ import annotations

import calendar
import re
from datetime import date

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation.words.as_at import not_yet_sentence
from youthjustice.published import load, place, using
from youthjustice.published.as_it_stood import stood
from youthjustice.reports.section import Section
from youthjustice.reports.sections.national_figures import stages_at_hand
from youthjustice.reports.sections.sources import USED

_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_ENTRANTS = ("first_time_entrants_area", "population_area")

RESTS_ON: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "first_time_entrants": ("First-time entrants", "first-time-entrants", _ENTRANTS),
    "reoffending": (
        "Reoffending", "reoffending",
        ("reoffending_area", "reoffending_national", "reoffending_national_breakdowns"),
    ),
    "children": ("The children of the area", "children", ("population_ethnicity_area",)),
    "local_disposals": (
        "Ethnic disparity in disposals, 2012/13", "disposals",
        ("disposals_area_2012_13", "population_ethnicity_area", "population_area"),
    ),
    "linked": (
        "Ethnic disparity in the linked school cohort", "linked-cohort",
        ("linked_cohort_ethnicity_area",),
    ),
    "national": (
        "Ethnic disparity in England and Wales, stage by stage", "stages",
        ("children_by_stage_national",),
    ),
    "standing": ("Where the area stands among English authorities", "standing", _ENTRANTS),
}  # fmt: skip
"""By the name of a section function: its heading, its anchor, and what it cannot be drawn without."""


def day_of(when: str | date) -> date:
    """Give the last day of a quarter (`2023-Q4`), of a month (`2023-12`), or the date itself.

    Quarters are of the calendar year. Raises InputProblem for anything else, and for a day to come.

    >>> day_of("2023-Q4"), day_of("2024-02"), day_of("2024-03-15")
    (datetime.date(2023, 12, 31), datetime.date(2024, 2, 29), datetime.date(2024, 3, 15))
    >>> day_of("2023")
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: '2023' is no quarter, month or day: write 2023-Q4, 2023-12 or \
2023-12-31.
    """
    given = str(when).strip()
    day = _read(given)
    if day is None:
        raise InputProblem(
            f"{given[:40]!r} is no quarter, month or day: write 2023-Q4, 2023-12 or 2023-12-31."
        )
    if day > date.today():
        raise InputProblem(
            f"{given!r} ends on {day.isoformat()}, which is still to come: name a day that is past."
        )
    return day


def checked(when: str | date) -> date:
    """Give the day of `day_of`, if anything that a report rests on had been published by then.

    Raises InputProblem otherwise.
    """
    day = day_of(when)
    names = {name for *_, tables in RESTS_ON.values() for name in tables}
    with using({}, as_at=day):
        if all(load(name).empty for name in names):
            raise InputProblem(
                f"Nothing that a report rests on had been published by {day.isoformat()}: name a "
                "later quarter."
            )
    return day


def not_yet(section: str, area: str) -> Section | None:
    """Give what stands for a section whose tables had no release yet; None where they had."""
    place(area)
    title, anchor, tables = RESTS_ON.get(section, ("", "", ()))
    lacking = [table.attrs["title"] for table in map(load, tables) if _lacks(table)]
    day = stood()
    if not lacking or day is None:
        return None
    return Section(title, anchor, (not_yet_sentence(lacking, day),))


def undated() -> list[str]:
    """List the titles of tables that a report as at a day uses, and that say no day of publication.

    They count from the end of the newest period in them, or of the month that names their release.
    """
    tables = [load(name) for name in USED]
    return [
        str(table.attrs["title"])
        for table in tables
        if len(table)
        and "publication_date" not in table
        and any(not source["release_date"] for source in table.attrs["sources"])
    ]


def _lacks(table: pd.DataFrame) -> bool:
    """Tell whether a table had no figures yet, or too few to draw its section."""
    if table.attrs["name"] == "children_by_stage_national":
        return not stages_at_hand()
    return table.empty


def _read(text: str) -> date | None:
    """Read a quarter, a month or a day; None for anything else."""
    try:
        if found := _QUARTER.fullmatch(text):
            return _last(int(found[1]), 3 * int(found[2]))
        if found := _MONTH.fullmatch(text):
            return _last(int(found[1]), int(found[2]))
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError
    return date(year, month, calendar.monthrange(year, month)[1])
