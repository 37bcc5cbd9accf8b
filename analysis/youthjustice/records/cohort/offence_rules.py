"""Which outcomes count and which offences are breaches, from the list that ships."""

from __future__ import annotations

import csv
from functools import cache

from youthjustice._shipped import data_folder

CUSTODY, CONVICTION, CAUTION = "custody", "conviction", "caution"
SERIOUSNESS = (CAUTION, CONVICTION, CUSTODY)
"""The kinds of disposal, the most serious last."""


@cache
def _rules() -> tuple[dict[str, str], ...]:
    table = data_folder() / "lookups" / "offence_rules.csv"
    return tuple(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


@cache
def kinds() -> dict[str, str]:
    """Give the kind of disposal of each outcome that counts: caution, conviction or custody.

    >>> kinds()["youth_caution"]
    'caution'
    """
    return {
        row["code"]: row["meaning"]
        for row in _rules()
        if row["column"] == "outcome_type" and row["meaning"] in SERIOUSNESS
    }


@cache
def breaches() -> tuple[str, ...]:
    """Give the offence codes that mean a breach; a service adds those of its own system.

    >>> breaches()[0]
    'Breach of bail'
    """
    return tuple(
        row["code"]
        for row in _rules()
        if row["column"] == "offence_code" and row["meaning"] == "breach"
    )
