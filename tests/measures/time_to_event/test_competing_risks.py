import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from youthjustice.errors import InputProblem
from youthjustice.measures import cumulative_incidence, kaplan_meier

CAUSES = ["reoffence", "custody", "moved away"]
CHILDREN = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["censored", *CAUSES])), min_size=1, max_size=50
)


def columns(children):
    time, cause = zip(*children, strict=True)
    return np.array(time, float), np.array(cause, dtype=object)


def wide(found, column="value"):
    return found.pivot_table(index=["group", "time"], columns="cause", values=column)


@pytest.mark.parametrize("entry", ["without_entry", "with_entry"])
def test_s_competing_values_and_errors(examples, entry, reproduced):
    example = examples["S-competing"]
    data, expected = pd.DataFrame(example["inputs"]), example["expected"]
    options = {"entry": data["entry"]} if entry == "with_entry" else {"group": data["group"]}
    found = cumulative_incidence(data["time"], data["cause"], **options)
    found = found[found["events"] + found["other_events"] > 0].set_index(["group", "time"])
    width = len(expected[entry][0])
    want = pd.DataFrame(expected[entry], columns=expected["columns"][:width])
    want = want.set_index(["group", "time"])
    for cause in ("custody", "reoffence"):
        own = found[found["cause"] == cause]
        assert own.index.equals(want.index)
        for mine, theirs in (
            ("at_risk", "at_risk"),
            ("event_free", "event_free"),
            ("value", cause),
            ("standard_error", f"{cause}_error"),
        ):
            if theirs not in want:
                continue
            reproduced(example, own[mine], want[theirs], atol=example["tolerance"])


def test_s_competing_limits(examples, reproduced):
    example = examples["S-competing"]
    data = pd.DataFrame(example["inputs"]).query("group == 'Black'")
    expected = example["expected"]["reoffence_limits_log_log"]
    want = np.array(expected["rows"])
    found = cumulative_incidence(data["time"], data["cause"], at=want[:, 0])
    found = found[found["cause"] == "reoffence"]
    reproduced(example, found[expected["columns"]].to_numpy(), want, atol=1e-9)


@settings(max_examples=12)
@given(CHILDREN)
def test_all_causes_and_being_free_sum_to_one(children):
    time, cause = columns(children)
    found = cumulative_incidence(time, cause, causes=CAUSES)
    total = wide(found).sum(axis=1).to_numpy()
    free = wide(found, "event_free")["custody"].to_numpy()
    np.testing.assert_allclose(total + free, 1, atol=1e-12)
    assert ((found["lower"] <= found["value"]) | found["lower"].isna()).all()
    assert ((found["value"] <= found["upper"]) | found["upper"].isna()).all()


@settings(max_examples=12)
@given(CHILDREN)
def test_counting_other_causes_as_censored_overstates(children):
    time, cause = columns(children)
    found = cumulative_incidence(time, cause, causes=CAUSES)
    own = found[found["cause"] == "reoffence"]
    naive = kaplan_meier(time, cause == "reoffence")
    assert (naive["cumulative"].to_numpy() >= own["value"].to_numpy() - 1e-12).all()


@settings(max_examples=12)
@given(CHILDREN)
def test_one_cause_alone_is_kaplan_meier_turned_round(children):
    time, cause = columns(children)
    event = cause != "censored"
    found = cumulative_incidence(time, event.astype(int), causes=[1], transform="plain")
    curve = kaplan_meier(time, event, transform="plain")
    np.testing.assert_allclose(found["value"], curve["cumulative"], atol=1e-12)
    inside = curve["value"] > 0
    np.testing.assert_allclose(
        found["standard_error"][inside], curve["standard_error"][inside], atol=1e-12
    )
    np.testing.assert_allclose(found["event_free"], curve["value"], atol=1e-12)


@settings(max_examples=12)
@given(CHILDREN)
def test_values_agree_with_statsmodels(children):
    time, cause = columns(children)
    codes = np.array([["censored", *CAUSES].index(label) for label in cause])
    if not codes.any():
        return
    with np.errstate(divide="ignore", invalid="ignore"):  # its error is undefined at the end
        theirs = CumIncidenceRight(time, codes)
    found = cumulative_incidence(time, codes, causes=[1, 2, 3], at=theirs.times)
    for place in range(codes.max()):
        own = found[found["cause"] == place + 1]["value"].to_numpy()
        known = ~np.isnan(own)
        np.testing.assert_allclose(own[known], theirs.cinc[place][known], atol=1e-12)


