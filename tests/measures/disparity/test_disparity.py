"""The index of disparity, its interval, and what it would be by chance alone."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from youthjustice.errors import InputProblem
from youthjustice.measures import relative_rate_index
from youthjustice.measures.disparity.disparity import index_of_disparity

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
FIGURES = ["value", "value_lower", "value_upper", "weighted", "weighted_lower", "weighted_upper",
           "expected_by_chance", "expected_by_chance_upper", "p_value", "weighted_p_value"]  # fmt: skip


def frame(x, n, groups=GROUPS, **keys):
    return pd.DataFrame({**keys, "ethnic_group": groups, "x": x, "n": n})


def disparity(table, **options):
    return index_of_disparity(table, **{"numerator": "x", "denominator": "n", **options})


AREA = frame([12, 60, 40, 80, 9], [2000, 3000, 2500, 9000, 1000])
SMALL = frame([1, 3, 0, 20, 1], [118, 59, 59, 738, 26])


def test_o8_index_of_disparity_and_ratios_to_white(examples, reproduced):
    example = examples["O-8"]
    inputs, expected = example["inputs"], example["expected"]
    table = pd.concat(
        frame(cases, inputs["population"], inputs["groups"], year=year)
        for year, cases in inputs["cases"].items()
    )
    found = disparity(table, by="year", draws=200).set_index("year")
    for year, printed in expected["index"].items():
        reproduced(example, found.loc[year, "value"], printed, atol=example["tolerance"])
        weighted = expected["weighted"][year]
        reproduced(example, found.loc[year, "weighted"], weighted, atol=example["tolerance"])
    ratios = relative_rate_index(table, numerator="x", denominator="n", by="year")
    ratios = ratios.set_index(["year", "ethnic_group"])["value"]
    for year, printed in expected["ratio_to_white"].items():
        for group, ratio in printed.items():
            reproduced(example, ratios[year, group], ratio, atol=example["tolerance"])


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_the_mean_by_chance_is_that_of_the_distribution_itself(basis):
    """Summed over every count a group can have, where the draws only sample."""
    found = disparity(SMALL, basis=basis, draws=20_000).iloc[0]
    events, people = SMALL["x"].sum(), SMALL["n"].to_numpy()
    counts = np.arange(events + 1)
    gaps = []
    for n in people:
        model = (
            stats.binom(events, n / people.sum())
            if basis == "population"
            else stats.hypergeom(people.sum(), n, events)
        )
        share = n / people.sum()
        gaps.append((model.pmf(counts) * np.abs(counts / (events * share) - 1)).sum())
    assert found["expected_by_chance"] == pytest.approx(100 * np.mean(gaps), rel=0.01)
    assert found["expected_by_chance"] > 40
    assert found["value"] < found["expected_by_chance_upper"]
    assert found["value_lower"] == 0


def test_two_groups_have_the_p_value_of_the_exact_binomial_test():
    """With two groups the index orders their splits as the distance from the even one does."""
    table = frame([40, 60], [2800, 7200], ["Black", "White"])
    found = disparity(table, draws=50_000).iloc[0]
    far = np.abs(np.arange(101) - 28) >= 12
    assert found["p_value"] == pytest.approx(
        stats.binom(100, 0.28).pmf(np.arange(101))[far].sum(), rel=0.1
    )


def test_equal_rates_have_no_disparity():
    found = disparity(frame([20, 30, 25, 90, 10], [2000, 3000, 2500, 9000, 1000])).iloc[0]
    assert found["value"] == pytest.approx(0, abs=1e-9)
    assert found["p_value"] == 1
    assert found["value_lower"] == 0


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_every_index_lies_in_its_interval_and_the_interval_agrees_with_the_test(basis):
    chance = np.random.default_rng(3)
    n = chance.integers(1, 400, 200)
    table = frame(chance.binomial(n, 0.1), n, GROUPS * 40, area=np.repeat(np.arange(40), 5))
    found = disparity(table, by="area", basis=basis, draws=300)
    for name in ("value", "weighted"):
        some = found[found[name].notna()]
        assert len(some) > 30
        assert (some[f"{name}_lower"] <= some[name]).all()
        assert (some[name] <= some[f"{name}_upper"]).all()
        p = "p_value" if name == "value" else "weighted_p_value"
        assert (some.loc[some[p] > 0.05, f"{name}_lower"] == 0).all()


def test_neither_neighbours_nor_order_nor_unknown_move_a_cell():
    other = SMALL.assign(area="B")
    both = pd.concat([AREA.assign(area="A"), other, frame([7], [None], ["Unknown"], area="A")])
    alone = disparity(AREA, draws=300)
    found = disparity(both.iloc[::-1], by="area", draws=300).set_index("area")
    assert list(found.index) == ["A", "B"]
    pd.testing.assert_series_equal(
        found.loc["A", FIGURES], alone.loc[0, FIGURES], check_names=False, check_dtype=False
    )
    missing = other.assign(x=np.nan)
    gap = disparity(pd.concat([AREA.assign(area="A"), missing]), by="area", draws=300)
    assert gap.loc[0, FIGURES].equals(alone.loc[0, FIGURES])
    assert gap.loc[1, FIGURES].isna().all()
    assert gap.loc[1, "flags"] == "missing"
    assert disparity(AREA, draws=300, seed=1)["value_lower"][0] != alone["value_lower"][0]


@pytest.mark.parametrize(
    ("table", "flags"),
    [
        (frame([0] * 5, [100] * 5), "undefined;zero_numerator;small_numerator"),
        (AREA[3:4], "undefined"),
        (frame([5, 20], [0, 100], ["Black", "White"]), "denominator_zero;undefined"),
    ],
)
def test_what_has_no_index_says_why(table, flags):
    found = disparity(table, draws=100).iloc[0]
    assert found[FIGURES].isna().all()
    assert found["flags"] == flags


def test_a_group_without_a_population_is_left_out():
    table = pd.concat([AREA, frame([0], [0], ["Zulu"])])
    found, without = disparity(table, draws=300).iloc[0], disparity(AREA, draws=300).iloc[0]
    assert found[FIGURES].equals(without[FIGURES])
    assert (found["groups"], found["flags"]) == (5, "denominator_zero;small_numerator")


def test_fractions_are_taken_and_flagged():
    found = disparity(frame([0.5, 0.5], [0.5, 0.9], ["Black", "White"]), basis="stage").iloc[0]
    assert found["value"] > 0
    assert "not_whole" in found["flags"]


def test_no_rows_give_no_rows_by_area_and_columns_are_tidy():
    empty = disparity(AREA.assign(area="A").iloc[:0], by="area")
    assert empty.empty
    assert list(empty) == [
        "area",
        "groups",
        "numerator",
        "denominator",
        *FIGURES,
        "method",
        "flags",
    ]


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        (AREA, {"draws": 10}, "draws is 10"),
        (AREA, {"draws": 1000.5}, "draws is 1000.5"),
        (AREA, {"seed": -1}, "seed is -1"),
        (AREA, {"basis": "people"}, "population, stage"),
        (AREA, {"basis": "stage", "numerator": "n", "denominator": "x"}, "n is above x"),
        (AREA.replace({"Other": "All"}), {}, "total over ethnic_group"),
        (pd.concat([AREA, AREA[:1]]), {}, "stands twice"),
        (AREA.assign(value=1), {"by": "value"}, "'value' is also a column of the result"),
        (AREA, {"group": []}, "names no column"),
    ],
)
def test_an_impossible_call_is_named_in_one_sentence(table, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        disparity(table, **options)


@pytest.mark.prove
def test_the_test_of_equal_rates_errs_as_often_as_it_says():
    chance = np.random.default_rng(11)
    share = np.array([0.118, 0.059, 0.059, 0.738, 0.026])
    x = chance.multinomial(60, share, 800)
    table = frame(x.ravel(), np.tile(share * 1e5, 800), GROUPS * 800, area=np.repeat(range(800), 5))
    found = disparity(table, by="area", draws=4000)
    assert 0.025 < (found["p_value"] <= 0.05).mean() < 0.07
    assert (found["value_lower"] == 0).mean() > 0.93


def test_few_events_in_all_are_flagged():
    found = [
        index_of_disparity(
            pd.DataFrame({"group": ["a", "b"], "x": [20, x], "n": [1000, 3000]}),
            "group",
            numerator="x",
            denominator="n",
            draws=100,
        )["flags"].iloc[0]
        for x in (79, 80)
    ]
    assert found == ["few_events", ""]
