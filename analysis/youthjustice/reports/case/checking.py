"""Put every claim of the documents to the figures, by the check that the table of claims names."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from youthjustice.measures import adjusted_p_values
from youthjustice.presentation.words.verdicts import counted_verdict, unpublished_verdict
from youthjustice.published import Place, load, place
from youthjustice.reports.case import on_entrants, on_groups, on_inspections, on_reoffending
from youthjustice.reports.case.checked import Check, Checked, Claim
from youthjustice.reports.once import once


def not_published(claim: Claim, _: Place) -> Checked:
    """Say what a claim would need that is not published."""
    lacking = str(claim["lacking"])
    return Checked(
        f"It would need {lacking}.", "There is nothing to test.", unpublished_verdict(lacking)
    )


def not_at_hand(claim: Claim, _: Place) -> Checked:
    """Say what a claim would need that is published, and is in no table here."""
    lacking = str(claim["lacking"])
    said = unpublished_verdict(lacking, why="not at hand")
    return Checked(f"It would need {lacking}.", "There is nothing to test.", said)


CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            not_published,
            not_at_hand,
            on_entrants.more_than_halved,
            on_entrants.fell,
            on_entrants.pace,
            on_groups.over_represented,
            on_groups.share_above_rest,
            on_inspections.last_inspected,
            on_inspections.mark_counts,
            on_inspections.overall_rating,
            on_inspections.recorded,
            on_inspections.score_adds_up,
            on_inspections.score_rank,
            on_inspections.standards_agree,
            on_inspections.weakest,
            on_reoffending.above_printed,
            on_reoffending.highest_to_lowest,
            on_reoffending.prints_as,
        )
    }
)
"""The checks, by the name that the table of claims knows them by."""


def claims_about(found: Place) -> pd.DataFrame:
    """Give the claims on record about an area; of any other those that may be put to all.

    A claim that is put to another area names that area in its statement.
    """
    table = load("claims")
    own = table[table["area_code"] == found.code]
    if len(own):
        return own.reset_index(drop=True)
    others = table[table["elsewhere"]].reset_index(drop=True)
    names = zip(others["statement"], others["area_name"], strict=True)
    plain = found.name.replace(".", "")  # a full stop would end the claim
    return others.assign(statement=[said.replace(name, plain) for said, name in names])


@once
def checked_claims(area: str) -> tuple[tuple[Claim, Checked], ...]:
    """Put the claims about an area to the figures, each with what its check found.

    >>> claims = {claim["claim"]: found for claim, found in checked_claims("Islington")}
    >>> claims["2016-beside"].verdict
    'holds, taken alone, if the cohort had more than 48 children; its size is not published'
    """
    found = place(area)
    rows = claims_about(found).to_dict("records")
    every = [CHECKS[str(claim["check"])](claim, found) for claim in rows]
    adjusted = adjusted_p_values([what.p_value for what in every])
    counted = [
        replace(
            what, verdict=counted_verdict(what.verdict, what.p_value, float(p)), adjusted=float(p)
        )
        for what, p in zip(every, adjusted, strict=True)
    ]
    return tuple(zip(rows, counted, strict=True))
