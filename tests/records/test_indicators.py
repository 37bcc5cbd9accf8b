"""Indicators are counted under one definition, and what is not known of it is said."""

import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.records import indicator_counts, indicator_definitions

ROWS = pd.DataFrame(
    {
        "disposal": ["referral order", "referral order", "youth caution", "youth caution"],
        "at": ["start", "end", "start", "end"],
        "counted": [True, True, True, False],
        "met": [False, True, True, False],
    }
)


def test_there_are_ten_in_each_version_and_each_cites_its_source():
    known = indicator_definitions()
    assert (
        known.groupby("definition_version")["number"].apply(sorted).tolist()
        == [[*range(1, 11)]] * 2
    )
    assert known["citation"].str.startswith("Youth Justice Board").all()
    assert (known.loc[known["numerator"] == "", "verified"] == "no").all()


def test_counts_add_up_whatever_they_are_counted_by():
    for by in ((), "disposal", "at", ["disposal", "at"]):
        made = indicator_counts(ROWS, 1, "current", by)
        assert made[["numerator", "denominator"]].sum().tolist() == [2, 3]
        assert set(made["definition_version"]) == {"current"}
    none = indicator_counts(ROWS, 10, "2023-04", ["disposal", "at"]).iloc[2]
    assert none["denominator"] == 0
    assert pd.isna(none["value"])
    assert none["verified"] == "no"


def test_the_interval_is_wilsons_as_statsmodels_has_it():
    from statsmodels.stats.proportion import proportion_confint

    made = indicator_counts(ROWS, 2, "2023-04").iloc[0]
    low, high = proportion_confint(2, 3, method="wilson")
    assert (made["lower"], made["upper"]) == pytest.approx((low, high), abs=1e-12)


WRONG = [
    ({"number": 11}, "there is no indicator '11'"),
    ({"number": True}, "there is no indicator 'True'"),
    ({"definition_version": "2023"}, "definition_version is '2023'; did you mean 2023-04"),
    ({"by": "sex"}, "the table has no column 'sex'"),
    ({"met": "at"}, "the column 'at' is not of true and false"),
    ({"counted": "met", "met": "counted"}, "1 rows are 'counted' and not 'met'"),
    ({"rows": ROWS.assign(definition_version=["current"] * 3 + ["2023-04"])}, "never put together"),
    ({"rows": ROWS.assign(met=[None, True, True, False])}, "is not of true and false in every row"),
]


@pytest.mark.parametrize("trial", range(len(WRONG)))
def test_what_cannot_be_counted_is_told(trial):
    changes, told = WRONG[trial]
    usual = {"rows": ROWS, "number": 1, "definition_version": "current"}
    with pytest.raises(InputProblem) as problem:
        indicator_counts(**{**usual, **changes})
    assert told in str(problem.value)
