import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from youthjustice.errors import InputProblem
from youthjustice.measures import kaplan_meier

CHILDREN = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.sampled_from(["Black", "White"])),
    min_size=1,
    max_size=60,
)


def columns(children):
    time, event, group = zip(*children, strict=True)
    return np.array(time, float), np.array(event, int), np.array(group)


@pytest.mark.parametrize("transform", ["log-log", "log", "plain"])
def test_s_gehan_every_step_and_limit(examples, transform, reproduced):
    example = examples["S-gehan"]
    data, expected = example["inputs"], example["expected"]
    found = kaplan_meier(data["weeks"], data["relapse"], group=data["drug"], transform=transform)
    found = found[found["events"] > 0]
    want = np.array(expected[transform], dtype=float)
    inside = want[:, 3] > 0
    assert found["group"].tolist() == ["6-MP"] * 7 + ["placebo"] * 12
    reproduced(
        example,
        found[expected["columns"]].to_numpy()[inside],
        want[inside],
        atol=example["tolerance"],
    )
    assert found["value"].iloc[-1] == 0
    assert found[["lower", "upper", "standard_error"]].iloc[-1].isna().all()


def test_s_gehan_printed(examples, reproduced):
    example = examples["S-gehan"]
    data, printed = example["inputs"], example["expected"]["printed"]["survival_6_mp"]
    weeks = [float(week) for week in printed]
    found = kaplan_meier(data["weeks"], data["relapse"], group=data["drug"], at=weeks)
    found = found[found["group"] == "6-MP"]
    reproduced(example, found["value"], list(printed.values()), atol=1.01e-4)


def test_o22a_ovarian(examples, reproduced):
    example = examples["O-22a"]
    data, expected = example["inputs"], example["expected"]
    found = kaplan_meier(data["futime"], data["fustat"])
    found = found[found["events"] > 0]
    np.testing.assert_array_equal(found["time"], [float(t) for t in expected["survival"]])
    reproduced(
        example, found["value"], list(expected["survival"].values()), atol=example["tolerance"]
    )
    reproduced(example, found["standard_error"].iloc[0], expected["standard_error_59"], atol=5e-5)
    reproduced(example, found["standard_error"], expected["standard_error"], atol=1e-9)


def test_o21_late_entry(examples, reproduced):
    example = examples["O-21"]
    data = pd.DataFrame(example["inputs"])
    rx1 = data[data["rx"] == 1]
    expected = example["expected"]["survival_rx_1"]
    found = kaplan_meier(rx1["stop"], rx1["event"], entry=rx1["start"]).head(12)
    want = np.array(expected["rows"])
    reproduced(example, found[expected["columns"]].to_numpy(float), want, atol=1e-9)


@settings(max_examples=20)
@given(CHILDREN)
def test_it_is_the_product_over_times_by_statsmodels(children):
    time, event, _ = columns(children)
    found = kaplan_meier(time, event, transform="plain")
    steps = found[found["events"] > 0]
    theirs = SurvfuncRight(time, event)
    np.testing.assert_allclose(steps["time"], theirs.surv_times)
    np.testing.assert_allclose(steps["value"], theirs.surv_prob, atol=1e-12)
    np.testing.assert_array_equal(steps["at_risk"], theirs.n_risk)
    inside = steps["value"].to_numpy() > 1e-9
    np.testing.assert_allclose(
        steps["standard_error"][inside], theirs.surv_prob_se[inside], atol=1e-9
    )


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 400), st.booleans()), min_size=1, max_size=80))
def test_at_twelve_months_it_is_the_binary_rate_when_nobody_is_censored_before(children):
    days, would = (np.array(part) for part in zip(*children, strict=True))
    within = would & (days <= 365)
    watched = np.where(within, days, 365)
    found = kaplan_meier(watched, within, at=365)
    assert found["cumulative"].item() == pytest.approx(within.mean(), abs=1e-12)
    assert found["events"].item() == within.sum()
    assert found["events"].item() + found["censored"].item() == len(days)


def test_with_earlier_censoring_it_is_not_the_binary_rate():
    time, event = [100, 200, 300, 365], [0, 1, 0, 1]
    assert kaplan_meier(time, event, at=365)["cumulative"].item() == 1
    assert np.mean(event) == 0.5


