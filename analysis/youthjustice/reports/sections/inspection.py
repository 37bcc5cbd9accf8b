"""What inspectors found, on the scale of each inspection, and what a score can bear."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Sentence, Table, dates
from youthjustice.presentation.words.inspections import (
    inspection_sentence,
    no_inspection_sentence,
    standards_sentence,
)
from youthjustice.published import Place, load, place
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Heading, Section

_TITLE, _ANCHOR = "Inspection", "inspection"


def inspection(area: str) -> Section:
    """List the ratings of each inspection at hand, the scales kept apart.

    >>> section = inspection("Islington")
    >>> [one.text for one in section.items if isinstance(one, Heading)]
    ['Full joint inspection, report of January 2016', 'Inspection of May 2024, report of August \
2024']
    """
    found = place(area)
    items: list[Displays] = []
    findings = load("inspection_findings", release="all")
    mine = findings[findings["area_code"] == found.code]
    judged = mine[mine["kind"].isin(["judgement", "rating"])]
    if judged.empty:
        items += _from_ratings(found)
    else:
        items += _from_findings(found, judged)
    if not items:
        none = no_inspection_sentence(found.service or found.name, *_years_at_hand())
        return Section(_TITLE, _ANCHOR, (none,))
    items.append(
        Sentence(
            "An inspection judges the quality of a service's work. It is not a measure of how many "
            "children enter the system or reoffend, and services are not chosen for it at random.",
            kind="caution",
        )
    )
    return Section(_TITLE, _ANCHOR, tuple(items))


def _years_at_hand() -> tuple[int | None, int | None]:
    """Give the years of the first and the last report of all services that are at hand."""
    days = load("inspection_ratings", release="all")["publication_date"]
    return (days.min().year, days.max().year) if days.notna().any() else (None, None)


def score_sentence(area: str) -> Sentence | None:
    """Say the overall rating and score of the newest inspection at hand."""
    overall = _overall(place(area))
    if overall is None:
        return None
    source = pd.DataFrame({"source": [overall["source"]]})
    return traced(inspection_sentence(overall), origins(source))


def _overall(found: Place) -> Row | None:
    """Find the newest overall result of an area, by its code or by the name of its service."""
    keys = ("area_code", found.code), ("area_name", found.service or found.name)
    for table, column in (("inspection_findings", "measure"), ("inspection_ratings", "standard")):
        rows, places = _newest(table, column)
        at = max(places.get(key, -1) for key in keys)
        if at >= 0:
            return rows[at]
    return None


@once
def _newest(table: str, column: str) -> tuple[list[Row], dict[tuple[str, str], int]]:
    """Give the overall results of every area, and where the newest of each code and name stands."""
    rows = load(table, release="all")
    rows.attrs = {}
    rows = rows[rows[column] == "Overall"].dropna(subset=["rating", "value"], how="all")
    listed = records(rows.sort_values("publication_date", kind="stable"))
    names = ("area_code", "area_name")
    return listed, {(name, row[name]): at for at, row in enumerate(listed) for name in names}


def _is_of(rows: pd.DataFrame, found: Place) -> pd.Series:
    """Tell an area's rows, by its code or by the name of the service that serves it."""
    return (rows["area_code"] == found.code) | (rows["area_name"] == (found.service or found.name))


def _from_findings(found: Place, judged: pd.DataFrame) -> list[Displays]:
    items: list[Displays] = []
    for name, rows in judged.groupby("inspection", sort=False):
        rated = rows[rows["measure"] != "Overall"]
        scored = rows["kind"].eq("rating").any()
        overall = rows[rows["measure"] == "Overall"]
        items.append(Heading(str(name)[:1].upper() + str(name)[1:]))
        listed = origins(rows)
        if scored and not overall.empty:
            one = overall.iloc[0]
            counted = rated.loc[rated["domain"] != "Resettlement", "rating"]
            items.append(traced(standards_sentence(one["rating"], one["value"], counted), listed))
        table = Table(
            rated,
            caption=f"Ratings of {found.name}, {name}",
            columns={"measure": "Standard", "domain": "Domain", "rating": "Rating"},
            source=cite(rows),
        )
        items.append(traced(table, listed))
    if len(judged["inspection"].unique()) > 1:
        items.append(
            Sentence(
                "The two inspections used different frameworks and scales (good to poor; outstanding "
                "to inadequate), so their ratings cannot be subtracted.",
                kind="method",
            )
        )
    return items


def _from_ratings(found: Place) -> list[Displays]:
    table = load("inspection_ratings")
    rows = table[_is_of(table, found)]
    if rows.empty:
        return []
    overall, listed = rows[rows["standard"] == "Overall"], origins(rows)
    items: list[Displays] = []
    sentence = score_sentence(found.name)
    if sentence is not None:
        items.append(sentence)
    rated = rows[(rows["standard"] != "Overall") & rows["rating"].notna()]
    if not rated.empty:
        shown = Table(
            rated,
            caption=f"Ratings of {rows['area_name'].iloc[0]}, report of "
            f"{dates.month_year(rows['publication_date'].max())}",
            columns={"standard": "Standard", "domain": "Domain", "rating": "Rating"},
            note="A third party read these from the report page. Standards that it did not find "
            "are left out, and court and out-of-court standards of one name appear once.",
            source=cite(table),
        )
        items.append(traced(shown, listed))
    flags = [flag for flag in overall["flag"].dropna().unique() if flag]
    doubts = [Sentence(f"{flag[:1].upper()}{flag[1:]}.", kind="note") for flag in flags]
    items += [traced(doubt, listed) for doubt in doubts]
    return items
