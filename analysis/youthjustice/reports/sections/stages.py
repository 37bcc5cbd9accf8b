"""Ethnic disparity in England and Wales: parallel stages, each on its own base."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Sentence,
    Table,
    children_of,
    listing,
    numbers,
    ratio_forest,
    ratio_sentence,
    sentence_case,
)
from youthjustice.published import place
from youthjustice.reports.section import Displays, Folded, Section
from youthjustice.reports.sections.common import cite, spans, with_interval
from youthjustice.reports.sections.disparity_figures import (
    DEPENDS,
    REFERENCE,
    custody_years,
    national_stages,
    unknown_shares,
)

COUNTED = {
    "stop and search": "searches",
    "arrest": "arrests",
    "caution or sentence": "children cautioned or sentenced",
    "remand to youth detention accommodation": "remands to youth detention",
    "sentence to custody": "children sentenced to custody",
}
NO_CAUSE = (
    "A disparity shows where to look. It does not say why: the figures here do not control for age, "
    "offence, earlier offences or anything else that differs between groups of children."
)


def national(area: str) -> Section:
    """Set the England and Wales stages side by side, each on its own base, and multiply none."""
    place(area)
    index = national_stages()
    black = index[index["ethnic_group"] == "Black"]
    drawn = index[index["ethnic_group"].isin(["Black", "Mixed"])]
    periods = {
        row.stage: f"{row.period_start:%B %Y} to {row.period_end:%B %Y}"
        for row in black.itertuples()
    }
    items: list[Displays] = [
        Sentence(
            "The stages below are parallel and must not be multiplied. Searches and arrests are "
            "events, cautioned or sentenced are children, remands are episodes that branch off "
            "before sentence, and custody is of children sentenced for indictable offences; their "
            "latest periods differ.",
            kind="caution",
        ),
        *(_black_children(row, periods[row["stage"]]) for _, row in black.iterrows()),
        custody_sentence(),
        Sentence(unknown_sentence(index), kind="caution"),
        Sentence(
            "A child may be searched or arrested several times; those intervals take each event as "
            "independent and are too narrow. Their base is the children of the census of March 2021.",
            kind="caution",
        ),
        ratio_forest(
            drawn[["stage", "ethnic_group", "value", "lower", "upper", "finding"]].assign(
                stage=lambda frame: frame["stage"].map(sentence_case)
            ),
            label="ethnic_group",
            group_by="stage",
            title="Black children and those from the Mixed ethnic group, stage by stage",
            measure="rate of each stage",
            reference="White children",
            subtitle="England and Wales; each stage on its own base and period; White children = 1",
            source=f"{cite(index)}; ratios are own analysis",
            name="stages",
            note="Searches, arrests and cautions or sentences are per child in the population; "
            "remand is per remand episode and custody per child sentenced, three years pooled. "
            "Children of unknown ethnic group are left out; see the caution above.",
        ),
        Folded(
            "Counts and ratios of every stage and group",
            tuple(
                _stage_table(rows, periods[str(stage)])
                for stage, rows in index.groupby("stage", sort=False)
            ),
        ),
        Sentence(NO_CAUSE, kind="caution"),
    ]
    return Section("Ethnic disparity in England and Wales, stage by stage", "stages", tuple(items))


def _black_children(row: pd.Series, span: str) -> Sentence:
    """Say the ratio of Black children at one stage, with what unknown ethnic groups could do."""
    pooled = ", taken together" if row["stage"] == "sentence to custody" else ""
    said = ratio_sentence(
        row,
        group="Black",
        reference=REFERENCE,
        outcome=_outcome(row["stage"]),
        context=f"In England and Wales, {span}{pooled}",
    )
    if pd.isna(row["bound_lower"]):
        return said
    bounds = (
        f"{numbers.ratio(row['bound_lower'], apart_from=1.0)} to "
        f"{numbers.ratio(row['bound_upper'], apart_from=1.0)}"
    )
    return Sentence(
        f"{said.text.rstrip('.')}; with every child of unknown ethnic group counted on one side or "
        f"the other it would be {bounds}.",
        kind=said.kind,
    )


def custody_sentence() -> Sentence:
    """Show the single years behind the pooled custody ratio, since they swing."""
    years = custody_years()
    black = years[years["ethnic_group"] == "Black"].sort_values("period_end")
    told = [
        f"{row.period_end:%Y} {numbers.ratio(row.value)} "
        f"({numbers.ratio(row.lower, apart_from=1.0)} to {numbers.ratio(row.upper, apart_from=1.0)})"
        for row in black.itertuples()
    ]
    apart = black["lower"].max() > black["upper"].min()
    swing = (
        "They differ by more than their intervals allow, so the pooled interval is too narrow for "
        "what a next year may bring."
        if apart
        else "Their intervals overlap."
    )
    return Sentence(
        f"Custody, single years ending in March, ratio with 95% confidence interval: "
        f"{listing(told)}. {swing}",
        kind="caution",
    )


def unknown_sentence(index: pd.DataFrame) -> str:
    """Say what part of each stage has no known ethnic group, and which findings hang on it."""
    shares = [
        f"{numbers.percent(row.share, 1)} of {COUNTED[str(row.stage)]}"
        for row in unknown_shares().itertuples()
    ]
    hanging = index[index["finding"] == DEPENDS]
    named = [f"{children_of(str(row.ethnic_group))} ({row.stage})" for row in hanging.itertuples()]
    depends = (
        f" Were all of them in one group or the other, the ratios of {listing(named)} could lie on "
        "either side of 1, so nothing is claimed of those."
        if named
        else ""
    )
    return (
        f"Ethnic group is not known for about {listing(shares)}; for sentences to custody it is not "
        "published. For searches and arrests that is a remainder between two publications. These "
        f"children are left out of every ratio.{depends}"
    )


def _stage_table(rows: pd.DataFrame, span: str) -> Table:
    one = rows.iloc[0]
    per = "100,000" if one["denominator_basis"] == "population" else "100"
    columns = {
        "ethnic_group": "Ethnic group",
        "numerator": "Count",
        "denominator": "Base",
        "rate": "Rate",
        "ratio": "Ratio to White",
        "interval": "95% interval",
    }
    if rows["bound_lower"].notna().any():
        columns["bounds"] = "With unknown on one side"
    return Table(
        with_interval(rows).assign(
            bounds=spans(rows["bound_lower"], rows["bound_upper"], numbers.ratio, 1.0)
        ),
        caption=f"{sentence_case(str(one['stage']))}, {span}: {COUNTED[one['stage']]} per {per} "
        f"{one['denominator_unit']}",
        columns={**columns, "finding": "What it allows"},
        formats={"ratio": numbers.ratio, "rate": numbers.rate},
        align_right=("interval", "bounds"),
    )


def _outcome(stage: str) -> str:
    return {
        "stop and search": "stop and search",
        "arrest": "arrests",
        "caution or sentence": "cautions or sentences",
        "sentence to custody": "sentences to custody, among children sentenced",
        "remand to youth detention accommodation": "remands to youth detention, among remands",
    }.get(stage, stage)
