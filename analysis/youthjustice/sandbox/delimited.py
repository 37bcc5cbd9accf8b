"""Read a text file of cells with commas, semicolons or tabs between them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from youthjustice.errors import InputProblem
from youthjustice.sandbox.limits import LONGEST_TEXT

LATIN = "it is not UTF-8 text and was read as Windows Latin-1"
BY_LINE = "some lines of it are not UTF-8 text and were read as Windows Latin-1"
_BYTE_ORDER = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BETWEEN = ",;\t"
_LOOKED_AT = 100
_ODD_CHARACTERS = 0.05
_MARKUP = re.compile(r"\s*<(!doctype|html|head|body|\?xml|table|script|!--)", re.IGNORECASE)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Turn bytes into text, with a note where they had to be read as Windows Latin-1.

    Raises:
        InputProblem: they are no text, or a web page.

    """
    unicode = _text(raw)
    text, notes = (unicode, ()) if unicode is not None else (_latin(raw), (LATIN,))
    _check_text(text)
    if found := _BINARY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        what = "a NUL character" if found[0] == "\0" else "characters that no text has"
        raise InputProblem(
            f"is neither a spreadsheet nor parquet nor text (line {line} holds {what}): download "
            "it again, or save it as .xlsx, .ods or CSV"
        )
    return text, notes


def decoded_by_line(raw: bytes) -> tuple[str, tuple[str, ...]]:
    r"""Turn bytes into text line by line, for a file that several programs have written.

    A line with a NUL or other characters that no text has is kept, for the reader to refuse it.

    Raises:
        InputProblem: they are no text, or a web page.

    >>> decoded_by_line("Ynys Môn\n".encode() + "Ynys Môn\n".encode("cp1252"))[0]
    'Ynys Môn\nYnys Môn\n'
    """
    whole = _text(raw)
    text = "\n".join(map(_line, raw.split(b"\n"))) if whole is None else whole
    _check_text(text)
    if len(_BINARY.findall(text)) > _ODD_CHARACTERS * len(text):
        raise InputProblem(
            "is neither a spreadsheet nor parquet nor text: save it as .xlsx, .ods or CSV"
        )
    return text, (BY_LINE,) if whole is None else ()


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _latin(line)


def _check_text(text: str) -> None:
    if not text.strip():
        raise InputProblem("is empty: download it again")
    if _MARKUP.match(text):
        raise InputProblem(
            "is a web page or XML and no table: download the file itself, or save it as .xlsx, "
            ".ods or CSV"
        )


def _text(raw: bytes) -> str | None:
    order = _BYTE_ORDER.get(raw[:2])
    try:
        return raw[2:].decode(order) if order else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _latin(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def records(text: str, between: str) -> Iterator[list[str]]:
    """Split a text into rows of cells.

    Raises:
        InputProblem: a quote is never closed, or a cell is longer than any table's.

    """
    csv.field_size_limit(LONGEST_TEXT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    try:
        yield from rows
    except csv.Error as problem:
        raise InputProblem(
            f"cannot be split into cells at line {rows.line_num}: {problem}"
        ) from None


def delimiter(text: str) -> str:
    r"""Find what stands between cells: what gives the most rows of one and the same width.

    >>> delimiter("Area;2014;2015\nKent;1,5;2,5\n")
    ';'
    >>> delimiter("A title, with a comma\nArea\t2014\nKent\t12\n") == "\t"
    True
    """
    return max(_BETWEEN, key=lambda between: _evenness(text, between))


def _evenness(text: str, between: str) -> int:
    """Count the cells, beyond one a row, in the rows of the commonest width."""
    try:
        widths = Counter(map(len, islice(records(text, between), _LOOKED_AT)))
    except InputProblem:
        return 0
    return max(((width - 1) * many for width, many in widths.items()), default=0)
