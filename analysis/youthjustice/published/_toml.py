"""Write values as TOML reads them."""

from __future__ import annotations

from collections.abc import Sequence

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml(value: str | int | bool | Sequence[str]) -> str:
    r"""Write a text, a whole number, a truth or a list of texts on one line.

    >>> print(toml('a "quoted"\nname'))
    "a \"quoted\"\nname"
    >>> print(toml(["2014", "2015"]), toml(4), toml(True))
    ["2014", "2015"] 4 true
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{"".join(map(_escaped, value))}"'
    return f"[{', '.join(map(toml, value))}]"


def _escaped(character: str) -> str:
    """Escape what ends a text, and what no reader should meet unseen."""
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:  # half a character, which TOML cannot hold
        return "\\uFFFD"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"


def comment(text: str) -> str:
    r"""Write a comment of one line, whatever the text holds.

    >>> print(comment("two\nlines"))
    # two\nlines
    """
    return "# " + "".join(c if c.isprintable() else _escaped(c) for c in text)
