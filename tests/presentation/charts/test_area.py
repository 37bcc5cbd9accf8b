"""Charts of areas and of a change: nothing ranked bare, nothing clipped, figures that add up."""

from __future__ import annotations

import math
import re
from functools import cache

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tests.presentation.areas import CHILDREN, REOFFENDED, areas, funnelled
from youthjustice.errors import InputProblem
from youthjustice.measures import (
    decompose,
    funnel_limits,
    product_effects,
    rank_uncertainty,
)
from youthjustice.presentation import (
    decomposition_bars,
    funnel_plot,
    lint_words,
    rank_caterpillar,
)


def ranked(frame, **extra):
    return rank_uncertainty(
        frame, "area_name", numerator="entrants", denominator="people", draws=500, **extra
    )


def changed(reoffended=REOFFENDED, children=CHILDREN, **extra):
    frame = pd.DataFrame(
        {"year": [1] * 5 + [2] * 5, "before": [0, 1, 3, 7, 11] * 2, "n": children, "x": reoffended}
    )
    return decompose(
        frame,
        "before",
        numerator="x",
        denominator="n",
        between="year",
        first=1,
        last=2,
        draws=2000,
        **extra,
    )


WORDS = {"title": "A title", "measure": "first-time entrants", "source": "A & B"}
LONG = "Bournemouth, Christchurch and Poole"
ALL_AREAS = areas(150, spread=0.3).replace({"area_name": {"Area 7": LONG}})


def plot(frame=ALL_AREAS, **extra):
    settings = {"focus": "Area 40", "neighbours": ["Area 1", "Area 2", LONG], "unit": "per 100,000"}
    found = extra.pop("found", None)
    found = funnelled(frame) if found is None else found
    return funnel_plot(found, **WORDS, period="year ending 2024", **(settings | extra))


def caterpillar(number=150, **extra):
    settings = {"focus": "Area 4", "named": ["Area 1", LONG], "period": "year ending 2024"}
    frame = ALL_AREAS.iloc[:number]
    return rank_caterpillar(ranked(frame), **WORDS, **(settings | extra))


def short_caterpillar():
    return caterpillar(33)


def bars(**extra):
    parts = extra.pop("parts", None)
    names = {"composition": "who is in the cohort, by previous offences"}
    settings = {"start": "2010", "end": "2020", "names": names} | WORDS
    return decomposition_bars(changed() if parts is None else parts, **(settings | extra))


def strata():
    """Return what each stratum makes of the part that is rates within groups."""
    n, x = (np.array(part, float).reshape(2, 5) for part in (CHILDREN, REOFFENDED))
    both = np.array([n / n.sum(axis=1, keepdims=True), x / n])
    made = 100 * product_effects(both[:, 1], both[:, 0])[1]
    return pd.DataFrame({"stratum": [f"{n} before" for n in (0, 1, 3, 7, 11)], "value": made})


def divided_bars():
    return bars(strata=strata())


@cache
def made(make):
    return make()


ALL = [plot, caterpillar, short_caterpillar, bars, divided_bars]


@pytest.mark.parametrize("make", ALL)
def test_words_stay_inside_the_drawing_and_apart(make):
    chart = made(make)
    for narrow in (False, True):
        figure = chart.figure(*(chart.narrow if narrow else chart.wide))
        figure.set_dpi(288)  # at the 72 of a drawing, letters are rounded to whole pixels
        ax = figure.axes[0]
        figure.draw_without_rendering()
        texts = list(ax.texts)
        boxes = [
            text.get_window_extent() for text in texts if text.get_text() and text.get_visible()
        ]
        for n, one in enumerate(boxes):
            assert one.x0 >= -4 and one.x1 <= figure.bbox.width + 4
            assert one.y0 >= -4 and one.y1 <= figure.bbox.height + 4
            for other in boxes[n + 1 :]:
                across = min(one.x1, other.x1) - max(one.x0, other.x0)
                up = min(one.y1, other.y1) - max(one.y0, other.y0)
                assert across < 4 or up < 12, "two texts overlap"
        assert all(text.get_fontsize() * 96 / 72 >= 11 for text in texts)


ENDLESS = f"{LONG} with all of the Isle of Purbeck and Swanage by the Sea"


def endless_plot():
    frame = ALL_AREAS.replace({"area_name": {"Area 40": ENDLESS}})
    return plot(frame, focus=ENDLESS)


def endless_bars():
    return bars(names={"composition": ENDLESS, "rate within groups": "$x_1$ <b>"})


