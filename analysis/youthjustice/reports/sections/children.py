"""The children of the area: how many there are, by ethnic group, beside England and Wales."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Sentence, Table, numbers
from youthjustice.presentation.words.census import census_sentence
from youthjustice.published import Place, load, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Section
from youthjustice.reports.sections.disparity_figures import ENGLAND_AND_WALES_CODE
from youthjustice.reports.sections.wording import in_order

_TITLE, _ANCHOR = "The children of the area", "children"


def children(area: str) -> Section:
    """Show the population aged 10 to 17 by ethnic group at the 2021 census.

    >>> print(children("Islington").items[0])
    At the census of March 2021, 15,341 children aged 10 to 17 lived in Islington.
    """
    found = place(area)
    table = load("population_ethnicity_area")
    rows = table[table["area_type"].isin(["authority", "country"])]
    local = rows[rows["area_code"] == found.code]
    whole = rows[rows["area_code"] == ENGLAND_AND_WALES_CODE]
    total = local.loc[local["ethnic_group"] == "All", "value"]
    if total.empty or total.isna().all():
        return Section(_TITLE, _ANCHOR, (population_sentence(found),))
    shown = _shares(local).merge(
        _shares(whole)[["ethnic_group", "share"]], on="ethnic_group", suffixes=("", "_whole")
    )
    shares = Table(
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
    )
    counts = {
        f"England and Wales, {group}": numbers.count(value)
        for group, value in whole[["ethnic_group", "value"]].itertuples(index=False)
    }
    not_a_sample = Sentence(
        "A census has no sampling interval, though coverage is estimated and missing answers are "
        "filled in.",
        kind="method",
    )
    told = traced(shares, origins(local), "share", inputs=counts)
    return Section(_TITLE, _ANCHOR, (population_sentence(found), not_a_sample, told))


def population_sentence(found: Place) -> Sentence:
    """Say how many children aged 10 to 17 lived in the area at the census of 2021."""
    table = load("population_ethnicity_area")
    rows = table[(table["area_code"] == found.code) & (table["ethnic_group"] == "All")]
    people = rows["value"].dropna()
    if people.empty:
        return census_sentence(found.name, None)
    return traced(census_sentence(found.name, people.iloc[0]), origins(rows))


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    groups = rows[rows["ethnic_group"] != "All"]
    groups = groups.sort_values("ethnic_group", key=in_order)
    return groups.assign(share=groups["value"] / groups["value"].sum())
