"""Ethnic disparity in England and Wales: parallel stages, each on its own base."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.measures.disparity.findings import UNKNOWN_GROUPS
from youthjustice.presentation import (
    Chart,
    Sentence,
    chance_sentence,
    parallel_reasons,
    parallel_sentence,
    ratio_forest,
    ratio_sentence,
    sentence_case,
    years_sentence,
)
from youthjustice.presentation.words.unknown_groups import (
    unknown_groups_sentence,
    with_unknown_bounds,
)
from youthjustice.published import place
from youthjustice.reports.citing import cite, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.disparity_figures import (
    REFERENCE,
    national_disposals,
    national_steps,
)
from youthjustice.reports.sections.national_figures import (
    CUSTODY,
    custody_agreement,
    custody_years,
    national_stages,
    on_basis,
    stage_origins,
)
from youthjustice.reports.sections.national_lineage import stages_traced, unknown_counts
from youthjustice.reports.sections.national_tables import (
    COUNTED,
    stage_table,
    whole_children_tables,
    whole_children_words,
)
from youthjustice.reports.sections.steps import steps_chart, steps_tables, steps_words
from youthjustice.reports.sections.wording import of_groups, span

NO_CAUSE = (
    "A disparity shows where to look. It does not say why: the figures here do not control for age, "
    "offence, earlier offences or anything else that differs between groups of children."
)
_MUCH = 5.0  # per cent of unknown ethnic group from which a sentence prints what they could do
_ENGLAND_AND_WALES = "England and Wales"
_DRAWN = ("Black", "Mixed")
BASES = {
    "population": "Out of all children: searches, arrests, cautions and sentences",
    "stage": "Out of those already at a stage: remand and custody",
}
"""What stands above the stages of each basis."""


def national(area: str) -> Section:
    """Set the England and Wales stages side by side, each on its own base, and multiply none.

    >>> national("Islington").title
    'Ethnic disparity in England and Wales, stage by stage'
    """
    place(area)
    return _national()


@once
def _national() -> Section:
    """Make the section, which is the same for every area."""
    index = national_stages()
    of_population, of_stage = (on_basis(index, basis) for basis in ("population", "stage"))
    items: list[Displays] = [
        traced(parallel_sentence(index.attrs["reasons"]), stage_origins(index)),
        Folded("Why each stage stands alone", parallel_reasons(index.attrs["reasons"])),
        stages_traced(
            chance_sentence(
                index, context=f"In {_ENGLAND_AND_WALES}", undone=undone_by_unknown(index)
            ),
            index,
            "chance_findings",
            "holm",
            shows_inputs=True,  # its inputs are those of the tables below
        ),
        unknown_sentence(index),
        Heading(BASES["population"]),
        *_black_children(of_population),
        Sentence(
            "A child may be searched or arrested several times; those intervals take each event as "
            "independent and are too narrow. Their base is the children of the census of March 2021.",
            kind="caution",
        ),
        stages_chart(
            of_population,
            title="Out of all children: rates against White children",
            measure="rate per child in the population",
            name="stages-population",
        ),
        Heading(BASES["stage"]),
        *_black_children(of_stage),
        custody_sentence(),
        stages_chart(
            of_stage,
            title="Out of those at a stage: shares against White children",
            measure="share of those at the stage",
            name="stages-stage",
            note="Remand is out of remand episodes; custody is out of children sentenced for "
            "indictable offences, three years pooled.",
        ),
        Heading("In numbers of children"),
        whole_children_words(index),
        Folded("Both numbers for every ethnic group", tuple(whole_children_tables(index))),
        Folded(
            "Counts and ratios of every stage and group",
            tuple(stage_table(rows) for _, rows in index.groupby("stage", sort=False)),
        ),
        *_steps(),
        Sentence(NO_CAUSE, kind="caution"),
    ]
    return Section("Ethnic disparity in England and Wales, stage by stage", "stages", tuple(items))


def undone_by_unknown(index: pd.DataFrame) -> int:
    """Count the findings that those of unknown ethnic group could undo."""
    return int((index["finding"] == UNKNOWN_GROUPS).sum())


def _black_children(index: pd.DataFrame) -> list[Sentence]:
    """Say the ratio of Black children at each stage, with what unknown ethnic groups could do."""
    return [_one(rows) for _, rows in index.groupby("stage", sort=False)]


def _one(rows: pd.DataFrame) -> Sentence:
    row = rows[rows["ethnic_group"] == "Black"].iloc[0]
    together = ", taken together" if row["stage"] == CUSTODY else ""
    said = ratio_sentence(
        row,
        group="Black",
        reference=REFERENCE,
        outcome=_outcome(row["stage"]),
        context=f"In {_ENGLAND_AND_WALES}, {span(row['period_start'], row['period_end'])}{together}",
    )
    if pd.notna(row["bound_lower"]) and row["unknown_percent"] > _MUCH:
        said = with_unknown_bounds(said, row["bound_lower"], row["bound_upper"])
    return stages_traced(said, rows, groups=("Black", REFERENCE))


def stages_chart(
    index: pd.DataFrame,
    *,
    title: str,
    measure: str,
    name: str,
    groups: Sequence[str] = _DRAWN,
    note: str = "",
) -> Chart:
    """Draw the ratios of some groups to White children at stages that have one kind of base."""
    drawn = index[index["ethnic_group"].isin(groups)]
    chart = ratio_forest(
        drawn.assign(stage=drawn["stage"].map(sentence_case)),
        label="ethnic_group",
        group_by="stage",
        title=title,
        measure=measure,
        reference="White children",
        subtitle=f"{_ENGLAND_AND_WALES}; each stage on its own base and period; White children = 1",
        source=f"{cite(index)}; ratios are own analysis",
        name=name,
        note=" ".join(filter(None, [note, "Those of unknown ethnic group are left out."])),
    )
    return stages_traced(chart, index, groups=(*groups, REFERENCE))


def custody_sentence() -> Sentence:
    """Show the single years behind the pooled custody ratio, and test whether they disagree."""
    years, tests = custody_years(), custody_agreement()
    test = tests[tests["ethnic_group"] == "Black"]
    black = years[years["ethnic_group"] == "Black"].sort_values("period_end")
    said = years_sentence(
        black.assign(year=black["period_end"].dt.strftime("%Y")),
        None if test.empty else test.iloc[0],
        subject="custody of Black children, single years ending in March",
    )
    counts = {
        f"{day:%Y}": of_groups(rows, "Black", REFERENCE)
        for day, rows in years.groupby("period_end")
    }
    by = ("relative_rate_index", "share_ratio", "same_ratio")
    index = national_stages()
    return traced(said, stage_origins(index[index["stage"] == CUSTODY]), *by, inputs=counts)


def unknown_sentence(index: pd.DataFrame) -> Sentence:
    """Say what part of each stage has no known ethnic group, and which findings hang on it."""
    parts = index.drop_duplicates("stage").dropna(subset=["unknown_percent"])
    shares = {
        COUNTED[str(stage)]: share
        for stage, share in parts.set_index("stage")["unknown_percent"].items()
    }
    undone = {
        str(stage): tuple(map(str, groups))
        for stage, groups in index[index["finding"] == UNKNOWN_GROUPS].groupby("stage", sort=False)[
            "ethnic_group"
        ]
    }
    said = unknown_groups_sentence(shares, undone)
    known = index[index["unknown_percent"].notna()]
    by = ("unknown_left", "unknown_bounds")
    return traced(said, stage_origins(known), *by, inputs=unknown_counts(known))


def _steps() -> list[Displays]:
    """Set the one case where steps do nest, and multiply, beside the parallel stages."""
    index = national_disposals()
    steps = national_steps()
    where = _ENGLAND_AND_WALES
    chart = steps_chart(steps, groups=[*_DRAWN], where=where, name="national-steps")
    return [
        Heading("Where the steps do multiply: disposals of 2012/13"),
        Sentence(
            "All tiers are disposals of one year, so each step is a part of the one before. Two "
            "services, Cardiff and Sefton, sent no data. One child may have several disposals, so "
            "the intervals are too narrow.",
            kind="note",
        ),
        steps_words(steps, index, context=f"In {where} in 2012/13"),
        *([chart] if chart else []),
        Folded("Counts and ratios of every step", tuple(steps_tables(steps, where=where))),
    ]


def _outcome(stage: str) -> str:
    return {
        "stop and search": "stop and search",
        "arrest": "arrests",
        "caution or sentence": "cautions or sentences",
        CUSTODY: "sentences to custody, among children sentenced",
        "remand to youth detention accommodation": "remands to youth detention, among remands",
    }.get(stage, stage)
