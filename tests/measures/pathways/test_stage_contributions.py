import numpy as np
import pytest
from scipy import optimize, special, stats

from youthjustice.measures.areas.products import effects
from youthjustice.measures.pathways.stage_contributions import (
    Chain,
    all_pass,
    children_by_stage,
    log_shares,
    none_pass,
)

Z = special.ndtri(0.975)
EVENTS = np.array([True, False, False])
BOYS = ([129_700, 83_400, 39_200], 2_468_900, [159_200, 83_500, 42_300], 8_752_200)
FEW = ([60, 33, 12], 900, [80, 30, 9], 4000)


def chain(x, base, x0, base0, events=EVENTS):
    """Make a chain of one row."""
    x, x0 = (np.array(part, dtype=float)[:, np.newaxis] for part in (x, x0))
    n, n0 = (np.concatenate([[[float(b)]], part[:-1]]) for b, part in ((base, x), (base0, x0)))
    return Chain(x, n, x0, n0, np.asarray(events))


@pytest.mark.parametrize("counts", [BOYS, FEW])
def test_share_limits_are_where_the_pivot_of_fieller_meets_the_normal(counts):
    """Fieller (1954): (a - share t)^2 = z^2 var(a - share t), solved by search instead."""
    one = chain(*counts)
    share, lower, upper = (part[:, 0] for part in log_shares(one, 0.95))
    rates = (one.x / one.n)[:, 0], (one.x0 / one.n0)[:, 0]
    logs = np.log(rates[0] / rates[1])
    binomial = np.where(EVENTS, 0, 1 / one.n[:, 0] + 1 / one.n0[:, 0])
    variance = 1 / one.x[:, 0] + 1 / one.x0[:, 0] - binomial
    np.testing.assert_allclose(share, logs / logs.sum(), rtol=1e-12)
    for stage in range(3):
        weights = np.eye(3)[stage]

        def gap(value, weights=weights):
            contrast = weights - value
            return (contrast @ logs) ** 2 - Z**2 * (contrast**2 @ variance)

        for limit, far in ((lower[stage], -1e3), (upper[stage], 1e3)):
            assert limit == pytest.approx(optimize.brentq(gap, share[stage], far), rel=1e-6)


def test_the_variances_of_the_stages_add_up_to_that_of_the_whole():
    """Events, then shares of them: the sum is 1/x + 1/x0 at the end, as for events alone."""
    one = chain(*FEW)
    binomial = np.where(EVENTS[:, np.newaxis], 0, 1 / one.n + 1 / one.n0)
    total = (1 / one.x + 1 / one.x0 - binomial).sum()
    assert total == pytest.approx(1 / one.x[-1, 0] + 1 / one.x0[-1, 0])


def test_shares_are_missing_where_the_whole_may_be_one_or_the_variance_fails():
    assert np.isnan(log_shares(chain([60, 30], 900, [266, 133], 4000, EVENTS[:2]), 0.95)).all()
    for x in ([60, 60, 12], [60, 33, 0]):
        one = chain(x, *FEW[1:])
        assert np.isnan(log_shares(one, 0.95)).all()
    assert all_pass(chain([60, 60, 12], *FEW[1:])).all()
    assert none_pass(chain([60, 33, 0], *FEW[1:])).all()
    assert not none_pass(chain(*FEW)).any()


def test_one_stage_is_the_whole():
    share, lower, upper = log_shares(chain([60], 900, [80], 4000, EVENTS[:1]), 0.95)
    assert (share[0], lower[0], upper[0]) == (1, 1, 1)


def drawn(one, size, seed=7):
    """Draw the rates with another generator and without knots."""
    rates = []
    for x, n in ((one.x, one.n), (one.x0, one.n0)):
        parts = [
            stats.gamma(x[s, 0] + 0.5).rvs(size, random_state=seed + s) / n[s, 0]
            if one.events[s]
            else stats.beta(x[s, 0] + 0.5, n[s, 0] - x[s, 0] + 0.5).rvs(size, random_state=seed + s)
            for s in range(len(x))
        ]
        rates.append(np.array(parts))
        seed += 100
    return one.n[0, 0] * effects(*rates)


@pytest.mark.parametrize("counts", [BOYS, FEW, ([60, 60, 12], *FEW[1:])])
@pytest.mark.prove
def test_limits_of_children_are_those_of_plain_draws(counts):
    one = chain(*counts)
    value, lower, upper = (part[:, 0] for part in children_by_stage(one, [True], 0.95, 4000, 1))
    plain = drawn(one, 200_000)
    low, high = np.quantile(plain, [0.025, 0.975], axis=1)
    spread = plain.std(axis=1)
    assert (np.abs(lower - np.minimum(low, value)) < 0.12 * spread).all()
    assert (np.abs(upper - np.maximum(high, value)) < 0.12 * spread).all()


def test_draws_are_the_same_for_a_seed_and_do_not_depend_on_other_rows():
    one, two = chain(*BOYS), chain(*FEW)
    both = Chain(*(np.hstack([getattr(c, f) for c in (one, two)]) for f in ("x", "n", "x0", "n0")),
                 EVENTS)  # fmt: skip
    together = children_by_stage(both, [True, True], 0.95, 500, 3)
    alone = children_by_stage(two, [True], 0.95, 500, 3)
    without = children_by_stage(both, [False, True], 0.95, 500, 3)
    for part, single, half in zip(together, alone, without, strict=True):
        assert part[:, 1].tolist() == single[:, 0].tolist() == half[:, 1].tolist()
        assert np.isnan(half[:, 0]).all()
    other = children_by_stage(two, [True], 0.95, 500, 4)
    assert other[1][0, 0] != alone[1][0, 0]


def simulated(size, seed):
    """Make chains whose truth is known: events in a population, then two shares."""
    chance = np.random.default_rng(seed)
    truth = np.array([0.03, 0.55, 0.4]), np.array([0.012, 0.5, 0.3])
    base = 4000.0, 20_000.0
    counts = []
    for rates, people in zip(truth, base, strict=True):
        x = [chance.poisson(people * rates[0], size)]
        for rate in rates[1:]:
            x.append(chance.binomial(x[-1], rate))
        counts.append(np.array(x, dtype=float))
    n = [np.vstack([np.full(size, b), x[:-1]]) for b, x in zip(base, counts, strict=True)]
    rows = Chain(counts[0], n[0], counts[1], n[1], EVENTS)
    logs = np.log(truth[0] / truth[1])
    return rows, logs / logs.sum(), base[0] * effects(*truth)


def held(truth, lower, upper):
    some = ~np.isnan(lower)
    return ((lower <= truth[:, np.newaxis]) & (truth[:, np.newaxis] <= upper))[some].mean()


def check_coverage(size, draws):
    rows, shares, children = simulated(size, 5)
    _, lower, upper = log_shares(rows, 0.95)
    assert np.isfinite(lower).mean() > 0.95
    assert held(shares, lower, upper) == pytest.approx(0.95, abs=0.012 + 1 / np.sqrt(size))
    _, lower, upper = children_by_stage(rows, np.full(size, True), 0.95, draws, 1)
    assert held(children, lower, upper) == pytest.approx(0.95, abs=0.012 + 1 / np.sqrt(size))


@pytest.mark.prove
def test_intervals_hold_the_truth_as_often_as_they_say():
    check_coverage(300, 1000)


@pytest.mark.prove
def test_intervals_hold_the_truth_as_often_as_they_say_at_length():
    check_coverage(4000, 4000)
