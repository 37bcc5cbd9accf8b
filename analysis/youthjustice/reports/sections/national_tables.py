"""Tables of the national stages, and what their ratios come to in children."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import whole_children
from youthjustice.presentation import (
    Behind,
    Sentence,
    Table,
    numbers,
    sentence_case,
    whole_children_sentence,
)
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.national_figures import CUSTODY, stage_source
from youthjustice.reports.sections.national_lineage import stages_traced
from youthjustice.reports.sections.wording import span, spans, with_interval

COUNTED = {
    "stop and search": "searches",
    "arrest": "arrests",
    "caution or sentence": "children cautioned or sentenced",
    "remand to youth detention accommodation": "remands to youth detention",
    CUSTODY: "children sentenced to custody",
}
# The stages that count children, so that a difference is a number of children.
_IN_CHILDREN = {
    "caution or sentence": ("cautioned or sentenced", "all children aged 10 to 17"),
    CUSTODY: ("sentenced to custody", "children sentenced"),
}


def stage_table(rows: pd.DataFrame) -> Table:
    """Give the counts, rates and ratios of one stage, with the bounds by unknown ethnic group."""
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
    table = Table(
        with_interval(rows).assign(
            bounds=spans(rows["bound_lower"], rows["bound_upper"], numbers.ratio, 1.0)
        ),
        caption=f"{sentence_case(str(one['stage']))}, "
        f"{span(one['period_start'], one['period_end'])}: {COUNTED[one['stage']]} per {per} "
        f"{one['denominator_unit']}",
        columns={**columns, "finding": "What it allows, taken alone"},
        formats={"ratio": numbers.ratio, "rate": numbers.rate},
        align_right=("interval", "bounds"),
        behind={
            "rate": Behind("rate", unit=f"per {per} {one['denominator_unit']}"),
            "ratio": Behind("ratio", "lower", "upper", "ratio"),
            "interval": Behind("", "lower", "upper", "ratio"),
            "bounds": Behind("", "bound_lower", "bound_upper", "ratio"),
        },
        source=f"{stage_source(rows)}; ratios are own analysis",
    )
    level = "rate" if one["denominator_basis"] == "population" else "share"
    return stages_traced(table, rows, level, shows_inputs=True)


def whole_children_words(index: pd.DataFrame) -> Sentence:
    """Say what the ratio of Black children cautioned or sentenced comes to in children."""
    stage = "caution or sentence"
    rows = index[index["stage"] == stage]
    row = rows[rows["ethnic_group"] == "Black"]
    one = row.iloc[0]
    outcome, base = _IN_CHILDREN[stage]
    said = whole_children_sentence(
        whole_children(row).iloc[0],
        one,
        group="Black",
        outcome=outcome,
        base=base,
        number=one["numerator"],
        reference=REFERENCE,
        context=f"In England and Wales, {span(one['period_start'], one['period_end'])}",
    )
    return stages_traced(said, rows, "children_difference")


def whole_children_tables(index: pd.DataFrame) -> list[Table]:
    """Give both numbers of children, which differ, for each stage that counts children."""
    rows = index[index["stage"].isin(_IN_CHILDREN) & index["children_difference"].notna()]
    return [
        stages_traced(
            _whole_children_table(part), index[index["stage"] == stage], "children_difference"
        )
        for stage, part in rows.groupby("stage", sort=False)
    ]


def _whole_children_table(rows: pd.DataFrame) -> Table:
    whole, one = whole_children(rows), rows.iloc[0]
    outcome, base = _IN_CHILDREN[one["stage"]]
    return Table(
        whole.assign(
            numerator=rows["numerator"],
            difference_interval=_signed_spans(whole, "children_difference"),
            parity_interval=_signed_spans(whole, "parity_number"),
            parity_number=whole["parity_number"].where(rows["finding"] != "reference"),
            symbol="z",
        ),
        caption=f"Children {outcome}, England and Wales, "
        f"{span(one['period_start'], one['period_end'])}: two differences",
        columns={
            "ethnic_group": "Ethnic group",
            "numerator": "Children",
            "children_difference": "Above (+) or below (\N{MINUS SIGN}) share",
            "difference_interval": "95% interval",
            "parity_number": "Fewer (+) or more (\N{MINUS SIGN}) at White children's rate",
            "parity_interval": "Its 95% interval",
        },
        formats={"children_difference": _signed, "parity_number": _signed},
        align_right=("difference_interval", "parity_interval"),
        behind={
            name: Behind(value, f"{held}_lower", f"{held}_upper", "children")
            for held, interval in (
                ("children_difference", "difference_interval"),
                ("parity_number", "parity_interval"),
            )
            for name, value in ((held, held), (interval, ""))
        },
        note=f"The first sets a group beside its share of {base}, the second beside the rate of "
        "White children: they answer different questions.",
        source=f"{stage_source(rows)}; differences are own analysis",
    )


def _signed(value: float) -> str:
    return numbers.decimal(value, 0, signed=True)


def _signed_spans(whole: pd.DataFrame, name: str) -> pd.Series:
    return pd.Series(
        [
            f"{_signed(low)} to {_signed(high)}" if pd.notna(low) and pd.notna(high) else None
            for low, high in zip(whole[f"{name}_lower"], whole[f"{name}_upper"], strict=True)
        ],
        index=whole.index,
        dtype=object,
    )
