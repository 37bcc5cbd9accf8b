"""Charts of time to an event with names that are long or hostile, and with few at risk."""

import re

import numpy as np
import pytest

from youthjustice.measures import kaplan_meier
from youthjustice.presentation import survival_steps

LONG = "White British or any other White background in England"


def chart(groups, size, **settings):
    chance = np.random.default_rng(5)
    days = np.ceil(chance.exponential(300, len(groups) * size))
    watched = np.ceil(chance.uniform(100, 365, len(days)))
    group = np.repeat(groups, size) if len(groups) > 1 else None
    found = kaplan_meier(np.minimum(days, watched), days <= watched, group=group)
    words = {"title": "How soon", "source": "Made up", "ticks": [0, 90, 180, 270, 365]}
    return survival_steps(found, **{**words, **settings})


def boxes(made, shape):
    """Return the drawing's box, and those of the texts that stand beneath its axis."""
    figure = made.figure(*getattr(made, shape))
    figure.canvas.draw()
    beneath = figure.axes[0].get_window_extent().y0 - 30 * figure.dpi / 72
    texts = [text for text in figure.axes[0].texts if text.get_window_extent().y1 < beneath]
    return figure.bbox, {text: text.get_window_extent() for text in texts}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("shape", ["wide", "narrow"])
@pytest.mark.parametrize(
    "groups", [["Asian", LONG], [LONG, "<script>x</script>", "$x_1$", "White"]]
)
def test_names_beside_the_numbers_at_risk_neither_meet_nor_leave_the_drawing(groups, shape):
    whole, found = boxes(chart(groups, 100), shape)
    assert {re.sub(r"\s+", " ", text.get_text()) for text in found} >= set(groups)
    texts = list(found.items())
    for place, (text, box) in enumerate(texts):
        assert box.x0 >= whole.x0 and box.y0 >= whole.y0, text.get_text()
        assert box.x1 <= whole.x1 + 1, text.get_text()
        for other, its in texts[place + 1 :]:
            assert not box.overlaps(its), (text.get_text(), other.get_text())


def test_names_are_text_and_not_markup():
    made = chart(["<script>x</script>", "$x_1$"], 40)
    assert "<script>" not in made._repr_html_()
    assert "<script>x</script>, " in made.alt


def test_a_group_of_too_few_has_no_curve_and_no_share():
    made = chart(["Asian", "White"], 9)
    assert "%" not in made.alt.split("bands:")[1]
    assert "Asian, no curve, as fewer than 10 were at risk from the start" in made.alt
    drawn = [text.get_text() for text in made.figure(*made.wide).axes[0].texts]
    assert {"Asian: too few", "White: too few"} <= set(drawn)
    assert made.data.frame[["share_0", "share_1"]].isna().all(axis=None)
    alone = chart(["All"], 5)
    assert "bands: no curve, as fewer than 10" in alone.alt
