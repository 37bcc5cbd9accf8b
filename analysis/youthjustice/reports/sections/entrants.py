"""First-time entrants: the trend, beside the rest of the region, neighbours and England."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Sentence,
    Table,
    change_sentence,
    dates,
    numbers,
)
from youthjustice.presentation.words.briefly import years_briefly
from youthjustice.presentation.words.halving import counted_from_sentence, halving_sentence
from youthjustice.presentation.words.implied import only_year_sentence, with_children
from youthjustice.published import load, place
from youthjustice.reports.by_area import Row
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.entrants_beside import change_between
from youthjustice.reports.sections.entrants_elsewhere import (
    against_rest,
    beside_neighbours,
    over_years,
    set_beside_england,
)
from youthjustice.reports.sections.entrants_figures import Entrants, entrants
from youthjustice.reports.sections.entrants_pace import (
    UNIT,
    claimed_pace,
    pace_parts,
    trend_parts,
)
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.wording import (
    about,
    england_only,
    inferred,
    region_name,
    spans,
    year,
)

_TITLE, _ANCHOR = "First-time entrants", "first-time-entrants"
_INFERRED = (
    "The publication prints rates without numbers of children. Each interval rests on the number "
    "that the rate implies for the population aged 10 to 17 of the nearest year at hand (mid-2021 "
    "or mid-2022), so it is an inference about chance and labelled so. Where the number of children "
    "grew before 2021 the implied numbers of earlier years are somewhat high."
)


def first_time_entrants(area: str) -> Section:
    """Show how many children entered the system, and whether that differs from elsewhere.

    >>> section = first_time_entrants("Islington")
    >>> section.title
    'First-time entrants'
    >>> print(section.items[0])
    A first-time entrant is a child aged 10 to 17 who receives a first caution or conviction. \
Rates are per 100,000 children aged 10 to 17, for years ending in December.
    """
    found = place(area)
    figures = entrants(found.name)
    what = Sentence(
        "A first-time entrant is a child aged 10 to 17 who receives a first caution or conviction. "
        f"Rates are {UNIT}, for years ending in December.",
        kind="note",
    )
    if figures is None:
        missing: Displays = (
            england_only(found, "first-time entrants by area")
            if found.country != "England"
            else Sentence(f"The published table has no rate for {found.name}.", kind="note")
        )
        return Section(_TITLE, _ANCHOR, (what, missing))
    rest = rest_of(found.region)
    items: list[Displays] = [
        what,
        change_of_area(found.name, figures),
        *trend_parts(found.name, rest, figures),
        Sentence(_INFERRED, kind="method"),
        Folded("Every year's figures", (_years(found.name, rest, figures),)),
        *pace_parts(found.name, rest, figures),
        Heading("Higher or lower than elsewhere?"),
        *([over_years(found.name, rest, figures)] if figures.pooled["years"] > 1 else []),
        *against_rest(found.name, rest, figures),
        *beside_neighbours(found.name, figures),
        *set_beside_england(found.name, figures),
        *_claim(found.name, found.code, rest, figures),
    ]
    return Section(_TITLE, _ANCHOR, tuple(items))


def rest_of(region: str) -> str:
    """Name a region without the area."""
    return f"the rest of {region_name(region)}"


def change_of_area(name: str, figures: Entrants, *, briefly: bool = False) -> Sentence:
    """Say how the area's rate moved from the first year of the release to the last."""
    if figures.change is None:
        only = figures.last
        alone = only_year_sentence(only["value"], area=name, period=year(only["period_end"]))
        return traced(alone, origins(RATES))
    change = figures.change
    years = year(change["first_end"]), year(change["last_end"])
    start, end = years_briefly(*years) if briefly else (f"the {one}" for one in years)
    said = change_sentence(
        change,
        subject=f"the rate of first-time entrants in {name}",
        before=change["first"],
        after=change["last"],
        start=start,
        end=end,
        unit="per 100,000",
    )
    children = with_children(said, change["reference_numerator"], change["numerator"])
    return _two_years_traced(children, name, change, figures)


