"""What a relative rate leaves out: differences of rates, of shares, and of numbers of children."""

from __future__ import annotations

import numpy as np

from youthjustice.measures.disparity.comparisons import Comparison, Ratio
from youthjustice.measures.disparity.group_table import GroupTable
from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.ratios.mover import difference_limits


def rate_differences(
    table: GroupTable, rates: tuple[FloatArray, FloatArray, FloatArray]
) -> dict[str, FloatArray]:
    """Return each known group's rate less its reference's, with limits from both rates' own."""
    reference = tuple(part[table.reference_row] for part in rates)
    lower, upper = difference_limits(*rates, *reference)
    compared = table.known & ~table.is_reference
    return {
        "rate_difference": np.where(table.known, rates[0] - reference[0], np.nan),
        "rate_difference_lower": np.where(compared, lower, np.nan),
        "rate_difference_upper": np.where(compared, upper, np.nan),
    }


def shares(table: GroupTable, how: Comparison) -> dict[str, FloatArray]:
    """Set each group's share of the numerators beside its share of the denominators.

    With the denominators fixed the group's share of N is a rising function of its ratio to all the
    others together, s = w r / (1 + w r), w = n / (n of the others): limits of r are limits of s.
    """
    others_n = table.all_n - table.n
    others_x = table.all_x - table.x
    if how.basis == "stage":
        # Sums of fractions may end a rounding error above the whole that they are a part of.
        others_x = np.minimum(others_x, others_n)
    others = how.ratio(table.x, table.n, others_x, others_n)
    # A weight so small that its inverse overflows has a share of 0 all the same.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        base = table.n / table.all_n
        share = table.x / table.all_x
        weight = table.n / others_n
        low, high = (1 / (1 + 1 / (weight * limit)) for limit in (others.lower, others.upper))
        count = table.all_x
        return {
            "share_difference": 100 * (share - base),
            "share_difference_lower": 100 * (low - base),
            "share_difference_upper": 100 * (high - base),
            "representation_index": share / base,
            "representation_index_lower": low / base,
            "representation_index_upper": high / base,
            "children_difference": table.x - count * base,
            "children_difference_lower": count * (low - base),
            "children_difference_upper": count * (high - base),
        }


def parity(table: GroupTable, index: Ratio) -> dict[str, FloatArray]:
    """Return how many fewer would bring the index to 1, O - P r0, which is O (1 - 1/index).

    The limits of the index carry over, except where O is 0 and they say nothing about it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        number = table.x - table.n * table.x0 / table.n0
        limits = [
            np.where(table.x > 0, table.x * (1 - 1 / limit), np.nan)
            for limit in (index.lower, index.upper)
        ]
    calculated = ~np.isnan(index.value)
    own = table.is_reference & (table.n > 0) & ~np.isnan(table.x)
    return {
        "parity_number": np.where(own, 0.0, np.where(calculated, number, np.nan)),
        "parity_number_lower": np.where(calculated, limits[0], np.nan),
        "parity_number_upper": np.where(calculated, limits[1], np.nan),
    }
