"""How fast first-time entrants moved beside others, against another implementation and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from youthjustice.reports.sections.entrants_figures import entrants
from youthjustice.reports.sections.entrants_pace import beside_the_rest
from youthjustice.reports.sections.pace_figures import EIGHT, paces, trends, two_years


@pytest.fixture(scope="module")
def islington():
    return entrants("Islington")


def first(found, comparator):
    rows = found.paces[found.paces["comparator"] == comparator]
    return rows.sort_values("first_end").iloc[0]


def series(*counts, start=2016, population=10_000.0, **columns):
    ends = pd.to_datetime([f"{start + at}-12-31" for at in range(len(counts))])
    return pd.DataFrame(
        {"period_end": ends, "numerator": counts, "denominator": population, **columns}
    )


def test_islington_beside_the_rest_of_london(islington):
    # Its first year was high: a fall of 73% beside one of 62% is still within chance.
    row = first(islington, "rest")
    assert (row["first_end"].year, row["last_end"].year) == (2016, 2024)
    assert row["change"] - 1 == pytest.approx(-0.73, abs=0.005)
    assert row["reference_change"] - 1 == pytest.approx(-0.62, abs=0.005)
    told = row[["value", "lower", "upper"]].astype(float)
    np.testing.assert_allclose(told, [0.70, 0.43, 1.12], atol=0.005)


# Four counts have four parameters, which fit them exactly.
@pytest.mark.filterwarnings("ignore::statsmodels.tools.sm_exceptions.PerfectSeparationWarning")
@pytest.mark.parametrize("comparator", ["rest", "neighbours"])
def test_the_ratio_is_the_interaction_of_a_poisson_regression(islington, comparator):
    row = first(islington, comparator)
    x, n = (row[EIGHT[at::2]].to_numpy(float) for at in (0, 1))
    area, last = np.array([1, 1, 0, 0]), np.array([0, 1, 0, 1])
    design = np.column_stack([np.ones(4), area, last, area * last])
    start = [np.log(x[2] / n[2]), 0.0, 0.0, 0.0]
    fit = sm.Poisson(x, design, offset=np.log(n)).fit(start, disp=0)
    assert row["value"] == pytest.approx(np.exp(fit.params[3]))
    # Mid-p and Wald limits of counts from 22 up differ little.
    np.testing.assert_allclose(
        row[["lower", "upper"]].astype(float), np.exp(fit.conf_int()[3]), rtol=0.03
    )


def test_neighbours_count_only_where_they_have_both_years():
    own = series(50, 40, 30)
    near = pd.concat(
        [series(10, 20, 5, area_code="P"), series(np.nan, 30, 15, area_code="Q"),
         series(7, 7, np.nan, area_code="R")]
    )  # fmt: skip
    found = paces(own, {"neighbours": near}).set_index(["comparator", "first_end"])
    assert found["areas"].tolist() == [1, 2]
    assert found[["x0_first", "x0_last"]].to_numpy().tolist() == [[10, 5], [50, 20]]
    assert found["value"].iloc[0] == pytest.approx((30 / 50) / (5 / 10))


@pytest.mark.parametrize("counts", [(), (5,), (np.nan, 5), (np.nan, np.nan)])
def test_fewer_than_two_years_have_no_pace(counts):
    assert paces(series(*counts), {"rest": series(*counts)}).empty


def test_the_area_goes_by_the_years_that_it_has():
    found = paces(series(np.nan, 40, 30, np.nan), {"rest": series(400, 300, 200, 100)})
    assert found["first_end"].dt.year.tolist() == [2017]
    assert (found["x0_first"].iloc[0], found["x0_last"].iloc[0]) == (300, 200)


def test_both_years_are_drawn_with_the_counts_compared(islington):
    row = first(islington, "neighbours")
    drawn = two_years("Islington", {"others": row})
    assert drawn["value"].tolist()[:2] == pytest.approx([537, 145])
    assert drawn["numerator"].tolist() == [row[name] for name in EIGHT[::2]]
    assert ((drawn["lower"] < drawn["value"]) & (drawn["value"] < drawn["upper"])).all()


def test_the_trend_of_islington_and_what_its_flagged_years_make(islington):
    found = trends(
        pd.concat([islington.area.assign(series="Islington"), islington.rest.assign(series="rest")])
    )
    own = found.changes.set_index("series").loc["Islington"]
    fit = sm.GLM(
        islington.area["numerator"].to_numpy(),
        sm.add_constant(np.arange(9.0)),
        family=sm.families.Poisson(),
        offset=np.log(islington.area["denominator"]),
    ).fit()
    assert own["value"] == pytest.approx(np.exp(fit.params[1]))
    assert "flagged_periods" in own["flags"]
    flagged = found.lines[found.lines["flagged"]]["period_end"].dt.year
    assert sorted(set(flagged)) == [2020, 2021]
    assert found.without_flagged.set_index("series").loc["Islington", "points"] == 7


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((90, 30), "with no evidence of a different pace"),
        ((900, 100), "so that in proportion to it the rate in P moved down"),
        ((100, 900), "so that in proportion to it the rate in P moved up"),
        ((0, 10), "and whether the two changes differ cannot be said"),
    ],
)
def test_a_pace_is_claimed_only_where_its_interval_allows(counts, words):
    row = paces(series(*counts), {"rest": series(9000, 3000)}).iloc[0]
    assert words in beside_the_rest("P", "the rest of Q", row, entrants("Islington")).text
