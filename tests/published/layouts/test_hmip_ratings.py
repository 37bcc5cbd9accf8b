"""Ratings of inspections: the shipped table printed wide, long and with the drift of its source."""

from functools import cache

import pandas as pd
import pytest

from tests.published.layouts.books import book, text, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.layouts.hmip_ratings import LAYOUT

KEY = ["inspection", "standard"]
STANDARDS = {
    "Staff": "staff", "Partnerships and services": "partnerships_and_services",
    "Information and facilities": "information_and_facilities", "Assessment": "assessment",
    "Planning": "planning", "Reviewing": "reviewing",
    "Implementation and delivery": "implementation_and_delivery",
    "Resettlement policy and provision": "resettlement_policy_and_provision",
    "Governance and leadership": "governance_and_leadership",
    "Out-of-court disposal policy and provision": "outofcourt_disposal_policy_and_provision",
    "Policy and provision": "policy_and_provision", "Joint working": "joint_working",
}  # fmt: skip
FOOTNOTE = "1 The resettlement standard does not contribute to the overall rating for the YOT."


@cache
def wide():
    """Print the shipped table as its source does: a row for each inspection."""
    rows = [["la_name", "la_ref", "score_%", "overall_rating", "publication_date", "report_url",
             *STANDARDS.values()]]  # fmt: skip
    for _, part in load("inspection_ratings").groupby("inspection", sort=False):
        by_name = part.set_index("standard").astype("object")
        overall = by_name.loc["Overall"]
        score = f"{100 * overall['value'] / 36:.2f}"
        if pd.isna(overall["value"]):
            score = overall["flag"].split("%")[0].rsplit(" ", 1)[1]
        rating = overall["rating"] if isinstance(overall["rating"], str) else FOOTNOTE
        ratings = [by_name["rating"].get(name) or "" for name in STANDARDS]
        day = overall["publication_date"].strftime("%d/%m/%y")
        rows.append(
            [overall["area_name"], "ref", score, rating, day, overall["report_url"], *ratings]
        )
    return rows


def sorted_text(rows, columns):
    return text(rows.sort_values(KEY), *columns)


def test_the_shipped_table_comes_back(tmp_path):
    ours = load("inspection_ratings")
    read = read_workbook(written(tmp_path, "csv", wide()))
    assert read.attrs["layout"] == "hmip_ratings"
    assert read.attrs["release"] == "2025-02"
    pd.testing.assert_frame_equal(sorted_text(read, ours.columns), sorted_text(ours, ours.columns))
    assert read["check"].isna().all()
    assert any("empty cells under standards" in said for said in read.attrs["left_out"])


def test_four_odd_rows_are_flagged():
    read = LAYOUT.read(book(wide()))
    overall = read[read["standard"] == "Overall"].set_index("area_name")
    odd = overall[overall["flag"].notna() & ~overall["flag"].str.startswith("published", na=False)]
    assert sorted(odd.index) == ["Bridgend", "Ceredigion", "Portsmouth", "West Sussex"]
    assert overall.loc[["Bridgend", "Ceredigion"], "symbol"].tolist() == ["u", "u"]
    assert pd.isna(overall.loc["Portsmouth", "rating"])
    assert overall.loc["Portsmouth", "value"] == 22


def drifted(**cells):
    """Print Islington's inspection of 2024 with some cells as one release or another has them."""
    place = next(i for i, row in enumerate(wide()) if row[0] == "Islington")
    row = dict(zip(wide()[0], wide()[place], strict=True)) | cells
    return LAYOUT.read(book([list(row), list(row.values())]))


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("printed", "area", "code"),
    [
        ("Royal Borough of Greenwich", "Greenwich", "E09000011"),
        ("youth offending services in Hackney - Joint_Inspection", "Hackney", "E09000012"),
        ("youth justice services in Conwy & Denbighshire - Joint_Inspection",
         "Conwy and Denbighshire", ""),
        ("An inspection of Tower Hamlets and City of London", "Tower Hamlets and City of London", ""),
        ("Dorset - JI", "Dorset Combined YOS", ""),
        ("Camelot", "Camelot", ""),
    ],
)  # fmt: skip
def test_names_of_services_as_reports_print_them(printed, area, code):
    rows = drifted(la_name=printed)
    assert set(text(rows, "area_name")["area_name"]) == {area}
    assert set(text(rows, "area_code")["area_code"]) == {code}
    assert set(rows["area_type"]) == {"service"}


