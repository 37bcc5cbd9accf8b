"""What holds for every table of groups, and the odd tables that must not disturb it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import relative_rate_index
from youthjustice.measures.disparity.findings import FINDINGS, ROUNDED

GROUPS = ["Asian", "Black", "Mixed", "White", "Other", "Unknown"]
COUNT = st.one_of(st.integers(0, 12), st.integers(0, 100_000), st.just(None))
PAIRS = st.lists(st.tuples(COUNT, COUNT), min_size=6, max_size=6)
BASIS = st.sampled_from(["population", "stage"])
RATIO = ["value", "lower", "upper"]


def table(pairs, groups=GROUPS):
    """Make counts of a stage: the smaller of two is the numerator, and either may be missing."""
    numbers = [[np.nan if one is None else float(one) for one in pair] for pair in pairs]
    x = [a if np.isnan(a) or np.isnan(b) else min(a, b) for a, b in numbers]
    n = [b if np.isnan(a) or np.isnan(b) else max(a, b) for a, b in numbers]
    return pd.DataFrame({"ethnic_group": groups, "x": x, "n": n})


def index(frame, **options):
    return relative_rate_index(frame, **{"numerator": "x", "denominator": "n", **options})


@few(16, PAIRS, BASIS, st.sampled_from([0, 5]))
def test_any_counts_give_documented_findings_and_no_warning(pairs, basis, least):
    try:
        found = index(table(pairs), basis=basis, minimum_numerator=least)
    except InputProblem as problem:
        assert "sum of other groups" in str(problem)
        return
    assert found["finding"].isin(FINDINGS).all()
    claimed = found["finding"].str.contains("represented|detected")
    assert ((found["lower"] > 1) | (found["upper"] < 1))[claimed].all()
    zero = (found["denominator"] == 0) & found["ethnic_group"].isin(GROUPS[:5])
    assert not found.loc[zero, "finding"].str.contains("too few").any()
    total = np.nansum(found["numerator"])
    children = found.loc[found["ethnic_group"] != "Unknown", "children_difference"]
    assert children.isna().any() or abs(children.sum()) <= 1e-9 * (1 + total)
    for name in ("value", "share_difference", "children_difference", "parity_number"):
        low = "lower" if name == "value" else f"{name}_lower"
        high = "upper" if name == "value" else f"{name}_upper"
        slack = 1e-9 * (1 + found[name].abs())
        assert not (found[low] > found[name] + slack).any()
        assert not (found[high] < found[name] - slack).any()
    has = found["bound_lower"].notna()
    assert (found["bound_lower"] <= found["value"] * (1 + 1e-12))[has].all()
    assert (found["bound_upper"] >= found["value"] * (1 - 1e-12))[has].all()


@few(8, st.lists(st.tuples(*[st.integers(1, 5000)] * 2), min_size=2, max_size=2), BASIS)
def test_exchanging_group_and_reference_gives_reciprocals(pairs, basis):
    frame = table(pairs, ["Black", "White"])
    options = {"basis": basis, "minimum_numerator": 0, "minimum_denominator": 0}
    one = index(frame, **options).set_index("ethnic_group").loc["Black"]
    other = index(frame, reference="Black", **options).set_index("ethnic_group").loc["White"]
    np.testing.assert_allclose(
        one[RATIO].astype(float), 1 / other[["value", "upper", "lower"]].astype(float), rtol=1e-9
    )
    assert one["p_value"] == pytest.approx(other["p_value"], rel=1e-9)
    claims = {one["finding"], other["finding"]}
    assert len(claims) == 1 or claims == {"over-represented", "under-represented"}


@few(8, PAIRS, st.integers(2, 1000))
def test_scaling_the_populations_scales_rates_and_leaves_ratios(pairs, times):
    frame = table(pairs)
    try:
        found = index(frame)
    except InputProblem:
        return
    scaled = index(frame.assign(n=frame["n"] * times))
    np.testing.assert_allclose(scaled["rate"] * times, found["rate"], rtol=1e-12)
    for name in (*RATIO, "p_value", "share_difference", "children_difference", "parity_number"):
        np.testing.assert_allclose(scaled[name], found[name], rtol=1e-9, atol=1e-7)


@few(4, PAIRS, PAIRS, st.permutations(range(12)), BASIS)
def test_the_order_of_rows_changes_nothing_but_the_order_of_areas(one, other, order, basis):
    both = pd.concat([table(one).assign(area="A"), table(other).assign(area="B")])
    try:
        found = index(both, by="area", basis=basis)
    except InputProblem:
        return
    shuffled = index(both.iloc[list(order)], by="area", basis=basis)
    keys = ["area", "ethnic_group"]
    pd.testing.assert_frame_equal(
        found.set_index(keys), shuffled.set_index(keys).loc[list(found.set_index(keys).index)]
    )


@few(8, st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 50))
def test_the_parity_number_at_an_index_of_one_is_zero(x, n, times):
    frame = pd.DataFrame({"ethnic_group": ["Black", "White"], "x": [x, x * times],
                          "n": [n, n * times]})  # fmt: skip
    found = index(frame, minimum_numerator=0)
    assert found["value"].tolist() == [1, 1]
    assert found["parity_number"].tolist() == [0, 0]


BASE = pd.DataFrame(
    {
        "area": ["E1"] * 6 + ["W1"] * 6,
        "ethnic_group": GROUPS * 2,
        "x": [12, 60, 40, 80, 9, 6, 15, 50, 30, 90, 12, 3],
        "n": [2000, 3000, 2500, 9000, 1000, 50, 2100, 3100, 2600, 9100, 900, 40],
    }
)


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f.astype({"ethnic_group": "category", "area": "category"}),
        lambda f: f.astype({"ethnic_group": object, "area": object}),
        lambda f: f.astype({"ethnic_group": "string", "x": "Int64", "n": "Float64"}),
        lambda f: f.astype({"x": object, "n": "int32"}),
        lambda f: f.set_index(pd.MultiIndex.from_frame(f[["area", "ethnic_group"]])),
        lambda f: f.set_index(pd.Index([0] * 12)),
        lambda f: f.assign(ethnic_group=pd.Categorical(f["ethnic_group"], GROUPS[::-1])),
        lambda f: f.iloc[::-1].sort_values("area", kind="stable"),
    ],
    ids=[
        "category",
        "object",
        "nullable",
        "mixed",
        "multiindex",
        "repeated",
        "ordered",
        "unsorted",
    ],
)
def test_types_and_indexes_of_the_frame_do_not_matter(change):
    expected = index(BASE, by="area")
    found = index(change(BASE.copy()), by="area")
    pd.testing.assert_frame_equal(
        found.astype({"ethnic_group": str, "area": str}), expected, check_column_type=False
    )


def test_several_columns_make_a_group():
    rows = [(sex, group, x, n) for sex, block in (("female", BASE[:6]), ("male", BASE[6:]))
            for _, group, x, n in block.itertuples(index=False)]  # fmt: skip
    crossed = pd.DataFrame(rows, columns=["sex", "ethnic_group", "x", "n"])
    columns = ["ethnic_group", "sex"]
    found = index(crossed, group=columns, reference=("White", "male"))
    mapped = index(crossed, group=columns, reference={"sex": "male", "ethnic_group": "White"})
    pd.testing.assert_frame_equal(found, mapped)
    assert list(found)[:3] == ["ethnic_group", "sex", "numerator"]
    assert found["ethnic_group"].tolist() == np.repeat(GROUPS, 2).tolist()
    one = crossed.assign(ethnic_group=crossed["ethnic_group"] + " " + crossed["sex"])
    flat = index(one, reference="White male", unknown=("Unknown male", "Unknown female"))
    names = (found["ethnic_group"] + " " + found["sex"]).to_list()
    pd.testing.assert_frame_equal(
        found.drop(columns=columns),
        flat.set_index("ethnic_group").loc[names].reset_index(drop=True),
    )


@pytest.mark.parametrize(
    ("group", "reference", "sentence"),
    [
        (["ethnic_group", "area"], "White", "1 label.*2 column"),
        (["ethnic_group"], ("White", "E1"), "2 label.*1 column"),
        (["ethnic_group", "area"], {"ethnic_group": "White"}, "one label for each of"),
        (["ethnic_group", "area"], ("White", "E9"), "no row for the reference 'White', 'E9'"),
        (["ethnic_group", "area"], ("Unknown", "E1"), "'Unknown' is also among the unknown"),
        ([], (), "names no column"),
    ],
)
def test_a_group_and_its_reference_fit_together(group, reference, sentence):
    with pytest.raises(InputProblem, match=sentence):
        index(BASE, group=group, reference=reference)


def test_labels_that_cannot_be_labels_are_refused():
    with pytest.raises(InputProblem, match="'ethnic_group' holds values that cannot be labels"):
        index(BASE.assign(ethnic_group=[[name] for name in BASE["ethnic_group"]]), by="area")


def test_only_the_reference():
    row = index(BASE.iloc[[3]]).iloc[0]
    assert (row["value"], row["finding"], row["children_difference"]) == (1, "reference", 0)


def test_a_reference_with_no_events_leaves_a_lower_limit():
    frame = pd.DataFrame({"ethnic_group": ["Black", "White"], "x": [12, 0], "n": [500, 3000]})
    for basis in ("population", "stage"):
        black, white = index(frame, basis=basis).itertuples()
        assert np.isnan(black.value)
        assert 1 < black.lower < black.upper == np.inf
        assert black.finding == "not calculated: too few"
        assert {"undefined", "unbounded"} <= set(black.flags.split(";"))
        assert np.isnan([black.p_value, black.parity_number, white.value]).all()
        assert "undefined" in white.flags


def test_no_population_is_undefined_and_not_few():
    frame = pd.DataFrame({"ethnic_group": ["Black", "White"], "x": [0, 90], "n": [0, 3000]})
    for basis in ("population", "stage"):
        row = index(frame, basis=basis).iloc[0]
        assert row["finding"] == "not calculated: undefined"
        assert "denominator_zero" in row["flags"]


def test_fractions_that_all_pass_are_no_numerator_above_its_denominator():
    frame = pd.DataFrame(
        {"ethnic_group": ["Black", "White"], "x": [0.2, 0.1], "n": [0.7, 0.1]}
    )  # 0.7 + 0.1 - 0.7 is below 0.3 - 0.2 in floating point
    assert len(index(frame, basis="stage")) == 2


def test_rounded_rates_reproduce_an_index_of_rounded_rates_and_claim_nothing():
    """Per 1,000 and to whole numbers: 20 against 9, where the rates are 20.0 and 8.9."""
    exact = index(BASE[:6], per=1000)
    found = index(BASE[:6], per=1000, rate_decimals=0).set_index("ethnic_group")
    assert found.loc["Black", "value"] == 20 / 9
    assert exact.loc[1, "value"] == pytest.approx(2.25)
    compared = found.loc[["Asian", "Black", "Mixed", "Other"]]
    assert (compared["finding"] == ROUNDED).all()
    assert (compared["method"] == "rounded_rates").all()
    none = ["lower", "upper", "p_value", "bound_lower", "bound_upper", "parity_number_lower"]
    assert compared[none].isna().all(axis=None)
    assert (
        found["value"]
        .round(10)
        .equals((found["rate"].round(0) / 9).where(found.index != "Unknown").round(10))
    )
    few = index(BASE[:6], rate_decimals=1, minimum_numerator=10).set_index("ethnic_group")
    assert few.loc["Other", "finding"] == "not calculated: too few"
    zero = index(BASE[:6].assign(n=10**9), rate_decimals=0, per=1).set_index("ethnic_group")
    assert zero.loc["Black", "finding"] == "not calculated: undefined"


@pytest.mark.parametrize("decimals", [1.5, "1", True, 99, -99])
def test_rate_decimals_is_a_whole_number(decimals):
    with pytest.raises(InputProblem, match="rate_decimals"):
        index(BASE[:6], rate_decimals=decimals)


@pytest.mark.parametrize("name", ["{0}", "{}", "{a!r}", "two\nlines"])
@pytest.mark.parametrize("label", [None, "All", "Black", "two\nlines"])
def test_a_column_or_a_label_may_be_called_anything(name, label):
    frame = BASE[:6].rename(columns={"ethnic_group": name})
    frame.loc[0, name] = label
    if label == "two\nlines":
        assert label in set(index(frame, group=name)[name])
        frame.loc[1, name] = label
    with pytest.raises(InputProblem, match=r"^Row [01] ") as problem:
        index(frame, group=name)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("label", [None, np.nan, pd.NA, np.array([1, 2]), pd.Series([1]), [["x"]]])
def test_a_label_that_no_group_can_have_is_refused(label):
    with pytest.raises(InputProblem, match="A label of reference is"):
        index(BASE[:6], reference=label)
    if label is not None:  # no unknown groups at all
        with pytest.raises(InputProblem, match="unknown"):
            index(BASE[:6], unknown=[label])


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_any_counts_give_documented_findings_and_no_warning,
        test_exchanging_group_and_reference_gives_reciprocals,
        test_scaling_the_populations_scales_rates_and_leaves_ratios,
        test_the_order_of_rows_changes_nothing_but_the_order_of_areas,
        test_the_parity_number_at_an_index_of_one_is_zero,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
