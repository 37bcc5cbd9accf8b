"""First-time entrants: the area beside the rest of its region, its neighbours and England."""

from __future__ import annotations

import math

import pandas as pd

from youthjustice.presentation import (
    Chart,
    Sentence,
    bars_with_intervals,
    benchmark_sentence,
    comparison_sentence,
    dates,
    line_with_intervals,
    numbers,
)
from youthjustice.published import load
from youthjustice.reports.by_area import Row
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.once import once
from youthjustice.reports.section import Displays, Heading
from youthjustice.reports.sections.entrants_figures import Entrants
from youthjustice.reports.sections.entrants_pace import UNIT
from youthjustice.reports.sections.entrants_rates import RATES
from youthjustice.reports.sections.wording import about, inferred, year

_APPROXIMATE = "numbers of children are inferred"
_EACH = ("implied_count", "rate_limits")  # how each area's and year's interval is worked out


def over_years(name: str, rest: str, figures: Entrants) -> Sentence:
    """Say how the area stands to the rest of its region over the last years together."""
    row = figures.pooled
    said = inferred(
        comparison_sentence(
            row,
            subject=f"the rate in {name}",
            level=100_000 * row["numerator"] / row["denominator"],
            other=rest,
            other_level=100_000 * row["reference_numerator"] / row["reference_denominator"],
            unit="per 100,000",
            context=f"Over the {numbers.count(row['years'])} years to "
            f"{dates.month_year(row['last_end'])} together"
            if row["years"] > 1
            else f"In the {year(row['last_end'])}",
        )
    )
    return traced(
        said,
        figures.origins,
        "implied_count",
        "take_out",
        "pooled",
        "rate_ratio",
        inputs=_beside(name, rest, row),
    )


def against_rest(name: str, rest: str, figures: Entrants) -> list[Displays]:
    """Say how the area's latest rate stands to the rest of its region, itself left out, if known."""
    row = figures.against_rest
    if row is None:
        return []
    said = benchmark_sentence(
        row,
        subject=f"the rate in {name}",
        area=name,
        benchmark=rest,
        unit="per 100,000",
        context=f"In the {year(row['period_end'])}",
        approximate=_APPROXIMATE,
    )
    inputs = _beside(name, rest, row)
    return [traced(said, figures.origins, "implied_count", "take_out", "rate_ratio", inputs=inputs)]


def beside_neighbours(name: str, figures: Entrants) -> list[Displays]:
    """Say and draw how the area stands to its statistical neighbours, if they have figures."""
    known, against = figures.neighbours.dropna(subset=["value"]), figures.against_neighbours
    if known.empty or against is None or pd.isna(against["value"]):
        return []
    last = figures.last["period_end"]
    sentence = benchmark_sentence(
        against,
        subject=f"the rate in {name}",
        area=name,
        benchmark="its statistical neighbours together",
        unit="per 100,000",
        names=_names(),
        kind="authorities",
        context=f"In the {year(last)}",
        approximate=_APPROXIMATE,
    )
    listed = (*figures.origins, *origins("statistical_neighbours"))
    together = traced(
        sentence,
        listed,
        "implied_count",
        "pooled",
        "rate_ratio",
        inputs=_beside(name, "its neighbours", against),
    )
    return [together, traced(_neighbours_chart(name, figures, known), listed, *_EACH)]


def _neighbours_chart(name: str, figures: Entrants, known: pd.DataFrame) -> Chart:
    columns = ["area_name", "value", "lower", "upper"]
    mine, last = {"area_name": name, **figures.last}, figures.last["period_end"]
    drawn = [[mine[column] for column in columns], *known[columns].to_numpy(object).tolist()]
    return bars_with_intervals(
        pd.DataFrame(drawn, columns=columns),
        label="area_name",
        focus=name,
        benchmark=(float(mine["value"]), name),
        title=f"{name} and its statistical neighbours",
        measure="first-time entrants",
        unit=UNIT,
        subtitle=f"First-time entrants {UNIT}, {year(last)}",
        source=f"{cite(RATES, 'statistical_neighbours')}; intervals are own analysis",
        name="entrants-neighbours",
        note="Neighbours stand in order of name. Intervals are inferred.",
    )


@once
def _names() -> dict[str, str]:
    """Name every area by its code."""
    areas = load("areas")
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def set_beside_england(name: str, figures: Entrants) -> list[Displays]:
    """Draw the area and England in the release that has both, if there is one."""
    both = figures.england.dropna(subset=["value", "value_england"])
    if both.empty:
        return []
    last = both["period_end"].iloc[-1]
    compare = Sentence(
        f"The newest release has no sound figure for England, so {name} is compared with England "
        f"in the release before it that has one, which stops at the {year(last)}. "
        "Its figures are slightly different and the two releases are not joined.",
        kind="note",
    )
    blank = [math.nan] * len(both)
    columns = {
        "period_end": both["period_end"].tolist() * 2,
        "value": both["value"].tolist() + both["value_england"].tolist(),
        "lower": both["lower"].tolist() + blank,
        "upper": both["upper"].tolist() + blank,
        "series": [name] * len(both) + ["England"] * len(both),
    }
    chart = line_with_intervals(
        pd.DataFrame(columns),
        series="series",
        focus=name,
        title=f"{name} and England, in the release that has both",
        measure="first-time entrants",
        unit=UNIT,
        source=f"{cite(figures.england)}; intervals are own analysis",
        name="entrants-england",
        note="Intervals are inferred. England is drawn without one: none can be inferred from a rounded "
        "rate, and at its size chance moves it little.",
    )
    printed = origins(figures.england[["source"]])
    return [
        Heading("England"),
        traced(compare, printed),
        traced(chart, origins(figures.england), *_EACH),
    ]


def _beside(name: str, other: str, row: Row) -> dict[str, str]:
    """Give the numbers of the area and of others that a comparison rests on."""
    return {
        name: about(row["numerator"], row["denominator"]),
        other: about(row["reference_numerator"], row["reference_denominator"]),
    }
