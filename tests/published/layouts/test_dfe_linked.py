"""The linked data of education and offending: a workbook made from the shipped table, and the real
one."""

from functools import cache

import pandas as pd
import pytest

from tests.published.layouts.books import book, text
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.importing import read_book
from youthjustice.published.layouts.dfe_linked import LAYOUT

TABLE = "linked_cohort_ethnicity_area"
KEY = ["area_code", "la_basis", "stage", "ethnic_group"]
GROUPS = {
    "Asian": "ASIA", "Black": "BLAC", "Mixed": "MIXD", "White": "WHIT", "Chinese": "CHIN",
    "Other": "AOEG", "Unknown": "UNCL",
}  # fmt: skip
STAGES = {
    "all pupils": "All Pupils", "cautioned or sentenced": "Any Offence",
    "cautioned or sentenced for serious violence": "Serious Violence Offence",
}  # fmt: skip
INFO = [
    "LA", "indicator", "all", "offenders_perc", "sv_perc", "prev_perc", "all_dif_perc",
    "off_dif_perc", "sv_dif_perc",
]  # fmt: skip


@cache
def sheets():
    """Print the shipped table as the publication does, with a sheet of numbers of children."""
    frame = load(TABLE)
    names = frame["area_name"].replace("Dorset (before April 2019)", "Dorset")
    frame = frame.assign(LA=names, indicator=frame["la_basis"].str.capitalize())
    shares = frame[frame["unit"] == "%"]
    ethnicity = [["LA", "indicator", "EthnicGroupMajor", "group", "perc"]] + [
        [area, placed, GROUPS[group], STAGES[stage], None if pd.isna(value) else float(value)]
        for area, placed, group, stage, value in zip(
            shares["LA"], shares["indicator"], shares["ethnic_group"], shares["stage"],
            shares["value"], strict=True,
        )
    ]  # fmt: skip
    sizes = frame[frame["unit"] == "children"]
    wide = sizes.pivot_table(index=["LA", "indicator"], columns="stage", values="value")
    info = [INFO]
    for (area, placed), (pupils, any_offence, serious) in zip(
        wide.index, wide[list(STAGES)].to_numpy(), strict=True
    ):
        counts = [f"{any_offence:.0f} (5%)", f"{serious:.0f} (2%)", "12 (7%)", "", "70 (12%)", ""]
        if area == "England":
            counts[2:] = [""] * 4
        info.append([area, placed, pupils, *counts])
    return {"info_table": info, "Ethnicity": ethnicity}


MORE = {
    "Gender": [
        ["LA", "indicator", "group", "Gender", "perc"],
        ["Islington", "Home", "Any Offence", "Male", 83.0],
        ["Islington", "Home", "Any Offence", "Female", 17.0],
    ],
    "FSM": [["LA", "indicator", "group", "perc"], ["Islington", "Home", "All Pupils", 75.0]],
    "FSM_waffle_sv": [
        [
            "LA", "indicator", "sv_prop_count_FSM", "prop_sv_not_FSM", "also_sv_prop_count_FSM",
            "not_also_sv_prop_count_FSM",
        ],
        ["Islington", "Home", 91.0, 9.0, 4.0, 96.0],
    ],
    "age_offence": [
        ["LA", "indicator", "OffenceStartAge", "group", "perc"],
        ["Islington", "Home", 10.0, "Any Offence", None],
        ["Islington", "Home", 11.0, "Any Offence", 4.0],
    ],
    "Notes": [["Figures are whole per cents."]],
}  # fmt: skip


@cache
def frame():
    return read_book(book({**sheets(), **MORE}, "xlsx"))


def same_as_shipped(read):
    ours = load(TABLE).sort_values(KEY, ignore_index=True)
    theirs = read[read["table"] == TABLE].sort_values(KEY, ignore_index=True)
    pd.testing.assert_frame_equal(text(theirs, *ours.columns), text(ours, *ours.columns))


