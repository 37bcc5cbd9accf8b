"""Intervals of ranks, one thin line to an area: how little an order says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.presentation import numbers
from youthjustice.presentation.chart import Chart
from youthjustice.presentation.charts.caterpillar_drawing import Content, draw_ranks, inches
from youthjustice.presentation.drawing import Drawing
from youthjustice.presentation.table import Behind, Table
from youthjustice.presentation.words.area_rows import (
    approximate_words,
    chance_words,
    check_made_by,
    check_one_each,
    joined,
    own_row,
)
from youthjustice.presentation.words.phrases import sentence_case
from youthjustice.presentation.words.ranks import (
    COLUMNS,
    between,
    no_order_words,
    quarter_words,
    standing_words,
)

if TYPE_CHECKING:
    pass

_MOST = 6


def rank_caterpillar(
    ranks: pd.DataFrame,
    *,
    focus: str,
    title: str,
    measure: str,
    period: str,
    source: str,
    named: Sequence[str] = (),
    area: str = "area_name",
    kind: str = "authorities",
    approximate: str = "",
    subtitle: str = "",
    message: str = "",
    note: str = "",
    name: str = "ranks",
) -> Chart:
    """Draw the interval of every area's rank, the focus strong, and no rank without its interval.

    ``ranks`` is the frame of ``rank_uncertainty`` for one period. Up to 40 areas all have their
    names; of more, the focus and those of ``named`` (up to six). Lines stand in the order of their
    middles, which is no order of the areas. Quarters are shaded. Raises InputProblem for a focus
    that is absent or has no rank, for areas that stand twice, and for more than six names.

    >>> from youthjustice.measures import rank_uncertainty
    >>> places = pd.DataFrame({"area_name": ["Northam", "Eastly", "Westrow", "Southing"],
    ...     "entrants": [38, 61, 22, 40], "children": [16100, 22900, 15341, 22300]})
    >>> ranks = rank_uncertainty(places, "area_name", numerator="entrants", denominator="children")
    >>> chart = rank_caterpillar(ranks, focus="Westrow", title="Four areas", period="2024",
    ...     measure="first-time entrants", source="Own analysis")
    >>> print(chart.alt)
    Caterpillar plot of the ranks that 4 authorities could have by first-time entrants, 2024, \
1st the highest: Westrow could stand anywhere from 2nd to 4th: the chance that it is among the \
highest quarter is 1%, among the lowest 64%. Half of all intervals span 4 ranks or more.
    """
    check_made_by(ranks, "rank_uncertainty", [area, *COLUMNS])
    check_one_each(ranks, area)
    own = own_row(ranks, area, focus)
    if math.isnan(own["rank_lower"]):
        raise InputProblem(f"{focus!r} has no rank, as it has no counts: leave the chart out")
    others = [one for one in dict.fromkeys(named) if one != focus]
    if len(others) > _MOST:
        raise InputProblem(f"{len(others)} areas are named in a chart of ranks: name up to {_MOST}")
    shown = [own, *(own_row(ranks, area, one) for one in others)]
    there = ranks.loc[ranks["rank_lower"].notna(), [area, "rank_lower", "rank", "rank_upper"]]
    there = there.sort_values(["rank", "rank_lower", "rank_upper", area], kind="stable")
    content = Content(
        names=there[area].astype(str).tolist(),
        ranks=there[["rank_lower", "rank", "rank_upper"]].to_numpy(float),
        focus=focus,
        named=others,
        areas=int(own["areas"]),
    )

    level = f"{100 * ranks.attrs.get('confidence', 0.95):.4g}%"
    what = f"{measure}, {period}"
    return Chart(
        draw=Drawing(draw_ranks, content),
        title=title,
        subtitle=subtitle
        or f"{sentence_case(what)}: {level} intervals of the rank, 1st the highest",
        alt=_alt(content, own, what, kind, message),
        source=source,
        data=_table(ranks, shown, area, content, level, sentence_case(what)),
        name=name,
        note=joined(
            f"Each line is one of {content.areas} {kind} and spans the ranks that its numbers leave "
            f"open ({level} interval); the dot is the middle and no rank to quote. Shaded: the "
            "highest and the lowest quarter.",
            no_order_words(ranks, kind),
            approximate_words(approximate, ranks["numerator"], ranks["denominator"]),
            note,
        ),
        wide=(7.2, inches(content, narrow=False)),
        narrow=(3.7, inches(content, narrow=True)),
    )


def _alt(content: Content, own: pd.Series, what: str, kind: str, message: str) -> str:
    ends = content.ranks[:, 2] - content.ranks[:, 0] + 1
    return joined(
        f"Caterpillar plot of the ranks that {content.areas} {kind} could have by {what}, 1st the "
        f"highest: {content.focus} {standing_words(own)}{quarter_words(own)}. Half of all intervals "
        f"span {_ranks(float(np.median(ends)))} or more.",
        message,
    )


def _ranks(number: float) -> str:
    return f"{numbers.count(number)} rank{'' if number == 1 else 's'}"


def _table(
    ranks: pd.DataFrame,
    shown: Sequence[pd.Series],
    area: str,
    content: Content,
    level: str,
    caption: str,
) -> Table:
    """Set out the areas that have names in the drawing, by name where all have one."""
    rows = list(shown)
    if content.all_named:
        rows = [row for _, row in ranks.sort_values(area).iterrows()]
    held = ["rank_lower", "rank_upper", "highest_quarter", "lowest_quarter"]
    frame = pd.DataFrame(
        [
            (
                row[area],
                between(row).removeprefix("from "),
                chance_words(row["highest_quarter"]),
                chance_words(row["lowest_quarter"]),
                *(row[name] for name in held),
            )
            if not math.isnan(row["rank_lower"])
            else (row[area], "[x]", "[x]", "[x]", *(row[name] for name in held))
            for row in rows
        ],
        columns=["area", "ranks", "highest", "lowest", *held],
    )
    columns = {
        "area": "Area",
        "ranks": f"Could stand ({level} interval of {content.areas})",
        "highest": "Chance of the highest quarter",
        "lowest": "Chance of the lowest quarter",
    }
    return Table(
        frame,
        caption,
        columns=columns,
        align_right=["ranks", "highest", "lowest"],
        behind={
            "ranks": Behind("", "rank_lower", "rank_upper", "rank, 1 the highest"),
            "highest": Behind("highest_quarter"),
            "lowest": Behind("lowest_quarter"),
        },
    )
