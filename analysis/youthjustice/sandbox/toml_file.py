"""Read a small TOML file that a person has written."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from youthjustice._shown import shown
from youthjustice.errors import InputProblem

LONGEST = 1_000_000


def read_toml(path: str | Path) -> dict[str, Any]:
    """Read a mapping file.

    Raises:
        InputProblem: the file cannot be read, is too long or is no TOML.

    """
    place = Path(path)
    name = shown(place.name)
    try:
        if place.exists() and not (place.is_file() or place.is_dir()):
            raise InputProblem(f"{name} is not a file: name the mapping file itself")
        with place.open("rb") as file:
            raw = file.read(LONGEST + 1)
        if len(raw) > LONGEST:
            raise InputProblem(f"{name} is too long for a mapping: draft it again")
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except InputProblem:
        raise
    except OSError as problem:
        raise InputProblem(f"{name} cannot be read: {problem.strerror}; check the path") from None
    except (ValueError, RecursionError) as problem:
        raise InputProblem(f"{name} is not TOML: {str(problem)[:120]}") from None
