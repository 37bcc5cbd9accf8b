"""Reading a frame of areas: one row per cell and area, none of them inside another."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns
from youthjustice.measures.inputs import BoolArray, FloatArray, read
from youthjustice.measures.labels import TOTAL, join_codes, number_cells, read_labels
from youthjustice.measures.rows import refuse_above, refuse_row, refuse_totals

_TOTALS = (TOTAL.casefold(), "total")
_CODE = re.compile(r"[EKNSW]\d{8}")
# The first characters of an area code of the Office for National Statistics say what kind of area
# it is; these kinds contain those.
_CONTAINS = {
    "K": ("E", "N", "S", "W"),
    "E92": ("E06", "E07", "E08", "E09", "E10", "E11", "E12"),
    "E12": ("E06", "E07", "E08", "E09", "E10", "E11"),
    "E10": ("E07",),
    "E11": ("E08",),
    "W92": ("W06",),
}


@dataclass(frozen=True, slots=True)
class AreaTable:
    """Counts of areas, in the order of the frame.

    ``keys`` are the columns of the cell and the area; ``cell`` numbers the cell of each row and
    ``cells`` says how many there are; ``usable`` is true where both counts are there and the
    denominator is above 0.
    """

    keys: pd.DataFrame
    x: FloatArray
    n: FloatArray
    cell: NDArray[np.int64]
    cells: int
    missing: BoolArray
    usable: BoolArray

    def total(self, part: FloatArray) -> FloatArray:
        """Return the sum over the usable areas of each cell, one number per cell."""
        weights = np.where(self.usable, part, 0.0)
        return np.bincount(self.cell, weights=weights, minlength=self.cells).astype(np.float64)


def read_areas(
    frame: pd.DataFrame,
    *,
    area: str,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None,
    nested: bool,
) -> AreaTable:
    """Check a frame of counts by area.

    ``nested`` refuses numerators above their denominators. Raises InputProblem, naming the row, for
    an area that stands twice in its cell (capitals and outer blanks make no other area), a row
    without an area, totals among the areas, areas of which one contains another, and impossible
    counts.
    """
    cells = as_list(by)
    keys = [*cells, area]
    check_columns(frame, [*keys, numerator, denominator])
    counts = read({numerator: frame[numerator], denominator: frame[denominator]})
    labels = read_labels(frame, area)
    refuse_row(frame, keys, labels.codes < 0, f"has no {area}; name the area or leave it out.")
    folded = [_folded(name) for name in labels.names]
    totals = labels.of([name in _TOTALS for name in folded], False)
    refuse_totals(frame, keys, totals, "areas")
    cell = number_cells(frame, cells)
    place = labels.of(pd.factorize(pd.Series(folded, dtype=object))[0].tolist(), -1)
    twice = pd.Series(join_codes([cell, place], len(frame))).duplicated().to_numpy(dtype=bool)
    what = "stands twice, however it is spelt; add its rows together or name the key in by."
    refuse_row(frame, keys, twice, what)
    _refuse_nests([str(name) for name in labels.names], area)
    if nested:
        refuse_above(frame, keys, numerator, denominator, counts.numbers)
    x, n = counts.numbers
    missing = np.isnan(x) | np.isnan(n)
    return AreaTable(
        keys=frame[keys].reset_index(drop=True),
        x=x,
        n=n,
        cell=cell,
        cells=int(cell.max(initial=-1)) + 1,
        missing=missing,
        usable=~missing & (n > 0),
    )


def as_list(columns: str | Sequence[str] | None) -> list[str]:
    """Return one name, several or none as a list of names."""
    if isinstance(columns, str) or columns is None:
        return [] if columns is None else [columns]
    if not isinstance(columns, (list, tuple, pd.Index)):
        raise InputProblem(f"{columns!r} names no column; give one name or a list of names.")
    return list(columns)


def check_there(labels: pd.Series, wanted: object, column: str) -> None:
    """Raise InputProblem where a column does not hold a label."""
    if not pd.api.types.is_scalar(wanted) or not (labels == wanted).any():
        raise InputProblem(f"There is no {wanted!r} in {column}; give one of its labels.")


def _folded(name: Hashable) -> Hashable:
    """Return a name without capitals and outer blanks, which make no other area."""
    return name.strip().casefold() if isinstance(name, str) else name


def _refuse_nests(names: list[str], area: str) -> None:
    """Raise InputProblem where one area code is that of a country or region around another."""
    first: dict[str, int] = {}  # where each kind of area stands first
    for at, code in enumerate(names):
        if _CODE.fullmatch(code):
            first.setdefault(code[:1], at)
            first.setdefault(code[:3], at)
    for whole, parts in _CONTAINS.items():
        inside = [first[part] for part in parts if part in first]
        if whole in first and inside:
            raise InputProblem(
                f"{area} holds {names[first[whole]]}, which is no area beside "
                f"{names[min(inside)]} but one around such areas; leave it out, or the children "
                "count twice."
            )
