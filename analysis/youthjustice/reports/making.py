"""Make one area's report in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from youthjustice.presentation.words.as_at import as_at_words
from youthjustice.published import using
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
    compare: Sequence[str] = (),
    as_at: str | None = None,
    releases: Mapping[str, str] | None = None,
    records: str | None = None,
    mapping: str | None = None,
    extract_date: str | None = None,
    internal: bool = False,
) -> dict[str, str]:
    """Run the notebook for an area and write its report; give the path of each format.

    A format of many files, such as a picture of each chart, gives their folder. ``look`` is called
    with the content before it is written. ``commentary`` is the folder of what the service adds;
    ``compare`` names the areas that it is set beside, ``as_at`` the day (ISO) at which it stands,
    ``releases`` the releases of tables that it rests on in place of the shipped ones.
    ``records`` is the extract of the service's own records that sections are added from, ``mapping``
    what its columns and codes mean and ``extract_date`` its day (ISO). ``internal`` hides nothing in
    them, and allows sections that are not for publication; without it they are refused.
    """
    names = chosen(formats)
    asked = {
        "compare": list(compare),
        "as_at": as_at,
        "records": records,
        "mapping": mapping,
        "extract_date": extract_date,
        "internal": internal,
    }
    given = {name: value for name, value in asked.items() if value}
    day = date.fromisoformat(as_at) if as_at else None
    cells = with_parameters(read_notebook(notebook), area=area, **given)
    # A notebook's own cells may load what they like, unless releases are named for all of them.
    with using(releases) if releases else nullcontext():
        shown = run(cells, progress, discreet=records is not None)
    with using(releases or {}, as_at=day):
        shown = with_additions(shown, commentary_folder(commentary), area)
    if closing := how_to_read(shown):
        shown.append(Shown("text/html", closing._repr_html_(), closing))
    content = Content(
        area=area,
        title=f"{area}: youth justice report{as_at_words(day)}",
        description=(
            f"First-time entrants, reoffending, ethnic disparity and inspection in {area}, "
            f"from published figures{' and own records' if records else ''}, with intervals."
        ),
        shown=tuple(shown),
        internal=internal,
    )
    if look is not None:
        look(content)
    folder, file = Path(output), stem(area, as_at)
    return {name: _path(writer(name)(content, folder, file), folder) for name in names}


def _path(files: list[Path], folder: Path) -> str:
    """Give the path of a file, or of the folder that holds several."""
    return str(files[0] if len(files) == 1 else files[0].parent if files else folder)