@settings(max_examples=12)
@given(CHILDREN, st.integers(0, 9))
def test_the_error_is_the_delta_method_step_by_step(children, at):
    time, cause = columns(children)
    time = time + 1 + np.arange(len(time)) % 3
    entry = np.arange(len(time)) % 3 * 1.0
    found = cumulative_incidence(time, cause, causes=CAUSES, entry=entry, transform="plain")
    one = found[found["cause"] == "reoffence"].reset_index(drop=True)
    at = min(at, len(one) - 1)
    n = one["at_risk"].to_numpy()[: at + 1]
    own, other = (one[name].to_numpy()[: at + 1] / n for name in ("events", "other_events"))

    def value(h):
        free = np.cumprod(1 - h.sum(axis=0))
        return (np.append(1, free[:-1]) * h[0]).sum()

    hazard, variance = np.array([own, other]), 0.0
    for j in range(at + 1):
        slope = np.zeros(2)
        for k in range(2):
            step = np.zeros_like(hazard)
            step[k, j] = 1e-6
            slope[k] = (value(hazard + step) - value(hazard - step)) / 2e-6
        h = hazard[:, j]
        variance += slope @ (np.diag(h) - np.outer(h, h)) @ slope / n[j]
    assert one["standard_error"][at] == pytest.approx(np.sqrt(variance), abs=1e-5)


def test_the_error_is_what_resampling_gives():
    chance = np.random.default_rng(5)
    time = chance.integers(1, 30, 300).astype(float)
    cause = chance.choice(4, 300, p=[0.3, 0.3, 0.2, 0.2])
    error = cumulative_incidence(time, cause, at=20)["standard_error"].iloc[0]
    draws = [
        cumulative_incidence(time[who], cause[who], at=20)["value"].iloc[0]
        for who in chance.integers(0, 300, (60, 300))
    ]
    assert np.std(draws) == pytest.approx(error, rel=0.35)


def test_causes_that_never_happened_keep_their_rows():
    found = cumulative_incidence([1, 2], ["custody", "censored"], causes=["death", "custody"])
    assert found["cause"].tolist() == ["death", "death", "custody", "custody"]
    assert found["value"].tolist() == [0, 0, 0.5, 0.5]
    assert found["flags"].tolist()[0] == "few_at_risk;undefined"


def test_a_share_of_everyone_has_no_limits_though_its_steps_do_not_quite_add_up():
    time, cause = [0] * 5 + [1] * 4 + [2], [0, 0, 1, 1, 1, 0, 0, 0, 1, 1]
    last = cumulative_incidence(time, cause).iloc[-1]
    assert last["value"] == 1
    assert np.isnan([last["lower"], last["upper"]]).all()
    assert last["flags"] == "few_at_risk;undefined"


def test_one_cause_needs_no_list():
    alone = cumulative_incidence([1, 2], ["custody", "censored"], causes="custody")
    listed = cumulative_incidence([1, 2], ["custody", "censored"], causes=["custody"])
    pd.testing.assert_frame_equal(alone, listed)


@settings(max_examples=12)
@given(CHILDREN, st.lists(st.sampled_from("ab"), min_size=50, max_size=50))
def test_groups_are_as_if_alone(children, groups):
    time, cause = columns(children)
    group = np.array(groups[: len(time)])
    found = cumulative_incidence(time, cause, causes=CAUSES, group=group)
    for name, own in found.groupby("group"):
        alone = cumulative_incidence(time[group == name], cause[group == name], causes=CAUSES)
        pd.testing.assert_frame_equal(
            own.drop(columns="group").reset_index(drop=True), alone.drop(columns="group")
        )


def test_what_marks_nothing_can_be_named():
    by_word = cumulative_incidence([1, 2, 3], ["a", "none", "b"], censored="none")
    by_number = cumulative_incidence([1, 2, 3], [1, 0, 2])
    np.testing.assert_array_equal(by_word["value"], by_number["value"])


@pytest.mark.parametrize(
    ("cause", "options", "sentence"),
    [
        (["a", "b"], {}, "cause holds neither 0 nor 'censored'; say in censored"),
        ([0, "censored"], {}, "cause holds both 0 and 'censored'"),
        (["a", "censored"], {"causes": ["b"]}, "cause holds 'a', which is not among 'b'"),
        (["a", "censored"], {"causes": ["a", "a"]}, "list every cause once"),
        (["a", "censored"], {"causes": ["a", np.nan]}, "list every cause once"),
        (["a", "censored"], {"causes": [["a"]]}, "give one name or a list of names"),
        (["a", "censored"], {"censored": ["none"]}, "censored is a list; give one label"),
        # A slip in the word would make an event of every censoring.
        (["a", "censored"], {"censored": "none"}, "while it does hold 'censored'; name that"),
        ([1, 0], {"censored": "none"}, "while it does hold 0; name that"),
        (["a", "censored"], {"causes": ["a", "censored"]}, "leave out 'censored'"),
        ([0, 0], {}, "Every cause is 0, so nothing happened to anyone"),
        (["a", None], {}, "cause is missing at position 1"),
        (["a"], {}, "cause has 1 labels for 2 times"),
    ],
)
def test_odd_causes_are_refused(cause, options, sentence):
    with pytest.raises(InputProblem, match=sentence):
        cumulative_incidence([1, 2], cause, **options)
