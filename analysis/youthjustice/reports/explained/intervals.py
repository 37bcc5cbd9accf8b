"""Why a ratio needs an interval: one service's ratio, and what its numbers leave open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.measures import risk_ratio, smallest_detectable_ratio, years_needed
from youthjustice.presentation import (
    Chart,
    Sentence,
    Table,
    numbers,
    ratio_forest,
    ratio_sentence,
)
from youthjustice.presentation.words.detectable import detectable_sentence
from youthjustice.published import Place, neighbours, place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.explained.custody_ratios import COUNTS, counted, custody_ratios, of_place
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.disparity_figures import REFERENCE
from youthjustice.reports.sections.national_figures import custody_years, national_stages
from youthjustice.reports.sections.stages import custody_sentence
from youthjustice.reports.sections.wording import of

_BY = ("share_ratio",)
_NO_DISPOSALS = (
    "The tables of disposals of 2012/13 have no ratio for {}: one of its numbers is 0 or absent."
)
_RATIO = 1.5
_FEWEST_BESIDE, _BESIDE = 3, 10  # services


def why_an_interval(area: str) -> Section:
    """Take one ratio, and show what chance alone could have made of it.

    >>> print(why_an_interval("Islington").items[2])
    In Islington, in 2012/13, no evidence of a difference between Black children and White children in \
custody, out of all disposals: the ratio of the two rates was 0.95 (95% confidence interval 0.40 to \
2.27).
    """
    found = place(area)
    ratios = custody_ratios()
    row = of_place(ratios, found)
    items: list[Displays] = [
        Sentence(
            "A ratio divides one rate by another. Both rest on a number of children that another year "
            "would have made a little larger or smaller with nothing else changed. The interval holds "
            "the ratios that chance of this kind leaves open; without it a ratio claims to be exact.",
            kind="note",
        )
    ]
    if row is None:
        items.append(Sentence(_NO_DISPOSALS.format(found.name), kind="note"))
    else:
        items += _own(row)
    items.append(_neighbours(found, ratios))
    items += [_every(ratios)]
    return Section("Why a ratio needs an interval", "why-an-interval", tuple(items))


def what_small_numbers_do(area: str) -> Section:
    """Show which ratios an area's numbers could show, and how single years swing.

    >>> print(what_small_numbers_do("Islington").items[0])
    In Islington, of custody out of all disposals, with these numbers a ratio above about 2.7 would be \
