"""Sentences on time to an event claim no more than few children, clusters or days allow."""

import math

import numpy as np
import pandas as pd
import pytest

from youthjustice.measures import cox, kaplan_meier
from youthjustice.presentation import hazard_sentence, survival_sentence


def test_a_share_that_rests_on_few_is_a_note():
    days, event = np.arange(1, 41), [1, 0] * 20
    few = survival_sentence(kaplan_meier(days, event, at=35), when="35 days")
    assert "with fewer than 10 still at risk at that time, so that it rests on few" in str(few)
    assert few.kind == "note"
    enough = survival_sentence(kaplan_meier(days, event, at=31), when="31 days")
    assert "with 10 still at risk" in str(enough) and "few" not in str(enough)
    assert enough.kind == "finding"


def test_the_level_is_the_one_of_the_result():
    found = kaplan_meier(np.arange(1, 41), [1, 0] * 20, at=20, confidence=0.9)
    assert "90% confidence interval" in str(survival_sentence(found, when="20 days"))
    assert "90% confidence interval" in str(survival_sentence(found.iloc[0], when="20 days"))


def told(row):
    return hazard_sentence(row, who="boys", than="girls")


def test_clusters_too_few_for_an_interval_are_told_and_claim_nothing():
    chance = np.random.default_rng(1)
    days = np.ceil(chance.exponential(np.repeat([10, 90], 50)))
    frame = pd.DataFrame({"days": days, "event": 1, "boy": np.repeat([1, 0], 50)})
    sure = told(cox(frame, time="days", event="event", covariates="boy").iloc[0])
    assert "came sooner to boys than to girls" in str(sure)
    one = frame.assign(school="A")
    unsure = told(cox(one, time="days", event="event", covariates="boy", cluster="school").iloc[0])
    assert str(unsure) == (
        "No hazard ratio of boys to girls can be given, because too few clusters are left to judge "
        "its error by."
    )
    assert unsure.kind == "note"


def test_few_events_and_few_clusters_are_told():
    row = {"value": 2.0, "lower": 1.2, "upper": 3.3, "flags": "small_numerator;few_clusters"}
    assert "few events, so its interval is approximate. It rests on few clusters" in str(told(row))
    assert told(row).kind == "note"
    assert told(row | {"flags": "small_numerator"}).kind == "finding"


def test_a_fit_that_did_not_settle_is_told():
    row = dict.fromkeys(("value", "lower", "upper"), math.nan) | {"flags": "not_converged"}
    assert "because the fit did not settle" in str(told(row))


@pytest.mark.parametrize("value", [0.5, 1.0, 2.0])
def test_it_always_says_what_a_hazard_ratio_is_not(value):
    row = {"value": value, "lower": value / 1.5, "upper": value * 1.5, "flags": ""}
    assert str(told(row)).endswith("it is not the ratio of the shares to whom it comes.")
