"""A trend: observed points, the fitted line of each segment with its band, breaks drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.presentation import dates, numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.line_series import Break, labels_of
from youthjustice.presentation.charts.trend_drawing import Content, draw_trend, flagged_years
from youthjustice.presentation.charts.trend_series import (
    Fitted,
    breaks_between,
    fitted_lines,
    highest,
)
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.changes import flags_of, in_percent
from youthjustice.presentation.words.phrases import listing, sentence_case
from youthjustice.presentation.words.trends import annual_change

if TYPE_CHECKING:
    pass


def trend_with_band(
    line: pd.DataFrame,
    changes: pd.DataFrame | None = None,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    period: str = "period_end",
    series: str | None = None,
    focus: str | None = None,
    breaks: Sequence[Break] = (),
    step: int = 12,
    form: numbers.Form = numbers.rate,
    approximate: bool = False,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "trend",
) -> Chart:
    """Draw one to four series with the fitted line and band of each segment.

    ``line`` is what ``trend_line`` returns and ``changes`` what ``trend`` returns for the same
    figures, whose annual changes the alternative text then tells. ``series`` is the column that
    tells series apart (the ``by`` of both), ``focus`` the one drawn strong. ``breaks`` names the
    dates that ``trend_line`` was given (date, label); a cut that is not named is drawn all the
    same. No line or band crosses a break or a missing period (``step`` months apart). Flagged
    periods are hollow on a shaded ground; those left out of the fit are crosses. A segment without
    a line shows its points alone. ``approximate`` says that the counts are implied or rounded.
    Raises InputProblem for more than four series, a focus that is not among them, and a break that
    the fitted line runs through.

    >>> from youthjustice.measures import trend, trend_line
    >>> yearly = pd.DataFrame({"period_end": pd.date_range("2015-12-31", periods=5, freq="YE"),
    ...                        "children": [80, 40, 20, 10, 5]})
    >>> chart = trend_with_band(trend_line(yearly, numerator="children"),
    ...     trend(yearly, numerator="children"), title="Fewer entrants", measure="entrants",
    ...     unit="children", source="Own records")
    >>> print(chart.alt)
    Chart of entrants, children, years ending December 2015 to December 2019, with a fitted line: 80 \
