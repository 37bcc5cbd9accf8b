"""What the headings, rows and columns of a table of Youth Justice Statistics say of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from youthjustice._spelling import plain
from youthjustice.published._cells import labels
from youthjustice.published.layouts._yjs_labels import (
    DIMENSIONS,
    dimension_named,
    dimensions_of_title,
    says,
)
from youthjustice.published.layouts._yjs_periods import basis_of
from youthjustice.published.layouts._yjs_sheets import Table, is_period

_SECTION = re.compile(
    r"(?:number|numbers|volume|counts?|rates?|proportions?|percentages?|per ?cent|shares?|%"
    r"|average|mean|median)\b",
    re.IGNORECASE,
)
NAMES = (*DIMENSIONS, "group", "month", "category")
"""The columns that hold what a figure's labels say."""


@dataclass(frozen=True, slots=True)
class Free:
    """Where labels go that neither a header nor their own words place: by where they stand."""

    heading: str = "category"
    key: str = "category"


@dataclass(frozen=True, slots=True)
class _State:
    """What the headings above a row say together."""

    section: str = ""
    context: str = ""
    period: str = ""
    held: Mapping[str, str] = field(default_factory=dict)


def of_headings(table: Table, free: Free) -> pd.DataFrame:
    """Give each row what the headings above it say."""
    named = dimension_named(next(iter(table.keys.values())))
    named = "" if named in {"period", "any"} or free.heading != "category" else named
    texts = labels(table.grid.cells[np.ix_(table.headings, np.array(list(table.keys)))])
    state = _State()
    states = [state]
    for row in texts:
        label = " ".join(text for text in row if text)
        state = _after(state, label, named, free.heading)
        states.append(state)
    place = np.searchsorted(table.headings, table.rows)
    lines = [
        {"section": s.section, "context": s.context, "period": s.period or np.nan, **s.held}
        for s in states
    ]
    return pd.DataFrame(lines, dtype=object).iloc[place].set_axis(table.rows)


def _after(state: _State, label: str, named: str, free: str) -> _State:
    """Give the state of the headings after one more of them."""
    if is_period(label):
        return _State(state.section, state.context, label, state.held)
    meant = says(label, named)
    if meant.dimension == "context":
        return _State(state.section, meant.value, state.period)
    if meant.dimension == "total":
        keep = {} if plain(label) != "of which" else dict(state.held)
        return _State(state.section, state.context, state.period, keep)
    if _SECTION.match(label) and meant.dimension == "":
        return _State(label, "", state.period)
    name = meant.dimension or named or (state.context if meant.vague else "") or free
    above: dict[str, str] = {}
    for other, value in state.held.items():
        if other == name:
            break
        above[other] = value
    return _State(state.section, state.context, state.period, {**above, name: meant.value})


def of_keys(
    table: Table, frame: pd.DataFrame, free: Free, measures: re.Pattern[str], by_row: pd.DataFrame
) -> pd.DataFrame:
    """Give each figure what the labels of its row say."""
    out = pd.DataFrame(index=frame.index)
    by_title = [n for n in dimensions_of_title(table.title) if n not in {"sex", "age_band"}]
    heads = [dimension_named(header) for header in table.keys.values()]
    untaken = [name for name in by_title if name not in heads and name not in by_row]
    context = by_row["context"].loc[frame["row"]].set_axis(frame.index)
    for place, named in enumerate(heads):
        label = frame[f"key{place}"]
        pairs = pd.DataFrame({"label": label, "context": context})
        rows = []
        carried = ""
        for text, about in pairs.drop_duplicates().itertuples(index=False):
            own = "any" if named == "any" else named or about
            if is_period(text) and named in {"", "period"}:
                rows.append((text, about, "period", text))
                continue
            if _is_measure(text, measures):
                rows.append((text, about, "measure", text))
                continue
            meant = says(text, own)
            if not text or meant.dimension in {"total", "context"}:
                rows.append((text, about, "", ""))
                continue
            plainly = named if named not in {"any", "period", ""} else ""
            guess = untaken[0] if untaken else free.key
            guess = free.heading if place < len(heads) - 1 else guess
            name = meant.dimension or plainly or about or (carried if meant.vague else "") or guess
            carried = name
            rows.append((text, about, name, meant.value))
        known = pd.DataFrame(rows, columns=["label", "context", "name", "value"], dtype=object)
        both = pairs.merge(known, on=["label", "context"], how="left").set_index(frame.index)
        for name in sorted(set(known["name"]) - {""}):
            value = both["value"].where(both["name"] == name)
            out[name] = value if name not in out else value.where(value.notna(), out[name])
    return out


def _is_measure(text: str, measures: re.Pattern[str]) -> bool:
    return bool(measures.search(text) or (_SECTION.match(text) and not dimension_named(text)))


def of_columns(
    table: Table, columns: dict[int, tuple[str, ...]], free: Free, measures: re.Pattern[str]
) -> pd.DataFrame:
    """Give each column what its labels say, from the top of the header down."""
    lines: list[dict[str, object]] = []
    carried = ""
    for path in columns.values():
        line: dict[str, object] = {}
        context = basis = ""
        for level, part in enumerate(path):
            final = level == len(path) - 1
            if is_period(part):
                bare = re.fullmatch(r"\d{4}", part) and basis
                line["period"] = f"year ending {bare} {part}" if bare else part
            elif basis_of(part) and not final and not says(part).dimension:
                basis = basis_of(part) or ""
            elif _is_measure(part, measures):
                line["measure"] = f"{line.get('measure', '')} {part}".strip()
            else:
                meant = says(part, context)
                if meant.dimension == "context":
                    context = carried = meant.value
                elif meant.dimension != "total":
                    group = dimension_named(part) if not final else ""
                    if group and group not in {"period", "any"}:
                        context = carried = group
                        continue
                    held = context or (carried if meant.vague else "")
                    name = meant.dimension or held or _by_title(table)
                    name = name if final or meant.dimension or held else "group"
                    carried = name if name != "group" else carried
                    line[name if name not in line else "category"] = meant.value
        lines.append(line)
    names = [*NAMES, "measure", "period"]
    return pd.DataFrame(lines, index=list(columns), columns=names, dtype=object)


def _by_title(table: Table) -> str:
    named = {dimension_named(header) for header in table.keys.values()}
    rest = [n for n in dimensions_of_title(table.title) if n not in named | {"sex", "age_band"}]
    return rest[0] if rest else "category"
