"""Fingertips: files made as the tool's CSV is described."""

import pytest

from tests.published.layouts.books import book, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.layouts.ohid_fingertips import LAYOUT

HEADER = [
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name",
    "Area Type", "Sex", "Age", "Category Type", "Category", "Time period", "Value",
    "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Lower CI 99.8 limit", "Upper CI 99.8 limit",
    "Count", "Denominator", "Value note", "Recent Trend",
    "Compared to England value or percentiles", "Time period Sortable", "New data",
    "Compared to goal", "Time period range",
]  # fmt: skip
ENTRANTS = ["10401", "First time entrants to the youth justice system"]
ADMISSIONS = [
    "11201", "Violent crime - hospital admissions for violence (including sexual violence)",
]  # fmt: skip
OFFENCES = ["11202", "Violent crime - violence offences per 1,000 population"]
ISLINGTON = ["E12000007", "London", "E09000019", "Islington", "Counties & UAs (from Apr 2023)"]
ENGLAND = ["", "", "E92000001", "England", "England"]
CAMBRIDGE = ["E10000003", "Cambridgeshire", "E07000008", "Cambridge", "Districts & UAs"]


def row(indicator, area, period, value, *, kind=("", ""), note="", sex="Persons", count="",
        limits=("", "")):  # fmt: skip
    age = "10-17 yrs" if indicator is ENTRANTS else "All ages"
    whole = "20000" if count else ""
    return [
        *indicator, *area, sex, age, *kind, period, value, *limits, "", "", count, whole, note,
        "Decreasing", "Similar", f"{period[:4]}0000", "", "", "1y",
    ]  # fmt: skip


ROWS = [
    row(ENTRANTS, ENGLAND, "2023", "143.4", limits=("141.2", "145.6")),
    row(ENTRANTS, ENGLAND, "2023", "143.4", limits=("141.2", "145.6")),
    row(ENTRANTS, ISLINGTON, "2023", "200.4", count="33", limits=("137.9", "281.4")),
    row(ENTRANTS, ISLINGTON, "2022", "", note="Value suppressed for disclosure control"),
    row(ENTRANTS, ISLINGTON, "2021", "", note="Value missing in source data"),
    row(ENTRANTS, ENGLAND, "2023", "250", kind=("District & UA deprivation deciles", "Most")),
    row(ADMISSIONS, ISLINGTON, "2018/19 - 20/21", "48.2", sex="Female", note="Provisional"),
    row(OFFENCES, CAMBRIDGE, "2022/23", "31.5"),
    row(["93203", "16-17 year olds not in education"], ISLINGTON, "2022", "4.1"),
]


def frame(rows=ROWS, header=HEADER):
    return LAYOUT.read(book([header, *rows]))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
@pytest.mark.prove
def test_every_kind_of_file_gives_the_figures_with_their_limits(tmp_path, kind):
    rows = read_workbook(written(tmp_path, kind, [HEADER, *ROWS]))
    assert rows.attrs["layout"] == "ohid_fingertips"
    assert rows.attrs["tried"] is False
    ours = load("first_time_entrants_area")
    one = rows[(rows["area_name"] == "Islington") & (rows["value"] == 200.4)].iloc[0]
    assert one["table"] == "first_time_entrants_area"
    for name in ("measure", "unit", "age_band"):
        assert set(ours[name]) == {one[name]}
    assert one[["area_code", "area_type", "region", "sex"]].tolist() == [
        "E09000019", "authority", "London", "All",
    ]  # fmt: skip
    assert one[["lower", "upper", "numerator", "denominator"]].tolist() == [137.9, 281.4, 33, 20000]
    assert f"{one['period_end']:%Y-%m-%d}" == "2023-12-31"
    assert one["period_basis"] == "year ending December, inferred"
    assert one["cell"] == "M4"


def test_repeated_areas_categories_and_other_indicators_are_named_as_left_out():
    rows = frame()
    assert len(rows) == 6
    said = " / ".join(rows.attrs["left_out"])
    for words in (
        "indicator 93203 (16-17 year olds not in education), 1 rows",
        "1 rows by District & UA deprivation deciles",
        "1 rows that repeat an area",
        "column U (Recent Trend)",
    ):
        assert words in said


def test_the_note_says_why_a_value_is_missing():
    rows = frame()
    missing = rows[rows["value"].isna()]
    assert missing["symbol"].tolist() == ["c", "x"]
    assert rows.loc[rows["table"] == "violence_admissions_area", "flag"].tolist() == ["Provisional"]


def test_pooled_and_financial_years_are_read():
    rows = frame().set_index("table")
    days = {
        "violence_admissions_area": ("2018-04-01", "2021-03-31", "female"),
        "violence_offences_area": ("2022-04-01", "2023-03-31", "All"),
    }
    for table, (start, end, sex) in days.items():
        one = rows.loc[table]
        assert (f"{one['period_start']:%Y-%m-%d}", f"{one['period_end']:%Y-%m-%d}") == (start, end)
        assert one["sex"] == sex
    assert rows.loc["violence_offences_area", ["area_type", "part_of"]].tolist() == [
        "lower_tier", "E10000003",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2018 - 20", "2018-01-01", "2020-12-31"),
        ("2013-14", "2013-04-01", "2014-03-31"),
        ("2018/19 \u2013 20/21", "2018-04-01", "2021-03-31"),
    ],
)
def test_ways_of_writing_periods(period, start, end):
    (one,) = frame([row(ENTRANTS, ENGLAND, period, "1")]).to_dict("records")
    assert (f"{one['period_start']:%Y-%m-%d}", f"{one['period_end']:%Y-%m-%d}") == (start, end)


def test_heads_may_be_written_together():
    rows = frame(header=[head.replace(" ", "") for head in HEADER])
    assert rows["lower"].notna().sum() == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([ROWS[-1]], "none of the indicators 10401, 11201, 11202"),
        ([row(ENTRANTS, ENGLAND, "soon", "1")], "the row of cell M2: 'soon' is not a period"),
        ([row(ENTRANTS, ENGLAND, "2020", "lots")], "cell M2 holds 'lots'"),
        ([row(["10401", "Smoking"], ENGLAND, "2020", "1")], "calls indicator 10401 'Smoking'"),
    ],
)
def test_what_contradicts_the_layout_is_one_sentence(rows, message):
    with pytest.raises(InputProblem, match=message):
        frame(rows)
