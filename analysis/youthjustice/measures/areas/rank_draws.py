"""Draws of many rates at once, and how often each rate has each rank among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.small_numbers.prior import Prior

_BLOCK = 500  # draws at once, which fit into the memory nearest to a processor
_AGAIN = 2  # the stream of what is drawn again, beside those of the normal numbers


class Normals(NamedTuple):
    """Normal numbers that gamma numbers are made of, draws by areas.

    ``row`` and ``column`` say where one of them may have to be drawn again, whatever the shape, and
    ``log_even`` decides about it: the logarithm of a number drawn evenly from 0 to 1.
    """

    normal: FloatArray
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    log_even: FloatArray


class Block(NamedTuple):
    """The normal numbers of some draws, one set for a gamma and two for a beta, and their seed."""

    sets: list[Normals]
    seed: tuple[int, ...]


def blocks(seed: int, draws: int, areas: int, kind: str) -> Iterator[Block]:
    """Yield the normal numbers of ``draws`` draws for up to ``areas`` areas, some at a time.

    Those of the first areas are the same however many areas follow.
    """
    for at, start in enumerate(range(0, draws, _BLOCK)):
        some = min(_BLOCK, draws - start)
        sets = [_normals((seed, at, part), some, areas) for part in range(1 + (kind == "beta"))]
        yield Block(sets, (seed, at, _AGAIN))


def rank_chances(
    x: FloatArray, n: FloatArray, prior: Prior, made_of: Iterable[Block]
) -> FloatArray:
    """Return for every area how often it has each rank, areas by ranks, rank 1 the highest.

    Areas with the same counts share what they have.
    """
    size = x.size
    # Drawn in the order of the counts, so that the order of the rows does not matter.
    order = np.lexsort((n, x))
    x, n = x[order], n[order]
    seen = np.zeros((size, size), dtype=np.int64)
    draws = 0
    for block in made_of:
        again = np.random.default_rng(block.seed)
        drawn = _gammas(block.sets[0], prior.a + x, again)
        if prior.kind == "gamma":
            drawn /= prior.b + n
        else:
            # The odds of a beta draw, in two gamma draws: its order is theirs.
            drawn /= _gammas(block.sets[1], prior.b + n - x, again)
        seen += _count_ranks(drawn)
        draws += len(drawn)
    first = np.flatnonzero(np.r_[True, (np.diff(x) != 0) | (np.diff(n) != 0)])
    alike = np.diff(np.r_[first, size])
    shared = np.add.reduceat(seen[::-1].T, first, axis=0) / (alike[:, None] * draws)
    result = np.empty((size, size))
    result[order] = np.repeat(shared, alike, axis=0)
    return result


def _normals(seed: tuple[int, ...], some: int, areas: int) -> Normals:
    chance = np.random.default_rng(seed)
    # Area by area, so that further areas do not change the numbers of the first.
    both = chance.spawn(2)
    normal = np.ascontiguousarray(both[0].standard_normal((areas, some)).T)
    even = np.ascontiguousarray(both[1].random((areas, some)).T)
    square = normal * normal
    row, column = np.nonzero(even >= 1 - 0.0331 * square * square)
    return Normals(normal, row, column, np.log(even[row, column]))


def _gammas(made_of: Normals, shape: FloatArray, again: np.random.Generator) -> FloatArray:
    """Return gamma numbers, draws by areas, by the transformation of Marsaglia and Tsang (2000).

    A normal number becomes a gamma number by a cube that suits the shape. The few that their rule
    refuses are drawn again, and so are shapes under 1, for which it does not hold.
    """
    size = shape.size
    d = np.maximum(shape, 1.0) - 1 / 3
    slope = 1 / np.sqrt(9 * d)
    drawn = made_of.normal[:, :size] * slope
    drawn += 1
    drawn *= drawn * drawn
    here = made_of.column < size
    row, column = made_of.row[here], made_of.column[here]
    cube, spread = drawn[row, column], d[column]
    with np.errstate(divide="ignore", invalid="ignore"):
        room = 0.5 * made_of.normal[row, column] ** 2 + spread * (1 - cube + np.log(cube))
    refused = ~(made_of.log_even[here] < room)  # a cube below 0 has no logarithm
    drawn *= d
    row, column = row[refused], column[refused]
    drawn[row, column] = again.standard_gamma(shape[column])
    small = np.flatnonzero(shape < 1)
    drawn[:, small] = again.standard_gamma(shape[small], (len(drawn), small.size))
    return drawn


def _count_ranks(drawn: FloatArray) -> NDArray[np.int64]:
    """Count how often each area has each place, places by areas, from the lowest draw upwards.

    The draws are used up: the last bits of each, far beyond what tells two of them apart, make room
    for the number of its area, as numbers alone are sorted in a third of the time.
    """
    size = drawn.shape[1]
    last = np.uint64((1 << int(size - 1).bit_length()) - 1)
    packed = drawn.view(np.uint64)
    packed &= ~last
    packed |= np.arange(size, dtype=np.uint64)
    packed.sort(axis=1)
    packed &= last
    cells = packed.view(np.int64)
    cells += np.arange(0, size * size, size)
    counts = np.bincount(cells.reshape(-1), minlength=size * size)
    return np.asarray(counts.reshape(size, size), dtype=np.int64)
