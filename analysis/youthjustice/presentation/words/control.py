"""A sentence on a control chart: which points stand out from the usual variation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import dates, numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.phrases import in_context, listing

UP, DOWN, MISSING = "higher", "lower", "missing"
# How a control chart, and a chart of the time between events, call their variation.
DIRECTIONS = {
    "special cause higher": UP,
    "special cause lower": DOWN,
    "longer between events": UP,
    "shorter between events": DOWN,
}
RULE_WORDS = {
    ("outside", UP): "above the limit",
    ("outside", DOWN): "below the limit",
    ("trend", UP): "run of rises",
    ("trend", DOWN): "run of falls",
    ("two_of_three", UP): "two of three near the upper limit",
    ("two_of_three", DOWN): "two of three near the lower limit",
    ("shift", UP): "run above the mean",
    ("shift", DOWN): "run below the mean",
}
_MOST_NAMED = 6


def control_sentence(
    chart: pd.DataFrame,
    *,
    subject: str,
    form: numbers.Form = numbers.rate,
    unit: str = "",
    name: Callable[[Any], str] | None = None,
    periods: str = "periods",
    approximate: bool = False,
    context: str = "",
) -> Sentence:
    """Say which points of a control chart stand out, of how many, and that it tells no reason.

    ``chart`` is what ``control_chart``, ``t_chart`` or ``g_chart`` returns. ``subject`` names the
    series ("children entering the system in Islington"), ``periods`` its points; ``name`` writes a
    label of its index (default: a date as month and year). Where the chart says that its counts are
    too few for its limits, no point is said to stand out. Raises InputProblem without points.

    >>> from youthjustice.measures import control_chart
    >>> print(control_sentence(control_chart([9, 11, 12, 8] * 4 + [30]), subject="entrants"))
    1 of 17 periods of entrants stands out from the usual variation (now mean 11.2, limits 5.68 to \
16.7): higher in 16 (above the limit). That calls for a look at the reason and gives none.
    """
    known = chart[chart["variation"] != MISSING]
    if known.empty:
        raise InputProblem("a sentence on a control chart was given no known point: check its rows")
    named = label_of if name is None else name
    unit = f" {unit}" if unit else ""
    if "flags" in known and (known["flags"] == "few_events").any():
        text = (
            f"{subject} are too few for limits (a mean under 4), so none of the {periods} is said to "
            "stand out from the usual variation. Take longer periods, or chart the time between "
            "events"
        )
        return Sentence(in_context(context, f"{text}."), kind="note")
    last = known.iloc[-1]
    level, low, high = (form(last[column]) for column in ("centre", "lower", "upper"))
    what = "mean" if "near_upper" in known and "moving_range" in known else "centre"
    around = f"(now {what} {level}{unit}, limits {low} to {high})"
    out = known[known["variation"].isin(DIRECTIONS)]
    count = f"{len(known)} {periods} of {subject}"
    if out.empty:
        text = (
            f"none of {count} stands out from the usual variation {around}, which does not show "
            "that nothing changed"
        )
    else:
        stands = "stands" if len(out) == 1 else "stand"
        text = f"{len(out)} of {count} {stands} out from the usual variation {around}: "
        text += f"{_listed(out, named)}. That calls for a look at the reason and gives none"
    if "phase" in chart and chart["phase"].max() > 1:
        starts = [named(part.index[0]) for _, part in chart.groupby("phase")][1:]
        text += f". Limits were set anew from {listing(starts)}"
    if len(known) < len(chart):
        gone = len(chart) - len(known)
        text += f". {gone} missing {'is' if gone == 1 else 'are'} left out"
    if approximate:
        text += ". The counts are approximate, and so are the limits"
    return Sentence(in_context(context, f"{text}."), kind="finding")


def label_of(label: Any) -> str:
    """Write a label of an index: a date as month and year, anything else as it is.

    >>> label_of(pd.Timestamp("2024-12-31")), label_of("Q3")
    ('December 2024', 'Q3')
    """
    return dates.month_year(label) if hasattr(label, "month") else str(label)


def rule_words(row: Any) -> str:
    """Say which rule a point breaks, in words; a chart of rare events has two of its own.

    >>> rule_words({"variation": "special cause lower", "rule": "shift"})
    'run below the mean'
    """
    side = DIRECTIONS[row["variation"]]
    rule = row.get("rule") or ("outside" if row.get("outside") else "")
    if not rule:
        return "run of zeros" if row.get("zero_run") else "out of the usual"
    return RULE_WORDS[rule, side]


def _listed(out: pd.DataFrame, named: Callable[[Any], str]) -> str:
    """List points by direction, then by rule; many of one rule are counted, not named."""
    side = out["variation"].map(DIRECTIONS)
    told = []
    for way in (UP, DOWN):
        rows = out[side == way]
        words = pd.Series([rule_words(row) for _, row in rows.iterrows()], index=rows.index)
        parts = []
        for word, part in words.groupby(words.to_numpy(), sort=False):
            labels = [named(label) for label in part.index]
            where = (
                listing(labels)
                if len(labels) <= _MOST_NAMED
                else f"{len(labels)} from {labels[0]} to {labels[-1]}"
            )
            parts.append(f"{where} ({word})")
        if parts:
            told.append(f"{way} in {'; '.join(parts)}")
    return "; ".join(told)
