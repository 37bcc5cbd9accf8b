"""The four small charts of the first screen, each with a link to the section that has the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from youthjustice.presentation import Chart, Sentence, dates, numbers, sentence_case
from youthjustice.presentation.charts.small_line import Line, small_line
from youthjustice.presentation.charts.small_rows import Row, small_rows
from youthjustice.presentation.words.as_at import no_ratios_sentence
from youthjustice.presentation.words.not_published import not_drawn_sentence
from youthjustice.published import Place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Overview, Small
from youthjustice.reports.sections.disparity_figures import REFERENCE, disposals
from youthjustice.reports.sections.entrants import rest_of
from youthjustice.reports.sections.entrants_figures import Entrants
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.national_figures import (
    national_stages,
    one_stage,
    stages_at_hand,
)
from youthjustice.reports.sections.national_lineage import stages_traced
from youthjustice.reports.sections.wording import span

_COMPARED = ["Asian", "Black", "Mixed", "Other"]
_CHILDREN = f"{REFERENCE} children"
_DRAWN = ["period_end", "value", "lower", "upper"]
_EACH = ("implied_count", "rate_limits")


def overview(found: Place, figures: Entrants | None, rates: pd.DataFrame) -> Overview:
    """Draw what changed, how the area compares and who is over-represented; say what is missing.

    ``figures`` and ``rates`` are those that the sentences of the first screen rest on.
    """
    parts = [
        _entrants(found, figures),
        _compared(found, figures),
        _reoffending(found, rates),
        _disparity(found),
    ]
    # What is missing is told once, after what is drawn, so that no place beside a chart is empty.
    drawn = [part for part in parts if not isinstance(part, str)]
    missing = [part for part in parts if isinstance(part, str)]
    drawn.sort(key=lambda part: isinstance(part, Sentence))
    return Overview((*drawn, *([not_drawn_sentence(found.name, missing)] if missing else [])))


def _entrants(found: Place, figures: Entrants | None) -> Small | str:
    area = None if figures is None else figures.area[_DRAWN]
    known = None if area is None else area.dropna(subset=["value"])
    if figures is None or area is None or known is None or len(known) < 2:
        return "first-time entrants over the years"
    rest = rest_of(found.region)
    others = figures.rest[_DRAWN[:2]]
    chart = small_line(
        Line(found.name, area[area["period_end"] >= known["period_end"].iloc[0]]),
        beside=Line(rest, others[others["period_end"].isin(known["period_end"])]),
        title=f"First-time entrants in {found.name}",
        subtitle=f"{sentence_case(UNIT)}, years ending in December; bars: 95% intervals, inferred; "
        f"dashed: {rest}",
        measure=f"first-time entrants {UNIT}",
        source=cite(RATES),
        unit=UNIT,
        name="first-entrants",
    )
    return Small(traced(chart, figures.origins, *_EACH, "take_out"), "first-time-entrants",
                 "First-time entrants in full")  # fmt: skip


def _compared(found: Place, figures: Entrants | None) -> Small | str:
    last = None if figures is None else figures.against_rest
    if figures is None or last is None:
        return "first-time entrants beside others"
    own = figures.area[figures.area["period_end"] == last["period_end"]].iloc[0]
    rows = [
        Row(found.name, own["value"], own["lower"], own["upper"]),
        _other(sentence_case(rest_of(found.region)), last),
    ]
    if figures.against_neighbours is not None and pd.notna(figures.against_neighbours["value"]):
        rows.append(_other("Its statistical neighbours together", figures.against_neighbours))
    chart = small_rows(
        rows,
        title=f"How {found.name} compares",
        subtitle=f"First-time entrants {UNIT}, {dates.year_ending(last['period_end'])}, with 95% "
        "intervals, inferred",
        measure=f"first-time entrants {UNIT}, with 95% intervals",
        source=cite(RATES),
        unit=UNIT,
        name="first-compared",
    )
    return Small(traced(chart, figures.origins, *_EACH, "take_out"), "standing",
                 "Where the area stands, in full")  # fmt: skip


def _other(label: str, row: Mapping[str, Any]) -> Row:
    return Row(
        label, row["reference_rate"], row["reference_rate_lower"], row["reference_rate_upper"]
    )


def _reoffending(found: Place, rates: pd.DataFrame) -> Small | str:
    older = rates.loc[rates["age_band"] == "15-17", [*_DRAWN, "cohort"]]
    known = older.dropna(subset=["value", "period_end"])
    if len(known) < 2:
        return "reoffending at ages 15 to 17"
    labels = dict(zip(known["period_end"], known["cohort"].astype(str), strict=True))
    chart = small_line(
        Line(found.name, known),
        title=f"Reoffending at ages 15 to 17 in {found.name}",
        subtitle="Binary rate as a percentage of the cohort, by cohort label; bars: 95% intervals, "
        "inferred",
        measure="the binary reoffending rate at ages 15 to 17",
        source=cite("reoffending_area"),
        form=partial(numbers.percent, scale=1),
        when=lambda day: f"Cohort {labels[pd.Timestamp(day)]}",
        heading="Cohort label",
        name="first-reoffending",
    )
    told = traced(chart, origins("reoffending_area"), "smallest_cohort", "share_limits")
    return Small(told, "reoffending", "Reoffending in full")


def _disparity(found: Place) -> Small | Sentence | str:
    """Draw the same ratios that the sentence on over-representation rests on."""
    if found.country == "England":
        rows = linked_cohort(found)
        if not rows.empty and rows["lower"].notna().any():
            return _ratios(
                rows[rows["stage"] == "cautioned or sentenced"],
                f"Pupils living in {found.name} who were cautioned or sentenced for any offence: "
                "share of them against share of pupils, 95% intervals with rounding",
                "linked-cohort",
                lambda chart: traced(chart, origins(rows), "rounded_shares"),
            )
    index = disposals(found)
    if not index.empty and index["numerator"].notna().any():
        return _ratios(
            index[index["tier"] == "Custody"],
            f"Custody given a disposal, {found.name}, 2012/13, with 95% intervals",
            "disposals",
            lambda chart: traced(chart, origins(index), "relative_rate_index"),
        )
    if not stages_at_hand():
        return no_ratios_sentence(found.name)
    drawn = one_stage(national_stages(), "caution or sentence")
    period = span(drawn["period_start"].iloc[0], drawn["period_end"].iloc[0])
    return _ratios(
        drawn,
        f"Cautions or sentences, England and Wales, {period}, with 95% intervals",
        "stages",
        lambda chart: stages_traced(chart, drawn, groups=(*_COMPARED, REFERENCE)),
    )


def _ratios(
    rows: pd.DataFrame, subtitle: str, anchor: str, trace: Callable[[Chart], Chart]
) -> Small | str:
    told = rows[["ethnic_group", "value", "lower", "upper"]].dropna(subset=["value", "lower"])
    told = told[told["ethnic_group"].isin(_COMPARED)]
    title = "Ethnic disparity in England and Wales" if anchor == "stages" else "Ethnic disparity"
    if told.empty:
        return "ratios between ethnic groups"
    chart = small_rows(
        [
            Row(str(row["ethnic_group"]), row["value"], row["lower"], row["upper"])
            for row in told.to_dict("records")
        ],
        title=title,
        subtitle=f"Ratio to {_CHILDREN}. {subtitle}",
        measure=f"ratios to {_CHILDREN}. {subtitle}",
        source=cite(rows),
        reference=_CHILDREN,
        rows_are="Ethnic group",
        name="first-disparity",
    )
    return Small(trace(chart), anchor, "Ethnic disparity in full")
