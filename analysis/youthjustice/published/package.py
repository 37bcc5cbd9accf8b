"""The shipped data package: where it is, how it describes itself, and which tables it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from youthjustice._shipped import DESCRIPTOR
from youthjustice._shown import shown
from youthjustice._spelling import did_you_mean
from youthjustice.errors import InputProblem

Stamp = tuple[int, int]
"""When a file was last changed, and its size."""

_descriptors: dict[Path, tuple[Stamp, dict[str, Any]]] = {}


def stamp(path: Path) -> Stamp:
    """Tell one state of a file from another."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def descriptor(folder: Path) -> dict[str, Any]:
    """Read the package's description of its tables; once, until the file changes.

    Raises:
        InputProblem: the file cannot be read, or does not describe a package of tables.

    """
    path = folder / DESCRIPTOR
    try:
        now = stamp(path)
        if (kept := _descriptors.get(path)) and kept[0] == now:
            return kept[1]
        package = json.loads(path.read_text(encoding="utf-8"))
        for resource in package["resources"]:
            _check_resource(resource)
    except OSError as problem:
        raise InputProblem(f"{path} cannot be read: {problem.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputProblem(
            f"{path} is damaged, so no table can be read: restore it from the data package"
        ) from None
    _descriptors[path] = (now, package)
    return package  # type: ignore[no-any-return]


def _check_resource(resource: Mapping[str, Any]) -> None:
    """Let a resource that is not described as a table inside the folder fail at once."""
    path = Path(resource["path"])
    fields = [str(field["name"]) for field in resource["schema"]["fields"]]
    if path.is_absolute() or ".." in path.parts or not fields or not str(resource["name"]):
        raise ValueError


def resource_of(name: object, package: Mapping[str, Any]) -> dict[str, Any]:
    """Give the description of one table.

    Raises:
        InputProblem: there is no table of that name; the message suggests the nearest.

    """
    by_name = {resource["name"]: resource for resource in package["resources"]}
    if isinstance(name, str) and name in by_name:
        return by_name[name]  # type: ignore[no-any-return]
    hint = did_you_mean(name, by_name, "tables() lists those there are")
    raise InputProblem(f"{shown(name)} is not a table of the data package; {hint}")
