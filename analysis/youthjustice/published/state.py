"""Tell one state of the published tables from another, for what is worked out of them only once."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from youthjustice._shipped import DESCRIPTOR, data_folder
from youthjustice.errors import InputProblem
from youthjustice.published.as_it_stood import stood
from youthjustice.published.editions import fixed
from youthjustice.published.imported_folder import entries, file_of, local_folder
from youthjustice.published.package import descriptor

_looked_at: ContextVar[Hashable] = ContextVar("youthjustice_files", default=None)


@contextmanager
def unchanging() -> Iterator[None]:
    """Look at the files once for a block of work that changes none, such as drawing a section.

    Which releases and which day are fixed may still change within it.
    """
    before = _looked_at.set(_looked_at.get() or _files())
    try:
        yield
    finally:
        _looked_at.reset(before)


def state() -> Hashable:
    """Give a key that changes when `load` may give anything else than before.

    That is when a file of the data package or of the imported releases changes, when another
    folder is named for either, or when a block of `using` fixes other releases or another day.
    Asking takes a look at each file and reads none.
    """
    only = fixed()
    files = _looked_at.get() or _files()
    return files, None if only is None else frozenset(only.items()), stood()


def _files() -> Hashable:
    """Tell the state of every file that `load` may read."""
    folder, local = data_folder(), local_folder()
    shipped = (resource["path"] for resource in descriptor(folder)["resources"])
    return (
        *_stamps(folder, (DESCRIPTOR, *shipped)),
        *_stamps(local, (DESCRIPTOR, *_kept_files())),
    )


def _kept_files() -> list[str]:
    """Name the files of the imported releases; none where their description is damaged."""
    try:
        return [file_of(entry["table"], entry["release"]) for entry in entries()]
    except InputProblem:  # said where an imported release is asked for
        return []


def _stamps(folder: Path, files: tuple[str, ...]) -> Iterator[Hashable]:
    """Tell the state of a folder's files, None where one is not there."""
    # A report asks often; joining texts takes a third of the time that joining paths does.
    start = str(folder)
    yield start
    for file in files:
        try:
            found = os.stat(f"{start}/{file}")  # noqa: PTH116
        except OSError:
            yield file, None
        else:
            yield file, found.st_mtime_ns, found.st_size
