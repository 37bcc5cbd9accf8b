"""The ratings of an area's inspections side by side, their scales kept apart."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Sentence, Table, dates
from youthjustice.published import load, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Section
from youthjustice.reports.sections.inspection import inspection


def ratings_side_by_side(area: str) -> Section:
    """Set the ratings of two inspections beside each other; of one, list it alone.

    >>> print(ratings_side_by_side("Islington").items[0])
    What inspectors gave: in January 2016 3 Poor, 2 Unsatisfactory, 1 Satisfactory; in August 2024 \
11 Outstanding, 2 Good, overall Outstanding.
    """
    found = place(area)
    findings = load("inspection_findings", release="all")
    rows = findings[
        (findings["area_code"] == found.code) & findings["kind"].isin(["judgement", "rating"])
    ]
    if rows["inspection"].nunique() != 2:
        return inspection(found.name)
    two = [part for _, part in rows.groupby("publication_date", sort=True)]
    sides = [_side(part) for part in two]
    names = [dates.month_year(part["publication_date"].iloc[0]) for part in two]
    table = Table(
        pd.concat(sides, axis=1, keys=["first", "second"]).fillna("").pipe(_flat),
        caption=f"Ratings of {found.name} in two inspections, each in its own words",
        columns={
            "first_what": f"Judged, {names[0]}",
            "first_rating": "Judgement",
            "second_what": f"Rated, {names[1]}",
            "second_rating": "Rating",
        },
        note="Read each side down: what stands in one row is no pair. The first scale has good, "
        "satisfactory, unsatisfactory and poor; the second outstanding, good, requires improvement "
        "and inadequate.",
        source=cite(rows),
    )
    said = "; ".join(f"in {name} {_spread(part)}" for name, part in zip(names, two, strict=True))
    items: list[Displays] = [
        traced(Sentence(f"What inspectors gave: {said}."), origins(rows)),
        traced(table, origins(rows)),
        Sentence(
            "The two inspections used different frameworks and scales, so their ratings cannot be "
            "subtracted, and an inspection judges a service's work and not how many children reoffend.",
            kind="caution",
        ),
    ]
    return Section("Two inspections side by side", "ratings-side-by-side", tuple(items))


def _side(rows: pd.DataFrame) -> pd.DataFrame:
    """Give what was judged and how, the domain in front where standards share their names."""
    twice = rows["measure"].duplicated(keep=False)
    what = rows["measure"].where(~twice, rows["domain"] + ": " + rows["measure"].str.lower())
    return pd.DataFrame({"what": what, "rating": rows["rating"]}).reset_index(drop=True)


def _spread(rows: pd.DataFrame) -> str:
    """Count the ratings of the parts; the overall one is named apart."""
    parts = rows[rows["domain"] != "Overall"]
    counts = ", ".join(f"{number} {one}" for one, number in parts["rating"].value_counts().items())
    overall = rows.loc[rows["domain"] == "Overall", "rating"]
    return counts + (f", overall {overall.iloc[0]}" if len(overall) else "")


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_axis(["_".join(name) for name in frame.columns], axis=1)
