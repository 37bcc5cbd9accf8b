"""Sections on decisions: who entered, how far groups went, and each step on its own."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import pathway
from youthjustice.presentation import (
    Chart,
    Note,
    Table,
    numbers,
    ratio_forest,
    released_bars,
    released_table,
    several_ratios_sentence,
)
from youthjustice.presentation.released import RECORDS, marked
from youthjustice.presentation.released_charts import finished
from youthjustice.presentation.released_parts import rows_of, shares_bars
from youthjustice.presentation.words.own_records import (
    BY_WORDS,
    ENTRANTS,
    RATIOS,
    SHORT_STEPS,
    STEP_WORDS,
    STEPS,
)
from youthjustice.presentation.words.phrases import children_of
from youthjustice.records.decisions import COURT, CUSTODY, OUT_OF_COURT, REMAND
from youthjustice.records.steps import ENTERED, TOTAL
from youthjustice.reports.own.counting import NEEDS, Counted
from youthjustice.reports.own.extract import named
from youthjustice.reports.own.parts import (
    across,
    labels_of,
    order_of,
    over_years,
    own_section,
    share_tables,
    totals_of,
)
from youthjustice.reports.section import Displays, Section
from youthjustice.reports.sections.wording import spans

_MAIN = ("ethnic_group", "sex", "age_band")
_PARENT = {OUT_OF_COURT: TOTAL, COURT: TOTAL, REMAND: COURT, CUSTODY: COURT}
_NEXT = {
    OUT_OF_COURT: "dealt with out of court",
    COURT: "sentenced at court",
    REMAND: "remanded in custody, of those sentenced at court",
    CUSTODY: "sentenced to custody, of those sentenced at court",
}


def entrants_section(counted: Counted) -> Section:
    """Show who entered for the first time, over the years and by group."""
    year, tables = named(counted.year), counted.last.tables
    parts = {by: rows_of(tables[by], step=ENTERED) for by in counted.last.among(_MAIN)}
    items: list[Displays] = [
        Note(ENTRANTS, title="Local first entrants"),
        _years(counted, (ENTERED,), "Children who entered for the first time"),
        released_bars(
            parts["ethnic_group"],
            title="Children who entered for the first time",
            measure="children",
            unit=f"on the service's records, {year}",
            order=order_of("ethnic_group"),
            labels={"ethnic_group": BY_WORDS["ethnic_group"]},
            name="own-entrants",
        ),
        *(
            released_table(
                parts[by],
                f"Children who entered for the first time, {year}, by {BY_WORDS[by].lower()}",
                labels={by: BY_WORDS[by]},
                order=order_of(by),
            )
            for by in parts
            if by != "ethnic_group"
        ),
    ]
    return _section(counted, "Own records: first-time entrants", "own-entrants", items)


def decisions_section(counted: Counted) -> Section:
    """Show how far the children of each group went, and the ratios at each step."""
    year, tables = named(counted.year), counted.last.tables
    ratios = _ratios(counted)
    told = ratios[ratios["ethnic_group"].isin(["Asian", "Black", "Mixed", "Other"])]
    who = told["ethnic_group"].map(children_of) + " " + told["stage"].map(_NEXT)
    said = several_ratios_sentence(
        told.assign(who=who), label="who", context=f"In the {year}, on the service's own records"
    )
    heads = {name: SHORT_STEPS[name] for name in (TOTAL, *_PARENT) if name in _steps(counted)}
    items: list[Displays] = [
        said,
        *_forest(counted, told, year),
        _ratio_table(counted, ratios, year),
        Note(RATIOS, STEPS, title="How children were counted"),
        *(
            across(tables[by], by, "step", heads, f"Children at each step, {year}")
            for by in counted.last.among(_MAIN)
        ),
    ]
    return _section(counted, "Own records: decisions by group", "own-decisions", items)


def step_section(counted: Counted, step: str, title: str, anchor: str) -> Section | None:
    """Show the children who took one step, of those who could; None where it is not recorded."""
    if step not in _steps(counted):
        return None
    year, tables, parent = named(counted.year), counted.last.tables, _PARENT[step]
    heads = (STEP_WORDS[step], STEP_WORDS[parent])
    steps = (step,) if parent == TOTAL else (parent, step)
    groups = counted.last.among(_MAIN)
    items: list[Displays] = [
        _years(counted, steps, title),
        shares_bars(
            tables["ethnic_group"],
            "ethnic_group",
            "step",
            step,
            parent,
            title=title,
            measure=f"children {_NEXT[step]}",
            subtitle=f"Children {_NEXT[step]}, in per cent, {year}",
            labels=labels_of("ethnic_group", *heads),
            order=order_of("ethnic_group"),
            name=anchor,
        ),
        *share_tables(
            tables, [by for by in groups if by != "ethnic_group"], "step", step, parent, heads,
            f"{title}, {year}",
        ),
    ]  # fmt: skip
    return _section(counted, f"Own records: {title[0].lower()}{title[1:]}", anchor, items)


def needs_section(counted: Counted) -> Section | None:
    """Show the steps by care status and special educational needs; None where there are neither."""
    groups = counted.last.among(NEEDS)
    if not groups:
        return None
    year = named(counted.year)
    heads = {name: SHORT_STEPS[name] for name in (TOTAL, OUT_OF_COURT, COURT)}
    items: list[Displays] = [
        across(
            counted.last.tables[by], by, "step", heads,
            f"Children at each step, {year}, by {BY_WORDS[by].lower()}",
        )
        for by in groups
    ]  # fmt: skip
    return _section(counted, "Own records: care and special educational needs", "own-needs", items)


def _section(counted: Counted, title: str, anchor: str, items: list[Displays]) -> Section:
    return own_section(title, anchor, items, counted.released, counted.last.nested)


def _steps(counted: Counted) -> set[str]:
    frame = counted.last.tables["ethnic_group"].frame
    return set(frame["step"])


def _years(counted: Counted, steps: tuple[str, ...], caption: str) -> Table:
    """Set the totals of the years beside each other."""
    years = {**counted.before, named(counted.year): totals_of(
        counted.last.tables["ethnic_group"], "ethnic_group")}  # fmt: skip
    heads = {name: STEP_WORDS[name] for name in (TOTAL, *steps)}
    return over_years(years, "step", heads, f"{caption}, over the years")


def _ratios(counted: Counted) -> pd.DataFrame:
    """Compare groups at each step, from the counts that are shown and no others."""
    frame = counted.last.tables["ethnic_group"].frame
    frame = frame[frame["ethnic_group"] != TOTAL]
    steps = [step for step in _PARENT if step in _steps(counted)]
    stages = [
        {"stage": step, "parent": _PARENT.get(step), "unit": "children",
         "period": named(counted.year)}
        for step in (TOTAL, *steps)
    ]  # fmt: skip
    kept = frame[frame["step"].isin([TOTAL, *steps])].rename(columns={"step": "stage"})
    kept = kept[["stage", "ethnic_group", "children"]].assign(
        children=kept["children"].to_numpy(dtype="float64", na_value=float("nan"))
    )
    found = pathway(kept, stages, reference="White", count="children")
    return found[found["stage"] != TOTAL].reset_index(drop=True)


def _forest(counted: Counted, told: pd.DataFrame, year: str) -> list[Chart]:
    """Draw the ratios, if there is one to draw."""
    drawn = told.dropna(subset=["value", "lower"])
    if drawn.empty:
        return []
    released = counted.last.tables["ethnic_group"]
    chart = ratio_forest(
        drawn.assign(outcome=drawn["stage"].map(STEP_WORDS)),
        label="ethnic_group",
        group_by="outcome",
        title="What went on at each step, against White children",
        measure="share of each group's children who went on at a step",
        reference="White children",
        subtitle=f"The service's own records, {year}; White children = 1",
        source=f"{RECORDS}; ratios are own analysis",
        name="own-decisions",
        note="Ratios that rest on a number that is kept confidential are not drawn.",
    )
    return [finished(chart, released, chart.data) if chart.data is not None else chart]


def _ratio_table(counted: Counted, ratios: pd.DataFrame, year: str) -> Table:
    """Print the ratios with what they were worked out from."""
    shown = ratios[ratios["ethnic_group"] != "White"].assign(
        step=lambda frame: frame["stage"].map(STEP_WORDS),
        ratio=lambda frame: frame["value"],
        interval=lambda frame: spans(frame["lower"], frame["upper"], numbers.ratio, 1.0),
        symbol="z",
    )
    for name in ("numerator", "denominator"):
        shown[f"{name}_symbol"] = "c"
    return Table(
        shown[shown["finding"] != "not compared"],
        marked(
            counted.last.tables["ethnic_group"],
            f"Ratios to White children at each step, {year}",
        ),
        columns={
            "ethnic_group": "Ethnic group",
            "step": "Step",
            "denominator": "Children who could",
            "numerator": "Children who did",
            "ratio": "Ratio to White",
            "interval": "95% interval",
        },
        formats={"ratio": numbers.ratio, "numerator": numbers.count, "denominator": numbers.count},
        align_right=("interval",),
        note="A ratio is left out where a number behind it is kept confidential or too small.",
        source=f"{RECORDS}; ratios are own analysis",
    )
