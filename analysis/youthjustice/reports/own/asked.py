"""What is asked of a report on own records, checked before anything is read."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.imported_folder import local_folder
from youthjustice.records.cohort.parameters import read_date
from youthjustice.reports.fingerprint import add
from youthjustice.reports.formats import FORMATS

INTERNAL = "-internal-"
"""What stands in the name of every file of an internal report (`let_out`)."""
_INDEX = "index.html"
_KEY, _KEY_LENGTH = "fingerprints.key", 32


def own_request(
    records: str | Path | None,
    mapping: str | Path | None,
    extract_date: object,
    internal: bool,
    as_at: object = None,
) -> dict[str, Any]:
    """Give what a worker is told of own records.

    Raises InputProblem for what cannot be asked for: records that are not there, options that go with
    records and stand alone, and records in a report as it stood at an earlier day.
    """
    given = {"mapping": mapping, "extract_date": extract_date, "internal": internal or None}
    lonely = [name.replace("_", "-") for name, value in given.items() if value is not None]
    if records is None and lonely:
        raise InputProblem(
            f"--{lonely[0]} goes with --records FOLDER: published figures are for everyone to see."
        )
    if records is not None and as_at is not None:
        raise InputProblem(
            "--as-at and --records do not go together: own records are shown as of their extract."
        )
    for what, path in (("extract", records), ("mapping", mapping)):
        if path is not None and not Path(path).exists():
            raise InputProblem(f"There is no {what} at {path}; check the path.")
    return {
        "records": None if records is None else str(records),
        "mapping": None if mapping is None else str(mapping),
        "extract_date": None
        if extract_date is None
        else read_date("extract_date", extract_date).isoformat(),
        "internal": internal,
    }


def records_of(folder: str | Path | None, stem: str) -> Path | None:
    """Give an area's own extract among those of many: the folder named as its report is."""
    own = None if folder is None else Path(folder) / stem
    return own if own is not None and own.exists() else None


def keep_apart(folder: str | Path, internal: bool) -> None:
    """Refuse to put internal reports into a folder with others, or others beside internal ones.

    A file in the folder's place is refused too, before anything is made.
    """
    if Path(folder).is_file():
        raise InputProblem(f"{shown(Path(folder).name)} is a file: name a folder.")
    names = [
        path.name
        for path in (Path(folder).iterdir() if Path(folder).is_dir() else ())
        if path.suffix[1:] in FORMATS or INTERNAL in path.name
    ]
    inside = [name for name in names if INTERNAL in name]
    others = [name for name in names if INTERNAL not in name and name != _INDEX]
    if internal and others:
        raise InputProblem(
            f"{folder} holds reports for publication, and internal ones are kept apart from them; name "
            "another folder with --output."
        )
    if not internal and inside:
        raise InputProblem(
            f"{folder} holds internal reports, and none for publication is put beside them; name "
            "another folder with --output."
        )


def of_records(records: Path | None, mapping: Path | None) -> str:
    """Give a fingerprint of an extract that only this machine can make.

    A plain hash would tell whoever has a likely extract whether it is this one. So it is made with a
    key that is kept with the imports and goes nowhere else; without the key it is a new one, and the
    report is made again.
    """
    if records is None:
        return ""
    made = hmac.new(_key(), digestmod=hashlib.sha256)
    for path in _files(records, mapping):
        add(made, path.name, path.read_bytes())
    return made.hexdigest()


def _files(records: Path, mapping: Path | None) -> Iterator[Path]:
    """Give the files that a report on records may read, in one order."""
    if records.is_dir():
        yield from (path for path in sorted(records.iterdir()) if path.is_file())
    elif records.is_file():
        yield records
    if mapping is not None and mapping.is_file():
        yield mapping


def _key() -> bytes:
    """Give the key of this machine, and make it where there is none that can be read."""
    place = local_folder() / _KEY
    with suppress(OSError, ValueError):
        if len(key := bytes.fromhex(place.read_text(encoding="ascii"))) == _KEY_LENGTH:
            return key
    key = secrets.token_bytes(_KEY_LENGTH)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    # Nobody else may read it, from the first moment on.
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.write(key.hex())
    return key
