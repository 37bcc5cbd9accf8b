"""Combinations of characteristics: margins, both references, and what the combination adds."""

import itertools
import time
import warnings

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from youthjustice.errors import InputProblem
from youthjustice.measures import relative_rate_index
from youthjustice.measures.disparity.intersections import intersections

ETHNIC, SEX, AGE = ["Black", "White", "Other"], ["female", "male"], ["10-14", "15-17"]
DIMENSIONS = ["ethnic_group", "sex", "age_band"]
NUMBERS = {"numerator": "x", "denominator": "n"}
RATIO = ["value", "lower", "upper", "p_value", "method", "finding", "flags"]


def crossed(seed=1):
    chance = np.random.default_rng(seed)
    rows = pd.DataFrame(itertools.product(ETHNIC, SEX, AGE), columns=DIMENSIONS)
    rows["n"] = chance.integers(500, 5000, len(rows))
    rows["x"] = chance.poisson(rows["n"] * 0.02)
    return rows


TABLE = crossed()


def found_at(found, *labels):
    return found.set_index(DIMENSIONS).loc[labels]


def test_every_combination_and_margin_stands_once_and_sums_up():
    found = intersections(TABLE, **NUMBERS)
    assert len(found) == 4 * 3 * 3
    assert not found.duplicated(DIMENSIONS).any()
    for row in found.itertuples():
        part = TABLE
        for name in DIMENSIONS:
            if getattr(row, name) != "All":
                part = part[part[name] == getattr(row, name)]
        assert (row.numerator, row.denominator) == (part["x"].sum(), part["n"].sum())
    assert found["ethnic_group"].iloc[[0, -1]].tolist() == ["Black", "All"]


@pytest.mark.parametrize("basis", ["population", "stage"])
def test_the_first_comparison_is_the_index_within_the_same_other_characteristics(basis):
    found = intersections(TABLE, basis=basis, **NUMBERS)
    for sex, age in itertools.product([*SEX, "All"], [*AGE, "All"]):
        part = TABLE[TABLE["sex"].isin(SEX if sex == "All" else [sex])]
        part = part[part["age_band"].isin(AGE if age == "All" else [age])]
        summed = part.groupby("ethnic_group", as_index=False)[["x", "n"]].sum()
        index = relative_rate_index(summed, basis=basis, **NUMBERS).set_index("ethnic_group")
        here = found[(found["sex"] == sex) & (found["age_band"] == age)].set_index("ethnic_group")
        pd.testing.assert_frame_equal(here.loc[index.index, RATIO], index[RATIO])


def test_the_joint_comparison_is_with_every_reference_over_the_same_dimensions():
    found = intersections(TABLE, **NUMBERS)
    black_girls = found_at(found, "Black", "female", "15-17")
    two = TABLE[(TABLE["age_band"] == "15-17")].copy()
    two["who"] = two["ethnic_group"] + " " + two["sex"]
    index = relative_rate_index(two, "who", "White male", **NUMBERS).set_index("who")
    for name in ("value", "lower", "upper", "p_value"):
        assert black_girls[f"joint_{name}"] == index.loc["Black female", name]
    all_ages = found_at(found, "Black", "female", "All")
    summed = two = TABLE.groupby(["ethnic_group", "sex"], as_index=False)[["x", "n"]].sum()
    rate = (summed["x"] / summed["n"]).set_axis(summed["ethnic_group"] + summed["sex"])
    assert all_ages["joint_value"] == pytest.approx(rate["Blackfemale"] / rate["Whitemale"])
    assert found_at(found, "White", "male", "15-17")["joint_finding"] == "reference"
    assert found_at(found, "All", "All", "All")["joint_finding"] == "not compared"
    assert found_at(found, "All", "female", "All")["finding"] == "not compared"
    assert found_at(found, "All", "female", "All")["joint_value"] > 0


def saturated(part, design):
    """Fit the model that has a parameter for every cell, of which statsmodels warns."""
    offset = np.log(part["n"].astype(float))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sm.GLM(part["x"], design, sm.families.Poisson(), offset=offset).fit(tol=1e-12)


PRODUCT = ["joint_to_product", "joint_to_product_lower", "joint_to_product_upper"]


@pytest.mark.parametrize("age", ["15-17", "All"])
def test_joint_to_product_is_the_interaction_of_a_saturated_poisson_model(age):
    part = TABLE[TABLE["age_band"].isin(AGE if age == "All" else [age])]
    part = part[part["ethnic_group"] != "Other"].groupby(["ethnic_group", "sex"])[["x", "n"]]
    part = part.sum().reset_index()
    black, girl = part["ethnic_group"] == "Black", part["sex"] == "female"
    fit = saturated(part, np.column_stack([np.ones(4), black, girl, black & girl]).astype(float))
    row = found_at(intersections(TABLE, **NUMBERS), "Black", "female", age)
    wanted = np.exp([fit.params.iloc[3], *fit.conf_int().iloc[3]])
    np.testing.assert_allclose(row[PRODUCT].astype(float), wanted, rtol=1e-6)


def test_joint_to_product_with_three_characteristics_is_a_contrast_of_the_model():
    part = TABLE[TABLE["ethnic_group"] != "Other"]
    one = (part[DIMENSIONS] != ["White", "male", "15-17"]).to_numpy().astype(float)
    names = [c for size in range(4) for c in itertools.combinations(range(3), size)]
    fit = saturated(part, np.column_stack([one[:, list(c)].prod(axis=1) for c in names]))
    test = fit.t_test([[float(len(c) > 1) for c in names]])
    row = found_at(intersections(TABLE, **NUMBERS), "Black", "female", "10-14")
    wanted = np.exp([test.effect.item(), *test.conf_int()[0]])
    np.testing.assert_allclose(row[PRODUCT].astype(float), wanted, rtol=1e-6)


