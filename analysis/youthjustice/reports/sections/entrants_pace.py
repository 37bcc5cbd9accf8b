"""How fast first-time entrants changed: the trend, and whether it was faster than elsewhere."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import (
    Chart,
    Sentence,
    Table,
    compare,
    dates,
    difference_in_change_sentence,
    listing,
    numbers,
    sentence_case,
    slope_lines,
    trend_sentence,
    trend_with_band,
)
from youthjustice.presentation.words.changes import in_percent
from youthjustice.presentation.words.findings import FELL, NO_CLAIM, ROSE, figures
from youthjustice.published import load
from youthjustice.reports.section import Displays, Folded, Heading
from youthjustice.reports.sections.common import cite, inferred, spans, year
from youthjustice.reports.sections.entrants_figures import Entrants
from youthjustice.reports.sections.pace_figures import (
    NEIGHBOURS,
    PER,
    REST,
    Trends,
    paces,
    trends,
    two_years,
)

UNIT = "per 100,000 children aged 10 to 17"
_MEASURE = "first-time entrants"
_SIDES = {"value": "", "lower": "_lower", "upper": "_upper"}
_ENDS = ["change", "change_lower", "change_upper", "change_p_value"]


def short_pace(name: str, rest: str, found: Entrants) -> tuple[Sentence, ...]:
    """Set the change of the rest of the region beside the area's, in a clause for the first screen."""
    row = _first(found.paces, REST)
    return () if row is None else (beside_the_rest(name, rest, row),)


def claimed_pace(name: str, rest: str, found: Entrants, last: str) -> Sentence | None:
    """Set the change of the rest beside the area's up to a year (ISO date of its end), if any."""
    own, others = (frame[frame["period_end"] <= last] for frame in (found.area, found.rest))
    row = _first(paces(own, {REST: others}), REST)
    return None if row is None else beside_the_rest(name, rest, row)


def beside_the_rest(name: str, rest: str, row: pd.Series) -> Sentence:
    """Say how the rate of the rest moved over the years of a row of `paces`, and whether alike."""
    ratio = f"ratio of the two changes {_ratio(row)}"
    other = figures({side: row[f"reference_change{side_of}"] for side, side_of in _SIDES.items()})
    side = _side(row)
    moved = f"so that in proportion to it the rate in {name} moved {{}}: {ratio}"
    verdict = {
        FELL: moved.format("down"),
        ROSE: moved.format("up"),
        NO_CLAIM: "and whether the two changes differ cannot be said",
    }.get(side, f"with no evidence of a different pace: {ratio}")
    said = Sentence(
        f"Over the same years the rate in {rest} went from {numbers.rate(_level(row, 'first'))} "
        f"to {numbers.rate(_level(row, 'last'))} per 100,000, a change of {in_percent(other)}, "
        f"{verdict}."
    )
    return inferred(said)


def trend_parts(name: str, rest: str, found: Entrants) -> list[Displays]:
    """Give the annual change along a line, the rest of the region's beside it, and draw both."""
    label = _label(rest)
    lines = trends({name: found.area, label: found.rest})
    return [*_annual(name, rest, label, lines), _trend_chart(name, rest, label, found, lines)]


def _annual(name: str, rest: str, label: str, lines: Trends) -> list[Displays]:
    changes = lines.changes.set_index("series", drop=False)
    own = changes.loc[[name]].drop(columns=_ENDS)  # first against last is told already
    if own["points"].iloc[0] < 2:
        return []
    said: list[Displays] = [trend_sentence(own, subject=f"the rate in {name}", approximate=True)]
    others, without = changes.loc[label], lines.without_flagged.set_index("series").loc[name]
    beside, less = figures(others), figures(without)
    if not (figures(own.iloc[0]).has_interval and beside.has_interval):
        return said
    text = f"Along a line of its own the rate in {rest} changed by {in_percent(beside, ' a year')}"
    if less.has_interval:
        text += (
            "; without the years ending in 2020 and 2021, when COVID-19 slowed the courts, that in "
            f"{name} would have changed by {in_percent(less, ' a year')}"
        )
    return [*said, Sentence(f"{text}.", kind="note")]


def _trend_chart(name: str, rest: str, label: str, found: Entrants, lines: Trends) -> Chart:
    return trend_with_band(
        lines.lines,
        lines.changes if lines.changes["value"].notna().any() else None,
        series="series",
        focus=name,
        title=f"First-time entrants in {name} and {rest}",
        measure=_MEASURE,
        unit=UNIT,
        source=f"{cite(found.table)}; lines and bands are own analysis",
        approximate=True,
        name="entrants-trend",
    )


