"""Targets that services have set themselves, read row by row from `targets.csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from youthjustice._months import MONTHS
from youthjustice.errors import InputProblem
from youthjustice.published import Place, place
from youthjustice.reports.comparators import authority

FILE = "targets.csv"
_NEEDED = ("area", "measure", "value", "by")
_KNOWN = {
    "first time entrants": "first-time entrants",
    "first time entrant rate": "first-time entrants",
    "reoffending": "reoffending",
    "reoffending rate": "reoffending",
}
MEASURES = tuple(dict.fromkeys(_KNOWN.values()))
_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}


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
    other areas none is refused here (see `unused_rows`).
    """
    rows = list(_rows(path))
    found = place(area) if rows else None
    return [_target(row, where) for row, where in rows if _place(row) == found]


def unused_rows(path: Path, areas: Collection[str]) -> list[str]:
    """Say what is wrong with rows that are about none of these areas, a sentence for each.

    Nobody's report would tell: a row with a misspelt area belongs to none. What is wrong with a row
    about one of ``areas`` its own report says. Raises InputProblem for a file that cannot be read.
    """
    said = []
    for row, where in _rows(path):
        try:
            if _about(row, where).name not in areas:
                _target(row, where)
        except InputProblem as problem:
            said.append(str(problem))
    return said


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Give each row by its column names, and where it stands; empty rows are left out."""
    rows = _read(path)
    if rows is None:
        return
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


def _read(path: Path) -> list[list[str]] | None:
    """Read the cells of a file; None where there is no file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    except FileNotFoundError:
        return None
    except PermissionError:
        raise InputProblem(
            f"You may not read {path}; ask for the right to, or name another folder with --commentary."
        ) from None
    except (UnicodeDecodeError, csv.Error, OSError):
        raise InputProblem(f"{path} cannot be read; save it as CSV in UTF-8.") from None


def _name(cell: str) -> str:
    plain = re.sub(r"[\s_]+", " ", cell).strip().casefold()
    return "by" if plain == "by date" else plain


def _place(row: dict[str, str]) -> Place | None:
    """Find the area of a row, if it is one that we know."""
    try:
        return place(row["area"])
    except InputProblem:
        return None


def _about(row: dict[str, str], where: str) -> Place:
    """Find the authority of a row, or say where it is not one that we know."""
    try:
        return authority(row["area"])
    except InputProblem as problem:
        raise InputProblem(f"{where}, column area: {problem}") from None


def _target(row: dict[str, str], where: str) -> Target:
    key = re.sub(r"[\s_-]+", " ", row["measure"]).casefold()
    measure = _KNOWN.get(key)
    if measure is None:
        raise InputProblem(
            f"{where}, column measure: {row['measure'][:40]!r} is no measure of this report; use one of "
            f"{', '.join(MEASURES)}."
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
