import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.layouts.yjs_fixtures import (
    ANNUAL,
    COVER,
    KINDS,
    KINDS_OF_REMAND,
    NOTES,
    QUARTERS,
    REMAND_GROUPS,
    area_sheet,
    around,
    block,
    book_of,
    cautioned_by_ethnicity,
    custody_by_region,
    entrant_rates,
    remand_by_kind,
    remand_groups,
    reoffending_book,
    save,
)
from tests.published.tables import read
from youthjustice.errors import InputProblem
from youthjustice.published.layouts import (
    yjs_characteristics,
    yjs_custody,
    yjs_entrants,
    yjs_remand,
    yjs_reoffending,
)
from youthjustice.published.parts import parts_against_totals
from youthjustice.sandbox.grid import Grid, Workbook
from youthjustice.sandbox.opening import open_workbook

CHAPTERS = (yjs_entrants, yjs_characteristics, yjs_remand, yjs_custody, yjs_reoffending)
BOOKS = {
    yjs_entrants: {
        "2.11": area_sheet(
            entrant_rates(), "Table 2.11: Rate of first time entrants, years ending December 2015"
        )
    },
    yjs_characteristics: {"3.2": cautioned_by_ethnicity()},
    yjs_remand: {"6.1": remand_by_kind(KINDS_OF_REMAND), "6.3": remand_groups()},
    yjs_custody: {"7.21": custody_by_region()},
    yjs_reoffending: reoffending_book(),
}
NUMBERS = ["numerator", "denominator", "reoffences", "value"]


def same(ours, shipped, columns, key):
    """Compare rows in the order of their keys; a text that is missing equals an empty one."""
    texts = [name for name in columns if name not in NUMBERS and not name.startswith("period")]
    frames = []
    for frame in (ours, shipped):
        part = frame[columns].astype(dict.fromkeys(texts, "object"))
        part[texts] = part[texts].where(part[texts].notna(), "")
        frames.append(part.sort_values(key, ignore_index=True))
    pd.testing.assert_frame_equal(*frames, check_dtype=False, rtol=1e-12)


@pytest.mark.parametrize("module", CHAPTERS)
def test_each_chapter_is_known_by_its_own_layout_alone(module):
    book = book_of({"Cover": COVER, **BOOKS[module], "Notes": NOTES})
    assert [one.LAYOUT.fits(book) for one in CHAPTERS] == [one is module for one in CHAPTERS]
    assert not module.LAYOUT.tried
    assert not module.LAYOUT.fits(book_of({"Data": [["Geography", "Cohort"], ["Kent", 2.0]]}))
    assert not module.LAYOUT.fits(book_of({"Empty": []}))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", ["xlsx", pytest.param("ods", marks=pytest.mark.prove)])
def test_reoffending_comes_back_as_shipped(tmp_path, kind):
    sheets = {"Cover": COVER, **reoffending_book(), "Notes": NOTES}
    rows = yjs_reoffending.LAYOUT.read(open_workbook(save(tmp_path, sheets, kind)))
    shipped = read("reoffending_national_breakdowns").query("breakdown != 'total'")
    key = [
        "breakdown", "sex", "previous_offences", "tier", "disposal", "offence",
        "time_to_reoffence", "period_start", "period_end",
    ]  # fmt: skip
    columns = [
        *key, *NUMBERS, "area_code", "area_name", "measure", "frequency", "cohort", "unit",
        "data_source", "symbol", "release", "source",
    ]  # fmt: skip
    same(rows, shipped, columns, key)
    left = " ".join(rows.attrs["left_out"])
    assert "'Year ending March 2010 to March 2020': changes" in left
    assert "averages computed" in left and "under 'Proportion of reoffences (%)'" in left


@pytest.mark.sampled(1)
@pytest.mark.parametrize("who", ["children", "young people"])
def test_quarters_may_stand_in_a_second_table_under_the_first(who):
    table = read("reoffending_national_breakdowns").query("breakdown == 'sex'")
    title = "Table 9.2: Proven reoffending data by sex, years ending March 2010 to 2020"
    rows = [[title], [None], [None]]
    for frequency, cohorts in (("annual", ANNUAL), ("quarterly", QUARTERS)):
        rows.append(["Sex", *cohorts])
        for label, sex in (("Males", "male"), ("Females", "female")):
            part = table[(table["sex"] == sex) & (table["frequency"] == frequency)]
            rows += [[label], *block(part.sort_values("period_start"), who), [None]]
    ours = yjs_reoffending.LAYOUT.read(book_of({"9.2": rows + NOTES}))
    same(ours, table, ["sex", "cohort", *NUMBERS, "frequency"], ["sex", "cohort"])


