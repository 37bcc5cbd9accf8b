"""Trends against R's printed output and statsmodels, and what happens at every edge."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from youthjustice.errors import InputProblem
from youthjustice.measures import rate_ratio
from youthjustice.measures.trends.log_lines import durbin_watson_bound, fit_lines
from youthjustice.measures.trends.trend_lines import trend_line
from youthjustice.measures.trends.trends import trend


def yearly(counts, people=None, first=2011, **columns):
    ends = pd.date_range(f"{first}-12-31", periods=len(counts), freq="YE")
    frame = pd.DataFrame({"period_end": ends, "children": counts, **columns})
    return frame if people is None else frame.assign(people=people)


def one(frame, **options):
    options.setdefault("numerator", "children")
    if "people" in frame:
        options.setdefault("denominator", "people")
    found = trend(frame, **options)
    assert len(found) == 1
    return found.iloc[0]


def half_width(row, low="lower", high="upper"):
    return np.log(row[high] / row[low]) / 2


def many(series=40, years=10, seed=20260101):
    chance = np.random.default_rng(seed)
    people = chance.integers(3_000, 60_000, (series, years)).astype(float)
    level = people * 0.003 * np.exp(-0.08 * np.arange(years))
    counts = chance.poisson(level * chance.gamma(8, 1 / 8, (series, years)))
    ends = pd.date_range("2014-12-31", periods=years, freq="YE")
    return pd.DataFrame(
        {
            "area": np.repeat(np.arange(series), years),
            "period_end": np.tile(ends, series),
            "children": counts.ravel(),
            "people": people.ravel(),
        }
    )


def glm(part, family=None):
    design = sm.add_constant(np.arange(float(len(part))))
    family = family or sm.families.Poisson()
    return sm.GLM(part["children"], design, family=family, offset=np.log(part["people"]))


def test_otr1_deaths_by_quarter_as_printed_from_r(examples, reproduced):
    example = examples["TR-1"]
    deaths = example["inputs"]["deaths"]
    ends = pd.date_range("1983-03-31", periods=len(deaths), freq="QE")
    frame = pd.DataFrame({"period_end": ends, "children": deaths})
    row = one(frame, model="poisson")
    tolerance = example["tolerance"]
    reproduced(example, np.log(row["value"]) / 4, example["expected"]["slope"], atol=tolerance)
    z = stats.norm.ppf(0.975)
    reproduced(example, half_width(row) / z / 4, example["expected"]["error"], atol=tolerance)
    line = trend_line(frame, numerator="children")
    ratio = np.where(line["observed"] > 0, line["observed"] / line["fitted"], 1.0)
    deviance = 2 * np.sum(line["observed"] * np.log(ratio) - (line["observed"] - line["fitted"]))
    reproduced(example, deviance, example["expected"]["residual_deviance"], atol=6e-4)


def test_otr2_cases_by_year_as_printed_from_r(examples, reproduced):
    example = examples["TR-2"]
    frame = yearly(example["inputs"]["cases"], first=example["inputs"]["first_year"])
    row = one(frame, model="poisson")
    expected, tolerance = example["expected"], example["tolerance"]
    reproduced(example, np.log(row["value"]), expected["slope"], atol=tolerance)
    line = trend_line(frame, numerator="children")
    first = np.log(line["fitted"].iloc[0])
    reproduced(example, first - np.log(row["value"]), expected["intercept"], atol=tolerance)


@pytest.mark.parametrize("model", ["poisson", "quasi_poisson", "auto"])
def test_many_series_at_once_agree_with_statsmodels_one_by_one(model):
    frame = many(12)
    found = trend(frame, numerator="children", denominator="people", by="area", model=model)
    for area, part in frame.groupby("area"):
        row, fit = found.iloc[area], glm(part).fit(tol=1e-12)
        dispersion = fit.pearson_chi2 / fit.df_resid
        scaled = model == "quasi_poisson" or (model == "auto" and dispersion > 1.5)
        quantile = stats.t.ppf(0.975, 8) if scaled else stats.norm.ppf(0.975)
        error = fit.bse.iloc[1] * (max(dispersion, 1) ** 0.5 if scaled else 1)
        assert np.log(row["value"]) == pytest.approx(fit.params.iloc[1], abs=1e-9)
        assert half_width(row) == pytest.approx(quantile * error, rel=1e-6)
        assert row["dispersion"] == pytest.approx(dispersion, rel=1e-9)
        assert row["method"].startswith("quasi" if scaled else "Poisson")
        tail = stats.t.sf if scaled else lambda z, _: stats.norm.sf(z)
        statistic = abs(fit.params.iloc[1]) / error
        assert row["p_value"] == pytest.approx(2 * tail(statistic, 8), rel=1e-6)


def test_newey_west_and_durbin_watson_agree_with_statsmodels():
    from statsmodels.stats.stattools import durbin_watson

    frame = many(5, years=14).assign(time=np.tile(np.arange(14.0), 5))
    of = np.zeros(14, dtype=np.int64)
    found = trend(frame, numerator="children", denominator="people", by="area")
    for area, part in frame.groupby("area"):
        row, plain = found.iloc[area], glm(part).fit(tol=1e-12)
        robust = glm(part).fit(
            tol=1e-12, cov_type="HAC", cov_kwds={"maxlags": 2, "use_correction": True}
        )
        lines = fit_lines(*part[["time", "children", "people"]].to_numpy().T, of)
        assert lines.hac_error[0] == pytest.approx(robust.bse.iloc[1], rel=1e-7)
        wider = max(stats.t.ppf(0.975, 12) * robust.bse.iloc[1], half_width(row))
        assert half_width(row, "hac_lower", "hac_upper") == pytest.approx(wider, rel=0.12)
        assert row["durbin_watson"] == pytest.approx(durbin_watson(plain.resid_pearson), rel=1e-9)


# Savin and White (1977), the upper bounds at 5%, by points and by terms beside the constant.
UPPER_BOUNDS = {
    (8, 1): 1.332,
    (10, 1): 1.320,
    (15, 1): 1.361,
    (20, 1): 1.411,
    (30, 1): 1.489,
    (50, 1): 1.585,
    (100, 1): 1.694,
    (20, 3): 1.676,
    (30, 3): 1.650,
    (50, 3): 1.674,
    (100, 3): 1.736,
}


@pytest.mark.parametrize(("points", "terms"), UPPER_BOUNDS)
def test_the_bound_of_durbin_watson_is_the_printed_one(points, terms):
    bound = durbin_watson_bound(points, terms + 1)
    assert bound == pytest.approx(UPPER_BOUNDS[points, terms], abs=0.03)


def test_one_independent_series_in_twenty_is_called_autocorrelated_and_alike_ones_more_often():
    chance = np.random.default_rng(5)
    years = 20
    alone = chance.normal(size=(1500, years))
    alike = np.zeros_like(alone)
    for year in range(years):
        alike[:, year] = 0.7 * alike[:, year - 1] * (year > 0) + alone[:, year]

    def share(noise):
        counts = chance.poisson(400 * np.exp(0.2 * noise))
        ends = pd.date_range("2001-12-31", periods=years, freq="YE")
        frame = pd.DataFrame(
            {
                "area": np.repeat(np.arange(len(noise)), years),
                "period_end": np.tile(ends, len(noise)),
                "children": counts.ravel(),
            }
        )
        found = trend(frame, numerator="children", by="area")
        assert (found["hac_lower"] <= found["lower"]).all()
        assert (found["hac_upper"] >= found["upper"]).all()
        return found["flags"].str.contains("autocorrelated").mean()

    assert 0.03 < share(alone) < 0.08
    assert share(alike) > 0.4


def test_the_negative_binomial_makes_its_chi_square_its_degrees_of_freedom():
    frame = many(4)
    options = {"numerator": "children", "denominator": "people", "by": "area"}
    found = trend(frame, model="negative_binomial", **options)
    assert found["method"].str.startswith("negative").sum() >= 2
    for area, part in frame.groupby("area"):
        row = found.iloc[area]
        if not row["method"].startswith("negative"):
            assert row["dispersion"] <= 1
            continue

        def fit(alpha, part=part):
            family = sm.families.NegativeBinomial(alpha=alpha)
            return glm(part, family).fit(tol=1e-12, maxiter=300, scale=1)

        best = fit(optimize.brentq(lambda alpha: fit(alpha).pearson_chi2 - 8, 1e-7, 50))
        assert np.log(row["value"]) == pytest.approx(best.params.iloc[1], abs=1e-6)
        assert half_width(row) == pytest.approx(stats.t.ppf(0.975, 8) * best.bse.iloc[1], rel=1e-5)


def sparse(series=300, years=7, seed=3):
    """Small counts, with every kind of zero."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson(chance.gamma(0.5, 8, (series, 1)) * np.ones(years))
    ends = pd.date_range("2014-12-31", periods=years, freq="YE")
    return pd.DataFrame(
        {
            "area": np.repeat(np.arange(series), years),
            "period_end": np.tile(ends, series),
            "children": counts.ravel(),
            "people": chance.integers(500, 900, counts.size).astype(float),
        }
    )


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_value_interval_p_value_and_finding_never_contradict(confidence):
    found = trend(
        sparse(), numerator="children", denominator="people", by="area", confidence=confidence
    )
    counts = sparse()["children"].to_numpy().reshape(-1, 7)
    fits = (counts[:, 1:].sum(axis=1) > 0) & (counts[:, :-1].sum(axis=1) > 0)
    assert 150 < fits.sum() < 300
    assert (found["value"].notna() == fits).all()
    assert found.loc[~fits, "finding"].str.startswith("not calculated").all()
    known = found[fits]
    assert ((known["lower"] < known["value"]) & (known["value"] < known["upper"])).all()
    excludes = (known["lower"] > 1) | (known["upper"] < 1)
    assert (excludes == (known["p_value"] < 1 - confidence)).all()
    assert ((known["finding"] == "no evidence of a change") == ~excludes).all()


