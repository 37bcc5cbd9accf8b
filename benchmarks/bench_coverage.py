"""How often each interval holds the truth: exact sums over every table, no simulation.

A cell of the grid is a true value; every table that it can produce is weighed by its probability.
An interval from 0 to infinity holds everything. Where a method gives no interval it makes no claim:
coverage is among the tables that have one, and the share that has none is printed at its side.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from youthjustice.measures import Estimate, proportion, rate, rate_ratio, risk_ratio

SIZES = (10, 20, 50, 100)
PROPORTIONS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
COUNTS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
RATIOS = (0.5, 0.8, 1.0, 1.25, 2.0, 4.0)
CONFIDENCE = 0.95
LEFT_OUT = 1e-12  # the probability of all the counts too large to be listed

Floats = NDArray[np.float64]
Setting = tuple[str, float, float, list[Floats]]  # label, true value, expected count, pmf of each x


@dataclass(frozen=True, slots=True)
class Design:
    """Every table of one design as arguments of the measure, and the true settings to weigh it."""

    counts: list[Floats]
    arguments: Callable[..., tuple[object, ...]]
    settings: list[Setting]


def main() -> None:
    """Print the lowest and the mean coverage of each method, over the grid and by a search."""
    print(f"coverage of {CONFIDENCE:.0%} intervals: exact sums over all tables, no simulation")
    show(summary(coverage()))
    print(
        "\nthe lowest that a search finds, by the fewest children expected in a cell of the table"
    )
    show(lowest(search()))


def show(table: pd.DataFrame) -> None:
    """Print a table whole."""
    print(table.to_string(float_format="{:.4f}".format, na_rep="-"))


def summary(grid: pd.DataFrame) -> pd.DataFrame:
    """Give each method's coverage over the grid, and where two events or more are expected."""
    enough = grid["covers"].where(grid["expected"] >= 2)
    return (
        grid.assign(enough=enough)
        .groupby(["measure", "method"], sort=False)
        .agg(
            cells=("covers", "size"),
            lowest=("covers", "min"),
            mean=("covers", "mean"),
            lowest_from_2=("enough", "min"),
            no_interval=("none", "max"),
        )
    )


def coverage(
    sizes: tuple[int, ...] = SIZES,
    proportions: tuple[float, ...] = PROPORTIONS,
    counts: tuple[float, ...] = COUNTS,
    ratios: tuple[float, ...] = RATIOS,
) -> pd.DataFrame:
    """Return one row for each measure, method and true setting: the share of intervals right."""
    plan: list[tuple[str, Callable[..., Estimate], tuple[str, ...], Iterator[Design]]] = [
        (
            "risk ratio",
            risk_ratio,
            ("koopman", "miettinen_nurminen", "mover", "katz"),
            risk_ratios(sizes, proportions, ratios),
        ),
        ("rate ratio", rate_ratio, ("exact", "midp", "score", "wald"), rate_ratios(counts, ratios)),
        ("proportion", proportion, ("wilson", "exact", "jeffreys"), shares(sizes, proportions)),
        ("rate", rate_of_one, ("exact", "byar"), rates(counts)),
    ]
    rows = [
        {"measure": name, "method": method, **row}
        for name, measure, methods, designs in plan
        for design in designs
        for method in methods
        for row in covered(measure, method, design)
    ]
    return pd.DataFrame(rows)


def covered(
    measure: Callable[..., Estimate], method: str, design: Design
) -> Iterator[dict[str, object]]:
    """Weigh the tables of a design by each of its settings."""
    tables = np.meshgrid(*design.counts, indexing="ij")
    found = measure(*design.arguments(*tables), confidence=CONFIDENCE, method=method)
    none = np.isnan(found.lower) | np.isnan(found.upper)
    for label, truth, expected, chances in design.settings:
        weight = np.ones(())
        for chance in chances:
            weight = np.multiply.outer(weight, chance)
        absent = float(weight[none].sum())
        yield {
            "truth": label,
            "expected": expected,
            "covers": float((weight * holds(found, truth)).sum()) / (1 - absent),
            "none": absent,
        }


