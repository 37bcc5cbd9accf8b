"""Draws behind ranks against scipy's distributions and ranks counted one by one."""

import numpy as np
import pytest
from scipy import stats

from youthjustice.measures import Prior
from youthjustice.measures.areas import rank_draws
from youthjustice.measures.areas.rank_draws import blocks, rank_chances

SHAPES = np.array([0.05, 0.5, 0.99, 1, 1.5, 4, 30, 2e3, 1e9])


def gammas(draws, seed=3, part=0):
    made = blocks(seed, draws, SHAPES.size + 3, "beta")
    return np.vstack(
        [
            rank_draws._gammas(block.sets[part], SHAPES, np.random.default_rng(block.seed))
            for block in made
        ]
    )


@pytest.mark.parametrize("part", [0, 1])
def test_gamma_numbers_of_every_shape_are_those_of_scipy(part):
    drawn = gammas(30_000, part=part)
    assert drawn.shape == (30_000, SHAPES.size)
    for shape, column in zip(SHAPES, drawn.T, strict=True):
        assert stats.kstest(column, stats.gamma(shape).cdf).pvalue > 0.001
    apart = np.corrcoef(stats.rankdata(drawn, axis=0).T) - np.eye(SHAPES.size)
    assert np.abs(apart).max() < 0.03


@pytest.mark.parametrize("kind", ["gamma", "beta"])
def test_chances_of_ranks_by_sorting_scipy_s_draws(kind):
    chance = np.random.default_rng(1)
    x, n = chance.poisson(8, 12).astype(float), chance.integers(300, 900, 12).astype(float)
    x[3] = 0
    prior = Prior(kind, 0.6, 40)
    found = rank_chances(x, n, prior, blocks(5, 20_000, 12, kind))
    if kind == "gamma":
        drawn = chance.gamma(prior.a + x, 1 / (prior.b + n), (20_000, 12))
    else:
        drawn = chance.beta(prior.a + x, prior.b + n - x, (20_000, 12))
    ranks = stats.rankdata(-drawn, axis=1).astype(int) - 1
    counted = [np.bincount(column, minlength=12) / 20_000 for column in ranks.T]
    np.testing.assert_allclose(found, counted, atol=0.02)
    np.testing.assert_allclose(found.sum(axis=0), 1)
    np.testing.assert_allclose(found.sum(axis=1), 1)


def test_draws_are_the_same_however_many_areas_they_are_made_for():
    x, n = np.array([3.0, 9, 4]), np.array([90.0, 80, 200])
    few, many = (
        rank_chances(x, n, Prior("beta", 2, 9), blocks(4, 1234, areas, "beta")) for areas in (3, 17)
    )
    np.testing.assert_array_equal(few, many)


def test_the_last_block_is_as_long_as_is_left():
    lengths = [len(block.sets[0].normal) for block in blocks(1, 1100, 2, "gamma")]
    assert lengths == [500, 500, 100]
