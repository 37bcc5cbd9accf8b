"""The area beside others that somebody chose: authorities, regions or England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from youthjustice.presentation import (
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
from youthjustice.presentation.words.compared import (
    chosen_sentence,
    lacking_sentence,
    no_inspection_sentence,
    older_release_sentence,
    unsized_pair_sentence,
    whole_rate_sentence,
)
from youthjustice.presentation.words.phrases import listing
from youthjustice.published import Place, load, place
from youthjustice.reports.comparators import comparators
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.common import (
    about,
    cite,
    inferred,
    of,
    origins,
    region_name,
    spans,
    traced,
    year,
)
from youthjustice.reports.sections.compared_figures import (
    Pair,
    entrants_pair,
    holds,
    populations,
    releases,
    reoffending_pair,
    reoffending_rates,
)
from youthjustice.reports.sections.entrants_figures import all_rates
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.inspection import score_sentence

_ANCHOR = "beside"
_EACH = ("implied_count", "rate", "rate_limits")


def compared(area: str, with_: Sequence[str] | str = ()) -> Section | None:
    """Set an area beside up to three authorities, regions or England; None where none is named.

    Raises InputProblem for an area that is not known, closed or the area itself.
    """
    found, others = place(area), comparators(area, with_)
    if not others:
        return None
    names = [_named(one) for one in others]
    wholes = [_named(one) for one in others if holds(one, found)]
    return Section(
        f"Beside {listing(names)}",
        _ANCHOR,
        (
            chosen_sentence(found.name, names, wholes),
            *_entrants(found, others),
            *_reoffending(found, others),
            *_population(found, others),
            *_inspections(found, others),
        ),
    )


def _named(one: Place) -> str:
    return region_name(one.name) if one.kind == "region" else one.name


def _entrants(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Compare rates of first-time entrants, each release by itself."""
    pairs = {one: entrants_pair(found, one) for one in others}
    lacking = [_named(one) for one, pair in pairs.items() if pair is None]
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
        named = [_named(pair.other) for pair in pairs]
        items.append(
            traced(
                older_release_sentence(named, area=name, newest=newest, used=release, last=last),
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
        source=f"{source}; intervals and ratios are own analysis",
    )
    return traced(table, listed, *_EACH, "take_out", "pooled", "rate_ratio")


def _level_rows(
    name: str, pairs: Sequence[Pair], found: Mapping[str, pd.Series]
) -> list[dict[str, Any]]:
    """Give the area's rate, then each other's with the ratio of the area to it."""
    own = found[pairs[0].label]
    rows = [{"area": name, "when": _when(own), **_rate(own, "rate"), "symbol": "z"}]
    for pair in pairs:
        row = found[pair.label]
        told = {"area": sentence_case(pair.label), "when": _when(row)}
        ratio = {"ratio": row["value"], "low": row["lower"], "high": row["upper"]}
        rows.append({**told, **_rate(row, "reference_rate"), **ratio})
    return rows


def _when(row: pd.Series) -> str:
    """Name the year of a rate, or the years of one over several."""
    if "years" not in row or row["years"] == 1:
        return year(row["period_end"] if "period_end" in row else row["last_end"])
    return f"{row['years']} years to {dates.month_year(row['last_end'])}"


def _rate(row: pd.Series, name: str) -> dict[str, float]:
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
        own = {"area": name, "years": years, **_change(row, "change"), "symbol": "z"}
        rows += [own] if own not in rows else []
        rows.append(
            {
                "area": sentence_case(pair.label),
                "years": years,
                **_change(row, "reference_change"),
                "pace": row["value"],
                "low": row["lower"],
                "high": row["upper"],
            }
        )
    if not rows:
        return lacking_sentence("second year of rates", [_named(pair.other) for pair in pairs])
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
        source=f"{source}; intervals and ratios are own analysis",
    )
    return traced(table, listed, "implied_count", "take_out", "rate_ratio", "ratio_of_ratios")


def _change(row: pd.Series, name: str) -> dict[str, float]:
    return {"value": row[name], "lower": row[f"{name}_lower"], "upper": row[f"{name}_upper"]}


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


def _reoffending(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Set the newest printed rates side by side, and say at which cohort sizes they differ."""
    rows = reoffending_rates([found, *others])
    heading = Heading("Reoffending beside others")
    if rows.empty:
        return [heading, lacking_sentence("reoffending rate at ages 15 to 17", [found.name])]
    listed = origins(rows)
    by = ("smallest_cohort", "cohorts_that_fit", "share_ratio")
    items: list[Displays] = [heading]
    lacking = []
    for one in others:
        pair = reoffending_pair(rows, found.name, one.name)
        if pair is None:
            lacking.append(_named(one))
        elif holds(one, found):
            items.append(whole_rate_sentence(found.name, _named(one)))
        else:
            said = unsized_pair_sentence(pair, area=found.name, other=_named(one))
            inputs = {
                str(row["place"]): f"smallest {of(row['numerator'], row['denominator'])}"
                for row in rows.to_dict("records")
                if row["place"] in (found.name, one.name)
            }
            items.append(traced(said, listed, *by, inputs=inputs))
    if lacking:
        items.append(lacking_sentence("reoffending rate of that cohort", lacking))
    shown = rows.assign(
        interval=spans(rows["lower"], rows["upper"], _percent),
        smallest=[of(x, n) for x, n in zip(rows["numerator"], rows["denominator"], strict=True)],
    )
    table = Table(
        shown,
        caption=f"Binary reoffending rate at ages 15 to 17, cohort labelled {rows['cohort'].iloc[0]}",
        columns={
            "place": "Area",
            "value": "Rate printed",
            "smallest": "Smallest cohort that fits",
            "interval": "95% interval, inferred",
        },
        formats={"value": lambda value: numbers.percent(value, 2, scale=1)},
        align_right=("smallest", "interval"),
        source=f"{cite(rows)}; cohorts and intervals are own analysis",
    )
    return [*items, traced(table, listed, "smallest_cohort", "share_limits")]


def _percent(value: float, *, apart_from: float | None = None) -> str:
    return numbers.percent(value, scale=1, apart_from=apart_from)


def _population(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Show how many children aged 10 to 17 there are."""
    rows = populations(found, list(others))
    heading = Heading("Children beside others")
    lacking = [
        _named(one)
        for one in (found, *others)
        if rows.empty or one.code not in set(rows["area_code"])
    ]
    said: list[Displays] = [lacking_sentence("population", lacking)] if lacking else []
    if rows.empty:
        return [heading, *said]
    table = Table(
        rows.assign(label=rows["label"].map(sentence_case)),
        caption=f"Children aged 10 to 17, {dates.day(rows['period_end'].iloc[0])}",
        columns={"label": "Area", "value": "Children"},
        formats={"value": numbers.count},
        source=cite(rows),
    )
    formulas = ["take_out"] if any(holds(one, found) for one in others) else []
    return [heading, traced(table, origins(rows), *formulas), *said]


def _inspections(found: Place, others: Sequence[Place]) -> list[Displays]:
    """Repeat what inspectors said of each service; their scores are not compared."""
    authorities = [one for one in (found, *others) if one.kind == "authority"]
    said = {one: score_sentence(one.name) for one in authorities}
    none = no_inspection_sentence(
        [one.name for one, sentence in said.items() if sentence is None],
        [_named(one) for one in others if one.kind != "authority"],
    )
    known = [sentence for sentence in said.values() if sentence is not None]
    return [Heading("Inspections beside others"), *known, *([none] if none else [])]
