"""The rows of the indicators beside those of an extract, as `check` tells of both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.extract import Extract
from youthjustice.records.indicator_rows import FILE, TABLE, check_indicators


def with_indicators(extract: Extract, folder: str | Path) -> Extract:
    """Add what becomes of the rows of `indicators.csv`, where the folder of the extract has one."""
    file = Path(folder) / FILE
    if not file.is_file():
        return extract
    try:
        found = check_indicators(file)
    except InputProblem as problem:
        return replace(extract, unread=(*extract.unread, str(problem)))
    refused = found.refused["row"].nunique()
    count = {"table": TABLE, "read": len(found.cells), "accepted": len(found.cells) - refused}
    rows = pd.concat([extract.rows, pd.DataFrame([count | {"refused": refused}])])
    places = [(TABLE, name, file.name, "", place) for name, place in found.places.items()]
    taken = pd.DataFrame(places, columns=extract.columns.columns)
    notes = extract.notes
    if refused:
        notes = (
            *notes,
            f"a report takes {shown(file.name)} only when every row of it can be used",
        )
    return replace(
        extract,
        refused=pd.concat([extract.refused, found.refused], ignore_index=True),
        columns=pd.concat([extract.columns, taken], ignore_index=True),
        rows=rows.reset_index(drop=True),
        notes=notes,
    )
