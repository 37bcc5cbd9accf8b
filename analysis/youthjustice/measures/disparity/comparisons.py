"""How two groups are compared: the model, the confidence, the method, the scale, the least counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from youthjustice.measures.disparity.findings import Pairs, too_few
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
    check_practical,
)
from youthjustice.measures.ratios.rate_ratios import rate_ratio
from youthjustice.measures.ratios.risk_ratios import risk_ratio
from youthjustice.measures.single.proportions import proportion
from youthjustice.measures.single.rates import rate

PER = {"population": 100_000.0, "stage": 100.0}
_METHOD = {"population": "auto", "stage": "koopman"}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio for every row: value, limits, p-value, method and flags."""

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_value: FloatArray
    method: TextArray
    flags: TextArray


@dataclass(frozen=True, slots=True)
class Comparison:
    """One way of comparing groups; ``read_comparison`` makes it from a caller's arguments."""

    basis: str
    confidence: float
    method: str
    per: float
    practical: tuple[float, float]
    minimum_numerator: float
    minimum_denominator: float

    def ratio(self, x: FloatArray, n: FloatArray, x0: FloatArray, n0: FloatArray) -> Ratio:
        """Return the ratio of x of n to x0 of n0, of proportions at a stage, else of rates."""
        measure = risk_ratio if self.basis == "stage" else rate_ratio
        found = measure(x, n, x0, n0, confidence=self.confidence, method=self.method)
        method = np.broadcast_to(np.asarray(found.method, dtype=object), x.shape)
        return Ratio(found.value, found.lower, found.upper, found.p_value, method, found.flags)

    def rates(self, x: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return each rate per ``per`` with its own limits."""
        if self.basis == "stage":
            found = proportion(x, n, confidence=self.confidence)
            return found.value * self.per, found.lower * self.per, found.upper * self.per
        found = rate(x, n, per=self.per, confidence=self.confidence)
        return found.value, found.lower, found.upper

    def few(self, pairs: Pairs) -> BoolArray:
        """Return where a count is under its minimum; denominators count at a stage only."""
        least = self.minimum_denominator if self.basis == "stage" else 0.0
        return too_few(pairs, self.minimum_numerator, least)

    def compare(self, pairs: Pairs, where: BoolArray, few: BoolArray) -> Ratio:
        """Return the ratios of the rows ``where``, empty elsewhere and where there are too few.

        With none in the reference there is no ratio to hide: its one limit says what it can.
        """
        found = self.ratio(*(part[where] for part in (pairs.x, pairs.n, pairs.x0, pairs.n0)))
        hidden = few[where]
        no_limits = hidden & (pairs.x0[where] > 0)
        return Ratio(
            value=_spread(found.value, where, hidden),
            lower=_spread(found.lower, where, no_limits),
            upper=_spread(found.upper, where, no_limits),
            p_value=_spread(found.p_value, where, hidden),
            method=_spread(found.method, where, None),
            flags=_spread(found.flags, where, None),
        )

    def ratio_of_rounded(self, pairs: Pairs, where: BoolArray, decimals: int) -> Ratio:
        """Return ratios of rates rounded half to even before dividing, with no interval or test."""
        with np.errstate(divide="ignore", invalid="ignore"):
            above = np.round(pairs.x / pairs.n * self.per, decimals)
            below = np.round(pairs.x0 / pairs.n0 * self.per, decimals)
            value = np.where(where & (below > 0), above / below, np.nan)
        counts = pairs.x + pairs.n + pairs.x0 + pairs.n0
        fewest = np.minimum(pairs.x, pairs.x0)
        flags = flag_text(
            missing=np.isnan(counts),
            denominator_zero=(pairs.n == 0) | (pairs.n0 == 0),
            undefined=np.isnan(value) & ~np.isnan(counts),
            zero_numerator=fewest == 0,
            small_numerator=fewest < SMALL_NUMERATOR,
        )
        nothing = np.full(value.shape, np.nan)
        method = np.where(where, "rounded_rates", "").astype(object)
        return Ratio(value, nothing, nothing, nothing, method, np.where(where, flags, ""))


def read_comparison(
    *,
    basis: object,
    confidence: object,
    method: str | None,
    per: object,
    practical: tuple[float, float],
    minimum_numerator: object,
    minimum_denominator: object,
) -> Comparison:
    """Check the arguments that say how groups are compared, or raise InputProblem."""
    level = check_confidence(confidence)
    kind = check_choice("basis", basis, PER)
    return Comparison(
        basis=kind,
        confidence=level,
        method=_METHOD[kind] if method is None else method,
        per=check_positive("per", PER[kind] if per is None else per),
        practical=check_practical(practical),
        minimum_numerator=check_minimum("minimum_numerator", minimum_numerator),
        minimum_denominator=check_minimum("minimum_denominator", minimum_denominator),
    )


def own_flags(x: FloatArray, n: FloatArray, is_reference: BoolArray) -> TextArray:
    """Return the flags of counts that are compared with nothing."""
    present = ~np.isnan(x + n)
    return flag_text(
        missing=~present,
        denominator_zero=present & (n == 0),
        undefined=present & is_reference & ((n == 0) | (x == 0)),
        zero_numerator=present & (x == 0),
        small_numerator=present & (x < SMALL_NUMERATOR),
        not_whole=present & (x != np.floor(x)),
    )


def add_flag(flags: TextArray, rows: BoolArray, word: str) -> TextArray:
    """Return the flags with one more word on some rows."""
    added = flags.copy()
    some = flags[rows]
    added[rows] = np.where(some == "", word, some + f";{word}")
    return added


def _spread(part: NDArray[Any], where: BoolArray, hidden: BoolArray | None) -> NDArray[Any]:
    """Lay the results of some rows out over all rows, empty elsewhere and where hidden."""
    empty: float | str = np.nan if part.dtype.kind == "f" else ""
    laid = np.full(where.shape, empty, dtype=part.dtype)
    laid[where] = part
    if hidden is not None:
        laid[np.flatnonzero(where)[hidden]] = empty
    return laid