def two_ranked():
    return caterpillar(2, focus="Area 0", named=[])


@pytest.mark.parametrize("make", [endless_plot, endless_bars, two_ranked])
def test_names_without_end_and_areas_by_twos_stay_inside_too(make):
    test_words_stay_inside_the_drawing_and_apart(make)


def test_a_rank_stands_once_on_its_axis():
    for number in (2, 3, 5):
        ax = caterpillar(number, focus="Area 0", named=[]).figure().axes[0]
        labels = [text.get_text() for text in ax.texts if text.get_va() == "top"]
        assert len(set(labels)) == len(labels) and labels[-1] == str(number)


@pytest.mark.parametrize("make", [plot, caterpillar, divided_bars])
def test_a_chart_is_the_same_each_time_small_and_draws_where_it_is_told(make):
    chart = made(make)
    drawing = chart.svg()
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "none"}):
        assert chart.svg() == drawing
    assert len(drawing) < 80_000
    ax = Figure().subplots(1, 2)[0]
    place = ax.get_position().bounds
    assert chart.draw(ax) is ax
    assert ax.get_position().bounds == place
    assert chart.data is not None
    assert lint_words(str(chart), strict=True) == []


def marks(ax, colour):
    return [line for line in ax.lines if line.get_color() == colour and line.get_marker() in "oD"]


def test_a_funnel_shows_every_area_once_and_the_reader_s_own_strong():
    ax = made(plot).figure().axes[0]
    assert len(marks(ax, "#7F7F7F")[0].get_xdata()) == 146
    assert len(marks(ax, "#F46A25")) == 3
    own = marks(ax, "#12436D")
    assert len(own) == 1 and own[0].get_markersize() == 9
    texts = [text.get_text() for text in ax.texts]
    assert any(text.startswith("Area 40 ") for text in texts)
    assert texts.count("95%") == texts.count("99.8%") == 2


def test_the_limits_drawn_are_those_of_the_areas():
    found = funnelled(ALL_AREAS)
    chart = plot(found=found)
    upper = max(
        (line for line in chart.figure().axes[0].lines if line.get_linestyle() == "--"),
        key=lambda line: line.get_ydata()[0],
    )
    size, drawn = upper.get_xdata() ** 2, upper.get_ydata()
    here = np.interp(found["denominator"], size, drawn)
    assert np.allclose(here, found["limit_95_upper"], rtol=0.01)


def test_lines_made_elsewhere_are_drawn_as_they_are():
    found = funnelled(ALL_AREAS)
    lines = funnel_limits(140.0, [9_000, 40_000, 100_000], basis="rate")
    drawn = plot(found=found, lines=lines).figure().axes[0].lines
    assert any(np.array_equal(line.get_ydata(), lines["limit_99_8_upper"]) for line in drawn)
    with pytest.raises(InputProblem, match="limit_99_8"):
        plot(found=found, lines=lines.drop(columns="limit_99_8_upper"))


@pytest.mark.parametrize("how", ["auto", "none", "multiplicative"])
def test_a_funnel_says_what_its_limits_allow_for(how):
    chart = plot(found=funnelled(ALL_AREAS, overdispersion=how))
    allowed = "The limits allow for the authorities differing by more than chance"
    for text in (chart.note, chart.alt):
        assert (allowed in text) == (how != "none")
        assert "times the variance that chance gives" in text
    assert ("About 8 would be expected" if how == "none" else "About 8 to 16 would") in chart.note


def test_a_funnel_ranks_nothing_and_counts_those_without_a_figure():
    frame = ALL_AREAS.astype({"entrants": float})
    frame.loc[3, "entrants"] = math.nan
    chart = plot(frame)
    assert "1 more have no figure" in chart.note
    assert not re.search(r"\brank|\d(st|nd|rd|th)\b", chart.alt + chart.note + str(chart.data))
    frame.loc[frame["area_name"] == "Area 40", "entrants"] = math.nan
    assert "Area 40 not available" in plot(frame).alt
    assert plot(frame).svg()


def test_very_unequal_sizes_and_a_share_have_their_room():
    frame = areas(30).assign(people=np.geomspace(1, 2000, 30).round())
    frame["entrants"] = (frame["people"] * 0.3).round()
    found = funnelled(frame, basis="proportion", per=100)
    chart = plot(found=found, focus="Area 4", neighbours=["Area 29"])
    words = chart.figure().axes[0].texts
    ticks = [text.get_text() for text in words if text.get_va() == "top"]
    assert "1" in ticks and "1,000" in ticks and len(ticks) >= 5


