"""The same as R's survival package, on its own data and on made-up data with every option.

Needs Rscript and the package (Debian: r-base-core, r-cran-survival); ``make test-r`` runs it.
"""

import numpy as np
import pandas as pd
import pytest

from youthjustice.measures import (
    cox,
    cumulative_incidence,
    kaplan_meier,
    log_rank,
    restricted_mean,
)

WITHIN = {"rtol": 1e-6, "atol": 1e-9}

pytestmark = pytest.mark.r


def made_up(size, seed):
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "entry": chance.integers(0, 10, size),
            "sex": chance.choice(["female", "male"], size),
            "group": chance.choice(["Asian", "Black", "White"], size),
            "x": chance.normal(size=size),
            "area": chance.integers(0, 4, size),
            "child": np.arange(size) // 3,
        }
    )
    days = np.ceil(chance.exponential(20 / np.exp(0.3 * frame["x"])))
    watched = chance.integers(2, 40, size)
    frame["event"] = (days <= watched).astype(int)
    frame["cause"] = frame["event"] * chance.integers(1, 4, size)
    frame["days"] = frame["entry"] + np.minimum(days, watched)
    return frame


@pytest.mark.parametrize("transform", ["log-log", "log", "plain"])
@pytest.mark.parametrize("late", [False, True])
def test_kaplan_meier(r, transform, late):
    frame = made_up(400, 1)
    begin = "entry, " if late else ""
    theirs = r(
        f"s <- summary(survfit(Surv({begin}days, event) ~ group, d, conf.type='{transform}'),"
        "censored=TRUE); out <- data.frame(group=sub('group=', '', s$strata), time=s$time,"
        "at_risk=s$n.risk, value=s$surv, error=s$std.err, lower=s$lower, upper=s$upper)",
        frame,
    )
    ours = kaplan_meier(
        frame["days"],
        frame["event"],
        group=frame["group"],
        entry=frame["entry"] if late else None,
        transform=transform,
    )
    if late:  # R also has rows at which somebody only enters
        theirs = theirs.merge(ours[["group", "time"]], on=["group", "time"])
    known = ours["lower"].notna().to_numpy()
    assert known.sum() > 50
    for mine, their in (
        ("time", "time"),
        ("at_risk", "at_risk"),
        ("value", "value"),
        ("standard_error", "error"),
        ("lower", "lower"),
        ("upper", "upper"),
    ):
        np.testing.assert_allclose(ours[mine][known], theirs[their][known], **WITHIN)


def test_cumulative_incidence(r):
    frame = made_up(400, 2)
    theirs = r(
        "s <- summary(survfit(Surv(days, factor(cause)) ~ group, d), censored=TRUE);"
        "out <- data.frame(time=s$time, free=s$pstate[,1], value=s$pstate[,-1],"
        "error=s$std.err[,-1])",
        frame,
    )
    ours = cumulative_incidence(frame["days"], frame["cause"], group=frame["group"])
    for place in (1, 2, 3):
        own = ours[ours["cause"] == place]
        np.testing.assert_allclose(own["time"], theirs["time"], **WITHIN)
        np.testing.assert_allclose(own["event_free"], theirs["free"], **WITHIN)
        np.testing.assert_allclose(own["value"], theirs[f"value.{place}"], **WITHIN)
        np.testing.assert_allclose(own["standard_error"], theirs[f"error.{place}"], **WITHIN)


def test_o23_restricted_means_mgus2(r):
    """Published in years to six decimals by the vignette on competing risks."""
    printed = {
        "F": {0: 9.853608, 1: 1.323284, 2: 8.823108},
        "M": {0: 8.675012, 1: 1.064693, 2: 10.260294},
    }
    data = r(
        "m <- mgus2; out <- data.frame(sex=m$sex, time=ifelse(m$pstat==0, m$futime, m$ptime),"
        "cause=ifelse(m$pstat==0, 2*m$death, 1))"
    )
    assert np.bincount(data["cause"]).tolist() == [409, 115, 860]
    found = restricted_mean(data["time"], data["cause"], group=data["sex"], until=240)
    found["state"] = found["state"].replace({"event-free": 0})
    for sex, states in printed.items():
        own = found[found["group"] == sex].set_index("state")["value"] / 12
        assert own.sum() == pytest.approx(20)
        for state, years in states.items():
            assert own[state] == pytest.approx(years, abs=5e-7)


