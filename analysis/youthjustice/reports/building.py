"""Build the report of one area."""

from __future__ import annotations

import errno
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

from youthjustice.errors import InputProblem
from youthjustice.presentation.report_lint import ReportProblem
from youthjustice.published import Place
from youthjustice.reports.commentary import commentary_folder
from youthjustice.reports.comparators import authority, comparators
from youthjustice.reports.failing import ReportFailed
from youthjustice.reports.formats import chosen
from youthjustice.reports.own.asked import keep_apart, own_request
from youthjustice.reports.own.untracked import keep_untracked
from youthjustice.reports.own_releases import checked_releases
from youthjustice.reports.target_rows import FILE, unused_rows
from youthjustice.reports.workers import Answer, Request, Tell, ask


class Options(TypedDict, total=False):
    """What `build` can be asked for besides the area and the folder."""

    notebook: str | Path | None
    formats: str | Sequence[str]
    commentary: str | Path | None
    compare: str | Sequence[str]
    as_at: str | date | None
    releases: Mapping[str, str] | None
    records: str | Path | None
    mapping: str | Path | None
    extract_date: str | date | None
    internal: bool


def build(
    area: str,
    output: str | Path = "reports",
    *,
    notebook: str | Path | None = None,
    formats: str | Sequence[str] = ("html",),
    commentary: str | Path | None = None,
    compare: str | Sequence[str] = (),
    as_at: str | date | None = None,
    releases: Mapping[str, str] | None = None,
    records: str | Path | None = None,
    mapping: str | Path | None = None,
    extract_date: str | date | None = None,
    internal: bool = False,
    progress: Tell | None = None,
) -> Path:
    """Write the report of one area and return its path, or that of the first of several formats.

    ``area`` is any spelling of an authority's name, or its GSS code; ``output`` is a folder, made
    if missing. ``notebook`` replaces the area notebook that comes with the package, so that an
    analyst's own edit of it becomes the report. ``formats`` are any of html, pdf (needs Chromium),
    docx, xlsx, csv, json, png and svg; the last two are pictures of the charts, in a folder of
    their own, which is then the path. ``commentary`` is the folder of what the service adds: a
    Markdown file per area and targets (docs/commentary.md). ``compare`` names up to three other
    authorities, regions or England to set the area beside; ``as_at`` is a quarter such as 2025-Q1,
    a month or a day, and the report then rests on what had been published by its end
    (docs/comparing.md). ``releases`` maps tables to the releases that the report shows in place of
    the shipped ones, such as one that you imported (docs/importing.md). ``records`` is the folder of
    an extract of the service's own records, from which sections are added through disclosure control,
    ``mapping`` what its columns mean, ``extract_date`` its day (docs/records.md). With ``internal``
    nothing in them is hidden, every part carries a watermark, and the file's name says so.
    ``progress`` is called with the number of cells done, the number in all and the name of the cell
    about to run.

    The notebook runs in a process of its own. Each file appears whole or not at all. Raises
    InputProblem when the area or a format is not known or a table cannot be trusted, ReportFailed
    when a cell of the notebook stops, OSError when a file cannot be written.

    >>> build("Islingtn")
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: 'Islingtn' is not an area we know; did you mean Islington?
    """
    made = build_each(
        area,
        output,
        notebook=notebook,
        formats=formats,
        commentary=commentary,
        compare=compare,
        as_at=as_at,
        releases=releases,
        records=records,
        mapping=mapping,
        extract_date=extract_date,
        internal=internal,
        progress=progress,
        unused=_warned,
    )
    return next(iter(made.values()))


def build_each(
    area: str,
    output: str | Path = "reports",
    *,
    progress: Tell | None = None,
    warn: Callable[[list[ReportProblem]], None] | None = None,
    unused: Callable[[list[str]], None] | None = None,
    **options: Unpack[Options],
) -> dict[str, Path]:
    """Write the report of one area as `build` does, and return the path of each format.

    ``warn`` is called with what the report says against the rules of its words (`lint_report`), and
    ``unused`` with what is wrong with rows of targets that are not about the area (`unused_rows`).
    """
    found = authority(area)
    internal = options.get("internal", False)
    keep_apart(output, internal)
    said = unused_rows(commentary_folder(options.get("commentary")) / FILE, [found.name])
    if said and unused is not None:
        unused(said)
    request = request_for(found, output, **options)
    (answer,) = ask([request], tell=progress)
    if answer.kind:
        raise problem_of(answer)
    if internal:
        keep_untracked(Path(output))
    if warn is not None:
        warn([ReportProblem(*one) for one in answer.problems])
    return {name: Path(path) for name, path in answer.made.items()}


def _warned(said: list[str]) -> None:
    """Warn whoever called `build`."""
    for line in said:
        warnings.warn(line, stacklevel=4)


def request_for(
    area: Place,
    output: str | Path,
    *,
    notebook: str | Path | None = None,
    formats: str | Sequence[str] = ("html",),
    commentary: str | Path | None = None,
    compare: str | Sequence[str] = (),
    as_at: str | date | None = None,
    releases: Mapping[str, str] | None = None,
    records: str | Path | None = None,
    mapping: str | Path | None = None,
    extract_date: str | date | None = None,
    internal: bool = False,
) -> Request:
    """Say what a worker is asked for, as `make` takes it: for one area, or for one of many."""
    return {
        "formats": chosen(formats),
        "area": area.name,
        "output": str(output),
        "notebook": None if notebook is None else str(notebook),
        "commentary": str(commentary_folder(commentary)) if commentary is not None else None,
        "compare": [one.name for one in comparators(area.name, compare)],
        "as_at": day_asked(as_at),
        "releases": checked_releases(releases),
    } | own_request(records, mapping, extract_date, internal, as_at)


def day_asked(as_at: str | date | None) -> str | None:
    """Give the day as at which a report is drawn, once it is known that there is one to draw."""
    if as_at is None:
        return None
    from youthjustice.reports.as_at import checked

    return checked(as_at).isoformat()


def problem_of(answer: Answer) -> InputProblem | ReportFailed | OSError:
    """Give the exception that says what an answer says."""
    if answer.kind == "input":
        return InputProblem(answer.said)
    if answer.kind == "disk":
        return OSError(errno.EIO, answer.said)
    return ReportFailed(answer.said, answer.detail)
