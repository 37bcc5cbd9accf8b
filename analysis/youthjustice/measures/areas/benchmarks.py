"""One area beside a benchmark that it is no part of: the rest of a whole, or other areas together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.area_table import (
    AreaTable,
    as_list,
    check_there,
    read_areas,
)
from youthjustice.measures.columns import check_columns
from youthjustice.measures.disparity.comparisons import Comparison, Ratio, add_flag, read_comparison
from youthjustice.measures.inputs import FloatArray, TextArray, read
from youthjustice.measures.ratios.mover import difference_limits
from youthjustice.measures.rows import refuse_row
from youthjustice.measures.single.comparator import take_out
from youthjustice.measures.trends.periods import tidy


def compare_with(
    frame: pd.DataFrame,
    area: Hashable,
    group: Sequence[Hashable] | None = None,
    *,
    whole: Hashable | None = None,
    numerator: str,
    denominator: str,
    area_column: str = "area_code",
    by: str | Sequence[str] | None = None,
    basis: str = "population",
    confidence: float = 0.95,
    method: str | None = None,
    per: float | None = None,
) -> pd.DataFrame:
    """Compare an area with a benchmark, the area itself taken out, one row per ``by`` cell.

    ``area`` is the label of the area in ``area_column``. The benchmark is one of:

    - ``whole``: the label of a row that holds the area, a region or England: its counts less the
      area's own (``take_out``);
    - ``group``: the labels of other areas, such as statistical neighbours, pooled; the area is left
      out if it is listed, and so are areas without counts, named in ``left_out``;
    - neither: all other areas of the frame, pooled.

    ``basis="population"`` compares events per population (``per`` is 100,000; rate ratio),
    ``basis="stage"`` shares of the denominator (``per`` is 100; risk ratio); ``method`` is one of
    theirs. Columns: the keys, ``area``, ``benchmark`` in words, ``numerator``, ``denominator``,
    ``rate``, ``reference_numerator``, ``reference_denominator``, ``reference_rate``, ``value`` (the
    ratio), ``lower``, ``upper``, ``p_value``, ``rate_difference`` (per ``per``; MOVER, Zou and Donner
    2008, or Newcombe 1998), the rates and the difference each with ``_lower`` and ``_upper``,
    ``areas`` (pooled), ``left_out``, ``method``, ``flags`` (``benchmark_incomplete`` where areas were
    left out). Both sides are subject to chance, so this is no comparison of intervals by eye. A
    cell without the area is left out. Raises InputProblem for an absent area, a whole smaller than
    its part, areas inside each other and impossible counts.

    An area with 40 entrants among 16,000 children, beside the rest of its region:

    >>> frame = pd.DataFrame({"area_code": ["E09000019", "E12000007"], "entrants": [40, 1000],
    ...                       "children": [16_000, 800_000]})
    >>> found = compare_with(frame, "E09000019", whole="E12000007", numerator="entrants",
    ...                      denominator="children")
    >>> found[["reference_numerator", "reference_denominator", "value"]].round(3)
       reference_numerator  reference_denominator  value
    0                960.0               784000.0  2.042
    """
    how = read_comparison(
        basis=basis,
        confidence=confidence,
        method=method,
        per=per,
        practical=(0.8, 1.25),
        minimum_numerator=0,
        minimum_denominator=0,
    )
    keys = as_list(by)
    check_columns(frame, [*keys, area_column, numerator, denominator])
    if whole is not None and group is not None:
        raise InputProblem("Both whole and group are given; give the one to compare with.")
    listed = _check_group(group, area)
    read({numerator: frame[numerator], denominator: frame[denominator]})
    labels = frame[area_column]
    check_there(labels, area, area_column)
    if whole is not None:
        check_there(labels, whole, area_column)
        if whole == area:
            raise InputProblem(
                f"The area and the whole are both {area!r}; name the whole around it."
            )
    chosen = labels == area
    if whole is None:
        others = labels.isin(listed) if listed is not None else (labels != area) & labels.notna()
        rows = frame[chosen | others]
    else:
        rows = frame[chosen | (labels == whole)]
    table = _read(rows, area_column, numerator, denominator, keys, how, whole)
    own = (rows[area_column] == area).to_numpy(dtype=bool)
    cells = table.cell[own]  # cells that hold the area, in the order of their rows
    x, n = table.x[own], table.n[own]
    if whole is None:
        other = _pooled(table, rows[area_column], own, listed)
        words = "all other areas" if listed is None else "areas together"
        name = [f"{words} ({count})" for count in other.areas[cells]]
    else:
        other = _rest(table, rows, own, area_column, whole)
        name = [f"{whole} without {area}"] * x.size
    found = how.ratio(x, n, other.x[cells], other.n[cells])
    columns: dict[str, object] = {
        "area": np.full(x.size, area, dtype=object),
        "benchmark": np.array(name, dtype=object),
        **_figures(x, n, other.x[cells], other.n[cells], how, found),
        "areas": other.areas[cells],
        "left_out": other.left_out[cells],
    }
    columns["method"] = found.method
    columns["flags"] = add_flag(found.flags, other.left_out[cells] != "", "benchmark_incomplete")
    heads = table.keys.loc[own, keys].reset_index(drop=True)
    return tidy(
        heads,
        columns,
        {
            **frame.attrs,
            "area": area,
            "basis": how.basis,
            "per": how.per,
            "confidence": how.confidence,
        },
    )


class _Benchmark(NamedTuple):
    """Counts of the benchmark, areas in it and names left out of it, one for every cell."""

    x: FloatArray
    n: FloatArray
    areas: NDArray[np.int64]
    left_out: TextArray


def _read(
    rows: pd.DataFrame,
    column: str,
    numerator: str,
    denominator: str,
    keys: list[str],
    how: Comparison,
    whole: Hashable | None,
) -> AreaTable:
    if whole is not None:
        # The whole is meant to lie around the area, so the two must not be taken for a mistake.
        rows = rows.assign(**{column: np.where(rows[column] == whole, "the whole", "the area")})
    return read_areas(
        rows,
        area=column,
        numerator=numerator,
        denominator=denominator,
        by=keys,
        nested=how.basis == "stage",
    )


def _figures(
    x: FloatArray, n: FloatArray, x0: FloatArray, n0: FloatArray, how: Comparison, ratio: Ratio
) -> dict[str, object]:
    rates, others = how.rates(x, n), how.rates(x0, n0)
    lower, upper = difference_limits(*rates, *others)
    columns: dict[str, object] = {"numerator": x, "denominator": n}
    columns |= dict(zip(("rate", "rate_lower", "rate_upper"), rates, strict=True))
    columns |= {"reference_numerator": x0, "reference_denominator": n0}
    names = ("reference_rate", "reference_rate_lower", "reference_rate_upper")
    columns |= dict(zip(names, others, strict=True))
    return columns | {
        "value": ratio.value,
        "lower": ratio.lower,
        "upper": ratio.upper,
        "p_value": ratio.p_value,
        "rate_difference": rates[0] - others[0],
        "rate_difference_lower": lower,
        "rate_difference_upper": upper,
    }


def _pooled(
    table: AreaTable, labels: pd.Series, own: NDArray[np.bool_], listed: list[Hashable] | None
) -> _Benchmark:
    """Add the other areas of every cell together; those without counts are named."""
    names = pd.Index(labels[~own])
    wanted = pd.Index(listed) if listed is not None else names.unique()
    known = ~table.missing[~own]
    have = np.zeros((table.cells, len(wanted)), dtype=bool)
    have[table.cell[~own][known], wanted.get_indexer(names)[known]] = True
    every = np.array([str(label) for label in wanted], dtype=object)
    out = np.array(["; ".join(every[~row]) for row in have], dtype=object)
    weights = ~own & ~table.missing
    x, n = (
        np.bincount(table.cell, weights=np.where(weights, part, 0.0), minlength=table.cells)
        for part in (table.x, table.n)
    )
    areas = have.sum(axis=1)
    none = areas == 0
    return _Benchmark(np.where(none, np.nan, x), np.where(none, np.nan, n), areas, out)


def _rest(
    table: AreaTable,
    rows: pd.DataFrame,
    own: NDArray[np.bool_],
    column: str,
    whole: Hashable,
) -> _Benchmark:
    """Take the area out of the whole in every cell; the whole may be absent from a cell."""
    counts = np.full((4, table.cells), np.nan)
    for place, side in ((0, ~own), (2, own)):
        counts[place, table.cell[side]] = table.x[side]
        counts[place + 1, table.cell[side]] = table.n[side]
    larger = (counts[2] > counts[0]) | (counts[3] > counts[1])
    keys = [name for name in table.keys if name != column]
    refuse_row(
        rows,
        [*map(str, keys), column],
        own & larger[table.cell],
        f"has a count above that of {whole!r}, which should hold it; correct one of them.",
    )
    rest = take_out(*counts)
    alone = np.where(np.isnan(counts[0]), str(whole), "").astype(object)
    return _Benchmark(rest.events, rest.population, (alone == "").astype(np.int64), alone)


def _check_group(group: object, area: Hashable) -> list[Hashable] | None:
    if group is None:
        return None
    if isinstance(group, str) or not isinstance(group, (Sequence, pd.Series, pd.Index, np.ndarray)):
        raise InputProblem(f"group is {group!r}; give a list of the labels of areas.")
    if not all(isinstance(label, Hashable) for label in group):
        raise InputProblem(f"group is {group!r}; give a list of the labels of areas.")
    listed = [label for label in dict.fromkeys(group) if label != area]
    if not listed:
        raise InputProblem(f"group names no area but {area!r} itself; name those to compare with.")
    return listed
