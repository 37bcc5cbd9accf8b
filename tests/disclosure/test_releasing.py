"""What leaves: each way to work a hidden count out is shut, and open where its guard is taken out."""

from itertools import combinations, count

import numpy as np
import pandas as pd
import pytest

from tests.disclosure.tables import long, sparse_counts
from youthjustice.disclosure import (
    INTERNAL,
    PUBLICATION,
    ROUNDED,
    DisclosureProblem,
    Table,
    attack,
    attack_parts,
    audit,
    auditing,
    hiding,
    programmes,
    release,
    release_together,
    releasing,
    verdicts,
)
from youthjustice.errors import InputProblem

# Youth Justice Board and Ministry of Justice (2026), Youth justice statistics: 2024 to 2025, Table
# 6.1: remand decisions for children of other ethnic groups, year ending March 2025.
REMAND = pd.DataFrame(
    {"outcome": ["bail", "community", "detention", "authority", "All"], "n": [258, 24, 50, 19, 351]}
)


def no_audit(patch):
    """Take the audit of finished tables out."""
    patch.setattr(
        releasing, "audit", lambda *_, **__: pd.DataFrame({"safe": pd.Series([], dtype=bool)})
    )


def no_secondary(patch):
    """Take the search for further cells out, and the audit with it."""
    patch.setattr(hiding, "protect", lambda puzzle, _: puzzle.must)
    no_audit(patch)


def unsafe(released, **more):
    found = audit(released, **more)
    return found[~found["safe"]]


def test_total_minus_the_rest_gives_nothing():
    policy = PUBLICATION.with_(threshold=20, width=19)
    released = release(REMAND, ["outcome"], "n", policy=policy)
    assert released.frame["symbol"].tolist() == ["", "c", "", "c", ""]


def test_without_secondary_suppression_it_is_given_away(monkeypatch):
    no_secondary(monkeypatch)
    policy = PUBLICATION.with_(threshold=20, width=19)
    found = unsafe([release(REMAND, ["outcome"], "n", policy=policy)])
    assert (found["lowest"].iloc[0], found["highest"].iloc[0]) == (19, 19)


def test_the_fewest_and_smallest_cells_are_hidden():
    frame = long([[20, 50, 10], [8, 19, 4], [17, 32, 12]], ["activity", "region"])
    hidden = release(frame, ["activity", "region"], "n").hidden
    assert set(frame["n"][hidden]) == {4, 8, 17, 12}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seed", [2, 0, 1, 3, 4])
def test_nothing_depends_on_the_order_of_rows_or_on_chance(seed):
    frame = long(sparse_counts(np.random.default_rng(seed), (5, 4), 8))
    one = release(frame, ["d0", "d1"], "n").frame
    mixed = frame.sample(frac=1, random_state=seed)
    other = release(mixed, ["d1", "d0"], "n").frame.loc[one.index]
    pd.testing.assert_frame_equal(one, other)


def test_linked_tables_are_protected_together():
    by_both = long([[30, 3], [12, 40], [25, 31]], ["area", "sex"])
    by_area = by_both[by_both["sex"] == "All"][["area", "n"]].reset_index(drop=True)
    bare = by_both[by_both["sex"] != "All"].reset_index(drop=True)
    tables = [Table(by_area, ["area"], "n"), Table(bare, ["area", "sex"], "n")]
    assert unsafe(release_together(tables)).empty
    alone = [release(by_area, ["area"], "n"), release(bare, ["area", "sex"], "n")]
    assert not unsafe(alone).empty


def test_nested_areas_give_no_difference():
    frame = pd.DataFrame({"area": ["North", "a", "b", "d", "All"], "n": [40, 20, 17, 50, 90]})
    nested = {"area": {"North": ["a", "b", "c"]}}
    released = release(frame, ["area"], "n", nested=nested)
    assert released.hidden.sum() == 1
    assert unsafe([released], nested=nested).empty


def test_without_the_guard_of_differences_the_part_left_out_is_known(monkeypatch):
    frame = pd.DataFrame({"area": ["North", "a", "b", "d", "All"], "n": [40, 20, 17, 50, 90]})
    nested = {"area": {"North": ["a", "b", "c"]}}
    puzzle_of = hiding.puzzle_of

    def without_guard(*given):
        puzzle = puzzle_of(*given)
        puzzle.guarded[:] = False
        return puzzle

    monkeypatch.setattr(hiding, "puzzle_of", without_guard)
    no_audit(monkeypatch)
    assert unsafe([release(frame, ["area"], "n", nested=nested)], nested=nested)[
        "reason"
    ].tolist() == ["difference"]


def test_overlapping_periods_are_cut_into_what_they_share():
    frame = pd.DataFrame({"period": ["year", "later"], "n": [30, 33]})
    nested = {"period": {"year": ["q1", "rest"], "later": ["rest", "q5"]}}
    quarters = pd.DataFrame({"period": ["q1"], "n": [2]})
    tables = [Table(frame, ["period"], "n"), Table(quarters, ["period"], "n")]
    released = release_together(tables, nested=nested)
    assert unsafe(released, nested=nested).empty
    assert released[1].hidden.all()


