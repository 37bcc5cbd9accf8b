"""What inspections rate: standards and their domains, points, and ratings that cannot be right."""

from __future__ import annotations

import re
from types import MappingProxyType

import numpy as np
import pandas as pd

from youthjustice._shown import shown
from youthjustice._spelling import plain
from youthjustice.published.layouts._teams import services
from youthjustice.published.loading import lookup

RATINGS = MappingProxyType(
    {
        re.sub(" ", "", rating).lower(): rating
        for rating in ("Outstanding", "Good", "Requires Improvement", "Inadequate")
    }
)
"""Ratings by their letters alone."""

_ORGANISATION, _COURT, _OUT = (
    "Organisational delivery", "Court disposals", "Out-of-court disposals",
)  # fmt: skip
_BOTH = "Court or out-of-court disposals"
DOMAINS = MappingProxyType(
    {plain(name): name for name in (_ORGANISATION, _COURT, _OUT, _BOTH, "Resettlement", "Overall")}
)
"""Domains by their plain spelling."""

_STANDARDS = (
    (_ORGANISATION, "Governance and leadership", "governance and leadership"),
    (_ORGANISATION, "Staff", "staff(?:ing)?"),
    (_ORGANISATION, "Partnerships and services", "partnerships and services"),
    (_ORGANISATION, "Information and facilities", "information and facilities"),
    (_BOTH, "Assessment", "assess(?:ment|ing)"),
    (_BOTH, "Planning", "planning"),
    (_BOTH, "Implementation and delivery", "implementation and delivery"),
    (_COURT, "Reviewing", "reviewing"),
    (_OUT, "Joint working", "joint working"),
    (_OUT, "Out-of-court disposal policy and provision",
     "out ?of ?court disposals? policy and provision"),
    (_OUT, "Policy and provision", "policy and provision"),
    ("Resettlement", "Resettlement policy and provision", "resettlement(?: policy and provision)?"),
    ("Overall", "Overall", "overall(?: rating)?"),
)  # fmt: skip
_NUMBERED = re.compile(r"^(?:standard )?([1-4])\d ")
_WHOSE = re.compile(
    r"^(?:an? (?:joint )?inspection of |the |youth (?:offending|justice) services? in )+"
    r"|\s*-\s*(?:JI|Joint[ _]Inspection)$|\s+(?:YOS|YJS|YOT|youth (?:justice|offending) service)$",
    re.IGNORECASE,
)
_POINTS = MappingProxyType(
    {"Outstanding": 3.0, "Good": 2.0, "Requires Improvement": 1.0, "Inadequate": 0.0}
)
_MOST = 36
_BANDS = (-1, 6, 18, 30, _MOST)
_BAND_NAMES = ("Inadequate", "Requires Improvement", "Good", "Outstanding")
_TOLERANCE = 0.02
"""Points by which a per cent with two decimals can miss a whole number of points, and more."""


def standard_of(head: str) -> tuple[str, str] | None:
    """Give the domain and the name of a standard, as our table writes them; None for another.

    >>> standard_of("implementation_and_delivery")
    ('Court or out-of-court disposals', 'Implementation and delivery')
    >>> standard_of("2.1 Assessing")
    ('Court disposals', 'Assessment')
    """
    words = plain(head[:100])
    number = _NUMBERED.match(words)
    words = _NUMBERED.sub("", words)
    for domain, name, shape in _STANDARDS:
        if re.fullmatch(shape, words):
            told = {"2": _COURT, "3": _OUT}.get(number[1]) if number else None
            return (told if told and domain == _BOTH else domain), name
    return None


def service_areas(names: pd.Series) -> pd.DataFrame:
    """Find the service that was inspected, and the code of its authority if it serves only one."""
    distinct = names.drop_duplicates()
    found = services(distinct)
    bare = services(distinct.map(_without_kind))
    unknown = found["region"].isna() & ~found["area_name"].isin(lookup("services")["service"])
    found = found.mask(unknown, bare)
    table = lookup("services")
    alone = table[table.groupby("service")["area_code"].transform("nunique") == 1]
    codes = alone.drop_duplicates("service").set_index("service")["area_code"]
    found["area_code"] = found["area_name"].map(codes)
    return found.set_axis(distinct).reindex(names).set_axis(names.index)


def _without_kind(name: str) -> str:
    """Take off what a report's title adds to the name of the service."""
    before = ""
    while name != before:
        before, name = name, _WHOSE.sub("", name).strip()
    return name


def points(rows: pd.DataFrame) -> pd.DataFrame:
    """Put value, unit and symbol: the points of a standard, and the score of a whole service.

    Needs `standard`, `rating`, `score` as printed, and `score_unit`: percent or points.
    """
    overall = rows["standard"] == "Overall"
    score = pd.to_numeric(rows["score"].astype("str").str.rstrip("% "), errors="coerce")
    raw = score.where(rows["score_unit"] == "points", score * _MOST / 100)
    whole = (raw - raw.round()).abs() <= _TOLERANCE
    value = rows["rating"].map(_POINTS).mask(overall, raw.round().where(whole))
    symbol: pd.Series = pd.Series(np.nan, index=rows.index, dtype="object")
    symbol = symbol.mask(value.isna(), "u").mask(overall & score.isna(), "x")
    unit = np.where(overall, f"points of {_MOST}", "points of 3")
    return rows.assign(value=value, unit=unit, symbol=symbol, raw=score, whole=whole)


def flags(rows: pd.DataFrame) -> pd.Series:
    """Say what to know of each rating before it is used."""
    overall = rows["standard"] == "Overall"
    broken = overall & rows["raw"].notna() & ~rows["whole"]
    unit = np.where(rows["score_unit"] == "percent", f"% of {_MOST} points", " points")
    said: pd.Series[str] = rows["raw"].map("{:g}".format) + unit
    band = pd.cut(rows["value"].where(overall), list(_BANDS), labels=list(_BAND_NAMES))
    band = band.astype("object")
    apart = overall & band.notna() & rows["rating"].notna() & (band != rows["rating"])
    no_rating = rows["rating"].isna()
    parts: list[tuple[str | pd.Series[str], pd.Series[bool]]] = [
        ("the source holds one rating for the two standards of this name (court and out-of-court) "
         "and does not say which", rows["domain"] == _BOTH),
        ("not counted in the overall score", rows["domain"] == "Resettlement"),
        (_not_a_rating(rows["printed"]), no_rating),
        ("the score as read is " + said + ", which no whole number of points gives: left out",
         broken),
        ("rating and score do not go together (" + rows["value"].map("{:g}".format)
         + f" of {_MOST} is " + band.astype("str") + " elsewhere): check the report", apart),
        ("published in 2025, when another framework began",
         rows["publication_date"].dt.year == 2025),
        ("published after another framework had begun in 2025",
         rows["publication_date"].dt.year > 2025),
    ]  # fmt: skip
    flag = pd.Series("", index=rows.index, dtype="str")
    for sentence, where in parts:
        flag = flag.mask(where, flag + "; " + sentence)
    flag = flag.str.removeprefix("; ")
    return flag.mask(flag == "")


def _not_a_rating(printed: pd.Series) -> pd.Series:
    """Say what stands in the place of a rating."""

    def said(text: str) -> str:
        if not text:
            return "the source has no rating"
        if re.match(r"\d|\[|\(|note\b", text, re.IGNORECASE):
            return "the source has a footnote in place of the rating"
        return f"the source has {shown(text)} in place of the rating"

    return printed.map({text: said(text) for text in printed.unique()})
