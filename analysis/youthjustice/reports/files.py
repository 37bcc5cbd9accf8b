"""Names of report files, safe on every system."""

from __future__ import annotations

import hashlib
import unicodedata

from youthjustice.errors import InputProblem

_LONGEST = 80
_TAKEN = {
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
"""The list of all areas, and names that stand for devices on Windows."""


def slug(name: str) -> str:
    """Turn a name into a file name; a name without any letter or digit gives an empty one.

    >>> slug("Bristol, City of"), slug("Ynys Môn")
    ('bristol-city-of', 'ynys-mon')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return "-".join(words)


def stem(area: str, as_at: str | None = None) -> str:
    """Name the files of an area's report, without their endings, so that any system can hold them.

    ``as_at`` is the day (ISO) as at which the report stands, if it is not of today.

    Raises InputProblem for a name without any letter or digit that a file's name can hold.

    >>> stem("York"), stem("../../x"), stem("CON"), len(stem("x" * 5000))
    ('york', 'x', 'con-area', 89)
    >>> stem("York", "2025-03-31")
    'york-as-at-2025-03-31'
    """
    if as_at:
        return f"{stem(area)}-as-at-{as_at}"
    made = slug(area)
    if not made:
        raise InputProblem(
            f"{area[:40]!a} has no letter or digit that a file's name could hold; give the area "
            "another name."
        )
    if len(made) > _LONGEST:
        return f"{made[:_LONGEST].strip('-')}-{hashlib.sha256(area.encode()).hexdigest()[:8]}"
    return f"{made}-area" if made in _TAKEN else made
