"""Read an official file: find its layout from its content, and give tidy, cited, checked rows."""

from __future__ import annotations

import importlib
from pathlib import Path

import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.published import layouts
from youthjustice.published._text import shown
from youthjustice.published.layouts.layout import Layout
from youthjustice.published.workbooks.grid import Workbook
from youthjustice.published.workbooks.opening import open_workbook

BUILT_FROM_DESCRIPTION = "built from a description, not tried on a real file"


def read_workbook(path: str | Path) -> pd.DataFrame:
    """Read an official file into tidy rows with their source.

    Raises:
        InputProblem: the file cannot be understood.

    """
    book = open_workbook(path)
    layout = layout_of(book)
    return layout.read(book)


def layout_of(book: Workbook) -> Layout:
    """Find the one layout that a workbook has.

    Raises:
        InputProblem: no layout fits the workbook, or more than one does.

    """
    known = [importlib.import_module(f"{layouts.__name__}.{name}").LAYOUT for name in layouts.ALL]
    fitting = [layout for layout in known if layout.fits(book)]
    if len(fitting) == 1:
        return fitting[0]  # type: ignore[no-any-return]
    if fitting:
        both = " and ".join(layout.name for layout in fitting)
        raise InputProblem(f"{shown(book.file)} fits the layouts {both}: say which one it is")
    raise InputProblem(f"{shown(book.file)} has no layout that we know")
