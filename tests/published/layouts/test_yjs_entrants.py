import pandas as pd
import pytest

from tests.published.layouts.yjs_fixtures import (
    AREAS,
    COVER,
    KINDS,
    NOTES,
    area_sheet,
    book_of,
    entrant_rates,
    save,
    stacked_entrants,
)
from tests.published.tables import read
from youthjustice.errors import InputProblem
from youthjustice.published.layouts.yjs_entrants import LAYOUT
from youthjustice.sandbox.opening import open_workbook

RATES = (
    "Table 2.11: Rate of first time entrants(1)(2) per 100,000 children, by Local Authority of "
    "residence, years ending December 2015 to 2023 [note 3]"
)
CONTENTS = [["Contents"], ["Table 2.11", "Rates by local authority"], [2.11, "Rates"]]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("drift", "title"),
    [
        ({}, RATES),
        ({"lines_above": 3, "area": "Local Authority"}, RATES),
        ({"region": None, "area": "UTLA"}, RATES.replace("children", "young people")),
        ({"area": "YOT", "years": int}, RATES.replace("years ending December", "calendar years")),
        ({"years": lambda year: f"Year ending December {year}", "mark": "(4)"},
         RATES.partition(", years")[0]),
        ({"mark": " [note 12]", "area": "Youth Justice Service"}, RATES.replace(":", "", 1)),
    ],
)  # fmt: skip
def test_rates_by_area_are_those_of_the_shipped_table(tmp_path, drift, title):
    kind = KINDS[len(drift) % 2]
    spelt = {"Kingston upon Thames": "Kingston-upon-Thames(4)"}
    sheet = area_sheet(entrant_rates(), title, spelt=spelt, **drift)
    sheets = {"Cover": COVER, "Contents": CONTENTS, "2.11": sheet, "Notes": NOTES}
    rows = LAYOUT.read(open_workbook(save(tmp_path, sheets, kind)))
    shipped = read("first_time_entrants_area").query("release == '2025-02'")
    columns = [
        "area_code", "area_name", "area_type", "period_start", "period_end", "measure",
        "age_band", "value", "unit",
    ]  # fmt: skip
    shipped = shipped[shipped["area_code"].isin(rows["area_code"])][columns]
    assert set(rows["table"]) == {"first_time_entrants_area"}
    pd.testing.assert_frame_equal(
        rows[columns].sort_values(["area_code", "period_end"], ignore_index=True),
        shipped.sort_values(["area_code", "period_end"], ignore_index=True),
        check_dtype=False,
    )
    assert (rows["release"] == "2022-01").all() and (rows["source"] == "yjs-2020-21").all()
    assert any("Cover" in one and "Notes" in one for one in rows.attrs["left_out"])


def test_counts_of_england_are_those_of_the_shipped_table():
    national = read("first_time_entrants_national").query("series == 'area tables'")
    england = national[national["area_name"] == "England"].set_index("period_end")["value"]
    counts = entrant_rates().reindex(columns=range(2009, 2021)).fillna(1.0)
    counts.loc["England"] = england.to_numpy()
    title = "Table 2.8: Numbers of youth first time entrants, years ending December 2009 to 2020"
    rows = LAYOUT.read(book_of({"2.8": area_sheet(counts, title)}))
    read_back = rows[rows["area_type"] == "country"].set_index("period_end")["value"]
    assert read_back.to_dict() == england.to_dict()
    assert set(rows["measure"]) == {"first-time entrants"} and set(rows["unit"]) == {"children"}
    assert rows.loc[0, ["sheet", "cell"]].tolist() == ["2.8", "C5"]


@pytest.mark.parametrize("words", ["Rate of first time entrants", "First-time entrant rates"])
def test_a_title_that_says_rate_alone_gives_no_counts(words):
    title = f"Table 2.11: {words}, years ending December 2015 to 2023"
    rows = LAYOUT.read(book_of({"2.11": area_sheet(entrant_rates(), title)}))
    assert set(rows["unit"]) == {"per 100,000 children aged 10-17"}
    assert set(rows["measure"]) == {"first-time entrant rate"}


