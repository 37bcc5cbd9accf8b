"""Adjusted ratios: published examples, statsmodels by hand, and what must not change an answer."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from youthjustice.errors import InputProblem
from youthjustice.measures import rate_ratio, risk_ratio
from youthjustice.measures.adjusted.adjusted_ratios import adjusted_ratio
from youthjustice.measures.adjusted.design import model_matrix, part
from youthjustice.measures.adjusted.marginal import standardised_risks
from youthjustice.measures.adjusted.regression_rows import read_rows
from youthjustice.measures.ratios.mantel_haenszel import mantel_haenszel

LIMITS = ["value", "lower", "upper"]
STAGE = {"numerator": "custody", "denominator": "sentenced", "basis": "stage"}
RATES = {"numerator": "children", "denominator": "population"}


def table(example, names=None):
    return pd.DataFrame(example["inputs"]["rows"], columns=names or example["inputs"]["columns"])


def by_group(found):
    return found.set_index(found.columns[0])


@pytest.fixture
def check(reproduced):
    def compare(example, found, group, expected, tolerance):
        reproduced(example, by_group(found).loc[group, LIMITS].tolist(), expected, atol=tolerance)

    return compare


def same(one, other, columns=(*LIMITS, "p_value"), rtol=1e-8):
    for name in columns:
        np.testing.assert_allclose(
            one[name].to_numpy(float), other[name].to_numpy(float), rtol=rtol, err_msg=name
        )


def make_stage(seed=1, levels=3, size=400):
    """Make custody of sentenced children by group, age and record, with a known pattern."""
    chance = np.random.default_rng(seed)
    frame = pd.MultiIndex.from_product(
        [["White", "Black", "Asian"], list(range(13, 13 + levels)), ["none", "some"]],
        names=["ethnic_group", "age", "record"],
    ).to_frame(index=False)
    frame["sentenced"] = chance.integers(size // 8, size // 2, len(frame))
    risk = 0.08 * np.select([frame["ethnic_group"] == "Black"], [1.5], 1.0)
    risk = risk * np.where(frame["record"] == "some", 2.0, 1.0) * 1.1 ** (frame["age"] - 13)
    frame["custody"] = chance.binomial(frame["sentenced"], risk)
    return frame


def make_rates(seed=2, spread=0.0):
    chance = np.random.default_rng(seed)
    frame = pd.MultiIndex.from_product(
        [["White", "Black", "Mixed"], [f"age {a}" for a in range(10, 18)], ["boys", "girls"]],
        names=["ethnic_group", "age", "sex"],
    ).to_frame(index=False)
    frame["population"] = chance.integers(500, 5000, len(frame))
    rate = 0.01 * np.select([frame["ethnic_group"] == "Black"], [1.8], 1.0)
    noise = chance.gamma(1 / spread, spread, len(frame)) if spread else 1.0
    frame["children"] = chance.poisson(frame["population"] * rate * noise)
    return frame


def expand(frame, numerator="custody", denominator="sentenced"):
    """Turn counts into one row for each child."""
    parts = [
        frame.loc[frame.index.repeat(counts)].drop(columns=[numerator, denominator]).assign(y=y)
        for y, counts in ((1, frame[numerator]), (0, frame[denominator] - frame[numerator]))
    ]
    return pd.concat(parts, ignore_index=True)


# Published examples


def test_o70_modified_poisson_spiegelman_and_hertzmark(examples, check):
    example = examples["O-70"]
    frame, expected = table(example), example["expected"]
    options = {"numerator": "deaths", "denominator": "women", "basis": "stage"}
    by_receptor = adjusted_ratio(frame, "receptor", "High", covariates="stage", **options)
    check(example, by_receptor, "Low", expected["receptor_low"], example["tolerance"])
    by_stage = adjusted_ratio(frame, "stage", "I", covariates="receptor", **options)
    check(example, by_stage, "II", expected["stage_ii"], example["tolerance"])
    check(example, by_stage, "III", expected["stage_iii"], example["tolerance"])
    assert set(by_stage["method"]) == {"", "modified_poisson"}


def test_o71_standardised_risks_differ_as_r_prints(examples, reproduced):
    frame = table(examples["O-70"])
    rows = read_rows(
        frame, group="stage", reference="I", numerator="deaths", denominator="women",
        covariates=["receptor"], cluster=None, unknown=[], nested=True,
    )  # fmt: skip
    inside = np.ones(len(frame), dtype=bool)
    design = model_matrix(rows, inside, collapse=True, covariates=True)
    means = standardised_risks(design, *part(rows, inside), rows.reference)
    example = examples["O-71"]
    for at, name in ((1, "stage_ii"), (2, "stage_iii")):
        difference = means.risk[at] - means.risk[0]
        c = means.covariance
        error = np.sqrt(c[at, at] + c[0, 0] - 2 * c[at, 0])
        printed = example["expected"][name]
        reproduced(example, (difference, error), printed, atol=example["tolerance"])


def test_o7b_poisson_regression_of_the_british_doctors(examples, reproduced, check):
    example = examples["O-7b"]
    rows = table(example, ["x1", "n1", "x0", "n0"])
    frame = pd.DataFrame(
        {
            "smokes": ["yes"] * 5 + ["no"] * 5,
            "age": example["inputs"]["age"] * 2,
            "deaths": [*rows["x1"], *rows["x0"]],
            "years": [*rows["n1"], *rows["n0"]],
        }
    )
    options = {"numerator": "deaths", "denominator": "years", "covariates": "age"}
    expected = example["expected"]
    fit = adjusted_ratio(frame, "smokes", "no", model="poisson", confidence=0.90, **options)
    check(example, fit, "yes", expected["maximum_likelihood_90"], 0.0005)
    reproduced(example, by_group(fit).loc["yes", "unadjusted_value"], expected["crude"], atol=0.005)
    pooled = adjusted_ratio(frame, "smokes", "no", model="mantel_haenszel", **options)
    check(example, pooled, "yes", expected["mantel_haenszel_95"], 1e-6)
    assert by_group(pooled).loc["yes", "strata"] == 5


def test_o7a_mantel_haenszel_through_the_frame(examples, reproduced, check):
    example = examples["O-7a"]
    frame = pd.DataFrame(
        [
            (group, age, *counts)
            for age, row in zip(["<55", "55+"], example["inputs"]["rows"], strict=True)
            for group, counts in (("tolbutamide", row[:2]), ("placebo", row[2:]))
        ],
        columns=["arm", "age", "deaths", "patients"],
    )
    found = adjusted_ratio(
        frame, "arm", "placebo", numerator="deaths", denominator="patients", covariates="age",
        basis="stage", model="mantel_haenszel",
    )  # fmt: skip
    check(example, found, "tolbutamide", example["expected"]["limits_95"], 1e-6)
    crude = by_group(found).loc["tolbutamide", "unadjusted_value"]
    reproduced(example, crude, example["expected"]["crude"], atol=0.005)


def test_o72_quasi_poisson_of_the_ships(examples, reproduced):
    example = examples["O-72"]
    options = {"numerator": "incidents", "denominator": "months", "covariates": ["built", "period"]}
    for model in ("quasi_poisson", "auto"):
        found = by_group(adjusted_ratio(table(example), "type", "A", model=model, **options))
        printed = example["expected"]
        reproduced(example, found["dispersion"].iloc[0], printed["dispersion"], atol=0.005)
        for group, (log, error) in printed["logs_against_a"].items():
            row = found.loc[group]
            width = np.log(row["upper"] / row["lower"]) / (2 * student.ppf(0.975, 34 - 9))
            ours = [np.log(row["value"]), width]
            reproduced(example, ours, [log, error], atol=example["tolerance"])
            assert row["method"] == "quasi_poisson"
            assert "overdispersed" in row["flags"]


def test_o73_negative_binomial_as_stata_prints(examples, reproduced):
    inputs, expected = examples["O-73"]["inputs"], examples["O-73"]["expected"]
    tolerance = examples["O-73"]["tolerance"]
    frame = pd.DataFrame(
        {
            "cohort": np.repeat(inputs["cohorts"], 7),
            "age": list(range(7)) * 3,
            "deaths": inputs["deaths"],
            "exposure": inputs["exposure"],
            "country": "one",
        }
    )
    found = adjusted_ratio(
        frame, "cohort", "1941-1949", numerator="deaths", denominator="exposure",
        covariates="country",
    )  # fmt: skip
    reproduced(examples["O-73"], found.attrs["alpha"], expected["alpha"], atol=2e-6)
    assert "vary 855 times as much" in found.attrs["reason"]
    assert "country has one value and adjusts for nothing" in found.attrs["model"]
    for group, (log, error) in expected["logs"].items():
        row = by_group(found).loc[group]
        assert row["method"] == "negative_binomial"
        widened = student.ppf(0.975, 21 - 3) * np.sqrt(21 / (21 - 3))
        width = np.log(row["upper"] / row["lower"]) / (2 * widened)
        reproduced(examples["O-73"], [np.log(row["value"]), width], [log, error], atol=tolerance)
        assert {"constant_covariate", "overdispersed"} <= set(row["flags"].split(";"))


@pytest.mark.parametrize("model", ["modified_poisson", "standardised", "mantel_haenszel"])
def test_o74_berkeley_turns_round_when_the_department_is_the_same(examples, model, reproduced):
    example = examples["O-74"]
    frame = pd.DataFrame(
        [
            (sex, department, *counts)
            for sex in ("men", "women")
            for department, counts in zip(
                example["inputs"]["departments"], example["inputs"][sex], strict=True
            )
        ],
        columns=["sex", "department", "admitted", "applied"],
    )
    found = by_group(
        adjusted_ratio(
            frame, "sex", "men", numerator="admitted", denominator="applied",
            covariates="department", basis="stage", model=model,
        )
    )  # fmt: skip
    for sex in ("men", "women"):
        admitted, applied, per_cent = example["expected"][sex]
        assert found.loc[sex, ["numerator", "denominator"]].tolist() == [admitted, applied]
        reproduced(example, 100 * admitted / applied, per_cent, atol=0.05)
    women = found.loc["women"]
    assert women["unadjusted_upper"] < 1
    assert women["value"] > 1
    assert women["lower"] > 0.95


# statsmodels fitted by hand


def by_hand(frame, y, offset=None, family=None, **fit):
    matrix = pd.get_dummies(
        frame[["ethnic_group", "age", "record"]].astype(str), drop_first=False
    ).astype(float)
    matrix = matrix.drop(
        columns=[
            "ethnic_group_White",
            next(c for c in matrix if c.startswith("age")),
            "record_none",
        ]
    )
    matrix.insert(0, "constant", 1.0)
    return GLM(y, matrix, family=family or families.Poisson(), offset=offset).fit(**fit)


def test_modified_poisson_with_clusters_is_that_of_statsmodels():
    children = expand(make_stage(size=60)).assign(age=lambda f: f["age"].astype(str))
    children["child"] = np.arange(len(children)) // 3
    options = {"numerator": "y", "covariates": ["age", "record"], "basis": "stage"}
    found = by_group(adjusted_ratio(children, cluster="child", **options))
    fit = by_hand(
        children, children["y"].astype(float), cov_type="cluster",
        cov_kwds={"groups": children["child"], "use_correction": False},
    )  # fmt: skip
    for group in ("Asian", "Black"):
        expected = np.exp(
            [fit.params[f"ethnic_group_{group}"], *fit.conf_int().loc[f"ethnic_group_{group}"]]
        )
        np.testing.assert_allclose(found.loc[group, LIMITS].to_numpy(float), expected, rtol=1e-6)
        assert found.loc[group, "p_value"] == pytest.approx(
            fit.pvalues[f"ethnic_group_{group}"], rel=1e-5
        )
    plain = by_hand(children, children["y"].astype(float), cov_type="HC0")
    alone = by_group(adjusted_ratio(children, **options))
    limits = np.exp(plain.conf_int().loc["ethnic_group_Black"])
    np.testing.assert_allclose(
        alone.loc["Black", ["lower", "upper"]].to_numpy(float), limits, rtol=1e-6
    )


def test_poisson_with_an_offset_is_that_of_statsmodels():
    frame = make_stage().rename(columns={"custody": "children", "sentenced": "population"})
    frame["age"] = frame["age"].astype(str)
    found = by_group(adjusted_ratio(frame, model="poisson", covariates=["age", "record"], **RATES))
    fit = by_hand(frame, frame["children"].astype(float), np.log(frame["population"].astype(float)))
    expected = np.exp([fit.params["ethnic_group_Black"], *fit.conf_int().loc["ethnic_group_Black"]])
    np.testing.assert_allclose(found.loc["Black", LIMITS].to_numpy(float), expected, rtol=1e-6)
    assert found.loc["Black", "dispersion"] == pytest.approx(fit.pearson_chi2 / fit.df_resid)
    assert found.loc["Black", "events_per_parameter"] == frame["children"].sum() / 5


def test_negative_binomial_is_the_highest_point_of_the_likelihood():
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    frame = make_rates(spread=0.4)
    found = by_group(adjusted_ratio(frame, covariates="sex", **RATES))
    assert found.loc["Black", "method"] == "negative_binomial"
    groups = (frame["ethnic_group"].to_numpy()[:, None] == ["Black", "Mixed"]).astype(float)
    matrix = np.column_stack([np.ones(len(frame)), groups, frame["sex"] == "girls"]).astype(float)

    def loss(theta):
        size = np.exp(-theta[-1])
        mean = np.exp(matrix @ theta[:-1]) * frame["population"]
        return -nbinom.logpmf(frame["children"], size, size / (size + mean)).sum()

    best = minimize(loss, [-4.6, 0.5, 0, 0, -1], method="BFGS", options={"gtol": 1e-7})
    assert np.log(found["value"][["Black", "Mixed"]]).to_numpy() == pytest.approx(
        best.x[1:3], abs=1e-5
    )
    assert np.log(adjusted_ratio(frame, covariates="sex", **RATES).attrs["alpha"]) == pytest.approx(
        best.x[-1], abs=1e-4
    )


@pytest.mark.prove
def test_standardised_by_hand_and_its_limits_by_bootstrap():
    frame = make_stage(levels=2, size=200).assign(age=lambda f: f["age"].astype(str))
    found = by_group(
        adjusted_ratio(frame, model="standardised", covariates=["age", "record"], **STAGE)
    )
    chance = np.random.default_rng(7)
    n = frame["sentenced"].to_numpy(float)
    # Draws keep the number sentenced in every cell, as the delta method takes the mix as it is.
    draws = chance.binomial(n.astype(int), frame["custody"] / n, (400, len(frame)))

    fitted = by_hand(frame, np.column_stack([draws[0], n - draws[0]]), family=families.Binomial())
    matrix, names = fitted.model.exog, fitted.model.exog_names
    black, other = matrix.copy(), matrix.copy()
    for counterfactual in (black, other):
        counterfactual[:, [names.index(f"ethnic_group_{g}") for g in ("Asian", "Black")]] = 0
    black[:, names.index("ethnic_group_Black")] = 1

    def ratio(x):
        fit = GLM(np.column_stack([x, n - x]), matrix, family=families.Binomial()).fit()
        return fit.predict(black) @ n / (fit.predict(other) @ n)

    row = found.loc["Black"]
    assert row["value"] == pytest.approx(ratio(frame["custody"].to_numpy(float)))
    spread = np.std([np.log(ratio(draw.astype(float))) for draw in draws])
    error = np.log(row["upper"] / row["lower"]) / (2 * 1.959964)
    assert error == pytest.approx(spread, rel=0.12)


# What must not change an answer


@pytest.mark.parametrize("model", ["modified_poisson", "standardised", "mantel_haenszel"])
def test_counts_and_rows_of_children_give_the_same_answer(model):
    frame = make_stage(size=80)
    covariates = ["age", "record"]
    counted = adjusted_ratio(frame, covariates=covariates, model=model, **STAGE)
    listed = adjusted_ratio(
        expand(frame), numerator="y", covariates=covariates, basis="stage", model=model
    )
    same(counted, listed, [*LIMITS, "p_value", "unadjusted_lower", "numerator", "denominator"])


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.sampled_from(["auto", "standardised", "mantel_haenszel"]))
@pytest.mark.prove
def test_the_order_of_rows_and_a_constant_covariate_change_nothing(seed, model):
    frame = make_stage(seed, levels=2, size=60).assign(area="one")
    one = adjusted_ratio(frame, covariates="record", model=model, **STAGE)
    shuffled = frame.sample(frac=1, random_state=seed)
    same(one, adjusted_ratio(shuffled, covariates="record", model=model, **STAGE))
    constant = adjusted_ratio(frame, covariates=["record", "area"], model=model, **STAGE)
    same(one, constant)
    assert "constant_covariate" in constant["flags"].iloc[0]
    assert constant.attrs["covariates"] == {"record": "by category", "area": "constant"}


def test_the_scale_of_a_number_and_a_covariate_named_twice_over_change_nothing():
    frame = make_stage()
    one = adjusted_ratio(frame, covariates=["age", "record"], **STAGE)
    frame["months"] = frame["age"] * 12.0 + 100_000
    same(one, adjusted_ratio(frame, covariates=["months", "record"], **STAGE), rtol=1e-6)
    double = adjusted_ratio(frame, covariates=["age", "months", "record"], **STAGE)
    same(one, double, rtol=1e-6)
    assert "redundant_covariate" in double["flags"].iloc[0]


@given(st.integers(1, 4))
def test_a_covariate_independent_of_the_group_leaves_the_ratio(copies):
    frame = pd.DataFrame(
        [(g, c, 20 * k * 2, 100 * k) for g, k in (("White", 3), ("Black", 2)) for c in range(copies + 1)],
        columns=["ethnic_group", "court", "custody", "sentenced"],
    )  # fmt: skip
    frame["custody"] += np.where(frame["ethnic_group"] == "Black", 30, 0)
    frame["court"] = frame["court"].astype(str)
    for model in ("modified_poisson", "standardised", "mantel_haenszel"):
        found = adjusted_ratio(frame, covariates="court", model=model, **STAGE)
        np.testing.assert_allclose(found["value"], found["unadjusted_value"], rtol=1e-6)


def test_adding_a_group_without_events_or_an_unknown_group_leaves_the_others():
    frame = make_stage()
    one = by_group(adjusted_ratio(frame, covariates="record", **STAGE))
    more = pd.DataFrame(
        {
            "ethnic_group": ["Other", "Other", "Unknown", "Unknown"],
            "age": 13, "record": ["none", "some"] * 2,
            "custody": [0, 0, 40, None], "sentenced": [30, 20, 60, 50],
        }
    )  # fmt: skip
    found = adjusted_ratio(pd.concat([frame, more]), covariates="record", **STAGE)
    assert found["ethnic_group"].tolist() == ["Asian", "Black", "White", "Other", "Unknown"]
    other = by_group(found)
    same(one.loc[["Asian", "Black"]], other.loc[["Asian", "Black"]])
    assert other.loc["Other", "value"] == 0
    assert other.loc["Other", ["lower", "upper", "p_value"]].isna().all()
    assert {"zero_numerator", "undefined"} <= set(other.loc["Other", "flags"].split(";"))
    assert other.loc["Unknown", "flags"] == "unknown_group"
    assert other.loc["Unknown", ["numerator", "denominator", "rows"]].tolist() == [40, 110, 2]
    assert np.isnan(other.loc["Unknown", "value"])
    assert found.attrs["left_out"]["unknown_group"] == 2


# Choosing a model


def test_few_events_lead_to_mantel_haenszel_unless_children_stand_in_several_rows():
    frame = make_stage(levels=3, size=24)
    found = adjusted_ratio(frame, covariates=["age", "record"], **STAGE)
    events, parameters = frame["custody"].sum(), 4
    assert found["events_per_parameter"].iloc[0] == events / parameters < 10
    assert set(found["method"]) == {"", "mantel_haenszel"}
    assert "under the 10 that a regression needs" in found.attrs["reason"]
    stacked = frame.pivot_table(index=["age", "record"], columns="ethnic_group")
    counts = [
        stacked[(name, group)] for group in ("Black", "White") for name in ("custody", "sentenced")
    ]
    pooled = mantel_haenszel(*counts)
    same(by_group(found).loc[["Black"]], pooled)
    enough = adjusted_ratio(
        frame, covariates=["age", "record"], minimum_events_per_parameter=1, **STAGE
    )
    assert set(enough["method"]) == {"", "modified_poisson"}
    children = expand(frame).assign(child=lambda f: f.index // 2)
    options = {"numerator": "y", "basis": "stage", "covariates": ["age", "record"]}
    repeated = adjusted_ratio(children, cluster="child", **options)
    assert set(repeated["method"]) == {"", "modified_poisson"}
    assert {"few_events"} <= set(repeated["flags"].iloc[0].split(";"))
    once = adjusted_ratio(children.assign(child=children.index), cluster="child", **options)
    assert set(once["method"]) == {"", "mantel_haenszel"}


def test_the_rarer_outcome_is_counted():
    frame = make_stage()
    frame["custody"] = frame["sentenced"] - frame["custody"]
    found = adjusted_ratio(frame, covariates="record", **STAGE)
    rarer = (frame["sentenced"] - frame["custody"]).sum()
    assert found["events_per_parameter"].iloc[0] == rarer / 3


def test_poisson_counts_stay_poisson_and_the_limit_is_an_argument():
    frame = make_rates()
    calm = adjusted_ratio(frame, covariates=["age", "sex"], **RATES)
    assert set(calm["method"]) == {"", "poisson"}
    assert calm["dispersion"].iloc[0] < 1.5
    strict = adjusted_ratio(frame, covariates=["age", "sex"], dispersion_limit=0.01, **RATES)
    assert strict["method"].iloc[0] in {"negative_binomial", "quasi_poisson"}
    assert "limit 0.01" in strict.attrs["reason"]
    asked = adjusted_ratio(
        frame, covariates=["age", "sex"], model="poisson", dispersion_limit=0.01, **RATES
    )
    same(calm, asked)
    assert "overdispersed" in asked["flags"].iloc[0]


def test_negative_binomial_asked_for_without_overdispersion_has_no_fit():
    frame = make_rates()
    frame["children"] = (frame["population"] / 100).round()
    found = adjusted_ratio(frame, covariates="sex", model="negative_binomial", **RATES)
    assert "not_converged" in found["flags"].iloc[0]
    assert found.loc[0, LIMITS].isna().all()


# Clusters


def test_clusters_widen_and_one_row_per_child_changes_nothing():
    children = expand(make_stage(size=60))
    options = {
        "numerator": "y",
        "basis": "stage",
        "covariates": "record",
        "model": "modified_poisson",
    }
    alone = adjusted_ratio(children, **options)
    once = adjusted_ratio(children.assign(child=children.index), cluster="child", **options)
    same(alone, once)
    assert once["children"].tolist() == once["denominator"].tolist()
    doubled = pd.concat([children, children], ignore_index=True)
    doubled["child"] = np.tile(children.index, 2)
    both = adjusted_ratio(doubled, cluster="child", **options)
    same(alone, both)  # a child counted twice tells nothing new
    assert both["children"].tolist() == once["children"].tolist()
    naive = adjusted_ratio(doubled, **options)
    assert (naive["upper"] / naive["lower"]).iloc[0] < (both["upper"] / both["lower"]).iloc[0]
    assert (both["unadjusted_method"][:2] == "modified_poisson").all()
    assert both["unadjusted_upper"].iloc[0] > naive["unadjusted_upper"].iloc[0]
    few = adjusted_ratio(children.assign(child=children.index % 20), cluster="child", **options)
    assert "few_clusters" in few["flags"].iloc[0]


# Separation, confounding, missing values


def test_a_covariate_without_events_is_set_aside_and_said():
    frame = make_stage()
    extra = frame[frame["record"] == "none"].assign(record="unheard", custody=0)
    for options in (STAGE, {"numerator": "custody", "denominator": "sentenced"}):
        one = adjusted_ratio(frame, covariates="record", **options)
        found = adjusted_ratio(pd.concat([frame, extra]), covariates="record", **options)
        same(one, found, LIMITS)
        assert "separated" in found["flags"].iloc[0]
        assert found.attrs["left_out"]["separated"] == len(extra)
    logistic = adjusted_ratio(
        pd.concat([frame, extra]), covariates="record", model="standardised", **STAGE
    )
    assert logistic.loc[:1, "value"].isna().all()
    assert "separated" in logistic["flags"].iloc[0]


def test_a_number_that_tells_every_event_apart_leaves_no_claim():
    frame = pd.DataFrame(
        {
            "ethnic_group": ["White", "Black"] * 6,
            "age": [10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15],
            "y": [0] * 6 + [1] * 6,
        }
    )
    options = {"numerator": "y", "covariates": "age", "basis": "stage"}
    found = adjusted_ratio(frame, model="modified_poisson", **options)
    assert found["flags"].notna().all()
    logistic = adjusted_ratio(frame, model="standardised", **options)
    assert np.isnan(logistic["value"].iloc[0])
    assert "separated" in logistic["flags"].iloc[0]


def test_a_group_that_a_covariate_implies_is_not_identified():
    frame = make_stage()
    frame["area"] = np.where(frame["ethnic_group"] == "Asian", "north", "south")
    found = by_group(adjusted_ratio(frame, covariates=["area", "record"], **STAGE))
    assert np.isnan(found.loc["Asian", "value"])
    assert {"not_identified", "undefined"} <= set(found.loc["Asian", "flags"].split(";"))
    black = by_group(
        adjusted_ratio(frame[frame["ethnic_group"] != "Asian"], covariates="record", **STAGE)
    )
    same(black.loc[["Black"]], found.loc[["Black"]])
    frame["area"] = np.where(frame["ethnic_group"] == "White", "north", "south")
    alone = by_group(adjusted_ratio(frame, covariates="area", model="modified_poisson", **STAGE))
    assert alone.loc[["Asian", "Black"], "value"].isna().all()


def test_no_events_in_the_reference_or_in_all():
    frame = make_stage().assign(
        custody=lambda f: f["custody"].where(f["ethnic_group"] != "White", 0)
    )
    for model in ("modified_poisson", "standardised", "mantel_haenszel"):
        found = adjusted_ratio(frame, covariates="record", model=model, **STAGE)
        assert found[LIMITS].isna().all(axis=None)
        assert "undefined" in found["flags"].iloc[0]
        none = adjusted_ratio(frame.assign(custody=0), covariates="record", model=model, **STAGE)
        assert none[LIMITS].isna().all(axis=None)


def test_rows_without_a_value_are_counted_and_the_rest_is_used():
    frame = make_stage()
    holes = frame.copy()
    holes["custody"] = holes["custody"].astype("Float64")
    holes.loc[0, "record"] = None
    holes.loc[len(frame) - 1, "custody"] = pd.NA
    holes.loc[3, ["custody", "sentenced"]] = 0
    found = adjusted_ratio(holes, covariates="record", **STAGE)
    whole = adjusted_ratio(frame.drop([0, 3, len(frame) - 1]), covariates="record", **STAGE)
    same(found, whole)
    assert found.attrs["left_out"]["missing_value"] == 2
    assert found.attrs["left_out"]["no_denominator"] == 1
    flags = by_group(found)["flags"]
    assert "rows_left_out" in flags["White"]
    assert "rows_left_out" in flags["Asian"]
    assert "rows_left_out" not in flags["Black"]


def test_strata_with_one_side_alone_are_left_out_and_counted():
    frame = make_stage(levels=2, size=30).assign(age=lambda f: f["age"].astype(str))
    frame = frame[~((frame["ethnic_group"] == "Black") & (frame["record"] == "some"))]
    found = by_group(
        adjusted_ratio(frame, covariates=["age", "record"], model="mantel_haenszel", **STAGE)
    )
    assert found.loc["Black", ["strata", "strata_left_out"]].tolist() == [2, 2]
    assert "strata_left_out" in found.loc["Black", "flags"]
    assert found.loc["Asian", "strata_left_out"] == 0


def test_columns_attributes_and_the_plain_ratio_beside():
    frame = make_stage()
    frame.attrs["source"] = "made for tests"
    found = adjusted_ratio(frame, covariates=["age", "record"], **STAGE)
    plain = [f"unadjusted_{name}" for name in (*LIMITS, "p_value", "method")]
    assert list(found) == [
        "ethnic_group", "numerator", "denominator", *plain, *LIMITS, "p_value", "method",
        "covariates", "dispersion", "events_per_parameter", "rows", "children", "strata",
        "strata_left_out", "flags",
    ]  # fmt: skip
    black = by_group(found).loc["Black"]
    sums = frame.groupby("ethnic_group")[["custody", "sentenced"]].sum()
    expected = risk_ratio(*sums.loc["Black"], *sums.loc["White"])
    for name in (*LIMITS, "p_value", "method"):
        assert black[f"unadjusted_{name}"] == getattr(expected, name)
    rates = by_group(adjusted_ratio(make_rates(), covariates="sex", **RATES)).loc["Black"]
    totals = make_rates().groupby("ethnic_group")[["children", "population"]].sum()
    assert rates["unadjusted_upper"] == rate_ratio(*totals.loc["Black"], *totals.loc["White"]).upper
    assert black["covariates"] == "age, record"
    white = by_group(found).loc["White"]
    assert white[["value", "unadjusted_value"]].tolist() == [1, 1]
    assert white[["lower", "unadjusted_lower"]].isna().all()
    assert found.attrs["source"] == "made for tests"
    assert found.attrs["model"].endswith("by ethnic_group and age (linear), record (by category).")
    assert "remove disparity that arose there" in found.attrs["caution"]
    assert "cause" in found.attrs["caution"]


def test_a_yes_or_no_column_is_an_outcome_and_a_covariate():
    children = expand(make_stage(size=80))
    yes = children.assign(y=children["y"] == 1, some=children["record"] == "some")
    options = {"numerator": "y", "basis": "stage"}
    one = adjusted_ratio(children, covariates="record", **options)
    same(one, adjusted_ratio(yes, covariates="some", **options))


@pytest.mark.prove
def test_nothing_that_statsmodels_says_leaks():
    chance = np.random.default_rng(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(4):
            frame = make_stage(int(chance.integers(10_000)), levels=2, size=16)
            frame["custody"] = np.minimum(frame["custody"], chance.integers(0, 3, len(frame)))
            for model in ("auto", "modified_poisson", "standardised"):
                adjusted_ratio(frame, covariates=["age", "record"], model=model, **STAGE)
            for model in ("auto", "quasi_poisson", "negative_binomial"):
                adjusted_ratio(
                    frame, numerator="custody", denominator="sentenced", model=model,
                    covariates=["age", "record"],
                )  # fmt: skip


BAD = make_stage()


@pytest.mark.parametrize(
    ("frame", "options", "sentence"),
    [
        (BAD, {"covariates": []}, "covariates is empty"),
        (BAD, {"covariates": "sex"}, "no column 'sex'"),
        (BAD, {"covariates": ["age", "age"]}, "'age' is used twice"),
        (BAD, {"covariates": "custody"}, "'custody' is used twice"),
        (BAD, {"reference": "Mixed"}, "no row for the reference 'Mixed'"),
        (BAD, {"reference": "Unknown"}, "also among the unknown groups"),
        (BAD, {"model": "poisson"}, "'poisson' is not for basis='stage'"),
        (BAD, {"model": "logit"}, "model is 'logit'"),
        (BAD, {"basis": "area"}, "basis is 'area'"),
        (BAD, {"basis": "population", "denominator": None}, "needs a denominator and takes no"),
        (
            BAD,
            {"basis": "population", "cluster": "age", "covariates": "record"},
            "takes no cluster",
        ),
        (BAD, {"confidence": 95}, "confidence is 95"),
        (BAD, {"dispersion_limit": 0}, "dispersion_limit is 0"),
        (BAD, {"minimum_events_per_parameter": "x"}, "minimum_events_per_parameter is 'x'"),
        (BAD, {"denominator": None}, "must be 0 or 1"),
        (BAD.assign(custody=999), {}, r"custody is above sentenced in row 0 \(ethnic_group White"),
        (BAD.assign(custody=-1), {}, "custody is -1 in row 0"),
        (BAD.assign(custody="many"), {}, "custody is 'many'"),
        (BAD.assign(custody=np.inf), {}, "must be finite"),
        (BAD.assign(age=np.inf), {}, "age is infinite in row 0"),
        (pd.concat([BAD, BAD]), {}, "stands twice in every column"),
        (BAD.assign(record="All"), {}, "is a total over record"),
        (BAD.assign(ethnic_group=[None, *BAD["ethnic_group"][1:]]), {}, "has no ethnic_group"),
        (BAD.iloc[:0], {}, "no row for the reference"),
        ([1, 2], {}, "frame is a list"),
        (BAD, {"covariates": None}, "covariates is empty"),
        (BAD, {"covariates": 5}, "no column 5"),
        (BAD, {"covariates": [["age"]]}, "give one name or a list of names"),
        (BAD, {"numerator": ["custody"]}, r"A list names no column"),
        (BAD, {"reference": pd.NA}, "reference is <NA>; give one label"),
        (BAD.assign(record=[[1]] * len(BAD)), {}, "'record' holds values that cannot be labels"),
        (BAD.assign(age=1j), {}, "age holds complex numbers"),
        (BAD.rename(columns={"ethnic_group": "value"}), {"group": "value"}, "'value' is also a"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(frame, options, sentence):
    with pytest.raises(InputProblem, match=sentence) as raised:
        adjusted_ratio(frame, **{**STAGE, "covariates": ["age", "record"], **options})
    assert str(raised.value).count("\n") == 0


@pytest.mark.prove
def test_the_sandwich_holds_the_truth_as_often_as_it_says():
    inside = {"modified_poisson": 0, "standardised": 0, "mantel_haenszel": 0}
    runs = 200
    for seed in range(runs):
        frame = make_stage(seed, levels=1, size=400)
        for model in inside:
            found = adjusted_ratio(frame, covariates="record", model=model, **STAGE)
            row = by_group(found).loc["Black"]
            inside[model] += row["lower"] <= 1.5 <= row["upper"]
    for count in inside.values():
        assert 0.92 < count / runs < 0.98


def test_all_of_every_group_leave_no_interval():
    frame = make_stage().assign(custody=lambda f: f["sentenced"])
    for model in ("auto", "modified_poisson", "mantel_haenszel", "standardised"):
        found = by_group(adjusted_ratio(frame, covariates="record", model=model, **STAGE))
        assert found.loc[["Asian", "Black"], ["lower", "upper", "p_value"]].isna().all(axis=None)
        assert "undefined" in found.loc["Black", "flags"]


def test_a_model_with_as_many_terms_as_rows_says_that_it_is_saturated():
    frame = pd.DataFrame(
        {"ethnic_group": ["White", "Black", "White"], "area": ["a", "a", "b"]}
    ).assign(children=[60, 40, 50], population=[1000, 500, 900])
    found = adjusted_ratio(frame, covariates="area", **RATES)
    assert np.isnan(found["dispersion"].iloc[0])
    assert "saturated" in found["flags"].iloc[0]
    assert found["value"].iloc[0] == pytest.approx(40 / 500 / (60 / 1000))


@pytest.mark.prove
def test_limits_hold_the_truth_where_few_rows_tell_the_overdispersion():
    chance, inside, runs = np.random.default_rng(4), 0, 60
    for _ in range(runs):
        frame = pd.MultiIndex.from_product(
            [["White", "Black", "Asian"], list("abcd")], names=["ethnic_group", "area"]
        ).to_frame(index=False)
        mean = 80 * chance.gamma(20, 1 / 20, len(frame))
        frame = frame.assign(children=chance.poisson(mean), population=10_000)
        row = by_group(adjusted_ratio(frame, covariates="area", **RATES)).loc["Black"]
        inside += row["lower"] <= 1 <= row["upper"]
    assert inside >= 0.9 * runs  # with the errors of maximum likelihood about 0.8


def test_columns_that_play_no_part_and_numbers_of_any_size_do_no_harm():
    frame = make_stage()
    one = adjusted_ratio(frame, covariates=["age", "record"], **STAGE)
    other = frame.assign(note=[[1]] * len(frame), age=frame["age"] * 1e305)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        same(one, adjusted_ratio(other, covariates=["age", "record"], **STAGE))


def test_columns_of_any_kind_are_read():
    frame = make_stage()
    one = adjusted_ratio(frame, covariates=["age", "record"], **STAGE)
    other = frame.assign(
        ethnic_group=frame["ethnic_group"].astype("category"),
        record=pd.Categorical(frame["record"], categories=["some", "none", "never seen"]),
        age=frame["age"].astype("Float64"),
        custody=frame["custody"].astype(object),
    ).set_index(pd.Index(list("abcdefghijklmnopqr")))
    same(one, adjusted_ratio(other, covariates=["age", "record"], **STAGE))


def test_no_group_with_events_to_compare_leaves_zeros_and_no_model():
    frame = make_stage(levels=2)
    frame["custody"] = frame["custody"].where(frame["ethnic_group"] == "White", 0)
    for model in ("auto", "modified_poisson", "standardised"):
        found = by_group(adjusted_ratio(frame, covariates="age", model=model, **STAGE))
        assert found.loc[["Asian", "Black"], "value"].tolist() == [0, 0]
        assert found.loc[["Asian", "Black"], "upper"].isna().all()
