import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion, rate_ratio, relative_rate_index, risk_ratio

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]
NUMBERS = {"numerator": "children", "denominator": "population"}
WITH_LIMITS = (
    "rate_difference",
    "share_difference",
    "representation_index",
    "children_difference",
    "parity_number",
)


def frame(children, population, groups=GROUPS, **keys):
    return pd.DataFrame(
        {**keys, "ethnic_group": groups, "children": children, "population": population}
    )


def index(table, **options):
    return relative_rate_index(table, **{**NUMBERS, **options}).set_index("ethnic_group")


AREA = frame([12, 60, 40, 80, 9], [2000, 3000, 2500, 9000, 1000])
STAGE = frame([20, 45, 30, 90, 12], [120, 150, 140, 600, 60])


def test_o24_counts_give_the_printed_rates_and_ratios_ojjdp_2020(juvenile_court):
    court = juvenile_court
    for per, basis in ((1000, "population"), (100, "stage")):
        rows = court[court["per"] == per]
        found = relative_rate_index(
            rows,
            numerator="numerator",
            denominator="denominator",
            by=["sex", "stage"],
            basis=basis,
            per=per,
        )
        both = rows.merge(found, on=["sex", "stage", "ethnic_group"], suffixes=("_printed", ""))
        large = both["numerator"] >= 5000  # the counts are rounded to 100
        assert large.sum() >= 7
        gap = (both["rate"] - both["rate_printed"]).abs()[large]
        assert (gap <= 0.2).all()
        against = both[large & both["value_printed"].notna()]
        assert ((against["value"] - against["value_printed"]).abs() <= 0.1).all()


def test_o27_shares_leave_unknown_out(examples, reproduced):
    example = examples["O-27"]
    children = example["inputs"]["children"]
    groups = list(children)
    base = [663_825, 333_587, 330_389, 145_406, 4_161_949, np.nan]
    found = index(frame(list(children.values()), base, groups))
    share = found["share_difference"] + 100 * found["denominator"] / np.nansum(base)
    for group, printed in example["expected"]["share_of_known_per_cent"].items():
        reproduced(example, share[group], printed, atol=example["tolerance"])
    assert found.loc["Unknown", "finding"] == "not compared"
    assert found.loc["Unknown", "numerator"] == 549
    printed = example["expected"]["unknown_per_cent"]
    assert (found["unknown_percent"] - printed).abs().max() < example["tolerance"]


def test_o9_four_fifths_itself_is_within_the_range(examples, reproduced):
    example = examples["O-9"]
    rates = np.array(example["inputs"]["rates"])
    table = frame(rates * 100_000, [100_000] * 4, ["White", "Asian", "Black", "Mixed"])
    found = index(table, basis="stage").loc[["White", "Asian", "Black", "Mixed"]]
    reproduced(example, found["value"], example["expected"]["ratio"], atol=1e-12)
    outside = found["finding"] == "under-represented"
    assert outside.tolist() == example["expected"]["outside"]
    assert found.loc["Black", "finding"] == "difference detected but small"


def test_columns_and_order():
    found = relative_rate_index(AREA.assign(area="E1"), by=["area"], **NUMBERS)
    head = ["numerator", "denominator", "rate", "value", "lower", "upper", "p_value"]
    head += ["method", "finding", "flags"]
    tail = [name + end for name in WITH_LIMITS for end in ("", "_lower", "_upper")]
    last = ["unknown_percent", "bound_lower", "bound_upper"]
    assert list(found) == ["area", "ethnic_group", *head, *tail, *last]
    assert found.attrs["per"] == 100_000
    assert found.attrs["confidence"] == 0.95


def test_groups_stand_in_the_usual_order_then_by_the_alphabet():
    groups = ["Unknown", "Zulu", "Other", "White", "Chinese", "Mixed", "Black", "Asian"]
    found = relative_rate_index(frame([10] * 8, [100] * 8, groups), **NUMBERS)
    assert found["ethnic_group"].tolist() == [
        "Asian", "Black", "Mixed", "White", "Other", "Unknown", "Chinese", "Zulu"
    ]  # fmt: skip


def test_population_basis_is_the_rate_ratio():
    found = index(AREA)
    asian = rate_ratio(12, 2000, 80, 9000)
    other = rate_ratio(9, 1000, 80, 9000)
    for group, expected in (("Asian", asian), ("Other", other)):
        for field in ("value", "lower", "upper", "p_value", "method", "flags"):
            assert found.loc[group, field] == getattr(expected, field)
    assert other.method == "exact"
    assert found.loc["Asian", "rate"] == 600


