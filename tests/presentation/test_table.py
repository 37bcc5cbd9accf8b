"""Tables: real headers, and every gap explained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.presentation import Table, numbers
from youthjustice.presentation.lineage import Lineage, Publication


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "group": ["Asian", "Black", "White"],
            "children": [1200.0, np.nan, 0.0],
            "rate": [0.5, np.nan, np.nan],
            "symbol": [None, "c", None],
            "rate_symbol": [None, "c", "z"],
        },
        index=[7, 7, 7],
    )


def test_headers_and_numbers_are_marked_up(frame):
    html = Table(frame, "Children", formats={"rate": numbers.percent})._repr_html_()
    assert html.count('scope="col"') == 3
    assert html.count('scope="row"') == 3
    assert '<td class="yj-number">1,200</td><td class="yj-number">50.0%</td>' in html


def test_missing_suppressed_and_zero_are_three_different_things(frame):
    texts = Table(frame, "Children").texts()
    assert texts["Children"].tolist() == ["1,200", "[c]", "0"]
    assert texts["Rate"].tolist() == ["0.50", "[c]", "[z]"]


def test_symbols_are_explained_where_they_occur_and_nowhere_else(frame):
    table = Table(frame, "Children")
    assert list(table.symbols()) == ["c", "z"]
    assert "not applicable" in table._repr_html_()
    assert "[c] kept confidential" in str(table)
    assert Table(frame, "x", columns={"group": "Group"}).symbols() == {}


def test_a_gap_without_a_symbol_is_not_available(frame):
    bare = Table(frame[["group", "children"]], "Children")
    assert bare.texts()["Children"].tolist()[1] == "[x]"
    assert bare.symbols() == {"x": "not available"}


def test_a_table_that_may_scroll_can_be_reached_by_keyboard_and_is_named(frame):
    shown = Table(frame, "A & B")._repr_html_()
    assert 'role="group" tabindex="0" aria-label="A &amp; B"' in shown


def test_the_frame_is_kept_as_it_was_given(frame):
    table = Table(frame, "Children")
    frame.loc[:, "children"] = 5.0
    assert table.texts()["Children"].tolist() == ["1,200", "[c]", "0"]


def test_an_unknown_column_is_named(frame):
    with pytest.raises(InputProblem, match="'nothing'"):
        Table(frame, "Children", columns={"nothing": "Nothing"})


def test_an_empty_table_and_dates():
    empty = Table(pd.DataFrame({"a": [], "b": []}), "Empty")
    assert "<tbody></tbody>" in empty._repr_html_()
    assert str(empty).startswith("Empty")
    dated = Table(pd.DataFrame({"end": pd.to_datetime(["2024-12-31"])}), "x")
    assert dated.texts()["End"].tolist() == ["31 December 2024"]


def test_a_lineage_needs_a_source_to_stand_behind(frame):
    told = Lineage((Publication("Office", "Book"),))
    with pytest.raises(InputProblem, match="'Children' has a lineage and no source"):
        Table(frame, "Children", lineage=told)
    bare = Table(frame, "Children")
    with pytest.raises(InputProblem, match="no source"):
        replace(bare, lineage=told)
    assert "yj-source" not in bare._repr_html_()
    sourced = Table(frame, "Children", source="Office, Book", lineage=told)._repr_html_()
    assert f"Source: Office, Book {told.reference_html()}</p>" in sourced
