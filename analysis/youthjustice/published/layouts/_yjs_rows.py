"""Give the figures of Youth Justice Statistics the project's own words and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import without_notes
from youthjustice.published.layouts._areas import areas_by_name
from youthjustice.published.layouts._tidy import tidied
from youthjustice.published.layouts._yjs_labels import by_distinct, unknown_in
from youthjustice.published.layouts._yjs_meanings import NAMES
from youthjustice.published.layouts._yjs_tables import Read

WHOLE = "England and Wales"


def with_areas(cells: pd.DataFrame) -> pd.DataFrame:
    """Find the areas; a name that no lookup holds stays as it is printed, without a code."""
    one = by_distinct(cells["title"], whole_of)
    printed = cells["area_name"].where(cells["area_name"].notna(), one)
    return cells.drop(columns="area_name").join(areas_by_name(by_distinct(printed, without_notes)))


def whole_of(title: str) -> str:
    """Give the area that a title without areas is about."""
    words = title.lower()
    for name in ("England", "Wales"):
        other = "wales" if name == "England" else "england"
        if re.search(rf"\b{name.lower()}\b", words) and not re.search(rf"\b{other}\b", words):
            return name
    return WHOLE


def settled(cells: pd.DataFrame) -> pd.DataFrame:
    """Put `All` where no label says anything, and write unknown values as their dimension does."""
    filled = {}
    for name in (n for n in NAMES if n != "area_name"):
        column = cells[name].fillna("All").astype("object")
        filled[name] = by_distinct(column, partial(unknown_in, name))
    return cells.assign(**filled)


def joined(group: pd.Series, label: pd.Series) -> pd.Series:
    """Write a label with the group that stands above it, where there is one."""
    both = (group != "All") & (label != "All")
    return label.where(label != "All", group).mask(both, group + ": " + label)


_OPTIONAL = (
    "series", "stage", "offence", "tier", "disposal", "previous_offences", "time_to_reoffence",
    "establishment", "nights", "court", "outcome", "remand_group", "remand_type", "legal_basis",
    "category", "ethnic_group_published", "numerator", "denominator", "denominator_basis",
    "denominator_unit",
)  # fmt: skip


def finished(
    parts: Sequence[pd.DataFrame],
    order: Sequence[str],
    read: Read,
    titles: dict[str, str],
    kept: Sequence[str] = (),
) -> pd.DataFrame:
    """Put the tables under each other in one order of columns, each figure once.

    A figure that several tables of the workbook print alike is kept where it stands first.
    Columns that say nothing at all are left out, but for those in `kept`.
    """
    frame = pd.concat([part for part in parts if len(part)], ignore_index=True)
    dropped = [one for one in _OPTIONAL if one in frame and one not in kept]
    nothing = frame.isna() | (frame == "All")
    frame = frame.drop(columns=[one for one in dropped if nothing[one].all()])
    left = list(read.left_out)
    frame["release"] = read.release or np.nan
    frame["source"] = read.source or "yjs"
    own = {"sheet", "cell", "flag", "printed", "published_table"}
    keys = [name for name in order if name in frame and name not in own]
    again = frame.duplicated(keys, keep="first")
    for sheet, part in frame[again].groupby("sheet", sort=False):
        left.append(
            f"sheet {shown(sheet)}, {part['cell'].iloc[0]} and {len(part) - 1} more: figures that "
            "another table of this file, or this one, gives already"
        )
    present = [name for name in order if name in frame]
    frame = tidied(frame.loc[~again, present], present, read.release or None)
    frame.attrs["release"] = read.release
    frame.attrs["tables"] = {name: titles[name] for name in frame["table"].unique()}
    frame.attrs["published_tables"] = read.titles
    frame.attrs["left_out"] = left
    return frame
