"""What an index says in words: statistical and practical significance, never one without the other.

======================  ====================  ======================================================
the interval holds 1    outside 0.8 to 1.25   finding
======================  ====================  ======================================================
no                      yes                   over-represented / under-represented
no                      no                    difference detected but small
yes                     yes                   possible difference; numbers too small to be sure
yes                     no                    no evidence of a difference
======================  ====================  ======================================================

Where the children of unknown ethnic group could bring the ratio to 1 or past it, a difference that
the interval detects is "possible difference; too many of unknown ethnic group to be sure". The text
is another one because the remedy is: more years mend small numbers, and never mend records that do
not say which group a child belongs to.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np

from youthjustice.measures.inputs import BoolArray, FloatArray, TextArray

OVER = "over-represented"
UNDER = "under-represented"
SMALL = "difference detected but small"
POSSIBLE = "possible difference; numbers too small to be sure"
UNKNOWN_GROUPS = "possible difference; too many of unknown ethnic group to be sure"
NONE = "no evidence of a difference"
TOO_FEW = "not calculated: too few"
MISSING = "not calculated: a count is missing"
NOT_DEFINED = "not calculated: undefined"
ROUNDED = "not calculated: rounded rates"
REFERENCE = "reference"
NOT_COMPARED = "not compared"
FINDINGS = (
    OVER,
    UNDER,
    SMALL,
    POSSIBLE,
    UNKNOWN_GROUPS,
    NONE,
    TOO_FEW,
    MISSING,
    NOT_DEFINED,
    ROUNDED,
    REFERENCE,
    NOT_COMPARED,
)


class Pairs(Protocol):
    """Counts of every group beside those of its reference, as a GroupTable holds them."""

    @property
    def x(self) -> FloatArray:
        """Numerators of the groups."""

    @property
    def n(self) -> FloatArray:
        """Denominators of the groups."""

    @property
    def x0(self) -> FloatArray:
        """Numerators of the reference."""

    @property
    def n0(self) -> FloatArray:
        """Denominators of the reference."""

    @property
    def known(self) -> BoolArray:
        """Whether the group is a known one."""

    @property
    def is_reference(self) -> BoolArray:
        """Whether the group is the reference itself."""


def too_few(table: Pairs, minimum_numerator: float, minimum_denominator: float) -> BoolArray:
    """Return where a count of the group or of its reference is under its minimum."""
    fewest = np.minimum(table.x, table.x0)
    smallest = np.minimum(table.n, table.n0)
    return (fewest < minimum_numerator) | (smallest < minimum_denominator)


def findings(
    table: Pairs,
    few: BoolArray,
    *,
    value: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    practical: tuple[float, float],
    reversible: BoolArray | None = None,
) -> TextArray:
    """Return one finding for every row, by the table above.

    ``reversible`` tells where the children of unknown ethnic group could bring the ratio to 1.
    """
    differs = (lower > 1) | (upper < 1)
    large = (value < practical[0]) | (value > practical[1])
    unsure = np.zeros(value.shape, dtype=bool) if reversible is None else reversible
    rules = (
        (NOT_COMPARED, ~table.known),
        (REFERENCE, table.is_reference),
        (MISSING, np.isnan(table.x + table.n + table.x0 + table.n0)),
        (NOT_DEFINED, (table.n == 0) | (table.n0 == 0)),
        (TOO_FEW, few),
        (NOT_DEFINED, np.isnan(value) | np.isnan(lower) | np.isnan(upper)),
        (UNKNOWN_GROUPS, differs & unsure),
        (OVER, differs & large & (value > 1)),
        (UNDER, differs & large),
        (SMALL, differs),
        (POSSIBLE, large),
    )
    # Numbers first and words last: choosing among whole arrays of text takes a hundred times as long.
    chosen = np.select([rows for _, rows in rules], range(len(rules)), default=len(rules))
    words: TextArray = np.array([*(word for word, _ in rules), NONE], dtype=object)
    return np.asarray(words[chosen], dtype=object)