def test_what_an_earlier_release_hides_stays_hidden():
    earlier = release(long([3, 20, 8], ["area"]), ["area"], "n")
    both = long([[2, 1], [8, 12], [5, 3]], ["area", "sex"])
    released = release_together([Table(both, ["area", "sex"], "n")], earlier=[earlier])[0]
    rows = released.frame[released.frame["sex"] == "All"].set_index("area")["symbol"]
    assert rows[["v0", "v2"]].tolist() == ["c", "c"]
    assert unsafe([released], earlier=[earlier]).empty


def test_a_count_shown_before_cannot_be_hidden_any_more():
    earlier = release(long([3, 20], ["area"]), ["area"], "n", policy=INTERNAL)
    with pytest.raises(DisclosureProblem, match="shown already"):
        release_together([Table(long([3, 20], ["area"]), ["area"], "n")], earlier=[earlier])


def test_a_rounded_earlier_release_is_refused():
    earlier = release(long([3, 20], ["area"]), ["area"], "n", policy=ROUNDED)
    with pytest.raises(InputProblem, match="was rounded"):
        release_together([Table(long([3, 20], ["area"]), ["area"], "n")], earlier=[earlier])


# Group disclosure ------------------------------------------------------------------------------

FULL = long([[20, 0, 0], [7, 9, 12], [8, 11, 30]], ["group", "outcome"])
EMPTY = long([[0, 0, 0], [7, 9, 12], [8, 11, 30]], ["group", "outcome"])
ORDINARY = long([[20, 0, 9], [7, 9, 12], [8, 11, 30]], ["group", "outcome"])


@pytest.mark.parametrize("frame", [FULL, EMPTY])
def test_noughts_that_tell_of_a_group_are_hidden(frame, monkeypatch):
    released = release(frame, ["group", "outcome"], "n")
    assert released.hidden[frame["n"] == 0].all()
    assert unsafe([released]).empty
    monkeypatch.setattr(hiding, "telling_zeros", lambda cells, _: np.zeros(len(cells.counts), bool))
    no_audit(monkeypatch)
    found = unsafe([release(frame, ["group", "outcome"], "n")])
    assert set(found["reason"]) <= {"full", "empty"}
    assert len(found)


def test_other_noughts_are_shown():
    assert not release(ORDINARY, ["group", "outcome"], "n").hidden.any()


def test_noughts_are_all_shown_or_all_hidden_where_the_policy_says_so():
    shown = release(FULL, ["group", "outcome"], "n", policy=PUBLICATION.with_(zeros="shown"))
    assert not shown.hidden.any()
    hidden = release(ORDINARY, ["group", "outcome"], "n", policy=PUBLICATION.with_(zeros="hidden"))
    assert hidden.hidden[ORDINARY["n"] == 0].all()
    assert hidden.reasons[1] == "zero"


def test_absent_noughts_that_tell_of_a_group_are_asked_for():
    frame = FULL[FULL["n"] > 0].reset_index(drop=True)
    with pytest.raises(DisclosureProblem, match="a row for every combination"):
        release(frame, ["group", "outcome"], "n")


def test_absent_noughts_that_tell_nothing_are_no_fault():
    frame = ORDINARY[ORDINARY["n"] > 0].reset_index(drop=True)
    assert not release(frame, ["group", "outcome"], "n").hidden.any()


# Sums of hidden cells ----------------------------------------------------------------------------


def test_hidden_cells_of_a_line_do_not_add_up_to_a_small_count():
    frame = long([1, 3, 20, 30], ["group"])
    released = release(frame, ["group"], "n")
    assert frame["n"][released.hidden].iloc[:3].sum() >= 5
    frame = long([1, 1, 1, 1, 1, 20, 30], ["group"])
    released = release(frame, ["group"], "n", policy=PUBLICATION.with_(width=1))
    assert released.hidden.sum() == 6


def test_missing_counts_are_not_given_away():
    frame = pd.DataFrame({"group": ["a", "b", "c", "All"], "n": [9, None, 50, 70]})
    released = release(frame, ["group"], "n")
    assert released.frame["symbol"].tolist() == ["c", "x", "", ""]


# Failing closed ----------------------------------------------------------------------------------


def test_nothing_leaves_when_time_runs_out():
    with pytest.raises(DisclosureProblem) as raised:
        release(FULL, ["group", "outcome"], "n", time_limit=0)
    assert not any(character.isdigit() for character in str(raised.value))


def test_nothing_leaves_when_the_audit_fails(monkeypatch):
    def fails(*_, **__):
        raise DisclosureProblem("The audit did not end.")

    monkeypatch.setattr(releasing, "audit", fails)
    with pytest.raises(DisclosureProblem, match="did not end"):
        release(ORDINARY, ["group", "outcome"], "n")


