"""Sentences on areas: none says more than its limits, its interval or its ranks allow."""

from __future__ import annotations

import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.presentation.areas import CHILDREN, REOFFENDED, areas, funnelled
from youthjustice.errors import InputProblem
from youthjustice.measures import compare_with, decompose, rank_uncertainty, standardise
from youthjustice.presentation import (
    benchmark_sentence,
    decomposition_sentence,
    funnel_sentence,
    lint_words,
    rank_sentence,
    standardised_sentence,
)
from youthjustice.presentation.words.funnel import expected_outside


def told(found, name="Area 0", **extra):
    return funnel_sentence(found, name, subject=f"the rate in {name}", **extra)


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


def divided(parts, **extra):
    names = {"composition": "who is in the cohort"}
    words = {"subject": "the reoffending rate", "start": "2010", "end": "2020", "names": names}
    return decomposition_sentence(parts, **(words | extra))


def test_within_the_limits_is_not_called_alike():
    found = funnelled(areas())
    inside = found.loc[found["position"] == "within chance", "area_name"].iloc[0]
    text = str(told(found, inside))
    assert ": within what chance" in text and "which does not show that it is alike" in text
    assert not re.search(r"\b(above|below|higher|lower)\b", text)
    assert lint_words(text, strict=True) == []


@pytest.mark.parametrize(("entrants", "side"), [(400, "above"), (2, "below")])
def test_outside_the_limits_says_which_and_how_many_would_be(entrants, side):
    frame = areas().assign(people=30_000)
    frame.loc[0, "entrants"] = entrants
    said = told(funnelled(frame))
    assert f": {side} what chance" in str(said)
    assert "99.8% limits" in str(said)
    assert re.search(
        r"About 0\.\d+ to \d\.\d of 40 authorities would be expected outside", str(said)
    )
    assert lint_words(str(said), strict=True) == []


def test_where_areas_differ_more_limits_of_chance_alone_give_no_finding():
    frame = areas(spread=0.6)
    alone, allowed = (funnelled(frame, overdispersion=how) for how in ("none", "auto"))
    assert told(alone).kind == "caution"
    assert "the authorities differ by more than that" in str(told(alone))
    assert told(allowed).kind == "finding"
    assert "The limits allow for the authorities differing by more than chance" in str(
        told(allowed)
    )


def test_few_areas_are_said_to_be_too_few_to_judge_their_spread():
    for how in ("auto", "none"):
        found = funnelled(areas(5, spread=0.6), overdispersion=how)
        assert "5 authorities are too few to see" in str(told(found))


@pytest.mark.parametrize("winsorise", [0, 0.1, 0.25])
def test_areas_that_differ_by_chance_alone_have_about_its_variance(winsorise):
    found = funnelled(areas(3000), overdispersion="none", winsorise=winsorise)
    times = re.search(r"have about ([\d.]+) times the variance that chance gives", str(told(found)))
    assert 0.9 <= float(times[1]) <= 1.1


def test_as_many_areas_lie_outside_wider_limits_as_is_said():
    found = funnelled(areas(3000, spread=0.3), overdispersion="additive")
    level = 0.95
    row = found[found["position"].str.startswith("above")].iloc[0]
    low, high = map(float, expected_outside(row, found, level).replace(",", "").split(" to "))
    outside = (found["adjusted_z"].abs() > 1.96).sum()
    assert low == 150 and low < outside < 1.1 * high
    plain = funnelled(areas(3000), overdispersion="none")
    assert expected_outside(plain.iloc[0], plain, level) == "150"


def test_an_area_without_counts_has_no_place_and_an_absent_one_is_refused():
    frame = areas().astype({"entrants": float})
    frame.loc[0, "entrants"] = math.nan
    found = funnelled(frame)
    assert told(found).kind == "note"
    assert "cannot be said" in str(told(found))
    with pytest.raises(InputProblem, match="0 rows for 'Nowhere'"):
        told(found, "Nowhere")
    with pytest.raises(InputProblem, match="frame that funnel returns"):
        told(areas())
    with pytest.raises(InputProblem, match="2 rows for 'Area 0'"):
        told(pd.concat([found, found]))


