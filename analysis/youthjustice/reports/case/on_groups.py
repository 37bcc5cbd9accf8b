"""Checks of claims about who the children are: ethnic groups, and serious violence."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import adjust_for_many, risk_ratio
from youthjustice.presentation import children_of, numbers
from youthjustice.presentation.words.findings import CLAIMED, HIGHER, compare, ratio_finding
from youthjustice.presentation.words.verdicts import above_verdict, several_verdict
from youthjustice.published import Place, load
from youthjustice.reports.case.checked import Checked, Claim, no_figure
from youthjustice.reports.citing import cite, origins
from youthjustice.reports.sections.linked import OUTCOMES, linked_sentence
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.wording import of, region_name

_GROUPS = ["Asian", "Black", "Mixed", "Other"]


def over_represented(_: Claim, found: Place) -> Checked:
    """Ask of every ethnic group whether its share of an outcome is above its share of pupils."""
    rows = linked_cohort(found) if found.country == "England" else pd.DataFrame()
    told = rows[rows["ethnic_group"].isin(_GROUPS)] if len(rows) else rows
    if told.empty or told["lower"].isna().all():
        return no_figure("shares by ethnic group", found)
    # Both outcomes are one family of comparisons, as in the sentence.
    many = adjust_for_many(told.dropna(subset=["p_value"]))
    mine = many[_above(many)].sort_values("stage", kind="stable")
    stands = mine[mine["survives"].fillna(False).astype(bool)]
    return Checked(
        linked_sentence(found, told).text,
        "Share of the outcome beside share of pupils, each as a ratio to White children, at the counts "
        "that rounding to whole per cents leaves; Holm's correction for all comparisons.",
        several_verdict(_named(mine), _named(stands)),
        float(many["p_value_adjusted"].min()),
        cite(rows), origins(rows), ("rounded_shares", "share_ratio", "holm"),
    )  # fmt: skip


def _named(rows: pd.DataFrame) -> list[str]:
    """Name each comparison by its group and outcome."""
    return [
        f"{children_of(group)} in {OUTCOMES[stage]}"
        for group, stage in zip(rows["ethnic_group"], rows["stage"], strict=True)
    ]


def _above(rows: pd.DataFrame) -> pd.Series:
    """Tell the ratios that are found to be above 1."""
    sides = [
        ratio_finding(row) in CLAIMED
        and compare(row["value"], row["lower"], row["upper"]) == HIGHER
        for row in rows.to_dict("records")
    ]
    return pd.Series(sides, index=rows.index)


def share_above_rest(claim: Claim, found: Place) -> Checked:
    """Compare the share of pupils with an outcome with that in the rest of the region."""
    table = load("linked_cohort_ethnicity_area")
    rows = table[
        (table["measure"] == "children")
        & (table["la_basis"] == "home")
        & (table["area_type"] == "authority")
        & (table["region"] == found.region)
    ]
    counts = rows.pivot_table(index="area_code", columns="stage", values="value", aggfunc="sum")
    counts = counts.reindex(columns=[claim["domain"], "all pupils"]).dropna()
    if found.country != "England" or found.code not in counts.index:
        return no_figure("number of pupils with this outcome", found)
    own, rest = counts.loc[found.code], counts.drop(found.code).sum()
    ratio = risk_ratio(*own, *rest)
    shown = numbers.interval(
        float(ratio.value), float(ratio.lower), float(ratio.upper), form=numbers.ratio, null=1.0
    )
    where = f"the rest of {region_name(found.region)}"
    figure = (
        f"Of pupils living in {found.name} who finished key stage 4 in 2013 to 2018, {of(*own)} were "
        f"{claim['domain']}; in {where}, {of(*rest)}: ratio of the two shares {shown}."
    )
    return Checked(
        figure,
        "Ratio of two shares with its interval, against 1. The years lie on both sides of the document.",
        above_verdict(float(ratio.value), float(ratio.lower), float(ratio.upper), 1.0)
        + f", read as a share above that of {where}",
        float(ratio.p_value),
        cite(rows), origins(rows), ("share_ratio",),
    )  # fmt: skip
