"""Run the area notebook for one area and write its report."""

from __future__ import annotations

import os
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from youthjustice.published import Place
    from youthjustice.reports.kernel import SamePython

Progress = Callable[[int, int, str], None]

_TIMEOUT_SECONDS = 600
_NOTEBOOK = "area_report.ipynb"


class ReportFailed(RuntimeError):
    """A cell of the notebook stopped; the message says which, and ``detail`` holds the trace."""

    def __init__(self, message: str, detail: str) -> None:
        super().__init__(message)
        self.detail = detail


def build(
    area: str,
    output: str | Path = "reports",
    *,
    notebook: str | Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the report of one area as one HTML file and return its path.

    ``area`` is any spelling of an authority's name, or its GSS code; ``output`` is a folder, made
    if missing. ``notebook`` replaces the area notebook that comes with the package, so that an
    analyst's own edit of it becomes the report. ``progress`` is called with the number of cells
    done, the number in all and the name of the cell about to run.

    The file appears whole or not at all. Raises InputProblem when the area is not known or a
    table cannot be trusted, ReportFailed when a cell of the notebook stops.

    >>> build("Islingtn")
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: 'Islingtn' is not an area we know; did you mean Islington?
    """
    from youthjustice.reports.kernel import running_kernel

    # The slow starts overlap: the kernel's, the reading of tables here, the page's machinery.
    with running_kernel() as kernel:
        from youthjustice.reports import page

        found = _authority(area)
        filled = with_parameters(read_notebook(notebook), area=found.name)
        Thread(target=page.preload, daemon=True).start()
        executed = execute(filled, kernel, progress)
    title = f"{found.name}: youth justice report"
    description = (
        f"First-time entrants, reoffending, ethnic disparity and inspection in {found.name}, "
        "from published figures, with intervals."
    )
    target = Path(output) / f"{slug(found.name)}.html"
    _write_whole(target, page.render(executed, title, description))
    return target


def _authority(area: str) -> Place:
    """Find the authority, since the sections compare one authority with others."""
    from youthjustice.published import load, place

    found = place(area)
    if found.kind != "authority":
        raise InputProblem(
            f"'{found.name}' is a {found.kind}, and a report is about one local authority; "
            "name one of its authorities instead."
        )
    if found.closed_on:
        areas = load("areas").set_index("area_code")
        after = str(areas["replaced_by"].get(found.code, "")).split(";")
        names = [areas["area_name"][code.strip()] for code in after if code.strip() in areas.index]
        instead = f": {' or '.join(names)}" if names else ""
        raise InputProblem(
            f"'{found.name}' closed on {found.closed_on}; name an authority that took its place"
            f"{instead}."
        )
    return found


def slug(name: str) -> str:
    """Turn an area's name into a file name.

    >>> slug("Bristol, City of"), slug("Ynys Môn")
    ('bristol-city-of', 'ynys-mon')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)


def notebooks_folder() -> Path:
    """Give the folder of the notebooks: inside an installed package, or the checkout's."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_notebooks"
    return inside if inside.is_dir() else package.parents[1] / "notebooks"


def read_notebook(path: str | Path | None = None) -> NotebookNode:
    """Read a notebook; the area notebook that comes with the package if none is named."""
    import nbformat

    chosen = Path(path) if path is not None else notebooks_folder() / _NOTEBOOK
    try:
        node: NotebookNode = nbformat.read(chosen, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise InputProblem(f"There is no notebook at {chosen}; check the path.") from None
    except (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError):
        raise InputProblem(
            f"{chosen} is not a Jupyter notebook; open it in JupyterLab and save it again."
        ) from None
    return node


def with_parameters(notebook: NotebookNode, **values: Any) -> NotebookNode:
    """Set values after the cell tagged ``parameters``, as papermill does."""
    import nbformat

    cells = notebook.cells
    tagged = [
        position
        for position, cell in enumerate(cells)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        raise InputProblem(
            f"The notebook has {len(tagged)} cells tagged 'parameters'; it needs exactly one, "
            "which sets the area."
        )
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell = nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
        source, metadata={"tags": ["injected-parameters"]}
    )
    cells.insert(tagged[0] + 1, cell)
    return notebook


def execute(
    notebook: NotebookNode, kernel: SamePython, progress: Progress | None = None
) -> NotebookNode:
    """Run every cell in a kernel."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    done = 0

    def started(cell: NotebookNode, cell_index: int) -> None:
        nonlocal done
        if progress is not None and cell.cell_type == "code":
            progress(done, total, cell.get("id", "").replace("-", " "))
            done += 1

    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=_TIMEOUT_SECONDS,
        on_cell_start=started,
        shutdown_kernel="immediate",
    )
    try:
        client.execute(cleanup_kc=True)
    except CellExecutionError as problem:
        if problem.ename == "InputProblem":
            raise InputProblem(problem.evalue) from None
        raise ReportFailed(
            f"The notebook stopped with {problem.ename}: {problem.evalue}", problem.traceback
        ) from None
    if progress is not None:
        progress(total, total, "")
    return notebook


def _write_whole(target: Path, text: str) -> None:
    """Write beside the target, then rename: a reader never meets half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.chmod(0o644)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
