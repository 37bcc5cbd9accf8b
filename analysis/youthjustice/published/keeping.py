"""Keep an imported file: one CSV for each table and release, never over another release."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._files import write_whole
from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.editions import editions_of, shipped_resource
from youthjustice.published.imported_folder import (
    describe,
    entries,
    file_of,
    local_folder,
    locked,
    written,
)
from youthjustice.published.keepable import edition_of, failed_checks, may_be_kept, reason_of
from youthjustice.published.kept_tables import digest, schema_of, to_bytes

KEPT, ALREADY, MENDED = "kept", "already kept", "mended"
_COLUMN_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


def keep(
    frame: pd.DataFrame, release: str | None = None, accept: str | None = None
) -> pd.DataFrame:
    r"""Keep what `read_workbook` read from a file, so that `load` finds it as a release.

    Each table of the file becomes one CSV file in the folder of imported releases (see
    `local_folder`), described in its `datapackage.json` with the file's sha256, the day, the
    publication, the layout, and the checks that failed with the reason to accept them. All tables
    of a file are kept, or none. A release that is there is never written over.

    Args:
        frame: rows as `read_workbook` gives them, whole or some of its tables.
        release: the edition of the publication, such as `2026-04`; where the file says its own, that
            is taken unless another is named here.
        accept: why figures that failed a check are kept all the same.

    Returns:
        One row for each table: `table`, `release`, `rows`, `state` (`kept`; `already kept` from
        the same file; `mended`, where the kept file had been lost or changed) and `path`.

    Raises:
        InputProblem: a check failed and no reason is given; the release is not named, is shipped,
            or was kept from another file; or the folder cannot be written. Nothing is kept then.

    Examples:
        >>> import tempfile
        >>> from pathlib import Path
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "offers.csv").write_text("Borough,2024/25\nIslington,19\nCamden,*\n")
        >>> _ = (folder / "offers.toml").write_text('''
        ... table = "offers_area"
        ... areas = "authorities"
        ... source = { title = "Children offered diversion", publisher = "North London" }
        ... columns = { area = "Borough" }
        ... [[figures]]
        ... columns = ["2024/25"]
        ... headings = "period"
        ... measure = "children offered diversion"
        ... unit = "children"
        ... ''')
        >>> from unittest.mock import patch
        >>> from youthjustice.published import read_workbook
        >>> rows = read_workbook(folder / "offers.csv", mapping=folder / "offers.toml")
        >>> with patch.dict("os.environ", YOUTHJUSTICE_DATA=str(folder)):
        ...     keep(rows, release="2025-07")[["table", "release", "rows", "state"]]
                 table  release  rows state
        0  offers_area  2025-07     2  kept

    """
    lacking = {"table", "release", "source", "sheet", "cell"} - set(frame.columns)
    if lacking or not {"source", "layout", "checks"} <= set(frame.attrs) or frame.empty:
        raise InputProblem("these rows were not read by read_workbook, so they cannot be kept")
    edition = edition_of(frame, release)
    reason = reason_of(frame, accept)
    parts = {str(name): frame[frame["table"] == name] for name in frame["table"].unique()}
    for name in parts:
        may_be_kept(name, edition)
    made = [_made(name, part, edition, reason) for name, part in parts.items()]
    folder = local_folder()
    with locked(folder):
        there = {(entry["table"], entry["release"]): entry for entry in entries()}
        states = [_state(entry, there) for entry, _ in made]
        if set(states) != {ALREADY}:
            _write(folder, made, states, there)
    rows = [
        [entry["table"], edition, entry["rows"], state, str(folder / entry["path"])]
        for (entry, _), state in zip(made, states, strict=True)
    ]
    return pd.DataFrame(rows, columns=["table", "release", "rows", "state", "path"])


def _write(
    folder: Path,
    made: list[tuple[dict[str, Any], bytes]],
    states: list[str],
    there: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """Write the files that are not there yet, and then what describes them all."""
    new: list[Path] = []
    with written(folder):
        try:
            for (entry, raw), state in zip(made, states, strict=True):
                if state == ALREADY:
                    continue
                there[entry["table"], entry["release"]] = entry
                path = folder / entry["path"]
                if state == KEPT:
                    new.append(path)
                write_whole(path, raw)
            describe(folder, list(there.values()))
        except OSError:
            for path in new:
                path.unlink(missing_ok=True)
            raise


def forget(table: str, release: str) -> None:
    """Take out an imported release, such as one that was kept under a wrong name.

    Raises:
        InputProblem: there is no such release, or it is shipped.

    Examples:
        >>> forget("first_time_entrants_area", "2026-02")
        Traceback (most recent call last):
        youthjustice.errors.InputProblem: release '2026-02' of first_time_entrants_area is \
