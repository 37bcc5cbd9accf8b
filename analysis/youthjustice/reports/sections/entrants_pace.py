"""How fast first-time entrants changed: the trend, and whether it was faster than elsewhere."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Sentence,
    Table,
    dates,
    difference_in_change_sentence,
    numbers,
    sentence_case,
    slope_lines,
    trend_sentence,
    trend_with_band,
)
from youthjustice.presentation.lineage import Publication
from youthjustice.presentation.words.beside import (
    along_lines_sentence,
    beside_sentence,
    first_years_sentence,
)
from youthjustice.presentation.words.briefly import pace_briefly
from youthjustice.presentation.words.findings import figures
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Heading
from youthjustice.reports.sections.entrants_figures import Entrants
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.entrants_trends import AROUND, OWN, trends_beside
from youthjustice.reports.sections.pace_figures import (
    NEIGHBOURS,
    PER,
    REST,
    Trends,
    first_rows,
    paces,
    two_years,
)
from youthjustice.reports.sections.wording import about, inferred, span_text, year

UNIT = "per 100,000 children aged 10 to 17"
_SHOWN = ("value", "interval", "lower", "upper")
_NO_ROW = dict.fromkeys(_SHOWN, math.nan)
_MEASURE = "first-time entrants"
_ENDS = ["change", "change_lower", "change_upper", "change_p_value"]


def short_pace(name: str, rest: str, found: Entrants) -> tuple[Sentence, ...]:
    """Set the change of the rest of the region beside the area's, with the levels of both years."""
    row = found.first_paces.get(REST)
    return () if row is None else (beside_the_rest(name, rest, row, found),)


def pace_at_a_glance(name: str, rest: str, found: Entrants) -> tuple[Sentence, ...]:
    """Say in one short sentence whether the rest of the region changed alike."""
    row = found.first_paces.get(REST)
    if row is None:
        return ()
    return (
        _paces_traced(inferred(pace_briefly(row, area=name, other=rest)), name, rest, row, found),
    )


def claimed_pace(name: str, rest: str, found: Entrants, last: str) -> Sentence | None:
    """Set the change of the rest beside the area's up to a year (ISO date of its end), if any."""
    own, others = (frame[frame["period_end"] <= last] for frame in (found.area, found.rest))
    row = first_rows(paces(own, {REST: others})).get(REST)
    return None if row is None else beside_the_rest(name, rest, row, found)


def beside_the_rest(name: str, rest: str, row: Row, found: Entrants) -> Sentence:
    """Say how the rate of the rest moved over the years of a row of `paces`, and whether alike."""
    before, after = (_level(row, end) for end in ("first", "last"))
    said = beside_sentence(row, area=name, other=rest, before=before, after=after)
    return _paces_traced(inferred(said), name, rest, row, found)


def _paces_traced(said: Sentence, name: str, other: str, row: Row, found: Entrants) -> Sentence:
    """Trace a comparison of two changes to the numbers of both in both years."""
    rest = row["comparator"] == REST
    inputs = {
        f"{who}, {dates.month_year(row[f'{end}_end'])}": about(
            row[f"x{whose}_{end}"], row[f"n{whose}_{end}"]
        )
        for whose, who in ((1, name), (0, other))
        for end in ("first", "last")
    }
    listed = found.origins if rest else _with_neighbours(found)
    formulas = ("implied_count", "take_out" if rest else "pooled", "rate_ratio", "ratio_of_ratios")
    return traced(said, listed, *formulas, inputs=inputs)


def trend_parts(name: str, rest: str, found: Entrants) -> list[Displays]:
    """Give the annual change along a line, the rest of the region's beside it, and draw both."""
    label = _label(rest)
    lines = trends_beside(found.code, {OWN: name, AROUND: label})
    years = {"years": f"{numbers.count(len(found.area))}, in the table below"}
    by = (found.origins, "implied_count", "take_out", "rate", "trend")
    return [
        *(traced(said, *by, inputs=years) for said in _annual(name, rest, lines)),
        traced(_trend_chart(name, rest, lines), *by, inputs=years),
    ]


def _annual(name: str, rest: str, lines: Trends) -> list[Sentence]:
    changes, without = (
        {row["whose"]: row for row in records(part)}
        for part in (lines.changes, lines.without_flagged)
    )
    # First against last is told already.
    own = {key: value for key, value in changes[OWN].items() if key not in _ENDS}
    if own["points"] < 2:
        return []
    said = [trend_sentence(own, subject=f"the rate in {name}", approximate=True)]
    beside, less = figures(changes[AROUND]), figures(without[OWN])
    if not (figures(own).has_interval and beside.has_interval):
        return said
    return [*said, along_lines_sentence(beside, less, area=name, other=rest)]


def _trend_chart(name: str, rest: str, lines: Trends) -> Chart:
    return trend_with_band(
        lines.lines,
        lines.changes if lines.changes["value"].notna().any() else None,
        series="series",
        focus=name,
        title=f"First-time entrants in {name} and {rest}",
        measure=_MEASURE,
        unit=UNIT,
        source=f"{cite(RATES)}; lines and bands are own analysis",
        approximate=True,
        name="entrants-trend",
    )


