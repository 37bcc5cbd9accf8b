"""Mid-year estimates: files made so that they add up to the shipped figures."""

import subprocess
import sys
from functools import cache

import numpy as np
import pandas as pd
import pytest

from tests.published.layouts.books import book, written
from youthjustice.errors import InputProblem
from youthjustice.published import load, read_workbook
from youthjustice.published.importing import layout_of
from youthjustice.published.layouts.ons_mid_year import LAYOUT

# An authority, a county with its five districts, and one of Wales.
AREAS = ("E09000019", "E07000061", "E07000062", "E07000063", "E07000064", "E07000065", "W06000015")
YEARS = ("2011", "2022")


@cache
def shipped():
    frame = load("population_area")
    frame = frame[(frame["age_band"] == "10-17") & (frame["source"] == "ons-mye-2022")]
    return frame.assign(year=frame["period_end"].dt.year.astype("str"))


def children_of(code, year):
    rows = shipped()
    return int(rows.loc[(rows["area_code"] == code) & (rows["year"] == year), "value"].item())


@cache
def shares(code, year):
    """Share the shipped number of children out over two sexes and eight ages."""
    rng = np.random.default_rng([*map(ord, code), int(year)])
    return rng.multinomial(children_of(code, year), np.full(16, 1 / 16)).reshape(2, 8)


@cache
def long_rows(sexes=("M", "F"), boundaries=23, head="population_{}"):
    """Print rows of MYEB1: one for each area, sex and age, a column for each year."""
    codes = [f"ladcode{boundaries}", f"laname{boundaries}", "country", "sex", "age"]
    rows = [[*codes, *(head.format(year) for year in YEARS)]]
    for code in (*AREAS, "S12000033"):
        for sex, name in enumerate(sexes):
            for age in range(91):
                young = 10 <= age <= 17 and code in AREAS
                counts = [shares(code, y)[sex, age - 10] if young else 1000 + age for y in YEARS]
                printed = [f"{count:,}" for count in counts]
                rows.append([code, f"Name of {code}", code[0], name, str(age), *printed])
    return rows


def sums(frame, sex="All"):
    rows = frame[(frame["age_band"] == "10-17") & (frame["sex"] == sex)]
    years = rows["period_end"].dt.year.astype("str")
    return dict(zip(zip(rows["area_code"], years, strict=True), rows["value"], strict=True))


def expected(*more):
    return {(code, year): children_of(code, year) for code in (*AREAS, *more) for year in YEARS}


@pytest.mark.parametrize("sexes", [("M", "F"), ("1", "2")])
@pytest.mark.prove
def test_one_row_for_each_age_adds_up_to_the_shipped_figures(sexes):
    frame = LAYOUT.read(book(long_rows(sexes)))
    # The county is the sum of its districts, in the shipped table and here.
    assert sums(frame) == expected("E10000011")
    boys = sum(shares(code, "2022")[0].sum() for code in AREAS)
    county = sums(frame, "male").pop(("E10000011", "2022"))
    of_districts = sum(n for (code, year), n in sums(frame, "male").items() if year == "2022")
    assert of_districts == boys + county
    ten = frame[(frame["age_band"] == "10") & (frame["sex"] == "male")]
    assert ten.loc[ten["area_code"] == "E09000019", "value"].tolist() == [
        shares("E09000019", year)[0, 0] for year in YEARS
    ]


def test_rows_say_what_they_are():
    frame = LAYOUT.read(book(long_rows()))
    ours = shipped().query("year == '2022'").set_index("area_code")
    read = frame[(frame["age_band"] == "10-17") & (frame["sex"] == "All")]
    read = read[read["period_end"] == "2022-06-30"].set_index("area_code")
    for column in ("area_name", "area_type", "region", "part_of", "period_start", "measure", "unit",
                   "flag"):  # fmt: skip
        theirs, wanted = (
            read[column].astype("object"),
            ours.loc[read.index, column].astype("object"),
        )
        assert (
            theirs.where(theirs.notna(), "").tolist() == wanted.where(wanted.notna(), "").tolist()
        )
    assert set(frame["release"]) == {"mid-2022"}
    assert set(frame["source"]) == {"ons-mye-2022"}
    assert read.loc["E09000019", "cell"] == "G12 and 15 more"
    assert any("1 areas outside England and Wales" in one for one in frame.attrs["left_out"])


def test_a_county_without_one_of_its_districts_is_not_added_up():
    frame = LAYOUT.read(book([row for row in long_rows() if row[0] != "E07000065"]))
    assert "E10000011" not in set(frame["area_code"])


def test_the_newest_boundaries_are_read_and_components_are_not():
    changes = [row[:] for row in long_rows()]
    changes[0] = [*changes[0], "births_2012"]
    sheets = {
        "Notes": [["MYEB1 and MYEB2"]],
        "MYEB1 (2020 Geography)": [["Title"], *long_rows(boundaries=20)],
        "MYEB1 (2021 Geography)": [["Title"], *long_rows(boundaries=21)],
        "MYEB2": changes,
    }
    frame = LAYOUT.read(book(sheets, "xlsx"))
    assert set(frame["sheet"]) == {"MYEB1 (2021 Geography)"}
    assert sums(frame) == expected("E10000011")
    assert {"sheet 'MYEB2'", "sheet 'Notes'"} <= set(frame.attrs["left_out"])


