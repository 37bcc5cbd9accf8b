"""Slopes: two periods of up to four series, with an interval at both ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.slope_drawing import Content, draw_slopes
from youthjustice.presentation.charts.slope_ends import figure_at, read_slopes
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    pass


def slope_lines(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    period: str = "period",
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    series: str = "area_name",
    focus: str | None = None,
    broken: str = "",
    form: numbers.Form = numbers.rate,
    confidence: float = 0.95,
    approximate: bool = False,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "slope",
) -> Chart:
    """Draw how one to four series went from one period to another, from a row per series and period.

    ``period`` holds the words for the two periods, in their order in the frame ("year ending
    December 2016"). ``lower`` and ``upper`` may be missing in the frame or in a row. ``broken`` says
    why the two periods cannot be compared ("A new definition"); then, and where an end is missing,
    no line joins the ends. ``focus`` is drawn strong. ``approximate`` says that the counts are
    implied or rounded. The axis starts at 0. Raises InputProblem for periods other than two, more
    than four series, a focus that is not among them, and two figures for one end.

    >>> frame = pd.DataFrame({"area_name": ["Islington"] * 2, "period": ["2016", "2024"],
    ...     "value": [537, 145], "lower": [428, 91], "upper": [665, 219]})
    >>> chart = slope_lines(frame, title="Two years", measure="first-time entrants",
    ...     unit="per 100,000 children", source="Youth Justice Statistics")
    >>> print(chart.alt)
    Slope chart of first-time entrants per 100,000 children, 2016 and 2024, with 95% confidence \
intervals: Islington, 537 (428 to 665) and 145 (91 to 219).
    """
    content = Content(
        *read_slopes(frame, (period, series, value, lower, upper), focus), unit, form, broken
    )
    what = f"{measure} {unit}"
    first, last = content.periods
    known = any(np.isfinite(slope.ends[:, 1]).any() for slope in content.slopes)
    interval = f"{confidence * 100:.4g}% confidence interval"

    told = "; ".join(
        f"{slope.name}, {figure_at(slope, 0, form)} and {figure_at(slope, 1, form)}"
        for slope in content.slopes
    )
    notes = [
        f"Upright bars are {interval}s." if known else "No intervals are available.",
        f"No line joins the two periods: {broken}." if broken else "",
        "Counts are approximate, and so are the intervals." if approximate and known else "",
        note,
    ]
    with_intervals = f", with {interval}s" if known else ""
    apart = f"The two periods are not comparable: {broken}." if broken else ""
    opening = f"Slope chart of {what}, {first} and {last}{with_intervals}: {told}."
    return Chart(
        draw=Drawing(draw_slopes, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(what)}, {first} and {last}",
        alt=" ".join(filter(None, [opening, apart, message])),
        source=source,
        data=_table(content, sentence_case(what), interval if known else ""),
        name=name,
        note=" ".join(filter(None, notes)),
    )


def _table(content: Content, caption: str, interval: str) -> Table:
    frame = pd.DataFrame(
        {
            "series": [slope.name for slope in content.slopes],
            **{
                f"end_{end}": [figure_at(slope, end, content.form) for slope in content.slopes]
                for end in (0, 1)
            },
        }
    )
    behind = {}
    for end in (0, 1):
        held = Behind(f"end_{end}_value", f"end_{end}_lower", f"end_{end}_upper", content.unit)
        frame[list(held[:3])] = [slope.ends[end] for slope in content.slopes]
        behind[f"end_{end}"] = held
    more = f" ({interval})" if interval else ""
    labels = {f"end_{end}": f"{sentence_case(content.periods[end])}{more}" for end in (0, 1)}
    return Table(
        frame,
        caption,
        columns={"series": "Series", **labels},
        align_right=["end_0", "end_1"],
        behind=behind,
    )
