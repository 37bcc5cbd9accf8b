"""Workbooks that imitate the supplementary tables of Youth Justice Statistics, built by code.

The layouts are those that people who load the official files describe; figures that a test
compares with the shipped tables are taken from them, all others are made up.
"""

from functools import cache

import numpy as np
import openpyxl
import pandas as pd

from tests.published.tables import read
from youthjustice.sandbox.grid import Grid, Workbook

COVER = [
    ["Youth Justice Statistics 2020 to 2021"],
    ["Supplementary tables"],
    ["Published: 27 January 2022"],
    ["Contact: statistics team"],
]
NOTES = [
    ["Notes"],
    ["1", "A first time entrant is a child who received a first caution or conviction."],
    ["2", "Some cells refer to notes."],
    ["*", "Rates based on fewer than 30 children are removed."],
    ["..", "Not applicable"],
]
MEASURES = (
    "Proportion of {who} who reoffend (%)",
    "Average number of reoffences per reoffender",
    "Number of reoffences",
    "Number of reoffenders",
    "Number of {who} in cohort",
)
ANNUAL = [f"Apr {year}-Mar {year + 1}" for year in range(2009, 2020)]
QUARTERS = ["Apr - Jun 2019", "Jul - Sep 2019", "Oct - Dec 2019", "Jan - Mar 2020"]
KINDS = ("xlsx", "ods")


def save(folder, sheets, kind="xlsx", merged=()):
    """Write sheets (name -> rows) to a file of a kind; merged are (sheet, range) of the xlsx."""
    path = folder / f"book.{kind}"
    if kind == "ods":
        with pd.ExcelWriter(path, engine="odf") as writer:
            for name, rows in sheets.items():
                wide = max(map(len, rows))
                frame = pd.DataFrame([[*row, *[None] * (wide - len(row))] for row in rows])
                frame.to_excel(writer, sheet_name=name, header=False, index=False)
        return path
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, area in merged:
        book[name].merge_cells(area)
    book.save(path)
    return path


def book_of(sheets):
    """Make a workbook of sheets (name -> rows) without a file, as the reader would open it."""
    grids = []
    for name, rows in sheets.items():
        wide = max((len(row) for row in rows), default=0)
        cells = np.full((len(rows), wide), None, dtype=object)
        for place, row in enumerate(rows):
            cells[place, : len(row)] = [
                float(one) if isinstance(one, int | float) and not isinstance(one, bool) else one
                for one in row
            ]
        grids.append(Grid(name, cells))
    return Workbook("book.xlsx", "xlsx", "0" * 64, tuple(grids))


def around(title, header, rows, lines_above=2, notes=NOTES):
    """Put a title and lines above a table, and notes under it."""
    above = [["Some cells refer to notes that stand under the table."]] * lines_above
    return [[title], *above, *header, *rows, [None], *notes]


AREAS = (
    ("North East", "Hartlepool"),
    ("London", "Camden"),
    ("London", "Islington"),
    ("London", "Kingston upon Thames"),
    ("West Midlands", "Birmingham"),
)


def entrant_rates():
    """Give published rates by area and year from the shipped table, with the regions' own."""
    table = read("first_time_entrants_area")
    table = table[table["release"] == "2025-02"]
    names = [*(name for _, name in AREAS), *dict.fromkeys(region for region, _ in AREAS), "England"]
    rates = table[table["area_name"].isin(names)]
    return rates.pivot_table(index="area_name", columns=rates["period_end"].dt.year, values="value")


def area_sheet(
    figures,
    title,
    lines_above=2,
    region="Region",
    area="Local Authority/Region",
    spelt=None,
    years=str,
    mark="",
):
    """Lay areas out as Table 2.11 does: regions among the authorities, a column a year."""
    spelt = spelt or {}
    header = [[region, area, *(years(year) for year in figures.columns)]]
    header[0][-1] = f"{header[0][-1]}{mark}" if mark else header[0][-1]
    rows = []
    for group in dict.fromkeys(region for region, _ in AREAS):
        names = [name for one, name in AREAS if one == group]
        rows += [[group, spelt.get(n, n), *figures.loc[n].tolist()] for n in names]
        rows.append([group, group, *figures.loc[group].tolist()])
    rows.append(["England", "England", *figures.loc["England"].tolist()])
    rows = [row if region else row[1:] for row in rows]
    header = header if region else [header[0][1:]]
    return around(title, header, rows, lines_above)


