"""The spellings and headings that case systems use, as the lookups have them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from youthjustice._shipped import data_folder
from youthjustice._spelling import plain
from youthjustice.records.schema import allowed

# A code of self-defined ethnicity before or after the words: "W1 - British", "White Irish (W2)".
_CODE = re.compile(r"(?:^|\s)([wmabo]\d)(?:\s|$)")


def _rows(name: str) -> list[dict[str, str]]:
    text = files("youthjustice.records").joinpath("lookups", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def headings(table: str) -> Mapping[str, tuple[str, ...]]:
    """Give the plain headings that mean each column of a table, the likeliest first.

    >>> headings("children")["date_of_birth"][:2]
    ('date of birth', 'dob')
    """
    rows = [row for row in _rows("headings.csv") if row["table"] == table]
    return {
        row["column"]: tuple(dict.fromkeys([plain(row["column"]), *row["headings"].split("|")]))
        for row in rows
    }


@cache
def empty_words() -> frozenset[str]:
    """Give what systems write into a cell to say that it is empty."""
    return frozenset({"", *(r["spelling"] for r in _rows("spellings.csv") if r["column"] == "any")})


@cache
def spellings(column: str) -> Mapping[str, str]:
    """Give the value that each plain spelling of a column means; the key '' is for an empty cell.

    >>> spellings("outcome_type")["detention and training order"]
    'custody'
    """
    known = {plain(value): value for value in allowed().get(column, ())}
    if column == "is_breach":
        known = {"true": "true", "false": "false"}
    if column == "ethnic_group":
        known |= _ethnic_groups()
    own = (row for row in _rows("spellings.csv") if row["column"] == column)
    return known | {row["spelling"]: row["value"] for row in own}


def _ethnic_groups() -> dict[str, str]:
    """Give the groups of the published spellings; a label that changed its group has today's."""
    path = data_folder() / "lookups" / "ethnic_groups.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ethnic_group"] and not row["period_to"]]
    groups = allowed()["ethnic_group"]
    return {plain(r["label"]): r["ethnic_group"] for r in rows if r["ethnic_group"] in groups}


def value_of(text: str, column: str, codes: Mapping[str, str]) -> str | None:
    """Give the value that a cell's text means, or None; the codes of a mapping come first.

    >>> value_of("W1 - White British", "ethnic_group", {}), value_of("YC", "outcome_type", {})
    ('White', 'youth_caution')
    """
    key, known = plain(text), spellings(column)
    if text in codes:
        return codes[text]
    if key and key in known:
        return known[key]
    if text.casefold() in empty_words():
        return known.get("")
    if column == "ethnic_group" and (code := _CODE.search(key)):
        return known.get(code[1])
    return None
