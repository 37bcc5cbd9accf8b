"""Checks of claims on reoffending, whose cohorts are printed without their sizes."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import listing, numbers
from youthjustice.presentation.numbers import per_hundred
from youthjustice.presentation.words.area_rows import chance_words
from youthjustice.presentation.words.ranks import between, ordinal
from youthjustice.presentation.words.verdicts import (
    quarters_verdict,
    scopes_verdict,
    sizes_verdict,
    unpublished_verdict,
)
from youthjustice.published import Place, load
from youthjustice.reports.case.checked import Checked, Claim, no_figure
from youthjustice.reports.sections.common import cite, origins
from youthjustice.reports.sections.reoffending import SMALLEST
from youthjustice.reports.sections.reoffending_figures import claim_figures, local_rates
from youthjustice.reports.sections.standing_figures import reoffending_cohorts, reoffending_ranks

_QUARTER = 0.25
_SHOWN = 90  # children: the cohorts that are named; every larger one that fits passes too


def prints_as(claim: Claim, _: Place) -> Checked:
    """Look for a national figure among the published years of its measure."""
    table = load(str(claim["table"]))
    rows = table[(table["measure"] == claim["domain"]) & (table["frequency"] == "annual")]
    rows = rows.dropna(subset=["value"]).sort_values("period_end")
    printed = float(claim["printed"])
    same = rows[(rows["value"].round(1) - printed).abs() < 0.05]
    chosen = same if len(same) else rows.iloc[(rows["value"] - printed).abs().argsort()[:2]]
    near = listing(
        f"{per_hundred(row['value'])} ({row['cohort']})"
        for row in chosen.sort_values("period_end").to_dict("records")
    )
    where = "prints as" if len(same) else "no year at hand prints as"
    figure = (
        f"On the older, 12-month measure {near} {where} {per_hundred(printed)}."
        if len(same)
        else f"On the older, 12-month measure {where} {per_hundred(printed)}; the nearest are {near}. "
        "The document does not say which 12 months it means."
    )
    verdict = (
        "holds"
        if len(same)
        else unpublished_verdict("the cohort behind the figure", why="not stated")
    )
    return Checked(
        figure, "The printed figure is looked for among the years at hand.", verdict,
        source=cite(rows), origins=origins(rows), formulas=("share",),
    )  # fmt: skip


def above_printed(claim: Claim, found: Place) -> Checked:
    """Test a rate against the national one at every size of cohort that could print as it."""
    tested = claim_figures(found.code)
    if tested is None:
        return no_figure("rate in an inspection report", found)
    named = listing(
        f"{row['numerator']:.0f} of {row['denominator']:.0f} ({numbers.p_value(row['p_value'])})"
        for row in tested[tested["denominator"] < _SHOWN].to_dict("records")
    )
    local, national = (per_hundred(tested.attrs[name]) for name in ("local", "national"))
    figure = (
        f"{local} beside {national}. The size of the cohort is not published; under {_SHOWN} "
        f"children it can have been {named}."
    )
    return Checked(
        figure,
        "Exact binomial test of every cohort up to 1,000 children that prints so, the national rate "
        "taken as known.",
        sizes_verdict(tested["denominator"].astype(int).tolist(), tested["p_value"].tolist()),
        float(tested["p_value"].max()),
        cite(tested), origins(tested), ("cohorts_that_fit", "exact_test"),
    )  # fmt: skip


def highest_to_lowest(claim: Claim, found: Place) -> Checked:
    """Ask whether an area went from the highest quarter of authorities to the lowest, by age."""
    every, ages = reoffending_cohorts(), str(claim["age_band"])
    own = local_rates(found.code)
    first, last = str(claim["first"]), str(claim["last"])
    newest = str(every["cohort"].max())
    labels = list(dict.fromkeys([first, last, newest]))
    printed = {label: _rank(every[every["cohort"] == label], found.code) for label in labels}
    if any(rank is None for rank in printed.values()):
        return no_figure("rate for each of the cohorts", found)
    ranks = reoffending_ranks(*labels)
    ranks = ranks[ranks["area_name"] == found.name].set_index("cohort")
    rows = [ranks.loc[[label]].iloc[0] for label in labels]
    figure = "; ".join(
        _stood(label, every, found, row) for label, row in zip(labels, rows, strict=True)
    )
    chances = [float(ranks["highest_quarter"][first]), float(ranks["lowest_quarter"][last])]
    there = [_in_quarter(printed[first], low=False), _in_quarter(printed[last], low=True)]
    verdict = scopes_verdict(
        {f"ages {ages.replace('-', ' to ')}": quarters_verdict(there, chances)},
        unpublished=[*_unprinted(own, ages, (first, last)), "all ages together"],
    )
    if newest != last and all(there) and not _in_quarter(printed[newest], low=True):
        verdict += f"; in the newest cohort, labelled {newest}, it holds no longer"
    return Checked(
        f"{figure}.",
        "Among the highest or the lowest is read as a quarter of all authorities with a rate. The "
        f"chance of each is drawn from the smallest cohorts that fit. {SMALLEST}",
        verdict,
        source=cite(every), origins=origins(every), formulas=("smallest_cohort", "ranks"),
    )  # fmt: skip


def _rank(rows: pd.DataFrame, code: str) -> tuple[int, int] | None:
    """Give the rank of an area's printed rate, 1 the highest, and of how many."""
    own = rows.loc[rows["area_code"] == code, "value"]
    return None if own.empty else (int((rows["value"] > own.iloc[0]).sum()) + 1, len(rows))


def _in_quarter(rank: tuple[int, int] | None, *, low: bool) -> bool:
    if rank is None:
        return False
    place, of = rank
    return place > (1 - _QUARTER) * of if low else place <= _QUARTER * of


def _stood(label: str, every: pd.DataFrame, found: Place, row: pd.Series) -> str:
    """Say an area's printed place in one cohort, with the places that its numbers leave open."""
    rows = every[every["cohort"] == label]
    own = rows.loc[rows["area_code"] == found.code, "value"].iloc[0]
    place, of = _rank(rows, found.code) or (0, 0)
    quarters = (
        f"chance of the highest quarter {chance_words(row['highest_quarter'])}, of the lowest "
        f"{chance_words(row['lowest_quarter'])}"
    )
    return (
        f"Cohort labelled {label}: {per_hundred(own, 2)}, {ordinal(place)} of {of} as printed, "
        f"{between(row)} by its interval ({quarters})"
    )


def _unprinted(own: pd.DataFrame, ages: str, labels: tuple[str, ...]) -> list[str]:
    """Name the other ages without a printed rate in one of the cohorts."""
    rows = own[own["cohort"].isin(labels) & (own["age_band"] != ages)]
    lacking = rows.groupby("age_band")["value"].apply(lambda value: value.isna().any())
    return [f"ages {str(band).replace('-', ' to ')}" for band in lacking.index[lacking]]
