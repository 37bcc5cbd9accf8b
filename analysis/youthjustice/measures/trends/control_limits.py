"""Control limits of a funnel: how far chance alone carries an area of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_minimum,
    check_positive,
    number,
    read,
)

METHODS = ("exact", "score", "spiegelhalter")
BASES = {"proportion": 1.0, "rate": 100_000.0}
_TINY = 1e-300  # keeps 0 / 0 from warning where a tail is beyond what a number can hold
_Pair = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True)
class Chance:
    """Binomial chance about shares, or Poisson chance about rates.

    The angle is the scale on which the spread of chance is the same at every share or rate: the
    arc sine of the root of a share (Freeman and Tukey 1950), the root of a rate.
    """

    basis: str

    def angle(self, value: FloatArray) -> FloatArray:
        """Return shares, or events per person, on the scale of even spread."""
        root = np.sqrt(value)
        return np.asarray(np.arcsin(root) if self.basis == "proportion" else root)

    def back(self, angle: FloatArray) -> FloatArray:
        """Return angles as shares or rates; beyond the ends of the scale lies the end."""
        if self.basis == "proportion":
            return np.asarray(np.sin(np.clip(angle, 0.0, np.pi / 2)) ** 2)
        return np.asarray(np.maximum(angle, 0.0) ** 2)

    def error(self, size: FloatArray) -> FloatArray:
        """Return the standard error of an angle."""
        return np.asarray(1 / (2 * np.sqrt(size)))

    def at_most(self, x: FloatArray, size: FloatArray, centre: FloatArray) -> FloatArray:
        """Return the chance of x events or fewer, x a whole number."""
        if self.basis == "proportion":
            inside = (x >= 0) & (x < size)
            k = np.where(inside, x, 0.0)
            found = special.betaincc(k + 1, np.where(inside, size - k, 1.0), centre)
            return np.where(inside, found, (x >= size).astype(np.float64))
        found = special.gammaincc(np.maximum(x, 0.0) + 1, centre * size)
        return np.where(x >= 0, found, 0.0)

    def at_least(self, x: FloatArray, size: FloatArray, centre: FloatArray) -> FloatArray:
        """Return the chance of x events or more, x a whole number."""
        k = np.maximum(x, 1.0)
        if self.basis == "proportion":
            inside = k <= size
            found = special.betainc(k, np.where(inside, size - k + 1, 1.0), centre)
            return np.where(x < 1, 1.0, np.where(inside, found, 0.0))
        return np.where(x < 1, 1.0, special.gammainc(k, centre * size))

    def lower(self, size: FloatArray, centre: FloatArray, tail: float) -> FloatArray:
        """Return Spiegelhalter's (2005) interpolated quantile, which may lie between -1 and 0.

        A whole number lies below it exactly when the chance of it or fewer is under ``tail``.
        """
        low, high = self._reach(size, centre)
        while (high - low > 1).any():
            middle = np.floor(0.5 * (low + high))
            enough = self.at_most(middle, size, centre) >= tail
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        at, before = (self.at_most(part, size, centre) for part in (high, high - 1))
        return np.asarray(high - (at - tail) / np.maximum(at - before, _TINY))

    def upper(self, size: FloatArray, centre: FloatArray, tail: float) -> FloatArray:
        """Return the same from the other end: above it lies what has less than ``tail``."""
        low, high = self._reach(size, centre)
        while (high - low > 1).any():
            middle = np.floor(0.5 * (low + high))
            enough = self.at_least(middle, size, centre) >= tail
            low, high = np.where(enough, middle, low), np.where(enough, high, middle)
        at, after = (self.at_least(part, size, centre) for part in (low, low + 1))
        return np.asarray(low + (at - tail) / np.maximum(at - after, _TINY))

    def _reach(self, size: FloatArray, centre: FloatArray) -> _Pair:
        """Return whole numbers so far out that no limit lies beyond them."""
        expected = size * centre
        reach = 40 * np.sqrt(expected) + 800
        high = np.floor(expected + reach)
        if self.basis == "proportion":
            high = np.minimum(high, np.floor(size) + 1)
        return np.floor(np.maximum(expected - reach, 0.0)) - 1, high


@dataclass(frozen=True, slots=True)
class Spread:
    """How much wider than chance areas lie: a factor on the variance, and a variance to add."""

    phi: FloatArray
    tau_squared: FloatArray


def count_limits(
    chance: Chance, size: FloatArray, centre: FloatArray, level: float, method: str
) -> _Pair:
    """Return the limits of shares, or of events per person, at one level, uncut."""
    tail = (1 - level) / 2
    if method == "score":
        variance = centre * (1 - centre) if chance.basis == "proportion" else centre
        reach = -special.ndtri(tail) * np.sqrt(variance / size)
        return centre - reach, centre + reach
    lower = chance.lower(size, centre, tail)
    upper = chance.upper(size, centre, tail)
    if method == "spiegelhalter":
        upper = chance.lower(size, centre, 1 - tail)
    return lower / size, upper / size


def spread_limits(
    chance: Chance, size: FloatArray, centre: FloatArray, level: float, spread: Spread
) -> _Pair:
    """Return limits that allow for areas differing by more than chance, on the scale of angles."""
    error = np.sqrt(chance.error(size) ** 2 * spread.phi + spread.tau_squared)
    reach = -special.ndtri((1 - level) / 2) * error
    middle = chance.angle(centre)
    return chance.back(middle - reach), chance.back(middle + reach)


def limits_of(
    chance: Chance,
    size: FloatArray,
    centre: FloatArray,
    levels: Sequence[float],
    method: str,
    spread: Spread,
) -> list[_Pair]:
    """Return the pair of limits of each level; NaN where there is no size or no centre."""
    found = []
    usable = ~np.isnan(size + centre) & (size > 0)
    wider = usable & ((spread.phi > 1) | (spread.tau_squared > 0))
    top = 1.0 if chance.basis == "proportion" else np.inf
    for level in levels:
        lower, upper = np.full((2, size.size), np.nan)
        plain = usable & ~wider
        lower[plain], upper[plain] = count_limits(chance, size[plain], centre[plain], level, method)
        some = Spread(spread.phi[wider], spread.tau_squared[wider])
        lower[wider], upper[wider] = spread_limits(chance, size[wider], centre[wider], level, some)
        found.append((np.maximum(lower, 0.0), np.minimum(upper, top)))
    return found


def limit_names(level: float) -> tuple[str, str]:
    """Return the columns of the limits of a level: limit_99_8_lower and limit_99_8_upper."""
    name = f"{100 * level:.10g}".replace(".", "_")
    return f"limit_{name}_lower", f"limit_{name}_upper"


def check_levels(limits: object) -> tuple[float, ...]:
    """Return the levels of the limits in rising order, or raise InputProblem."""
    listed = limits if isinstance(limits, (list, tuple)) else (limits,)
    for level in listed:
        real = isinstance(level, (float, np.floating)) and 0 < level < 1 and 1 - level >= 1e-9
        if not real:
            raise InputProblem(
                f"limits holds {level!r}; give levels between 0 and 1, such as (0.95, 0.998)."
            )
    if not listed or len(set(listed)) < len(listed):
        raise InputProblem(f"limits is {limits!r}; give each level once, at least one.")
    return tuple(sorted(float(level) for level in listed))


def funnel_limits(
    benchmark: float,
    sizes: object = None,
    *,
    largest: float | None = None,
    points: int = 200,
    basis: str = "proportion",
    limits: object = (0.95, 0.998),
    method: str = "exact",
    phi: float = 1.0,
    tau_squared: float = 0.0,
    per: float | None = None,
) -> pd.DataFrame:
    """Return the lines of a funnel: the limits at many sizes, one row each.

    ``benchmark`` is the centre, a share of 1 or a rate per ``per``, as ``funnel`` gives it.
    ``sizes`` are denominators; without them there are ``points`` whole ones from 1 to ``largest``,
    closer together where they are small. ``limits``, ``method`` and ``per`` are as in ``funnel``;
    ``phi`` and ``tau_squared`` come from its ``attrs`` or its columns and widen the lines. Columns:
    ``denominator``, ``benchmark``, and for every level ``limit_95_lower`` and ``limit_95_upper``.
    Raises InputProblem for a benchmark that is no share, negative sizes and levels outside 0 to 1.

    PHEindicatormethods (the public health statistics of England) prints 56.154% and 42.033% as
    the lower limits of ten children about a share of 80.642%:

    >>> lines = funnel_limits(0.8064244804, [10], method="score")
    >>> lines[["limit_95_lower", "limit_99_8_lower"]].round(5)
       limit_95_lower  limit_99_8_lower
    0         0.56154           0.42033
    """
    kind = check_choice("basis", basis, BASES)
    how = check_choice("method", method, METHODS)
    levels = check_levels(limits)
    scale = check_positive("per", BASES[kind] if per is None else per)
    centre = check_minimum("benchmark", benchmark) / scale
    check_benchmark(centre, kind, scale)
    size = _grid(largest, points) if sizes is None else read({"sizes": sizes}).numbers[0]
    wider = check_minimum("phi", phi), check_minimum("tau_squared", tau_squared)
    spread = Spread(*(np.full(size.size, part) for part in wider))
    found = limits_of(Chance(kind), size, np.full(size.size, centre), levels, how, spread)
    columns: dict[str, NDArray[np.float64]] = {
        "denominator": size,
        "benchmark": np.full(size.size, centre * scale),
    }
    for level, pair in zip(levels, found, strict=True):
        for name, side in zip(limit_names(level), pair, strict=True):
            columns[name] = side * scale
    return pd.DataFrame(columns)


def check_benchmark(centre: float, basis: str, scale: float) -> None:
    """Raise InputProblem for a benchmark that is no share, or no rate."""
    if np.isinf(centre) or (basis == "proportion" and centre > 1):
        raise InputProblem(
            f"benchmark is {number(centre * scale)}; give a "
            + ("share from 0 to " + number(scale) if basis == "proportion" else "finite rate")
            + "."
        )


def _grid(largest: float | None, points: int) -> FloatArray:
    if largest is None:
        raise InputProblem("There are no sizes; give sizes, or the largest denominator.")
    if isinstance(points, bool) or not isinstance(points, (int, np.integer)) or points < 2:
        raise InputProblem(f"points is {points!r}; give a whole number of at least 2.")
    top = np.maximum(check_positive("largest", largest), 1.0)
    return np.asarray(np.unique(np.round(np.geomspace(1.0, top, int(points)))), dtype=np.float64)
