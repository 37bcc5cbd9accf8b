"""The folder of imported releases: where it is, what it holds, and how it is written.

The folder describes itself in its own `datapackage.json`: one resource for each table and release,
with the file that it came from. A release exists once it stands there, and the description is
replaced in one step, so that a run that dies half-way leaves what was there before.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from youthjustice._files import write_whole
from youthjustice._shipped import DESCRIPTOR, data_folder
from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.package import Stamp, stamp

FOLDER_VARIABLE = "YOUTHJUSTICE_DATA"
TABLE_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
RELEASE_NAME = re.compile(r"(?=[a-z0-9-]*(?:19|20)[0-9]{2})[a-z0-9][a-z0-9-]{0,39}")

_NAME = "youth-justice-local"
_PATIENCE = 20.0
_TEXTS = ("table", "release", "sha256", "hash", "imported", "file", "read_as", "accepted")
PUBLICATION = ("title", "publisher", "table", "address", "release_date", "licence")
_CHECKOUT = Path(__file__).resolve().parents[3] / "data"
_read: dict[Path, tuple[Stamp, list[dict[str, Any]]]] = {}


def local_folder() -> Path:
    """Find the folder in which imported releases are kept; it need not be there yet.

    It is the folder that the environment variable YOUTHJUSTICE_DATA names, else `data/local` of
    the checkout, or of the current folder where the package is installed without one.

    Raises:
        InputProblem: the variable names the folder of the shipped tables, or holds characters
            that no line can show.

    Examples:
        >>> from unittest.mock import patch
        >>> with patch.dict("os.environ", YOUTHJUSTICE_DATA="our releases"):
        ...     local_folder().name
        'our releases'

    """
    shipped = data_folder()
    if not (named := os.environ.get(FOLDER_VARIABLE)):
        ours = shipped == _CHECKOUT or shipped.resolve() == _CHECKOUT
        return (_CHECKOUT if ours else Path.cwd() / "data") / "local"
    if not named.isprintable():
        raise InputProblem(
            f"{FOLDER_VARIABLE} names {shown(named)}, which is no plain text: name another folder"
        )
    folder = Path(named).expanduser().absolute()
    if folder.resolve() == shipped.resolve():
        raise InputProblem(
            f"{FOLDER_VARIABLE} names {named}, which holds the shipped tables: name another folder "
            "for those that you import"
        )
    return folder


def file_of(table: str, release: str) -> str:
    """Name the file of one table and release; a table's name has no hyphen."""
    return f"{table}-{release}.csv"


def entries() -> list[dict[str, Any]]:
    """List the kept releases as the folder describes them; read again once it changes.

    Raises:
        InputProblem: the description cannot be read, or is not one that `keep` wrote.

    """
    path = local_folder() / DESCRIPTOR
    try:
        now = stamp(path)
        if (kept := _read.get(path)) and kept[0] == now:
            return kept[1]
        found = _checked(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as problem:
        raise InputProblem(f"{path} cannot be read: {problem.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputProblem(
            f"{path} is damaged, so imported releases cannot be read: restore it, or move the "
            "folder away and import the files again"
        ) from None
    _read[path] = (now, found)
    return found


def entries_of(table: str) -> list[dict[str, Any]]:
    """List the kept releases of one table.

    A damaged description stops only the tables that have files in the folder.

    Raises:
        InputProblem: as `entries`, where the folder has a file of the table.

    """
    try:
        return [entry for entry in entries() if entry["table"] == table]
    except InputProblem:
        if TABLE_NAME.fullmatch(table) and any(local_folder().glob(f"{table}-*.csv")):
            raise
        return []


def _checked(package: Any) -> list[dict[str, Any]]:
    """Let a description that `keep` did not write fail; no name in it leads out of the folder."""
    if package["name"] != _NAME:
        raise ValueError
    found = list(package["resources"])
    for entry in found:
        table, release, fields = entry["table"], entry["release"], entry["schema"]["fields"]
        sound: object = TABLE_NAME.fullmatch(table) and RELEASE_NAME.fullmatch(release)
        sound = sound and all(isinstance(entry[part], str) for part in _TEXTS)
        sound = sound and fields and all(isinstance(field["name"], str) for field in fields)
        sound = sound and all(isinstance(entry["publication"][part], str) for part in PUBLICATION)
        sound = sound and isinstance(entry["checks_failed"], list)
        sound = sound and isinstance(entry["rows"], int) and isinstance(entry["cited"], list)
        if not sound:
            raise ValueError
    if len({(entry["table"], entry["release"]) for entry in found}) < len(found):
        raise ValueError
    return found


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one run at a time change the folder; the lock goes with its process, however it ends.

    Raises:
        InputProblem: the folder cannot be written, or another run keeps it.

    """
    with written(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("a+b")
    with lock:
        last = time.monotonic() + _PATIENCE
        while not held(lock):
            if time.monotonic() > last:
                raise InputProblem(f"another import is writing to {folder}: try again after it")
            time.sleep(0.05)
        with written(folder):
            for part in folder.glob(".*.part"):
                part.unlink()
        yield


def held(lock: IO[bytes]) -> bool:
    """Take the lock, unless somebody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """Say in one sentence that the folder cannot be written."""
    try:
        yield
    except OSError as problem:
        raise InputProblem(
            f"{folder} cannot be written ({problem.strerror}), so nothing was kept: name a folder "
            f"of your own in {FOLDER_VARIABLE}, or make room"
        ) from None


def describe(folder: Path, found: Sequence[Mapping[str, Any]]) -> None:
    """Replace the folder's description: from here on, what it lists is kept."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _NAME,
        "title": "Releases that were imported here",
        "resources": sorted(found, key=lambda entry: (entry["table"], entry["release"])),
    }
    text = json.dumps(package, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(folder / DESCRIPTOR, text)
