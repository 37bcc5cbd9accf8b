"""Shares over the time watched, as steps, with bands, censoring and the numbers at risk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import layout, numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.survival_curves import SHARES, Curve, curves_of
from youthjustice.presentation.charts.survival_drawing import Content, draw_survival, rows_below
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    pass


def survival_steps(
    curve: pd.DataFrame,
    *,
    title: str,
    source: str,
    outcome: str = "reoffended",
    people: str = "children",
    time_unit: str = "Days since the start",
    ticks: Sequence[float] | None = None,
    at_risk: pd.DataFrame | None = None,
    show: str = "had",
    top: float = 1.0,
    minimum_at_risk: int = 10,
    focus: str | None = None,
    confidence: float | None = None,
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "survival",
) -> Chart:
    """Draw the share of one to four groups who have had the event by each time.

    ``curve`` is what ``kaplan_meier`` returns, or ``cumulative_incidence`` for one cause, with
    every step (made without ``at``). ``show`` is ``had`` (the share who ``outcome``) or ``free``
    (the share who have not). ``top`` ends the axis, which starts at 0. ``ticks`` are the times under
    which numbers at risk stand (default: round ones); ``at_risk`` gives those numbers where children
    are watched from different times on, being the same measure ``at`` the ticks. A curve ends where
    fewer than ``minimum_at_risk`` were left, and smaller numbers are written as under it; censoring
    is marked by upright ticks. Own records must have passed their disclosure check first. Raises
    InputProblem for more than four groups, several causes, and rows that are not every step.

    >>> from youthjustice.measures import kaplan_meier
    >>> chart = survival_steps(kaplan_meier([3, 5, 6, 8, 9], [1, 0, 1, 1, 0]), title="Five children",
    ...     source="Own records", ticks=[0, 3, 6, 9], minimum_at_risk=1, time_unit="Months")
    >>> print(chart.alt)
    Step chart of the estimated share of children who reoffended, by months, with 95% confidence \
