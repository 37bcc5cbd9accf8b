"""Reoffending: the two national measures, the area's own printed rates, the claim of 2016."""

from __future__ import annotations

from datetime import date

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Note,
    Point,
    Sentence,
    Table,
    line_with_intervals,
    numbers,
)
from youthjustice.presentation.numbers import per_hundred
from youthjustice.presentation.words.cohort_sizes import (
    unsized_change_sentence,
)
from youthjustice.published import load, place
from youthjustice.reports.by_area import records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.cohort_parts import cohort_parts
from youthjustice.reports.sections.reoffending_figures import (
    claim_figures,
    first_to_last,
    local_rates,
    national_measure,
)
from youthjustice.reports.sections.wording import england_only, of, spans

_TITLE, _ANCHOR = "Reoffending", "reoffending"
_MEASURES = {"cohort_12_month": "12-month cohorts", "cohorts_3_month": "3-month cohorts"}
_TOLD = ["cohort", "value", "numerator", "denominator"]
_CHANGE_OF_SOURCE = date(2015, 10, 1)
_EACH = ("smallest_cohort", "share_limits")  # how each local rate's interval is worked out
MIXED_SOURCE = (
    "A cohort labelled 2016 would hold months from before the data source changed in October 2015."
)
COUNTED_AGAIN = (
    "A child may be counted up to four times in a year, so the true uncertainty is larger still."
)
SMALLEST = (
    "The publication gives no cohort sizes. Each interval is drawn at the smallest cohort that "
    "prints as the published rate to two decimals: a larger cohort would give a narrower one."
)


def reoffending(area: str) -> Section:
    """Show the national measures apart, then the area's own rates with inferred intervals.

    >>> section = reoffending("Islington")
    >>> section.title, [one.text for one in section.items if isinstance(one, Heading)][0]
    ('Reoffending', 'England and Wales: two measures, never joined')
    """
    found = place(area)
    claim = claim_figures(found.code)
    items: list[Displays] = [
        Sentence(
            "The binary reoffending rate is the share of children in a cohort who commit an "
            "offence within a year that leads to a caution or conviction then or in the six months "
            "after. The average number of reoffences is another measure and is not shown here.",
            kind="note",
        ),
        Heading("England and Wales: two measures, never joined"),
        two_measures() if claim is None else two_measures(found.name, found.code),
        Note(
            "To the cohorts of October 2015 the official measure followed one 12-month cohort a "
            "year; after them it adds up four 3-month cohorts, so that a child may be counted up "
            "to four times. The two stand apart where they are drawn together, and are never "
            "joined. The source of the data changed at the same time, where the dashed line stands.",
            "National intervals take entries as independent. Since a child may enter more than "
            "once a year, those of the 3-month measure are a little too narrow.",
            "Courts slowed in 2020 and 2021, during COVID-19, so cohorts whose year of follow-up falls "
            "then may not be comparable.",
            title="How to read this chart",
        ),
        *cohort_parts(),
        Heading(f"{found.name}: children aged 15 to 17"),
        *_local(found.name, found.code, found.country),
    ]
    return Section(_TITLE, _ANCHOR, tuple(items))


@once
def two_measures(name: str = "", code: str = "") -> Chart:
    """Draw both national measures, and the two rates of the claim about an area that is named."""
    claim = claim_figures(code) if code else None
    series = {measure: national_measure(measure) for measure in _MEASURES}
    drawn = pd.concat(
        [frame.assign(series=_MEASURES[measure]) for measure, frame in series.items()]
    )
    points = []
    if claim is not None:
        # The cohort is not stated: the points stand on the older measure's side, at no year's end.
        older = series["cohort_12_month"]["period_end"].max()
        day = (older + (pd.Timestamp(_CHANGE_OF_SOURCE) - older) / 2).date()
        points = [
            Point(day, claim.attrs["local"], f"{name} {claim.attrs['local']}%"),
            Point(day, claim.attrs["national"], f"England and Wales {claim.attrs['national']}%"),
        ]
    unattached = (
        " Hollow points are the two rates of the inspectorate's release of January 2016. They belong "
        "to the older measure and their cohort is not stated, so their place from left to right says "
        "nothing and they join no line."
        if points
        else ""
    )
    chart = line_with_intervals(
        drawn[["period_end", "value", "lower", "upper", "series"]],
        series="series",
        points=points,
        breaks=[(_CHANGE_OF_SOURCE, "source changed")],
        form=per_hundred,
        title="Two official measures of children's reoffending in England and Wales",
        measure="binary reoffending rate",
        unit="as a percentage of the cohort",
        source=f"{cite(*series.values())}; intervals are own analysis",
        name="reoffending-national",
        note=unattached.strip(),
    )
    named = (*series.values(), *([] if claim is None else [claim]))
    return traced(chart, origins(*named), "share_limits")