def test_rates_printed_as_fractions_become_percentages():
    values = pd.DataFrame({"numerator": [40.0], "denominator": [100.0], "reoffences": [90.0]})
    rows = [["Boys"], *block(values, "children")]
    rows[1][1] = 0.4
    sheet = around(
        "Table 9.2: Proven reoffending data by sex, year ending March 2014",
        [["Sex", "Apr 2013-Mar 2014"]], rows,
    )  # fmt: skip
    one = yjs_reoffending.LAYOUT.read(book_of({"9.2": sheet})).iloc[0]
    assert one["value"] == pytest.approx(40.0) and one["cell"] == "B6"
    assert one["measure"] == "cohort_12_month"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", KINDS)
def test_custody_by_region_gives_the_shipped_totals(tmp_path, kind):
    path = save(tmp_path, {"Cover": COVER, "7.21": custody_by_region()}, kind)
    rows = yjs_custody.LAYOUT.read(open_workbook(path))
    shipped = read("custody_national")
    shipped = shipped[(shipped["legal_basis"] != "All") & (shipped["ethnic_group"] == "All")]
    shipped = shipped[shipped["period_end"] >= "2012-03-31"]
    columns = [
        "area_code", "area_name", "measure", "legal_basis", "ethnic_group", "age_band",
        "period_start", "period_end", "value", "unit", "symbol",
    ]  # fmt: skip
    same(rows[rows["table"] == "custody_national"], shipped, columns, ["legal_basis", "period_end"])
    region = rows[rows["table"] == "custody_region"]
    assert set(region["area_name"]) == {"London", "North West", "Wales", "England and Wales"}
    parts = region[region["area_type"] != "country"]
    assert parts.loc[parts["area_name"] == "London", "area_type"].eq("region").all()


def test_children_on_remand_by_group_are_those_shipped_and_summary_rows_go():
    rows = yjs_remand.LAYOUT.read(book_of({"Cover": COVER, "6.3": remand_groups()}))
    shipped = read("custody_national").query(
        "legal_basis == 'Remand' and ethnic_group != 'All' and measure.str.startswith('average')"
    )
    ours = rows[(rows["table"] == "custody_national") & (rows["ethnic_group"] != "All")]
    columns = [
        "area_code", "measure", "legal_basis", "ethnic_group", "age_band", "period_start",
        "period_end", "value", "unit", "symbol", "flag",
    ]  # fmt: skip
    same(ours, shipped, columns, ["ethnic_group", "period_end"])
    other = rows[rows["table"] == "custody_national_breakdowns"]
    assert set(other["age_band"]) == {"10-14", "15", "16", "17", "under 18"}
    assert set(other["sex"]) == {"male", "female", "All"}
    left = " ".join(rows.attrs["left_out"])
    assert "summary of ethnic minority groups" in left and "changes from one period" in left


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("leading", "kind"), [(True, "xlsx"), (False, "ods")])
def test_remand_by_kind_gives_the_shipped_stage(tmp_path, kind, leading):
    sheets = {"6.1": remand_by_kind(KINDS_OF_REMAND, leading)}
    rows = yjs_remand.LAYOUT.read(open_workbook(save(tmp_path, sheets, kind)))
    shipped = read("children_by_stage_national")
    shipped = shipped[shipped["stage"].str.startswith("remand")]
    shipped = shipped[shipped["period_end"] == "2025-03-31"]
    stage = rows[rows["table"] == "children_by_stage_national"]
    columns = [
        "area_code", "area_name", "stage", "ethnic_group", "age_band", "period_start",
        "period_end", "value", "unit", "numerator", "denominator", "denominator_basis",
        "denominator_unit",
    ]  # fmt: skip
    same(stage, shipped, columns, ["ethnic_group"])
    assert parts_against_totals(rows) == []
    full = rows[rows["table"] == "remand_national"]
    assert len(full) == 6 * 12
    total = full[(full["remand_type"] == "All") & (full["remand_group"] == "All")]
    assert total["value"].max() == 11092
    bail = full[full["remand_group"] == "Bail remands"]
    assert set(bail["remand_type"]) == {"Unconditional Bail", "Conditional Bail"}
    assert set(full["sex"]) == {"female", "male", "unknown", "All"}
    assert set(full["age_band"]) == {"10-14", "15-17", "All"}
    assert any("under 'Proportion of remand episodes'" in one for one in rows.attrs["left_out"])


