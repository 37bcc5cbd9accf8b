from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.published import label, period, periods

MARCH_2013 = (date(2012, 4, 1), date(2013, 3, 31))


@pytest.mark.parametrize(
    "text",
    ["Apr 2012-Mar 2013", "Apr 2012 - Mar 2013", "April 2012 to March 2013",
     "Apr 2012\u2013Mar 2013",
     "2012/13", "2012-13", "2012/2013", "2012\u201313", "FY 2012/13", "financial year 2012-13",
     "year ending March 2013", "Year ending 31 March 2013", "year ending 31st March 2013",
     "Year ended Mar 2013", "YE March 2013", "YE Mar. 2013", "y/e March 2013",
     "12 months to March 2013",
     "12 months ending March 2013", "Apr 2012-Mar 2013(1)", "Apr 2012-Mar 2013 (1)(2)",
     "2012/13 [note 12]", "2012-13 (OT)", "2012-13 (OT)(1)", "2012-13 [p]", "2012/13*",
     " year  ending\u00a0March 2013 ", "YEAR ENDING MARCH 2013", "year-ending March 2013",
     "1 April 2012 to 31 March 2013", "01/04/2012 - 31/03/2013", "2012-04-01 to 2013-03-31",
     "FY2012/13", "FYE 2013", "FYE March 2013", "financial year ending 2013",
     "Financial year ending March 2013", "12 months to end March 2013", "2012/13p", "2012/13 r",
     "2012/13 (provisional)", "2012/13 [provisional]", "2012/13 provisional", "Apr 12 - Mar 13",
     "Apr12-Mar13", "YE Mar-13", "YE Mar 13"],
)  # fmt: skip
def test_styles_of_one_financial_year(text):
    assert period(text) == MARCH_2013


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("Apr - Jun 2019", "2019-04-01", "2019-06-30"),
     ("Oct 2019 to Mar 2020", "2019-10-01", "2020-03-31"),
     ("year ending December 2023", "2023-01-01", "2023-12-31"),
     ("year ending February 2024", "2023-03-01", "2024-02-29"), ("2016-17 (OT)", "2016-04-01",
     "2017-03-31"),
     ("1999-00", "1999-04-01", "2000-03-31"), ("1999-2000", "1999-04-01", "2000-03-31"),
     ("June 2021", "2021-06-01", "2021-06-30"), ("Sept 2021", "2021-09-01", "2021-09-30"),
     ("Apr 2014-Mar 2017", "2014-04-01", "2017-03-31"),
     ("January to March 2020", "2020-01-01", "2020-03-31"), ("Jul-Sep 2015", "2015-07-01",
     "2015-09-30"), ("2015 Jul-Sep", "2015-07-01", "2015-09-30"),
     ("Q1 2019/20", "2019-04-01", "2019-06-30"), ("2019-20 Q4", "2020-01-01", "2020-03-31"),
     ("Quarter 3 2019/20", "2019-10-01", "2019-12-31"),
     ("Q2 (Jul-Sep) 2019/20", "2019-07-01", "2019-09-30"),
     ("Q1 (Apr - Jun) 2019", "2019-04-01", "2019-06-30"),
     ("Mid-2021", "2021-06-30", "2021-06-30"), ("mid 2021", "2021-06-30", "2021-06-30"),
     ("12 months ending Mar 2020", "2019-04-01", "2020-03-31"),
     ("31 March 2014", "2014-03-31", "2014-03-31"), ("31/03/2014", "2014-03-31", "2014-03-31"),
     ("2014-03-31 00:00:00", "2014-03-31", "2014-03-31"),
     ("as at 31 March 2014", "2014-03-31", "2014-03-31"),
     (datetime(2014, 3, 31), "2014-03-31", "2014-03-31"),
     (pd.Timestamp("2014-03-31"), "2014-03-31", "2014-03-31"),
     ("Mar-2021", "2021-03-01", "2021-03-31"), ("calendar year 2020", "2020-01-01", "2020-12-31"),
     ("CY 2020", "2020-01-01", "2020-12-31")],
)  # fmt: skip
def test_other_periods(text, start, end):
    assert period(text) == (date.fromisoformat(start), date.fromisoformat(end))


def test_a_bare_year_needs_a_basis():
    for bare in ("2021", 2021, 2021.0, np.int64(2021), "2021.0", "2021 (1)"):
        with pytest.raises(InputProblem, match='say which with basis="march" or basis="december"'):
            period(bare)
        assert period(bare, "march") == (date(2020, 4, 1), date(2021, 3, 31))
        assert period(bare, "december") == (date(2021, 1, 1), date(2021, 12, 31))
    with pytest.raises(InputProblem, match="'june' is no basis for years"):
        period("2021", "june")


