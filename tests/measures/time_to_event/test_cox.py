from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import special, stats
from scipy.optimize import linprog
from statsmodels.duration.hazard_regression import PHReg

from youthjustice.errors import InputProblem
from youthjustice.measures import cox, log_rank
from youthjustice.measures.time_to_event.partial_likelihood import fit_at, information, risk_sets

HAZARD = {"time": "days", "event": "reoffended"}


def made_up(size=300, seed=2, tied=True):
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": chance.integers(10, 18, size),
            "sex": chance.choice(["female", "male"], size),
            "ethnic_group": chance.choice(["Asian", "Black", "White"], size),
            "area": chance.choice(["a", "b", "c"], size),
            "child": np.arange(size) // 2,
        }
    )
    log_hazard = 0.1 * (frame["age"] - 14) + 0.4 * (frame["sex"] == "male")
    days = chance.exponential(20 / np.exp(log_hazard))
    watched = chance.uniform(5, 40, size)
    frame["reoffended"] = (days <= watched).astype(int)
    frame["days"] = np.minimum(days, watched)
    if tied:
        frame["days"] = np.ceil(frame["days"])
    return frame


@pytest.mark.parametrize("ties", ["breslow", "efron"])
def test_o19_ties(examples, ties, reproduced):
    example = examples["O-19"]
    want, within = example["expected"][ties], example["tolerance"]
    frame = pd.DataFrame(example["inputs"])
    found = cox(frame, time="time", event="status", covariates="x", ties=ties)
    reproduced(example, found["log_hazard"].item(), want["beta"], atol=within)
    reproduced(example, 1 / found["standard_error"].item() ** 2, want["information"], atol=within)
    for name in ("log_likelihood", "null_log_likelihood"):
        reproduced(example, found.attrs[name], want[name], atol=within)
    time, status, x = (frame[name].to_numpy() for name in ("time", "status", "x"))
    sets = risk_sets(time, status, None, np.zeros(6, dtype=int), ties)
    column = x[sets.rows][:, None].astype(float)
    null = information(sets, column, fit_at(sets, column, np.zeros(1), np.zeros(6)))
    reproduced(example, null.item(), want["null_information"], atol=within)


def test_o19_exact_runs_off_and_says_so():
    # The exact likelihood of the six children is that of two risk sets of three and three.
    one = pd.DataFrame(
        {"days": [1, 2, 2, 2, 2, 2], "reoffended": [1] + [0] * 5, "x": [1, 1, 1, 0, 0, 0]}
    )
    frame = pd.concat([one.assign(part=1), one.assign(part=2)])
    found = cox(frame, **HAZARD, covariates="x", strata="part").iloc[0]
    assert found["flags"] == "undefined;unbounded;monotone;small_numerator"
    assert np.isnan(found["value"])
    assert found["log_hazard"] == np.inf
    assert found["upper"] == np.inf
    # 2 (log 1/3 + log(3 e^b + 3) - b) twice over reaches chi-square: in closed form.
    chi = special.chdtri(1.0, 0.05)
    assert found["lower"] == pytest.approx(1 / (np.exp(chi / 4) - 1), rel=1e-6)
    assert found["p_value"] == pytest.approx(special.chdtrc(1.0, 4 * np.log(2)), rel=1e-6)


@pytest.mark.parametrize(
    ("model", "ties", "options"),
    [
        ("breslow", "breslow", {"entry": "start"}),
        ("efron", "efron", {"entry": "start"}),
        ("by_recurrence_breslow", "breslow", {"entry": "start", "strata": "enum"}),
        ("by_recurrence_efron", "efron", {"entry": "start", "strata": ["enum"]}),
        ("gap_efron", "efron", {"strata": "enum"}),
    ],
)
def test_o21_recurrent_events(examples, model, ties, options, reproduced):
    example = examples["O-21"]
    frame, want = pd.DataFrame(example["inputs"]), example["expected"][model]
    if model == "gap_efron":
        frame["stop"] = frame["stop"] - frame["start"]
    found = cox(
        frame,
        time="stop",
        event="event",
        covariates=["rx", "size", "number"],
        cluster="id",
        ties=ties,
        **options,
    )
    for name in ("log_hazard", "standard_error", "robust_standard_error"):
        reproduced(example, found[name], want[name], atol=example["tolerance"])
    if model != "gap_efron":
        attrs = found.attrs
        reproduced(
            example,
            [attrs["null_log_likelihood"], attrs["log_likelihood"]],
            want["log_likelihood"],
            rtol=1e-7,
        )
        p_values = [*found["proportional_p_value"], attrs["proportional_p_value"]]
        reproduced(example, p_values, want["proportional_p_value"], atol=1e-9)
    assert found["children"].tolist() == [85] * 3
    assert found["events"].tolist() == [112] * 3


