"""Interrupted series against a likelihood maximised by scipy, and against the published tutorial."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import optimize, stats

from youthjustice.errors import InputProblem
from youthjustice.measures.trends.interrupted import interrupted_series
from youthjustice.measures.trends.log_lines import newey_west_lags
from youthjustice.measures.trends.periods import years

SICILY = os.environ.get("YOUTHJUSTICE_SICILY")


def monthly(counts, people=None, first="2012-01-31"):
    ends = pd.date_range(first, periods=len(counts), freq="ME")
    frame = pd.DataFrame({"period_end": ends, "children": counts})
    return frame if people is None else frame.assign(people=people)


def simulated(months=60, seed=11, step=0.7, turn=1.2):
    chance = np.random.default_rng(seed)
    year = np.arange(1, months + 1) / 12
    at = 3 + 1 / 12  # the first month after
    after = np.arange(months) >= 36
    people = chance.integers(20_000, 22_000, months).astype(float)
    level = 0.004 * 0.9**year * np.where(after, step * turn ** (year - at), 1)
    season = np.exp(0.2 * np.sin(2 * np.pi * year) - 0.1 * np.cos(4 * np.pi * year))
    return monthly(chance.poisson(people * level * season), people)


def by_hand(frame, slope=True, harmonics=0):
    """Maximise the Poisson likelihood without statsmodels; return coefficients and covariance."""
    time = np.arange(1, len(frame) + 1) / 12
    after = (np.arange(len(frame)) >= 36).astype(float)
    columns = [np.ones(len(frame)), time - 37 / 12, after]
    if slope:
        columns.append(after * (time - 37 / 12))
    for wave in range(1, harmonics + 1):
        columns += [np.sin(2 * np.pi * wave * time), np.cos(2 * np.pi * wave * time)]
    design, x, n = np.column_stack(columns), frame["children"], frame["people"]

    def mean(beta):
        return n * np.exp(design @ beta)

    start = np.r_[np.log(x.sum() / n.sum()), np.zeros(design.shape[1] - 1)]
    found = optimize.minimize(
        lambda beta: np.sum(mean(beta) - x * (design @ beta)),
        start,
        jac=lambda beta: design.T @ (mean(beta) - x),
        hess=lambda beta: design.T @ (mean(beta).to_numpy()[:, None] * design),
        method="trust-exact",
        options={"gtol": 1e-9},
    )
    fitted = mean(found.x)
    covariance = np.linalg.inv(design.T @ (fitted.to_numpy()[:, None] * design))
    dispersion = np.sum((x - fitted) ** 2 / fitted) / (len(x) - design.shape[1])
    return found.x, covariance, dispersion, len(x) - design.shape[1]


@pytest.mark.parametrize("slope", [True, False])
@pytest.mark.parametrize("harmonics", [0, 2])
def test_every_term_agrees_with_a_likelihood_maximised_by_hand(slope, harmonics):
    frame = simulated()
    beta, covariance, dispersion, freedom = by_hand(frame, slope, harmonics)
    found = interrupted_series(
        frame,
        at="2015-01-01",
        numerator="children",
        denominator="people",
        slope=slope,
        harmonics=harmonics,
    ).set_index("term")
    picks = {"trend_before": [1], "step": [2]}
    if slope:
        picks |= {"slope_change": [3], "trend_after": [1, 3]}
    assert list(found.index) == list(picks)
    for term, columns in picks.items():
        pick = np.zeros(len(beta))
        pick[columns] = 1
        error = np.sqrt(pick @ covariance @ pick * max(dispersion, 1))
        row = found.loc[term]
        assert np.log(row["value"]) == pytest.approx(pick @ beta, abs=1e-6)
        reach = stats.t.ppf(0.975, freedom) * error
        assert np.log(row["upper"] / row["lower"]) / 2 == pytest.approx(reach, rel=1e-5)
        expected = 2 * stats.t.sf(abs(pick @ beta) / error, freedom)
        assert row["p_value"] == pytest.approx(expected, rel=1e-4)
    assert found["dispersion"].iloc[0] == pytest.approx(dispersion, rel=1e-6)


def test_the_step_is_recovered_and_the_season_taken_out():
    found = interrupted_series(
        simulated(), at="2015-01-01", numerator="children", denominator="people", harmonics=2
    ).set_index("term")
    for term, truth in (("step", 0.7), ("slope_change", 1.2), ("trend_before", 0.9)):
        assert found.loc[term, "lower"] < truth < found.loc[term, "upper"]
    assert found.loc["step", "finding"] == "lower"
    assert found.loc["step", "points_before"] == 36
    assert found.loc["step", "points_after"] == 24


@pytest.mark.skipif(not SICILY, reason="the authors' data are not redistributed")
def test_o17_step_change_in_sicily(examples, reproduced):
    example = examples["O-17"]
    sicily = pd.read_csv(Path(SICILY))
    ends = pd.to_datetime(sicily[["year", "month"]].assign(day=1)) + pd.offsets.MonthEnd(0)
    frame = sicily.assign(period_end=ends)
    options = {
        "at": "2005-01-01",
        "numerator": "aces",
        "denominator": "stdpop",
        "slope": False,
        "quantile": "normal",
    }
    expected, tolerance = example["expected"], example["tolerance"]
    for name, model, harmonics in (
        ("poisson", "poisson", 0),
        ("quasi_poisson", "quasi_poisson", 0),
        ("harmonic", "quasi_poisson", 2),
    ):
        found = interrupted_series(frame, model=model, harmonics=harmonics, **options)
        row = found[found["term"] == "step"].iloc[0]
        reproduced(
            example, row[["value", "lower", "upper"]].tolist(), expected[name], atol=tolerance
        )
        wanted = expected["dispersion_harmonic" if harmonics else "dispersion"]
        reproduced(example, row["dispersion"], wanted, atol=tolerance)


def test_newey_west_limits_are_beside_the_model_s_and_never_narrower():
    found = interrupted_series(simulated(), at="2015-01-01", numerator="children")
    assert (found["hac_lower"] <= found["lower"]).all()
    assert (found["hac_upper"] >= found["upper"]).all()
    assert (found["hac_upper"] > found["upper"]).any()


def test_newey_west_errors_are_those_of_statsmodels():
    frame = simulated()
    found = interrupted_series(frame, at="2015-01-01", numerator="children").set_index("term")
    after = (frame["period_end"] >= "2015-01-01").to_numpy()
    time = years(frame["period_end"])
    time = time - time[after][0]
    design = np.column_stack([np.ones(time.size), time, after, np.where(after, time, 0)])
    robust = sm.GLM(frame["children"], design, family=sm.families.Poisson()).fit(
        tol=1e-12,
        cov_type="HAC",
        cov_kwds={"maxlags": int(newey_west_lags(time.size)), "use_correction": True},
    )
    quantile = stats.t.ppf(0.975, time.size - 4)
    wider = 0
    for term, column in (("trend_before", 1), ("step", 2), ("slope_change", 3)):
        row = found.loc[term]
        own, given = (
            np.log(row[f"{name}upper"] / row[f"{name}lower"]) / 2 / quantile
            for name in ("", "hac_")
        )
        error = robust.bse.iloc[column]
        assert given == pytest.approx(max(own, error), rel=1e-6)
        wider += error > own
    assert wider


@pytest.mark.parametrize(
    "counts",
    [
        [1e-9] * 12,
        [0, 0, 0, 0, 0, 7, 5, 4, 6, 5, 5, 6],
        [0, 0, 0, 0, 3, 0, 0, 0, 0, 4],
        [0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
    ],
)
@pytest.mark.parametrize("slope", [True, False])
def test_a_term_that_runs_off_to_infinity_is_not_told(counts, slope):
    ends = pd.date_range("2009-12-31", periods=len(counts), freq="YE")
    frame = pd.DataFrame({"period_end": ends, "children": counts})
    options = {"at": ends[len(counts) // 2], "numerator": "children", "slope": slope}
    found = interrupted_series(frame, **options)
    told = found["value"].notna()
    assert (told == found["finding"].isin(["lower", "higher", "no evidence of a change"])).all()
    assert (np.abs(np.log(found["value"][told])) < 10).all()
    assert slope is False or not told.any()


def test_each_series_has_its_own_rows_and_a_short_one_says_so():
    frame = pd.concat(
        [
            simulated().assign(area="Islington"),
            simulated(40).assign(area="Camden"),
            simulated(30).assign(area="Hackney"),
        ]
    )
    frame.attrs = {"source": "a table"}
    found = interrupted_series(
        frame, at="2015-01-01", numerator="children", denominator="people", by="area"
    )
    assert found["area"].tolist() == ["Islington"] * 4 + ["Camden"] * 4 + ["Hackney"] * 4
    assert found.attrs["source"] == "a table"
    camden, hackney = found[found["area"] == "Camden"], found[found["area"] == "Hackney"]
    assert (camden["finding"] == "not calculated: fewer than 5 points after").all()
    assert camden["value"].isna().all()
    assert (hackney["points_after"] == 0).all()
    assert hackney["flags"].str.startswith("few_points").all()
    alone = interrupted_series(
        frame[frame["area"] == "Islington"],
        at="2015-01-01",
        numerator="children",
        denominator="people",
    )
    np.testing.assert_allclose(found["value"].iloc[:4], alone["value"])
    before = interrupted_series(frame, at="2012-03-01", numerator="children", by="area")
    assert (before["finding"] == "not calculated: fewer than 5 points before").all()
    assert interrupted_series(frame.iloc[:0], at="2015-01-01", numerator="children").empty


def test_what_cannot_be_fitted_says_why():
    nothing = monthly([5] * 36 + [0] * 24)
    found = interrupted_series(nothing, at="2015-01-01", numerator="children")
    assert set(found["finding"]) == {"not calculated: no events on one side"}
    yearly = pd.DataFrame(
        {
            "period_end": pd.date_range("2010-12-31", periods=12, freq="YE"),
            "children": np.arange(40, 52),
        }
    )
    found = interrupted_series(yearly, at="2016-01-01", numerator="children", harmonics=1)
    assert set(found["finding"]) == {"not calculated: the terms cannot be told apart"}
    short = interrupted_series(
        yearly.iloc[3:8], at="2016-01-01", numerator="children", harmonics=1, minimum_points=2
    )
    assert set(short["finding"]) == {"not calculated: no more points than terms"}


def test_missing_and_implied_counts_and_the_pandemic_are_flagged():
    frame = simulated(96).astype({"children": float})
    frame.loc[3, "children"] = np.nan
    frame.loc[5, "children"] += 0.5
    found = interrupted_series(frame, at="2015-01-01", numerator="children", denominator="people")
    assert found["points_before"].iloc[0] == 35
    assert {"missing", "not_whole"} <= set(found["flags"].iloc[0].split(";"))
    late = frame.assign(period_end=frame["period_end"] + pd.DateOffset(years=5))
    again = interrupted_series(late, at="2020-01-01", numerator="children")
    assert "flagged_periods" in again["flags"].iloc[0]


def test_a_time_zone_makes_no_difference():
    zoned = pd.Timestamp("2015-01-01", tz="UTC")
    frame = simulated()
    pd.testing.assert_frame_equal(
        interrupted_series(frame, at=zoned, numerator="children"),
        interrupted_series(frame, at="2015-01-01", numerator="children"),
    )


def test_poisson_limits_are_narrower_when_the_counts_vary_more():
    frame = simulated()
    frame["children"] *= np.tile([1, 3], 30)
    options = {"at": "2015-01-01", "numerator": "children", "denominator": "people"}
    quasi = interrupted_series(frame, **options, quantile="normal")
    plain = interrupted_series(frame, **options, model="poisson")
    ratio = np.log(quasi["upper"] / quasi["lower"]) / np.log(plain["upper"] / plain["lower"])
    np.testing.assert_allclose(ratio, np.sqrt(quasi["dispersion"]), rtol=1e-9)
    assert quasi["flags"].str.contains("overdispersed").all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"at": "spring"}, "at is 'spring'; give a date"),
        ({"at": 2015}, "at is 2015"),
        ({"at": None}, "at is None"),
        ({"harmonics": 7}, "harmonics is 7"),
        ({"harmonics": 1.5}, "harmonics is 1.5"),
        ({"harmonics": True}, "harmonics is True"),
        ({"model": "arima"}, "model is 'arima'"),
        ({"quantile": "z"}, "quantile is 'z'"),
        ({"numerator": "offences"}, "no column 'offences'"),
        ({"minimum_points": -1}, "minimum_points is -1"),
        ({"confidence": 2}, "confidence is 2"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(options, message):
    given = {"at": "2015-01-01", "numerator": "children", **options}
    with pytest.raises(InputProblem, match=message):
        interrupted_series(simulated(), **given)