def test_regions_stand_among_the_authorities_and_unknown_names_stay():
    sheet = area_sheet(entrant_rates(), RATES, spelt={"Camden": "Camdenshire"})
    rows = LAYOUT.read(book_of({"2.11": sheet})).drop_duplicates("area_name")
    by_name = rows.set_index("area_name")
    assert by_name["area_type"].value_counts().to_dict() == {
        "authority": len(AREAS) - 1, "region": 3, "country": 1,
    }  # fmt: skip
    assert by_name.loc["Camdenshire", ["area_code", "area_type"]].isna().all()


def test_symbols_stay_apart_from_zero():
    figures = entrant_rates().astype("object")
    figures.loc["Hartlepool", [2015, 2016, 2017, 2018, 2019, 2020]] = [
        0, "[c]", "*", "..", None, "1,234(2)",
    ]  # fmt: skip
    rows = LAYOUT.read(book_of({"2.11": area_sheet(figures, RATES)}))
    own = rows[rows["area_name"] == "Hartlepool"].head(6)
    assert own["symbol"].fillna("").tolist() == ["", "c", "c", "z", "x", ""]
    assert own["value"].fillna(-1).tolist() == [0, -1, -1, -1, -1, 1234]


def test_bare_years_without_a_word_on_how_they_end_are_refused():
    sheet = area_sheet(entrant_rates(), "Table 2.11: First time entrants by area, 2015 to 2023")
    with pytest.raises(InputProblem, match=r"'2\.11', cell C5: 2015 is a bare year.*March or in"):
        LAYOUT.read(book_of({"2.11": sheet}))


def test_a_sheet_that_cannot_be_read_is_named_and_the_others_are_read():
    bad = area_sheet(entrant_rates(), "Table 2.10: First time entrants by area, 2015 to 2023")
    rows = LAYOUT.read(book_of({"2.10": bad, "2.11": area_sheet(entrant_rates(), RATES)}))
    assert set(rows["sheet"]) == {"2.11"}
    assert any("'2.10', cell C5" in one for one in rows.attrs["left_out"])


YEARS = list(range(2010, 2021))
DISPOSALS = ["Absolute discharge", "Conditional discharge", "Fine", "Immediate custody", "Other(4)"]
HEADER = [
    ["Year ending March", "Youth caution", "Sentences", *[None] * 4, "Total", None, "Percentage"],
    [None, None, *DISPOSALS, None, None, "Youth caution", *DISPOSALS],
]


def _made_up(block, year, column):
    return year + 100 * len(column) + {"All": 10_000, "Boys": 6_000, "Girls": 4_000}[block]


@pytest.mark.parametrize("kind", KINDS)
def test_years_down_the_page_under_boys_and_girls(tmp_path, kind):
    title = (
        "Table 2.4: Number of child first time entrants(1)(2) by sex and type of disposal given on "
        "first offence, years ending March 2010 to 2020"
    )
    columns = ["Youth caution", *DISPOSALS]
    sheet = stacked_entrants(_made_up, YEARS, columns, title, HEADER)
    merged = [("2.4", "C3:G3"), ("2.4", "B3:B4"), ("2.4", "A3:A4")]
    rows = LAYOUT.read(open_workbook(save(tmp_path, {"2.4": sheet}, kind, merged)))
    assert set(rows["table"]) == {"first_time_entrants_national_breakdowns"}
    assert len(rows) == 3 * len(YEARS) * (len(columns) + 1)
    assert set(rows["series"]) == {"chapter 2 tables, years ending March"}
    one = rows[(rows["sex"] == "female") & (rows["disposal"] == "Fine")]
    assert one["value"].tolist() == [_made_up("Girls", year, "Fine") for year in YEARS]
    assert set(one["tier"]) == {"Sentences"}
    assert set(rows["disposal"]) == {"All", "Youth caution", *DISPOSALS[:-1], "Other"}
    assert any("percentages computed" in text for text in rows.attrs["left_out"])


def test_columns_that_repeat_labels_without_a_word_are_left_out():
    header = [["Year", "Robbery", "Theft", "Total", None, "Robbery", "Theft"]]
    title = (
        "Table 2.2: First time entrants by type of first offence, years ending March 2010 to 2020"
    )
    sheet = stacked_entrants(_made_up, YEARS, ["Robbery", "Theft"], title, header)
    rows = LAYOUT.read(book_of({"2.2": sheet}))
    assert set(rows["offence"]) == {"Robbery", "Theft", "All"}
    assert any("columns F to G" in text for text in rows.attrs["left_out"])
