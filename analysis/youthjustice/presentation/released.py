"""Tables of what may leave: a symbol for each hidden number, and nothing that tells of it.

Everything is made from what a `Released` shows. Rows stand in a fixed order that no count decides:
an order by size would give the size of a hidden number away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from youthjustice.disclosure import Derived, Released
from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.table import Format, Table
from youthjustice.presentation.words.phrases import sentence_case

RECORDS = "The service's own case records"
_LAST = ("other", "unknown", "not known")
Order = Mapping[str, Sequence[str]]


def only_released(thing: object) -> Released:
    """Return the thing if it came through disclosure control, and refuse anything else.

    >>> only_released({"Asian": 12})
    Traceback (most recent call last):
        ...
    youthjustice.errors.InputProblem: A section on records was given a dict, which may hold what \
should be hidden; give what yj.disclosure.release returns.
    """
    if type(thing) is not Released:
        raise InputProblem(
            f"A section on records was given a {type(thing).__name__}, which may hold what should "
            "be hidden; give what yj.disclosure.release returns."
        )
    return thing


def released_table(
    released: Released,
    caption: str,
    *,
    across: str | None = None,
    labels: Mapping[str, str] | None = None,
    order: Order | None = None,
    source: str = RECORDS,
    note: str = "",
) -> Table:
    """Set a released table out, with ``[c]`` for each hidden number.

    ``across`` is a dimension whose categories become columns; only counts are shown then. ``labels``
    names columns, ``order`` gives the categories of a dimension in the order they stand in (else
    alphabetical, with Other, Unknown and the total last). Raises InputProblem for what did not come
    through disclosure control, and where ``across`` leaves a cell without a row.

    >>> from youthjustice.disclosure import release
    >>> counted = pd.DataFrame({
    ...     "sex": ["Female", "Male", "Not recorded", "All"], "children": [21, 60, 3, 84]})
    >>> released = release(counted, ["sex"], "children")
    >>> print(released_table(released, "Children by sex"))
    Children by sex
    [c] kept confidential to protect children's privacy
    Sex           Children
    Female             [c]
    Male                60
    Not recorded       [c]
    All                 84
    Source: The service's own case records
    """
    frame = in_order(only_released(released), order)
    names = {column: sentence_case(column.replace("_", " ")) for column in frame.columns}
    names |= dict(labels or {})
    caption = marked(released, caption)
    if across is not None:
        frame, names = _spread(released, frame, across, names)
        return Table(frame, caption, columns=names, source=source, note=note)
    shown = [*released.dimensions, *released.keep, released.count]
    shown += [column.column for column in released.derived]
    return Table(
        frame,
        caption,
        columns={column: names[column] for column in shown},
        formats={column.column: _form(column) for column in released.derived},
        source=source,
        note=note,
    )


def marked(released: Released, text: str) -> str:
    """Put the words in front that everything made under a policy must carry, if there are any."""
    watermark = released.policy.watermark
    return text if watermark is None else f"{watermark}. {text}"


def in_order(released: Released, order: Order | None = None) -> pd.DataFrame:
    """Give the rows in an order that no count decides, and figures as finely as they are printed."""
    frame = released.frame
    for column in released.derived:
        if column.decimals is not None:
            frame[column.column] = frame[column.column].round(column.decimals)
    keys = {
        name: frame[name].map(partial(_place, released.total, tuple((order or {}).get(name, ()))))
        for name in released.dimensions
    }
    by = pd.DataFrame(keys, index=frame.index).sort_values(list(keys), kind="stable").index
    frame = frame.loc[by].reset_index(drop=True)
    gone = frame["symbol"].where(frame["symbol"] != "", "c")
    return frame.assign(symbol=gone)


def _place(total: str, order: tuple[str, ...], value: Any) -> tuple[int, int, str]:
    """Give where a category stands: in the order given, then by name, the total last."""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if text == total:
        return 3, 0, ""
    if text in order:
        return 0, order.index(text), ""
    last = text.casefold() in _LAST
    return (2, _LAST.index(text.casefold()), text) if last else (1, 0, text)


def _spread(
    released: Released, frame: pd.DataFrame, across: str, names: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Make one column of counts for each category of a dimension."""
    if across not in released.dimensions or len(released.dimensions) < 2:
        raise InputProblem(
            f"A table cannot be set out across {across!r}: name one of its dimensions, of which it "
            "must have two or more."
        )
    down = [name for name in released.dimensions if name != across]
    kinds = list(dict.fromkeys(frame[across]))
    if len(frame) != len(kinds) * len(frame[down].drop_duplicates()):
        raise InputProblem(
            f"A table set out across {across!r} would have cells for which there is no row; give "
            "all rows, noughts too, or leave out across."
        )
    wide = frame[down].drop_duplicates().reset_index(drop=True)
    columns = {name: names[name] for name in down}
    for number, kind in enumerate(kinds):
        part = frame[frame[across] == kind].drop(columns=across)
        own = {released.count: f"count_{number}", "symbol": f"count_{number}_symbol"}
        wide = wide.merge(part.rename(columns=own)[[*down, *own.values()]], on=down, how="left")
        columns[f"count_{number}"] = str(kind)
    return wide, columns


def _form(column: Derived) -> Format:
    """Give how a derived figure is written: as finely as was declared."""
    places = 2 if column.decimals is None else column.decimals
    end = "%" if column.kind == "percentage" and column.per == 100 else ""
    return lambda value: numbers.decimal(value, places) + end
