"""Census 2021 extracts: files made so that they add up to the shipped figures."""

from functools import cache

import numpy as np
import pytest

from tests.published.layouts.books import book, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.importing import layout_of
from youthjustice.published.layouts.ons_census_2021 import LAYOUT

AREAS = ("E09000019", "E07000061", "E07000062", "E07000063", "E07000064", "E07000065", "W06000015")
ASIAN, BLACK = (
    "Asian, Asian British or Asian Welsh",
    "Black, Black British, Black Welsh, Caribbean or African",
)
MIXED, OTHER = "Mixed or Multiple ethnic groups", "Other ethnic group"
DETAIL = {
    "Asian": [f"{ASIAN}: {one}" for one in
              ("Bangladeshi", "Chinese", "Indian", "Pakistani", "Other Asian")],
    "Black": [f"{BLACK}: {one}" for one in ("African", "Caribbean", "Other Black")],
    "Mixed": [f"{MIXED}: {one}" for one in
              ("White and Asian", "White and Black African", "White and Black Caribbean",
               "Other Mixed or Multiple ethnic groups")],
    "White": [f"White: {one}" for one in
              ("English, Welsh, Scottish, Northern Irish or British", "Irish",
               "Gypsy or Irish Traveller", "Roma", "Other White")],
    "Other": [f"{OTHER}: {one}" for one in ("Arab", "Any other ethnic group")],
}  # fmt: skip
BROAD = {"Asian": ASIAN, "Black": BLACK, "Mixed": MIXED, "White": "White", "Other": OTHER}


@cache
def shipped():
    frame = load("population_ethnicity_area")
    frame = frame[frame["area_type"] != "service"]
    return frame.set_index(["area_code", "ethnic_group"])["value"]


@cache
def shares(code, group, kinds):
    """Share the shipped number of a group out over kinds of it, eight ages and two sexes."""
    rng = np.random.default_rng([*map(ord, code + group)])
    cells = kinds * 16
    total = int(shipped()[code, group])
    return rng.multinomial(total, np.full(cells, 1 / cells)).reshape(kinds, 8, 2)


def age_label(age):
    if age in (0, 100):
        return "Aged under 1 year" if age == 0 else "Aged 100 years and over"
    return f"Aged {age} year{'s' * (age > 1)}"


