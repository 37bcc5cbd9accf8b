"""The chart of a tracked cohort: the banner in the picture, the forecast, and nothing that is hidden."""

import re

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.presentation import tracker_curve

BANNER = "Live and incomplete: not the published statistic of the Ministry of Justice."
WORDS = {"banner": BANNER, "title": "So far", "source": "Made up"}


def released(**hidden):
    return pd.DataFrame(
        {
            "time": [3.0, 6, 12],
            "at_risk": pd.array([90, 84, 70], dtype="Int64"),
            "cumulative": [0.06, 0.14, 0.28],
            "lower": [0.02, 0.08, 0.2],
            "upper": [0.13, 0.23, 0.38],
        }
        | hidden
    )


def texts(made, shape):
    figure = made.figure(*getattr(made, shape))
    figure.canvas.draw()
    return figure, figure.axes[0].texts


@pytest.mark.sampled(1)
@pytest.mark.parametrize("shape", ["narrow", "wide"])
def test_banner_forecast_and_numbers_stand_in_the_picture_and_do_not_meet(shape):
    figure, found = texts(tracker_curve(released(), forecast=(0.34, 0.29, 0.41), **WORDS), shape)
    said = [re.sub(r"\s+", " ", text.get_text()) for text in found]
    assert BANNER in said
    assert "Forecast 34% (29% to 41%)" in said
    assert {"90", "84", "70"} <= set(said)
    boxes = [text.get_window_extent() for text in found]
    for place, box in enumerate(boxes):
        assert box.x0 >= figure.bbox.x0 and box.x1 <= figure.bbox.x1 + 1, said[place]
        assert box.y0 >= figure.bbox.y0 and box.y1 <= figure.bbox.y1 + 1, said[place]
        for other in range(place + 1, len(boxes)):
            assert not box.overlaps(boxes[other]), (said[place], said[other])


@pytest.mark.parametrize("forecast", [None, (float("nan"),) * 3])
def test_without_a_forecast_none_is_drawn_or_told(forecast):
    made = tracker_curve(released(), forecast=forecast, **WORDS)
    assert not any("Forecast" in text.get_text() for text in texts(made, "narrow")[1])
    assert "orecast" not in made.alt + made.note + str(made.data)


def test_a_hidden_step_is_nowhere():
    hidden = released(
        at_risk=pd.array([90, None, 70], dtype="Int64"), cumulative=[0.06, None, 0.28]
    )
    made = tracker_curve(hidden, **WORDS)
    assert list(made.data.frame["time"]) == ["3", "12"]
    assert BANNER in made.alt


@pytest.mark.parametrize(
    ("curve", "words", "said"),
    [
        (released().drop(columns="lower"), WORDS, "no column 'lower'"),
        (released(cumulative=[None] * 3), WORDS, "no step that may be shown"),
        (released(), WORDS | {"banner": " "}, "no banner"),
    ],
)
def test_what_cannot_be_drawn_is_refused(curve, words, said):
    with pytest.raises(InputProblem, match=said):
        tracker_curve(curve, **words)
