"""Figures as a report prints them, read back: a number, one with its interval, an interval alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = "([+\N{MINUS SIGN}-]?\\d[\\d,]*(?:\\.\\d+)?%?)"
_ORDINAL = "(\\d[\\d,]*)(?:st|nd|rd|th)"
_KINDS = tuple(
    re.compile(kind)
    for kind in (
        rf"(?P<about>about )?(?P<value>{_NUMBER})",
        rf"(?P<value>{_NUMBER}) \((?P<lower>{_NUMBER}) (?:to (?P<upper>{_NUMBER})|or above)\)",
        rf"(?P<value>{_NUMBER}) \((?P<none>no interval available)\)",
        rf"(?P<lower>{_NUMBER}) to (?P<upper>{_NUMBER})",
        rf"(?P<lower>{_ORDINAL}) to (?P<upper>{_ORDINAL})",
    )
)
_ALONE = re.compile("([+\N{MINUS SIGN}-]?)(\\d[\\d,]*(?:\\.\\d+)?)(.*)")
_MINUS = {"-", "\N{MINUS SIGN}"}
_SYMBOL = re.compile(r"\[(\w+)\]")
_ENDING = re.compile(r"%|st|nd|rd|th")


class Alone(NamedTuple):
    """One printed number with what stands behind it: sign, digits, unit, and the number itself."""

    sign: str
    number: str
    unit: str
    value: float


class Printed(NamedTuple):
    """The parts of a printed figure, as text; what is not printed is empty.

    ``about`` says that the figure is approximate.
    """

    value: str
    lower: str
    upper: str
    about: bool = False


def read(text: str) -> Printed | None:
    r"""Take a printed figure apart; None where a text is something else.

    >>> read("1,145 (90.8 to 220)")
    Printed(value='1,145', lower='90.8', upper='220', about=False)
    >>> read("46% to 62%")[:3], read("2.1 (1.3 or above)")[:3], read("94 of 173")
    (('', '46%', '62%'), ('2.1', '1.3', ''), None)
    """
    found = next(filter(None, (kind.fullmatch(text) for kind in _KINDS)), None)
    if found is None:
        return None
    parts = found.groupdict()
    value, lower, upper = (parts.get(name) or "" for name in Printed._fields[:3])
    return Printed(value, lower, upper, bool(parts.get("about")))


def number(text: str) -> int | float | None:
    r"""Read one printed number, without its sign of per cent; None for nothing.

    >>> number("1,200"), number("\N{MINUS SIGN}4.5%"), number("21st"), number("")
    (1200, -4.5, 21, None)
    """
    if not text:
        return None
    plain = _ENDING.sub("", text).replace(",", "").replace("\N{MINUS SIGN}", "-")
    return whole(float(plain))


def alone(text: str) -> Alone | None:
    """Read a number that a text begins with, and call the rest its unit.

    >>> alone("+1,234.5%")
    Alone(sign='+', number='1,234.5', unit='%', value=1234.5)
    >>> alone("34 of 36").unit, alone("a")
    (' of 36', None)
    """
    found = _ALONE.fullmatch(text)
    if found is None:
        return None
    sign, digits, unit = found.groups()
    value = float(digits.replace(",", "")) * (-1 if sign in _MINUS else 1)
    return Alone(sign, digits, unit, whole(value))


def whole(value: float) -> int | float:
    """Give a number as a whole one if it is.

    >>> whole(3.0), whole(3.5)
    (3, 3.5)
    """
    return int(value) if value.is_integer() else value


def first_number(text: str) -> int | float | None:
    """Read the first number that stands anywhere in a text; None without any.

    >>> first_number("under 1%"), first_number("none")
    (1, None)
    """
    found = re.search(_NUMBER, text)
    return number(found[1]) if found else None


def decimals(text: str) -> int:
    """Count the decimals of a printed number.

    >>> decimals("1,145.20%"), decimals("145")
    (2, 0)
    """
    return len(_ENDING.sub("", text).partition(".")[2])


def symbol(text: str) -> str:
    """Give the symbol that stands for a missing figure; empty for anything else.

    >>> symbol("[c]"), symbol("145")
    ('c', '')
    """
    found = _SYMBOL.fullmatch(text)
    return found[1] if found else ""
