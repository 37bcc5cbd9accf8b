"""A frame that is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd


class Later:
    """What gives a frame when it is called, worked out once; a copy or a pickle holds the frame.

    >>> later = Later(lambda: pd.DataFrame({"children": [14]}))
    >>> later() is later()
    True
    """

    __slots__ = ("_frame", "_work_out")

    def __init__(self, work_out: Callable[[], pd.DataFrame]) -> None:
        self._work_out: Callable[[], pd.DataFrame] | None = work_out
        self._frame: pd.DataFrame | None = None

    def __call__(self) -> pd.DataFrame:
        """Give the frame."""
        if self._work_out is not None:
            self._frame = self._work_out()
            self._work_out = None  # and with it go the tables that it was made from
        assert self._frame is not None
        return self._frame

    def __reduce__(self) -> tuple[Any, ...]:
        return _known, (self(),)


def _known(frame: pd.DataFrame) -> Later:
    return Later(lambda: frame)