bands: 73% at 9 (95% confidence interval 31% to 99%). At risk at 0 and at 9: 5 and 1.
    """
    if show not in SHARES:
        raise InputProblem(f"show is {show!r}: choose among {', '.join(map(repr, SHARES))}")
    if not 0 < top <= 1:
        raise InputProblem(f"top is {top!r}: give a share above 0 and up to 1")
    marks = _ticks(curve, ticks)
    curves = curves_of(
        curve, show=show, ticks=marks, at_risk=at_risk, focus=focus, least=minimum_at_risk
    )
    level = curve.attrs.get("confidence", 0.95) if confidence is None else confidence
    had = f"who {outcome}" if show == "had" else f"who had not {outcome}"
    axis = sentence_case(f"share of {people} {had}")
    content = Content(curves, marks, top, axis, time_unit, sentence_case(people), minimum_at_risk)

    names = [line.name for line in curves]

    interval = f"{level * 100:.4g}% confidence interval"
    notes = [
        f"Shaded: {interval}s.",
        "Upright ticks: watching of somebody ended there before the event (censored)."
        if any(len(line.censored) for line in curves)
        else "",
        f"A curve ends where fewer than {minimum_at_risk} were still at risk."
        if any(line.cut for line in curves)
        else "",
        f"The axis ends at {numbers.percent(top, 0)}." if top < 1 else "",
        note,
    ]
    what = f"the estimated share of {people} {had}, by {time_unit[:1].lower()}{time_unit[1:]}"
    return Chart(
        draw=Drawing(draw_survival, content),
        title=title,
        subtitle=subtitle or sentence_case(what),
        alt=_alt(content, what, level, message),
        source=source,
        data=_table(content, sentence_case(what), interval),
        name=name,
        note=" ".join(filter(None, notes)),
        wide=(7.2, 3.3 + rows_below(names, narrow=False) / 72),
        narrow=(3.7, 3.3 + rows_below(names, narrow=True) / 72),
    )


def _ticks(curve: pd.DataFrame, ticks: Sequence[float] | None) -> list[float]:
    """Return the times that are marked, in order; by default round ones up to the last step."""
    if ticks is None:
        last = float(curve["time"].max()) if "time" in curve and len(curve) else 1.0
        return [float(tick) for tick in layout.nice_ticks(last, 6)]
    marks = sorted(float(tick) for tick in ticks)
    if len(marks) < 2 or marks[0] < 0 or not math.isfinite(marks[-1]):
        raise InputProblem(f"ticks is {ticks!r}: give at least two times, none below 0")
    return marks


def _end(line: Curve, last: float) -> tuple[float, float, float, float]:
    """Return the last time up to ``last`` that a curve reaches, and its share with its interval."""
    place = int(np.searchsorted(line.time, last, side="right")) - 1
    reached = last if line.time[-1] >= last else float(line.time[-1])
    return reached, float(line.share[place]), float(line.lower[place]), float(line.upper[place])


def _share(value: float, lower: float, upper: float, confidence: float) -> str:
    return numbers.interval(value, lower, upper, form=numbers.whole_percent, confidence=confidence)


def _alt(content: Content, what: str, confidence: float, message: str) -> str:
    """Describe the drawing by each group's last share and its numbers at risk."""
    told, left = [], []
    last = float(max(content.ticks))
    for line in content.curves:
        reached, *share = _end(line, last)
        lead = "" if line.name == "All" else f"{line.name}, "
        ends = [_number(line.at_risk[at], content.least) for at in (0, -1)]
        left.append(f"{lead}{ends[0]} and {ends[1]}")
        if line.unseen:
            told.append(
                f"{lead}no curve, as fewer than {content.least} were at risk from the start"
            )
            continue
        figures = _share(share[0], share[1], share[2], confidence)
        percent, rest = figures.split(" ", 1) if " " in figures else (figures, "")
        told.append(f"{lead}{percent} at {reached:g} {rest}".strip())
    bands = f"with {confidence * 100:.4g}% confidence bands"
    times = f"{min(content.ticks):g} and at {last:g}"
    parts = [
        f"Step chart of {what}, {bands}: {'; '.join(told)}.",
        f"At risk at {times}: {'; '.join(left)}.",
        message,
    ]
    return " ".join(filter(None, parts))


def _number(at_risk: int, least: int) -> str:
    return f"fewer than {least}" if 0 < at_risk < least else numbers.count(at_risk)


def _table(content: Content, caption: str, interval: str) -> Table:
    """Set out the share and the number at risk of each group at the ticks."""
    frame = pd.DataFrame({"time": [f"{tick:g}" for tick in content.ticks]})
    labels = {"time": content.time_unit}
    behind = {}
    for number, line in enumerate(content.curves):
        lead = "" if line.name == "All" else f"{line.name}, "
        cells, shares = [], []
        for tick in content.ticks:
            reached, *share = _end(line, tick)
            known = not line.unseen and (reached >= tick or line.over)
            shares.append(share if known else [math.nan] * 3)
            text = numbers.interval(
                share[0], share[1], share[2], form=numbers.whole_percent, name=""
            )
            cells.append(text.replace("( ", "(") if known else None)
        name = f"share_{number}"
        held = Behind(f"{name}_value", f"{name}_lower", f"{name}_upper")
        frame[f"share_{number}"] = cells
        frame[list(held[:3])] = shares
        behind[name] = held
        frame[f"left_{number}"] = [_number(left, content.least) for left in line.at_risk]
        labels[f"share_{number}"] = sentence_case(f"{lead}share ({interval})")
        labels[f"left_{number}"] = sentence_case(f"{lead}at risk")
    return Table(
        frame,
        caption,
        columns=labels,
        align_right=[key for key in labels if key != "time"],
        behind=behind,
    )
