"""Groups made of several characteristics at once, and every margin, each beside its reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_keys
from youthjustice.measures.disparity.comparisons import Comparison, own_flags, read_comparison
from youthjustice.measures.disparity.findings import findings
from youthjustice.measures.disparity.group_table import NO_REFERENCE, read_groups, reference_labels
from youthjustice.measures.disparity.margins import SUMMED, Margins, all_margins
from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.labels import names_of

_REFERENCE = {"ethnic_group": "White", "sex": "male", "age_band": "15-17"}


def intersections(
    frame: pd.DataFrame,
    dimensions: Sequence[str] = ("ethnic_group", "sex", "age_band"),
    reference: Mapping[str, object] | Sequence[object] | None = None,
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
    """Compare every combination of characteristics, and every margin, with two references.

    ``frame`` holds counts by all ``dimensions`` crossed, one row each and no totals; ``reference``
    gives one label of each (default: White, male, 15-17). One row per ``by`` x combination x margin,
    with ``All`` in the dimensions summed over, ``numerator``, ``denominator``, ``rate`` and two
    comparisons, each as relative_rate_index makes it:

    - ``value, lower, upper, p_value, method, finding, flags``: with the reference of the first
      dimension and the same other characteristics (Black girls of 15-17 with White girls of 15-17);
    - ``joint_value`` and so on: with the row that has every reference over the same dimensions
      (Black girls of 15-17 with White boys of 15-17; Black girls of all ages with White boys of all
      ages).

    ``joint_to_product``, with ``_lower`` and ``_upper``, is the joint ratio over the product of the
    ratios that change one characteristic at a time: above 1, the combination has more than its
    characteristics would multiply to, if the interval leaves out 1. It is the interaction of a
    saturated log-linear model (Knol and VanderWeele 2012), its limits from the variance of the log,
    and it is given where at least two characteristics differ and no count is too small.

    A combination of known labels that a cell lacks comes back with missing counts, and so do its
    margins; unknown labels are counted in the margins that sum over them and never compared. Small
    groups multiply: allow for many comparisons before claiming one. Raises InputProblem as
    relative_rate_index does.

    Referred to juvenile court, United States 2020 (OJJDP prints 2.6 and 2.9 for Black girls and boys):

    >>> court = pd.DataFrame({"ethnic_group": ["White", "Black"] * 2, "sex": ["female"] * 2 +
    ...     ["male"] * 2, "referred": [61_500, 46_400, 159_200, 129_700],
    ...     "people": [8_336_000, 2_396_600, 8_752_200, 2_468_900]})
    >>> found = intersections(court, ["ethnic_group", "sex"], ["White", "male"],
    ...     numerator="referred", denominator="people")
    >>> found[["ethnic_group", "sex", "value", "joint_value", "joint_to_product"]][:3].round(2)
      ethnic_group     sex  value  joint_value  joint_to_product
    0        Black  female   2.62         1.06              0.91
    1        Black    male   2.89         2.89               NaN
    2        Black     All   2.80         2.80               NaN
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
    names = names_of("dimensions", dimensions)
    keys = names_of("by", by)
    left_out = names_of("unknown", unknown)
    table = read_groups(
        frame,
        group=names,
        reference=NO_REFERENCE,
        numerator=numerator,
        denominator=denominator,
        by=keys,
        unknown=left_out,
        nested=how.basis == "stage",
    )
    wanted = reference_labels(names, _REFERENCE if reference is None else reference)
    margins = all_margins(table, names, left_out, how.basis)
    sides = _Sides(margins, tuple(map(_code, names, wanted, margins.names)))
    columns: dict[str, object] = {
        "numerator": margins.x,
        "denominator": margins.n,
        "rate": how.rates(margins.x, margins.n)[0],
    }
    columns |= _compared(sides.beside([0]), how, "")
    columns |= _compared(sides.beside(range(len(names))), how, "joint_")
    columns |= _to_product(sides, how)
    check_keys((*keys, *names), columns)
    first = np.flatnonzero(np.diff(table.cell, prepend=-1))
    cells = table.keys[keys].iloc[first[margins.cell]].reset_index(drop=True)
    labels = margins.labels.infer_objects()
    result = pd.concat([cells, labels, pd.DataFrame(columns, index=cells.index)], axis=1)
    result.attrs = {
        **frame.attrs,
        "basis": how.basis,
        "reference": dict(zip(names, wanted, strict=True)),
        "confidence": how.confidence,
        "per": how.per,
        "practical": how.practical,
    }
    return result


