"""Columns that hold a few words many times, made from the place of each row's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from youthjustice.measures.estimate import flag_text
from youthjustice.measures.inputs import BoolArray
from youthjustice.measures.time_to_event.follow_up import IntArray


def repeated(words: Sequence[Any], place: IntArray) -> pd.api.extensions.ExtensionArray:
    """Return the word at each place, as the column of a frame holds it.

    A million rows take a tenth of the time of turning a million Python strings into a column.
    """
    return pd.Series(list(words)).array.take(place)


def flag_column(**raised: BoolArray) -> pd.api.extensions.ExtensionArray:
    """Return the names of the flags raised in each row, joined as by ``flag_text``."""
    bits = range(len(raised))
    every = np.arange(2 ** len(raised))
    words = flag_text(
        **{name: every >> bit & 1 > 0 for bit, name in zip(bits, raised, strict=True)}
    )
    place = np.zeros(len(next(iter(raised.values()))), dtype=np.int64)
    for bit, mask in enumerate(raised.values()):
        place |= mask.astype(np.int64) << bit
    return repeated(words.tolist(), place)
