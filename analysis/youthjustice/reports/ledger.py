"""What a folder of reports knows about itself, so that a second run builds only what changed.

Beside the reports, `.youthjustice` holds one small JSON file for each area, a lock, and the folder in
which a run works. A report is made there and then renamed into its place; its record comes last.
Whatever stops a run, the folder thus holds whole files, and a record speaks of no other.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from youthjustice._files import write_whole
from youthjustice.published.imported_folder import held
from youthjustice.reports.fingerprint import of_file
from youthjustice.reports.headline import Headline

RECORDS = ".youthjustice"
_WORK = "work-"
_STALE = 600.0
"""Seconds after which an unfinished file is nobody's: writing one takes far less than one."""


@dataclass(frozen=True, slots=True)
class Record:
    """One area's report as it was made: its fingerprint, and each file with its sha256.

    ``problems`` is what the report says against the rules of its words, as `ReportProblem` holds it.
    """

    area: str
    fingerprint: str
    files: dict[str, str]
    headline: list[Headline]
    problems: list[list[str]]


def recorded(folder: Path, stem: str) -> Record | None:
    """Read the record of one report, if there is one that makes sense."""
    try:
        told = json.loads(_path(folder, stem).read_text(encoding="utf-8"))
        files = {str(name): str(digest) for name, digest in told["files"].items()}
        headline = [(str(what), [str(line) for line in said]) for what, said in told["headline"]]
        problems = [[str(part) for part in one] for one in told["problems"]]
        return Record(str(told["area"]), str(told["fingerprint"]), files, headline, problems)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def stands(folder: Path, record: Record) -> bool:
    """Tell whether each file is there as it was made: neither lost, cut short nor edited."""
    try:
        return bool(record.files) and all(
            of_file(folder / name) == digest for name, digest in record.files.items()
        )
    except OSError:
        return False


def publish(
    folder: Path, made: Path, stem: str, record: Callable[[dict[str, str]], Record]
) -> Record:
    """Rename what was made for an area into place, file by file, and then write its record."""
    files = {
        path.relative_to(made).as_posix(): of_file(path)
        for path in sorted(made.rglob("*"))
        if path.is_file()
    }
    for name in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (made / name).replace(target)
    kept = record(files)
    _write(folder, made, stem, kept)
    shutil.rmtree(made, ignore_errors=True)
    return kept


def _write(folder: Path, made: Path, stem: str, record: Record) -> None:
    text = json.dumps(asdict(record), indent=1, ensure_ascii=False) + "\n"
    whole = made / f"{stem}.json"
    write_whole(whole, text)
    whole.replace(_path(folder, stem))


def _path(folder: Path, stem: str) -> Path:
    return folder / RECORDS / f"{stem}.json"


@contextmanager
def alone(folder: Path, wait: Callable[[], None]) -> Iterator[Path]:
    """Give a folder to work in while no other run writes here; ``wait`` is called if one does.

    The lock goes with its process, however that ends, and with it the claim to what it left.
    """
    records = folder / RECORDS
    records.mkdir(parents=True, exist_ok=True)
    with (records / ".lock").open("a+b") as lock:
        if not held(lock):
            wait()
            while not held(lock):
                time.sleep(0.1)
        _clear(folder)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=records))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Take away what killed runs left unfinished."""
    for left in (folder / RECORDS).glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    old = time.time() - _STALE
    for part in folder.glob(".*.part"):
        try:
            if part.stat().st_mtime < old:
                part.unlink()
        except OSError:  # its own run has just finished it
            continue
