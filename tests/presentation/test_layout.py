"""Labels find room and never touch."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.presentation import layout
from youthjustice.presentation.charts.strip import swarm
from youthjustice.presentation.placing import Places

POSITIONS = st.lists(st.floats(-50, 250), min_size=1, max_size=8)


@given(POSITIONS, st.floats(1, 20))
def test_spread_labels_never_overlap_and_stay_in_order(wanted, height):
    placed = layout.spread(wanted, [height] * len(wanted), 0, 200)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= height - 1e-6).all()
    assert placed.min() >= height / 2 - 1e-6
    assert placed.max() <= 200 - height / 2 + 1e-6


def test_labels_with_room_stay_where_they_are():
    assert layout.spread([20, 80], [10, 10], 0, 100).tolist() == [20, 80]
    assert layout.spread([], [], 0, 100).tolist() == []


@given(st.floats(1e-6, 1e9))
def test_ticks_are_few_start_at_zero_and_reach_the_top(top):
    ticks = layout.nice_ticks(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-6)
    assert len(ticks) <= 6


@given(st.floats(1e-4, 1e9))
def test_ticks_are_written_as_what_they_are(top):
    ticks = layout.nice_ticks(top)
    read = [float(text.replace(",", "")) for text in layout.tick_texts(ticks)]
    assert np.allclose(read, ticks, rtol=1e-9, atol=0)


def test_text_is_broken_between_words():
    text = layout.wrap("Hammersmith and Fulham 157", 80, 9)
    assert "\n" in text
    assert layout.text_width(text, 9) <= 80
    assert layout.wrap("Short", 80, 9) == "Short"


@given(st.lists(st.floats(0, 100), max_size=40), st.floats(2, 8))
def test_dots_of_a_swarm_do_not_cover_each_other(x, size):
    x = np.array(x)
    heights = swarm(x, size)
    points = np.column_stack([x, heights])
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    assert (gaps[~np.eye(len(x), dtype=bool)] >= size - 1e-6).all()
    assert (heights == swarm(x, size)).all()


def test_a_label_keeps_clear_of_a_line_and_of_another_label():
    places = Places(200, 100)
    places.avoid_line(np.array([0.0, 200.0]), np.array([50.0, 50.0]))
    first = places.place(100, 50, 40, 12)
    second = places.place(100, 50, 40, 12)
    assert abs(first[1] - 50) > 6
    assert abs(second[0] - first[0]) >= 40 or abs(second[1] - first[1]) >= 12