@dataclass(frozen=True, slots=True)
class _Pairs:
    x: FloatArray
    n: FloatArray
    x0: FloatArray
    n0: FloatArray
    known: BoolArray
    is_reference: BoolArray


@dataclass(frozen=True, slots=True)
class _Sides:
    """The margins and the code of the reference in each dimension."""

    margins: Margins
    reference: tuple[int, ...]

    def rows(self, dimensions: Sequence[int]) -> NDArray[np.intp]:
        """Return for every row the one with the reference in these dimensions, where it has any."""
        codes = self.margins.codes.copy()
        for at in dimensions:
            codes[codes[:, at] != SUMMED, at] = self.reference[at]
        return self.margins.rows_with(codes)

    def beside(self, dimensions: Sequence[int]) -> _Pairs:
        """Set every row beside the reference in these dimensions; rows that sum over all have none."""
        found = self.margins
        rows = self.rows(dimensions)
        summed = (found.codes[:, list(dimensions)] == SUMMED).all(axis=1)
        compared = found.known & ~summed
        lacking = compared & (rows < 0)
        if lacking.any():
            label = {name: found.names[at][self.reference[at]] for at, name in
                     enumerate(found.labels) if at in dimensions}  # fmt: skip
            raise InputProblem(
                f"A cell has no row for the reference {label}; add it, or name another reference."
            )
        there = rows >= 0
        return _Pairs(
            x=found.x,
            n=found.n,
            x0=np.where(there, found.x[rows], np.nan),
            n0=np.where(there, found.n[rows], np.nan),
            known=compared,
            is_reference=rows == np.arange(rows.size),
        )


def _code(name: str, label: object, names: tuple[object, ...]) -> int:
    if label in names:
        return names.index(label)
    if not names:
        return SUMMED
    raise InputProblem(f"There is no row for the reference {label!r} in {name}; name another one.")


def _compared(pairs: _Pairs, how: Comparison, prefix: str) -> dict[str, object]:
    """Return the columns of one comparison."""
    compared = pairs.known & ~pairs.is_reference
    few = how.few(pairs)
    found = how.compare(pairs, compared, few)
    defined = pairs.known & pairs.is_reference & (pairs.n > 0) & (pairs.x > 0)
    finding = findings(
        pairs, few, value=found.value, lower=found.lower, upper=found.upper, practical=how.practical
    )
    alone = own_flags(pairs.x, pairs.n, pairs.known & pairs.is_reference)
    columns = {
        "value": np.where(defined, 1.0, found.value),
        "lower": found.lower,
        "upper": found.upper,
        "p_value": found.p_value,
        "method": found.method,
        "finding": finding,
        "flags": np.where(compared, found.flags, alone),
    }
    return {f"{prefix}{name}": column for name, column in columns.items()}


def _to_product(sides: _Sides, how: Comparison) -> dict[str, FloatArray]:
    """Set the joint ratio over the product of the ratios that change one characteristic each.

    On the log scale that is a contrast of independent log rates, so their variances add up.
    """
    found = sides.margins
    every = range(found.codes.shape[1])
    x, n = found.x, found.n
    enough = (x >= how.minimum_numerator) & (x > 0) & (n > 0)
    if how.basis == "stage":
        enough &= n >= how.minimum_denominator
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.where(enough, np.log(x / n), np.nan)
        variance = np.where(enough, 1 / x - (1 / n if how.basis == "stage" else 0.0), np.nan)
    differs = np.column_stack(
        [~np.isin(found.codes[:, at], (SUMMED, sides.reference[at])) for at in every]
    )
    more = differs.sum(axis=1) - 1
    both = sides.rows(every)
    gap = log + more * log[both]
    spread = variance + more**2 * variance[both]
    for at in every:
        alone = sides.rows([other for other in every if other != at])
        gap = gap - np.where(differs[:, at], log[alone], 0.0)
        spread = spread + np.where(differs[:, at], variance[alone], 0.0)
    shown = (more >= 1) & found.known
    z = -special.ndtri((1 - how.confidence) / 2)
    reach = z * np.sqrt(np.where(shown, spread, np.nan))
    gap = np.where(shown, gap, np.nan)
    return {
        "joint_to_product": np.exp(gap),
        "joint_to_product_lower": np.exp(gap - reach),
        "joint_to_product_upper": np.exp(gap + reach),
    }
