"""The regional tables to 2012/13: the real disposals, and blocks imitated for the rest."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tests.published.layouts.regional_blocks import DISPOSALS, OFFENCES, workbook
from tests.published.tables import read as shipped
from youthjustice.errors import InputProblem
from youthjustice.published.layouts.yjs_regional_2013 import LAYOUT, fits, read
from youthjustice.published.parts import parts_against_totals
from youthjustice.sandbox.grid import Grid, Workbook
from youthjustice.sandbox.opening import open_workbook

DIMENSIONS = ["tier", "disposal", "ethnic_group", "sex", "age_band"]
KEY = ["area_name", "area_type", *DIMENSIONS]


def all_of(frame, **where):
    for column in ("tier", "disposal", "offence", "ethnic_group", "sex", "age_band"):
        if column in frame and column not in where:
            frame = frame[frame[column] == "All"]
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame


@pytest.mark.real_files
def test_the_official_file_gives_the_shipped_table(real_file):
    frame = read(open_workbook(real_file("yjb-disposals-by-region-2012-13.xls")))
    ours = shipped("disposals_area_2012_13")
    both = ours.merge(frame, on=KEY, how="outer", suffixes=("", "_read"), indicator=True)
    assert (both["_merge"] != "left_only").all()
    more = both[both["_merge"] == "right_only"]
    # The shipped table leaves out the breakdowns of a printed zero.
    assert (more["value_read"] == 0).all()
    assert len(frame) == 47_880
    same = both[both["_merge"] == "both"]
    assert len(same) == len(ours)
    for column in ("area_code", "unit", "symbol", "period_start", "period_end", "source"):
        empty = "" if column in ("area_code", "symbol") else pd.NaT
        assert same[column].equals(same[f"{column}_read"].fillna(empty).astype(same[column].dtype))
    assert np.array_equal(same["value"].astype(float), same["value_read"], equal_nan=True)
    flags = same["flag_read"].fillna("")
    told = ~same["flag"].str.contains("parts")  # what the shipped table adds from the sums
    assert flags[told].equals(same["flag"][told].astype(flags.dtype))
    assert set(frame["table"]) == {"disposals_area_2012_13"}


@pytest.mark.real_files
def test_the_one_slip_of_the_official_file_is_reported(real_file):
    frame = read(open_workbook(real_file("yjb-disposals-by-region-2012-13.xls")))
    (slip,) = parts_against_totals(frame)
    assert "London!Q160 holds the total 383 of Brent, but its parts add to 384" in slip.message
    for way in ("tier and disposal", "ethnic group", "sex", "age band"):
        assert f"to 384 by {way}" in slip.message
    assert frame["cell"].loc[slip.rows[0]] == "Q160"
    said = " ".join(frame.attrs["left_out"])
    assert "the block of London, which sheet National holds as well" in said
    assert "3 numbers in column J, which has no heading" in said


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("before", "wide"), [(0, 17), (3, 18), (4, 251)])
def test_blocks_are_read_wherever_the_header_stands_and_however_wide(before, wide):
    book = workbook(before=before, wide=wide)
    assert fits(book)
    frame = read(book)
    assert len(frame) == 5 * 20 * 14  # the block of London stands on both sheets
    brent = all_of(frame[frame["area_name"] == "Brent"])
    assert brent["value"].tolist() == [19 * 20 / 2 + 19 * 3]
    assert brent["area_code"].tolist() == ["E09000005"]
    assert brent["region"].tolist() == ["London"]
    assert parts_against_totals(frame) == []


def test_labels_become_the_words_of_our_tables():
    frame = read(workbook())
    assert set(frame["age_band"]) == {"10-14", "15", "16", "17 and over", "All"}
    assert set(frame["sex"]) == {"female", "male", "unknown", "All"}
    groups = {"White", "Mixed", "Asian", "Black", "Other", "Unknown", "All"}
    assert set(frame["ethnic_group"]) == groups
    assert set(frame["tier"]) == {"Pre-court", "First-tier", "Community", "Custody", "All"}
    assert "Section 226b" in set(frame["disposal"])
    other = frame[frame["ethnic_group"] == "Other"]
    assert set(other["ethnic_group_published"]) == {"Chinese or Other Ethnic Group"}
    assert set(frame["area_name"]) == {
        "England and Wales", "London", "Brent", "Kingston upon Thames",
        "Tower Hamlets and City of London",
    }  # fmt: skip
    service = frame[frame["area_type"] == "service"]
    assert set(service["area_name"]) == {"Tower Hamlets and City of London"}
    assert service["area_code"].isna().all()


def test_figures_say_where_they_stand():
    frame = read(workbook())
    one = all_of(frame, disposal="Reprimand", tier="Pre-court")
    one = one[one["area_name"] == "Brent"].iloc[0]
    book = workbook()
    grid = next(grid for grid in book.grids if grid.sheet == one["sheet"])
    letters, row = one["cell"][:1], int(one["cell"][1:])
    assert grid.cells[row - 1, ord(letters) - ord("A")] == one["value"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("title", "end", "table", "source"),
    [
        ("Regional Disposals 2012/13", "2013-03-31", "disposals_area_2012_13", "yjs-2012-13"),
        ("Regional Disposals 2011/12", "2012-03-31", "disposals_area", "yjs-2011-12"),
        ("Disposals, regionally, 2010 - 11", "2011-03-31", "disposals_area", "yjs-2010-11"),
        ("Disposals given to young people, by region, 2009/10", "2010-03-31", "disposals_area",
         "yjs-2009-10"),
    ],
)  # fmt: skip
@pytest.mark.prove
def test_the_year_is_that_of_the_title(title, end, table, source):
    frame = read(workbook(title=title))
    assert set(frame["period_end"]) == {pd.Timestamp(end)}
    assert set(frame["table"]) == {table}
    assert set(frame["source"]) == {source}


def test_without_a_year_the_period_is_not_stated():
    frame = read(workbook(title="Regional Disposals"))
    assert frame["period_end"].isna().all()
    assert set(frame["period_basis"]) == {"not stated"}
    assert set(frame["table"]) == {"disposals_area"}
    assert frame["source"].isna().all()


def test_offences_have_no_tier():
    book = workbook(OFFENCES, "Regional Offences 2012/13", wide=251)
    assert fits(book)
    frame = read(book)
    assert "tier" not in frame
    assert "disposal" not in frame
    assert set(frame["offence"]) == {*OFFENCES[""], "All"}
    assert set(frame["table"]) == {"offences_area"}
    assert set(frame["unit"]) == {"offences"}
    assert parts_against_totals(frame) == []


def test_a_total_that_is_not_the_sum_is_kept_and_reported():
    book = workbook()
    cells = book.grids[1].cells
    row = np.flatnonzero(cells[:, 0] == "TOTAL")[1]
    cells[row, 16] -= 1
    frame = read(book)
    (slip,) = parts_against_totals(frame)
    printed = f"{cells[row, 16]:g}"
    assert f"London!Q{row + 1} holds the total {printed} of Brent" in slip.message
    assert frame["value"].loc[slip.rows[0]] == cells[row, 16]


def test_a_block_printed_twice_is_kept_once_and_flagged_where_the_second_differs():
    book = workbook()
    cells = book.grids[1].cells
    row = int(np.flatnonzero(cells[:, 0] == "Fine")[0])
    cells[row, 1] += 100
    frame = read(book)
    (one,) = frame.index[frame["flag"].astype("str").str.contains("printed again")]
    assert frame["flag"].loc[one] == f"printed again as 108 in London!B{row + 1}"
    assert frame["sheet"].loc[one] == "National"
    assert frame["value"].loc[one] == 8
    assert not frame.duplicated([*KEY, "period_end"]).any()


def test_zeros_of_a_team_that_sent_no_data_are_missing():
    area = "Sefton - Data is missing due to technical problems with their case management system "
    book = workbook(areas={"North West": ["North West", area]})
    cells = book.grids[0].cells
    second = int(np.flatnonzero(cells[:, 0] == area)[0])
    inside = cells[second + 1 :, 1:]
    numbers = np.array([isinstance(c, float) for c in inside.ravel()]).reshape(inside.shape)
    inside[numbers] = 0.0
    frame = read(book)
    sefton = frame[frame["area_name"] == "Sefton"]
    assert sefton["value"].isna().all()
    assert set(sefton["symbol"]) == {"x"}
    assert sefton["area_code"].unique().tolist() == ["E08000014"]
    region = frame[frame["area_name"] == "North West"]
    assert region["value"].notna().all()
    assert region["flag"].str.contains("without Sefton").all()


def test_a_blank_is_not_a_zero():
    book = workbook()
    cells = book.grids[1].cells
    row = int(np.flatnonzero(cells[:, 0] == "Fine")[1])
    cells[row, 16] = None
    cells[row, 1] = "*"
    frame = read(book)
    brent = frame[(frame["area_name"] == "Brent") & (frame["disposal"] == "Fine")]
    assert all_of(brent, tier="First-tier", disposal="Fine")["symbol"].tolist() == ["x"]
    assert brent.loc[brent["age_band"] == "10-14", "symbol"].tolist() == ["c"]
    assert parts_against_totals(frame) == []


def test_a_missing_heading_of_a_tier_leaves_its_disposals_where_other_blocks_have_them():
    book = workbook()
    cells = book.grids[0].cells
    cells[int(np.flatnonzero(cells[:, 0] == "Community")[0]), 0] = None
    frame = read(book)
    order = frame[frame["disposal"] == "Youth Rehabilitation Order"]
    assert set(order["tier"]) == {"Community"}


def test_zeros_beside_a_heading_are_left_out_and_said():
    book = workbook()
    cells = book.grids[0].cells
    row = int(np.flatnonzero(cells[:, 0] == "First-tier")[0])
    cells[row, 1:17] = 0.0
    cells[row - 1, 16] = 0.0
    frame = read(book)
    assert len(frame) == 5 * 20 * 14
    said = " ".join(frame.attrs["left_out"])
    assert "numbers (0.0) beside no label of a figure" in said
    assert f"Q{row}" in said


def test_a_printed_total_of_a_tier_holds_all_in_disposal():
    book = workbook()
    for grid in book.grids:
        cells = grid.cells
        for row in np.flatnonzero(cells[:, 0] == "Community"):
            cells[row, 1:17] = [
                a + b if isinstance(a, float) else None
                for a, b in zip(cells[row + 1, 1:17], cells[row + 2, 1:17], strict=True)
            ]
    frame = read(book)
    tier = all_of(frame, tier="Community")
    assert (tier["disposal"] == "All").all()
    assert len(tier) == 5
    assert parts_against_totals(frame) == []


def test_an_area_that_no_lookup_holds_keeps_its_name():
    frame = read(workbook(areas={"London": ["London", "Erewhon", "Brent"]}))
    rows = frame[frame["area_name"] == "Erewhon"]
    assert len(rows) == 20 * 14
    assert rows["area_code"].isna().all()
    assert set(rows["region"]) == {"London"}


def test_dorset_is_the_county_of_its_time():
    frame = read(workbook(areas={"South West": ["South West", "Dorset", "Somerset"]}))
    codes = frame.drop_duplicates("area_name").set_index("area_name")["area_code"]
    assert codes["Dorset (before April 2019)"] == "E10000009"
    assert codes["Somerset"] == "E06000066"


def test_a_header_repeated_for_each_block_is_no_figure():
    book = workbook()
    grid = book.grids[1]
    head = grid.cells[:2].copy()
    head[:, 0] = None
    row = int(np.flatnonzero(grid.cells[:, 0] == "Brent")[0])
    again = Grid("London", np.vstack([grid.cells[:row], head, grid.cells[row:]]))
    frame = read(Workbook("a.xls", "xls", "0", (book.grids[0], again)))
    assert len(frame) == 5 * 20 * 14


def test_an_excel_file_of_today_is_read_as_the_old_ones_are(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in workbook().grids:
        page = book.create_sheet(grid.sheet)
        for line in grid.cells.tolist():
            page.append(line)
        page.merge_cells("B1:F1")
    book.save(tmp_path / "a.xlsx")
    frame = read(open_workbook(tmp_path / "a.xlsx"))
    assert len(frame) == 5 * 20 * 14


def test_other_tables_do_not_fit():
    words = [["Region", "YJS", "2014", "2015"], ["London", "Brent", 1.0, 2.0]]
    other = Workbook("a.xlsx", "xlsx", "0", (Grid("2.11", np.array(words, dtype=object)),))
    assert not fits(other)
    for shape in ((0, 0), (9, 0), (0, 9)):
        assert not fits(Workbook("a.csv", "csv", "0", (Grid("", np.empty(shape, dtype=object)),)))
    young = workbook({"": ["Brent", "Camden", "Barnet"]}, "Young people by region 2012/13")
    assert not fits(young)


def test_a_header_without_blocks_is_refused():
    book = workbook()
    cells = book.grids[0].cells
    cells[2:, 1:] = None
    with pytest.raises(InputProblem, match="'National' has the header of the regional tables"):
        read(Workbook("a.xls", "xls", "0", (book.grids[0],)))


def test_a_figure_that_is_no_number_is_named_by_its_cell():
    book = workbook()
    cells = book.grids[1].cells
    row = int(np.flatnonzero(cells[:, 0] == "Fine")[1])
    cells[row, 2] = "see <b>note</b>"
    with pytest.raises(InputProblem, match=f"cell London!C{row + 1} holds 'see &lt;b>note"):
        read(book)


def test_the_layout_says_what_was_tried():
    assert LAYOUT.tried
    assert any("Only the disposals of 2012/13 were tried" in said for said in LAYOUT.caveats)
    assert len(DISPOSALS) == 4
    assert read(workbook()).attrs["tried"]
    assert not read(workbook(OFFENCES, "Regional Offences 2012/13")).attrs["tried"]
    assert not read(workbook(title="Regional Disposals 2011/12")).attrs["tried"]
