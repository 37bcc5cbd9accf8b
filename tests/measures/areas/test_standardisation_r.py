"""Standardised rates as R finds them: by models, by person-time, by epitools, by its own limits.

Needs Rscript and the package survival (Debian: r-base-core, r-cran-survival), and is compared with
epitools too where that is installed (r-cran-epitools); ``make test-r`` runs it.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from youthjustice.measures.areas.standardisation import standardise

WITHIN = {"rtol": 1e-6, "atol": 1e-12}
COLUMNS = {"numerator": "x", "denominator": "n"}

pytestmark = pytest.mark.r


def areas(seed=3, least=1):
    """Make up six areas of four ages and two sexes, the last area small, with a standard."""
    chance = np.random.default_rng(seed)
    keys = pd.MultiIndex.from_product([list("ABCDEF"), range(10, 14), ["female", "male"]])
    table = keys.to_frame(index=False, name=["area", "age", "sex"])
    table["n"] = chance.integers(400, 4000, len(table)) // np.where(table["area"] == "F", 8, 1)
    table["x"] = np.maximum(chance.poisson(0.008 * table["n"]), least)
    table["people"] = np.tile(chance.integers(10_000, 90_000, 8), 6)
    table["cases"] = np.tile(chance.integers(100, 900, 8), 6)
    return table


def standard_of(table):
    one = table[table["area"] == "A"]
    return pd.DataFrame(
        {"age": one["age"], "sex": one["sex"], "n": one["people"], "x": one["cases"]}
    )


def test_direct_rates_and_errors_are_those_of_a_model_with_every_stratum(r):
    # R predicts the standard population from log-linear rates of every stratum of every area.
    table = areas()
    theirs = r(
        "d$w <- d$people / sum(d$people[d$area=='A']);"
        "d$cell <- factor(paste(d$area, d$age, d$sex));"
        "f <- glm(x ~ 0 + cell + offset(log(n)), poisson, d, epsilon=1e-14);"
        "p <- predict(f, transform(d, n=1), type='response', se.fit=TRUE);"
        "out <- data.frame(value=tapply(p$fit*d$w, d$area, sum),"
        "error=sqrt(tapply((p$se.fit*d$w)^2, d$area, sum)))",
        table,
    )
    ours = standardise(
        table, ["age", "sex"], **COLUMNS, standard=standard_of(table), by="area", per=1
    )
    np.testing.assert_allclose(ours["value"], theirs["value"], **WITHIN)
    np.testing.assert_allclose(ours["standard_error"], theirs["error"], **WITHIN)


@pytest.mark.parametrize("limits", ["exact", "byar"])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_direct_limits_are_dobsons_round_the_limits_of_the_count(r, limits, confidence):
    table = areas(least=0)
    count = {
        "exact": "lo <- qgamma(a/2, X); hi <- qgamma(1-a/2, X+1);"
        f"stopifnot(all.equal(c(lo[1], hi[1]), poisson.test(X[1], conf.level={confidence})$conf.int,"
        "check.attributes=FALSE))",
        "byar": "z <- qnorm(1-a/2); lo <- X*(1-1/(9*X)-z/(3*sqrt(X)))^3;"
        "hi <- (X+1)*(1-1/(9*(X+1))+z/(3*sqrt(X+1)))^3",
    }[limits]
    theirs = r(
        f"a <- 1-{confidence}; d$w <- d$people / sum(d$people[d$area=='A']);"
        "s <- function(v) as.vector(tapply(v, d$area, sum)); X <- s(d$x);"
        f"value <- s(d$w*d$x/d$n); v <- s(d$w^2*d$x/d$n^2); {count};"
        "out <- data.frame(value, lower=value+sqrt(v/X)*(lo-X), upper=value+sqrt(v/X)*(hi-X))",
        table,
    )
    ours = standardise(
        table,
        ["age", "sex"],
        **COLUMNS,
        standard=standard_of(table),
        by="area",
        per=1,
        limits=limits,
        confidence=confidence,
        minimum_events=1,
    )
    for name in ("value", "lower", "upper"):
        np.testing.assert_allclose(ours[name], theirs[name], **WITHIN)


def test_direct_rates_are_those_of_epitools(r):
    # Its limits are the gamma ones: they hold our variance, so that checks it as well.
    table = areas()
    if not r("out <- data.frame(there=requireNamespace('epitools', quietly=TRUE))")["there"][0]:
        pytest.skip("epitools is not installed")
    theirs = r(
        "out <- as.data.frame(t(sapply(split(d, d$area), function(u)"
        "epitools::ageadjust.direct(u$x, u$n, stdpop=u$people))))",
        table,
    )
    ours = standardise(
        table, ["age", "sex"], **COLUMNS, standard=standard_of(table), by="area", per=1
    )
    np.testing.assert_allclose(ours["value"], theirs["adj.rate"], **WITHIN)
    np.testing.assert_allclose(ours["crude_rate"], theirs["crude.rate"], **WITHIN)
    variance = ours["standard_error"] ** 2
    shape, scale = ours["value"] ** 2 / variance, variance / ours["value"]
    np.testing.assert_allclose(stats.gamma.ppf(0.025, shape, scale=scale), theirs["lci"], **WITHIN)


def test_indirect_ratios_limits_and_tests_are_those_of_poisson_counts(r):
    table = areas(least=0)
    theirs = r(
        "E <- as.vector(tapply(d$n*d$cases/d$people, d$area, sum));"
        "X <- as.vector(tapply(d$x, d$area, sum));"
        "crude <- sum(d$cases[d$area=='A'])/sum(d$people[d$area=='A']);"
        "t <- mapply(function(x, e) poisson.test(x, e)$conf.int, X, E);"
        "m <- sapply(seq_along(X), function(i) coef(glm(X[i] ~ offset(log(E[i])), poisson)));"
        "out <- data.frame(expected=E, value=exp(m), lower=t[1,], upper=t[2,], rate=exp(m)*crude,"
        "p_value=pmin(1, 2*pmin(ppois(X, E), ppois(X-1, E, lower.tail=FALSE))))",
        table,
    )
    ours = standardise(
        table,
        ["age", "sex"],
        **COLUMNS,
        standard=standard_of(table),
        by="area",
        per=1,
        method="indirect",
        limits="exact",
    )
    for name in theirs:
        np.testing.assert_allclose(ours[name], theirs[name], **WITHIN)


def test_indirect_ratios_are_those_of_person_time_against_a_table_of_rates(r):
    # Every child one row: pyears looks the rates up by age and sex, as it would in a life table.
    chance = np.random.default_rng(5)
    size = 3000
    children = pd.DataFrame(
        {
            "area": chance.choice(list("ABC"), size),
            "age": chance.integers(0, 4, size),
            "sex": chance.choice(["female", "male"], size),
            "event": (chance.random(size) < 0.1).astype(int),
        }
    )
    standard = pd.DataFrame(
        {
            "age": np.repeat(range(4), 2),
            "sex": ["female", "male"] * 4,
            "x": chance.integers(20, 90, 8),
            "n": chance.integers(400, 900, 8),
        }
    )
    rates = ",".join(str(value) for value in (standard["x"] / standard["n"]))
    theirs = r(
        f"rt <- array(c({rates}), c(2, 4), list(sex=c('female','male'), age=0:3));"
        "attributes(rt) <- c(attributes(rt), list(dimid=c('sex','age'), type=c(1,2),"
        "cutpoints=list(NULL, 0:3)));"
        "class(rt) <- 'ratetable'; d$time <- 1e-9;"  # so short that nobody turns a year older
        "f <- pyears(Surv(time, event) ~ area, d, scale=1, ratetable=rt,"
        "rmap=list(sex=sex, age=age+0.5));"
        "out <- data.frame(events=f$event, expected=f$expected/1e-9)",
        children,
    )
    cells = children.assign(n=1, x=children["event"]).groupby(["area", "age", "sex"])
    ours = standardise(
        cells[["x", "n"]].sum().reset_index(),
        ["age", "sex"],
        **COLUMNS,
        standard=standard,
        by="area",
        method="indirect",
    )
    np.testing.assert_array_equal(ours["numerator"], theirs["events"])
    np.testing.assert_allclose(ours["expected"], theirs["expected"], **WITHIN)
    np.testing.assert_allclose(ours["value"], theirs["events"] / theirs["expected"], **WITHIN)
