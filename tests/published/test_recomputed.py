"""Rates that publications print, from the counts that they print; totals, from their parts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from youthjustice.measures import proportion
from youthjustice.published import load

PRINTS_RATES = "moj-reoffending-measures-2016"
SOURCES = Path(__file__).parents[2] / "data" / "lookups" / "sources.csv"


def example(frame, kind, key, title):
    """Cite the one publication that the rows of a table come from."""
    source = pd.read_csv(SOURCES).set_index("source").loc[frame["source"].iloc[0]]
    return {
        "kind": kind,
        "id": key,
        "title": title,
        "publication": source["title"] + " (" + source["publisher"] + ")",
        "year": "" if pd.isna(source["release_date"]) else int(source["release_date"][:4]),
        "table": source["table"] if isinstance(source["table"], str) else "",
    }


def labelled(frame, columns, values):
    """Name each figure by what is said of it."""
    told = frame[columns].astype(str).agg(", ".join, axis=1)
    assert told.is_unique
    return dict(zip(told, values, strict=True))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("reoffending_national", ["measure", "frequency", "cohort"]),
        (
            "reoffending_national_breakdowns",
            ["breakdown", "sex", "previous_offences", "tier", "disposal", "offence",
             "time_to_reoffence", "frequency", "cohort"],
        ),
    ],
)  # fmt: skip
def test_rates_of_reoffending_are_children_who_reoffended_of_the_cohort(reproduced, name, columns):
    frame = load(name).dropna(subset=["value", "numerator", "denominator"])
    frame = frame[frame["denominator"] > 0]
    rates = 100 * proportion(frame["numerator"], frame["denominator"]).value.astype(float)
    np.testing.assert_allclose(rates, frame["value"], rtol=1e-9)
    # The other files print counts alone, or rates of a decimal: their rates here are our division,
    # and no proof.
    printed = (frame["source"] == PRINTS_RATES) & (frame["measure"] == "cohorts_3_month")
    if printed.any():
        rows = frame[printed]
        about = example(
            rows, "rate", f"{name} {PRINTS_RATES}", "Children who reoffended, of the cohort"
        )
        ours = labelled(rows, columns, rates[printed])
        reproduced(about, ours, labelled(rows, columns, rows["value"]), rtol=1e-9)


def test_disposals_of_every_area_add_up_to_the_printed_totals(reproduced):
    frame = load("disposals_area_2012_13")
    frame = frame[frame["area_type"] == "authority"]
    whole = (frame["tier"] == "All") & (frame["disposal"] == "All")
    for over in ("ethnic_group", "sex", "age_band"):
        rest = {"ethnic_group", "sex", "age_band"} - {over}
        rows = frame[whole & (frame[[*rest]] == "All").all(axis=1)]
        parts = rows[rows[over] != "All"].groupby("area_name")["value"].sum()
        totals = rows[rows[over] == "All"].set_index("area_name")["value"].dropna()
        totals = totals[totals.index.isin(parts.index)]
        slips = totals[parts.reindex(totals.index) != totals]
        assert set(slips.index) <= {"Brent"}
        totals = totals.drop(slips.index)
        about = example(
            rows, "total", f"disposals by {over}", f"Disposals of each area, summed over {over}"
        )
        reproduced(about, parts.to_dict(), totals.to_dict())


def test_children_of_five_ethnic_groups_are_all_children(reproduced):
    frame = load("population_ethnicity_area")
    frame = frame.fillna({"area_code": frame["area_type"]})
    keys = ["area_name", "area_code", "age_band"]
    groups = frame[frame["ethnic_group"] != "All"].groupby(keys)["value"].sum(min_count=5)
    # Services are authorities once more, and a flagged sum is our own: neither is a printed total.
    printed = frame["flag"].isna() & (frame["area_type"] != "service")
    totals = frame[printed & (frame["ethnic_group"] == "All")].set_index(keys)["value"]
    assert not totals.index.duplicated().any()
    about = example(
        frame, "total", "census 2021", "Children aged 10 to 17, summed over five ethnic groups"
    )
    names = {key: ", ".join(key) for key in totals.index}
    reproduced(
        about,
        {name: groups[key] for key, name in names.items()},
        {name: totals[key] for key, name in names.items()},
    )
