"""Whether there is a forecast, what it is, and what to beware of in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.records.tracker.forecasting import foresee
from youthjustice.records.tracker.result import Forecast
from youthjustice.records.tracker.watched import Watched

LEAST_COHORTS = 3
"""Complete earlier cohorts without which how much cohorts differ cannot be told."""
FEW_COHORTS = 5
"""Under it the spread rests as much on what is usual as on them."""
LEAST_CHILDREN = 20
"""Children who reoffended, and who did not, in the complete cohorts together."""
FROM_EARLIER = 0.25
"""Below this share known, the forecast is said to rest on earlier cohorts."""

DRIFTING = 1.96
"""Standard errors from which a trend of earlier cohorts is mentioned."""

DEVELOPMENT, OBSERVED = "development of earlier cohorts", "observed"


def forecast_of(
    cohort: Watched,
    earlier: Sequence[Watched],
    day: int,
    arrived: pd.DataFrame | None,
    *,
    confidence: float,
    entering: bool,
) -> Forecast:
    """Forecast the final share of a cohort as a day shows it, or say why there is none.

    ``arrived`` is the development of the earlier cohorts, ``entering`` that the cohort's period is
    not over.
    """
    children, known = len(cohort.start), int(cohort.known(day).sum())
    complete = [one for one in earlier if len(one.start) and one.complete(day)]
    if children and not entering and cohort.complete(day):
        rate = known / children
        return Forecast(rate, rate, rate, confidence, OBSERVED, 1.0, len(complete), ())
    reasons = _against(children, entering, complete)
    if reasons or arrived is None:
        nothing = (math.nan,) * 3
        return Forecast(*nothing, confidence, "", math.nan, len(complete), reasons)
    foreseen, share = foresee(cohort, complete, day, arrived)
    lower, upper = foreseen.limits(confidence)
    return Forecast(
        estimate=float(foreseen.counts @ foreseen.chance) / children,
        lower=lower / children,
        upper=upper / children,
        confidence=confidence,
        method=DEVELOPMENT,
        known_share=share,
        cohorts=len(complete),
        reasons=_cautions(share, complete),
    )


def _against(children: int, entering: bool, complete: Sequence[Watched]) -> tuple[str, ...]:
    """Say what keeps a forecast from being made."""
    reoffended = sum(int((one.proven <= one.end).sum()) for one in complete)
    did_not = sum(len(one.start) for one in complete) - reoffended
    said = {
        "No forecast: no children have entered the cohort.": not children,
        "No forecast: children are still entering the cohort.": entering,
        f"No forecast: {len(complete)} earlier cohorts are complete, and fewer than "
        f"{LEAST_COHORTS} do not show how much cohorts differ.": len(complete) < LEAST_COHORTS,
        "No forecast: the complete earlier cohorts hold too few children who reoffended, or too "
        f"few who did not (fewer than {LEAST_CHILDREN}).": min(reoffended, did_not)
        < LEAST_CHILDREN,
    }
    return tuple(words for words, holds in said.items() if holds)


def _cautions(share: float, complete: Sequence[Watched]) -> tuple[str, ...]:
    """Say what a forecast leans on."""
    said = {
        "Few of the children who will be proven to reoffend are known yet: the forecast rests on "
        "earlier cohorts more than on this one.": share < FROM_EARLIER,
        f"With {len(complete)} complete earlier cohorts, how much cohorts differ is partly "
        "assumed.": len(complete) < FEW_COHORTS,
        "The rate of earlier cohorts rose over time, which the forecast does not follow: it may be "
        "too low.": trend_of(complete) > DRIFTING,
        "The rate of earlier cohorts fell over time, which the forecast does not follow: it may be "
        "too high.": trend_of(complete) < -DRIFTING,
    }
    return tuple(words for words, holds in said.items() if holds)


def trend_of(complete: Sequence[Watched]) -> float:
    """Return how far the final shares lean up or down from cohort to cohort, in standard errors.

    The test of Cochran (1954) and Armitage (1955) for a trend in shares. Cohorts that differ beyond
    chance lean too often, which is on the careful side here.
    """
    final = np.array([float((one.proven <= one.end).sum()) for one in complete])
    size = np.array([float(len(one.start)) for one in complete])
    share, place = final.sum() / size.sum(), np.array([float(one.first) for one in complete])
    place -= place @ size / size.sum()
    return float((final - size * share) @ place / np.sqrt(share * (1 - share) * (size @ place**2)))