def test_o21_printed(examples, reproduced):
    example = examples["O-21"]
    printed = example["expected"]["printed"]
    found = cox(
        pd.DataFrame(example["inputs"]),
        time="stop",
        event="event",
        entry="start",
        covariates=["rx", "size", "number"],
        cluster="id",
        ties="breslow",
    )
    reproduced(example, found["log_hazard"], printed["log_hazard"], atol=5.1e-6)
    for name in ("standard_error", "robust_standard_error"):
        reproduced(example, found[name].iloc[0], printed[f"{name}_rx"], atol=5.1e-6)


def test_o22a_stratified_and_proportional(examples, reproduced):
    example = examples["O-22a"]
    frame, expected = pd.DataFrame(example["inputs"]), example["expected"]
    follow = {"time": "futime", "event": "fustat"}
    found = cox(frame, **follow, covariates=["age", "ecog.ps"])
    p_values = [*found["proportional_p_value"], found.attrs["proportional_p_value"]]
    reproduced(example, p_values, expected["proportional_p_value_age_ecog"], atol=1e-9)
    want = expected["stratified_by_ecog"]
    frame["rx"] = "arm " + frame["rx"].astype(str)
    found = cox(
        frame, **follow, covariates=["age", "rx"], strata="ecog.ps", reference={"rx": "arm 1"}
    )
    for name in ("log_hazard", "standard_error"):
        reproduced(example, found[name], want[name], atol=1e-9)
    p_values = [*found["proportional_p_value"], found.attrs["proportional_p_value"]]
    reproduced(example, p_values, want["proportional_p_value"], atol=1e-9)
    assert found["level"].isna().tolist() == [True, False]
    assert found.loc[1, ["level", "reference"]].tolist() == ["arm 2", "arm 1"]
    assert found["children"].tolist() == [26, 13]


@pytest.mark.parametrize("ties", ["breslow", "efron"])
def test_s_gehan_cox(examples, ties, reproduced):
    example = examples["S-gehan"]
    data, want = example["inputs"], example["expected"][ties]
    frame = pd.DataFrame(data)
    found = cox(
        frame,
        time="weeks",
        event="relapse",
        covariates=["drug"],
        reference={"drug": "6-MP"},
        ties=ties,
    )
    for name in ("log_hazard", "standard_error", "proportional_p_value"):
        reproduced(example, found[name].item(), want[name], atol=1e-8)
    attrs = found.attrs
    got = [attrs["null_log_likelihood"], attrs["log_likelihood"]]
    reproduced(example, got, want["log_likelihood"], atol=1e-9)
    if ties == "breslow":
        printed = example["expected"]["printed"]
        for name in ("lower", "upper"):
            reproduced(example, found[name].item(), printed[name], atol=5e-4)
        reproduced(example, found["value"].item(), printed["hazard_ratio"], atol=5e-4)


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.sampled_from(["breslow", "efron"]), st.booleans(), st.booleans())
def test_it_agrees_with_statsmodels(seed, ties, tied, stratified):
    frame = made_up(120, seed, tied)
    found = cox(
        frame,
        **HAZARD,
        covariates=["age", "sex"],
        strata="area" if stratified else None,
        ties=ties,
        reference={"sex": "female"},
    )
    x = np.column_stack([frame["age"], frame["sex"] == "male"]).astype(float)
    options = {"strata": frame["area"].to_numpy()} if stratified else {}
    theirs = PHReg(
        frame["days"].to_numpy(), x, status=frame["reoffended"].to_numpy(), ties=ties, **options
    ).fit()
    np.testing.assert_allclose(found["log_hazard"], theirs.params, atol=1e-6)
    np.testing.assert_allclose(found["standard_error"], theirs.bse, rtol=1e-6)
    np.testing.assert_allclose(found["p_value"], theirs.pvalues, atol=1e-6)
    assert found["flags"].tolist() == ["", ""]


