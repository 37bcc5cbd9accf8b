"""How fast time to first reoffence is estimated, beside statsmodels and lifelines, in one run.

Made-up children, watched for up to a year, days in whole numbers: 1,000,000 of them in six groups
for the share not reoffended (and once with no two times alike, which leaves a row for every child),
100,000 with six covariates for hazard ratios. Everyone does the whole
task, and must agree with us; errors by cluster are measured on 5,000, since the others take minutes
for 100,000 (and those of statsmodels are not compared: docs/decisions/0006-survival.md).

``make bench`` installs lifelines.
"""

import importlib.util
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight, survdiff

from youthjustice.measures import cox, cumulative_incidence, kaplan_meier, log_rank

CHILDREN, REGRESSED, CLUSTERED = 1_000_000, 100_000, 5_000
GROUPS = ["Asian", "Black", "Mixed", "White", "Other", "Unknown"]
COVARIATES = [f"x{place}" for place in range(6)]
FOLLOW = {"time": "days", "event": "reoffended", "covariates": COVARIATES}
HAS_LIFELINES = importlib.util.find_spec("lifelines") is not None


def main() -> None:
    """Print seconds, ours and theirs, and how many times as long theirs take."""
    warnings.simplefilter("ignore")
    if not HAS_LIFELINES:
        print("lifelines is not installed; run 'make bench'")
    frame = children(CHILDREN)
    print(f"{CHILDREN:,} children in {len(GROUPS)} groups")
    share_not_reoffended("Kaplan-Meier, limits", frame)
    every = frame["days"] + np.random.default_rng(2).random(CHILDREN)
    share_not_reoffended("Kaplan-Meier, no ties", frame.drop(columns="group").assign(days=every))
    by_cause(frame)
    groups_differ(frame)
    some = children(REGRESSED)
    print(f"{REGRESSED:,} children, {len(COVARIATES)} covariates, Efron's ties")
    hazard_ratios("Cox, whole days", some)
    hazard_ratios("Cox, 150 strata", some, strata="area")
    hazard_ratios(
        "Cox, no ties", some.assign(days=some["days"] + np.random.default_rng(2).random(len(some)))
    )
    print(f"{CLUSTERED:,} children, two to a cluster")
    hazard_ratios("Cox, errors by cluster", some.head(CLUSTERED), cluster="pair")


def share_not_reoffended(name: str, frame: pd.DataFrame) -> None:
    """Kaplan and Meier with limits at every time."""
    columns = frame["days"], frame["reoffended"]
    group = frame.get("group")

    def apart(fit: Callable[..., object]) -> list[object]:
        parts = [frame] if group is None else [own for _, own in frame.groupby("group")]
        return [fit(own["days"], own["reoffended"]) for own in parts]

    curve = kaplan_meier(*columns)
    theirs = SurvfuncRight(*columns)
    agree(curve[curve["events"] > 0]["value"], theirs.surv_prob)
    own = row(name, lambda: kaplan_meier(*columns, group=group))
    row("  statsmodels, errors only", lambda: apart(SurvfuncRight), own)
    if HAS_LIFELINES:
        from lifelines import KaplanMeierFitter

        fitted = KaplanMeierFitter().fit(*columns)
        agree(curve["value"], fitted.survival_function_.iloc[1:, 0])
        row("  lifelines", lambda: apart(KaplanMeierFitter().fit), own)


def by_cause(frame: pd.DataFrame) -> None:
    """Cumulative incidence of reoffending and custody, with errors at every day."""
    found = cumulative_incidence(frame["days"], frame["cause"])
    theirs = CumIncidenceRight(frame["days"], frame["cause"])
    agree(found[found["cause"] == 1]["value"], theirs.cinc[0])
    own = row("Aalen-Johansen, limits", lambda: cumulative_incidence(frame["days"], frame["cause"]))
    row("  statsmodels, errors only", lambda: CumIncidenceRight(frame["days"], frame["cause"]), own)


