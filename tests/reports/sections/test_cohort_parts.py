"""The spans that the national change is divided over: one measure, and a change of source told."""

import numpy as np
import pandas as pd
import pytest

from youthjustice.reports.sections import cohort_parts_figures as figures
from youthjustice.reports.sections.cohort_parts import cohort_parts


@pytest.fixture(scope="module")
def cohorts():
    return figures.cohorts()


def test_the_spans_run_from_the_first_year_and_the_peak_and_stay_within_each_source(cohorts):
    spans = figures.spans_of(cohorts)
    years = [(row.first.year, row.last.year, row.one_source) for row in spans.itertuples()]
    assert years == [
        (2010, 2020, False), (2014, 2020, False), (2010, 2015, True), (2017, 2020, True),
    ]  # fmt: skip


def test_the_year_of_both_sources_ends_no_span(cohorts):
    sources = cohorts.whole["data_source"]
    assert sources[pd.Timestamp("2016-03-31")] == "both"
    for row in figures.spans_of(cohorts).itertuples():
        assert "both" not in (sources[row.first], sources[row.last])


def test_the_parts_add_up_exactly_and_as_printed(cohorts):
    for row in figures.spans_of(cohorts).itertuples():
        value = figures.parts_of(cohorts, row.first, row.last)["value"]
        assert value.iloc[0] + value.iloc[1] == pytest.approx(value.iloc[2], abs=1e-12)
        printed = np.round(value, 2)
        assert printed.iloc[0] + printed.iloc[1] == pytest.approx(printed.iloc[2], abs=1e-9)


def test_groups_that_do_not_make_the_printed_rate_are_refused(cohorts):
    fewer = cohorts._replace(groups=cohorts.groups[cohorts.groups["previous_offences"] != "0"])
    with pytest.raises(ValueError, match="printed rate of March 2010"):
        figures.parts_of(fewer, pd.Timestamp("2010-03-31"), pd.Timestamp("2020-03-31"))


def test_words_and_charts_give_the_parts_and_name_no_cause():
    text = " ".join(str(item) for item in cohort_parts() if hasattr(item, "text"))
    # One source of data each: no sentence crosses October 2015.
    assert "from 38.3% in the year ending March 2010 to 42.6%" in text
    assert "from 40.9% in the year ending March 2017 to 34.2%" in text
    assert "to 34.2% in the year ending March 2020 has these" not in text.split("40.9%")[0]
    assert text.count("names no cause") == 2
    assert "1 to 2, 3 to 6, 7 to 10 and 11 or more" in text
    assert set(figures.cohorts().groups["previous_offences"]) == {"0", "1-2", "3-6", "7-10", "11+"}
