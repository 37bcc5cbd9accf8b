"""How far chance could have moved the rates of a cohort: children are resampled, with all they did."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import FloatArray, check_confidence
from youthjustice.measures.ratios.bootstrap import FEW_CHILDREN, MOST_NUMBERS
from youthjustice.measures.single.proportions import proportion

DRAWS, SEED = 2000, 20160101
MEASURES = {
    "binary_rate": ("reoffenders", "entries"),
    "reoffences_per_reoffender": ("reoffences", "reoffenders"),
    "reoffences_per_child": ("reoffences", "entries"),
}


def cohort_estimates(
    members: pd.DataFrame,
    *,
    repeated: bool = False,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return the binary rate, reoffences per reoffender and reoffences per child with intervals.

    ``members`` has one row per child and entry, with ``child_id`` and ``reoffences``. One row per
    measure: ``measure``, ``value``, ``lower``, ``upper``, ``confidence``, ``method``, ``numerator``,
    ``denominator``, ``flags``.

    Children are drawn with replacement, each with all its entries and reoffences, as many as there
    are, ``draws`` times; the limits are percentiles (Efron and Tibshirani 1993), by order
    statistics of ``draws`` + 1 (Davison and Hinkley 1997). Reoffences come in runs of one child, so
    a Poisson interval would be too narrow. Where every child stands in one row (``repeated`` is
    false) the binary rate has Wilson's (1927) interval instead. The same ``seed`` gives the same
    answer whatever the order of rows.

    Flags: ``undefined`` (nobody to divide by, or no spread from which to tell the interval),
    ``zero_numerator``, ``small_numerator`` (under 10), ``few_children`` (fewer than 10 reoffended,
    or did not, so that percentiles are too narrow). Raises InputProblem for fewer ``draws`` than
    2000, an impossible ``seed`` or ``confidence``.

    >>> children = pd.DataFrame({"child_id": range(14), "reoffences": [0] * 6 + [1] * 7 + [2]})
    >>> found = cohort_estimates(children)
    >>> found[["measure", "value", "lower", "upper", "method"]].round(3)
                         measure  value  lower  upper              method
    0                binary_rate  0.571  0.326  0.786              wilson
    1  reoffences_per_reoffender  1.125  1.000  1.400  bootstrap by child
    2       reoffences_per_child  0.643  0.357  0.929  bootstrap by child
    """
    level = check_confidence(confidence)
    for name, number, least in (("draws", draws, 2000), ("seed", seed, 0)):
        if isinstance(number, bool) or not isinstance(number, int) or number < least:
            raise InputProblem(f"{name} is {number!r}; give a whole number from {least}.")
    rank = int(np.floor((1 - level) / 2 * (draws + 1) + 1e-9))
    if rank < 1:
        raise InputProblem(f"draws is {draws}, too few for a confidence of {level}; give more.")
    kinds, children = kinds_of_children(members)
    totals = dict(zip(("entries", "reoffenders", "reoffences"), children @ kinds, strict=True))
    resamples = resampled(kinds, children, draws, seed)
    rows = []
    for measure, (part, whole) in MEASURES.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = resamples[part] / resamples[whole]
        value = totals[part] / totals[whole] if totals[whole] else np.nan
        lower, upper = percentiles(drawn, rank)
        rows.append((measure, value, lower, upper, totals[part], totals[whole]))
    columns = ["measure", "value", "lower", "upper", "numerator", "denominator"]
    result = pd.DataFrame(rows, columns=columns)
    result.insert(4, "confidence", level)
    result.insert(5, "method", "bootstrap by child")
    if not repeated:
        rate = proportion(totals["reoffenders"], totals["entries"], level)
        result.loc[0, ["lower", "upper", "method"]] = [rate.lower, rate.upper, rate.method]
    # A resample of children who are all alike says nothing about those who are not among them.
    few = min(totals["reoffenders"], totals["entries"] - totals["reoffenders"]) < FEW_CHILDREN
    numerator = result["numerator"].to_numpy()
    bootstrapped = result["method"].to_numpy() != "wilson"
    result["flags"] = flag_text(
        undefined=result[["value", "lower"]].isna().any(axis=1).to_numpy(),
        zero_numerator=numerator == 0,
        small_numerator=numerator < SMALL_NUMERATOR,
        few_children=few & bootstrapped,
    )
    return result


def kinds_of_children(members: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return the different (entries, entries with a reoffence, reoffences), and children of each.

    Nothing else about a child matters to a resample of children.
    """
    each = pd.DataFrame(
        {
            "child_id": members["child_id"].to_numpy(),
            "entries": 1,
            "reoffenders": (members["reoffences"] > 0).to_numpy(dtype=np.int64),
            "reoffences": members["reoffences"].to_numpy(dtype=np.int64),
        }
    )
    of_child = each.groupby("child_id", sort=False).sum().to_numpy(dtype=np.float64)
    if not len(of_child):
        return np.zeros((0, 3)), np.zeros(0)
    kinds, children = np.unique(of_child, axis=0, return_counts=True)
    return kinds, children.astype(np.float64)


def resampled(
    kinds: FloatArray, children: FloatArray, draws: int, seed: int
) -> dict[str, FloatArray]:
    """Return entries, reoffenders and reoffences of each resample.

    Drawing children one by one and drawing how many are of each kind are the same; the second is a
    multinomial draw, whatever the number of children.
    """
    sums = np.zeros((draws, 3))
    if len(children):
        chance = np.random.default_rng(seed)
        people = int(children.sum())
        block = max(MOST_NUMBERS // len(children), 1)
        for start in range(0, draws, block):
            part = sums[start : start + block]
            part[:] = chance.multinomial(people, children / people, size=len(part)) @ kinds
    return dict(zip(("entries", "reoffenders", "reoffences"), sums.T, strict=True))


def percentiles(drawn: FloatArray, rank: int) -> tuple[float, float]:
    """Return the limits: NaN where all draws are alike, or one is undefined at a limit."""
    known = drawn[np.isfinite(drawn)]
    if not len(known) or known.min() == known.max():
        return np.nan, np.nan
    below, above = (np.where(np.isnan(drawn), edge, drawn) for edge in (-np.inf, np.inf))
    limits = np.sort(below)[rank - 1], np.sort(above)[len(drawn) - rank]
    if not np.isfinite(limits).all():
        return np.nan, np.nan
    return float(limits[0]), float(limits[1])