def test_stage_basis_is_koopmans_risk_ratio():
    found = index(STAGE, basis="stage")
    black = risk_ratio(45, 150, 90, 600)
    for field in ("value", "lower", "upper", "p_value", "method"):
        assert found.loc["Black", field] == getattr(black, field)
    assert found.loc["Black", "rate"] == pytest.approx(30)
    named = index(STAGE, basis="stage", method="miettinen_nurminen")
    assert named.loc["Black", "method"] == "miettinen_nurminen"


def test_the_reference_is_one_and_is_not_tested():
    row = index(AREA).loc["White"]
    assert (row["value"], row["finding"], row["method"]) == (1, "reference", "")
    assert np.isnan([row["lower"], row["upper"], row["p_value"]]).all()
    assert (row["rate_difference"], row["parity_number"]) == (0, 0)
    assert row["share_difference_lower"] < row["share_difference"] < row["share_difference_upper"]


@pytest.mark.parametrize(
    ("children", "population", "finding"),
    [
        (200, 10_000, "over-represented"),
        (50, 10_000, "under-represented"),
        (11_500, 1_000_000, "difference detected but small"),
        (15, 1_000, "possible difference; numbers too small to be sure"),
        (105, 10_000, "no evidence of a difference"),
        (4, 1_000, "not calculated: too few"),
    ],
)
def test_findings_join_the_interval_with_the_practical_range(children, population, finding):
    found = index(frame([children, 10_000], [population, 1_000_000], ["Black", "White"]))
    assert found.loc["Black", "finding"] == finding


def test_too_few_keeps_the_counts_and_drops_the_index():
    found = index(frame([4, 50, 80], [1000, 2000, 9000], ["Asian", "Black", "White"]))
    row = found.loc["Asian"]
    assert row[["value", "lower", "upper", "p_value", "parity_number"]].isna().all()
    assert (row["numerator"], row["rate"]) == (4, 400)
    assert found.loc["Black", "finding"] == "over-represented"
    few_in_reference = index(frame([50, 4], [1000, 2000], ["Black", "White"]))
    assert few_in_reference.loc["Black", "finding"] == "not calculated: too few"
    assert index(AREA, minimum_numerator=13).loc["Asian", "finding"] == "not calculated: too few"


def test_small_denominators_count_at_a_stage_only():
    table = frame([10, 20], [29, 300], ["Black", "White"])
    assert index(table, basis="stage").loc["Black", "finding"] == "not calculated: too few"
    assert index(table).loc["Black", "finding"] == "over-represented"


def test_a_missing_count_is_missing_and_leaves_other_ratios_alone():
    table = AREA.astype({"children": float})
    table.loc[0, "children"] = np.nan
    found, whole = index(table), index(AREA)
    assert found.loc["Asian", "finding"] == "not calculated: a count is missing"
    assert np.isnan(found.loc["Asian", "value"])
    assert found.loc["Black", "lower"] == whole.loc["Black", "lower"]
    assert found["share_difference"].isna().all()
    assert found.loc["Black", "flags"] == "total_missing"
    table.loc[3, "children"] = np.nan
    assert index(table)["value"].isna().all()


@pytest.mark.parametrize(("table", "basis"), [(AREA, "population"), (STAGE, "stage")])
def test_every_figure_lies_within_its_limits(table, basis):
    found = index(table, basis=basis)
    for name in ("value", *WITH_LIMITS):
        lower, upper = ("lower", "upper") if name == "value" else (f"{name}_lower", f"{name}_upper")
        some = found[found[lower].notna()]
        assert len(some) >= 4
        assert (some[lower] <= some[name]).all()
        assert (some[name] <= some[upper]).all()


@pytest.mark.parametrize(("table", "basis"), [(AREA, "population"), (STAGE, "stage")])
def test_shares_and_numbers_of_children_say_the_same(table, basis):
    found = index(table, basis=basis)
    total = found["numerator"].sum()
    for end in ("", "_lower", "_upper"):
        np.testing.assert_allclose(
            found[f"children_difference{end}"], total * found[f"share_difference{end}"] / 100,
            atol=1e-9,
        )  # fmt: skip
    base = found["denominator"] / found["denominator"].sum()
    np.testing.assert_allclose(
        found["representation_index_lower"], 1 + found["share_difference_lower"] / 100 / base
    )
    gap = found["numerator"] - found["denominator"] * 80 / 9000
    if basis == "population":
        np.testing.assert_allclose(found["parity_number"], gap, atol=1e-9)


