"""Make one area's report in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from youthjustice.reports import page
from youthjustice.reports.cells import Progress, run
from youthjustice.reports.content import Content
from youthjustice.reports.files import slug, write_whole
from youthjustice.reports.notebook import read_notebook, with_parameters


def make(
    area: str,
    output: str,
    notebook: str | None = None,
    formats: Sequence[str] = ("html",),
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Run the notebook for an area and write its report; give the path of each format."""
    shown = run(with_parameters(read_notebook(notebook), area=area), progress)
    content = Content(
        area=area,
        title=f"{area}: youth justice report",
        description=(
            f"First-time entrants, reoffending, ethnic disparity and inspection in {area}, "
            "from published figures, with intervals."
        ),
        shown=tuple(shown),
    )
    target = Path(output) / f"{slug(area)}.html"
    write_whole(target, page.render(content))
    return {"html": str(target)}
