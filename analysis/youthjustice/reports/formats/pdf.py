"""A report as a tagged PDF, printed by Chromium from the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from youthjustice._files import write_whole
from youthjustice.errors import InputProblem
from youthjustice.reports.content import Content
from youthjustice.reports.failing import ReportFailed

PATIENCE = 180
"""Seconds that printing may take."""

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
_PRINT = (
    "--headless",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)
# Nothing is fetched, and nothing of the person's own browser is read or changed.
_APART = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-extensions",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_WHEN = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)")
# Chromium tags a figure and the picture in it alike, and only the picture has words of its own.
_FIGURE = ("<figure ", '<figure role="group" ')
_NODE = re.compile(rb"\(node\d{8}\)")


def write(content: Content, folder: Path, stem: str) -> list[Path]:
    """Print the page; raises InputProblem without a browser, ReportFailed where it does not print."""
    from youthjustice.reports import page

    target = folder / f"{stem}.pdf"
    write_whole(target, printed(page.render(content)))
    return [target]


def browser() -> str:
    """Find Chromium or one of its kin: what ``CHROMIUM`` names, else the first on the path."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
    if found is None:
        where = f"at {named}, which CHROMIUM names" if named else "on the path"
        raise InputProblem(
            f"A PDF is printed by Chromium, and there is none {where}: install Chromium, Chrome or "
            "Edge, or set CHROMIUM to its program; every other format does without."
        )
    return found


def printed(page: str) -> bytes:
    """Print a page as PDF: the same bytes each time, since the time of printing is left out."""
    with tempfile.TemporaryDirectory(prefix="yj-pdf-", ignore_cleanup_errors=True) as room:
        source, made = Path(room, "page.html"), Path(room, "page.pdf")
        source.write_text(page.replace(*_FIGURE), encoding="utf-8")
        command = [
            browser(),
            *_PRINT,
            *_APART,
            # Chromium refuses to shut itself in when it is run by root, as containers do.
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
            f"--user-data-dir={Path(room, 'profile')}",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        said = _run(command)
        raw = made.read_bytes() if made.is_file() else b""
    if not raw.rstrip().endswith(b"%%EOF"):
        raise ReportFailed("Chromium did not print the report; print the page yourself.", said)
    return _steady(raw)


def _steady(raw: bytes) -> bytes:
    """Leave out when a PDF was printed, and count its tags from 1, whatever they were counted from.

    Each change is as long as what it replaces, so that every offset in the file stays right.
    """
    tags = {tag: b"(node%08d)" % at for at, tag in enumerate(sorted(set(_NODE.findall(raw))), 1)}
    return _NODE.sub(lambda found: tags[found[0]], _WHEN.sub(_blank, raw))


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


def _run(command: list[str]) -> str:
    """Run the browser to its end and give what it said."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ReportFailed(
            f"Chromium took more than {PATIENCE} seconds to print the report."
        ) from None
    return done.stdout.decode("utf-8", "replace")
