"""Funnels against printed limits, scipy's distributions and statsmodels, and at every edge."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion, rate
from youthjustice.measures.areas.funnel_lines import funnel_limits
from youthjustice.measures.areas.funnels import funnel
from youthjustice.measures.areas.overdispersion import dispersion

COLUMNS = {"numerator": "x", "denominator": "n"}


def areas(x, n, **columns):
    codes = [f"A{at}" for at in range(len(x))]
    return pd.DataFrame({"area_code": codes, "x": x, "n": n, **columns})


def many(size=350, years=12, seed=20260101, spread=60.0):
    chance = np.random.default_rng(seed)
    n = chance.integers(5, 3000, size * years)
    share = chance.beta(0.3 * spread, 0.7 * spread, size * years)
    return pd.DataFrame(
        {
            "area_code": np.tile(np.arange(size), years),
            "year": np.repeat(np.arange(years), size),
            "x": chance.binomial(n, share).astype(float),
            "n": n.astype(float),
        }
    )


def test_o12_limits_of_a_proportion_as_printed_by_public_health_england(examples, reproduced):
    example = examples["O-12a"]
    n, expected = example["inputs"]["n"], example["expected"]
    lines = funnel_limits(example["inputs"]["benchmark"], n, method="score", per=100)
    found = funnel(
        areas(np.zeros(len(n)), n),
        **COLUMNS,
        benchmark=example["inputs"]["benchmark"],
        method="score",
        per=100,
    )
    for table in (lines, found):
        for name in ("lower_95", "upper_95", "lower_99_8", "upper_99_8"):
            side, level = name.split("_", 1)
            got = table[f"limit_{level}_{side}"]
            reproduced(example, got, expected[name], atol=example["tolerance"])


@settings(max_examples=15, deadline=None)
@given(
    st.integers(1, 400),
    st.floats(0.01, 0.99),
    st.sampled_from([0.5, 0.9, 0.95, 0.998]),
    st.sampled_from(["proportion", "rate"]),
)
def test_an_area_is_outside_just_when_its_tail_is_short(n, centre, level, basis):
    x = np.arange(n + 1)
    table = areas(x, np.full(n + 1, n))
    found = funnel(table, **COLUMNS, benchmark=centre, basis=basis, per=1, limits=level)
    law = stats.binom(n, centre) if basis == "proportion" else stats.poisson(n * centre)
    tail = (1 - level) / 2
    up, down = law.sf(x - 1), law.cdf(x)
    clear = (np.abs(up / tail - 1) > 1e-9) & (np.abs(down / tail - 1) > 1e-9)
    expected = np.where(up < tail, "above", np.where(down < tail, "below", "within"))
    words = found["position"].str.split().str[0]
    assert (words[clear] == expected[clear]).all()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=12),
    st.sampled_from(["none", "additive", "multiplicative"]),
    st.sampled_from(["exact", "score"]),
)
def test_exchanging_those_who_do_and_those_who_do_not_mirrors_the_funnel(pairs, choice, method):
    x, rest = np.array(pairs).T
    options = {"overdispersion": choice, "method": method, "minimum_areas": 2}
    one = funnel(areas(x, x + rest), **COLUMNS, **options)
    two = funnel(areas(rest, x + rest), **COLUMNS, **options)
    np.testing.assert_allclose(one["z"], -two["z"], atol=1e-7)
    for level in ("95", "99_8"):
        np.testing.assert_allclose(
            one[f"limit_{level}_upper"], 1 - two[f"limit_{level}_lower"], atol=1e-7
        )


def test_own_intervals_are_those_of_the_package_and_the_centre_is_pooled():
    table = areas([3, 0, 40], [40, 10, 90])
    found = funnel(table, **COLUMNS)
    own = proportion(table["x"], table["n"])
    np.testing.assert_allclose(found["lower"], own.lower)
    assert found["benchmark"].tolist() == pytest.approx([43 / 140] * 3)
    rates = funnel(table, **COLUMNS, basis="rate", per=1000)
    np.testing.assert_allclose(rates["upper"], rate(table["x"], table["n"], per=1000).upper)
    assert rates["benchmark"].iloc[0] == pytest.approx(1000 * 43 / 140)


def test_tau_squared_is_that_of_dersimonian_and_laird_in_statsmodels():
    table = many(size=40, years=1)
    angle = np.arcsin(np.sqrt(table["x"] / table["n"]))
    variance = 1 / (4 * table["n"])
    expected = combine_effects(angle.to_numpy(), variance.to_numpy(), method_re="dl")
    # Their variance is about the weighted mean of the angles, so that is given as the centre.
    centre = np.sin(np.average(angle, weights=1 / variance)) ** 2
    found = funnel(table, **COLUMNS, benchmark=centre, winsorise=0, overdispersion="additive")
    assert found["tau_squared"].iloc[0] == pytest.approx(expected.tau2, rel=1e-9)
    assert found["phi"].iloc[0] == pytest.approx(expected.q / 40, rel=1e-9)


def test_winsorising_by_numpy_quantiles_cell_by_cell():
    chance = np.random.default_rng(1)
    z, cell = chance.normal(size=57), np.repeat([0, 1, 2], [30, 7, 20])
    error = chance.uniform(0.01, 0.2, 57)
    found = dispersion(z, error, cell, 3, 0.1)
    for at in range(3):
        part = z[cell == at]
        drawn = np.clip(part, *np.quantile(part, [0.1, 0.9]))
        assert found.phi[at] == pytest.approx(np.mean(drawn**2))
        w = error[cell == at] ** -2
        tau = (np.sum(drawn**2) - (len(part) - 1)) / (w.sum() - (w**2).sum() / w.sum())
        assert found.tau_squared[at] == pytest.approx(max(tau, 0))


def test_adjusted_limits_agree_with_adjusted_scores():
    table = many(size=60, years=2, spread=30)
    for choice in ("additive", "multiplicative", "auto"):
        found = funnel(table, **COLUMNS, by="year", overdispersion=choice)
        assert (found["overdispersion"] == ("additive" if choice == "auto" else choice)).all()
        assert (found["method"] == "normal").all()
        outside = np.abs(found["adjusted_z"]) > stats.norm.ppf(0.975)
        assert (outside == (found["position"] != "within chance")).all()
        assert (np.abs(found["adjusted_z"]) <= np.abs(found["z"])).all()
        wider = found["limit_95_upper"] - found["limit_95_lower"]
        plain = funnel(table, **COLUMNS, by="year")
        assert (wider > (plain["limit_95_upper"] - plain["limit_95_lower"])).mean() > 0.95


def test_the_spread_and_the_lines_fit_together():
    table = many(size=60, years=1)
    found = funnel(table, **COLUMNS, overdispersion="additive")
    lines = funnel_limits(
        found["benchmark"].iloc[0], table["n"], tau_squared=found.attrs["tau_squared"]
    )
    np.testing.assert_allclose(lines["limit_95_upper"], found["limit_95_upper"])
    assert found.attrs["areas"] == 60
    assert found.attrs["overdispersion"] == "additive"


def test_few_areas_are_never_adjusted_and_flagged():
    found = funnel(many(size=9, years=1), **COLUMNS, overdispersion="auto")
    assert (found["overdispersion"] == "none").all()
    assert found["flags"].str.contains("too_few_areas").all()
    assert (found["adjusted_z"] == found["z"]).all()


def test_areas_that_differ_by_chance_alone_are_left_as_they_are():
    chance = np.random.default_rng(5)
    n = chance.integers(50, 900, 400)
    found = funnel(areas(chance.binomial(n, 0.3), n), **COLUMNS, overdispersion="auto")
    assert (found["overdispersion"] == "none").all()
    assert 0.015 < (found["position"] != "within chance").mean() < 0.065


def test_a_missing_count_is_missing_and_moves_no_neighbour():
    whole = funnel(areas([3, 9, 40], [40, 50, 90]), **COLUMNS, benchmark=0.3)
    holed = funnel(areas([3, np.nan, 40], [40, 50, 90]), **COLUMNS, benchmark=0.3)
    same = ["value", "limit_95_lower", "limit_99_8_upper", "z", "position"]
    pd.testing.assert_frame_equal(whole.loc[[0, 2], same], holed.loc[[0, 2], same])
    assert holed["position"][1] == "not calculated: a count is missing"
    assert holed["flags"][1] == "missing"
    assert np.isnan(holed["limit_95_lower"][1])
    assert holed["areas"].tolist() == [2, 2, 2]


def test_edges_nobody_none_all_and_one():
    found = funnel(areas([0, 0, 5], [0, 5, 5]), **COLUMNS)
    assert found["position"].tolist() == ["not calculated: undefined", *["within chance"] * 2]
    assert "denominator_zero" in found["flags"][0]
    assert (funnel(areas([0, 0], [5, 9]), **COLUMNS)["position"] == "within chance").all()
    assert (funnel(areas([5, 9], [5, 9]), **COLUMNS)["position"] == "within chance").all()
    one = funnel(areas([5], [9]), **COLUMNS, overdispersion="auto")
    assert one["position"][0] == "within chance"
    empty = funnel(areas([], []).astype({"x": float, "n": float}), **COLUMNS)
    assert len(empty) == 0
    assert "limit_99_8_lower" in empty
    large = funnel(areas([3e11, 1], [9e11, 3]), **COLUMNS, basis="rate")
    assert large["limit_95_lower"].notna().all()


def test_cells_are_worked_out_apart():
    table = many(size=30, years=3)
    both = funnel(table, **COLUMNS, by="year", overdispersion="auto")
    for year, part in table.groupby("year"):
        alone = funnel(part, **COLUMNS, overdispersion="auto")
        rows = both[both["year"] == year].drop(columns="year").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone, check_like=True)


def test_attrs_are_kept():
    table = areas([3, 9], [40, 50])
    table.attrs["source"] = "here"
    found = funnel(table, **COLUMNS)
    assert found.attrs["source"] == "here"
    assert found.attrs["limits"] == (0.95, 0.998)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"limits": 1.0}, "limits holds 1.0"),
        ({"limits": ()}, "limits is"),
        ({"limits": (0.95, 0.95)}, "limits is"),
        ({"limits": "0.95"}, "limits holds"),
        ({"method": "normal"}, "method is"),
        ({"basis": "stage"}, "basis is"),
        ({"overdispersion": "yes"}, "overdispersion is"),
        ({"winsorise": 0.5}, "winsorise is"),
        ({"winsorise": True}, "winsorise is"),
        ({"benchmark": 1.5}, "benchmark is 1.5"),
        ({"benchmark": 0}, "benchmark is 0"),
        ({"benchmark": "0.3"}, "benchmark is"),
        ({"minimum_areas": 1}, "minimum_areas is 1"),
        ({"per": 0}, "per is 0"),
        ({"confidence": 95}, "confidence is 95"),
        ({"by": "year"}, "no column 'year'"),
        ({"area": "x"}, "used twice"),
    ],
)
def test_odd_arguments_are_refused_in_one_sentence(change, says):
    with pytest.raises(InputProblem, match=says):
        funnel(areas([3, 9], [40, 50]), **{**COLUMNS, **change})


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"x": [-1, 2]}, "x is -1 in row 0"),
        ({"x": ["three", 2]}, "x is 'three' in row 0"),
        ({"x": [50, 2]}, r"x is above n in row 0 \(area_code A0\)"),
        ({"n": [np.inf, 2]}, "n is inf"),
        ({"area_code": ["A", "A"]}, r"Row 1 \(area_code A\) stands twice"),
        ({"area_code": ["A", None]}, "Row 1 .* has no area_code"),
        ({"area_code": ["A", "All"]}, "Row 1 .* is a total"),
        ({"area_code": ["A", " total"]}, "Row 1 .* is a total"),
        ({"area_code": ["Kent", "KENT "]}, "Row 1 .* stands twice, however it is spelt"),
        ({"area_code": ["E92000001", "E09000019"]}, "E92000001, which is no area beside E09000019"),
        ({"area_code": ["E12000007", "E09000019"]}, "E12000007"),
        ({"area_code": ["K04000001", "W06000015"]}, "K04000001"),
    ],
)
def test_impossible_tables_are_refused_and_the_row_named(columns, says):
    with pytest.raises(InputProblem, match=says):
        funnel(areas([3, 2], [40, 50]).assign(**columns), **COLUMNS)


def test_regions_and_countries_stand_beside_their_equals():
    for codes in (["E12000007", "E12000001", "W92000004"], ["E92000001", "W92000004", "S92000003"]):
        assert len(funnel(areas([3, 2, 1], [9, 9, 9]).assign(area_code=codes), **COLUMNS)) == 3


@pytest.mark.prove
def test_twelve_years_of_350_areas_are_quick_and_rows_are_as_alone():
    table = many()
    found = funnel(table, **COLUMNS, by="year", overdispersion="none")
    some = table[table["year"] == 3]
    alone = funnel(some, **COLUMNS)
    rows = found[found["year"] == 3].drop(columns="year").reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, alone)


@pytest.mark.prove
@pytest.mark.parametrize("basis", ["proportion", "rate"])
def test_additive_limits_hold_most_areas_of_a_spread_that_is_normal(basis):
    chance = np.random.default_rng(7)
    outside = []
    for _ in range(40):
        n = chance.integers(200, 3000, 150)
        angle = np.arcsin(np.sqrt(0.3)) + chance.normal(0, 0.06, 150)
        x = chance.binomial(n, np.sin(angle) ** 2)
        if basis == "rate":
            x = chance.poisson(n * (np.sqrt(0.3) + chance.normal(0, 0.06, 150)) ** 2)
        found = funnel(
            areas(x, np.maximum(n, x)), **COLUMNS, basis=basis, overdispersion="additive"
        )
        outside.append((found["position"] != "within chance").mean())
    # Winsorising a tenth at each end narrows the spread: near 10% lie outside, not 5%.
    assert 0.05 < np.mean(outside) < 0.13