@pytest.mark.parametrize(
    "text",
    ["Year ending March 2010 to March 2020", "YE March 2010 - March 2020", "% change 2010 to 2020",
     "Change from 2019-20", "Year ending March 2010 to year ending March 2020", "10-year change",
     "2019/20 compared with 2018/19", "Increase since 2010"],
)  # fmt: skip
def test_a_change_column_is_refused_with_the_reason(text):
    with pytest.raises(InputProblem, match="is the change from one period to another"):
        period(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [("2013-15", "is not one financial year"), ("2013/13", "is not one financial year"),
     ("1999-1900", "is not one financial year"), ("Mar 2013-Apr 2012", "ends before it begins"),
     ("31 Feb 2019 to 1 Mar 2019", "a day that is not in the calendar"),
     ("year ending 30 March 2021", "does not end on the last day"), ("", "is not a period"),
     ("All", "is not a period"), (None, "is not a period"), (float("nan"), "is not a period"),
     (True, "is not a period"), ("3000", "is not a period"), ("Total", "is not a period"),
     ("x" * 10_000, "x…' is not a period"), ("<script>\n", "'&lt;script>\\n' is not"),
     ([], "not a period")],
)  # fmt: skip
def test_what_is_no_period_says_why(text, message):
    with pytest.raises(InputProblem) as caught:
        period(text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("text", "reason"),
    [("2010/11 to 2012/13", "several years together or the change"),
     ("2018/19 - 20/21", "several years together or the change"),
     ("Q1 2019", "of a calendar year or of a financial one"),
     ("2019 Q1", "of a calendar year or of a financial one"),
     ("Q1 (Jul-Sep) 2019/20", "months that are not its months"),
     ("FY21", "that begins or that ends then"), ("FY 2021", "that begins or that ends then"),
     ("academic year 2019/20", "a school year, not a financial one"),
     ("Mar-21", "may be a day: write all four"), ("Apr 12", "may be a day: write all four"),
     ("Apr - Jun 19", "may be a day: write all four"),
     ("03/04/2014", "may change places"), (41729, "shows as the day 2014-03-31"),
     ("41729", "shows as the day 2014-03-31"),
     (datetime(2014, 4, 1), "spreadsheets also make of a month such as Apr-14"),
     (datetime(2014, 4, 2, 9, 30), "is a moment"), (pd.NaT, "is not a period"),
     ("31/13/2014", "is not a period"), ("2014-13-01", "is not a period")],
)  # fmt: skip
def test_what_may_mean_two_periods_is_refused_with_the_reason(text, reason):
    with pytest.raises(InputProblem, match=reason):
        period(text)


def test_a_quarter_goes_by_calendar_years_where_years_do():
    assert period("Q1 2019", "december") == (date(2019, 1, 1), date(2019, 3, 31))
    assert period("2019 Q4", "december") == (date(2019, 10, 1), date(2019, 12, 31))
    assert period("Q1 2019/20", "december") == (date(2019, 4, 1), date(2019, 6, 30))
    with pytest.raises(InputProblem, match="write its months"):
        period("Q1 2019", "march")


@given(st.text(alphabet="qQ1234 /-0129()aprilmjunyectdvsb", max_size=24))
def test_no_text_of_their_letters_raises_another_error(text):
    for basis in (None, "december"):
        try:
            start, end = period(text, basis)
        except InputProblem as problem:
            assert len(str(problem)) < 300
        else:
            assert start <= end


@given(st.text(max_size=40))
def test_no_text_raises_another_error(text):
    try:
        start, end = period(text)
    except InputProblem as problem:
        assert str(problem).isprintable()
    else:
        assert start <= end


months = st.tuples(st.integers(1950, 2090), st.integers(1, 12))


@given(months, st.integers(1, 60))
def test_whole_months_go_into_words_and_back(first, count):
    start = date(*first, 1)
    last = first[0] * 12 + first[1] - 1 + count
    end = date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
    assert period(label(start, end)) == (start, end)


days = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@given(days, st.integers(0, 2000))
def test_any_days_go_into_words_and_back(start, length):
    end = start + timedelta(days=length)
    assert period(label(start, end)) == (start, end)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [("2020-04-01", "2021-03-31", "year ending March 2021"), ("2023-01-01", "2023-12-31",
     "year ending December 2023"),
     ("2019-04-01", "2019-06-30", "April to June 2019"), ("2019-10-01", "2020-03-31",
     "October 2019 to March 2020"),
     ("2019-04-01", "2019-04-30", "April 2019"), ("2019-05-03", "2019-06-07",
     "3 May to 7 June 2019"),
     ("2019-05-03", "2019-05-03", "3 May 2019"), ("2014-04-01", "2017-03-31",
     "April 2014 to March 2017")],
)  # fmt: skip
def test_labels(start, end, words):
    assert label(date.fromisoformat(start), date.fromisoformat(end)) == words
    assert label(pd.Timestamp(start), pd.Timestamp(end)) == words


def test_a_label_needs_both_days_in_order():
    with pytest.raises(InputProblem, match="ends before it begins"):
        label(date(2021, 1, 1), date(2020, 1, 1))
    with pytest.raises(InputProblem, match="has no label"):
        label(pd.NaT, date(2020, 1, 1))


def test_a_column_of_periods():
    column = pd.Series(["2012/13", None, "Apr - Jun 2019", "2012/13"], index=list("abcd"))
    made = periods(column)
    assert made.index.tolist() == list("abcd")
    assert [str(t) for t in made.dtypes] == ["datetime64[us]"] * 2
    assert made["period_end"].dt.strftime("%Y-%m-%d").fillna("").tolist() == [
        "2013-03-31", "", "2019-06-30", "2013-03-31",
    ]  # fmt: skip
    assert periods(pd.Series([2021, 2022]), basis="march")["period_end"].dt.year.tolist() == [
        2021,
        2022,
    ]
    assert periods(pd.Series([], dtype="object")).empty


def test_a_bad_label_in_a_column_is_named_by_its_row():
    with pytest.raises(InputProblem, match=r"^row 7: '2021' is a bare year"):
        periods(pd.Series(["2012/13", "2021"], index=[3, 7]))