def test_share_limits_are_exact_when_the_ratio_is():
    found = index(AREA, method="exact")
    share = proportion(60, AREA["children"].sum(), method="exact")
    base = 3000 / AREA["population"].sum()
    assert found.loc["Black", "share_difference_lower"] == pytest.approx(100 * (share.lower - base))
    assert found.loc["Black", "share_difference_upper"] == pytest.approx(100 * (share.upper - base))


COUNT = st.integers(0, 300)


@settings(max_examples=5)
@given(
    st.lists(st.tuples(COUNT, COUNT), min_size=5, max_size=5),
    st.permutations(range(10)),
    st.sampled_from(["population", "stage"]),
)
def test_order_of_rows_and_neighbouring_areas_do_not_matter(pairs, order, basis):
    one = frame([min(p) for p in pairs], [max(p) + 1 for p in pairs], area="A")
    both = pd.concat([one, AREA.assign(area="B")], ignore_index=True)
    found = relative_rate_index(both, by="area", basis=basis, **NUMBERS)
    shuffled = relative_rate_index(both.iloc[list(order)], by="area", basis=basis, **NUMBERS)
    keys = ["area", "ethnic_group"]
    for_order = shuffled.set_index(keys).loc[list(found.set_index(keys).index)]
    pd.testing.assert_frame_equal(found.set_index(keys), for_order, check_exact=False)
    alone = index(one, basis=basis)
    pd.testing.assert_series_equal(
        alone["lower"].reset_index(drop=True), found.loc[found["area"] == "A", "lower"]
    )
    sums = found.groupby("area")["children_difference"].sum(min_count=5)
    assert (sums.abs() < 1e-9 * both["children"].sum() + 1e-9).all()


def test_areas_keep_their_order_and_blank_keys_are_kept():
    table = pd.concat(
        [AREA.assign(area_code=code, area_name=name) for code, name in
         (("E09000019", "Islington"), (None, "Gwynedd Mon"), ("E09000007", "Camden"))]
    )  # fmt: skip
    found = relative_rate_index(table, by=["area_code", "area_name"], **NUMBERS)
    assert found["area_name"].unique().tolist() == ["Islington", "Gwynedd Mon", "Camden"]
    assert found["area_code"].isna().sum() == 5
    assert found["value"].notna().all()


def test_it_takes_categories_another_reference_and_its_own_names():
    table = AREA.astype({"ethnic_group": "category"}).rename(columns={"ethnic_group": "group"})
    found = relative_rate_index(table, group="group", reference="Black", **NUMBERS)
    assert found.set_index("group").loc["Black", "finding"] == "reference"
    assert found["group"].tolist() == GROUPS


def test_unknown_rows_may_have_no_population_and_are_never_compared():
    table = frame([*AREA["children"], 70], [*AREA["population"], None], [*GROUPS, "Not stated"])
    found = index(table, unknown="Not stated")
    assert found.loc["Not stated", "finding"] == "not compared"
    assert found.loc["Not stated", ["value", "share_difference", "rate_difference"]].isna().all()
    pd.testing.assert_series_equal(
        found.loc[GROUPS, "share_difference"], index(AREA).loc[GROUPS, "share_difference"]
    )