@settings(max_examples=20)
@given(CHILDREN, st.lists(st.floats(0, 15), min_size=1, max_size=5))
def test_chosen_times_read_the_steps(children, times):
    time, event, group = columns(children)
    steps, found = (kaplan_meier(time, event, group=group, at=at) for at in (None, times))
    for row in found.itertuples():
        own = steps[steps["group"] == row.group]
        earlier = own[own["time"] <= row.time]
        mine = group == row.group
        assert row.at_risk == (time[mine] >= row.time).sum()
        assert row.events == earlier["events"].sum()
        assert row.censored == earlier["censored"].sum()
        value = 1.0 if earlier.empty else earlier["value"].iloc[-1]
        if row.time > own["time"].max() and value > 0:
            assert np.isnan(row.value)
            assert "beyond_follow_up" in row.flags
        else:
            assert row.value == value


@settings(max_examples=20)
@given(CHILDREN)
def test_groups_are_as_if_alone_and_order_does_not_matter(children):
    time, event, group = columns(children)
    together = kaplan_meier(time, event, group=group)
    backwards = kaplan_meier(time[::-1], event[::-1], group=group[::-1])
    pd.testing.assert_frame_equal(together, backwards)
    for name, own in together.groupby("group"):
        alone = kaplan_meier(time[group == name], event[group == name])
        pd.testing.assert_frame_equal(
            own.drop(columns="group").reset_index(drop=True), alone.drop(columns="group")
        )


@settings(max_examples=20)
@given(CHILDREN, st.sampled_from(["log-log", "log", "plain"]))
def test_limits_hold_the_value_and_are_complements(children, transform):
    time, event, group = columns(children)
    found = kaplan_meier(time, event, group=group, transform=transform)
    known = found.dropna(subset=["lower"])
    assert (known["lower"] <= known["value"]).all()
    assert (known["value"] <= known["upper"]).all()
    assert (known["lower"] >= 0).all()
    assert (known["upper"] <= 1).all()
    np.testing.assert_allclose(found["cumulative"], 1 - found["value"])
    np.testing.assert_allclose(found["cumulative_lower"], 1 - found["upper"])
    np.testing.assert_allclose(found["cumulative_upper"], 1 - found["lower"])
    edge = found["value"].isin([0, 1])
    assert (found["flags"].str.contains("undefined") == edge).all()


def test_entering_at_the_start_changes_nothing_but_time_zero():
    time, event = np.arange(1, 9), [1, 0, 1, 1, 0, 1, 0, 1]
    late = kaplan_meier(time, event, entry=np.zeros(8))
    pd.testing.assert_frame_equal(late, kaplan_meier(time, event))


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 8), st.booleans()), min_size=1))
def test_late_entry_counts_who_is_there(children):
    entry, length, event = (np.array(part) for part in zip(*children, strict=True))
    time = entry + length
    found = kaplan_meier(time, event, entry=entry)
    there = [((entry < t) & (time >= t)).sum() for t in found["time"]]
    np.testing.assert_array_equal(found["at_risk"], there)


def test_events_come_before_censorings_and_time_zero_counts():
    found = kaplan_meier([0, 0, 5, 5], [1, 0, 1, 0])
    assert found["at_risk"].tolist() == [4, 2]
    assert found["value"].tolist() == [0.75, 0.375]


def test_flags_order_and_types():
    found = kaplan_meier(
        [10.0] * 12 + [5.0],
        [True] * 6 + [False] * 7,
        group=pd.Categorical(["White"] * 12 + ["Asian"], categories=["White", "Asian"]),
    )
    assert found["group"].tolist() == ["Asian", "White"]
    assert found["flags"].tolist() == ["few_at_risk;undefined", ""]
    assert found["method"].unique().tolist() == ["kaplan-meier, log-log"]
    assert found.attrs == {"confidence": 0.95, "children": 13}
    assert kaplan_meier([1], [0])["group"].tolist() == ["All"]


@settings(max_examples=20)
@given(CHILDREN, st.sampled_from([1, 7, 1000]))
def test_days_that_are_not_whole_are_found_by_sorting_and_count_alike(children, parts):
    time, event, group = columns(children)
    days, shares = (kaplan_meier(unit, event, group=group) for unit in (time, time / parts + 0.5))
    np.testing.assert_allclose(shares["time"], days["time"] / parts + 0.5)
    pd.testing.assert_frame_equal(shares.drop(columns="time"), days.drop(columns="time"))


