"""The Ministry of Justice's reoffending by area: files made as they are described."""

import pytest

from tests.published.layouts.books import book, written
from youthjustice.errors import InputProblem
from youthjustice.published import read_workbook
from youthjustice.published.importing import read_book
from youthjustice.published.layouts.moj_reoffending_area import LAYOUT

SHORT = [
    "Category", "Adult / Juvenile", "Geography", "Cohort", "offenders", "reoffenders",
    "reoffences", "previous offences",
]  # fmt: skip
LONG = [
    "Category", "Adult or Juvenile", "Geography", "Cohort", "Number of offenders in cohort",
    "Number of re-offenders", "Number of Reoffences", "Number of previous offences",
    "Proportion of offenders who reoffend (%)", "Average number of reoffences per reoffender",
]  # fmt: skip
YEAR = "Apr 2020 - Mar 2021"
ROWS = [
    ["England and Wales total", "Juvenile", "England and Wales", YEAR, 10000, 3120, 11000, 30000],
    ["Region total", "Juvenile", "London", YEAR, 2000, 640, 1900, 5000],
    ["UTLA total", "Adult", "Islington", YEAR, 900, 240, 800, 9000],
    ["UTLA total", "Juvenile", "Islington", YEAR, 60, 21, 70, 150],
    ["UTLA total", "Juvenile", "Camden", YEAR, 29, 10, 33, 60],
    ["UTLA total", "Juvenile", "Rutland", YEAR, 0, 0, 0, 0],
    ["UTLA total", "Juvenile", "Northamptonshire", "Apr 2021 - Mar 2022", 300, 90, 280, 700],
    ["LTLA total", "Juvenile", "Islington", YEAR, 60, 21, 70, 150],
    ["LTLA total", "Juvenile", "Cambridge", YEAR, 40, 10, 30, 80],
    ["PCC total", "Juvenile", "Derbyshire", YEAR, 200, 70, 200, 500],
    ["YOT total", "Juvenile", "Bedfordshire", YEAR, 150, 50, 170, 400],
    ["UTLA total", "Juvenile", "Hackney", "Apr - Jun 2020", 35, "*", "*", ".."],
]  # fmt: skip


def long_rows():
    """Print the same numbers with the proportion and the average beside them."""
    more = []
    for row in ROWS:
        cohort, reoffenders, reoffences = row[4], row[5], row[6]
        known = isinstance(reoffenders, int) and cohort
        share = round(100 * reoffenders / cohort, 1) if known else "*"
        average = round(reoffences / reoffenders, 1) if known else "*"
        more.append([*row, share if share == "*" or cohort >= 30 else "*", average])
    return more


