"""The break in the proven reoffending measure: what a cohort was drawn from, before and since."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

MEASURE_CHANGED = pd.Timestamp("2015-10-01")
"""The first day of the cohorts of three months (Ministry of Justice, proven reoffending)."""


def data_source(start: pd.Series, end: pd.Series) -> npt.NDArray[np.str_]:
    """Say of each period whether its cohort is from before the break, from after it, or from both."""
    return np.select(
        [end < MEASURE_CHANGED, start >= MEASURE_CHANGED],
        ["before October 2015", "from October 2015"],
        "both",
    )
