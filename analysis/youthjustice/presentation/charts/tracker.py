"""A cohort that is still followed: its curve so far, its forecast, and what it is not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.tracker_drawing import Content, draw_tracker
from youthjustice.presentation.table import Behind, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SHARES = ("cumulative", "lower", "upper")


def tracker_curve(
    curve: pd.DataFrame,
    *,
    banner: str,
    title: str,
    source: str,
    forecast: tuple[float, float, float] | None = None,
    months: float = 18,
    people: str = "children",
    confidence: float = 0.95,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "tracker",
) -> Chart:
    """Draw the share of a cohort known to have reoffended, and the forecast where it will end.

    ``curve`` has a row for each step: ``time`` (months since the start, at its end), ``at_risk``
    (children still watched at its start), ``cumulative``, ``lower`` and ``upper`` (shares): what
    `release_curve` lets out of a tracker's ``curve``. Rows without a share are left out.
    ``forecast`` is the estimate of the final share and its interval, which stands at ``months``.
    ``banner`` is written in the drawing itself, so that no copy of it goes without. Raises
    InputProblem for a curve without these columns or rows, and for no banner.

    >>> curve = pd.DataFrame({"time": [6, 12], "at_risk": [90, 70], "cumulative": [0.14, 0.28],
    ...                       "lower": [0.08, 0.2], "upper": [0.23, 0.38]})
    >>> chart = tracker_curve(curve, banner="Live and incomplete.", title="So far", source="Own records",
    ...                       forecast=(0.34, 0.29, 0.41))
    >>> print(chart.alt)
    Line chart of the estimated share of children known to have reoffended, by months since the \
start: 28% at 12 (95% confidence interval 20% to 38%). Forecast of the final share at 18 months: 34% \
(95% prediction interval 29% to 41%). Still watched at 0 and from 6: 90 and 70. Live and incomplete.
    """
    shown = _shown(curve)
    if not banner.strip():
        raise InputProblem("a tracker has no banner: say that it is not the published statistic")
    final = None if forecast is None or math.isnan(forecast[0]) else forecast
    content = Content(
        time=np.append(0.0, shown["time"].to_numpy(np.float64)),
        shares=np.vstack([[0.0, math.nan, math.nan], shown[list(_SHARES)].to_numpy(np.float64)]),
        at_risk=[int(number) for number in shown["at_risk"]],
        forecast=final,
        months=float(months),
        banner=banner,
        people=people,
    )

    def draw(ax: Axes) -> Axes:
        return draw_tracker(ax, content)

    level = f"{confidence * 100:.4g}%"
    what = f"Share of {people} known to have reoffended, by months since the start"
    notes = [
        f"Shaded: {level} confidence intervals of the curve.",
        f"The mark at {months:g} months is the forecast of the final share, with its {level} "
        "prediction interval."
        if final
        else "",
        note,
    ]
    return Chart(
        draw=draw,
        title=title,
        subtitle=subtitle or what,
        alt=_alt(content, what, level, message),
        source=source,
        data=_table(shown, content, what, level),
        name=name,
        note=" ".join(filter(None, notes)),
        wide=(7.2, 4.4),
        narrow=(3.7, 4.6),
    )


def _shown(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the steps that have a share, in order."""
    absent = [name for name in ("time", "at_risk", *_SHARES) if name not in curve]
    if absent:
        raise InputProblem(
            f"a tracker's curve has no column {absent[0]!r}: give it the curve of track_cohort as "
            "release_curve lets it out"
        )
    shown = curve.dropna(subset=["cumulative", "at_risk"]).sort_values("time", ignore_index=True)
    if shown.empty:
        raise InputProblem("a tracker's curve has no step that may be shown: leave the chart out")
    return shown


def _share(three: tuple[float, float, float], kind: str, level: str) -> str:
    return numbers.interval(*three, form=numbers.whole_percent, name=f"{level} {kind} interval")


def _alt(content: Content, what: str, level: str, message: str) -> str:
    value, lower, upper = content.shares[-1]
    percent, _, rest = _share((value, lower, upper), "confidence", level).partition(" ")
    told = f"{percent} at {content.time[-1]:g} {rest}".strip()
    left = f"Still watched at 0: {numbers.count(content.at_risk[0])}."
    if len(content.at_risk) > 1:
        ends = [numbers.count(content.at_risk[at]) for at in (0, -1)]
        left = f"Still watched at 0 and from {content.time[-2]:g}: {ends[0]} and {ends[1]}."
    final = ""
    if content.forecast:
        figures = _share(content.forecast, "prediction", level)
        final = f"Forecast of the final share at {content.months:g} months: {figures}."
    words = f"Line chart of the estimated {what[:1].lower()}{what[1:]}: {told}."
    return " ".join(filter(None, [words, final, left, content.banner, message]))


def _table(shown: pd.DataFrame, content: Content, what: str, level: str) -> Table:
    """Set out the steps, and the forecast as the last row."""
    rows = shown[["time", "at_risk", *_SHARES]].astype({"at_risk": "Int64"})
    time = [f"{month:g}" for month in rows["time"]]
    if content.forecast:
        last = pd.DataFrame([dict(zip(_SHARES, content.forecast, strict=True))])
        rows = pd.concat([rows, last], ignore_index=True)
        time.append(f"{content.months:g} (forecast)")
    shares = rows[list(_SHARES)].to_numpy(np.float64)
    frame = pd.DataFrame(
        {
            "time": time,
            "share": [
                numbers.interval(*three, form=numbers.whole_percent, name="").replace("( ", "(")
                for three in shares
            ],
            "at_risk": [
                "" if pd.isna(number) else numbers.count(number) for number in rows["at_risk"]
            ],
        }
    )
    frame[["value", "lower", "upper"]] = shares
    return Table(
        frame,
        what,
        columns={
            "time": "Months since the start",
            "share": f"Share ({level} interval)",
            "at_risk": "Still watched when the step began",
        },
        align_right=["share", "at_risk"],
        behind={"share": Behind("value", "lower", "upper")},
    )