@pytest.mark.parametrize("day", ["2024-08-20", "20/08/2024", "20/08/24", "20 August 2024"])
def test_days_as_they_are_printed(day):
    assert set(drifted(publication_date=day)["publication_date"]) == {pd.Timestamp("2024-08-20")}


def test_ratings_that_a_page_broke_are_mended_and_others_told():
    rows = drifted(staff="Out standing", overall_rating="Rating").set_index("standard")
    assert rows.loc["Staff", ["rating", "value"]].tolist() == ["Outstanding", 3]
    assert rows.loc["Overall", "flag"] == "the source has 'Rating' in place of the rating"
    assert rows.loc["Overall", "value"] == 34
    rows = drifted(staff="see report").set_index("standard")
    assert rows.loc["Staff", ["symbol", "cell"]].tolist() == ["u", "G2"]


def test_requires_improvement_is_one_point_and_a_score_may_be_in_points():
    header = ["YJS", "Date published", "Overall rating", "Score (out of 36)", "1.1 Staffing",
              "2.1 Assessing", "3.1 Assessing", "2.2 Planning"]  # fmt: skip
    cells = ["Islington", "2024-08-20", "Outstanding", 34.0, "Requires improvement", "Good", "Good",
             "Outstanding"]  # fmt: skip
    rows = LAYOUT.read(book([["Ratings"], header, cells]))
    by_rating = dict(zip(rows["domain"] + rows["standard"], rows["value"], strict=True))
    assert by_rating == {
        "OverallOverall": 34, "Organisational deliveryStaff": 1, "Court disposalsAssessment": 2,
        "Out-of-court disposalsAssessment": 2, "Court disposalsPlanning": 3,
    }  # fmt: skip
    assert rows["flag"].isna().all()
    assert set(rows["inspection"]) == {"islington"}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_for_each_rating_is_read_too(tmp_path, kind):
    ours = load("inspection_ratings")
    long = ours[["area_name", "inspection", "publication_date", "standard", "rating", "value"]]
    long = long.assign(publication_date=long["publication_date"].dt.strftime("%Y-%m-%d"))
    cells = long.astype("object").where(long.notna(), None).to_numpy().tolist()
    read = read_workbook(written(tmp_path, kind, [list(long), *cells]))
    columns = [
        "area_name",
        "area_code",
        "publication_date",
        "domain",
        "standard",
        "rating",
        "value",
    ]
    pd.testing.assert_frame_equal(sorted_text(read, columns), sorted_text(ours, columns))


def test_a_day_that_is_none_is_told_with_its_cell():
    with pytest.raises(InputProblem, match="row of cell C2 holds 'soon' for the day"):
        drifted(publication_date="soon")


def test_other_tables_with_ratings_do_not_fit():
    header = ["area_name", "date", "standard", "rating"]
    assert not LAYOUT.fits(book([header, ["Kent", "2024-01-01", "Water", "Clean"]]))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("place", "head"),
    [(0, "Youth Offending Service"), (0, "Organisation"), (3, "Overall judgement"),
     (4, "Published"), (4, "Date of publication")],
)  # fmt: skip
def test_heads_may_drift_and_notes_may_stand_below(place, head):
    rows = wide()
    header = [*rows[0][:place], head, *rows[0][place + 1 :]]
    frame = LAYOUT.read(book([header, *rows[1:], [], ["Source: the inspection reports"]]))
    usual = LAYOUT.read(book(rows))
    assert frame["rating"].equals(usual["rating"])
    assert any("without a day and a rating" in said for said in frame.attrs["left_out"])
