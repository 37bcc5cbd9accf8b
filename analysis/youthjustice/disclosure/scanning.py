"""Look for the children of case records in any finished file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from youthjustice.disclosure.pieces import Budget, Piece, pieces
from youthjustice.disclosure.sought import Sought, sought_of
from youthjustice.errors import InputProblem

NOT_READ = "not read"
_HIDDEN_NAME = "[a name that tells of a child]"
_COLUMNS = ("file", "where", "kind")


def scan(
    paths: str | Path | Iterable[str | Path],
    *,
    children: pd.DataFrame | None = None,
    offences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Look into finished files for the identifiers, names, days of birth and postcodes of records.

    ``paths`` are files or folders, looked through with all that is in them. Text is read in HTML,
    SVG and XML (words, attributes, remarks, scripts, data addresses), JSON, notebooks (outputs,
    metadata), CSV and any other text; in Word documents, workbooks and open documents (all parts:
    properties, remarks, hidden sheets, days kept as numbers); in PDF (with Poppler); in what a PNG
    says of itself; in zip, tar, gzip, bzip2 and xz, one in the other; in base64; and in file names.

    ``children`` and ``offences`` are the two tables of records; a column counts by its name:
    ``child_id`` and other identifiers, ``offence_seq``, ``date_of_birth``, names, postcodes.

    Returns a frame of `file`, `where` and `kind`, each once, which never repeats what it found. A
    kind is `identifier`, `offence`, `name`, `date of birth`, `postcode`, `field of case records` (a
    column of them, such as child_id, by its name) or `not read`: what cannot be read is a finding.
    `possible` before a kind says that it may be chance: a number like an identifier where one in
    2,000 of all numbers is one, or written with commas; the first or last day of a quarter, or one on
    which something was published; a day in words where many days are birthdays; a day with
    its month first, or as a spreadsheet's bare number; half a name. `attrs["not_searched"]` tells
    in sentences what could not be looked for: numbers under five digits, drawn words in pictures,
    columns with other names.

    Raises InputProblem for a path that is not there.

    Examples:
        >>> import tempfile
        >>> page = Path(tempfile.mkdtemp(), "page.html")
        >>> _ = page.write_text('<p title="Born on 4 March 2008">No names.</p>')
        >>> born = pd.DataFrame({"date_of_birth": ["2008-03-04"]})
        >>> scan(page, children=born)[["where", "kind"]].to_numpy().tolist()
        [['contents, attributes, remarks and scripts', 'date of birth']]

    """
    sought = sought_of(*(table for table in (children, offences) if table is not None))
    listed = [paths] if isinstance(paths, str | Path) else list(paths)
    budget = Budget()
    found: dict[tuple[str, str, str], None] = {}
    for number, (name, path) in enumerate(_files(listed), start=1):
        shown = _safe_name(name, number, sought)
        for kind in sorted(sought.kinds(name)):
            found[shown, "name of the file", kind] = None
        for piece in _of_file(path, budget):
            for kind in _kinds(piece, sought):
                where = (
                    piece.where if not sought.kinds(piece.where) else f"contents, {_HIDDEN_NAME}"
                )
                found[shown, where, kind] = None
    frame = pd.DataFrame(list(found), columns=list(_COLUMNS), dtype=str)
    frame.attrs["not_searched"] = _not_searched(sought, budget)
    return frame


def _files(paths: list[str | Path]) -> Iterator[tuple[str, Path]]:
    """Give each file once, with the name by which it is told of: all of the path that was given."""
    for number, given in enumerate(paths, start=1):
        path = Path(given)
        if path.is_dir():
            yield from ((str(one), one) for one in sorted(path.rglob("*")) if not one.is_dir())
        elif path.exists():
            yield str(path), path
        else:
            raise InputProblem(
                f"Path {number} of the {len(paths)} to scan is not there; check how it is written."
            )


def _of_file(path: Path, budget: Budget) -> Iterator[Piece]:
    try:
        raw = path.read_bytes() if path.is_file() else None
    except OSError:
        raw = None
    if raw is None:
        yield Piece("contents", None)
    else:
        yield from pieces(raw, "contents", budget)


def _kinds(piece: Piece, sought: Sought) -> list[str]:
    return [NOT_READ] if piece.text is None else sorted(sought.kinds(piece.text))


def _safe_name(name: str, number: int, sought: Sought) -> str:
    """Tell of a file by its name, unless that tells of a child itself."""
    return f"file {number} {_HIDDEN_NAME}" if sought.kinds(name) else name


def _not_searched(sought: Sought, budget: Budget) -> tuple[str, ...]:
    """Tell what was not looked for, or not looked into."""
    told = [f"{one[0].upper()}{one[1:]}." for one in dict.fromkeys(sought.left_out)]
    if budget.pictures:
        told.append(f"Words that are drawn in {budget.pictures} pictures.")
    if budget.pdfs:
        told.append(
            f"The words of {budget.pdfs} PDFs, as Poppler is not installed; install it (Debian's "
            "poppler-utils) and scan again."
        )
    return tuple(told)
