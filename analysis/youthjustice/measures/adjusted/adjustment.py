"""Which model adjusts, whom it can compare, and what it finds, as logs with standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from youthjustice.measures.adjusted import count_models
from youthjustice.measures.adjusted.count_models import from_columns
from youthjustice.measures.adjusted.design import Design, model_matrix, part, strata
from youthjustice.measures.adjusted.marginal import standardised_risks
from youthjustice.measures.adjusted.regression_rows import Rows
from youthjustice.measures.adjusted.separation import separated_rows
from youthjustice.measures.inputs import BoolArray, FloatArray
from youthjustice.measures.ratios.mantel_haenszel import pooled_logs

MODELS = {
    "population": ("poisson", "negative_binomial", "quasi_poisson", "mantel_haenszel"),
    "stage": ("modified_poisson", "standardised", "mantel_haenszel"),
}
FEW_CLUSTERS = 50  # from here on Zou and Donner (2013) found the sandwich reliable


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """What a model found for every group: the ratio and the standard error of its logarithm.

    ``reason`` says in words why this model; ``flags`` are those of the whole fit. ``freedom`` is
    that of Student's t where the dispersion was estimated, else infinite. Strata are counted for
    Mantel-Haenszel only.
    """

    model: str
    reason: str
    value: FloatArray
    error: FloatArray
    dispersion: float
    alpha: float
    events_per_parameter: float
    separated: int
    not_identified: BoolArray
    strata: FloatArray
    strata_left_out: FloatArray
    flags: tuple[str, ...]
    freedom: float = np.inf


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """The rows that a model can use: groups with events, told apart, and not separated."""

    design: Design
    inside: BoolArray
    not_identified: BoolArray
    separated: int


def adjust(rows: Rows, basis: str, model: str, least: float, limit: float) -> Adjustment:
    """Choose a model if none is named, fit it, and return the ratio of every group."""
    logistic = model == "standardised"
    own = rows.group == rows.reference
    events, total = rows.x[own].sum(), rows.n[own].sum()
    if events == 0 or (logistic and events == total):
        return _nothing(rows, MODELS[basis][0] if model == "auto" else model)
    ready = _prepare(rows, collapse=basis == "stage", logistic=logistic)
    design = ready.design
    parameters = design.matrix.shape[1] - 1
    events = design.x.sum()
    if basis == "stage":
        events = min(events, design.n.sum() - events)
    each = float(events / parameters) if parameters > 0 else np.nan
    clusters = 0 if rows.cluster is None else len(np.unique(rows.cluster))
    repeated = 0 < clusters < len(rows.x)
    auto, reason = model == "auto", "It was asked for."
    if auto:
        model, reason = _choose(basis, each, least, repeated=repeated)
    flags = [
        *(["constant_covariate"] if "constant" in rows.kinds.values() else []),
        *(["redundant_covariate"] if design.redundant else []),
        *(["few_events"] if each < least else []),
    ]
    if 0 < clusters < FEW_CLUSTERS:
        flags.append("few_clusters")
    if model == "mantel_haenszel":
        return _stratify(rows, basis, reason, each, flags)
    size = len(rows.groups)
    value, error = np.full((2, size), np.nan)
    dispersion = alpha = np.nan
    freedom = np.inf
    converged = True
    if (design.columns >= 0).any() and not (logistic and ready.separated):
        if basis == "population":
            fit, model, reason = _fit_counts(design, model, reason, limit, auto=auto)
            dispersion, alpha = fit.dispersion, fit.alpha
            value, error = from_columns(fit, design)
            error, freedom = _small_sample(error, design, model)
            converged = fit.converged
            flags += ["overdispersed"] if dispersion > limit else []
            flags += ["saturated"] if np.isnan(dispersion) else []
        elif logistic:
            means = standardised_risks(design, *part(rows, ready.inside), rows.reference)
            (value, error), converged = means.ratios(rows.reference), means.converged
        else:
            fit = count_models.modified_poisson(design, *part(rows, ready.inside))
            value, error = from_columns(fit, design)
            converged = fit.converged
    if not converged:
        value, error = np.full((2, size), np.nan)
        flags.append("not_converged")
    if ready.separated:
        flags.append("separated")
    none = np.bincount(rows.group, weights=rows.x, minlength=size) == 0
    total = np.bincount(rows.group, weights=rows.n, minlength=size)
    return Adjustment(
        model=model,
        reason=reason,
        value=np.where(none & (total > 0), 0.0, value),
        error=error,
        dispersion=dispersion,
        alpha=alpha,
        events_per_parameter=each,
        separated=ready.separated,
        not_identified=ready.not_identified,
        strata=np.full(size, np.nan),
        strata_left_out=np.full(size, np.nan),
        flags=tuple(flags),
        freedom=freedom,
    )


def _nothing(rows: Rows, model: str) -> Adjustment:
    """Return what can be said where the reference has no events, or nothing else: nothing."""
    lost = np.full(len(rows.groups), np.nan)
    return Adjustment(
        model=model,
        reason="The reference has nothing to compare with: no events, or no one without.",
        value=lost,
        error=lost,
        dispersion=np.nan,
        alpha=np.nan,
        events_per_parameter=np.nan,
        separated=0,
        not_identified=np.zeros(len(rows.groups), dtype=bool),
        strata=lost,
        strata_left_out=lost,
        flags=(),
    )


def _choose(basis: str, each: float, least: float, *, repeated: bool) -> tuple[str, str]:
    if np.isnan(each):
        return "mantel_haenszel", "There is no coefficient to fit."
    few = f"There are {each:.3g} events of the rarer outcome for each coefficient"
    if each < least and not repeated:
        return "mantel_haenszel", f"{few}, under the {least:g} that a regression needs."
    if basis == "population":
        return "poisson", f"{few}."
    if each < least:
        return "modified_poisson", (
            f"{few}, under {least:g}, but children stand in several rows, which Mantel-Haenszel "
            "does not allow for."
        )
    return "modified_poisson", f"{few}."


def _fit_counts(
    design: Design, model: str, reason: str, limit: float, *, auto: bool
) -> tuple[count_models.Fit, str, str]:
    """Fit the model of counts; one chosen by itself gives way to what overdispersion asks for."""
    if model == "quasi_poisson":
        return count_models.quasi_poisson(design), model, reason
    if model == "negative_binomial":
        return count_models.negative_binomial(design), model, reason
    fit = count_models.poisson(design)
    if not auto or not fit.dispersion > limit:
        return fit, model, reason
    why = f"The counts vary {fit.dispersion:.3g} times as much as Poisson counts (limit {limit:g})"
    wider = count_models.negative_binomial(design)
    if wider.converged:
        return wider, "negative_binomial", f"{why}."
    return (
        count_models.quasi_poisson(design),
        "quasi_poisson",
        f"{why}, and a negative binomial has no fit.",
    )


def _small_sample(error: FloatArray, design: Design, model: str) -> tuple[FloatArray, float]:
    """Allow for a dispersion that is estimated from what the coefficients leave over.

    Limits then come from Student's t. Maximum likelihood does not count what the coefficients used
    up, so its overdispersion is too small, and the variances with it, by about the rows over the
    degrees of freedom. Without degrees of freedom there is no error to give.
    """
    rows, columns = design.matrix.shape
    freedom = rows - columns
    if model not in {"negative_binomial", "quasi_poisson"}:
        return error, np.inf
    if freedom <= 0:
        return np.full(error.shape, np.nan), np.inf
    widened = error * np.sqrt(rows / freedom) if model == "negative_binomial" else error
    return widened, float(freedom)


def _stratify(rows: Rows, basis: str, reason: str, each: float, flags: list[str]) -> Adjustment:
    size, reference = len(rows.groups), rows.reference
    stratum = strata(rows)
    count = int(stratum.max(initial=-1)) + 1
    cell = rows.group * count + stratum
    x, n = (
        np.bincount(cell, weights=part, minlength=size * count).reshape(size, count)
        for part in (rows.x, rows.n)
    )
    code = np.repeat(np.arange(size), count)
    there = ((n > 0) | (n[reference] > 0)).reshape(-1)
    x0, n0 = (np.broadcast_to(counts[reference], counts.shape) for counts in (x, n))
    pooled = pooled_logs(
        x.reshape(-1)[there],
        n.reshape(-1)[there],
        x0.reshape(-1)[there],
        n0.reshape(-1)[there],
        code[there],
        size,
        nested=basis == "stage",
    )
    return Adjustment(
        model="mantel_haenszel",
        reason=reason,
        value=pooled["value"].to_numpy(),
        error=pooled["error"].to_numpy(),
        dispersion=np.nan,
        alpha=np.nan,
        events_per_parameter=each,
        separated=0,
        not_identified=np.zeros(size, dtype=bool),
        strata=pooled["strata"].to_numpy(dtype=np.float64),
        strata_left_out=pooled["strata_left_out"].to_numpy(dtype=np.float64),
        flags=tuple(flag for flag in flags if flag != "redundant_covariate"),
    )


def _prepare(rows: Rows, *, collapse: bool, logistic: bool) -> _Prepared:
    """Take out, in turn, groups without events, groups that covariates imply, separated rows.

    A group without events, or a row set apart from all events, has an expected count of 0 and
    leaves every other coefficient as it is; a fit with it would only fail to come to rest.
    """
    size = len(rows.groups)
    events = np.bincount(rows.group, weights=rows.x, minlength=size)
    total = np.bincount(rows.group, weights=rows.n, minlength=size)
    extreme = (events == 0) | (logistic & (events == total))
    inside = ~extreme[rows.group]
    not_identified = np.zeros(size, dtype=bool)
    separated = 0
    while True:
        design = model_matrix(rows, inside, collapse=collapse, covariates=True)
        present = np.bincount(rows.group[inside], minlength=size) > 0
        lost = present & (design.columns < 0) & (np.arange(size) != rows.reference)
        if lost.any():
            not_identified |= lost
            inside = inside & ~lost[rows.group]
            continue
        apart = separated_rows(design.matrix, design.x, design.n if logistic else None)
        apart_rows = apart[design.pattern]
        separated += int(apart_rows.sum())
        if logistic or not apart.any():
            return _Prepared(design, inside, not_identified, separated)
        inside = inside.copy()
        inside[inside] = ~apart_rows
