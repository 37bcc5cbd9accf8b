"""Unknown ethnic group: its share, the worst case, and the findings that hang on it."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from tests.measures.properties import few, many
from youthjustice.measures import relative_rate_index
from youthjustice.measures.disparity.findings import OVER, UNKNOWN_GROUPS

BOUNDS = ["bound_lower", "bound_upper"]


def index(rows, **options):
    table = pd.DataFrame(rows, columns=["ethnic_group", "x", "n"])
    found = relative_rate_index(
        table, numerator="x", denominator="n", **{"minimum_numerator": 0, **options}
    )
    return found.set_index("ethnic_group")


def ratio(x, n, x0, n0):
    return (x / n) / (x0 / n0)


def test_bounds_per_population_give_the_unknown_to_one_side_or_the_other():
    found = index([("Black", 60, 3000), ("White", 80, 9000), ("Unknown", 30, None)])
    row = found.loc["Black"]
    assert row["bound_lower"] == pytest.approx((60 / 3000) / ((80 + 30) / 9000))
    assert row["bound_upper"] == pytest.approx(((60 + 30) / 3000) / (80 / 9000))
    assert found["unknown_percent"].tolist() == pytest.approx([100 * 30 / 170] * 3)
    assert found.loc[["White", "Unknown"], BOUNDS].isna().all(axis=None)


def test_an_unknown_population_widens_the_bounds():
    found = index([("Black", 60, 3000), ("White", 80, 9000), ("Unknown", 30, 500)])
    assert found.loc["Black", "bound_lower"] == pytest.approx((60 / 3500) / (110 / 9000))
    assert found.loc["Black", "bound_upper"] == pytest.approx((90 / 3000) / (80 / 9500))


@few(15, st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_stage_bounds_are_the_least_and_the_most_over_every_way_to_place_the_unknown(counts):
    """Each unknown child is Black, White or Other; every possibility is tried."""
    passed, failed, passed0, failed0, u_passed, u_failed = counts
    passed, passed0 = passed + 1, passed0 + 1
    rows = [
        ("Black", passed, passed + failed),
        ("White", passed0, passed0 + failed0),
        ("Other", 3, 7),
        ("Unknown", u_passed, u_passed + u_failed),
    ]
    found = index(rows, basis="stage", minimum_denominator=0).loc["Black"]
    every = [
        ratio(passed + a, passed + a + failed + c, passed0 + b, passed0 + b + failed0 + d)
        for a, b in itertools.product(range(u_passed + 1), repeat=2)
        if a + b <= u_passed
        for c, d in itertools.product(range(u_failed + 1), repeat=2)
        if c + d <= u_failed
    ]
    assert found["bound_lower"] == pytest.approx(min(every))
    assert found["bound_upper"] == pytest.approx(max(every))


def test_not_stated_is_not_zero():
    rows = [("Black", 60, 3000), ("White", 80, 9000)]
    nothing = index(rows)
    assert nothing[["unknown_percent", *BOUNDS]].isna().all(axis=None)
    none = index([*rows, ("Unknown", 0, 0)])
    assert (none["unknown_percent"] == 0).all()
    assert (none.loc["Black", BOUNDS] == none.loc["Black", "value"]).all()
    missing = index([*rows, ("Unknown", None, 0)])
    assert missing[["unknown_percent", *BOUNDS]].isna().all(axis=None)
    assert missing.loc["Black", "finding"] == nothing.loc["Black", "finding"] == OVER


def test_without_a_denominator_of_the_unknown_a_stage_has_no_bounds():
    rows = [("Black", 60, 300), ("White", 80, 900), ("Unknown", 10, None)]
    found = index(rows, basis="stage")
    assert found[BOUNDS].isna().all(axis=None)
    assert found.loc["Black", "unknown_percent"] == pytest.approx(100 * 10 / 150)


def test_several_labels_of_the_unknown_are_one():
    rows = [("Black", 60, 3000), ("White", 80, 9000)]
    two = index([*rows, ("Refused", 10, 5), ("Unknown", 20, 0)], unknown=("Unknown", "Refused"))
    one = index([*rows, ("Unknown", 30, 5)])
    pd.testing.assert_series_equal(two.loc["Black"], one.loc["Black"])


@pytest.mark.parametrize(
    ("unknown", "finding"), [(99, OVER), (100, UNKNOWN_GROUPS), (101, UNKNOWN_GROUPS)]
)
def test_a_difference_that_the_unknown_could_undo_is_not_claimed(unknown, finding):
    """At 100 the lower bound is exactly 1: 200 in 1,000 against (100 + 100) in 1,000."""
    found = index([("Black", 200, 1000), ("White", 100, 1000), ("Unknown", unknown, 0)])
    row = found.loc["Black"]
    assert row["finding"] == finding
    assert ("unknown_could_reverse" in row["flags"]) == (finding == UNKNOWN_GROUPS)
    assert row["lower"] > 1


def test_what_is_no_claim_is_not_downgraded():
    found = index([("Black", 105, 1000), ("White", 100, 1000), ("Unknown", 500, 0)])
    assert found.loc["Black", "finding"] == "no evidence of a difference"
    assert found.loc["Black", "flags"] == ""


def test_the_unknown_of_one_area_leave_other_areas_alone():
    rows = [("Black", 200, 1000), ("White", 100, 1000)]
    areas = pd.DataFrame(
        [("A", *row) for row in [*rows, ("Unknown", 500, 0)]] + [("B", *row) for row in rows],
        columns=["area", "ethnic_group", "x", "n"],
    )
    found = relative_rate_index(areas, numerator="x", denominator="n", by="area")
    black = found[found["ethnic_group"] == "Black"].set_index("area")
    assert black["finding"].tolist() == [UNKNOWN_GROUPS, OVER]
    assert np.isnan(black.loc["B", "unknown_percent"])


def test_too_few_hide_the_bounds_as_well():
    rows = [("Black", 4, 3000), ("White", 80, 9000), ("Unknown", 30, 0)]
    assert index(rows, minimum_numerator=5).loc["Black", BOUNDS].isna().all()


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_stage_bounds_are_the_least_and_the_most_over_every_way_to_place_the_unknown,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