VARIANTS = {
    "csv": lambda folder: written(folder, "csv", [SHORT, *ROWS]),
    "xlsx": lambda folder: written(folder, "xlsx", [["Geographical data"], [], LONG, *long_rows()]),
    "ods": lambda folder: written(folder, "ods", [["Notes"] * 10, [""] * 10, LONG, *long_rows()]),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", VARIANTS)
def test_juveniles_are_read_and_adults_left_out(tmp_path, kind):
    rows = read_workbook(VARIANTS[kind](tmp_path))
    assert rows.attrs["layout"] == "moj_reoffending_area"
    assert rows.attrs["tried"] is False
    assert len(rows) == len(ROWS) - 1
    assert any("1 rows that are not about juveniles" in said for said in rows.attrs["left_out"])
    one = rows[(rows["area_name"] == "Islington") & (rows["category"] == "UTLA total")]
    (islington,) = one.to_dict("records")
    assert islington["area_code"] == "E09000019"
    counts = ("numerator", "denominator", "reoffences", "previous_offences_count")
    assert [islington[name] for name in counts] == [21, 60, 70, 150]
    assert islington["value"] == pytest.approx(35)
    assert (islington["unit"], islington["measure"]) == ("%", "cohorts_3_month")
    assert (islington["frequency"], islington["cohort"]) == ("annual", YEAR)
    assert islington["data_source"] == "from October 2015"
    assert [f"{islington[f'period_{end}']:%Y-%m-%d}" for end in ("start", "end")] == [
        "2020-04-01", "2021-03-31",
    ]  # fmt: skip


def frame():
    return LAYOUT.read(book([SHORT, *ROWS]))


def test_rates_on_fewer_than_thirty_are_withheld_and_their_counts_kept():
    rows = frame().set_index("area_name")
    assert rows.loc["Camden", ["symbol", "numerator", "denominator"]].tolist() == ["low", 10, 29]
    assert rows.loc[["Camden", "Rutland", "Hackney"], "value"].isna().all()
    assert rows.loc["Rutland", "symbol"] == "z"
    assert rows.loc["Hackney", ["symbol", "frequency"]].tolist() == ["c", "quarterly"]
    assert rows["value"].notna().sum() == 8


def test_areas_are_found_within_their_kind():
    rows = frame()
    kinds = dict(zip(rows["category"] + rows["area_name"], rows["area_type"], strict=True))
    assert kinds["PCC totalDerbyshire"] == "police_area"
    assert kinds["YOT totalBedfordshire"] == "service"
    assert kinds["LTLA totalCambridge"] == "lower_tier"
    assert kinds["Region totalLondon"] == "region"
    by_name = rows.set_index("area_name")
    assert by_name["area_code"][["Derbyshire", "Bedfordshire"]].isna().all()
    assert by_name.loc["Cambridge", ["area_code", "part_of"]].tolist() == ["E07000008", "E10000003"]


def test_northamptonshire_is_not_split():
    (row,) = frame().query("area_name == 'Northamptonshire'").to_dict("records")
    assert (row["area_code"], row["closed"]) == ("E10000021", True)
    assert "closed before the period" in row["flag"]


def test_cohorts_that_end_before_the_change_are_of_the_other_measure():
    rows = LAYOUT.read(book([SHORT, [*ROWS[3][:3], "Jul 2012 - Jun 2013", *ROWS[3][4:]]]))
    assert rows["measure"].tolist() == ["cohort_12_month"]
    assert rows["data_source"].tolist() == ["before October 2015"]


def test_a_printed_proportion_that_its_counts_contradict_is_told():
    wrong = [*ROWS[3], 45.0, 3.3]
    (row,) = read_book(book([LONG, wrong])).to_dict("records")
    assert row["value"] == pytest.approx(35)
    assert row["flag"] == "another proportion is printed: 45%"


def test_more_reoffenders_than_children_give_no_rate():
    (row,) = LAYOUT.read(book([SHORT, [*ROWS[3][:4], 60, 61, 70, 150]])).to_dict("records")
    assert (row["symbol"], row["numerator"], row["denominator"]) == ("u", 61, 60)
    assert "more reoffenders than children" in row["flag"]


@pytest.mark.parametrize(
    ("place", "cell", "message"),
    [
        (3, "2021", "cell F2: '2021' is a bare year"),
        (4, "many", "cell E2 holds 'many'"),
        (1, "Adult", "but no juveniles"),
    ],
)
def test_what_contradicts_the_layout_is_one_sentence(place, cell, message):
    row = list(ROWS[3])
    row[place] = cell
    with pytest.raises(InputProblem, match=message):
        LAYOUT.read(book([SHORT, row]))


def test_a_column_of_words_that_nobody_knows_stays_a_dimension():
    rows = LAYOUT.read(book([[*SHORT, "Index offence"], [*ROWS[3], "Robbery"]]))
    assert rows["printed_index_offence"].tolist() == ["Robbery"]


def test_another_table_does_not_fit():
    assert not LAYOUT.fits(book([["Geography", "Cohort", "offenders"], ["Kent", YEAR, 3]]))


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("place", "head"),
    [(1, "Offender type"), (2, "Local authority"), (3, "Cohort quarter"), (4, "No. of offenders"),
     (5, "No. of reoffenders")],
)  # fmt: skip
@pytest.mark.prove
def test_heads_of_columns_may_drift(place, head):
    header = [*SHORT[:place], head, *SHORT[place + 1 :]]
    ours, usual = (read_book(book([one, *ROWS])) for one in (header, SHORT))
    assert ours["value"].equals(usual["value"])
    assert ours["area_code"].equals(usual["area_code"])
