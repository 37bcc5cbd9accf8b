"""How fast the relative rate index is, beside three other ways to the same ratios, in one run.

350 areas x 5 groups x 6 stages x 12 years: 126,000 rows, every column of the index, findings
included. The others do less and take longer, so each runs on a sample and its time is scaled:

- pandas, a function applied to each cell, with a log interval and a finding for each row;
- fairlearn's MetricFrame, a selection rate per group and one ratio per cell, of the least to the
  greatest, since it has no reference group: on one row per child, as it is made for, and on two
  weighted rows per group. Without an interval; it has those by bootstrap, at so many times the time;
- statsmodels in a loop, a score interval and an exact test for each pair.

``make bench`` installs fairlearn (docs/decisions/0005-benchmarks.md).
"""

import importlib.util
import math
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

from youthjustice.measures import relative_rate_index

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
CELL = ["area", "stage", "year"]
AREAS, STAGES, YEARS = 350, 6, 12
RUNS = 3
PANDAS_CELLS, CHILDREN_CELLS, WEIGHTED_CELLS, PAIRS = 500, 5, 200, 200


def main() -> None:
    """Print seconds for every ratio, ours and theirs, and how many times as long theirs take."""
    frame = counts()
    cells = AREAS * STAGES * YEARS
    print(f"{len(frame):,} rows in {cells:,} cells; others on samples, scaled")
    ours = {
        basis: min(seconds(lambda b=basis: index(frame, b)) for _ in range(RUNS))
        for basis in ("population", "stage")
    }
    print(f"{'relative_rate_index, per population':44} {ours['population']:9.2f} s")
    print(f"{'relative_rate_index, at a stage':44} {ours['stage']:9.2f} s")
    own = ours["population"]

    some = first_cells(frame, PANDAS_CELLS)
    agree(in_pandas(some), some)
    row("pandas, groupby.apply", lambda: in_pandas(some), cells / PANDAS_CELLS, own)
    pairs = len(frame) * 4 / 5
    row("statsmodels, a loop", lambda: in_statsmodels(some), pairs / PAIRS, own)
    if importlib.util.find_spec("fairlearn") is None:
        print("fairlearn is not installed; run 'make bench'")
        return
    children = expand(first_cells(frame, CHILDREN_CELLS))
    name = f"fairlearn, {len(children):,} children in {CHILDREN_CELLS} cells"
    row(name, lambda: in_fairlearn(children), cells / CHILDREN_CELLS, ours["stage"])
    pairs_of_rows = weigh(first_cells(frame, WEIGHTED_CELLS))
    name = f"fairlearn, {len(pairs_of_rows):,} weighted rows in {WEIGHTED_CELLS} cells"
    row(name, lambda: in_fairlearn(pairs_of_rows), cells / WEIGHTED_CELLS, ours["stage"])


def counts() -> pd.DataFrame:
    """Make counts of children for every area, stage, year and group."""
    chance = np.random.default_rng(1)
    labels = pd.MultiIndex.from_product(
        [[f"E{at:08d}" for at in range(AREAS)], range(STAGES), range(YEARS), GROUPS],
        names=[*CELL, "ethnic_group"],
    )
    frame = labels.to_frame(index=False)
    frame["population"] = chance.integers(200, 20_000, len(frame))
    frame["children"] = chance.binomial(frame["population"], 0.01)
    return frame


def first_cells(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give the first cells."""
    return frame.iloc[: number * len(GROUPS)]


def index(frame: pd.DataFrame, basis: str) -> pd.DataFrame:
    """Give our index, every column."""
    return relative_rate_index(
        frame, numerator="children", denominator="population", by=CELL, basis=basis
    )


def in_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Give ratio, log interval and finding with a function for each cell."""
    return frame.groupby(CELL, sort=False).apply(one_cell)


def one_cell(cell: pd.DataFrame) -> pd.DataFrame:
    """Compare the groups of one cell with White children."""
    cell = cell.set_index("ethnic_group")
    white = cell.loc["White"]
    return cell.drop("White").apply(lambda group: one_row(group, white), axis=1)


def one_row(group: pd.Series, white: pd.Series) -> pd.Series:
    """Compare one group with White children."""
    x1, x0 = group["children"], white["children"]
    if min(x1, x0) < 5:
        return pd.Series({"value": math.nan, "finding": "too few"})
    value = (x1 / group["population"]) / (x0 / white["population"])
    reach = 1.959964 * math.sqrt(1 / x1 + 1 / x0)
    lower, upper = value * math.exp(-reach), value * math.exp(reach)
    apart, large = lower > 1 or upper < 1, not 0.8 <= value <= 1.25
    finding = ("difference" if large else "small") if apart else "possible" if large else "none"
    return pd.Series({"value": value, "lower": lower, "upper": upper, "finding": finding})


def agree(theirs: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Stop if the two ways give different ratios."""
    ours = index(frame, "population").set_index([*CELL, "ethnic_group"])["value"]
    gap = (theirs["value"] - ours.reindex(theirs.index)).abs().max()
    assert gap < 1e-12, gap


def in_statsmodels(frame: pd.DataFrame) -> None:
    """Give a score interval and an exact test for the first pairs."""
    cells = frame.groupby(CELL, sort=False)
    white = cells["children"].transform(lambda x: x.iloc[3]), cells["population"].transform(
        lambda n: n.iloc[3]
    )  # fmt: skip
    columns = (frame["children"], frame["population"], *white)
    others = frame["ethnic_group"] != "White"
    for pair in zip(*(column[others][:PAIRS] for column in columns), strict=True):
        confint_poisson_2indep(*pair, method="score", compare="ratio")
        test_poisson_2indep(*pair, method="exact-cond")


def expand(frame: pd.DataFrame) -> pd.DataFrame:
    """Give one row for each child."""
    each = frame.loc[frame.index.repeat(frame["population"])]
    place = each.groupby(level=0).cumcount()
    passed = (place < each["children"]).astype(int)
    return each.assign(passed=passed, weight=1).reset_index(drop=True)


def weigh(frame: pd.DataFrame) -> pd.DataFrame:
    """Give one row for the children of a group who passed and one for those who did not."""
    passed = frame.assign(passed=1, weight=frame["children"])
    failed = frame.assign(passed=0, weight=frame["population"] - frame["children"])
    return pd.concat([passed, failed], ignore_index=True)


def in_fairlearn(rows: pd.DataFrame) -> pd.Series:
    """Give every group's selection rate and every cell's ratio."""
    from fairlearn.metrics import MetricFrame, selection_rate

    found = MetricFrame(
        metrics=selection_rate,
        y_true=rows["passed"],
        y_pred=rows["passed"],
        sensitive_features=rows["ethnic_group"],
        control_features=rows[CELL],
        sample_params={"sample_weight": rows["weight"]},
    )
    return found.ratio(method="between_groups")


def row(name: str, work: Callable[[], object], scale: float, own: float) -> None:
    """Time a sample, scale it, and print one line."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        took = min(seconds(work) for _ in range(RUNS)) * scale
    print(f"{name:44} {took:9.1f} s   {took / own:9.0f} times as long")


def seconds(work: Callable[[], object]) -> float:
    """Give the wall time of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