def test_the_slope_makes_the_average_time_of_an_event_the_observed_one():
    frame = sparse()
    found = trend(frame, numerator="children", denominator="people", by="area")
    counts, people = (frame[c].to_numpy().reshape(-1, 7) for c in ("children", "people"))
    time = np.arange(7) - 3
    weight = people * found["value"].to_numpy()[:, None] ** time
    fits = found["value"].notna().to_numpy()
    np.testing.assert_allclose(
        ((weight * time).sum(axis=1) / weight.sum(axis=1))[fits],
        (counts * time).sum(axis=1)[fits] / counts.sum(axis=1)[fits],
        atol=1e-9,
    )


def test_time_backwards_and_larger_populations_do_what_they_must():
    frame = sparse()
    options = {"numerator": "children", "denominator": "people", "by": "area"}
    found = trend(frame, **options)
    back = frame.assign(
        period_end=frame.groupby("area")["period_end"].transform(lambda d: d.to_numpy()[::-1])
    )
    turned, scaled = (
        trend(back, **options),
        trend(frame.assign(people=frame["people"] * 50), **options),
    )
    np.testing.assert_allclose(turned["value"], 1 / found["value"], rtol=1e-8)
    np.testing.assert_allclose(turned["lower"], 1 / found["upper"], rtol=1e-6)
    np.testing.assert_allclose(turned["hac_lower"], 1 / found["hac_upper"], rtol=1e-6)
    for name in ("value", "lower", "upper", "dispersion", "change", "fitted_change"):
        np.testing.assert_allclose(scaled[name], found[name], rtol=1e-7, atol=1e-12)


