"""The local-level open data of children, outcomes and offences, imitated."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.local_tables import (
    AREA,
    CHILDREN,
    EARLY,
    OFFENCES,
    OUTCOMES,
    SERVICES,
    table,
    workbook,
)
from youthjustice.errors import InputProblem
from youthjustice.published.area_checks import known_areas
from youthjustice.published.importing import read_book
from youthjustice.published.layouts import (
    yjs_local_children,
    yjs_local_offences,
    yjs_local_outcomes,
    yjs_regional_2013,
)
from youthjustice.published.parts import parts_against_totals
from youthjustice.sandbox.grid import Grid, Workbook
from youthjustice.sandbox.opening import open_workbook

LAYOUTS = {
    "children": (yjs_local_children, CHILDREN, "Number_Children"),
    "outcomes": (yjs_local_outcomes, OUTCOMES, "Number_Cautioned_Sentenced"),
    "offences": (yjs_local_offences, OFFENCES, "Number_Offences"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize("above", [0, 3, 4])
def test_each_table_is_known_by_its_columns_alone(kind, above):
    layout, dimensions, count = LAYOUTS[kind]
    rows = table(dimensions, count)
    book = workbook(rows, above=above, wide=3, first=above != 3, name="Sheet1" if above else "Data")
    fitting = [name for name, (one, _, _) in LAYOUTS.items() if one.LAYOUT.fits(book)]
    assert fitting == [kind]
    assert not yjs_regional_2013.fits(book)
    frame = layout.LAYOUT.read(book)
    assert frame["value"].tolist() == [row[-1] for row in rows[1:]]
    assert set(frame["table"]) == {f"{kind}_service"}
    assert frame["cell"].iloc[0][1:] == str(above + 2)
    assert not layout.LAYOUT.tried


def test_services_are_no_authorities():
    frame = yjs_local_children.LAYOUT.read(workbook(table(CHILDREN, "Number_Children")))
    assert set(frame["area_type"]) == {"service"}
    assert frame["area_code"].isna().all()
    assert set(frame["area_name"]) == {
        "Islington", "Cornwall", "Rochdale", "Northamptonshire", "Bedfordshire",
        "Gwynedd and Ynys Môn", "Stoke-on-Trent",
    }  # fmt: skip
    regions = frame.drop_duplicates("area_name").set_index("area_name")["region"]
    assert regions["Bedfordshire"] == "East of England"
    assert regions["Gwynedd and Ynys Môn"] == "Wales"
    assert frame["flag"].isna().all()
    assert known_areas(frame) == []


def test_children_are_crossed_by_age_sex_and_ethnic_group():
    frame = yjs_local_children.LAYOUT.read(workbook(table(CHILDREN, "Number_Children")))
    assert set(frame["sex"]) == {"male", "female", "unknown"}
    assert set(frame["age_band"]) == {"10-14", "15-17"}
    assert set(frame["ethnic_group"]) == {"Asian", "Black", "Mixed", "Other", "Unknown", "White"}
    assert set(frame["unit"]) == {"children"}
    assert frame["period_start"].min() == pd.Timestamp("2013-04-01")
    assert frame["period_end"].max() == pd.Timestamp("2025-03-31")
    assert set(frame["source"]) == {"yjb-local-2024-25"}
    key = ["area_name", "period_end", "age_band", "sex", "ethnic_group"]
    assert not frame.duplicated(key).any()
    assert parts_against_totals(frame) == []


def test_tiers_have_the_words_of_our_tables():
    frame = yjs_local_outcomes.LAYOUT.read(workbook(table(OUTCOMES, "Number_Cautioned_Sentenced")))
    assert set(frame["tier"]) == {"Pre-court", "First-tier", "Community", "Custody"}
    assert set(frame["disposal"]) == {"Youth Caution", "Referral Order"}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("area", "count"),
    [
        (["financial_year", "yjs", "pcc", "wales or english region", "england_wales"],
         "number_children"),
        (["Financial Year", "YOT", "PCC", "Region", "England_Wales"], "Number of young people"),
        (["FinancialYear", "YJS [note 1]", "PCC_Area", "Wales or English Region", "Country"],
         "Number_Children(1)"),
        (["Financial_Year ", "Youth Justice Service", "Police force", "YJB_Region",
          "England or Wales"], "Children"),
    ],
)  # fmt: skip
def test_names_of_columns_may_drift(area, count):
    book = workbook(table(CHILDREN, count, area=area))
    assert yjs_local_children.LAYOUT.fits(book)
    frame = yjs_local_children.LAYOUT.read(book)
    assert len(frame) == 3 * 7 * 36
    assert frame["police_area"].notna().all()


def test_a_stray_country_is_flagged_and_said():
    rows = table(OFFENCES, "Number_Offences")
    rows[1][4] = "London"
    frame = yjs_local_offences.LAYOUT.read(workbook(rows))
    assert frame["flag"].iloc[0] == "country printed as London"
    assert frame["flag"].iloc[1:].isna().all()
    assert frame["region"].iloc[0] == "London"
    assert any("1 rows hold 'London'" in said for said in frame.attrs["left_out"])


def test_a_region_that_is_not_the_services_own_is_flagged():
    rows = table(OFFENCES, "Number_Offences")
    rows[1][3] = "Wales"
    rows[1][4] = None
    frame = yjs_local_offences.LAYOUT.read(workbook(rows))
    assert frame["flag"].iloc[0] == "printed in Wales"
    assert frame["region"].iloc[0] == "London"


def test_two_columns_of_offences_and_a_score_are_kept_apart():
    both = {
        "Offence_Group": ("Theft", "Drugs"),
        "Offence_Type": ("Lesser", "Greater"),
        "Seriousness_Score": (1.0, 8.0),
    }
    frame = yjs_local_offences.LAYOUT.read(workbook(table(both, "Number_Offences")))
    assert set(frame["offence_group"]) == {"Theft", "Drugs"}
    assert set(frame["offence"]) == {"Lesser", "Greater"}
    assert set(frame["seriousness_score"]) == {"1", "8"}
    assert not frame.duplicated(
        ["area_name", "period_end", "offence_group", "offence", "seriousness_score"]
    ).any()


def test_numbers_of_another_kind_are_named_as_left_out():
    rows = [[*row, "Population" if not i else 5.0] for i, row in
            enumerate(table(OFFENCES, "Number_Offences"))]  # fmt: skip
    frame = yjs_local_offences.LAYOUT.read(workbook(rows))
    assert any("(population), numbers of another kind" in s for s in frame.attrs["left_out"])


def test_a_total_below_the_table_is_left_out_and_said():
    rows = table(OFFENCES, "Number_Offences")
    end = [None] * len(rows[0])
    rows += [end, ["Total", *end[1:-1], 99.0], ["Source: YJAF", *end[1:]]]
    frame = yjs_local_offences.LAYOUT.read(workbook(rows))
    assert len(frame) == len(rows) - 4
    assert any("'99.0', in a row without a year or a service" in s for s in frame.attrs["left_out"])


def test_missing_suppressed_and_zero_stay_apart():
    rows = table(OFFENCES, "Number_Offences")
    for row, printed in zip(rows[1:6], ["*", None, 0.0, "[x]", "1,234"], strict=True):
        row[-1] = printed
    frame = yjs_local_offences.LAYOUT.read(workbook(rows))
    assert frame["symbol"].iloc[:5].fillna("").tolist() == ["c", "x", "", "x", ""]
    assert frame["value"].iloc[:5].fillna(-1).tolist() == [-1, -1, 0, -1, 1234]


def test_a_service_that_no_lookup_holds_keeps_its_name():
    known = {"Erewhon": ("Nowhere", "London", "England")}
    frame = yjs_local_offences.LAYOUT.read(
        workbook(table(OFFENCES, "Number_Offences", services=SERVICES | known))
    )
    rows = frame[frame["area_name"] == "Erewhon"]
    assert len(rows) == 9
    assert set(rows["region"]) == {"London"}
    assert [problem.check for problem in known_areas(frame)] == ["known_areas"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        (-1, "many", "cell I2 holds 'many'"),
        (-1, "nil", "cell I2 holds 'nil', which may be zero"),
        (0, "2014", "row 2 holds '2014' for a financial year"),
        (0, "2013-15", "row 2: '2013-15' is not one financial year"),
        (-2, "Martian", "row 2 holds 'Martian'"),
    ],
)
def test_what_cannot_be_read_is_named_by_sheet_and_row(column, text, said):
    rows = table(CHILDREN, "Number_Children")
    rows[1][column] = text
    with pytest.raises(InputProblem, match=f"(?s)sheet 'Data'.*{said}"):
        yjs_local_children.LAYOUT.read(workbook(rows))


def test_a_table_of_counts_by_service_side_by_side_is_no_open_data():
    rows = [["Table 3.1: Children, year ending March 2021"], ["YJS", "Age 10-14", "Sex", "Total"],
            ["Islington", 1.0, 2.0, 3.0], ["Camden", 4.0, 5.0, 9.0]]  # fmt: skip
    cells = np.full((4, 4), None, dtype=object)
    for place, row in enumerate(rows):
        cells[place, : len(row)] = row
    book = Workbook("a.xlsx", "xlsx", "0", (Grid("3.1", cells),))
    assert not any(layout.LAYOUT.fits(book) for layout, _, _ in LAYOUTS.values())


def test_most_counts_without_a_year_are_refused():
    rows = table(OFFENCES, "Number_Offences")
    for row in rows[1:]:
        row[0] = None
    rows[1][0] = "2013-14"
    with pytest.raises(InputProblem, match="62 counts without a year or a service"):
        yjs_local_offences.LAYOUT.read(workbook(rows))


@pytest.mark.prove
def test_an_ods_file_is_read_from_its_third_sheet(tmp_path):
    rows = table(OUTCOMES, "Number_Cautioned_Sentenced")
    with pd.ExcelWriter(tmp_path / "Outcome_Table v2.ods", engine="odf") as file:
        pd.DataFrame([["Cover"]]).to_excel(file, sheet_name="Cover", header=False, index=False)
        pd.DataFrame([["Notes"]]).to_excel(file, sheet_name="Notes", header=False, index=False)
        pd.DataFrame(rows[1:], columns=rows[0]).to_excel(file, sheet_name="Data", index=False)
    frame = yjs_local_outcomes.LAYOUT.read(open_workbook(tmp_path / "Outcome_Table v2.ods"))
    assert frame["value"].tolist() == [row[-1] for row in rows[1:]]


def early(year, *, title="", sheet="Data"):
    """Give a file of the years before years had a column, with its summary sheets in front."""
    labels = (("10-14", "White", "Male"), ("17", "Black", "Female"), ("15", "Not Known", "Male"))
    rows = [[*EARLY[year], None]]
    for number, (service, (_, region, _)) in enumerate(SERVICES.items()):
        for age, group, sex in labels:
            rows.append([service, region, "Referral Order", age, group, sex, float(number), 9.0])
    summary = [[title or "Disposals by YOT"], [None], ["Select a YOT:", "Islington"]]
    made = workbook(rows, name=sheet)
    cells = np.array([[*row, *[None] * (2 - len(row))] for row in summary], dtype=object)
    return replace(made, grids=(Grid("Summary", cells), *made.grids))


@pytest.mark.sampled(2)
@pytest.mark.parametrize("year", EARLY)
@pytest.mark.parametrize("where", ["title", "sheet"])
@pytest.mark.parametrize("spelt", ["{}/{}", "20{0}-20{1}", "year ending March 20{1}"])
def test_a_file_without_years_has_the_year_of_its_titles(year, where, spelt):
    first, last = year[2:].split("-")
    words = spelt.format(first if "20" in spelt else year[:4], last)
    book = early(year, **{where: words})
    fitting = [name for name, (one, _, _) in LAYOUTS.items() if one.LAYOUT.fits(book)]
    assert fitting == ["outcomes"]
    frame = yjs_local_outcomes.LAYOUT.read(book)
    assert len(frame) == 3 * len(SERVICES)
    assert set(frame["period_end"]) == {pd.Timestamp(f"20{last}-03-31")}
    assert set(frame["period_basis"]) == {"financial year, of the title"}
    assert set(frame["ethnic_group"]) == {"White", "Black", "Unknown"}
    assert set(frame["sex"]) == {"male", "female"}
    assert frame["value"].tolist()[:4] == [0, 0, 0, 1]
    assert any("without a heading" in said for said in frame.attrs["left_out"])


@pytest.mark.parametrize("title", ["", "Disposals, 2013/14 to 2014/15", "Printed on 2015-11-26"])
def test_a_file_that_says_no_year_is_refused_with_what_to_write(title):
    book = early("2014-15", title=title)
    assert yjs_local_outcomes.LAYOUT.fits(book)
    with pytest.raises(
        InputProblem, match=r"no column of years.*text = \"2014-15\" under \[period\]"
    ):
        yjs_local_outcomes.LAYOUT.read(book)


def test_a_message_names_the_file_once():
    with pytest.raises(InputProblem) as told:
        read_book(early("2014-15"))
    assert str(told.value).startswith("'Table v2.ods': sheet 'Data' has no column of years")
    assert str(told.value).count("Table v2.ods") == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("blank", [" ", float("nan"), "\u00a0"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_year_or_service_of_spaces_is_none(blank, column):
    rows = table(CHILDREN, "Number_Children")
    rows[1][column] = blank
    frame = yjs_local_children.LAYOUT.read(workbook(rows))
    assert len(frame) == len(rows) - 2
    assert any("without a year or a service" in said for said in frame.attrs["left_out"])


def test_tables_without_services_do_not_fit():
    words = [["Region", "YJS", "2014", "2015"], ["London", "Islington", 1.0, 2.0]]
    moj = [["Category", "Adult / Juvenile", "Geography", "Cohort", "offenders"],
           ["UTLA total", "Juvenile", "Islington", "Apr 2020 - Mar 2021", 3.0]]  # fmt: skip
    for rows in (words, moj, [AREA]):
        book = workbook(rows)
        assert not any(layout.LAYOUT.fits(book) for layout, _, _ in LAYOUTS.values())
    nothing = Workbook("a.csv", "csv", "0", (Grid("", np.empty((0, 0), dtype=object)),))
    assert not any(layout.LAYOUT.fits(nothing) for layout, _, _ in LAYOUTS.values())


@pytest.mark.prove
def test_two_hundred_thousand_rows_are_read_in_seconds():
    rows = table(CHILDREN, "Number_Children")
    body = np.array(rows[1:], dtype=object)
    cells = np.vstack([np.array(rows[:1], dtype=object), np.tile(body, (270, 1))])
    book = Workbook("a.ods", "ods", "0", (Grid("Data", cells),))
    begun = time.process_time()
    frame = yjs_local_children.LAYOUT.read(book)
    assert len(frame) > 200_000
    assert time.process_time() - begun < 20
