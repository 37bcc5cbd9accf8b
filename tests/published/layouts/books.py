"""Workbooks made in memory or written to disk, for tests of layouts."""

import csv

import duckdb
import numpy as np
import openpyxl
import pandas as pd

from youthjustice.sandbox.grid import Grid, Workbook


def grid(rows, sheet=""):
    """Make a sheet of lists of cells; an empty text is an empty cell."""
    cells = np.full((len(rows), max(map(len, rows))), None, dtype=object)
    for place, row in enumerate(rows):
        cells[place, : len(row)] = row
    cells[cells == ""] = None
    return Grid(sheet, cells)


def book(rows, kind="csv"):
    """Make a workbook of one sheet without a name, or of the sheets of a dict."""
    sheets = rows if isinstance(rows, dict) else {"": rows}
    grids = tuple(grid(cells, name) for name, cells in sheets.items())
    return Workbook(f"made.{kind}", kind, "", grids)


def written(folder, kind, rows):
    """Write one sheet as csv, xlsx, ods or parquet; give its path."""
    path = folder / f"a file.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\r\n").writerows(rows)
    elif kind == "xlsx":
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(list(row))
        made.save(path)
    elif kind == "ods":
        pd.DataFrame(rows).to_excel(path, index=False, header=False, engine="odf")
    else:
        frame = pd.DataFrame(rows[1:], columns=rows[0]).astype("object")
        duckdb.from_df(frame).write_parquet(str(path))
    return path


def text(frame, *columns):
    """Give columns as texts, with an empty text for what is missing, to compare them."""
    shown = frame[list(columns)].astype("object")
    return shown.where(shown.notna(), "").astype("str").reset_index(drop=True)
