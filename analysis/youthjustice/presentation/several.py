"""A sentence on many ratios at once, which says how many chance alone would have told apart."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures.findings import OVER, SMALL, UNDER
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.findings import NO_CLAIM, ratio_finding
from youthjustice.presentation.words import sentence_case

_TOLD = (OVER, UNDER, SMALL)


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
    are not counted. ``context`` opens the sentence.

    >>> rows = pd.DataFrame({"value": [1.54, 1.24], "lower": [1.09, 0.96], "upper": [2.18, 1.59],
    ...     "who": ["Black children in serious violence", "Black children in any offence"]})
    >>> print(several_ratios_sentence(rows, label="who"))
    Of 2 comparisons with White children, 1 has an interval that leaves out 1: Black children in \
serious violence, 1.54 (95% confidence interval 1.09 to 2.18); chance alone would give about 0.1.
    """
    found = pd.Series([ratio_finding(row) for _, row in rows.iterrows()], index=rows.index)
    compared = int((found != NO_CLAIM).sum())
    told = rows[found.isin(_TOLD)]
    expected = numbers.decimal(compared * (1 - confidence), 1)
    named = [
        f"{name}, {numbers.interval(value, lower, upper, null=1.0)}"
        for name, value, lower, upper in zip(
            told[label], told["value"], told["lower"], told["upper"], strict=True
        )
    ]
    if compared == 0:
        text = "no comparison with White children could be made: numbers are too small"
    elif not named:
        text = (
            f"of {compared} comparisons with White children, none has an interval that leaves out 1"
        )
    else:
        has = "has" if len(named) == 1 else "have"
        text = (
            f"of {compared} comparisons with White children, {len(named)} {has} an interval that "
            f"leaves out 1: {'; '.join(named)}; chance alone would give about {expected}"
        )
    whole = f"{context}, {text}." if context else f"{text}."
    return Sentence(sentence_case(whole), kind="finding" if compared else "note")
