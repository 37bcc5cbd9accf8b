"""Curves over time: shown in steps from which no small count can be told, by whatever difference."""

import pickle
from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest

from youthjustice.disclosure import (
    INTERNAL,
    PUBLICATION,
    ROUNDED,
    Derived,
    DisclosureProblem,
    Released,
    audit,
    release,
    release_curve,
)
from youthjustice.disclosure.curves import _life_table
from youthjustice.disclosure.steps import Watched, steps
from youthjustice.errors import InputProblem
from youthjustice.measures import kaplan_meier

# An attacker who knows how the steps are chosen ---------------------------------------------------


def histories(children, parts):
    """Give every way to share children out over parts."""
    for bars in combinations(range(children + parts - 1), parts - 1):
        ends = (-1, *bars, children + parts - 1)
        yield [after - before - 1 for before, after in pairwise(ends)]


def known_too_well(children, times, need, least, width, choose=steps):
    """Return the counts between times that all histories with the same steps nearly agree on."""
    same = {}
    for history in histories(children, 2 * times + 2):
        events, left = np.cumsum(history[: times + 1]), np.cumsum(history[times + 1 : -1])
        watched = Watched(
            np.array([children]),
            events[None, :-1],
            (children - events[:-1] - left)[None],
            events[-1:],
        )
        told = tuple((at, events[at], left[at]) for at in choose(watched, need, least))
        same.setdefault(told, []).append(history[:-1])
    found = []
    for told, those in same.items():
        counts = np.array(those)
        sums = [
            np.cumsum(counts[:, : times + 1], axis=1),
            np.cumsum(counts[:, times + 1 :], axis=1),
        ]
        for number in np.hstack([counts, *sums]).T:
            low, high = number.min(), number.max()
            if high - low < width and not (low == high and (low == 0 or low >= need)):
                found.append((told, low, high))
    return found


@pytest.mark.parametrize(
    ("children", "times", "need", "least"),
    [
        (9, 2, 3, 3),
        pytest.param(8, 3, 2, 2, marks=pytest.mark.prove),
        pytest.param(10, 2, 3, 4, marks=pytest.mark.prove),
        pytest.param(18, 2, 5, 5, marks=pytest.mark.prove),
    ],
)
def test_whoever_knows_how_steps_are_chosen_learns_no_small_count(children, times, need, least):
    assert not known_too_well(children, times, need, least, need - 1)


def test_without_the_rule_small_counts_are_known():
    every = lambda watched, *_: list(range(watched.events.shape[1]))  # noqa: E731
    assert known_too_well(6, 2, 3, 3, 2, every)


# Drawn curves ------------------------------------------------------------------------------------


def curve(seed, children=120, names=("boys", "girls", "unknown"), whole=True):
    """Draw the days until children reoffend, some watched for less than a year."""
    draw = np.random.default_rng(seed)
    day = draw.integers(1, 900, children)
    watched = np.where(draw.random(children) < 0.7, 365, draw.integers(30, 365, children))
    group = draw.choice(names, children, p=draw.dirichlet(np.ones(len(names))))
    time, event = np.minimum(day, watched), (day <= watched).astype(int)
    parts = kaplan_meier(time, event, group=group)
    return pd.concat([parts, kaplan_meier(time, event)] if whole else [parts], ignore_index=True)


def differences(frame, names):
    """Return all counts that follow: of each group and of what the total leaves, between all steps."""
    tables = [frame.set_index(["group", "time"])[name].unstack() for name in names]  # noqa: PD010
    found = []
    for table in tables:
        known = table.dropna().astype(int)
        rows = [known.loc[name] for name in known.index]
        if "All" in known.index:
            rows.append(known.loc["All"] - known.drop("All").sum())
        for row in rows:
            sums = np.append(0, np.cumsum(row.to_numpy()))
            found += [after - before for before, after in combinations(sums.tolist(), 2)]
    return np.array(found)


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.prove) for n in range(1, 60))]
)
def test_no_difference_of_steps_or_groups_is_a_small_count(seed):
    drawn = curve(seed)
    try:
        released = release_curve(drawn, at=[*range(30, 366, 30), 365])
    except DisclosureProblem:
        return
    frame = released.frame
    assert not np.isin(differences(frame, ["events", "left"]), range(1, 5)).any()
    last = frame[frame["symbol"] == ""].groupby("group").last()
    assert (last["at_risk"] - last["events"] - last["left"] >= 10).all()
    ever = drawn.groupby("group")["events"].sum()
    after = ever - frame[frame["symbol"] == ""].groupby("group")["events"].sum()
    assert not after.dropna().between(1, 4).any()
    assert audit(released)["safe"].all()