@settings(max_examples=15)
@given(st.lists(st.integers(0, 400) | st.none(), min_size=1, max_size=9), st.floats(1, 1e5))
def test_any_series_at_all_gives_a_row(counts, people):
    row = one(yearly(pd.Series(counts, dtype="Int64"), people))
    assert np.isnan(row["value"]) == row["finding"].startswith("not calculated")
    assert row["points"] == sum(count is not None for count in counts)


def test_first_to_last_comes_from_the_counts_and_from_the_line():
    counts, people = [80, 70, 66, 50, 41, 44], [9e3, 9.1e3, 9.2e3, 9e3, 8.9e3, 9e3]
    row = one(yearly(counts, people))
    expected = rate_ratio(44, 9e3, 80, 9e3)
    assert row["change"] == expected.value
    assert (row["change_lower"], row["change_upper"]) == (expected.lower, expected.upper)
    assert (row["change_p_value"], row["change_method"]) == (expected.p_value, "midp")
    assert row["fitted_change"] == pytest.approx(row["value"] ** 5)
    assert row["fitted_change_lower"] == pytest.approx(row["lower"] ** 5)


def test_a_break_is_never_bridged():
    frame = yearly([900, 850, 800, 750, 700, 200, 250, 300, 350, 400, 450])
    found = trend(frame, numerator="children", breaks="2016-12-31")
    assert found["segment"].tolist() == [1, 2]
    assert found["finding"].tolist() == ["falling", "rising"]
    alone = one(frame.iloc[5:], model="auto")
    assert found["value"].iloc[1] == pytest.approx(alone["value"])
    assert found["last_period"].iloc[0] == pd.Timestamp("2015-12-31")
    line = trend_line(frame, numerator="children", breaks=["2016-12-31"])
    assert line["segment"].tolist() == [1] * 5 + [2] * 6
    again = trend(frame, numerator="children", breaks=pd.Timestamp("1990-01-01"))
    assert again["segment"].tolist() == [1]