shipped, so it cannot be forgotten

    """
    found = {edition.name: edition for edition in editions_of(table)}
    if release not in found or found[release].entry is None:
        what = "is shipped" if release in found else "was not imported"
        raise InputProblem(f"release {shown(release)} of {table} {what}, so it cannot be forgotten")
    folder = local_folder()
    with locked(folder), written(folder):
        describe(folder, [e for e in entries() if (e["table"], e["release"]) != (table, release)])
        (folder / file_of(table, release)).unlink(missing_ok=True)


def _made(
    table: str, rows: pd.DataFrame, edition: str, reason: str
) -> tuple[dict[str, Any], bytes]:
    """Make the file of one table, and what describes it."""
    given = rows.attrs
    failed, publication = failed_checks(rows), given["source"]
    rows.attrs = {}  # copied at every step otherwise
    rows = rows.drop(columns="table").reset_index(drop=True)
    rows["source"] = _named(rows["source"], rows["release"], edition)
    rows["release"] = edition
    kept = [name for name in rows if name in ("sheet", "cell", "check") or rows[name].notna().any()]
    if strange := [name for name in kept if not _COLUMN_NAME.fullmatch(str(name))]:
        raise InputProblem(f"{shown(strange[0])} is no name for a column: take small letters")
    resource = shipped_resource(table)
    schema = schema_of(rows[kept], resource["schema"] if resource else None)
    file = file_of(table, edition)
    raw = to_bytes(rows[kept], schema, file)
    entry = {
        "name": f"{table}-{edition}",
        "path": file,
        "type": "table",
        "title": str(given.get("tables", {}).get(table, table)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(raw),
        "hash": digest(raw),
        "table": table,
        "release": edition,
        "rows": len(rows),
        "imported": datetime.now(UTC).strftime("%Y-%m-%d"),
        "file": str(given.get("file", "")),
        "sha256": str(publication["sha256"]),
        "read_as": str(given["layout"]),
        "tried": bool(given.get("tried", False)),
        "cited": sorted(map(str, rows["source"].dropna().unique())),
        "publication": {
            **{part: said for part, said in publication.items() if part != "sha256"},
            "title": f"{publication['title']}, release {edition}",
        },
        "checks_failed": failed,
        "accepted": reason if any(check.get("refuses", True) for check in failed) else "",
        "schema": schema,
    }
    return entry, raw


def _named(source: pd.Series, release: pd.Series, edition: str) -> pd.Series:
    """Give keys of sources the edition in place of the one that the file says: `dfe-lait-2026-04`."""
    both = pd.DataFrame({"source": source, "release": release}).drop_duplicates()
    keys = {
        one["source"]: f"{one['source'].removesuffix('-' + str(one['release']))}-{edition}"
        for one in both.dropna(subset="source").to_dict("records")
    }
    return source.map(keys)


def _state(entry: Mapping[str, Any], there: Mapping[tuple[str, str], Mapping[str, Any]]) -> str:
    """Say what is to be done with one table of the file.

    Raises:
        InputProblem: the release was kept from another file, or the file as another release.

    """
    table, release = entry["table"], entry["release"]
    before = there.get((table, release))
    twins = [r for (t, r), e in there.items() if t == table and e["sha256"] == entry["sha256"]]
    if before is None and twins:
        raise InputProblem(
            f"this very file is kept already as release {twins[0]} of {table}: take that one out "
            f"with 'youthjustice releases {table} --forget {twins[0]}' if its name is wrong"
        )
    if before is None:
        return KEPT
    if before["sha256"] != entry["sha256"]:
        raise InputProblem(
            f"release {release} of {table} was kept on {before['imported']} from another file, "
            f"{shown(before['file'])}, and is not written over: name another release, or take it out "
            f"with 'youthjustice releases {table} --forget {release}'"
        )
    try:
        same = digest((local_folder() / file_of(table, release)).read_bytes()) == before["hash"]
    except OSError:
        same = False
    return ALREADY if same else MENDED