def test_counts_that_are_none_are_said_to_be_approximate():
    found = funnelled(areas().assign(people=lambda frame: frame["people"] + 0.4))
    assert "Approximate: the numbers behind it are not whole counts." in str(told(found))
    assert str(told(found, approximate="counts are inferred")).endswith("counts are inferred.")
    assert "Approximate" not in str(told(funnelled(areas())))


@settings(max_examples=12)
@given(st.integers(0, 200), st.integers(5_000, 100_000), st.sampled_from(["none", "auto"]))
def test_a_side_is_named_just_where_the_figure_lies_beyond_its_limits(entrants, people, how):
    frame = areas(12)
    frame.loc[0, ["entrants", "people"]] = entrants, people
    found = funnelled(frame, overdispersion=how)
    row, text = found.iloc[0], str(told(found))
    assert (": above" in text) == (row["value"] > row["limit_95_upper"])
    assert (": below" in text) == (row["value"] < row["limit_95_lower"])
    assert (": within" in text) == ("above" not in text and "below" not in text)


def test_a_benchmark_leaves_the_area_out_and_names_who_is_missing():
    frame = areas(6).astype({"entrants": float})
    frame.loc[3, "entrants"] = math.nan
    frame.loc[0, ["entrants", "people"]] = 5, 50_000
    row = compare_with(
        frame, "Area 0", ["Area 1", "Area 2", "Area 3"], numerator="entrants", denominator="people",
        area_column="area_name",
    ).iloc[0]  # fmt: skip
    words = {"subject": "the rate", "area": "Area 0", "benchmark": "its neighbours together"}
    text = str(benchmark_sentence(row, **words))
    assert "was lower than that of its neighbours together" in text
    assert "The benchmark is 2 areas and leaves Area 0 out. Area 3 is not in it" in text
    assert "Barnet is not in it" in str(
        benchmark_sentence(row, **words, names={"Area 3": "Barnet"})
    )
    assert lint_words(text, strict=True) == []
    alone = compare_with(
        frame, "Area 0", ["Area 3"], numerator="entrants", denominator="people",
        area_column="area_name",
    ).iloc[0]  # fmt: skip
    assert benchmark_sentence(alone, **words).kind == "note"


def ranked(frame, **extra):
    return rank_uncertainty(
        frame, "area_name", numerator="entrants", denominator="people", draws=500, **extra
    )


def test_a_rank_is_given_with_its_interval_and_its_quarters():
    ranks = ranked(areas(spread=0.5))
    text = str(rank_sentence(ranks, "Area 0", measure="rate"))
    assert re.search(r"Area 0 could stand anywhere from \d+\w\w to \d+\w\w of 40 authorities", text)
    assert "among the highest quarter is" in text and "among the lowest" in text
    # The middle of the ranks is never written.
    assert len(re.findall(r"\d+(?:st|nd|rd|th)\b", text)) == 3
    assert lint_words(text, strict=True) == []


def test_areas_that_differ_by_chance_alone_have_no_order():
    frame = areas().assign(people=20_000, entrants=28)
    text = str(rank_sentence(ranked(frame), "Area 0", measure="rate"))
    assert "every rank is as likely as any other" in text
    assert re.search(r"from (1st|2nd) to (39|40)th of 40", text)


def test_no_rank_without_counts_and_none_alone():
    frame = areas(3).astype({"entrants": float})
    frame.loc[0, "entrants"] = math.nan
    said = rank_sentence(ranked(frame, prior="jeffreys"), "Area 0", measure="rate")
    assert said.kind == "note" and "its counts are missing" in str(said)
    alone = rank_sentence(ranked(areas(1)), "Area 0", measure="rate")
    assert "there is no other with counts" in str(alone)


def test_fewer_than_four_areas_have_no_quarters():
    text = str(rank_sentence(ranked(areas(3, spread=0.3)), "Area 0", measure="rate"))
    assert "of 3 authorities (95% interval, 1st the highest)." in text and "quarter" not in text


def test_a_rank_that_is_nearly_sure_still_has_its_interval():
    frame = areas(8).assign(people=30_000)
    frame.loc[0, "entrants"] = 3000
    text = str(rank_sentence(ranked(frame), "Area 0", measure="rate"))
    assert "most likely stands 1st (from 1st to 1st) of 8 authorities (95% interval" in text
    assert "over 99%" in text


