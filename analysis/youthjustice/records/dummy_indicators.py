"""Invented rows of the key performance indicators, to practise on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

MET = (0.88, 0.55, 0.62, 0.40, 0.35, 0.70, 0.50, 0.80, 0.06, 0.45)
"""The chance that a row of each indicator is met."""

_COUNTED = 0.9


def write_dummy_indicators(path: Path, many: int, seed: int) -> None:
    """Write `indicators.csv` with so many rows of each of the ten indicators; none is about anyone."""
    rng = np.random.default_rng([seed, 10])
    rows = len(MET) * many
    number = np.repeat(np.arange(1, len(MET) + 1), many)
    counted = rng.random(rows) < _COUNTED
    met = counted & (rng.random(rows) < np.array(MET)[number - 1])
    frame = pd.DataFrame(
        {
            "indicator": number,
            "definition_version": "current",
            "counted": np.where(counted, "true", "false"),
            "met": np.where(met, "true", "false"),
        }
    )
    frame.to_csv(path, index=False)
