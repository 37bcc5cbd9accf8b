"""Inspection ratings and findings are those published, and none is made up."""

import pandas as pd

from youthjustice.published.loading import load

ISLINGTON = "E09000019"


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
