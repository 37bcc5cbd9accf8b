"""Every source line of a report names a publication before the link that leads to it."""

import re

import pytest

from youthjustice.reports.sections.national_figures import national_stages
from youthjustice.reports.sections.national_tables import stage_table, whole_children_tables

_LINE = re.compile(r'<p class="yj-source">(.*?)</p>', re.DOTALL)


def _lines(page):
    """Give the words of each source line, without the mark that leads to its entry."""
    told = (re.sub(r"<sup>.*?</sup>|<a .*?</a>", "", line) for line in _LINE.findall(page))
    return [re.sub(r"<[^>]*>", "", line).strip() for line in told]


@pytest.mark.parametrize("area", ["Islington", "Cardiff"])
def test_no_table_or_chart_has_an_empty_source_line(built, area):
    lines = _lines(built(area))
    assert len(lines) > 15
    assert [line for line in lines if not re.match(r"Source: \w", line)] == []


def test_a_stage_cites_its_counts_its_base_and_its_totals_and_no_others():
    index = national_stages()
    told = {stage: stage_table(rows).source for stage, rows in index.groupby("stage")}
    for publisher in ("Home Office", "Office for National Statistics", "Youth Justice Board"):
        assert publisher in told["stop and search"]
    assert "Home Office" not in told["caution or sentence"]
    assert "Home Office" not in told["sentence to custody"]
    assert all(source.endswith("; ratios are own analysis") for source in told.values())
    for table in whole_children_tables(index):
        titles = {one.title for one in table.lineage.publications}
        assert titles and all(title in table.source for title in titles)
