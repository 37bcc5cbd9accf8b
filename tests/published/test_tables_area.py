"""The area tables hold what the publications print, and none of their known faults.

Figures named in a test are those printed by the publication that the table cites; the traps are
faults of the publications that a table must not carry over.
"""

import numpy as np
import pandas as pd
import pytest
from youthjustice.published.checks import CHECKS, steady_units
from youthjustice.published.loading import load
from youthjustice.published.package import data_folder, descriptor

ISLINGTON, LONDON, ENGLAND = "E09000019", "E12000007", "E92000001"
NEW, OLD = "2026-02", "2025-02"
FIVE = ["Asian", "Black", "Mixed", "White", "Other"]
TABLES = [
    "first_time_entrants_area", "first_time_entrants_releases", "reoffending_area",
    "cautioned_or_sentenced_area", "population_area", "population_ethnicity_area",
    "linked_cohort_ethnicity_area", "inspection_ratings", "inspection_findings",
]  # fmt: skip


def series(table: pd.DataFrame, code: str, **where: str) -> pd.Series:
    """Take one area's values by the year in which the period ends, or the cohort's label."""
    rows = table[table["area_code"] == code]
    for column, wanted in where.items():
        rows = rows[rows[column] == wanted]
    dated = rows["period_end"].notna().all()
    years = rows["period_end"].dt.year if dated else rows["cohort"].astype(int)
    return rows.set_axis(years)["value"].sort_index()


def fall(rates: pd.Series, first: int, last: int) -> float:
    """Change from one year to another in per cent, to one decimal."""
    return round(100 * (rates[last] / rates[first] - 1), 1)


@pytest.fixture(scope="module")
def entrants() -> pd.DataFrame:
    return load("first_time_entrants_area", "all")


@pytest.fixture(scope="module")
def reoffending() -> pd.DataFrame:
    return load("reoffending_area", "all")


@pytest.fixture(scope="module")
def cautioned() -> pd.DataFrame:
    return load("cautioned_or_sentenced_area", "all")


@pytest.fixture(scope="module")
def census() -> pd.DataFrame:
    return load("population_ethnicity_area")


