"""Ethnic disparity in the linked school cohort, with rounding to whole per cents allowed for."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Note,
    Sentence,
    Table,
    children_of,
    listing,
    numbers,
    ratio_forest,
    ratio_sentence,
    sentence_case,
    several_ratios_sentence,
)
from youthjustice.presentation.words.findings import CLAIMED, ratio_finding
from youthjustice.presentation.words.linked_cohort import linked_cohort_sentence
from youthjustice.published import Place, place
from youthjustice.reports.by_area import records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Section
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.linked_figures import linked_children, linked_cohort, unprinted
from youthjustice.reports.sections.wording import england_only, spans

_BY = ("rounded_shares", "share_ratio")
_WRITTEN = ("stage", "ethnic_group", "denominator", "pupils_all")
_READ = ["stage", "value", "lower", "upper", "p_value"]
_COMPARED = ["Asian", "Black", "Mixed", "Other"]
OUTCOMES = {
    "cautioned or sentenced": "cautions or sentences",
    "cautioned or sentenced for serious violence": "cautions or sentences for serious violence",
}


def linked(area: str) -> Section:
    """Compare shares of those cautioned or sentenced with shares of pupils, rounding allowed for.

    >>> print(linked("Islington").items[0])
    Of 8,490 pupils living in Islington who finished key stage 4 between 2012/13 and 2017/18, \
547 were cautioned or sentenced at ages 10 to 17. Shares by ethnic group are printed as whole \
per cents.
    """
    found = place(area)
    title, anchor = "Ethnic disparity in the linked school cohort", "linked-cohort"
    if found.country != "England":
        return Section(title, anchor, (england_only(found, "the linked school cohort"),))
    rows = linked_cohort(found)
    told = rows[rows["ethnic_group"].isin(_COMPARED)] if not rows.empty else rows
    if rows.empty or told["lower"].isna().all():
        none = Sentence(f"The linked cohort has no shares for {found.name}.", kind="note")
        return Section(title, anchor, (none,))
    whole = linked_children(found)
    listed = origins(rows)
    who = linked_cohort_sentence(found.name, whole["all pupils"], whole["cautioned or sentenced"])
    items: list[Displays] = [
        traced(who, listed),
        linked_sentence(found, told),
        *_others(told),
        *unprinted_words(rows),
        Note(
            "The comparisons share one reference group, and serious violence is part of all cautions "
            "and sentences, so they are not independent of one another.",
            "The bounds are the least and the greatest ratio of whole numbers of children that print "
            "as those per cents. The intervals go further: they are 95% intervals at these numbers, "
            "so they allow for rounding and for chance together.",
            title="How to read the bounds",
        ),
        traced(_chart(found, told), listed, *_BY, inputs=_shares(rows)),
        *_linked_tables(found, rows),
    ]
    return Section(title, anchor, tuple(items))


def _chart(found: Place, told: pd.DataFrame) -> Chart:
    return ratio_forest(
        told.dropna(subset=["lower"]).assign(
            outcome=lambda frame: frame["stage"].map(OUTCOMES).map(sentence_case)
        )[["outcome", "ethnic_group", "value", "lower", "upper"]],
        label="ethnic_group",
        group_by="outcome",
        title="Share of those cautioned or sentenced against share of pupils",
        measure="share of those with the outcome against share of pupils",
        reference="White children",
        subtitle=f"{found.name}, by home address, White children = 1",
        source=f"{cite(told)}; ratios are own analysis",
        name="linked-cohort",
        note="Intervals allow for rounding and chance together.",
    )


def _others(told: pd.DataFrame) -> list[Sentence]:
    """Say of Black children what the sentence on all comparisons leaves unsaid."""
    rows = records(told.loc[told["ethnic_group"] == "Black", _READ])
    listed = origins(told)
    return [
        traced(
            ratio_sentence(row, group="Black", reference=REFERENCE, outcome=OUTCOMES[row["stage"]]),
            listed,
            *_BY,
            inputs=_shares(told[told["stage"] == row["stage"]], "Black"),
        )
        for row in rows
        if pd.notna(row["lower"]) and ratio_finding(row) not in CLAIMED
    ]


def unprinted_words(rows: pd.DataFrame) -> list[Sentence]:
    """Say of which groups a per cent cannot be a whole number of children, if there are any.

    >>> print(*unprinted_words(pd.DataFrame({"ethnic_group": ["Asian", "Black"], "share": [33, 30],
    ...     "denominator": 20, "pupils": 8, "pupils_all": 8490})))
    Caution: No whole number of children prints as a per cent given for Asian children: it may be out \
