"""A control chart: one series, its centre and limits, and the points that stand out of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.control_drawing import Content, as_day, draw_control
from youthjustice.presentation.charts.line_series import ordinals
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.control import DIRECTIONS, DOWN, UP, label_of, rule_words
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    pass

REBASED = "Limits set anew"
_FEW_EVENTS = "few_events"
_APART = 10.0  # between points without dates, so that a rebasing has room between two


def control_points(
    chart: pd.DataFrame,
    *,
    title: str,
    measure: str,
    unit: str,
    source: str,
    rebasings: Mapping[Any, str] | None = None,
    step: int | None = None,
    form: numbers.Form = numbers.rate,
    approximate: bool = False,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "control",
) -> Chart:
    """Draw what ``control_chart``, ``t_chart`` or ``g_chart`` returns, in the order of its rows.

    An index of dates is drawn in time, ``step`` months from one to the next (default: the least
    found), any other by its labels; ``step=0`` draws dates, too, as labels, one event after another.
    No line crosses a missing value, a missing period or a rebasing. Every later phase starts at a
    dashed line, labelled with the text that ``rebasings`` has for the label of its first point
    (default: "Limits set anew"). A point that stands out is a triangle, pointing up or down, in
    another colour and named by its rule; where the counts are too few for limits none is marked.
    Raises InputProblem for a frame without limits or known points, and for dates out of order.

    >>> from youthjustice.measures import control_chart
    >>> drawn = control_points(control_chart([9, 11, 12, 8] * 4 + [30]), title="One stands out",
    ...     measure="entrants", unit="children", source="Own records")
    >>> print(drawn.alt)
    Control chart of entrants, children, 17 points from 0 to 16: centre 11.2, limits 5.68 to 16.7. 1 \