@pytest.mark.parametrize("groups", [["All"], ["a", 1], [True, False], [1, 2]])
def test_labels_come_back_as_they_were(groups):
    group = None if groups == ["All"] else pd.Series((groups * 2)[:4], dtype=object)
    found = kaplan_meier([1.5, 2.5, 3.5, 4.5], [1, 0, 1, 1], group=group)
    assert set(found["group"].tolist()) == set(groups)
    assert found["group"].map(str).is_monotonic_increasing


def test_true_and_false_are_events_in_any_column():
    told = [True, False, True]
    whole = kaplan_meier([1, 2, 3], told)
    for event in (
        pd.Series(told, dtype=object),
        pd.Series(told, dtype="boolean"),
        pd.Series(told).astype("category"),
        np.array(told, dtype=object),
    ):
        pd.testing.assert_frame_equal(kaplan_meier([1, 2, 3], event), whole)


def test_many_children_are_no_loop():
    chance = np.random.default_rng(1)
    days = chance.integers(1, 366, 200_000)
    found = kaplan_meier(days, chance.integers(0, 2, 200_000), group=chance.integers(0, 6, 200_000))
    assert len(found) == 6 * 365


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([1, -2], [1, 0]), "time is -2 at position 1; count time from the child's start"),
        (([1, 2], [1, 2]), "event is 2 at position 1; give 1 where it happened"),
        (([1, 2], [1, -1]), "event is -1 at position 1; give 1 where it happened"),
        (([1, None], [1, 0]), "time is missing at position 1; follow-up cannot be guessed"),
        (([1, 2], [1, None]), "event is missing at position 1"),
        ((["soon", 2], [1, 0]), "time is 'soon' at position 0; give a number"),
        (([1, 2], ["yes", 0]), "event is 'yes' at position 0; give a number"),
        (([1, np.inf], [1, 0]), "time is inf at position 1"),
        (([], []), "There are no children"),
        (([1, 2], [1, 0, 1]), "The shapes do not fit together"),
        # Stretched against each other these would be four children.
        (([[1], [2]], [1, 0]), r"time has \(2, 1\), event has \(2,\)\); give flat columns"),
        (([1, 2], [1]), r"event has \(1,\)\); give flat columns"),
        ((pd.to_timedelta([1, 2], unit="D"), [1, 0]), "time holds lengths of time; give a number"),
        # As integers these are nanoseconds.
        ((np.array([1, 2], "m8[ns]"), [1, 0]), "time holds lengths of time; give a number"),
        ((pd.to_datetime(["2024-01-01", "2024-02-01"]), [1, 0]), "time holds dates; give a number"),
        (([1, 2], [True, None]), "event is missing in row 1"),
        (
            (pd.Series([1, 2], ["a", "b"]), pd.Series([1, 3], ["a", "b"])),
            "event is 3 in row 'b'",
        ),
    ],
)
def test_impossible_follow_up_is_refused(arguments, sentence):
    with pytest.raises(InputProblem, match=sentence):
        kaplan_meier(*arguments)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"entry": [0, 2]}, "entry is 2 and time is 2 at position 1"),
        ({"entry": [0, -2]}, "entry is -2 at position 1"),
        ({"entry": [0, None]}, "entry is missing at position 1"),
        ({"group": ["White"]}, "group has 1 labels for 2 times"),
        ({"group": ["White", None]}, "group is missing at position 1; write a word for it"),
        ({"group": ["White", "All"]}, "group holds 'All', a total"),
        ({"group": pd.Series([["a"], ["b"]])}, "group holds values that cannot be labels"),
        ({"group": [["a", "b"], ["c", "d"]]}, "group must be one column of labels"),
        ({"group": pd.DataFrame({"a": [1, 2]})}, "group must be one column of labels"),
        ({"at": []}, "at is empty"),
        ({"at": [-1]}, "at is -1"),
        ({"at": [None]}, "at is missing"),
        ({"confidence": 95}, "confidence is 95"),
        ({"transform": "logit"}, "transform is 'logit'; choose one of"),
    ],
)
def test_odd_options_are_refused(options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        kaplan_meier([1, 2], [1, 0], **options)


def test_series_are_never_aligned():
    time = pd.Series([1, 2], ["a", "b"])
    with pytest.raises(InputProblem, match="time and group are Series with different indexes"):
        kaplan_meier(time, [1, 0], group=pd.Series(["x", "y"], ["b", "a"]))