at the start and 5 at the end, along the line \N{MINUS SIGN}50% a year (95% confidence interval \
\N{MINUS SIGN}57% to \N{MINUS SIGN}42%).
    """
    lines = fitted_lines(line, period, series, focus, step)
    marks = breaks_between(line, period, series, breaks)
    top, beyond = highest(lines)
    content = Content(lines, marks, top, unit, step, form)
    ends = pd.to_datetime(line[period])
    span = _span(ends.min(), ends.max(), step)
    confidence = line.attrs.get("confidence", 0.95)
    drawn = any(pd.notna(part.fitted).any() for part in lines)
    notes = _notes(lines, confidence, drawn, beyond, approximate)
    if line["observed"].isna().any():
        notes.append("A gap is a missing figure.")
    if changes is not None and any(
        "autocorrelated" in flags_of(row) for _, row in changes.iterrows()
    ):
        notes.append("Neighbouring periods are alike, so a band may be too narrow.")

    names = listing(part.name for part in lines if part.name)
    what = f"{measure}, {unit}"
    return Chart(
        draw=Drawing(draw_trend, content),
        title=title,
        subtitle=subtitle or ", ".join(filter(None, [sentence_case(what), names, span])),
        alt=_alt(content, changes, series, f"{what}, {span}", drawn, message),
        source=source,
        data=_table(line, content, period, series, sentence_case(what)),
        name=name,
        note=" ".join(filter(None, [*notes, note])),
    )


def _span(first: Any, last: Any, step: int) -> str:
    if step == 12:
        return dates.years_ending(first, last)
    return f"periods ending {dates.month_year(first)} to {dates.month_year(last)}"


def _notes(
    lines: list[Fitted], confidence: float, drawn: bool, beyond: bool, approximate: bool
) -> list[str]:
    """Say how to read the marks that are there."""
    flagged = [float(day) for line in lines for day in line.x[line.flagged]]
    bare = [line for line in lines if len(line.x) and pd.isna(line.fitted).any()]
    told = ["Points are observed figures."]
    if drawn:
        told.append(
            f"Lines are fitted to them; a shaded band is the {confidence * 100:.4g}% confidence "
            "interval of the line, not of single points."
        )
    if bare:
        told.append("Where there is no line, there are too few points for one.")
    if beyond:
        told.append("A band reaches beyond the drawing.")
    if flagged:
        told.append(f"Hollow points on grey ground: {flagged_years(flagged)}, flagged as unusual.")
    if any(line.left_out.any() for line in lines):
        told.append("Crosses are left out of the fit.")
    if approximate:
        told.append("Counts are approximate, and so are the bands.")
    return told


def _alt(
    content: Content,
    changes: pd.DataFrame | None,
    series: str | None,
    what: str,
    drawn: bool,
    message: str,
) -> str:
    """Describe the drawing by its figures, with the interval of each change."""
    told = []
    for line in content.lines:
        if not len(line.x):
            told.append(f"{line.name or 'the series'}, no figures")
            continue
        ends = f"{content.form(line.observed[0])} at the start and "
        text = f"{ends}{content.form(line.observed[-1])} at the end"
        text = f"{line.name}, {text}" if line.name else text
        told.append(text + _annual(changes, series, line.name))
    fitted = ", with a fitted line" if drawn else ""
    extra = [f"The lines break {cut.when}: {cut.label}." for cut in content.breaks]
    return " ".join(filter(None, [f"Chart of {what}{fitted}: {'; '.join(told)}.", *extra, message]))


def _annual(changes: pd.DataFrame | None, series: str | None, name: str) -> str:
    """Tell the annual change of each segment of one series, or that it has none."""
    if changes is None:
        return ""
    rows = changes if series is None else changes[labels_of(changes, series) == name]
    confidence = changes.attrs.get("confidence")
    told = []
    for _, row in rows.iterrows():
        read = annual_change(row, confidence)
        told.append(
            f"along the line {in_percent(read, ' a year')}"
            if read.has_interval
            else "with no fitted line"
        )
    return f", {'; then, after a break, '.join(told)}" if told else ""


def _table(
    frame: pd.DataFrame, content: Content, period: str, series: str | None, caption: str
) -> Table:
    """Set out one row per period, observed and fitted figures of each series side by side."""
    shown = pd.DataFrame({"end": sorted(pd.to_datetime(frame[period]).unique())})
    labels = {"end": "Year ending" if content.step == 12 else "Period ending"}
    behind = {}
    for number, line in enumerate(content.lines):
        part = frame if series is None else frame[labels_of(frame, series) == line.name]
        cells = pd.DataFrame({"end": pd.to_datetime(part[period])})
        lead = f"{line.name}, " if line.name else ""
        for column, label in (("observed", "observed"), ("fitted", "fitted line")):
            key = f"{column}_{number}"
            labels[key] = sentence_case(f"{lead}{label}")
            cells[key] = part[column].astype(object).map(content.form, na_action="ignore")
        cells[f"fitted_{number}"] = [
            numbers.interval(*row, form=content.form, name="").replace("( ", "(")
            if not pd.isna(row[0])
            else None
            for row in part[["fitted", "lower", "upper"]].itertuples(index=False)
        ]
        own = {name: f"{name}_{number}_held" for name in ("observed", "fitted", "lower", "upper")}
        cells = cells.assign(**{held: part[name] for name, held in own.items()})
        behind[f"observed_{number}"] = Behind(own["observed"], unit=content.unit)
        behind[f"fitted_{number}"] = Behind(own["fitted"], own["lower"], own["upper"], content.unit)
        shown = shown.merge(cells, on="end", how="left")
    return Table(
        shown,
        caption=caption,
        columns=labels,
        formats={"end": dates.month_year},
        align_right=[label for label in labels if label != "end"],
        behind=behind,
    )
