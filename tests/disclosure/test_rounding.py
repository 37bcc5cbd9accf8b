"""Rounded tables: every count to a multiple beside it, all sums kept, and no more is told."""

import numpy as np
import pandas as pd
import pytest

from tests.disclosure.attackers import brute_force
from tests.disclosure.tables import long, sparse_counts
from youthjustice.disclosure import (
    ROUNDED,
    Derived,
    DisclosureProblem,
    Table,
    audit,
    release,
    release_together,
    rounding,
)


def rounded(frame, base=5, **more):
    names = [name for name in frame.columns if name.startswith("d")]
    policy = ROUNDED.with_(base=base, width=min(4, base - 1))
    return release(frame, names, "n", policy=policy, **more)


def adds_up(frame, names):
    shown = frame.assign(n=frame["n"].astype(float))
    for name in names:
        others = [other for other in names if other != name]
        total = shown[shown[name] == "All"]
        parts = shown[shown[name] != "All"]
        if not others:
            return parts["n"].sum() == total["n"].iloc[0]
        sums = parts.groupby(others)["n"].sum()
        if not (total.set_index(others)["n"].sort_index() == sums.sort_index()).all():
            return False
    return True


@pytest.mark.parametrize("base", [3, 5, 10])
@pytest.mark.parametrize("shape", [(5,), (4, 3), (3, 2, 2)])
def test_counts_go_to_a_multiple_beside_them_and_sums_are_kept(shape, base):
    frame = long(sparse_counts(np.random.default_rng(base), shape, 7))
    shown = rounded(frame, base).frame["n"].astype(int)
    assert (shown % base == 0).all()
    assert ((shown - frame["n"]).abs() < base).all()
    kept = frame["n"] % base == 0
    assert (shown[kept] == frame["n"][kept]).all()
    assert adds_up(frame.assign(n=shown), [f"d{at}" for at in range(len(shape))])


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(30))
def test_most_tables_of_three_and_four_dimensions_can_be_rounded(seed):
    shape = ((3, 3, 2), (2, 2, 2, 2), (6, 4, 2))[seed % 3]
    frame = long(sparse_counts(np.random.default_rng(seed), shape, 7))
    shown = rounded(frame).frame["n"].astype(int)
    assert adds_up(frame.assign(n=shown), [f"d{at}" for at in range(len(shape))])


def test_a_table_that_cannot_be_rounded_does_not_leave():
    frame = long(sparse_counts(np.random.default_rng(2), (3, 3, 2), 7))
    with pytest.raises(DisclosureProblem, match="multiples of 2"):
        rounded(frame, 2)


def test_an_attacker_learns_no_more_than_the_base():
    frame = long([[3, 12], [8, 0]])
    shown = rounded(frame).frame
    rows = [
        (tuple(key), max(0, n - 4), n + 4)
        for *key, n in shown[["d0", "d1", "n"]]
        .astype({"n": int})
        .itertuples(index=False, name=None)
    ]
    found = brute_force([{"dimensions": ["d0", "d1"], "total": "All", "rows": rows}])[0]
    assert all(4 <= high - low <= 8 for low, high in found)
    checked = audit([rounded(frame)])
    assert checked["safe"].all()
    assert ((checked["highest"] - checked["lowest"]).between(4, 8)).all()


def test_plain_rounding_would_not_add_up():
    frame = long([2, 2, 2, 2])
    shown = rounded(frame).frame["n"].astype(int).tolist()
    assert sum(shown[:4]) == shown[4]
    assert shown[4] in (5, 10)


def test_linked_tables_round_the_same_cell_the_same_way():
    both = long(sparse_counts(np.random.default_rng(1), (4, 3), 7))
    one = both[both["d1"] == "All"][["d0", "n"]].reset_index(drop=True)
    first, second = release_together(
        [Table(one, ["d0"], "n"), Table(both, ["d0", "d1"], "n")], policy=ROUNDED
    )
    margin = second.frame[second.frame["d1"] == "All"]
    assert first.frame["n"].tolist() == margin["n"].tolist()


def test_missing_margins_and_missing_counts_are_no_fault():
    frame = long(sparse_counts(np.random.default_rng(2), (3, 3), 7)).astype({"n": "Int64"})
    frame = frame[(frame["d0"] != "All") | (frame["d1"] == "All")].reset_index(drop=True)
    absent = frame[frame["n"] != 0].reset_index(drop=True)
    frame.loc[0, "n"] = pd.NA
    released = rounded(frame)
    assert released.frame["symbol"].tolist() == ["x"] + [""] * (len(frame) - 1)
    assert released.reasons.tolist() == [""] + ["rounded"] * (len(frame) - 1)
    assert len(rounded(absent).frame) == len(absent)


def test_where_no_such_table_is_found_nothing_leaves(monkeypatch):
    monkeypatch.setattr(rounding, "in_whole_numbers", lambda *_, **__: (None, True))
    with pytest.raises(DisclosureProblem, match="adds up"):
        rounded(long([2, 2]))


def test_a_rule_broken_by_the_solver_does_not_leave(monkeypatch):
    monkeypatch.setattr(rounding, "in_whole_numbers", lambda *_, **__: (np.zeros(3), True))
    with pytest.raises(DisclosureProblem, match="adds up"):
        rounded(long([8, 12]))


def test_figures_are_worked_out_anew_from_rounded_counts():
    frame = long([13, 24, 3, 60]).assign(people=[50, 70, 90, 100, 310])
    frame["share"] = 100 * frame["n"] / 100
    frame["rate"] = 1000 * frame["n"] / frame["people"]
    frame["lower"] = frame["rate"] / 2
    released = rounded(
        frame,
        derived=[
            Derived("share", "percentage", "n", "d0", decimals=1, per=100),
            Derived("rate", "rate", "n", "people", per=1000),
            Derived("lower", "lower", "n"),
        ],
    ).frame
    counts = released["n"].astype(float)
    share = (100 * counts / counts.iloc[4]).round(1).where(counts >= 5)
    assert released["share"].tolist() == pytest.approx(share.tolist(), nan_ok=True)
    rate = (1000 * counts / released["people"]).where(counts >= 5)
    assert released["rate"].tolist() == pytest.approx(rate.tolist(), nan_ok=True)
    assert released["lower"].isna().all()