def standardised(method, events=(30, 25, 25, 15)):
    frame = pd.DataFrame({"age": [1, 2, 3, 4], "events": events, "people": [1000, 1000, 1100, 900]})
    standard = pd.DataFrame(
        {"age": [1, 2, 3, 4], "events": [300, 200, 400, 200], "people": [9000] * 4}
    )
    return standardise(
        frame, "age", numerator="events", denominator="people", standard=standard, method=method,
        per=1000,
    ).iloc[0]  # fmt: skip


def standard_words(row, **extra):
    words = {"subject": "the rate in P", "standard": "England", "over": "age"}
    return standardised_sentence(row, **(words | extra))


def test_a_directly_standardised_rate_is_not_compared_with_its_own_crude_rate():
    row = standardised("direct")
    text = str(standard_words(row, unit="per 1,000", benchmark=23.8))
    assert text.startswith("With the age of England, the rate in P would be")
    assert "no evidence of a difference from that of England itself (23.8)" in text
    assert "no claim is made on how the two differ" in text
    assert "lower than that of England" in str(standard_words(row, benchmark=60.0))
    assert lint_words(text, strict=True) == []


def test_an_indirect_ratio_stands_to_1_as_its_interval_and_its_test_allow():
    text = str(standard_words(standardised("indirect"), subject="the number in P"))
    assert "ratio 0.8" in text or "ratio 0.7" in text
    assert "95% confidence interval" in text
    low = str(standard_words(standardised("indirect", (3, 2, 3, 3))))
    assert "lower than expected" in low
    row = standardised("indirect").copy()
    row["value"], row["lower"], row["upper"], row["p_value"] = 0.7, 0.5, 0.99, 0.06
    assert "no evidence of a difference" in str(standard_words(row))


def test_what_is_not_calculated_says_why():
    said = standard_words(standardised("direct", (1, 1, 1, 1)))
    assert said.kind == "note"
    assert "is not given (fewer than 10 events)" in str(said)


def test_the_published_fall_divides_into_parts_that_go_both_ways():
    said = divided(changed())
    assert "The fall of 4.1 percentage points (95% confidence interval 3." in str(said)
    assert "who is in the cohort, a rise of 1.5 (1.2 to 1.8)" in str(said)
    assert "rates within groups, a fall of 5.6 (4.9 to 6." in str(said)
    assert "names no cause" in str(said)
    assert lint_words(str(said), strict=True) == []


def test_parts_that_go_the_same_way_are_shares_of_the_change():
    text = str(divided(changed(children=[*CHILDREN[:5], 12_000, 4086, 3461, 1585, 1700])))
    assert text.startswith("Of the fall of") and "is who is in the cohort and" in text


def test_where_nothing_changed_clearly_that_comes_first():
    same = (
        [round(part / 100) for part in CHILDREN[:5]],
        [round(part / 100) for part in REOFFENDED[:5]],
    )
    text = str(divided(changed(same[1] * 2, same[0] * 2)))
    assert text.startswith("No clear change in the reoffending rate between 2010")
    assert text.count("no clear change,") == 2
    assert not re.search(r"\ba (rise|fall)\b", text)


def test_a_missing_stratum_gives_no_division_and_wrong_parts_are_refused():
    frame = changed(reoffended=[math.nan, *REOFFENDED[1:]])
    assert divided(frame).kind == "note"
    empty = changed([0, *REOFFENDED[1:]], [0, *CHILDREN[1:]])
    assert "a group has nobody to count on one side" in str(divided(empty))
    parts = changed()
    with pytest.raises(InputProblem, match="add up to"):
        divided(parts.drop(index=0))
    with pytest.raises(InputProblem, match="2 totals"):
        divided(pd.concat([parts, parts]))
    with pytest.raises(InputProblem, match="no column 'kind'"):
        divided(areas())


def test_small_groups_are_said_to_make_it_approximate():
    few = changed([3, *REOFFENDED[1:]])
    assert "Approximate: in some groups fewer than 10 children" in str(divided(few))