def test_a_segment_too_short_for_a_line_says_so_and_keeps_its_first_to_last():
    found = trend(
        yearly([900, 850, 800, 750, 700, 20, 25]), numerator="children", breaks="2016-01-01"
    )
    row = found.iloc[1]
    assert row["finding"] == "not calculated: fewer than 5 points"
    assert row["flags"].split(";")[0] == "few_points"
    assert np.isnan(row["value"])
    assert np.isnan(row["hac_lower"])
    assert row["change"] == 25 / 20
    assert found.iloc[0]["finding"] == "falling"
    single = trend(yearly([5]), numerator="children").iloc[0]
    assert np.isnan(single["change"])
    assert single["change_method"] == ""


def test_missing_counts_are_left_out_and_said_and_zero_is_a_count():
    counts = pd.Series([40, None, 31, 0, 22, 17, 15], dtype="Float64")
    row = one(yearly(counts))
    kept = yearly([40, 1, 31, 0, 22, 17, 15]).drop(index=1)
    assert row["value"] == one(kept)["value"]
    assert row["points"] == 6
    assert "missing" in row["flags"].split(";")
    line = trend_line(yearly(counts), numerator="children")
    assert line["in_fit"].tolist() == [True, False, True, True, True, True, True]
    assert np.isnan(line["observed"].iloc[1])
    assert line["fitted"].iloc[1] > 0


def test_no_events_and_events_at_one_end_only_have_no_trend():
    nothing = one(yearly([0] * 6))
    assert nothing["finding"] == "not calculated: no events"
    assert nothing["flags"] == "no_events;small_numerator"
    end = one(yearly([0, 0, 0, 0, 7]))
    assert end["finding"] == "not calculated: undefined"
    assert "undefined" in end["flags"].split(";")
    assert np.isinf(end["change_upper"])
    middle = one(yearly([0, 0, 7, 0, 0]))
    assert middle["value"] == pytest.approx(1)
    assert middle["finding"] == "no evidence of a change"


def test_a_population_of_none_is_left_out():
    row = one(yearly([10, 9, 3, 8, 7, 6], [100, 100, 0, 100, 100, 100]))
    assert row["points"] == 5
    assert "denominator_zero" in row["flags"].split(";")


def test_flagged_periods_stay_in_unless_excluded():
    frame = yearly([90, 80, 70, 30, 25, 60, 55, 50], first=2017)
    row = one(frame)
    assert row["points"] == 8
    assert "flagged_periods" in row["flags"].split(";")
    without = one(frame, exclude_flagged=True)
    assert without["points"] == 6
    assert "flagged_periods" in without["flags"].split(";")
    assert without["dispersion"] < row["dispersion"]
    for label in ("2019", "2019-12", "2019-12-31", pd.Timestamp("2019-12-31")):
        line = trend_line(frame, numerator="children", flagged=label)
        assert line["flagged"].tolist() == [year == 2019 for year in range(2017, 2025)]
    assert "flagged_periods" not in one(frame, flagged=())["flags"]


