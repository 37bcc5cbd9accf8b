"""What changed, what may be chance, and what is still unequal, from the area report's own sentences."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Chart, Findings, Sentence, line_with_intervals, numbers
from youthjustice.published import Place, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.entrants import change_of_area, rest_of
from youthjustice.reports.sections.entrants_elsewhere import over_years
from youthjustice.reports.sections.entrants_figures import Entrants, entrants
from youthjustice.reports.sections.entrants_pace import UNIT, short_pace
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.linked import linked_sentence
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.reoffending import (
    COUNTED_AGAIN,
    MIXED_SOURCE,
    change_of_reoffending,
)
from youthjustice.reports.sections.reoffending_figures import claim_figures, local_rates

_AGES = "15-17"
_COHORTS = Sentence(f"{MIXED_SOURCE} {COUNTED_AGAIN}", kind="caution")


def then_and_now(area: str) -> Section:
    """Draw the two series of a case, the area beside its region.

    >>> [chart.title for chart in then_and_now("Islington").items[:2]]
    ['First-time entrants in Islington and the rest of London', 'Reoffending at ages 15 to 17 in \
Islington and London']
    """
    found = place(area)
    figures = entrants(found.name) if found.country == "England" else None
    rates = local_rates(found.code)
    items: list[Displays] = []
    if figures is not None:
        items.append(_entrants(found.name, rest_of(found.region), figures))
    older = rates[rates["age_band"] == _AGES].dropna(subset=["value", "period_end"])
    if len(older):
        items += [_reoffending(found, older), _COHORTS]
    if not items:
        items.append(Sentence(f"No series by year is published for {found.name}.", kind="note"))
    return Section("Then and now, beside the region", "then-and-now", tuple(items))


def changed_or_noise(area: str) -> Section:
    """Sort what the figures say into what changed, what may be chance, and what is unequal.

    >>> from youthjustice.reports.section import Heading
    >>> [item.text for item in changed_or_noise("Islington").items if isinstance(item, Heading)]
    ['What changed', 'Beside elsewhere: a difference, or chance?', 'What is still unequal, as far as \
it is published']
    """
    found = place(area)
    figures = entrants(found.name) if found.country == "England" else None
    none = Sentence(f"No figure is published for {found.name}.", kind="note")
    changed = [change_of_area(found.name, figures)] if figures else [none]
    rates = local_rates(found.code)
    if rates["value"].notna().any():
        changed.append(change_of_reoffending(found.name, rates))
    noise = [none]
    if figures:
        rest = rest_of(found.region)
        noise = [*short_pace(found.name, rest, figures), over_years(found.name, rest, figures)]
    rows = linked_cohort(found) if found.country == "England" else pd.DataFrame()
    known = len(rows) > 0 and bool(rows["lower"].notna().any())
    unequal = [linked_sentence(found, rows)] if known else [none]
    cautions = [_COHORTS] if rates["value"].notna().any() else []
    items: list[Displays] = [
        Heading("What changed"), Findings(*changed), *cautions,
        Heading("Beside elsewhere: a difference, or chance?"), Findings(*noise),
        Heading("What is still unequal, as far as it is published"), Findings(*unequal),
        Sentence(
            "No local figure by ethnic group is published for children who left school after 2018, so "
            "whether this has changed since cannot be said.",
            kind="caution",
        ),
    ]  # fmt: skip
    return Section("What changed, what may be chance, what is unequal", "changed", tuple(items))


def _entrants(name: str, rest: str, figures: Entrants) -> Chart:
    label = rest.removeprefix("the ")
    label = label[:1].upper() + label[1:]
    drawn = pd.concat([figures.area.assign(series=name), figures.rest.assign(series=label)])
    chart = line_with_intervals(
        drawn[["period_end", "value", "lower", "upper", "series"]],
        series="series",
        focus=name,
        title=f"First-time entrants in {name} and {rest}",
        measure="first-time entrants",
        unit=UNIT,
        source=f"{cite(RATES)}; intervals are own analysis",
        name="case-entrants",
        note="Numbers of children, and so the intervals, are implied by the printed rates.",
    )
    return traced(chart, figures.origins, "implied_count", "take_out", "rate", "rate_limits")


def _reoffending(found: Place, older: pd.DataFrame) -> Chart:
    name, region = found.name, found.region
    around = local_rates(found.region_code)
    around = around[around["age_band"] == _AGES].dropna(subset=["value", "period_end"])
    # The size of a region's cohort that fits its rate is far from its true size: no interval.
    bare = around.assign(lower=float("nan"), upper=float("nan"), series=region)
    drawn = pd.concat([older.assign(series=name), bare])
    chart = line_with_intervals(
        drawn[["period_end", "value", "lower", "upper", "series"]],
        series="series",
        focus=name,
        inferred=True,
        form=lambda value, **named: numbers.percent(value, scale=1, **named),
        title=f"Reoffending at ages 15 to 17 in {name} and {region}",
        subtitle="Binary reoffending rate as a percentage of the cohort, by the year that labels the "
        "cohort (that it is the year in which it ends is inferred)",
        measure="binary reoffending rate at ages 15 to 17",
        unit="as a percentage of the cohort",
        source=f"{cite(older)}; intervals are own analysis",
        name="case-reoffending",
        note="Intervals are inferred, at the smallest cohort that fits each printed rate; the region's "
        f"rates have none, since its cohorts are not near the smallest that fit.{_apart(found)}",
    )
    return traced(chart, origins(older), "smallest_cohort", "share_limits")


def _apart(found: Place) -> str:
    """Name the rates of an inspection report, which are another measure."""
    claim = claim_figures(found.code)
    if claim is None:
        return ""
    local, national = (numbers.per_hundred(claim.attrs[rate]) for rate in ("local", "national"))
    return (
        f" {local} and {national}, of the inspection report, are another measure and are not drawn."
    )
