"""Reoffending rates by area are those printed, and no label is taken for a period.

Figures named in a test are those printed by the publication that the table cites; the traps are
faults of the publications that a table must not carry over.
"""

import numpy as np
import pandas as pd
import pytest

from tests.published.tables import series
from youthjustice.published.checks import CHECKS
from youthjustice.published.loading import load

ISLINGTON, ENGLAND = "E09000019", "E92000001"
NEW, OLD = "2026-02", "2025-02"


@pytest.fixture(scope="module")
def reoffending() -> pd.DataFrame:
    return load("reoffending_area", "all")


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


def test_closed_authorities_are_flagged_for_cohorts_after_their_closing(reoffending):
    """Trap 5: 37 dated and 17 undated rows stand on the line of an authority that had closed."""
    flagged = reoffending[reoffending["flag"].notna()]
    assert flagged["closed"].all()
    assert flagged.groupby("release")["flag"].agg(["nunique", "size"]).to_numpy().tolist() == [
        [1, 17], [1, 37],
    ]  # fmt: skip
    bournemouth = reoffending.query("area_name == 'Bournemouth' and age_band == '15-17'")
    marked = bournemouth["flag"].notna().groupby(bournemouth["release"])
    assert marked.apply(lambda rows: rows.to_numpy().nonzero()[0].tolist()).to_dict() == {
        OLD: [3, 4, 5, 6],  # labels 2019 to 2022; the area closed on 1 April 2019
        NEW: [4, 5, 6, 7, 8],  # years ending March 2020 to March 2024
    }
    (problem,) = CHECKS["closed_areas"](reoffending.drop(columns="flag"))
    assert len(problem.rows) == 37


def test_a_successor_has_a_rate_only_where_its_area_stayed_the_same(reoffending):
    areas = load("areas")
    heirs = areas["replaced_by"].dropna().str.split(";").explode()
    rated = reoffending.dropna(subset="value")
    assert set(rated[rated["area_code"].isin(heirs)]["area_name"]) == {
        "Buckinghamshire", "North Yorkshire", "Somerset",
    }  # fmt: skip
