"""The relative rate index: every group's rate against a reference group's, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import flag_text
from youthjustice.measures.findings import findings, too_few
from youthjustice.measures.group_table import GroupTable, read_groups
from youthjustice.measures.inputs import (
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
)
from youthjustice.measures.mover import difference_limits
from youthjustice.measures.proportions import proportion
from youthjustice.measures.rate_ratios import rate_ratio
from youthjustice.measures.rates import rate
from youthjustice.measures.risk_ratios import risk_ratio

_PER = {"population": 100_000.0, "stage": 100.0}
_DEFAULT_METHOD = {"population": "auto", "stage": "koopman"}


def relative_rate_index(
    frame: pd.DataFrame,
    group: str = "ethnic_group",
    reference: str = "White",
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None = None,
    basis: str = "population",
    confidence: float = 0.95,
    method: str | None = None,
    minimum_numerator: float = 5,
    minimum_denominator: float = 30,
    practical: tuple[float, float] = (0.8, 1.25),
    unknown: str | Sequence[str] = ("Unknown",),
    per: float | None = None,
) -> pd.DataFrame:
    """Compare every group's rate with the reference group's, one row per ``by`` x group.

    ``numerator`` and ``denominator`` name columns of counts. ``basis="population"`` compares events
    per population (rate ratio, exact or mid-p); ``basis="stage"`` compares the share that passes a
    stage (risk ratio, Koopman), where a numerator may not exceed its denominator. ``rate`` is per
    ``per``: 100,000 people, or 100 at a stage. Columns:

    ``rate``, ``value`` (the index), ``lower``, ``upper``, ``p_value``, ``method``, ``finding``,
    ``flags``, and, each with ``_lower`` and ``_upper``:

    - ``rate_difference``: rate less the reference rate, per ``per`` (Newcombe 1998 method 10 at a
      stage; MOVER from each rate's own limits, Zou and Donner 2008, per population);
    - ``share_difference``: percentage points by which the group's share of the numerator exceeds
      its share of the denominator; ``representation_index``: the ratio of those shares;
      ``children_difference``: the same in numbers, O - N p, which sums to 0 over the groups.
      Limits: the interval of the group's ratio to all other known groups together, carried over
      to its share of the N observed;
    - ``parity_number``: how many fewer would give an index of 1, O (1 - 1/index), with the limits
      of the index carried over (the attributable number).

    The index is not calculated when a numerator is under ``minimum_numerator`` or, at a stage, a
    denominator under ``minimum_denominator`` (AIHW 2024 prints no ratio under 5). Findings join the
    interval with the ``practical`` range of the four-fifths rule (EEOC 1979). Groups in ``unknown``
    keep their row, are never compared and are outside all shares. A missing count gives a missing
    result. Raises InputProblem for a missing column, an absent reference, a group that stands
    twice, totals among the groups, and impossible counts.

    Children referred to juvenile court, United States 2020 (OJJDP prints 2.9 for Black boys):

    >>> boys = pd.DataFrame({"ethnic_group": ["White", "Black"], "referred": [159_200, 129_700],
    ...                      "population": [8_752_200, 2_468_900]})
    >>> index = relative_rate_index(boys, numerator="referred", denominator="population", per=1000)
    >>> index[["ethnic_group", "rate", "value", "finding"]].round(1)
      ethnic_group  rate  value           finding
    0        Black  52.5    2.9  over-represented
    1        White  18.2    1.0         reference
    """
    level = check_confidence(confidence)
    kind = check_choice("basis", basis, _PER)
    scale = check_positive("per", _PER[kind] if per is None else per)
    bounds = _check_practical(practical)
    table = read_groups(
        frame,
        group=group,
        reference=reference,
        numerator=numerator,
        denominator=denominator,
        by=[by] if isinstance(by, str) else list(by or []),
        unknown=(unknown,) if isinstance(unknown, str) else tuple(unknown or ()),
        nested=kind == "stage",
    )
    how = _Comparison(kind, level, _DEFAULT_METHOD[kind] if method is None else method, scale)
    compared = table.known & ~table.is_reference
    index = how.ratio(table.x, table.n, table.x0, table.n0)
    least = check_minimum("minimum_numerator", minimum_numerator)
    smallest = check_minimum("minimum_denominator", minimum_denominator)
    few = too_few(table, least, smallest if kind == "stage" else 0.0)
    shown = compared & ~few
    value, lower, upper, p = (
        np.where(shown, part, np.nan)
        for part in (index.value, index.lower, index.upper, index.p_value)
    )
    columns: dict[str, object] = {
        "numerator": table.x,
        "denominator": table.n,
        "rate": how.rates(table.x, table.n)[0],
        "value": np.where(table.is_reference & ~np.isnan(table.x + table.n), 1.0, value),
        "lower": lower,
        "upper": upper,
        "p_value": p,
        "method": np.where(compared, np.asarray(index.method, dtype=object), ""),
        "finding": findings(table, few, value=value, lower=lower, upper=upper, practical=bounds),
        "flags": _flags(table, index.flags, compared),
    }
    columns |= _rate_differences(table, how, compared)
    columns |= _shares(table, how)
    columns |= _parity(table, value, lower, upper)
    clash = [name for name in table.keys if name in columns]
    if clash:
        raise InputProblem(f"The key {clash[0]!r} is also a column of the result; rename it.")
    result = pd.concat([table.keys, pd.DataFrame(columns, index=table.keys.index)], axis=1)
    result.attrs = {
        **frame.attrs,
        "basis": kind,
        "reference": reference,
        "confidence": level,
        "per": scale,
        "practical": bounds,
    }
    return result


@dataclass(frozen=True, slots=True)
class _Ratio:
    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    p_value: FloatArray
    method: TextArray | str
    flags: TextArray


@dataclass(frozen=True, slots=True)
class _Comparison:
    """How two groups are compared: the model, the confidence, the method and the scale."""

    basis: str
    confidence: float
    method: str
    per: float

    def ratio(self, x: FloatArray, n: FloatArray, x0: FloatArray, n0: FloatArray) -> _Ratio:
        measure = risk_ratio if self.basis == "stage" else rate_ratio
        found = measure(x, n, x0, n0, confidence=self.confidence, method=self.method)
        return _Ratio(
            found.value, found.lower, found.upper, found.p_value, found.method, found.flags
        )

    def rates(self, x: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return each rate per ``per`` with its own limits."""
        if self.basis == "stage":
            found = proportion(x, n, confidence=self.confidence)
            return found.value * self.per, found.lower * self.per, found.upper * self.per
        found = rate(x, n, per=self.per, confidence=self.confidence)
        return found.value, found.lower, found.upper


def _rate_differences(
    table: GroupTable, how: _Comparison, compared: BoolArray
) -> dict[str, FloatArray]:
    own, reference = how.rates(table.x, table.n), how.rates(table.x0, table.n0)
    lower, upper = difference_limits(*own, *reference)
    return {
        "rate_difference": np.where(table.known, own[0] - reference[0], np.nan),
        "rate_difference_lower": np.where(compared, lower, np.nan),
        "rate_difference_upper": np.where(compared, upper, np.nan),
    }


def _shares(table: GroupTable, how: _Comparison) -> dict[str, FloatArray]:
    """Set each group's share of the numerators beside its share of the denominators.

    With the denominators fixed the group's share of N is a rising function of its ratio to all the
    others together, s = w r / (1 + w r), w = n / (n of the others): limits of r are limits of s.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        base = table.n / table.all_n
        share = table.x / table.all_x
        others = how.ratio(table.x, table.n, table.all_x - table.x, table.all_n - table.n)
        weight = table.n / (table.all_n - table.n)
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


def _parity(
    table: GroupTable, value: FloatArray, lower: FloatArray, upper: FloatArray
) -> dict[str, FloatArray]:
    with np.errstate(divide="ignore"):
        parts = [table.x * (1 - 1 / limit) for limit in (value, lower, upper)]
    parts[0] = np.where(table.is_reference & ~np.isnan(table.x + table.n), 0.0, parts[0])
    return dict(
        zip(("parity_number", "parity_number_lower", "parity_number_upper"), parts, strict=True)
    )


def _flags(table: GroupTable, index_flags: TextArray, compared: BoolArray) -> TextArray:
    """Return the flags of the comparison, and of the counts alone where nothing is compared."""
    missing = np.isnan(table.x) | np.isnan(table.n)
    own = flag_text(
        missing=missing,
        denominator_zero=~missing & (table.n == 0),
        zero_numerator=~missing & (table.x == 0),
        small_numerator=~missing & (table.x < 10),
    )
    flags = pd.Series(np.where(compared, index_flags, own), dtype=object)
    no_total = table.known & (np.isnan(table.all_x) | np.isnan(table.all_n))
    joined = flags.where(flags == "", flags + ";") + "total_missing"
    return flags.where(~no_total, joined).to_numpy()


def _check_practical(practical: tuple[float, float]) -> tuple[float, float]:
    try:
        low, high = (float(bound) for bound in practical)
    except (TypeError, ValueError):
        low = high = np.nan
    if not 0 < low < 1 < high < np.inf:
        raise InputProblem(
            f"practical is {practical!r}; give two bounds around 1, such as (0.8, 1.25)."
        )
    return low, high
