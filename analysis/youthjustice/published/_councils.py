"""What councils add to the names of their areas, and which areas can bear it."""

from __future__ import annotations

import re

CITIES = frozenset(
    {
        "Birmingham", "Bradford", "Brighton and Hove", "Bristol, City of", "Cardiff",
        "City of London", "Coventry", "Derby", "Doncaster", "Kingston upon Hull, City of", "Leeds",
        "Leicester", "Liverpool", "Manchester", "Milton Keynes", "Newcastle upon Tyne", "Newport",
        "Nottingham", "Peterborough", "Plymouth", "Portsmouth", "Salford", "Sheffield",
        "Southampton", "Southend-on-Sea", "Stoke-on-Trent", "Sunderland", "Swansea", "Wakefield",
        "Westminster", "Wolverhampton", "Wrexham", "York",
    }
)  # fmt: skip
"""Upper-tier authorities of England and Wales that are cities."""

_NONE = "(?!)"
# Style: the GSS codes that may bear it, and those of cities that may. The codes keep apart bodies
# that differ in their style alone: the City of Durham was a district of County Durham, and
# Newcastle Borough Council is in Staffordshire.
_BEARERS = {
    "": (".", "."),
    "city": (_NONE, "."),
    "county": ("E06|E10|W06", "W06"),
    "london borough": ("E09", "E09000033"),
    "royal borough": ("E06000040|E09000011|E09000020|E09000021", _NONE),
    "metropolitan": ("E08", "E08"),
    "borough": ("E06|E08|E09|W06", "E06|W06"),
    "welsh": ("W06", "W06"),
}
_BEFORE = [
    (r"(?:london borough of|lb(?: of)?)", "london borough"),
    (r"(?:royal borough of|rb(?: of)?)", "royal borough"),
    (r"metropolitan borough of", "metropolitan"),
    (r"city and county of", "city"),
    (r"county borough of", "welsh"),
    (r"city of", "city"),
    (r"borough of", "borough"),
    (r"cyngor (?:sir|dinas|bwrdeistref sirol)", "welsh"),
    (r"cyngor", "welsh"),
]
_AFTER = [
    (r"(?:metropolitan (?:borough|district) council|mbc|mdc)", "metropolitan"),
    (r"county borough council", "welsh"),
    (r"city council", "city"),
    (r"county council", "county"),
    (r"borough council", "borough"),
    (r"council", ""),
]


def without_council(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """List what may be left of a name in plain spelling without its council's style, and the style.

    Examples:
        >>> without_council("city of york council")
        [('city of york', ('',)), ('york council', ('city',)), ('york', ('city', ''))]
        >>> without_council("islington")
        []

    """
    before = [(m[1], style) for text, style in _BEFORE if (m := re.match(rf"{text} (.+)", name))]
    after = [(m[1], style) for text, style in _AFTER if (m := re.fullmatch(rf"(.+) {text}", name))]
    both = [
        (m[1], (first, last))
        for left, first in before
        for text, last in _AFTER
        if (m := re.fullmatch(rf"(.+) {text}", left))
    ]
    return [*((left, (style,)) for left, style in [*after, *before]), *both]


def bears(code: str, name: str, style: str) -> bool:
    """Tell whether the council of the area with this GSS code and official name is styled so.

    Examples:
        >>> bears("E06000047", "County Durham", "county")
        True
        >>> bears("E06000047", "County Durham", "city")
        False

    """
    return re.match(_BEARERS[style][name in CITIES], code) is not None
