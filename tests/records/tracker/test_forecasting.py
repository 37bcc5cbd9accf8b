"""The forecast: against other implementations, by its limits, and when there is none."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.bench_tracker import STEADY, USUAL, forecast, made_up
from youthjustice.records.tracker.development import development_of, expected_known
from youthjustice.records.tracker.forecast import DEVELOPMENT, OBSERVED, forecast_of, trend_of
from youthjustice.records.tracker.forecasting import Foreseen, foresee, known_now
from youthjustice.records.tracker.spread import log_chance, mixture_of
from youthjustice.records.tracker.watched import UNPROVEN, Watched


def cohorts(seed, many=12, children=60, world=USUAL):
    chance = np.random.default_rng(seed)
    return [made_up(chance, world, number - many, children) for number in range(many + 1)]


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.floats(1e-2, 1e8),
    st.floats(1e-2, 1e8),
)
def test_chances_are_those_of_scipy(x, more, a, b):
    ours = log_chance(*(np.array(float(one)) for one in (x, x + more, a, b)))
    # scipy loses digits where a and b are large, which is why it is not used.
    loss = 1e-13 * (a + b) * math.log(a + b + 2)
    assert float(ours) == pytest.approx(stats.betabinom.logpmf(x, x + more, a, b), abs=1e-7 + loss)


@pytest.mark.parametrize("share", [0.1, 0.35, 0.9])
def test_large_spreads_come_to_the_binomial(share):
    x = np.arange(41.0)
    a = np.array(1e9)
    ours = np.exp(log_chance(x, np.array(40.0), share * a, (1 - share) * a))
    np.testing.assert_allclose(ours, stats.binom.pmf(x, 40, share), atol=1e-8)


@pytest.mark.prove
def test_a_mixture_is_what_a_plain_sum_over_means_and_spreads_gives():
    x, n = np.array([12.0, 20, 9, 15]), np.array([40.0, 50, 38, 41])
    found = mixture_of(x, n)
    tau = np.linspace(0.0005, 0.4, 150)
    mean = np.linspace(0.001, 0.999, 600)
    grid_mean, grid_tau = np.meshgrid(mean, tau)
    size = 1 / grid_tau**2 - 1
    fit = sum(
        stats.betabinom.logpmf(one, of, grid_mean * size, (1 - grid_mean) * size)
        for one, of in zip(x, n, strict=True)
    )
    weight = np.exp(fit - fit.max()) / (1 + (grid_tau / 0.1) ** 2)
    weight /= weight.sum()
    expected = (weight * grid_mean).sum()
    ours = found.a / (found.a + found.b)
    assert (found.weight * ours).sum() == pytest.approx(expected, abs=1e-3)
    expected_square = (weight * (grid_mean - expected) ** 2).sum() ** 0.5
    assert (found.weight * (ours - expected) ** 2).sum() ** 0.5 == pytest.approx(
        expected_square, rel=0.05
    )
    within = (weight * grid_tau**2).sum()
    assert (found.weight / (found.a + found.b + 1)).sum() == pytest.approx(within, rel=0.1)


@pytest.mark.prove
def test_many_alike_cohorts_give_the_thinned_binomial():
    """With share and development known, those not yet known are binomial, by Bayes' rule."""
    before = cohorts(1, many=200, children=400, world=STEADY)
    tracked, earlier = before[-1], before[:-1]
    day = tracked.first + 300
    complete = [one for one in earlier if one.complete(day)]
    arrived = development_of(earlier, day, 0.95)
    foreseen, share = foresee(tracked, complete, day, arrived)
    final = sum((one.proven <= one.end).sum() for one in complete)
    rate = final / sum(len(one.start) for one in complete)
    known, children = int(tracked.known(day).sum()), len(tracked.start)
    still = rate * (1 - share) / (1 - rate * share)
    expected = stats.binom(children - known, still)
    mean = float(foreseen.counts @ foreseen.chance)
    variance = float((foreseen.counts - mean) ** 2 @ foreseen.chance)
    assert mean == pytest.approx(known + expected.mean(), abs=0.5)
    assert variance == pytest.approx(expected.var(), rel=0.15)


def test_the_chances_are_those_that_simulation_gives():
    """Draw shares, final and known counts again and again, and keep what fits the known one."""
    before = cohorts(7, many=14, children=30)
    tracked, earlier = before[-1], before[:-1]
    day = tracked.first + 280
    complete = [one for one in earlier if one.complete(day)]
    arrived = development_of(earlier, day, 0.95)
    foreseen, share = foresee(tracked, complete, day, arrived)
    final = np.array([float((one.proven <= one.end).sum()) for one in complete])
    expected, error = expected_known(tracked, day, arrived)
    assert share == expected
    chance = np.random.default_rng(2)

    def share_of(mixture):
        which = chance.choice(len(mixture.weight), 120_000, p=mixture.weight)
        return chance.beta(mixture.a[which], mixture.b[which])

    drawn = chance.binomial(30, share_of(mixture_of(final, np.full(len(complete), 30.0))))
    seen = chance.binomial(
        drawn, share_of(known_now(tracked, complete, day, arrived, final, share, error))
    )
    kept = drawn[seen == tracked.known(day).sum()]
    assert len(kept) > 3_000
    share_drawn = np.bincount(kept, minlength=31)[foreseen.counts.astype(int)] / len(kept)
    assert np.abs(share_drawn - foreseen.chance).sum() < 0.08


