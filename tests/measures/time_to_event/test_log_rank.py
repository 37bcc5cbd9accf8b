import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import survdiff

from youthjustice.errors import InputProblem
from youthjustice.measures import log_rank

CHILDREN = st.lists(
    st.tuples(
        st.integers(0, 8), st.booleans(), st.sampled_from("abc"), st.sampled_from(["x", "y"])
    ),
    min_size=8,
    max_size=60,
)


def test_s_gehan_statistic_and_expected(examples, reproduced):
    example = examples["S-gehan"]
    data, expected = example["inputs"], example["expected"]
    found = log_rank(data["weeks"], data["relapse"], data["drug"])
    reproduced(example, found.statistic, expected["log_rank"]["statistic"], atol=1e-9)
    assert round(found.statistic, 2) == expected["printed"]["log_rank"]
    reproduced(example, found.groups["expected"], expected["log_rank"]["expected"], atol=1e-9)
    assert found.groups["events"].tolist() == [9, 21]
    assert found.degrees_of_freedom == 1


def test_o22a_stratified(examples, reproduced):
    data = pd.DataFrame(examples["O-22a"]["inputs"])
    found = log_rank(data["futime"], data["fustat"], data["rx"], strata=data["ecog.ps"])
    want = examples["O-22a"]["expected"]["stratified_log_rank_rx"]
    reproduced(examples["O-22a"], found.statistic, want, atol=1e-9)
    assert found.method == "log-rank, stratified"


@settings(max_examples=25)
@given(CHILDREN, st.booleans())
def test_it_agrees_with_statsmodels(children, stratified):
    time, event, group, stratum = (np.array(part) for part in zip(*children, strict=True))
    assume(len(set(group)) > 1)
    found = log_rank(time, event, group, strata=stratum if stratified else None)
    assume(found.degrees_of_freedom == len(set(group)) - 1)
    options = {"strata": stratum} if stratified else {}
    statistic, p_value = survdiff(time, event.astype(int), group, **options)
    assert found.statistic == pytest.approx(statistic, rel=1e-6, abs=1e-8)
    assert found.p_value == pytest.approx(p_value, rel=1e-6, abs=1e-12)
    assert found.groups["expected"].sum() == pytest.approx(event.sum())


def test_groups_never_at_risk_together_say_nothing():
    found = log_rank([1, 2, 3, 4], [1, 1, 1, 1], ["a", "a", "b", "b"], strata=["x", "x", "y", "y"])
    assert found.degrees_of_freedom == 0
    assert np.isnan([found.statistic, found.p_value]).all()
    assert found.flags == "undefined"
    assert log_rank([1, 2], [0, 0], ["a", "b"]).flags == "undefined"


def test_a_group_that_left_before_any_event_costs_no_degree_of_freedom():
    found = log_rank([0, 2, 3, 4, 5], [0, 1, 1, 1, 0], ["c", "a", "b", "a", "b"])
    assert found.degrees_of_freedom == 1
    assert np.isnan(found.groups["observed_to_expected"].iloc[2])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, 2], [1, 0], ["a", "a"]), "There is one group, 'a'; give at least two"),
        (([1, 2], [1, 0], None), "There is one group, 'All'"),
        (([1, 2], [1, 0], ["a", None]), "group is missing at position 1"),
        (([1, 2], [1, 0], ["a", "b"], ["x", None]), "strata is missing at position 1"),
        (([-1, 2], [1, 0], ["a", "b"]), "time is -1 at position 0"),
        (([], [], []), "There are no children"),
    ],
)
def test_impossible_tests_are_refused(arguments, sentence):
    with pytest.raises(InputProblem, match=sentence):
        log_rank(*arguments)