def test_the_score_statistic_is_the_log_rank_statistic_without_ties():
    frame = made_up(tied=False)
    found = cox(frame, **HAZARD, covariates="sex", strata="area")
    test = log_rank(frame["days"], frame["reoffended"], frame["sex"], strata=frame["area"])
    assert found.attrs["score"] == pytest.approx(test.statistic, rel=1e-9)


def test_order_and_units_do_not_matter():
    frame = made_up()
    covariates = ["age", "sex", "ethnic_group"]
    found = cox(frame, **HAZARD, covariates=covariates, cluster="child")
    shuffled = frame.sample(frac=1, random_state=1)
    again = cox(
        shuffled.assign(age=shuffled["age"] * 1e6 + 1e9, days=shuffled["days"] / 365.25),
        **HAZARD,
        covariates=covariates,
        cluster="child",
    )
    columns = ["log_hazard", "standard_error", "robust_standard_error"]
    unit = np.array([1e6, 1, 1, 1])[:, None]
    np.testing.assert_allclose(again[columns] * unit, found[columns], rtol=1e-5)
    np.testing.assert_allclose(
        again["proportional_p_value"], found["proportional_p_value"], rtol=1e-4
    )
    assert found["level"].tolist()[2:] == ["Asian", "Black"]
    assert set(found["reference"].iloc[2:]) == {"White"}


def test_a_child_copied_into_two_rows_moves_the_naive_error_only():
    frame = made_up()
    twice = pd.concat([frame.assign(one=range(300))] * 2)
    options = {"covariates": ["age"], "ties": "breslow"}
    found = cox(twice, **HAZARD, **options, cluster="one")
    plain = cox(frame.assign(one=range(300)), **HAZARD, **options, cluster="one")
    columns = ["log_hazard", "robust_standard_error", "lower", "upper", "p_value", "children"]
    np.testing.assert_allclose(found[columns], plain[columns], rtol=1e-6)
    ratio = found["standard_error"] / plain["standard_error"]
    assert ratio.item() == pytest.approx(np.sqrt(0.5), rel=1e-6)


def test_spells_of_one_child_are_the_child_in_one_row():
    frame = made_up()
    first = frame.assign(begin=0, reoffended=0, days=np.minimum(frame["days"], 3))
    second = frame[frame["days"] > 3].assign(begin=3)
    ended = frame["days"] <= 3
    first.loc[ended, "reoffended"] = frame.loc[ended, "reoffended"]
    split = pd.concat([first, second])
    whole, parts = (
        cox(rows, **HAZARD, covariates=["age", "sex"], **options)
        for rows, options in ((frame, {}), (split, {"entry": "begin"}))
    )
    columns = ["log_hazard", "standard_error", "proportional_p_value"]
    np.testing.assert_allclose(parts[columns], whole[columns], rtol=1e-8)


def test_a_group_without_events_is_zero_with_a_limit():
    frame = made_up()
    frame.loc[frame["ethnic_group"] == "Asian", "reoffended"] = 0
    found = cox(frame, **HAZARD, covariates=["age", "ethnic_group"]).set_index("level")
    asian = found.loc["Asian"]
    assert asian["flags"] == "monotone;zero_numerator;small_numerator"
    assert (asian["value"], asian["lower"], asian["log_hazard"]) == (0, 0, -np.inf)
    assert np.isnan(asian["standard_error"])
    x = np.column_stack([frame["age"], frame["ethnic_group"] == "Black"]).astype(float)
    known = (frame["days"].to_numpy(), x, frame["reoffended"].to_numpy())
    is_asian = (frame["ethnic_group"] == "Asian").to_numpy(dtype=float)

    def best(value):
        model = PHReg(known[0], known[1], status=known[2], ties="efron", offset=value * is_asian)
        return model.fit().llf

    limit = best(-40.0) - best(np.log(asian["upper"]))
    assert 2 * limit == pytest.approx(special.chdtri(1.0, 0.05), rel=1e-5)
    assert asian["p_value"] == pytest.approx(
        special.chdtrc(1.0, 2 * (best(-40.0) - best(0.0))), rel=1e-5
    )
    # The others are as if the group were not there.
    rest = cox(
        frame[frame["ethnic_group"] != "Asian"], **HAZARD, covariates=["age", "ethnic_group"]
    ).set_index("level")
    columns = ["log_hazard", "standard_error"]
    np.testing.assert_allclose(
        found.loc[["Black"], columns], rest.loc[["Black"], columns], rtol=1e-6
    )


