"""Charts over time: nothing bridges a gap or a break, and every label has its place."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import cache
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from youthjustice.errors import InputProblem
from youthjustice.measures import (
    control_chart,
    cumulative_incidence,
    g_chart,
    kaplan_meier,
    rate,
    trend,
    trend_line,
)
from youthjustice.presentation import (
    control_points,
    lint_words,
    slope_lines,
    survival_steps,
    trend_with_band,
)

# Department for Education, Local Authority Interactive Tool, release of February 2026: first-time
# entrants per 100,000 children, years ending December 2016 to 2024; counts are implied.
RATES = {
    "Islington": ([537, 365, 351, 367, 250, 206, 274, 200, 145], 15_500),
    "London": ([412, 386, 288, 264, 222, 188, 170, 147, 157], 880_000),
}
# Freireich and others (1963), weeks in remission and whether they ended in a relapse.
DRUG = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
WEEKS, EVENTS = DRUG + PLACEBO, RELAPSE + [1] * 21
GROUPS = ["6-MP"] * 21 + ["placebo"] * 21
WORDS = {"title": "A title", "source": "A & B"}
ENTRANTS = WORDS | {
    "measure": "first-time entrants",
    "unit": "per 100,000 children aged 10 to 17",
}
FITTED = {"numerator": "children", "denominator": "population"}
FOCUS = "#12436D"


def entrants(*names):
    parts = []
    for name in names or RATES:
        values, people = RATES[name]
        ends = pd.date_range("2016-12-31", periods=len(values), freq="YE")
        children = np.round(np.array(values) * people / 1e5)
        parts.append(
            pd.DataFrame(
                {"period_end": ends, "area": name, "children": children, "population": people}
            )
        )
    return pd.concat(parts, ignore_index=True)


def trends(frame=None, *, cuts=(), drawn=None, **options):
    frame = entrants() if frame is None else frame
    options = {**FITTED, "by": "area", "breaks": cuts, **options}
    named = [(dt.date.fromisoformat(day), "New definition") for day in cuts]
    return trend_with_band(
        trend_line(frame, **options),
        trend(frame, **options),
        **ENTRANTS,
        series="area",
        focus="Islington",
        breaks=named if drawn is None else drawn,
    )


def monthly(values, **options):
    index = pd.date_range("2022-01-31", periods=len(values), freq="ME")
    return control_chart(pd.Series(values, index=index), **options)


CALM = [20, 22, 18, 25, 21, 19, 23, 20, 24, 22, 17, 21]


def control(values=(*CALM, None, 35, *[14, 13, 12, 15, 16, 11] * 2), at="2023-03-31", **extra):
    chart = monthly(list(values), rebase_at=[at] if at else ())
    return control_points(chart, **WORDS, measure="entrants", unit="children", **extra)


def slopes(**extra):
    frame = entrants()
    frame = frame[frame["period_end"].dt.year.isin([2016, 2024])].reset_index(drop=True)
    found = rate(frame["children"], frame["population"]).to_frame()
    frame = frame.join(found[["value", "lower", "upper"]])
    frame["period"] = "year ending December " + frame["period_end"].dt.year.astype(str)
    frame = extra.pop("change", lambda same: same)(frame)
    return slope_lines(frame, **ENTRANTS, series="area", **{"focus": "Islington", **extra})


def curves(**extra):
    found = kaplan_meier(WEEKS, EVENTS, group=GROUPS)
    words = {"outcome": "relapsed", "people": "patients", "time_unit": "Weeks in remission"}
    settings = {"minimum_at_risk": 1, "ticks": [0, 5, 10, 15, 20, 25, 30, 35], **extra}
    return survival_steps(settings.pop("curve", found), **WORDS, **words, **settings)


def broken():
    frame = entrants()
    frame.loc[2, "children"] = math.nan
    return trends(frame, cuts=["2021-04-01"], minimum_points=3)


ALL = [broken, control, slopes, curves]


@cache
def made(make):
    return make()


@pytest.mark.parametrize("make", ALL)
def test_a_chart_is_self_contained_and_small_and_the_same_each_time(make):
    html = made(make)._repr_html_()
    (drawing,) = re.findall(r'src="data:image/svg\+xml,([^"]+)"', html)
    assert len(drawing) < 40_000
    ElementTree.fromstring(unquote(drawing))
    assert "A &amp; B" in html and "<details" in html


WIDTHS = [pytest.param(True, id="narrow"), pytest.param(False, id="wide", marks=pytest.mark.prove)]


@pytest.mark.parametrize("narrow", WIDTHS)
@pytest.mark.parametrize("make", ALL)
def test_words_stay_inside_the_drawing_and_apart(make, narrow):
    chart = made(make)
    size = chart.narrow if narrow else chart.wide
    figure = chart.figure(*size)
    figure.set_dpi(288)  # at the 72 of a drawing, letters are rounded to whole pixels
    ax = figure.axes[0]
    figure.draw_without_rendering()
    texts = list(ax.texts)
    texts = [text for text in texts if text.get_text() and text.get_visible()]
    boxes = [text.get_window_extent() for text in texts]
    for box in boxes:
        assert box.x0 >= -4 and box.x1 <= figure.bbox.width + 4
        assert box.y0 >= -4 and box.y1 <= figure.bbox.height + 4
    for n, one in enumerate(boxes):
        for at, other in enumerate(boxes[n + 1 :], n + 1):
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            up = min(one.y1, other.y1) - max(one.y0, other.y0)
            pair = texts[n].get_text(), texts[at].get_text()
            assert across < 4 or up < 12, f"two texts overlap: {pair}"
    assert all(text.get_fontsize() * 96 / 72 >= 11 for text in texts)


def test_names_are_written_as_they_are():
    name = "$\\frac$ <b>$x_1$</b> & \u0625\u0633\u0644\u064a\u0646"
    frame = entrants().replace({"area": {"Islington": name}})
    line, found = (fit(frame, **FITTED, by="area") for fit in (trend_line, trend))
    labelled = control_chart(pd.Series(CALM, index=[f"{name} {n}" for n in range(12)]))
    for chart in (
        trend_with_band(line, found, **ENTRANTS, series="area", focus=name),
        slopes(change=lambda part: part.replace({"area": {"Islington": name}}), focus=name),
        control_points(labelled, **WORDS, measure="entrants", unit=name),
    ):
        figure = chart.figure()
        ax = figure.axes[0]
        figure.draw_without_rendering()
        texts = list(ax.texts)
        assert name in " ".join(" ".join(text.get_text() for text in texts).split())
        assert not any(text.get_parse_math() for text in texts if text.get_text())
        assert name in chart.alt


@pytest.mark.parametrize("make", ALL)
def test_a_chart_draws_on_the_axes_it_is_given(make):
    ax = Figure().subplots(1, 2)[0]
    place = ax.get_position().bounds
    assert made(make).draw(ax) is ax
    assert ax.get_position().bounds == place


@pytest.mark.parametrize("make", ALL)
def test_words_around_a_drawing_are_clean_and_do_not_claim(make):
    chart = made(make)
    words = " ".join([chart.subtitle, chart.alt, chart.note])
    assert lint_words(words) == []
    assert not re.search(r"\b(nan|inf|rose|fell|higher than|lower than)\b", words)
    assert "interval" in words


@cache
def axes(chart):
    return chart.figure().axes[0]


def drawn(chart, colour=FOCUS):
    return [line for line in axes(chart).lines if line.get_color() == colour]


def fitted(chart):
    return next(line for line in drawn(chart) if line.get_linestyle() == "-").get_ydata()


def markers(chart):
    return {str(line.get_marker()) for line in axes(chart).lines if len(line.get_xdata())}


def test_no_fitted_line_or_band_crosses_a_gap_or_a_break():
    assert np.isnan(fitted(made(trends))).sum() == 0
    values = fitted(made(broken))
    assert np.flatnonzero(np.isnan(values)).tolist() == [2, 5]
    bands = axes(made(broken)).collections
    # Islington 2016-17, 2019-20, 2021-24; London 2016-20, 2021-24.
    assert sum(isinstance(band, mpl.collections.FillBetweenPolyCollection) for band in bands) == 5
    assert "[x]" in str(made(broken).data)
    assert "The lines break at April 2021: New definition" in made(broken).alt


def test_a_break_must_be_the_one_the_line_was_cut_at():
    day = dt.date(2018, 6, 30)
    with pytest.raises(InputProblem, match="runs through the break 'Here'"):
        trends(drawn=[(day, "Here")])
    chart = trends(cuts=["2020-06-30"], minimum_points=3, drawn=[])
    assert "between December 2019 and December 2020: Break in the series" in chart.alt
    on_the_day = trends(cuts=["2020-12-31"], minimum_points=3)
    assert "The lines break at December 2020" in on_the_day.alt


def test_flagged_years_are_hollow_and_those_left_out_are_crosses():
    faces = {
        mpl.colors.to_hex(line.get_markerfacecolor()).upper()
        for line in drawn(made(trends))
        if line.get_marker() == "o"
    }
    assert faces == {FOCUS, "#FFFFFF"}
    assert "2020 and 2021, flagged" in made(trends).note
    left_out = trends(exclude_flagged=True)
    assert "x" in markers(left_out) and "Crosses are left out" in left_out.note
    assert "x" not in markers(made(trends))
    plain = trends(flagged=())
    assert "flagged" not in plain.note


def test_a_trend_with_too_few_points_has_points_alone():
    frame = entrants("Islington").head(3)
    chart = trends(frame)
    assert "too few points" in chart.note and "with no fitted line" in chart.alt
    assert all(
        np.isnan(line.get_ydata()).all() for line in drawn(chart) if line.get_marker() == "None"
    )


def test_the_alternative_text_of_a_trend_gives_intervals():
    assert "Islington, 535 at the start" in made(trends).alt
    assert re.search(r"a year \(95% confidence interval .\d+% to .\d+%\)", made(trends).alt)
    line = trend_line(entrants("London"), **FITTED)
    bare = trend_with_band(line, **ENTRANTS, approximate=True)
    assert "a year" not in bare.alt and "approximate" in bare.note


def test_where_neighbours_are_alike_the_alternative_text_takes_the_wider_interval():
    ends = pd.date_range("2005-12-31", periods=14, freq="YE")
    counts = (200 + 60 * np.sin(np.arange(14) / 2)).round()
    frame = pd.DataFrame({"period_end": ends, "children": counts})
    found = trend(frame, numerator="children", flagged=())
    assert found["upper"].iloc[0] < 1 < found["hac_upper"].iloc[0]
    chart = trend_with_band(trend_line(frame, numerator="children"), found, **ENTRANTS)
    assert re.search(
        r"along the line \S+% a year \(95% confidence interval \S+ to 0\.\d%\)", chart.alt
    )
    assert "Neighbouring periods are alike, so a band may be too narrow." in chart.note


def test_a_trend_of_nothing_says_so_and_missing_figures_are_gaps():
    frame = entrants("Islington").assign(children=math.nan)
    chart = trends(frame)
    assert "Islington, no figures" in chart.alt
    assert "A gap is a missing figure." in chart.note
    assert "<svg" in chart.svg()


def test_odd_trends_are_refused():
    line = trend_line(entrants(), **FITTED, by="area")
    with pytest.raises(InputProblem, match="two figures for one period"):
        trend_with_band(line, **ENTRANTS)
    with pytest.raises(InputProblem, match="'Camden'"):
        trend_with_band(line, **ENTRANTS, series="area", focus="Camden")
    with pytest.raises(InputProblem, match="given 0 series"):
        trend_with_band(line.head(0), **ENTRANTS, series="area")


def test_a_band_far_beyond_the_figures_is_cut_and_said_to_be():
    frame = pd.DataFrame(
        {
            "period_end": pd.date_range("2016-12-31", periods=5, freq="YE"),
            "children": [2, 0, 1, 0, 1],
            "population": 1000,
            "area": "Islington",
        }
    )
    chart = trends(frame)
    assert "beyond the drawing" in chart.note
    assert axes(chart).get_ylim()[1] < 3 * 200


def test_special_causes_differ_by_shape_as_well_as_colour():
    chart = control(values=[*CALM, *CALM, 50, 1], at=None)
    assert {"o", "^", "v"} <= markers(chart)
    assert "1 point stands out above the usual variation and 1 below" in chart.alt
    assert "no confidence interval" in chart.note
    calm = control(values=CALM, at=None)
    assert not {"^", "v"} & markers(calm)


def test_no_line_of_a_control_chart_crosses_a_gap_or_a_rebasing():
    chart = control(rebasings={pd.Timestamp("2023-03-31"): "New scheme"})
    line = next(line for line in drawn(chart, "#BFBFBF") if len(line.get_xdata()) > 2)
    # The missing month is a gap by itself; a gap stands before the first point of the new phase.
    assert np.flatnonzero(np.isnan(line.get_ydata())).tolist() == [12, 14]
    assert "New scheme" in [text.get_text() for text in axes(chart).texts]
    assert "set anew from March 2023" in chart.alt
    rebased = next(line for line in drawn(chart, "#505050") if line.get_linestyle() == "--")
    days = [dt.date(2023, 2, 28).toordinal(), dt.date(2023, 3, 31).toordinal()]
    assert days[0] < rebased.get_xdata()[0] < days[1]
    absent = monthly(CALM * 2).drop(index=pd.Timestamp("2022-06-30"))
    found = control_points(absent, **WORDS, measure="entrants", unit="children", step=1)
    line = next(line for line in drawn(found, "#BFBFBF") if len(line.get_xdata()) > 2)
    assert np.isnan(line.get_ydata()).sum() == 1


def test_counts_too_few_for_limits_have_no_marked_points():
    chart = control(values=[1, 2, 0, 1] * 5 + [9], at=None)
    assert markers(chart) & {"^", "v"} == set()
    assert "too few" in chart.note and "too few" in chart.alt


def test_a_control_chart_takes_labels_and_rare_events_and_refuses_what_is_none():
    chart = g_chart([4, 9, 2, 6, 0, 11, 3, 7, 5, 1, 8, 4, 60], baseline=12)
    found = control_points(chart, **WORDS, measure="children between breaches", unit="children")
    assert "13 points from 0 to 12" in found.alt and found.svg()
    with pytest.raises(InputProblem, match="'centre'"):
        control_points(pd.DataFrame({"value": [1.0]}), **WORDS, measure="x", unit="y")
    with pytest.raises(InputProblem, match="in order"):
        control_points(monthly(CALM).iloc[::-1], **WORDS, measure="x", unit="y")


def test_what_lies_at_the_edge_of_a_control_chart_is_drawn_whole():
    chart = control_points(control_chart([5.0] * 12), **WORDS, measure="m", unit="u")
    ax = chart.figure().axes[0]
    assert ax.get_ylim() == (0, 5)
    marks = [line for line in ax.lines if line.get_marker() in ("o", "^", "v")]
    assert marks and not any(line.get_clip_on() for line in marks)
    texts = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert texts["Lower limit 5"] < texts["Mean 5"] < texts["Upper limit 5"]
    assert "No point stands out from the usual variation." in chart.alt


def test_the_label_of_a_rebasing_that_fits_on_neither_side_stands_across_it():
    chart = control(
        rebasings={pd.Timestamp("2023-03-31"): "A new scheme that runs far past the end"}
    )
    figure = chart.figure(3.7)
    label = next(text for text in figure.axes[0].texts if "new scheme" in text.get_text())
    figure.draw_without_rendering()
    box = label.get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.width


def test_an_axis_that_does_not_start_at_zero_says_so():
    high = control(values=[value + 200 for value in CALM], at=None)
    assert axes(high).get_ylim()[0] > 100
    assert "does not start at 0" in high.note
    assert control(values=CALM, at=None).figure().axes[0].get_ylim()[0] == 0


def joined(chart):
    return [line for line in axes(chart).lines if line.get_linewidth() in (1.5, 2.2)]


def test_a_slope_joins_two_ends_unless_a_break_or_a_gap_parts_them():
    def lose_one(frame):
        return frame.drop(index=frame.index[-1])

    def two_lines(chart):
        return sum(
            len(line.get_xdata()) == 2 and line.get_marker() == "None" for line in joined(chart)
        )

    assert two_lines(made(slopes)) == 2
    assert two_lines(slopes(broken="A new definition")) == 0
    assert "not comparable: A new definition" in slopes(broken="A new definition").alt
    lost = slopes(change=lose_one)
    assert two_lines(lost) == 1
    assert "and [x]" in lost.alt


def test_a_series_that_ends_early_has_its_name_at_its_start():
    chart = slopes(change=lambda frame: frame.assign(value=frame["value"].where(frame.index != 1)))
    texts = [text.get_text() for text in chart.figure().axes[0].texts]
    assert any(text.startswith("Islington") for text in texts)


def test_periods_may_be_dates_and_words_of_periods_do_not_meet():
    def dated(frame):
        long = frame["area"].replace("London", "Kingston-upon-Thames")
        return frame.assign(period=frame["period_end"], area=long)

    chart = slopes(change=dated)
    assert "Islington, 535" in chart.alt
    figure = chart.figure(3.7)
    figure.draw_without_rendering()
    boxes = [
        text.get_window_extent()
        for text in figure.axes[0].texts
        if text.get_text().startswith("31 December")
    ]
    assert len(boxes) == 2
    assert boxes[0].x1 < boxes[1].x0


def test_both_ends_of_a_slope_carry_intervals():
    assert re.search(r"Islington, 535 \(\d+ to \d+\) and 142 \(\d+ to \d+\)", made(slopes).alt)
    bare = slopes(change=lambda frame: frame.drop(columns=["lower", "upper"]))
    assert "No intervals are available" in bare.note
    endless = slopes(change=lambda frame: frame.assign(upper=math.inf))
    assert "^" in markers(endless)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda frame: frame.head(1), "given 1 periods"),
        (lambda frame: pd.concat([frame, frame]), "two figures"),
        (lambda frame: frame.assign(value=-1), "below 0"),
        (lambda frame: frame.assign(area="Islington"), "two figures"),
        (lambda frame: frame[frame["area"] == "London"], "'Islington'"),
    ],
)
def test_odd_slopes_are_refused(change, said):
    with pytest.raises(InputProblem, match=said):
        slopes(change=change)


def written(chart, narrow=False):
    ax = chart.figure(*(chart.narrow if narrow else chart.wide)).axes[0]
    return [text.get_text() for text in ax.texts]


def test_numbers_at_risk_stand_beneath_and_few_are_not_numbered():
    # Kleinbaum and Klein (2012), table of the remission data: at risk before 10 weeks 15 and 8.
    texts = written(made(curves))
    assert "Patients still at risk" in texts and {"15", "8"} <= set(texts)
    kept = curves(minimum_at_risk=10)
    assert "<10" in written(kept) and "8" not in written(kept)
    assert "A curve ends where fewer than 10" in kept.note
    assert "fewer than 10" in str(kept.data)


def test_a_curve_steps_and_ends_where_watching_ends():
    line = next(line for line in drawn(made(curves)) if line.get_drawstyle() == "steps-post")
    assert line.get_xdata()[[0, 1, -1]].tolist() == [0, 6, 35]
    np.testing.assert_allclose(line.get_ydata()[[0, 1, -1]], [0, 3 / 21, 1 - 0.448179], atol=1e-6)
    cut = next(
        line for line in drawn(curves(minimum_at_risk=10)) if line.get_drawstyle() == "steps-post"
    )
    assert cut.get_xdata()[-1] == 17


def test_censoring_is_marked_at_its_times():
    ticks = next(line for line in drawn(made(curves)) if line.get_linewidth() == 1.2)
    times = sorted(set(ticks.get_xdata()))
    expected = {time for time, event in zip(DRUG, RELAPSE, strict=True) if not event}
    assert times == sorted(expected)
    assert "censored" in made(curves).note
    assert "censored" not in survival_steps(kaplan_meier([1, 2, 3], [1, 1, 1]), **WORDS).note


def test_the_share_without_the_event_and_one_cause_can_be_drawn():
    free = curves(show="free")
    assert "had not relapsed" in free.alt and "6-MP, 45% at 35" in free.alt
    causes = ["reoffence", "custody"] * 20 + ["censored"] * 20
    found = cumulative_incidence(range(1, 61), causes)
    one = found[found["cause"] == "reoffence"]
    assert "33% at 60" in survival_steps(one, **WORDS, minimum_at_risk=1).alt
    with pytest.raises(InputProblem, match="choose one"):
        survival_steps(found, **WORDS)
    assert "ends at 80%" in curves(top=0.8).note


def test_numbers_at_risk_may_come_from_the_measure_itself():
    at = kaplan_meier(WEEKS, EVENTS, group=GROUPS, at=[0, 10, 30])
    assert "6-MP, 21 and 4" in curves(ticks=[0, 10, 30], at_risk=at).alt
    with pytest.raises(InputProblem, match="no row for the group"):
        curves(ticks=[0, 10, 20], at_risk=at)


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"curve": kaplan_meier(WEEKS, EVENTS, group=GROUPS, at=[5, 10])}, "not every step"),
        ({"curve": pd.DataFrame({"time": [1.0]})}, "'group'"),
        ({"curve": kaplan_meier([1, 2, 3, 4, 5], [1] * 5, group=list("abcde"))}, "5 groups"),
        ({"focus": "other"}, "'other'"),
        ({"show": "dead"}, "choose among"),
        ({"top": 0}, "above 0"),
        ({"ticks": [5]}, "at least two"),
    ],
)
def test_odd_curves_are_refused(extra, said):
    with pytest.raises(InputProblem, match=said):
        curves(**extra)
