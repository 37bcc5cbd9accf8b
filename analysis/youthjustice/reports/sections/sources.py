"""Where every figure comes from, what revisions do to it, and how sure one can be."""

from __future__ import annotations

import re

import pandas as pd

from youthjustice.presentation import Note, Sentence, Table, dates
from youthjustice.presentation.lineage import Lineage
from youthjustice.published import load, place
from youthjustice.published.as_it_stood import stood
from youthjustice.reports.by_area import ByArea
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Folded, Grouped, Heading, Section

_YEAR = re.compile(r"\b20\d\d\b")
USED = (
    "first_time_entrants_area",
    "first_time_entrants_releases",
    "reoffending_area",
    "reoffending_national",
    "children_by_stage_national",
    "disposals_area_2012_13",
    "linked_cohort_ethnicity_area",
    "inspection_findings",
    "inspection_ratings",
    "population_area",
    "population_ethnicity_area",
    "statistical_neighbours",
)
"""The tables that a report draws on."""


def sources(area: str) -> Section:
    """List the publications, the method of each interval, the revisions policy and the caveats.

    >>> [one.text for one in sources("Islington").items if isinstance(one, Heading)]
    ['How sure', 'Revisions', 'Not published', 'Publications', 'Caveats']
    """
    found = place(area)
    publications, caveats = _used(found.code in _inspected())
    items: list[Displays] = [
        Heading("How sure"),
        Sentence(
            "Every interval is a 95% interval: were its counts exact and independent, about 95 of "
            "100 such intervals would hold the figure that chance blurs. Those said to be inferred "
            "rest on numbers worked out from printed rates. Proportions use Wilson's interval; "
            "rates use the exact Poisson interval under 10 events and Byar's from 10; ratios of "
            "rates are exact when a count is under 10 and mid-p otherwise; ratios of shares use "
            "Koopman's score interval, and a p-value comes from the same method as its interval. A "
            "rate is tested against a fixed one by the exact binomial test of minimum likelihood.",
            kind="method",
        ),
        Sentence(
            "A ratio is not calculated when either group has fewer than 5, or, for shares, a base "
            "under 30. Ratios from 0.8 to 1.25 are called small.",
            kind="method",
        ),
        Sentence(
            "Findings among many comparisons are corrected by Holm's method, at the 5% level. Bounds by "
            "unknown ethnic group count all of them on one side or the other. A step's share of a "
            "product is on the logarithm, with Fieller's interval. Whether years agree is a score test "
            "of one ratio for all. What numbers could show is the ratio that the same test finds in 80 "
            "of 100 cases.",
            kind="method",
        ),
        Heading("Revisions"),
        Sentence(
            "Official figures are revised: the same area and year differ between releases, and one "
            "year label has meant different periods. This report takes each series whole from one "
            "release, names it, and never joins two. When a new release arrives the report is built "
            "again from it, and figures may change.",
            kind="note",
        ),
        *_revised(found.code, found.name),
        Heading("Not published"),
        Sentence(
            f"Not found for {found.name} in any publication at hand: the all-age reoffending rate and "
            "cohort sizes, first-time entrants as numbers, custody per 1,000 children, caseload by "
            "ethnic group after 2012/13, and reoffending by ethnic group. Where this report infers a "
            "number of children it says so.",
            kind="note",
        ),
        Heading("Publications"),
        publications,
        Heading("Caveats"),
        Folded(
            "What is known to limit each table",
            (caveats,),
        ),
        Note(
            "Symbols in tables: [c] confidential, [x] not available, [z] not applicable. A count of "
            "zero is printed as 0.",
            title="Missing figures",
        ),
    ]
    return Section("Sources, methods and caveats", "sources", tuple(items))


@once
def _used(inspected: bool) -> tuple[Table, Grouped]:
    """List the publications that a report draws on, and the caveats of its tables."""
    used = [name for name in USED if name != "inspection_findings" or inspected]
    tables = [load(name, release="all") for name in used]
    tables = [table for table in tables if len(table)]  # as at a day, some have no release yet
    listed = pd.DataFrame([source for frame in tables for source in frame.attrs["sources"]])
    listed["release_date"] = pd.to_datetime(listed["release_date"].replace("", None))
    listed[["table", "address"]] = listed[["table", "address"]].replace("", None)
    listed["symbol"] = "x"
    publications = Table(
        listed.drop_duplicates(["title", "table", "release_date"]),
        caption="Publications that this report draws on",
        columns={
            "title": "Title",
            "publisher": "Publisher",
            "table": "Table",
            "release_date": "Released",
            "address": "Address",
        },
        formats={"release_date": dates.day},
    )
    limits = pd.DataFrame(
        [
            {"table": frame.attrs["title"], "caveat": caveat}
            for frame in tables
            for caveat in frame.attrs["source"]["caveats"]
            if _known_then(caveat)
        ]
    )
    caveats = Table(
        limits,
        caption="Caveats of the tables that this report draws on",
        columns={"caveat": "Caveat", "table": "Table"},
        source="the publications above, and what was found in reading them",
    )
    each = {str(one.attrs["title"]): Lineage(origins(one)) for one in tables}
    return publications, Grouped(traced(caveats, origins(*tables)), each)


def _known_then(caveat: str) -> bool:
    """Tell whether a caveat names no year after the day as at which the report is drawn."""
    day = stood()
    return day is None or all(int(year) <= day.year for year in _YEAR.findall(caveat))


@once
def _inspected() -> frozenset[str]:
    """Give the codes of the areas of which the findings of an inspection are at hand."""
    return frozenset(load("inspection_findings", release="all")["area_code"].dropna())


@once
def _as_released() -> ByArea:
    """Give the rate of first-time entrants under two labels as each release printed it."""
    releases = load("first_time_entrants_releases", release="all")
    rows = releases[releases["measure"] == "first-time entrant rate"]
    rows = rows[rows["cohort"].isin(["2016", "2023"])].sort_values(["cohort", "release"])
    rows.attrs = {}  # each row names its publication
    return ByArea(rows)


def _revised(code: str, name: str) -> list[Displays]:
    """Show one figure as each release printed it, where the releases are at hand."""
    shown = _as_released().of(code)
    if shown.empty:
        return []
    table = Table(
        shown,
        caption=f"First-time entrants in {name} under one label, release by release, per 100,000",
        columns={
            "cohort": "Label",
            "release": "Release",
            "period_basis": "What the label means",
            "value": "Rate printed",
        },
        formats={"cohort": str},
        row_header="release",
        source=cite(shown),
    )
    return [traced(table, origins(shown))]
