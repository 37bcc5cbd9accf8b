"""Published tables as one system of sums: what anyone can write down who holds them all.

Every cell that the tables speak of, shown or hidden, is an unknown whole number; that parts add up
to totals are the equations; what is shown are the bounds. So the equations depend only on which
cells there are, and hiding one more cell only opens its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from youthjustice.disclosure.linking import Atoms
from youthjustice.disclosure.sums import Space

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Published:
    """One published table: a key for each row, and the lowest and highest count that it allows.

    ``keys`` has one tuple of values for each row, in the order of ``dimensions``; the value
    ``total`` stands for all values of its dimension in this table. Shown counts have equal bounds,
    hidden ones 0 and infinity. ``counted`` names what is counted: tables are linked where it is
    the same. With ``complete`` a smallest cell that has no row is a zero, otherwise it is unknown.
    """

    dimensions: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]
    lowest: FloatArray
    highest: FloatArray
    total: str = "All"
    counted: str = "children"
    complete: bool = True

    def opened(self) -> Published:
        """Return the same cells with nothing said about them."""
        size = len(self.keys)
        return replace(self, lowest=np.zeros(size), highest=np.full(size, np.inf), complete=False)


@dataclass(frozen=True, slots=True)
class System:
    """Whole numbers x, at least 0, with ``low <= matrix @ x <= high`` and bounds on each.

    ``inner`` marks the unknowns of a cross, which no table shows and no margin needs. ``places``
    gives, for each table, the unknown of each of its rows. ``exact`` is False where the
    tables would need a cross of their dimensions that is too large: the intervals are then right,
    but an attacker with more patience might narrow them.
    """

    matrix: csr_array
    low: FloatArray
    high: FloatArray
    lowest: FloatArray
    highest: FloatArray
    inner: BoolArray
    places: tuple[IntArray, ...]
    exact: bool
    spaces: tuple[tuple[Space, IntArray], ...]

    def about(self, unknown: int) -> tuple[str, dict[str, Atoms]]:
        """Return what an unknown counts, and the smallest values of each dimension it is over.

        A dimension of which it is over all is left out.
        """
        ends = np.cumsum([len(cells) for _, cells in self.spaces])
        piece = int(np.searchsorted(ends, unknown, side="right"))
        space, cells = self.spaces[piece]
        return space.counted, space.about(int(cells[unknown - ends[piece] + len(cells)]))

    def outside(self) -> System:
        """Return the same system without its crosses: faster, and never narrower."""
        rows = np.flatnonzero(abs(self.matrix) @ self.inner == 0)
        return replace(
            self,
            matrix=self.matrix[rows],
            low=self.low[rows],
            high=self.high[rows],
            inner=np.zeros_like(self.inner),
        )

    def hide(self, unknowns: IntArray) -> System:
        """Return the same system with some cells hidden."""
        return self.know(unknowns, np.zeros(len(unknowns)), np.full(len(unknowns), np.inf))

    def know(self, unknowns: IntArray, lowest: FloatArray, highest: FloatArray) -> System:
        """Return the same system with other bounds on some cells."""
        low, high = self.lowest.copy(), self.highest.copy()
        low[unknowns], high[unknowns] = lowest, highest
        return replace(self, lowest=low, highest=high)

    def narrow(self, unknowns: IntArray, lowest: FloatArray, highest: FloatArray) -> System:
        """Return the same system with what is known besides about some cells."""
        low, high = self.lowest.copy(), self.highest.copy()
        np.maximum.at(low, unknowns, lowest)
        np.minimum.at(high, unknowns, highest)
        return replace(self, lowest=low, highest=high)

    def extend(self, numbers: FloatArray) -> System:
        """Return the same system with more unknowns, each of them known and in no sum yet."""
        more = csr_array((self.matrix.shape[0], len(numbers)))
        return replace(
            self,
            matrix=csr_array(hstack([self.matrix, more])),
            lowest=np.append(self.lowest, numbers),
            highest=np.append(self.highest, numbers),
            inner=np.append(self.inner, np.zeros(len(numbers), dtype=bool)),
        )

    def add(self, rows: csr_array, low: FloatArray, high: FloatArray) -> System:
        """Return the same system with more rows."""
        matrix = csr_array(vstack([self.matrix, rows]))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return replace(
            self, matrix=matrix, low=np.append(self.low, low), high=np.append(self.high, high)
        )
