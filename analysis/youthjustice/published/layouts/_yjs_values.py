"""Read the printed figures and the ethnic groups of a table of Youth Justice Statistics."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.errors import InputProblem
from youthjustice.published.ethnicity import five_groups
from youthjustice.published.layouts._yjs_labels import by_distinct, merged_groups, summary_rows
from youthjustice.published.symbols import numbers

_SIGNS = "Ministry of Justice"


def without_summaries(cells: pd.DataFrame, left: list[str]) -> pd.DataFrame:
    """Leave out the sums of ethnic groups that stand beside the groups."""
    group = cells["ethnic_group"]
    if group.isna().all():
        return cells
    drop = group.notna() & summary_rows(group.fillna(""))
    for sheet, part in cells[drop].groupby("sheet", sort=False):
        span = sorted(part["row"].unique() + 1)
        left.append(
            f"sheet {shown(sheet)}, row {span[0]} and others of its kind: a summary of ethnic "
            f"minority groups, which adds up the groups beside it ({len(part)} figures)"
        )
    return cells[~drop].reset_index(drop=True)


def numbered(cells: pd.DataFrame) -> pd.DataFrame:
    """Read the printed figures, and name the cell of the one that is none."""
    where = "sheet " + cells["sheet"] + ", cell " + cells["cell"]
    printed = cells["printed"].set_axis(where)
    real = printed.map(lambda one: isinstance(one, float | int) and not isinstance(one, bool))
    value = pd.Series(np.nan, index=printed.index, dtype="float64")
    symbol = pd.Series(np.nan, index=printed.index, dtype="object")
    value[real.to_numpy()] = printed[real.to_numpy()].astype("float64")
    if real.all():
        return cells.assign(value=value.to_numpy(), symbol=symbol.to_numpy())
    try:
        text = numbers(printed[~real.to_numpy()].astype("object"), publisher=_SIGNS)
    except InputProblem as problem:
        raise InputProblem(str(problem).removeprefix("row ")) from None
    value[~real.to_numpy()] = text["value"].to_numpy()
    symbol[~real.to_numpy()] = text["symbol"].to_numpy(dtype=object, na_value=np.nan)
    return cells.assign(value=value.to_numpy(), symbol=symbol.to_numpy())


def with_groups(cells: pd.DataFrame) -> pd.DataFrame:
    """Put ethnic labels into five groups and Unknown; a merged group keeps its name."""
    label = cells["ethnic_group"]
    known = label.notna()
    if not known.any():
        nothing = pd.Series(np.nan, index=cells.index, dtype="object")
        return cells.assign(ethnic_group="All", ethnic_group_published=nothing)
    merged = known & merged_groups(label.fillna(""))
    plainly = known & ~merged
    group = label.copy()
    where = "sheet " + cells["sheet"] + ", cell " + cells["cell"]
    ends = cells.loc[plainly, "period_end"].set_axis(where[plainly])
    try:
        five = five_groups(label[plainly].astype("object").set_axis(where[plainly]), ends)
    except InputProblem as problem:
        raise InputProblem(str(problem).removeprefix("row ")) from None
    group[plainly] = five.to_numpy(dtype="object")
    group[merged] = "Asian and Other"
    differs = known & (label != group) & (group != "Unknown")
    printed = label.where(differs & ~by_distinct(label, plain).isin(_SAME))
    return cells.assign(
        ethnic_group=group.fillna("All"), ethnic_group_published=printed.astype("object")
    )


_SAME = frozenset(
    plain(text)
    for text in (
        "Asian or Asian British", "Black or Black British", "Mixed ethnic groups", "Mixed ethnicity",
        "Other ethnic group", "Other ethnic groups", "White ethnic groups",
    )
)  # fmt: skip
