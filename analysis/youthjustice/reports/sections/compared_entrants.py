"""The rates of first-time entrants of an area beside those of others, each release by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Sentence,
    Table,
    comparison_sentence,
    dates,
    difference_in_change_sentence,
    numbers,
    sentence_case,
    slope_lines,
)
from youthjustice.presentation.lineage import Publication
from youthjustice.presentation.words.compared import lacking_sentence, older_release_sentence
from youthjustice.presentation.words.phrases import listing
from youthjustice.published import Place, load
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Heading
from youthjustice.reports.sections.compared_figures import Pair, entrants_pair, named, releases
from youthjustice.reports.sections.entrants_figures import all_rates
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.wording import about, inferred, spans, year

_EACH = ("implied_count", "rate", "rate_limits")


def entrants_beside(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Compare rates of first-time entrants, each release by itself."""
    pairs = {one: entrants_pair(found, one) for one in others}
    lacking = [named(one) for one, pair in pairs.items() if pair is None]
    items: list[Displays] = [Heading("First-time entrants beside others")]
    for release in releases():
        if here := [pair for pair in pairs.values() if pair and pair.release == release]:
            items += _of_release(found.name, here)
    if lacking:
        own = all_rates()
        if not own.loc[own["area_code"] == found.code, "value"].notna().any():
            lacking = [found.name]
        items.append(lacking_sentence("rate of first-time entrants", lacking))
    return items


def _of_release(name: str, pairs: Sequence[Pair]) -> list[Displays]:
    """Tell and show the comparisons that rest on one release."""
    release, newest = pairs[0].release, releases()[0]
    rates = all_rates(release)
    codes = {pair.other.code for pair in pairs}
    listed = origins(rates[rates["area_code"].isin(codes)])
    items: list[Displays] = []
    if release != newest:
        last = dates.year_ending(pairs[0].own["period_end"].iloc[-1])
        older = [named(pair.other) for pair in pairs]
        items.append(
            traced(
                older_release_sentence(older, area=name, newest=newest, used=release, last=last),
                listed,
            )
        )
    for pair in pairs:
        items += _said(name, pair, listed)
    source = cite(load("first_time_entrants_area", release=release))
    items += [_levels(name, pairs, source, listed), _changes(name, pairs, source, listed)]
    chart = _slopes(name, pairs, source, listed)
    return items if chart is None else [*items, chart]


def _said(name: str, pair: Pair, listed: Sequence[Publication]) -> list[Displays]:
    """Say how the latest rates, those of the last years, and the two changes stand to each other."""
    latest, pooled = pair.years.iloc[-1], pair.pooled
    opening = {f"In the {year(latest['period_end'])}": latest}
    if pooled["years"] > 1:
        opening[f"Over the {pooled['years']} years to {dates.month_year(pooled['last_end'])}"] = (
            pooled
        )
    by = ("implied_count", *(["take_out"] if pair.label.startswith("the rest of") else []))
    said: list[Displays] = [
        traced(
            inferred(
                comparison_sentence(
                    row,
                    subject=f"the rate in {name}",
                    level=row["rate"],
                    other=pair.label,
                    other_level=row["reference_rate"],
                    unit="per 100,000",
                    context=context,
                )
            ),
            listed,
            *by,
            *(["pooled"] if row is pooled else []),
            "rate_ratio",
            inputs={
                name: about(row["numerator"], row["denominator"]),
                pair.label: about(row["reference_numerator"], row["reference_denominator"]),
            },
        )
        for context, row in opening.items()
    ]
    if pair.pace is None:
        return said
    change = difference_in_change_sentence(
        pair.pace,
        subject=f"the rate in {name}",
        other=f"that of {pair.label}",
        start=f"the {year(pair.pace['first_end'])}",
        end=f"the {year(pair.pace['last_end'])}",
        approximate=True,
    )
    inputs = {
        f"{who}, {dates.month_year(pair.pace[f'{end}_end'])}": about(
            pair.pace[f"x{whose}_{end}"], pair.pace[f"n{whose}_{end}"]
        )
        for whose, who in ((1, name), (0, pair.label))
        for end in ("first", "last")
    }
    return [*said, traced(change, listed, *by, "rate_ratio", "ratio_of_ratios", inputs=inputs)]


def _levels(name: str, pairs: Sequence[Pair], source: str, listed: Sequence[Publication]) -> Table:
    """Show the latest rates and those of the last years together, each with its ratio."""
    rows = [
        *_level_rows(name, pairs, {pair.label: pair.years.iloc[-1] for pair in pairs}),
        *_level_rows(name, pairs, {pair.label: pair.pooled for pair in pairs}),
    ]
    frame = pd.DataFrame(rows)
    frame["interval"] = spans(frame["lower"], frame["upper"], numbers.rate)
    frame["of_ratio"] = spans(frame["low"], frame["high"], numbers.ratio, 1.0)
    table = Table(
        frame,
        caption=f"First-time entrants in {name} and others, {UNIT}",
        columns={
            "area": "Area",
            "when": "Years",
            "value": "Rate",
            "interval": "95% interval, inferred",
            "ratio": f"Ratio of {name} to it",
            "of_ratio": "Its 95% interval",
        },
        formats={"value": numbers.rate, "ratio": numbers.ratio},
        align_right=("interval", "of_ratio"),
        behind={
            "value": Behind("value", "lower", "upper", UNIT),
            "interval": Behind("", "lower", "upper", UNIT),
            "ratio": Behind("ratio", "low", "high", "ratio"),
            "of_ratio": Behind("", "low", "high", "ratio"),
        },
        source=f"{source}; intervals and ratios are own analysis",
    )
    return traced(table, listed, *_EACH, "take_out", "pooled", "rate_ratio")


