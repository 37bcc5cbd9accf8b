"""Whole children for display: limits go outward, and the two numbers stay apart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import relative_rate_index
from youthjustice.measures.disparity.whole import LABELS, whole_children

GROUPS = ["Asian", "Black", "Mixed", "White", "Other"]


def index(x, n, groups=GROUPS, **options):
    frame = pd.DataFrame({"ethnic_group": groups, "x": x, "n": n})
    return relative_rate_index(frame, numerator="x", denominator="n", **options)


@few(6, st.lists(st.tuples(st.integers(0, 500), st.integers(1, 9000)), min_size=5, max_size=5))
def test_no_interval_gets_narrower_and_every_figure_is_whole(pairs):
    try:
        found = index(*zip(*pairs, strict=True), minimum_numerator=0)
    except InputProblem as problem:
        assert "sum of" in str(problem)
        return
    whole = whole_children(found)
    assert abs(found["children_difference"].sum()) < 1e-6
    assert abs(whole["children_difference"].sum()) <= 3
    for name in LABELS:
        for end in ("", "_lower", "_upper"):
            figures = whole[f"{name}{end}"].dropna()
            figures = figures[np.isfinite(figures)]
            assert (figures == figures.round()).all()
            assert found[f"{name}{end}"].isna().equals(whole[f"{name}{end}"].isna())
        assert not (whole[f"{name}_lower"] > found[f"{name}_lower"] + 1e-8).any()
        assert not (whole[f"{name}_upper"] < found[f"{name}_upper"] - 1e-8).any()
        assert not (whole[f"{name}_lower"] > whole[name]).any()
        assert not (whole[f"{name}_upper"] < whole[name]).any()


def test_the_two_numbers_count_different_things():
    found = whole_children(index([60, 80], [3000, 9000], ["Black", "White"]))
    black = found.set_index("ethnic_group").loc["Black"]
    assert black["children_difference"] == 25  # 60 less a quarter of 140
    assert black["parity_number"] == 33  # 60 less 3,000 at White children's 80 in 9,000
    assert found.attrs["labels"]["parity_number"] != found.attrs["labels"]["children_difference"]
    assert found.attrs["reference"] == "White"


def test_the_reference_and_the_unknown_and_no_zero_below_zero():
    found = whole_children(index([20, 80, 9], [2250, 9000, 5], ["Black", "White", "Unknown"]))
    assert found["parity_number"].tolist()[:2] == [0, 0]
    assert not np.signbit(found["children_difference"][0])
    assert found.iloc[2, 1:].isna().all()


def test_areas_are_kept_as_keys_and_other_frames_are_refused():
    frame = pd.DataFrame({"area": "A", "ethnic_group": GROUPS, "x": 10, "n": 100})
    found = relative_rate_index(frame, numerator="x", denominator="n", by="area")
    assert list(whole_children(found))[:3] == ["area", "ethnic_group", "children_difference"]
    with pytest.raises(InputProblem, match="no column 'children_difference'"):
        whole_children(found.drop(columns="children_difference"))
    with pytest.raises(InputProblem, match="relative_rate_index"):
        whole_children([1])


def test_a_frame_that_is_no_index_any_more_is_refused():
    boys = pd.DataFrame({"ethnic_group": ["White", "Black"], "x": [60, 40], "n": [900, 300]})
    index = relative_rate_index(boys, numerator="x", denominator="n")
    with pytest.raises(InputProblem, match="parity_number is 'few' in row 0"):
        whole_children(index.assign(parity_number="few"))
    with pytest.raises(InputProblem, match="'numerator' stands twice"):
        whole_children(pd.concat([index, index], axis=1))


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_no_interval_gets_narrower_and_every_figure_is_whole,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
