"""Where the area stands among authorities: beside what chance allows, and never by a bare rank."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Sentence,
    Table,
    dates,
    funnel_plot,
    funnel_sentence,
    numbers,
    rank_caterpillar,
    rank_sentence,
)
from youthjustice.presentation.words.area_rows import chance_words
from youthjustice.presentation.words.ranks import between
from youthjustice.published import Place, load, neighbours, place
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.common import cite, england_only
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.standing_figures import (
    entrants_funnel,
    entrants_latest,
    entrants_ranks,
    reoffending_cohorts,
    reoffending_ranks,
)

_TITLE, _ANCHOR = "Where the area stands among English authorities", "standing"
_ENTRANTS, _REOFFENDING = "rate of first-time entrants", "reoffending rate at ages 15 to 17"
_INFERRED = "numbers of children are inferred"
_SMALLEST = "every authority is taken at the smallest cohort that prints as its rate, an inference"


def standing(area: str) -> Section:
    """Show what chance allows an area of its size, and between which ranks it could stand."""
    found = place(area)
    if found.country != "England":
        return Section(_TITLE, _ANCHOR, (england_only(found, "rates by authority"),))
    told = [*_entrants(found), *_reoffending(found)]
    if not told:
        none = (
            f"The published tables have no rate for {found.name}, so it has no place among others."
        )
        return Section(_TITLE, _ANCHOR, (Sentence(none, kind="note"),))
    items: list[Displays] = [
        Sentence(
            "A position in a list of 150 authorities is mostly chance when numbers are small, so no "
            "rank is given alone. What can be said is what chance allows an area of its size, and "
            "between which ranks its numbers leave it.",
            kind="note",
        ),
        *told,
    ]
    return Section(_TITLE, _ANCHOR, tuple(items))


def _entrants(found: Place) -> list[Displays]:
    latest = entrants_latest()
    if found.name not in set(latest["area_name"]):
        return []
    period = dates.year_ending(latest["period_end"].iloc[0])
    shape, ranks = entrants_funnel(), entrants_ranks()
    source = cite(load("first_time_entrants_area"))
    near = neighbours(found.name)["neighbour_name"]
    chart = rank_caterpillar(
        ranks,
        focus=found.name,
        title=f"Where {found.name} could stand",
        measure=_ENTRANTS,
        period=period,
        source=f"{source}; intervals are own analysis",
        approximate=_INFERRED,
        name="standing-entrants-ranks",
    )
    return [
        Heading("First-time entrants"),
        funnel_sentence(
            shape,
            found.name,
            subject=f"the {_ENTRANTS} in {found.name}",
            unit="per 100,000",
            context=f"In the {period}",
            approximate=_INFERRED,
        ),
        rank_sentence(
            ranks,
            found.name,
            measure=_ENTRANTS,
            context=f"In the {period}",
            approximate=_INFERRED,
        ),
        funnel_plot(
            shape,
            focus=found.name,
            neighbours=[name for name in near if name in set(latest["area_name"])],
            title=f"{found.name} among English authorities, by size",
            measure="first-time entrants",
            unit=UNIT,
            period=period,
            source=f"{source}; limits are own analysis",
            size_name="Children aged 10 to 17",
            approximate=_INFERRED,
            name="standing-entrants",
        ),
        Folded("The ranks that every authority's numbers leave open", (chart,)),
    ]


def _reoffending(found: Place) -> list[Displays]:
    cohorts = reoffending_cohorts()
    last = str(cohorts["cohort"].max())
    if found.name not in set(cohorts.loc[cohorts["cohort"] == last, "area_name"]):
        return []
    claimed = _claimed(found, cohorts)
    every = reoffending_ranks(*(claimed or [last]))
    ranks = every[every["cohort"] == last]
    period = f"cohort labelled {last}"
    return [
        Heading("Reoffending at ages 15 to 17"),
        rank_sentence(
            ranks,
            found.name,
            measure=_REOFFENDING,
            context=f"In the {period}",
            approximate=_SMALLEST,
        ),
        rank_caterpillar(
            ranks,
            focus=found.name,
            title=f"Where {found.name} could stand on reoffending",
            measure=_REOFFENDING,
            period=period,
            source=f"{cite(load('reoffending_area'))}; intervals are own analysis",
            approximate=f"{_SMALLEST}, and larger cohorts would on the whole give narrower intervals",
            name="standing-reoffending-ranks",
        ),
        *(_claim(found.name, cohorts, every) if claimed else []),
    ]


def _claimed(found: Place, cohorts: pd.DataFrame) -> list[str]:
    """List the cohorts to set beside a council's claim about reoffending, if it is on record."""
    findings = load("inspection_findings", release="all")
    claims = findings[(findings["area_code"] == found.code) & (findings["kind"] == "claim")]
    own = cohorts.loc[cohorts["area_name"] == found.name, "cohort"].sort_values()
    if claims[claims["domain"] == "Reoffending"].empty or len(own) < 3:
        return []
    return [str(own.iloc[at]) for at in (0, -2, -1)]


def _claim(name: str, cohorts: pd.DataFrame, ranks: pd.DataFrame) -> list[Displays]:
    """Set the council's claim about reoffending beside what single cohorts allow."""
    printed = cohorts.loc[cohorts["area_name"] == name, ["cohort", "value"]]
    rows = (
        ranks[ranks["area_name"] == name]
        .merge(printed, on="cohort", suffixes=("", "_printed"))
        .sort_values("cohort")
    )
    return [
        Heading("The council's claim on reoffending: from among the highest to among the lowest"),
        Sentence(
            "The claim names neither the measure nor the years. It can be looked at for ages 15 to "
            "17 alone, where cohort sizes are not published: the ranks below are those that the "
            f"smallest cohorts leave open. {_verdict(name, rows)}"
        ),
        _claim_table(name, rows),
    ]


def _verdict(name: str, rows: pd.DataFrame) -> str:
    """Say of the first and the last cohort how likely the quarter that is claimed is."""
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"In the cohort labelled {first['cohort']} the chance that {name} was among the highest "
        f"quarter is {chance_words(first['highest_quarter'])}; in that labelled {last['cohort']} "
        f"the chance that it was among the lowest is {chance_words(last['lowest_quarter'])}."
    )


def _claim_table(name: str, rows: pd.DataFrame) -> Table:
    shown = rows.assign(
        could=[
            f"{between(row).removeprefix('from ')} of {numbers.count(row['areas'])}"
            for _, row in rows.iterrows()
        ],
        highest=rows["highest_quarter"].map(chance_words),
        lowest=rows["lowest_quarter"].map(chance_words),
        smallest=[
            f"{numbers.count(row['numerator'])} of {numbers.count(row['denominator'])}"
            for _, row in rows.iterrows()
        ],
    )
    return Table(
        shown,
        caption=f"Where {name} could stand by its {_REOFFENDING}, 1st the highest, with the "
        "chance of either quarter",
        columns={
            "cohort": "Cohort",
            "value_printed": "Rate",
            "smallest": "Smallest cohort that fits",
            "could": "Rank, 95% interval",
            "highest": "Highest quarter",
            "lowest": "Lowest quarter",
        },
        formats={
            "cohort": str,
            "value_printed": lambda value: numbers.percent(value, 2, scale=1),
        },
        align_right=("smallest", "could", "highest", "lowest"),
        source=f"{cite(load('reoffending_area'))}; cohorts and ranks are own analysis",
    )
