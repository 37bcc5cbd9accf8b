"""Decompositions against Das Gupta's examples, a printed bootstrap, and every order of exchange."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from youthjustice.errors import InputProblem
from youthjustice.measures import product_effects
from youthjustice.measures.areas.composition import symmetric_factors
from youthjustice.measures.areas.decomposition import decompose
from youthjustice.measures.areas.factor_exchange import factor_effects

COLUMNS = {"numerator": "x", "denominator": "n", "between": "year", "first": 1, "last": 2}


def test_o18g_a_difference_of_two_factors(examples, reproduced):
    example = examples["O-18g"]
    found = factor_effects(lambda a, b: a - b, **_factors(example))
    reproduced(example, found, example["expected"]["effects"], atol=example["tolerance"])


def _factors(example):
    return {f"factors_{name}": example["inputs"][name] for name in "ab"}


def test_o18h_headship_by_age_in_two_vectors(examples, reproduced):
    example = examples["O-18h"]
    inputs, expected, close = example["inputs"], example["expected"], example["tolerance"]
    years = {
        year: [np.array(inputs[f"{part}_{year}"]) / 100 for part in ("share", "rate")]
        for year in (1970, 1985)
    }
    found = 100 * factor_effects(lambda a, b: np.sum(a * b), years[1985], years[1970])
    reproduced(example, found, [expected["composition"], expected["rate"]], atol=close)
    table = pd.concat(
        pd.DataFrame({"year": year, "age": range(13), "n": share, "x": share * rate})
        for year, (share, rate) in years.items()
    )
    parts = decompose(table, "age", **{**COLUMNS, "first": 1970, "last": 1985})
    # Shares add up to 100.1 in 1985, and counts are taken as a whole.
    np.testing.assert_allclose(parts["value"], [*found, found.sum()], atol=0.06)
    crude = [100 * np.sum(share * rate) for share, rate in years.values()]
    reproduced(example, crude, expected["crude"], atol=close)
    percent = 100 * found / found.sum()
    reproduced(example, percent, expected["percent"], atol=0.006)


def test_o18i_births_outside_marriage_by_a_function_of_four_vectors(examples, reproduced):
    example = examples["O-18i"]
    found = factor_effects(
        lambda a, b, c, d: np.sum(a * b * c) / (np.sum(a * b * c) + np.sum(a * (1 - b) * d)),
        **{name: list(np.array(part)) for name, part in _factors(example).items()},
    )
    expected = example["expected"]["effects"]
    reproduced(example, found, expected, atol=example["tolerance"])


def test_o18j_death_rates_by_age_and_race(examples, reproduced):
    example = examples["O-18j"]
    inputs, expected, close = example["inputs"], example["expected"], example["tolerance"]
    table = pd.concat(
        pd.DataFrame(
            {
                "year": year,
                "race": np.repeat([1, 2], 11),
                "age": np.tile(range(11), 2),
                "n": np.array(inputs[f"size_{year}"]) * 1000,
                "x": np.array(inputs[f"size_{year}"]) * inputs[f"rate_{year}"],
            }
        )
        for year in (1970, 1985)
    )
    options = {**COLUMNS, "first": 1970, "last": 1985, "basis": "rate", "per": 1000}
    found = decompose(table, ["age", "race"], **options)
    names = ["age", "race", "rate", "crude"]
    figures = found[["first", "last", "value"]].to_numpy()
    reproduced(example, figures, [expected[name] for name in names], atol=close)
    size = np.array(inputs["size_1985"])
    codes = np.array([np.tile(range(11), 2), np.repeat([0, 1], 11)])
    age, race = symmetric_factors(size / size.sum(), codes)
    reproduced(example, age[:6], expected["age_factor"], atol=1e-8)
    reproduced(example, race[:6], expected["race_factor"], atol=1e-7)
    np.testing.assert_allclose(age * race, size / size.sum())


@pytest.fixture
def wang(examples):
    inputs = examples["O-18k"]["inputs"]
    table = pd.DataFrame(inputs).rename(columns={"pop": "year", "size": "n"})
    return table.assign(x=table["n"] * table["rate"] / 100)


def test_o18k_effects_and_standard_errors_as_printed(examples, wang, reproduced):
    example = examples["O-18k"]
    options = {**COLUMNS, "first": "female", "last": "male"}
    found = decompose(wang, ["age", "ethnicity"], **options).set_index(
        pd.Index(["age", "ethnicity", "rate", "total"])
    )
    expected, close = example["expected"], example["tolerance"]
    for name in found.index:
        reproduced(example, found["first"][name], expected["female"][name], atol=close)
        reproduced(example, found["last"][name], expected["male"][name], atol=close)
        reproduced(example, found["value"][name], expected["effect"][name], atol=close)
        error = (found["upper"][name] - found["lower"][name]) / (2 * 1.959964)
        reproduced(example, error, expected["error"][name], rtol=0.1)
    for name, percent in expected["percent"].items():
        reproduced(example, found["percent"][name], percent, atol=0.006)


def test_intervals_by_resampling_children(wang):
    """Draw every child again with replacement, and decompose each time."""
    chance = np.random.default_rng(1)
    table = wang.assign(cell=wang["ethnicity"] * 10 + wang["age"], x=wang["x"].round())
    found = decompose(table, "cell", **{**COLUMNS, "first": "female", "last": "male"})
    sides = []
    for name in ("female", "male"):
        part = table[table["year"] == name]
        cells = np.r_[part["x"], part["n"] - part["x"]]
        again = chance.multinomial(int(cells.sum()), cells / cells.sum(), 1500)
        n = again[:, :12] + again[:, 12:]
        sides.append(np.array([n / n.sum(axis=1, keepdims=True), again[:, :12] / np.maximum(n, 1)]))
    drawn = 100 * product_effects(sides[1], sides[0]).sum(axis=2)
    error = np.std([*drawn, drawn.sum(axis=0)], axis=1)
    half = (found["upper"] - found["lower"]) / (2 * 1.959964)
    np.testing.assert_allclose(half, error, rtol=0.08)


def cohorts(counts):
    """Make a table of two years from rows of (children, reoffenders, reoffences) per stratum."""
    rows = [
        {"year": year, "before": before, "n": n, "x": x, "events": events}
        for year, side in zip((1, 2), counts, strict=True)
        for before, (n, x, events) in enumerate(side)
    ]
    return pd.DataFrame(rows)


SIDE = st.lists(
    st.tuples(st.integers(1, 400), st.floats(0.02, 1), st.floats(1, 9)), min_size=3, max_size=3
)


@settings(max_examples=10, deadline=None)
@given(SIDE, SIDE)
def test_effects_add_up_to_the_change_and_turn_their_sign(one, two):
    counts = [
        [(n, n * share, n * share * often) for n, share, often in side] for side in (one, two)
    ]
    table = cohorts(counts)
    for events in (None, "events"):
        found = decompose(table, "before", **COLUMNS, events=events, draws=100)
        parts, total = found["value"].iloc[:-1], found["value"].iloc[-1]
        assert parts.sum() == pytest.approx(total, abs=1e-9)
        np.testing.assert_allclose(found["last"] - found["first"], found["value"], atol=1e-9)
        above = "events" if events else "x"
        scale = 1 if events else 100
        for column, year in (("first", 1), ("last", 2)):
            part = table[table["year"] == year]
            rate = scale * part[above].sum() / part["n"].sum()
            assert found[column].iloc[-1] == pytest.approx(rate)
        back = decompose(
            table, "before", **{**COLUMNS, "first": 2, "last": 1}, events=events, draws=100
        )
        np.testing.assert_allclose(found["value"], -back["value"], atol=1e-9)
        assert ((found["lower"] <= found["value"]) & (found["value"] <= found["upper"])).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_average_over_all_orders_by_exchanging_one_after_another(count, random):
    a, b = ([random.uniform(0.1, 3) for _ in range(count)] for _ in range(2))

    def odd(*factors):
        return np.sin(factors[0]) + np.prod(factors) / (1 + factors[-1])

    expected = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        now = list(b)
        for factor in order:
            before = odd(*now)
            now[factor] = a[factor]
            expected[factor] += odd(*now) - before
    np.testing.assert_allclose(factor_effects(odd, a, b), expected / len(orders), atol=1e-12)
    product = factor_effects(lambda *factors: np.prod(factors), a, b)
    np.testing.assert_allclose(product, product_effects(a, b), atol=1e-10)


def test_symmetric_factors_of_three_variables_and_of_empty_cells():
    chance = np.random.default_rng(2)
    codes = np.array([c.ravel() for c in np.meshgrid([0, 1], [0, 1, 2], [0, 1], indexing="ij")])
    share = chance.dirichlet(np.ones(12))
    np.testing.assert_allclose(symmetric_factors(share, codes).prod(axis=0), share)
    order = [2, 0, 1]
    np.testing.assert_allclose(
        symmetric_factors(share, codes[order]), symmetric_factors(share, codes)[order]
    )
    holed = share * (np.arange(12) != 5)
    found = symmetric_factors(holed / holed.sum(), codes)
    np.testing.assert_allclose(found.prod(axis=0), holed / holed.sum())
    # Where variables are independent the factors are their own shares.
    parts = [chance.dirichlet(np.ones(size)) for size in (2, 3, 2)]
    alone = np.array([part[code] for part, code in zip(parts, codes, strict=True)])
    np.testing.assert_allclose(symmetric_factors(alone.prod(axis=0), codes), alone)


def test_places_and_years_cell_by_cell():
    table = cohorts([[(90, 30, 60), (50, 30, 90)], [(60, 20, 41), (80, 44, 160)]])
    both = pd.concat([table.assign(sex="female"), table.assign(sex="male", x=table["x"] - 3)])
    found = decompose(both, "before", **COLUMNS, by="sex")
    assert found["sex"].tolist() == ["female"] * 3 + ["male"] * 3
    alone = decompose(table, "before", **COLUMNS)
    pd.testing.assert_frame_equal(found.iloc[:3].drop(columns="sex"), alone)
    assert found.attrs["between"] == "year"


def test_an_uncertain_change_has_no_percentages():
    table = cohorts([[(90, 30, 60), (50, 30, 90)], [(90, 31, 60), (50, 30, 90)]])
    found = decompose(table, "before", **COLUMNS)
    assert found["percent"].isna().all()
    assert found["flags"].str.contains("change_uncertain").all()
    sure = decompose(cohorts([[(900, 300, 600)] * 2, [(900, 100, 200)] * 2]), "before", **COLUMNS)
    assert sure["percent"].iloc[-1] == 100
    assert sure["percent_lower"].notna().tolist() == [True, True, False]


def test_missing_and_empty_strata():
    table = cohorts([[(90, 30, 60), (50, 30, 90)], [(60, 20, 41), (80, 44, 160)]])
    missing = decompose(table.assign(x=[30, np.nan, 20, 44]), "before", **COLUMNS)
    assert missing["value"].isna().all()
    assert (missing["flags"] == "missing").all()
    absent = decompose(table.iloc[:3], "before", **COLUMNS)
    assert (absent["flags"] == "missing").all()
    empty = decompose(table.assign(n=[90, 0, 60, 80], x=[30, 0, 20, 44]), "before", **COLUMNS)
    assert (empty["flags"] == "empty_stratum").all()
    nobody = table.assign(n=[90, 0, 60, 0], x=[30, 0, 20, 0], events=[60, 0, 41, 0])
    alone = decompose(nobody, "before", **COLUMNS, events="events")
    assert alone["value"].iloc[0] == 0
    assert alone["value"].iloc[1:].notna().all()
    no_one = table.assign(x=[30, 0, 20, 44], events=[60, 0, 41, 160])
    often = decompose(no_one, "before", **COLUMNS, events="events")
    assert (often["flags"] == "empty_stratum").all()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"first": 3}, "There is no 3 in year"),
        ({"last": 1}, "both 1"),
        ({"first": [1]}, "There is no"),
        ({"strata": []}, "names no column"),
        ({"strata": "tier"}, "no column 'tier'"),
        ({"strata": ["before", "before"]}, "used twice"),
        ({"draws": 9}, "draws is 9"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"basis": "stage"}, "basis is"),
        ({"events": "events", "basis": "rate"}, "events belong"),
        ({"events": "n"}, "used twice"),
        ({"per": 0}, "per is 0"),
        ({"by": "factor"}, "no column 'factor'"),
    ],
)
def test_odd_arguments_are_refused(options, says):
    table = cohorts([[(90, 30, 60)], [(60, 20, 41)]])
    with pytest.raises(InputProblem, match=says):
        decompose(**{"frame": table, "strata": "before", **COLUMNS, **options})


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"x": [91, 20]}, r"x is above n in row 0 \(year 1, before 0\)"),
        ({"x": [-1, 20]}, "x is -1"),
        ({"n": ["many", 60]}, "n is 'many'"),
        ({"before": ["All", 1]}, "is a total over before"),
        ({"before": [None, 1]}, "has no before"),
        ({"events": [10, 41]}, "has fewer events than x"),
    ],
)
def test_impossible_tables_are_refused(columns, says):
    table = cohorts([[(90, 30, 60)], [(60, 20, 41)]]).assign(**columns)
    with pytest.raises(InputProblem, match=says):
        decompose(table, "before", **COLUMNS, events="events")


def test_a_stratum_that_stands_twice_is_refused():
    table = cohorts([[(90, 30, 60)], [(60, 20, 41)]])
    with pytest.raises(InputProblem, match="stands twice"):
        decompose(pd.concat([table, table.iloc[:1]]), "before", **COLUMNS)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sum", [1], [1]), "function is"),
        ((sum, [1, 2], [1]), "shapes"),
        ((sum, [], []), "There are 0 factors"),
        ((sum, [1] * 13, [1] * 13), "There are 13 factors"),
        ((sum, "12", [1, 2]), "factors_a is"),
        ((sum, ["one"], [1]), "factor 1 of factors_a is 'one'"),
        ((sum, [np.inf], [1]), "factor 1 of factors_a is inf"),
        ((lambda a: "much", [1], [2]), "returned 'much'"),
    ],
)
def test_odd_factors_are_refused(arguments, says):
    with pytest.raises(InputProblem, match=says):
        factor_effects(*arguments)


def coverage(children, runs, events, draws=1000, seed=5):
    """Return how often each interval holds the true effect."""
    chance = np.random.default_rng(seed)
    share = np.array([[0.45, 0.25, 0.15, 0.1, 0.05], [0.4, 0.25, 0.17, 0.11, 0.07]])
    rate = np.array([[0.2, 0.38, 0.55, 0.68, 0.8], [0.17, 0.34, 0.45, 0.57, 0.68]])
    often = np.array([[2, 2.5, 3.2, 3.8, 4.7], [2.7, 3, 3.5, 4, 5.2]])
    factors = [share, rate, often] if events else [share, rate]
    truth = product_effects(*(np.array([part[side] for part in factors]) for side in (1, 0)))
    truth = truth.sum(axis=1) * (1 if events else 100)
    truth = [*truth, truth.sum()]
    tables = []
    for run in range(runs):
        for side in (0, 1):
            n = chance.multinomial(children, share[side])
            x = chance.binomial(n, rate[side])
            more = chance.negative_binomial(np.maximum(x, 1), 1 / often[side]) * (x > 0)
            tables.append(
                pd.DataFrame(
                    {"run": run, "year": side + 1, "before": range(5), "n": n, "x": x,
                     "events": x + more}
                )
            )  # fmt: skip
    found = decompose(
        pd.concat(tables, ignore_index=True),
        "before",
        **COLUMNS,
        by="run",
        events="events" if events else None,
        draws=draws,
    ).dropna(subset="value")
    held = found.assign(
        held=(found["lower"] <= np.tile(truth, len(found) // len(truth)))
        & (np.tile(truth, len(found) // len(truth)) <= found["upper"])
    )
    return held.groupby("factor")["held"].mean()


def test_intervals_hold_the_truth_roughly_at_small_size():
    assert (coverage(600, 60, False) > 0.83).all()


def thin(strata, sizes, base, seed):
    """Return shares and rates of both sides, many strata with few children in each."""
    chance = np.random.default_rng(seed)
    share = chance.dirichlet(np.full(strata, 2.0), 2)
    first = np.clip(chance.normal(base, base / 3, strata), 0.02, 0.9)
    rate = np.array([first, np.clip(first - 0.02 + chance.normal(0, base / 6, strata), 0.02, 0.9)])
    return share, rate, chance, sizes


def counted(share, rate, chance, sizes, runs):
    """Draw tables; a stratum that came out empty gets one child, so that every run is used."""
    rows = []
    for run in range(runs):
        for side in (0, 1):
            n = np.maximum(chance.multinomial(sizes[side], share[side]), 1)
            rows.append(
                pd.DataFrame(
                    {"run": run, "year": side + 1, "before": range(len(n)), "n": n,
                     "x": chance.binomial(n, rate[side])}
                )
            )  # fmt: skip
    return pd.concat(rows, ignore_index=True)


@pytest.mark.parametrize(("basis", "base"), [("proportion", 0.1), ("rate", 0.1)])
def test_many_thin_strata_leave_the_interval_of_the_change_where_it_is(basis, base):
    table = counted(*thin(30, (600, 20_000), base, 3), 1)
    found = decompose(table, "before", **COLUMNS, basis=basis, per=100).iloc[-1]
    x, n = (table.groupby("year")[name].sum() for name in ("x", "n"))
    expected = confint_proportions_2indep(x[2], n[2], x[1], n[1], method="newcomb")
    np.testing.assert_allclose([found["lower"], found["upper"]], 100 * np.array(expected), atol=0.6)


def test_none_and_all_in_thin_strata():
    table = cohorts([[(3, 0, 0), (2, 0, 0)], [(4, 4, 9), (1, 1, 1)]])
    for basis in ("proportion", "rate"):
        found = decompose(table, "before", **COLUMNS, basis=basis, per=100)
        np.testing.assert_allclose(found["value"], [0, 100, 100], atol=1e-9)
        assert found[["lower", "upper"]].notna().all(axis=None)
    one = cohorts([[(3, 2, 2), (2, 1, 1)], [(4, 4, 4), (1, 1, 1)]])
    often = decompose(one, "before", **COLUMNS, events="events").set_index("kind")
    assert often["value"]["frequency"] == pytest.approx(0)
    assert often["lower"]["frequency"] < 0 < often["upper"]["frequency"]


@pytest.mark.prove
@pytest.mark.parametrize(
    ("strata", "sizes", "base"),
    [(5, (60, 20_000), 0.3), (30, (600, 20_000), 0.1), (60, (800, 50_000), 0.3)],
)
def test_intervals_of_many_thin_strata_hold_the_truth(strata, sizes, base):
    share, rate, chance, _ = thin(strata, sizes, base, 3)
    truth = 100 * product_effects(np.array([share[1], rate[1]]), np.array([share[0], rate[0]])).sum(
        axis=1
    )
    table = counted(share, rate, chance, sizes, 200)
    found = decompose(table, "before", **COLUMNS, by="run", draws=500)
    truth = np.tile([*truth, truth.sum()], 200)
    held = ((found["lower"] <= truth) & (truth <= found["upper"])).groupby(found["kind"]).mean()
    assert held.between(0.86, 0.99).all(), held


@pytest.mark.prove
@pytest.mark.parametrize(("children", "events"), [(400, True), (3000, False)])
def test_intervals_hold_the_truth(children, events):
    held = coverage(children, 700, events, draws=1500)
    assert held.between(0.92, 0.98).all(), held
