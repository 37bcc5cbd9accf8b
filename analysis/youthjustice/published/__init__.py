"""Published statistics as tidy, typed tables that know their source.

`tables` lists them, `load` returns one; `place` and `period` read the names of areas and periods
as official tables print them, `numbers` and `five_groups` their symbols and ethnic groups;
`read_workbook` reads an official file, and `layouts_known` lists the layouts that it knows; `keep`
keeps it as a release beside the shipped ones, `releases` lists those of a table,
`compare_releases` says what was revised between two, and `using` fixes which a block of work reads.
"""

from youthjustice._shipped import data_folder
from youthjustice.published.catalogue import releases, tables
from youthjustice.published.comparing import compare_releases
from youthjustice.published.editions import using
from youthjustice.published.ethnicity import GROUPS, five_groups
from youthjustice.published.imported_folder import local_folder
from youthjustice.published.importing import layouts_known, read_workbook
from youthjustice.published.keeping import forget, keep
from youthjustice.published.loading import load
from youthjustice.published.periods import label, period, periods
from youthjustice.published.places import Place, neighbours, place, places
from youthjustice.published.symbols import SYMBOLS, numbers

__all__ = [
    "GROUPS",
    "SYMBOLS",
    "Place",
    "compare_releases",
    "data_folder",
    "five_groups",
    "forget",
    "keep",
    "label",
    "layouts_known",
    "load",
    "local_folder",
    "neighbours",
    "numbers",
    "period",
    "periods",
    "place",
    "places",
    "read_workbook",
    "releases",
    "tables",
    "using",
]