def _local(name: str, code: str, country: str) -> list[Displays]:
    rates = local_rates(code)
    older = rates[rates["age_band"] == "15-17"]
    if older["value"].notna().sum() == 0:
        if country != "England":
            return [england_only(place(name), "reoffending by area")]
        return [Sentence(f"The published table has no rate for {name}.", kind="note")]
    return [
        change_of_reoffending(name, rates),
        # Releases that state no period give nothing to draw along.
        *([] if older.dropna(subset=["value", "period_end"]).empty else [_trend(name, older)]),
        Sentence(SMALLEST, kind="method"),
        Sentence(
            "The publisher labels cohorts by a year and says no more than that they are financial "
            "years; that the label is the year in which it ends is inferred. Labels moved between "
            f"releases, so this report uses one release and never joins two. {MIXED_SOURCE} "
            f"{COUNTED_AGAIN}",
            kind="caution",
        ),
        _rates(name, rates),
    ]


def change_of_reoffending(name: str, rates: pd.DataFrame) -> Sentence:
    """Say from which cohort sizes on the change of the printed rates can be told from chance."""
    older = rates[rates["age_band"] == "15-17"]
    change = first_to_last(older)
    if change is None:
        return Sentence(f"There are too few printed rates for {name} to compare.", kind="note")
    said = unsized_change_sentence(change, subject=f"reoffending rate at ages 15 to 17 in {name}")
    known = [row for row in records(older[_TOLD]) if pd.notna(row["value"])]
    inputs = {
        f"cohort labelled {row['cohort']}": f"{numbers.percent(row['value'], 2, scale=1)}, "
        f"smallest {of(row['numerator'], row['denominator'])}"
        for row in (known[0], known[-1])
    }
    by = ("smallest_cohort", "cohorts_that_fit", "share_ratio")
    return traced(said, origins(older), *by, inputs=inputs)


def _trend(name: str, older: pd.DataFrame) -> Chart:
    known = older.dropna(subset=["value", "period_end"])
    chart = line_with_intervals(
        known.assign(series=name)[["period_end", "value", "lower", "upper", "series"]],
        series="series",
        focus=name,
        inferred=True,
        form=per_hundred,
        title=f"Reoffending at ages 15 to 17 in {name}",
        subtitle=f"Binary reoffending rate as a percentage of the cohort, {name}, by the year that "
        "labels the cohort (that it is the year in which it ends is inferred)",
        measure="binary reoffending rate at ages 15 to 17",
        unit="as a percentage of the cohort",
        source=f"{cite(load('reoffending_area'))}; intervals are own analysis",
        name="reoffending-local",
        note="Intervals are inferred, at the smallest cohort that fits each printed rate.",
    )
    return traced(chart, origins(older), *_EACH)


def _rates(name: str, rates: pd.DataFrame) -> Table:
    shown = rates.assign(
        smallest=spans(rates["numerator"], rates["denominator"], numbers.count).str.replace(
            "to", "of"
        ),
        interval=spans(rates["lower"], rates["upper"], per_hundred),
    )
    table = Table(
        shown.sort_values(["age_band", "cohort"], ascending=[False, True]),
        caption=f"Binary reoffending rate in {name}, as printed, with the smallest cohort that fits",
        columns={
            "cohort": "Cohort label",
            "age_band": "Age",
            "value": "Rate printed",
            "smallest": "Smallest cohort that fits",
            "interval": "95% interval, inferred",
        },
        formats={"value": lambda value: numbers.percent(value, 2, scale=1), "cohort": str},
        align_right=("smallest", "interval"),
        behind={
            "value": Behind("value", "lower", "upper"),
            "interval": Behind("", "lower", "upper"),
        },
        source=f"{cite(load('reoffending_area'))}; cohorts and intervals are own analysis",
    )
    return traced(table, origins(rates), *_EACH)
