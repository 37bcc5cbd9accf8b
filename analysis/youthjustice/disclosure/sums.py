"""What adds up to what: the cells of a set of dimensions, and every sum between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from youthjustice.disclosure.linking import Atoms, Dimension

IntArray = NDArray[np.int64]
Scope = frozenset[str]


@dataclass(frozen=True, slots=True)
class Space:
    """All cells that there could be: a cell is the sum of its sets' numbers times the strides."""

    counted: str
    dimensions: dict[str, Dimension]
    strides: dict[str, int]

    def about(self, cell: int) -> dict[str, Atoms]:
        """Return the smallest values that a cell is over, for dimensions it is not the whole of."""
        found = {
            name: cell // self.strides[name] % len(one.parts)
            for name, one in self.dimensions.items()
        }
        return {
            name: list(self.dimensions[name].numbers)[number]
            for name, number in found.items()
            if number != self.dimensions[name].whole
        }

    def cells(self, numbers: dict[str, IntArray]) -> IntArray:
        """Return the cells of all combinations of sets, one axis for each dimension given.

        A dimension that is not given is whole.
        """
        start = sum(
            found.whole * self.strides[name]
            for name, found in self.dimensions.items()
            if name not in numbers
        )
        axes = [chosen * self.strides[name] for name, chosen in numbers.items()]
        return reduce(np.add.outer, axes, np.full((), start, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Sums:
    """Cells that are each the sum of the cells in their row."""

    totals: IntArray
    parts: IntArray


def largest(scopes: set[Scope]) -> list[Scope]:
    """Leave out what is inside another, and put the rest in order."""
    kept = [one for one in scopes if not any(one < other for other in scopes)]
    return sorted(kept, key=sorted)


def core_of(scopes: list[Scope]) -> list[Scope]:
    """Return what is left when all is taken away that shared margins link without loss.

    A dimension of one table alone, and then a table inside another, can be taken away; tables of
    which nothing is left are linked as well by their margins as by any cross (Vorob'ev 1962).
    """
    while True:
        counts = {name: sum(name in scope for scope in scopes) for name in set().union(*scopes)}
        shared = {frozenset(name for name in scope if counts[name] > 1) for scope in scopes}
        left = [scope for scope in largest(shared) if scope]
        if left == scopes:
            return left
        scopes = left


def sums_of(space: Space, scope: Scope) -> list[Sums]:
    """Return, for each set of each dimension that has parts, that its cells are sums of theirs."""
    names = sorted(scope)
    every = {name: np.arange(len(space.dimensions[name].parts)) for name in names}
    found = []
    for name in names:
        for number, parts in enumerate(space.dimensions[name].parts):
            if parts:
                others = space.cells({**every, name: np.zeros(1, dtype=np.int64)}).ravel()
                offsets = np.array(parts) * space.strides[name]
                total = others + number * space.strides[name]
                found.append(Sums(total, others[:, None] + offsets))
    return found


def cross_of(space: Space, core: list[Scope]) -> list[Sums]:
    """Return that the cells of each table of a core are sums of the cells of the core's cross."""
    names = sorted(set().union(*core))
    smallest = {
        name: np.array([at for at, parts in enumerate(space.dimensions[name].parts) if not parts])
        for name in names
    }
    cross = space.cells(smallest)
    found = []
    for scope in core:
        inside = [at for at, name in enumerate(names) if name in scope]
        outside = [at for at, name in enumerate(names) if name not in scope]
        total = space.cells({name: smallest[name] for name in names if name in scope}).ravel()
        parts = cross.transpose(inside + outside).reshape(len(total), -1)
        found.append(Sums(total, parts))
    return found
