"""The steps from any disposal to custody in 2012/13: in words, in a chart and in tables."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Sentence,
    Table,
    children_of,
    numbers,
    ratio_forest,
    sentence_case,
    steps_sentence,
)
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.wording import of, spans

NAMES = {
    "court": "court rather than pre-court",
    "community or custody": "community or custody rather than first-tier",
    "custody": "custody rather than community",
}
_SHORT = {"court": "To court", "community or custody": "Beyond first-tier", "custody": "To custody"}
_TOGETHER = "All steps together"
_TOLD = "Black"
_BY = ("share_ratio", "steps")


def steps_words(steps: pd.DataFrame, index: pd.DataFrame, *, context: str) -> Sentence:
    """Say at which step Black children's difference in custody arises, or why that cannot be said."""
    mine = steps[steps["ethnic_group"] == _TOLD]
    whole = index[(index["tier"] == "Custody") & (index["ethnic_group"] == _TOLD)]
    if mine.empty or whole.empty:
        return Sentence(f"{context}, there are no steps to custody to compare.", kind="note")
    said = steps_sentence(
        mine,
        group=_TOLD,
        names=NAMES,
        end="custody given a disposal",
        whole=whole.iloc[0],
        reference=REFERENCE,
        context=context,
    )
    return traced(said, origins(steps), *_BY, inputs=_counts(steps, _TOLD))


def _counts(steps: pd.DataFrame, *groups: str) -> dict[str, str]:
    """Write how many of each group's disposals went on at each step."""
    told = counts_by("stage", steps, *groups, REFERENCE)
    return {_SHORT[stage].lower(): counts for stage, counts in told.items()}


def counts_by(column: str, rows: pd.DataFrame, *groups: str) -> dict[str, str]:
    """Write the two numbers of each ethnic group (see `of_groups`) by what stands in a column."""
    parts: dict[str, list[str]] = {}
    columns = [column, "ethnic_group", "numerator", "denominator"]
    for key, group, x, n in zip(*(rows[name].tolist() for name in columns), strict=True):
        part = parts.setdefault(str(key), [])
        if (group in groups or not groups) and not (pd.isna(x) or pd.isna(n)):
            part.append(f"{group} {of(x, n)}")
    return {key: ", ".join(part) for key, part in parts.items()}


def steps_chart(steps: pd.DataFrame, *, groups: list[str], where: str, name: str) -> Chart | None:
    """Draw the ratio at each step and the one they come to, where a step could be calculated."""
    calculated = set(steps.loc[steps["value"].notna(), "ethnic_group"])
    shown = [group for group in groups if group in calculated]
    if not shown:
        return None
    rows = [part for group in shown for part in _with_whole(steps[steps["ethnic_group"] == group])]
    drawn = pd.concat(rows, ignore_index=True)
    drawn = drawn.sort_values(
        "step", key=lambda steps: steps.map([*_SHORT.values(), _TOGETHER].index), kind="stable"
    )
    several = len(shown) > 1
    who = "each group's" if several else f"{children_of(shown[0])}'s"
    chart = ratio_forest(
        drawn,
        label="ethnic_group" if several else "step",
        group_by="step" if several else None,
        rows_are="Group" if several else "Step",
        title="What went on at each step, against White children",
        measure=f"{who} disposals that went on at each step",
        reference="White children",
        subtitle=f"{where}, April 2012 to March 2013; White children = 1",
        source=f"{cite(steps)}; ratios are own analysis",
        name=name,
        note="Each step is a part of the one above it, in disposals, so the ratios multiply to that "
        "of all steps. Those of unknown ethnic group are left out.",
    )
    return traced(chart, origins(steps), *_BY, inputs=_counts(steps, *shown))


def _with_whole(steps: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the rows of one group, and the ratio at the end as one more."""
    ends = ["value", "lower", "upper"]
    own = steps[["ethnic_group", "stage", *ends, "finding"]].rename(columns={"stage": "step"})
    whole = steps.tail(1)[
        ["ethnic_group", "stage", *(f"cumulative_{end}" for end in ends), "finding"]
    ]
    whole = whole.set_axis(own.columns, axis="columns").assign(step=_TOGETHER)
    return [own.assign(step=own["step"].map(_SHORT)), whole]


def steps_tables(steps: pd.DataFrame, *, where: str) -> list[Table]:
    """Give one table per step: its ratio, the ratio so far, and what the step adds at the end."""
    tables = [
        Table(
            rows,
            caption=f"{sentence_case(NAMES[str(stage)])}: {where}, April 2012 to March 2013 (95% "
            "intervals in brackets)",
            columns={
                "ethnic_group": "Ethnic group",
                "numerator": _SHORT[str(stage)],
                "denominator": "Of disposals",
                "ratio": "Ratio to White",
                "so_far": "Ratio so far",
                "adds": "Custodial disposals added",
            },
            align_right=("ratio", "so_far", "adds"),
            behind={
                "ratio": Behind("value", "lower", "upper", "ratio"),
                "so_far": Behind(
                    "cumulative_value", "cumulative_lower", "cumulative_upper", "ratio"
                ),
                "adds": Behind(
                    "children_by_stage",
                    "children_by_stage_lower",
                    "children_by_stage_upper",
                    "disposals",
                ),
            },
            note="What a step adds is the group's custodial disposals less what the rates of White "
            "children would have made of its disposals, split over the steps."
            if stage == steps["stage"].iloc[-1]
            else "",
            source=f"{cite(steps)}; ratios are own analysis",
        )
        for stage, rows in _written(steps).groupby("stage", sort=False)
    ]
    listed = origins(steps)
    return [traced(table, listed, *_BY) for table in tables]


def _written(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        ratio=_in_brackets(rows, "value", numbers.ratio, 1.0),
        so_far=_in_brackets(rows, "cumulative_value", numbers.ratio, 1.0),
        adds=_in_brackets(rows, "children_by_stage", numbers.decimal),
        symbol="z",
    )


def _in_brackets(
    rows: pd.DataFrame, name: str, form: numbers.Form, null: float | None = None
) -> pd.Series:
    """Write each value with its interval in brackets, where it has both."""
    start = name.removesuffix("value") if name.endswith("value") else f"{name}_"
    ends = spans(rows[f"{start}lower"], rows[f"{start}upper"], form, null)
    texts = [
        None if end is None else f"{form(value)} ({end})"
        for value, end in zip(rows[name], ends, strict=True)
    ]
    return pd.Series(texts, index=rows.index, dtype=object)
