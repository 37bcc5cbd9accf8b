"""From which day on a cohort is final."""

from datetime import date

import pytest

from youthjustice.records.cohort.completeness import final_from
from youthjustice.records.cohort.parameters import Parameters


def asked(start, end, lag=1):
    return Parameters(
        start=start,
        end=end,
        extract=date(2024, 1, 1),
        same_day="exclude",
        followup=12,
        waiting=6,
        lag=lag,
        age_min=10,
        age_max=17,
        breach_codes=(),
        qualifying=("conviction",),
    )


QUARTER = (date(2022, 1, 1), date(2022, 3, 31))
THREE_YEARS = (date(2020, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("period", "last_start", "lag", "final"),
    [
        (QUARTER, date(2022, 3, 31), 1, date(2023, 10, 31)),
        (QUARTER, date(2022, 3, 31), 0, date(2023, 9, 30)),
        (QUARTER, None, 1, date(2023, 10, 31)),
        # Nobody entered for long, but somebody still may.
        (THREE_YEARS, date(2020, 2, 1), 1, date(2022, 12, 31)),
    ],
)
def test_a_cohort_is_final(period, last_start, lag, final):
    assert final_from(last_start, asked(*period, lag)) == final