point stands out above the usual variation and 0 below.
    """
    content = _content(chart, rebasings or {}, step, unit, form)
    few = _is_few(chart)
    what = f"{measure}, {unit}"
    span = f"{content.labels[0]} to {content.labels[-1]}"

    notes = [
        f"Solid line: {content.centre_name}; dashed lines: limits of the usual variation, which are "
        "no confidence interval.",
        "Counts are too few for these limits, so no point is marked."
        if few
        else "A triangle stands out from the usual variation, pointing up or down.",
        "The axis does not start at 0." if content.bottom else "",
        "Counts are approximate, and so are the limits." if approximate else "",
        note,
    ]
    return Chart(
        draw=Drawing(draw_control, content),
        title=title,
        subtitle=subtitle or f"{sentence_case(what)}, {span}",
        alt=_alt(content, f"{what}, {len(content.x)} points from {span}", few, message),
        source=source,
        data=_table(content, sentence_case(what)),
        name=name,
        note=" ".join(filter(None, notes)),
    )


def _content(
    chart: pd.DataFrame,
    rebasings: Mapping[Any, str],
    step: int | None,
    unit: str,
    form: numbers.Form,
) -> Content:
    absent = [column for column in ("value", "centre", "lower", "upper") if column not in chart]
    if absent or chart["value"].notna().sum() == 0:
        found = f"no column {absent[0]!r}" if absent else "no known point"
        raise InputProblem(
            f"a control chart was given {found}: give it what control_chart, t_chart or g_chart "
            "returns"
        )
    index = chart.index
    timed = isinstance(index, pd.DatetimeIndex) and step != 0
    x = ordinals(pd.Series(index)) if timed else np.arange(1.0, len(chart) * _APART + 1, _APART)
    if (np.diff(x) <= 0).any():
        raise InputProblem(
            "the dates of a control chart are not in order, each once: sort them, or give step=0 to "
            "draw one event after another"
        )
    months = _months(pd.DatetimeIndex(index)) if timed else np.arange(len(chart))
    each = (int(np.diff(months).min(initial=12)) or 1) if timed and step is None else step or 1
    phase = chart["phase"].to_numpy() if "phase" in chart else np.ones(len(chart))
    value = chart["value"].to_numpy(float, na_value=np.nan)
    new_phase = np.append(True, np.diff(phase) != 0)
    # A missing value is a gap by itself; the point after a missing period starts anew.
    starts = new_phase | np.append(True, np.diff(months) > each)
    few = _is_few(chart)
    side = chart["variation"].map(DIRECTIONS).fillna("").to_numpy(dtype=object)
    side = np.where(few, "", side).astype(object)
    rule = [
        rule_words(row) if mark else ""
        for (_, row), mark in zip(chart.iterrows(), side, strict=True)
    ]
    begins = np.flatnonzero(new_phase).tolist()
    return Content(
        x=x,
        value=value,
        centre=chart["centre"].to_numpy(float),
        lower=chart["lower"].to_numpy(float),
        upper=chart["upper"].to_numpy(float),
        starts=starts,
        side=side,
        rule=np.array(rule, dtype=object),
        phases=[slice(a, b) for a, b in zip(begins, [*begins[1:], len(x)], strict=True)],
        rebasings=[
            (as_day((x[at - 1] + x[at]) / 2), rebasings.get(index[at], REBASED))
            for at in begins[1:]
        ],
        labels=[label_of(label) for label in index],
        step=each if timed else 0,
        unit=unit,
        centre_name="mean" if "moving_range" in chart else "centre",
        form=form,
    )


def _months(index: pd.DatetimeIndex) -> Any:
    return np.asarray(index.year * 12 + index.month)


def _is_few(chart: pd.DataFrame) -> bool:
    return "flags" in chart and bool((chart["flags"] == _FEW_EVENTS).any())


def _alt(content: Content, what: str, few: bool, message: str) -> str:
    """Describe the drawing: the limits of the last phase, and how many points stand out."""
    last = content.phases[-1].start
    level, low, high = (
        content.form(part[last]) for part in (content.centre, content.lower, content.upper)
    )
    now = ", now" if len(content.phases) > 1 else ":"
    parts = [f"Control chart of {what}{now} centre {level}, limits {low} to {high}."]
    if few:
        parts.append("The counts are too few for limits, so no point is marked.")
    else:
        up, down = (int((content.side == side).sum()) for side in (UP, DOWN))
        points = "point stands" if up == 1 else "points stand"
        parts.append(
            f"{up} {points} out above the usual variation and {down} below."
            if up or down
            else "No point stands out from the usual variation."
        )
    missing = int(np.isnan(content.value).sum())
    if missing:
        parts.append(f"{missing} missing, drawn as {'a gap' if missing == 1 else 'gaps'}.")
    if len(content.phases) > 1:
        named = [content.labels[part.start] for part in content.phases[1:]]
        parts.append(f"Limits were set anew from {', '.join(named)}.")
    return " ".join(filter(None, [*parts, message]))


def _table(content: Content, caption: str) -> Table:
    """Set out every point with its limits, and the rule it breaks."""
    frame = pd.DataFrame(
        {
            "label": content.labels,
            "value": content.value,
            "centre": content.centre,
            "lower": content.lower,
            "upper": content.upper,
            "out": [
                f"{side}: {rule}" if side else "usual variation" if known else "missing"
                for side, rule, known in zip(
                    content.side, content.rule, ~np.isnan(content.value), strict=True
                )
            ],
        }
    )
    columns = {
        "label": "Period" if content.step else "Point",
        "value": sentence_case(content.unit),
        "centre": sentence_case(content.centre_name),
        "lower": "Lower limit",
        "upper": "Upper limit",
        "out": "Variation",
    }
    figures = dict.fromkeys(("value", "centre", "lower", "upper"), content.form)
    behind = {name: Behind(name, unit=content.unit) for name in figures}
    return Table(frame, caption, columns=columns, formats={**figures, "label": str}, behind=behind)