def stacked_entrants(blocks, years, columns, title, headers, spacer=True):
    """Lay years out down the page under All, Boys and Girls, with percentages beside the counts.

    `blocks` gives a number for (block, year, column).
    """
    rows = []
    for block in ("All", "Boys", "Girls"):
        rows.append([block])
        for year in years:
            counts = [float(blocks(block, year, column)) for column in columns]
            total = [sum(counts)]
            share = [round(100 * count / total[0], 1) for count in counts]
            rows.append([year, *counts, *total, *([None, *share] if spacer else [])])
        rows.append([None])
    return around(title, headers, rows, 1)


def block(values, who):
    """Give the five rows of one group of chapter 9: rate, average, reoffences, reoffenders, cohort.

    `values` holds numerator, denominator and reoffences by cohort.
    """
    rows = []
    for words in MEASURES:
        row = [words.format(who=who)]
        for _, one in values.iterrows():
            rate = "*" if 0 < one["denominator"] < 30 else ".."
            few = one["denominator"] < 30
            cell = {
                "P": rate if few else 100 * one["numerator"] / one["denominator"],
                "A": rate if few else one["reoffences"] / one["numerator"],
            }.get(words[0])
            if cell is None:
                name = "reoffences" if "reoffences" in words else "numerator"
                cell = one["denominator" if "cohort" in words else name]
            row.append(cell)
        rows.append(row)
    return rows


def reoffending_sheet(breakdown, header, groups, title, who="children", marks=("", "")):
    """Lay chapter 9 out: groups above their measures, years, changes and quarters side by side.

    `groups` gives for each printed label the values of the shipped table's columns to look up.
    """
    table = read("reoffending_national_breakdowns")
    table = table[table["breakdown"] == breakdown]
    columns = [*ANNUAL[:-1], ANNUAL[-1] + marks[0]]
    top = [header, *columns, "Year ending March 2010 to March 2020", None, None, *QUARTERS]
    rows = []
    for printed, wanted in groups.items():
        part = table
        for name, value in wanted.items():
            part = part[part[name] == value]
        part = part.sort_values(["frequency", "period_start"])
        years = block(part[part["frequency"] == "annual"], who)
        quarters = block(part[part["frequency"] == "quarterly"], who)
        rows.append([printed + marks[1]])
        for left, right in zip(years, quarters, strict=True):
            rows.append([*left, -1.5, -2.5, None, *right[1:]])
        rows.append([None])
    return around(title, [top], rows, 2)


def months_to_reoffence():
    """Lay Table 9.9 out: reoffences by month after entry, then their proportions."""
    table = read("reoffending_national_breakdowns")
    table = table[table["breakdown"] == "time_to_reoffence"]
    wide = table.pivot_table(index="time_to_reoffence", columns="cohort", values="reoffences")
    cohorts = [*ANNUAL, "Apr-Jun 2019", "Jul-Sep 2019", "Oct-Dec 2019", "Jan-Mar 2020"]
    rows = [["Number of reoffences"]]
    for number, month in enumerate(sorted(wide.index), 1):
        values = wide.loc[month, cohorts].tolist()
        rows.append([f"Within month {number}", *values[:11], -3.0, None, *values[11:]])
    rows += [[None], ["Proportion of reoffences (%)"]]
    total = wide[cohorts].sum()
    for number, month in enumerate(sorted(wide.index), 1):
        values = (100 * wide.loc[month, cohorts] / total).tolist()
        rows.append([f"Within month {number}", *values[:11], -0.1, None, *values[11:]])
    top = ["Time to reoffence(1)", *ANNUAL, "Year ending March 2010 to March 2020", None, *QUARTERS]
    title = (
        "Table 9.9: Proven reoffending data for children in England and Wales by time to "
        "reoffence, years ending March 2010 to 2020 and quarters for the year ending March 2020"
    )
    return around(title, [top], rows)


BASES = {
    "DTO": "Detention and Training Order",
    "Remand": "Remand",
    "Section 91": "Section 90-92 Detention",
    "Other sentences(2)": "Other",
}


