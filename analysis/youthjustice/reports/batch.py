"""Build the reports of many areas, and the page that lists them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from youthjustice._files import write_whole
from youthjustice.errors import InputProblem
from youthjustice.presentation.report_lint import ReportProblem
from youthjustice.presentation.words.of_all import of_all_words
from youthjustice.published import Place, places
from youthjustice.reports.additions import files_of
from youthjustice.reports.building import day_asked, request_for
from youthjustice.reports.commentary import commentary_folder
from youthjustice.reports.comparators import authority, others_than, set_beside
from youthjustice.reports.files import stem
from youthjustice.reports.fingerprint import of_area, of_run
from youthjustice.reports.formats import chosen
from youthjustice.reports.index import Listed, render
from youthjustice.reports.ledger import Record, alone, publish, recorded, stands
from youthjustice.reports.notebook import read_notebook, with_parameters
from youthjustice.reports.own.asked import keep_apart, of_records, own_request, records_of
from youthjustice.reports.own.untracked import keep_untracked
from youthjustice.reports.own_releases import checked_releases, told
from youthjustice.reports.target_rows import FILE, unused_rows
from youthjustice.reports.workers import Answer, Request, Tell, ask

Failing = Callable[[str, str], None]

INDEX = "index.html"
_MEMORY = 1024**3
"""Bytes that one worker may come to need."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch.

    ``index`` is the page that lists the reports; ``made`` has the areas whose reports were built,
    ``unchanged`` those that were up to date, and ``failed`` the reason why one could not be built.
    ``unused`` says which rows of targets no report could use, and why.
    ``problems`` has what an area's report says against the rules of its words, if anything.

    >>> made = Batch(Path("reports/index.html"), ("Camden",), ("Islington",), {}, (), {})
    >>> len(made.made), "Islington" in made.unchanged
    (1, True)
    """

    index: Path
    made: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: dict[str, str]
    unused: tuple[str, ...]
    problems: dict[str, list[ReportProblem]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A report that is wanted: of which area, what a worker is told, and its fingerprint."""

    place: Place
    stem: str
    request: Request
    fingerprint: str


def build_all(
    output: str | Path = "reports",
    workers: int = 2,
    areas: Iterable[str] | None = None,
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
    rebuild: bool = False,
    progress: Tell | None = None,
    failing: Failing | None = None,
) -> Batch:
    """Write the reports of all English authorities, or of the areas named, and list them in a page.

    ``workers`` processes build at once. ``notebook``, ``formats``, ``commentary``, ``compare``,
    ``as_at`` and ``releases`` are as in `build`, and the list says the last three; an area is not
    set beside itself. ``records`` holds a folder for each area that has an extract, named as its
    report is (`islington`), and the others get no sections on own records (no report at all with
    ``internal``); ``mapping``, ``extract_date`` and ``internal`` are as in `build`. A report that is
    there, unedited, and was made from the same data, code, notebook, commentary, records, libraries
    and options is left as it is, unless ``rebuild`` asks for all.
    ``progress`` is called with the number of areas done, their number in all and the name of the
    last; ``failing`` with the name of an area that fails and the reason, at once: it is known even
    if the list cannot be written in the end.

    An area that fails costs its own report alone. A run that was stopped in any way leaves whole
    files, and the next goes on from there. A second run into the same folder waits for the first.

    Raises InputProblem when the notebook, a format, an area to compare with, the day or a release is
    not known, when the areas cannot be listed or when the targets cannot be read at all, OSError
    when the folder cannot be written.

    >>> build_all(workers=0)
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: There are 0 workers; it takes 1 or more.
    """
    if workers < 1:
        raise InputProblem(f"There are {workers} workers; it takes 1 or more.")
    folder = Path(output)
    # Whatever cannot be asked for is refused once, and not by every area.
    formats, additions = chosen(formats), commentary_folder(commentary)
    shared = own_request(records, mapping, extract_date, internal, as_at)
    keep_apart(folder, internal)
    beside, day, named = set_beside(compare), day_asked(as_at), checked_releases(releases)
    used = {"compare": beside, "as_at": day, **shared}
    with_parameters(read_notebook(notebook), area="", **{k: v for k, v in used.items() if v})
    found, failed = _found(areas, day)
    if internal:  # a report without own records has nothing that is for the service alone
        found = {name: place for name, place in found.items() if records_of(records, name)}
    tell = progress or (lambda *_: None)
    fails = failing or (lambda *_: None)
    for name, reason in failed.items():
        fails(name, reason)
    in_all = len(found) + len(failed)
    unused = tuple(unused_rows(additions / FILE, [place.name for place in found.values()]))

    with alone(folder, lambda: tell(0, in_all, "waits for another run in this folder")) as work:
        run = of_run(notebook)
        wanted = []
        for name, place in found.items():
            asked = request_for(
                place, work / name, notebook=notebook, formats=formats, commentary=commentary
            ) | {"compare": others_than(place, beside), "as_at": day, "releases": named}
            extract = records_of(records, name)
            if extract is not None:
                asked |= shared | {"records": str(extract)}
            made_from = of_records(extract, None if mapping is None else Path(mapping))
            own = files_of(additions, place.name)
            wanted.append(_Asked(place, name, asked, of_area(run, asked, own, made_from)))
        kept = {} if rebuild else dict(_up_to_date(folder, wanted))
        unchanged = tuple(one.place.name for one in wanted if one.stem in kept)
        todo = {str(one.request["output"]): one for one in wanted if one.stem not in kept}
        done = len(failed) + len(kept)
        tell(done, in_all, "")
        asked_for = [{**one.request, "headline": True} for one in todo.values()]
        for answer in ask(asked_for, workers):
            one = todo[str(answer.request["output"])]
            try:
                kept[one.stem] = _published(folder, one, answer)
            except _Failed as problem:
                failed[one.place.name] = str(problem)
                fails(one.place.name, str(problem))
            done += 1
            tell(done, in_all, one.place.name)
        listed = [_listed(one, kept[one.stem]) for one in wanted if one.stem in kept]
        said = of_all_words(day, [one.name for one in beside], told(named))
        write_whole(work / INDEX, render(listed, failed, said, unused))
        (work / INDEX).replace(folder / INDEX)
        if internal:
            keep_untracked(folder)

    made = tuple(one.place.name for one in todo.values() if one.stem in kept)
    problems = {
        kept[name].area: [ReportProblem(*problem) for problem in kept[name].problems]
        for name in sorted(kept)
        if kept[name].problems
    }
    return Batch(folder / INDEX, made, unchanged, dict(sorted(failed.items())), unused, problems)


