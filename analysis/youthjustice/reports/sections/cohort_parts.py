"""How much of the national change in reoffending is who is in the cohort: words, charts, a table."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

import pandas as pd

from youthjustice._months import MONTHS
from youthjustice.presentation import (
    Behind,
    Chart,
    Sentence,
    Table,
    dates,
    decomposition_bars,
    decomposition_sentence,
    numbers,
)
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Heading
from youthjustice.reports.sections.cohort_parts_figures import (
    STRATA,
    Cohorts,
    cohorts,
    parts_of,
    spans_of,
)
from youthjustice.reports.sections.wording import of, spans

_HELD = ("value", "lower", "upper")
_NAMES = {
    "composition": "who is in the cohort",
    "rate within groups": "rates within groups",
}
_POINTS = partial(numbers.decimal, decimals=2, signed=True)


@once
def cohort_parts() -> tuple[Displays, ...]:
    """Divide the national change by each source of the data, and check the sums.

    Spans across the change of source are in the table alone.
    """
    rows = cohorts()
    source, chosen = f"{cite(rows.groups)}; parts are own analysis", spans_of(rows)
    found = [
        parts_of(rows, first, last)
        for first, last in zip(chosen["first"], chosen["last"], strict=True)
    ]
    spans = zip(found, chosen.to_dict("records"), strict=True)
    told = [(parts, span) for parts, span in spans if span["one_source"]]
    by = (origins(rows.groups), "share", "decomposition")
    return (
        Heading("England and Wales: who is in the cohort, or rates within groups?"),
        *(
            traced(_sentence(parts, span["first"], span["last"]), *by, inputs=_children(rows, span))
            for parts, span in told
        ),
        Sentence(
            "Groups are children with none, 1 to 2, 3 to 6, 7 to 10 and 11 or more previous "
            "offences, of the 3-month cohorts alone. Their source changed in October 2015, so the "
            "sentences and charts keep to the longest span on either side of it; the spans across it "
            "stand in the table alone. The year of follow-up of the last cohorts fell in COVID-19, "
            "when courts slowed, and a child may be counted up to four times a year, so the intervals "
            "are too narrow.",
            kind="caution",
        ),
        *(
            traced(
                _chart(parts, span["first"], span["last"], source),
                *by,
                inputs=_children(rows, span),
            )
            for parts, span in told
        ),
        traced(_table(found, chosen, source), *by),
    )


def _children(rows: Cohorts, span: dict[Hashable, pd.Timestamp]) -> dict[str, str]:
    """Give who reoffended of each group in both years of a span."""
    columns = [STRATA, "numerator", "denominator"]
    by_year = {
        dates.month_year(day): rows.groups.loc[rows.groups["period_end"] == day, columns]
        for day in (span["first"], span["last"])
    }
    return {
        f"{month}, by previous offences": ", ".join(
            f"{group}: {of(*counts)}"
            for group, *counts in sorted(part.itertuples(index=False), key=_fewest)
        )
        for month, part in by_year.items()
    }


def _fewest(row: tuple[str, float, float]) -> int:
    """Read the lower end of a group of previous offences: "11+", "1-2" or "0"."""
    return int(row[0].rstrip("+").split("-")[0])


def _sentence(parts: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> Sentence:
    return decomposition_sentence(
        parts,
        subject="the reoffending rate",
        start=f"the {dates.year_ending(first)}",
        end=f"the {dates.year_ending(last)}",
        names=_NAMES,
        context="In England and Wales",
    )


def _chart(parts: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, source: str) -> Chart:
    return decomposition_bars(
        parts,
        title=f"The change from {dates.month_year(first)} to {dates.month_year(last)}, by its parts",
        measure="the reoffending rate of children in England and Wales",
        start=f"the {dates.year_ending(first)}",
        end=f"the {dates.year_ending(last)}",
        names=_NAMES,
        source=source,
        name=f"reoffending-parts-{first.year}",
    )


def _table(found: list[pd.DataFrame], chosen: pd.DataFrame, source: str) -> Table:
    """Give the parts of every span beside the change, so that a reader can add them up."""
    parts = pd.concat(found, keys=range(len(found)), names=["span"]).reset_index("span")
    by_kind = {kind: part.set_index("span") for kind, part in parts.groupby("kind")}
    who, within, whole = (by_kind[kind] for kind in (*_NAMES, "total"))
    shown = chosen.assign(
        years=[
            f"{first.year} to {last.year}"
            for first, last in zip(chosen["first"], chosen["last"], strict=True)
        ],
        rates=[
            f"from {numbers.percent(first, 1, scale=1)} to {numbers.percent(last, 1, scale=1)}"
            for first, last in zip(whole["first"], whole["last"], strict=True)
        ],
        who=who["value"],
        within=within["value"],
        change=whole["value"],
        data_source=chosen["one_source"].map({True: "one", False: "changes"}),
    )
    printed = [_printed(row) for _, row in shown.iterrows()]
    for name, part in (("who", who), ("within", within)):
        limits = spans(part["lower"], part["upper"], _POINTS)
        shown[name] = part["value"].map(_POINTS) + " (" + limits + ")"
        shown[[f"{name}_{own}" for own in _HELD]] = part[list(_HELD)]
    month = MONTHS[chosen["last"].iloc[0].month - 1]
    exact = "The unrounded parts add up to the unrounded change in every row"
    return Table(
        shown,
        caption="Change of the reoffending rate in England and Wales by number of previous offences, "
        "percentage points (95% interval)",
        columns={
            "years": f"Years ending {month}",
            "who": "Who is in the cohort",
            "within": "Rates within groups",
            "change": "Change",
            "rates": "Rate",
            "data_source": "Source of data",
        },
        formats={"change": _POINTS},
        align_right=("who", "within"),
        behind={
            name: Behind(f"{name}_value", f"{name}_lower", f"{name}_upper", "percentage points")
            for name in ("who", "within")
        }
        | {"change": Behind("change", unit="percentage points")},
        note=f"{exact}, and so do the printed ones."
        if all(printed)
        else f"{exact}; printed ones may be out by 0.01.",
        source=source,
    )


def _printed(row: pd.Series) -> bool:
    """Say whether the figures as printed add up too."""
    who, within, change = (round(float(row[name]), 2) for name in ("who", "within", "change"))
    return abs(who + within - change) < 0.005