@pytest.mark.parametrize("stratified", [False, True])
def test_log_rank(r, stratified):
    frame = made_up(400, 3)
    more = "+ strata(area)" if stratified else ""
    theirs = r(
        f"f <- survdiff(Surv(days, event) ~ group {more}, d);"
        "out <- data.frame(chisq=f$chisq, exp=rowSums(as.matrix(f$exp)))",
        frame,
    )
    ours = log_rank(
        frame["days"], frame["event"], frame["group"], strata=frame["area"] if stratified else None
    )
    np.testing.assert_allclose(ours.statistic, theirs["chisq"].iloc[0], **WITHIN)
    np.testing.assert_allclose(ours.groups["expected"], theirs["exp"], **WITHIN)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("stratified", [False, True])
@pytest.mark.parametrize("clustered", [False, True])
def test_cox(r, ties, late, stratified, clustered):
    frame = made_up(600, 4)
    theirs = r(
        "d$male <- 1*(d$sex=='male'); d$asian <- 1*(d$group=='Asian');"
        "d$black <- 1*(d$group=='Black');"
        f"f <- coxph(Surv({'entry, ' if late else ''}days, event) ~ x + male + asian + black"
        f"{'+ strata(area)' if stratified else ''}, d, ties='{ties}'"
        f"{', cluster=child' if clustered else ''},"
        "control=coxph.control(eps=1e-12, toler.chol=1e-13));"
        "s <- summary(f)$coef; z <- cox.zph(f)$table;"
        "out <- data.frame(beta=c(s[,'coef'], NA), error=c(s[,'se(coef)'], NA),"
        f"robust=c({'s[,4]' if clustered else 'NA*s[,1]'}, NA), z=z[,'p'],"
        "loglik=c(f$loglik, f$score, NA, NA))",
        frame,
    )
    ours = cox(
        frame,
        time="days",
        event="event",
        covariates=["x", "sex", "group"],
        reference={"sex": "female"},
        entry="entry" if late else None,
        strata="area" if stratified else None,
        cluster="child" if clustered else None,
        ties=ties,
    )
    for mine, their in (
        ("log_hazard", "beta"),
        ("standard_error", "error"),
        ("robust_standard_error", "robust"),
        ("proportional_p_value", "z"),
    ):
        np.testing.assert_allclose(ours[mine], theirs[their][:-1], **WITHIN)
    attrs = ours.attrs
    assert attrs["proportional_p_value"] == pytest.approx(theirs["z"].iloc[-1], rel=1e-6)
    np.testing.assert_allclose(
        [attrs["null_log_likelihood"], attrs["log_likelihood"], attrs["score"]],
        theirs["loglik"][:3],
        **WITHIN,
    )


def test_o21_wei_lin_and_weissfeld(r):
    """Published by the package's own tests: treatment in the first stratum, -0.51762 and 0.3075."""
    data = r("out <- bladder")
    for place in (1, 2, 3, 4):
        for name in ("rx", "size", "number"):
            data[f"{name}{place}"] = data[name] * (data["enum"] == place)
    found = cox(
        data,
        time="stop",
        event="event",
        covariates=[
            f"{name}{place}" for name in ("rx", "size", "number") for place in (1, 2, 3, 4)
        ],
        strata="enum",
        cluster="id",
        ties="breslow",
    )
    assert found["log_hazard"].iloc[0] == pytest.approx(-0.51762, abs=5e-6)
    assert found["robust_standard_error"].iloc[0] == pytest.approx(0.30750, abs=5e-6)
