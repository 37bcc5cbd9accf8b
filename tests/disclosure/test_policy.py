"""The rules: named, frozen, replaced one by one, and refused where they cannot be."""

import dataclasses

import pytest

from youthjustice.disclosure import INTERNAL, PUBLICATION, ROUNDED, Policy
from youthjustice.errors import InputProblem


def test_the_three_policies_are_what_they_say():
    assert (PUBLICATION.threshold, PUBLICATION.width, PUBLICATION.min_denominator) == (5, 4, 10)
    assert PUBLICATION.secondary
    assert PUBLICATION.zeros == "informative"
    assert (ROUNDED.base, ROUNDED.hides) == (5, False)
    assert not INTERNAL.hides
    assert INTERNAL.watermark.startswith("OFFICIAL-SENSITIVE")


def test_a_policy_is_frozen_and_rules_are_replaced_in_a_copy():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PUBLICATION.threshold = 3
    assert PUBLICATION.with_(threshold=3).threshold == 3
    assert PUBLICATION.threshold == 5


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"threshold": 0}, "threshold is 0"),
        ({"threshold": 4.5}, "threshold is 4.5"),
        ({"threshold": True}, "threshold is True"),
        ({"width": -1}, "width is -1"),
        ({"width": 0}, "width is 0"),
        ({"min_denominator": None}, "min_denominator is None"),
        ({"zeros": "some"}, "informative, shown, hidden"),
        ({"secondary": "yes"}, "secondary is 'yes'"),
        ({"name": ""}, "no name"),
        ({"base": 5}, "rounds and hides"),
        ({"base": 1}, "base is 1"),
        ({"limit": 3}, "no rule 'limit'"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_one_sentence(rules, said):
    with pytest.raises(InputProblem, match=said) as raised:
        PUBLICATION.with_(**rules)
    assert "\n" not in str(raised.value)


def test_rounding_too_finely_for_the_width_is_refused():
    with pytest.raises(InputProblem, match="larger base"):
        ROUNDED.with_(base=3)
    assert ROUNDED.with_(base=3, width=2).base == 3


def test_a_policy_can_be_made_from_nothing():
    assert Policy("ours", threshold=10, width=9).name == "ours"
