"""Ethnic disparity in the local disposals of 2012/13, the last year published by area."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Chart,
    Sentence,
    Table,
    children_of,
    numbers,
    ratio_forest,
    ratio_sentence,
    several_ratios_sentence,
)
from youthjustice.published import Place, place
from youthjustice.reports.section import Displays, Section
from youthjustice.reports.sections.common import cite, with_interval
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposals


def local_disposals(area: str) -> Section:
    """Compare how groups' disposals were shared among the tiers, 2012/13, with intervals."""
    found = place(area)
    title, anchor = "Ethnic disparity in disposals, 2012/13", "disposals"
    index = disposals(found)
    if index.empty or index["numerator"].isna().all():
        none = Sentence(
            f"The table of 2012/13 has no disposals by ethnic group for {found.name}.", kind="note"
        )
        return Section(title, anchor, (none,))
    totals = index.drop_duplicates("ethnic_group").set_index("ethnic_group")["denominator"]
    whose = (
        f"The figures are those of the youth justice service of {found.service}, which serves more "
        "than this authority. "
        if found.service and found.service != found.name
        else ""
    )
    items: list[Displays] = [
        Sentence(
            f"{whose}This is the last year for which local disposals by ethnic group are at hand: "
            f"{numbers.count(totals.sum())} disposals, of which "
            f"{numbers.count(totals.get('Unknown', 0))} to children of unknown ethnic group. A "
            "ratio compares, for each tier, the share of a group's disposals that were of that tier "
            "with the share for White children.",
            kind="note",
        ),
        Sentence(
            "Disposals are not children: one child may have several. The intervals take disposals "
            "as independent and so are too narrow.",
            kind="caution",
        ),
        custody_sentence(found, index),
        all_tiers_sentence(found, index),
        Sentence(
            "A lower share of pre-court disposals means that more went to court.", kind="note"
        ),
        _disposal_chart(found, index),
        _disposal_table(found, index),
        Sentence(
            "No ratio to the population is given for 2012/13: the ethnic groups of children at hand "
            "are those of 2021. Between the censuses of 2011 and 2021 the share of Black children in "
            "England and Wales went from 4% to 5.92% and that of White children from 82% to 73.9%; "
            "the base alone moves a Black to White ratio by a factor of about 1.6.",
            kind="method",
        ),
    ]
    return Section(title, anchor, tuple(items))


def custody_sentence(found: Place, index: pd.DataFrame) -> Sentence:
    """Say what the ratio of custody given a disposal allows, Black against White children."""
    row = index[(index["tier"] == "Custody") & (index["ethnic_group"] == "Black")]
    reference = index[(index["tier"] == "Custody") & (index["ethnic_group"] == REFERENCE)]
    if row.empty or reference.empty:
        return Sentence(
            f"There are no custodial disposals to compare in {found.name}.", kind="note"
        )
    one, other = row.iloc[0], reference.iloc[0]
    if pd.isna(one["value"]):
        return Sentence(
            f"In {found.name}, custody given a disposal was not compared: "
            f"{numbers.count(one['numerator'])} disposals of Black and "
            f"{numbers.count(other['numerator'])} of White children were custodial, and the ratio "
            "is not calculated when either is under 5.",
            kind="note",
        )
    said = ratio_sentence(
        one,
        group="Black",
        reference="White",
        outcome="custody given a disposal",
        context=f"In {found.name}, in 2012/13",
    )
    counts = (
        f" Of {numbers.count(one['denominator'])} disposals of Black children "
        f"{numbers.count(one['numerator'])} were custodial, of {numbers.count(other['denominator'])} "
        f"of White children {numbers.count(other['numerator'])}."
    )
    return Sentence(said.text + counts, kind=said.kind)


def all_tiers_sentence(found: Place, index: pd.DataFrame) -> Sentence:
    """Name the comparisons whose interval leaves out 1, out of all in the table."""
    compared = index[index["finding"] != "reference"]
    named = compared.assign(
        who=compared["ethnic_group"].map(children_of) + " in " + compared["tier"].str.lower()
    )
    return several_ratios_sentence(
        named, label="who", context=f"In the disposals of {found.name} in 2012/13"
    )


def _disposal_chart(found: Place, index: pd.DataFrame) -> Chart:
    drawn = index[index["ethnic_group"].isin(["Black", "Mixed"])]
    return ratio_forest(
        drawn[["tier", "ethnic_group", "value", "lower", "upper", "finding"]],
        label="ethnic_group",
        group_by="tier",
        title="How disposals were shared among the tiers, against White children",
        measure="ratio of the shares of a group's disposals at each tier",
        reference="White children",
        subtitle=f"{found.name}, April 2012 to March 2013; White children = 1",
        source=f"{cite(index)}; ratios are own analysis",
        name="disposals",
        note="Asian and Other children had too few disposals at most tiers and are in the table.",
    )


def _disposal_table(found: Place, index: pd.DataFrame) -> Table:
    shown = with_interval(index).assign(
        share=index["rate"] / 100, row=index["tier"] + ", " + index["ethnic_group"]
    )
    return Table(
        shown,
        caption=f"Disposals in {found.name} by tier and ethnic group, April 2012 to March 2013",
        columns={
            "row": "Tier and ethnic group",
            "numerator": "Disposals of the tier",
            "denominator": "All disposals",
            "share": "Share",
            "ratio": "Ratio to White",
            "interval": "95% interval",
            "finding": "What it allows",
        },
        formats={"share": numbers.percent, "ratio": numbers.ratio},
        align_right=("interval",),
        source=f"{cite(index)}; ratios are own analysis",
    )
