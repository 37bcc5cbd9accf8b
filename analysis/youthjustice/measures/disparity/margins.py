"""Counts by crossed dimensions with every margin: ``All`` stands where one is summed over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.measures.disparity.group_table import GroupTable
from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.labels import TOTAL, group_order, read_labels

SUMMED = -1  # the code of a dimension that is summed over


@dataclass(frozen=True, slots=True)
class Margins:
    """Every combination and margin of every cell, in order.

    ``labels`` holds the dimensions as columns, ``codes`` the same as numbers, and ``names`` the
    labels of those numbers; ``known`` is false for a row with an unknown label.
    """

    cell: NDArray[np.int64]
    labels: pd.DataFrame
    codes: NDArray[np.int64]
    names: tuple[tuple[object, ...], ...]
    x: FloatArray
    n: FloatArray
    known: BoolArray

    def rows_with(self, codes: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return for every row the row of its cell that has these codes, -1 where there is none."""
        return pd.Index(self._places(self.codes)).get_indexer(pd.Index(self._places(codes)))

    def _places(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        places = self.cell
        for at, names in enumerate(self.names):
            places = places * (len(names) + 1) + codes[:, at] + 1
        return places


def all_margins(
    table: GroupTable, dimensions: Sequence[str], unknown: Sequence[object], basis: str
) -> Margins:
    """Add every margin to a table of groups made of several dimensions.

    Where a cell lacks a combination of the known labels it has, nothing says how many there were:
    the combination comes back with missing counts, and so do the margins above it. A combination
    with an unknown label may be absent. Per population an unknown row without a population adds
    none, since a census knows everyone it counts.
    """
    names = list(dimensions)
    people = table.n
    if basis == "population":
        people = np.where(~table.known & np.isnan(people), 0.0, people)
    counts = pd.DataFrame({name: table.keys[name].astype(object) for name in names})
    counts = counts.assign(**{_CELL: table.cell, _X: table.x, _N: people})
    counts = pd.concat([counts, _absent(counts[table.known], names)], ignore_index=True)
    kept = (part for size in range(len(names) + 1) for part in itertools.combinations(names, size))
    every = pd.concat([_margin(counts, list(part)) for part in kept], ignore_index=True)
    cell = every[_CELL].to_numpy(dtype=np.int64)
    order = group_order(cell, [read_labels(every, name) for name in names])
    every = every.iloc[order].reset_index(drop=True)
    labels = [read_labels(every, name) for name in names]
    return Margins(
        cell=cell[order],
        labels=every[names].astype(object).where(every[names].notna(), TOTAL),
        codes=np.column_stack([one.codes for one in labels]),
        names=tuple(one.names for one in labels),
        x=every[_X].to_numpy(dtype=np.float64),
        n=every[_N].to_numpy(dtype=np.float64),
        known=~np.logical_or.reduce([one.those_in(unknown) for one in labels]),
    )


# Names that no column of a caller has.
_CELL, _X, _N = "\0cell", "\0x", "\0n"


def _absent(known: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the combinations of a cell's known labels that have no row in it."""
    crossed = known[[_CELL]].drop_duplicates()
    for name in names:
        crossed = crossed.merge(known[[_CELL, name]].drop_duplicates(), on=_CELL)
    found = crossed.merge(known[[_CELL, *names]], how="left", indicator="\0from")
    return crossed[(found["\0from"] == "left_only").to_numpy(dtype=bool)]


def _margin(counts: pd.DataFrame, kept: list[str]) -> pd.DataFrame:
    """Sum over every dimension that is not kept; a missing part makes the sum missing."""
    grouped = counts.groupby([_CELL, *kept], sort=False, observed=True)
    summed: pd.DataFrame = grouped[[_X, _N]].sum(skipna=False).reset_index()
    return summed
