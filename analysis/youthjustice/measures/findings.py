"""What an index says in words: statistical and practical significance, never one without the other.

======================  ====================  ======================================================
the interval holds 1    outside 0.8 to 1.25   finding
======================  ====================  ======================================================
no                      yes                   over-represented / under-represented
no                      no                    difference detected but small
yes                     yes                   possible difference; numbers too small to be sure
yes                     no                    no evidence of a difference
======================  ====================  ======================================================
"""

from __future__ import annotations

import numpy as np

from youthjustice.measures.group_table import GroupTable
from youthjustice.measures.inputs import BoolArray, FloatArray, TextArray

OVER = "over-represented"
UNDER = "under-represented"
SMALL = "difference detected but small"
POSSIBLE = "possible difference; numbers too small to be sure"
NONE = "no evidence of a difference"
TOO_FEW = "not calculated: too few"
MISSING = "not calculated: a count is missing"
NOT_DEFINED = "not calculated: undefined"
REFERENCE = "reference"
NOT_COMPARED = "not compared"


def too_few(table: GroupTable, minimum_numerator: float, minimum_denominator: float) -> BoolArray:
    """Return where a count of the group or of its reference is under its minimum."""
    fewest = np.minimum(table.x, table.x0)
    smallest = np.minimum(table.n, table.n0)
    return (fewest < minimum_numerator) | (smallest < minimum_denominator)


def findings(
    table: GroupTable,
    few: BoolArray,
    *,
    value: FloatArray,
    lower: FloatArray,
    upper: FloatArray,
    practical: tuple[float, float],
) -> TextArray:
    """Return one finding for every row, by the table above."""
    counts = table.x + table.n + table.x0 + table.n0
    differs = (lower > 1) | (upper < 1)
    large = (value < practical[0]) | (value > practical[1])
    conditions = [
        ~table.known,
        table.is_reference,
        np.isnan(counts),
        few,
        np.isnan(value) | np.isnan(lower) | np.isnan(upper),
        differs & large & (value > 1),
        differs & large,
        differs,
        large,
    ]
    words = [NOT_COMPARED, REFERENCE, MISSING, TOO_FEW, NOT_DEFINED, OVER, UNDER, SMALL, POSSIBLE]
    choices = [np.full(value.shape, word, dtype=object) for word in words]
    return np.select(conditions, choices, default=np.array(NONE, dtype=object))
