"""Imported releases as `load` gives them: laid over the shipped tables, and cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published.as_it_stood import by_then, stood
from youthjustice.published.citation import Citation
from youthjustice.published.editions import Edition, fixed
from youthjustice.published.imported_folder import PUBLICATION, entries
from youthjustice.published.kept_tables import read_kept

# It says that another release means another period, and nothing against the figures.
_OF_ANOTHER_RELEASE = "shifted_labels"
_KEPT = ("file", "sha256", "imported", "read_as", "tried", "checks_failed", "accepted")


def kept_release(entry: Mapping[str, Any], shipped: Mapping[str, Any] | None) -> pd.DataFrame:
    """Give one imported release of a table, with its source.

    Under `using` it looks as a shipped one: no further columns, no figure that failed a check.

    Raises:
        InputProblem: its file is gone or was changed.

    """
    table = read_kept(entry).copy()
    if fixed() is not None:
        if "check" in table:
            sound = table["check"].isna() | table["check"].eq(_OF_ANOTHER_RELEASE)
            table = table[sound].reset_index(drop=True)
        if shipped is not None:
            table = table[[field["name"] for field in shipped["schema"]["fields"]]]
    publication = {part: str(entry["publication"].get(part, "")) for part in PUBLICATION}
    if (day := stood()) is not None:
        table = by_then(table, day, {}, publication["release_date"])
    table.attrs = {
        "name": entry["table"],
        "title": str((shipped or entry).get("title", entry["table"])),
        "release": entry["release"],
        "key": list(entry["schema"].get("primaryKey", [])),
        "source": Citation(
            publication,
            caveats=tuple(map(str, entry["publication"].get("caveats", []))),
            sha256=entry["sha256"],
        ),
        "sources": [Citation({"name": str(name)} | publication) for name in entry["cited"]],
        "kept": {part: entry.get(part) for part in _KEPT},
    }
    return table


def one_below_the_other(parts: Sequence[pd.DataFrame], newest: Edition) -> pd.DataFrame:
    """Put releases into one frame: the columns of the first, then those that others add."""
    attrs = [part.attrs for part in parts]
    kinds = {"bool": "boolean", "int64": "Int64"}
    names = list(dict.fromkeys(name for part in parts for name in part.columns))
    bare = []
    for part in parts:
        # A truth or whole number that other releases lack has to be able to be missing.
        lacking = [n for n in part if any(n not in other for other in parts)]
        wide = part.astype(
            {n: kinds[str(part[n].dtype)] for n in lacking if str(part[n].dtype) in kinds}
        )
        wide.attrs = {}
        bare.append(wide)
    table = pd.concat(bare, ignore_index=True)[names]
    of_newest = next((a for a in attrs if a["release"] == newest.name), attrs[0])
    cited = {one["name"]: one for a in attrs for one in a["sources"]}
    table.attrs = {
        **of_newest,
        "release": "all",
        "key": attrs[0]["key"],
        "sources": list(cited.values()),
    }
    return table


def with_kept_sources(library: pd.DataFrame) -> pd.DataFrame:
    """Add the publications that imported releases cite to the table of sources."""
    try:
        kept = entries()
    except InputProblem:  # said where an imported release is asked for
        return library
    known = set(library["source"])
    found = {
        str(name): {
            "source": name,
            **{part: entry["publication"].get(part) for part in PUBLICATION},
        }
        for entry in kept
        for name in entry["cited"]
        if name not in known
    }
    if not found:
        return library
    added = pd.DataFrame(list(found.values())).reindex(columns=library.columns)
    added["release_date"] = pd.to_datetime(added["release_date"], errors="coerce")
    added = added.astype(library.dtypes.to_dict()).replace("", None)
    table = pd.concat([library, added.astype(library.dtypes.to_dict())], ignore_index=True)
    table.attrs = library.attrs
    return table
