"""The make-up of a population by several variables, as one symmetric factor for each of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from youthjustice.measures.areas.factor_exchange import subset_weights
from youthjustice.measures.inputs import FloatArray


def symmetric_factors(share: FloatArray, codes: NDArray[np.int64]) -> FloatArray:
    """Return factors whose product is each cell's share of the population (Das Gupta 1993, 5.36).

    ``share`` is ... by cells; ``codes`` says, variables by cells, which level of each variable a
    cell has. With two variables the first factor is the root of (n_ij / n_.j)(n_i. / n). With more,
    the logarithm of the share is divided as Shapley (1953) would: what each variable adds to the
    variables already known, averaged over their orders. An empty cell has factors of 0.
    """
    count = len(codes)
    weights = subset_weights(count)
    logs = {
        frozenset(some): _log_marginal(share, codes[list(some)])
        for size in range(count + 1)
        for some in combinations(range(count), size)
    }
    empty = share == 0
    found = np.zeros((count, *share.shape))
    for place in range(count):
        others = [at for at in range(count) if at != place]
        for size in range(count):
            for some in combinations(others, size):
                step = logs[frozenset((*some, place))] - logs[frozenset(some)]
                found[place] += weights[size] * np.where(empty, 0.0, step)
    return np.where(empty, 0.0, np.exp(found))


def _log_marginal(share: FloatArray, codes: NDArray[np.int64]) -> FloatArray:
    """Return the log share of all cells that have a cell's levels of these variables."""
    same = (codes[:, :, None] == codes[:, None, :]).all(axis=0).astype(np.float64)
    total = share @ same
    return np.log(np.where(total > 0, total, 1.0))
