"""The chance that a test finds a ratio: every outcome added up, or the normal approximation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import (
    Arguments,
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_minimum,
    number,
    read,
)
from youthjustice.measures.ratios import conditional, koopman
from youthjustice.measures.single.rates import EXACT_BELOW

_NORMAL_FROM = 400.0  # expected counts of both groups; exact power takes longer and differs little
_REACH = 8.0  # standard deviations of the reference's count that are added up
_CELLS = 1_000_000  # outcomes at a time
_NEGLIGIBLE = 1e-13  # a probability that no sum shows

Chance = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Design:
    """What a question of size starts from: the numbers, laid flat, and how the test is made.

    ``rows`` are those that can be answered, ``few`` those whose denominators the index refuses.
    """

    arguments: Arguments
    basis: str
    level: float
    least: float
    rows: NDArray[np.intp]
    few: BoolArray
    methods: TextArray

    @property
    def n1(self) -> FloatArray:
        """Return the group's denominators."""
        return self.arguments.numbers[0]

    @property
    def x0(self) -> FloatArray:
        """Return the expected numerators of the reference."""
        return self.arguments.numbers[1]

    @property
    def n0(self) -> FloatArray:
        """Return the reference's denominators."""
        return self.arguments.numbers[2]

    def expected(self, ratio: FloatArray) -> FloatArray:
        """Return the group's expected numerator if ``ratio`` is true."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(ratio * self.x0 / self.n0 * self.n1)

    def chance(self) -> Chance:
        """Return the function from true ratios of ``rows`` to the chance of finding them."""
        exact = self.methods[self.rows] == "exact"
        places = np.flatnonzero(exact)
        n1, x0, n0 = self.n1[self.rows], self.x0[self.rows], self.n0[self.rows]
        pieces = [
            (piece, _every_outcome(self, n1[piece], x0[piece], n0[piece]))
            for piece in _pieces(places, _lengths(x0, n0, self.basis))
        ]
        rest = np.flatnonzero(~exact)
        normal = _normal_rates if self.basis == "population" else _normal_shares

        def found(ratio: FloatArray) -> FloatArray:
            chance = np.empty(self.rows.shape)
            for piece, outcomes in pieces:
                chance[piece] = outcomes(ratio[piece])
            if rest.size:
                chance[rest] = normal(ratio[rest], n1[rest], x0[rest], n0[rest], self.level)
            return np.where(self.few[self.rows], 0.0, chance)

        return found


def read_design(
    named: Mapping[str, object],
    *,
    basis: str,
    level: float,
    minimum_numerator: float,
    minimum_denominator: float,
    method: str,
) -> Design:
    """Read the numbers of a question of size (n1, x0 and n0 first) or say what is wrong."""
    chosen = check_choice("basis", basis, ("population", "stage"))
    how = check_choice("method", method, ("auto", "exact", "normal"))
    if not isinstance(level, (int, float, np.integer, np.floating)) or not 0 < level < 1:
        raise InputProblem(f"level is {level!r}; give a number between 0 and 1, such as 0.05.")
    least = np.ceil(check_minimum("minimum_numerator", minimum_numerator))
    smallest = check_minimum("minimum_denominator", minimum_denominator)
    arguments = read(named)
    n1, x0, n0 = arguments.numbers[:3]
    few = np.zeros(n1.shape, dtype=bool)
    if chosen == "stage":
        arguments.refuse_part_above_whole(1, 2)
        for place, part in ((0, n1), (2, n0)):
            arguments.refuse(
                ~np.isnan(part) & (part != np.floor(part)),
                lambda at, where, place=place, part=part: (  # type: ignore[misc]
                    f"{arguments.names[place]} is {number(part[at])}{where}; children at a stage "
                    "are counted in whole numbers."
                ),
            )
        few = np.minimum(n1, n0) < smallest
    with np.errstate(divide="ignore", invalid="ignore"):
        fewest = np.minimum(x0, x0 / n0 * n1)
    rows = np.flatnonzero(~arguments.missing & (n1 > 0) & (n0 > 0) & (x0 > 0))
    names = np.where(fewest < _NORMAL_FROM, "exact", "normal") if how == "auto" else how
    methods = np.full(n1.shape, "", dtype=object)
    methods[rows] = np.broadcast_to(np.asarray(names, dtype=object), n1.shape)[rows]
    return Design(arguments, chosen, float(level), float(least), rows, few, methods)


def _range(x0: FloatArray, n0: FloatArray, basis: str) -> tuple[FloatArray, FloatArray]:
    """Return the least and the largest count of the reference that are worth adding up."""
    reach = _REACH * np.sqrt(x0) + 15
    highest = np.floor(x0 + reach)
    if basis == "stage":
        highest = np.minimum(highest, n0)
    return np.maximum(np.ceil(x0 - reach), 0.0), highest


def _lengths(x0: FloatArray, n0: FloatArray, basis: str) -> FloatArray:
    low, high = _range(x0, n0, basis)
    return high - low + 1


def _pieces(places: NDArray[np.intp], lengths: FloatArray) -> list[NDArray[np.intp]]:
    """Cut rows into pieces of no more than about a million outcomes each."""
    part = (np.cumsum(lengths[places]) // _CELLS).astype(np.int64)
    return [places[part == each] for each in np.unique(part)]


def _every_outcome(design: Design, n1: FloatArray, x0: FloatArray, n0: FloatArray) -> Chance:
    """Find, for every count of the reference, from which counts of the group the test rejects."""
    low, high = _range(x0, n0, design.basis)
    length = (high - low + 1).astype(np.int64)
    row = np.repeat(np.arange(n1.size), length)
    first = np.repeat(np.cumsum(length) - length, length)
    k = low[row] + (np.arange(row.size) - first)
    stage = design.basis == "stage"
    weight = _binomial_point(k, n0[row], x0[row] / n0[row]) if stage else _poisson_point(k, x0[row])
    # A reference under its minimum gives no index, whatever the group.
    weight = np.where(k < design.least, 0.0, weight)
    kept = weight > _NEGLIGIBLE
    row, k, weight = row[kept], k[kept], weight[kept]
    rejects = _rejects(design, n1[row], k, n0[row])
    parity = k * n1[row] / n0[row]
    above = _first_above(rejects, parity, n1[row] + 1 if stage else None)
    below = _last_below(rejects, parity)
    least = np.full(k.shape, design.least)
    from_ = np.maximum(above, least)
    rate = x0 / n0

    over = np.maximum(below + 1, least)

    def at_least(count: FloatArray, ratio: FloatArray) -> FloatArray:
        if stage:
            return _binomial_at_least(count, n1[row], np.minimum(ratio * rate, 1.0)[row])
        return _poisson_at_least(count, (ratio * rate * n1)[row])

    def found(ratio: FloatArray) -> FloatArray:
        true = ratio[row]
        # A rate above the reference's is looked for above, and one below it below.
        part = np.zeros(row.shape)
        if (ratio >= 1).any():
            part = np.where(true >= 1, at_least(from_, ratio), part)
        if (ratio <= 1).any():
            down = at_least(least, ratio) - at_least(over, ratio)
            part = np.where(true <= 1, part + down, part)
        return np.bincount(row, weights=weight * part, minlength=n1.size).astype(np.float64)

    return found


Rejects = Callable[[FloatArray], BoolArray]


def _rejects(design: Design, n1: FloatArray, k: FloatArray, n0: FloatArray) -> Rejects:
    """Return the test of the index: whether a count of the group differs from the reference's k."""

    def of_shares(x1: FloatArray) -> BoolArray:
        return np.asarray(koopman.p_value(x1, n1, k, n0, design.level) < design.level)

    def of_rates(x1: FloatArray) -> BoolArray:
        few = np.minimum(x1, k) < EXACT_BELOW
        p = np.empty(k.shape)
        for these, test in ((few, conditional.exact_p_value), (~few, conditional.midp_p_value)):
            p[these] = test(x1[these], n1[these], k[these], n0[these], design.level)
        return np.asarray(p < design.level)

    return of_shares if design.basis == "stage" else of_rates


