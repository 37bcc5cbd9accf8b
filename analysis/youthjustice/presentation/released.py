"""Tables and charts of what may leave: a gap for each hidden number, and nothing that tells of it.

Everything is made from what a `Released` shows. Rows stand in a fixed order that no count decides:
an order by size would give the size of a hidden number away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from youthjustice.disclosure import Derived, Released
from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers, palette
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.bars import bars_with_intervals
from youthjustice.presentation.charts.line import line_with_intervals
from youthjustice.presentation.table import Format, Table
from youthjustice.presentation.words.phrases import sentence_case

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RECORDS = "The service's own case records"
_LAST = ("other", "unknown", "not known")
_GAP = "[c] marks a number that is kept confidential: no bar is drawn for it."
_BREAK = "The line is broken where a number is kept confidential."
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


def released_bars(
    released: Released,
    *,
    title: str,
    measure: str,
    unit: str = "on the service's records",
    series: str | None = None,
    order: Order | None = None,
    labels: Mapping[str, str] | None = None,
    source: str = RECORDS,
    subtitle: str = "",
    name: str = "own-bars",
) -> Chart:
    """Draw one bar for each category of a released table's one dimension; ``series`` is another.

    Totals are not drawn. A hidden number is a gap marked ``[c]``: nothing is drawn for it, and
    neither the scale nor the words know it.

    >>> from youthjustice.disclosure import release
    >>> counted = pd.DataFrame({
    ...     "sex": ["Female", "Male", "Not recorded", "All"], "children": [21, 60, 3, 84]})
    >>> released = release(counted, ["sex"], "children")
    >>> print(released_bars(released, title="Children by sex", measure="children").alt)
    Bar chart of children on the service's records: Female [c]; Male 60; Not recorded [c]. [c] \
marks a number that is kept confidential: no bar is drawn for it.
    """
    frame = in_order(only_released(released), order)
    label = _one_left(released, series)
    drawn = frame[(frame[list(released.dimensions)] != released.total).all(axis=1)]
    chart = bars_with_intervals(
        drawn.rename(columns={released.count: "value"}),
        title=title,
        measure=measure,
        unit=unit,
        source=source,
        label=label,
        series=series,
        form=numbers.count,
        subtitle=subtitle,
        message=_GAP if released.hidden.any() else "",
        note=_GAP if released.hidden.any() else "",
        name=name,
    )
    table = released_table(released, chart.subtitle, labels=labels, order=order, source=source)
    return finished(chart, released, table)


def released_lines(
    released: Released,
    *,
    title: str,
    measure: str,
    unit: str = "on the service's records",
    x: str = "period_end",
    series: str | None = None,
    step: int = 12,
    order: Order | None = None,
    labels: Mapping[str, str] | None = None,
    source: str = RECORDS,
    subtitle: str = "",
    name: str = "own-line",
) -> Chart:
    """Draw a released table over time; a line is broken at each hidden number.

    ``x`` is the dimension that holds the last day of each period, ``step`` the months between them,
    and ``series`` another dimension of at most four categories.

    >>> from youthjustice.disclosure import release
    >>> yearly = pd.DataFrame({"period_end": ["2022-12-31", "2023-12-31", "2024-12-31"],
    ...     "children": [41, 3, 27]})
    >>> released = release(yearly, ["period_end"], "children")
    >>> print(released_lines(released, title="Three years", measure="first entrants").alt)
    Line chart of first entrants on the service's records. The line is broken where a number is \
kept confidential. The figures are in the table below.
    """
    frame = in_order(only_released(released), order)
    if (left := _one_left(released, series)) != x:
        raise InputProblem(
            f"A line is drawn over {x!r}, and the table has {left!r} besides; release a table of "
            f"{x!r} and at most one other dimension."
        )
    drawn = frame[(frame[list(released.dimensions)] != released.total).all(axis=1)]
    drawn = drawn.rename(columns={released.count: "value"})
    drawn[x] = pd.to_datetime(drawn[x])
    told = _BREAK if released.hidden.any() else ""
    by = series if series is not None else "series"
    chart = line_with_intervals(
        drawn if series is not None else drawn.assign(series=sentence_case(measure)),
        title=title,
        measure=measure,
        unit=unit,
        source=source,
        x=x,
        series=by,
        step=step,
        form=numbers.count,
        subtitle=subtitle,
        note=told,
        name=name,
    )
    table = released_table(released, chart.subtitle, labels=labels, order=order, source=source)
    alt = f"Line chart of {measure} {unit}".strip() + f". {told}".rstrip()
    return finished(
        replace(chart, alt=f"{alt} The figures are in the table below."), released, table
    )


def marked(released: Released, text: str) -> str:
    """Put the words in front that everything made under a policy must carry, if there are any."""
    watermark = released.policy.watermark
    return text if watermark is None else f"{watermark}. {text}"


def finished(chart: Chart, released: Released, table: Table) -> Chart:
    """Give a chart the table of what it shows and, where there is one, its policy's watermark."""
    watermark = released.policy.watermark
    if watermark is None:
        return replace(chart, data=table)
    plain = chart.draw

    def draw(ax: Axes) -> Any:
        drawn = plain(ax)
        across: Any = ax.get_figure(root=True)
        across.text(
            0.5, 0.5, watermark, ha="center", va="center", rotation=25, fontsize=13,
            color=palette.DARK_PINK, alpha=0.45, zorder=10,
        )  # fmt: skip
        return drawn

    return replace(
        chart,
        draw=draw,
        data=table,
        title=marked(released, chart.title),
        alt=marked(released, chart.alt),
    )


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


def _one_left(released: Released, series: str | None) -> str:
    """Give the one dimension that is left for the categories of a chart."""
    left = [name for name in released.dimensions if name != series]
    if len(left) != 1 or (series is not None and series not in released.dimensions):
        raise InputProblem(
            "A chart of a released table shows one dimension, or two with one of them as its "
            "series; release a table with fewer dimensions, or name the series."
        )
    return left[0]


def _form(column: Derived) -> Format:
    """Give how a derived figure is written: as finely as was declared."""
    places = 2 if column.decimals is None else column.decimals
    end = "%" if column.kind == "percentage" and column.per == 100 else ""
    return lambda value: numbers.decimal(value, places) + end
