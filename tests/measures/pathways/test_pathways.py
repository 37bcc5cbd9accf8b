import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import pathway, rate_ratio, relative_rate_index, risk_ratio

NAMES = ["population", "arrest", "charge", "custody"]
STAGES = [
    {"stage": stage, "parent": parent, "unit": "children", "period": "2023/24"}
    for stage, parent in zip(NAMES, [None, *NAMES], strict=False)
]
GROUPS = ["Asian", "Black", "Mixed", "White", "Unknown"]
AREA_COUNTS = [
    [2000, 60, 41, 9],
    [3000, 240, 190, 60],
    [2500, 130, 96, 31],
    [9000, 310, 200, 44],
    [np.nan, 30, 12, 2],
]


def tidy(counts, groups=GROUPS, names=NAMES, **keys):
    """Lay out groups x stages as rows."""
    return pd.DataFrame(
        [
            {**keys, "stage": stage, "ethnic_group": group, "count": number}
            for group, row in zip(groups, counts, strict=True)
            for stage, number in zip(names, row, strict=True)
        ]
    )


AREA = tidy(AREA_COUNTS)


def without(*rows):
    """Leave out the stages named, their children too."""
    return [row for row in STAGES if row["stage"] not in rows and row["parent"] not in rows]


def changed(stage, **columns):
    return [{**row, **columns} if row["stage"] == stage else row for row in STAGES]


def of(found, group, stage=None):
    rows = found[found["ethnic_group"] == group].set_index("stage")
    return rows if stage is None else rows.loc[stage]


