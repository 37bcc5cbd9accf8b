"""Fetch a publisher's file into the user's folder: whole, checked and recorded, or not at all."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.addresses import (
    Location,
    checked,
    host_of,
    named,
    publication,
    publishers,
)
from youthjustice.published.archives import LARGEST_ARCHIVE, taken_out
from youthjustice.published.downloading import Limits, download
from youthjustice.sandbox.opening import open_workbook

RECORD = "downloads.csv"
"""What was fetched when, beside the files."""

_COLUMNS = ("table", "source", "file", "sha256", "bytes", "address", "fetched")
_UNFINISHED = ".part-"
_KINDS = {".csv", ".ods", ".parquet", ".xls", ".xlsb", ".xlsx"}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched.

    Attributes:
        path: where it is while it is being imported.
        place: where it is kept afterwards.
        address: where it comes from.
        sha256: its checksum.
        told: what is known of the checksum, in words.

    """

    path: Path
    place: Path
    address: str
    sha256: str
    told: str


@contextmanager
def fetched(
    table: str,
    folder: Path,
    *,
    source: str | None = None,
    address: str | None = None,
    limits: Limits | None = None,
    progress: bool = False,
) -> Iterator[Download]:
    """Fetch the file of a table, hand it over, and keep it if what is done with it succeeds.

    A file that is cut short, has another checksum than the one pinned, is a web page, or cannot be
    opened leaves nothing behind. One that opens but holds something else is kept, and the message
    says where.

    Args:
        table: a table that `addresses` lists.
        folder: where files are kept; the record `downloads.csv` stands beside them.
        source: the publication, where several hold the table; otherwise the first that is listed.
        address: another address to ask, encrypted, such as that of the newest release.
        limits: of time and size.
        progress: whether to show a bar.

    Raises:
        InputProblem: the file cannot be had or used; the message says what to do.

    """
    wanted = publication(table, source)
    by_hand = f"open {wanted.page} in a browser, save the file and run 'youthjustice import FILE'"
    asked = wanted.address if address is None else address
    if address is None and not asked:
        more = f" ({wanted.note})" if wanted.note else ""
        raise InputProblem(
            f"the file with {table} has no lasting address of its own: {by_hand}{more}"
        )
    hosts = publishers() | {host_of(checked(asked))}
    pinned = wanted.sha256 if address is None else ""
    with _alone(folder), _unfinished(folder) as beside:
        try:
            raw = _had(asked, beside, hosts, wanted, pinned, limits or Limits(), progress)
            done = _described(raw, folder, wanted, asked, pinned)
        except InputProblem as problem:
            raise InputProblem(f"{table} was not fetched: {problem}; {by_hand}") from None
        try:
            yield done
        except InputProblem as problem:
            if not _opens(done.path):
                raise
            _keep(done, folder, wanted, address)
            raise InputProblem(f"{problem} (the file is kept as {done.place})") from None
        _keep(done, folder, wanted, address)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Make the folder and let nobody else fetch into it; what is unfinished there is dead then.

    The lock goes with the process, however it ends. Where the system has no such locks, two
    fetches at a time can stop each other, and neither keeps a half of a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        import fcntl
        import os
    except OSError as problem:
        raise InputProblem(f"{folder} cannot be written: {problem.strerror}") from None
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise InputProblem(f"another fetch is writing into {folder}: wait until it ends") from None
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give a folder for what is not whole yet, gone at the end, and clear those that were left."""
    for left in folder.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        made = tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder)
    except OSError as problem:
        raise InputProblem(f"{folder} cannot be written: {problem.strerror}") from None
    with made as beside:
        yield Path(beside)


def _had(
    address: str,
    beside: Path,
    hosts: frozenset[str],
    wanted: Location,
    pinned: str,
    limits: Limits,
    progress: bool,
) -> Path:
    """Download the file, check it, and take it out of its archive."""
    import pooch  # type: ignore[import-untyped]

    archive = bool(wanted.member)
    if archive and limits.largest > LARGEST_ARCHIVE:
        limits = Limits(limits.connect, limits.silence, limits.whole, LARGEST_ARCHIVE)

    def downloader(url: str, target: str, _: object) -> None:
        whole = beside / "whole"
        download(url, whole, hosts, limits, progress=progress)
        whole.replace(target)  # whose own file nobody else may read

    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("ERROR")  # what it would say of every download, we say in our words
    try:
        raw = Path(
            pooch.retrieve(
                address, None if archive else pinned or None, "file", beside, downloader=downloader
            )
        )
        if archive:
            raw = taken_out(raw, wanted.member, beside / "member")
            if pinned and _digest(raw) != pinned:
                raise ValueError
    except InputProblem:
        raise
    except OSError as problem:
        raise InputProblem(f"the file cannot be written: {problem.strerror}") from None
    except ValueError:
        raise InputProblem(
            "its checksum is not the one that is pinned, so the publisher changed the file or it "
            "was damaged on its way, and nothing was kept"
        ) from None
    finally:
        logger.setLevel(level)
    _check_no_page(raw, host_of(address))
    return raw


def _check_no_page(raw: Path, host: str) -> None:
    """Refuse a web page, which servers send in place of a file that moved or needs a visit."""
    with raw.open("rb") as file:
        start = file.read(2000).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(b"<") and (b"<html" in start or b"<!doctype html" in start):
        raise InputProblem(f"{shown(host)} sent a web page instead of the file")


def _described(raw: Path, folder: Path, wanted: Location, address: str, pinned: str) -> Download:
    """Name the file after its table and its checksum, and say what is known of the checksum."""
    digest = _digest(raw)
    member = wanted.member if raw.name == "member" else urlsplit(address).path
    kind = PurePosixPath(member).suffix.lower()
    name = f"{wanted.table}-{digest[:12]}{kind if kind in _KINDS else ''}"
    path = raw.rename(raw.with_name(name))
    before = [row for row in _recorded(folder) if row["table"] == wanted.table]
    same = [row for row in before if row["sha256"] == digest]
    if pinned:
        told = "as listed"
    elif same:
        told = f"the same file as on {same[-1]['fetched'][:10]}"
    elif before:
        told = f"another file than on {before[-1]['fetched'][:10]}, which is kept beside it"
    else:
        told = "recorded; none is listed to compare it with"
    return Download(path, folder / name, address, digest, told)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opens(path: Path) -> bool:
    try:
        open_workbook(path)
    except InputProblem:
        return False
    return True


def _recorded(folder: Path) -> list[dict[str, str]]:
    """Read what was fetched before; a record that was damaged or written by others is no record."""
    try:
        text = (folder / RECORD).read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text), restval=""))
    except (OSError, ValueError, csv.Error):
        return []
    return [row for row in rows if set(_COLUMNS) <= set(row)]


def _keep(done: Download, folder: Path, wanted: Location, given: str | None) -> None:
    """Put the file and the record of it in their places, each whole or not at all."""
    row = {
        "table": wanted.table,
        "source": wanted.source if given is None else "",
        "file": done.place.name,
        "sha256": done.sha256,
        "bytes": str(done.path.stat().st_size),
        # A person's own address may hold a key after its question mark.
        "address": done.address if given is None else named(given).strip("'"),
        "fetched": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }
    written = io.StringIO()
    lines = csv.DictWriter(written, _COLUMNS, extrasaction="ignore", lineterminator="\n")
    lines.writeheader()
    lines.writerows([*_recorded(folder), row])
    record = done.path.with_name(RECORD)
    try:
        record.write_text(written.getvalue(), encoding="utf-8")
        done.path.replace(done.place)
        record.replace(folder / RECORD)
    except OSError as problem:
        raise InputProblem(f"{done.place} cannot be written: {problem.strerror}") from None
