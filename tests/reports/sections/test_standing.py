"""Where an area stands: the funnel's limits and the ranks, against another way of drawing them."""

import numpy as np
import pytest
from scipy import stats

from youthjustice import reports
from youthjustice.reports.sections import standing_figures as standing


@pytest.fixture(scope="module")
def latest():
    return standing.entrants_latest()


@pytest.fixture(scope="module")
def cohorts():
    return standing.reoffending_cohorts()


def own(frame, name="Islington"):
    return frame[frame["area_name"] == name].iloc[0]


def test_one_year_of_english_authorities_alone(latest):
    assert latest["period_end"].nunique() == 1
    assert latest["area_code"].str.match(r"E0[6-9]|E10").all()
    assert len(latest) == 148 and latest["area_name"].is_unique


def test_the_funnel_states_and_allows_for_over_dispersion(latest):
    found = standing.entrants_funnel()
    assert found["overdispersion"].unique().tolist() == ["additive"]
    assert found["phi"].iloc[0] > 3
    row = own(found)
    assert row["benchmark"] == pytest.approx(
        100_000 * latest["numerator"].sum() / latest["denominator"].sum()
    )
    # Chance alone would give limits that are narrower.
    alone = stats.poisson.interval(0.95, row["benchmark"] * row["denominator"] / 100_000)
    wide = row[["limit_95_lower", "limit_95_upper"]].to_numpy(float) * row["denominator"] / 100_000
    assert wide[0] < alone[0] and wide[1] > alone[1]


def test_ranks_of_reoffending_by_another_way(cohorts):
    rows = cohorts[cohorts["cohort"] == "2024"].reset_index(drop=True)
    chance = np.random.default_rng(7)
    x, n = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    drawn = chance.beta(x + 0.5, n - x + 0.5, (4000, len(rows)))
    at = rows.index[rows["area_name"] == "Islington"][0]
    ranks = stats.rankdata(-drawn, axis=1)[:, at]
    row = own(standing.reoffending_ranks("2024"))
    np.testing.assert_allclose(
        row[["rank_lower", "rank_upper"]].to_numpy(float),
        np.quantile(ranks, [0.025, 0.975]),
        atol=4,
    )
    assert row["highest_quarter"] == pytest.approx((ranks <= len(rows) / 4).mean(), abs=0.03)
    assert row["lowest_quarter"] == pytest.approx((ranks > len(rows) * 0.75).mean(), abs=0.03)


@pytest.mark.parametrize(
    ("cohort", "place", "of"), [("2016", 9, 149), ("2023", 127, 147), ("2024", 100, 148)]
)
def test_the_places_of_the_printed_rates_are_among_those_that_chance_allows(
    cohorts, cohort, place, of
):
    rows = cohorts[cohorts["cohort"] == cohort]
    mine = own(rows)["value"]
    assert ((rows["value"] > mine).sum() + 1, len(rows)) == (place, of)
    row = own(standing.reoffending_ranks(cohort))
    assert row["areas"] == of
    assert row["rank_lower"] <= place <= row["rank_upper"]
    assert row["rank_upper"] - row["rank_lower"] > 30


def test_the_smallest_cohorts_print_as_the_rates(cohorts):
    exact = 100 * cohorts["numerator"] / cohorts["denominator"]
    assert ((exact - cohorts["value"]).abs() <= 0.005 + 1e-9).all()


def test_the_first_screen_promises_no_interval_where_nothing_is_published():
    *_, sure = reports.findings("City of London").items[0].items
    assert str(sure).startswith("Next to nothing is published of the City of London alone")
    *_, sure = reports.findings("Islington").items[0].items
    assert "the intervals are wide" in str(sure)
