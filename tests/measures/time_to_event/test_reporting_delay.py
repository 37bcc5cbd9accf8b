"""The share that arrives within a delay: a published triangle, R, and what must hold of any."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import arrived_within

# Claims by year of origin and delay in years: Taylor and Ashe (1983), as in Mack (1993) and England
# and Verrall (2002), who print the reserves of the chain ladder.
CLAIMS = """
357848 766940 610542 482940 527326 574398 146342 139950 227229 67948
352118 884021 933894 1183289 445745 320996 527804 266172 425046
290507 1001799 926219 1016654 750816 146923 495992 280405
310608 1108250 776189 1562400 272482 352053 206286
443160 693190 991983 769488 504851 470639
396132 937085 847498 805037 705960
440832 847631 1131398 1063269
359480 1061648 1443370
376686 986608
344014
"""
RESERVES = [0, 94_634, 469_511, 709_638, 984_889, 1_419_459, 2_177_641, 3_920_301, 4_278_972,
            4_625_811]  # fmt: skip


def test_it_is_the_chain_ladder_of_a_published_triangle():
    paid = [[float(cell) for cell in row.split()] for row in CLAIMS.split("\n") if row]
    coins = 250  # each report stands for so much money
    cells = [
        (row, at, round(x / coins)) for row, line in enumerate(paid) for at, x in enumerate(line)
    ]
    row, delay, many = (np.array(part) for part in zip(*cells, strict=True))
    found = arrived_within(np.repeat(delay, many), np.repeat(9 - row, many))
    share = found["value"].to_numpy()[::-1]  # the first year has the longest limit
    sums = np.array([sum(line) for line in paid])
    reserves = sums * (1 / share - 1)
    np.testing.assert_allclose(reserves, RESERVES, rtol=2e-3, atol=1)
    assert reserves.sum() == pytest.approx(18_680_856, rel=3e-4)


@pytest.mark.r
def test_it_is_survival_in_reverse_time_in_r(r):
    chance = np.random.default_rng(3)
    delay = np.ceil(chance.gamma(2, 20, 400))
    limit = chance.integers(5, 120, 400)
    frame = pd.DataFrame({"delay": delay, "limit": limit})[delay <= limit]
    theirs = r(
        "s <- summary(survfit(Surv(-limit - 0.001, -delay, rep(1, nrow(d))) ~ 1, d));"
        "out <- data.frame(time=-s$time, n=s$n.risk, d=s$n.event, left=s$surv, se=s$std.err)",
        frame,
    )[::-1]
    ours = arrived_within(frame["delay"], frame["limit"])
    assert ours["time"].tolist() == theirs["time"].tolist()
    assert ours["at_risk"].tolist() == theirs["n"].tolist()
    assert ours["events"].tolist() == theirs["d"].tolist()
    # R's row of a delay says what is left below it, ours what is left with it.
    np.testing.assert_allclose(ours["value"][:-1], theirs["left"].to_numpy()[1:], rtol=1e-9)
    np.testing.assert_allclose(ours["standard_error"][:-1], theirs["se"].to_numpy()[1:], rtol=1e-9)


reports = st.lists(
    st.tuples(st.integers(0, 12), st.one_of(st.integers(0, 12), st.just(np.inf))),
    min_size=1,
    max_size=40,
).map(lambda pairs: [(delay, delay + more) for delay, more in pairs])


@given(reports)
def test_it_is_the_product_over_longer_delays(pairs):
    delay, limit = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    found = arrived_within(delay, limit)
    share, expected = 1.0, {}
    for time in sorted(set(delay), reverse=True):
        expected[time] = share
        seen = ((delay <= time) & (limit >= time)).sum()
        share *= 1 - (delay == time).sum() / seen
    np.testing.assert_allclose(
        found["value"], [expected[time] for time in found["time"]], atol=1e-9
    )
    assert (found["lower"].fillna(0) <= found["value"] + 1e-9).all()


@given(reports, st.randoms(use_true_random=False))
def test_the_order_of_reports_says_nothing(pairs, random):
    other = random.sample(pairs, len(pairs))
    one, two = (arrived_within(*map(list, zip(*some, strict=True))) for some in (pairs, other))
    pd.testing.assert_frame_equal(one, two)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_where_no_report_can_be_missing_it_is_the_plain_share(delays):
    found = arrived_within(delays, np.inf)
    plain = [np.mean(np.array(delays) <= time) for time in found["time"]]
    np.testing.assert_allclose(found["value"], plain, atol=1e-12)


def test_a_plain_share_of_short_delays_is_too_high():
    chance = np.random.default_rng(1)
    delay, limit = chance.exponential(100, 20_000), chance.uniform(0, 400, 20_000)
    seen = delay <= limit
    found = arrived_within(delay[seen], limit[seen])
    at = np.searchsorted(found["time"], 100.0, side="right") - 1
    truth = (1 - np.exp(-1)) / (1 - np.exp(-4))
    assert found["value"].iloc[at] == pytest.approx(truth, abs=0.02)
    assert (delay[seen] <= 100).mean() > truth + 0.05


@pytest.mark.parametrize(
    ("delay", "limit", "said"),
    [
        ([2], [1], "delay is 2 and limit is 1"),
        ([1, None], [3, 3], "missing at position 1"),
        ([-1], [3], "delay is -1"),
        (["2024-01-01"], [3], "give a number"),
        ([], [], "no children"),
    ],
)
def test_what_is_no_delay_is_refused(delay, limit, said):
    with pytest.raises(InputProblem, match=said):
        arrived_within(delay, limit)
