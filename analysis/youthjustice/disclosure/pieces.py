"""The texts that a finished file holds, wherever in it they stand.

`pieces` looks at what a file is by its first bytes, never by its name, and opens what is packed in
it. What cannot be read gives a piece without a text, so that nobody takes silence for safety.
"""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from youthjustice.disclosure.pieces_pdf import pdf_texts, without_poppler
from youthjustice.disclosure.pieces_text import Held, texts_in

_MOST_BYTES, _DEEPEST = 2_000_000_000, 8
_PRINTABLE = re.compile(rb"[\t\x20-\x7e]{4,}")
_WIDE = re.compile(rb"(?:[\t\x20-\x7e]\x00){4,}")
_PICTURES = (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*", b"BM")
_PNG = b"\x89PNG\r\n\x1a\n"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNPACK = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError, NotImplementedError)


@dataclass(slots=True)
class Budget:
    """How much a file may still unpack to, and what was met that could not be read in full.

    That is pictures, which hold drawn words, and PDFs where Poppler is not installed.
    """

    room: int = _MOST_BYTES
    pictures: int = 0
    pdfs: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One text and where it stands; ``text`` is None where something could not be read."""

    where: str
    text: str | None


def pieces(raw: bytes, where: str, budget: Budget, deep: int = 0) -> Iterator[Piece]:
    """Give the texts in some bytes, and in what is packed in them."""
    budget.room -= len(raw)
    if budget.room < 0 or deep > _DEEPEST:
        yield Piece(where, None)
        return
    zipped = zipfile.is_zipfile(io.BytesIO(raw))  # also behind something else
    if zipped or raw.startswith(b"PK\x03\x04"):
        yield from _zipped(raw, where, budget, deep)
        if raw.startswith(b"PK"):
            return
    if raw.startswith(b"%PDF-"):
        yield from _printed(raw, where, budget, deep)
    elif raw.startswith(_PNG):
        yield from _png(raw, where, budget, deep)
    elif raw.startswith(_PICTURES):
        budget.pictures += 1
        yield Piece(f"{where}, what a picture says of itself", _plain(raw))
    elif raw[257:262] == b"ustar":
        yield from _tarred(raw, where, budget, deep)
    elif opened := next((opened for start, opened in _UNPACK if raw.startswith(start)), None):
        yield from _unpacked(opened, raw, where, budget, deep)
    elif (text := decoded(raw)) is not None:
        yield from _held(texts_in(text, where), budget, deep)
    else:
        # Whatever it is, we do not know all of its ways; what is plain in it is looked at.
        if not zipped:
            yield Piece(where, None)
        yield Piece(f"{where}, what is plain text in it", _plain(raw))


def _unpacked(opened: Any, raw: bytes, where: str, budget: Budget, deep: int) -> Iterator[Piece]:
    """Give the texts of one packed file, as far as it may unpack."""
    try:
        with opened(io.BytesIO(raw)) as packed:
            inside = packed.read(budget.room + 1)
    except _BROKEN:
        yield Piece(where, None)
    else:
        yield from pieces(inside, where, budget, deep + 1)


def decoded(raw: bytes) -> str | None:
    """Give bytes as text, or None where they are none."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    if b"\x00" in raw:
        even, odd = raw[::2], raw[1::2]
        for name, letters, noughts in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
            if noughts.count(0) > 0.7 * len(noughts) and not letters.count(0):
                return raw.decode(name, "replace")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        strange = sum(raw.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x1b")
        return None if strange > len(raw) / 100 else raw.decode("cp1252", "replace")


def _held(found: Iterator[Held], budget: Budget, deep: int) -> Iterator[Piece]:
    """Give the texts that stand in a text, and open the files that are written in it."""
    for one in found:
        if isinstance(one.content, bytes):
            yield from pieces(one.content, one.where, budget, deep + 1)
        else:
            yield Piece(one.where, one.content)


def _zipped(raw: bytes, where: str, budget: Budget, deep: int) -> Iterator[Piece]:
    """Give the parts of a zip: an archive, a Word document, a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
            named = "\n".join(part.filename for part in parts)
            yield Piece(f"{where}, names of parts", named)
            yield Piece(f"{where}, remark", packed.comment.decode("latin-1"))
            for part in parts:
                inside = f"{where}, {part.filename}"
                if part.file_size > budget.room:
                    yield Piece(inside, None)
                    continue
                try:
                    content = packed.read(part)
                except (*_BROKEN, RuntimeError):  # a password, or broken
                    yield Piece(inside, None)
                    continue
                yield from pieces(content, inside, budget, deep + 1)
    except (zipfile.BadZipFile, *_BROKEN):
        yield Piece(where, None)
        return
    yield from _cells(raw, set(named.splitlines()), where)


def _cells(raw: bytes, parts: set[str], where: str) -> Iterator[Piece]:
    """Give the cells of a workbook, where a day is kept as a number that only its format explains."""
    if not parts & {"xl/workbook.xml", "content.xml"}:
        return
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python()
            yield Piece(f"{where}, cells", "\n".join(str(cell) for row in rows for cell in row))
    except CalamineError:
        if "xl/workbook.xml" in parts:  # a text document has content.xml too, and no sheets
            yield Piece(f"{where}, cells", None)


def _tarred(raw: bytes, where: str, budget: Budget, deep: int) -> Iterator[Piece]:
    try:
        with tarfile.open(fileobj=io.BytesIO(raw)) as packed:
            for part in packed:
                yield Piece(f"{where}, names of parts", part.name)
                content = packed.extractfile(part) if part.isfile() else None
                if content is not None:
                    yield from pieces(content.read(), f"{where}, {part.name}", budget, deep + 1)
    except (tarfile.TarError, *_BROKEN):
        yield Piece(where, None)


def _printed(raw: bytes, where: str, budget: Budget, deep: int) -> Iterator[Piece]:
    """Give the words of a PDF, its properties, and the files in it."""
    budget.pdfs += without_poppler()
    for told, content in pdf_texts(raw):
        if isinstance(content, bytes):
            yield from pieces(content, f"{where}, {told}", budget, deep + 1)
        else:
            yield Piece(f"{where}, {told}", content)
    budget.pictures += raw.count(b"/Subtype /Image") + raw.count(b"/Subtype/Image")


def _png(raw: bytes, where: str, budget: Budget, deep: int) -> Iterator[Piece]:
    """Give all of a PNG but its dots: what it says of itself, and what stands after its end."""
    budget.pictures += 1
    at, told = len(_PNG), []
    while at + 12 <= len(raw):
        size = int.from_bytes(raw[at : at + 4])
        kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + size]
        at += size + 12
        if kind == b"IEND":
            break
        if kind != b"IDAT":
            told += [body, *_inflated(body)]
    else:
        yield Piece(where, None)
    yield Piece(f"{where}, what a picture says of itself", "\n".join(map(_plain, told)))
    if raw[at:].strip():
        yield from pieces(raw[at:], f"{where}, after the picture", budget, deep + 1)


def _inflated(body: bytes) -> Iterator[bytes]:
    """Give the packed text of a part of a PNG, which follows a name and one or two marks."""
    for start in (at for at in range(min(len(body), 200)) if body[at : at + 1] == b"\x78"):
        try:
            yield zlib.decompress(body[start:])
        except zlib.error:
            continue


def _plain(raw: bytes) -> str:
    """Give what is plain text in bytes, of one byte or of two a letter."""
    wide = (found[::2] for found in _WIDE.findall(raw))
    return b"\n".join((*_PRINTABLE.findall(raw), *wide)).decode("ascii")
