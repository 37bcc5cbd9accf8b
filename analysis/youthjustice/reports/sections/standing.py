"""Where the area stands among authorities: beside what chance allows, and never by a bare rank."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Behind,
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
from youthjustice.presentation.words.claimed_quarters import claimed_quarters_sentence
from youthjustice.presentation.words.ranks import between
from youthjustice.published import Place, load, neighbours, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.standing_figures import (
    entrants_funnel,
    entrants_latest,
    entrants_ranks,
    releases_so_far,
    reoffending_cohorts,
    reoffending_ranks,
    standing_in,
)
from youthjustice.reports.sections.wording import about, england_only, of

_TITLE, _ANCHOR = "Where the area stands among English authorities", "standing"
_ENTRANTS, _REOFFENDING = "rate of first-time entrants", "reoffending rate at ages 15 to 17"
_INFERRED = "numbers of children are inferred"
_LIMITS = ("implied_count", "rate_limits", "funnel")
_RANKED = ("implied_count", "shrinkage", "ranks")
_RANKED_ALONE = ("smallest_cohort", "ranks")  # each by what it prints, and by nothing in common
_SMALLEST = "every authority is taken at the smallest cohort that prints as its rate, an inference"


def standing(area: str) -> Section:
    """Show what chance allows an area of its size, and between which ranks it could stand.

    >>> print(standing("Islington").items[0])
    A position in a list of authorities is mostly chance when numbers are small, so no rank \
is given alone. What can be said is what chance allows an area of its size, and between which \
ranks its numbers leave it.
    """
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
            "A position in a list of authorities is mostly chance when numbers are small, so no "
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
    listed = origins(latest)
    own = latest.loc[latest["area_name"] == found.name, ["numerator", "denominator"]].iloc[0]
    counts = {found.name: about(*own), "authorities": numbers.count(len(latest))}
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
    lies = funnel_sentence(
        shape,
        found.name,
        subject=f"the {_ENTRANTS} in {found.name}",
        unit="per 100,000",
        context=f"In the {period}",
        approximate=_INFERRED,
    )
    stands = rank_sentence(
        ranks,
        found.name,
        measure=_ENTRANTS,
        context=f"In the {period}",
        approximate=_INFERRED,
    )
    by_size = funnel_plot(
        shape,
        focus=found.name,
        neighbours=[name for name in near if name in set(latest["area_name"])],
        neighbours_are="its statistical neighbours",
        title=f"{found.name} among English authorities, by size",
        measure="first-time entrants",
        unit=UNIT,
        period=period,
        source=f"{source}; limits are own analysis",
        size_name="Children aged 10 to 17",
        approximate=_INFERRED,
        name="standing-entrants",
    )
    return [
        Heading("First-time entrants"),
        traced(lies, listed, *_LIMITS, inputs=counts),
        traced(stands, listed, *_RANKED, inputs=counts),
        traced(by_size, listed, *_LIMITS, inputs=counts),
        Folded(
            "The ranks that every authority's numbers leave open",
            (traced(chart, listed, *_RANKED, inputs=counts),),
        ),
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
    listed = origins(cohorts)
    stands = rank_sentence(
        ranks,
        found.name,
        measure=_REOFFENDING,
        context=f"In the {period}",
        approximate=_SMALLEST,
    )
    chart = rank_caterpillar(
        ranks,
        focus=found.name,
        title=f"Where {found.name} could stand on reoffending",
        measure=_REOFFENDING,
        period=period,
        source=f"{cite(load('reoffending_area'))}; intervals are own analysis",
        approximate=f"{_SMALLEST}, and larger cohorts would on the whole give narrower intervals",
        name="standing-reoffending-ranks",
    )
    counts = _smallest(found.name, ranks) | {"authorities": numbers.count(len(ranks))}
    return [
        Heading("Reoffending at ages 15 to 17"),
        traced(stands, listed, *_RANKED_ALONE, inputs=counts),
        traced(chart, listed, *_RANKED_ALONE, inputs=counts),
        *(_claim(found, cohorts, every) if claimed else []),
    ]


def _smallest(name: str, ranks: pd.DataFrame) -> dict[str, str]:
    """Write the smallest cohorts by which an area is ranked."""
    own = ranks.loc[ranks["area_name"] == name, ["cohort", "numerator", "denominator"]]
    return {
        f"{name}, cohort labelled {cohort}": f"smallest {of(x, n)}"
        for cohort, x, n in own.itertuples(index=False)
    }


def _claimed(found: Place, cohorts: pd.DataFrame) -> list[str]:
    """List the cohorts to set beside a council's claim about reoffending, if it is on record."""
    findings = load("inspection_findings", release="all")
    claims = findings[(findings["area_code"] == found.code) & (findings["kind"] == "claim")]
    own = cohorts.loc[cohorts["area_name"] == found.name, "cohort"].sort_values()
    if claims[claims["domain"] == "Reoffending"].empty or len(own) < 3:
        return []
    return [str(own.iloc[at]) for at in (0, -2, -1)]


def _claim(found: Place, cohorts: pd.DataFrame, ranks: pd.DataFrame) -> list[Displays]:
    """Set the council's claim about reoffending beside what single cohorts allow."""
    name = found.name
    printed = cohorts.loc[cohorts["area_name"] == name, ["cohort", "value"]]
    rows = (
        ranks[ranks["area_name"] == name]
        .merge(printed, on="cohort", suffixes=("", "_printed"))
        .sort_values("cohort")
    )
    said = claimed_quarters_sentence(name, rows.iloc[0], rows.iloc[-1])
    listed = origins(cohorts)
    return [
        Heading("The council's claim on reoffending: from among the highest to among the lowest"),
        traced(said, listed, *_RANKED_ALONE, inputs=_smallest(name, rows)),
        traced(_claim_table(name, rows), listed, *_RANKED_ALONE),
        *_otherwise(found, str(rows["cohort"].iloc[0])),
    ]


def _otherwise(found: Place, label: str) -> list[Sentence]:
    """Give the place of the first cohort in every earlier release, where the claim may fare otherwise."""
    said = []
    for release in releases_so_far()[1:]:
        there = standing_in(found, release.name, [label])
        if there is None:
            continue
        row = there.iloc[0]
        text = (
            f"The release of {dates.month_year(pd.Timestamp(release.release_date))} prints "
            f"{numbers.percent(row['value'], 2, scale=1)} for the cohort labelled {label}, "
            f"where it could stand {between(row)} of {row['of']}: the chance of the highest quarter is "
            f"{chance_words(row['highest_quarter'])}. One label may stand for other cohorts in another "
            "release, so what becomes of the claim hangs on which is taken."
        )
        cited = origins(reoffending_cohorts(release.name))
        said.append(traced(Sentence(text, kind="caution"), cited, *_RANKED_ALONE))
    return said


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
        behind={
            "could": Behind("", "rank_lower", "rank_upper", "rank, 1 the highest"),
            "highest": Behind("highest_quarter"),
            "lowest": Behind("lowest_quarter"),
        },
        source=f"{cite(load('reoffending_area'))}; cohorts and ranks are own analysis",
    )
