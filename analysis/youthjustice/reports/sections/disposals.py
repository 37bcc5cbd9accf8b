"""Ethnic disparity in the local disposals of 2012/13, the last year published by area."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import smallest_detectable_ratio, years_needed
from youthjustice.presentation import (
    Chart,
    Sentence,
    Table,
    children_of,
    detectable_sentence,
    listing,
    numbers,
    ratio_forest,
    ratio_sentence,
    several_ratios_sentence,
)
from youthjustice.presentation.words.findings import CLAIMED, ratio_finding
from youthjustice.published import Place, place
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.common import cite, counted, with_interval
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposal_steps, disposals
from youthjustice.reports.sections.steps import steps_chart, steps_tables, steps_words

WORTH_FINDING = 1.5  # a ratio that a manager would want to know of
_TITLE, _ANCHOR = "Ethnic disparity in disposals, 2012/13", "disposals"


def local_disposals(area: str) -> Section:
    """Compare how groups' disposals were shared among the tiers, 2012/13, with intervals."""
    found = place(area)
    index = disposals(found)
    if index.empty or index["numerator"].isna().all():
        none = Sentence(
            f"The table of 2012/13 has no disposals by ethnic group for {found.name}.", kind="note"
        )
        return Section(_TITLE, _ANCHOR, (none,))
    totals = index.drop_duplicates("ethnic_group").set_index("ethnic_group")["denominator"]
    unknown = totals.get("Unknown", 0)
    compared = index[index["value"].notna() & (index["finding"] != "reference")]
    whose = (
        ""
        if index.attrs["own"]
        else f"The figures are those of the youth justice service of {index.attrs['whose']}, as it "
        f"was then, and not of {found.name} alone. "
    )
    items: list[Displays] = [
        Sentence(
            f"{whose}This is the last year for which local disposals by ethnic group are at hand: "
            f"{counted(totals.sum(), 'disposal')}, of which "
            f"{numbers.count(unknown) if unknown else 'none'} to children of unknown ethnic group. A "
            "ratio compares, for each tier, the share of a group's disposals that were of that tier "
            "with the share for White children.",
            kind="note",
        ),
        Sentence(
            "Disposals are not children: one child may have several. The intervals take disposals "
            "as independent and so are too narrow.",
            kind="caution",
        ),
        *_custody(found, index),
        all_tiers_sentence(found, index),
    ]
    if not compared.empty:
        items += [
            Sentence(
                "A lower share of pre-court disposals means that a larger share went to court.",
                kind="note",
            ),
            _chart(index, compared),
        ]
    steps = disposal_steps(index)
    chart = steps_chart(steps, groups=["Black"], where=_of(index), name="disposal-steps")
    items += [
        Heading("Step by step to custody"),
        steps_words(steps, index, context=f"In {_of(index)}, in 2012/13"),
        *([chart] if chart else []),
        Folded("Counts and ratios of every step", tuple(steps_tables(steps, where=_of(index)))),
        Folded("Counts and ratios of every tier and group", tuple(_tables(index))),
        Sentence(
            "No ratio to the population is given for 2012/13: the ethnic groups of children at hand "
            "are those of 2021. Between the censuses of 2011 and 2021 the share of Black children in "
            "England and Wales went from 4% to 5.92% and that of White children from 82% to 73.9%; "
            "the base alone moves a Black to White ratio by a factor of about 1.6.",
            kind="method",
        ),
    ]
    return Section(_TITLE, _ANCHOR, tuple(items))


def _of(index: pd.DataFrame) -> str:
    """Name whose disposals these are: the area's own, or those of a service that holds it."""
    whose = str(index.attrs["whose"])
    return whose if index.attrs["own"] else f"the youth justice service of {whose}"


