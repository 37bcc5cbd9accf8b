from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from tests.disclosure.attackers import TooMany, brute_force
from tests.disclosure.frames import as_attacked, crossed, without
from youthjustice.disclosure import attack, attack_parts, propagation
from youthjustice.disclosure.assembling import from_tables
from youthjustice.disclosure.attack import ranges
from youthjustice.disclosure.attack_parts import OutOfTime
from youthjustice.disclosure.problems import DisclosureProblem
from youthjustice.disclosure.propagation import Contradiction, propagated
from youthjustice.disclosure.system import Published

# A table of three by three with its totals, and another of which small counts are hidden.
BLOCK = np.array([[3, 12, 20], [8, 15, 30], [14, 22, 41]])
ONES = np.array([[1, 0, 20], [0, 1, 30], [14, 22, 41]])


def published(frame):
    dimensions = [name for name in frame.columns if name != "children"]
    counts = frame["children"].to_numpy(dtype=float, na_value=np.nan)
    missing = np.isnan(counts)
    return Published(
        tuple(dimensions),
        tuple(frame[dimensions].itertuples(index=False, name=None)),
        np.where(missing, 0.0, counts),
        np.where(missing, np.inf, counts),
    )


def attacked(truth, hidden, **options):
    frame = crossed(truth, "ab")
    rows = [list(zip(frame["a"], frame["b"], strict=True)).index(key) for key in hidden]
    system = from_tables([published(without(frame, np.isin(np.arange(len(frame)), rows)))])
    lowest, highest = ranges(system, system.places[0][rows], **options)
    return list(zip(lowest.tolist(), highest.tolist(), strict=True))


@pytest.mark.parametrize(
    ("truth", "hidden", "found"),
    [
        (BLOCK, [("a0", "b0")], [(3, 3)]),
        (BLOCK, [("a0", "b0"), ("a0", "b1")], [(3, 3), (12, 12)]),
        (
            BLOCK,
            [("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")],
            [(0, 11), (4, 15), (0, 11), (12, 23)],
        ),
        (ONES, [("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")], [(0, 1)] * 4),
    ],
)
@pytest.mark.parametrize("integer", [True, False])
def test_blocks_of_hidden_cells_are_known_as_far_as_their_sums_allow(truth, hidden, found, integer):
    assert attacked(truth, hidden, integer=integer) == found


def drawn(seed):
    """Draw linked tables of one population, some counts hidden: frames, and as they truly are."""
    draw = np.random.default_rng(seed)
    names = "abc"[: draw.integers(1, 4)]
    truth = draw.poisson(draw.choice([0.5, 1.0, 2.0]), draw.integers(2, 4, len(names)))
    groups = {"a": {"first two": ["a0", "a1"]}} if draw.random() < 0.5 else {}
    frames, whole = [], []
    for _ in range(draw.integers(1, 4)):
        scope = [name for name in names if draw.random() < 0.7] or ["a"]
        frame = crossed(truth, names, scope, groups)
        totals = (frame[scope] == "All").all(axis=1)
        hidden = (draw.random(len(frame)) < draw.choice([0.2, 0.4, 0.6])) & ~totals
        whole.append(frame["children"].to_numpy(dtype=float))
        frames.append(without(frame, hidden))
    return frames, whole, groups


def all_ranges(frames, groups, **options):
    system = from_tables([published(frame) for frame in frames], groups)
    lowest, highest = ranges(system, np.concatenate(system.places), **options)
    return lowest, highest


def same_as_brute_force(seed):
    frames, whole, groups = drawn(seed)
    lowest, highest = all_ranges(frames, groups)
    truth = np.concatenate(whole)
    assert (lowest <= truth).all()
    assert (truth <= highest).all()
    try:
        found = brute_force([as_attacked(frame) for frame in frames], groups, patience=30_000)
    except TooMany:
        return False
    assert [tuple(map(float, ends)) for rows in found for ends in rows] == list(
        zip(lowest, highest, strict=True)
    )
    return True


@settings(max_examples=12)
@given(st.integers(0, 10**9))
def test_intervals_hold_the_truth_and_are_those_of_brute_force(seed):
    same_as_brute_force(seed)


@pytest.mark.prove
def test_many_sets_of_tables_are_the_same_as_by_brute_force():
    assert sum(same_as_brute_force(seed) for seed in range(250)) > 150


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_more_that_is_published_never_widens_an_interval(seed):
    frames, whole, groups = drawn(seed)
    draw = np.random.default_rng(seed)
    lowest, highest = all_ranges(frames, groups)
    more = []
    for frame, counts in zip(frames, whole, strict=True):
        known = frame["children"].notna() | (draw.random(len(frame)) < 0.3)
        more.append(without(frame.assign(children=counts.astype(int)), ~known))
    for further in (more, [*frames, frames[0].assign(children=whole[0].astype(int))]):
        low, high = all_ranges(further, groups)
        assert (low[: len(lowest)] >= lowest).all()
        assert (high[: len(highest)] <= highest).all()


@settings(max_examples=5)
@given(st.integers(0, 10**9))
def test_children_that_may_be_split_never_narrow_an_interval(seed):
    frames, _, groups = drawn(seed)
    lowest, highest = all_ranges(frames, groups)
    low, high = all_ranges(frames, groups, integer=False)
    assert (low <= lowest + 1e-6).all()
    assert (high >= highest - 1e-6).all()


