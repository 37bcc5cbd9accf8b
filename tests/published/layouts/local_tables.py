"""Workbooks that imitate the local-level open data: one row a figure, in code."""

import itertools

import numpy as np

from youthjustice.sandbox.grid import Grid, Workbook

SERVICES = {
    "Islington": ("Metropolitan", "London", "England"),
    "Cornwall and Isles of Scilly": ("Devon and Cornwall", "South West", "England"),
    "Rochdale": ("Greater Manchester", "North West", "England"),
    "Northamptonshire": ("Northamptonshire", "East Midlands", "England"),
    "Bedfordshire": ("Bedfordshire", "Eastern", "England"),
    "Gwynedd & Ynys Mon": ("North Wales", "Wales", "Wales"),
    "Stoke on Trent": ("Staffordshire", "West Midlands", "England"),
}
YEARS = ("2013-14", "2023-24", "2024-25")
AREA = ["Financial_Year", "YJS", "PCC", "Wales or English region", "England_Wales"]
CHILDREN = {
    "Age_Group": ("10-14", "15-17"),
    "Sex": ("Boys", "Girls", "Unknown"),
    "Ethnicity_Group": ("Asian", "Black", "Mixed", "Other", "Unknown", "White"),
}
EARLY = {
    "2014-15": ["YOT", "Region", "Outcome", "Age", "Ethn", "Gen", "Count"],
    "2015-16": ["YOT2", "Region", "OutRevised", "Age_Revised", "Ethnicity", "Gen",
                "CountOfSent_Out_ID"],
}  # fmt: skip
"""The heads of the columns of the files without years, as people who load them name them."""

OUTCOMES = {
    "Caution_or_sentence_tier": ("Pre Court", "First Tier", "Community", "Custody"),
    "Caution_or_sentence_type": ("Youth Caution", "Referral Order"),
}
OFFENCES = {"Offence_Group": ("Robbery", "Violence Against The Person", "Drugs")}


def table(dimensions, count, *, area=AREA, services=SERVICES, years=YEARS):
    """Give header and rows; the count of row i is i, so that no two are alike."""
    rows = [[*area, *dimensions, count]]
    crossed = itertools.product(years, services, *dimensions.values())
    for number, (year, service, *labels) in enumerate(crossed):
        rows.append([year, service, *services[service], *labels, float(number)])
    return rows


def workbook(rows, *, above=0, name="Data", wide=0, first=True):
    """Put a table on a sheet after a cover and notes, or before them."""
    body = [[None] * len(rows[0])] * above + rows
    cells = np.array([[*line, *[None] * wide] for line in body], dtype=object)
    cover = np.array([["Youth Justice Statistics"], ["Local level data"]], dtype=object)
    notes = np.array([["Note 1", "Financial_Year is the year of the caution"]], dtype=object)
    sheets = [Grid("Cover", cover), Grid("Notes", notes)]
    sheets.insert(2 if first else 0, Grid(name, cells))
    return Workbook("Table v2.ods", "ods", "0" * 64, tuple(sheets))
