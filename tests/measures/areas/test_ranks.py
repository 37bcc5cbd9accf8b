"""Ranks with their uncertainty: sums that must hold, other ways of ranking, and every edge."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures import Prior, fit_prior, shrunken_proportion, shrunken_rate
from youthjustice.measures.areas.ranks import rank_uncertainty

COLUMNS = {"numerator": "x", "denominator": "n"}
CHANCES = ["highest_quarter", "lowest_quarter", "above_median"]


def areas(x, n):
    return pd.DataFrame({"area_code": [f"A{at}" for at in range(len(x))], "x": x, "n": n})


def spread_out(size=20, seed=3):
    chance = np.random.default_rng(seed)
    n = chance.integers(300, 3000, size)
    return areas(chance.poisson(n * chance.gamma(4, 0.005, size)).astype(float), n.astype(float))


def test_two_areas_against_the_chance_that_one_rate_is_above_the_other():
    found = rank_uncertainty(areas([12, 25], [1000, 1200]), **COLUMNS, prior="jeffreys")
    # The ratio of two gamma draws is a multiple of an F draw.
    first = stats.f(25, 51).sf((25.5 / 1200) / (12.5 / 1000))
    assert found["above_median"][0] == pytest.approx(first, abs=0.015)
    assert found["rank"].tolist() == [2, 1]
    share = rank_uncertainty(
        areas([12, 25], [100, 120]), **COLUMNS, prior="jeffreys", basis="proportion"
    )
    grid = np.linspace(0, 1, 20_001)
    one, two = stats.beta(12.5, 88.5), stats.beta(25.5, 95.5)
    chance = np.trapezoid(one.pdf(grid[1:-1]) * two.cdf(grid[1:-1]), grid[1:-1])
    assert share["above_median"][0] == pytest.approx(chance, abs=0.015)


def test_shrunken_values_are_those_of_the_package():
    table = spread_out(size=6)
    options = {**COLUMNS, "draws": 200}
    found = rank_uncertainty(table, **options, per=1000)
    expected = shrunken_rate(table["x"], table["n"], per=1000)
    for name in ("raw_value", "raw_lower", "value", "lower", "upper"):
        np.testing.assert_allclose(found[name], expected[name])
    shares = rank_uncertainty(table, **options, per=100, basis="proportion")
    np.testing.assert_allclose(
        shares["upper"], 100 * shrunken_proportion(table["x"], table["n"])["upper"]
    )
    given_ = rank_uncertainty(table, **options, prior=fit_prior(table["x"], table["n"]), per=1000)
    pd.testing.assert_frame_equal(found, given_)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(10, 60)), min_size=2, max_size=13),
    st.sampled_from([("rate", None), ("rate", "jeffreys"), ("proportion", "jeffreys")]),
    st.randoms(use_true_random=False),
)
@pytest.mark.prove
def test_any_order_of_rows_and_sums_of_the_chances(pairs, how, shuffle):
    options = {**COLUMNS, "basis": how[0], "prior": how[1], "draws": 200}
    x, n = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    table = areas(x, n)
    found = rank_uncertainty(table, **options)
    order = list(range(len(pairs)))
    shuffle.shuffle(order)
    mixed = rank_uncertainty(table.iloc[order], **options)
    again = mixed.set_index("area_code").loc[table["area_code"]].reset_index()
    pd.testing.assert_frame_equal(found, again)
    assert found["highest_quarter"].sum() == pytest.approx(len(pairs) / 4)
    assert found["lowest_quarter"].sum() == pytest.approx(len(pairs) / 4)
    assert found["above_median"].sum() == pytest.approx(len(pairs) / 2)
    assert ((found["rank_lower"] <= found["rank"]) & (found["rank"] <= found["rank_upper"])).all()
    assert found[["rank", "rank_lower", "rank_upper"]].isin(range(1, len(pairs) + 1)).all(axis=None)
    alike = found.groupby(["numerator", "denominator"])
    for name in ("rank", "rank_lower", "rank_upper", *CHANCES):
        assert alike[name].transform("first").equals(found[name])


def test_no_column_holds_a_rank_without_its_limits():
    names = [name for name in rank_uncertainty(spread_out(), **COLUMNS) if "rank" in name]
    assert names == ["rank", "rank_lower", "rank_upper"]


def test_shrinking_draws_a_small_area_in():
    table = areas([3.0, *[40] * 9, *[50] * 10], [40.0, *[2000] * 19])
    alone = rank_uncertainty(table, **COLUMNS, prior="jeffreys").iloc[0]
    common = rank_uncertainty(table, **COLUMNS, prior=Prior("gamma", 20, 900)).iloc[0]
    assert alone["rank"] == 1
    assert common["rank"] > 1
    assert common["highest_quarter"] < alone["highest_quarter"]


def test_where_chance_explains_everything_every_rank_is_as_likely():
    found = rank_uncertainty(areas([10, 10, 11, 9], [100.0] * 4), **COLUMNS)
    assert (found["rank_lower"] == 1).all()
    assert (found["rank_upper"] == 4).all()
    assert (found[CHANCES] == found[CHANCES].iloc[0]).all(axis=None)
    assert found["flags"].str.contains("full_shrinkage").all()


def test_missing_areas_have_no_rank_and_the_others_keep_theirs():
    table = spread_out()
    holed = pd.concat([table, areas([np.nan, 0], [500, 0])], ignore_index=True)
    holed.loc[20:, "area_code"] = ["B", "C"]
    whole, found = (rank_uncertainty(part, **COLUMNS, draws=500) for part in (table, holed))
    pd.testing.assert_frame_equal(whole, found.iloc[:20], check_dtype=False)
    assert found[["rank", "rank_lower", "rank_upper", "value"]].iloc[20:].isna().all(axis=None)
    assert found["flags"].iloc[20] == "missing"
    assert "denominator_zero" in found["flags"].iloc[21]


def test_cells_are_ranked_apart_and_one_area_alone_has_no_rank():
    table = pd.concat([spread_out().assign(year=1), spread_out(seed=4).assign(year=2)])
    table = pd.concat([table, areas([4], [90]).assign(year=3)], ignore_index=True)
    found = rank_uncertainty(table, **COLUMNS, by="year")
    assert found["areas"].unique().tolist() == [20, 1]
    second = rank_uncertainty(spread_out(seed=4), **COLUMNS)
    rows = found[found["year"] == 2].drop(columns="year").reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, second)
    last = found.iloc[-1]
    assert np.isnan(last["rank"])
    assert "one_area" in last["flags"]
    assert last["raw_value"] == pytest.approx(100_000 * 4 / 90)


def test_no_events_anywhere_and_an_empty_frame():
    none = rank_uncertainty(areas([0, 0, 0], [10, 10, 10]), **COLUMNS)
    assert (none["rank"] == none["rank"][0]).all()
    assert none["method"].str.contains("no prior can be fitted").all()
    empty = rank_uncertainty(areas([], []).astype({"x": float, "n": float}), **COLUMNS)
    assert len(empty) == 0
    assert "rank_upper" in empty


def test_the_seed_is_in_the_attrs_and_decides():
    table = spread_out()
    one, two, three = (
        rank_uncertainty(table, **COLUMNS, seed=seed, draws=300) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert not one["above_median"].equals(three["above_median"])
    assert one.attrs["seed"] == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"draws": 50}, "draws is 50"),
        ({"draws": 1000.0}, "draws is 1000.0"),
        ({"seed": -1}, "seed is -1"),
        ({"basis": "stage"}, "basis is"),
        ({"prior": "flat"}, "prior is 'flat'"),
        ({"prior": Prior("beta", 1, 1)}, "give a gamma prior"),
        ({"confidence": 1}, "confidence is 1"),
        ({"area": "place"}, "no column 'place'"),
        ({"numerator": "n", "denominator": "x", "basis": "proportion"}, "above"),
    ],
)
def test_odd_arguments_are_refused(options, says):
    with pytest.raises(InputProblem, match=says):
        rank_uncertainty(**{"frame": areas([3, 9], [40, 50]), **COLUMNS, **options})


def test_a_cell_is_ranked_alike_alone_and_beside_larger_ones(monkeypatch):
    table = pd.concat([spread_out().assign(year=1), spread_out(33, seed=4).assign(year=2)])
    found = rank_uncertainty(table, **COLUMNS, by="year", draws=700)
    alone = rank_uncertainty(spread_out(), **COLUMNS, draws=700)
    rows = found[found["year"] == 1].drop(columns="year")
    pd.testing.assert_frame_equal(rows, alone)
    # Numbers that are made anew for each cell are those that all cells shared.
    monkeypatch.setattr("youthjustice.measures.areas.ranks._KEPT", 0)
    pd.testing.assert_frame_equal(rank_uncertainty(table, **COLUMNS, by="year", draws=700), found)


@pytest.mark.prove
def test_rank_intervals_hold_the_true_rank():
    chance = np.random.default_rng(11)
    held = []
    for _ in range(60):
        n = chance.integers(500, 5000, 40).astype(float)
        truth = chance.gamma(6, 0.003, 40)
        found = rank_uncertainty(areas(chance.poisson(n * truth), n), **COLUMNS, draws=2000)
        rank = stats.rankdata(-truth)
        held.append(((found["rank_lower"] <= rank) & (rank <= found["rank_upper"])).mean())
    assert 0.93 < np.mean(held) < 0.985
