"""Standardised rates against printed ones, other formulas for the same, and at every edge."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures import rate
from youthjustice.measures.areas.standardisation import standardise

COLUMNS = {"numerator": "x", "denominator": "n"}


def strata(x, n, **columns):
    return pd.DataFrame({"age": range(len(x)), "x": x, "n": n, **columns})


def test_o11b_two_areas_as_pysal_prints_them(examples, reproduced):
    example = examples["O-11b"]
    inputs = example["inputs"]
    table = pd.DataFrame(
        {
            "area": ["P"] * 4 + ["Q"] * 4,
            "age": [1, 2, 3, 4] * 2,
            "x": inputs["events"],
            "n": inputs["people"],
            "weight": inputs["standard"],
        }
    )
    found = standardise(table, "age", **COLUMNS, standard="weight", by="area", per=1)
    rates = example["expected"]["rates"]
    reproduced(example, found["value"], rates, atol=example["tolerance"])
    people = table[table["area"] == "P"].drop(columns="n").rename(columns={"weight": "n"})
    same = standardise(table, "age", **COLUMNS, standard=people, by="area", per=1)
    pd.testing.assert_frame_equal(found, same)


def test_o11c_rate_and_variance_as_printed_for_down_syndrome(examples, reproduced):
    example = examples["O-11c"]
    inputs, expected, close = example["inputs"], example["expected"], example["tolerance"]
    standard = strata(inputs["cases"], inputs["standard"])
    table = strata(inputs["cases"], inputs["births"])
    row = standardise(table, "age", **COLUMNS, standard=standard, per=inputs["per"]).iloc[0]
    reproduced(example, row["value"], expected["rate"], atol=close)
    y, variance = row["value"], row["standard_error"] ** 2
    lower = stats.gamma.ppf(0.025, y**2 / variance, scale=variance / y)
    reproduced(example, lower, expected["gamma_lower"], atol=close)
    share = standard["n"] / standard["n"].sum() / table["n"]
    y, variance = y + inputs["per"] * share.max(), variance + (inputs["per"] * share.max()) ** 2
    upper = stats.gamma.ppf(0.975, y**2 / variance, scale=variance / y)
    reproduced(example, upper, expected["gamma_upper"], atol=close)


def test_o11d_expected_deaths_as_printed_for_florida(examples, reproduced):
    example = examples["O-11d"]
    inputs, expected = example["inputs"], example["expected"]
    table = strata(inputs["deaths"], inputs["people"])
    standard = strata(inputs["standard_deaths"], inputs["standard_people"])
    row = standardise(table, "age", **COLUMNS, standard=standard, method="indirect").iloc[0]
    printed = sum(expected["expected_by_age"])
    reproduced(example, row["expected"], printed, atol=example["tolerance"])
    reproduced(example, row["value"], 538 / printed, atol=1e-5)
    # One age at a time, against what is printed for that age.
    each = table.assign(alone=table["age"])
    ages = standardise(
        each.assign(rate=standard["x"] / standard["n"], one=0),
        "one",
        **COLUMNS,
        standard="rate",
        by="alone",
        method="indirect",
    )
    reproduced(example, ages["expected"], expected["expected_by_age"], atol=example["tolerance"])


def test_dobson_limits_by_their_formula():
    table = strata([4, 9, 12], [1000, 800, 300], weight=[3, 2, 1])
    for limits in ("byar", "exact"):
        row = standardise(table, "age", **COLUMNS, standard="weight", limits=limits, per=1).iloc[0]
        share = np.array([3, 2, 1]) / 6
        value = (share * table["x"] / table["n"]).sum()
        variance = (share**2 * table["x"] / table["n"] ** 2).sum()
        count = rate(25, 1, per=1, method=limits)
        assert row["value"] == pytest.approx(value)
        for side in ("lower", "upper"):
            reach = np.sqrt(variance / 25) * (getattr(count, side) - 25)
            assert row[side] == pytest.approx(value + reach)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(60, 900)), min_size=1, max_size=8))
def test_standardised_to_itself_a_rate_is_its_crude_rate(pairs):
    x, n = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    table = strata(x, n)
    row = standardise(table, "age", **COLUMNS, standard=table).iloc[0]
    if x.sum() < 10:
        assert row["finding"] == "not calculated: fewer than 10 events"
        assert np.isnan(row["value"])
    else:
        for name in ("", "_lower", "_upper"):
            other = f"crude_rate{name}"
            assert row[name[1:] or "value"] == pytest.approx(row[other])
    if x.sum() > 0:
        ratio = standardise(table, "age", **COLUMNS, standard=table, method="indirect").iloc[0]
        assert ratio["value"] == pytest.approx(1)
        assert ratio["rate"] == pytest.approx(row["crude_rate"])
        assert ratio["p_value"] == 1


def test_the_exact_p_value_is_that_of_scipy_and_its_limits():
    table = strata([3, 4], [1000, 1000], r=[0.001, 0.0011])
    row = standardise(
        table, "age", **COLUMNS, standard="r", method="indirect", limits="exact"
    ).iloc[0]
    law = stats.poisson(2.1)
    assert row["p_value"] == pytest.approx(2 * min(law.sf(6), law.cdf(7)))
    assert (row["p_value"] < 0.05) == (row["lower"] > 1)
    assert np.isnan(row["rate"])


def test_under_ten_events_is_said_and_not_calculated():
    table = strata([4, 5], [1000, 1000])
    row = standardise(table, "age", **COLUMNS, standard=table).iloc[0]
    assert row["finding"] == "not calculated: fewer than 10 events"
    assert row[["value", "lower", "upper", "standard_error"]].isna().all()
    assert row["crude_rate"] == pytest.approx(450)
    assert "too_few" in row["flags"]
    asked = standardise(table, "age", **COLUMNS, standard=table, minimum_events=5).iloc[0]
    assert asked["finding"] == "calculated"
    ratio = standardise(table, "age", **COLUMNS, standard=table, method="indirect").iloc[0]
    assert ratio["method"] == "indirect, exact"
    none = strata([0, 0], [1000, 1000])
    zero = standardise(none, "age", **COLUMNS, standard=none, minimum_events=0).iloc[0]
    assert zero["finding"] == "not calculated: undefined"


def test_missing_absent_and_empty_strata():
    good = pd.DataFrame(
        {
            "area": list("PPPQQQRRSSS"),
            "age": [1, 2, 3, 1, 2, 3, 1, 2, 1, 2, 3],
            "x": [20, 30, 10, 20, np.nan, 10, 20, 30, 20, 30, 0],
            "n": [900, 900, 400, 900, 900, 400, 900, 900, 900, 900, 0],
        }
    )
    standard = pd.DataFrame({"age": [1, 2, 3], "x": [9, 9, 9], "n": [1000, 1000, 500]})
    found = standardise(good, "age", **COLUMNS, standard=standard, by="area")
    assert found["finding"].tolist() == [
        "calculated",
        "not calculated: a count or a stratum is missing",
        "not calculated: a count or a stratum is missing",
        "not calculated: nobody in a stratum",
    ]
    assert found["value"].isna().tolist() == [False, True, True, True]
    alone = standardise(good.iloc[:3], "age", **COLUMNS, standard=standard, by="area")
    pd.testing.assert_frame_equal(found.iloc[:1], alone)
    ratio = standardise(good, "age", **COLUMNS, standard=standard, by="area", method="indirect")
    assert ratio["value"].isna().tolist() == [False, True, True, False]


def test_two_columns_of_strata_and_an_empty_frame():
    table = pd.DataFrame(
        {"age": [1, 1, 2, 2], "sex": ["f", "m"] * 2, "x": [5, 6, 7, 8], "n": [90, 80, 70, 60]}
    )
    both = standardise(table, ["age", "sex"], **COLUMNS, standard=table)
    one = standardise(table.assign(cell=range(4)), "cell", **COLUMNS, standard="n")
    pd.testing.assert_frame_equal(both, one)
    assert len(standardise(table.iloc[:0], "age", **COLUMNS, standard="n", by="sex")) == 0


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"method": "both"}, "method is"),
        ({"limits": "normal"}, "limits is"),
        ({"standard": "weight"}, "standard is 'weight'"),
        ({"standard": 3}, "standard is 3"),
        ({"strata": []}, "names no column"),
        ({"strata": "sex"}, "no column 'sex'"),
        ({"per": -1}, "per is -1"),
        ({"minimum_events": -1}, "minimum_events is -1"),
        ({"standard": strata([1], [9])}, r"Row 1 \(age 1\) is not in the standard"),
        ({"standard": strata([1, 1], [9, 9]).assign(age=0)}, "stands twice in the standard"),
        ({"standard": strata([1, 1], [9, np.nan])}, "has no count"),
        ({"standard": pd.DataFrame({"age": [0, 1]})}, "no column 'n'"),
        ({"frame": strata([1, 1], [9, 9]).assign(age=["All", "x"]), "standard": "n"}, "total"),
        ({"frame": strata([1, 1], [9, 9]).assign(age=1), "standard": "n"}, "stands twice"),
        ({"frame": strata([-1, 1], [9, 9]), "standard": "n"}, "x is -1"),
    ],
)
def test_odd_arguments_are_refused(options, says):
    table = strata([40, 50], [900, 800])
    options = {"frame": table, "strata": "age", "standard": table, **COLUMNS, **options}
    with pytest.raises(InputProblem, match=says):
        standardise(**options)


@pytest.mark.prove
@pytest.mark.parametrize("expected", [12, 30, 100])
def test_dobson_limits_hold_the_true_rate(expected):
    chance = np.random.default_rng(expected)
    people = np.array([4000.0, 3000, 2000, 1000, 500])
    risk = np.array([1.0, 2, 4, 6, 3])
    risk *= expected / (people * risk).sum()
    weight = np.array([3.0, 3, 2, 1, 1])
    truth = (weight * risk).sum() / weight.sum()
    runs = 4000
    table = pd.DataFrame(
        {
            "run": np.repeat(np.arange(runs), 5),
            "age": np.tile(np.arange(5), runs),
            "n": np.tile(people, runs),
            "weight": np.tile(weight, runs),
            "x": chance.poisson(np.tile(people * risk, runs)).astype(float),
        }
    )
    found = standardise(
        table, "age", **COLUMNS, standard="weight", by="run", per=1, minimum_events=1
    )
    held = ((found["lower"] <= truth) & (truth <= found["upper"])).mean()
    assert 0.935 < held < 0.98
