"""A tracked cohort from records: its curve, what came before it, and what it does not know yet."""

from datetime import date

import pandas as pd
import pytest

from tests.records.stories import Child, tables
from youthjustice.errors import InputProblem
from youthjustice.records import proven_reoffending, track_cohort
from youthjustice.records.tracker.periods import periods_before

QUARTER = ("2022-01-01", "2022-03-31")


def track(*told, extract="2022-09-30", **options):
    words = {"cohort": QUARTER, "extract_date": extract, "earlier": 0, "recording_lag_months": 0}
    return track_cohort(*tables(*told), **(words | options))


STORIES = (
    Child("proven in month 3").cautioned("2022-01-10").convicted("2022-02-01", "2022-04-01"),
    Child("offended, not proven yet").cautioned("2022-01-10").convicted("2022-02-01", "2022-12-01"),
    Child("nothing more").cautioned("2022-02-10"),
    Child("proven of what was before")
    .cautioned("2022-02-10")
    .convicted("2022-01-01", "2022-05-01"),
    Child("enters late").cautioned("2022-03-20"),
    Child("becomes 18 in May", born="2004-05-05").cautioned("2022-03-20"),
)


def test_a_child_is_known_from_the_day_of_the_proof():
    found = track(*STORIES)
    assert (found.children, found.known, found.turned_18) == (6, 1, 1)
    rows = found.curve.set_index("time")
    assert rows["at_risk"].tolist() == [6, 6, 6, 5, 5, 5, 3, 1]
    assert rows["events"].tolist() == [0, 0, 1, 0, 0, 0, 0, 0]
    assert rows["censored"].tolist() == [0, 0, 0, 0, 0, 2, 2, 1]
    assert rows.loc[3, "cumulative"] == pytest.approx(1 / 6)
    assert not found.forecast.made
    assert "not the published statistic of the Ministry of Justice" in found.banner
    assert "30 September 2022" in found.banner
    shown = "Tracker(1 of 6 children known to have reoffended as at 2022-09-30. "
    assert repr(found) == f"{shown}{found.banner})"


@pytest.mark.prove
def test_what_was_recorded_last_may_not_be_whole_and_is_left_out():
    assert track(*STORIES, extract="2022-12-15", recording_lag_months=1).known == 1
    assert track(*STORIES, extract="2022-12-15").known == 2
    assert track(*STORIES, extract="2022-12-15", recording_lag_months=1).as_at == date(2022, 11, 15)


@pytest.mark.prove
def test_when_all_is_over_the_curve_ends_at_the_rate_of_the_definition():
    found = track(*STORIES, extract="2024-01-01")
    summary = proven_reoffending(
        *tables(*STORIES), cohort=QUARTER, extract_date="2024-01-01"
    ).summary
    assert found.forecast.estimate == found.forecast.lower == summary.binary_rate
    assert found.forecast.method == "observed"
    assert found.curve["cumulative"].iloc[-1] == pytest.approx(summary.binary_rate)
    assert found.curve["time"].tolist() == list(range(1, 19))


@pytest.mark.prove
def test_what_the_records_say_after_the_extract_changes_nothing():
    children, offences = tables(*STORIES)
    words = {"cohort": QUARTER, "extract_date": "2022-09-30", "earlier": 0}
    one = track_cohort(children, offences, **words)
    two = track_cohort(children, offences[offences["outcome_date"] <= "2022-09-30"], **words)
    pd.testing.assert_frame_equal(one.curve, two.curve)
    assert (one.known, one.turned_18) == (two.known, two.turned_18)


def earlier_children(years):
    """Two children in each first quarter: one is proven after ten months, one never."""
    return [
        child
        for year in years
        for child in (
            Child(f"{year} a").cautioned(f"{year}-01-10", f"{year - 1}-12-20")
            .convicted(f"{year}-05-01", f"{year}-11-05"),
            Child(f"{year} b").cautioned(f"{year}-01-10", f"{year - 1}-12-20"),
        )
    ]  # fmt: skip


@pytest.mark.prove
def test_earlier_cohorts_stand_as_they_did_at_the_same_age_and_the_first_may_be_cut():
    told = earlier_children((2019, 2020, 2021))
    found = track(*told, *STORIES, earlier=12)
    rows = found.earlier[found.earlier["start"].dt.month == 1]
    assert rows["start"].dt.year.tolist() == [2020, 2021]
    assert rows["children"].tolist() == [2, 2]
    assert rows["known_then"].tolist() == [0, 0]
    assert rows["complete"].tolist() == [True, True]
    assert rows["reoffenders"].tolist() == [1, 1]
    assert pd.isna(found.earlier["reoffenders"].iloc[-1])
    whole = track(*told, *STORIES, earlier=12, records_from="2019-01-01").earlier
    assert whole["start"].min() == pd.Timestamp("2019-01-01")
    assert found.development["value"].tolist() == [0.0] * 9 + [1.0] * 9


@pytest.mark.prove
def test_a_cohort_that_is_still_entered_has_a_curve_and_no_forecast():
    found = track(*STORIES, extract="2022-03-15")
    assert found.children == 4
    assert "still entering" in found.forecast.reasons[0]


def test_periods_before_have_the_same_length():
    year = periods_before(date(2023, 4, 1), date(2024, 3, 31), 2)
    assert year == [
        (date(2021, 4, 1), date(2022, 3, 31)),
        (date(2022, 4, 1), date(2023, 3, 31)),
    ]
    assert periods_before(date(2024, 1, 15), date(2024, 1, 20), 1) == [
        (date(2024, 1, 9), date(2024, 1, 14))
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"extract_date": "2021-12-31"}, "before the cohort starts on 2022-01-01"),
        ({"earlier": -1}, "earlier is -1"),
        ({"earlier": True}, "earlier is True"),
        ({"records_from": "soon"}, "records_from is 'soon'"),
        ({"confidence": 95}, "confidence is 95"),
    ],
)
def test_what_cannot_be_tracked_is_refused(options, said):
    with pytest.raises(InputProblem, match=said):
        track(*STORIES[:1], **options)
