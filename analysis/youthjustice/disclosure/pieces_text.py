"""The texts within a text: markup without its tags, its attributes, JSON, and what is encoded in it."""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

_URI = re.compile(r"""(["'])(data:[^"']*?,.*?)\1|\((data:[^)]*,[^)]*)\)""", re.DOTALL)
_BASE64 = re.compile(r"(?<![\w+/])[A-Za-z0-9+/]{12,}(?:\s+[A-Za-z0-9+/]{20,})*={0,2}(?![\w+/=])")
_TAG = re.compile(
    r"<!--.*?(?:-->|$)|<!\[CDATA\[.*?\]\]>|<(script|style)\b.*?</\1\s*>|</?[A-Za-z!?][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>")
# Between these a word may go on; any other tag ends it.
_WITHIN = re.compile(
    r"</?(?:[biu]|a|em|strong|span|small|mark|code|font|sup|sub|wbr|tspan|w:r|w:t|w:rPr|w:[biu]|"
    r"w:proofErr|w:lang|w:rFonts|w:sz|w:color|r|t|rPr|a:r|a:t|a:rPr|text:span|text:a)\b[^<>]*>"
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_ESCAPE = re.compile(r"\\(?:u|x\{?)([0-9a-fA-F]{2,6})\}?|\\([0-9a-fA-F]{2,6})\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOTEBOOK = {"outputs": "outputs", "metadata": "metadata", "attachments": "attachments"}


@dataclass(frozen=True, slots=True)
class Held:
    """A text, or the bytes of a file that is written in a text, and where it stands."""

    where: str
    content: str | bytes


def texts_in(text: str, where: str) -> Iterator[Held]:
    """Give a text as a reader sees it, and then all that it holds beside that."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            yield from _json(told, where)
            return
    yield from _written(text, where)


def _written(text: str, where: str) -> Iterator[Held]:
    """Give a text that is no JSON: what it encodes first, then its words, then its markup."""
    found: list[bytes] = []

    def taken(match: re.Match[str]) -> str:
        found.append(_of_uri(match[2] or match[3]))
        return '""'

    text = _URI.sub(taken, text) if "data:" in text else text
    found += list(_of_base64(text))
    for number, raw in enumerate(found, start=1):
        yield Held(f"{where}, encoded part {number}", raw)
    if not _MARKUP.search(text):
        yield Held(where, _unescaped(text))
        return
    tags = (tag[0] for tag in _TAG.finditer(text))
    yield Held(
        f"{where}, attributes, remarks and scripts",
        _unescaped(html.unescape(_COLOUR.sub(" ", "\n".join(tags)))),
    )
    yield Held(where, html.unescape(_TAG.sub(" ", _WITHIN.sub("", text))))
    yield Held(where, html.unescape(_TAG.sub(" ", text)))


def _unescaped(text: str) -> str:
    """Undo the ways of scripts, style sheets and addresses to write a letter by its number."""
    if "%" in text:
        text = f"{text}\n{unquote(text)}"
    if "\\" in text and (escaped := _ESCAPE.sub(_letter, text)) != text:
        text = f"{text}\n{escaped}"
    return text


def _letter(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0xD800 else " "


def _of_uri(address: str) -> bytes:
    """Give what an address holds that holds a file itself."""
    head, _, body = address.partition(",")
    raw = unquote_to_bytes(html.unescape(body))
    return (_of_64(raw.decode("latin-1")) or raw) if head.endswith(";base64") else raw


def _of_base64(text: str) -> Iterator[bytes]:
    """Give what stands in a text in base64 and is a file or a text itself."""
    for match in _BASE64.finditer(text):
        raw = _of_64(match[0])
        if raw and (_is_text(raw) or _is_file(raw)):
            yield raw


def _of_64(text: str) -> bytes | None:
    packed = "".join(text.split())
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _is_text(raw: bytes) -> bool:
    try:
        return not _CONTROL.search(raw.decode())
    except UnicodeDecodeError:
        return False


def _is_file(raw: bytes) -> bool:
    return len(raw) > 16 and raw.startswith(
        (
            b"PK\x03\x04",
            b"\x89PNG",
            b"%PDF-",
            b"\x1f\x8b",
            b"\xff\xd8\xff",
            b"GIF8",
            b"<",
            b"{",
            b"[",
        )
    )


def _json(told: Any, where: str) -> Iterator[Held]:
    """Give the texts of JSON: short ones together, those that hold more than words on their own."""
    plain: dict[str, list[str]] = defaultdict(list)
    for place, value in _leaves(told, where):
        text = value if isinstance(value, str) else repr(value)
        if len(text) > 11 and (_MARKUP.search(text) or "data:" in text or _BASE64.search(text)):
            yield from _written(text, place)
        else:
            plain[place].append(text)
    for place, texts in plain.items():
        yield Held(place, "\n".join(texts))


def _leaves(told: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Give every key and value, with the part of a notebook that it stands in."""
    waiting = [(where, told)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, dict):
            for key, value in reversed(one.items()):
                part = _NOTEBOOK.get(key)
                waiting.append((f"{where}, {part}" if part and place == where else place, value))
                waiting.append((place, key))
        elif isinstance(one, list):
            if one and all(isinstance(line, str) for line in one):
                yield place, "".join(one)  # a notebook keeps a text in lines
                yield place, "\n".join(one)
            else:
                waiting += [(place, part) for part in reversed(one)]
        elif one is not None:
            yield place, one