def test_remand_by_year_with_totals_of_groups_and_of_all():
    header = [[None, "Remand type", 2021, 2022]]
    sheet = [
        ["Bail", "Unconditional Bail", 1, 2], [None, "Conditional Bail", 4, 5],
        [None, "Total bail remands", 5, 7],
        ["Custodial remand", "Remand to Youth Detention Accommodation", 6, 7],
        [None, "Total", 11, 14],
    ]  # fmt: skip
    title = "Table 6.2: Remand episodes for children by type, years ending March 2021 and 2022"
    rows = yjs_remand.LAYOUT.read(book_of({"6.2": around(title, header, sheet)}))
    totals = rows[(rows["table"] == "remand_national") & (rows["remand_type"] == "All")]
    assert totals[["remand_group", "value"]].to_numpy().tolist() == [
        ["Bail", 5], ["Bail", 7], ["All", 11], ["All", 14],
    ]  # fmt: skip


def test_outcomes_after_remand_stand_under_their_courts():
    body = [
        ["Acquitted", 1, 2], ["Non-custodial sentence(7)", 4, 5], ["Of which:"],
        ["Community sentence", 3, 4], ["Immediate custody", 7, 8], ["Total", 12, 15],
    ]  # fmt: skip
    sheet = [["Magistrates' courts"], *body, [None], ["Crown court"], *body]
    title = "Table 6.6: Outcomes for children following remand, years ending March 2021 and 2022"
    rows = yjs_remand.LAYOUT.read(book_of({"6.6": around(title, [[None, 2021, 2022]], sheet)}))
    assert set(rows["court"]) == {"Magistrates' courts", "Crown court"}
    assert set(rows["outcome"]) == {
        "Acquitted", "Non-custodial sentence", "Community sentence", "Immediate custody", "All",
    }  # fmt: skip
    assert len(rows) == 20


def test_children_cautioned_or_sentenced_by_group_are_those_shipped():
    rows = yjs_characteristics.LAYOUT.read(book_of({"3.2": cautioned_by_ethnicity()}))
    shipped = read("children_by_stage_national").query("stage == 'caution or sentence'")
    stage = rows[rows["table"] == "children_by_stage_national"]
    columns = [
        "area_code", "area_name", "stage", "ethnic_group", "age_band", "period_start",
        "period_end", "value", "unit",
    ]  # fmt: skip
    same(stage, shipped, columns, ["ethnic_group", "period_end"])
    assert "All" in set(
        rows.loc[rows["table"] == "cautioned_or_sentenced_national", "ethnic_group"]
    )


def test_groups_on_the_first_row_of_a_block_reach_down_to_the_next():
    body = []
    for place, sex in enumerate(("Boys", "Girls", "Unknown", "Total")):
        for line, age in enumerate(("10-14", "15-17", "Unknown", "Total")):
            figures = [100 * place + 10 * line + column for column in range(6)]
            body.append([sex if line == 0 else None, age, *figures, sum(figures)])
    header = [["Sex", "Age group", "Ethnicity"], [None, None, *REMAND_GROUPS, "Total"]]
    title = "Table 3.1: Children cautioned or sentenced by age, sex and ethnicity, year ending March 2021"
    rows = yjs_characteristics.LAYOUT.read(book_of({"3.1": around(title, header, body)}))
    full = rows[rows["table"] == "cautioned_or_sentenced_national"]
    one = full.set_index(["sex", "age_band", "ethnic_group"])["value"]
    assert len(full) == 16 * 7 and one.index.is_unique
    assert one["female", "15-17", "Black"] == 111 and one["unknown", "Unknown", "Unknown"] == 225
    assert one["All", "All", "White"] == 334


