"""Runs on case records: what a cell may show, and how little is said of an error."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from youthjustice.errors import InputProblem
from youthjustice.reports.failing import ReportFailed

if TYPE_CHECKING:
    from youthjustice.reports.cells import Shown

_OURS = ("youthjustice.presentation.", "youthjustice.reports.")
_RELEASED = "youthjustice.disclosure.released"


def is_part(thing: Any) -> bool:
    """Tell whether a thing is made to stand in a report: a section, a sentence, a released table.

    Such a thing is made by who writes the notebook; what it is made from is checked by
    `own_table` and by disclosure control, not here.

    >>> is_part("DUMMY-000001")
    False
    """
    home = type(thing).__module__
    return home == _RELEASED or home.startswith(_OURS)


def check_parts(shown: Iterable[Shown], cell: str) -> None:
    """Raise InputProblem where a cell shows anything that is not made to stand in a report."""
    for one in shown:
        if one.kind == "stream" or not is_part(one.thing):
            named = f"cell {cell!r}" if cell else "a cell"
            what = "prints text" if one.kind == "stream" else "shows what is no part of a report"
            raise InputProblem(
                f"In a report on case records {named} {what}, which may be about a child; show what "
                "yj.disclosure.release and yj.reports return, or tag the cell notebook-only."
            )


def kept_back(problem: BaseException) -> ReportFailed:
    """Say that a report stopped, and where; what an error itself says may be about a child.

    >>> print(kept_back(KeyError("DUMMY-000001")))
    The report stopped with KeyError; what it says is kept back, since it may be about a child.
    """
    said = (
        f"The report stopped with {type(problem).__name__}; what it says is kept back, since it may "
        "be about a child."
    )
    return ReportFailed(said, "".join(_places(problem)))


def _places(problem: BaseException) -> list[str]:
    """Give the lines of the trace without the values: files, numbers and names of functions."""
    steps = traceback.extract_tb(problem.__traceback__)
    return [f"{step.filename}, line {step.lineno}, in {step.name}\n" for step in steps]
