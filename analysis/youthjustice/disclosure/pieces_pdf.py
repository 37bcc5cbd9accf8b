"""The words of a PDF, its properties and what is attached to it."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^\\()]|\\.)*)\)", re.DOTALL)
_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2}\s*){4,})>")
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_LETTER = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DRAWS = re.compile(rb"\bT[jJfdm]\b|begincmap|\bobj\b")
_FILES = (b"PK\x03\x04", b"%PDF-", b"\x1f\x8b", b"\x89PNG")
_PATIENCE, _MOST = 120, 200_000_000
_TOOLS = {
    "words": ["pdftotext", "-q", "-enc", "UTF-8", "-", "-"],
    "properties": ["pdfinfo", "-enc", "UTF-8", "-custom", "-"],
}
"""Poppler, without which the letters of a font cannot be told, so that a PDF counts as not read."""


def without_poppler() -> bool:
    """Say whether a program that reads the words of a PDF is not installed."""
    return any(shutil.which(command[0]) is None for command in _TOOLS.values())


def pdf_texts(raw: bytes) -> Iterator[tuple[str, str | bytes | None]]:
    """Give each text of a PDF with what it is; None for what cannot be read, bytes for a file in it."""
    for what, command in _TOOLS.items():
        yield what, _told(command, raw)
    written = [_STREAM.sub(b"", raw)]
    for stream in _STREAM.findall(raw):
        content = _unpacked(stream)
        if content.startswith(_FILES):
            yield "file in it", content
        else:
            written.append(content)
    yield "text kept in it", "\n".join(map(_strings, written))


def _told(command: list[str], raw: bytes) -> str | None:
    """Run one of Poppler's programs on a PDF; None where it is not there or does not understand."""
    program = shutil.which(command[0])
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *command[1:]], input=raw, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


def _unpacked(stream: bytes) -> bytes:
    """Give a stream's bytes, unpacked where they are packed; nothing of a picture's or a font's."""
    with contextlib.suppress(zlib.error):
        stream = zlib.decompressobj().decompress(stream, _MOST)
    return stream if stream.startswith(_FILES) or b"\x00" not in stream else b""


def _strings(content: bytes) -> str:
    """Give the strings of a PDF's part, and all of it where it is no page but text put into it."""
    told = [_letters(_ESCAPED.sub(_unescaped, one)) for one in _LITERAL.findall(content)]
    told += [_letters(bytes.fromhex(one.decode())) for one in _HEX.findall(content)]
    if not _DRAWS.search(content):
        told.append(content.decode("utf-8", "replace"))
    return "\n".join(told)


def _unescaped(found: re.Match[bytes]) -> bytes:
    one = found[1]
    if one[:1].isdigit():
        return bytes([int(one, 8) % 256])
    return b"" if one.endswith(b"\n") else _LETTER.get(one, one)


def _letters(told: bytes) -> str:
    if told.startswith(b"\xfe\xff"):
        return told.decode("utf-16", "replace")
    return told.decode("latin-1")