of another number than the one published. The bounds go to the ends of that per cent.
    """
    groups = unprinted(rows)["ethnic_group"].unique()
    if not len(groups):
        return []
    named = listing([children_of(str(group)) for group in groups])
    text = (
        f"No whole number of children prints as a per cent given for {named}: it may be out of "
        "another number than the one published. The bounds go to the ends of that per cent."
    )
    return [Sentence(text, kind="caution")]


def _shares(rows: pd.DataFrame, *groups: str) -> dict[str, str]:
    """Write the printed shares that groups were compared by, beside those of White children."""
    needed = ("share", "pupils", "share_reference", "pupils_reference")
    told: dict[str, list[str]] = {}
    white: dict[str, str] = {}
    for row in records(rows[[*_WRITTEN, *needed]]):
        if (
            row["ethnic_group"] not in (groups or _COMPARED)
            or pd.isna([*map(row.get, needed)]).any()
        ):
            continue
        what = (
            f"{OUTCOMES[row['stage']]}, of {numbers.count(row['denominator'])} and of "
            f"{numbers.count(row['pupils_all'])} pupils"
        )
        told.setdefault(what, []).append(_beside(row["ethnic_group"], row["share"], row["pupils"]))
        white[what] = _beside(REFERENCE, row["share_reference"], row["pupils_reference"])
    return {what: ", ".join([*each, white[what]]) for what, each in told.items()}


def _beside(group: str, share: float, pupils: float) -> str:
    return f"{group} {_whole(share)} and {_whole(pupils)}"


def _whole(share: float) -> str:
    return numbers.percent(share, 0, scale=1)


def linked_sentence(found: Place, rows: pd.DataFrame, *, brief: bool = False) -> Sentence:
    """Name the groups over- or under-represented in the linked cohort, out of all compared."""
    told = rows[rows["ethnic_group"].isin(_COMPARED)]
    named = told.assign(
        who=told["ethnic_group"].map(children_of) + " in " + told["stage"].map(OUTCOMES)
    )
    said = several_ratios_sentence(
        named,
        label="who",
        context=f"Among pupils living in {found.name} who finished key stage 4 in 2013 to 2018",
        brief=brief,
    )
    by = (*_BY, "holm", *([] if brief else ["chance_findings"]))
    return traced(said, origins(rows), *by, inputs=_shares(rows))


def _linked_tables(found: Place, rows: pd.DataFrame) -> list[Table]:
    """Give one table per outcome; a share that is withheld keeps its own symbol."""
    shown = rows.assign(
        ratio=rows["value"],
        bounds=spans(rows["lowest"], rows["highest"], numbers.ratio).where(rows["value"].notna()),
        interval=spans(rows["lower"], rows["upper"], numbers.ratio, 1.0),
        share_symbol=rows["symbol"],
        symbol="z",
    )
    tables = [
        Table(
            part,
            caption=f"{sentence_case(str(outcome))}: shares by ethnic group in {found.name}, by home "
            "address",
            columns={
                "ethnic_group": "Ethnic group",
                "share": "Share of outcome",
                "pupils": "Share of pupils",
                "ratio": "Ratio to White",
                "bounds": "Rounding bounds",
                "interval": "95% interval with rounding",
            },
            formats={
                "share": _whole,
                "pupils": _whole,
                "ratio": numbers.ratio,
            },
            align_right=("bounds", "interval"),
            behind={
                "ratio": Behind("ratio", "lower", "upper", "ratio"),
                "bounds": Behind("", "lowest", "highest", "ratio"),
                "interval": Behind("", "lower", "upper", "ratio"),
            },
            note="0% is less than half a per cent, or none. No ratio is given for Unknown, where "
            "fewer than 5 children are implied, or where the share of pupils is 0%.",
            source=f"{cite(rows)}; ratios are own analysis",
        )
        for outcome, part in shown.groupby("stage", sort=False)
    ]
    listed = origins(rows)
    return [traced(table, listed, *_BY) for table in tables]
