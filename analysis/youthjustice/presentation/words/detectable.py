"""A sentence on how large a ratio would have to be for these numbers to show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import in_context

_OFTEN = {0.5: "one time in two", 0.8: "four times in five", 0.9: "nine times in ten"}
_UNANSWERED = {
    "missing": "a count behind it is missing",
    "denominator_zero": "one of the groups has none at all",
    "undefined": "the reference group has none with the outcome",
}


def detectable_sentence(
    smallest: Mapping[str, Any] | pd.Series,
    years: Mapping[str, Any] | pd.Series | None = None,
    *,
    power: float = 0.8,
    most: int = 30,
    context: str = "",
) -> Sentence:
    """Say which ratios these numbers could show, and how many such years a smaller one would take.

    ``smallest`` is a row of ``smallest_detectable_ratio``, ``years`` one of ``years_needed`` for
    the same numbers; ``power`` and ``most`` are those they were made with. Nothing is said of what
    is true, and nothing is claimed.

    >>> print(detectable_sentence({"above_1": 2.66, "below_1": None, "flags": "none_below"},
    ...                           {"ratio": 1.5, "years": 8, "flags": ""}))
    With these numbers a ratio above about 2.7 would be found four times in five, and no ratio \
below 1 would be. For a ratio of 1.5, 8 years like this one would have to be taken together.
    """
    flags = str(smallest.get("flags") or "").split(";")
    often = _OFTEN.get(power, f"{numbers.percent(power, 0)} of the time")
    why = next((words for flag, words in _UNANSWERED.items() if flag in flags), "")
    if why:
        text = f"how large a ratio these numbers could show is not known because {why}"
    else:
        above, below = (numbers.to_float(smallest.get(name)) for name in ("above_1", "below_1"))
        text = f"{_sides(above, below, often)}{_together(years, most)}"
    return Sentence(in_context(context, f"{text}."), kind="note")


def _sides(above: float, below: float, often: str) -> str:
    high = "" if pd.isna(above) else f"above about {numbers.ratio(above, 1, apart_from=1)}"
    low = "" if pd.isna(below) else f"below about {numbers.ratio(below, 1, apart_from=1)}"
    if not high and not low:
        return f"with these numbers no ratio, however large or small, would be found {often}"
    if high and low:
        return f"with these numbers a ratio {high}, or {low}, would be found {often}"
    other = "below" if high else "above"
    return (
        f"with these numbers a ratio {high or low} would be found {often}, and no ratio {other} 1 "
        "would be"
    )


def _together(years: Mapping[str, Any] | pd.Series | None, most: int) -> str:
    if years is None:
        return ""
    ratio = f"{numbers.to_float(years.get('ratio')):.3g}"
    number = numbers.to_float(years.get("years"))
    if not pd.isna(number):
        one = number == 1
        like = "this year alone would do" if one else f"{number:.0f} years like this one would have"
        return f". For a ratio of {ratio}, {like}" + ("" if one else " to be taken together")
    if "more_than_most" in str(years.get("flags") or "").split(";"):
        return f". For a ratio of {ratio}, {most} years like this one together would not do"
    return ""
