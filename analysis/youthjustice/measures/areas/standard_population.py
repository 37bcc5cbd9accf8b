"""Reading counts by stratum beside a standard: weights, or standard rates, for every row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import TOTAL, join_codes, number_cells, read_labels
from youthjustice.measures.rows import refuse_row, refuse_totals


@dataclass(frozen=True, slots=True)
class StrataTable:
    """Counts of every row, its cell and what the standard says of its stratum.

    ``weight`` is the standard population (direct) or the standard rate per person (indirect);
    ``crude`` the standard's crude rate, NaN where it is not known; ``missing`` is true for cells
    that lack a stratum.
    """

    keys: pd.DataFrame
    cell: NDArray[np.int64]
    x: FloatArray
    n: FloatArray
    weight: FloatArray
    crude: float
    missing: BoolArray

    def total(self, part: FloatArray) -> FloatArray:
        """Return the sum over the strata of each cell."""
        return np.bincount(self.cell, weights=part, minlength=len(self.keys)).astype(np.float64)


def read_strata(
    frame: pd.DataFrame,
    strata: list[str],
    keys: list[str],
    numerator: str,
    denominator: str,
    standard: object,
    how: str,
) -> StrataTable:
    """Check a frame of counts by stratum and set the standard's figures beside its rows.

    ``strata`` and ``keys`` are the columns of the stratum and of the cell; ``how`` is direct or
    indirect. Raises InputProblem, naming the row.
    """
    if not strata:
        raise InputProblem("strata names no column; name what to standardise over.")
    check_columns(frame, [*keys, *strata, numerator, denominator])
    x, n = read({numerator: frame[numerator], denominator: frame[denominator]}).numbers
    codes = []
    for name in strata:
        labels = read_labels(frame, name)
        refuse_row(frame, [*keys, *strata], labels.codes < 0, f"has no {name}; name the stratum.")
        refuse_totals(frame, [*keys, *strata], labels.those_in((TOTAL,)), name)
        codes.append(labels.codes)
    cell = number_cells(frame, keys)
    stratum = join_codes(codes, len(frame))
    again = pd.Series(join_codes([cell, stratum], len(frame))).duplicated().to_numpy(dtype=bool)
    once = "stands twice; add its rows together or name the key in by."
    refuse_row(frame, [*keys, *strata], again, once)
    cells = int(cell.max(initial=-1)) + 1
    wanted = int(stratum.max(initial=-1)) + 1
    if isinstance(standard, pd.DataFrame):
        weight, crude, listed = _from_frame(frame, standard, strata, numerator, denominator, how)
        wanted = max(wanted, listed)
    else:
        weight, crude = _from_column(frame, standard, keys + strata), np.nan
    missing = np.bincount(cell, minlength=cells) < wanted
    first = np.flatnonzero(~pd.Series(cell).duplicated())
    heads = frame[keys].iloc[first].reset_index(drop=True)
    return StrataTable(heads, cell, x, n, weight, crude, missing)


def _from_column(frame: pd.DataFrame, column: object, keys: list[str]) -> FloatArray:
    if not isinstance(column, str) or column not in frame.columns:
        raise InputProblem(
            f"standard is {column!r}; give a frame of the standard population, or the name of a "
            "column of weights."
        )
    weight = read({column: frame[column]}).numbers[0]
    refuse_row(frame, keys, np.isnan(weight), f"has no {column}; every stratum needs its weight.")
    return weight


def _from_frame(
    frame: pd.DataFrame,
    standard: pd.DataFrame,
    strata: list[str],
    numerator: str,
    denominator: str,
    how: str,
) -> tuple[FloatArray, float, int]:
    """Return each row's weight or standard rate, the standard's crude rate, and its strata."""
    if how == "indirect":
        check_columns(standard, [*strata, numerator, denominator])
    else:
        check_columns(standard, [*strata, denominator])
    if standard.empty:
        raise InputProblem("The frame of the standard is empty; give a row for every stratum.")
    columns = [numerator, denominator] if how == "indirect" else [denominator]
    counts = read({name: standard[name] for name in columns}).numbers
    twice = standard.duplicated(strata).to_numpy(dtype=bool)
    refuse_row(standard, strata, twice, "stands twice in the standard; keep one row of it.")
    unknown = np.logical_or.reduce([np.isnan(part) for part in counts])
    unknown |= (counts[-1] == 0) if how == "indirect" else False
    refuse_row(
        standard, strata, unknown, "of the standard has no count to weigh with; give it one."
    )
    place = pd.MultiIndex.from_frame(standard[strata])
    at = place.get_indexer(pd.MultiIndex.from_frame(frame[strata]))
    refuse_row(frame, strata, at < 0, "is not in the standard; add its stratum there.")
    if how == "direct":
        return counts[0][at], np.nan, len(standard)
    return (counts[0] / counts[1])[at], float(counts[0].sum() / counts[1].sum()), len(standard)
