"""A sentence on many ratios at once, which says how many chance alone would have told apart."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures.findings import OVER, SMALL, UNDER
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.findings import NO_CLAIM, ratio_finding
from youthjustice.presentation.words import sentence_case

_KINDS = {OVER: "over-represented", UNDER: "under-represented", SMALL: "detected but small"}


def several_ratios_sentence(
    rows: pd.DataFrame,
    *,
    label: str,
    context: str = "",
    confidence: float = 0.95,
) -> Sentence:
    """Name the ratios whose interval leaves out 1, out of all that were compared.

    ``rows`` has ``value, lower, upper`` and the column ``label``, which names each comparison in
    words ("Black children in custody"). Rows without a value or an interval were not compared and
    are not counted. ``context`` opens the sentence; ``confidence`` is that of the intervals.

    >>> rows = pd.DataFrame({"value": [1.54, 1.24], "lower": [1.09, 0.96], "upper": [2.18, 1.59],
    ...     "who": ["Black children in serious violence", "Black children in any offence"]})
    >>> print(several_ratios_sentence(rows, label="who"))
    Of 2 comparisons with White children, 1 shows a disparity (ratio, 95% confidence interval): \
over-represented, Black children in serious violence, 1.54 (1.09 to 2.18). Chance alone would give \
at most about 0.1.
    """
    found = pd.Series([ratio_finding(row) for _, row in rows.iterrows()], index=rows.index)
    compared = int((found != NO_CLAIM).sum())
    told = int(found.isin(_KINDS).sum())
    if compared == 0:
        text = "no comparison with White children could be made: numbers are too small or withheld"
    elif told == 0:
        made = "the one comparison" if compared == 1 else f"none of {compared} comparisons"
        has = "has no interval" if compared == 1 else "has an interval"
        text = (
            f"{made} with White children {has} that leaves out 1, which does not show that there "
            "is no disparity"
        )
    else:
        parts = [
            f"{words}, {_listed(rows[found == kind], label)}"
            for kind, words in _KINDS.items()
            if (found == kind).any()
        ]
        chance = numbers.decimal(compared * (1 - confidence), 1)
        text = (
            f"of {compared} comparison{'' if compared == 1 else 's'} with White children, {told} "
            f"{'shows' if told == 1 else 'show'} a disparity (ratio, {confidence * 100:.4g}% "
            f"confidence interval): {'; '.join(parts)}. Chance alone would give at most about {chance}"
        )
    whole = f"{context}, {text}." if context else f"{text}."
    return Sentence(sentence_case(whole), kind="finding" if compared else "note")


def _listed(rows: pd.DataFrame, label: str) -> str:
    """Write each name with its ratio and interval; the sentence has said which is which."""
    return ", ".join(
        f"{name}, {numbers.ratio(value, apart_from=1.0)} "
        f"({numbers.ratio(lower, apart_from=1.0)} to {numbers.ratio(upper, apart_from=1.0)})"
        for name, value, lower, upper in zip(
            rows[label], rows["value"], rows["lower"], rows["upper"], strict=True
        )
    )
