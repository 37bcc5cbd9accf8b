"""First-time entrant rates by area are those printed, without the faults of the editions.

Figures named in a test are those printed by the publication that the table cites; the traps are
faults of the publications that a table must not carry over.
"""

import pandas as pd
import pytest

from tests.published.tables import series
from youthjustice.published.checks import CHECKS
from youthjustice.published.loading import load

ISLINGTON, LONDON, ENGLAND = "E09000019", "E12000007", "E92000001"
NEW, OLD = "2026-02", "2025-02"


def fall(rates: pd.Series, first: int, last: int) -> float:
    """Change from one year to another in per cent, to one decimal."""
    return round(100 * (rates[last] / rates[first] - 1), 1)


@pytest.fixture(scope="module")
def entrants() -> pd.DataFrame:
    return load("first_time_entrants_area", "all")


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
    within = entrants["flag"] == "the authority closed within the period"
    assert within.sum() == 5
    (problem,) = CHECKS["closed_areas"](entrants.drop(columns="flag"))
    assert len(problem.rows) == 7