def test_no_rows_give_no_rows():
    assert relative_rate_index(AREA.iloc[:0], **NUMBERS).empty


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        (AREA.drop(columns="children"), {}, "no column 'children'; its columns are ethnic_group"),
        (AREA, {"by": "area"}, "no column 'area'"),
        (AREA, {"denominator": "children"}, "'children' is used twice"),
        (AREA[AREA["ethnic_group"] != "White"], {}, "no row for the reference 'White'"),
        (pd.concat([AREA, AREA[:1]]), {}, r"Row 0 \(ethnic_group Asian\) stands twice"),
        (AREA.replace({"children": {12: -12}}), {}, "children is -12 in row 0"),
        (AREA.replace({"population": {2000: 5}}), {"basis": "stage"},
         r"children is above population in row 0 \(ethnic_group Asian\)"),
        (AREA.astype({"children": object}).replace({"children": {12: "x"}}), {}, "'x' in row 0"),
        (AREA.replace({"ethnic_group": {"Other": "All"}}), {}, "total over ethnic_group"),
        (AREA.replace({"ethnic_group": {"Other": None}}), {}, "Row 4 .* has no ethnic_group"),
        (AREA, {"basis": "people"}, "population, stage"),
        (AREA, {"method": "koopman"}, "auto, exact, midp, wald, score"),
        (AREA, {"practical": (1.25, 0.8)}, "two bounds around 1"),
        (AREA, {"practical": 0.8}, "two bounds around 1"),
        (AREA, {"unknown": ("White",)}, "also among the unknown"),
        (AREA, {"per": 0}, "per is 0"),
        (AREA.assign(rate="a"), {"by": "rate"}, "'rate' is also a column of the result"),
        ([1, 2], {}, "frame is a list"),
        (AREA, {"by": 5}, "no column 5"),
        (AREA, {"group": None}, "names no column"),
        (AREA, {"by": {"area": 1}}, "by is .*; give one name or a list"),
        (AREA, {"numerator": ["children"]}, "give the name of one column"),
    ],
)  # fmt: skip
def test_an_impossible_frame_is_named_in_one_sentence(table, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        relative_rate_index(table, **{**NUMBERS, **options})


def test_an_absent_reference_names_its_area():
    both = pd.concat([AREA.assign(area="A"), AREA[:2].assign(area="B")])
    with pytest.raises(InputProblem, match="'White' in ethnic_group for area B"):
        relative_rate_index(both, by="area", **NUMBERS)


@pytest.mark.parametrize("summary", ["parts", "whole"])
def test_a_summary_row_beside_its_parts_is_refused(summary):
    """Official tables print "ethnic minority groups" and totals among the groups themselves."""
    rows = {"Asian": (10, 500), "Black": (20, 400), "Mixed": (15, 300), "White": (60, 3000)}
    parts = [rows[name] for name in rows if summary == "whole" or name != "White"]
    rows["ethnic minority groups"] = tuple(map(sum, zip(*parts, strict=True)))
    frame = pd.DataFrame(
        [(name, *counts) for name, counts in rows.items()], columns=["ethnic_group", "x", "n"]
    )
    with pytest.raises(InputProblem, match="ethnic minority groups"):
        relative_rate_index(frame, numerator="x", denominator="n")
    alone = frame[frame["ethnic_group"].isin(["White", "ethnic minority groups"])]
    assert len(relative_rate_index(alone, numerator="x", denominator="n")) == 2


@pytest.mark.parametrize("least", [None, "5", -1, True])
def test_a_minimum_that_is_no_count_is_refused(least):
    frame = pd.DataFrame({"ethnic_group": ["Black", "White"], "x": [9, 9], "n": [90, 90]})
    with pytest.raises(InputProblem, match="minimum_numerator"):
        relative_rate_index(frame, numerator="x", denominator="n", minimum_numerator=least)


def test_small_groups_that_add_up_by_accident_are_no_summary():
    """A service of few children: one Asian child of two, beside one Mixed of one and none of one."""
    frame = pd.DataFrame(
        {
            "ethnic_group": ["Asian", "Black", "Mixed", "White"],
            "x": [1, 0, 1, 40],
            "n": [2, 1, 1, 90],
        }
    )
    assert len(relative_rate_index(frame, numerator="x", denominator="n")) == 4


def test_o24b_several_groups_together_lie_between_their_own_ratios(examples):
    """Printed without counts: any population that gives the groups' ratios gives one between."""
    example = examples["O-24b"]
    together, *parts = example["inputs"]["groups"]
    for stage, (printed, *ratios) in example["expected"].items():
        for people in ([200, 20, 60], [20, 60, 200]):
            n = np.array([1000, *people]) * 1e6
            found = index(frame([1, *ratios] * n / 100, n, ["White", *parts]))
            np.testing.assert_allclose(found.loc[parts, "value"], ratios, rtol=1e-12)
            sums = [n[0] / 100, (ratios * n[1:]).sum() / 100], [n[0], n[1:].sum()]
            lumped = index(frame(*sums, ["White", together])).loc[together, "value"]
            assert min(ratios) <= lumped <= max(ratios)
        gap = example["tolerance"]
        assert min(ratios) - gap <= printed <= max(ratios) + gap, stage


def test_o25_third_party_ratios_of_england_and_wales(examples, reproduced, pathway_ratios):
    example = examples["O-25"]
    rows = pathway_ratios.rename(columns={"numerator": "children", "denominator": "population"})
    last = rows[rows["period_end"] == "2025-03-31"]
    started = last.groupby("stage")["period_start"].transform("min")
    last = last[last["period_start"] == started]  # custody pools three years
    for basis, stages in (("population", ["stop_search", "arrest"]),
                          ("stage", ["remand", "custodial_sentence"])):  # fmt: skip
        some = last[last["stage"].isin(stages)].drop(columns=["value", "lower", "upper"])
        found = relative_rate_index(some, by="stage", basis=basis, **NUMBERS)
        found = found.set_index(["stage", "ethnic_group"])
        for stage in stages:
            for group, ratio in example["expected"][stage].items():
                row = found.loc[(stage, group)]
                reproduced(example, row["value"], ratio, atol=example["tolerance"])
                assert row["lower"] < ratio < row["upper"]
