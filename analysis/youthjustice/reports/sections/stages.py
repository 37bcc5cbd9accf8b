"""Ethnic disparity in England and Wales: parallel stages, each on its own base."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Sentence,
    Table,
    listing,
    numbers,
    ratio_forest,
    ratio_sentence,
    sentence_case,
)
from youthjustice.published import place
from youthjustice.reports.section import Displays, Folded, Section
from youthjustice.reports.sections.common import cite, with_interval
from youthjustice.reports.sections.disparity_figures import (
    REFERENCE,
    national_stages,
    unknown_shares,
)

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
    spans = {
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
        *(
            ratio_sentence(
                row,
                group="Black",
                reference=REFERENCE,
                outcome=_outcome(row["stage"]),
                context=f"In England and Wales, {spans[row['stage']]}",
            )
            for _, row in black.iterrows()
        ),
        Sentence(unknown_sentence(), kind="caution"),
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
            "remand and custody are per decision. Custody pools three years.",
        ),
        Folded(
            "Counts and ratios of every stage and group",
            tuple(
                _stage_table(rows, spans[str(stage)])
                for stage, rows in index.groupby("stage", sort=False)
            ),
        ),
        Sentence(NO_CAUSE, kind="caution"),
    ]
    return Section("Ethnic disparity in England and Wales, stage by stage", "stages", tuple(items))


def unknown_sentence() -> str:
    """Say what share of each stage has no known ethnic group, where a total is published."""
    shares = [
        f"{numbers.percent(row.share, 0)} of {row.unit}" for row in unknown_shares().itertuples()
    ]
    return (
        f"Ethnic group is not known for about {listing(shares)}. They are left out of every ratio, "
        "so a ratio holds for children of known ethnic group."
    )


def _stage_table(rows: pd.DataFrame, span: str) -> Table:
    one = rows.iloc[0]
    shown = with_interval(rows)
    return Table(
        shown,
        caption=f"{sentence_case(str(one['stage']))}, {span}: {one['unit']} per "
        f"{'100,000 ' if one['denominator_basis'] == 'population' else '100 '}"
        f"{one['denominator_unit']}",
        columns={
            "ethnic_group": "Ethnic group",
            "numerator": "Count",
            "denominator": "Base",
            "rate": "Rate",
            "ratio": "Ratio to White",
            "interval": "95% interval",
            "finding": "What it allows",
        },
        formats={"ratio": numbers.ratio, "rate": numbers.rate},
        align_right=("interval",),
    )


def _outcome(stage: str) -> str:
    return {
        "stop and search": "stop and search",
        "arrest": "arrests",
        "caution or sentence": "cautions or sentences",
        "sentence to custody": "sentences to custody, among children sentenced",
        "remand to youth detention accommodation": "remands to youth detention, among remands",
    }.get(stage, stage)
