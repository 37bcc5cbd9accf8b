"""A report as one HTML file."""

from __future__ import annotations

from pathlib import Path

from youthjustice._files import write_whole
from youthjustice.reports import page
from youthjustice.reports.content import Content


def write(content: Content, folder: Path, stem: str) -> list[Path]:
    """Write the page."""
    target = folder / f"{stem}.html"
    write_whole(target, page.render(content))
    return [target]
