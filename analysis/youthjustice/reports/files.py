"""Names of report files, and writing them whole."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from pathlib import Path


def slug(name: str) -> str:
    """Turn an area's name into a file name.

    >>> slug("Bristol, City of"), slug("Ynys Môn")
    ('bristol-city-of', 'ynys-mon')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)


def write_whole(target: Path, content: str | bytes) -> None:
    """Write beside the target, then rename: a reader never meets half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        part.chmod(0o644)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
