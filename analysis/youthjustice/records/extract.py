"""An extract as it was read: two tables, and what became of every row and column."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from youthjustice.records.in_cells import bundle


@dataclass(frozen=True, slots=True, repr=False)
class Extract:
    """A service's records in the two tables of the schema, with an account of every row.

    `children` and `offences` have the columns of the schema. `refused` has a row for each reason:
    `table, file, sheet, row, column, reason`, rows numbered as a spreadsheet numbers them; no value of
    the records is in it. `columns` says for each column of the schema which column of which file was
    taken for it (`place` is empty where there is none). `rows` counts by table the rows read, refused
    and accepted. `notes` are sentences on how the files were read, and `unread` on files that were not.
    Printed, an extract shows counts alone.

    A thirteenth month is refused, and the account says where it stood without repeating it:

    >>> import tempfile
    >>> from pathlib import Path
    >>> from youthjustice.records import read_extract
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pd.DataFrame({"Child ID": ["DUMMY-1", "DUMMY-2"], "DOB": ["31/05/2008", "31/13/2008"]}
    ...         ).to_csv(Path(folder, "children.csv"), index=False)
    ...     pd.DataFrame({"Child ID": ["DUMMY-1"], "Offence date": ["3/1/2023"], "Outcome": ["YC"],
    ...         "Outcome date": ["1/2/2023"]}).to_csv(Path(folder, "offences.csv"), index=False)
    ...     extract = read_extract(folder)
    >>> extract
    Extract(1 of 2 rows of children; 1 of 1 rows of offences)
    >>> extract.reasons[["table", "column", "rows", "first"]]
          table         column  rows  first
    0  children  date_of_birth     1      3
    """

    children: pd.DataFrame
    offences: pd.DataFrame
    refused: pd.DataFrame
    columns: pd.DataFrame
    rows: pd.DataFrame
    notes: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def reasons(self) -> pd.DataFrame:
        """Count the rows refused by table, column and reason, most first; `first` is one of them."""
        keys = ["table", "column", "reason"]
        counted = self.refused.groupby(keys, as_index=False, sort=False, dropna=False).agg(
            rows=("row", "size"),
            file=("file", "first"),
            sheet=("sheet", "first"),
            first=("row", "first"),
        )
        return counted.sort_values(["rows", *keys], ascending=[False, True, True, True],
                                   ignore_index=True)  # fmt: skip

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return bundle(repr(self))

    def __repr__(self) -> str:
        counts = "; ".join(
            f"{row.accepted:,} of {row.read:,} rows of {row.table}"
            for row in self.rows.itertuples()
        )
        more = f"; {len(self.unread):,} files not read, see unread" if self.unread else ""
        return f"Extract({counts}{more})"
