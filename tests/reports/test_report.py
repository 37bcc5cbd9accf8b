"""What the report of an area says, and what it must never say."""

import re
from pathlib import Path

import pytest

from tests.reports.pages import read, sections, visible_text
from youthjustice.presentation import lint_words
from youthjustice.published import load
from youthjustice.reports import build

ROOT = Path(__file__).resolve().parents[2]
AREAS = [
    "Islington",
    *(pytest.param(area, marks=pytest.mark.prove) for area in ("Cardiff", "Camden")),
]


def test_islington_holds_the_figures_of_the_case(built):
    text = visible_text(built("Islington"))
    for figure in ["52.1%", "37.4%", "537", "145", "34 of 36"]:
        assert figure in text
    assert re.search(r"537 to 145 per 100,000", text)


@pytest.mark.prove
def test_the_same_inputs_give_the_same_bytes(built, tmp_path):
    assert build("islington", tmp_path).read_text(encoding="utf-8") == built("Islington")


def test_custody_given_a_disposal_claims_nothing_for_islington(built):
    text = sections(built("Islington"))["disposals"]
    sentence = next(line for line in text.splitlines() if "custody given a disposal" in line)
    assert "0.95 (95% confidence interval 0.40 to 2.27)" in sentence
    assert sentence.startswith("In Islington, in 2012/13, no evidence of a difference")
    assert not re.search(r"\b(over|under)-represented|higher|lower|times\b", sentence)
    assert "Disposals are not children" in text


def test_islingtons_steps_and_size_claim_nothing(built):
    text = sections(built("Islington"))["disposals"]
    assert (
        "arises cannot be said, because the ratio at the end, 0.95 (0.40 to 2.27), may be 1" in text
    )
    assert "a ratio above about 2.7 would be found four times in five" in text
    assert "over-represented" not in text and "largest part" not in text


def test_many_comparisons_are_counted(built):
    found = sections(built("Islington"))
    assert "3 of them still stand once all 7 are counted" in found["linked-cohort"]
    assert "about 1.0 findings at the 5% level; 19 were found" in found["stages"]
    assert "disagree by more than chance explains" in found["stages"]


def test_the_claim_of_2016_is_tested_at_every_cohort_that_fits(built):
    text = sections(built("Islington"))["claim-2016"]
    for cohort, p in [("25 of 48", "0.051"), ("37 of 71", "0.014"), ("38 of 73", "0.011")]:
        assert re.search(rf"{cohort} \| p = {p}", text)


def test_england_stops_where_its_release_stops(built):
    text = sections(built("Islington"))["first-time-entrants"]
    assert "which stops at the year ending December 2023" in text
    assert "3,071" not in text


def test_the_stages_are_not_multiplied_and_no_place_is_given(built):
    page = built("Islington")
    text = sections(page)["stages"]
    assert "must not be multiplied" in text
    assert text.index("Out of all children") < text.index("Out of those already at a stage")
    assert "1.30 (1.28 to 1.31)" in text and "come to 2.47 (2.26 to 2.70)" in text
    assert not re.search(r"\b\d+(st|nd|rd|th) (highest|lowest)", visible_text(page))


@pytest.mark.parametrize("area", ["Islington", pytest.param("Cardiff", marks=pytest.mark.prove)])
def test_a_rank_is_never_given_without_its_interval(built, area):
    text = visible_text(built(area))
    ranks = re.sub(r"\b\d+(st|nd|rd|th) to \d+(st|nd|rd|th)\b|\b1st the highest", "", text)
    assert not re.search(r"\b\d+(st|nd|rd|th)\b", ranks)


def test_where_an_area_could_stand_is_told(built):
    text = sections(built("Islington"))["standing"]
    assert re.search(r"could stand anywhere from \d+(st|nd|rd|th) to \d+(st|nd|rd|th) of 148", text)
    assert "differing by more than chance" in text
    assert "smallest cohort that prints as its rate, an inference" in text


