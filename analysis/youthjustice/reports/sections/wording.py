"""Words that several sections share: numbers, intervals, periods, places and joined sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd

from youthjustice.presentation import Sentence, dates, numbers
from youthjustice.presentation.lineage import joined
from youthjustice.published import GROUPS, Place, label


def of(part: float, whole: float) -> str:
    """Write two numbers that went into a figure.

    >>> of(83, 15461.6)
    '83 of 15,462'
    """
    return f"{numbers.count(part)} of {numbers.count(whole)}"


def about(part: float, whole: float) -> str:
    """Write two numbers that a printed rate implies.

    >>> about(83, 15461.6)
    'about 83 of 15,462'
    """
    return f"about {of(part, whole)}"


def of_groups(rows: pd.DataFrame, *groups: str) -> str:
    """Write the two numbers of each ethnic group, of all that have both or of those named.

    >>> rows = pd.DataFrame({"ethnic_group": ["Black", "White", "Other"],
    ...     "numerator": [8, 10, None], "denominator": [114, 136, 4]})
    >>> of_groups(rows)
    'Black 8 of 114, White 10 of 136'
    """
    told = zip(rows["ethnic_group"], rows["numerator"], rows["denominator"], strict=True)
    return ", ".join(
        f"{group} {of(x, n)}"
        for group, x, n in told
        if (group in groups or not groups) and not (pd.isna(x) or pd.isna(n))
    )


def spans(
    lower: pd.Series[Any], upper: pd.Series[Any], form: numbers.Form, null: float | None = None
) -> pd.Series[Any]:
    """Write "lower to upper" for each row that has both; a bound never rounds onto ``null``."""
    pairs = zip(lower.tolist(), upper.tolist(), strict=True)
    texts = [span_text(low, high, form, null) for low, high in pairs]
    return pd.Series(texts, index=lower.index, dtype=object)


def span_text(
    lower: float, upper: float, form: numbers.Form, null: float | None = None
) -> str | None:
    """Write "lower to upper", if there are both; a bound never rounds onto ``null``.

    >>> span_text(0.996, 1.2, numbers.ratio, 1.0)
    '0.996 to 1.20'
    """
    if pd.isna(lower) or pd.isna(upper):
        return None
    return f"{form(lower, apart_from=null)} to {form(upper, apart_from=null)}"


def with_interval(index: pd.DataFrame) -> pd.DataFrame:
    """Write the interval of each ratio, and leave the reference group's own ratio out."""
    return index.assign(
        ratio=index["value"].where(index["finding"] != "reference"),
        interval=spans(index["lower"], index["upper"], numbers.ratio, 1.0),
        symbol="z",
    )


def region_name(region: str) -> str:
    """Name a region as a sentence does.

    >>> region_name("North West"), region_name("London")
    ('the North West', 'London')
    """
    plain = ("London", "Yorkshire and The Humber", "Wales")
    return region if region in plain else f"the {region}"


def inferred(sentence: Sentence) -> Sentence:
    """Say of every interval in a sentence that it is inferred."""
    text = sentence.text.replace("% confidence interval", "% confidence interval, inferred,")
    return replace(sentence, text=text)


def in_order(groups: pd.Series[Any]) -> pd.Series[Any]:
    """Give the place of each ethnic group in the order in which they are always told."""
    order = {group: at for at, group in enumerate(("Asian", "Chinese", *GROUPS[1:], "All"))}
    return groups.map(order).fillna(len(order))


def in_one(*sentences: Sentence) -> Sentence:
    """Join sentences by semicolons, as claims of one sentence."""
    first, *others = [sentence.text.rstrip(".") for sentence in sentences]
    text = "; ".join([first, *(text[:1].lower() + text[1:] for text in others)]) + "."
    told = [sentence.lineage for sentence in sentences if sentence.lineage is not None]
    return Sentence(text, lineage=joined(told) if told else None)


def one_after_another(*sentences: Sentence) -> Sentence:
    """Say short sentences as one finding, which has the lineage of all."""
    told = [sentence.lineage for sentence in sentences if sentence.lineage is not None]
    text = " ".join(sentence.text for sentence in sentences)
    return Sentence(text, lineage=joined(told) if told else None)


def england_only(place: Place, what: str) -> Sentence:
    """Say that a table has nothing on a Welsh authority, and claim nothing."""
    return Sentence(
        f"The published table of {what} covers England only, so there is no figure for "
        f"{place.name}.",
        kind="note",
    )


@lru_cache(maxsize=64)
def year(period_end: pd.Timestamp) -> str:
    """Name a year by its last month, since a bare year could mean two periods."""
    start = period_end - pd.DateOffset(years=1) + pd.DateOffset(days=1)
    return label(start.date(), period_end.date())


def span(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Name a period by its first and last month.

    >>> span(pd.Timestamp("2024-04-01"), pd.Timestamp("2025-03-31"))
    'April 2024 to March 2025'
    """
    return f"{dates.month_year(start)} to {dates.month_year(end)}"