def search(sizes: tuple[int, ...] = SIZES, steps: int = 100) -> pd.DataFrame:
    """Return coverage at every pair of proportions in equal steps, and of Poisson counts 0.3 to 60.

    ``fewest`` is the smallest number expected with the outcome or, of children, without it.
    """
    share, mean = np.arange(1, steps) / steps, np.geomspace(0.3, 60, steps)
    events = listed(60.0)
    weights = stats.poisson.pmf(events, mean[:, None])
    counts = np.meshgrid(events, events, indexing="ij")
    parts = [
        searched(method, rate_ratio(counts[0], 1, counts[1], 1, method=method), mean, [weights] * 2)
        for method in ("exact", "midp", "score")
    ]
    for part in parts:
        part["fewest"] = np.minimum.outer(mean, mean).ravel()
    for n1, n0 in product(sizes, sizes):
        x1, x0 = np.meshgrid(np.arange(n1 + 1.0), np.arange(n0 + 1.0), indexing="ij")
        weights = [stats.binom.pmf(np.arange(n + 1), n, share[:, None]) for n in (n1, n0)]
        rarer = np.minimum(share, 1 - share)
        for method in ("koopman", "miettinen_nurminen", "mover"):
            part = searched(method, risk_ratio(x1, n1, x0, n0, method=method), share, weights)
            part["fewest"] = np.minimum.outer(n1 * rarer, n0 * rarer).ravel()
            parts.append(part.assign(n1=n1, n0=n0))
    return pd.concat(parts, ignore_index=True)


def searched(method: str, found: Estimate, truth: Floats, weights: list[Floats]) -> pd.DataFrame:
    """Weigh one design's tables at every pair of true values."""
    rows = [
        (method, one, other, first @ holds(found, one / other) @ second)
        for one, first in zip(truth, weights[0], strict=True)
        for other, second in zip(truth, weights[1], strict=True)
    ]
    return pd.DataFrame(rows, columns=["method", "group", "reference", "covers"])


def lowest(found: pd.DataFrame) -> pd.DataFrame:
    """Give the lowest coverage of each method by the fewest expected, and where it lies."""
    rows = []
    for _, part in found.groupby("method", sort=False):
        for least in (0, 2, 5):
            enough = part[part["fewest"] >= least - 1e-9]
            worst = enough.loc[enough["covers"].idxmin()]
            under = (enough["covers"] < 0.935).mean()
            rows.append({**worst, "fewest": f"{least} or more", "under_93.5": under})
    return pd.DataFrame(rows).set_index(["method", "fewest"])


def holds(found: Estimate, truth: float) -> NDArray[np.float64]:
    """Tell, as 1 or 0, which intervals hold the truth; a limit that is it but for rounding does."""
    inside = (found.lower <= truth * (1 + 1e-12)) & (found.upper >= truth * (1 - 1e-12))
    return np.asarray(inside, dtype=np.float64)


def risk_ratios(
    sizes: tuple[int, ...], proportions: tuple[float, ...], ratios: tuple[float, ...]
) -> Iterator[Design]:
    """Give two groups of children, in each of whom the outcome is binomial."""
    for n1, n0 in product(sizes, sizes):
        x1, x0 = np.arange(n1 + 1.0), np.arange(n0 + 1.0)
        settings = [
            (
                f"{ratio:g} x {p:g}, {n1} and {n0} children",
                ratio,
                min(n1 * ratio * p, n0 * p),
                [stats.binom.pmf(x1, n1, ratio * p), stats.binom.pmf(x0, n0, p)],
            )
            for p, ratio in product(proportions, ratios)
            if ratio * p < 1
        ]
        yield Design([x1, x0], lambda a, b, n1=n1, n0=n0: (a, n1, b, n0), settings)


def rate_ratios(counts: tuple[float, ...], ratios: tuple[float, ...]) -> Iterator[Design]:
    """Give two Poisson counts; the populations only scale the ratio, so they are equal."""
    for mean, ratio in product(counts, ratios):
        x1, x0 = listed(ratio * mean), listed(mean)
        chances = [stats.poisson.pmf(x1, ratio * mean), stats.poisson.pmf(x0, mean)]
        label = f"{ratio:g} x {mean:g} events"
        settings = [(label, ratio, min(ratio * mean, mean), chances)]
        yield Design([x1, x0], lambda a, b: (a, 1000, b, 1000), settings)


def shares(sizes: tuple[int, ...], proportions: tuple[float, ...]) -> Iterator[Design]:
    """Give one group of children."""
    for n in sizes:
        x = np.arange(n + 1.0)
        settings = [(f"{p:g} of {n}", p, n * p, [stats.binom.pmf(x, n, p)]) for p in proportions]
        yield Design([x], lambda a, n=n: (a, n), settings)


def rates(counts: tuple[float, ...]) -> Iterator[Design]:
    """Give one Poisson count."""
    for mean in counts:
        x = listed(mean)
        settings = [(f"{mean:g} events", mean, mean, [stats.poisson.pmf(x, mean)])]
        yield Design([x], lambda a: (a, 1000), settings)


def listed(mean: float) -> Floats:
    """List the counts that have all but a trace of the probability."""
    return np.arange(stats.poisson.isf(LEFT_OUT, mean) + 2)


def rate_of_one(events: object, population: object, **options: Any) -> Estimate:
    """Take a rate per thousand, so that its value is the expected count."""
    return rate(events, population, 1000, **options)


if __name__ == "__main__":
    main()