def test_nothing_leaves_that_the_audit_finds_unsafe(monkeypatch):
    monkeypatch.setattr(hiding, "protect", lambda puzzle, _: puzzle.must)
    frame = long([[30, 3], [12, 40], [25, 31]], ["area", "sex"])
    released = release(frame, ["area", "sex"], "n")
    assert unsafe([released]).empty
    monkeypatch.setattr(releasing, "_MOST_TRIES", 1)
    with pytest.raises(DisclosureProblem, match="whatever was hidden"):
        release(frame, ["area", "sex"], "n")


def test_nothing_leaves_when_nothing_is_left_to_hide(monkeypatch):
    never = pd.DataFrame({"group": ["a"], "count": ["n"], "safe": [False]})
    monkeypatch.setattr(releasing, "audit", lambda *_, **__: never)
    with pytest.raises(DisclosureProblem, match="nothing is left to hide"):
        release(long([1, 2], ["group"]), ["group"], "n")


def test_tables_that_cannot_be_checked_in_full_do_not_leave(monkeypatch):
    found = pd.DataFrame({"safe": pd.Series([], dtype=bool)})
    found.attrs["exact"] = False
    monkeypatch.setattr(releasing, "audit", lambda *_, **__: found)
    with pytest.raises(DisclosureProblem, match="could not be checked in full"):
        release(ORDINARY, ["group", "outcome"], "n")


# The same on every machine -----------------------------------------------------------------------


def by_two_of_three(seed, size):
    """Return three tables in a circle: every two of three dimensions of the same children."""
    frame = long(sparse_counts(np.random.default_rng(seed), (size,) * 3, 4))
    names = ["d0", "d1", "d2"]
    return [
        Table(
            frame[frame[name] == "All"].drop(columns=name).reset_index(drop=True),
            [other for other in names if other != name],
            "n",
        )
        for name in names
    ]


@pytest.mark.parametrize("whole", [300, 1])
def test_tables_in_a_circle_leave_whether_or_not_their_cross_is_whole(whole, monkeypatch):
    monkeypatch.setattr(hiding, "LARGEST_WHOLE_CROSS", whole)
    tables = by_two_of_three(1, 3)
    released = release_together(tables)
    assert unsafe(released).empty
    assert any(one.hidden.any() for one in released)


@pytest.mark.prove
def test_ten_sparse_linked_tables_leave():
    draw = np.random.default_rng(7)
    sizes = {"group": 6, "sex": 2, "age": 3, "offence": 4, "outcome": 5}
    counts = draw.multinomial(300, draw.dirichlet(np.full(720, 0.5))).reshape(list(sizes.values()))
    tables = []
    for one, other in combinations(range(5), 2):
        inside = counts.sum(axis=tuple(at for at in range(5) if at not in (one, other)))
        names = [list(sizes)[one], list(sizes)[other]]
        tables.append(Table(long(inside, names), names, "n"))
    released = release_together(tables)
    assert unsafe(released).empty
    assert np.mean([one.hidden.mean() for one in released]) < 0.6


def test_a_slow_machine_chooses_what_a_quick_one_does(monkeypatch):
    frame = long(sparse_counts(np.random.default_rng(5), (6, 4), 8))
    quick = release(frame, ["d0", "d1"], "n").frame
    clock = count(0, 0.37)
    for module in (programmes, attack, attack_parts, releasing, auditing, verdicts):
        monkeypatch.setattr(module, "monotonic", lambda: next(clock), raising=False)
    slow = release(frame, ["d0", "d1"], "n", time_limit=1e6).frame
    pd.testing.assert_frame_equal(quick, slow)
    with pytest.raises(DisclosureProblem, match="nothing"):
        release(frame, ["d0", "d1"], "n", time_limit=1.0)


def twins_are_the_same(counts):
    """Say whether all tables with the same shown counts and one small count hide the same rows."""
    hidden = release(long(counts, ["g"]), ["g"], "n").hidden[:-1].to_numpy()
    small, other = np.flatnonzero(hidden)
    same = []
    for number in range(1, 5):
        twin = np.array(counts)
        twin[[small, other]] = number, twin[small] + twin[other] - number
        same.append(release(long(twin, ["g"]), ["g"], "n").hidden[:-1].tolist() == hidden.tolist())
    return all(same)


def test_which_cell_is_hidden_does_not_tell_how_small_it_is(monkeypatch):
    tables = [[3, 6, 7, 30], [2, 30, 9, 8]]
    assert all(map(twins_are_the_same, tables))
    monkeypatch.setattr(hiding, "costs", lambda values, *_: values + values.sum() + 1)
    assert not all(map(twins_are_the_same, tables))


def test_internal_tables_are_as_they_were():
    released = release(FULL, ["group", "outcome"], "n", policy=INTERNAL)
    assert released.frame["n"].tolist() == FULL["n"].tolist()
    assert not released.hidden.any()


def test_only_primary_suppression_where_a_local_rule_says_so(monkeypatch):
    no_audit(monkeypatch)
    policy = PUBLICATION.with_(secondary=False)
    assert release(long([3, 20, 30], ["g"]), ["g"], "n", policy=policy).hidden.sum() == 1
