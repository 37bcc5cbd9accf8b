import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from tests.measures.properties import few, many
from youthjustice.errors import InputProblem
from youthjustice.measures import pool_years, relative_rate_index

NAMES = {"numerator": "custody", "denominator": "sentenced"}
KEYS = {"by": ["area", "ethnic_group"], **NAMES}


def frame(areas=("A", "B"), years=5, seed=1):
    chance = np.random.default_rng(seed)
    ends = pd.date_range("2021-03-31", periods=years, freq="YE-MAR")
    table = pd.MultiIndex.from_product(
        [areas, ["Black", "White"], ends], names=["area", "ethnic_group", "period_end"]
    ).to_frame(index=False)
    table.insert(2, "period_start", table["period_end"] + pd.DateOffset(days=1, years=-1))
    table["sentenced"] = chance.integers(50, 500, len(table))
    table["custody"] = chance.binomial(table["sentenced"], 0.1)
    return table


def test_pooled_custody_ratios_as_third_parties_print_them(pathway_ratios):
    rows = pathway_ratios[pathway_ratios["stage"] == "custodial_sentence"]
    lengths = pd.to_datetime(rows["period_end"]) - pd.to_datetime(rows["period_start"])
    single, together = rows[lengths.dt.days < 400], rows[lengths.dt.days > 400]
    pooled = pool_years(
        single, numerator="numerator", denominator="denominator", by="ethnic_group", unit="children"
    )
    both = pooled.merge(together, on="ethnic_group", suffixes=("", "_printed"))
    assert len(both) == 5
    assert (both["numerator"] == both["numerator_printed"]).all()
    assert (both["denominator"] == both["denominator_printed"]).all()
    index = relative_rate_index(
        pooled, numerator="numerator", denominator="denominator", basis="stage", by="period_end"
    ).set_index("ethnic_group")
    printed = together.set_index("ethnic_group")["value"]
    for group in ("Asian", "Black", "Mixed", "Other"):
        assert index.loc[group, "value"] == pytest.approx(printed[group], rel=1e-12)
    assert pooled.attrs["note"] == "3 years together, ending 31 March 2025; children"
    assert index.attrs["years_pooled"] == 3


@few(4, st.integers(1, 6), st.integers(1, 8), st.booleans(), st.integers(0, 99))
def test_sums_are_those_of_groupby(span, years, rolling, seed):
    table = frame(years=years, seed=seed).sample(frac=1, random_state=seed)
    if span > years:
        with pytest.raises(InputProblem, match="are to be taken together"):
            pool_years(table, **KEYS, years=span, rolling=rolling)
        return
    found = pool_years(table, **KEYS, years=span, rolling=rolling)
    assert len(found) == 4 * (years - span + 1 if rolling else 1)
    assert not found["flags"].any()
    for row in found.itertuples():
        part = table[
            (table["area"] == row.area)
            & (table["ethnic_group"] == row.ethnic_group)
            & (table["period_end"] <= row.period_end)
            & (table["period_start"] >= row.period_start)
        ]
        assert len(part) == span == row.years_pooled
        assert row.custody == part["custody"].sum()
        assert row.sentenced == part["sentenced"].sum()


def test_a_gap_or_a_missing_count_is_not_bridged():
    table = frame()
    absent = (table["area"] == "A") & (table["ethnic_group"] == "Black")
    absent &= table["period_end"] == "2024-03-31"
    table = table[~absent].copy()
    hole = (table["area"] == "B") & (table["period_end"] == "2023-03-31")
    table.loc[hole & (table["ethnic_group"] == "White"), "custody"] = np.nan
    found = pool_years(table, **KEYS).set_index(["area", "ethnic_group"])
    assert found.loc[("A", "Black"), ["custody", "sentenced"]].isna().all()
    assert found.loc[("A", "Black"), "flags"] == "gap"
    assert found.loc[("B", "White"), "flags"] == "missing"
    assert found.loc[("B", "White"), "years_pooled"] == 0
    assert found.loc[("A", "White"), "flags"] == ""
    assert (
        found["note"].tolist()[0] == "no sum of the 3 years ending 31 March 2025: a year is missing"
    )
    open_ = pool_years(table, **KEYS, allow_gaps=True).set_index(["area", "ethnic_group"])
    assert open_.loc[("A", "Black"), "years_pooled"] == 2
    assert open_.loc[("A", "Black"), "flags"] == "gap"
    assert open_.loc[("A", "Black"), "note"] == (
        "2 of the 3 years ending 31 March 2025, the others missing; person-years"
    )
    part = table[(table["area"] == "A") & (table["ethnic_group"] == "Black")].tail(2)
    assert open_.loc[("A", "Black"), "custody"] == part["custody"].sum()


