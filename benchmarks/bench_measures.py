"""How fast the ratios and the relative rate index are, beside statsmodels called pair by pair.

statsmodels has no vectorised score interval for a ratio, so it runs in a loop on a sample and its
time is scaled to the same number of pairs. No cell here is none or all of its group, where the
score interval of statsmodels 0.15 is wrong.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from youthjustice.measures import rate_ratio, relative_rate_index, risk_ratio

PAIRS = 126_000
AREAS = 21_000
SAMPLE = 200
RUNS = 3

Table = tuple[NDArray[np.float64], ...]


def main() -> None:
    """Print seconds for every pair, ours and theirs, and how many times as long theirs take."""
    chance = np.random.default_rng(1)
    n1, n0 = chance.choice([50.0, 500.0, 5000.0], (2, PAIRS))
    x1, x0 = (1 + chance.binomial((n - 2).astype(int), 0.15) for n in (n1, n0))
    table = (x1, n1, x0, n0)
    print(f"{PAIRS:,} pairs, interval and p-value; statsmodels on {SAMPLE}, scaled")
    row("risk ratio, Koopman", lambda: risk_ratio(*table), their_score, table)
    row("rate ratio, mid-p", lambda: rate_ratio(*table, method="midp"), their_midp, table)
    row("rate ratio, exact", lambda: rate_ratio(*table, method="exact"), their_exact, table)
    areas = frame(chance)
    for basis in ("population", "stage"):
        own = min(seconds(lambda basis=basis: index(areas, basis)) for _ in range(RUNS))
        print(
            f"relative rate index, {basis:10} {len(areas):,} rows of {AREAS:,} areas {own:6.2f} s"
        )


def frame(chance: np.random.Generator) -> pd.DataFrame:
    """Make every area's children and events by ethnic group."""
    groups = ["Asian", "Black", "Mixed", "White", "Other", "Unknown"]
    areas = pd.MultiIndex.from_product([range(AREAS), groups], names=["area", "ethnic_group"])
    children = chance.integers(200, 9_000, len(areas))
    columns = {"children": children, "events": chance.binomial(children, 0.02)}
    return pd.DataFrame(columns, index=areas).reset_index()


def index(areas: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Compare every group of every area with White."""
    return relative_rate_index(
        areas, numerator="events", denominator="children", by="area", basis=basis
    )


def row(name: str, ours: Callable[[], object], theirs: Callable[..., object], table: Table) -> None:
    """Time both sides and print one line."""
    own = min(seconds(ours) for _ in range(RUNS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loop = min(seconds(lambda: over(theirs, table)) for _ in range(RUNS)) * PAIRS / SAMPLE
    print(f"{name:22} ours {own:6.2f} s   statsmodels {loop:8.1f} s   {loop / own:6.0f} times")


def seconds(work: Callable[[], object]) -> float:
    """Give the wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def over(work: Callable[..., object], table: Table) -> None:
    """Call a function once for each of the first pairs."""
    for pair in zip(*(column[:SAMPLE] for column in table), strict=True):
        work(*pair)


def their_score(x1: float, n1: float, x0: float, n0: float) -> None:
    """Score interval and test of a ratio of proportions."""
    options = {"compare": "ratio", "method": "score", "correction": False}
    confint_proportions_2indep(x1, n1, x0, n0, **options)
    test_proportions_2indep(x1, n1, x0, n0, **options)


def their_midp(x1: float, n1: float, x0: float, n0: float) -> None:
    """Mid-p test of a ratio of rates; statsmodels has no mid-p interval, so its score interval."""
    confint_poisson_2indep(x1, n1, x0, n0, method="score", compare="ratio")
    test_poisson_2indep(x1, n1, x0, n0, method="cond-midp")


def their_exact(x1: float, n1: float, x0: float, n0: float) -> None:
    """Exact test of a ratio of rates; statsmodels has no exact interval, so its score interval."""
    confint_poisson_2indep(x1, n1, x0, n0, method="score", compare="ratio")
    test_poisson_2indep(x1, n1, x0, n0, method="exact-cond")


if __name__ == "__main__":
    main()
