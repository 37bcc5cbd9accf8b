"""Children in custody: how many on average, on what legal basis, and of which ethnic groups."""

from __future__ import annotations

from datetime import date

import pandas as pd

from youthjustice.presentation import (
    Behind,
    Chart,
    Point,
    Sentence,
    Table,
    dates,
    line_with_intervals,
    listing,
    numbers,
)
from youthjustice.published import load
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Displays, Folded, Heading, Section
from youthjustice.reports.sections.wording import in_order, of

_AVERAGE, _MONTH_END = "average monthly population", "month-end population"
_SHORT = {
    "Detention and Training Order": "Detention and training",
    "Section 90-92 Detention": "Long sentences",
    "Remand": "Remand",
    "Other": "Other",
}
_TABLES_END = date(2021, 4, 1)


def national_custody() -> Section:
    """Show the average number of children in custody by year, and who they are.

    >>> print(national_custody().items[1])
    On average 2,418 children were in custody in England and Wales in the year ending March 2010 and \
560 in the year ending March 2021, the legal bases added up; a headline gives 418 for the year \
ending March 2025.
    """
    table = load("custody_national")
    table.attrs = {}
    by_basis = table[(table["measure"] == _AVERAGE) & table["legal_basis"].isin(_SHORT)]
    whole = by_basis[by_basis["ethnic_group"] == "All"]
    headlines = table[(table["measure"] == _AVERAGE) & (table["legal_basis"] == "All")]
    remand = by_basis[(by_basis["legal_basis"] == "Remand") & (by_basis["ethnic_group"] != "All")]
    month_end = table[table["measure"] == _MONTH_END]
    items: list[Displays] = [
        Sentence(
            "The figures are averages of how many children were held in each month of a year. They "
            "count the whole of custody and are no sample, so they carry no interval and nothing is "
            "claimed of chance.",
            kind="note",
        ),
        _told(whole, headlines),
        _all_chart(whole, headlines),
        _basis_chart(whole),
        Folded("Every figure by legal basis", (_basis_table(whole, headlines),)),
        Heading("On remand, by ethnic group"),
        _remand_chart(remand),
        _groups_told(remand),
        Heading("All of custody, by ethnic group"),
        _month_end_table(month_end),
    ]
    return Section("Custody", "national-custody", tuple(items))


def _sums(whole: pd.DataFrame) -> pd.Series:
    """Add up the legal bases of each year that has them all."""
    years = whole.groupby("period_end")["value"].agg(["sum", "size"])
    sums: pd.Series = years.loc[years["size"] == len(_SHORT), "sum"]
    return sums


def _told(whole: pd.DataFrame, headlines: pd.DataFrame) -> Sentence:
    sums, last = _sums(whole), headlines.sort_values("period_end").iloc[-1]
    said = (
        f"On average {numbers.count(sums.iloc[0])} children were in custody in England and Wales in "
        f"the {dates.year_ending(sums.index[0])} and {numbers.count(sums.iloc[-1])} in the "
        f"{dates.year_ending(sums.index[-1])}, the legal bases added up; a headline gives "
        f"{numbers.count(last['value'])} for the {dates.year_ending(last['period_end'])}."
    )
    return traced(Sentence(said, kind="note"), (*origins(whole), *origins(headlines)), "total")


def _all_chart(whole: pd.DataFrame, headlines: pd.DataFrame) -> Chart:
    sums = _sums(whole).rename("value").reset_index().assign(series="Legal bases added up")
    last = sums["period_end"].max()
    after = headlines[headlines["period_end"] > last]
    beside = headlines.loc[headlines["period_end"] <= last, "period_end"]
    rounded = bool(after["flag"].notna().any())
    some = ", some of them rounded," if rounded else ""
    note = f"Hollow points are headlines of later editions{some} and join no line."
    if len(beside):
        note += (
            f" The headline of the {listing(map(dates.year_ending, beside))} stands beside the sum in "
            "the table and is not drawn."
        )
    points = [
        Point(
            row["period_end"].date(), row["value"], f"{row['period_end']:%Y}: {row['value']:,.0f}"
        )
        for row in after.to_dict("records")
    ]
    chart = line_with_intervals(
        sums,
        series="series",
        breaks=[(_TABLES_END, "headlines")],
        points=points,
        form=numbers.count,
        title="Children in custody in England and Wales",
        measure="average monthly number in custody of",
        unit="children under 18",
        source=f"{cite(whole, headlines)}; the sum is own analysis",
        name="national-custody",
        note=note,
    )
    return traced(chart, (*origins(whole), *origins(headlines)), "total")


