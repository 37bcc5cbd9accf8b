import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.api import add_constant
from statsmodels.discrete.discrete_model import Poisson

from youthjustice.errors import InputProblem
from youthjustice.measures import bootstrap_ratio, rate_ratio
from youthjustice.measures.ratios import bootstrap

COLUMNS = [
    *("children", "events", "population", "rate", "value", "lower", "upper", "p_value"),
    *("method", "flags", "poisson_lower", "poisson_upper", "variance_ratio"),
]
NUMBERS = [name for name in COLUMNS if name not in ("method", "flags")]


def children_of(**events):
    """Make a frame of one row for each child; a group's list holds numbers of events."""
    rows = [(group, number) for group, numbers in events.items() for number in numbers]
    frame = pd.DataFrame(rows, columns=["ethnic_group", "arrests"])
    return frame.assign(child_id=[f"c{row}" for row in range(len(frame))])


def events_of(children):
    """Make a frame of one row for each event out of one row for each child."""
    return children.loc[children.index.repeat(children["arrests"])].drop(columns="arrests")


@pytest.fixture
def arrests():
    chance = np.random.default_rng(3)
    return children_of(
        Black=1 + chance.negative_binomial(0.5, 0.2, 60),
        White=1 + chance.negative_binomial(0.5, 0.25, 140),
        Asian=1 + chance.negative_binomial(0.5, 0.3, 25),
    )


PEOPLE = {"Black": 4_000, "White": 30_000, "Asian": 6_000}


def two(x1, n1, x0, n0):
    """Make a cohort in which every child had one event or none."""
    return children_of(
        Black=np.repeat([1, 0], [x1, n1 - x1]), White=np.repeat([1, 0], [x0, n0 - x0])
    )


@pytest.mark.parametrize("name", ["O-90a", "O-90b"])
def test_o90_the_aspirin_trial(examples, name, reproduced):
    example = examples[name]
    x1, n1, x0, n0 = example["inputs"].values()
    frame = children_of(Black=np.ones(x1, dtype=int), White=np.ones(x0, dtype=int))
    found = bootstrap_ratio(frame, population={"Black": n1, "White": n0}, draws=20_000).loc[0]
    reproduced(example, found["value"], example["expected"]["value"], atol=0.005)
    for printed in ("percentile", "log"):
        if printed in example["expected"]:
            limits = [found["lower"], found["upper"]]
            reproduced(example, limits, example["expected"][printed], atol=example["tolerance"])