def test_the_pace_of_islington_is_told_with_its_interval_and_claims_nothing(built):
    page = sections(built("Islington"))
    assert (
        "no evidence of a different pace: ratio of the two changes 0.70 (95% confidence interval, "
        "inferred, 0.43 to 1.12)" in page["findings"]
    )
    told = page["first-time-entrants"]
    assert "That is no evidence that the first fell faster: ratio of the two changes 0.70" in told
    assert "2020 and 2021, flagged as unusual" in told
    assert "The counts are approximate" in told


@pytest.mark.parametrize("area", ["Islington", pytest.param("Cardiff", marks=pytest.mark.prove)])
def test_the_parts_of_the_national_change_are_printed_so_that_they_add_up(built, area):
    text = sections(built(area))["reoffending"].replace("\N{MINUS SIGN}", "-")
    lines = [line.strip("| ").split(" | ") for line in text.splitlines()]
    rows = [row for row in lines if len(row) == 6 and row[-1] in ("changes", "one")]
    assert len(rows) == 4
    for row in rows:
        who, within, change = (float(cell.split(" (")[0]) for cell in row[1:4])
        assert who + within == pytest.approx(change, abs=1e-9)
    assert [row[-1] for row in rows] == ["changes", "changes", "one", "one"]
    assert "Their source changed in October 2015" in text


@pytest.mark.prove
def test_camden_is_told_its_own_figures(built):
    text = visible_text(built("Camden"))
    assert "Youth justice in Camden" in text
    assert "52.1%" not in text
    assert "claim-2016" not in sections(built("Camden"))


@pytest.mark.prove
def test_cardiff_has_its_welsh_sections_and_names_the_tables_that_are_english(built):
    found = sections(built("Cardiff"))
    for anchor in ["first-time-entrants", "reoffending", "linked-cohort", "standing"]:
        assert "covers England only" in found[anchor]
    assert "England and Wales" in found["stages"]
    assert "Ratio to White" in found["stages"]


@pytest.mark.parametrize("area", AREAS)
def test_no_banned_word_reaches_a_reader(built, area):
    # Titles are the publishers', and one phrase is quoted from an inspection.
    titles = load("sources")[["title", "table"]].stack().dropna().tolist()
    text = visible_text(built(area))
    assert lint_words(text, quoted=[*titles, "“significantly higher”"]) == []


@pytest.mark.parametrize("area", AREAS)
def test_nothing_missing_is_printed_raw(built, area):
    text = visible_text(built(area))
    assert not re.search(r"\b(nan|NaN|None|NaT|inf|<NA>|Traceback)\b", text)


@pytest.mark.parametrize("area", AREAS)
def test_code_is_hidden_and_nothing_is_fetched(built, area):
    page = built(area)
    assert "yj.reports" not in page
    assert "<script" not in page
    drawn = re.findall(r'src="(data:[^"]*)"', page)
    words = re.sub(r' src="data:[^"]*"', "", page)
    assert not re.search(r"\b(src|srcset)=|<link|url\(|@import", words)
    # A link may lead to a publication: nothing is asked for until a reader follows it.
    links = re.findall(r"""<(\w+)[^>]*?\bhref=["']([^"']*)""", words)
    assert all(tag == "a" and to.startswith(("#", "https://", "http://")) for tag, to in links)
    # What a drawing refers to stands in it, under a name that begins with #.
    inside = "".join(drawn)
    assert not re.search(r"url\((?!%23)|href='(?!%23)|@import", inside)


@pytest.mark.parametrize("area", AREAS)
def test_the_page_is_well_formed(built, area):
    page = built(area)
    assert page.count("<h1") == 1
    assert '<html lang="en-GB">' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for link in re.findall(r'href="#([^"]+)"', page):
        assert link in ids
    assert all(len(alt) > 40 for alt in read(page).alts)
    assert page.count("<table") == page.count("<caption")


def test_the_kept_example_says_what_a_fresh_report_says(built):
    kept = (ROOT / "reports" / "islington.html").read_text(encoding="utf-8")
    assert visible_text(kept) == visible_text(built("Islington")), (
        "reports/islington.html is stale: run 'make report' and commit it"
    )
