"""A sentence on the single years behind a pooled ratio, and whether they disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import listing, sentence_case


def years_sentence(
    years: pd.DataFrame,
    test: Mapping[str, Any] | pd.Series | None,
    *,
    subject: str,
    label: str = "year",
    confidence: float = 0.95,
) -> Sentence:
    """List single years with their intervals and say whether one ratio would fit them all.

    ``years`` has one row per year with ``value, lower, upper`` and the column ``label`` that names
    the year in words; ``test`` is the row of ``heterogeneity``, with ``p_value`` and ``flags``.
    ``subject`` opens the list ("custody, single years ending in March").

    >>> years = pd.DataFrame({"year": ["2023", "2024"], "value": [1.52, 2.57],
    ...                       "lower": [1.18, 2.03], "upper": [1.95, 3.24]})
    >>> print(years_sentence(years, {"p_value": 0.0026}, subject="custody"))
    Caution: Custody, ratio with 95% confidence interval: 2023 1.52 (1.18 to 1.95) and 2024 2.57 \
(2.03 to 3.24). The years disagree by more than chance explains (test of one ratio for all, p = \
0.003), so the pooled interval is too narrow for what a next year may bring.
    """
    told = [
        f"{name} {numbers.ratio(value)} ({numbers.ratio(lower, apart_from=1.0)} to "
        f"{numbers.ratio(upper, apart_from=1.0)})"
        if not pd.isna(value + lower + upper)
        else f"{name} not calculated"
        for name, value, lower, upper in zip(
            years[label], years["value"], years["lower"], years["upper"], strict=True
        )
    ]
    if not told:
        return Sentence(f"There are no single years of {subject} to show.", kind="note")
    text = (
        f"{subject}, ratio with {confidence * 100:.4g}% confidence interval: {listing(told)}. "
        f"{_verdict(test, confidence)}"
    )
    return Sentence(sentence_case(text), kind="caution")


def _verdict(test: Mapping[str, Any] | pd.Series | None, confidence: float) -> str:
    p = numbers.to_float(None if test is None else test.get("p_value"))
    if pd.isna(p):
        return "Whether they disagree by more than chance could not be tested."
    assert test is not None
    small = "small_numerator" in str(test.get("flags") or "").split(";")
    about = ", approximate with such small counts" if small else ""
    result = f"(test of one ratio for all, {numbers.p_value(p)}{about})"
    # Rounded because 1 - 0.95 is a little over 0.05.
    if p < round(1 - confidence, 12):
        return (
            f"The years disagree by more than chance explains {result}, so the pooled interval is "
            "too narrow for what a next year may bring."
        )
    return f"Chance may explain how far the years differ {result}, which does not show that they agree."