def _level_rows(
    name: str, pairs: Sequence[Pair], found: Mapping[str, pd.Series]
) -> list[dict[str, Any]]:
    """Give the area's rate, then each other's with the ratio of the area to it."""
    own = found[pairs[0].label]
    rows = [{"area": name, "when": _when(own), **_three(own, "rate"), "symbol": "z"}]
    for pair in pairs:
        row = found[pair.label]
        told = {"area": sentence_case(pair.label), "when": _when(row)}
        ratio = {"ratio": row["value"], "low": row["lower"], "high": row["upper"]}
        rows.append({**told, **_three(row, "reference_rate"), **ratio})
    return rows


def _when(row: pd.Series) -> str:
    """Name the year of a rate, or the years of one over several."""
    if "years" not in row or row["years"] == 1:
        return year(row["period_end"] if "period_end" in row else row["last_end"])
    return f"{row['years']} years to {dates.month_year(row['last_end'])}"


def _three(row: pd.Series, name: str) -> dict[str, float]:
    """Give a figure with its interval, by its name in the row."""
    return {"value": row[name], "lower": row[f"{name}_lower"], "upper": row[f"{name}_upper"]}


def _changes(
    name: str, pairs: Sequence[Pair], source: str, listed: Sequence[Publication]
) -> Table | Sentence:
    """Show the change from the first year to the last of each, and the ratio of the two changes."""
    paces = [(pair, pair.pace) for pair in pairs if pair.pace is not None]
    rows = []
    for pair, row in paces:
        ends = [dates.month_year(row[f"{end}_end"], short=True) for end in ("first", "last")]
        years = " to ".join(ends)
        own = {"area": name, "years": years, **_three(row, "change"), "symbol": "z"}
        rows += [own] if own not in rows else []
        rows.append(
            {
                "area": sentence_case(pair.label),
                "years": years,
                **_three(row, "reference_change"),
                "pace": row["value"],
                "low": row["lower"],
                "high": row["upper"],
            }
        )
    if not rows:
        return lacking_sentence("second year of rates", [named(pair.other) for pair in pairs])
    frame = pd.DataFrame(rows)
    frame["interval"] = spans(frame["lower"], frame["upper"], numbers.ratio, 1.0)
    frame["of_pace"] = spans(frame["low"], frame["high"], numbers.ratio, 1.0)
    table = Table(
        frame,
        caption=f"Change of the rate, last year over first year: {name}, others, and the ratio of the "
        "two changes",
        columns={
            "area": "Area",
            "years": "Years ending",
            "value": "Change (ratio)",
            "interval": "95% interval, inferred",
            "pace": "Ratio of changes",
            "of_pace": "Its 95% interval",
        },
        formats={"value": numbers.ratio, "pace": numbers.ratio},
        align_right=("interval", "of_pace"),
        behind={
            "value": Behind("value", "lower", "upper", "ratio"),
            "interval": Behind("", "lower", "upper", "ratio"),
            "pace": Behind("pace", "low", "high", "ratio"),
            "of_pace": Behind("", "low", "high", "ratio"),
        },
        source=f"{source}; intervals and ratios are own analysis",
    )
    return traced(table, listed, "implied_count", "take_out", "rate_ratio", "ratio_of_ratios")


def _slopes(
    name: str, pairs: Sequence[Pair], source: str, listed: Sequence[Publication]
) -> Chart | None:
    """Draw the first and the last year that all have."""
    every = {name: pairs[0].own} | {sentence_case(pair.label): pair.others for pair in pairs}
    both = set.intersection(*(set(pair.own["period_end"]) for pair in pairs))
    if len(both) < 2:
        return None
    ends = [min(both), max(both)]
    drawn = pd.concat(
        rows[rows["period_end"].isin(ends)].assign(series=label) for label, rows in every.items()
    ).sort_values("period_end", kind="stable")
    chart = slope_lines(
        drawn.assign(period=drawn["period_end"].map(dates.year_ending)),
        series="series",
        focus=name,
        title=f"{name} beside {listing(pair.label for pair in pairs)}",
        measure="first-time entrants",
        unit=UNIT,
        source=f"{source}; intervals are own analysis",
        approximate=True,
        name=f"beside-{pairs[0].release}",
    )
    return traced(chart, listed, *_EACH, "take_out")