def pace_parts(name: str, rest: str, found: Entrants) -> list[Displays]:
    """Say whether the rate moved faster than in the region's rest and among its neighbours."""
    others = {REST: rest, NEIGHBOURS: _neighbours(found)}
    rows = {key: row for key in others if (row := _first(found.paces, key)) is not None}
    if not rows:
        return []
    said = [
        difference_in_change_sentence(
            row,
            subject=f"the rate in {name}",
            other=f"that of {others[key]}",
            start=f"the {year(row['first_end'])}",
            end=f"the {year(row['last_end'])}",
            approximate=True,
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
    row = _first(found.paces, NEIGHBOURS)
    number = 0 if row is None else int(row["areas"])
    some = "" if number == len(found.neighbours) else " with figures in both years"
    return f"its {numbers.count(number)} statistical neighbours{some} together"


def _label(others: str) -> str:
    """Name others at the end of a line, where there is little room."""
    return sentence_case(others.removeprefix("the ").removeprefix("its ").removesuffix(" together"))


def _slopes(name: str, rows: dict[str, pd.Series], found: Entrants) -> Chart:
    parts = [two_years(row, name, _label(other)) for other, row in rows.items()]
    drawn = pd.concat(parts).drop_duplicates(["series", "period_end"])
    return slope_lines(
        drawn.assign(period=drawn["period_end"].map(dates.year_ending)),
        series="series",
        focus=name,
        title=f"{name} and others, first year and last",
        measure=_MEASURE,
        unit=UNIT,
        source=f"{cite(found.table, load('statistical_neighbours'))}; intervals are own analysis",
        approximate=True,
        name="entrants-slope",
    )


def _starts(others: dict[str, str], found: Entrants) -> list[Displays]:
    """Show the same comparison from every other first year, since much hangs on which is taken."""
    rows = found.paces
    number = rows["first_end"].nunique()
    if number < 2:
        return []
    counted = [
        f"in {int((part['lower'] > 1).sum() + (part['upper'] < 1).sum())} with {others[str(key)]}"
        for key, part in rows.groupby("comparator", sort=False)
    ]
    last = rows["last_end"].iloc[0]
    return [
        Sentence(
            f"Such a comparison hangs on its two years. With each of the {numbers.count(number)} "
            f"earlier years in turn as the first, and the {year(last)} as the last, there is evidence "
            f"of a difference (5% level) {listing(counted)}.",
            kind="caution",
        ),
        Folded("The comparison from every first year", (_starts_table(others, found),)),
    ]


def _starts_table(others: dict[str, str], found: Entrants) -> Table:
    rows = found.paces.assign(
        interval=spans(found.paces["lower"], found.paces["upper"], numbers.ratio, 1.0)
    )
    columns, shown = {"first_end": "From the year ending"}, rows[["first_end"]].drop_duplicates()
    for key, part in rows.groupby("comparator", sort=False):
        names = {"value": f"value_{key}", "interval": f"interval_{key}"}
        shown = shown.merge(part[["first_end", *names]].rename(columns=names), how="left")
        columns |= {
            names["value"]: f"Ratio to {others[str(key)]}",
            names["interval"]: "95% interval, inferred",
        }
    return Table(
        shown,
        caption=f"Change to the {year(rows['last_end'].iloc[0])} beside that of others: ratio of the "
        "two changes",
        columns=columns,
        formats={"first_end": dates.month_year}
        | {name: numbers.ratio for name in columns if name.startswith("value")},
        align_right=[name for name in columns if name.startswith("interval")],
        source=f"{cite(found.table)}; ratios are own analysis",
    )


def _first(rows: pd.DataFrame, comparator: str) -> pd.Series | None:
    """Return the comparison from the first year on, if there is one."""
    rows = rows[rows["comparator"] == comparator]
    if rows.empty:
        return None
    row: pd.Series = rows.sort_values("first_end").iloc[0]
    return row


def _ratio(row: pd.Series) -> str:
    return numbers.interval(row["value"], row["lower"], row["upper"], null=1.0)


def _level(row: pd.Series, end: str) -> float:
    """Give the rate of the others in the first or the last year."""
    return float(PER * row[f"x0_{end}"] / row[f"n0_{end}"])


def _side(row: pd.Series) -> str:
    return compare(row["value"], row["lower"], row["upper"], change=True, p_value=row["p_value"])
