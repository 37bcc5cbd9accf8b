"""Keep git from taking up reports that are for the service alone."""

from __future__ import annotations

from pathlib import Path

from youthjustice._files import write_whole


def keep_untracked(folder: Path) -> None:
    """Tell git to leave everything in a folder alone, unless it was told otherwise already."""
    if not (rules := folder / ".gitignore").exists():
        write_whole(rules, "*\n")