def test_a_flagged_first_or_last_period_and_one_left_out_are_told_apart():
    counts = [90, 80, 70, 60, 55, 50]
    inside, end = (one(yearly(counts, first=first))["flags"] for first in (2017, 2016))
    assert "flagged_periods" in inside
    assert "flagged_ends" not in inside
    assert "flagged_ends" in end
    assert "flagged_left_out" not in end
    without = one(yearly(counts, first=2016), exclude_flagged=True)
    assert without["last_period"] == pd.Timestamp("2019-12-31")
    assert without["flags"] == "few_points;flagged_periods;flagged_left_out"


def test_flags_of_overdispersion_autocorrelation_and_implied_counts():
    row = one(yearly([100, 20, 100, 20, 100, 20]))
    assert "overdispersed" in row["flags"].split(";")
    assert row["method"].startswith("quasi-Poisson")
    wave = 200 + 60 * np.sin(np.arange(14) / 2)
    row = one(yearly(wave))
    assert {"autocorrelated", "not_whole"} <= set(row["flags"].split(";"))
    assert row["durbin_watson"] < 1


def test_the_band_is_that_of_statsmodels():
    frame = many(1)
    line = trend_line(frame, numerator="children", denominator="people", model="poisson", per=1)
    fit = glm(frame).fit(tol=1e-12)
    design = sm.add_constant(np.arange(10.0))
    error = np.sqrt(np.einsum("ij,jk,ik->i", design, fit.cov_params(), design))
    np.testing.assert_allclose(line["fitted"], np.exp(design @ fit.params), rtol=1e-8)
    np.testing.assert_allclose(
        np.log(line["upper"] / line["lower"]) / 2, stats.norm.ppf(0.975) * error, rtol=1e-6
    )


def test_quarters_and_financial_years_are_counted_in_years():
    ends = pd.date_range("2015-03-31", periods=12, freq="QE")
    frame = pd.DataFrame(
        {"period_end": ends.strftime("%Y-%m-%d"), "children": 1000 * 0.9 ** np.arange(12)}
    )
    assert one(frame)["value"] == pytest.approx(0.9**4)


def test_series_keep_their_order_and_attributes_and_neighbours_are_untouched():
    frame = pd.concat(
        [
            yearly([40, 38, None, 30, 28, 25], area="Islington"),
            yearly([1, 2], area="Hackney"),
            yearly([60, 50, 45, 40, 38, 33], area="Camden"),
        ]
    )
    frame.attrs = {"source": "a table"}
    found = trend(frame.sample(frac=1, random_state=1), numerator="children", by="area")
    assert found.attrs["source"] == "a table"
    assert found.attrs["confidence"] == 0.95
    alone = one(frame[frame["area"] == "Camden"], by="area")
    pd.testing.assert_series_equal(
        found.set_index("area").loc["Camden"],
        alone.rename("Camden").drop("area"),
        check_names=False,
        check_dtype=False,
    )
    empty = trend(frame.iloc[:0], numerator="children", by="area")
    assert list(empty.columns) == list(found.columns)
    assert empty.empty
    assert trend_line(frame.iloc[:0], numerator="children", by="area").empty


def test_the_same_day_written_otherwise_is_the_same_period():
    days = pd.Series(["2011-12-31", pd.Timestamp("2011-12-31 12:00"), "2012-12-31"], dtype=object)
    frame = pd.DataFrame({"period_end": days, "children": [1, 2, 3]})
    with pytest.raises(InputProblem, match=r"Row 1 .* stands twice"):
        trend(frame, numerator="children")
    zoned = yearly([40, 38, 35, 30, 28])
    mixed = [
        moment.tz_localize(zone)
        for moment, zone in zip(
            zoned["period_end"], ["UTC", "Europe/London"] * 2 + [None], strict=True
        )
    ]
    frame = zoned.assign(period_end=pd.Series(mixed, dtype=object))
    assert one(frame)["value"] == one(zoned)["value"]


