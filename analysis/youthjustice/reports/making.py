"""Make one area's report in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from youthjustice.reports.additions import with_additions
from youthjustice.reports.cells import Progress, Shown, run
from youthjustice.reports.commentary import commentary_folder
from youthjustice.reports.content import Content
from youthjustice.reports.files import stem
from youthjustice.reports.formats import chosen, writer
from youthjustice.reports.notebook import read_notebook, with_parameters
from youthjustice.reports.words_used import how_to_read


def make(
    area: str,
    output: str,
    notebook: str | None = None,
    formats: Sequence[str] = ("html",),
    progress: Progress | None = None,
    look: Callable[[Content], None] | None = None,
    commentary: str | None = None,
) -> dict[str, str]:
    """Run the notebook for an area and write its report; give the path of each format.

    A format of many files, such as a picture of each chart, gives their folder. ``look`` is called
    with the content before it is written. ``commentary`` is the folder of what the service adds.
    """
    names = chosen(formats)
    shown = run(with_parameters(read_notebook(notebook), area=area), progress)
    shown = with_additions(shown, commentary_folder(commentary), area)
    if closing := how_to_read(shown):
        shown.append(Shown("text/html", closing._repr_html_(), closing))
    content = Content(
        area=area,
        title=f"{area}: youth justice report",
        description=(
            f"First-time entrants, reoffending, ethnic disparity and inspection in {area}, "
            "from published figures, with intervals."
        ),
        shown=tuple(shown),
    )
    if look is not None:
        look(content)
    folder = Path(output)
    return {name: _path(writer(name)(content, folder, stem(area)), folder) for name in names}


def _path(files: list[Path], folder: Path) -> str:
    """Give the path of a file, or of the folder that holds several."""
    return str(files[0] if len(files) == 1 else files[0].parent if files else folder)
