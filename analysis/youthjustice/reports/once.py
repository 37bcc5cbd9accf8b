"""Work out once what is the same in the report of every area, or is asked for more than once in one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import pandas as pd

from youthjustice.published.state import state

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")

# What one area needs, and what is the same for all, is asked for again at once or for every area.
_KEPT = 8


def once(work: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
    """Keep the last results of a function of published tables and of its arguments alone.

    They hold while every table is what it was and the same releases are fixed (see `state`), so a
    report on one release never gets figures of another. A frame is handed out as a copy that shares
    its data until either is written to: nobody can change what is kept. Other results, such as
    sections and frozen figures, are handed out as they are.

    >>> from youthjustice.published import load
    >>> @once
    ... def areas(release: str) -> int:
    ...     print("counting")
    ...     return len(load("areas", release=release))
    >>> areas("2023-04") == areas("2023-04")
    counting
    True
    """

    @lru_cache(maxsize=_KEPT)
    def kept(_: Hashable, /, *given: _Given.args, **named: _Given.kwargs) -> _Result:
        return work(*given, **named)

    @wraps(work)
    def found(*given: _Given.args, **named: _Given.kwargs) -> _Result:
        result = kept(state(), *given, **named)  # type: ignore[arg-type]  # they are hashable
        return result.copy(deep=False) if isinstance(result, pd.DataFrame) else result

    return found
