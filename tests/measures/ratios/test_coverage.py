"""How often intervals hold the truth, summed over every table (python -m benchmarks coverage)."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from benchmarks.bench_coverage import coverage, lowest, search, summary
from youthjustice.measures import proportion


def check(grid):
    table = summary(grid)
    for measure in ("rate ratio", "proportion", "rate"):
        assert table.loc[(measure, "exact"), "lowest"] >= 0.95
    assert table.loc[("rate ratio", "midp"), "lowest_from_2"] >= 0.935
    assert table.loc[("risk ratio", "koopman"), "lowest_from_2"] >= 0.935
    always = table.drop(index=[("risk ratio", "katz"), ("rate ratio", "wald")])
    assert (always["no_interval"] == 0).all()


def test_the_defaults_hold_the_truth_as_often_as_they_say():
    grid = coverage(sizes=(10, 20), proportions=(0.1, 0.2, 0.5), counts=(0.5, 2, 5))
    assert len(grid) == 4 * 4 * (6 + 6 + 4) + 4 * 3 * 6 + 3 * 2 * 3 + 2 * 3
    check(grid)


@pytest.mark.prove
def test_the_defaults_hold_the_truth_on_the_whole_printed_grid():
    grid = coverage()
    check(grid)
    counts = grid.groupby(["measure", "method"]).size()
    assert counts["risk ratio", "koopman"] == 544
    assert counts["rate ratio", "midp"] == 36


@pytest.mark.prove
def test_the_lowest_coverage_anywhere_is_known():
    """The score intervals go lower where a group has next to none or next to all.

    Koopman's is under 93.5% at 2% of the proportions in steps of one per cent, none of them where
    five children are expected in every cell; the lowest, 88.4%, is at 98% of 10 and 99% of 50.
    """
    covers = lowest(search())["covers"]
    assert covers["exact", "0 or more"] >= 0.95
    assert covers["midp", "0 or more"] >= 0.945
    assert covers["score", "2 or more"] >= 0.945
    assert covers["koopman", "5 or more"] >= 0.935
    assert covers["koopman", "2 or more"] >= 0.92
    assert covers["koopman", "0 or more"] == pytest.approx(0.8843, abs=1e-4)


def test_a_search_goes_where_the_grid_does_not():
    table = lowest(search(sizes=(10, 20), steps=10))
    assert table.loc[("exact", "0 or more"), "covers"] >= 0.95
    assert table.loc[("midp", "2 or more"), "covers"] >= 0.945
    assert table.loc[("koopman", "2 or more"), "covers"] >= 0.92


def test_the_sum_is_that_over_the_intervals_of_scipy():
    grid = coverage(sizes=(20,), proportions=(0.1, 0.3), counts=(), ratios=())
    grid = grid[grid["measure"] == "proportion"].set_index(["method", "truth"])["covers"]
    x = np.arange(21)
    for method in ("wilson", "exact"):
        found = [stats.binomtest(int(k), 20).proportion_ci(method=method) for k in x]
        for p in (0.1, 0.3):
            inside = [one.low <= p <= one.high for one in found]
            expected = stats.binom.pmf(x, 20, p)[inside].sum()
            assert grid[method, f"{p:g} of 20"] == pytest.approx(expected, abs=1e-12)


def test_a_simulation_agrees_with_the_sum():
    grid = coverage(sizes=(50,), proportions=(0.2,), counts=(), ratios=())
    exact = grid.set_index(["measure", "method"]).loc[("proportion", "wilson"), "covers"]
    drawn = pd.Series(np.random.default_rng(1).binomial(50, 0.2, 40_000))
    found = proportion(drawn, 50)
    assert ((found.lower <= 0.2) & (found.upper >= 0.2)).mean() == pytest.approx(exact, abs=0.005)
