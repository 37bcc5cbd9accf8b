"""Columns that were worked out from counts, and when they would give a hidden count back."""

from __future__ import annotations

from dataclasses import dataclass

from youthjustice.errors import InputProblem

KINDS = ("percentage", "rate", "ratio", "lower", "upper", "difference", "p_value", "mean")
CURVE = "curve"  # made by release_curve alone, from nothing but counts that it shows


@dataclass(frozen=True, slots=True)
class Derived:
    """Say what a column of the frame was worked out from.

    ``numerator`` is the count column. ``denominator`` is one of: a dimension (the figure is a share
    of that dimension's total row, such as the percentage of each ethnic group), a column of the
    frame that is shown beside it (a population, the children in the cohort), or nothing.
    ``reference`` is ``(dimension, category)``: a ratio, a difference, its bounds and its p-value
    compare each row with the row that holds the category in that dimension. ``per`` is the number
    of children that the figure is per (100 for a percentage); ``decimals`` is how many are printed.

    ``kind``: ``percentage`` (``denominator`` is the whole that the numerator is a part of),
    ``rate``, ``ratio``, ``lower`` and ``upper`` (bounds of an interval), ``difference``,
    ``p_value`` and ``mean``.

    >>> Derived("percent", "percentage", "children", denominator="ethnic_group", per=100).decimals
    """

    column: str
    kind: str
    numerator: str
    denominator: str | None = None
    decimals: int | None = None
    per: float = 1
    reference: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        """Raise InputProblem for what cannot be."""
        if self.kind not in (*KINDS, CURVE):
            raise InputProblem(
                f"The derived column {self.column!r} has the kind {self.kind!r}; choose one of "
                f"{', '.join(KINDS)}."
            )
        if self.kind == "percentage" and self.denominator is None:
            raise InputProblem(
                f"The percentage {self.column!r} has no denominator; name the dimension or the "
                "column that it is a percentage of."
            )
        if isinstance(self.decimals, bool) or not isinstance(self.decimals, int | None):
            raise InputProblem(
                f"The derived column {self.column!r} has {self.decimals!r} decimals; give a whole "
                "number, or nothing."
            )