def wide(sex, at, year="2022", title="{sex} by single year of age, mid-{year}", name="Geography"):
    """Print a sheet of MYE2: one row for each area, a column for each age."""
    rows = [[title.format(sex=sex, year=year)]]
    rows += [["This worksheet contains one table."]] * (at - 1)
    rows.append(["Code", "Name", name, "All ages", *map(float, range(90)), "90+"])
    for code in ("K02000001", "E11000001", *AREAS, "E10000011", "N92000002"):
        if code in AREAS:
            split = shares(code, year)
        else:
            parts = [shares(one, year) for one in AREAS if one.startswith("E07")]
            split = np.sum(parts, axis=0)
        young = split.sum(axis=0) if sex == "Persons" else split[int(sex == "Females")]
        ages = [*range(10), *young, *range(73)]
        rows.append([code, "A name", "Kind", float(sum(ages)), *map(float, ages)])
    return rows


@pytest.mark.parametrize(("at", "name"), [(4, "Geography1"), (7, "Geography")])
def test_a_column_for_each_age_adds_up_to_the_shipped_figures(at, name):
    sheets = {"Contents": [["Mid-2021 and mid-2022 are here"]]}
    sheets |= {f"MYE2 - {sex}": wide(sex, at, name=name) for sex in ("Persons", "Females", "Males")}
    frame = LAYOUT.read(book(sheets, "xls"))
    assert sums(frame) == {key: n for key, n in expected("E10000011").items() if key[1] == "2022"}
    assert sums(frame, "female")[("E09000019", "2022")] == shares("E09000019", "2022")[1].sum()
    assert not frame.duplicated(["area_code", "sex", "age_band"]).any()
    islington = frame[(frame["area_code"] == "E09000019") & (frame["age_band"] == "10-17")]
    assert islington["cell"].tolist() == [f"O{at + 4} and 7 more"] * 3
    assert any("3 areas outside England and Wales" in one for one in frame.attrs["left_out"])


def test_a_year_that_is_not_stated_or_not_one_stays_missing():
    for title in ("{sex} by single year of age", "{sex}, mid-2011 to mid-2022"):
        frame = LAYOUT.read(book({"Persons": wide("Persons", 2, title=title)}))
        assert frame["period_end"].isna().all()
        assert set(frame["period_basis"]) == {"not stated"}
        assert frame["release"].isna().all()


@pytest.mark.prove
def test_a_file_on_disk_has_this_layout_alone(tmp_path):
    frame = read_workbook(written(tmp_path, "csv", long_rows()[: 91 * 4 + 1]))
    assert frame.attrs["layout"] == "ons_mid_year"
    assert frame.attrs["tried"] is False
    assert "E07000061" in set(frame["area_code"])  # a district, which no check calls unknown
    assert frame["check"].isna().all()
    assert layout_of(book({"x": wide("Persons", 4)})) is LAYOUT


def test_a_sex_that_is_none_is_told_with_its_cell():
    with pytest.raises(InputProblem, match="row of cell F12: 'X' is no sex"):
        LAYOUT.read(book(long_rows(("X", "F"))))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("place", "head"),
    [(0, "lad2014_code"), (0, "Area code"), (1, "Name"), (5, "2011"), (6, "mid-2022")],
)
def test_heads_may_drift_and_no_year_is_lost(place, head):
    rows = long_rows()
    header = [*rows[0][:place], head, *rows[0][place + 1 :]]
    assert layout_of(book([header, *rows[1:]])).name == "ons_mid_year"
    assert sums(LAYOUT.read(book([header, *rows[1:]]))) == expected("E10000011")


@pytest.mark.prove
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say what a process used")
def test_the_detailed_series_at_its_full_size_is_read_within_the_limits(tmp_path):
    codes = [f"E{kind:02d}{n:06d}" for kind in (6, 7, 8, 9) for n in range(1, 89)]
    keys = pd.MultiIndex.from_product([codes, ["F", "M"], range(91)]).to_frame(index=False)
    keys.columns = ["ladcode23", "sex", "age"]
    counts = {f"population_{year}": 1000 + keys["age"] for year in range(2011, 2024)}
    frame = keys.assign(laname23=keys["ladcode23"], country="E", **counts)
    frame.to_csv(tmp_path / "detailed.csv", index=False)
    assert len(frame) > 60_000 and frame.shape[1] > 15
    run = subprocess.run(
        [sys.executable, "-c", _READ, str(tmp_path / "detailed.csv")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    counts, seconds, kilobytes = run.stdout.split()
    assert counts == str(2 * sum(range(1010, 1018)))
    assert float(seconds) < 20
    assert int(kilobytes) < 1_000_000


_READ = """
import resource, sys
from youthjustice.published import read_workbook
rows = read_workbook(sys.argv[1]).query("age_band == '10-17' and sex == 'All'")
london = rows.loc[rows["area_code"].str.startswith("E09"), "value"]
whose = [resource.getrusage(one) for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(*map(int, london.unique()), sum(one.ru_utime for one in whose),
      sum(one.ru_maxrss for one in whose))
"""
"""Reads a file, and says the counts of children, the seconds of computing and the memory."""
