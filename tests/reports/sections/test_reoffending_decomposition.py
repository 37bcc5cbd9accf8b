"""How much of the national change in reoffending is who is in the cohort, from published counts."""

import pandas as pd
import pytest

from youthjustice.measures.areas.decomposition import decompose
from youthjustice.published import load

COUNTS = ["numerator", "denominator", "reoffences"]


@pytest.fixture(scope="module")
def table():
    everything = load("reoffending_national_breakdowns")
    return everything[everything["frequency"] == "annual"].astype(dict.fromkeys(COUNTS, "float64"))


def parts(table, first, **options):
    groups = table[table["breakdown"] == "previous_offences"]
    found = decompose(
        groups,
        "previous_offences",
        numerator="numerator",
        denominator="denominator",
        between="period_end",
        first=pd.Timestamp(first),
        last=pd.Timestamp("2020-03-31"),
        **options,
    )
    return found.set_index("kind")


@pytest.mark.parametrize(
    ("first", "before", "composition", "rates"),
    [("2010-03-31", 38.3, 1.504, -5.554), ("2014-03-31", 42.9, -0.513, -8.197)],
)
def test_the_change_since_2010_and_since_the_peak(table, first, before, composition, rates):
    found = parts(table, first)
    total = found.loc["total"]
    printed = table[table["breakdown"] == "total"].set_index("period_end")["value"]
    assert total["first"] == pytest.approx(printed[first])
    assert round(total["first"], 1) == before
    assert round(total["last"], 1) == 34.2
    assert found["value"].iloc[:-1].sum() == pytest.approx(total["value"], abs=1e-12)
    assert found["value"]["composition"] == pytest.approx(composition, abs=0.0005)
    assert found["value"]["rate within groups"] == pytest.approx(rates, abs=0.0005)
    # Both effects are beyond chance, and rates within groups fell by more than all of the change
    # since 2010, as those counted had offended more often before.
    assert (found["lower"] * found["upper"] > 0).all()


def test_kitagawas_formula_gives_the_same_by_hand(table):
    groups = table[table["breakdown"] == "previous_offences"].set_index(
        ["period_end", "previous_offences"]
    )
    one, two = (groups.loc[pd.Timestamp(end)] for end in ("2010-03-31", "2020-03-31"))
    share = [part["denominator"] / part["denominator"].sum() for part in (one, two)]
    rate = [part["numerator"] / part["denominator"] for part in (one, two)]
    found = parts(table, "2010-03-31")["value"]
    composition = 100 * ((share[1] - share[0]) * (rate[0] + rate[1]) / 2).sum()
    within = 100 * ((rate[1] - rate[0]) * (share[0] + share[1]) / 2).sum()
    assert found["composition"] == pytest.approx(composition)
    assert found["rate within groups"] == pytest.approx(within)


def test_reoffences_per_child_with_how_often_as_a_third_factor(table):
    found = parts(table, "2010-03-31", events="reoffences")
    assert found["value"].iloc[:-1].sum() == pytest.approx(found["value"]["total"], abs=1e-12)
    totals = table[table["breakdown"] == "total"].set_index("period_end")
    per_child = totals["reoffences"] / totals["denominator"]
    assert found["first"]["total"] == pytest.approx(per_child["2010-03-31"])
    assert found["value"]["frequency"] > 0 > found["value"]["rate within groups"]
