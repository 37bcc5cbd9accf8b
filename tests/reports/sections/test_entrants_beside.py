"""Every authority at once is what each is alone, and one that cannot be compared stops no other."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from youthjustice import reports
from youthjustice.errors import InputProblem
from youthjustice.measures import compare_with
from youthjustice.reports.by_area import of_area
from youthjustice.reports.sections import entrants_beside
from youthjustice.reports.sections.entrants_beside import authorities_beside_rest
from youthjustice.reports.sections.entrants_figures import all_rates, entrants
from youthjustice.reports.sections.entrants_near import authorities_beside_neighbours

# Islington, Leeds, Bristol, and Cumberland, which is new.
AREAS = {
    "E09000019": "E12000007",
    "E08000035": "E12000003",
    "E06000023": "E12000009",
    "E06000063": "E12000002",
}
COUNTS = {"numerator": "numerator", "denominator": "denominator", "per": 100_000}


def rows_of(*codes):
    rates = all_rates()
    return rates[rates["area_code"].isin(codes)].reset_index(drop=True)


@pytest.mark.parametrize(("code", "region"), AREAS.items())
def test_each_beside_its_rest_is_what_it_is_alone(code, region):
    every = authorities_beside_rest()
    alone = compare_with(rows_of(code, region), code, whole=region, by="period_end", **COUNTS)
    own, rest = every.own.of(code), every.rest.of(code)
    ratios = own[["ratio", "ratio_lower", "ratio_upper"]].set_axis(
        ["value", "lower", "upper"], axis=1
    )
    assert_frame_equal(ratios, alone[["value", "lower", "upper"]])
    for name in ("numerator", "denominator"):
        np.testing.assert_array_equal(rest[name], alone[f"reference_{name}"])
    np.testing.assert_allclose(
        rest[["value", "lower", "upper"]],
        alone[["reference_rate", "reference_rate_lower", "reference_rate_upper"]],
    )
    assert own["period_end"].tolist() == rest["period_end"].tolist()
    assert every.latest[code]["value"] == pytest.approx(alone["value"].dropna().iloc[-1])


@pytest.mark.parametrize("code", AREAS)
def test_each_beside_its_neighbours_is_what_it_is_alone(code):
    near = authorities_beside_neighbours()
    listed = near.listed[code]
    latest = rows_of(code, *listed)
    latest = latest[
        latest["period_end"] == rows_of(code).dropna(subset=["value"])["period_end"].max()
    ]
    (alone,) = compare_with(latest, code, list(listed), **COUNTS).to_dict("records")
    together = near.together[code]
    assert len(listed) == 10
    for column in ("value", "lower", "upper", "reference_numerator", "areas"):
        assert together[column] == pytest.approx(alone[column])
    assert set(together["left_out"].split("; ")) == set(alone["left_out"].split("; "))
    assert near.each.of(code)["area_name"].is_monotonic_increasing


@pytest.fixture
def impossible(monkeypatch):
    """Let Islington have more first-time entrants than London."""
    rates = all_rates()
    rates.loc[rates["area_code"] == "E09000019", "numerator"] = 1e6
    rates.loc[rates["area_code"] == "E09000019", "denominator"] = 1e9
    monkeypatch.setattr(entrants_beside, "all_rates", lambda: rates)
    # Nothing that was worked out before is told, and nothing is kept for those after.
    monkeypatch.setattr("youthjustice.reports.once.state", object)


@pytest.mark.usefixtures("impossible")
def test_an_impossible_count_is_told_of_one_area_and_stops_no_other():
    with pytest.raises(InputProblem, match=r"E09000019.*above that of 'the region'"):
        of_area(authorities_beside_rest, "E09000019")
    assert of_area(authorities_beside_rest, "E08000035").latest["E08000035"]["value"] > 0


@pytest.mark.parametrize(
    ("name", "message"), [("Cumbria", "closed on 2023-04-01"), ("London", "is a region")]
)
def test_a_closed_authority_and_a_region_are_refused_in_a_sentence(name, message):
    with pytest.raises(InputProblem, match=message):
        reports.first_time_entrants(name)


def test_an_area_without_a_rate_has_no_figures():
    assert entrants("Isles of Scilly") is None
    assert isinstance(entrants("Leeds").area, pd.DataFrame)