def custody_by_region():
    """Lay Table 7.21 out: the legal basis on a block's first row, regions and their total."""
    table = read("custody_national")
    table = table[(table["legal_basis"] != "All") & (table["ethnic_group"] == "All")]
    wide = table.pivot_table(
        index="legal_basis", columns=table["period_end"].dt.year, values="value"
    )
    years = list(range(2012, 2022))
    rows = []
    for printed, name in BASES.items():
        total = wide.loc[name, years]
        for place, region in enumerate(("London", "North West", "Wales", "Total")):
            share = {"London": 0.5, "North West": 0.3, "Wales": 0.2, "Total": 1.0}[region]
            rows.append([printed if place == 0 else None, region, *(total * share).tolist()])
    title = (
        "Table 7.21: Average monthly youth custody population by region of home Youth Justice "
        "Service(1) and legal basis for detention (under 18s only), years ending March 2012 to 2021"
    )
    header = ["Legal basis", "Region of home Youth Justice Service(1)", *years]
    return around(title, [header], rows)


REMAND_GROUPS = ("Asian", "Black", "Mixed", "Other", "White", "Unknown")


def remand_groups():
    """Lay Table 6.3 out: age, sex and ethnicity of children on remand, under each other."""
    table = read("custody_national")
    table = table[(table["legal_basis"] == "Remand") & (table["ethnic_group"] != "All")]
    table = table[table["measure"] == "average monthly population"]
    wide = table.pivot_table(
        index="ethnic_group", columns=table["period_end"].dt.year, values="value"
    )
    years = list(range(2011, 2022))
    total = wide[years].sum()
    rows = [["Age"]]
    rows += [
        [label, *(total * share).tolist()]
        for label, share in (
            ("Aged 10 - 14", 0.1),
            ("Aged 15", 0.2),
            ("Aged 16", 0.3),
            ("Aged 17", 0.4),
        )
    ]
    rows += [["Total", *total.tolist()], [None], ["Sex"]]
    rows += [["Boys", *(total * 0.9).tolist()], ["Girls", *(total * 0.1).tolist()]]
    rows += [["Total", *total.tolist()], [None], ["Ethnicity"]]
    names = [*(g for g in wide.index if g != "Unknown"), "Unknown"]
    rows += [
        [{"Asian and Other": "Asian and Other(1)"}.get(g, g), *wide.loc[g, years]] for g in names
    ]
    minority = wide.loc[["Asian and Other", "Black", "Mixed"], years].sum()
    rows += [["Ethnic minority groups(2)", *minority.tolist()], ["Total", *total.tolist()]]
    rows = [[*row, None, 4.5] if len(row) > 1 else row for row in rows]
    header = ["Demographics for children on remand", *years, None, "% change 2020 to 2021"]
    title = (
        "Table 6.3: Average monthly population of children on remand in youth custody by "
        "demographic characteristics (under 18s only), years ending March 2011 to 2021"
    )
    return around(title, [header], rows)


def remand_by_kind(kinds, leading=True):
    """Lay Table 6.1 out: kinds of remand by ethnicity, sex and age in groups, then proportions.

    `kinds` gives for each kind a list of six ethnic groups, three sexes and two ages.
    """
    top = ["Ethnicity", *[None] * 5, None, "Sex", None, None, None, "Age", None, None, None]
    under = [*REMAND_GROUPS, None, "Girls", "Boys", "Unknown", None, "Aged 10 to 14", "Aged 15 to 17",
             None, "Total"]  # fmt: skip
    group = {"Unconditional Bail": "Bail remands", "Conditional Bail": "Bail remands",
             "Remand to Youth Detention Accommodation": "Custodial remands"}  # fmt: skip

    def line(label, counts, divide=1.0):
        cells = [one / divide for one in counts]
        return [label, *cells[:6], None, *cells[6:9], None, *cells[9:], None, sum(cells[:6])]

    def section(divide):
        rows, last = [], ""
        for kind, counts in kinds.items():
            own = group.get(kind, "Community remands with intervention(1)")
            if own != last:
                rows.append([own])
            last = own
            rows.append(line(kind, counts, divide))
        total = [sum(parts) for parts in zip(*kinds.values(), strict=True)]
        return [*rows, line("Total remand episodes", total, divide)]

    rows = [*section(1.0), [None], ["Proportion of remand episodes"], *section(100.0)]
    if leading:
        header = [[None, *top], ["Remand type", *under]]
    else:
        header = [[None, None, *top], [None, "Remand type", *under]]
        rows = _beside(rows)
    title = (
        "Table 6.1: Number of remand episodes for children by type, year ending March 2025 [note 1]"
    )
    return around(title, header, rows, 0)


