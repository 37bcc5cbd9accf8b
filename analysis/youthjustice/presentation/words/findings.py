"""What an interval allows to be said: higher, lower, or no evidence of a difference.

The wording of ratios follows one decision table: the interval against 1, and the size of the ratio
against a tolerance of 0.8 to 1.25 (the four-fifths rule of the Uniform Guidelines on Employee
Selection Procedures, 1978).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from youthjustice.errors import InputProblem
from youthjustice.measures.disparity.findings import (
    NONE,
    OVER,
    POSSIBLE,
    SMALL,
    UNDER,
    UNKNOWN_GROUPS,
)
from youthjustice.presentation import numbers

HIGHER, LOWER, NO_EVIDENCE = "higher", "lower", NONE
ROSE, FELL, NO_CLEAR_CHANGE = "rose", "fell", "no clear change"
NO_CLAIM = "no claim"

# How much each finding claims; the weaker of two findings is the one that is written.
_CLAIMS = {NO_CLAIM: 0, NONE: 1, POSSIBLE: 2, UNKNOWN_GROUPS: 2, SMALL: 3, UNDER: 4, OVER: 4}

# Findings that a difference is there.
CLAIMED = (OVER, UNDER, SMALL)

TOLERANCE = (0.8, 1.25)


@dataclass(frozen=True)
class Figures:
    """The figures that a sentence rests on, as plain floats; NaN where there is none."""

    value: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    p_value: float = math.nan
    confidence: float = 0.95
    finding: str = ""

    @property
    def has_interval(self) -> bool:
        """Say whether there is a value with both its bounds (a bound may be infinite)."""
        return math.isfinite(self.value) and not math.isnan(self.lower + self.upper)


def figures(estimate: Any) -> Figures:
    """Read value, lower, upper, p_value, confidence and finding from one estimate.

    Takes a row of a frame, a mapping, or any object with those attributes; None gives no figures.
    Raises InputProblem for several estimates at once and for a value outside its own interval.

    >>> figures({"value": 2.3, "lower": 2.0, "upper": 2.6}).has_interval
    True
    """
    get = estimate.get if hasattr(estimate, "get") else partial(_attribute, estimate)
    found = {name: get(name) for name in ("value", "lower", "upper", "p_value", "confidence")}
    if any(np.ndim(value) for value in found.values()):
        raise InputProblem("a sentence was given several estimates at once: give it one row")
    floats = {name: numbers.to_float(value) for name, value in found.items()}
    if math.isnan(floats["confidence"]):
        floats["confidence"] = 0.95
    finding = get("finding")
    read = Figures(**floats, finding=finding if isinstance(finding, str) else "")
    _check(read.value, read.lower, read.upper)
    return read


def compare(
    value: float,
    lower: float,
    upper: float,
    null: float = 1.0,
    *,
    change: bool = False,
    p_value: float = math.nan,
    confidence: float = 0.95,
) -> str:
    """Say how a value stands to ``null``, the value of no difference, as its interval allows.

    Returns "higher", "lower" or "no evidence of a difference"; with ``change``, "rose", "fell" or
    "no clear change"; and "no claim" where there is no value or no interval. An interval that
    touches ``null`` contains it. A p-value above ``1 - confidence`` (after allowing for many
    comparisons, say) withdraws the claim. Raises InputProblem for a value outside its interval.

    >>> compare(2.3, 2.0, 2.6), compare(1.5, 0.9, 2.6), compare(0.4, 0.3, 0.5, change=True)
    ('higher', 'no evidence of a difference', 'fell')
    >>> compare(1.5, float("nan"), float("nan"))
    'no claim'
    """
    _check(value, lower, upper)
    if math.isnan(value + lower + upper) or math.isnan(null):
        return NO_CLAIM
    up, down, neither = (ROSE, FELL, NO_CLEAR_CHANGE) if change else (HIGHER, LOWER, NO_EVIDENCE)
    # Rounded because 1 - 0.95 is a little over 0.05.
    if p_value >= round(1 - confidence, 12) or lower <= null <= upper:
        return neither
    return up if lower > null else down


def ratio_finding(estimate: Any, tolerance: tuple[float, float] = TOLERANCE) -> str:
    """Return the finding of the decision table for one ratio of two rates.

    Where the estimate brings a ``finding`` of its own, the weaker of the two is returned.

    >>> ratio_finding({"value": 2.3, "lower": 2.0, "upper": 2.6})
    'over-represented'
    >>> ratio_finding({"value": 1.1, "lower": 1.05, "upper": 1.15})
    'difference detected but small'
    >>> ratio_finding({"value": 1.52, "lower": 0.85, "upper": 2.57})
    'possible difference; numbers too small to be sure'
    """
    read = figures(estimate)
    if not read.has_interval:
        return NO_CLAIM
    side = compare(
        read.value, read.lower, read.upper, p_value=read.p_value, confidence=read.confidence
    )
    outside = not tolerance[0] <= read.value <= tolerance[1]
    if side == NO_EVIDENCE:
        own = POSSIBLE if outside else NO_EVIDENCE
    else:
        own = SMALL if not outside else OVER if side == HIGHER else UNDER
    # A finding that is not in the table, such as "not calculated: too few", allows no claim.
    given = read.finding if read.finding in _CLAIMS else NO_CLAIM
    return min(own, given if read.finding else own, key=_CLAIMS.__getitem__)


def _attribute(estimate: Any, name: str) -> Any:
    return getattr(estimate, name, None)


def _check(value: float, lower: float, upper: float) -> None:
    """Refuse an interval that is upside down or does not hold its own value."""
    slack = 1e-9 * max(1.0, abs(value)) if math.isfinite(value) else 0.0
    if lower > upper or value < lower - slack or value > upper + slack:
        raise InputProblem(
            f"the value {value:g} and its interval {lower:g} to {upper:g} cannot belong together: "
            "check which columns hold the value and its bounds"
        )
