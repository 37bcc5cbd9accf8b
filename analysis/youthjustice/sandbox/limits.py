"""How large a file may be, and how long and with how much memory it is read."""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

LARGEST_FILE = 100 * MEBIBYTE
"""Twice the largest official file that we know of (about 50 MB)."""

MOST_UNPACKED = 1024 * MEBIBYTE
"""What a zipped workbook may say it unpacks to; a full sheet of seven columns says a third of it."""

MOST_MEMBERS = 4000
"""Files inside a zipped workbook; an official one has a few hundred."""

MOST_SHEETS = 500
"""An official workbook has fewer than a hundred."""

MOST_ROWS = 1_048_576
"""What a sheet holds in Excel and LibreOffice."""

MOST_CELLS = 8_000_000
"""Over all sheets: the 641,070 rows of the Local Authority Interactive Tool hold 4.5 million."""

MOST_TEXT = 192 * MEBIBYTE
"""Of memory for the texts that are handed over; those of the Local Authority Interactive Tool take 40."""

MOST_FIGURES = 150_000
"""In one file, which take 15 seconds to check and keep; the largest that we know of has 70,000."""

LONGEST_TEXT = 131_072
"""Characters in one cell of a text file; a cell of Excel holds 32,767."""

MEMORY = 600 * MEBIBYTE
"""For the reading process, so that it and the one that waits for it stay under a gigabyte."""

SECONDS = 10
"""Of computing for the reading process; a sheet of 50,000 rows takes half a second."""

PATIENCE = 60.0
"""Seconds by the clock for the same: on a busy machine computing takes several times as long."""

CELLS_AT_ONCE = 200_000
"""Cells that are handed over together: few enough to cost no memory, enough to cost no time."""
