"""A sentence on a claim to have gone from among the highest to among the lowest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import chance_words


def claimed_quarters_sentence(
    area: str, first: Mapping[str, Any] | pd.Series, last: Mapping[str, Any] | pd.Series
) -> Sentence:
    """Say how likely the quarter is that is claimed for the first and for the last cohort.

    ``first`` and ``last`` hold ``cohort``, ``highest_quarter`` and ``lowest_quarter``, as a row of
    ``rank_uncertainty`` does.

    >>> print(claimed_quarters_sentence("Islington", {"cohort": "2016", "highest_quarter": 0.93},
    ...                                 {"cohort": "2024", "lowest_quarter": 0.37}))
    The claim names neither the measure nor the years. It can be looked at for ages 15 to 17 alone, \
where cohort sizes are not published: the ranks below are those that the smallest cohorts leave \
open. In the cohort labelled 2016 the chance that Islington was among the highest quarter is 93%; in \
that labelled 2024 the chance that it was among the lowest is 37%.
    """
    return Sentence(
        "The claim names neither the measure nor the years. It can be looked at for ages 15 to 17 "
        "alone, where cohort sizes are not published: the ranks below are those that the smallest "
        f"cohorts leave open. In the cohort labelled {first['cohort']} the chance that {area} was "
        f"among the highest quarter is {chance_words(first['highest_quarter'])}; in that labelled "
        f"{last['cohort']} the chance that it was among the lowest is "
        f"{chance_words(last['lowest_quarter'])}."
    )
