"""Published statistics as tidy, typed tables that know their source.

`tables` lists them, `load` returns one; `place` and `period` read the names of areas and periods
as official tables print them, `numbers` and `five_groups` their symbols and ethnic groups;
`read_workbook` reads an official file, and `layouts_known` lists the layouts that it knows.
"""

from youthjustice.published.ethnicity import GROUPS, five_groups
from youthjustice.published.importing import layouts_known, read_workbook
from youthjustice.published.loading import load
from youthjustice.published.package import data_folder, tables
from youthjustice.published.periods import label, period, periods
from youthjustice.published.places import Place, neighbours, place, places
from youthjustice.published.symbols import SYMBOLS, numbers

__all__ = [
    "GROUPS",
    "SYMBOLS",
    "Place",
    "data_folder",
    "five_groups",
    "label",
    "layouts_known",
    "load",
    "neighbours",
    "numbers",
    "period",
    "periods",
    "place",
    "places",
    "read_workbook",
    "tables",
]