def test_scipy_agrees_on_a_small_cohort():
    one, other = np.repeat([0, 1, 2, 6], [4, 5, 4, 2]), np.repeat([0, 1, 3], [12, 9, 4])
    theirs = stats.bootstrap(
        (one, other),
        lambda x, y, axis: x.mean(axis) / y.mean(axis),
        n_resamples=20_000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    ours = bootstrap_ratio(children_of(Black=one, White=other), events="arrests", draws=20_000)
    assert (ours["lower"][0], ours["upper"][0]) == pytest.approx(theirs, rel=0.02)


def test_a_resample_of_children_one_by_one_has_the_same_distribution():
    size = np.repeat([0.0, 1.0, 4.0], [30, 12, 5])
    frame = children_of(Black=size.astype(int), White=[1] * 40 + [0] * 40)
    repeats = bootstrap.read_repeats(
        frame,
        group="ethnic_group",
        child="child_id",
        events="arrests",
        population=None,
        by=[],
        unknown=[],
    )
    ours = bootstrap._rates(repeats, 0, 20_000, [1, 1])
    theirs = np.random.default_rng(2).choice(size, (20_000, size.size)).mean(axis=1)
    assert stats.ks_2samp(np.round(ours, 9), np.round(theirs, 9)).pvalue > 0.001


def test_one_event_for_each_child_gives_the_poisson_interval():
    frame = children_of(Black=[1] * 400, White=[1] * 900)
    people = {"Black": 10**6, "White": 3 * 10**6}
    found = bootstrap_ratio(frame, events="arrests", population=people, draws=20_000).loc[0]
    assert found["lower"] == pytest.approx(found["poisson_lower"], rel=0.01)
    assert found["upper"] == pytest.approx(found["poisson_upper"], rel=0.01)
    assert found["variance_ratio"] == pytest.approx(1, abs=0.001)


def test_repeated_events_widen_the_interval_by_the_variance_ratio(arrests):
    found = bootstrap_ratio(arrests, events="arrests", population=PEOPLE, draws=20_000)
    compared = found[found["method"] != ""]
    width = np.log(compared["upper"] / compared["lower"])
    poisson = np.log(compared["poisson_upper"] / compared["poisson_lower"])
    np.testing.assert_allclose((width / poisson) ** 2, compared["variance_ratio"], rtol=0.1)
    assert (compared["variance_ratio"] > 2).all()


def test_the_variance_is_the_sandwich_of_a_poisson_regression():
    frame = children_of(Black=[0] * 5 + [1, 1, 2, 7], White=[0] * 9 + [1, 2, 2, 3, 4])
    found = bootstrap_ratio(frame, events="arrests").loc[0]
    design = add_constant((frame["ethnic_group"] == "Black").astype(float))
    fit = Poisson(frame["arrests"], design).fit(disp=False, cov_type="HC0")
    plain = 1 / 11 + 1 / 12
    assert found["variance_ratio"] == pytest.approx(fit.cov_params().iloc[1, 1] / plain, rel=1e-6)
    assert np.log(found["value"]) == pytest.approx(fit.params.iloc[1], rel=1e-6)


def test_rows_of_events_and_rows_of_children_are_the_same(arrests):
    whole = bootstrap_ratio(arrests, events="arrests", population=PEOPLE)
    rows = bootstrap_ratio(events_of(arrests), population=PEOPLE)
    pd.testing.assert_frame_equal(whole, rows)
    assert list(whole.columns) == ["ethnic_group", *COLUMNS]
    assert whole["ethnic_group"].to_list() == ["Asian", "Black", "White"]
    assert whole["children"].to_list() == [25, 60, 140]
    white = whole.loc[2]
    assert white["value"] == 1
    assert white["method"] == ""
    assert np.isnan(white[["lower", "upper", "p_value", "variance_ratio"]].astype(float)).all()


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_neither_order_nor_labels_nor_neighbours_matter(random):
    frame = children_of(Black=[1, 1, 1, 2, 5, 9, 0, 0], White=[1, 2, 2, 3, 0, 0, 0, 0, 1])
    frame = frame.assign(area="Camden")
    order = random.sample(range(len(frame)), len(frame))
    names = random.sample(range(1000), len(frame))
    other = children_of(Black=[3, 1, 1], White=[1, 0, 0, 4]).assign(area="Barnet")
    moved = pd.concat([other, frame.iloc[order].assign(child_id=names)])
    alone = bootstrap_ratio(frame, events="arrests", by="area", draws=99)
    found = bootstrap_ratio(moved, events="arrests", by="area", draws=99)
    found = found[found["area"] == "Camden"].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, found)


def test_the_seed_decides_the_draws_and_nothing_else(arrests):
    one, same, other = (
        bootstrap_ratio(arrests, events="arrests", population=PEOPLE, seed=seed)
        for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, same)
    assert (one["lower"] != other["lower"])[:2].all()
    for name in ("value", "poisson_lower", "variance_ratio", "flags"):
        pd.testing.assert_series_equal(one[name], other[name])
    assert one.attrs["seed"] == 1


@pytest.mark.sampled(3)
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize("draws", [199, 1000, 1999])
def test_p_value_and_interval_never_contradict(confidence, draws):
    chance = np.random.default_rng(0)
    groups = {f"g{k:02}": chance.poisson(chance.uniform(0.2, 3), 30) for k in range(40)}
    frame = children_of(White=chance.poisson(1, 60), **groups)
    found = bootstrap_ratio(frame, events="arrests", confidence=confidence, draws=draws)
    found = found[found["method"] != ""]
    excludes = (found["lower"] > 1) | (found["upper"] < 1)
    assert 0 < excludes.sum() < 40
    assert (excludes == (found["p_value"] <= (1 - confidence) * (1 + 1e-9))).all()
    assert ((found["p_value"] > 0) & (found["p_value"] <= 1)).all()


def test_blocks_of_draws_change_nothing(arrests, monkeypatch):
    whole = bootstrap_ratio(arrests, events="arrests", population=PEOPLE)
    monkeypatch.setattr(bootstrap, "MOST_NUMBERS", 100)
    pd.testing.assert_frame_equal(
        whole, bootstrap_ratio(arrests, events="arrests", population=PEOPLE)
    )


