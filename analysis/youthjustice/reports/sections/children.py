"""The children of the area: how many there are, by ethnic group, beside England and Wales."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Sentence, Table, numbers
from youthjustice.published import Place, load, place
from youthjustice.reports.section import Section
from youthjustice.reports.sections.common import cite, in_order

_TITLE, _ANCHOR = "The children of the area", "children"
_WHOLE = "K04000001"


def children(area: str) -> Section:
    """Show the population aged 10 to 17 by ethnic group at the 2021 census."""
    found = place(area)
    table = load("population_ethnicity_area")
    rows = table[table["area_type"].isin(["authority", "country"])]
    local = rows[rows["area_code"] == found.code]
    whole = rows[rows["area_code"] == _WHOLE]
    total = local.loc[local["ethnic_group"] == "All", "value"]
    if total.empty or total.isna().all():
        return Section(_TITLE, _ANCHOR, (population_sentence(found),))
    shown = _shares(local).merge(
        _shares(whole)[["ethnic_group", "share"]], on="ethnic_group", suffixes=("", "_whole")
    )
    return Section(
        _TITLE,
        _ANCHOR,
        (
            population_sentence(found),
            Sentence(
                "A census has no sampling interval, though coverage is estimated and missing answers "
                "are filled in.",
                kind="method",
            ),
            Table(
                shown,
                caption=f"Children aged 10 to 17 in {found.name} by ethnic group, March 2021",
                columns={
                    "ethnic_group": "Ethnic group",
                    "value": "Children",
                    "share": "Share",
                    "share_whole": "Share in England and Wales",
                },
                formats={"share": numbers.percent, "share_whole": numbers.percent},
                source=f"{cite(local)}; shares are own analysis",
            ),
        ),
    )


def population_sentence(found: Place) -> Sentence:
    """Say how many children aged 10 to 17 lived in the area at the census of 2021."""
    table = load("population_ethnicity_area")
    rows = table[(table["area_code"] == found.code) & (table["ethnic_group"] == "All")]
    people = rows["value"].dropna()
    if people.empty:
        text = f"The census figures by ethnic group for {found.name} are withheld by the publisher."
    else:
        text = (
            f"At the census of March 2021, {numbers.count(people.iloc[0])} children aged 10 to 17 "
            f"lived in {found.name}."
        )
    return Sentence(text, kind="note")


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows[rows["ethnic_group"] != "All"]
    groups = groups.sort_values("ethnic_group", key=in_order)
    return groups.assign(share=groups["value"] / groups["value"].sum())
