"""Tell whether the data package is, to the byte, the one whose checks were passed and recorded.

`make data-hashes` runs every check on every table and then records one digest of all that the
checks look at. While the files still have it, what passed then passes now, and `load` need not
look again; one changed byte, constraint or check, and it looks at everything.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from youthjustice._shipped import DESCRIPTOR
from youthjustice.published.package import Stamp, stamp

CHECKED = "checked"
"""The property of the package that holds the digest."""

_LOOKED_AT = ("name", "path", "schema", "checks", "releases")
_known: dict[Path, tuple[tuple[Stamp, ...], bool]] = {}


def digest(folder: Path, package: Mapping[str, Any]) -> str:
    """Give one digest of every table's bytes and of what they are checked against."""
    whole = hashlib.sha256()
    for resource in package["resources"]:
        described = json.dumps([resource.get(part) for part in _LOOKED_AT], sort_keys=True)
        whole.update(described.encode())
        whole.update(hashlib.sha256((folder / resource["path"]).read_bytes()).digest())
    return f"sha256:{whole.hexdigest()}"


def as_recorded(folder: Path, package: Mapping[str, Any]) -> bool:
    """Say whether every file still is as it was when the checks were passed; once, until one changes."""
    if CHECKED not in package:
        return False
    try:
        paths = [DESCRIPTOR, *(resource["path"] for resource in package["resources"])]
        now = tuple(stamp(folder / path) for path in paths)
        if (kept := _known.get(folder)) and kept[0] == now:
            return kept[1]
        same = bool(digest(folder, package) == package[CHECKED])
    except OSError:
        return False
    _known[folder] = (now, same)
    return same
