"""Tell one state of the published tables from another, for what is worked out of them only once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextvars import copy_context
from pathlib import Path

from youthjustice.errors import InputProblem
from youthjustice.published.local import entries, file_of, local_folder
from youthjustice.published.package import DESCRIPTOR, Stamp, data_folder, descriptor, stamp


def state() -> Hashable:
    """Give a key that changes when `load` may give anything else than before.

    That is when a file of the data package or of the imported releases changes, when another
    folder is named for either, or when a block of `using` fixes what is read. Asking takes a look
    at each file and reads none.
    """
    folder, local = data_folder(), local_folder()
    shipped = (resource["path"] for resource in descriptor(folder)["resources"])
    return (
        _stamps(folder, (DESCRIPTOR, *shipped)),
        _stamps(local, (DESCRIPTOR, *_kept_files())),
        frozenset(_fixed()),
    )


def _fixed() -> Iterator[tuple[str, Hashable]]:
    """Give all that blocks of `using` have fixed: each is a variable of the context with our name."""
    for variable, value in copy_context().items():
        if variable.name.startswith("youthjustice_"):
            yield variable.name, frozenset(value.items()) if isinstance(value, Mapping) else value


def _kept_files() -> list[str]:
    """Name the files of the imported releases; none where their description is damaged."""
    try:
        return [file_of(entry["table"], entry["release"]) for entry in entries()]
    except InputProblem:  # said where an imported release is asked for
        return []


def _stamps(folder: Path, files: tuple[str, ...]) -> tuple[tuple[Path, Stamp | None], ...]:
    return tuple((folder / file, _stamp(folder / file)) for file in files)


def _stamp(path: Path) -> Stamp | None:
    """Tell the state of a file, None where it is not there."""
    try:
        return stamp(path)
    except OSError:
        return None