JUVENILE = {
    "referred": None,
    "diverted": "referred",
    "detained": "referred",
    "petitioned": "referred",
    "adjudicated": "petitioned",
    "waived": "petitioned",
    "probation": "adjudicated",
    "placement": "adjudicated",
}
COURT = pd.DataFrame(
    [
        {"stage": s, "parent": p, "unit": "cases", "period_start": "2020-01-01",
         "period_end": "2020-12-31"} for s, p in JUVENILE.items()
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def court(juvenile_court):
    return pathway(
        juvenile_court,
        COURT,
        count="numerator",
        denominator="denominator",
        by="sex",
        final="placement",
        draws=1000,
    )


def test_o24_stage_ratios_are_those_printed_ojjdp_2020(court, juvenile_court):
    both = juvenile_court.merge(court, on=["sex", "stage", "ethnic_group"], suffixes=("_ojjdp", ""))
    large = (both["numerator"] >= 5000) & both["value_ojjdp"].notna()  # counts rounded to 100
    assert large.sum() >= 12
    assert ((both["value"] - both["value_ojjdp"]).abs()[large] <= 0.1).all()
    scale = both["per"] / both["basis"].map(court.attrs["per"])
    assert ((both["rate"] * scale - both["rate_ojjdp"]).abs()[large] <= 0.2).all()
    assert set(court.loc[court["stage"] == "referred", "basis"]) == {"population"}
    assert set(court.loc[court["stage"] != "referred", "basis"]) == {"stage"}


def test_the_tree_of_the_juvenile_court_2020(court):
    boys = of(court[court["sex"] == "male"], "Black")
    assert boys.index.tolist() == list(JUVENILE)
    assert boys["nested"].all()
    assert set(boys["base"]) == {"denominator"}
    ways = {
        "diverted": ["referred", "diverted"],
        "waived": ["referred", "petitioned", "waived"],
        "placement": ["referred", "petitioned", "adjudicated", "placement"],
    }
    for end, way in ways.items():
        product = boys.loc[way, "value"].prod()
        assert boys.loc[end, "cumulative_value"] == pytest.approx(product, rel=1e-12)
    assert (boys["final"] == "placement").tolist() == [at in ways["placement"] for at in JUVENILE]
    shares = boys.loc[ways["placement"], "share_of_log_ratio"]
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    assert shares["adjudicated"] < 0 < shares["placement"]
    assert boys.loc["diverted", ["share_of_log_ratio", "children_by_stage"]].isna().all()
    children = boys.loc[ways["placement"], "children_by_stage"].sum()
    assert children == pytest.approx(13_000 - 2_468_900 * 9_500 / 8_752_200)


def test_a_tree_with_two_equal_ends_is_not_split_unasked(juvenile_court):
    boys = juvenile_court[juvenile_court["sex"] == "male"]
    found = pathway(boys, COURT, count="numerator", denominator="denominator", draws=100)
    assert found["share_of_log_ratio"].isna().all()
    assert found.attrs["final"] == ()
    assert "several_ends" in of(found, "Black", "referred")["flags"]
    assert of(found, "White", "referred")["flags"] == ""
    short = found["stage"].isin(["referred", "diverted", "petitioned"])
    stages = COURT[COURT["stage"].isin(["referred", "diverted", "petitioned", "adjudicated"])]
    rows = boys[boys["stage"].isin(stages["stage"])]
    found = pathway(rows, stages, count="numerator", denominator="denominator", draws=100)
    assert found.attrs["final"] == ("adjudicated",)
    assert short.any()


def test_ratios_are_those_of_two_groups():
    found = of(pathway(AREA, STAGES, draws=100), "Black")
    single = {
        "arrest": rate_ratio(240, 3000, 310, 9000),
        "charge": risk_ratio(190, 240, 200, 310),
        "custody": risk_ratio(60, 190, 44, 200),
    }
    whole = {
        "arrest": single["arrest"],
        "charge": rate_ratio(190, 3000, 200, 9000),
        "custody": rate_ratio(60, 3000, 44, 9000),
    }
    for stage in NAMES[1:]:
        for field in ("value", "lower", "upper", "p_value", "method"):
            assert found.loc[stage, field] == getattr(single[stage], field)
        for field in ("value", "lower", "upper", "method"):
            assert found.loc[stage, f"cumulative_{field}"] == getattr(whole[stage], field)
        assert found.loc[stage, "log_ratio_lower"] == np.log(single[stage].lower)
    assert found.loc["arrest", ["rate", "basis"]].tolist() == [8000, "population"]
    assert found.loc["charge", "rate"] == pytest.approx(100 * 190 / 240)


def test_columns_order_and_attributes():
    found = pathway(AREA.assign(area="E1"), STAGES, by=["area"], draws=100)
    head = ["area", "stage", "ethnic_group", "parent", "basis", "unit", "period", "numerator"]
    head += ["denominator", "rate", "value", "lower", "upper", "p_value", "method", "finding"]
    head += ["flags", "unknown_percent", "bound_lower", "bound_upper", "nested", "reason", "base"]
    assert list(found)[: len(head)] == head
    assert found["stage"].tolist() == [name for name in NAMES for _ in GROUPS]
    assert found["ethnic_group"].tolist()[:5] == GROUPS
    assert found["nested"].dtype == bool
    assert found.attrs["reference"] == "White"
    assert found.attrs["nested"] == dict.fromkeys(NAMES, True)
    assert found.attrs["reasons"] == dict.fromkeys(NAMES, "")
    assert found.attrs["final"] == ("custody",)


def test_the_base_is_a_row_and_only_a_base():
    base = of(pathway(AREA, STAGES, draws=100), "Black", "population")
    assert base["numerator"] == 3000
    assert (base["basis"], base["finding"], base["nested"]) == ("", "not compared", True)
    assert base[["value", "denominator", "cumulative_value", "log_ratio"]].isna().all()


def test_a_base_that_is_a_stage_is_compared_as_one():
    """Without a population the first stage is the base, and the cumulative ratio a risk ratio."""
    rows = AREA[AREA["stage"] != "population"]
    found = pathway(rows, [{**r, "parent": r["parent"] if r["parent"] != "population" else None}
                           for r in STAGES[1:]], draws=100)  # fmt: skip
    custody = of(found, "Black", "custody")
    assert custody["cumulative_lower"] == risk_ratio(60, 240, 44, 310).lower
    assert (custody["base"], custody["cumulative_method"]) == ("arrest", "koopman")
    assert of(found, "Black", "arrest")["basis"] == ""


def test_unknown_keeps_its_rows_and_is_not_compared():
    found = of(pathway(AREA, STAGES, draws=100), "Unknown")
    assert found["numerator"].tolist()[1:] == [30, 12, 2]
    assert set(found["finding"]) == {"not compared"}
    assert found[["value", "cumulative_value", "children_by_stage"]].isna().all(axis=None)
    assert found.loc["population", "flags"] == "missing"


def test_bounds_by_unknown_groups_are_those_of_the_index():
    found = pathway(AREA, STAGES, draws=100)
    wide = AREA.pivot_table(index="ethnic_group", columns="stage", values="count", dropna=False)
    index = relative_rate_index(
        wide.reset_index(), numerator="charge", denominator="arrest", basis="stage"
    ).set_index("ethnic_group")
    charge = found[found["stage"] == "charge"].set_index("ethnic_group")
    for name in ("value", "finding", "unknown_percent", "bound_lower", "bound_upper"):
        pd.testing.assert_series_equal(charge[name], index[name], check_dtype=False)
    assert charge["unknown_percent"].iloc[0] > 2


def test_stages_in_other_units_or_periods_stand_apart():
    """Searches are events and arrests children: no product is taken, and the words say why."""
    for columns, words in (
        ({"unit": "events"}, "counted in events and its parent, arrest, in children"),
        ({"period": "2022/23"}, "the periods differ: 2022/23, and 2023/24"),
    ):
        found = of(pathway(AREA, changed("charge", **columns), draws=100), "Black")
        assert words in found.loc["charge", "reason"]
        assert not found.loc["charge", "nested"]
        assert (
            found.loc["charge", ["cumulative_value", "log_ratio", "children_by_stage"]].isna().all()
        )
        assert found.loc["arrest", "nested"]
        assert found.loc["arrest", "final"] == "arrest"
    apart = of(pathway(AREA, changed("charge", unit="events"), draws=100), "Black").loc["charge"]
    assert (apart["value"], apart["lower"]) == (
        rate_ratio(190, 240, 200, 310).value,
        rate_ratio(190, 240, 200, 310).lower,
    )
    assert (apart["basis"], apart["method"]) == ("stage", "midp")


def test_a_stage_with_nothing_to_stand_on_has_no_ratio():
    found = of(pathway(AREA, changed("custody", parent=None), draws=100), "Black", "custody")
    assert found["reason"] == "no parent is given, and it has no denominator of its own"
    assert (found["finding"], found["nested"]) == ("not compared", False)
    assert np.isnan(found["value"])


def test_a_chain_starts_again_after_a_stage_that_stands_apart():
    changed_unit = [
        {**row, "unit": "events"} if row["stage"] in {"charge", "custody"} else row
        for row in STAGES
    ]
    found = of(pathway(AREA, changed_unit, draws=100), "Black")
    assert found["nested"].tolist() == [True, True, False, True]
    assert found.loc["custody", ["base", "final"]].tolist() == ["charge", "custody"]
    assert found.loc["custody", "cumulative_value"] == pytest.approx(found.loc["custody", "value"])


def test_more_counts_than_the_parent_are_no_trouble_where_nothing_nests():
    more = AREA.replace({"count": {190: 290}})
    found = of(pathway(more, changed("charge", unit="events"), draws=100), "Black", "charge")
    assert found["value"] == rate_ratio(290, 240, 200, 310).value


def test_own_denominators_stand_alone_or_start_a_chain():
    rows = AREA[AREA["stage"] != "population"].assign(
        people=lambda t: np.where(t["stage"] == "arrest", 5000, np.nan)
    )
    stages = [{**row, "parent": None} if row["stage"] == "arrest" else row for row in STAGES[1:]]
    found = of(pathway(rows, stages, denominator="people", draws=100), "Black")
    assert found["basis"].tolist() == ["population", "stage", "stage"]
    assert found["nested"].all()
    assert set(found["base"]) == {"people"}
    alone = of(pathway(rows[rows["stage"] == "arrest"], stages[:1], denominator="people"), "Black")
    assert alone["reason"].tolist() == ["no parent is given"]
    assert alone["value"].tolist() == [240 / 310]
    assert alone["cumulative_value"].isna().all()
    told = [{**stages[0], "basis": "stage"}]
    as_stage = pathway(rows[rows["stage"] == "arrest"], told, denominator="people")
    assert of(as_stage, "Black", "arrest")["lower"] == risk_ratio(240, 5000, 310, 5000).lower
    in_frame = rows[rows["stage"] == "arrest"].assign(denominator_basis="stage")
    again = pathway(in_frame, stages[:1], denominator="people")
    assert of(again, "Black", "arrest")["method"] == "koopman"


def test_a_parent_without_rows_is_known_by_its_childs_denominators():
    rows = AREA[AREA["stage"] == "charge"].assign(people=400)
    stages = [{**STAGES[1], "parent": None}, STAGES[2]]
    found = of(pathway(rows, stages, denominator="people", draws=100), "Black")
    assert found.index.tolist() == ["charge"]
    assert found.loc["charge", ["basis", "base", "nested"]].tolist() == ["stage", "arrest", True]
    people = [{**STAGES[2], "parent": "population"}, STAGES[0]]
    found = of(pathway(rows, people, denominator="people", draws=100), "Black")
    assert found.loc["charge", ["basis", "nested"]].tolist() == ["population", True]


COUNT = st.integers(0, 400)


@st.composite
def nested_counts(draw):
    """Draw counts of two to five groups that fall along three to six stages."""
    width = draw(st.integers(3, 6))
    rows = draw(st.lists(st.lists(COUNT, min_size=width, max_size=width), min_size=2, max_size=5))
    return -np.sort(-np.array(rows, dtype=float), axis=1)


def table_for(width):
    names = ["population", *(f"stage {at}" for at in range(1, width))]
    stages = [
        {"stage": s, "parent": p, "unit": "children", "period": 1}
        for s, p in zip(names, [None, *names], strict=False)
    ]
    return names, stages


@settings(max_examples=20)
@given(nested_counts())
@pytest.mark.prove
def test_ratios_multiply_logs_add_and_children_sum(counts):
    names, stages = table_for(counts.shape[1])
    groups = ["White", "Asian", "Black", "Mixed", "Other"][: len(counts)]
    rows = tidy(counts, groups, names)
    found = pathway(rows, stages, minimum_numerator=0, minimum_denominator=0, draws=100)
    found = found[(found["stage"] != "population") & (found["ethnic_group"] != "White")]
    for _, one in found.groupby("ethnic_group"):
        whole = one["cumulative_value"].iloc[-1]
        if one["value"].notna().all():
            assert one["value"].prod() == pytest.approx(whole, rel=1e-12)
            np.testing.assert_allclose(one["value"].cumprod(), one["cumulative_value"], rtol=1e-12)
        given_ = one["children_by_stage"].notna()
        assert given_.all() == given_.any()
        if given_.all():
            assert one["log_ratio"].sum() == pytest.approx(np.log(whole), abs=1e-12)
            more = one["numerator"].iloc[-1] * (1 - 1 / whole)
            assert one["children_by_stage"].sum() == pytest.approx(more, abs=1e-9 * (1 + abs(more)))
            assert (one["children_by_stage_lower"] <= one["children_by_stage"]).all()
            assert (one["children_by_stage"] <= one["children_by_stage_upper"]).all()
        if one["share_of_log_ratio"].notna().any():
            assert one["share_of_log_ratio"].sum() == pytest.approx(1, abs=1e-9)
            assert (one["share_of_log_ratio_lower"] <= one["share_of_log_ratio"] + 1e-9).all()
            assert (one["share_of_log_ratio"] <= one["share_of_log_ratio_upper"] + 1e-9).all()
            holds = one["cumulative_lower"].iloc[-1] <= 1 <= one["cumulative_upper"].iloc[-1]
            assert not holds


@settings(max_examples=6)
@given(nested_counts(), st.randoms(use_true_random=False))
@pytest.mark.prove
def test_order_of_rows_and_neighbouring_areas_do_not_matter(counts, chance):
    names, stages = table_for(4)
    counts = np.resize(counts, (3, 4))
    counts = -np.sort(-counts, axis=1)
    groups = ["Black", "Mixed", "White"]
    one = tidy(counts, groups, names, area="A")
    other = tidy(np.array(AREA_COUNTS)[[1, 2, 3]], groups, names, area="B")
    rows = pd.concat([one, other], ignore_index=True)
    order = list(range(len(rows)))
    chance.shuffle(order)
    options = {"by": "area", "draws": 100, "minimum_numerator": 0, "minimum_denominator": 0}
    keys = ["area", "stage", "ethnic_group"]
    whole = pathway(rows, stages, **options).set_index(keys)
    shuffled = pathway(rows.iloc[order], stages, **options).set_index(keys).loc[whole.index]
    alone = pathway(one, stages, **options).set_index(keys)
    pd.testing.assert_frame_equal(shuffled, whole, check_exact=True)
    pd.testing.assert_frame_equal(alone, whole.loc[["A"]], check_exact=True)


def test_a_missing_count_is_missing_and_leaves_the_others_alone():
    whole = pathway(AREA, STAGES, draws=100)
    for gone in (AREA.replace({"count": {190: np.nan}}), AREA[AREA["count"] != 190]):
        found = pathway(gone, STAGES, draws=100)
        black = of(found, "Black")
        assert (
            black.loc[["charge", "custody"], "finding"].tolist()
            == ["not calculated: a count is missing"] * 2
        )
        assert black.loc["charge", "flags"] == "missing;total_missing;chain_not_calculated"
        assert black.loc["arrest", "value"] == of(whole, "Black", "arrest")["value"]
        assert black["children_by_stage"].isna().all()
        assert black.loc["custody", "cumulative_value"] == rate_ratio(60, 3000, 44, 9000).value
        for group in ("Asian", "Mixed", "White"):
            # The unknown part of all children is not known either, and the flag says so.
            apart = [part.drop(columns=["unknown_percent", "flags"]) for part in (found, whole)]
            pd.testing.assert_frame_equal(*(of(part, group) for part in apart))


def test_an_area_without_a_stage_has_missing_results_there():
    both = pd.concat([AREA.assign(area="A"), AREA[AREA["stage"] != "custody"].assign(area="B")])
    found = pathway(both, STAGES, by="area", draws=100)
    rows = found[(found["area"] == "B") & (found["stage"] == "custody")]
    assert rows["numerator"].isna().all()
    assert of(rows, "Black", "custody")["flags"].startswith("missing;")
    assert len(rows) == len(GROUPS)


def test_groups_that_an_area_does_not_have_get_no_rows():
    both = pd.concat(
        [AREA.assign(area="A"), AREA[AREA["ethnic_group"] != "Mixed"].assign(area="B")]
    )
    found = pathway(both, STAGES, by="area", draws=100)
    assert "Mixed" not in set(found.loc[found["area"] == "B", "ethnic_group"])


def test_too_few_and_none_are_flagged_and_nothing_is_invented():
    few = pathway(AREA.replace({"count": {9: 4}}), STAGES, draws=100)
    asian = of(few, "Asian")
    assert asian.loc["custody", "finding"] == "not calculated: too few"
    assert "chain_not_calculated" in asian.loc["arrest", "flags"]
    assert asian[["share_of_log_ratio", "children_by_stage"]].isna().all(axis=None)
    assert asian.loc["charge", "cumulative_value"] > 0
    none = AREA.replace({"count": {9: 0}})
    asian = of(pathway(none, STAGES, minimum_numerator=0, draws=100), "Asian")
    assert asian.loc["custody", ["value", "cumulative_value"]].tolist() == [0, 0]
    assert asian.loc["custody", "log_ratio"] == -np.inf
    assert asian.loc["custody", "flags"].endswith("zero_in_chain")
    assert asian[["share_of_log_ratio", "children_by_stage"]].isna().all(axis=None)


def test_where_all_pass_a_stage_no_shares_are_given():
    everyone = AREA.replace({"count": {190: 240}})
    black = of(pathway(everyone, STAGES, draws=100), "Black")
    assert black.loc["charge", "flags"] == "all_in_chain"
    assert black["share_of_log_ratio"].isna().all()
    assert black.loc[NAMES[1:], "children_by_stage"].notna().all()


def test_shares_are_not_given_where_the_whole_may_be_one():
    asian = of(pathway(AREA, STAGES, draws=100), "Asian")
    assert asian.loc["custody", "cumulative_lower"] < 1 < asian.loc["custody", "cumulative_upper"]
    assert "total_near_one" in asian.loc["arrest", "flags"]
    assert asian["share_of_log_ratio"].isna().all()
    assert asian.loc[NAMES[1:], ["log_ratio", "children_by_stage"]].notna().all(axis=None)


def test_final_names_another_end():
    found = pathway(AREA, STAGES, final="charge", draws=100)
    black = of(found, "Black")
    assert (black["final"] == "charge").tolist() == [False, True, True, False]
    assert black["share_of_log_ratio"].sum() == pytest.approx(1)
    assert np.isnan(black.loc["custody", "children_by_stage"])
    assert found.attrs["final"] == ("charge",)


def test_it_takes_other_names_categories_and_references():
    rows = AREA.rename(columns={"ethnic_group": "group", "count": "children"}).astype(
        {"group": "category", "stage": "category"}
    )
    found = pathway(rows, STAGES, group="group", reference="Black", unknown="Unknown", draws=100)
    assert found.loc[found["group"] == "Black", "finding"].tolist()[1:] == ["reference"] * 3
    index = relative_rate_index(
        rows[rows["stage"] == "arrest"].assign(people=[2000, 3000, 2500, 9000, np.nan]),
        "group", "Black", numerator="children", denominator="people",
    )  # fmt: skip
    arrest = found[found["stage"] == "arrest"].reset_index(drop=True)
    pd.testing.assert_series_equal(arrest["value"], index["value"])


def test_no_rows_give_no_rows():
    assert pathway(AREA.iloc[:0], STAGES).empty


@pytest.mark.parametrize(
    ("frame", "stages", "options", "sentence"),
    [
        ([1], STAGES, {}, "frame is a list"),
        (AREA, STAGES, {"group": ["ethnic_group"]}, "name one column"),
        (AREA.drop(columns="stage"), STAGES, {}, "no column 'stage'"),
        (AREA.drop(columns="count"), STAGES, {}, "the frame has none of numerator, count"),
        (AREA.assign(value=1), STAGES, {}, "the frame has count and value; name the column"),
        (AREA, STAGES, {"count": "n"}, "no column 'n'; its columns are stage"),
        (AREA, STAGES, {"denominator": "n"}, "no column 'n'"),
        (AREA, STAGES, {"count": ["count"]}, r"count is \['count'\]; name one column"),
        (AREA, STAGES, {"by": 3}, "by is 3; name a column"),
        (AREA, STAGES, {"by": "stage"}, "'stage' is used twice"),
        (AREA, STAGES, {"by": "area"}, "no column 'area'"),
        (AREA, STAGES[:3], {}, "Row 3 has the stage 'custody', which the table"),
        (AREA, [*STAGES, {**STAGES[3], "stage": "remand"}], {}, "has 'remand', and the frame has no"),
        (AREA.replace({"stage": {"custody": None}}), STAGES, {}, "Row 3 has the stage"),
        (AREA.replace({"count": {190: 250}}), STAGES, {},
         r"Row 6 \(stage charge, ethnic_group Black\) counts 250, above the 240 of its parent arrest"),
        (AREA.replace({"count": {190: -1}}), STAGES, {}, "count is -1 in row 6"),
        (AREA.replace({"count": {190: np.inf}}), STAGES, {}, "finite"),
        (AREA.astype({"count": object}).replace({"count": {190: "x"}}), STAGES, {}, "'x' in row 6"),
        (AREA.replace({"ethnic_group": {"Mixed": "All"}}), STAGES, {}, "total over ethnic_group"),
        (AREA.replace({"ethnic_group": {"Mixed": None}}), STAGES, {}, "has no ethnic_group"),
        (AREA[AREA["ethnic_group"] != "White"], STAGES, {}, "no row for the reference 'White'"),
        (AREA[AREA["count"] != 310], STAGES, {}, "'White' in ethnic_group for stage arrest"),
        (pd.concat([AREA, AREA[:1]]), STAGES, {}, "stands twice"),
        (AREA, STAGES, {"unknown": "White"}, "also among the unknown"),
        (AREA, STAGES, {"reference": "Green"}, "no row for the reference 'Green'"),
        (AREA, STAGES, {"reference": ["White"]}, "reference is a list; give one label"),
        (AREA, STAGES, {"reference": pd.NA}, "reference is <NA>; give one label"),
        (AREA, STAGES, {"final": pd.NA}, "final is <NA>; give one label"),
        (AREA, STAGES, {"final": AREA}, "final is a DataFrame; give one label"),
        (AREA, STAGES, {"by": AREA["count"]}, "^by is .*; name a column, or list the names"),
        (AREA, STAGES, {"confidence": 95}, "confidence is 95"),
        (AREA, STAGES, {"practical": 0.8}, "two bounds around 1"),
        (AREA, STAGES, {"minimum_numerator": -1}, "minimum_numerator"),
        (AREA, STAGES, {"draws": 10}, "draws is 10; give a whole number of at least 100"),
        (AREA, STAGES, {"draws": 1e3}, "draws is 1000.0"),
        (AREA, STAGES, {"seed": None}, "seed is None"),
        (AREA, STAGES, {"final": "remand"}, "final names 'remand'.*arrest, charge, custody"),
        (AREA, STAGES, {"final": ["arrest", "charge"]}, "two ends that share a base"),
        (AREA, STAGES, {"population": "people"}, "population is 'people'"),
        (AREA.assign(basis="a"), STAGES, {"by": "basis"}, "'basis' is also a column"),
        (AREA.assign(n=7000), STAGES, {"denominator": "n"},
         "the denominator 7000, and its parent population counts 2000"),
        (AREA.assign(n=np.nan, basis="people").assign(n=5.0), STAGES, {"denominator": "n"},
         "basis of 'population' in basis is 'people'"),
    ],
)  # fmt: skip
def test_an_impossible_call_is_named_in_one_sentence(frame, stages, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        pathway(frame, stages, **options)


def test_unknown_groups_may_be_named_in_any_list():
    one = pathway(AREA, STAGES)
    for unknown in (np.array(["Unknown", "x"]), pd.Series(["Unknown", "x"]), ["Unknown", pd.NA]):
        pd.testing.assert_frame_equal(one, pathway(AREA, STAGES, unknown=unknown))


def test_one_stage_has_one_basis():
    rows = AREA[AREA["stage"] == "arrest"].assign(n=5000)
    rows["denominator_basis"] = ["stage", "population", "stage", "stage", "stage"]
    stages = [{**STAGES[1], "parent": None}]
    with pytest.raises(InputProblem, match="have the bases"):
        pathway(rows, stages, denominator="n")
    rows["denominator_basis"] = "population"
    parent = [{**STAGES[2], "parent": None}, {**STAGES[1], "parent": "charge"}]
    with pytest.raises(InputProblem, match="said to be a population, and its parent is 'charge'"):
        pathway(rows, parent, denominator="n")


def test_the_row_of_a_bad_count_names_its_area():
    rows = AREA.assign(area="E9").replace({"count": {190: 250}})
    with pytest.raises(InputProblem, match=r"\(area E9, stage charge, ethnic_group Black\)"):
        pathway(rows, STAGES, by="area")