def test_columns_may_have_any_kind_of_name():
    frame = pd.concat([yearly([40, 38, 35, 30, 28]), yearly([9, 8, 9, 7, 8])])
    frame[0], frame[1] = ["Camden"] * 5 + ["Hackney"] * 5, "all"
    expected = trend(frame.rename(columns={0: "area"}), numerator="children", by="area")
    for by in (0, [0], (0, 1), pd.Index([0]), np.array([0, 1])):
        found = trend(frame, numerator="children", by=by)
        assert found["value"].tolist() == expected["value"].tolist()


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"children": [-1, 2, 3]}, {}, "children is -1 in row 0"),
        ({"children": ["3", 2, 3]}, {}, "children is '3' in row 0"),
        ({"children": [np.inf, 2, 3]}, {}, "must be finite"),
        ({"period_end": [2011, 2012, 2013]}, {}, "period_end is 2011 in row 0"),
        ({"period_end": ["2011", "2012-12-31", "2013-12-31"]}, {}, "period_end is '2011' in row 0"),
        ({"period_end": [None, "2012-12-31", "2013-12-31"]}, {}, "period_end is missing in row 0"),
        ({"period_end": ["2012-12-31"] * 3}, {}, "Row 1 .* stands twice"),
        ({}, {"numerator": "offences"}, "no column 'offences'"),
        ({}, {"denominator": "children"}, "used twice"),
        ({}, {"by": "area"}, "no column 'area'"),
        ({"segment": 1}, {"by": "segment"}, "'segment' is also a column"),
        ({"value": 1}, {"by": "value"}, "'value' is also a column"),
        ({}, {"model": "arima"}, "model is 'arima'; choose one of auto"),
        ({}, {"confidence": 95}, "confidence is 95"),
        ({}, {"minimum_points": 2}, "needs at least 3 points"),
        ({}, {"minimum_points": "five"}, "minimum_points is 'five'"),
        ({}, {"dispersion_limit": 0}, "dispersion_limit is 0"),
        ({}, {"breaks": "April 2016"}, "breaks is 'April 2016'"),
        ({}, {"breaks": [2016]}, "breaks is 2016"),
        ({}, {"flagged": [2020]}, "flagged holds 2020"),
        ({}, {"flagged": pd.NaT}, "flagged is NaT"),
        ({}, {"numerator": ["children"]}, "A list names no column"),
        ({}, {"by": 5}, "no column 5"),
        ({}, {"by": [["area"]]}, r"by is \[\['area'\]\]"),
        ({"area": [[1], [2], [3]]}, {"by": "area"}, "'area' holds values that cannot be labels"),
        ({}, {"minimum_points": np.inf}, "minimum_points is inf"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(change, options, message):
    frame = yearly([1, 2, 3]).assign(**change)
    with pytest.raises(InputProblem, match=message) as problem:
        trend(frame, **{"numerator": "children", **options})
    assert str(problem.value).count("\n") == 0


def test_a_list_is_no_frame():
    with pytest.raises(InputProblem, match="frame is a list"):
        trend([1, 2], numerator="children")


def test_extreme_counts_still_give_the_root():
    time, of = np.arange(6.0), np.zeros(6, dtype=np.int64)
    lines = fit_lines(time, np.array([1e7, 0, 0, 0, 0, 1.0]), np.full(6, 1e-3), of)
    weight = np.exp(lines.slope[0] * time)
    assert np.dot(weight, time) / weight.sum() == pytest.approx(5 / (1e7 + 1), rel=1e-6)


def coverage(draws, level, years=9, spread=None, seed=7):
    chance = np.random.default_rng(seed)
    truth = 0.93
    mean = np.tile(level * truth ** np.arange(years), (draws, 1))
    if spread:
        mean = mean * chance.gamma(spread, 1 / spread, mean.shape)
    ends = pd.date_range("2016-12-31", periods=years, freq="YE")
    frame = pd.DataFrame(
        {
            "draw": np.repeat(np.arange(draws), years),
            "period_end": np.tile(ends, draws),
            "children": chance.poisson(mean).ravel(),
        }
    )
    found = trend(frame, numerator="children", by="draw")
    return ((found["lower"] <= truth) & (found["upper"] >= truth)).mean()


def test_the_interval_holds_the_truth_as_often_as_it_says():
    assert 0.94 < coverage(2_000, 40) < 0.975
    assert coverage(2_000, 40, spread=10) > 0.9


@pytest.mark.prove
@pytest.mark.parametrize("level", [8, 20, 60, 300])
def test_the_interval_holds_the_truth_in_every_setting(level):
    assert 0.94 < coverage(20_000, level) < 0.985
    assert coverage(20_000, level, spread=10) > 0.88
