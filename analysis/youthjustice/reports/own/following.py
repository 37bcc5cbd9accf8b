"""Sections on reoffending: cohorts that are over, and the one that is still followed."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from youthjustice.disclosure import Policy, Released, release_curve
from youthjustice.measures import relative_rate_index
from youthjustice.presentation import (
    Behind,
    Chart,
    Note,
    Sentence,
    Table,
    dates,
    numbers,
    several_ratios_sentence,
    tracker_curve,
)
from youthjustice.presentation.released import RECORDS, marked
from youthjustice.presentation.released_charts import finished
from youthjustice.presentation.released_parts import shares, shares_bars, shares_written
from youthjustice.presentation.words.own_records import (
    REOFFENCE_WORDS,
    REOFFENDING,
    TRACKING,
    final_words,
    forecast_sentence,
    provisional_words,
    tracked_sentence,
)
from youthjustice.presentation.words.phrases import children_of
from youthjustice.records import track_cohort
from youthjustice.records.cohort.parameters import add_months
from youthjustice.records.reoffence_tables import REOFFENDED
from youthjustice.records.steps import TOTAL
from youthjustice.records.tracker.result import Forecast, Tracker
from youthjustice.reports.own.counting import KINDS, Counted
from youthjustice.reports.own.extract import BREAKDOWNS, Own, last_quarter, named
from youthjustice.reports.own.parts import (
    labels_of,
    order_of,
    over_years,
    own_section,
    share_tables,
)
from youthjustice.reports.section import Displays, Section

_HEADS = (REOFFENCE_WORDS[REOFFENDED], REOFFENCE_WORDS[TOTAL])
_STEP = 5
"""Percentage points that a forecast is rounded to."""
LATEST = 6
"""Months between the end of a tracked cohort and the end of the last quarter."""
EARLIER = 10
"""Half-years before it that the forecast may learn from."""
CURVE_MONTHS = (3, 6, 9, 12, 15, 18)


def reoffending_section(counted: Counted, final: bool) -> Section:
    """Show who reoffended, over the years and by group, how soon and how seriously."""
    year, tables = named(counted.year), counted.last.tables
    years = {**counted.before, year: tables[KINDS]}
    heads = {name: REOFFENCE_WORDS[name] for name in (TOTAL, REOFFENDED)}
    said = final_words(counted.year[1]) if final else provisional_words(counted.year[1])
    groups = counted.last.among(BREAKDOWNS)
    items: list[Displays] = [
        Sentence(said, "finding" if final else "caution"),
        _ratios(counted),
        Note(REOFFENDING, title="How reoffending was counted"),
        over_years(years, "reoffence", heads, "Entries and reoffending, over the years"),
        shares_bars(
            tables["ethnic_group"],
            "ethnic_group",
            "reoffence",
            REOFFENDED,
            title="Entries that led to a reoffence within a year",
            measure="entries that led to a proven reoffence",
            subtitle=f"Entries that led to a proven reoffence, in per cent, {year}",
            labels=labels_of("ethnic_group", *_HEADS),
            order=order_of("ethnic_group"),
            name="own-reoffending",
        ),
        *share_tables(
            tables, [by for by in groups if by != "ethnic_group"], "reoffence", REOFFENDED, TOTAL,
            _HEADS, f"Entries that led to a proven reoffence, {year}",
        ),
        _kinds(tables[KINDS], year),
    ]  # fmt: skip
    return own_section(
        "Own records: reoffending", "own-reoffending", items, counted.released, counted.last.nested
    )


def _ratios(counted: Counted) -> Sentence:
    """Compare groups by the counts that are shown."""
    found = shares(counted.last.tables["ethnic_group"], "ethnic_group", "reoffence", REOFFENDED)
    found = found[found["ethnic_group"] != TOTAL]
    index = relative_rate_index(
        found[["ethnic_group", "numerator", "denominator"]],
        reference="White",
        numerator="numerator",
        denominator="denominator",
        basis="stage",
    )
    told = index[index["ethnic_group"].isin(["Asian", "Black", "Mixed", "Other"])]
    return several_ratios_sentence(
        told.assign(who=told["ethnic_group"].map(children_of) + " in proven reoffending"),
        label="who",
        context=f"In the {named(counted.year)}, on the service's own records",
    )


def _kinds(released: Released, year: str) -> Table:
    """Print how soon the first reoffence was, and what the worst led to."""
    frame = released.frame.set_index("reoffence")
    rows = pd.DataFrame(
        {
            "what": list(REOFFENCE_WORDS.values()),
            "entries": [frame[released.count].get(name, pd.NA) for name in REOFFENCE_WORDS],
        }
    ).astype({"entries": "Int64"})
    return Table(
        rows.assign(symbol="c"),
        marked(released, f"How soon and how seriously children reoffended, {year}"),
        columns={"what": "Entries", "entries": "Number"},
        source=RECORDS,
        note="Each entry is counted up to the month of its first reoffence, and once by what the "
        "most serious one led to.",
    )


def tracked(own: Own) -> Tracker:
    """Follow the last half-year of children who entered at least half a year ago."""
    last = last_quarter(add_months(own.as_at + timedelta(1), -LATEST) - timedelta(1))
    first = add_months(last + timedelta(1), -6)
    return track_cohort(
        own.children, own.offences, cohort=(first, last), extract_date=own.as_at, earlier=EARLIER
    )


def release_tracked(found: Tracker, policy: Policy) -> Released:
    """Release the curve of a cohort that is still followed; the count is named after the cohort."""
    return release_curve(found.curve, policy, at=CURVE_MONTHS, count="proven")


def tracker_section(found: Tracker, curve: Released) -> Section:
    """Show the curve so far and a forecast, under the banner that it is not the published statistic."""
    items: list[Displays] = [
        Sentence(found.banner, "caution"),
        *_tracked(found, curve.frame),
        Note(TRACKING, title="How the cohort is followed"),
        *_drawn(found, curve),
        _steps(found, curve),
    ]
    return own_section("Own records: live tracker", "own-tracker", items, (curve,), {})


def _period(found: Tracker) -> str:
    return f"{dates.day(found.cohort[0])} to {dates.day(found.cohort[1])}"


def _tracked(found: Tracker, shown: pd.DataFrame) -> list[Sentence]:
    """Say how far the cohort has come, and where it may end, from what is shown of its curve."""
    last = shown.dropna(subset=["cumulative"]).tail(1)
    if last.empty:
        return []
    row = last.to_dict("records")[0]
    share, low, high = (
        numbers.whole_percent(row[name]) for name in ("cumulative", "lower", "upper")
    )
    children = numbers.count(shown["at_risk"].iloc[0])
    text = tracked_sentence(children, *found.cohort, share, low, high, int(row["time"]))
    said = [Sentence(text)]
    forecast = found.forecast
    if forecast.made:
        steps = map(numbers.whole_percent, _coarse(forecast))
        said.append(Sentence(forecast_sentence(children, *steps)))
    else:
        said.append(
            Sentence("No forecast is made: too little is known of earlier cohorts.", "note")
        )
    return said


def _steps(found: Tracker, curve: Released) -> Table:
    """Print the steps of the curve that may be shown, with the counts that each rests on."""
    shown = curve.frame
    percent = shares_written(
        shown["cumulative"], shown["lower"], shown["upper"], numbers.whole_percent
    )
    return Table(
        shown.assign(percent=percent, symbol="c"),
        marked(curve, f"Proven reoffending so far of children who entered from {_period(found)}"),
        columns={
            "step": "Months since entry",
            "at_risk": "Followed at its start",
            "left": "Followed no longer",
            curve.count: "Proven in it",
            "percent": "Proven by its end (95% interval)",
        },
        align_right=("percent",),
        behind={"percent": Behind("cumulative", "lower", "upper", "share of 1")},
        source=RECORDS,
    )


def _drawn(found: Tracker, curve: Released) -> list[Chart]:
    """Draw the curve as far as it may be shown, and the forecast as coarsely as it is told."""
    if curve.frame["cumulative"].isna().all():
        return []
    chart = tracker_curve(
        curve.frame,
        banner=found.banner,
        title="Known so far to have reoffended",
        subtitle=f"Children who entered from {_period(found)}, in per cent by months since entry",
        source=RECORDS,
        forecast=_coarse(found.forecast) if found.forecast.made else None,
        name="own-tracker",
    )
    return [finished(chart, curve, chart.data)] if chart.data is not None else []


def _coarse(forecast: Forecast) -> tuple[float, float, float]:
    """Round a forecast to whole steps, its interval outwards."""
    middle = round(100 * forecast.estimate / _STEP)
    least = int(100 * forecast.lower // _STEP)
    most = min(100 // _STEP, -int(-100 * forecast.upper // _STEP))
    return (_STEP * middle / 100, _STEP * least / 100, _STEP * most / 100)
