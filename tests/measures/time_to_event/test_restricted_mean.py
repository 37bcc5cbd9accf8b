import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.measures import cumulative_incidence, restricted_mean


def test_s_gehan_value_and_error(examples, reproduced):
    example = examples["S-gehan"]
    data, expected = example["inputs"], example["expected"]["restricted_mean_26"]
    found = restricted_mean(data["weeks"], data["relapse"], group=data["drug"], until=26)
    free = found[found["state"] == "event-free"]
    reproduced(example, free["value"], expected["value"], atol=example["tolerance"])
    reproduced(
        example, free["standard_error"], expected["standard_error"], atol=example["tolerance"]
    )


def test_s_competing_states(examples, reproduced):
    example = examples["S-competing"]
    data = pd.DataFrame(example["inputs"])
    found = restricted_mean(data["time"], data["cause"], group=data["group"], until=10)
    for group, states in example["expected"]["restricted_mean_10"].items():
        own = found[found["group"] == group].set_index("state")["value"]
        reproduced(example, own.to_dict(), states, atol=example["tolerance"])


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 2), st.sampled_from("xyz")),
        min_size=1,
        max_size=40,
    ),
    st.floats(0.5, 12),
)
@pytest.mark.prove
def test_states_are_areas_and_sum_to_the_whole(children, until):
    time, cause, group = (np.array(part) for part in zip(*children, strict=True))
    found = restricted_mean(time, cause, group=group, causes=[1, 2], until=until)
    known = found.groupby("group")["value"].sum(min_count=3)
    np.testing.assert_allclose(known.dropna(), until, atol=1e-9)
    curve = cumulative_incidence(time, cause, group=group, causes=[1, 2])
    for row in found[found["state"].isin([1, 2])].dropna(subset=["value"]).itertuples():
        own = curve[(curve["group"] == row.group) & (curve["cause"] == row.state)]
        edges = np.minimum(np.append(own["time"], np.inf), until)
        assert row.value == pytest.approx((np.diff(edges) * own["value"]).sum(), abs=1e-9)


def test_the_errors_are_what_resampling_gives():
    chance = np.random.default_rng(6)
    time = chance.integers(1, 30, 300).astype(float)
    cause = chance.choice(3, 300, p=[0.4, 0.4, 0.2])
    found = restricted_mean(time, cause, until=25)
    draws = np.array(
        [
            restricted_mean(time[who], cause[who], until=25)["value"]
            for who in chance.integers(0, 300, (60, 300))
        ]
    )
    np.testing.assert_allclose(draws.std(axis=0), found["standard_error"], rtol=0.35)


def test_what_is_not_known():
    found = restricted_mean([5, 4, 9], [0, 1, 0], until=10).set_index("state")
    assert found["value"].isna().all()
    assert found.loc["event-free", "flags"] == "undefined;beyond_follow_up"
    nothing = restricted_mean([9, 9], [0, 0], causes=[1], until=9).set_index("state")
    assert nothing["value"].to_dict() == {"event-free": 9, 1: 0}
    assert nothing["lower"].isna().all()
    assert nothing["flags"].unique().tolist() == ["undefined"]


@pytest.mark.parametrize("until", [0, -1, None, "a year", np.inf])
def test_odd_ends_are_refused(until):
    with pytest.raises(InputProblem, match=r"until is .*; give a number above 0"):
        restricted_mean([1], [1], causes=[1], until=until)
