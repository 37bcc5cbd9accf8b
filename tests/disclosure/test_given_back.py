"""Figures beside counts: none is shown from which a hidden count could be worked out."""

import pandas as pd
import pytest

from tests.disclosure.tables import long
from youthjustice.disclosure import (
    INTERNAL,
    Derived,
    Table,
    audit,
    given_back,
    hiding,
    release,
    release_together,
    releasing,
)
from youthjustice.errors import InputProblem

FRAME = long([[30, 3], [12, 40], [25, 31]], ["area", "sex"]).assign(people=500.0)
SHARE = Derived("share", "percentage", "n", "sex", decimals=1, per=100)


def with_share(frame):
    whole = frame.groupby("area")["n"].transform("max")
    return frame.assign(share=100 * frame["n"] / whole)


def figures(frame, *derived, keep=("people",), **more):
    return release(frame, ["area", "sex"], "n", derived=derived, keep=keep, **more)


def no_audit(patch):
    safe = pd.DataFrame({"safe": pd.Series([], dtype=bool)})
    patch.setattr(releasing, "audit", lambda *_, **__: safe)


def test_a_figure_is_hidden_with_its_count_and_printed_to_its_decimals():
    released = figures(with_share(FRAME), SHARE)
    shown = released.frame["share"]
    assert shown[released.hidden].isna().all()
    assert shown[~released.hidden].notna().all()
    assert shown.dropna().eq(shown.dropna().round(1)).all()
    assert "[c]" in released.shown()["share"].tolist()


@pytest.mark.parametrize(
    ("derived", "value"),
    [
        (SHARE, lambda f: with_share(f)["share"]),
        (Derived("x", "rate", "n", "people", per=100), lambda f: 100 * f["n"] / f["people"]),
        (
            Derived("x", "ratio", "n", "people", reference=("sex", "v0")),
            lambda f: f["n"] / f.groupby("area")["n"].transform("first"),
        ),
        (
            Derived("x", "difference", "n", reference=("sex", "v0")),
            lambda f: f["n"] - f.groupby("area")["n"].transform("first"),
        ),
    ],
)
def test_without_the_guard_a_figure_gives_a_hidden_count_back(derived, value, monkeypatch):
    frame = FRAME.assign(**{derived.column: value(FRAME)})
    guarded = audit(figures(frame, derived))
    assert guarded["safe"].all()
    monkeypatch.setattr(
        given_back, "_shown", lambda item, table, *_: table.frame[item.column].to_numpy(float)
    )
    no_audit(monkeypatch)
    bare = audit(figures(frame, derived))
    assert (~bare["safe"]).any()


def test_a_ratio_to_a_hidden_reference_is_hidden():
    frame = long([[3, 30], [40, 12], [31, 25]], ["area", "sex"]).assign(people=500.0)
    frame["x"] = frame["n"] / frame.groupby("area")["n"].transform("first")
    released = figures(frame, Derived("x", "ratio", "n", "people", reference=("sex", "v0")))
    hidden = released.frame.assign(hidden=released.hidden).groupby("area")["hidden"].first()
    away = released.frame["area"].map(hidden)
    assert released.frame["x"][away].isna().all()
    assert released.frame["x"].notna().any()


def test_figures_on_few_children_are_hidden():
    frame = long([0, 6, 50], ["area"]).assign(whole=[30, 9, 80, 119])
    frame["pc"] = 100 * frame["n"] / frame["whole"]
    derived = [Derived("pc", "percentage", "n", "whole", decimals=0, per=100)]
    shown = release(frame, ["area"], "n", derived=derived).frame
    assert shown["pc"].iloc[:2].isna().all()


@pytest.mark.parametrize("kind", ["lower", "upper", "p_value", "mean"])
def test_intervals_p_values_and_means_go_with_their_count(kind):
    frame = FRAME.assign(x=1.0)
    released = figures(frame, Derived("x", kind, "n"))
    assert released.frame["x"].isna().tolist() == released.hidden.tolist()


# The percentage of the others -----------------------------------------------------------------------

OTHERS = pd.DataFrame(
    {"group": ["a", "b", "c", "All"], "n": [28, 16, 30, 74], "whole": [30, 40, 60, 130]}
).assign(pc=lambda f: 100 * f["n"] / f["whole"])
PC = Derived("pc", "percentage", "n", "whole", decimals=1, per=100)


def test_the_children_who_are_not_counted_are_protected_as_well():
    released = release(OTHERS, ["group"], "n", derived=[PC])
    frame = released.frame
    known = frame["n"].notna() & frame["whole"].notna()
    left = frame["whole"][known] - frame["n"][known]
    assert not left.between(1, 4).any()
    assert frame["pc"].isna()[frame["n"].isna() | frame["whole"].isna()].all()
    assert audit(released)["safe"].all()


def test_without_that_guard_the_others_are_known(monkeypatch):
    puzzle_of = hiding.puzzle_of

    def without_guard(*given):
        puzzle = puzzle_of(*given)
        puzzle.guarded[:] = False
        return puzzle

    monkeypatch.setattr(hiding, "puzzle_of", without_guard)
    no_audit(monkeypatch)
    found = audit(release(OTHERS, ["group"], "n", derived=[PC]))
    assert "difference" in found["reason"].tolist()


def test_a_whole_that_is_kept_is_not_hidden():
    released = release(OTHERS, ["group"], "n", derived=[PC], keep=["whole"])
    assert released.frame["whole"].tolist() == OTHERS["whole"].tolist()
    assert released.hidden.iloc[0]


def test_a_whole_may_be_a_table_of_its_own():
    wholes = OTHERS[["group", "whole"]]
    released = release_together(
        [Table(OTHERS, ["group"], "n", derived=[PC]), Table(wholes, ["group"], "whole")]
    )
    assert released[0].frame["whole"].tolist() == released[1].frame["whole"].tolist()
    assert audit(released)["safe"].all()


def test_internal_figures_are_as_they_were():
    released = release(OTHERS, ["group"], "n", derived=[PC], policy=INTERNAL)
    assert released.frame["pc"].tolist() == OTHERS["pc"].tolist()


def test_figures_that_are_no_numbers_are_refused():
    with pytest.raises(InputProblem, match="'x' holds what is no number"):
        figures(FRAME.assign(x="one"), Derived("x", "rate", "n", "people"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "share"}, "kind 'share'"),
        ({"kind": "percentage"}, "no denominator"),
        ({"kind": "rate", "decimals": 1.5}, "1.5 decimals"),
        ({"kind": "rate", "decimals": True}, "True decimals"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(given, said):
    with pytest.raises(InputProblem, match=said):
        Derived("x", given.pop("kind"), "n", **given)