def test_populations_come_as_a_mapping_a_series_or_a_frame(arrests):
    frame = pd.concat([arrests.assign(area=area) for area in ("Camden", "Barnet")])
    keyed = {(area, g): n for area in ("Camden", "Barnet") for g, n in PEOPLE.items()}
    series = pd.Series(keyed)
    table = series.rename_axis(["area", "ethnic_group"]).rename("population").reset_index()
    one, *others = (
        bootstrap_ratio(frame, events="arrests", population=people, by=["area"])
        for people in (keyed, series, table, table.sample(frac=1, random_state=1))
    )
    for other in others:
        pd.testing.assert_frame_equal(one, other)
    half = one[one["area"] == "Camden"].drop(columns="area").reset_index(drop=True)
    alone = bootstrap_ratio(arrests, events="arrests", population=pd.Series(PEOPLE))
    pd.testing.assert_frame_equal(half, alone)


def test_a_group_without_an_event_has_a_row_and_no_ratio(arrests):
    people = {**PEOPLE, "Mixed": 500, "Other": 0}
    found = bootstrap_ratio(arrests, events="arrests", population=people).set_index("ethnic_group")
    assert found.loc["Mixed", ["children", "events", "rate", "value"]].to_list() == [0, 0, 0, 0]
    assert np.isnan(found.loc["Mixed", ["lower", "upper", "p_value"]].astype(float)).all()
    assert {"undefined", "zero_numerator", "few_children"} <= set(
        found.loc["Mixed", "flags"].split(";")
    )
    assert {"denominator_zero", "undefined"} <= set(found.loc["Other", "flags"].split(";"))
    assert np.isnan(found.loc["Other", ["rate", "value"]].astype(float)).all()


def test_few_children_are_flagged_in_either_group():
    frame = children_of(
        Black=[1] * 9 + [0] * 20, Asian=[2] * 10 + [0] * 20, White=[1] * 50 + [0] * 9
    )
    flags = bootstrap_ratio(frame, events="arrests").set_index("ethnic_group")["flags"]
    assert "few_children" in flags["Black"]
    assert "few_children" not in flags["Asian"]
    one = bootstrap_ratio(frame, reference="Black", events="arrests").set_index("ethnic_group")
    assert one["flags"].str.contains("few_children").all()


def test_children_who_all_had_the_same_number_have_no_interval():
    found = bootstrap_ratio(children_of(Black=[2] * 12, White=[1] * 30), events="arrests").loc[0]
    assert found["value"] == 2
    assert np.isnan(found[["lower", "upper", "p_value", "variance_ratio"]].astype(float)).all()
    assert "undefined" in found["flags"].split(";")


def test_a_draw_without_events_in_the_reference_leaves_no_upper_limit():
    frame = children_of(Black=[1] * 15 + [0] * 15, White=[3] + [0] * 40)
    found = bootstrap_ratio(frame, events="arrests").loc[0]
    assert found["upper"] == np.inf
    assert {"unbounded", "few_children"} <= set(found["flags"].split(";"))
    neither = bootstrap_ratio(
        children_of(Black=[1] + [0] * 40, White=[1] + [0] * 40), events="arrests"
    )
    assert (neither["lower"][0], neither["upper"][0], neither["p_value"][0]) == (0, np.inf, 1)


def test_a_missing_number_is_missing_and_leaves_its_neighbours_alone(arrests):
    whole = bootstrap_ratio(arrests, events="arrests", population=PEOPLE)
    holed = arrests.assign(arrests=arrests["arrests"].astype("Int64"))
    holed.loc[3, "arrests"] = pd.NA
    found = bootstrap_ratio(holed, events="arrests", population=PEOPLE)
    pd.testing.assert_frame_equal(whole.drop(index=1), found.drop(index=1))
    assert found.loc[1, "flags"] == "missing"
    assert found.loc[1, [*NUMBERS]].drop("population").isna().all()
    unknown = bootstrap_ratio(arrests, events="arrests", population={**PEOPLE, "Asian": None})
    assert unknown.loc[0, "flags"] == "missing"
    assert unknown.loc[0, "events"] == whole.loc[0, "events"]
    reference = bootstrap_ratio(arrests, events="arrests", population={**PEOPLE, "White": None})
    assert reference["flags"].eq("missing").all()


def test_unknown_groups_are_never_compared_and_need_no_population(arrests):
    frame = pd.concat([arrests, children_of(Unknown=[1, 2]).assign(child_id=["u1", "u2"])])
    found = bootstrap_ratio(frame, events="arrests", population=PEOPLE).set_index("ethnic_group")
    assert found.index[-1] == "Unknown"
    assert found.loc["Unknown", "children"] == 2
    assert np.isnan(found.loc["Unknown", ["population", "value", "lower"]].astype(float)).all()


