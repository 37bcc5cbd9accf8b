"""What the command says where a file or folder cannot be written or read."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

from youthjustice.cli_text import printable

# A report is made in another process, which passes on only the words: "Permission denied (there)".
_PASSED_ON = re.compile(r"(?P<said>[^()]+) \((?P<path>.+)\)", re.DOTALL)


def told_of_disk(problem: OSError) -> str:
    """Say in one sentence what stood in the way, and what to do about it.

    >>> told_of_disk(PermissionError(13, "Permission denied", "/nowhere/.york-0a1b.part"))
    'You may not write /nowhere: name another folder.'
    >>> told_of_disk(OSError(28, "No space left on device", "/nowhere/york.html"))
    'This could not be done: No space left on device (/nowhere/york.html).'
    """
    said, name = problem.strerror or str(problem), problem.filename
    if name is None and (passed := _PASSED_ON.fullmatch(said)):
        said, name = passed["said"], passed["path"]
    if not isinstance(name, (str, bytes)):
        return f"This could not be done: {printable(said)}."
    path = Path(os.fsdecode(name)).absolute()
    if _is(problem, said, errno.EACCES, errno.EPERM, errno.EROFS):
        return _not_allowed(path)
    if _is(problem, said, errno.EEXIST, errno.ENOTDIR):
        file = next((one for one in (path, *path.parents) if one.is_file()), None)
        if file is not None:
            return f"'{printable(file.name)}' is a file: name a folder."
    return f"This could not be done: {printable(said)} ({printable(os.fsdecode(name))})."


def _is(problem: OSError, said: str, *numbers: int) -> bool:
    return problem.errno in numbers or said in map(os.strerror, numbers)


def _not_allowed(path: Path) -> str:
    """Say which folder may not be written, or which file or folder not be read."""
    there = os.access(path, os.F_OK)
    if there and not os.access(path, os.R_OK):
        return f"You may not read {printable(str(path))}: name another, or ask for the right to."
    folder = path if there and path.is_dir() else path.parent
    return f"You may not write {printable(str(folder))}: name another folder."
