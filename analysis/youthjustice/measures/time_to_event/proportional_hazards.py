"""Whether hazard ratios stay the same over time, as Cox's model assumes."""

from __future__ import annotations

import numpy as np
from scipy import special

from youthjustice.measures.inputs import FloatArray
from youthjustice.measures.time_to_event.cox_fit import Maximum
from youthjustice.measures.time_to_event.follow_up import FollowUp
from youthjustice.measures.time_to_event.moments import departures
from youthjustice.measures.time_to_event.partial_likelihood import RiskSets, information
from youthjustice.measures.time_to_event.survival import survival

# Less variance than this part of the whole is what rounding leaves where the share stands still.
LEAST = 1e-6


def proportional_hazards_test(
    sets: RiskSets, x: FloatArray, maximum: Maximum, follow: FollowUp
) -> tuple[FloatArray, FloatArray, float]:
    """Return, for each coefficient, chi-square (1 df) and p-value, and the p-value for them all.

    The score test of a coefficient that changes with g(t), g being the share who have had the event
    just before t (Grambsch and Therneau 1994 test the same through scaled Schoenfeld residuals,
    which are the parts of this score; the variance here is the exact one, as in version 3 of R's
    survival). NaN where a coefficient ran away or is undefined, and where all events came at once.
    """
    count = x.shape[1]
    if maximum.runaway.any() or maximum.undefined.any():
        return np.full(count, np.nan), np.full(count, np.nan), np.nan
    changing = _had_the_event(sets, follow)[sets.set_of]
    changing = changing - changing.mean()
    score = changing @ (x[sets.failed] - maximum.fit.mean)
    mixed = information(sets, x, maximum.fit, changing)
    own = information(sets, x, maximum.fit, changing**2)
    variance = own - mixed @ maximum.covariance @ mixed
    size = np.diag(variance)
    usable = size > LEAST * np.diag(own)
    each = np.where(usable, score**2 / np.where(usable, size, 1.0), np.nan)
    scale = 1 / np.sqrt(np.where(usable, size, 1.0))
    values, vectors = np.linalg.eigh(variance * scale[:, None] * scale)
    together = np.nan
    if usable.all() and values.min() > LEAST:
        together = float((((vectors.T @ (score * scale)) ** 2) / values).sum())
    p_value = np.asarray(special.chdtrc(1.0, each), dtype=np.float64)
    return each, p_value, float(special.chdtrc(float(count), together))


def _had_the_event(sets: RiskSets, follow: FollowUp) -> FloatArray:
    """Return the share who have had the event just before the time of each risk set."""
    left = departures(follow)
    share = np.append(1.0, survival(left)[0])
    return np.asarray(1 - share[np.searchsorted(left.moments.time, sets.time, "left")])