def test_all_groups_are_shown_where_they_are_large():
    released = release_curve(curve(1, 900, whole=False), at=range(30, 366, 30))
    assert not released.hidden.any()
    assert released.frame["step"].iloc[0].startswith("0 up to ")


def small_group(rest=(), whole=True):
    """Return curves of a large group and of one with three events, and of all."""
    days = [*range(10, 310, 10), *[365] * 60]
    boys = kaplan_meier(days, [1] * 30 + [0] * 60).assign(group="boys")
    girls = kaplan_meier([40, 80, 120, *[365] * 20], [1] * 3 + [0] * 20).assign(group="girls")
    both = kaplan_meier([*days, 40, 80, 120, *[365] * 20], [1] * 30 + [0] * 60 + [1] * 3 + [0] * 20)
    return pd.concat([boys, girls, *rest, *([both] if whole else [])], ignore_index=True)


def test_a_group_that_the_total_would_give_back_takes_another_with_it():
    released = release_curve(small_group(), at=[90, 180, 365])
    hidden = released.frame.assign(hidden=released.hidden).groupby("group")["hidden"].all()
    assert hidden.to_dict() == {"All": False, "boys": True, "girls": True}
    assert "[c]" in repr(released)


def test_without_that_guard_the_total_gives_it_back(monkeypatch):
    none = PUBLICATION.with_(secondary=False)
    monkeypatch.setattr(
        "youthjustice.disclosure.curves.audit",
        lambda *_: pd.DataFrame({"safe": pd.Series([], dtype=bool)}),
    )
    frame = release_curve(small_group(), none, at=[90, 180, 365]).frame
    assert np.isin(differences(frame, ["events"]), range(1, 5)).any()


def test_without_a_total_the_others_are_shown():
    released = release_curve(small_group(whole=False), at=[90, 180, 365])
    shown = released.frame[released.frame["symbol"] == ""]
    assert shown["group"].unique().tolist() == ["boys"]


def test_what_the_audit_finds_unsafe_does_not_leave(monkeypatch):
    unsafe = pd.DataFrame({"safe": [False]})
    monkeypatch.setattr("youthjustice.disclosure.curves.audit", lambda *_: unsafe)
    with pytest.raises(DisclosureProblem, match="nothing was released") as raised:
        release_curve(curve(1, 900), at=[180, 365])
    assert not any(character.isdigit() for character in str(raised.value))


def test_a_curve_and_a_table_of_the_same_children_are_audited_together():
    one = kaplan_meier([*range(10, 130, 10), *[365] * 40], [1] * 12 + [0] * 40)
    boys = release_curve(one.drop(columns="group").assign(sex="boys"), at=[365], group="sex")
    table = pd.DataFrame({"sex": ["boys", "girls", "All"], "events": [12, 3, 15]})
    hidden = release(table, ["sex"], "events")
    assert hidden.hidden.tolist() == [True, True, False]
    assert audit(hidden)["safe"].all()
    assert not audit([hidden, boys])["safe"].all()


def test_every_time_is_shown_to_the_service_itself():
    released = release_curve(small_group(), INTERNAL, at=[30, 60, 90, 365, 400])
    assert released.frame["time"].unique().tolist() == [30, 60, 90, 365]
    assert "OFFICIAL-SENSITIVE" in repr(released)


def test_nothing_hidden_is_left_in_what_is_released():
    again = pickle.loads(pickle.dumps(release_curve(small_group(), at=[90, 180, 365])))
    assert isinstance(again, Released)
    gone = again.frame[again.hidden]
    assert gone[["events", "at_risk", "left", "cumulative", "lower", "upper"]].isna().all().all()
    assert again.reasons is None


# The share ----------------------------------------------------------------------------------------


def test_those_who_left_count_half():
    # 2,418 men with angina pectoris, by year since diagnosis: events and withdrawals in Lee (1992),
    # Statistical methods for survival data analysis, page 91. The shares in print could not be read,
    # so they are worked out here, year by year, in another way.
    events = np.array([[456, 226, 152, 171, 135, 125, 83, 74, 51, 42, 43, 34, 18, 9, 6]])
    left = np.array([[0, 39, 22, 23, 24, 107, 133, 102, 68, 64, 45, 53, 33, 27, 23]])
    at_risk = 2418 - np.append(0, np.cumsum(events + left)[:-1])[None]
    table = _life_table(at_risk, events, left, 0.95)
    watched, free = Fraction(2418), Fraction(1)
    for year, (had, gone) in enumerate(zip(events[0].tolist(), left[0].tolist(), strict=True)):
        free *= 1 - had / (watched - Fraction(gone, 2))
        watched -= had + gone
        assert abs(1 - table["cumulative"][0, year] - float(free)) < 1e-12
    assert (table["lower"] < table["cumulative"]).all()
    assert (table["cumulative"] < table["upper"]).all()