def _two_years(name: str, change: Row) -> dict[str, str]:
    """Give the numbers of both years that a change rests on."""
    return {
        f"{name}, {dates.month_year(change['first_end'])}": about(
            change["reference_numerator"], change["reference_denominator"]
        ),
        f"{name}, {dates.month_year(change['last_end'])}": about(
            change["numerator"], change["denominator"]
        ),
    }


def _years(name: str, rest: str, figures: Entrants) -> Table:
    area = figures.area
    table = Table(
        area.assign(
            rest=figures.rest["value"],
            interval=spans(area["lower"], area["upper"], numbers.count),
            ratio_interval=spans(area["ratio_lower"], area["ratio_upper"], numbers.ratio, 1.0),
        ),
        caption=f"First-time entrants in {name}, {UNIT}",
        columns={
            "period_end": "Year ending",
            "value": f"{name}",
            "numerator": "Children implied",
            "interval": "95% interval, inferred",
            "rest": rest[:1].upper() + rest[1:],
            "ratio": "Ratio",
            "ratio_interval": "Its 95% interval, inferred",
        },
        formats={
            "period_end": dates.month_year,
            "value": numbers.count,
            "numerator": lambda value: f"about {numbers.count(value)}",
            "rest": numbers.count,
            "ratio": numbers.ratio,
        },
        align_right=("interval", "ratio_interval"),
        behind={
            "value": Behind("value", "lower", "upper", UNIT),
            "numerator": Behind("numerator", unit="children, about"),
            "interval": Behind("", "lower", "upper", UNIT),
            "rest": Behind("rest", unit=UNIT),
            "ratio": Behind("ratio", "ratio_lower", "ratio_upper", "ratio"),
            "ratio_interval": Behind("", "ratio_lower", "ratio_upper", "ratio"),
        },
        source=f"{cite(RATES)}; implied numbers, intervals and ratios are own analysis",
    )
    formulas = ("implied_count", "rate_limits", "take_out", "rate", "rate_ratio")
    return traced(table, figures.origins, *formulas, inputs=_people(name, figures.area))


def _people(name: str, rows: pd.DataFrame) -> dict[str, str]:
    """Give the populations that the numbers of children are implied with."""
    known = rows.dropna(subset=["population"]).drop_duplicates("population_date")
    return {
        f"{name}, aged 10 to 17, {dates.month_year(day)}": numbers.count(people)
        for day, people in zip(known["population_date"], known["population"], strict=True)
    }


def _claim(name: str, code: str, rest: str, figures: Entrants) -> list[Displays]:
    """Check the council's claim of a fall by more than half, where one is on record."""
    findings = load("inspection_findings", release="all")
    claims = findings[(findings["area_code"] == code) & (findings["kind"] == "claim")]
    claims = claims[claims["domain"] == "First-time entrants"]
    if claims.empty:
        return []
    whole = change_between(figures.area, "2016-12-31", "2023-12-31")
    later = change_between(figures.area, "2017-12-31", "2023-12-31")
    around = claimed_pace(name, rest, figures, "2023-12-31")
    if whole is None or later is None or around is None:
        return []
    halving = halving_sentence(
        whole,
        before=whole["first"],
        after=whole["last"],
        start=year(whole["first_end"]),
        end=dates.month_year(whole["last_end"]),
    )
    counted = counted_from_sentence(later, area=name, start=year(later["first_end"]))
    return [
        Heading("The council's claim of a fall by more than half, 2016 to 2023"),
        _two_years_traced(halving, name, whole, figures),
        around,
        _two_years_traced(counted, name, later, figures),
    ]


def _two_years_traced(said: Sentence, name: str, change: Row, figures: Entrants) -> Sentence:
    inputs = _two_years(name, change)
    return traced(inferred(said), figures.origins, "implied_count", "rate_ratio", inputs=inputs)