def test_a_reference_without_events_leaves_every_level_undefined():
    frame = made_up()
    frame.loc[frame["ethnic_group"] == "White", "reoffended"] = 0
    found = cox(frame, **HAZARD, covariates=["ethnic_group", "age"]).set_index("covariate")
    groups = found.loc["ethnic_group"]
    assert groups["value"].isna().all()
    assert (groups["lower"] > 1).all()
    assert (groups["upper"] == np.inf).all()
    assert (groups["p_value"] < 0.001).all()
    assert groups["flags"].str.contains("undefined;unbounded;monotone").all()
    assert found.loc["age", "flags"] == ""
    assert np.isfinite(found.loc["age", "standard_error"])
    assert np.isnan(found.attrs["proportional_p_value"])


def test_two_groups_without_events_cannot_be_told_apart():
    frame = made_up()
    frame.loc[frame["ethnic_group"] != "Black", "reoffended"] = 0
    found = cox(frame, **HAZARD, covariates=["ethnic_group"]).set_index("level")
    assert found.loc["Black", "lower"] > 1
    assert found.loc["Asian", "flags"].startswith("undefined;zero_numerator")
    assert found.loc["Asian", ["value", "lower", "upper", "p_value"]].isna().all()


def test_clusters_leave_no_claim_where_the_likelihood_runs_away():
    frame = made_up()
    frame.loc[frame["sex"] == "male", "reoffended"] = 0
    found = cox(
        frame, **HAZARD, covariates="sex", cluster="area", reference={"sex": "female"}
    ).iloc[0]
    assert found["value"] == 0
    assert np.isnan([found["lower"], found["upper"], found["p_value"]]).all()
    assert found["flags"] == "monotone;zero_numerator;small_numerator;few_clusters"


def test_few_clusters_widen_the_limits_and_too_few_leave_none():
    frame = made_up()
    options = {**HAZARD, "covariates": ["age", "sex"], "cluster": "few"}
    found = cox(frame.assign(few=np.arange(300) % 5), **options)
    assert found["flags"].tolist() == ["few_clusters"] * 2
    error, t = found["robust_standard_error"], stats.t(2).ppf(0.975)
    np.testing.assert_allclose(found["upper"], np.exp(found["log_hazard"] + t * error))
    p_values = 2 * stats.t(2).sf(np.abs(found["log_hazard"]) / error)
    np.testing.assert_allclose(found["p_value"], p_values)
    assert np.isnan(found.attrs["p_value"])
    for clusters in (1, 2, 3):  # what they move sums to 0, so that robust errors would be next to 0
        none = cox(frame.assign(few=np.arange(300) % clusters), **options)
        np.testing.assert_allclose(none["value"], found["value"])
        assert none[["lower", "upper", "p_value"]].isna().all(axis=None)
    many = cox(frame.assign(few=np.arange(300) % 30), **options)
    z = stats.norm.ppf(0.975) * many["robust_standard_error"]
    np.testing.assert_allclose(many["lower"], np.exp(many["log_hazard"] - z))
    assert many["flags"].tolist() == ["", ""]


def test_a_coefficient_far_off_but_finite_is_no_runaway():
    # Hazards differ e^66-fold and yet the likelihood has its maximum: R's survival finds the same.
    frame = pd.DataFrame(
        {
            "days": [4, 6, 6, 11, 19, 19, 25, 29],
            "reoffended": [0, 0, 0, 1, 1, 1, 0, 1],
            "x": [-114.7, -13.0, -33.9, -52.7, -101.9, -96.1, 141.9, -40.0],
            "z": [1, 1, 0, 0, 1, 1, 0, 0],
        }
    )
    found = cox(frame, **HAZARD, covariates=["x", "z"])
    np.testing.assert_allclose(found["log_hazard"], [-0.257890945665, -13.885667814731], rtol=1e-6)
    np.testing.assert_allclose(
        found["standard_error"], [0.183100486253, 10.220972667739], rtol=1e-6
    )
    assert found["flags"].tolist() == ["small_numerator"] * 2


