"""Figures of every area worked out together, of which one area's rows are then taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem

Row: TypeAlias = Mapping[str, Any]
"""One row of a table of figures, read by column."""

_Found = TypeVar("_Found")
_NOWHERE = np.array([], dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class ByArea:
    """A frame with a row or more for every area, found by what stands in one column.

    A ratio takes about as long to work out for one area as for all of them.

    >>> rates = ByArea(pd.DataFrame({"area_name": ["Leeds", "Kent", "Leeds"], "rate": [1, 2, 3]}),
    ...                "area_name")
    >>> rates.of("Leeds")["rate"].tolist(), len(rates.of("Rutland"))
    ([1, 3], 0)
    """

    whole: pd.DataFrame
    column: str = "area_code"
    _places: dict[Any, Any] = field(init=False, repr=False)
    _plain: pd.DataFrame = field(init=False, repr=False)
    _together: pd.DataFrame = field(init=False, repr=False)
    _starts: dict[Any, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = self.whole.groupby(self.column, sort=False).indices
        ends = np.cumsum([len(found) for found in places.values()], dtype=np.intp)
        starts = [0, *ends.tolist()]
        object.__setattr__(self, "_places", places)
        # Of a few rows, texts are read sooner as they are than out of Arrow's arrays.
        texts = [name for name, kind in self.whole.dtypes.items() if kind == "str"]
        plain = self.whole.astype(dict.fromkeys(texts, object))
        object.__setattr__(self, "_plain", plain)
        # Rows that stand together are given as a part of one frame, which copies none of them.
        order = np.concatenate([_NOWHERE, *places.values()])
        object.__setattr__(self, "_together", plain.take(order).reset_index(drop=True).copy())
        object.__setattr__(self, "_starts", dict(zip(places, starts, strict=False)))

    def of(self, *areas: str) -> pd.DataFrame:
        """Give the rows of one area, or of several, in their order; none where there is none."""
        if len(areas) == 1:
            start = self._starts.get(areas[0], 0)
            rows = self._together.iloc[start : start + len(self._places.get(areas[0], _NOWHERE))]
        else:
            found = (self._places.get(area, _NOWHERE) for area in areas)
            rows = self._plain.take(np.sort(np.concatenate([_NOWHERE, *found])))
        rows.index = pd.RangeIndex(len(rows))
        return rows


def records(rows: pd.DataFrame) -> list[Row]:
    """Give the rows as plain values, which sentences are written from."""
    columns = {str(name): column.tolist() for name, column in rows.items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def of_area(work: Callable[..., _Found], area: str) -> _Found:
    """Give what was worked out for all areas at once, or for one alone where that is refused.

    So an impossible count of one area is told in its own report, and in no other.
    """
    try:
        return work()
    except InputProblem:
        return work(area)
