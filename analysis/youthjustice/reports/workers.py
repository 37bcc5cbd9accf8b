"""Ask processes of their own to write reports: several at once, each for many areas."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Request = dict[str, Any]
Tell = Callable[[int, int, str], None]

PATIENCE = 600
"""Seconds that one report may take."""

_DYING = 5.0

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from youthjustice.reports.worker import main; main()"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: what was made; or the kind of problem, what to say, and the trace.

    ``kind`` is empty where it was made, and otherwise ``input``, ``stopped``, ``disk`` or ``died``.
    ``headline`` holds the report's headline figures if they were asked for, ``problems`` what it
    says against the rules of its words, as `ReportProblem` holds it.
    """

    request: Request
    made: dict[str, Any]
    kind: str = ""
    said: str = ""
    detail: str = ""
    headline: tuple[Any, ...] = ()
    problems: tuple[Any, ...] = ()


class _Process:
    """One process that writes reports, started when it is made."""

    def __init__(self) -> None:
        ours = str(Path(__file__).resolve().parents[2])
        self.child = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps([*sys.path, ours])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def answer(self, request: Request, tell: Tell | None) -> Answer:
        """Hand over one request and wait for its answer."""
        assert self.child.stdin is not None and self.child.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self.child.kill()

        alarm = threading.Timer(PATIENCE, stop)
        alarm.daemon = True
        alarm.start()
        try:
            self.child.stdin.write(json.dumps(request) + "\n")
            self.child.stdin.flush()
            for line in self.child.stdout:
                what, *told = json.loads(line)
                if what == "done":
                    return Answer(
                        request, told[0], headline=tuple(told[1]), problems=tuple(told[2])
                    )
                if what == "problem":
                    return Answer(request, {}, *told)
                if tell is not None:
                    tell(*told)
        except (OSError, ValueError):  # it died while it was told, or in the middle of a line
            pass
        finally:
            alarm.cancel()
        return Answer(request, {}, "died", self._how_it_ended(late.is_set()))

    def _how_it_ended(self, late: bool) -> str:
        """Say why there is no answer, and leave nothing of the process."""
        with suppress(subprocess.TimeoutExpired):
            self.child.wait(_DYING)
        killed = self.child.returncode == -9 and not late
        self.end()
        if killed:
            return "Its process was killed from outside, perhaps for want of memory; run again."
        why = f"takes more than {PATIENCE} seconds" if late else "ended its own process"
        return f"The notebook {why}; run its cells in JupyterLab."

    def alive(self) -> bool:
        """Tell whether it can be asked again."""
        return self.child.poll() is None

    def end(self) -> None:
        """End it, whatever it does."""
        self.child.kill()
        with self.child:
            pass


def ask(
    requests: Sequence[Request], workers: int = 1, tell: Tell | None = None
) -> Iterator[Answer]:
    """Answer each request as soon as it is done; a process that dies costs its own request alone.

    Every process is gone when this ends or is closed.
    """
    own = threading.local()
    started: list[_Process] = []
    starting, over = threading.Lock(), threading.Event()

    def answered(request: Request) -> Answer:
        if not (hasattr(own, "process") and own.process.alive()):
            with starting:
                if over.is_set():
                    return Answer(request, {}, "died", "Nobody waits for it.")
                try:
                    own.process = _Process()
                except OSError as problem:
                    return Answer(request, {}, "died", f"No process could start: {problem}")
                started.append(own.process)
        return own.process.answer(request, tell)  # type: ignore[no-any-return]

    pool = ThreadPoolExecutor(max(1, min(workers, len(requests))))
    try:
        for future in as_completed([pool.submit(answered, request) for request in requests]):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        with starting:
            over.set()
        for process in started:
            process.end()
        pool.shutdown()
