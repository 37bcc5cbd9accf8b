"""Read a file in a process of its own, and take its pieces without trusting them."""

from __future__ import annotations

import datetime
import json
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO

from youthjustice.sandbox.child import BY_LINE
from youthjustice.sandbox.limits import PATIENCE, SECONDS
from youthjustice.sandbox.pieces import TOO_BIG, Piece

TOO_LONG = (
    f"takes more than {SECONDS} seconds to read: save the sheets and rows you need alone, or as CSV"
)
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from youthjustice.sandbox.child import main; main()"
)
_DATES = frozenset({"date", "datetime", "time", "timedelta"})


class _Unpickler(pickle.Unpickler):
    """Take lists, texts, numbers and dates, and nothing that could run."""

    def find_class(self, module: str, name: str) -> type:
        """Allow the four kinds of dates."""
        if module == "datetime" and name in _DATES:
            return getattr(datetime, name)  # type: ignore[no-any-return]
        raise pickle.UnpicklingError(f"{module}.{name}")


def run(file: int, by_line: bool = False) -> Generator[Piece, None, None]:
    """Give the pieces of the open file of that number; the last is always its end or a problem.

    The process gets its own memory, time and empty folder, and is gone when this ends or is closed.
    ``by_line`` decodes a text file line by line, as `delimited.decoded_by_line` does.
    """
    late = threading.Event()
    asked = [BY_LINE] if by_line else []
    with (
        tempfile.TemporaryDirectory(prefix="youthjustice-") as folder,
        subprocess.Popen(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _START, json.dumps(_where()), *asked],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        ) as child,
    ):

        def stop() -> None:
            late.set()
            child.kill()

        alarm = threading.Timer(PATIENCE, stop)
        alarm.daemon = True
        alarm.start()
        try:
            last: Piece = ("",)
            for last in _taken(child.stdout):
                yield last
            if last[0] not in ("end", "problem"):
                overran = late.is_set() or child.wait() == -getattr(signal, "SIGXCPU", 0)
                yield ("problem", TOO_LONG if overran else TOO_BIG)
        finally:
            alarm.cancel()
            child.kill()


def _taken(stream: IO[bytes] | None) -> Iterator[Piece]:
    """Read pieces until the stream ends, if need be in the middle of one."""
    assert stream is not None
    while True:
        try:
            piece = _Unpickler(stream).load()
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            return
        yield piece


def _where() -> list[str]:
    """List where modules are found: ours first, and never the folder that the user stands in."""
    ours = str(Path(__file__).resolve().parents[2])
    return [ours, *(entry for entry in sys.path if Path(entry).is_absolute())]
