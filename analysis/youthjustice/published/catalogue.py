"""Which tables there are, and which releases of each, with where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from youthjustice._shipped import data_folder
from youthjustice.published.editions import editions_of, shipped_resource
from youthjustice.published.imported_folder import entries, local_folder
from youthjustice.published.package import descriptor

SHIPPED, IMPORTED = "shipped", "imported"


def tables() -> pd.DataFrame:
    """List the published tables: one row per table, by name.

    Columns: name, title, description, areas (what the table covers), rows, columns, releases,
    latest (the newest release), publisher, caveats (how many), path, origin (`shipped`, `imported`
    or `shipped and imported`: see `releases` for which is which).

    Raises:
        InputProblem: the data package, or that of imported releases, cannot be found or read.

    Examples:
        >>> listed = tables()
        >>> bool((listed["name"] == "areas").any())
        True

    """
    imported: dict[str, list[dict[str, Any]]] = {}
    for entry in entries():
        imported.setdefault(entry["table"], []).append(entry)
    listed = [
        _shipped(resource, imported.pop(resource["name"], []))
        for resource in descriptor(data_folder())["resources"]
    ]
    listed += [_imported(name, found) for name, found in imported.items()]
    return pd.DataFrame(listed).sort_values("name", ignore_index=True)


def _shipped(resource: Mapping[str, Any], imported: list[dict[str, Any]]) -> dict[str, Any]:
    editions = editions_of(resource["name"])
    publishers = [source.get("publisher", "") for source in resource.get("sources", [])]
    rows = _count_rows(data_folder() / resource["path"])
    return {
        "name": resource["name"],
        "title": resource.get("title", ""),
        "description": resource.get("description", ""),
        "areas": resource.get("areas", ""),
        "rows": rows + sum(entry["rows"] for entry in imported),
        "columns": len(resource["schema"]["fields"]),
        "releases": len(editions),
        "latest": editions[0].name if editions else "",
        "publisher": "; ".join(dict.fromkeys(p for p in publishers if p)),
        "caveats": len(resource.get("caveats", [])),
        "path": resource["path"],
        "origin": f"{SHIPPED} and {IMPORTED}" if imported else SHIPPED,
    }


def _imported(name: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    editions = editions_of(name)
    newest = editions[0].entry or {}
    return {
        "name": name,
        "title": newest.get("title", ""),
        "description": "",
        "areas": "",
        "rows": sum(entry["rows"] for entry in found),
        "columns": len(newest["schema"]["fields"]),
        "releases": len(editions),
        "latest": editions[0].name,
        "publisher": str(newest["publication"].get("publisher", "")),
        "caveats": len(newest["publication"].get("caveats", [])),
        "path": str(local_folder() / str(newest["path"])),
        "origin": IMPORTED,
    }


def _count_rows(path: Path) -> int:
    try:
        return max(path.read_bytes().count(b"\n") - 1, 0)
    except OSError:
        return 0


def releases(name: str) -> pd.DataFrame:
    """List the releases of one table, the newest first.

    Columns: release, title, release_date, origin (`shipped` or `imported`), and for imported ones
    rows, imported (the day), file, sha256, checks_failed (how many), accepted (the reason) and
    tried (whether what read the file was tried on a real one, or else built from a description).

    Raises:
        InputProblem: there is no such table, or imported releases cannot be read.

    Examples:
        >>> listed = releases("first_time_entrants_area")
        >>> listed.loc[listed["origin"] == "shipped", "release"].tolist()
        ['2026-02', '2025-02']

    """
    columns = [
        "release", "title", "release_date", "origin", "rows", "imported", "file", "sha256",
        "checks_failed", "accepted", "tried",
    ]  # fmt: skip
    listed = []
    for edition in editions_of(name):
        row: dict[str, Any] = {
            "release": edition.name,
            "title": edition.title,
            "release_date": edition.release_date,
            "origin": SHIPPED if edition.entry is None else IMPORTED,
        }
        if edition.entry is not None:
            row |= {c: edition.entry[c] for c in ("rows", "imported", "file", "sha256", "accepted")}
            row["tried"] = edition.entry.get("tried", False) is True
            row["checks_failed"] = len(edition.entry["checks_failed"])
        listed.append(row)
    frame = pd.DataFrame(listed, columns=columns)
    frame[["rows", "checks_failed"]] = frame[["rows", "checks_failed"]].astype("Int64")
    frame["tried"] = frame["tried"].astype("boolean")
    texts = [name for name in columns if name not in ("rows", "checks_failed", "tried")]
    frame[texts] = frame[texts].astype("object").fillna("").astype("str")
    frame.attrs = {"name": name, "title": str((shipped_resource(name) or {}).get("title", ""))}
    return frame
