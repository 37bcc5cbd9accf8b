"""Take a file apart into pieces that are safe to hand over: names, extents and columns of cells."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from youthjustice.errors import InputProblem
from youthjustice.sandbox import delimited, parquet, spreadsheets
from youthjustice.sandbox.columns import check_extent, in_columns
from youthjustice.sandbox.kinds import DAMAGED, kind_of
from youthjustice.sandbox.limits import MEBIBYTE, MEMORY, MOST_ROWS, MOST_TEXT

Piece = tuple[Any, ...]
"""("file", kind, sha256, notes); then ("sheet", name, rows, columns) and ("cells", columns of some
rows) in turns; last ("end",), or ("problem", sentence) or ("problem", sentence, sheet)."""

TOO_BIG = (
    f"needs more than {MEMORY // MEBIBYTE} MB of memory or is damaged: save the sheets you need "
    "alone, or as CSV"
)


def pieces(raw: bytes, folder: Path, by_line: bool = False) -> Iterator[Piece]:
    """Give the pieces of a file; whatever goes wrong becomes the last of them.

    Args:
        raw: the whole file.
        folder: an empty folder of our own.
        by_line: decode a text file line by line, and keep lines that hold what no text has.

    """
    try:
        text = 0
        for piece in _pieces(raw, folder, by_line):
            text += _text_of(piece)
            if text > MOST_TEXT:
                raise MemoryError
            yield piece
        yield ("end",)
    except InputProblem as problem:
        yield ("problem", *problem.args)
    except MemoryError:
        yield ("problem", TOO_BIG)
    except (GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of a library written in Rust is no Exception
        yield ("problem", DAMAGED)


def _text_of(piece: Piece) -> int:
    """Give the memory that the texts of a piece take where it is handed over."""
    if piece[0] != "cells":
        return 0
    texts = {cell for column in piece[1] for cell in set(column) if isinstance(cell, str)}
    return sum(map(sys.getsizeof, texts))


def _pieces(raw: bytes, folder: Path, by_line: bool) -> Iterator[Piece]:
    kind, digest = kind_of(raw), hashlib.sha256(raw).hexdigest()
    if kind == "csv":
        yield from _delimited(raw, digest, by_line)
    elif kind == "parquet":
        names, rows, parts = parquet.table(raw, folder)
        yield ("file", kind, digest, ())
        yield ("sheet", "", rows + 1, len(names))
        yield ("cells", [[name] for name in names])
        yield from (("cells", part) for part in parts)
    else:
        yield ("file", kind, digest, ())
        for name, rows, columns, parts in spreadsheets.sheets(raw):
            yield ("sheet", name, rows, columns)
            yield from (("cells", part) for part in parts)


def _delimited(raw: bytes, digest: str, by_line: bool) -> Iterator[Piece]:
    text, notes = delimited.decoded_by_line(raw) if by_line else delimited.decoded(raw)
    between = delimited.delimiter(text)
    rows = width = 0
    for row in delimited.records(text, between):
        rows, width = rows + 1, max(width, len(row))
        if rows > MOST_ROWS:  # the rest need not be counted
            break
    check_extent(rows, width)
    yield ("file", "csv", digest, notes)
    yield ("sheet", "", rows, width)
    parts = in_columns(delimited.records(text, between), width)
    yield from (("cells", part) for part in parts)
