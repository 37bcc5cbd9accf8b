"""Give each figure of a table of Youth Justice Statistics the labels that stand over it."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import without_notes
from youthjustice.errors import InputProblem
from youthjustice.published._cells import melt
from youthjustice.published.layouts._yjs_labels import by_distinct, is_change, is_rate, is_share
from youthjustice.published.layouts._yjs_meanings import (
    NAMES,
    Free,
    of_columns,
    of_headings,
    of_keys,
)
from youthjustice.published.layouts._yjs_periods import basis_of, dates, period_of_title
from youthjustice.published.layouts._yjs_sheets import Table, is_period
from youthjustice.sandbox.cells import column_letters


def cells_of(table: Table, free: Free, measures: re.Pattern[str]) -> tuple[pd.DataFrame, list[str]]:
    """Give the figures of a table, one row each, and sentences on what was left out.

    Columns: NAMES (missing where no label says anything), `measure` (the words that say what is
    counted), `key` (the row's own label), `rate`, `share`, `period_start`, `period_end`,
    `printed`, `sheet`, `cell`.

    Raises:
        InputProblem: a period is ambiguous or lacking.

    """
    left: list[str] = []
    columns = _kept_columns(table, left)
    if not columns:
        raise InputProblem(f"the sheet {shown(table.grid.sheet)} holds no figures but changes")
    named = {name: f"key{place}" for place, name in enumerate(table.keys)}
    frame = melt(
        table.grid,
        table.rows.tolist(),
        {f"key{place}": column for place, column in enumerate(table.keys)},
        {column: str(column) for column in columns},
    )
    frame["row"] = np.repeat(table.rows, len(columns))
    _fill_down(frame, list(named.values()))
    by_row = of_headings(table, free)
    by_key = of_keys(table, frame, free, measures, by_row)
    by_column = of_columns(table, columns, free, measures)
    frame = frame.assign(column=frame["label"].astype(int))
    last = f"key{len(table.keys) - 1}"
    out = frame[["printed", "sheet", "cell", "row", "column"]].assign(key=frame[last])
    over = by_column.loc[frame["column"]].set_axis(frame.index)
    for name in (*NAMES, "measure", "period"):
        parts = [source[name] for source in (over, by_key, by_row.loc[frame["row"]].set_axis(
            frame.index)) if name in source]  # fmt: skip
        filled = parts[0]
        for part in parts[1:]:
            filled = filled.where(filled.notna(), part)
        out[name] = filled
    section = by_row.loc[frame["row"], "section"].set_axis(frame.index).fillna("")
    words = section + " " + out["measure"].fillna("")
    out["share"] = by_distinct(words, is_share).astype("bool")
    whole = is_rate(table.title) and not re.search(r"\bnumbers?\b", table.title, re.IGNORECASE)
    counted = words.str.contains(r"\bnumbers?\b", case=False)
    out["rate"] = by_distinct(words, is_rate).astype("bool") | (whole & ~counted & ~out["share"])
    out["section"] = section
    dated = _dated(table, out)
    return out.assign(period_start=dated["period_start"], period_end=dated["period_end"]), left


def _kept_columns(table: Table, left: list[str]) -> dict[int, tuple[str, ...]]:
    """Leave out changes, and percentages that stand beside the counts they are made of."""
    change = {
        column: path
        for column, path in table.columns.items()
        if any(is_change(part) and not is_period(part) for part in path)
    }
    shares = {
        column: path
        for column, path in table.columns.items()
        if column not in change and any(is_share(part) for part in path)
    }
    if len(shares) + len(change) == len(table.columns):
        shares = {}
    paths = list(table.columns.values())
    again = {
        column: path
        for place, (column, path) in enumerate(table.columns.items())
        if path in paths[:place] and column not in change | shares
    }
    for dropped, what in (
        (again, "labels that stand further left already, with nothing to say how they differ"),
        (change, "changes from one period to another"),
        (shares, "percentages computed from the counts beside them"),
    ):
        if dropped:
            span = [column_letters(min(dropped)), column_letters(max(dropped))]
            where = "column " + span[0] if span[0] == span[1] else "columns " + " to ".join(span)
            left.append(
                f"sheet {shown(table.grid.sheet)}, {where}, headed "
                f"{shown(' '.join(next(iter(dropped.values()))))}: {what}"
            )
    return {c: path for c, path in table.columns.items() if c not in change | shares | again}


def _fill_down(frame: pd.DataFrame, keys: list[str]) -> None:
    """Repeat a group that is printed on its first row only; the last label is each row's own."""
    for key in keys[:-1]:
        blank = frame[key] == ""
        if blank.mean() > 0.3:
            frame[key] = frame[key].where(~blank).ffill().fillna("")


def _dated(table: Table, cells: pd.DataFrame) -> pd.DataFrame:
    """Read the periods; where no label has one, the title's."""
    title = without_notes(table.title)
    one = period_of_title([title, table.subtitle])
    label = cells["period"].where(cells["period"].notna(), one)
    if (label == "").any():
        first = cells.loc[label == "", "cell"].iloc[0]
        raise InputProblem(
            f"sheet {shown(table.grid.sheet)}, cell {first}: neither the row, the column nor the "
            "title says which period the figure is for"
        )
    keys = " ".join(table.keys.values())
    basis = {text: basis_of(keys, title, table.subtitle) for text in label.unique()}
    try:
        return dates(label, cells["month"], basis)
    except InputProblem as problem:
        wrong = [text for text in label.unique() if not is_period(text) or not basis[text]]
        first = cells.loc[label.isin(wrong), "cell"].iloc[0] if wrong else cells["cell"].iloc[0]
        bare = wrong and re.fullmatch(r"\d{4}", wrong[0])
        why = (
            f"{wrong[0]} is a bare year, and neither the title nor the header says whether it ends "
            "in March or in December: write it there"
            if bare
            else str(problem)
        )
        raise InputProblem(f"sheet {shown(table.grid.sheet)}, cell {first}: {why}") from None
