"""What a check of a table finds, and what it needs to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem


@dataclass(frozen=True, slots=True)
class Problem:
    """What one check found: the check's name, a sentence, and the index labels of the rows."""

    check: str
    message: str
    rows: tuple[Any, ...]


def needs(frame: pd.DataFrame, *columns: str) -> None:
    """Raise InputProblem where a frame lacks a column that a check reads."""
    if lacking := [c for c in columns if c not in frame]:
        raise InputProblem(f"this check needs the column {lacking[0]}, which the table lacks")
