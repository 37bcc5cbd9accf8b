"""A sentence on what a ratio comes to in children: two numbers that answer two questions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.findings import CLAIMED, ratio_finding
from youthjustice.presentation.words.phrases import children_of, in_context


def whole_children_sentence(
    whole: Mapping[str, Any] | pd.Series,
    estimate: Any,
    *,
    group: str,
    outcome: str,
    base: str,
    number: float,
    reference: str = "White",
    context: str = "",
    confidence: float = 0.95,
) -> Sentence:
    """Say both numbers of an index in whole children, and that they are different things.

    ``whole`` is a row of ``whole_children``, ``estimate`` the row of the index it was made of,
    ``number`` how many of the group had the ``outcome`` ("cautioned or sentenced"), and ``base``
    whose share is meant ("all children aged 10 to 17"). Where the index allows no claim, neither
    number is given a direction, since it could be none.

    >>> whole = {"children_difference": 931.0, "children_difference_lower": 865.0,
    ...     "children_difference_upper": 999.0, "parity_number": 992.0,
    ...     "parity_number_lower": 946.0, "parity_number_upper": 1036.0}
    >>> row = {"value": 2.16, "lower": 2.05, "upper": 2.27}
    >>> print(whole_children_sentence(whole, row, group="Black", number=1848,
    ...     outcome="cautioned or sentenced", base="all children aged 10 to 17"))
    Of 1,848 Black children cautioned or sentenced, 931 (95% confidence interval 865 to 999) are \
more than their share of all children aged 10 to 17 would give; at the rate of White children there \
would have been 992 fewer (946 to 1,036). The two numbers answer different questions.
    """
    who = children_of(group)
    share, parity = (
        [numbers.to_float(whole[f"{name}{end}"]) for end in ("", "_lower", "_upper")]
        for name in ("children_difference", "parity_number")
    )
    counted = f"of {numbers.count(number)} {who} {outcome}"
    claimed = False
    if ratio_finding(estimate) not in CLAIMED:
        text = f"{counted}, no number above or below is given, since it could be none"
    elif not all(math.isfinite(part) for part in [*share, *parity]):
        text = f"{counted}, no number above or below is given, since an interval has no end"
    elif _side(share) * _side(parity) <= 0:
        text = f"{counted}, no number is given, since the two do not point the same way"
    else:
        claimed, above = True, share[0] > 0
        own, ends = _count(share)
        other, other_ends = _count(parity)
        start = counted if above else f"beside {numbers.count(number)} {who} {outcome}"
        text = (
            f"{start}, {own} ({confidence * 100:.4g}% confidence interval {ends}) "
            f"{'are more than' if above else 'are lacking to'} their share of {base}"
            f"{' would give' if above else ''}; at the rate of {reference} children there would "
            f"have been {other} {'fewer' if above else 'more'} ({other_ends}). The two numbers "
            "answer different questions"
        )
    return Sentence(in_context(context, f"{text}."), kind="finding" if claimed else "note")


def _side(parts: list[float]) -> int:
    """Say on which side of 0 an interval lies; 0 where it holds it."""
    return 1 if parts[1] > 0 else -1 if parts[2] < 0 else 0


def _count(parts: list[float]) -> tuple[str, str]:
    """Write the size of a number and of its limits, the smaller one first."""
    size = [abs(part) for part in parts]
    low, high = sorted(size[1:])
    return numbers.count(size[0]), f"{numbers.count(low)} to {numbers.count(high)}"
