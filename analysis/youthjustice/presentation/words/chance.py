"""A sentence on how many of many comparisons chance alone would have told apart."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import adjust_for_many, expected_by_chance
from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import in_context


def chance_sentence(
    rows: pd.DataFrame,
    *,
    what: str = "comparison",
    context: str = "",
    level: float = 0.05,
    p_value: str = "p_value",
    undone: int = 0,
) -> Sentence:
    """Say how many findings chance would give, how many there are, and how many of them stand.

    ``rows`` holds what was looked at together, one comparison a row, with a p-value where one was
    made. A finding is a p-value under ``level``; it stands when Holm's correction (Holm 1979) for
    the number of comparisons leaves it under ``level``. ``what`` names one comparison; ``undone`` is
    how many of the findings those of unknown ethnic group could undo.

    >>> rows = pd.DataFrame({"p_value": [0.001, 0.02, 0.2, 0.6, None]})
    >>> print(chance_sentence(rows))
    Of 4 comparisons, chance alone would be expected to give about 0.2 findings at the 5% level; 2 \
were found, and 1 of them still stands after Holm's correction.
    >>> str(chance_sentence(rows, undone=1)).split(". ")[1]
    'Those of unknown ethnic group, not allowed for here, could undo 1 of them.'
    """
    told = expected_by_chance(rows, level=level, p_value=p_value)
    made, found, expected = (
        (0, 0, 0.0) if told.empty else told[["comparisons", "found", "expected"]].iloc[0]
    )
    stand = int(adjust_for_many(rows, level=level, p_value=p_value)["survives"].fillna(False).sum())
    at = f"at the {numbers.percent(level, 0)} level"
    if made == 0:
        text = f"no {what} could be tested, so nothing was found {at}"
    elif made == 1:
        was = "was" if found else "was not"
        text = (
            f"one {what} was tested, so there is no correction to make; it {was} a finding {at}, "
            f"which chance alone would give {_one_in(level)}"
        )
    else:
        text = (
            f"of {int(made)} {what}s, chance alone would be expected to give about "
            f"{numbers.decimal(expected, 1)} findings {at}; {_found(int(found), stand)}"
        )
        if undone:
            text += f". Those of unknown ethnic group, not allowed for here, could undo {undone} of them"
    return Sentence(in_context(context, f"{text}."), kind="note")


def standing(found: int, stand: int) -> str:
    """Say how many findings still stand after Holm's correction.

    >>> standing(4, 1), standing(4, 4), standing(1, 1), standing(2, 0)
    ('1 of them still stands', 'all 4 still stand', 'it still stands', 'none of them still stands')
    """
    if found == 1:
        return "it still stands" if stand else "it no longer stands"
    if stand == found:
        return f"all {found} still stand"
    if stand == 0:
        return "none of them still stands"
    return f"{stand} of them still {'stands' if stand == 1 else 'stand'}"


def _found(found: int, stand: int) -> str:
    if found == 0:
        return "none was found, which does not show that groups are alike"
    was = "was" if found == 1 else "were"
    return f"{found} {was} found, and {standing(found, stand)} after Holm's correction"


def _one_in(level: float) -> str:
    """Write a level as one time in so many, where that is a whole number."""
    times = 1 / level
    if abs(times - round(times)) < 1e-9:
        return f"one time in {round(times)}"
    return f"{numbers.percent(level, 1)} of the time"
