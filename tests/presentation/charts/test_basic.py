"""Charts: same bytes, small, self-contained, and drawn as the figures allow."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import math
import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from youthjustice.errors import InputProblem
from youthjustice.presentation import (
    Chart,
    Point,
    bars_with_intervals,
    line_with_intervals,
    numbers,
    ratio_forest,
    strip,
)
from youthjustice.presentation.drawing import Drawing, styled
from youthjustice.presentation.svg import compact

# Department for Education, Local Authority Interactive Tool, releases of 2026: first-time entrants
# per 100,000 children, years ending December 2016 to 2024.
ISLINGTON = [537, 365, 351, 367, 250, 206, 274, 200, 145]
LONDON = [412, 386, 288, 264, 222, 188, 170, 147, 157]
WORDS = {"title": "A title", "measure": "first-time entrants", "source": "A & B"}


def series(values, name, years=range(2016, 2025)):
    ends = pd.to_datetime([f"{year}-12-31" for year in years])
    return pd.DataFrame({"period_end": ends, "value": values, "area_name": name})


def lines(**extra):
    frame = pd.concat([series(ISLINGTON, "Islington"), series(LONDON, "London")])
    settings = WORDS | {"unit": "per 100,000 children", "focus": "Islington"} | extra
    return line_with_intervals(settings.pop("frame", frame), **settings)


def ratios():
    return pd.DataFrame(
        {
            "stage": ["Arrests", "Arrests", "Custody", "Custody"],
            "ethnic_group": ["Asian", "Black", "Asian", "Black"],
            "value": [0.72, 2.31, math.nan, 3.1],
            "lower": [0.65, 2.05, math.nan, 1.2],
            "upper": [0.8, 2.6, math.nan, math.inf],
        }
    )


def forest(**extra):
    return ratio_forest(ratios(), **WORDS, group_by="stage", **extra)


def areas(number=150):
    values = np.round(np.linspace(20, 400, number) ** 1.02)
    frame = pd.DataFrame({"area_name": [f"Area {n}" for n in range(number)], "value": values})
    return frame.assign(lower=values * 0.8, upper=values * 1.2)


def dots(**extra):
    settings = WORDS | {"unit": "per 100,000 children", "period": "year ending December 2024"}
    return strip(
        areas(),
        focus="Area 40",
        benchmarks=[(157, "London"), (150, "England")],
        **(settings | extra),
    )


def bars(**extra):
    frame = pd.DataFrame(
        {
            "ethnic_group": ["Asian", "Black", "White"] * 2,
            "of": ["of children"] * 3 + ["of arrests"] * 3,
            "value": [0.1, 0.2, 0.7, 0.05, 0.4, math.nan],
            "lower": [math.nan] * 3 + [0.02, 0.3, math.nan],
            "upper": [math.nan] * 3 + [0.1, 0.5, math.nan],
            "symbol": [None] * 5 + ["c"],
        }
    )
    return bars_with_intervals(
        frame, **WORDS, unit="as a share", form=numbers.percent, series="of", **extra
    )


ALL = [lines, forest, dots, bars]


def test_periods_that_are_not_stated_are_never_shown_as_fact():
    chart = lines(inferred=True)
    assert "years ending December 2016 to December 2024 (inferred)" in chart.alt
    assert chart.data.columns["end"] == "Year ending, inferred"
    assert "Year ending December, inferred" in chart.svg()
    assert "inferred" not in lines().alt + lines().svg()


@pytest.mark.parametrize("make", ALL)
def test_a_chart_is_self_contained_and_small_and_the_same_each_time(make):
    chart = make()
    html = chart._repr_html_()
    assert html == make()._repr_html_()
    (drawing,) = re.findall(r'src="data:image/svg\+xml,([^"]+)"', html)
    svg = unquote(drawing)
    assert len(drawing) < 40_000
    ElementTree.fromstring(svg)
    assert "<text" in svg  # words stay words, for people and for searches
    assert "<metadata" not in svg
    assert "A &amp; B" in html
    assert "<details" in html
    assert "http" not in html.replace(drawing, "")


@pytest.mark.parametrize("make", ALL)
def test_settings_of_matplotlib_are_neither_changed_nor_used(make):
    plain = make().svg()
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "none"}):
        before = dict(mpl.rcParams)
        assert make().svg() == plain
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("make", ALL)
def test_words_stay_inside_the_drawing_and_apart(make):
    for narrow in (False, True):
        chart = make()
        figure = chart.figure(chart.narrow[0] if narrow else None)
        figure.set_dpi(288)  # at the 72 of a drawing, letters are rounded to whole pixels
        ax = figure.axes[0]
        figure.draw_without_rendering()
        texts = list(ax.texts)
        boxes = [
            text.get_window_extent() for text in texts if text.get_text() and text.get_visible()
        ]
        width, height = figure.bbox.width, figure.bbox.height
        for box in boxes:
            assert box.x0 >= -4 and box.x1 <= width + 4
            assert box.y0 >= -4 and box.y1 <= height + 4
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                across = min(one.x1, other.x1) - max(one.x0, other.x0)
                up = min(one.y1, other.y1) - max(one.y0, other.y0)
                assert across < 4 or up < 12, "two texts overlap"
        assert all(text.get_fontsize() * 96 / 72 >= 11 for text in texts)


@pytest.mark.parametrize("make", ALL)
def test_a_chart_draws_on_the_axes_it_is_given(make):
    figure = Figure()
    ax = figure.subplots(1, 2)[0]
    place = ax.get_position().bounds
    assert make().draw(ax) is ax
    assert ax.get_position().bounds == place


def test_the_axis_starts_at_zero():
    assert lines().figure().axes[0].get_ylim()[0] == 0
    assert bars().figure().axes[0].get_xlim()[0] == 0
    assert dots().figure().axes[0].get_xlim()[0] == 0


def drawn_lines(chart, name_colour="#12436D"):
    return next(
        line
        for line in chart.figure().axes[0].lines
        if line.get_color() == name_colour and len(line.get_xdata()) > 2
    )


def test_no_line_crosses_a_break():
    chart = lines(breaks=[(dt.date(2020, 6, 30), "New measure")])
    values = drawn_lines(chart).get_ydata()
    assert np.isnan(values).sum() == 1
    assert values[3] == 367 and math.isnan(values[4]) and values[5] == 250
    assert "The lines break at June 2020: New measure" in chart.alt


def test_a_break_on_the_last_day_of_a_period_comes_after_it():
    chart = lines(breaks=[(dt.date(2020, 12, 31), "New measure")])
    values = drawn_lines(chart).get_ydata()
    assert values[4] == 250 and math.isnan(values[5])


@pytest.mark.parametrize("gap", ["absent", "missing"])
def test_no_line_crosses_a_missing_year(gap):
    frame = series(ISLINGTON, "Islington").astype({"value": float})
    if gap == "absent":
        frame = frame.drop(index=3)
    else:
        frame.loc[3, "value"] = math.nan
    chart = lines(frame=frame)
    values = drawn_lines(chart).get_ydata()
    assert np.isnan(values).sum() == 1
    assert (gap == "missing") == ("[x]" in str(chart.data))


def test_lone_points_are_hollow_and_joined_to_nothing():
    point = Point(dt.date(2018, 6, 30), 52.1, "52.1% at inspection", 40, 64)
    ax = lines(points=[point]).figure().axes[0]
    alone = [line for line in ax.lines if line.get_marker() == "D"]
    assert [len(line.get_xdata()) for line in alone if 52.1 in line.get_ydata()] == [1]
    assert alone[0].get_markerfacecolor() == "#FFFFFF"
    assert any("inspection" in text.get_text() for text in ax.texts)


def test_intervals_without_an_upper_end_do_not_stretch_the_axis():
    frame = series(ISLINGTON, "Islington").assign(lower=100.0, upper=math.inf)
    ax = lines(frame=frame).figure().axes[0]
    assert ax.get_ylim()[1] <= 600


def test_wrong_line_charts_are_refused():
    with pytest.raises(InputProblem, match="'Camden'"):
        lines(focus="Camden")
    five = pd.concat([series(ISLINGTON, f"Area {n}") for n in range(5)])
    with pytest.raises(InputProblem, match="5 series"):
        lines(frame=five, focus=None)
    twice = pd.concat([series(ISLINGTON, "Islington")] * 2)
    with pytest.raises(InputProblem, match="two figures for one period"):
        lines(frame=twice)


def test_figures_that_no_line_can_show_are_refused():
    for change, said in (
        ({"value": -1.0}, "below 0: a line chart starts at 0"),
        ({"value": "many"}, "holds something that is no number"),
        ({"upper": "many", "lower": 0.0}, "holds something that is no number"),
    ):
        with pytest.raises(InputProblem, match=said):
            lines(frame=series(ISLINGTON, "Islington").assign(**change))


def test_series_may_be_named_by_numbers_and_have_no_figures_at_all():
    none = series(math.nan, "London").assign(lower=1.0, upper=2.0)
    both = pd.concat([series(ISLINGTON, "Islington").assign(lower=90.0, upper=600.0), none])
    chart = lines(frame=both)
    assert "London, no figures" in chart.alt
    assert "537 (90 to 600)" in str(chart.data) and "(1 to 2)" not in str(chart.data)
    numbered = pd.concat([series(ISLINGTON, 1), series(LONDON, 2)])
    assert "1, 537 at the start" in lines(frame=numbered, focus="1").alt


def test_the_ticks_of_an_axis_are_not_rounded():
    ax = lines(frame=series([11.0] * 9, "Islington")).figure().axes[0]
    written = [text.get_text() for text in ax.texts if text.get_va() == "center_baseline"]
    assert written[:3] == ["0", "2.5", "5.0"]


def test_alternative_text_gives_the_figures_and_claims_nothing():
    alt = lines(message="A message.").alt
    assert "Islington, 537 at the start and 145 at the end" in alt
    assert alt.endswith("A message.")
    assert not re.search(r"\b(fell|rose|higher|lower|rank)\b", alt)


def test_a_forest_shows_what_was_not_calculated_and_what_has_no_end():
    chart = forest()
    texts = str(chart.data)
    assert "not calculated: too few" in texts
    assert "3.10 (1.20 or above)" in texts
    assert "filled mark" in chart.note
    ax = chart.figure().axes[0]
    assert sum(line.get_marker() == ">" for line in ax.lines) == 1
    assert sum(line.get_marker() == "o" for line in ax.lines) == 3


def test_a_filled_mark_means_that_the_interval_leaves_out_1():
    frame = ratios().assign(value=1.2, lower=[1.1, 1.0, 0.9, 1.01], upper=1.5)
    marks = [
        line.get_markerfacecolor()
        for line in ratio_forest(frame, **WORDS).figure().axes[0].lines
        if line.get_marker() == "o"
    ]
    assert marks == ["#12436D", "#FFFFFF", "#FFFFFF", "#12436D"]


def test_bounds_are_bars_without_a_point_and_are_not_called_confidence_intervals():
    chart = ratio_forest(ratios(), **WORDS, bounds=True)
    assert not any(line.get_marker() == "o" for line in chart.figure().axes[0].lines)
    assert "not confidence intervals" in chart.note
    assert "confidence" not in chart.subtitle + chart.alt


def test_a_long_forest_grows():
    frame = pd.concat([ratios()] * 9, ignore_index=True)
    chart = ratio_forest(frame, **WORDS)
    assert chart.wide[1] > 12
    assert len(chart.svg()) < 200_000


def test_wrong_forests_are_refused():
    with pytest.raises(InputProblem, match="below 0"):
        ratio_forest(ratios().assign(value=-1), **WORDS)
    with pytest.raises(InputProblem, match="no rows"):
        ratio_forest(ratios().iloc[:0], **WORDS)


def test_a_strip_prints_no_rank_and_counts_those_without_a_figure():
    frame = areas()
    frame.loc[3, "value"] = math.nan
    chart = strip(frame, focus="Area 40", unit="per 100", period="2024", **WORDS)
    assert "one of 149 authorities" in chart.note
    assert "1 more have no figure" in chart.note
    words = chart.alt + chart.note + chart.subtitle + str(chart.data)
    assert not re.search(r"\brank|\d(st|nd|rd|th)\b", words)


def test_a_strip_survives_an_area_without_a_figure_and_refuses_one_that_is_not_there():
    frame = areas(5)
    frame.loc[0, "value"] = math.nan
    chart = strip(
        frame.drop(columns=["lower", "upper"]), focus="Area 0", unit="u", period="p", **WORDS
    )
    assert "not available" in chart.alt
    assert chart.svg()
    with pytest.raises(InputProblem, match="0 rows for 'Nowhere'"):
        strip(frame, focus="Nowhere", unit="u", period="p", **WORDS)


def test_bars_show_symbols_and_refuse_what_cannot_be_a_bar():
    assert "[c]" in str(bars().data)
    assert bars(benchmark=(0.3, "England 30.0%")).svg()
    frame = pd.DataFrame({"ethnic_group": ["Asian"], "value": [-1.0]})
    with pytest.raises(InputProblem, match="below 0"):
        bars_with_intervals(frame, **WORDS, unit="u")


def test_a_focus_is_drawn_strong_and_must_be_there():
    frame = pd.DataFrame({"area_name": ["Islington", "Camden"], "value": [145.0, 241.0]})
    words = WORDS | {"unit": "per 100,000 children", "label": "area_name"}
    ax = bars_with_intervals(frame, **words, focus="Islington").figure().axes[0]
    faces = [mpl.colors.to_hex(bar.get_facecolor()).upper() for bar in ax.patches]
    assert faces == ["#12436D", "#BFBFBF"]
    with pytest.raises(InputProblem, match="'Hackney'"):
        bars_with_intervals(frame, **words, focus="Hackney")


def test_half_an_interval_is_none():
    frame = pd.DataFrame({"ethnic_group": ["Asian"], "value": [3.0], "upper": [9.0]})
    chart = bars_with_intervals(frame, **WORDS, unit="u")
    assert "confidence" not in chart.note
    assert chart.data.texts().iloc[0, 1] == "3"


def test_every_series_is_named_where_it_first_occurs():
    frame = pd.DataFrame(
        {
            "ethnic_group": ["Asian", "Black", "Black"],
            "value": [1.0, 2.0, 3.0],
            "of": ["a", "a", "b"],
        }
    )
    chart = bars_with_intervals(frame, **WORDS, unit="u", series="of")
    texts = [text.get_text() for text in chart.figure().axes[0].texts]
    assert "1 a" in texts and "3 b" in texts and "2" in texts


def test_a_figure_can_be_saved_as_a_picture(tmp_path):
    path = tmp_path / "chart.png"
    lines().figure(width=3.7).savefig(path)
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.prove
def test_the_room_is_imported_without_pandas_or_matplotlib():
    code = (
        "import sys, youthjustice.presentation as room;"
        "assert not {'pandas', 'matplotlib', 'numpy'} & set(sys.modules);"
        "assert all(getattr(room, name) is not None for name in room.__all__);"
        "assert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_chart_reads_well_in_a_terminal():
    chart = Chart(lambda ax: ax, "T", "S", "Alt.", "Source name", note="N")
    assert str(chart) == repr(chart) == "T\nS\nAlt.\nN\nSource: Source name"


def test_what_the_rows_of_a_forest_are_heads_their_labels_in_the_data_table():
    assert "Step" in str(forest(rows_are="Step").data)
    assert "Group" in str(forest().data)


@pytest.mark.parametrize(
    ("reference", "short"), [("White children", False), ("children of the other groups", True)]
)
def test_directions_that_would_run_into_each_other_are_said_short(reference, short):
    chart = ratio_forest(ratios(), **WORDS, reference=reference)
    drawn = chart.draw(Figure(figsize=chart.wide).subplots())
    texts = [text.get_text() for text in drawn.texts]
    assert ("\N{LEFTWARDS ARROW} lower" in texts) == short
    assert any("lower than" in text for text in texts) != short


def test_a_drawing_is_what_matplotlib_itself_would_save():
    chart = Chart(lambda ax: ax.set_title("Rates \u2013 $5"), "One", "Count", "Chart.", "Here")
    for _ in range(2):  # words that were measured before come out the same
        figure, saved = chart.figure(3.7), io.StringIO()
        with styled(chart.name):
            figure.savefig(
                saved, format="svg", metadata=dict.fromkeys(["Date", "Creator", "Format", "Type"])
            )
        assert chart.svg(narrow=True) == compact(saved.getvalue())
    assert "$5" in chart.svg(narrow=True)


@pytest.mark.parametrize("make", ALL)
def test_a_drawing_of_ours_is_what_matplotlib_itself_would_save_on_axes_of_its_own(make):
    chart, saved = make(), io.StringIO()
    dots().svg(), forest().svg(narrow=True)  # which leave their axes to the next drawing
    figure = chart.figure(*chart.narrow)
    with styled(chart.name):
        figure.savefig(
            saved, format="svg", metadata=dict.fromkeys(["Date", "Creator", "Format", "Type"])
        )
    assert chart.svg(narrow=True) == compact(saved.getvalue())


def test_a_drawing_that_fails_leaves_nothing_to_the_next():
    def half(ax, _):
        ax.plot([0, 1], [0, 1])
        raise InputProblem("no more ink")

    plain = bars().svg(narrow=True)
    broken = dataclasses.replace(bars(), draw=Drawing(half, None))
    with pytest.raises(InputProblem):
        broken.svg(narrow=True)
    assert bars().svg(narrow=True) == plain
