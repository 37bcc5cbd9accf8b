"""Which counts are hidden for themselves: the small ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from youthjustice.disclosure.policy import Policy


def small(counts: NDArray[np.float64], policy: Policy) -> NDArray[np.bool_]:
    """Return where a count is above nought and below the threshold; a missing one is not small."""
    return (counts > 0) & (counts < policy.threshold)