def test_joint_to_product_at_a_stage_has_the_delta_variance_of_risks():
    row = found_at(intersections(TABLE, basis="stage", **NUMBERS), "Black", "female", "15-17")
    cells = TABLE[(TABLE["age_band"] == "15-17")].set_index(["ethnic_group", "sex"])
    four = [(g, s) for g in ("Black", "White") for s in SEX]
    x, n = (cells.loc[four, name].to_numpy(float) for name in ("x", "n"))
    gap = (np.log(x / n) * [1, -1, -1, 1]).sum()
    error = np.sqrt((1 / x - 1 / n).sum())
    assert row["joint_to_product_lower"] == pytest.approx(np.exp(gap - 1.959963985 * error))


def test_a_missing_count_and_an_absent_combination_are_missing_in_their_margins_alone():
    gap = TABLE.astype({"x": float})
    gap.loc[0, "x"] = np.nan
    absent = TABLE.drop(index=0)
    whole = intersections(TABLE, **NUMBERS)
    for table in (gap, absent):
        found = intersections(table, **NUMBERS)
        assert len(found) == len(whole)
        above = found["ethnic_group"].isin(["Black", "All"]) & found["sex"].isin(["female", "All"])
        above &= found["age_band"].isin(["10-14", "All"])
        assert found.loc[above, "numerator"].isna().all()
        kept = ["numerator", "value", "lower", "joint_value"]
        clean = ~above & found["value"].notna()
        pd.testing.assert_frame_equal(found.loc[clean, kept], whole.loc[clean, kept])
    assert found_at(found, "Black", "female", "10-14")["finding"].endswith("a count is missing")


def test_unknown_labels_count_in_the_margins_over_them_and_are_never_compared():
    extra = pd.DataFrame(
        [("Unknown", "female", "10-14", 40, np.nan), ("Black", "Unknown", "15-17", 9, np.nan)],
        columns=[*DIMENSIONS, "x", "n"],
    )
    found = intersections(pd.concat([TABLE, extra]), **NUMBERS)
    whole = intersections(TABLE, **NUMBERS)
    assert found_at(found, "Unknown", "female", "10-14")["finding"] == "not compared"
    black = found_at(found, "Black", "All", "15-17")
    assert black["numerator"] == found_at(whole, "Black", "All", "15-17")["numerator"] + 9
    assert black["denominator"] == found_at(whole, "Black", "All", "15-17")["denominator"]
    assert found_at(found, "All", "All", "All")["numerator"] == TABLE["x"].sum() + 49
    row = found_at(found, "Black", "female", "10-14")
    assert row[RATIO].equals(found_at(whole, "Black", "female", "10-14")[RATIO])


def test_too_few_are_not_compared_and_areas_stand_alone():
    small = TABLE.assign(x=2)
    both = pd.concat([small.assign(area="A"), TABLE.assign(area="B")])
    found = intersections(both, by="area", **NUMBERS)
    first = found[found["area"] == "A"]
    few = first[(first[DIMENSIONS] != "All").all(axis=1) & (first["ethnic_group"] != "White")]
    assert (few["finding"] == "not calculated: too few").all()
    assert few["joint_to_product"].isna().all()
    alone = intersections(TABLE, **NUMBERS)
    second = found[found["area"] == "B"].drop(columns="area").reset_index(drop=True)
    pd.testing.assert_frame_equal(second, alone)


def test_order_and_types_of_rows_do_not_matter():
    expected = intersections(TABLE, **NUMBERS)
    shuffled = TABLE.sample(frac=1, random_state=1).astype(dict.fromkeys(DIMENSIONS, "category"))
    pd.testing.assert_frame_equal(intersections(shuffled, **NUMBERS), expected)


def test_two_dimensions_and_another_reference():
    two = TABLE.groupby(["sex", "age_band"], as_index=False)[["x", "n"]].sum()
    found = intersections(two, ["sex", "age_band"], ["male", "10-14"], **NUMBERS)
    assert len(found) == 9
    assert found.attrs["reference"] == {"sex": "male", "age_band": "10-14"}


def test_no_rows_give_no_rows():
    assert intersections(TABLE.iloc[:0], **NUMBERS).empty


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        (TABLE, {"reference": {"sex": "male"}}, "one label for each of"),
        (TABLE, {"reference": ["White", "male", "18"]}, "'18' in age_band"),
        (TABLE.replace("male", "All"), {}, "total over sex"),
        (pd.concat([TABLE, TABLE[:1]]), {}, "stands twice"),
        (TABLE[TABLE["ethnic_group"] != "White"], {}, "'White' in ethnic_group"),
        (pd.concat([TABLE.assign(area="A"), TABLE[:4].assign(area="B")]), {"by": "area"},
         "A cell has no row for the reference"),
        (TABLE.rename(columns={"sex": "rate"}),
         {"dimensions": ["ethnic_group", "rate", "age_band"], "reference": ["White", "male", "15-17"]},
         "'rate' is also a column"),
    ],
)  # fmt: skip
def test_an_impossible_table_is_named_in_one_sentence(table, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        intersections(table, **{**NUMBERS, **options})


@pytest.mark.prove
def test_many_areas_take_seconds():
    areas = pd.concat([TABLE.assign(area=area) for area in range(3000)])
    start = time.process_time()
    assert len(intersections(areas, by="area", **NUMBERS)) == 108_000
    assert time.process_time() - start < 20
