"""The newest printed reoffending rates of an area and others, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from youthjustice.presentation import Behind, Table, numbers
from youthjustice.presentation.numbers import per_hundred
from youthjustice.presentation.words.cohort_sizes import unsized_pair_sentence
from youthjustice.presentation.words.compared import lacking_sentence, whole_rate_sentence
from youthjustice.published import Place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Heading
from youthjustice.reports.sections.compared_figures import (
    holds,
    named,
    reoffending_pair,
    reoffending_rates,
)
from youthjustice.reports.sections.wording import of, spans


def reoffending_beside(found: Place, others: Sequence[Place]) -> list[Displays]:
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
            lacking.append(named(one))
        elif holds(one, found):
            items.append(whole_rate_sentence(found.name, named(one)))
        else:
            said = unsized_pair_sentence(pair, area=found.name, other=named(one))
            inputs = {
                str(row["place"]): f"smallest {of(row['numerator'], row['denominator'])}"
                for row in rows.to_dict("records")
                if row["place"] in (found.name, one.name)
            }
            items.append(traced(said, listed, *by, inputs=inputs))
    if lacking:
        items.append(lacking_sentence("reoffending rate of that cohort", lacking))
    shown = rows.assign(
        interval=spans(rows["lower"], rows["upper"], per_hundred),
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
        behind={
            "value": Behind("value", "lower", "upper"),
            "interval": Behind("", "lower", "upper"),
        },
        source=f"{cite(rows)}; cohorts and intervals are own analysis",
    )
    return [*items, traced(table, listed, "smallest_cohort", "share_limits")]
