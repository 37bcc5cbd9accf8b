"""Targets that a service has set itself, from `targets.csv`, each beside the latest figure."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from youthjustice.errors import InputProblem
from youthjustice.presentation import Sentence, dates, numbers
from youthjustice.presentation.words.targets import target_sentence
from youthjustice.published import Place, place
from youthjustice.reports.sections.common import origins, traced
from youthjustice.reports.sections.entrants_figures import entrants
from youthjustice.reports.sections.reoffending_figures import local_rates

FILE = "targets.csv"
_NEEDED = ("area", "measure", "value", "by")
_MONTHS = {name.casefold(): number for number, name in enumerate(dates.MONTHS, start=1)}


@dataclass(frozen=True, slots=True)
class Target:
    """One row: the measure's key, the value to reach, by when, and the service's own note."""

    measure: str
    value: float
    by: date
    note: str = ""


def targets_of(area: str, path: Path) -> list[Target]:
    """Read an area's targets; none where there is no file.

    Columns: area, measure, value, by (such as 2027-03-31, 31/03/2027 or March 2027) and, if wanted,
    note. Raises InputProblem that names file, row and column for what cannot be read; of rows about
    other areas only the area is looked at.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, csv.Error, OSError):
        raise InputProblem(f"{path} cannot be read; save it as CSV in UTF-8.") from None
    found = place(area)
    return [_target(row, where) for row, where in _rows(rows, path) if _about(row, where) == found]


def target_sentences(area: str, targets: list[Target]) -> dict[str, list[Sentence]]:
    """Write each target beside the latest figure, by the anchor of the section it belongs to."""
    found, said = place(area), dict[str, list[Sentence]]()
    for target in targets:
        anchor, sentence = _MEASURES[target.measure]
        said.setdefault(anchor, []).append(sentence(found, target))
    return said


def _rows(rows: list[list[str]], path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Give each row by its column names, and where it stands; empty rows are left out."""
    head = [_name(cell) for cell in rows[0]] if rows else []
    for column in _NEEDED:
        if column not in head:
            raise InputProblem(
                f"{path}, row 1: there is no column {column!r}; the columns are area, measure, value, "
                "by and, if wanted, note."
            )
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = [*map(str.strip, row), *[""] * (len(head) - len(row))]
            yield dict(zip(head, cells, strict=False)), f"{path}, row {number}"


def _name(cell: str) -> str:
    plain = re.sub(r"[\s_]+", " ", cell).strip().casefold()
    return "by" if plain == "by date" else plain


def _about(row: dict[str, str], where: str) -> Place:
    try:
        return place(row["area"])
    except InputProblem as problem:
        raise InputProblem(f"{where}, column area: {problem}") from None


def _target(row: dict[str, str], where: str) -> Target:
    key = re.sub(r"[\s_-]+", " ", row["measure"]).casefold()
    measure = _KNOWN.get(key)
    if measure is None:
        raise InputProblem(
            f"{where}, column measure: {row['measure'][:40]!r} is no measure of this report; use one of "
            f"{', '.join(_MEASURES)}."
        )
    number = row["value"].removesuffix("%").replace(",", "").strip()
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", number):
        raise InputProblem(
            f"{where}, column value: {row['value'][:40]!r} is no number of 0 or more; write such as 150."
        )
    if measure == "reoffending" and float(number) > 100:
        raise InputProblem(
            f"{where}, column value: {row['value'][:40]} is above 100 per cent; write such as 30."
        )
    return Target(
        measure, float(number), _day(row["by"], f"{where}, column by"), row.get("note", "")
    )


def _day(text: str, where: str) -> date:
    """Read a date as people and spreadsheets write it here; of a month, its first day."""
    month = re.fullmatch(r"([A-Za-z]+)\s+(\d{4})", text)
    if month and month[1].casefold() in _MONTHS:
        return date(int(month[2]), _MONTHS[month[1].casefold()], 1)
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise InputProblem(
        f"{where}: {text[:40]!r} is no date; write such as 2027-03-31 or March 2027."
    )


def _entrants(found: Place, target: Target) -> Sentence:
    figures = entrants(found.name) if found.country == "England" else None
    last = None if figures is None else figures.area.dropna(subset=["value"]).iloc[-1]
    said = target_sentence(
        last,
        measure="first-time entrants",
        target=target.value,
        by=target.by,
        unit="per 100,000",
        period=""
        if last is None
        else f"{dates.year_ending(last['period_end'])}, interval inferred",
        note=target.note,
    )
    if figures is None:
        return said
    return traced(said, figures.origins, "implied_count", "rate_limits")


def _reoffending(found: Place, target: Target) -> Sentence:
    rates = local_rates(found.code)
    known = rates[rates["age_band"] == "15-17"].dropna(subset=["value"])
    last = None if known.empty else known.iloc[-1]
    said = target_sentence(
        last,
        measure="reoffending at ages 15 to 17",
        target=target.value,
        by=target.by,
        period="" if last is None else f"cohort labelled {last['cohort']}, interval inferred",
        form=partial(numbers.percent, scale=1),
        counted=""
        if last is None
        else f"{numbers.count(last['numerator'])} of "
        f"{numbers.count(last['denominator'])} at the smallest cohort that fits",
        note=target.note,
    )
    if last is None:
        return said
    return traced(said, origins("reoffending_area"), "smallest_cohort", "share_limits")


_MEASURES: dict[str, tuple[str, Callable[[Place, Target], Any]]] = {
    "first-time entrants": ("first-time-entrants", _entrants),
    "reoffending": ("reoffending", _reoffending),
}
_KNOWN = {
    "first time entrants": "first-time entrants",
    "first time entrant rate": "first-time entrants",
    "reoffending": "reoffending",
    "reoffending rate": "reoffending",
}
