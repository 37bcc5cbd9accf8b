"""Run a notebook's cells in this process, as JupyterLab would, and keep what they show."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from youthjustice.errors import InputProblem
from youthjustice.reports.discreet import check_parts, kept_back
from youthjustice.reports.failing import ReportFailed
from youthjustice.reports.notebook import Notebook

Progress = Callable[[int, int, str], None]
_THING = "application/x-youthjustice"
_KINDS = ("text/html", "image/svg+xml", "image/png", "text/markdown", "text/plain")


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing a notebook shows: its kind, its content, and the object itself where one was shown.

    ``kind`` is ``markdown`` for a cell of text and otherwise the media type of ``content``.
    """

    kind: str
    content: str
    thing: Any = None


class _Formatter(DisplayFormatter):
    """Ask a thing that knows its HTML for nothing else, and send the thing along."""

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> tuple[Any, Any]:
        asked = None if isinstance(obj, type) else getattr(obj, "_repr_html_", None)
        shown = None if asked is None else asked()
        if shown is not None:
            return {"text/html": shown, _THING: obj}, {}
        return super().format(obj, include=include, exclude=exclude)  # type: ignore[no-any-return]


class _Publisher(DisplayPublisher):
    """Keep what ``display(...)`` shows."""

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        self.shell.keep(data)


class _Hook(DisplayHook):
    """Keep the value of a cell's last line."""

    def __call__(self, result: Any = None) -> None:
        self.check_for_underscore()
        if result is None or self.quiet():
            return
        data, _ = self.compute_format_data(result)
        self.update_user_ns(result)
        shell: Any = self.shell
        shell.keep(data)

    def flush(self) -> None:
        """Forget all values, as IPython does, without the search for garbage that it makes then."""
        shell: Any = self.shell
        for at in range(1, self.prompt_count + 1):
            shell.user_ns.pop(f"_{at}", None)
        shell.user_ns.get("_oh", {}).clear()
        self._ = self.__ = self.___ = ""


class _Shell(InteractiveShell):
    """An interactive shell that shows nothing and keeps everything."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.shown: list[Shown] = []
        self._plain: dict[str, str] = {}

    def init_display_formatter(self) -> None:
        formatter: Any = _Formatter(parent=self)
        formatter.active_types = [*_KINDS]
        self.display_formatter = formatter
        self.configurables.append(formatter)

    def transform_cell(self, raw_cell: str) -> str:
        """Read a cell's magics once: the same cells run for every area."""
        if raw_cell not in self._plain:
            self._plain[raw_cell] = super().transform_cell(raw_cell)
        return self._plain[raw_cell]

    def ask_exit(self) -> None:
        """There is no session to leave: the other cells run."""

    def enable_gui(self, gui: Any = None) -> None:
        """Drawings open no windows here."""

    def _showtraceback(self, *_: Any) -> None:
        """Leave the trace to whoever asks for the result."""

    def keep(self, data: dict[str, Any]) -> None:
        """Keep the best form of what was shown."""
        kind = next((kind for kind in _KINDS if kind in data), None)
        if kind is not None:
            self.shown.append(Shown(kind, data[kind], data.get(_THING)))


class _Printed(io.TextIOBase):
    """Keep printed text between the things shown."""

    def __init__(self, shown: list[Shown]) -> None:
        self._shown = shown

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self._shown[-1] if self._shown else None
        if last is not None and last.kind == "stream":
            self._shown[-1] = Shown("stream", last.content + text)
        else:
            self._shown.append(Shown("stream", text))
        return len(text)


@cache
def _shell() -> _Shell:
    """Make the one shell of this process: magics and ``display`` look for it."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Plain"
    config.InteractiveShell.colors = "nocolor"
    settings: dict[str, Any] = {"displayhook_class": _Hook, "display_pub_class": _Publisher}
    return _Shell.instance(config=config, **settings)


def run(
    notebook: Notebook, progress: Progress | None = None, discreet: bool = False
) -> list[Shown]:
    """Run every cell in a fresh namespace and list what is shown, in order.

    ``progress`` is called with the number of code cells done, their number in all, and the name of
    the one about to run. Cells tagged ``notebook-only`` speak to the analyst: they run and show
    nothing. Raises InputProblem as a cell raises it, ReportFailed when a cell stops otherwise.

    A ``discreet`` run is one on case records. What a cell shows is then taken only where it is a part
    of a report (`is_part`), since a frame or a printed line may be about a child, and what an error
    says is kept back.
    """
    shell = _shell()
    shell.reset(new_session=False)
    total, done = sum(cell.kind == "code" for cell in notebook), 0
    with _as_found(shell):
        kept: list[Shown] = []
        for cell in notebook:
            if cell.kind == "code":
                if progress is not None:
                    progress(done, total, cell.name)
                done += 1
                made = _outputs(shell, cell.source, discreet)
                if discreet and not cell.for_analysts:
                    check_parts(made, cell.name)
            else:
                made = [Shown("markdown", cell.source)] if cell.kind == "markdown" else []
            kept += [] if cell.for_analysts else made
    if progress is not None:
        progress(total, total, "")
    return kept


def _outputs(shell: _Shell, source: str, discreet: bool) -> list[Shown]:
    """Run one cell."""
    shell.shown = []
    with redirect_stdout(_Printed(shell.shown)), redirect_stderr(io.StringIO()):
        result = shell.run_cell(source, store_history=True)
    problem = result.error_before_exec or result.error_in_exec
    if isinstance(problem, InputProblem):
        raise problem
    if problem is not None and discreet:
        raise kept_back(problem)
    if problem is not None:
        trace = shell.InteractiveTB.stb2text(
            shell.InteractiveTB.structured_traceback(type(problem), problem, problem.__traceback__)
        )
        said = f"The notebook stopped with {type(problem).__name__}: {problem}"
        raise ReportFailed(said, trace) from problem
    return shell.shown


@contextmanager
def _as_found(shell: _Shell) -> Iterator[None]:
    """Leave the process as it was, so that an area's report does not depend on the one before."""
    import matplotlib

    folder, settings = Path.cwd(), matplotlib.rcParams.copy()
    try:
        yield
    finally:
        shell.shown = []
        os.chdir(folder)
        matplotlib.rcParams.update(settings)
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