def test_limits_hold_at_least_what_they_say():
    counts, chance = np.arange(4.0), np.array([0.02, 0.5, 0.47, 0.01])
    assert Foreseen(counts, chance).limits(0.95) == (1, 2)
    assert Foreseen(counts, chance).limits(0.99) == (0, 3)


@pytest.mark.prove
@given(st.integers(0, 10_000), st.integers(30, 547))
def test_a_forecast_is_between_what_is_known_and_everyone(seed, age):
    before = cohorts(seed % 7, many=11, children=20 + seed % 30)
    tracked = before[-1]
    found = forecast(tracked, before[:-1], tracked.first + age)
    known = tracked.known(tracked.first + age).mean()
    assert known <= found.lower <= found.upper <= 1
    assert found.lower - 1e-9 <= found.estimate <= found.upper + 1e-9
    assert 0 <= found.known_share <= 1
    assert found.made


def test_what_happens_later_changes_nothing():
    before = cohorts(3)
    day = before[-1].first + 250

    def cut(one):
        return Watched(
            one.first, one.start, one.end, np.where(one.known(day), one.proven, UNPROVEN)
        )

    assert forecast(before[-1], before[:-1], day) == forecast(
        cut(before[-1]), [cut(one) for one in before[:-1]], day
    )


def test_narrower_as_the_cohort_becomes_known_and_certain_when_it_is_over():
    before = cohorts(4)
    tracked = before[-1]
    found = [
        forecast(tracked, before[:-1], tracked.first + age) for age in (90, 250, 400, 560, 639)
    ]
    widths = [one.upper - one.lower for one in found]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 0.1
    assert widths[-1] == 0
    assert [one.method for one in found] == [DEVELOPMENT] * 4 + [OBSERVED]
    assert found[-1].estimate == (tracked.proven <= tracked.end).mean()


def test_the_share_expected_to_be_known_counts_each_child_at_its_own_age():
    before = cohorts(5)
    tracked, day = before[-1], before[-1].first + 200
    arrived = development_of(before[:-1], day, 0.95)
    share, error = expected_known(tracked, day, arrived)
    one_by_one = [arrived.loc[arrived["time"] <= age, "value"].max() for age in day - tracked.start]
    assert share == pytest.approx(np.nan_to_num(one_by_one).mean())
    assert 0 < error < 0.05


def none_of(found, said):
    assert not found.made
    assert math.isnan(found.estimate) and math.isnan(found.lower) and math.isnan(found.upper)
    assert any(said in reason for reason in found.reasons)


def test_there_is_no_forecast_where_too_little_is_known():
    before = cohorts(6, many=8)
    tracked, day = before[-1], before[-1].first + 100
    arrived = development_of(before[:-1], day, 0.95)

    def ask(cohort, earlier, entering=False):
        return forecast_of(cohort, earlier, day, arrived, confidence=0.95, entering=entering)

    none_of(ask(tracked, before[5:-1]), "earlier cohorts are complete, and fewer than 3")
    none_of(ask(tracked, before[:-1], entering=True), "still entering")
    nobody = Watched(tracked.first, *(np.array([], dtype=np.int64) for _ in range(3)))
    none_of(ask(nobody, before[:-1]), "no children have entered")
    few = [Watched(one.first, one.start[:6], one.end[:6], one.proven[:6]) for one in before[:-1]]
    none_of(ask(tracked, few), "too few children who reoffended")
    none_of(forecast_of(tracked, [], day, None, confidence=0.95, entering=False), "0 earlier")


def test_a_forecast_says_what_it_leans_on():
    before = cohorts(6, many=8)
    tracked, day = before[-1], before[-1].first + 100
    found = forecast(tracked, before[:-1], day)
    assert found.known_share < 0.25
    assert any("rests on earlier cohorts" in reason for reason in found.reasons)
    assert any("partly assumed" in reason for reason in found.reasons)
    assert forecast(tracked, cohorts(6, many=30)[:-1], tracked.first + 400).reasons == ()


@pytest.mark.parametrize(("drift", "said"), [(0.02, "rose"), (-0.02, "fell")])
def test_a_forecast_says_that_earlier_rates_were_moving(drift, said):
    before = cohorts(8, many=16, children=200, world=replace(STEADY, rate=0.45, rate_drift=drift))
    found = forecast(before[-1], before[:-1], before[-1].first + 300)
    assert [said in reason for reason in found.reasons] == [True]
    final = np.array([(one.proven <= one.end).sum() for one in before])
    # The statistic is also the correlation of outcome and place, times the root of the children.
    child = np.concatenate([one.proven <= one.end for one in before]).astype(float)
    place = np.repeat(np.arange(len(final)), 200)
    expected = np.corrcoef(child, place)[0, 1] * len(child) ** 0.5
    assert trend_of(before) == pytest.approx(expected)
