"""The relative rate index: every group's rate against a reference group's, and what it means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_keys
from youthjustice.measures.disparity.comparisons import Ratio, add_flag, own_flags, read_comparison
from youthjustice.measures.disparity.differences import parity, rate_differences, shares
from youthjustice.measures.disparity.findings import NOT_DEFINED, ROUNDED, UNKNOWN_GROUPS, findings
from youthjustice.measures.disparity.group_table import GroupTable, read_groups
from youthjustice.measures.disparity.unknown import unknown_bounds
from youthjustice.measures.inputs import BoolArray, TextArray
from youthjustice.measures.labels import names_of


def relative_rate_index(
    frame: pd.DataFrame,
    group: str | Sequence[str] = "ethnic_group",
    reference: object = "White",
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
    rate_decimals: int | None = None,
) -> pd.DataFrame:
    """Compare every group's rate with the reference group's, one row per ``by`` x group.

    ``numerator`` and ``denominator`` name columns of counts; ``by`` names what makes a cell: area,
    period, sex, age band. ``group`` may name several columns, and then ``reference`` holds one label
    for each (or maps column to label). ``basis="population"`` compares events per population (rate
    ratio, exact or mid-p); ``basis="stage"`` compares the share that passes a stage (risk ratio,
    Koopman), where a numerator may not exceed its denominator. ``rate`` is per ``per``: 100,000
    people, or 100 at a stage. Columns:

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

    Last, ``unknown_percent``, ``bound_lower`` and ``bound_upper``: the unknown part of the cell's
    numerator and the ratio were all of it to lower, or raise, the ratio (``measures.unknown``). A
    difference that these bounds could undo is not claimed, and is flagged ``unknown_could_reverse``.

    The index is not calculated when a numerator is under ``minimum_numerator`` or, at a stage, a
    denominator under ``minimum_denominator`` (AIHW 2024 prints no ratio under 5); with none in the
    reference its lower limit is still given, and the upper is infinite. Findings join the interval
    with the ``practical`` range of the four-fifths rule (EEOC 1979). Groups in ``unknown`` keep
    their row, are never compared and are outside all shares. A missing count gives a missing
    result. ``rate_decimals`` rounds both rates before they are divided, as many spreadsheets do, to
    reproduce their index; such an index has no interval and no finding. Raises InputProblem for a
    missing column, an absent reference, a group that stands twice, totals among the groups, and
    impossible counts.

    Children referred to juvenile court, United States 2020 (OJJDP prints 2.9 for Black boys):

    >>> boys = pd.DataFrame({"ethnic_group": ["White", "Black"], "referred": [159_200, 129_700],
    ...                      "population": [8_752_200, 2_468_900]})
    >>> index = relative_rate_index(boys, numerator="referred", denominator="population", per=1000)
    >>> index[["ethnic_group", "rate", "value", "finding"]].round(1)
      ethnic_group  rate  value           finding
    0        Black  52.5    2.9  over-represented
    1        White  18.2    1.0         reference
    """
    how = read_comparison(
        basis=basis,
        confidence=confidence,
        method=method,
        per=per,
        practical=practical,
        minimum_numerator=minimum_numerator,
        minimum_denominator=minimum_denominator,
    )
    decimals = _check_decimals(rate_decimals)
    table = read_groups(
        frame,
        group=group,
        reference=reference,
        numerator=numerator,
        denominator=denominator,
        by=names_of("by", by),
        unknown=names_of("unknown", unknown),
        nested=how.basis == "stage",
    )
    compared = table.known & ~table.is_reference
    few = how.few(table)
    if decimals is None:
        index = how.compare(table, compared, few)
    else:
        index = how.ratio_of_rounded(table, compared & ~few, decimals)
    bounds = unknown_bounds(table, how.basis)
    reversible = (bounds.lower <= 1) & (bounds.upper >= 1)
    finding = findings(
        table,
        few,
        value=index.value,
        lower=index.lower,
        upper=index.upper,
        practical=how.practical,
        reversible=reversible,
    )
    if decimals is not None:
        finding[(finding == NOT_DEFINED) & ~np.isnan(index.value)] = ROUNDED
    calculated = ~np.isnan(index.value + index.lower + index.upper)
    defined = table.is_reference & (table.n > 0) & (table.x > 0)
    rates = how.rates(table.x, table.n)
    columns: dict[str, object] = {
        "numerator": table.x,
        "denominator": table.n,
        "rate": rates[0],
        "value": np.where(defined, 1.0, index.value),
        "lower": index.lower,
        "upper": index.upper,
        "p_value": index.p_value,
        "method": index.method,
        "finding": finding,
        "flags": _flags(table, index, compared, finding == UNKNOWN_GROUPS),
    }
    columns |= rate_differences(table, rates)
    columns |= shares(table, how)
    columns |= parity(table, index)
    columns |= {
        "unknown_percent": bounds.percent,
        "bound_lower": np.where(calculated, bounds.lower, np.nan),
        "bound_upper": np.where(calculated, bounds.upper, np.nan),
    }
    check_keys(table.keys, columns)
    result = pd.concat([table.keys, pd.DataFrame(columns, index=table.keys.index)], axis=1)
    result.attrs = {
        **frame.attrs,
        "basis": how.basis,
        "reference": reference,
        "confidence": how.confidence,
        "per": how.per,
        "practical": how.practical,
    }
    return result


def _flags(table: GroupTable, index: Ratio, compared: BoolArray, reversed_: BoolArray) -> TextArray:
    """Return the flags of the comparison, and of the counts alone where nothing is compared."""
    flags = index.flags.copy()
    alone = ~compared
    flags[alone] = own_flags(table.x[alone], table.n[alone], table.is_reference[alone])
    no_total = table.known & np.isnan(table.all_x + table.all_n)
    return add_flag(add_flag(flags, no_total, "total_missing"), reversed_, "unknown_could_reverse")


def _check_decimals(decimals: object) -> int | None:
    if decimals is None:
        return None
    whole = isinstance(decimals, (int, np.integer)) and not isinstance(decimals, bool)
    if not whole or not -10 <= int(decimals) <= 10:  # type: ignore[call-overload]
        raise InputProblem(
            f"rate_decimals is {decimals!r}; give a whole number such as 1, or None for exact rates."
        )
    return int(decimals)  # type: ignore[call-overload, no-any-return]
