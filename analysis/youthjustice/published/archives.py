"""Take one spreadsheet out of the archive in which its publisher packs it."""

from __future__ import annotations

import zipfile
import zlib
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.sandbox.limits import LARGEST_FILE, MEBIBYTE

LARGEST_ARCHIVE = 32 * MEBIBYTE
"""So that the list of what is in it, were it all list, fits in memory."""

_SPREADSHEETS = {"[content_types].xml", "content.xml"}


def taken_out(archive: Path, member: str, target: Path) -> Path:
    """Write the one file whose name fits the pattern to `target`, and give its path.

    A file that is a spreadsheet itself, or no archive at all, is given back as it is. Names inside
    the archive are compared and never written to.

    Raises:
        InputProblem: the archive is damaged, or holds no or several such files, or too large a one.

    """
    if not zipfile.is_zipfile(archive):
        return archive
    try:
        with zipfile.ZipFile(archive) as opened:
            listed = opened.infolist()
            if _SPREADSHEETS & {one.filename.lower() for one in listed}:
                return archive
            _write(opened, _fitting(listed, member), target)
    except InputProblem:
        raise
    # An encrypted member is a RuntimeError, an unknown way of packing NotImplementedError.
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        raise InputProblem("the archive is damaged or protected") from None
    return target


def _fitting(listed: list[zipfile.ZipInfo], member: str) -> zipfile.ZipInfo:
    fitting = [
        one
        for one in listed
        if not one.is_dir()
        and not one.filename.startswith("__MACOSX/")
        and fnmatchcase(PurePosixPath(one.filename).name.lower(), member.lower())
    ]
    if len(fitting) != 1:
        number = f"{len(fitting)} files" if fitting else "no file"
        raise InputProblem(f"the archive holds {number} with a name such as {shown(member)}")
    return fitting[0]


def _write(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write a member, however large it says it is."""
    left = LARGEST_FILE
    with opened.open(member) as packed, target.open("wb") as file:
        while piece := packed.read(MEBIBYTE):
            if (left := left - len(piece)) < 0:
                raise InputProblem(
                    f"the file in the archive has more than {LARGEST_FILE // MEBIBYTE} MB"
                )
            file.write(piece)