def _basis_chart(whole: pd.DataFrame) -> Chart:
    chart = line_with_intervals(
        whole.assign(series=whole["legal_basis"].map(_SHORT))[["period_end", "value", "series"]],
        series="series",
        form=numbers.count,
        title="Children in custody by legal basis",
        measure="average monthly number in custody of",
        unit="children under 18",
        source=cite(whole),
        name="national-custody-basis",
        note="Long sentences are those under sections 90 to 92 of the Powers of Criminal Courts "
        "(Sentencing) Act 2000.",
    )
    return traced(chart, origins(whole))


def _basis_table(whole: pd.DataFrame, headlines: pd.DataFrame) -> Table:
    wide = whole.pivot_table(index="period_end", columns="legal_basis", values="value")
    wide = wide.rename(columns=_SHORT)[list(_SHORT.values())]
    wide["sum"] = wide.sum(axis=1)
    printed = headlines.set_index("period_end")["value"].rename("headline")
    shown = wide.join(printed, how="outer").reset_index()
    names = {name: name for name in _SHORT.values()}
    table = Table(
        shown,
        caption="Average monthly population of custody, children under 18, England and Wales",
        columns={"period_end": "Year ending", **names, "sum": "Added up", "headline": "Headline"},
        formats={"period_end": dates.month_year}
        | dict.fromkeys([*names, "sum"], numbers.decimal)
        | {"headline": numbers.count},
        behind={name: Behind(name, unit="children") for name in [*names, "sum", "headline"]},
        source=f"{cite(whole, headlines)}; the sum is own analysis",
    )
    return traced(table, (*origins(whole), *origins(headlines)), "total")


def _remand_chart(remand: pd.DataFrame) -> Chart:
    known = remand[remand["ethnic_group"] != "Unknown"]
    chart = line_with_intervals(
        known.assign(series=known["ethnic_group"])[["period_end", "value", "series"]],
        series="series",
        form=numbers.count,
        title="Children on remand by ethnic group",
        measure="average monthly number on remand of",
        unit="children under 18",
        source=cite(remand),
        name="national-remand",
        note="Asian and Other are one group in this publication; those of unknown group are left out.",
    )
    return traced(chart, origins(remand))


def _groups_told(remand: pd.DataFrame) -> Sentence:
    """Give the shares of the first and the last year, of which nothing is claimed."""
    known = remand[remand["ethnic_group"] != "Unknown"]
    wide = known.pivot_table(index="period_end", columns="ethnic_group", values="value")
    ends = wide.iloc[[0, -1]]
    first, last = (
        f"{of(black, whole)} ({numbers.percent(black / whole)}) in the {dates.year_ending(day)}"
        for day, black, whole in zip(ends.index, ends["Black"], ends.sum(axis=1), strict=True)
    )
    said = (
        f"Of children on remand whose group is known, Black children were on average {first} and "
        f"{last}. These are shares of averages, without an interval, so nothing is claimed of them."
    )
    return traced(Sentence(said, kind="note"), origins(remand), "share")


def _month_end_table(rows: pd.DataFrame) -> Table:
    last = rows[rows["period_end"] == rows["period_end"].max()]
    last = last.sort_values("ethnic_group", key=in_order, kind="stable")
    share = last["value"] / last["value"].sum()
    table = Table(
        last.assign(share=share),
        caption=f"Custody at the end of {dates.month_year(last['period_end'].iloc[0])}, by ethnic group",
        columns={"ethnic_group": "Ethnic group", "value": "Children", "share": "Share"},
        formats={"value": numbers.count, "share": numbers.percent},
        behind={"value": Behind("value", unit="children"), "share": Behind("share")},
        note="18-year-olds who are held with children are included. One day of one month.",
        source=cite(last),
    )
    return traced(table, origins(last), "share")
