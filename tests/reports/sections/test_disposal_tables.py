"""The tables of disposals: each ratio taken alone, and which side of 1 is the adverse one."""

import pytest

from youthjustice.presentation import Sentence, Table
from youthjustice.reports.content import walk
from youthjustice.reports.sections.disposals import local_disposals

_HEAD = "What it allows, taken alone"


def _tables(area):
    found = [one for one in walk(local_disposals(area)) if isinstance(one, Table)]
    return {one.caption.split(" ")[0]: one for one in found if " disposals of " in one.caption}


@pytest.mark.parametrize("area", ["Islington", "Birmingham", "Kent"])
def test_a_table_of_several_groups_claims_none_of_them(area):
    for tier, table in _tables(area).items():
        texts = table.texts()
        said = texts[_HEAD]
        assert not said.str.contains("represented").any(), tier
        ends = texts["95% interval"].str.extract(r"^([\d.]+) to ([\d.]+)$").astype(float)
        assert (ends.loc[said == "below 1", 1] < 1).all()
        assert (ends.loc[said == "above 1", 0] > 1).all()


def test_both_sides_of_one_are_said_where_they_occur():
    told = {one for table in _tables("Birmingham").values() for one in table.texts()[_HEAD]}
    assert {"above 1", "below 1"} <= told
    black = _tables("Islington")["Pre-court"].texts().set_index("Ethnic group").loc["Black"]
    assert (black["95% interval"], black[_HEAD]) == ("0.23 to 0.95", "below 1")


def test_fewer_pre_court_disposals_are_called_the_adverse_side():
    tables = _tables("Islington")
    assert "Below 1 is the adverse side" in tables["Pre-court"].note
    assert not any(tables[tier].note for tier in ("First-tier", "Community", "Custody"))
    told = [str(one) for one in walk(local_disposals("Islington")) if isinstance(one, Sentence)]
    assert any(
        "there the low side of a ratio is the adverse one for a child" in one for one in told
    )
