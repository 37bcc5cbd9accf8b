"""What every measure asks of the columns of a frame, and that it asks in one line."""

import inspect

import pandas as pd
import pytest

from youthjustice import measures
from youthjustice.errors import InputProblem
from youthjustice.measures.columns import check_columns, check_keys

BREAK = "a\nge\u2028"
# What the arguments without a default are given, in whichever measure they stand.
GIVEN = {
    "numerator": "children",
    "denominator": "population",
    "covariates": ["sex"],
    "strata": ["sex"],
    "time": "days",
    "event": "reoffended",
    "between": "year",
    "first": 1,
    "last": 2,
    "standard": "weight",
    "area": "Kent",
    "at": "2020-01-01",
    "stages": [
        {"stage": "population", "parent": None, "unit": "children", "period": "2024"},
        {"stage": "arrest", "parent": "population", "unit": "children", "period": "2024"},
    ],
}
OPTIONS = {"adjusted_ratio": {"denominator": "population"}, "pathway": {"count": "count"}}


def taking_a_frame():
    found = {}
    for name in measures.__all__:
        one = getattr(measures, name)
        if inspect.isfunction(one):
            first, *others = inspect.signature(one).parameters.values()
            if "DataFrame" in str(first.annotation):
                found[name] = [p.name for p in others if p.default is p.empty]
    return found


@pytest.mark.parametrize(("name", "needed"), taking_a_frame().items(), ids=taking_a_frame())
def test_a_measure_names_an_absent_column_in_one_line(name, needed):
    asked = {part: GIVEN[part] for part in needed} | OPTIONS.get(name, {})
    with pytest.raises(InputProblem, match="no column") as met:
        getattr(measures, name)(pd.DataFrame({BREAK: [1]}), **asked)
    assert str(met.value).splitlines() == [str(met.value)]
    # A frame of relative_rate_index is asked for as such; every other message lists what is there.
    assert name == "whole_children" or "a ge" in str(met.value)


def test_the_measures_that_take_a_frame_are_found():
    assert {"trend", "adjusted_ratio", "cox", "relative_rate_index"} <= set(taking_a_frame())


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda f: check_columns([1], [BREAK]), "frame is a list; give a pandas DataFrame."),
        (
            lambda f: check_columns(f, [pd.NA]),
            "A NAType names no column; give the name of one column.",
        ),
        (
            lambda f: check_columns(f, [[BREAK]]),
            "A list names no column; give the name of one column.",
        ),
        (
            lambda f: check_columns(f, ["x"], "population"),
            "The population has no column 'x'; its columns are a ge .",
        ),
        (lambda f: check_columns(f, [BREAK, BREAK]), r"The column 'a\\nge\\u2028' is used twice"),
        (lambda f: check_keys(f, (BREAK,)), r"The key 'a\\nge\\u2028' is also a column"),
    ],
)
def test_a_refusal_says_what_is_wrong_in_one_line(ask, sentence):
    with pytest.raises(InputProblem, match=f"^{sentence}") as met:
        ask(pd.DataFrame({BREAK: [1]}))
    assert len(str(met.value).splitlines()) == 1
