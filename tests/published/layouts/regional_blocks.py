"""Workbooks that imitate the regional tables to 2012/13: stacked blocks of areas, in code."""

import numpy as np

from youthjustice.sandbox.grid import Grid, Workbook

AGES = ["10 - 14", 15.0, 16.0, "17+"]
SEXES = ["Female", "Male", "Not Known"]
GROUPS = ["White", "Mixed", "Asian or Asian British", "Black or Black British",
          "Chinese or Other Ethnic Group", "Not Known"]  # fmt: skip
DISPOSALS = {
    "Pre-court ": ["Reprimand", "Final Warning", "Conditional Caution"],
    "First-tier": ["Absolute Discharge", "Bind Over", "Compensation Order", "Conditional Discharge",
                   "Fine", "Referral Order", "Reparation Order", "Sentence Deferred"],
    "Community": ["Youth Rehabilitation Order", "Youth Default Order"],
    "Custody": ["Detention and Training Order", "Section 226 (Life)",
                "Section 226 (Public Protection)", "Section 226b (*)", "Section 90-92 Detention",
                "Section 228"],
}  # fmt: skip
OFFENCES = {
    "": ["Arson", "Breach Of Bail", "Breach Of Conditional Discharge",
         "Breach Of Statutory Order", "Criminal Damage", "Death Or Injury By Dangerous Driving",
         "Domestic Burglary", "Drugs", "Fraud And Forgery", "Motoring Offences",
         "Non Domestic Burglary", "Other", "Public Order", "Racially Aggravated", "Robbery",
         "Sexual Offences", "Theft And Handling Stolen Goods", "Vehicle Theft",
         "Violence Against The Person"],
}  # fmt: skip
AREAS = {
    "National": ["National", "London"],
    "London": ["London", "Brent", "Kingston-upon-Thames", "Tower Hamlets and City of London"],
}


def block(area, rows, start=1, *, headings=True, total="TOTAL"):
    """Give the rows of one area: the counts of row i are start + i for a girl of 15, and so on."""
    lines, sums = [[area], []], np.zeros(14)
    number = start
    for tier, labels in rows.items():
        if tier and headings:
            lines.append([tier])
        for label in labels:
            ages = [number, 1, 0, 2]
            whole = sum(ages)
            sexes = [number, 3, 0]
            groups = [number, 0, 1, 1, 1, 0]
            lines.append(_line(label, ages, sexes, groups, whole))
            sums += [*ages, *sexes, *groups, whole]
            number += 1
        lines.append([])
    all_of = list(sums)
    lines.append(_line(total, all_of[:4], all_of[4:7], all_of[7:13], all_of[13]))
    return lines


def _line(label, ages, sexes, groups, whole):
    return [label, *map(float, ages), None, *map(float, sexes), None, *map(float, groups),
            float(whole)]  # fmt: skip


def sheet(name, areas, rows, title, *, before=0, wide=17, **how):
    """Give one sheet: the header, the blocks of its areas and a note."""
    lines = [[] for _ in range(before)]
    lines.append([title, "Age", None, None, None, None, "Gender", None, None, None, "Ethnicity"])
    lines.append(["These figures do not match Chapter 5.", *AGES, None, *SEXES, None, *GROUPS,
                  "TOTAL"])  # fmt: skip
    for area in areas:
        lines += [*block(area, rows, **how), ["*data from 2 YOTs is missing"], []]
    lines.append(["(*) The Act replaced Section 226."])
    cells = np.full((len(lines), wide), None, dtype=object)
    for row, line in enumerate(lines):
        cells[row, : len(line)] = line
    return Grid(name, cells)


def workbook(rows=DISPOSALS, title="Regional Disposals 2012/13", areas=None, **how):
    sheets = [sheet(name, names, rows, title, **how) for name, names in (areas or AREAS).items()]
    return Workbook("regional.xls", "xls", "0" * 64, tuple(sheets))