def _first_above(rejects: Rejects, parity: FloatArray, end: FloatArray | None) -> FloatArray:
    """Return the smallest count above parity that the test rejects; it rejects all beyond."""
    low = np.floor(parity)
    if end is None:
        width = np.ceil(4 * np.sqrt(parity + 1) + 8)
        high = low + width
        for _ in range(60):
            short = ~rejects(high)
            if not short.any():
                break
            low, width = np.where(short, high, low), np.where(short, 2 * width, width)
            high = np.where(short, high + width, high)
    else:
        high = end  # a count that cannot be: nothing is rejected on this side
    while (high - low > 1).any():
        middle = np.floor(0.5 * (low + high))
        # Where nothing is left to halve, the middle is the lower end, which must stay there.
        beyond = rejects(middle) & (middle > low)
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return np.asarray(high)


def _last_below(rejects: Rejects, parity: FloatArray) -> FloatArray:
    """Return the largest count below parity that the test rejects, or -1 for none."""
    low, high = np.full(parity.shape, -1.0), np.ceil(parity)
    while (high - low > 1).any():
        middle = np.floor(0.5 * (low + high))
        open_ = middle > low
        beyond = rejects(np.maximum(middle, 0.0)) & open_
        low = np.where(beyond, middle, low)
        high = np.where(open_ & ~beyond, middle, high)
    return low


