from datetime import date

import numpy as np
import pandas as pd
import pytest

from youthjustice.errors import InputProblem
from youthjustice.published import GROUPS, five_groups, load

YJS_2012 = ["Asian or Asian British", "Black or Black British", "Mixed", "White",
            "Chinese or Other Ethnic Group", "Not Known"]  # fmt: skip


def test_youth_justice_statistics_2012_13():
    assert tuple(five_groups(pd.Series(YJS_2012), period="2012/13")) == GROUPS


def test_the_five_groups_stand_for_themselves_whatever_the_period():
    for when in (None, "2012/13", "year ending March 2025"):
        assert tuple(five_groups(pd.Series(GROUPS), period=when)) == GROUPS


@pytest.mark.parametrize("labels", [["White"], "White", ("White",), None, {"a": "White"}])
def test_labels_that_are_no_series_are_refused_in_a_sentence(labels):
    said = rf"a column of labels, not a {type(labels).__name__}: give pd.Series\(labels\)"
    with pytest.raises(InputProblem, match=said):
        five_groups(labels)


@pytest.mark.sampled(10)
@pytest.mark.parametrize(
    ("label", "group"),
    [("AOEG", "Other"), ("ASIA", "Asian"), ("BLAC", "Black"), ("CHIN", "Asian"), ("MIXD", "Mixed"),
     ("UNCL", "Unknown"), ("WHIT", "White"), ("Not stated", "Unknown"), ("UNKNOWN", "Unknown"),
     ("not known (1)", "Unknown"), ("Gypsy or Irish Traveller", "White"), ("Roma", "White"),
     ("Arab", "Other"), ("White and Asian", "Mixed"), ("Bangladeshi", "Asian"),
     ("Any other Black background", "Black"), ("Mixed/Multiple ethnic groups", "Mixed"),
     ("Asian, Asian British or Asian Welsh: Chinese", "Asian"), ("Other ethnic group: Arab",
     "Other"),
     ("Black, Black British, Black Welsh, Caribbean or African: African", "Black"),
     ("White: English, Welsh, Scottish, Northern Irish or British", "White"),
     ("Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups", "Mixed"),
     ("Chinese and Other", "Other"), ("Total", "All"), ("All", "All"),
     ("W1", "White"), ("W3", "White"), ("M2", "Mixed"), ("A9", "Asian"), ("A4", "Asian"), ("B1", "Black"),
     ("O9", "Other"), ("NS", "Unknown"), ("W1 - British", "White"), ("Indian (A1)", "Asian"),
     ("IC1", "White"), ("IC3", "Black"), ("IC4", "Asian"), ("IC6", "Other"), ("IC9", "Unknown"),
     ("White - North European", "White"), ("Middle Eastern", "Other"), ("WBRI", "White"),
     ("MWAS", "Mixed"), ("APKN", "Asian"), ("CHNE", "Asian"), ("BCRB", "Black"),
     ("OOTH", "Other"), ("REFU", "Unknown"), ("Asian - Indian", "Asian"),
     ("Other (including Chinese)", "Other"), ("Not known/not stated", "Unknown"),
     ("Information refused", "Unknown"), ("Prefer not to say", "Unknown"),
     ("All ethnicities", "All")],
)  # fmt: skip
def test_labels_of_other_publications(label, group):
    assert five_groups(pd.Series([label])).tolist() == [group]


@pytest.mark.parametrize(
    ("period", "group"),
    [("2012/13", "Other"), ("year ending March 2021", "Asian"), (date(2013, 3, 31), "Other"),
     (pd.Timestamp("2014-03-31"), "Asian"), ((date(2010, 4, 1), date(2011, 3, 31)), "Other")],
)  # fmt: skip
def test_chinese_moved_from_other_to_asian(period, group):
    assert five_groups(pd.Series(["Chinese"]), period=period).tolist() == [group]


def test_the_code_of_chinese_moves_with_it():
    assert five_groups(pd.Series(["O1"]), period="2012/13").tolist() == ["Other"]
    assert five_groups(pd.Series(["O1 Chinese"]), period="2014/15").tolist() == ["Asian"]


def test_each_row_may_have_its_own_period():
    ends = pd.Series(pd.to_datetime(["2012-03-31", "2021-03-31"]), index=[7, 8])
    made = five_groups(pd.Series(["Chinese", "Chinese"], index=[7, 8], name="g"), period=ends)
    assert made.to_dict() == {7: "Other", 8: "Asian"}
    assert made.name == "g"


def test_without_a_period_a_label_that_moved_is_refused():
    with pytest.raises(InputProblem, match="row 1 holds 'Chinese', which belongs to different"):
        five_groups(pd.Series(["White", "Chinese"]))


@pytest.mark.parametrize(
    "label",
    ["Ethnic minority groups", "ethnic minority groups (excluding White minorities)",
     "Ethnic minorities", "All other ethnic groups combined", "Asian and Other (combined)",
     "Black and minority ethnic", "All ethnic minorities", "Other than White", "Mixed or Other",
     "Minority ethnic (excluding White minorities)"],
)  # fmt: skip
def test_a_summary_row_is_refused_with_the_reason(label):
    with pytest.raises(InputProblem, match=r"row 1 holds '.*': it (is a sum|merges)"):
        five_groups(pd.Series(["Asian", label]))


@pytest.mark.parametrize("label", ["Martian", "", "x" * 10_000, "\x00", "<b>", 7])
def test_an_unknown_label_is_named_by_its_row(label):
    with pytest.raises(InputProblem, match=r"^row 1 holds '.*', no ethnic group we know") as caught:
        five_groups(pd.Series(["White", label], dtype="object"))
    assert len(str(caught.value)) < 200


def test_the_nearest_label_is_suggested():
    with pytest.raises(InputProblem, match=r"did you mean .*Bangladeshi"):
        five_groups(pd.Series(["Bangladesh"]))


def test_no_label_of_several_groups_is_suggested():
    with pytest.raises(InputProblem) as caught:
        five_groups(pd.Series(["Ethnic minoritys"]))
    assert "did you mean" not in str(caught.value)


def test_a_missing_label_stays_missing():
    made = five_groups(pd.Series(["White", None, np.nan], dtype="object"))
    assert made.isna().tolist() == [False, True, True]
    assert five_groups(pd.Series([], dtype="object")).empty


def test_every_label_of_the_lookup_has_a_group_or_a_reason():
    book = load("ethnic_groups")
    assert (book["ethnic_group"].isna() == book["reason"].notna()).all()


def test_the_committed_tables_hold_the_five_groups_only():
    assert set(load("disposals_area_2012_13")["ethnic_group"]) <= {*GROUPS, "All"}
