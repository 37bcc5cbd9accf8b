"""The inspectors' claim of January 2016 on reoffending, tested at every cohort that fits."""

from __future__ import annotations

import pandas as pd

from youthjustice.presentation import Sentence, Table, numbers
from youthjustice.presentation.words.cohort_sizes import (
    claimed_higher_sentence,
    unsized_claim_sentence,
)
from youthjustice.published import place
from youthjustice.reports.citing import cite, origins, traced
from youthjustice.reports.section import Section
from youthjustice.reports.sections.reoffending_figures import claim_figures


def claim_of_2016(area: str) -> Section | None:
    """Test the inspectors' "significantly higher" of 2016, where there is such a claim.

    >>> print(claim_of_2016("Islington").items[1])
    The claim holds at the 5% level for every cohort of more than 48 children that fits. With 25 \
of 48 it would be p = 0.051.
    >>> claim_of_2016("Camden") is None
    True
    """
    found = place(area)
    claim = claim_figures(found.code)
    if claim is None:
        return None
    printed, benchmark = claim.attrs["local"], claim.attrs["national"]
    shown = _named(claim[claim["denominator"] < 90])
    listed = origins(claim)
    tests = ("cohorts_that_fit", "exact_test")
    rates = {found.name: f"{printed}%", "England and Wales": f"{benchmark}%"}
    table = Table(
        shown,
        caption=(
            f"Cohorts under 90 children that print as {printed}%, tested against {benchmark}% "
            "(exact binomial test, national rate taken as known)"
        ),
        columns={"cohort": "Children who reoffended", "p_value": "p-value"},
        formats={"p_value": numbers.p_value},
        align_right=("p_value",),
        source=f"{cite(claim)}; tests are own analysis",
    )
    return Section(
        "The inspectors' claim of January 2016",
        "claim-2016",
        (
            traced(claimed_higher_sentence(found.name, printed, benchmark), listed),
            traced(unsized_claim_sentence(claim), listed, *tests, inputs=rates),
            traced(table, listed, *tests, inputs=rates),
            Sentence(
                "Both rates belong to the older, 12-month measure and come before its change. They "
                "cannot be set beside any later figure in this report.",
                kind="caution",
            ),
            Sentence(
                "Services were chosen for such inspections on signs of poor outcomes. Figures that are "
                "chosen for being high tend to be lower the next time, by chance alone.",
                kind="caution",
            ),
        ),
    )


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Write each cohort as "25 of 48"."""
    text = rows["numerator"].astype(str) + " of " + rows["denominator"].astype(str)
    return rows.assign(cohort=text)
