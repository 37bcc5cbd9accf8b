"""How much further areas lie from the centre than chance alone would carry them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.limits import Spread
from youthjustice.measures.inputs import FloatArray

NONE = "none"
ADDITIVE = "additive"
MULTIPLICATIVE = "multiplicative"
CHOICES = (NONE, ADDITIVE, MULTIPLICATIVE, "auto")


class Dispersion(NamedTuple):
    """What the areas of each cell show: one number per cell.

    ``areas`` counts them, ``phi`` is the mean of the squared z scores after Winsorising and
    ``tau_squared`` the variance between areas, on the scale of the z scores, beyond chance.
    """

    areas: FloatArray
    phi: FloatArray
    tau_squared: FloatArray


def dispersion(
    z: FloatArray, error: FloatArray, cell: NDArray[np.int64], cells: int, winsorise: float
) -> Dispersion:
    """Measure the spread of z scores beyond chance in every cell (Spiegelhalter 2005).

    The z scores beyond the ``winsorise`` and 1 - ``winsorise`` quantiles of their cell are drawn in
    to them, so that a few areas far out do not make the usual ones look usual. ``phi`` is the mean
    square; ``tau_squared`` is by moments (DerSimonian and Laird 1986), 0 where k phi < k - 1.
    """
    drawn = _winsorised(z, cell, cells, winsorise)
    areas, squares, weights, fourth = (
        np.bincount(cell, weights=part, minlength=cells).astype(np.float64)
        for part in (np.ones(z.size), drawn**2, error**-2, error**-4)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = squares / areas
        tau = (squares - (areas - 1)) / (weights - fourth / weights)
    return Dispersion(areas, phi, np.where(areas > 1, np.maximum(tau, 0.0), np.nan))


def chosen_spread(found: Dispersion, choice: str, minimum: int) -> tuple[list[str], Spread]:
    """Return what is done about the spread of each cell, in one word, and how much of it.

    Fewer areas than ``minimum`` say too little of their spread, and nothing is done about it;
    ``auto`` takes the additive one wherever there is any.
    """
    enough = found.areas >= minimum
    wanted = ADDITIVE if choice == "auto" else choice
    some = enough & (found.tau_squared > 0)
    if wanted == MULTIPLICATIVE:
        some = enough & (found.phi > 1)
    if wanted == NONE:
        some = np.zeros(enough.shape, dtype=bool)
    phi = np.where(some & (wanted == MULTIPLICATIVE), found.phi, 1.0)
    tau = np.where(some & (wanted == ADDITIVE), found.tau_squared, 0.0)
    return [wanted if yes else NONE for yes in some], Spread(phi, tau)


def check_winsorise(value: object) -> float:
    """Return the part drawn in at each end, from 0 to below a half, or raise InputProblem."""
    real = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if real and 0 <= float(value) < 0.5:  # type: ignore[arg-type]
        return float(value)  # type: ignore[arg-type]
    raise InputProblem(f"winsorise is {value!r}; give a number from 0 to below 0.5, such as 0.1.")


def _winsorised(z: FloatArray, cell: NDArray[np.int64], cells: int, part: float) -> FloatArray:
    """Draw the ends of each cell in to its quantiles (linear between neighbours, type 7)."""
    if part == 0 or z.size == 0:
        return z
    order = np.lexsort((z, cell))
    ordered = z[order]
    count = np.bincount(cell, minlength=cells)
    first = np.cumsum(count) - count
    ends = []
    for share in (part, 1 - part):
        place = share * np.maximum(count - 1, 0)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, np.maximum(count - 1, 0))
        low, high = (ordered[np.minimum(first + at, z.size - 1)] for at in (below, above))
        ends.append(low + (place - below) * (high - low))
    return np.asarray(np.clip(z, ends[0][cell], ends[1][cell]))