@pytest.mark.parametrize(
    "header",
    [
        [["Age", *range(10, 18), "Total"]],
        [["Ethnicity and age", *range(10, 18), "Total"]],
        [["Ethnicity", "Age"], [None, *range(10, 18), "Total"]],
        [["Ethnicity", "Age (years)"], [None, *map(str, range(10, 18)), "Total"]],
    ],
)
def test_single_ages_may_head_the_columns(header):
    body = [
        [group, *[10 * row + age for age in range(8)], 80 * row + 28]
        for row, group in enumerate(REMAND_GROUPS, start=1)
    ]
    title = "Table 3.1: Children cautioned by age and ethnicity, year ending March 2021"
    rows = yjs_characteristics.LAYOUT.read(book_of({"3.1": around(title, header, body)}))
    full = rows[rows["table"] == "cautioned_or_sentenced_national"]
    one = full.set_index(["ethnic_group", "age_band"])["value"]
    assert one.index.is_unique and len(one) == 9 * len(REMAND_GROUPS)
    assert one[REMAND_GROUPS[1], "17"] == 27 and one[REMAND_GROUPS[0], "All"] == 108


def test_counts_that_follow_each_other_are_no_ages():
    body = [["Age 10 to 14", 10, 11, 12], ["Age 15 to 17", 13, 14, 15], ["Total", 23, 25, 27]]
    header = [["Age group", 2019, 2020, 2021]]
    title = "Table 3.3: Children cautioned or sentenced by age, years ending March"
    rows = yjs_characteristics.LAYOUT.read(book_of({"3.3": around(title, header, body)}))
    assert len(rows[rows["table"] == "cautioned_or_sentenced_national"]) == 9
    labels = ["Unknown age", "10-12", "13-14", "15", "16", "17"]
    body = [[label, 10 + row, 11 + row, 12 + row] for row, label in enumerate(labels)]
    header = [["Age", "Asian", "Black", "Mixed"]]
    title = "Table 3.1: Children cautioned by age and ethnicity, year ending March 2021"
    rows = yjs_characteristics.LAYOUT.read(book_of({"3.1": around(title, header, body)}))
    full = rows[rows["table"] == "cautioned_or_sentenced_national"]
    assert len(full) == 18 and "10" not in set(full["age_band"])


def test_months_are_dated_within_their_year():
    months = ["April", "December", "January", "Average"]
    body = [[month, 100.0 + place, 200.0 + place] for place, month in enumerate(months)]
    title = "Table 7.1: Youth custody population by month (under 18s only), years ending March"
    rows = yjs_custody.LAYOUT.read(book_of({"7.1": around(title, [["Month", 2021, 2022]], body)}))
    first = rows[rows["value"] < 200]
    assert first["period_end"].dt.strftime("%Y-%m").tolist() == [
        "2020-04", "2020-12", "2021-01", "2021-03",
    ]  # fmt: skip
    assert first["measure"].tolist() == ["month-end population"] * 3 + [
        "average monthly population"
    ]


def test_nights_are_counted_and_their_median_is_no_count():
    body = [
        ["DTO", "1 to 91 nights", 5, 0.25], [None, "92+ nights", 15, 0.75],
        [None, "Total", 20, 1.0], [None, "Median number of nights", 91, None],
    ]  # fmt: skip
    title = "Table 7.27: Legal basis episodes ending by legal basis and nights, years ending March"
    header = [["Legal basis", "Number of nights", 2021, "Share of episodes"]]
    rows = yjs_custody.LAYOUT.read(book_of({"7.27": around(title, header, body)}))
    assert rows["nights"].tolist() == ["1 to 91 nights", "92+ nights", "All", "All"]
    assert rows["unit"].tolist() == ["episodes"] * 3 + ["nights"]
    assert set(rows["legal_basis"]) == {"Detention and Training Order"}
    assert parts_against_totals(rows) == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("title", "measure", "unit"),
    [("Average time in custody (nights) by legal basis", "average nights in custody", "nights"),
     ("Average number of days in custody by legal basis", "average days in custody", "days"),
     ("Median time spent in custody by legal basis", "median time in custody", "not stated"),
     ("Average monthly custody population by legal basis", "average monthly population",
      "children"),
     ("Number of children in youth custody by legal basis", "population in custody", "children"),
     ("Custodial transfers by legal basis", "custodial transfers", "number, as the title says")],
)  # fmt: skip
def test_what_a_table_of_custody_counts_is_what_its_title_says(title, measure, unit):
    rows = [["DTO", 107, 109], ["Remand", 42, 43]]
    sheet = around(f"Table 7.7: {title}, 2012/13 to 2013/14", [["Legal basis", "2012/13", "2013/14"]],
                   rows)  # fmt: skip
    ours = yjs_custody.LAYOUT.read(book_of({"7.7": sheet}))
    assert set(ours["measure"]) == {measure}
    assert set(ours["unit"]) == {unit}
    assert ours["value"].tolist() == [107, 109, 42, 43]