def test_wrong_funnels_are_refused():
    found = funnelled(ALL_AREAS)
    with pytest.raises(InputProblem, match="'Nowhere'"):
        plot(neighbours=["Nowhere"])
    with pytest.raises(InputProblem, match="stands twice"):
        plot(found=pd.concat([found, found]))
    with pytest.raises(InputProblem, match="no rows"):
        plot(found=found.iloc[:0])


def test_ranks_of_many_areas_name_a_few_and_those_with_their_intervals():
    chart = made(caterpillar)
    texts = [text.get_text() for text in chart.figure().axes[0].texts]
    named = [text for text in texts if re.search(r"\d(st|nd|rd|th) to \d+(st|nd|rd|th)$", text)]
    assert len(named) == 3
    assert len(chart.data.frame) == 3
    assert "could stand anywhere from" in chart.alt
    assert "among the highest quarter is" in chart.alt


def test_a_rank_is_nowhere_written_without_the_other_end():
    for chart in (made(caterpillar), made(short_caterpillar)):
        text = chart.alt + chart.note + str(chart.data)
        text = re.sub(r"\d+(st|nd|rd|th) to \d+(st|nd|rd|th)", "", text).replace("1st the", "")
        assert not re.search(r"\d+(st|nd|rd|th)\b", text)
    assert "no rank to quote" in made(caterpillar).note


def test_of_few_areas_all_are_named_and_the_table_is_in_order_of_names():
    chart = made(short_caterpillar)
    names = chart.data.texts().iloc[:, 0].tolist()
    assert len(names) == 33 and names == sorted(names)
    texts = [text.get_text() for text in chart.figure().axes[0].texts]
    assert set(names) <= {text.replace("\n", " ") for text in texts}


def test_areas_alike_are_said_to_have_no_order():
    alike = ranked(areas(50).assign(people=20_000, entrants=28))
    chart = rank_caterpillar(alike, **WORDS, focus="Area 4", period="2024")
    assert "every rank is as likely as any other" in chart.note
    assert chart.svg()


def test_wrong_charts_of_ranks_are_refused():
    with pytest.raises(InputProblem, match="name up to 6"):
        caterpillar(named=[f"Area {n}" for n in range(10, 18)])
    with pytest.raises(InputProblem, match="stands twice"):
        rank_caterpillar(
            pd.concat([ranked(areas(5))] * 2), **WORDS, focus="Area 4", period="year ending 2024"
        )
    frame = areas(5).astype({"entrants": float})
    frame.loc[4, "entrants"] = math.nan
    with pytest.raises(InputProblem, match="has no rank"):
        rank_caterpillar(ranked(frame), **WORDS, focus="Area 4", period="year ending 2024")


def test_bars_of_parts_add_up_to_the_change():
    chart = made(bars)
    widths = [patch.get_width() for patch in chart.figure().axes[0].patches]
    assert sum(widths[:-1]) == pytest.approx(widths[-1])
    assert "1.5 \N{MINUS SIGN} 5.6 = \N{MINUS SIGN}4.1." in chart.note
    assert "names no cause" in chart.note
    assert "The parts add up to the change." in chart.alt
    assert "1.5 (1.2 to 1.8)" in str(chart.data)


def test_strata_add_up_to_their_part_and_claim_nothing_without_an_interval():
    chart = made(divided_bars)
    patches = chart.figure().axes[0].patches
    hatched = [patch.get_width() for patch in patches if patch.get_hatch()]
    assert len(hatched) == 5
    assert sum(hatched) == pytest.approx(patches[1].get_width())
    assert "nothing is claimed of them" in chart.note
    with pytest.raises(InputProblem, match="the strata add up to"):
        bars(strata=strata().iloc[1:])
    with pytest.raises(InputProblem, match="composition cannot be divided"):
        bars(strata=strata(), strata_of="composition")
    both = strata().assign(
        lower=lambda frame: frame["value"] - 1, upper=lambda frame: frame["value"]
    )
    assert "nothing is claimed" not in bars(strata=both).note


def test_a_change_that_could_not_be_divided_shows_no_bars_and_no_sum():
    chart = bars(parts=changed(reoffended=[math.nan, *REOFFENDED[1:]]))
    assert not chart.figure().axes[0].patches
    assert "not calculated" in str(chart.data)
    assert "=" not in chart.note and "add up" not in chart.alt
