"""Checks of claims on reoffending, whose cohorts are printed without their sizes."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import dates, listing, numbers
from youthjustice.presentation.numbers import per_hundred
from youthjustice.presentation.words.area_rows import chance_words
from youthjustice.presentation.words.ranks import between, ordinal
from youthjustice.presentation.words.verdicts import (
    in_quarter_words,
    quarters_verdict,
    releases_verdict,
    scopes_verdict,
    sizes_verdict,
    unpublished_verdict,
)
from youthjustice.published import Place, load
from youthjustice.published.editions import Edition
from youthjustice.reports.case.checked import Checked, Claim, no_figure
from youthjustice.reports.citing import cite, origins
from youthjustice.reports.sections.reoffending import MIXED_SOURCE, SMALLEST
from youthjustice.reports.sections.reoffending_figures import claim_figures, local_rates
from youthjustice.reports.sections.standing_figures import (
    highest_quarter_labels,
    releases_so_far,
    reoffending_cohorts,
    standing_in,
)

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
    """Ask whether an area went from the highest quarter of authorities to the lowest, by age.

    Every release at hand is asked, each from the claim's first cohort to its last, or to the last
    that the release has: one label may stand for other cohorts in another release.
    """
    ages = str(claim["age_band"])
    first, last = str(claim["first"]), str(claim["last"])
    every = reoffending_cohorts()
    newest = str(every["cohort"].max())
    current, *earlier = releases_so_far()
    now = standing_in(found, "latest", [first, last, newest])
    if now is None:
        return no_figure("rate for each of the cohorts", found)
    before = {one: standing_in(found, one.name, [first, last]) for one in earlier}
    others = {one: standing for one, standing in before.items() if standing is not None}
    verdicts = {_named(current): _quarters(now, first, last)}
    verdicts |= {_named(one): _quarters(rows, first, last) for one, rows in others.items()}
    unpublished = [*_unprinted(local_rates(found.code), ages, (first, last)), "all ages together"]
    verdict = scopes_verdict(
        {f"ages {ages.replace('-', ' to ')}": releases_verdict(verdicts)}, unpublished=unpublished
    )
    if newest != last:
        row = now.loc[[newest]].iloc[0]
        said = in_quarter_words(row["among_lowest"], row["lowest_quarter"], "the lowest quarter")
        verdict += f"; in the newest cohort, labelled {newest}, {said}"
    told = [_told(f"By the release {_named(current)}", now, highest_quarter_labels(found))]
    told += [
        _told(f"By the release {_named(one)}", rows, highest_quarter_labels(found, one.name))
        for one, rows in others.items()
    ]
    tables = (every, *(reoffending_cohorts(one.name) for one in others))
    return Checked(
        " ".join(told),
        "The claim names neither the measure nor the years: the binary rate is read, from the cohort "
        f"labelled {first} to {last}, or to the last of a release, in each release at hand that covers "
        f"every authority: one label may stand for other cohorts in another. {MIXED_SOURCE} Among the "
        "highest or the lowest is read as a quarter of all authorities with a rate. The chance of each "
        f"is drawn from the smallest cohorts that fit. {SMALLEST}",
        verdict,
        source=cite(*tables), origins=origins(*tables), formulas=("smallest_cohort", "ranks"),
    )  # fmt: skip


def _quarters(rows: pd.DataFrame, first: str, last: str) -> str:
    start, end = rows.loc[[first]], rows.loc[[min(last, str(rows.index.max()))]]
    printed = [*start["among_highest"], *end["among_lowest"]]
    return quarters_verdict(printed, [*start["highest_quarter"], *end["lowest_quarter"]])


def _told(where: str, rows: pd.DataFrame, highest: list[str]) -> str:
    """Say an area's printed place in each cohort, with the places that its numbers leave open."""
    cohorts = "; ".join(
        f"cohort labelled {label}: {per_hundred(row['value'], 2)}, {ordinal(row['printed'])} of "
        f"{row['of']} as printed, {between(row)} by its interval (chance of the highest quarter "
        f"{chance_words(row['highest_quarter'])}, of the lowest {chance_words(row['lowest_quarter'])})"
        for label, row in rows.iterrows()
    )
    among = f"the cohorts labelled {listing(highest)}" if highest else "no cohort"
    return f"{where}, {cohorts}. The printed rate is among the highest quarter in {among}."


def _named(release: Edition) -> str:
    """Name a release by its month."""
    return f"of {dates.month_year(pd.Timestamp(release.release_date))}"


def _unprinted(own: pd.DataFrame, ages: str, labels: tuple[str, ...]) -> list[str]:
    """Name the other ages without a printed rate in one of the cohorts."""
    rows = own[own["cohort"].isin(labels) & (own["age_band"] != ages)]
    lacking = rows.groupby("age_band")["value"].apply(lambda value: value.isna().any())
    return [f"ages {str(band).replace('-', ' to ')}" for band in lacking.index[lacking]]
