"""Read a service's own extract into the two tables of the schema."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.converting import Converted, convert
from youthjustice.records.extract import Extract
from youthjustice.records.finding import NEEDED, Found, find_table, lettered
from youthjustice.records.in_cells import keep_children_out_of_cells
from youthjustice.records.indicator_rows import FILE as INDICATORS
from youthjustice.records.last_day import last_day
from youthjustice.records.linking import linked
from youthjustice.records.mapping import Mapping, TableMapping, columns_of, read_mapping
from youthjustice.records.opened import opened, place_of
from youthjustice.records.schema import TABLES

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet")
MOST_FILES = 200
NEITHER = "holds neither table: it was not read"
ABSENT = {
    "sex": "every child's sex is taken as unknown",
    "ethnic_group": "every child's ethnic group is taken as Unknown",
    "service": "no service is known",
    "offence_code": "breaches are told by is_breach alone, and offences of one day by their outcomes",
    "offence_seq": "two offences alike on one day count as one where they have no other difference",
    "release_date": "no custodial sentence can be a start, for it starts with the release",
    "is_breach": "breaches are told by the offence code alone",
}
"""What follows where a column that is not needed is missing."""


def read_extract(
    children: str | Path,
    offences: str | Path | None = None,
    mapping: str | Path | Mapping | None = None,
    extract_date: str | dt.date | None = None,
) -> Extract:
    r"""Read a service's extract of children and offences, and say which rows were refused and why.

    Files are CSV (commas, semicolons or tabs; UTF-8, UTF-16 or Windows, also mixed), spreadsheets or
    parquet, and are read in a process of their own. Columns are found by their headings, codes by
    their usual spellings, and by the mapping. Dates are read day first, as ISO, as a spreadsheet's
    number or with a month's name; a year of two digits is refused. Refused are, besides: a copy of a
    child, and a child described in two ways; an offence of no child or before its birth; an outcome
    before its offence, a release before its outcome; text that is like a formula, and a NUL.

    Args:
        children: the file of children; or a folder of files, or one file, that holds both tables. A
            table with a row for each offence that repeats the child's columns holds both.
        offences: the file of offences.
        mapping: what `read_mapping` reads, or has read.
        extract_date: the day of the extract, or today. Rows with a later birth, offence or outcome
            are refused; a later release is only planned.

    Raises:
        InputProblem: a path is empty, a file cannot be read, or a table or a column that is needed is
            not found.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "children.csv").write_text(
        ...         "Child ID,DOB,Gender,Ethnicity\nDUMMY-1,31/05/2008,F,W1\nDUMMY-2,13/31/2008,M,B1")
        ...     _ = Path(folder, "offences.csv").write_text(
        ...         "Child ID,Offence date,Outcome,Outcome date\nDUMMY-1,3/1/2023,YC,1/2/2023")
        ...     extract = read_extract(folder)
        >>> extract
        Extract(1 of 2 rows of children; 1 of 1 rows of offences)
        >>> extract.refused[["file", "row", "column"]].to_numpy().tolist()
        [['children.csv', 3, 'date_of_birth']]
        >>> extract.refused["reason"].item()
        'is not a date with the day before the month, such as 31/03/2021 or 2021-03-31'

    """
    keep_children_out_of_cells()
    said = mapping if isinstance(mapping, Mapping) else Mapping()
    if mapping is not None and not isinstance(mapping, Mapping):
        said = read_mapping(mapping)
    if offences is None:
        _check_letters(said)
    files = _files(
        place_of("children", children, "the file or folder of the extract"),
        None if offences is None else place_of("offences", offences, "the file of offences"),
    )
    unread: list[str] = []
    parts: list[tuple[Found, str, Converted]] = []
    notes: list[str] = []
    for path, tables in files:
        try:
            read, more = _read(path, tables, said)
        except InputProblem as problem:
            if len(files) == 1 or offences is not None:
                raise
            unread.append(str(problem))
            continue
        parts += read
        notes += more
        if not read:
            unread.append(f"{shown(path.name)} {NEITHER}")
    _check_found(parts, unread, said)
    both = {table: [one for one in parts if one[0].table == table] for table in TABLES}
    whole = {table: _whole([part for _, _, part in both[table]]) for table in TABLES}
    flat = {id(f.grid) for f, _, _ in both["children"]} & {
        id(f.grid) for f, _, _ in both["offences"]
    }
    last = last_day(extract_date)
    kept, refused, rows, care = linked(whole["children"], whole["offences"], bool(flat), last)
    return Extract(
        children=kept["children"],
        offences=kept["offences"],
        refused=refused,
        columns=_taken(parts, said),
        rows=rows,
        notes=tuple(dict.fromkeys([*care, *notes, *_absent(both, said)])),
        unread=tuple(unread),
    )


def _check_letters(mapping: Mapping) -> None:
    """Refuse a table that is known by the letters of its columns alone: every sheet has those."""
    for table in TABLES:
        said: TableMapping = getattr(mapping, table)
        if lettered(said.columns.get("child_id")) and not (said.file or said.sheet):
            raise InputProblem(
                f"the key {table}.columns.child_id names a place, which every sheet has: name the file "
                f"by the key {table}.file, or the sheet by {table}.sheet"
            )


def _files(children: Path, offences: Path | None) -> list[tuple[Path, tuple[str, ...]]]:
    """List the files to read and the tables to look for in each."""
    if offences is not None:
        return [(children, ("children",)), (offences, ("offences",))]
    if not children.is_dir():
        return [(children, tuple(TABLES))]
    inside = sorted(one for one in children.iterdir() if not one.name.startswith((".", "~")))
    inside = [one for one in inside if one.name != INDICATORS]  # read by `read_indicators`
    files = [one for one in inside if one.suffix.lower() in ENDINGS and one.is_file()]
    if not files:
        raise InputProblem(
            f"{shown(children.name)} holds no file of an extract: put CSV, spreadsheet or parquet "
            "files in it"
        )
    if len(files) > MOST_FILES:
        raise InputProblem(
            f"{shown(children.name)} holds {len(files):,} files, and {MOST_FILES} is the most that "
            "is read: put the files of one extract in a folder of their own"
        )
    return [(one, tuple(TABLES)) for one in files]


def _read(
    path: Path, tables: tuple[str, ...], mapping: Mapping
) -> tuple[list[tuple[Found, str, Converted]], list[str]]:
    """Read the tables that a file holds."""
    book = opened(path)
    parts = []
    notes = [f"{shown(book.file)}: {note}" for note in book.notes]
    for grid in book.grids:
        where = f"{shown(book.file)}{f', sheet {shown(grid.sheet)}' if grid.sheet else ''}"
        for table in tables:
            said = getattr(mapping, table)
            if said.file and said.file.casefold() != book.file.casefold():
                continue
            try:
                found = find_table(grid, table, said)
            except InputProblem as problem:
                raise InputProblem(f"{where}: {problem}") from None
            if found is not None:
                part = convert(found, book.file, said)
                parts.append((found, book.file, part))
                notes += [f"{where}: {one}" for one in part.odd]
    for found in {id(one.grid): one for one, _, _ in parts}.values():
        taken = {
            place for one, _, _ in parts if one.grid is found.grid for place in one.places.values()
        }
        where = (
            f"{shown(book.file)}{f', sheet {shown(found.grid.sheet)}' if found.grid.sheet else ''}"
        )
        notes += [
            f"{where}, row {found.header + 1}: column {found.heading(place)} is none that we know, "
            "and was not read"
            for place in found.unread
            if place not in taken
        ]
    return parts, notes


def _check_found(
    parts: list[tuple[Found, str, Converted]], unread: list[str], mapping: Mapping
) -> None:
    for table in TABLES:
        if any(found.table == table for found, _, _ in parts):
            continue
        if damaged := [one for one in unread if not one.endswith(NEITHER)]:
            raise InputProblem(damaged[0])
        named = getattr(mapping, table).columns
        heads = [shown(named[name]) if name in named else name for name in NEEDED[table]]
        what = "correct" if named else "name the columns in"
        raise InputProblem(
            f"no table of {table} was found: none of the first rows of a sheet is headed with "
            f"{' and '.join(heads)}; {what} a mapping under [{table}.columns]"
        )


def _whole(parts: list[Converted]) -> Converted:
    """Put the parts of one table below each other, and give every column that one of them has."""
    before = np.cumsum([0, *(len(part.frame) for part in parts)])
    refused = [part.refused.set_axis(part.refused.index + n)
               for part, n in zip(parts, before, strict=False)]  # fmt: skip
    frame = pd.concat([part.frame for part in parts], ignore_index=True)
    origin = pd.concat([part.origin for part in parts], ignore_index=True)
    return Converted(frame, origin, pd.concat(refused), ())


def _taken(parts: list[tuple[Found, str, Converted]], mapping: Mapping) -> pd.DataFrame:
    """Say what each column of the schema was taken from."""
    rows = []
    for found, file, _ in parts:
        constants = getattr(mapping, found.table).constants
        for name in columns_of(found.table):
            place = found.heading(found.places[name]) if name in found.places else ""
            rows.append(
                (
                    found.table,
                    name,
                    file,
                    found.grid.sheet,
                    "the mapping" if name in constants else place,
                )
            )
    return pd.DataFrame(rows, columns=["table", "column", "file", "sheet", "place"])


def _absent(both: dict[str, list[tuple[Found, str, Converted]]], mapping: Mapping) -> list[str]:
    """Say what follows from the columns that no file has."""
    said = []
    for table, parts in both.items():
        for name in TABLES[table]:
            given = name in getattr(mapping, table).constants
            lacking = [file for found, file, _ in parts if name not in found.places]
            if name in ABSENT and lacking and not given:
                some = "" if len(lacking) == len(parts) else f" in {shown(lacking[0])}"
                said.append(f"no column for {name}{some}: {ABSENT[name]}")
    return said