def test_a_total_of_some_kinds_of_remand_is_not_that_of_all():
    rows = [["Unconditional bail", 4], ["Conditional bail", 5], ["Total bail", 9],
            ["Remand to youth detention accommodation", 2], ["Total remands", 11]]  # fmt: skip
    sheet = around("Table 6.1: Remand decisions, 2013/14", [["Remand type", "2013/14"]], rows)
    ours = yjs_remand.LAYOUT.read(book_of({"6.1": sheet}))
    totals = ours[ours["remand_type"] == "All"]
    assert dict(zip(totals["remand_group"], totals["value"], strict=True)) == {"bail": 9, "All": 11}


def test_every_number_of_a_table_is_a_row_or_is_named_as_left_out():
    rows = yjs_remand.LAYOUT.read(book_of({"6.1": remand_by_kind(KINDS_OF_REMAND)}))
    cells = book_of({"6.1": remand_by_kind(KINDS_OF_REMAND)}).grids[0].cells
    counts = cells[:12]
    assert rows["cell"].nunique() == sum(isinstance(one, float) for one in counts.ravel())
    assert "rows 16 to 23" in rows.attrs["left_out"][0]


def test_an_ethnic_group_that_nobody_knows_is_named_with_its_cell():
    sheet = [
        ["Purple" if cell == "Mixed" else cell for cell in row] for row in cautioned_by_ethnicity()
    ]
    with pytest.raises(InputProblem, match=r"sheet 3\.2, cell B7 holds 'Purple'"):
        yjs_characteristics.LAYOUT.read(book_of({"3.2": sheet}))


HOSTILE = st.sampled_from(
    [None, "", "x" * 5000, "<script>", "=HYPERLINK(1)", float("inf"), float("nan"), -1.0, 2014.0,
     True, "2014", "Total", "Boys", "Ethnicity", "[note 1]", "%", "Year ending March 2014", "\x00"]
)  # fmt: skip


def _one_change(data):
    """Read a chapter's workbook after some of its cells have changed."""
    module = data.draw(st.sampled_from(CHAPTERS[:4]))
    grids = []
    for grid in book_of(BOOKS[module]).grids:
        cells = grid.cells.copy()
        for _ in range(data.draw(st.integers(0, 6))):
            row = data.draw(st.integers(0, min(20, cells.shape[0] - 1)))
            column = data.draw(st.integers(0, cells.shape[1] - 1))
            cells[row, column] = data.draw(HOSTILE)
        drop = data.draw(st.integers(0, 8))
        grids.append(Grid(grid.sheet, np.delete(cells, drop, axis=0) if drop < 4 else cells))
    book = Workbook("book.xlsx", "xlsx", "0", tuple(grids))
    module.LAYOUT.fits(book)
    try:
        assert len(module.LAYOUT.read(book))
    except InputProblem as problem:
        assert len(str(problem)) < 600


@pytest.mark.prove
@given(st.data())
@settings(max_examples=8, deadline=None)
def test_changed_cells_end_in_rows_or_one_sentence(data):
    _one_change(data)


@pytest.mark.prove
@given(st.data())
@settings(max_examples=2000, deadline=None)
def test_many_changed_cells_end_in_rows_or_one_sentence(data):
    _one_change(data)
