"""Targets that a service has set itself, each beside the latest figure and in its chart."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from youthjustice.presentation import Chart, Sentence, dates, numbers
from youthjustice.presentation.charts.target_line import with_target
from youthjustice.presentation.words.targets import target_sentence
from youthjustice.published import Place, place
from youthjustice.reports.citing import origins, traced
from youthjustice.reports.sections.entrants_figures import entrants
from youthjustice.reports.sections.reoffending_figures import local_rates
from youthjustice.reports.target_rows import Target


def target_sentences(area: str, targets: list[Target]) -> dict[str, list[Sentence]]:
    """Write each target beside the latest figure, by the anchor of the section it belongs to."""
    found, said = place(area), dict[str, list[Sentence]]()
    for target in targets:
        measure = _MEASURES[target.measure]
        said.setdefault(measure.anchor, []).append(measure.sentence(found, target))
    return said


def marked(chart: Chart, targets: list[Target]) -> Chart:
    """Mark in a chart the targets for what it draws; without any it stays as it is."""
    for target in targets:
        measure = _MEASURES[target.measure]
        if measure.chart == chart.name:
            value = measure.form(target.value)
            told = f"{value} by {dates.month_year(target.by)}"
            chart = with_target(chart, target.value, label=f"Target {value}", told=told)
    return chart


_percent = partial(numbers.percent, scale=1)


def _entrants(found: Place, target: Target) -> Sentence:
    figures = entrants(found.name) if found.country == "England" else None
    last = None if figures is None else figures.last
    said = target_sentence(
        last,
        measure="first-time entrants",
        target=target.value,
        by=target.by,
        unit="per 100,000",
        period=""
        if last is None
        else f"{dates.year_ending(last['period_end'])}, interval inferred",
        note=target.note,
    )
    if figures is None:
        return said
    return traced(said, figures.origins, "implied_count", "rate_limits")


def _reoffending(found: Place, target: Target) -> Sentence:
    rates = local_rates(found.code)
    known = rates[rates["age_band"] == "15-17"].dropna(subset=["value"])
    last = None if known.empty else known.iloc[-1]
    said = target_sentence(
        last,
        measure="reoffending at ages 15 to 17",
        target=target.value,
        by=target.by,
        period="" if last is None else f"cohort labelled {last['cohort']}, interval inferred",
        form=_percent,
        counted=""
        if last is None
        else f"{numbers.count(last['numerator'])} of "
        f"{numbers.count(last['denominator'])} at the smallest cohort that fits",
        note=target.note,
    )
    if last is None:
        return said
    return traced(said, origins("reoffending_area"), "smallest_cohort", "share_limits")


class _Measure(NamedTuple):
    """Where a target is told: a section's anchor, the sentence, the chart, and how it is written."""

    anchor: str
    sentence: Callable[[Place, Target], Sentence]
    chart: str
    form: numbers.Form


_MEASURES = {
    "first-time entrants": _Measure(
        "first-time-entrants", _entrants, "entrants-trend", numbers.rate
    ),
    "reoffending": _Measure("reoffending", _reoffending, "reoffending-local", _percent),
}