@pytest.mark.parametrize(
    ("change", "options", "sentence"),
    [
        ({}, {"child": "pupil"}, "no column 'pupil'; its columns are"),
        ({}, {"events": "ethnic_group"}, "'ethnic_group' is used twice"),
        ({}, {"reference": "Mixed"}, "no row for the reference 'Mixed'"),
        ({"child_id": None}, {}, "Row 0 has no child_id"),
        ({"ethnic_group": None}, {}, "has no ethnic_group; write Unknown"),
        ({"ethnic_group": "All"}, {}, "is a total over ethnic_group"),
        ({"child_id": "c100"}, {}, r"child_id c100 is White in row 100 and Black before"),
        ({"arrests": -1}, {}, "arrests is -1 in row 0"),
        ({}, {"population": {"Black": 4_000}}, "no population for ethnic_group White"),
        ({}, {"population": {**PEOPLE, "Asian": 20}}, "Asian has 25 children .* population of 20"),
        ({}, {"population": {**PEOPLE, "Asian": -20}}, "population is -20"),
        ({}, {"population": 5}, "population is a int; give a population for every ethnic_group"),
        ({}, {"population": pd.DataFrame({"a": [1]})}, "population has no column 'ethnic_group'"),
        ({}, {"by": "arrests", "events": None, "population": PEOPLE}, "1 key.s. where 2"),
        ({}, {"population": pd.Series([1, 2], index=["Black", "Black"])}, "Black stands twice"),
        ({}, {"draws": 20}, "draws is 20; a confidence of 0.95 needs 39 or more"),
        ({}, {"draws": 2.5}, "draws is 2.5; give a whole number"),
        ({}, {"seed": -1}, "seed is -1; give a whole number"),
        ({}, {"confidence": 95}, "confidence is 95"),
        ({}, {"by": "events"}, "The key 'events' is also a column of the result"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(arrests, change, options, sentence):
    frame = arrests.astype({"arrests": object}).assign(
        **{name: arrests[name].where(arrests.index > 0, value) for name, value in change.items()}
    )
    with pytest.raises(InputProblem, match=sentence) as problem:
        bootstrap_ratio(frame, **{"events": "arrests", **options})
    assert str(problem.value).endswith(".")
    assert str(problem.value).count(". ") == 0


def test_an_empty_frame_gives_an_empty_answer(arrests):
    found = bootstrap_ratio(arrests.iloc[:0], events="arrests")
    assert list(found.columns) == ["ethnic_group", *COLUMNS]
    assert found.empty
    with pytest.raises(InputProblem, match="frame is a list"):
        bootstrap_ratio([1])


def test_value_and_poisson_limits_are_those_of_a_rate_ratio(arrests):
    found = bootstrap_ratio(arrests, events="arrests", population=PEOPLE).loc[1]
    x0 = arrests.loc[arrests["ethnic_group"] == "White", "arrests"].sum()
    same = rate_ratio(found["events"], 4_000, x0, 30_000)
    assert (found["value"], found["poisson_lower"], found["poisson_upper"]) == (
        same.value,
        same.lower,
        same.upper,
    )


def coverage(simulations, children, mean, dispersion, people, seed):
    """Count how often each interval holds the true ratio of 1.5, with events in runs."""
    chance = np.random.default_rng(seed)
    groups = {}
    for k in range(simulations):
        n1, n0 = chance.poisson(children), chance.poisson(2 * children)
        share = dispersion / (dispersion + mean)
        for name, size in ((f"g{k}", n1), (f"w{k}", n0)):
            groups[name] = 1 + chance.negative_binomial(dispersion, share, size)
    frame = children_of(**groups)
    frame["cell"] = frame["ethnic_group"].str[1:]
    frame["ethnic_group"] = frame["ethnic_group"].str[0].map({"g": "Black", "w": "White"})
    keyed = {
        (str(k), g): n
        for k in range(simulations)
        for g, n in (("Black", people), ("White", 3 * people))
    }
    found = bootstrap_ratio(frame, events="arrests", by="cell", population=keyed, draws=999)
    found = found[found["method"] != ""]
    return [
        ((found[f"{kind}lower"] <= 1.5) & (found[f"{kind}upper"] >= 1.5)).mean()
        for kind in ("", "poisson_")
    ]


def test_coverage_where_poisson_fails_quick():
    by_child, poisson = coverage(100, 40, 2.0, 0.5, 10_000, 1)
    assert by_child > 0.88
    assert poisson < 0.8


@pytest.mark.prove
@pytest.mark.parametrize(("children", "least"), [(20, 0.915), (60, 0.93), (200, 0.94)])
def test_coverage_where_poisson_fails(children, least):
    by_child, poisson = coverage(2_000, children, 2.0, 0.5, 50_000, 2)
    assert least < by_child < 0.96
    assert poisson < 0.75
