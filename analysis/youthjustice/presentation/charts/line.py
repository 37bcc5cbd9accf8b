"""Lines over time with their intervals, broken wherever the figures cannot be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.presentation import dates, numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.line_drawing import Content, draw_lines
from youthjustice.presentation.charts.line_series import Break, Columns, Point, labels_of, lines_of
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Format, Table
from youthjustice.presentation.words.phrases import listing, sentence_case

if TYPE_CHECKING:
    pass


def line_with_intervals(
    frame: pd.DataFrame,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    x: str = "period_end",
    value: str = "value",
    lower: str = "lower",
    upper: str = "upper",
    series: str = "area_name",
    focus: str | None = None,
    breaks: Sequence[Break] = (),
    points: Sequence[Point] = (),
    step: int = 12,
    form: Format = numbers.rate,
    confidence: float = 0.95,
    inferred: bool = False,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "line",
) -> Chart:
    """Draw one to four series over time from a frame of one row per series and period.

    ``x`` holds the last day of each period and ``step`` the months from one period to the next: a
    line is never drawn across a missing period, a missing value or one of ``breaks`` (date, label).
    ``points`` stand alone, hollow, with their own labels. ``focus`` is drawn strong and the other
    series as context. The axis starts at 0. ``lower`` and ``upper`` may be absent from the frame.
    ``inferred`` says on the axis, in the table and in the alternative text that the publication does
    not state the periods. ``measure`` and ``unit`` name the figures ("first-time entrants", "per
    100,000 children"), ``form`` writes them, and ``message`` is added to the alternative text.
    Raises InputProblem for more than four series, a focus that is not among them, and two figures for
    one period.

    >>> frame = pd.DataFrame({"period_end": pd.to_datetime(["2023-12-31", "2024-12-31"]),
    ...     "value": [200, 145], "area_name": "Islington"})
    >>> chart = line_with_intervals(frame, title="Two years", measure="first-time entrants",
    ...     unit="per 100,000 children", source="Youth Justice Statistics")
    >>> print(chart.alt)
    Line chart of first-time entrants per 100,000 children, years ending December 2023 to \
December 2024: Islington, 200 at the start and 145 at the end.
    """
    columns = Columns(x, value, lower, upper, series)
    lines = lines_of(frame, columns, focus, breaks, step)
    content = Content(lines, sorted(breaks), points, unit, step, form, inferred)
    period = _period(pd.to_datetime(frame[x]), step) + (" (inferred)" if inferred else "")
    what = f"{measure} {unit}"

    bars = f"Vertical bars are {confidence * 100:.4g}% confidence intervals."
    notes = [bars if any(line.has_intervals for line in lines) else "", note]
    names = listing(line.name for line in lines)
    return Chart(
        draw=Drawing(draw_lines, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(what)}, {names}, {period}",
        alt=_alt(content, f"{what}, {period}", message),
        source=source,
        data=_table(frame, columns, content, sentence_case(what)),
        name=name,
        note=" ".join(filter(None, notes)),
    )


def _period(ends: pd.Series[pd.Timestamp], step: int) -> str:
    first, last = ends.min(), ends.max()
    if step == 12:
        return dates.years_ending(first, last)
    return f"periods ending {dates.month_year(first)} to {dates.month_year(last)}"


def _alt(content: Content, what: str, message: str) -> str:
    """Describe the drawing by its figures, which cannot claim more than they show."""
    lines, breaks, points, form = content.lines, content.breaks, content.points, content.form
    ends = "; ".join(
        f"{line.name}, {form(line.value[0])} at the start and {form(line.value[-1])} at the end"
        if len(line.x)
        else f"{line.name}, no figures"
        for line in lines
    )
    extra = [f"The lines break at {dates.month_year(day)}: {label}." for day, label in breaks]
    if points:
        extra.append(f"Apart from the lines: {listing(point.label for point in points)}.")
    return " ".join(filter(None, [f"Line chart of {what}: {ends}.", *extra, message]))


def _table(frame: pd.DataFrame, columns: Columns, content: Content, caption: str) -> Table:
    """Set out one row per period and one column per series, intervals in brackets."""
    ends = pd.to_datetime(frame[columns.x]).tolist()
    names = labels_of(frame, columns.series).tolist()
    texts = _cells(frame, columns, content.form)
    parts = {own: getattr(columns, own) for own in ("value", "lower", "upper")}
    held = {own: frame[name].tolist() for own, name in parts.items() if name in frame}
    symbols = frame["symbol"].tolist() if "symbol" in frame else None
    days = sorted(set(ends))
    shown: dict[str, list[Any]] = {"end": days}
    ending = "Year ending" if content.step == 12 else "Period ending"
    labels = {"end": f"{ending}, inferred" if content.inferred else ending}
    behind = {}
    for number, line in enumerate(content.lines):
        column = f"series_{number}"
        labels[column] = line.name
        rows = {end: at for at, end in enumerate(ends) if names[at] == line.name}
        places = [rows.get(day) for day in days]
        shown[column] = _at(texts, places, None)
        shown |= {f"{column}_{own}": _at(given, places, math.nan) for own, given in held.items()}
        behind[column] = Behind(**{own: f"{column}_{own}" for own in held}, unit=content.unit)
        if symbols is not None:
            shown[f"{column}_symbol"] = _at(symbols, places, None)
    return Table(
        pd.DataFrame(shown),
        caption=caption,
        columns=labels,
        formats={"end": dates.month_year},
        align_right=[name for name in labels if name != "end"],
        behind=behind,
    )


def _at(given: Sequence[Any], places: Sequence[int | None], missing: Any) -> list[Any]:
    return [missing if at is None else given[at] for at in places]


def _cells(frame: pd.DataFrame, columns: Columns, form: Format) -> list[str | None]:
    """Write each figure, with its interval in brackets where it has one."""
    values = frame[columns.value].tolist()
    texts = [None if pd.isna(value) else form(value) for value in values]
    if columns.lower not in frame or columns.upper not in frame:
        return texts
    bounds = zip(frame[columns.lower].tolist(), frame[columns.upper].tolist(), strict=True)
    return [
        text if text is None or pd.isna(low) else f"{text} ({form(low)} to {form(high)})"
        for text, (low, high) in zip(texts, bounds, strict=True)
    ]
