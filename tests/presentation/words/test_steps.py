"""Sentences on steps that nest, on stages that do not, and on numbers of children."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures import pathway, relative_rate_index, whole_children
from youthjustice.measures.disparity.findings import UNKNOWN_GROUPS
from youthjustice.presentation import (
    lint_words,
    parallel_reasons,
    parallel_sentence,
    steps_sentence,
    whole_children_sentence,
)

NAMES = {"court": "court", "custody": "custody"}
END = "custody given a disposal"


def chain(**counts):
    """Return the steps of a made-up chain for Black children."""
    stages = [
        {"stage": name, "parent": up, "unit": "disposals", "period": "2012/13"}
        for name, up in [("all", None), ("court", "all"), ("custody", "court")]
    ]
    frame = pd.DataFrame(
        [
            {"stage": stage["stage"], "ethnic_group": group, "count": count}
            for group, row in counts.items()
            for stage, count in zip(stages, row, strict=True)
        ]
    )
    found = pathway(frame, stages)
    return found[(found["ethnic_group"] == "Black") & (found["basis"] != "")]


def steps(found, **extra):
    return steps_sentence(found, group="Black", names=NAMES, end=END, **extra)


def test_the_step_that_stands_out_is_named():
    text = str(steps(chain(Black=[5000, 4500, 600], White=[50_000, 40_000, 2500])))
    assert text.startswith("For Black children the ratios to White children multiply: 1.13 (")
    assert "come to 2.40 (" in text
    assert "The largest part arises at custody: " in text
    assert lint_words(text, strict=True) == []


def test_a_step_may_be_more_than_the_whole():
    text = str(steps(chain(Black=[9000, 5000, 1500], White=[9000, 6000, 600])))
    assert re.search(r"at custody: 1\d\d% \(.*more than the whole where other steps point", text)


def test_two_steps_alike_are_not_told_apart():
    text = str(steps(chain(Black=[2000, 1200, 720], White=[2000, 1000, 500])))
    assert "No one step can be singled out" in text


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"Black": [114, 105, 8], "White": [136, 113, 10]}, "may be 1"),
        ({"Black": [114, 105, 3], "White": [136, 113, 10]}, "missing or too small"),
        ({"Black": [114, 105, None], "White": [136, 113, 10]}, "missing or too small"),
        ({"Black": [300, 300, 90], "White": [400, 200, 30]}, "at one step all went on"),
        ({"Black": [300, 200, 0], "White": [400, 200, 30]}, "missing or too small"),
    ],
)
def test_where_the_chain_does_not_allow_it_nothing_is_claimed(counts, why):
    sentence = steps(chain(**counts))
    assert why in str(sentence)
    assert "arises cannot be said" in str(sentence)
    assert sentence.kind == "note"
    assert "largest" not in str(sentence)


def test_what_the_unknown_could_undo_is_not_split():
    found = chain(Black=[5000, 4500, 600], White=[50_000, 40_000, 2500])
    whole = {"value": 2.4, "lower": 2.2, "upper": 2.6, "finding": UNKNOWN_GROUPS}
    assert "unknown ethnic group could undo it" in str(steps(found, whole=whole))
    undone = found.assign(finding=UNKNOWN_GROUPS)
    assert "No one step" in str(steps(undone, whole=whole | {"finding": "over-represented"}))


def test_no_steps_are_refused():
    with pytest.raises(InputProblem, match="given none"):
        steps(chain(Black=[9, 8, 7], White=[9, 8, 7]).head(0))


def test_stages_that_do_not_nest_are_said_to_be_parallel_by_a_pathways_own_reasons():
    stages = [
        {"stage": "search", "parent": None, "unit": "searches", "period": "2024"},
        {"stage": "arrest", "parent": "search", "unit": "arrests", "period": "2024"},
        {"stage": "custody", "parent": "arrest", "unit": "children", "period": "2023"},
    ]
    frame = pd.DataFrame(
        {
            "stage": ["search", "arrest", "custody"] * 2,
            "ethnic_group": ["Black"] * 3 + ["White"] * 3,
            "count": [90, 60, 30, 90, 60, 30],
            "people": 1000,
        }
    )
    reasons = pathway(frame, stages, denominator="people").attrs["reasons"]
    text = str(parallel_sentence(reasons))
    assert "none of the 2 that follow another is a part of it" in text
    assert "count different things and cover different periods" in text
    told = [str(sentence) for sentence in parallel_reasons(reasons)]
    assert len(told) == 2
    assert not any("parent" in line for line in [text, *told])
    assert all(lint_words(line, strict=True) == [] for line in [text, *told])


def test_stages_that_nest_are_not_said_to_be_parallel():
    nested = parallel_sentence({"all": "no parent is given", "court": ""})
    assert nested.kind == "note"
    assert "multiply" in str(nested)
    assert "none" not in str(nested)
    some = {"all": "no parent is given", "court": "", "x": "no unit is given for x"}
    assert "x is no part of the stage before it, since" in str(parallel_sentence(some))
    two = some | {"y": "the periods differ: 1, and 2 for its parent, x"}
    assert "2 of the 3 that follow another" in str(parallel_sentence(two))
    assert "no ratios are multiplied" in str(parallel_sentence({}))
    assert parallel_reasons({"all": "no parent is given", "court": ""}) == ()


def index(black=(1848, 333_587), white=(10_684, 4_161_949)):
    return relative_rate_index(
        pd.DataFrame(
            {
                "ethnic_group": ["Black", "White"],
                "children": [black[0], white[0]],
                "population": [black[1], white[1]],
            }
        ),
        numerator="children",
        denominator="population",
    )


def in_children(found, **extra):
    row = found.iloc[0]
    words = {"outcome": "sentenced", "base": "all children", "number": row["numerator"]} | extra
    return whole_children_sentence(whole_children(found).iloc[0], row, group="Black", **words)


def test_both_numbers_are_said_and_kept_apart():
    sentence = in_children(index())
    text = str(sentence)
    # By hand: 1,848 less the share of 12,532 and less 333,587 at the rate of White children.
    assert f"{1848 - 12_532 * 333_587 / 4_495_536:,.0f} (95%" in text
    assert f"{1848 - 333_587 * 10_684 / 4_161_949:,.0f} fewer" in text
    assert "The two numbers answer different questions" in text
    assert sentence.kind == "finding"
    assert lint_words(text, strict=True) == []


def test_too_few_is_said_the_other_way_round():
    text = str(in_children(index(black=(400, 333_587))))
    assert "are lacking to their share of all children" in text
    assert " more (" in text


@pytest.mark.parametrize(
    ("black", "why"), [((860, 333_587), "could be none"), ((3, 333_587), "could be none")]
)
def test_without_a_claim_there_is_no_number(black, why):
    sentence = in_children(index(black=black))
    assert why in str(sentence)
    assert sentence.kind == "note"


def test_an_interval_without_an_end_gives_no_number():
    whole = whole_children(index()).iloc[0].copy()
    whole["parity_number_lower"] = -math.inf
    text = str(
        whole_children_sentence(
            whole, index().iloc[0], group="Black", outcome="x", base="y", number=5
        )
    )
    assert "an interval has no end" in text
    whole["parity_number_lower"], whole["parity_number_upper"] = -9, -5
    text = str(
        whole_children_sentence(
            whole, index().iloc[0], group="Black", outcome="x", base="y", number=5
        )
    )
    assert "do not point the same way" in text
