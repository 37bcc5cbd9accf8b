"""Sentences short enough for a phone's first screen; the sections say the same in full."""

from __future__ import annotations

from typing import Any

from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.beside import pace_verdict
from youthjustice.presentation.words.changes import in_percent
from youthjustice.presentation.words.findings import figures


def pace_briefly(row: Any, *, area: str, other: str) -> Sentence:
    """Say whether the rate of others moved as the area's did over the same years.

    ``row`` is a row of the frame of ``difference_in_change``; the sentence on the area comes before.

    >>> row = {"value": 0.7, "lower": 0.43, "upper": 1.12, "p_value": 0.14,
    ...     "reference_change": 0.38, "reference_change_lower": 0.36, "reference_change_upper": 0.41}
    >>> print(pace_briefly(row, area="Islington", other="the rest of London"))
    In the rest of London it changed by \N{MINUS SIGN}62%, with no evidence of a different pace: ratio \
of the two changes 0.70 (95% confidence interval 0.43 to 1.12).
    """
    change = in_percent(figures({"value": row["reference_change"]}))
    return Sentence(f"In {other} it changed by {change}, {pace_verdict(row, area)}.")


def years_briefly(start: str, end: str) -> tuple[str, str]:
    """Name two years of one kind so that "between A and B" says the kind once.

    >>> years_briefly("year ending December 2016", "year ending December 2024")
    ('the years ending December 2016', 'December 2024')
    >>> years_briefly("year ending March 2016", "2024")
    ('the year ending March 2016', 'the 2024')
    """
    ending = "year ending "
    if start.startswith(ending) and end.startswith(ending):
        return f"the years ending {start.removeprefix(ending)}", end.removeprefix(ending)
    return f"the {start}", f"the {end}"