found four times in five, and no ratio below 1 would be. For a ratio of 1.5, 8 years like this one \
would have to be taken together.
    """
    found = place(area)
    row = of_place(custody_ratios(), found)
    items: list[Displays] = []
    if row is None or not row["reference_numerator"] > 0:
        items.append(Sentence(_NO_DISPOSALS.format(found.name), kind="note"))
    else:
        items.append(_detectable(row))
        if pd.notna(row["value"]):
            items.append(_sizes(row))
    items += [
        Heading("A whole country, and still single years swing"),
        custody_sentence(),
        _years(),
    ]
    return Section("What small numbers do", "small-numbers", tuple(items))


def _own(row: pd.Series) -> list[Displays]:
    ratios = custody_ratios()
    said = ratio_sentence(
        row,
        group="Black",
        reference=REFERENCE,
        outcome="custody, out of all disposals",
        people="children",
        context=f"In {row['area_name']}, in 2012/13",
    )
    inputs = {
        "Black, custody of all disposals": of(row["numerator"], row["denominator"]),
        "White, custody of all disposals": of(
            row["reference_numerator"], row["reference_denominator"]
        ),
    }
    text = (
        f"The numbers are {inputs['Black, custody of all disposals']} for Black children and "
        f"{inputs['White, custody of all disposals']} for White children."
    )
    if pd.notna(row["value"]):
        text += (
            " Two fewer or two more of either would give another ratio, and nobody would call the "
            "service another one."
        )
    bare = Sentence(text, kind="note")
    return [traced(bare, origins(ratios)), traced(said, origins(ratios), *_BY, inputs=inputs)]


def _neighbours(found: Place, ratios: pd.DataFrame) -> Chart:
    """Draw the ratio beside those of statistical neighbours; of other services where few have one."""
    near = neighbours(found.name)["neighbour_code"].tolist() if found.country == "England" else []
    own = of_place(ratios, found)
    enough = ratios[ratios["value"].notna()]
    others = enough[enough["area_code"].isin(near)]
    if len(others) < _FEWEST_BESIDE:
        others = enough.head(_BESIDE)
    rows = (
        others
        if own is None
        else pd.concat([own.to_frame().T, others[others["area_code"] != own["area_code"]]])
    )
    drawn = rows.astype(dict.fromkeys(("value", "lower", "upper"), float))
    drawn.attrs = ratios.attrs
    chart = ratio_forest(
        drawn,
        label="area_name",
        rows_are="Service",
        title="One ratio, service by service, with its interval",
        measure="share of disposals that were custody, Black children",
        source=f"{cite(ratios)}; ratios are own analysis",
        subtitle="Custody out of all disposals, Black children beside White children, 2012/13",
        name="explained-intervals",
        note="Disposals are not children, so the intervals are too narrow.",
    )
    return traced(chart, origins(ratios), *_BY)


def _every(ratios: pd.DataFrame) -> Sentence:
    told = counted(ratios)
    said = (
        f"Of {told['services'] + told['too_few']} services with figures for both groups, "
        f"{told['too_few']} have too few to compare, as a report would say of them: under 5 in custody "
        f"of either group, or under 30 disposals. Of the other {told['services']}, {told['outside']} "
        f"have a ratio outside 0.8 to 1.25. In {told['apart']} the interval leaves out 1, and "
        f"{told['stand']} still stand once all are counted (Holm's correction). Were the true "
        "ratio 1 in every service, about one interval in twenty would leave out 1; one child may "
        "have several disposals, so it would be more than that."
    )
    return traced(Sentence(said), origins(ratios), *_BY, "holm", "chance_findings")


def _detectable(row: pd.Series) -> Sentence:
    numbers_of = (row["denominator"], row["reference_numerator"], row["reference_denominator"])
    smallest = smallest_detectable_ratio(*map(float, numbers_of), basis="stage").iloc[0]
    years = years_needed(_RATIO, *map(float, numbers_of), basis="stage").iloc[0]
    said = detectable_sentence(
        smallest, years, context=f"In {row['area_name']}, of custody out of all disposals"
    )
    inputs = {"Black children's disposals": numbers.count(row["denominator"]),
              "White, custody of all disposals": of(*numbers_of[1:])}  # fmt: skip
    return traced(said, origins(custody_ratios()), "detectable", inputs=inputs)


def _sizes(row: pd.Series) -> Displays:
    """Say how the same shares would look in services of other sizes."""
    times = [1, 2, 5, 20]
    counts = row[list(COUNTS)].to_numpy(float)
    x1, n1, x0, n0 = np.outer(counts, times)
    found = risk_ratio(x1, n1, x0, n0).to_frame()
    shown = found.assign(
        size=[f"\N{MULTIPLICATION SIGN} {much:g}" for much in times],
        interval=[
            f"{numbers.ratio(low, apart_from=1.0)} to {numbers.ratio(high, apart_from=1.0)}"
            for low, high in zip(found["lower"], found["upper"], strict=True)
        ],
        counts=[of(x, n) for x, n in zip(x1, n1, strict=True)],
    )
    table = Table(
        shown,
        caption=f"The ratio of {row['area_name']}, were all its numbers multiplied alike",
        columns={
            "size": "All numbers", "counts": "Custody of disposals, Black children",
            "value": "Ratio to White", "interval": "95% interval",
        },
        formats={"value": numbers.ratio},
        align_right=("counts", "interval"),
        source=f"{cite(custody_ratios())}; all rows but one are supposed",
    )  # fmt: skip
    return traced(table, origins(custody_ratios()), *_BY)


def _years() -> Displays:
    rows = custody_years()
    black = rows[rows["ethnic_group"] == "Black"].sort_values("period_end")
    index = national_stages()
    pooled = index[(index["stage"] == "sentence to custody") & (index["ethnic_group"] == "Black")]
    drawn = pd.concat([
        black.assign(year=[f"Year ending March {day:%Y}" for day in black["period_end"]]),
        pooled.assign(year="The three years together"),
    ])  # fmt: skip
    chart = ratio_forest(
        drawn,
        label="year",
        rows_are="Year",
        title="Black children sentenced to custody: single years, and three together",
        measure="share of children sentenced who went to custody, Black children",
        subtitle="England and Wales, out of children sentenced for indictable offences; White = 1",
        source=f"{cite(_cited(pooled))}; ratios are own analysis",
        name="explained-years",
    )
    counts = {
        f"{day:%Y}": f"{of(x, n)}"
        for day, x, n in zip(
            black["period_end"], black["numerator"], black["denominator"], strict=True
        )
    }
    return Folded(
        "The single years, drawn",
        (traced(chart, origins(_cited(pooled)), "relative_rate_index", "share_ratio", "pooled",
                inputs=counts),),
    )  # fmt: skip


def _cited(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows[["source", "denominator_source"]].drop_duplicates()
    rows.attrs = {}
    return rows
