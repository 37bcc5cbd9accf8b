"""The ethnic pathway: a relative rate index at each decision stage, every group, each on its base."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.presentation import (
    Sentence,
    chance_sentence,
    parallel_reasons,
    parallel_sentence,
    several_ratios_sentence,
)
from youthjustice.presentation.words.phrases import children_of
from youthjustice.reports.citing import traced
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.national_figures import (
    CUSTODY,
    custody_agreement,
    national_stages,
    on_basis,
    stage_origins,
)
from youthjustice.reports.sections.national_lineage import stages_traced
from youthjustice.reports.sections.national_tables import stage_table
from youthjustice.reports.sections.stages import (
    BASES,
    NO_CAUSE,
    custody_sentence,
    stages_chart,
    undone_by_unknown,
    unknown_sentence,
)

_WHERE = "England and Wales"
_LEVEL = 0.05
_GROUPS = ("Asian", "Black", "Mixed", "Other")


def ethnic_pathway(pooled_years: int = 3, groups: Sequence[str] = _GROUPS) -> Section:
    """Compare every ethnic group with White children at each decision stage.

    ``pooled_years`` is how many years of custody are taken together.

    >>> print(ethnic_pathway().items[2])
    In England and Wales, of 20 comparisons, chance alone would be expected to give about 1.0 findings \
at the 5% level; 19 were found, and 18 of them still stand after Holm's correction. Those of unknown \
ethnic group, not allowed for here, could undo 8 of them.
    """
    index = national_stages(pooled_years)
    items: list[Displays] = [
        traced(parallel_sentence(index.attrs["reasons"]), stage_origins(index)),
        Folded("Why each stage stands alone", parallel_reasons(index.attrs["reasons"])),
        stages_traced(
            chance_sentence(index, context=f"In {_WHERE}", undone=undone_by_unknown(index)),
            index, "chance_findings", "holm", shows_inputs=True,
        ),
        _several(index, groups),
        unknown_sentence(index),
    ]  # fmt: skip
    for basis, heading in BASES.items():
        chart = stages_chart(
            on_basis(index, basis),
            title=heading.split(":")[0] + ": ratios to White children",
            measure="relative rate index",
            name=f"pathway-{basis}",
            groups=groups,
        )
        items += [Heading(heading), chart]
    items += [
        custody_sentence(),
        Folded(
            "Counts and ratios of every stage and group",
            tuple(stage_table(rows) for _, rows in index.groupby("stage", sort=False)),
        ),
        Sentence(
            "A child may be searched, arrested or remanded several times; those intervals take each "
            f"event as independent and are too narrow. {NO_CAUSE}",
            kind="caution",
        ),
    ]
    return Section("The ethnic pathway, stage by stage", "ethnic-pathway", tuple(items))


def _several(index: pd.DataFrame, groups: Sequence[str]) -> Sentence:
    """Name who is over- or under-represented where, out of all comparisons."""
    told = index[index["ethnic_group"].isin(groups)]
    said_of = told["stage"] + _cautions(told)
    named = told.assign(who=told["ethnic_group"].map(children_of) + ", " + said_of)
    said = several_ratios_sentence(named, label="who", context=f"In {_WHERE}")
    return stages_traced(said, told, "chance_findings", "holm", shows_inputs=True)


def _cautions(told: pd.DataFrame) -> pd.Series:
    """Say behind a ratio that its unknown part is not published, and that its years disagree."""
    tests = custody_agreement()
    apart = set(tests.loc[tests["p_value"] < _LEVEL, "ethnic_group"])
    disagree = (told["stage"] == CUSTODY) & told["ethnic_group"].isin(apart)
    unknown = told["unknown_percent"].isna()
    return (
        pd.Series("", index=told.index)
        .mask(unknown, " (unknown not published)")
        .mask(unknown & disagree, " (unknown not published, and the years disagree)")
    )
