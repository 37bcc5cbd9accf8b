"""Reading the counts of two populations by stratum, side by side in every cell."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.area_table import check_there
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import FloatArray, read
from youthjustice.measures.labels import TOTAL, join_codes, number_cells, read_labels
from youthjustice.measures.rows import refuse_above, refuse_row, refuse_totals


@dataclass(frozen=True, slots=True)
class Populations:
    """Counts as cells by two populations by strata; NaN where a row or a count is missing.

    ``codes`` says, variables by strata, which level of each variable a stratum has; ``events`` is 0
    everywhere where none were named.
    """

    keys: pd.DataFrame
    x: FloatArray
    n: FloatArray
    events: FloatArray
    codes: NDArray[np.int64]
    with_events: bool


def read_populations(
    frame: pd.DataFrame,
    strata: list[str],
    *,
    numerator: str,
    denominator: str,
    events: str | None,
    between: str,
    pair: tuple[Hashable, Hashable],
    by: list[str],
    nested: bool,
) -> Populations:
    """Check a frame of counts and set the two populations of ``pair`` side by side.

    Strata are those that either population has anywhere. Raises InputProblem, naming the row.
    """
    if not strata:
        raise InputProblem("strata names no column; name what the population is made up of.")
    keys = [*by, between, *strata]
    own = [] if events is None else [events]
    check_columns(frame, [*keys, *own, numerator, denominator])
    labels = frame[between]
    for wanted in pair:
        check_there(labels, wanted, between)
    if pair[0] == pair[1]:
        raise InputProblem(f"first and last are both {pair[0]!r}; name two populations.")
    rows = frame[labels.isin(list(pair))]
    named = {name: rows[name] for name in (numerator, denominator, *([events] if events else []))}
    counts = read(named)
    coded = []
    for name in strata:
        found = read_labels(rows, name)
        refuse_row(rows, keys, found.codes < 0, f"has no {name}; name the stratum.")
        refuse_totals(rows, keys, found.those_in((TOTAL,)), name)
        coded.append(found.codes)
    cell = number_cells(rows, by)
    side = (rows[between] == pair[1]).to_numpy().astype(np.int64)
    stratum = join_codes(coded, len(rows))
    again = pd.Series(join_codes([cell, side, stratum], len(rows))).duplicated()
    once = "stands twice; add its rows together or name the key in by."
    refuse_row(rows, keys, again.to_numpy(dtype=bool), once)
    x, n = counts.numbers[:2]
    if nested:
        refuse_above(rows, keys, numerator, denominator, (x, n))
    if events is not None:
        fewer = counts.numbers[2] < x
        what = f"has fewer {events} than {numerator}, each of whom has one at least; correct one."
        refuse_row(rows, keys, fewer, what)
    shape = (int(cell.max(initial=-1)) + 1, 2, int(stratum.max(initial=-1)) + 1)
    laid = np.full((3, *shape), np.nan)
    laid[0, cell, side, stratum], laid[1, cell, side, stratum] = x, n
    laid[2, cell, side, stratum] = counts.numbers[2] if events is not None else 0.0
    firsts = np.flatnonzero(~pd.Series(stratum).duplicated())
    heads = np.flatnonzero(~pd.Series(cell).duplicated())
    return Populations(
        keys=rows[by].iloc[heads].reset_index(drop=True),
        x=laid[0],
        n=laid[1],
        events=laid[2],
        codes=np.array([codes[firsts] for codes in coded]),
        with_events=events is not None,
    )
