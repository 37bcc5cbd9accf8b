"""Dates in a text, in whatever way they are written, as days."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = (
    ("january", "jan", "ionawr"),
    ("february", "feb", "chwefror"),
    ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill"),
    ("may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "awst"),
    ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref"),
    ("november", "nov", "tachwedd"),
    ("december", "dec", "rhagfyr"),
)
"""The months in English, in short, and in Welsh."""

_NUMBER = {word: at for at, words in enumerate(_MONTHS, start=1) for word in words}
_WORD = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DAY, _YEAR = r"(?P<d>\d{1,2})", r"(?P<y>(?:19|20)\d\d)"
# 4 March 2008, 4th of March 2008, 04-Mar-08; March 4, 2008; 2008-Mar-04.
_NAMED = (
    rf"(?<!\d){_DAY}(?:st|nd|rd|th)?[\s./,-]{{0,2}}(?:of\s)?(?P<m>{_WORD})(?![^\W\d_])[\s./,-]{{0,2}}"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?!\d)",
    rf"(?P<m>{_WORD})\.?\s{{0,2}}{_DAY}(?:st|nd|rd|th)?[\s,]{{1,2}}{_YEAR}(?!\d)",
    rf"(?<!\d){_YEAR}[\s./-]?(?P<m>{_WORD})[\s./-]?{_DAY}(?!\d)",
)
_YEAR_FIRST = (
    rf"(?<![\d.]){_YEAR}(?P<s>[-/._ ])(?P<m>\d\d?)(?P=s){_DAY}(?!\d)",
    # As Python and Spark print them: date(2008, 3, 4).
    rf"(?<!\d){_YEAR},\s?(?P<m>\d\d?),\s?{_DAY}(?!\d)",
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?![\d.])",
)
_NUMERIC = (
    r"(?<![\d./-])(?P<d>\d\d?)(?P<s>[-/._])(?P<m>\d\d?)(?P=s)(?P<y>(?:19|20)\d\d)(?![\d/-])",
    r"(?<![\d.])(?P<d>\d\d) (?P<m>\d\d) (?P<y>(?:19|20)\d\d)(?!\d)",
    # With two digits of the year: 4/3/08, and 04-03-08 or 04.03.08 in full.
    r"(?<![\d./-])(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d\d)(?![\d/])",
    r"(?<![\d./-])(?P<d>\d\d)(?P<s>[-.])(?P<m>\d\d)(?P=s)(?P<y>\d\d)(?![\d.-])",
    r"(?<![\d.])(?P<d>\d\d)(?P<m>\d\d)(?P<y>(?:19|20)\d\d)(?![\d.])",
)
_EPOCH = re.compile(r"(?<![\d.])(\d{9,10})(000(?:000){0,2})?(?:\.0*)?(?!\d)")
# A field of its own, as a spreadsheet that forgot a cell's format leaves it.
_SERIAL = re.compile(r"(?:^|[,;\t|]) ?(\d{5})(?:\.0)?(?= ?(?:$|[,;\t|]))", re.MULTILINE)
# Only these can be dates in figures, and most texts hold few.
_NUMBERS = re.compile(r"[\d.][\d./,_ -]{5,}")
_FIRST_SERIAL = date(1899, 12, 30).toordinal()
_1904 = 1462
_1970 = date(1970, 1, 1).toordinal()
_A_DAY, _AN_HOUR = 86_400, 3_600

_WORDED = [re.compile(one) for one in _NAMED]
_FIGURES = [re.compile(one) for one in _YEAR_FIRST]
_EITHER = [re.compile(one) for one in _NUMERIC]


class Days(NamedTuple):
    """The days that a text names, as ordinals, by how they are written.

    ``figures``: as a date with the day before the month, as in Britain, or as the seconds since
    1970 at midnight (also in thousandths and finer). ``words``: with the month as a word, as
    reports write the days that they speak of. ``maybe``: figures with the month first, and the
    number by which a spreadsheet keeps a day.
    """

    figures: set[int]
    words: set[int]
    maybe: set[int]


def dates_in(text: str) -> Days:
    """Give the days that a text names.

    >>> [date.fromordinal(day).isoformat() for day in dates_in("born 4th March 2008").words]
    ['2008-03-04']
    """
    text = text.lower()
    numbers = "\n".join(_NUMBERS.findall(text))
    either = [*_matches(numbers, _EITHER)]
    figures = {*_moments(numbers), *_days([*_matches(numbers, _FIGURES), *either], "d", "m")}
    maybe = {*_days(either, "m", "d")}
    for serial in map(int, _SERIAL.findall(text)):
        maybe.update((_FIRST_SERIAL + serial, _FIRST_SERIAL + serial + _1904))
    return Days(figures, {*_days(_matches(text, _WORDED), "d", "m")}, maybe)


def _matches(text: str, patterns: list[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    return (found for pattern in patterns for found in pattern.finditer(text))


def _days(matches: Iterable[re.Match[str]], day: str, month: str) -> Iterator[int]:
    """Give the day that each match names, where there is one on the calendar."""
    for found in matches:
        year = int(found["y"])
        # Two digits of a year mean this century for a child, and the last for an adult.
        years = year if year > 99 else year + (2000 if year <= 40 else 1900)
        named = found[month]
        with contextlib.suppress(ValueError):
            yield date(years, _NUMBER.get(named) or int(named), int(found[day])).toordinal()


def _moments(text: str) -> Iterator[int]:
    """Give the days whose midnight, in Greenwich or by British summer time, a number stands for."""
    for found in _EPOCH.finditer(text):
        day, rest = divmod(int(found[1]), _A_DAY)
        if rest in (0, _A_DAY - _AN_HOUR):
            yield _1970 + day + (rest > 0)
