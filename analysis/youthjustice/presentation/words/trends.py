"""A sentence on the trend of a rate: by how much a year, and from the first period to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.changes import APPROXIMATE, flags_of, in_percent, moved
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

    A direction is written where the interval leaves out no change, also the interval that allows
    for neighbouring periods being alike when they are. Where periods scatter by more than the
    chance of a count, the first and the last are compared along the line, since a comparison of the
    two counts knows nothing of that. Segments are told one by one and never joined. Raises
    InputProblem without rows and for the rows of several series.

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
    text += _cautions(set().union(*(flags_of(row) for row in rows)), periods, approximate)
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
    if pd.isna(row.get("first_period")):
        return f"No trend can be given of {subject}, because no period has its counts.", False
    first, last = row["first_period"], row["last_period"]
    if first == last:
        return f"{subject} is known for the {period(first)} alone, so no change can be told.", False
    span = f"from the {period(first)} to the {period(last)}"
    flags = flags_of(row)
    annual = _figures(row, "", confidence)
    ends = _figures(row, "change", confidence)
    if not annual.has_interval:
        lead = f"no trend in {subject} is given {span}, because {_why(row, flags, periods)}."
        if not ends.has_interval:
            return lead, False
        return f"{lead} Between the first and the last it {moved(ends)}.", True
    if "autocorrelated" in flags and _holds_one(row):
        alike = (
            f"{span} {subject} changed by {in_percent(annual, ' a year on average')}, but "
            f"neighbouring {periods} are alike, and the interval that allows for it holds no "
            "change: no evidence of a trend."
        )
        return alike, True
    text = f"{span} {subject} {moved(annual, each=' a year on average')}."
    if "overdispersed" in flags:
        along = _figures(row, "fitted_change", confidence)
        if along.has_interval:
            text += f" Along that line it {moved(along)} from the first to the last."
    elif ends.has_interval:
        text += f" Between the first and the last alone it {moved(ends)}."
    return text, True


def _figures(row: Any, name: str, confidence: float | None) -> Figures:
    """Read the annual change, or another change of the row, whose columns begin with ``name``."""
    stem = f"{name}_" if name else ""
    columns = ("lower", "upper", "p_value")
    given = {column: row.get(stem + column) for column in columns}
    read = figures(
        {"value": row.get(name or "value"), **given, "confidence": row.get("confidence")}
    )
    return replace(read, confidence=confidence) if confidence else read


def _holds_one(row: Any) -> bool:
    """Say whether the interval that allows for autocorrelation holds no change, or is missing."""
    lower, upper = (numbers.to_float(row.get(f"hac_{side}")) for side in ("lower", "upper"))
    return not (lower > 1 or upper < 1)


def _why(row: Any, flags: set[str], periods: str) -> str:
    if "few_points" in flags:
        number = int(row["points"])
        return f"{number} {periods} are too few for a line"
    if "no_events" in flags:
        return f"nothing happened in any of the {periods}"
    return "it is not defined for these counts"


def _cautions(flags: set[str], periods: str, approximate: bool) -> str:
    """Say what a reader should know before leaning on the intervals."""
    said = {
        "overdispersed": f"The {periods} scatter about the line by more than chance in the counts.",
        "autocorrelated": f"Neighbouring {periods} are alike, so intervals may be too narrow.",
        "missing": f"Some {periods} are missing and left out.",
        "small_numerator": f"Some {periods} have a count under 10, so a line is approximate.",
        "flagged_periods": f"Some of the {periods} are flagged as unusual.",
    }
    told = [text for flag, text in said.items() if flag in flags]
    if approximate or "not_whole" in flags:
        told.append(APPROXIMATE)
    return "".join(f" {text}" for text in told)
