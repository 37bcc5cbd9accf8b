"""Ethnic disparity in the local disposals of 2012/13, the last year published by area."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import smallest_detectable_ratio, years_needed
from youthjustice.measures.disparity.findings import OVER, UNDER
from youthjustice.presentation import (
    Behind,
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
from youthjustice.presentation.lineage import Publication
from youthjustice.presentation.words.findings import CLAIMED, ratio_finding
from youthjustice.presentation.words.local_disposals import (
    custodial_counts_sentence,
    disposals_sentence,
    moved_base_sentence,
)
from youthjustice.published import Place, load, place
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.disparity_figures import (
    ENGLAND_AND_WALES_CODE,
    REFERENCE,
    disposal_steps,
    disposals,
)
from youthjustice.reports.sections.steps import counts_by, steps_chart, steps_tables, steps_words
from youthjustice.reports.sections.wording import of, with_interval

WORTH_FINDING = 1.5  # a ratio that a manager would want to know of
# Each group is judged by its own interval; the sentence above the tables counts them all.
_ALONE = {OVER: "above 1", UNDER: "below 1"}
_ADVERSE = {
    "Pre-court": "Below 1 is the adverse side for a child: a lower share of pre-court disposals "
    "means that a larger share went to court."
}
_TITLE, _ANCHOR = "Ethnic disparity in disposals, 2012/13", "disposals"
_READ = ["ethnic_group", "numerator", "denominator", "value", "lower", "upper", "finding"]
_RATIO = ("relative_rate_index", "share_ratio")
# Shares of ethnic groups at ages 10 to 17 in England and Wales, 2011 and 2021, in per cent.
_BLACK, _WHITE = (4, 5.92), (82, 73.9)
_CENSUS_2011 = Publication(
    "Office for National Statistics", "Census 2011: ethnic group by age, England and Wales"
)


def local_disposals(area: str) -> Section:
    """Compare how groups' disposals were shared among the tiers, 2012/13, with intervals.

    >>> print(local_disposals("Islington").items[2])
    In Islington, in 2012/13, no evidence of a difference between Black children and White \
children in custody given a disposal: the ratio of the two rates was 0.95 (95% confidence \
interval 0.40 to 2.27); of 114 disposals of Black children 8 were custodial, of 136 disposals of \
White children 10.
    """
    found = place(area)
    index = disposals(found)
    if index.empty or index["numerator"].isna().all():
        none = Sentence(
            f"The table of 2012/13 has no disposals by ethnic group for {found.name}.", kind="note"
        )
        return Section(_TITLE, _ANCHOR, (none,))
    totals = dict(zip(index["ethnic_group"], index["denominator"], strict=True))
    known = {str(group): total for group, total in totals.items() if pd.notna(total)}
    compared = index[index["value"].notna() & (index["finding"] != "reference")]
    listed = origins(index)
    said = disposals_sentence(
        sum(known.values()),
        totals.get("Unknown", 0),
        area=found.name,
        whose="" if index.attrs["own"] else str(index.attrs["whose"]),
    )
    each = {group: numbers.count(total) for group, total in known.items()}
    items: list[Displays] = [
        traced(said, listed, "total", inputs=each),
        Sentence(
            "Disposals are not children: one child may have several. The intervals take disposals "
            "as independent and so are too narrow.",
            kind="caution",
        ),
        *_custody(found, index),
        all_tiers_sentence(index),
    ]
    if not compared.empty:
        items += [
            Sentence(
                "A lower share of pre-court disposals means that a larger share went to court: there "
                "the low side of a ratio is the adverse one for a child.",
                kind="note",
            ),
            traced(_chart(index, compared), listed, *_RATIO, inputs=_by_tier(index)),
        ]
    steps = disposal_steps(found)
    chart = steps_chart(steps, groups=["Black"], where=_of(index), name="disposal-steps")
    items += [
        Heading("Step by step to custody"),
        steps_words(steps, index, context=f"In {_of(index)}, in 2012/13"),
        *([chart] if chart else []),
        Folded("Counts and ratios of every step", tuple(steps_tables(steps, where=_of(index)))),
        Folded("Counts and ratios of every tier and group", tuple(_tables(index))),
        _moved_base(),
    ]
    return Section(_TITLE, _ANCHOR, tuple(items))


@once
def _moved_base() -> Sentence:
    """Say how far the base itself moved between two censuses."""
    table = load("population_ethnicity_area")
    now = table[table["area_code"] == ENGLAND_AND_WALES_CODE].set_index("ethnic_group")["value"]
    counts = {f"{group}, 2021": of(now[group], now["All"]) for group in ("Black", REFERENCE)}
    both = (_CENSUS_2011, *origins("population_ethnicity_area"))
    said = moved_base_sentence(_BLACK, _WHITE)
    return traced(said, both, "share", "ratio_of_ratios", inputs=counts)


def _of(index: pd.DataFrame) -> str:
    """Name whose disposals these are: the area's own, or those of a service that holds it."""
    whose = str(index.attrs["whose"])
    return whose if index.attrs["own"] else f"the youth justice service of {whose}"


