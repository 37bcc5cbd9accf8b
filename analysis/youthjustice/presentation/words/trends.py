"""A sentence on the trend of a rate: by how much a year, and from the first period to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.cautions import cautions
from youthjustice.presentation.words.changes import flags_of, moved
from youthjustice.presentation.words.findings import Figures, figures
from youthjustice.presentation.words.phrases import sentence_case

Period = Callable[[Any], str]


def trend_sentence(
    changes: Any,
    *,
    subject: str,
    period: Period = dates.year_ending,
    periods: str = "years",
    approximate: bool = False,
    context: str = "",
) -> Sentence:
    """Say by how much a year a rate rose or fell, and from its first period to its last.

    ``changes`` holds the rows of ``trend`` for one series, a row per segment, or one such row.
    ``subject`` is singular and stays in the middle of a sentence ("the rate in Islington");
    ``period`` writes the end of a period and ``periods`` names several. ``approximate`` says that
    the counts behind it are implied or rounded.

    A direction is written where the interval leaves out no change; where neighbouring periods are
    alike, the interval is the one that allows for it. Where periods scatter by more than the chance
    of a count, the first and the last are compared along the line, since a comparison of the two
    counts knows nothing of that, and not at all where neighbours are alike besides. Segments are
    told one by one and never joined. Raises InputProblem without rows and for the rows of several
    series.

    >>> row = {"first_period": pd.Timestamp("2016-12-31"), "last_period": pd.Timestamp("2024-12-31"),
    ...     "points": 9, "value": 0.87, "lower": 0.83, "upper": 0.9, "finding": "falling",
    ...     "flags": "", "change": 0.27, "change_lower": 0.19, "change_upper": 0.38}
    >>> print(trend_sentence(row, subject="the rate in Islington"))
    From the year ending December 2016 to the year ending December 2024 the rate in Islington fell \
by 13% a year on average (95% confidence interval 10% to 17%). Between the first and the last alone \
it fell by 73% (95% confidence interval 62% to 81%).
    """
    rows, confidence = _rows(changes)
    told = [_segment(row, subject, period, periods, confidence) for row in rows]
    if len(rows) == 1:
        text, _ = told[0]
        text = f"{context}, {text}" if context else text
    else:
        opening = f"{context}, the series" if context else "the series"
        text = (
            f"{opening} of {subject} is broken into {len(rows)} parts that cannot be compared with "
            f"one another. {' '.join(sentence_case(part) for part, _ in told)}"
        )
    flags = set().union(*(flags_of(row) for row in rows))
    line = any(not pd.isna(row["value"]) for row in rows)
    text += cautions(flags, periods, line=line, approximate=approximate)
    claimed = any(found for _, found in told)
    return Sentence(sentence_case(text), kind="finding" if claimed else "note")


def _rows(changes: Any) -> tuple[list[Any], float | None]:
    """Return the rows of one series in order, and the confidence that the frame was made with."""
    if not isinstance(changes, pd.DataFrame):
        confidence = getattr(changes, "attrs", {}).get("confidence")
        return [changes], confidence
    if changes.empty:
        raise InputProblem("a sentence on a trend was given no rows: check the filter before it")
    if "segment" in changes and changes["segment"].duplicated().any():
        raise InputProblem(
            "a sentence on a trend was given the rows of several series: give it those of one"
        )
    return [row for _, row in changes.iterrows()], changes.attrs.get("confidence")


def _segment(
    row: Any, subject: str, period: Period, periods: str, confidence: float | None
) -> tuple[str, bool]:
    """Tell one segment, and say whether its figures had an interval."""
    flags = flags_of(row)
    if pd.isna(row.get("first_period")):
        return (
            f"No trend can be given of {subject}, because no period is left with its counts.",
            False,
        )
    first, last = row["first_period"], row["last_period"]
    if first == last:
        return f"{subject} is known for the {period(first)} alone, so no change can be told.", False
    span = f"from the {period(first)} to the {period(last)}"
    alike = "autocorrelated" in flags
    annual = annual_change(row, confidence)
    ends = _figures(row, "change", confidence)
    if pd.isna(row["value"]):
        lead = f"no trend in {subject} is given {span}, because {_why(row, flags, periods)}."
        if not ends.has_interval:
            return lead, False
        return f"{lead} Between the first and the last it {moved(ends)}.", True
    why = f"neighbouring {periods} are alike and no interval allows for it"
    text = f"{span} {subject} {moved(annual, each=' a year on average', why=why)}."
    if "overdispersed" in flags:
        along = _figures(row, "fitted_change", confidence)
        if along.has_interval and not alike:
            text += f" Along that line it {moved(along)} from the first to the last."
    elif ends.has_interval:
        text += f" Between the first and the last alone it {moved(ends)}."
    return text, annual.has_interval or ends.has_interval


def annual_change(row: Any, confidence: float | None = None) -> Figures:
    """Read the annual change of a row of ``trend`` with the interval that may be claimed.

    Where neighbouring periods are alike it is the one that allows for it.

    >>> row = {"value": 0.9, "lower": 0.85, "upper": 0.95, "hac_lower": 0.8, "hac_upper": 1.02}
    >>> annual_change(row).upper, annual_change({**row, "flags": "autocorrelated"}).upper
    (0.95, 1.02)
    """
    return _figures(row, "hac" if "autocorrelated" in flags_of(row) else "", confidence)


def _figures(row: Any, name: str, confidence: float | None) -> Figures:
    """Read a change whose columns begin with ``name``; "hac" holds limits of the annual change."""
    stem = f"{name}_" if name else ""
    given = {side: row.get(stem + side) for side in ("lower", "upper", "p_value")}
    value = row.get("value" if name in ("", "hac") else name)
    read = figures({"value": value, **given, "confidence": row.get("confidence")})
    return replace(read, confidence=confidence) if confidence else read


def _why(row: Any, flags: set[str], periods: str) -> str:
    if "few_points" in flags:
        number = int(row["points"])
        return f"{number} {periods} are too few for a line"
    if "no_events" in flags:
        return f"nothing happened in any of the {periods}"
    return "it is not defined for these counts"