def custody_sentence(found: Place, index: pd.DataFrame) -> Sentence:
    """Say what the ratio of custody given a disposal allows, Black against White children."""
    row = index[(index["tier"] == "Custody") & (index["ethnic_group"] == "Black")]
    reference = index[(index["tier"] == "Custody") & (index["ethnic_group"] == REFERENCE)]
    if row.empty or reference.empty:
        return Sentence(
            f"There are no custodial disposals to compare in {found.name}.", kind="note"
        )
    one, other = row.iloc[0], reference.iloc[0]
    context = f"In {_of(index)}, in 2012/13"
    counts = (
        f"of {counted(one['denominator'], 'disposal')} of Black children "
        f"{numbers.count(one['numerator'])} were custodial, of "
        f"{counted(other['denominator'], 'disposal')} of White children "
        f"{numbers.count(other['numerator'])}"
    )
    if pd.isna(one["value"]):
        return Sentence(
            f"{context}, custody given a disposal was not compared, since a count is under 5 or a "
            f"base under 30: {counts}.",
            kind="note",
        )
    said = ratio_sentence(
        one,
        group="Black",
        reference=REFERENCE,
        outcome="custody given a disposal",
        context=context,
    )
    return Sentence(f"{said.text.rstrip('.')}; {counts}.", kind=said.kind)


def _custody(found: Place, index: pd.DataFrame) -> list[Sentence]:
    """Say what the area's own custody figure allows and, where nothing, what it could have shown."""
    said = custody_sentence(found, index)
    rows = index[index["tier"] == "Custody"].set_index("ethnic_group")
    if not {"Black", REFERENCE} <= set(rows.index):
        return [said]
    own, other = rows.loc["Black"], rows.loc[REFERENCE]
    if ratio_finding(own) in CLAIMED:
        return [said]
    counts = (own["denominator"], other["numerator"], other["denominator"])
    smallest = smallest_detectable_ratio(*counts, basis="stage").iloc[0]
    if other["numerator"] * WORTH_FINDING > other["denominator"]:
        years = None  # the share would exceed the whole
    else:
        years = years_needed(WORTH_FINDING, *counts, basis="stage").iloc[0]
    return [said, detectable_sentence(smallest, years)]


def all_tiers_sentence(found: Place, index: pd.DataFrame) -> Sentence:
    """Name the comparisons whose interval leaves out 1, out of all in the table."""
    rows = index[index["finding"] != "reference"]
    named = rows.assign(
        who=rows["ethnic_group"].map(children_of) + " in " + rows["tier"].str.lower() + " disposals"
    )
    return several_ratios_sentence(
        named, label="who", context=f"In the disposals of {_of(index)} in 2012/13"
    )


def _chart(index: pd.DataFrame, compared: pd.DataFrame) -> Chart:
    groups = [
        group for group in index["ethnic_group"].unique() if group in set(compared["ethnic_group"])
    ]
    drawn = index[index["ethnic_group"].isin(groups)]
    few = [
        children_of(group)
        for group in index["ethnic_group"].unique()
        if group not in {*groups, REFERENCE, "Unknown"}
    ]
    return ratio_forest(
        drawn[["tier", "ethnic_group", "value", "lower", "upper", "finding"]],
        label="ethnic_group",
        group_by="tier",
        title="How disposals were shared among the tiers, against White children",
        measure="ratio of the shares of a group's disposals at each tier",
        reference="White children",
        subtitle=f"{_of(index)}, April 2012 to March 2013; White children = 1",
        source=f"{cite(index)}; ratios are own analysis",
        name="disposals",
        note=f"Too few to compare at any tier: {listing(few)}." if few else "",
    )


def _tables(index: pd.DataFrame) -> list[Table]:
    """Give one table per tier, so that none is wider or longer than it need be."""
    return [
        Table(
            with_interval(rows).assign(share=rows["rate"] / 100),
            caption=f"{tier} disposals of {_of(index)}, April 2012 to March 2013",
            columns={
                "ethnic_group": "Ethnic group",
                "numerator": f"{tier}",
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
        for tier, rows in index.groupby("tier", sort=False)
    ]