def groups_differ(frame: pd.DataFrame) -> None:
    """Test six groups at once, by log-rank."""
    columns = frame["days"], frame["reoffended"], frame["group"]
    agree(log_rank(*columns).statistic, survdiff(*columns)[0])
    own = row("log-rank", lambda: log_rank(*columns))
    row("  statsmodels", lambda: survdiff(*columns), own)
    if HAS_LIFELINES:
        from lifelines.statistics import multivariate_logrank_test

        def theirs() -> Any:
            return multivariate_logrank_test(columns[0], columns[2], columns[1])

        agree(log_rank(*columns).statistic, theirs().test_statistic)
        row("  lifelines", theirs, own)


def hazard_ratios(
    name: str, frame: pd.DataFrame, strata: str | None = None, cluster: str | None = None
) -> None:
    """Fit the same Cox regression three times."""
    days, x = frame["days"].to_numpy(), frame[COVARIATES].to_numpy()
    event = frame["reoffended"].to_numpy()

    def ours() -> pd.DataFrame:
        return cox(frame, **FOLLOW, strata=strata, cluster=cluster)

    def in_statsmodels() -> Any:
        kinds = None if strata is None else frame[strata].to_numpy()
        model = PHReg(days, x, status=event, ties="efron", strata=kinds)
        return model.fit(groups=None if cluster is None else frame[cluster].to_numpy())

    def in_lifelines() -> Any:
        from lifelines import CoxPHFitter

        kept = [*COVARIATES, "days", "reoffended", *([strata] if strata else [])]
        kept = [*kept, cluster] if cluster else kept
        return CoxPHFitter().fit(
            frame[kept],
            "days",
            "reoffended",
            strata=None if strata is None else [strata],
            cluster_col=cluster,
        )

    found = ours()
    own = row(name, ours)
    theirs = row("  statsmodels", in_statsmodels, own, runs=1)
    agree(found["log_hazard"], theirs.params, within=1e-5)
    if HAS_LIFELINES:
        theirs = row("  lifelines", in_lifelines, own, runs=1)
        agree(found["log_hazard"], theirs.params_, within=1e-4)
        error = "standard_error" if cluster is None else "robust_standard_error"
        agree(found[error], theirs.standard_errors_, within=1e-3)


def children(size: int) -> pd.DataFrame:
    """Make up children: about a third reoffend in the year, some go into custody first."""
    chance = np.random.default_rng(1)
    x = chance.integers(0, 2, (size, len(COVARIATES))).astype(float)
    x[:, 0] = chance.normal(size=size)
    hazard = 0.001 * np.exp(x @ np.linspace(-0.4, 0.4, len(COVARIATES)))
    soon = chance.exponential(1 / hazard)
    custody = chance.exponential(2000, size)
    until = chance.uniform(180, 365, size)
    days = np.ceil(np.minimum.reduce([soon, custody, until]))
    cause = np.argmin([until, soon, custody], axis=0)
    made = {
        "days": days,
        "cause": cause,
        "reoffended": (cause == 1).astype(int),
        "group": np.array(GROUPS)[chance.integers(0, len(GROUPS), size)],
        "area": chance.integers(0, 150, size),
        "pair": np.arange(size) // 2,
    }
    return pd.DataFrame(made).join(pd.DataFrame(x, columns=COVARIATES))


def agree(ours: Any, theirs: Any, within: float = 1e-6) -> None:
    """Stop if the results differ."""
    np.testing.assert_allclose(np.asarray(ours), np.asarray(theirs), rtol=within, atol=within)


def row(name: str, work: Callable[[], Any], own: Any = None, runs: int = 3) -> Any:
    """Time some work and print how long it takes, and how many times ours if ours is known.

    Returns the seconds of ours, and the result of others.
    """
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - start)
    times = "" if own is None else f"   {min(took) / own:6.1f} times ours"
    print(f"{name:38} {min(took):8.2f} s{times}", flush=True)
    return min(took) if own is None else result


if __name__ == "__main__":
    main()