def pace_parts(name: str, rest: str, found: Entrants) -> list[Displays]:
    """Say whether the rate moved faster than in the region's rest and among its neighbours."""
    others = {REST: rest, NEIGHBOURS: _neighbours(found)}
    rows = {key: found.first_paces[key] for key in others if key in found.first_paces}
    if not rows:
        return []
    said = [
        _paces_traced(
            difference_in_change_sentence(
                row,
                subject=f"the rate in {name}",
                other=f"that of {others[key]}",
                start=f"the {year(row['first_end'])}",
                end=f"the {year(row['last_end'])}",
                approximate=True,
            ),
            name,
            others[key],
            row,
            found,
        )
        for key, row in rows.items()
    ]
    return [
        Heading("Faster than elsewhere?"),
        *said,
        _slopes(name, {others[key]: row for key, row in rows.items()}, found),
        *_starts(others, found),
    ]


def _neighbours(found: Entrants) -> str:
    row = found.first_paces.get(NEIGHBOURS)
    number = 0 if row is None else int(row["areas"])
    some = "" if number == len(found.neighbours) else " with figures in both years"
    return f"its {numbers.count(number)} statistical neighbours{some} together"


def _label(others: str) -> str:
    """Name others at the end of a line, where there is little room."""
    return sentence_case(others.removeprefix("the ").removeprefix("its ").removesuffix(" together"))


def _slopes(name: str, rows: dict[str, Row], found: Entrants) -> Chart:
    drawn = two_years(name, {_label(other): row for other, row in rows.items()})
    drawn["period"] = [dates.year_ending(end) for end in drawn["period_end"]]
    chart = slope_lines(
        drawn,
        series="series",
        focus=name,
        title=f"{name} and others, first year and last",
        measure=_MEASURE,
        unit=UNIT,
        source=f"{cite(RATES, 'statistical_neighbours')}; intervals are own analysis",
        approximate=True,
        name="entrants-slope",
    )
    return traced(chart, _with_neighbours(found), "implied_count", "rate", "rate_limits")


def _with_neighbours(found: Entrants) -> tuple[Publication, ...]:
    """List the publications of the rates and, where there are neighbours, of who they are."""
    near = origins("statistical_neighbours") if len(found.neighbours) else ()
    return (*found.origins, *near)


def _starts(others: dict[str, str], found: Entrants) -> list[Displays]:
    """Show the same comparison from every other first year, since much hangs on which is taken."""
    rows = records(found.paces[["comparator", "first_end", "last_end", "value", "lower", "upper"]])
    number = len({row["first_end"] for row in rows})
    if number < 2:
        return []
    last = year(rows[0]["last_end"])
    differ = {
        others[key]: sum(
            row["lower"] > 1 or row["upper"] < 1 for row in rows if row["comparator"] == key
        )
        for key in found.first_paces
    }
    said = first_years_sentence(differ, number=number, last=last)
    by = (_with_neighbours(found), "implied_count", "take_out", "pooled", "ratio_of_ratios")
    table = traced(_starts_table(others, rows, last), *by)
    return [traced(said, *by), Folded("The comparison from every first year", (table,))]


def _starts_table(others: dict[str, str], rows: list[Row], last: str) -> Table:
    ends = list(dict.fromkeys(row["first_end"] for row in rows))
    shown: dict[str, list[Any]] = {"first_end": ends}
    columns, behind = {"first_end": "From the year ending"}, dict[str, Behind]()
    for key, other in others.items():
        part = {row["first_end"]: row for row in rows if row["comparator"] == key}
        if not part:
            continue
        value, interval, lower, upper = (f"{name}_{key}" for name in _SHOWN)
        each = [part.get(end, _NO_ROW) for end in ends]
        shown[value] = [row["value"] for row in each]
        shown[lower] = [row["lower"] for row in each]
        shown[upper] = [row["upper"] for row in each]
        shown[interval] = [
            span_text(row["lower"], row["upper"], numbers.ratio, 1.0) for row in each
        ]
        columns |= {value: f"Ratio to {other}", interval: f"95% interval, inferred ({key})"}
        limits = lower, upper, "ratio"
        behind |= {value: Behind(value, *limits), interval: Behind("", *limits)}
    return Table(
        pd.DataFrame(shown),
        caption=f"Change to the {last} beside that of others: ratio of the two changes",
        columns=columns,
        formats={"first_end": dates.month_year}
        | {name: numbers.ratio for name in columns if name.startswith("value")},
        align_right=[name for name in columns if name.startswith("interval")],
        behind=behind,
        source=f"{cite(RATES)}; ratios are own analysis",
    )


def _level(row: Row, end: str) -> float:
    """Give the rate of the others in the first or the last year."""
    return float(PER * row[f"x0_{end}"] / row[f"n0_{end}"])
