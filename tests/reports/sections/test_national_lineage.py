"""Where the figures of the national stages come from: publications, formulas and inputs."""

import pandas as pd
import pytest

from youthjustice.presentation import Sentence
from youthjustice.published import load, place
from youthjustice.reports.citing import cite
from youthjustice.reports.sections import first_screen
from youthjustice.reports.sections.national_figures import (
    CUSTODY,
    national_stages,
    on_basis,
    one_stage,
    stage_origins,
)
from youthjustice.reports.sections.national_lineage import stage_counts, stages_traced
from youthjustice.reports.sections.reoffending_figures import local_rates
from youthjustice.reports.sections.stages import custody_sentence, unknown_sentence

SEARCH, CHILDREN = "stop and search", "caution or sentence"


@pytest.fixture(scope="module")
def index():
    return national_stages()


def _at(index, stage):
    return index[index["stage"] == stage]


def test_a_stage_comes_from_the_publications_of_its_counts_its_base_and_its_total(index):
    told = {stage: stage_origins(rows) for stage, rows in index.groupby("stage")}
    names = {
        stage: [(one.publisher.split(" ")[0], one.release_date) for one in listed]
        for stage, listed in told.items()
    }
    search = [("Home", "2025-11-06"), ("Office", ""), ("Youth", "2026-01-29")]
    assert names[SEARCH] == names["arrest"] == search
    assert names[CHILDREN] == [("Office", ""), ("Youth", "2022-01-27")]
    assert names[CUSTODY] == [("Youth", "2026-01-29")]
    assert all(one.table and one.address for listed in told.values() for one in listed)


def test_the_small_chart_of_a_nation_cites_the_stage_that_it_draws(index):
    assert "Home Office" in cite(on_basis(index, "population"))
    assert "Home Office" not in cite(one_stage(index, CHILDREN))
    drawn = first_screen.overview(place("Cardiff"), None, local_rates(place("Cardiff").code)).items
    chart = drawn[0].chart
    assert chart.title == "Ethnic disparity in England and Wales"
    assert chart.source == cite(one_stage(index, CHILDREN))
    assert chart.lineage.publications == stage_origins(_at(index, CHILDREN))
    assert "Black 1,848 of 333,587" in dict(chart.lineage.inputs)[CHILDREN]
    assert str(drawn[1]).startswith("Not drawn for Cardiff, since too little is published")


def test_every_stage_is_of_one_publication_as_the_table_says(index):
    table = load("children_by_stage_national")
    for stage, rows in index.groupby("stage"):
        printed = table[(table["stage"] == stage) & table["denominator"].notna()]
        # Of the unknown and of pooled years too, each row's publication is the stage's own.
        used = printed[printed["period_end"] == printed["period_end"].max()]
        assert set(rows["source"]) == set(used["source"])
        assert set(rows["denominator_source"]) == set(used["denominator_source"])


def test_a_source_line_says_what_it_said_before_tables_were_named(index):
    cited = on_basis(index, "population").attrs["cited"]
    assert [one["title"].split(":")[0] for one in cited] == [
        "Police powers and procedures",
        "Census 2021",
        "Youth justice statistics",
    ]


def test_formulas_follow_how_groups_were_compared(index):
    said = Sentence("One.")
    search, custody = (
        set(stages_traced(said, _at(index, stage)).lineage.formulas) for stage in (SEARCH, CUSTODY)
    )
    assert search == {"relative_rate_index", "rate_ratio", "unknown_bounds"}
    assert custody == {"relative_rate_index", "share_ratio", "pooled"}
    both = stages_traced(said, index, "holm").lineage.formulas
    assert set(both) == search | custody | {"holm"}


def test_inputs_are_the_counts_as_printed_and_the_unknown_beside_their_total(index):
    assert stage_counts(_at(index, SEARCH), "Black", "White") == {
        SEARCH: "Black 10,326 of 333,587, White 53,593 of 4,161,949, not known 20,892 of 95,900"
    }
    assert stage_counts(_at(index, CUSTODY), "Black") == {CUSTODY: "Black 202 of 2,183"}
    shown = stages_traced(Sentence("One."), _at(index, SEARCH), shows_inputs=True)
    assert shown.lineage.inputs == ()


def test_the_single_years_of_custody_add_up_to_the_pooled_ones():
    told = dict(custody_sentence().lineage.inputs)
    assert list(told) == ["2023", "2024", "2025"]
    counts = pd.Series(told).str.extract(r"Black (\d+) of (\d+), White").astype(int).sum()
    assert counts.tolist() == [202, 2183]


def test_the_unknown_come_from_the_totals_publication_too(index):
    lineage = unknown_sentence(index).lineage
    assert "unknown_left" in lineage.formulas
    assert dict(lineage.inputs)[CHILDREN] == "549 of 15,751"
    assert CUSTODY not in dict(lineage.inputs)