def test_a_series_that_ends_early_is_a_gap_not_another_window():
    table = frame()
    table = table[(table["area"] == "A") | (table["period_end"] < "2025-01-01")]
    found = pool_years(table, **KEYS)
    assert found.loc[found["area"] == "B", "flags"].tolist() == ["gap", "gap"]
    assert len(set(found["period_end"])) == 1


def test_leap_years_text_dates_and_other_year_ends():
    ends = ["2023-02-28", "2024-02-29", "2025-02-28"]
    table = pd.DataFrame({"period_end": ends, "custody": [1, 2, 3], "sentenced": [10, 20, 30]})
    found = pool_years(table, **NAMES).iloc[0]
    assert (found["custody"], found["sentenced"]) == (6, 60)
    rolling = pool_years(table, **NAMES, years=2, rolling=True)
    assert rolling["period_end"].dt.strftime("%Y-%m-%d").tolist() == ends[1:]
    table["period_end"] = [datetime.date(y, 6, 15) for y in (2023, 2024, 2025)]
    assert pool_years(table, **NAMES)["note"].iloc[0].startswith("3 years together, ending 15 June")
    assert "period_start" not in found.index


def test_source_and_notes_travel():
    table = frame()
    table.attrs["source"] = "Youth justice statistics"
    found = pool_years(table, **KEYS, years=1)
    assert found.attrs["source"] == "Youth justice statistics"
    assert found["note"].iloc[0] == "1 year together, ending 31 March 2025; person-years"


def test_the_note_is_in_english_whatever_the_machine_speaks(monkeypatch):
    monkeypatch.setattr("time.strftime", lambda *_: "31 März 2025")
    found = pool_years(frame(), **KEYS, years=1)
    assert found["note"].iloc[0] == "1 year together, ending 31 March 2025; person-years"


@pytest.mark.parametrize(
    ("change", "options", "sentence"),
    [
        ({}, {"by": "area"}, "stands twice; name in by"),
        ({}, {"by": "town"}, "no column 'town'"),
        ({}, {"numerator": "prison"}, "no column 'prison'"),
        ({}, {"denominator": "custody"}, "'custody' is used twice"),
        ({}, {"years": 0}, "years is 0"),
        ({}, {"years": 2.5}, "years is 2.5"),
        ({"period_end": 2025}, {"by": "row"}, "a bare year has no end"),
        ({"period_end": "March"}, {"by": "row"}, "period_end is 'March' in row 0"),
        ({"custody": -1}, {}, "custody is -1 in row 0"),
        ({"custody": "few"}, {}, "custody is 'few' in row 0"),
        ({"period_start": "2015-01-01"}, {}, "days long; give periods of a year"),
        ({"flags": ""}, {"by": ["area", "ethnic_group", "flags"]}, "'flags' is also one"),
    ],
)
def test_what_cannot_be_pooled_is_refused(change, options, sentence):
    table = frame().assign(**change)
    table["row"] = np.arange(len(table))
    with pytest.raises(InputProblem, match=sentence):
        pool_years(table, **{**KEYS, **options})


def test_quarters_and_an_empty_frame_are_refused():
    table = frame().drop(columns="period_start")
    table.loc[0, "period_end"] = pd.Timestamp("2021-06-30")
    with pytest.raises(InputProblem, match="another day of the year"):
        pool_years(table, **KEYS)
    with pytest.raises(InputProblem, match="has no rows"):
        pool_years(frame().head(0), **KEYS)
    with pytest.raises(InputProblem, match="frame is a dict"):
        pool_years({}, **KEYS)


@pytest.mark.parametrize(
    ("change", "options", "sentence"),
    [
        ({"period_end": 0}, {}, "period_end is 0 in row 1; give a date"),
        ({"area": [1]}, {}, "'area' holds values that cannot be labels"),
        ({}, {"by": 3}, "no column 3"),
        ({}, {"by": [pd.NA]}, "A NAType names no column"),
        ({}, {"period": ["period_end"]}, "A list names no column"),
        ({}, {"rolling": "no"}, "rolling is a str"),
        ({}, {"allow_gaps": pd.NA}, "allow_gaps is a NAType"),
    ],
)
def test_more_that_cannot_be_pooled_is_refused(change, options, sentence):
    table = frame().astype({"area": object, "period_end": str, "period_start": str})
    table["period_end"] = table["period_end"].astype(object)
    for name, value in change.items():
        table[name] = [value if at == 1 else old for at, old in enumerate(table[name])]
    with pytest.raises(InputProblem, match=sentence):
        pool_years(table, **{**KEYS, **options})


@pytest.mark.prove
@pytest.mark.parametrize(
    "test",
    [
        test_sums_are_those_of_groupby,
    ],
)
def test_the_same_properties_at_length(test):
    many(test)
