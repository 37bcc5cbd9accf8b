"""How fast first-time entrants changed: the trend, and whether it was faster than elsewhere."""

from __future__ import annotations

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
from youthjustice.presentation.words.findings import figures
from youthjustice.reports.by_area import Row, records
from youthjustice.reports.section import Displays, Folded, Heading
from youthjustice.reports.sections.common import (
    about,
    cite,
    inferred,
    origins,
    spans,
    traced,
    year,
)
from youthjustice.reports.sections.entrants_figures import Entrants
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.entrants_trends import trends_beside
from youthjustice.reports.sections.pace_figures import (
    NEIGHBOURS,
    PER,
    REST,
    Trends,
    first_rows,
    paces,
    two_years,
)

UNIT = "per 100,000 children aged 10 to 17"
_MEASURE = "first-time entrants"
_ENDS = ["change", "change_lower", "change_upper", "change_p_value"]


def short_pace(name: str, rest: str, found: Entrants) -> tuple[Sentence, ...]:
    """Set the change of the rest of the region beside the area's, in a clause for the first screen."""
    row = found.first_paces.get(REST)
    return () if row is None else (beside_the_rest(name, rest, row, found),)


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
    lines = trends_beside(found.code, name, label)
    years = {"years": f"{numbers.count(len(found.area))}, in the table below"}
    by = (found.origins, "implied_count", "take_out", "rate", "trend")
    return [
        *(traced(said, *by, inputs=years) for said in _annual(name, rest, label, lines)),
        traced(_trend_chart(name, rest, label, found, lines), *by, inputs=years),
    ]


def _annual(name: str, rest: str, label: str, lines: Trends) -> list[Sentence]:
    changes = {row["series"]: row for row in records(lines.changes)}
    without = {row["series"]: row for row in records(lines.without_flagged)}
    # First against last is told already.
    own = {key: value for key, value in changes[name].items() if key not in _ENDS}
    if own["points"] < 2:
        return []
    said = [trend_sentence(own, subject=f"the rate in {name}", approximate=True)]
    beside, less = figures(changes[label]), figures(without[name])
    if not (figures(own).has_interval and beside.has_interval):
        return said
    return [*said, along_lines_sentence(beside, less, area=name, other=rest)]


def _trend_chart(name: str, rest: str, label: str, found: Entrants, lines: Trends) -> Chart:
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
    parts = [two_years(row, name, _label(other)) for other, row in rows.items()]
    drawn = pd.concat(parts).drop_duplicates(["series", "period_end"])
    chart = slope_lines(
        drawn.assign(period=drawn["period_end"].map(dates.year_ending)),
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
    rows = found.paces
    number = rows["first_end"].nunique()
    if number < 2:
        return []
    differ = {
        others[str(key)]: int((part["lower"] > 1).sum() + (part["upper"] < 1).sum())
        for key, part in rows.groupby("comparator", sort=False)
    }
    said = first_years_sentence(differ, number=number, last=year(rows["last_end"].iloc[0]))
    by = (_with_neighbours(found), "implied_count", "take_out", "pooled", "ratio_of_ratios")
    return [
        traced(said, *by),
        Folded(
            "The comparison from every first year", (traced(_starts_table(others, found), *by),)
        ),
    ]


def _starts_table(others: dict[str, str], found: Entrants) -> Table:
    rows = found.paces.assign(
        interval=spans(found.paces["lower"], found.paces["upper"], numbers.ratio, 1.0)
    )
    columns, shown = {"first_end": "From the year ending"}, rows[["first_end"]].drop_duplicates()
    behind: dict[str, Behind] = {}
    for key, part in rows.groupby("comparator", sort=False):
        names = {name: f"{name}_{key}" for name in ("value", "interval", "lower", "upper")}
        shown = shown.merge(part[["first_end", *names]].rename(columns=names), how="left")
        columns |= {
            names["value"]: f"Ratio to {others[str(key)]}",
            names["interval"]: f"95% interval, inferred ({key})",
        }
        ends = names["lower"], names["upper"], "ratio"
        behind |= {
            names["value"]: Behind(names["value"], *ends),
            names["interval"]: Behind("", *ends),
        }
    return Table(
        shown,
        caption=f"Change to the {year(rows['last_end'].iloc[0])} beside that of others: ratio of the "
        "two changes",
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
