"""A table that may leave: what is shown, under which policy, and no count that is hidden."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd

from youthjustice.disclosure.derived import Derived
from youthjustice.disclosure.policy import Policy

HIDDEN = "c"  # confidential
MISSING = "x"  # not available: the count was missing before anything was hidden


class Released:
    """A table in which nothing can be worked out that its policy hides.

    ``frame`` has the rows and the order that were given; the count is missing and ``symbol`` is
    ``c`` where it is hidden, and ``x`` where it was missing already; derived columns are missing
    where they would give it back. ``reasons`` says of each row why (``small``, ``zero``,
    ``secondary``, ``group``, ``rounded``, or nothing): it is for the service's own eye, for the
    difference between a small cell and one that protects it is itself a secret. It is printed
    nowhere and does not travel with a pickle or a copy.

    Made by ``release``; nothing in it can be replaced.

    >>> from youthjustice.disclosure import release
    >>> frame = pd.DataFrame({
    ...     "sex": ["female", "male", "unknown", "All"], "children": [21, 60, 3, 84]})
    >>> released = release(frame, ["sex"], "children")
    >>> released.frame[["sex", "children"]]
           sex  children
    0   female      <NA>
    1     male        60
    2  unknown      <NA>
    3      All        84
    >>> released.policy.name
    'PUBLICATION'
    """

    __slots__ = (
        "_frame",
        "_reasons",
        "count",
        "derived",
        "dimensions",
        "keep",
        "policy",
        "total",
    )

    count: str
    derived: tuple[Derived, ...]
    dimensions: tuple[str, ...]
    keep: tuple[str, ...]
    policy: Policy
    total: str
    _frame: pd.DataFrame
    _reasons: pd.Series[str] | None

    def __init__(
        self,
        frame: pd.DataFrame,
        *,
        dimensions: tuple[str, ...],
        count: str,
        total: str,
        policy: Policy,
        derived: tuple[Derived, ...] = (),
        keep: tuple[str, ...] = (),
        reasons: pd.Series[str] | None = None,
    ) -> None:
        given: dict[str, Any] = {
            "_frame": frame,
            "dimensions": dimensions,
            "count": count,
            "total": total,
            "policy": policy,
            "derived": derived,
            "keep": keep,
            "_reasons": reasons,
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)

    @property
    def frame(self) -> pd.DataFrame:
        """The table as it may be shown; a copy, so that nothing can be written into it."""
        return self._frame.copy()

    @property
    def hidden(self) -> pd.Series[bool]:
        """True for each row whose count is hidden."""
        return self._frame["symbol"].eq(HIDDEN)

    @property
    def reasons(self) -> pd.Series[str] | None:
        """Why each row is as it is, for the service's own eye; nothing after a pickle or a copy."""
        return None if self._reasons is None else self._reasons.copy()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"A released table is final: {name} cannot be replaced.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"A released table is final: {name} cannot be removed.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy what may be shown, and no reasons."""
        shown = {name: getattr(self, name) for name in self.__slots__ if not name.startswith("_")}
        return _again, (self._frame, shown)

    def shown(self) -> pd.DataFrame:
        """Return the table as text to print: ``[c]`` where a number is confidential."""
        frame = self._frame
        words = {MISSING: "[x]", HIDDEN: "[c]"}
        numbers = [self.count, *(column.column for column in self.derived)]
        printed = {
            name: _printed(frame[name], frame["symbol"], words)
            if name in numbers
            else frame[name].astype(str)
            for name in frame.columns
            if name != "symbol"
        }
        return pd.DataFrame(printed, index=frame.index)

    def __repr__(self) -> str:
        """Print the table with ``[c]``, the policy and its watermark."""
        return "\n".join([*self._words(), self.shown().to_string()])

    def _repr_html_(self) -> str:
        """Print the same in a notebook."""
        words = "".join(f"<p>{html.escape(line)}</p>" for line in self._words())
        return words + str(self.shown().to_html(escape=True))

    def _words(self) -> list[str]:
        named = f"Released under {self.policy.name}"
        return [named] if self.policy.watermark is None else [self.policy.watermark, named]


def _printed(
    column: pd.Series[Any], symbols: pd.Series[str], words: dict[str, str]
) -> pd.Series[str]:
    text = column.astype("object").map(str)
    return text.mask(column.isna(), symbols.map(words).fillna("[c]"))


def _again(frame: pd.DataFrame, shown: dict[str, Any]) -> Released:
    return Released(frame, **shown)