def workers_here() -> int:
    """Tell how many workers suit this machine: one a core, at most what its memory can hold."""
    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return cores
    return max(1, min(cores, memory // _MEMORY))


class _Failed(Exception):
    """One report could not be made; the message says why, in one line."""


def _found(areas: Iterable[str] | None, day: str | None) -> tuple[dict[str, Place], dict[str, str]]:
    """Find the areas by the stem of their files; those that cannot be reported have a reason."""
    if areas is None:
        areas = [one.name for one in places(kind="authority", country="England")]
    found: dict[str, Place] = {}
    failed: dict[str, str] = {}
    for name in areas:
        try:
            stem(name)  # said of the name before anything is looked up
            place = authority(name)
            other = found.setdefault(stem(place.name, day), place)
        except InputProblem as problem:
            failed[str(name)] = _in_one_line(problem)
            continue
        if other != place:
            failed[place.name] = (
                f"Its file would have the name of that of {other.name[:80]!r}, {stem(place.name, day)}; "
                "give one of them another name."
            )
    return found, failed


def _up_to_date(folder: Path, wanted: Iterable[_Asked]) -> Iterator[tuple[str, Record]]:
    """Give the records of the reports that need not be built."""
    for one in wanted:
        record = recorded(folder, one.stem)
        if record and record.fingerprint == one.fingerprint and stands(folder, record):
            yield one.stem, record


def _published(folder: Path, one: _Asked, answer: Answer) -> Record:
    """Bring one report into its place, or say why there is none."""
    if answer.kind:
        raise _Failed(_in_one_line(answer.said))
    headline = [(str(what), [str(line) for line in said]) for what, said in answer.headline]

    def record(files: dict[str, str]) -> Record:
        problems = [[str(part) for part in problem] for problem in answer.problems]
        return Record(one.place.name, one.fingerprint, files, headline, problems)

    try:
        return publish(folder, Path(one.request["output"]), one.stem, record)
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        raise _Failed(_in_one_line(f"{problem.strerror or problem}{where}")) from None


def _listed(one: _Asked, record: Record) -> Listed:
    return Listed(one.place.name, one.place.region, one.stem, list(record.files), record.headline)


def _in_one_line(text: object) -> str:
    return " ".join(str(text).split())
