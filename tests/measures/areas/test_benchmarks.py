"""An area beside a benchmark that it is no part of."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import proportion, rate, rate_ratio, risk_ratio
from youthjustice.measures.areas.benchmarks import compare_with
from youthjustice.measures.ratios.mover import difference_limits

COLUMNS = {"numerator": "x", "denominator": "n"}
LONDON, ISLINGTON, CAMDEN, HACKNEY = "E12000007", "E09000019", "E09000007", "E09000012"


@pytest.fixture
def london():
    return pd.DataFrame(
        {
            "area_code": [LONDON, ISLINGTON, CAMDEN, HACKNEY] * 2,
            "year": [2020] * 4 + [2021] * 4,
            "x": [1000.0, 40, 30, 44, 900, 31, 20, np.nan],
            "n": [800_000.0, 16_000, 15_000, 21_000, 801_000, 16_100, 15_100, 21_100],
        }
    )


def test_a_whole_is_compared_without_the_area(london):
    found = compare_with(london, ISLINGTON, whole=LONDON, **COLUMNS, by="year")
    assert found["reference_numerator"].tolist() == [960, 869]
    assert found["reference_denominator"].tolist() == [784_000, 784_900]
    assert found["benchmark"].tolist() == [f"{LONDON} without {ISLINGTON}"] * 2
    expected = rate_ratio([40, 31], [16_000, 16_100], [960, 869], [784_000, 784_900])
    for name in ("value", "lower", "upper", "p_value", "method"):
        assert found[name].tolist() == getattr(expected, name).tolist()
    own = rate([40, 31], [16_000, 16_100])
    rest = rate([960, 869], [784_000, 784_900])
    np.testing.assert_allclose(found["rate_lower"], own.lower)
    np.testing.assert_allclose(found["reference_rate_upper"], rest.upper)
    sides = (part for one in (own, rest) for part in (one.value, one.lower, one.upper))
    lower, upper = difference_limits(*sides)
    np.testing.assert_allclose(found["rate_difference_lower"], lower)
    np.testing.assert_allclose(found["rate_difference_upper"], upper)


def test_neighbours_are_pooled_the_area_left_out_and_the_missing_named(london):
    near = [CAMDEN, ISLINGTON, HACKNEY, "E09000030", CAMDEN]
    found = compare_with(london, ISLINGTON, near, **COLUMNS, by="year")
    assert found["reference_numerator"].tolist() == [74, 20]
    assert found["reference_denominator"].tolist() == [36_000, 15_100]
    assert found["areas"].tolist() == [2, 1]
    assert found["left_out"].tolist() == ["E09000030", f"{HACKNEY}; E09000030"]
    assert found["benchmark"].tolist() == ["areas together (2)", "areas together (1)"]
    assert found["flags"].str.contains("benchmark_incomplete").all()


def test_all_others_when_nothing_is_named(london):
    boroughs = london[london["area_code"] != LONDON]
    found = compare_with(boroughs, ISLINGTON, **COLUMNS, by="year")
    assert found["reference_numerator"].tolist() == [74, 20]
    assert found["left_out"].tolist() == ["", HACKNEY]
    with pytest.raises(InputProblem, match=LONDON):
        compare_with(london, ISLINGTON, **COLUMNS, by="year")


def test_shares_of_a_stage(london):
    found = compare_with(london, ISLINGTON, whole=LONDON, **COLUMNS, by="year", basis="stage")
    expected = risk_ratio([40, 31], [16_000, 16_100], [960, 869], [784_000, 784_900])
    assert found["lower"].tolist() == expected.lower.tolist()
    np.testing.assert_allclose(
        found["rate_upper"], 100 * proportion([40, 31], [16_000, 16_100]).upper
    )
    assert found.attrs["per"] == 100


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 900)), min_size=2, max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_whole_without_the_area_is_all_the_others_in_any_order(pairs, shuffle):
    x, n = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    names = [f"P{at}" for at in range(len(pairs))]
    table = pd.DataFrame({"area_code": names, "x": x, "n": n})
    total = pd.DataFrame({"area_code": ["all of them"], "x": [x.sum()], "n": [n.sum()]})
    order = list(range(len(pairs) + 1))
    shuffle.shuffle(order)
    mixed = pd.concat([table, total], ignore_index=True).iloc[order]
    one = compare_with(table, "P0", **COLUMNS)
    two = compare_with(mixed, "P0", whole="all of them", **COLUMNS)
    three = compare_with(mixed, "P0", names, **COLUMNS)
    figures = [name for name in one if name not in ("benchmark", "areas", "left_out")]
    pd.testing.assert_frame_equal(one[figures], two[figures])
    pd.testing.assert_frame_equal(one[figures], three[figures])


def test_missing_counts_give_missing_results(london):
    table = london.copy()
    table.loc[1, "x"] = np.nan
    table.loc[4, "x"] = np.nan
    found = compare_with(table, ISLINGTON, whole=LONDON, **COLUMNS, by="year")
    assert found["value"].isna().all()
    assert found["flags"].str.contains("missing").all()
    assert found["left_out"].tolist() == ["", LONDON]
    alone = compare_with(table[table["year"] == 2021], ISLINGTON, [HACKNEY], **COLUMNS)
    assert np.isnan(alone["value"][0])
    assert alone["areas"][0] == 0


def test_a_cell_without_the_whole_or_without_the_area(london):
    found = compare_with(london.drop(4), ISLINGTON, whole=LONDON, **COLUMNS, by="year")
    assert found["value"].isna().tolist() == [False, True]
    assert len(compare_with(london.drop(5), ISLINGTON, whole=LONDON, **COLUMNS, by="year")) == 1


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"area": "E09000033"}, "There is no 'E09000033' in area_code"),
        ({"area": [ISLINGTON]}, "There is no"),
        ({"whole": "E92000001"}, "There is no 'E92000001'"),
        ({"whole": ISLINGTON}, "both"),
        ({"whole": LONDON, "group": [CAMDEN]}, "Both whole and group"),
        ({"group": CAMDEN}, "group is"),
        ({"group": [ISLINGTON]}, "names no area but"),
        ({"group": [LONDON]}, LONDON),
        ({"basis": "share"}, "basis is"),
        ({"method": "guess", "whole": LONDON}, "method is"),
        ({"numerator": "entrants"}, "no column 'entrants'"),
        ({"by": None}, "stands twice"),
    ],
)
def test_odd_arguments_are_refused(london, options, says):
    with pytest.raises(InputProblem, match=says):
        compare_with(**{"frame": london, "area": ISLINGTON, **COLUMNS, "by": "year", **options})


def test_a_part_above_its_whole_is_named(london):
    table = london.assign(x=[30.0, 40, 30, 44, 900, 31, 20, 9])
    with pytest.raises(InputProblem, match=f"Row 1 .year 2020, area_code {ISLINGTON}. has a count"):
        compare_with(table, ISLINGTON, whole=LONDON, **COLUMNS, by="year")
