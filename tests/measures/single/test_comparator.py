import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.measures import rate_ratio, take_out


def test_the_rest_and_the_area_add_to_the_whole():
    rest = take_out(1000, 800_000, 40, 16_000)
    assert (rest.events + 40, rest.population + 16_000) == (1000, 800_000)


def test_it_feeds_a_ratio_and_keeps_a_series_index():
    events = pd.Series([40, 50], index=["Islington", "Camden"])
    rest = take_out(1000, 800_000, events, 16_000)
    result = rate_ratio(events, 16_000, *rest)
    assert result.value.index.tolist() == ["Islington", "Camden"]
    inside = rate_ratio(events, 16_000, 1000, 800_000)
    assert (result.value > inside.value).all()


def test_a_missing_part_leaves_the_rest_missing():
    rest = take_out(pd.Series([100, 100]), 1000, pd.Series([None, 5]), 50)
    assert rest.events.isna().tolist() == [True, False]
    assert rest.population.tolist() == [950, 950]


def test_a_part_larger_than_the_whole_is_refused():
    with pytest.raises(InputProblem, match="events is 11 and total_events is 10"):
        take_out(10, 100, 11, 50)
    with pytest.raises(InputProblem, match="population is 101 and total_population is 100"):
        take_out(10, 100, 1, 101)