@pytest.mark.prove
def test_the_shipped_table_comes_back():
    same_as_shipped(frame())
    assert frame().attrs["release"] == "2023-03"
    assert frame()["check"].isna().all()


def islington(table, **where):
    rows = frame()[(frame()["table"] == table) & (frame()["area_name"] == "Islington")]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    return rows


def test_a_count_with_its_per_cent_becomes_two_figures():
    rows = islington(
        "linked_cohort_area",
        la_basis="school",
        stage="cautioned or sentenced",
        measure="children",
    )
    count, share = rows.to_dict("records")
    assert (count["value"], count["unit"]) == (596, "children")
    assert (share["value"], share["unit"]) == (5, "%")
    assert share["denominator"] == 8488
    assert count["cell"] == share["cell"]


def test_a_blank_is_withheld_except_for_england():
    away = "children who live and go to school in different authorities"
    rows = frame()[(frame()["measure"] == away) & frame()["value"].isna()]
    symbols = rows.groupby(rows["area_name"] == "England")["symbol"].unique().map(list)
    assert symbols.to_dict() == {False: ["c"], True: ["x"]}
    assert islington("linked_cohort_age_area", age_band="10")["symbol"].tolist() == ["c"]


def test_the_other_sheets_become_tables_and_what_repeats_is_left_out():
    assert islington("linked_cohort_sex_area")["sex"].tolist() == ["male", "female"]
    assert islington("linked_cohort_age_area")["age_band"].tolist() == ["10", "11"]
    meals = islington("linked_cohort_free_school_meals_area")
    assert meals["value"].tolist() == [75, 9, 4]
    assert meals["free_school_meals"].tolist() == ["eligible", "not eligible", "eligible"]
    assert meals["denominator"].fillna(-1).tolist() == [8490, 257, -1]
    said = " ".join(frame().attrs["left_out"])
    assert "'sv prop count fsm', which repeats FSM" in said
    assert "'not also sv prop count fsm', which is what is left to 100 per cent" in said
    assert "'Notes'" in said


def test_dorset_is_the_county_beside_poole_and_todays_authority_without_it():
    few = {
        "info_table": [INFO, ["Dorset", "Home", 10.0, "2 (20%)", "1 (10%)", "", "", "", ""]],
        "Ethnicity": [
            ["LA", "indicator", "EthnicGroupMajor", "group", "perc"],
            ["Dorset", "Home", "ASIA", "All Pupils", 2.0],
        ],
    }
    read = LAYOUT.read(book(few))
    assert set(read["area_code"]) == {"E06000059"}
    few["Ethnicity"].append(["Poole", "Home", "ASIA", "All Pupils", 1.0])
    read = LAYOUT.read(book(few))
    assert set(read["area_code"]) == {"E10000009", "E06000029"}
    # Nothing says which pupils another edition is about.
    assert read["release"].isna().all()
    assert read["period_start"].isna().all()
    assert set(read["period_basis"]) == {"not stated"}


def test_a_group_that_nobody_knows_is_told_with_its_cell():
    strange = [
        ["LA", "indicator", "EthnicGroupMajor", "group", "perc"],
        ["Islington", "Home", "ASIA", "Every Offence", 2.0],
    ]
    with pytest.raises(InputProblem, match="row of cell E2: 'Every Offence' is not one of"):
        LAYOUT.read(book({"Ethnicity": strange}))


@pytest.mark.real_files
def test_the_official_workbook_gives_the_shipped_table(real_file):
    read = read_workbook(real_file("dfe-offending-demographics-2023-03-16.xlsx"))
    same_as_shipped(read)
    assert read.attrs["release"] == "2023-03"
    assert len(read) == 20_536
    assert not read.duplicated([*KEY, "table", "sex", "age_band", "free_school_meals", "measure",
                                "unit"]).any()  # fmt: skip
    assert not {*read.attrs["tables"]} ^ {*read["table"]}
