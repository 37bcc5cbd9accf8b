"""What the sections on disparity, standing, inspections and children say of their figures."""

import pandas as pd
import pytest

from youthjustice.presentation import Chart, Sentence, Table
from youthjustice.published import place
from youthjustice.reports.content import walk
from youthjustice.reports.sections.children import children, population_sentence
from youthjustice.reports.sections.disposals import local_disposals
from youthjustice.reports.sections.inspection import inspection, score_sentence
from youthjustice.reports.sections.linked import linked, linked_sentence
from youthjustice.reports.sections.linked_figures import linked_cohort
from youthjustice.reports.sections.standing import standing
from youthjustice.reports.sections.steps import steps_words
from youthjustice.reports.sections.wording import of_groups


def _traced(section, kind=(Sentence, Table, Chart)):
    return [thing for thing in walk(section) if isinstance(thing, kind) and thing.lineage]


def _one(section, start):
    told = [one for one in _traced(section, Sentence) if start in one.text]
    assert len(told) == 1
    return told[0].lineage


def test_a_ratio_of_disposals_names_both_counts_and_its_method():
    section = local_disposals("Islington")
    lineage = _one(section, "custody given a disposal: the ratio")
    assert lineage.formulas == ("share_ratio", "relative_rate_index")
    assert lineage.inputs == (("custodial disposals", "Black 8 of 114, White 10 of 136"),)
    assert [one.title for one in lineage.publications] == ["Youth justice statistics: 2012 to 2013"]
    total = _one(section, "330 disposals")
    assert sum(int(value) for _, value in total.inputs) == 330
    several = _one(section, "comparisons with White children")
    assert dict(several.inputs)["Custody"].endswith("White 10 of 136, Other 1 of 4")
    assert {"holm", "chance_findings"} <= set(several.formulas)


def test_the_shares_of_2021_are_those_of_the_census_table():
    lineage = _one(local_disposals("Rutland"), "the base alone moves")
    black, white = (
        int(part) / int(whole)
        for part, whole in (value.replace(",", "").split(" of ") for _, value in lineage.inputs)
    )
    assert (round(100 * black, 2), round(100 * white, 1)) == (5.92, 73.9)
    assert [one.release_date for one in lineage.publications] == ["", ""]
    assert lineage.publications[0].title.startswith("Census 2011")


def test_disposals_that_were_not_compared_name_their_counts_and_no_method():
    section = local_disposals("Rutland")
    told = [one for one in _traced(section, Sentence) if "was not compared" in one.text]
    assert [one.lineage.formulas for one in told] == [()]


@pytest.mark.parametrize("area", ["Islington", "Trafford"])
def test_the_linked_cohort_names_the_shares_that_were_compared(area):
    section = linked(area)
    rows = linked_cohort(place(area))
    lineage = _one(section, "comparisons with White children")
    assert "rounded_shares" in lineage.formulas
    for stage, (name, told) in zip(rows["stage"].unique(), lineage.inputs, strict=True):
        part = rows[rows["stage"] == stage].set_index("ethnic_group")
        assert f"of {part['denominator'].iloc[0]:,} and of {part['pupils_all'].iloc[0]:,}" in name
        white = part.loc["White"]
        assert told.endswith(f"White {white['share']:.0f}% and {white['pupils']:.0f}%")
        assert "Unknown" not in told
    brief = linked_sentence(place(area), rows, brief=True).lineage
    assert set(lineage.formulas) - set(brief.formulas) == {"chance_findings"}
    assert len(_traced(section, Chart)) == 1


def test_ranks_on_smallest_cohorts_lean_on_nothing_that_areas_have_in_common():
    section = standing("Islington")
    entrants, reoffending = (
        _one(section, f"by its {measure} Islington could stand")
        for measure in ("rate of first-time entrants", "reoffending rate at ages 15 to 17")
    )
    assert {"implied_count", "shrinkage", "ranks"} == set(entrants.formulas)
    assert {"smallest_cohort", "ranks"} == set(reoffending.formulas)
    assert dict(reoffending.inputs)["Islington, cohort labelled 2024"] == "smallest 3 of 11"
    assert dict(entrants.inputs)["Islington"].startswith("about 22 of ")
    claim = _one(section, "The claim names neither")
    assert len(claim.inputs) == 3
    assert all(one.lineage for one in walk(section) if isinstance(one, Chart))


def test_an_inspection_comes_from_its_own_report_and_is_as_published():
    lineage = score_sentence("Islington").lineage
    assert [one.title for one in lineage.publications] == ["Youth Justice Service inspection 2024"]
    assert lineage.formulas == ()
    tables = _traced(inspection("Islington"), Table)
    assert len({one.lineage for one in tables}) == len(tables) == 2
    (bexley,) = {one.lineage for one in _traced(inspection("Bexley"))}
    assert bexley.publications[0].title.startswith("Inspections of youth offending")
    # The doubt about a score is traced as the score is.
    doubted = _one(inspection("West Sussex"), "Rating and score do not go together")
    assert doubted.publications == bexley.publications


def test_shares_of_children_name_the_counts_that_the_table_leaves_out():
    (table,) = _traced(children("Islington"), Table)
    told = dict(table.lineage.inputs)
    assert told["England and Wales, Black"] == "333,587"
    assert table.lineage.formulas == ("share",)
    (census,) = population_sentence(place("Islington")).lineage.publications
    assert "Census 2021" in census.title
    assert population_sentence(place("Isles of Scilly")).lineage is None


def test_groups_without_both_numbers_are_left_out_of_inputs():
    rows = pd.DataFrame(
        {
            "ethnic_group": ["Black", "White", "Other"],
            "numerator": [8, 10, None],
            "denominator": [114, 136, 4],
        }
    )
    assert of_groups(rows) == "Black 8 of 114, White 10 of 136"
    assert of_groups(rows, "White", "Other") == "White 10 of 136"


def test_where_no_steps_can_be_compared_nothing_is_traced():
    none = pd.DataFrame({"ethnic_group": [], "tier": []})
    assert steps_words(none, none, context="In X").lineage is None
