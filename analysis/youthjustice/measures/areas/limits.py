"""Limits of a funnel: how far chance, or chance and spread, carries an area of a given size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.chance import Chance
from youthjustice.measures.inputs import FloatArray, number

METHODS = ("exact", "score", "spiegelhalter")
_Pair = tuple[FloatArray, FloatArray]


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
    """Return the names of the columns that hold the limits of a level.

    >>> limit_names(0.998)
    ('limit_99_8_lower', 'limit_99_8_upper')
    """
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


def check_benchmark(centre: float, basis: str, scale: float) -> None:
    """Raise InputProblem for a benchmark that is no share, or no rate."""
    if np.isinf(centre) or (basis == "proportion" and centre > 1):
        raise InputProblem(
            f"benchmark is {number(centre * scale)}; give a "
            + ("share from 0 to " + number(scale) if basis == "proportion" else "finite rate")
            + "."
        )