def test_a_robust_error_of_nothing_is_no_error():
    # All have the event at once: by Breslow's method no child moves the coefficient at all.
    frame = made_up().assign(days=5, reoffended=1)
    found = cox(frame, **HAZARD, covariates="age", cluster="child", ties="breslow").iloc[0]
    assert found["value"] == pytest.approx(1)
    assert np.isnan([found["robust_standard_error"], found["lower"], found["p_value"]]).all()


@pytest.mark.prove
@pytest.mark.parametrize("clusters", [3, 5, 8, 12])
def test_limits_from_few_clusters_hold_the_ratio_as_often_as_they_say(clusters):
    chance, held = np.random.default_rng(clusters), []
    cluster = np.repeat(np.arange(clusters), 20)
    for _ in range(300):
        x = chance.normal(size=clusters)[cluster]
        days = np.ceil(chance.exponential(20 * np.exp(chance.normal(0, 0.4, clusters)[cluster])))
        watched = chance.integers(5, 40, len(x))
        frame = pd.DataFrame({"x": x, "cluster": cluster, "days": np.minimum(days, watched)})
        frame["reoffended"] = (days <= watched).astype(int)
        found = cox(frame, **HAZARD, covariates="x", cluster="cluster").iloc[0]
        held.append(found["lower"] <= 1 <= found["upper"])
    # By the normal distribution 0.43, 0.64, 0.84 and 0.81; the column is alike within clusters.
    assert 0.81 < np.mean(held) < 0.99


def test_a_column_of_numbers_is_a_number_whatever_holds_it():
    frame = made_up()
    want = cox(frame, **HAZARD, covariates="age")
    for kind in (object, "Int64", "float32"):
        found = cox(frame.assign(age=frame["age"].astype(kind)), **HAZARD, covariates="age")
        np.testing.assert_allclose(found["value"], want["value"], rtol=1e-6)
    decimals = frame.assign(age=[Decimal(int(age)) for age in frame["age"]])
    assert cox(decimals, **HAZARD, covariates="age")["value"].item() == want["value"].item()


def test_events_that_all_come_at_once_say_nothing_of_change_over_time():
    frame = made_up().assign(days=5)
    found = cox(frame, **HAZARD, covariates=["age", "sex"])
    assert found["proportional_p_value"].isna().all()


def test_a_group_that_was_never_at_risk_is_undefined():
    frame = made_up()
    frame.loc[0, ["ethnic_group", "days", "reoffended"]] = ["Mixed", 0.0, 0]
    found = cox(frame, **HAZARD, covariates=["age", "ethnic_group"]).set_index("level")
    assert found.loc["Mixed", "flags"] == "undefined;zero_numerator;small_numerator"
    assert np.isnan(found.loc["Mixed", "log_hazard"])
    assert np.isfinite(found.loc["Black", "lower"])


ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.sampled_from("abc"), st.integers(-3, 3)),
    min_size=3,
    max_size=25,
)


def runs_away(frame, x):
    """Whether some direction never loses likelihood and gains somewhere (Bryson and Johnson 1981)."""
    gaps = [
        x[failed] - x[other]
        for failed in np.flatnonzero(frame["reoffended"])
        for other in np.flatnonzero(frame["days"] >= frame["days"].iloc[failed])
    ]
    gaps = np.array(gaps)
    found = linprog(-gaps.sum(axis=0), A_ub=-gaps, b_ub=np.zeros(len(gaps)), bounds=(-1, 1))
    return -found.fun > 1e-7


@settings(max_examples=10)
@given(ROWS, st.sampled_from(["breslow", "efron"]))
def test_any_small_frame_gives_an_answer_or_the_right_flag(rows, ties):
    answer_or_flag(rows, ties)


@pytest.mark.prove
@settings(max_examples=300)
@given(ROWS, st.sampled_from(["breslow", "efron"]))
def test_any_small_frame_gives_an_answer_or_the_right_flag_at_length(rows, ties):
    answer_or_flag(rows, ties)