def disposals_custody_sentence(found: Place, index: pd.DataFrame) -> Sentence:
    """Say what the ratio of custody given a disposal allows, Black against White children."""
    rows = _custodial(index)
    if not {"Black", REFERENCE} <= set(rows):
        return Sentence(
            f"There are no custodial disposals to compare in {found.name}.", kind="note"
        )
    own, other = rows["Black"], rows[REFERENCE]
    context = f"In {_of(index)}, in 2012/13"
    said = None
    if pd.notna(own["value"]):
        said = ratio_sentence(
            own,
            group="Black",
            reference=REFERENCE,
            outcome="custody given a disposal",
            context=context,
        )
    whole = custodial_counts_sentence(said, own, other, context=context)
    return traced(whole, origins(index), *(_RATIO if said else ()), inputs=_counted(index))


def _custodial(index: pd.DataFrame) -> dict[str, Row]:
    """Give what is known of custody, by ethnic group."""
    rows = records(index.loc[index["tier"] == "Custody", _READ])
    return {str(row["ethnic_group"]): row for row in rows}


def _counted(index: pd.DataFrame) -> dict[str, str]:
    """Write the counts that custody is compared by."""
    told = counts_by("tier", index, "Black", REFERENCE)
    return {"custodial disposals": told.get("Custody", "")}


def _by_tier(index: pd.DataFrame) -> dict[str, str]:
    """Write what every group was compared by at each tier."""
    known = index[index["ethnic_group"] != "Unknown"]
    return counts_by("tier", known)


def _custody(found: Place, index: pd.DataFrame) -> list[Sentence]:
    """Say what the area's own custody figure allows and, where nothing, what it could have shown."""
    said = disposals_custody_sentence(found, index)
    rows = _custodial(index)
    if not {"Black", REFERENCE} <= set(rows):
        return [said]
    own, other = rows["Black"], rows[REFERENCE]
    if ratio_finding(own) in CLAIMED:
        return [said]
    counts = (own["denominator"], other["numerator"], other["denominator"])
    smallest = smallest_detectable_ratio(*counts, basis="stage").iloc[0]
    if other["numerator"] * WORTH_FINDING > other["denominator"]:
        years = None  # the share would exceed the whole
    else:
        years = years_needed(WORTH_FINDING, *counts, basis="stage").iloc[0]
    could = detectable_sentence(smallest, years)
    return [said, traced(could, origins(index), "detectable", inputs=_counted(index))]


def all_tiers_sentence(index: pd.DataFrame) -> Sentence:
    """Name the comparisons whose interval leaves out 1, out of all in the table."""
    rows = index[index["finding"] != "reference"]
    named = rows.assign(
        who=rows["ethnic_group"].map(children_of) + " in " + rows["tier"].str.lower() + " disposals"
    )
    said = several_ratios_sentence(
        named, label="who", context=f"In the disposals of {_of(index)} in 2012/13"
    )
    by = (*_RATIO, "holm", "chance_findings")
    return traced(said, origins(index), *by, inputs=_by_tier(index))


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
    shown = with_interval(index).assign(
        share=index["rate"] / 100, finding=index["finding"].replace(_ALONE)
    )
    tables = [
        Table(
            rows,
            caption=f"{tier} disposals of {_of(index)}, April 2012 to March 2013",
            columns={
                "ethnic_group": "Ethnic group",
                "numerator": f"{tier}",
                "denominator": "All disposals",
                "share": "Share",
                "ratio": "Ratio to White",
                "interval": "95% interval",
                "finding": "What it allows, taken alone",
            },
            formats={"share": numbers.percent, "ratio": numbers.ratio},
            align_right=("interval",),
            behind={
                "ratio": Behind("ratio", "lower", "upper", "ratio"),
                "interval": Behind("", "lower", "upper", "ratio"),
            },
            note=_ADVERSE.get(str(tier), ""),
            source=f"{cite(index)}; ratios are own analysis",
        )
        for tier, rows in shown.groupby("tier", sort=False)
    ]
    listed = origins(index)
    return [traced(table, listed, "share", *_RATIO) for table in tables]