def _normal_rates(
    ratio: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, level: float
) -> FloatArray:
    """Return the chance by the normal approximation on the log scale."""
    error = np.sqrt(1 / (ratio * x0 / n0 * n1) + 1 / x0)
    return _tails(np.log(ratio) / error, -special.ndtri(level / 2), ratio)


def _normal_shares(
    ratio: FloatArray, n1: FloatArray, x0: FloatArray, n0: FloatArray, level: float
) -> FloatArray:
    """Return the chance by the normal approximation of the score test, pooled if nothing differs."""
    p0 = x0 / n0
    p1 = np.minimum(ratio * p0, 1.0)
    pooled = (n1 * p1 + n0 * p0) / (n1 + n0)
    error = np.sqrt(p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0)
    null = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = _tails((p1 - p0) / error, -special.ndtri(level / 2) * null / error, ratio)
    return np.where(error > 0, found, np.where(ratio == 1, 0.0, 1.0))


def _tails(shift: FloatArray, limit: FloatArray | float, ratio: FloatArray) -> FloatArray:
    up, down = special.ndtr(shift - limit), special.ndtr(-shift - limit)
    return np.where(ratio > 1, up, np.where(ratio < 1, down, up + down))


def _poisson_point(k: FloatArray, mean: FloatArray) -> FloatArray:
    return np.asarray(np.exp(special.xlogy(k, mean) - mean - special.gammaln(k + 1)))


def _binomial_point(k: FloatArray, n: FloatArray, p: FloatArray) -> FloatArray:
    choose = -np.log1p(n) - special.betaln(k + 1, n - k + 1)
    return np.asarray(np.exp(choose + special.xlogy(k, p) + special.xlog1py(n - k, -p)))


def _poisson_at_least(k: FloatArray, mean: FloatArray) -> FloatArray:
    return np.where(k > 0, special.gammainc(np.where(k > 0, k, 1.0), mean), 1.0)


def _binomial_at_least(k: FloatArray, n: FloatArray, p: FloatArray) -> FloatArray:
    inside = (k > 0) & (k <= n)
    tail = special.betainc(np.where(inside, k, 1.0), np.where(inside, n - k + 1, 1.0), p)
    return np.where(k <= 0, 1.0, np.where(inside, tail, 0.0))