@settings(max_examples=5)
@given(st.integers(0, 10**9))
def test_what_is_wide_enough_is_known_to_be_so(seed):
    frames, _, groups = drawn(seed)
    lowest, highest = all_ranges(frames, groups)
    low, high = all_ranges(frames, groups, enough=2)
    assert ((low >= lowest) & (high <= highest)).all()
    assert ((high - low >= 2) == (highest - lowest >= 2)).all()


def odd_circle():
    """Three counts of which every two are together at most one: a half each, if split."""
    keys = tuple((value,) for value in ("x", "y", "z", "All"))
    system = from_tables([Published(("d",), keys, np.zeros(4), np.full(4, np.inf))])
    x, y, z, _ = system.places[0]
    rows = csr_array((np.ones(6), ([0, 0, 1, 1, 2, 2], [x, y, y, z, x, z])), shape=(3, 4))
    return system.add(rows, np.zeros(3), np.ones(3))


def test_whole_children_are_asked_for_where_halves_would_fit_better():
    system = odd_circle()
    total = system.places[0][3:]
    assert ranges(system, total)[1].tolist() == [1.0]
    assert ranges(system, total, integer=False)[1].tolist() == [1.5]


def test_counts_without_an_upper_end_have_none():
    keys = tuple((value,) for value in ("x", "y", "z", "All"))
    low, high = np.zeros(4), np.array([np.inf, np.inf, 3.0, np.inf])
    system = from_tables([Published(("d",), keys, low, high)])
    x, y, _, _ = system.places[0]
    # Twice x less y is at most one, and x less y at least nought, so x is at most one.
    rows = csr_array(([2.0, -1.0, 1.0, -1.0], ([0, 0, 1, 1], [x, y, x, y])), shape=(2, 4))
    system = system.add(rows, np.array([-np.inf, 0.0]), np.array([1.0, np.inf]))
    lowest, highest = ranges(system)
    assert lowest.tolist() == [0.0] * 4
    assert highest[system.places[0]].tolist() == [1.0, 1.0, 3.0, 5.0]
    lowest, highest = ranges(system.hide(system.places[0][2:3]))
    assert highest[system.places[0]].tolist() == [1.0, 1.0, np.inf, np.inf]


def test_a_wide_interval_leaves_little_ones_no_weight(monkeypatch):
    monkeypatch.setattr(attack, "_all_at_once", lambda down, up: np.zeros(len(down)))
    truth = np.array([[10**5, 2 * 10**5], [3 * 10**5, 10**5]])
    found = attacked(truth, [("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")])
    assert found[0] == (0, 300_000)


def test_tables_that_cannot_be_are_said_to_contradict_each_other():
    keys = (("x",), ("y",), ("All",))
    counts = np.array([3.0, 4.0, 8.0])
    with pytest.raises(Contradiction, match="No table of whole numbers fits"):
        ranges(from_tables([Published(("d",), keys, counts, counts)]))
    # Bounds alone do not show it: two of three add up to one, whichever they are, and all to one.
    system = odd_circle()
    x, y, z, total = system.places[0]
    system = system.know(np.array([total]), np.array([2.0]), np.array([2.0]))
    with pytest.raises(Contradiction):
        ranges(system, np.array([x, y, z]))


def test_an_attack_that_does_not_end_is_a_failure_and_never_an_answer(monkeypatch):
    hidden = [("a0", "b0"), ("a0", "b1"), ("a1", "b0"), ("a1", "b1")]
    with pytest.raises(OutOfTime, match="nothing is known about what they give away"):
        attacked(BLOCK, hidden, time_limit=0.0)
    monkeypatch.setattr(attack_parts, "milp", lambda *_, **__: SimpleNamespace(status=1, x=None))
    with pytest.raises(OutOfTime):
        attacked(BLOCK, hidden)
    assert issubclass(OutOfTime, DisclosureProblem)


def test_the_same_tables_have_the_same_answers():
    frames, _, groups = drawn(11)
    one, other = all_ranges(frames, groups), all_ranges(frames, groups)
    assert np.array_equal(one, other)


def test_children_of_a_large_cross_may_be_split_where_no_table_shows_them(monkeypatch):
    frames = [crossed(np.full((2, 2, 2), 1), "abc", scope) for scope in ("ab", "bc", "ac")]
    frames = [without(frame, (frame != "All").iloc[:, :2].all(axis=1)) for frame in frames]
    whole = all_ranges(frames, {})
    monkeypatch.setattr(attack, "LARGEST_WHOLE_CROSS", 1)
    assert np.array_equal(whole, all_ranges(frames, {}))


def test_bounds_are_passed_along_without_a_programme():
    system = from_tables([published(without(crossed(BLOCK, "ab"), np.arange(16) == 5))])
    low, high = propagated(system)
    assert low[system.places[0][5]] == high[system.places[0][5]] == 15


def test_bounds_that_are_passed_along_once_only_are_wider_and_hold(monkeypatch):
    frames, _, groups = drawn(5)
    expected = all_ranges(frames, groups)
    system = from_tables([published(frame) for frame in frames], groups)
    full = propagated(system)
    monkeypatch.setattr(propagation, "_MOST_ROUNDS", 1)
    low, high = propagated(system)
    assert ((low <= full[0]) & (high >= full[1])).all()
    assert np.array_equal(all_ranges(frames, groups), expected)


def test_what_else_a_programme_may_meet_changes_no_answer(monkeypatch):
    expected = [all_ranges(*drawn(seed)[::2]) for seed in range(4)]
    monkeypatch.setattr(attack, "_all_at_once", lambda down, up: np.zeros(len(down)))
    assert all(map(np.array_equal, expected, (all_ranges(*drawn(at)[::2]) for at in range(4))))