def answer_or_flag(rows, ties):
    frame = pd.DataFrame(rows, columns=["days", "reoffended", "ethnic_group", "x"])
    assume(frame["reoffended"].any())
    try:
        found = cox(frame, **HAZARD, covariates=["ethnic_group", "x"], ties=ties)
    except InputProblem as problem:
        assert "leave" in str(problem)
        return
    assert not found["flags"].str.contains("not_converged").any()
    x = np.column_stack(
        [
            frame["x"] if pd.isna(row.level) else frame[row.covariate] == row.level
            for row in found.itertuples()
        ]
    ).astype(float)
    edge = found[found["flags"].str.contains("monotone")]
    if runs_away(frame, x):
        assert found["flags"].str.contains("monotone|undefined").any()
    else:
        assert edge.empty
    whole = found["flags"].str.contains("undefined|monotone")
    assert (np.isfinite(found["log_hazard"]) | whole).all()
    known = found[~whole]
    assert (known["lower"] <= known["value"]).all()
    assert (known["value"] <= known["upper"]).all()
    assert edge["p_value"].between(0, 1).all()
    assert (edge["lower"] < edge["upper"]).all()


@pytest.mark.parametrize(
    ("change", "options", "sentence"),
    [
        ({"days": -1.0}, {}, "days is -1 in row 0"),
        ({"reoffended": 2}, {}, "reoffended is 2 in row 0"),
        ({"days": np.nan}, {}, "days is missing in row 0"),
        ({"age": np.nan}, {}, "age is missing in row 0; give it"),
        ({"sex": None}, {"covariates": ["sex"]}, "sex is missing in row 0; give it"),
        ({"sex": "All"}, {"covariates": ["sex"]}, "sex holds 'All', a total"),
        ({"area": None}, {"strata": "area"}, "area is missing in row 0"),
        ({"child": np.nan}, {"cluster": "child"}, "child is missing in row 0"),
        ({"age": np.inf}, {}, "age is inf in row 0"),
        ({}, {"covariates": []}, "covariates is empty"),
        ({}, {"covariates": ["height"]}, "The frame has no column 'height'"),
        ({}, {"covariates": ["age", "age"]}, "The column 'age' is used twice"),
        ({}, {"covariates": ["days"]}, "The column 'days' is used twice"),
        ({}, {"reference": {"sex": "male"}}, "reference names 'sex', which is not among"),
        ({}, {"reference": {"age": 14}}, "reference names 'age', which is a number"),
        (
            {},
            {"covariates": ["sex"], "reference": {"sex": "boys"}},
            "The reference 'boys' is not in sex; choose one of",
        ),
        ({}, {"ties": "exact"}, "ties is 'exact'; choose one of efron, breslow"),
        ({}, {"confidence": 0}, "confidence is 0"),
        ({}, {"entry": "days"}, "The column 'days' is used twice"),
    ],
)
def test_impossible_models_are_refused(change, options, sentence):
    frame = made_up(40).astype({"child": float, "age": float})
    for name, value in change.items():
        frame.loc[0, name] = value
    with pytest.raises(InputProblem, match=sentence):
        cox(frame, **{**HAZARD, "covariates": ["age"], **options})


def test_frames_that_cannot_answer_are_refused():
    frame = made_up(40)
    problems = {
        "reoffended is 0 in every row": (frame.assign(reoffended=0), "age"),
        "age is the same in every row": (frame.assign(age=14), "age"),
        "sex is 'male' in every row": (frame.assign(sex="male"), "sex"),
        "There are no children": (frame.head(0), "age"),
        r"twin \(.+\) follows from the covariates before it": (
            frame.assign(twin=frame["sex"]).replace({"twin": {"female": "x"}}),
            ["sex", "twin"],
        ),
        "months follows from the covariates before it": (
            frame.assign(months=frame["age"] * 12 + 1),
            ["age", "months"],
        ),
        "frame is a dict; give a pandas DataFrame": ({}, "age"),
        "started holds dates or lengths of time": (
            frame.assign(started=pd.date_range("2024-01-01", periods=40)),
            "started",
        ),
        "name has 500 levels, each of which would be a coefficient": (
            made_up(500).assign(name=[f"child {place}" for place in range(500)]),
            "name",
        ),
        "held holds values that cannot be labels": (frame.assign(held=[[1]] * 40), "held"),
        "The frame has no column 3": (frame, 3),
    }
    for sentence, (rows, covariates) in problems.items():
        with pytest.raises(InputProblem, match=sentence):
            cox(rows, **HAZARD, covariates=covariates, reference={})