def test_where_nobody_left_it_is_the_estimate_of_kaplan_and_meier():
    days, event = [*range(10, 310, 10), *[365] * 60], [1] * 30 + [0] * 60
    released = release_curve(kaplan_meier(days, event), at=[90, 180, 365]).frame
    plain = kaplan_meier(days, event, at=[90, 180, 365])
    assert np.allclose(released["cumulative"], plain["cumulative"], atol=0.0006)
    for name in ("lower", "upper"):
        assert np.allclose(released[name], plain[f"cumulative_{name}"], atol=0.0006), name


def test_where_some_left_it_is_near_the_estimate_of_kaplan_and_meier():
    drawn = curve(3, 900, whole=False)
    released = release_curve(drawn, at=range(30, 361, 30)).frame
    for name, part in released.groupby("group"):
        plain = drawn[drawn["group"] == name].set_index("time")["cumulative"]
        near = [plain[plain.index <= time].iloc[-1] for time in part["time"]]
        assert np.abs(part["cumulative"] - near).max() < 0.02


def test_times_that_are_not_given_are_every_thirty():
    frame = release_curve(curve(1, 900, whole=False)).frame
    assert set(frame["time"] % 30) == {0}


def test_one_curve_has_no_group():
    released = release_curve(curve(1, 900, ("all",), whole=False).drop(columns="group"), at=[365])
    assert released.dimensions == ("step",)


# What cannot be -----------------------------------------------------------------------------------

GOOD = pd.DataFrame({"time": [30, 60, 90], "at_risk": [60, 50, 30], "events": [8, 9, 7]})


@pytest.mark.parametrize(
    ("frame", "more", "said"),
    [
        ([1], {}, "is a list"),
        (GOOD.drop(columns="at_risk"), {}, "no column 'at_risk'"),
        (GOOD.iloc[:0], {}, "no rows"),
        (
            GOOD.assign(events=[1, -1, 1]),
            {},
            "'events' of the curve holds no such number in step 1",
        ),
        (GOOD.assign(events=[1, 1.5, 1]), {}, "whole number"),
        (GOOD.assign(time=[1, 2, None]), {}, "'time' of the curve"),
        (GOOD.assign(time=[30, 90, 60]), {}, "not in order"),
        (GOOD.assign(events=[8, 30, 30]), {}, "do not follow"),
        (GOOD.assign(events=[8, 9, 31]), {}, "do not follow"),
        (GOOD.assign(group=["a", None, "a"]), {}, "missing in a row"),
        (GOOD, {"at": []}, "no list of times"),
        (GOOD, {"at": [0, 30]}, "no list of times"),
        (GOOD, {"policy": ROUNDED}, "rounded counts"),
        (GOOD, {"confidence": 95}, "confidence is 95"),
        (GOOD, {"count": "time"}, "'time' of its own"),
        (GOOD.assign(n="a"), {"group": "n", "count": "n"}, "'n' of its own"),
    ],
)
def test_what_cannot_be_a_curve_is_refused_in_one_sentence(frame, more, said):
    with pytest.raises(InputProblem, match=said) as raised:
        release_curve(frame, **more)
    assert "\n" not in str(raised.value)


def test_a_total_below_its_parts_is_refused():
    parts = [GOOD.assign(group=name) for name in ("a", "b", "All")]
    with pytest.raises(InputProblem, match="fewer children than the others"):
        release_curve(pd.concat(parts, ignore_index=True), at=[30, 60])


def test_too_few_events_release_nothing():
    with pytest.raises(DisclosureProblem, match="too few events"):
        release_curve(GOOD.assign(events=[1, 1, 1]), at=[30, 60, 90])


def test_a_table_shows_no_curve():
    frame = pd.DataFrame({"sex": ["a", "b", "All"], "n": [20, 30, 50], "x": [0.1, 0.2, 0.3]})
    with pytest.raises(InputProblem, match="release_curve"):
        release(frame, ["sex"], "n", derived=[Derived("x", "curve", "n")])
