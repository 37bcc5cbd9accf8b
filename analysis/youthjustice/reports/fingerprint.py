"""Tell whether a report would come out the same: a fingerprint of all that it is made from."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from youthjustice import __version__
from youthjustice._shipped import data_folder
from youthjustice.published.imported_folder import local_folder
from youthjustice.reports.notebook import area_notebook

_LIBRARIES = (
    "ipython", "jinja2", "matplotlib", "mistune", "numpy", "pandas", "scipy", "statsmodels",
    "gptables", "python-docx",
)  # fmt: skip
_PLACES = ("output", "notebook", "commentary", "records", "mapping")
"""Where things lie says nothing of what they hold."""

_HERE = Path(__file__).resolve().parents[1]


def of_run(notebook: str | Path | None = None) -> str:
    """Give the fingerprint of what all areas share: code, data, notebook and libraries.

    The data are the shipped tables and lookups and the imported releases. A file that the notebook
    opens by itself is not known here.
    """
    made = hashlib.sha256(json.dumps([__version__, sys.version, *_versions()]).encode())
    for root, path in _files():
        add(made, path.relative_to(root).as_posix(), path.read_bytes())
    for path in _kept():
        # They can be large: their state will do, as it does where they are loaded.
        state = path.stat()
        add(made, path.name, f"{state.st_size} {state.st_mtime_ns}".encode())
    add(made, "notebook", Path(notebook or area_notebook()).read_bytes())
    return made.hexdigest()


def of_area(
    run: str, request: Mapping[str, Any], files: Iterable[Path] = (), records: str = ""
) -> str:
    """Give the fingerprint of one report: of its run, what is asked, and files of its area alone.

    ``records`` is that of the area's case records (`of_records`), which are not hashed here.
    """
    asked = {key: request[key] for key in sorted(request) if key not in _PLACES}
    made = hashlib.sha256(json.dumps([run, asked, records], default=str).encode())
    for path in files:
        try:
            add(made, path.name, path.read_bytes())
        except OSError:  # none, or one that the report itself will say it cannot read
            add(made, "", b"")
    return made.hexdigest()


def of_file(path: Path) -> str:
    """Give the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add(made: Any, name: str, raw: bytes) -> None:
    """Add a file, its name and length first, so that no two lists of files read alike."""
    made.update(f"{name}\0{len(raw)}\0".encode())
    made.update(raw)


def _versions() -> Iterator[str]:
    for library in _LIBRARIES:
        try:
            yield f"{library} {metadata.version(library)}"
        except metadata.PackageNotFoundError:
            yield library


def _files() -> Iterator[tuple[Path, Path]]:
    """List the package's own files and the shipped data, with the folder of each, in one order."""
    data, local = data_folder(), local_folder()
    for root in (_HERE, data):
        for path in sorted(root.rglob("*")):
            made = path.suffix == ".pyc" or local in path.parents
            if not made and path.is_file():
                yield root, path


def _kept() -> list[Path]:
    """List the files of imported releases and their description."""
    found = local_folder().glob("[!.]*")
    return sorted(path for path in found if path.suffix in (".csv", ".json") and path.is_file())
