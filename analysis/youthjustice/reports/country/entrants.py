"""First-time entrants of the country: numbers as three publications have them, and England's rate."""

from __future__ import annotations

from datetime import date

import pandas as pd

from youthjustice.measures import rate_ratio, trend, trend_line
from youthjustice.presentation import (
    Behind,
    Chart,
    Point,
    Sentence,
    Table,
    change_sentence,
    dates,
    line_with_intervals,
    numbers,
    trend_sentence,
    trend_with_band,
)
from youthjustice.published import load
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.disparity_figures import ENGLAND_AND_WALES_CODE
from youthjustice.reports.sections.entrants_rates import with_counts
from youthjustice.reports.sections.wording import of

_WHERE, _ENGLAND = "England and Wales", "E92000001"
_AREAS = "area tables"
_DECEMBER = "headlines, years ending December"
_NAMES = {
    _AREAS: "Area tables",
    _DECEMBER: "Headlines, December",
    "headlines, years ending March": "Headlines, March",
}
_TABLES_END = date(2021, 1, 1)
_PER = 100_000
_UNIT = "per 100,000 children aged 10 to 17"


def national_entrants() -> Section:
    """Show first-time entrants: their number in England and Wales, and the rate in England.

    >>> print(national_entrants().items[1])
    In England and Wales, the rate of first-time entrants fell from 732 to 162 per 100,000 children \
aged 10 to 17 between the year ending December 2011 and the year ending December 2020: a change of \
\N{MINUS SIGN}78% (95% confidence interval \N{MINUS SIGN}78% to \N{MINUS SIGN}77%).
    """
    rows = _numbers()
    items: list[Displays] = [
        Sentence(
            "A first-time entrant is a child aged 10 to 17 who receives a first caution or conviction. "
            "No table at hand has one unbroken national series, so each publication stands apart.",
            kind="note",
        ),
        _change(rows),
        _chart(rows),
        Sentence(
            "The year headings of the area tables were ambiguous and are read one year earlier than "
            "they stand; England and Wales is a sum of areas, and its last rate is on the children of "
            "the year after, whose census is at hand. Its last year is that of COVID-19, when courts "
            "slowed. Headlines are rounded, some to years ending March and some to December, so no "
            "line joins them to the tables.",
            kind="caution",
        ),
        Folded("Every figure", (_table(rows),)),
        Heading("England: the rate, along a line"),
        *_rate(),
    ]
    return Section("First-time entrants", "national-entrants", tuple(items))


def _numbers() -> pd.DataFrame:
    """Give the numbers of England and Wales, the area tables from one edition alone."""
    table = load("first_time_entrants_national")
    rows = table[(table["area_code"] == ENGLAND_AND_WALES_CODE) & table["series"].isin(_NAMES)]
    newest = rows.loc[rows["series"] == _AREAS, "source"].mode().iloc[0]
    kept = (rows["series"] != _AREAS) | (rows["source"] == newest)
    found: pd.DataFrame = rows[kept].sort_values(["series", "period_end"], ignore_index=True)
    found.attrs = {}
    return found


def _change(rows: pd.DataFrame) -> Sentence:
    """Compare the rates of the two years that lie nearest to a population at hand."""
    people = load("population_area")
    people = people[
        (people["area_code"] == ENGLAND_AND_WALES_CODE) & (people["age_band"] == "10-17")
    ]
    by_year = people.set_index(people["period_end"].dt.year)
    tables = rows[rows["series"] == _AREAS]
    tables = tables.set_index(tables["period_end"].dt.year)
    first, last = 2011, int(tables.index.max())
    x0, x1 = tables["value"][[first, last]].to_numpy(float)
    n0, n1 = by_year["value"][[first, last + 1]].to_numpy(float)
    said = change_sentence(
        rate_ratio(x1, n1, x0, n0),
        subject="the rate of first-time entrants",
        before=_PER * x0 / n0,
        after=_PER * x1 / n1,
        start=f"the {dates.year_ending(tables.loc[first, 'period_end'])}",
        end=f"the {dates.year_ending(tables.loc[last, 'period_end'])}",
        unit=_UNIT,
        context=f"In {_WHERE}",
    )
    inputs = {
        f"{_WHERE}, {first}": of(x0, n0),
        f"{_WHERE}, {last}, children of mid-{last + 1}": of(x1, n1),
    }
    used = by_year.loc[[first, last + 1]]
    return traced(said, (*origins(rows), *origins(used)), "rate", "rate_ratio", inputs=inputs)


def _chart(rows: pd.DataFrame) -> Chart:
    tables = rows[rows["series"] == _AREAS]
    later = rows[rows["series"] == _DECEMBER]
    points = [
        Point(
            row["period_end"].date(), row["value"], f"{row['period_end']:%Y}: {row['value']:,.0f}"
        )
        for row in later.to_dict("records")
    ]
    chart = line_with_intervals(
        tables.assign(name=_NAMES[_AREAS])[["period_end", "value", "name"]],
        series="name",
        points=points,
        breaks=[(_TABLES_END, "tables end")],
        form=numbers.count,
        title=f"First-time entrants in {_WHERE}, as two publications print them",
        measure="number of first-time entrants among",
        unit="children",
        source=cite(tables, later),
        name="national-entrants",
        note="Hollow points are rounded headlines, of years ending December too; no line joins them to "
        "the tables. Counts of a whole country: chance is small beside what changed.",
    )
    return traced(chart, origins(rows))


def _table(rows: pd.DataFrame) -> Table:
    rounded = rows["flag"].str.contains("rounded", na=False)
    shown = rows.assign(
        name=rows["series"].map(_NAMES),
        kind=rounded.map({True: "rounded", False: "as printed"}).mask(
            rows["series"] == _AREAS, "sum of areas, heading read one year earlier"
        ),
    )
    table = Table(
        shown,
        caption=f"First-time entrants in {_WHERE}, by publication",
        columns={
            "period_end": "Year ending",
            "name": "Publication",
            "value": "Children",
            "kind": "Kind",
        },
        formats={"period_end": dates.month_year, "value": numbers.count},
        behind={"value": Behind("value", unit="children")},
        source=cite(rows),
    )
    return traced(table, origins(rows))


def _rate() -> list[Displays]:
    """Fit England's printed rate, from the one release that has it, along a line."""
    table = load("first_time_entrants_area", release="all")
    rows = table[(table["area_code"] == _ENGLAND) & table["value"].notna()]
    rows = rows[rows["release"] == rows["release"].max()]
    counted = with_counts(rows.reset_index(drop=True), _PER)
    counted = counted[["period_end", "numerator", "denominator", "source", "population_source"]]
    x, n = "numerator", "denominator"
    changes = trend(counted, numerator=x, denominator=n)
    said = trend_sentence(changes, subject="the rate in England", approximate=True)
    chart = trend_with_band(
        trend_line(counted, numerator=x, denominator=n, per=_PER),
        changes,
        title="First-time entrants in England",
        measure="first-time entrants",
        unit=_UNIT,
        source=f"{cite(counted)}; line and band are own analysis",
        approximate=True,
        name="national-entrants-rate",
    )
    listed = origins(counted)
    inputs = {"years": f"{len(counted)}, drawn in the chart"}
    by = ("implied_count", "rate", "trend")
    return [traced(said, listed, *by, inputs=inputs), traced(chart, listed, *by, inputs=inputs)]