@cache
def custom(
    tier="Lower tier local authorities", sexes=True, ages=(9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
):
    """Print a custom dataset of twenty ethnic groups, the last of which does not apply."""
    names = [tier, "Ethnic group (20 categories)", "Age (101 categories)"]
    names += ["Sex (2 categories)"] if sexes else []
    rows = [[*(f"{name}{end}" for name in names for end in (" Code", "")), "Observation"]]
    labels = [(g, i, label) for g, kinds in DETAIL.items() for i, label in enumerate(kinds)]
    for code in AREAS:
        for number, (group, kind, label) in enumerate([*labels, ("", 0, "Does not apply")]):
            for age in ages:
                child = 10 <= age <= 17 and group
                both = shares(code, group, len(DETAIL[group]))[kind, age - 10] if child else [7, 7]
                start = [
                    code,
                    f"Name of {code}",
                    number if group else -8,
                    label,
                    age,
                    age_label(age),
                ]
                split = [["1", "Female", both[0]], ["2", "Male", both[1]]]
                rows += [[*start, *cells] for cells in (split if sexes else [[sum(both)]])]
    return [[str(cell) for cell in row] for row in rows]


def sums(frame, sex="All"):
    rows = frame[(frame["age_band"] == "10-17") & (frame["sex"] == sex)]
    keys = zip(rows["area_code"], rows["ethnic_group"], strict=True)
    return dict(zip(keys, rows["value"], strict=True))


def expected(*more):
    return {(c, g): shipped()[c, g] for c in (*AREAS, *more) for g in (*DETAIL, "All")}


@pytest.mark.parametrize(
    ("tier", "sexes"),
    [("Lower tier local authorities", True), ("Lower Tier Local Authorities", False)],
)
def test_nineteen_groups_and_single_years_add_up_to_the_shipped_figures(tier, sexes):
    frame = LAYOUT.read(book(custom(tier, sexes)))
    # The county of the five districts is added up in the shipped table and here.
    assert sums(frame) == expected("E10000011")
    assert set(frame["sex"]) == ({"female", "male", "All"} if sexes else {"All"})
    assert "rows of people to whom the table does not apply" in frame.attrs["left_out"]
    if sexes:
        girls = sums(frame, "female")["E09000019", "Black"]
        assert girls == shares("E09000019", "Black", 3)[:, :, 0].sum()


def test_rows_say_what_they_are():
    frame = LAYOUT.read(book(custom()))
    assert set(frame["table"]) == {"population_ethnicity_area"}
    assert set(frame["release"]) == {"2021"}
    assert {*frame["period_start"].dt.date.astype("str")} == {"2021-03-21"}
    assert set(frame["unit"]) == {"children"}
    adult = frame[frame["area_code"] == "E07000061"].iloc[0]
    assert (adult["area_type"], adult["part_of"]) == ("lower_tier", "E10000011")
    black = frame[(frame["ethnic_group"] == "Black") & (frame["age_band"] == "10-17")]
    cells = black.loc[(black["area_code"] == "E09000019") & (black["sex"] == "All"), "cell"].item()
    assert cells.endswith("and 47 more")  # three groups, eight ages, two sexes
    assert not frame.duplicated(["area_code", "ethnic_group", "sex", "age_band"]).any()


def test_an_extract_without_an_age_gives_no_sum_and_says_so():
    frame = LAYOUT.read(book(custom(ages=range(10, 17))))
    assert "10-17" not in set(frame["age_band"])
    assert any("do not make up" in one for one in frame.attrs["left_out"])


def nomis(across="ethnic", mnemonic=True, detail=False):
    """Print a Nomis table of broad groups: a block for each age, or for each ethnic group."""
    rows = [
        ["RM032 - Ethnic group by sex by age"],
        ["ONS Crown Copyright Reserved [from Nomis on 12 May 2024]"], [],
    ]  # fmt: skip
    bands = {"Aged 10 to 14 years": slice(0, 5), "Aged 15 years": slice(5, 6)}
    bands |= {"Aged 16 to 17 years": slice(6, 8), "Aged 18 to 19 years": slice(0, 0)}
    groups = [*DETAIL, "All"]
    names = [*BROAD.values(), "Total: All usual residents"]

    def count(code, group, band):
        if group == "All":
            return sum(count(code, one, band) for one in DETAIL)
        return int(shares(code, group, 1)[:, bands[band]].sum())

    by_age = across == "ethnic"
    outer, inner = (list(bands), groups) if by_age else (groups, list(bands))
    heads = names if by_age else list(bands)
    heads = [*heads, "White: Irish"] if detail else heads
    for one in outer:
        said = ["Age        :", one] if by_age else ["Ethnic group:", names[groups.index(one)]]
        rows += [["Population :", "All usual residents"], ["Units      :", "Persons"]]
        rows += [["Date       :", "2021"], said, ["Sex        :", "All persons"], []]
        place = "local authority: district / unitary (as of April 2023)"
        rows += [[place, *(["mnemonic"] * mnemonic), *heads], []]
        for code in AREAS:
            counts = [count(code, *((x, one) if by_age else (one, x))) for x in inner]
            counts += [3] * detail
            name = [f"Name of {code}", code] if mnemonic else [f"{code} : Name of {code}"]
            rows.append([*name, *map(str, counts)])
        rows += [[], ["In order to protect against disclosure, records have been swapped."], []]
    return rows


@pytest.mark.sampled(1)
@pytest.mark.parametrize("across", ["ethnic", "age"])
@pytest.mark.parametrize("mnemonic", [True, False])
def test_blocks_of_nomis_add_up_to_the_shipped_figures(across, mnemonic):
    frame = LAYOUT.read(book(nomis(across, mnemonic)))
    assert sums(frame) == expected("E10000011")
    assert {"10-14", "15", "16-17", "10-17"} == set(frame["age_band"])
    assert set(frame["sex"]) == {"All"}


def test_a_part_beside_its_whole_is_not_added_twice():
    frame = LAYOUT.read(book(nomis(detail=True)))
    assert sums(frame) == expected("E10000011")
    assert any("broad groups are printed too" in one for one in frame.attrs["left_out"])


def test_a_block_that_does_not_say_its_age_is_told():
    rows = [row for row in nomis() if not (row and row[0].startswith("Age "))]
    with pytest.raises(InputProblem, match="no title above the table says its age"):
        LAYOUT.read(book(rows))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("made", [custom, nomis])
@pytest.mark.prove
def test_a_file_on_disk_has_this_layout_alone(tmp_path, made):
    rows = made()
    assert layout_of(book(rows)) is LAYOUT
    frame = read_workbook(written(tmp_path, "csv", rows))
    assert frame.attrs["layout"] == "ons_census_2021"
    assert frame.attrs["tried"] is False
    assert sums(frame) == expected("E10000011")


def test_a_census_table_of_other_areas_is_not_ours():
    rows = [
        [cell.replace("Lower tier local authorities", "Wards") for cell in row] for row in custom()
    ]
    assert not LAYOUT.fits(book(rows))