def _beside(rows):
    """Move each heading into a column of its own, on the first row under it."""
    made, heading = [], None
    for row in rows:
        if len(row) == 1 and row[0] and "roportion" not in row[0]:
            heading = row[0]
        elif len(row) == 1:
            made.append(row)
        else:
            made.append([heading, *row])
            heading = None
    return made


KINDS_OF_REMAND = {
    "Unconditional Bail": [100, 200, 150, 40, 900, 30, 220, 1180, 20, 300, 1120],
    "Conditional Bail": [311, 1098, 915, 218, 4502, 227, 1000, 6000, 271, 1284, 5987],
    "Bail Supervision and Support": [40, 303, 160, 33, 480, 14, 100, 919, 11, 124, 906],
    "Remand to Local Authority Accommodation": [30, 80, 60, 10, 200, 3, 42, 336, 5, 53, 330],
    "Remand to Youth Detention Accommodation": [55, 252, 181, 50, 444, 6, 40, 940, 8, 72, 916],
}
"""Kinds of remand in the year ending March 2025: ethnic groups, sexes and ages.

The sums over the kinds and the last kind by ethnic group are as published (Youth Justice
Statistics 2024 to 2025, Table 6.1); how the rest is shared out is made up.
"""


def cautioned_by_ethnicity():
    """Lay children cautioned or sentenced out by ethnic group and year, with a summary row."""
    table = read("children_by_stage_national")
    table = table[table["stage"] == "caution or sentence"]
    wide = table.pivot_table(
        index="ethnic_group", columns=table["period_end"].dt.year, values="value"
    )
    rows = [[group, *wide.loc[group]] for group in REMAND_GROUPS]
    rows += [["Ethnic minority groups", *wide.drop(["White", "Unknown"]).sum()]]
    rows += [["All children", *wide.sum()]]
    title = (
        "Table 3.2: Number of children receiving a caution or sentence by ethnicity(1), "
        "years ending March 2010 to 2021"
    )
    return around(title, [["Ethnicity", *wide.columns]], rows)


@cache
def reoffending_book():
    """Give a workbook of chapter 9 with each of its breakdowns that we ship."""
    end = "years ending March 2010 to 2020 and quarters for the year ending March 2020"
    start = "Proven reoffending data for children in England and Wales by"
    table = read("reoffending_national_breakdowns")
    offences = table.loc[table["breakdown"] == "offence", "offence"].unique()
    parts = table[table["breakdown"] == "disposal"][["tier", "disposal"]].drop_duplicates()
    disposals = {
        (tier.replace("First-tier", "First tier") if one == "All" else one): {
            "tier": tier, "disposal": one,
        }
        for tier, one in parts.itertuples(index=False)
    }  # fmt: skip
    previous = {
        "No previous offences": "0", "1 to 2 previous offences": "1-2",
        "3 to 6 previous offences": "3-6", "7 to 10 previous offences": "7-10",
        "11 or more previous offences": "11+",
    }  # fmt: skip
    return {
        "9.2": reoffending_sheet(
            "sex", "Sex", {"Boys": {"sex": "male"}, "Girls": {"sex": "female"}},
            f"Table 9.2: {start} sex, {end}", marks=("(1)", ""),
        ),
        "9.5": reoffending_sheet(
            "offence", "Index offence", {one: {"offence": one} for one in offences},
            f"Table 9.5: {start} index offence (based on new ONS crime classifications)(1), {end}",
            marks=("(2)", "(3)"),
        ),
        "9.6": reoffending_sheet(
            "previous_offences", "Previous offences",
            {text: {"previous_offences": one} for text, one in previous.items()},
            f"Table 9.6: {start} number of previous offences, {end}",
        ),
        "9.7": reoffending_sheet(
            "disposal", "Index disposal", disposals,
            f"Table 9.7: {start} index disposal(1), {end}", who="young people",
        ),
        "9.9": months_to_reoffence(),
    }  # fmt: skip
