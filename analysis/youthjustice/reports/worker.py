"""A process that writes reports one after another: it imports once and draws for as long as asked.

Requests come as lines of JSON, and answers go back so; what cells print goes nowhere. The process
ends when nobody is left to ask, in the middle of a report too.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import threading
from functools import cache
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from youthjustice.reports.content import Content


_BETWEEN_SEARCHES = 20_000
"""New objects after which garbage is looked for: a report makes three times as many."""


def main() -> None:
    """Answer requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides when to stop
    requests, answers = _apart()
    heard: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, heard), daemon=True).start()
    # The first request waits for this; a second process gets ready meanwhile.
    importlib.import_module("matplotlib.backends.backend_svg")

    from youthjustice.reports.making import make

    while True:
        request = json.loads(heard.get())
        kept: list[Any] = []
        problems: list[Any] = []
        look = _looked_at(kept if request.pop("headline", False) else None, problems)

        def tell(done: int, total: int, step: str) -> None:
            _say(answers, "progress", done, total, step)

        try:
            _say(answers, "done", make(progress=tell, look=look, **request), kept, problems)
        except BaseException as problem:
            _say(answers, "problem", *_described(problem, bool(request.get("records"))))
        _settled()


@cache
def _settled() -> None:
    """Leave what the first report imported and keeps out of every further search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_SEARCHES)


def _listen(requests: IO[str], heard: SimpleQueue[str]) -> None:
    """Pass requests on; once whoever asks is gone, killed perhaps, the report in hand is not wanted."""
    for line in requests:
        heard.put(line)
    os._exit(0)


def _looked_at(headlines: list[Any] | None, problems: list[Any]) -> Callable[[Content], None]:
    """Keep what a report must not say, and its headline figures for whoever asked for them."""

    def look(content: Content) -> None:
        from youthjustice.reports.headline import headline
        from youthjustice.reports.linted import problems_of

        problems.extend(problems_of(content))
        if headlines is not None:
            headlines.extend(headline(content))

    return look


def _apart() -> tuple[IO[str], IO[str]]:
    """Keep the two ends of the conversation, and leave cells nothing to read or disturb."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    return requests, answers


def _say(answers: IO[str], *told: Any) -> None:
    answers.write(json.dumps(told) + "\n")
    answers.flush()


def _described(problem: BaseException, discreet: bool) -> tuple[str, str, str]:
    """Describe what went wrong: what kind of problem, what to say, and the trace.

    Of an error in a ``discreet`` run, on case records, only its kind and its place are told.
    """
    from youthjustice.errors import InputProblem
    from youthjustice.reports.failing import ReportFailed

    if isinstance(problem, InputProblem):
        return "input", str(problem), ""
    if isinstance(problem, ReportFailed):
        return "stopped", str(problem), problem.detail
    if isinstance(problem, OSError) and problem.strerror:
        where = f" ({problem.filename})" if problem.filename else ""
        return "disk", f"{problem.strerror}{where}", ""
    if discreet:
        from youthjustice.reports.discreet import kept_back

        kept = kept_back(problem)
        return "stopped", str(kept), kept.detail
    import traceback

    return "stopped", f"{type(problem).__name__}: {problem}", traceback.format_exc()