@pytest.mark.parametrize("name", TABLES)
def test_missing_suppressed_and_zero_are_three_things(name):
    table = load(name, "all")
    assert table["symbol"].notna().equals(table["value"].isna())
    assert set(table["symbol"].dropna()) <= {"c", "x", "z", "u"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_cites_a_publication_and_an_edition(name):
    table = load(name, "all")
    assert table["source"].isin(load("sources")["source"]).all()
    package = descriptor(data_folder())
    resource = next(r for r in package["resources"] if r["name"] == name)
    assert set(table["release"]) == {r["name"] for r in resource["releases"]}


@pytest.mark.parametrize("name", TABLES)
def test_names_and_codes_are_those_of_the_lookup(name):
    table = load(name, "all")
    official = load("areas").set_index("area_code")["area_name"]
    upper = table[~table["area_type"].isin(["lower_tier", "service"])]
    assert (upper["area_code"].map(official) == upper["area_name"]).all()


# First-time entrants


def test_first_time_entrant_rates_are_those_printed(entrants):
    new = entrants[entrants["release"] == NEW]
    islington, london = series(new, ISLINGTON), series(new, LONDON)
    assert islington.tolist() == [537, 365, 351, 367, 250, 206, 274, 200, 145]
    assert islington.index.tolist() == list(range(2016, 2025))
    assert london[[2016, 2023]].tolist() == [412, 147]


def test_englands_sum_of_regional_rates_is_left_out(entrants):
    """Trap 1: 3,071 for 2016 is the sum of nine regional rates; 333 was right."""
    new, old = (entrants[entrants["release"] == r] for r in (NEW, OLD))
    assert not new["area_code"].eq(ENGLAND).any()
    assert series(old, ENGLAND)[2016] == 333
    regions = new[new["area_type"] == "region"].groupby("period_end")["value"].agg(["sum", "size"])
    assert regions["size"].eq(9).all()
    assert regions["sum"].iloc[0] == pytest.approx(3071, abs=4.5)
    assert entrants["value"].max() < 900


def test_the_check_would_reject_the_sum(entrants):
    """Trap 1, as a new edition would bring it back."""
    row = entrants[(entrants["release"] == OLD) & (entrants["area_code"] == ENGLAND)].iloc[[1]]
    broken = pd.concat(
        [entrants[entrants["release"] == NEW], row.assign(release=NEW, value=3071.0)],
        ignore_index=True,
    )
    assert CHECKS["whole_between_parts"](broken)


def test_both_editions_hold_years_ending_december(entrants):
    """Trap 2: same label, same year; a label one year out would agree with the year after."""
    assert set(entrants["period_end"].dt.strftime("%m-%d")) == {"12-31"}
    wide = entrants.assign(year=entrants["period_end"].dt.year).pivot_table(
        index="area_code", columns=["release", "year"], values="value"
    )
    same = [(wide[OLD][y] - wide[NEW][y]).abs().median() for y in range(2016, 2024)]
    after = [(wide[OLD][y] - wide[NEW][y + 1]).abs().median() for y in range(2016, 2024)]
    assert max(same) <= 4
    assert min(after) >= 25
    assert series(entrants, ISLINGTON, release=OLD)[[2015, 2016, 2017]].tolist() == [517, 536, 359]


def test_revisions_of_islington_are_kept_side_by_side():
    """Trap 2: the edition of November 2024 has other periods under the same labels."""
    table = load("first_time_entrants_releases", "all")
    rates = table[table["measure"] == "first-time entrant rate"].set_index(["release", "cohort"])
    printed = {r: rates["value"][r, "2016"] for r in ("2024-11", "2025-02", "2025-06", "2026-02")}
    assert printed == {"2024-11": 542, "2025-02": 536, "2025-06": 536, "2026-02": 537}
    assert rates.loc["2024-11", "period_end"].isna().all()
    assert rates.drop(index="2024-11")["period_end"].dt.month.eq(12).all()
    assert CHECKS["one_release"](table)


def test_more_than_halved_holds_and_so_does_the_rest(entrants):
    """Trap 15: 537 to 200 is a fall of 62.8%; London fell 64.3%; from 2017 it is 45.2%."""
    new = entrants[entrants["release"] == NEW]
    islington, london = series(new, ISLINGTON), series(new, LONDON)
    assert fall(islington, 2016, 2023) == -62.8
    assert fall(london, 2016, 2023) == -64.3
    assert fall(islington, 2017, 2023) == -45.2


def test_a_dash_is_missing_for_a_reason_not_given(entrants):
    """Trap 5: `-` is suppressed, not available or not applicable; City of London has it always."""
    city = entrants[entrants["area_name"] == "City of London"]
    assert len(city) == 18
    assert city["value"].isna().all()
    assert city["symbol"].eq("x").all()


def test_closed_authorities_are_kept_and_flagged(entrants):
    """Trap 5: closed authorities are listed, and some figures stand on a closed one's line."""
    closed = entrants[entrants["closed"]]
    assert set(closed["area_name"]) == {
        "Bournemouth", "Poole", "Dorset (before April 2019)", "Cumbria", "Northamptonshire",
    }  # fmt: skip
    dorset = closed[(closed["area_code"] == "E10000009") & (closed["release"] == NEW)]
    late = dorset[dorset["period_end"].dt.year >= 2020]
    assert late["value"].notna().all()
    assert late["flag"].str.contains("closed before the period").all()
    assert entrants[~entrants["closed"]]["flag"].isna().all()


def test_float_dust_is_gone(entrants, reoffending, cautioned):
    """Trap 5: 39.020000000000003 is 39.02."""
    for table in (entrants, reoffending, cautioned):
        values = table["value"].dropna().to_numpy()
        assert np.array_equal(values, np.round(values, 2))


# Reoffending


def test_reoffending_of_older_children_is_that_printed(reoffending):
    new = series(reoffending, ISLINGTON, release=NEW, age_band="15-17")
    assert new.tolist() == [54.34, 48.15, 46.67, 36.84, 48, 31.15, 27.59, 23.91, 27.27]
    old = series(reoffending, ISLINGTON, release=OLD, age_band="15-17")
    assert old.tolist() == [45.33, 50, 43.42, 47.5, 30.65, 30.51, 20.83]


def test_one_label_is_two_cohorts_in_two_editions(reoffending):
    """Trap 4: values labelled Y in February 2025 agree best with Y + 1 in February 2026."""
    wide = reoffending[reoffending["age_band"] == "15-17"].pivot_table(
        index="area_code", columns=["release", "cohort"], values="value"
    )
    pairs = [(str(y), str(y + 1)) for y in range(2016, 2023)]
    same = np.mean([wide[OLD][y].corr(wide[NEW][y]) for y, _ in pairs])
    after = np.mean([wide[OLD][y].corr(wide[NEW][z]) for y, z in pairs])
    assert after > 0.8
    assert same < 0.7
    assert CHECKS["shifted_labels"](reoffending)


def test_a_bare_year_is_never_a_period(reoffending):
    """Trap 4: the period is inferred in one edition, and says so; in the other it is blank."""
    new, old = (reoffending[reoffending["release"] == r] for r in (NEW, OLD))
    assert old[["period_start", "period_end"]].isna().all(axis=None)
    assert (new["period_end"].dt.strftime("%Y-%m-%d") == new["cohort"] + "-03-31").all()
    assert new["period_basis"].unique().tolist() == ["year ending March, inferred"]


@pytest.mark.parametrize(
    ("cohort", "place", "areas"), [("2016", 9, 149), ("2023", 127, 147), ("2024", 100, 148)]
)
def test_islingtons_place_among_authorities(reoffending, cohort, place, areas):
    """Trap 15: from one of the highest to one of the lowest, ages 15 to 17 only."""
    rows = reoffending.query(
        "release == @NEW and age_band == '15-17' and area_type == 'authority' and cohort == @cohort"
    ).dropna(subset="value")
    ranks = rows.set_index("area_code")["value"].rank(ascending=False, method="min")
    assert (ranks[ISLINGTON], len(ranks)) == (place, areas)


@pytest.mark.parametrize(
    ("cohort", "children", "reoffended"),
    [("2016", 173, 94), ("2021", 61, 19), ("2022", 29, 8), ("2023", 46, 11)],
)
def test_the_smallest_cohort_that_gives_a_rate(reoffending, cohort, children, reoffended):
    """Trap 19: cohort sizes are not published; two decimals only bound them."""
    rate = series(reoffending, ISLINGTON, release=NEW, age_band="15-17")[int(cohort)]
    n = np.arange(1, 400)
    x = np.round(n * rate / 100)
    fits = np.round(100 * x / n + 1e-9, 2) == rate
    assert (n[fits][0], x[fits][0]) == (children, reoffended)


def test_no_rate_for_england_and_none_for_all_ages(reoffending):
    england = reoffending[reoffending["area_code"] == ENGLAND]
    assert england["value"].isna().all()
    assert set(reoffending["age_band"]) == {"10-14", "15-17"}


# Cautioned or sentenced


def test_units_are_mended(cautioned):
    """Trap 3: Islington 4.2 in 2022-23 is per 1,000, and 33.2 in 2024-25 per 10,000."""
    rows = cautioned[cautioned["area_code"] == ISLINGTON].set_index("cohort")
    assert rows.loc["2022-23", ["value", "value_published"]].tolist() == [42, 4.2]
    assert rows.loc["2024-25", ["value", "value_published"]].tolist() == [33.2, 33.2]
    assert rows.loc["2022-23", "unit_published"] == "per 1,000 children aged 10-17"
    assert set(rows["unit"]) == {"per 10,000 children aged 10-17"}
    assert rows.loc["2015-16", "value"] == 116


def test_the_check_would_reject_the_mixed_units(cautioned):
    """Trap 3: as titled, the rates would have grown tenfold in most areas."""
    assert not steady_units(cautioned)
    as_titled = cautioned[cautioned["release"].isin([NEW, OLD])]
    assert steady_units(as_titled.assign(value=as_titled["value_published"]))


def test_rates_of_two_publishers_agree_within_their_rounding(cautioned):
    """The ten authorities: whole numbers on other populations, within a few per 10,000."""
    rates = cautioned[cautioned["unit"].str.startswith("per")]
    keys = ["area_code", "period_end"]
    both = rates[rates["release"].isin([OLD, NEW])].merge(
        rates[rates["release"] == "yjs-2024-25"], on=keys
    )
    gap = (both["value_x"] - both["value_y"]).abs()
    assert gap.count() == 96
    assert gap.median() <= 1
    assert gap.max() == 7


def test_counts_rates_and_populations_fit(cautioned):
    own = cautioned[cautioned["release"] == "yjs-2024-25"]
    wide = own.pivot_table(index=["area_code", "period_end"], columns="unit", values="value")
    assert wide.shape == (121, 2)
    england = wide.loc[ENGLAND]
    assert england["children"].iloc[-1] == 12661
    population = load("population_area")
    mid_2022 = (population["age_band"] == "10-17") & (population["period_end"].dt.year == 2022)
    base = population[mid_2022].set_index("area_code")["value"]
    year = wide.xs(pd.Timestamp("2023-03-31"), level="period_end")
    implied = 1e4 * year["children"] / base.reindex(year.index)
    gap = implied - year["per 10,000 children aged 10-17"]
    assert gap.between(0, 1.3).all(), "the rates seem to be cut to whole numbers, not rounded"


def test_authorities_that_share_a_service_share_its_rate(cautioned):
    """The memberships in the lookup agree with the publisher's repeated values."""
    members = load("services").query("current")
    shared = members[members.groupby("service")["area_code"].transform("size") > 1]
    rows = cautioned[cautioned["release"] == NEW].merge(
        shared[["service", "area_code"]], on="area_code"
    )
    assert rows.groupby("service")["value"].nunique().eq(1).all()
    assert rows.dropna(subset="value")["flag"].str.startswith("rate of the youth").all()


def test_a_zero_printed_for_a_closed_authority_is_no_zero(cautioned):
    row = cautioned[(cautioned["area_name"] == "Cumbria") & (cautioned["release"] == NEW)]
    assert row["value"].isna().all()
    assert row["symbol"].item() == "z"


# Populations


def test_populations_are_of_one_base():
    """Mid-2019 and mid-2020 at ages 10 to 17 are from before the rebase, and stay out."""
    table = load("population_area")
    ten = table[table["age_band"] == "10-17"]
    assert sorted(ten["period_end"].dt.year.unique()) == [2011, 2021, 2022]
    assert series(ten, ISLINGTON).tolist() == [14440, 15405, 15481]
    young = series(table[table["age_band"] == "0-17"], ISLINGTON)
    assert young.index.tolist() == list(range(2012, 2025))
    assert young[2024] == 35624
    assert table["period_start"].equals(table["period_end"])


def test_population_totals_are_sums_and_ours_are_flagged():
    table = load("population_area")
    ten = table[table["age_band"] == "10-17"]
    authorities = ten[ten["area_type"] == "authority"].groupby("period_end")["value"].sum()
    assert authorities.to_numpy() == pytest.approx(series(ten, "K04000001").to_numpy())
    assert authorities.tolist() == [5312004, 5650632, 5771720]
    counties = ten[ten["flag"] == "sum of districts"]
    districts = ten[ten["area_type"] == "lower_tier"]
    parts = districts.groupby(["part_of", "period_end"])["value"].sum()
    printed = counties.set_index(["area_code", "period_end"])["value"].sort_index()
    assert printed.to_dict() == parts.to_dict()


def test_census_groups_of_islington(census):
    rows = census[census["area_name"] == "Islington"].set_index(["area_type", "ethnic_group"])
    for kind in ("authority", "service"):
        groups = rows.loc[kind, "value"]
        assert groups[FIVE].tolist() == [1466, 3784, 2172, 6546, 1373]
        assert groups["All"] == groups[FIVE].sum() == 15341


def test_census_base_of_england_and_wales(census):
    """Traps 7 and 8: 5.92% Black and 73.9% White in 2021 (4% and 82% in the census of 2011)."""
    whole = census[census["area_code"] == "K04000001"].set_index("ethnic_group")["value"]
    assert whole["All"] == 5635156
    shares = 100 * whole / whole["All"]
    assert round(shares["Black"], 2) == 5.92
    assert round(shares["White"], 1) == 73.9
    assert (0.82 / 0.04) / (shares["White"] / shares["Black"]) == pytest.approx(1.6, abs=0.05)
    assert set(census["ethnic_group"]) == {*FIVE, "All"}


def test_census_layers_hold_the_same_children(census):
    totals = census[census["ethnic_group"] == "All"].groupby("area_type")["value"].sum()
    assert totals["authority"] == totals["service"] == 5635156
    low = census[census["area_type"] == "lower_tier"].groupby("part_of")["value"].sum()
    upper = census[census["area_code"].isin(low.index)].groupby("area_code")["value"].sum()
    assert low.tolist() == upper.tolist()
    assert census[census["area_type"] == "service"]["area_name"].nunique() == 155


def test_withheld_areas_are_rows_with_a_symbol(census):
    withheld = census[census["symbol"] == "c"]
    assert set(withheld["area_name"]) == {"City of London", "Isles of Scilly"}
    assert len(withheld) == 12
    flags = census[census["area_type"] == "service"].set_index("area_name")["flag"].dropna()
    assert set(flags) == {"without City of London", "without Isles of Scilly"}


# Linked cohorts


def test_linked_cohort_of_islington():
    table = load("linked_cohort_ethnicity_area")
    rows = table[table["area_code"] == ISLINGTON].set_index(["la_basis", "stage", "ethnic_group"])
    assert rows.loc[("home", "all pupils", "All"), "value"] == 8490
    assert rows.loc[("home", "cautioned or sentenced", "All"), "value"] == 547
    assert rows.loc[("school", "cautioned or sentenced", "All"), "value"] == 596
    black = [rows.loc[("home", s, "Black"), "value"] for s in table["stage"].unique()]
    assert sorted(black) == [26, 30, 33]
    hidden = rows.loc[("home", "cautioned or sentenced", "Chinese")]
    assert hidden["symbol"] == "c"
    assert hidden["denominator"] == 547


def test_linked_shares_are_whole_per_cents():
    table = load("linked_cohort_ethnicity_area")
    shares = table[table["measure"] == "share by ethnic group"]
    assert shares["value"].dropna().between(0, 100).all()
    sums = shares.groupby(["area_code", "la_basis", "stage"])["value"].agg(["sum", "count"])
    full = sums[sums["count"] == 7]
    assert full["sum"].between(97, 103).all()
    assert shares["symbol"].eq("c").sum() == 13 + 858 + 1151
    dorset = table[table["area_name"].str.startswith("Dorset")]["area_code"].unique()
    assert dorset.tolist() == ["E10000009"]


# Inspections


def test_islington_2024_is_34_of_36():
    """Trap 14: two standards Good and ten Outstanding; resettlement is not counted."""
    table = load("inspection_findings")
    rated = table[(table["unit"] == "points of 3") & table["flag"].isna()]
    assert rated["rating"].value_counts().to_dict() == {"Outstanding": 10, "Good": 2}
    assert rated["value"].sum() == 34
    overall = load("inspection_ratings").query("standard == 'Overall' and area_name == 'Islington'")
    assert overall[["value", "rating"]].to_numpy().tolist() == [[34, "Outstanding"]]
    assert overall["publication_date"].item() == pd.Timestamp("2024-08-20")


def test_score_bands_fit_every_clean_row():
    """Trap 14: 0-6, 7-18, 19-30 and 31-36; the text of the rule was not found."""
    overall = load("inspection_ratings").query("standard == 'Overall'")
    assert len(overall) == 83
    framework = overall["flag"].fillna("").str.startswith("published in 2025")
    clean = overall[overall["flag"].isna() | framework]
    bands = pd.cut(
        clean["value"], [-1, 6, 18, 30, 36],
        labels=["Inadequate", "Requires Improvement", "Good", "Outstanding"],
    )  # fmt: skip
    assert (bands.astype(str) == clean["rating"]).all()
    assert len(clean) == 79
    assert framework.sum() == 5


def test_faults_of_the_inspection_source_stay_flagged():
    overall = load("inspection_ratings").query("standard == 'Overall'").set_index("area_name")
    assert overall.loc[["Bridgend", "Ceredigion"], "symbol"].tolist() == ["u", "u"]
    assert pd.isna(overall.loc["Portsmouth", "rating"])
    assert overall.loc["West Sussex", "flag"].startswith("rating and score")


def test_no_standard_is_invented():
    """Trap 14: the source never found a single standard rated Requires Improvement."""
    table = load("inspection_ratings")
    single = table[table["standard"] != "Overall"]
    assert set(single["rating"]) == {"Outstanding", "Good", "Inadequate"}
    assert len(single) == 592
    points = single["rating"].map({"Outstanding": 3, "Good": 2, "Inadequate": 0})
    assert (single["value"] == points).all()


def test_figures_of_2016_stand_alone():
    """52.1% and 37.4% have no cohort; they are in no series of a later measure."""
    table = load("inspection_findings")
    old = table[table["measure"] == "binary reoffending rate"].set_index("area_code")
    assert old["value"].to_dict() == {ISLINGTON: 52.1, "K04000001": 37.4}
    assert old["flag"].str.contains("stands alone").all()
    judged = table[table["kind"] == "judgement"]["rating"].value_counts().to_dict()
    assert judged == {"Poor": 3, "Unsatisfactory": 2, "Satisfactory": 1}


# Names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kingston-upon-Thames", "E09000021"),
        ("Bedford Borough", "E06000055"),
        ("Yorkshire and the Humber", "E12000003"),
        ("Yorkshire and The Humber", "E12000003"),
        ("Bournemouth (Pre LG)", "E06000028"),
        ("Kingston Upon Hull, City of", "E06000010"),
        ("Islington", ISLINGTON),
    ],
)
def test_spellings_lead_to_one_area(name, code):
    """Traps 5 and 13."""
    names = load("area_names").set_index("name")
    assert names.loc[name, "area_code"] == code


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Tower Hamlets and City of London", "Tower Hamlets and City of London"),
        ("Gwynedd & Ynys Mon", "Gwynedd and Ynys Môn"),
        ("An inspection of Tower Hamlets and City of London", "Tower Hamlets and City of London"),
    ],
)
def test_services_of_several_authorities_have_no_code(name, service):
    """Trap 13."""
    row = load("area_names").set_index("name").loc[name]
    assert row["service"] == service
    assert pd.isna(row["area_code"])
    assert load("services").query("service == @service")["area_code"].nunique() == 2


def test_areas_and_neighbours_of_islington():
    areas = load("areas").set_index("area_name")
    assert areas.loc["Islington", ["area_code", "dfe_number", "region"]].tolist() == [
        ISLINGTON, "206", "London",
    ]  # fmt: skip
    assert areas["area_type"].value_counts().to_dict() == {
        "authority": 183, "region": 9, "country": 3, "subregion": 2,
    }  # fmt: skip
    near = load("statistical_neighbours").query("area_name == 'Islington'").sort_values("rank")
    assert near["neighbour_name"].tolist() == [
        "Camden", "Southwark", "Lambeth", "Westminster", "Hackney", "Hammersmith and Fulham",
        "Lewisham", "Haringey", "Greenwich", "Manchester",
    ]  # fmt: skip
