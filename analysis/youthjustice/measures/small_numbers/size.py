"""How large a difference these numbers could show: power, the smallest ratio, years needed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import BoolArray, FloatArray, TextArray
from youthjustice.measures.small_numbers.detection import Chance, Design, read_design

_SCAN = 48  # ratios tried on the way out from 1
_HALVINGS = 30
_FURTHEST = 1000.0  # no ratio beyond this, or under one part in it, is looked for
_YEARS_AT_ONCE = 10


def power(
    ratio: object,
    n1: object,
    x0: object,
    n0: object,
    *,
    basis: str = "population",
    level: float = 0.05,
    minimum_numerator: float = 5,
    minimum_denominator: float = 30,
    method: str = "auto",
) -> pd.DataFrame:
    """Return the chance that the index finds a true ratio, one row each.

    ``n1`` is the group's population (or, with ``basis="stage"``, its children at the stage), ``x0``
    in ``n0`` what is expected of the reference: scalars, arrays or Series that broadcast. Found
    means a p-value under ``level`` in the direction of the ratio (either, for a ratio of 1: the
    chance of a false finding), from the test of the index: exact or mid-p given the total per
    population, Koopman's score test at a stage. A count under its minimum gives no index and finds
    nothing; minimums of 0 leave the test alone. ``method="exact"`` adds up every outcome;
    ``"normal"`` approximates, per population on the log scale (Zhu and Lakkis 2014), at a stage by
    the score test (Fleiss, Tytun and Ury 1980); ``"auto"`` is exact until both groups expect 400.
    Columns: ``ratio``, ``expected``, ``reference_expected``, ``power``, ``method``, ``flags``.
    Raises InputProblem for impossible numbers, a ratio that makes a share exceed 1, and numbers of
    children at a stage that are not whole.

    A service with 100 children, of whom a group of 28% of the population would be 38.4 if its rate
    were 1.6 times the others':

    >>> found = power(1.6, 28, 61.6, 72).iloc[0]
    >>> round(float(found["expected"]), 1), round(float(found["power"]), 2), found["method"]
    (38.3, 0.6, 'exact')
    """
    numbers = {"n1": n1, "x0": x0, "n0": n0, "ratio": ratio}
    design = read_design(
        numbers,
        basis=basis,
        level=level,
        minimum_numerator=minimum_numerator,
        minimum_denominator=minimum_denominator,
        method=method,
    )
    true, expected = _true_ratio(design)
    value = np.full(true.shape, np.nan)
    value[design.rows] = design.chance()(true[design.rows])
    return pd.DataFrame(
        {
            "ratio": true,
            "expected": np.where(design.arguments.missing, np.nan, expected),
            "reference_expected": design.x0,
            "power": value,
            "method": design.methods,
            "flags": _flags(design),
        },
        index=design.arguments.index,
    )


def smallest_detectable_ratio(
    n1: object,
    x0: object,
    n0: object,
    *,
    power: float = 0.8,
    basis: str = "population",
    level: float = 0.05,
    minimum_numerator: float = 5,
    minimum_denominator: float = 30,
    method: str = "auto",
) -> pd.DataFrame:
    """Return the ratios nearest to 1, above and below, that these numbers would show.

    Arguments as in ``power``, whose chance of finding the ratio reaches ``power`` at ``above_1``
    and ``below_1``. A side on which no ratio is found that often is NaN, flagged
    ``none_above`` or ``none_below``: small numbers often cannot show a lower rate at all. Ratios
    are looked for between 0.001 and 1,000. Columns: the numbers given, the two ratios, ``method``,
    ``flags``. The search is this project's own; the chance is that of ``power``. Raises
    InputProblem as ``power`` does.

    >>> found = smallest_detectable_ratio(28, 61.6, 72).iloc[0]
    >>> round(float(found["above_1"]), 2), round(float(found["below_1"]), 2)
    (1.79, 0.41)
    """
    target = _check_power(power)
    design = read_design(
        {"n1": n1, "x0": x0, "n0": n0},
        basis=basis,
        level=level,
        minimum_numerator=minimum_numerator,
        minimum_denominator=minimum_denominator,
        method=method,
    )
    above, below = np.full((2, design.n1.size), np.nan)
    rows = design.rows
    chance = design.chance()
    furthest = np.full(rows.size, _FURTHEST)
    if design.basis == "stage":
        furthest = np.minimum(furthest, design.n0[rows] / np.maximum(design.x0[rows], 1e-300))
    above[rows] = _nearest(chance, np.log(furthest), target)
    below[rows] = _nearest(chance, np.full(rows.size, -np.log(_FURTHEST)), target)
    return pd.DataFrame(
        {
            "denominator": design.n1,
            "reference_expected": design.x0,
            "reference_denominator": design.n0,
            "above_1": above,
            "below_1": below,
            "method": design.methods,
            "flags": _flags(
                design,
                none_above=_among(design, np.isnan(above)),
                none_below=_among(design, np.isnan(below)),
            ),
        },
        index=design.arguments.index,
    )


def years_needed(
    ratio: object,
    n1: object,
    x0: object,
    n0: object,
    *,
    power: float = 0.8,
    most: int = 30,
    basis: str = "population",
    level: float = 0.05,
    minimum_numerator: float = 5,
    minimum_denominator: float = 30,
    method: str = "auto",
) -> pd.DataFrame:
    """Return how many years like this one must be taken together to show a ratio.

    Arguments as in ``power``, for one year. ``years`` is the smallest whole number at which the
    chance of finding the ratio reaches ``power``; NaN, flagged ``more_than_most``, where ``most``
    years do not suffice. ``power_reached`` is the chance at that number. Counts jump, so a year
    more can find it a little less often. The search is this project's own; the chance is that of
    ``power``. Raises InputProblem as ``power`` does.

    >>> years_needed(1.6, 28, 61.6, 72)[["years", "method"]]
       years method
    0    2.0  exact
    """
    target = _check_power(power)
    if isinstance(most, bool) or not isinstance(most, (int, np.integer)) or most < 1:
        raise InputProblem(f"most is {most!r}; give a whole number of years of at least 1.")
    options = {
        "basis": basis,
        "level": level,
        "minimum_numerator": minimum_numerator,
        "minimum_denominator": minimum_denominator,
        "method": method,
    }
    design = read_design({"n1": n1, "x0": x0, "n0": n0, "ratio": ratio}, **options)  # type: ignore[arg-type]
    true, _ = _true_ratio(design)
    years, reached = np.full((2, true.size), np.nan)
    methods = np.full(true.shape, "", dtype=object)
    open_ = design.rows
    for first in range(1, most + 1, _YEARS_AT_ONCE):
        if open_.size == 0:
            break
        year = np.arange(first, min(first + _YEARS_AT_ONCE, most + 1))[:, np.newaxis]
        n1_, x0_, n0_ = (np.ravel(year * part[open_]) for part in design.arguments.numbers[:3])
        longer = read_design({"n1": n1_, "x0": x0_, "n0": n0_}, **options)  # type: ignore[arg-type]
        chance = longer.chance()(np.tile(true[open_], len(year))).reshape(len(year), -1)
        enough = chance >= target
        some = enough.any(axis=0)
        at = np.where(some, enough.argmax(axis=0), len(year) - 1), np.arange(open_.size)
        methods[open_] = longer.methods.reshape(chance.shape)[at]
        years[open_[some]], reached[open_[some]] = year[at[0], 0][some], chance[at][some]
        open_ = open_[~some]
    return pd.DataFrame(
        {
            "ratio": true,
            "years": years,
            "power_reached": reached,
            "method": methods,
            "flags": _flags(design, more_than_most=_among(design, np.isnan(years)), pooled=True),
        },
        index=design.arguments.index,
    )


def _nearest(chance: Chance, furthest: FloatArray, target: float) -> FloatArray:
    """Return the ratio nearest to 1 at which the chance reaches the target; NaN for none.

    Away from 1 the chance rises, but a group that becomes too few for an index is found less
    often again, so the way out is walked first and the step that crosses is halved.
    """
    low, high = np.zeros(furthest.shape), np.full(furthest.shape, np.nan)
    # Steps are short near 1, where the answer lies for large numbers.
    for step in (np.arange(1, _SCAN + 1) / _SCAN) ** 2.5:
        at = step * furthest
        open_ = np.isnan(high)
        if not open_.any():
            break
        reached = open_ & (at != 0) & (chance(np.exp(at)) >= target)
        high = np.where(reached, at, high)
        low = np.where(open_ & ~reached, at, low)
    crossed = ~np.isnan(high)
    high = np.where(crossed, high, low)
    for _ in range(_HALVINGS if crossed.any() else 0):
        middle = 0.5 * (low + high)
        reached = chance(np.exp(middle)) >= target
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.where(crossed, np.exp(high), np.nan)


def _true_ratio(design: Design) -> tuple[FloatArray, FloatArray]:
    """Return the ratios asked about and what they make of the group, or say what is wrong."""
    true = design.arguments.numbers[3]
    design.arguments.refuse(
        true == 0, lambda at, where: f"ratio is 0{where}; give a ratio above 0."
    )
    expected = design.expected(true)
    if design.basis == "stage":
        design.arguments.refuse(
            expected > design.n1 * (1 + 1e-12),
            lambda at, where: (
                f"ratio is {true[at]:.4g}{where} and makes the group's share "
                f"{expected[at] / design.n1[at]:.4g}; a share is at most 1, so give a smaller one."
            ),
        )
    return true, expected


def _among(design: Design, mask: BoolArray) -> BoolArray:
    """Keep a mark for the rows that could be answered."""
    answered = np.zeros(mask.shape, dtype=bool)
    answered[design.rows] = True
    return answered & mask


def _flags(design: Design, *, pooled: bool = False, **more: BoolArray) -> TextArray:
    missing = design.arguments.missing
    empty = (design.n1 == 0) | (design.n0 == 0)
    raised = {
        "missing": missing,
        "denominator_zero": ~missing & empty,
        "undefined": ~missing & ~empty & (design.x0 == 0),
    }
    # Years taken together may be enough where one is not.
    few = {} if pooled else {"too_few": _among(design, design.few)}
    return flag_text(**raised, **few, **more)


def _check_power(power: object) -> float:
    if isinstance(power, (int, float, np.integer, np.floating)) and 0 < power < 1:
        return float(power)
    raise InputProblem(f"power is {power!r}; give a number between 0 and 1, such as 0.8.")
