"""Small charts: drawn from few marks, cheap and small, and never a line through a gap."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from youthjustice.errors import InputProblem
from youthjustice.presentation.charts.small_line import Line, small_line
from youthjustice.presentation.charts.small_rows import Row, small_rows


def years(*values, first=2016):
    ends = pd.to_datetime([f"{first + at}-12-31" for at in range(len(values))])
    value = np.array(values, float)
    return pd.DataFrame(
        {"period_end": ends, "value": value, "lower": value * 0.8, "upper": value * 1.2}
    )


def line(frame, beside=None):
    return small_line(
        Line("Here", frame),
        beside=beside,
        title="T",
        subtitle="S",
        measure="rates",
        source="Office",
    )


def rows(*given, reference=""):
    return small_rows(
        list(given), title="T", subtitle="S", measure="rates", source="Office", reference=reference
    )


def drawn(chart, width=3.7, height=1.45):
    ax = Figure(figsize=(width, height)).add_subplot()
    chart.draw(ax)
    return ax


def test_the_first_and_the_last_figure_are_written_with_their_intervals():
    chart = line(years(537, 300, 145), beside=Line("the rest", years(410, 200, 157)))
    assert "Here, 537 (95% interval 430 to 644) (December 2016) to 145" in chart.alt
    assert "the rest: 410 to 157" in chart.alt
    written = {text.get_text() for text in drawn(chart).texts}
    assert written == {"537", "145", "0", "December 2016", "December 2018"}
    assert list(chart.data.texts().columns) == ["Year ending", "Here", "The rest"]


def test_no_line_is_drawn_through_a_year_without_a_figure():
    ax = drawn(line(years(5, 4, math.nan, 3, 2)))
    strong = [one for one in ax.lines if one.get_linewidth() == 2.2]
    assert [len(one.get_xdata()) for one in strong] == [2, 2]


def test_one_figure_is_no_line_and_no_rows_are_no_chart():
    with pytest.raises(InputProblem, match="fewer than two"):
        line(years(5))
    with pytest.raises(InputProblem, match="no rows"):
        rows()


def test_a_ratio_is_filled_only_where_its_interval_leaves_out_1():
    chart = rows(
        Row("Asian", 0.5, 0.3, 0.8), Row("Black", 1.2, 0.9, 1.6), Row("Mixed", 3, 1.5, math.inf),
        reference="White children",
    )  # fmt: skip
    ax = drawn(chart)
    marks = [one.get_markerfacecolor() for one in ax.lines if one.get_marker() == "o"]
    assert marks == ["#12436D", "#FFFFFF", "#12436D"]
    assert "Mixed, 3.00 (1.50 or above)" in chart.alt
    assert "1 = White children" in [text.get_text() for text in ax.texts]


@pytest.mark.parametrize(
    "chart",
    [
        line(years(537, 365, 351, 323, 250, 206, 274, 200, 145), Line("rest", years(*range(9)))),
        rows(Row("A", 145, 91, 220), Row("The rest of Yorkshire and The Humber", 157, 149, 166)),
        rows(*(Row(f"Group {at}", 1, 0.5, 2) for at in range(4)), reference="White children"),
    ],
    ids=["line", "rows", "ratios"],
)
def test_a_small_chart_is_small(chart):
    svg = chart.svg(narrow=True)
    assert len(svg) < 4_000 and svg == chart.svg(narrow=True)
    width, height = map(float, re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups())
    assert (width, height) == pytest.approx((266.4, 104.4), abs=16)
    for x, y in re.findall(r'<text [^>]*?x="([-\d.]+)" y="([-\d.]+)"', svg):
        assert 0 <= float(x) <= width and 0 <= float(y) <= height


FIGURES = st.floats(0, 5000) | st.just(math.nan)


@settings(max_examples=10, deadline=None)
@given(st.lists(FIGURES, min_size=2, max_size=12))
def test_any_series_with_two_figures_can_be_drawn(values):
    frame = years(*values)
    if frame["value"].notna().sum() < 2:
        with pytest.raises(InputProblem):
            line(frame)
        return
    ax = drawn(line(frame))
    for one in ax.lines:
        assert np.isfinite(one.get_ydata()).all() and np.isfinite(one.get_xdata()).all()
