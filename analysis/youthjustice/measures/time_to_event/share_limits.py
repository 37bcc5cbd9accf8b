"""Limits of a share that was estimated over time, on a scale that suits it."""

from __future__ import annotations

import numpy as np

from youthjustice.measures.inputs import FloatArray

TRANSFORMS = ("log-log", "log", "plain")


def share_limits(
    share: FloatArray, error: FloatArray, z: float, transform: str
) -> tuple[FloatArray, FloatArray]:
    """Return the limits of shares with standard errors, between 0 and 1.

    ``log-log`` adds z standard errors on the scale log(-log share) and so never leaves 0 to 1
    (Kalbfleisch and Prentice 1980); ``log`` does on log share and ``plain`` on the share itself,
    both cut at 0 and 1. A share of 0 or 1 has no standard error worth the name: NaN.
    """
    inside = (share > 0) & (share < 1)
    s, e = np.where(inside, share, np.nan), np.where(inside, error, np.nan)
    if transform == "log-log":
        step = z * e / (s * np.log(s))  # below 0, as log s is
        return s ** np.exp(-step), s ** np.exp(step)
    if transform == "log":
        return s * np.exp(-z * e / s), np.minimum(s * np.exp(z * e / s), 1.0)
    return np.maximum(s - z * e, 0.0), np.minimum(s + z * e, 1.0)
