"""Every way of writing a day gives that day, and no other text gives any."""

import datetime as dt

import numpy as np
import openpyxl.utils.datetime as spreadsheet
import pytest
from dateutil import parser
from hypothesis import given
from hypothesis import strategies as st

from youthjustice.records.written_dates import NOT_A_DATE, OUTSIDE, TWO_DIGITS, read_dates

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))
WAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %b %Y",
        "%d-%B-%Y", "%d%b%Y", "%dth %B, %Y", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M",
        "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT00:00:00Z", "%Y-%m-%d 00:00:00+00",
        "%d/%m/%Y %I:%M %p", " %d/%m/%Y  "]  # fmt: skip
SHORT = ["%d/%m/%y", "%d-%b-%y", "%d %B %y", "%d.%m.%y", "%d/%m/%y 09:30"]


def read(*cells):
    days, reasons = read_dates(np.array([*cells, None], dtype=object)[:-1])
    return days.astype("datetime64[D]").tolist(), reasons.tolist()


@given(st.lists(DAYS, max_size=8))
def test_a_day_comes_back_however_it_was_written(days):
    moments = [dt.datetime.combine(day, dt.time(23, 59)) for day in days]
    for way in WAYS:
        assert read(*(moment.strftime(way) for moment in moments)) == (days, [None] * len(days))
    assert read(*moments)[0] == read(*days)[0] == days
    serials = [day for day in days if day.year > 1927]
    numbers = [float(spreadsheet.to_excel(day)) for day in serials]
    assert read(*numbers)[0] == read(*(f"{number:.0f}" for number in numbers))[0] == serials


@given(DAYS)
def test_a_year_of_two_digits_is_never_guessed(day):
    for way in SHORT:
        assert read(day.strftime(way)) == ([None], [TWO_DIGITS])


@given(st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}", fullmatch=True))
def test_the_day_comes_before_the_month_as_in_another_reader(text):
    (day,), (reason,) = read(text)
    try:
        parts = [int(part) for part in text.replace("/", "-").replace(".", "-").split("-")]
        # dateutil turns day and month round where the second is no month; that is what we refuse.
        other = (
            parser.parse("/".join(map(str, parts)), dayfirst=True).date() if parts[1] < 13 else None
        )
    except (ValueError, OverflowError):
        other = None
    if other is None or parts[2] < 1000:
        assert day is None
    elif not 1950 <= other.year <= 2099:
        assert (day, reason) == (None, OUTSIDE)
    else:
        assert day == other


@given(st.one_of(st.text(max_size=20), st.floats(), st.booleans(), st.integers()))
def test_anything_else_is_a_day_or_a_reason(cell):
    (day,), (reason,) = read(cell)
    assert day is None or dt.date(1950, 1, 1) <= day <= dt.date(2099, 12, 31)
    assert reason in (None, NOT_A_DATE, OUTSIDE, TWO_DIGITS)
    assert not (day and reason)


NONE = ["13/31/2023", "31/02/2024", "29/02/2023", "00/01/2020", "2023", "Feb 2023", "2023-31-12", "45",
        "1 Smarch 2020", "2022-05-31T23:00:00Z", "2022-05-31 23:00+01:00"]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_day_is_refused(text):
    assert read(text) == ([None], [NOT_A_DATE])


@pytest.mark.parametrize("text", ["", " ", "-", "NULL", "n/a", "NaT", "none", None, float("nan")])
def test_an_empty_cell_is_neither(text):
    assert read(text) == ([None], [None])
