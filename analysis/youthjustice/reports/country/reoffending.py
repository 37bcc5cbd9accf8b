"""Reoffending of the country: two measures, each told by itself and never joined."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import risk_ratio
from youthjustice.presentation import (
    Behind,
    Sentence,
    Table,
    change_sentence,
    dates,
    listing,
    numbers,
)
from youthjustice.presentation.numbers import per_hundred
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Section
from youthjustice.reports.sections.cohort_parts import cohort_parts
from youthjustice.reports.sections.reoffending import two_measures
from youthjustice.reports.sections.reoffending_figures import national_measure
from youthjustice.reports.sections.wording import of, spans

_MEASURES = {
    "cohort_12_month": "the older, 12-month measure",
    "cohorts_3_month": "the newer, 3-month measure",
}


def national_reoffending() -> Section:
    """Show both measures of reoffending, and how much of the newer one's change is who is counted.

    >>> print(national_reoffending().items[3])
    On the newer, 3-month measure, by the source from October 2015, the reoffending rate fell from \
40.9% to 34.2% between the year ending March 2017 and the year ending March 2020: ratio 0.84 (95% \
confidence interval 0.82 to 0.85).
    """
    series = {measure: national_measure(measure) for measure in _MEASURES}
    items: list[Displays] = [
        Sentence(
            "The binary reoffending rate is the share of children in a cohort who commit an offence "
            "within a year that leads to a caution or conviction then or in the six months after.",
            kind="note",
        ),
        *(said for measure, rows in series.items() for said in _changes(_MEASURES[measure], rows)),
        _apart(series),
        two_measures(),
        Folded("Every year of both measures", tuple(_table(*one) for one in series.items())),
        *cohort_parts(),
    ]
    return Section("Reoffending: two measures", "national-reoffending", tuple(items))


def _changes(measure: str, rows: pd.DataFrame) -> list[Sentence]:
    """Tell the change by each source of the data: none is told across a change of source."""
    by_source = [part for _, part in rows.groupby("data_source", sort=False)]
    spans = [part for part in by_source if len(part) > 1]
    told = [
        _change(f"{measure}, by the source {part['data_source'].iloc[0]}", part) for part in spans
    ]
    between = [part for part in by_source if len(part) == 1]
    listed = [dates.year_ending(day) for part in between for day in part["period_end"]]
    if listed:
        said = f"In {measure}, the {listing(listed)} has months of both sources and is in neither span."
        told.append(traced(Sentence(said, kind="note"), origins(rows)))
    return told


def _change(measure: str, rows: pd.DataFrame) -> Sentence:
    first, last = rows.iloc[0], rows.iloc[-1]
    x1, n1, x0, n0 = (
        float(row[name]) for row in (last, first) for name in ("numerator", "denominator")
    )
    said = change_sentence(
        risk_ratio(x1, n1, x0, n0),
        subject="the reoffending rate",
        before=first["value"],
        after=last["value"],
        start=f"the {dates.year_ending(first['period_end'])}",
        end=f"the {dates.year_ending(last['period_end'])}",
        form=per_hundred,
        relative=False,
        context=f"On {measure}",
    )
    inputs = {dates.year_ending(row["period_end"]): of(row["numerator"], row["denominator"])
              for row in (first, last)}  # fmt: skip
    return traced(said, origins(rows), "share", "share_ratio", inputs=inputs)


def _apart(series: dict[str, pd.DataFrame]) -> Sentence:
    """Say how far apart the two measures print one and the same year."""
    old, new = (rows.set_index("period_end")["value"] for rows in series.values())
    day = old.index.intersection(new.index).max()
    said = (
        f"For the {dates.year_ending(day)} both measures are printed: {per_hundred(old[day])} on the "
        f"older and {per_hundred(new[day])} on the newer. What lies between them is the measure and not "
        "what children did, so no figure of one is set beside one of the other."
    )
    listed = [one for rows in series.values() for one in origins(rows)]
    return traced(Sentence(said, kind="caution"), tuple(dict.fromkeys(listed)))


def _table(measure: str, rows: pd.DataFrame) -> Table:
    shown = rows.assign(interval=spans(rows["lower"], rows["upper"], per_hundred))
    table = Table(
        shown,
        caption=f"Binary reoffending rate of children, England and Wales, {_MEASURES[measure]}",
        columns={
            "period_end": "Year ending",
            "numerator": "Reoffended",
            "denominator": "Cohort",
            "value": "Rate",
            "interval": "95% interval",
            "data_source": "Source of data",
        },
        formats={
            "period_end": dates.month_year,
            "numerator": numbers.count,
            "denominator": numbers.count,
            "value": per_hundred,
        },
        align_right=("interval",),
        behind={"value": Behind("value", "lower", "upper", "%"),
                "interval": Behind("", "lower", "upper", "%")},
        source=f"{cite(rows)}; intervals are own analysis",
    )  # fmt: skip
    return traced(table, origins(rows), "share", "share_limits")
