"""The relative rate index adjusted for other characteristics, beside the one that is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.adjusted.adjustment import MODELS, Adjustment, adjust
from youthjustice.measures.adjusted.regression_rows import Rows, read_rows
from youthjustice.measures.adjusted.unadjusted import log_limits, unadjusted
from youthjustice.measures.columns import check_keys
from youthjustice.measures.estimate import SMALL_NUMERATOR, flag_text
from youthjustice.measures.inputs import (
    BoolArray,
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
)
from youthjustice.measures.labels import given_names, one_label

CAUTION = (
    "Adjusting for what an earlier decision shaped (offence type, previous record) can remove "
    "disparity that arose there; neither ratio says what caused a difference."
)
_WORDS = {
    "poisson": "Poisson regression, with the log of {n} as offset",
    "negative_binomial": "Negative binomial regression (NB2), with the log of {n} as offset",
    "quasi_poisson": "Quasi-Poisson regression, with the log of {n} as offset",
    "modified_poisson": "Poisson regression of a binary outcome with sandwich standard errors{c}",
    "standardised": "Logistic regression, standardised to the mix of everyone in the fit{c}",
    "mantel_haenszel": "Mantel-Haenszel ratio over strata of the covariates",
}


def adjusted_ratio(
    frame: pd.DataFrame,
    group: str = "ethnic_group",
    reference: str = "White",
    *,
    numerator: str,
    denominator: str | None = None,
    covariates: str | Sequence[str],
    cluster: str | None = None,
    basis: str = "population",
    model: str = "auto",
    confidence: float = 0.95,
    unknown: str | Sequence[str] = ("Unknown",),
    minimum_events_per_parameter: float = 10,
    dispersion_limit: float = 1.5,
) -> pd.DataFrame:
    """Compare groups at equal covariates, one row per group, beside the unadjusted comparison.

    ``basis="population"``: ``numerator`` events in ``denominator`` people or person-years, one row
    for each group x covariates. ``basis="stage"``: ``numerator`` children of ``denominator``; or,
    without ``denominator``, one row for each child with an outcome of 0 or 1, and ``cluster`` (a
    child's id) where a child stands in several rows. Numeric covariates enter as a line (make them
    text for one term per value), others by category. Neither value is a cause; see
    ``attrs["caution"]``. Models:

    - ``poisson`` (population, with an offset); ``auto`` takes ``negative_binomial`` instead where
      Pearson's chi-square over its degrees of freedom is above ``dispersion_limit``, and
      ``quasi_poisson`` where that has no fit. Limits of these two are Student's t, on rows less
      coefficients, and the variance of the first is multiplied by rows over that number, for
      maximum likelihood finds too little overdispersion in few rows;
    - ``modified_poisson`` (stage): sandwich standard errors, summed by child (Zou 2004; Zou and
      Donner 2013);
    - ``standardised`` (stage): logistic regression, everyone taken as of the group and as of the
      reference, limits by the delta method on the log scale (Localio and others 2007);
    - ``mantel_haenszel``: over strata of the covariates (Greenland and Robins 1985); ``auto`` takes
      it where events of the rarer outcome are fewer than ``minimum_events_per_parameter`` for each
      coefficient but the intercept (Peduzzi and others 1996) and no child stands twice.

    Columns: ``numerator``, ``denominator``, ``unadjusted_value``, ``_lower``, ``_upper``,
    ``_p_value``, ``_method``; ``value``, ``lower``, ``upper``, ``p_value``, ``method`` adjusted;
    ``covariates``, ``dispersion``, ``events_per_parameter``, ``rows``, ``children`` (with
    ``cluster``), ``strata`` and ``strata_left_out`` (Mantel-Haenszel), ``flags``. All of it is of
    the rows that have every value: ``attrs["left_out"]`` counts the others, and a group that lost
    rows has the flag ``rows_left_out``. ``attrs`` also holds ``model`` and ``reason`` in words.
    Unadjusted limits take counts as Poisson, so they are too narrow beside ``overdispersed``.

    A group without events has a ratio of 0 and no limits; one that a covariate implies is
    ``not_identified``. Flags of the fit: ``overdispersed``, ``saturated`` (nothing left to check
    the dispersion with), ``few_events``, ``few_clusters``, ``not_converged``, ``separated`` (rows
    without events that the covariates set apart, which tell nothing about the ratio),
    ``constant_covariate``, ``redundant_covariate``. Raises InputProblem for an absent column or
    reference, no covariates, totals, counts that cannot be, a row that stands twice, and a model of
    the other basis.

    Deaths of British doctors by smoking, adjusted for age (Rothman, Greenland and Lash 2008, table
    15-2; metafor for R, Viechtbauer 2010, prints 1.426 with 90% limits of 1.195 and 1.701):

    >>> doctors = pd.DataFrame({
    ...     "smokes": ["yes"] * 5 + ["no"] * 5, "age": ["35", "45", "55", "65", "75"] * 2,
    ...     "deaths": [32, 104, 206, 186, 102, 2, 12, 28, 28, 31],
    ...     "years": [52407, 43248, 28612, 12663, 5317, 18790, 10673, 5710, 2585, 1462]})
    >>> found = adjusted_ratio(doctors, "smokes", "no", numerator="deaths", denominator="years",
    ...                        covariates="age", model="poisson", confidence=0.90)
    >>> found.round(3).loc[1, ["unadjusted_value", "value", "lower", "upper"]].tolist()
    [1.72, 1.426, 1.195, 1.701]
    """
    kind = check_choice("basis", basis, MODELS)
    chosen = check_choice("model", model, ("auto", *MODELS["population"], *MODELS["stage"]))
    if chosen != "auto" and chosen not in MODELS[kind]:
        raise InputProblem(
            f"The model {chosen!r} is not for basis={kind!r}; choose one of auto, "
            f"{', '.join(MODELS[kind])}."
        )
    level = check_confidence(confidence)
    least = check_minimum("minimum_events_per_parameter", minimum_events_per_parameter)
    limit = check_positive("dispersion_limit", dispersion_limit)
    if kind == "population" and (denominator is None or cluster is not None):
        raise InputProblem(
            'basis="population" needs a denominator and takes no cluster; for rows of single '
            'children use basis="stage", for events that repeat bootstrap_ratio.'
        )
    names = given_names("covariates", covariates)
    rows = read_rows(
        frame,
        group=group,
        reference=one_label("reference", reference),
        numerator=numerator,
        denominator=denominator,
        covariates=names,
        cluster=cluster,
        unknown=given_names("unknown", unknown),
        nested=kind == "stage",
    )
    found = adjust(rows, kind, chosen, least, limit)
    table = pd.concat(
        [
            pd.DataFrame({group: rows.groups}),
            unadjusted(rows, kind, level),
            _adjusted(rows, found, names, level),
        ],
        axis=1,
    )
    check_keys((group,), table.columns[1:])
    unnamed = {"method": "", "unadjusted_method": "", "covariates": "", "flags": "unknown_group"}
    result = pd.concat([table, rows.unknown.assign(**unnamed)], ignore_index=True)
    result.attrs = {
        **frame.attrs,
        "basis": kind,
        "reference": reference,
        "confidence": level,
        "model": _model_in_words(found, rows, group, numerator, denominator, cluster),
        "reason": found.reason,
        "caution": CAUTION,
        "covariates": rows.kinds,
        "left_out": {**rows.left_out, "separated": found.separated},
        "alpha": found.alpha,
    }
    return result


def _adjusted(rows: Rows, found: Adjustment, names: list[str], level: float) -> pd.DataFrame:
    size = len(rows.groups)
    own = np.arange(size) == rows.reference
    lower, upper, p = log_limits(found.value, found.error, level, found.freedom)
    children = np.full(size, np.nan)
    if rows.cluster is not None:
        pairs = pd.DataFrame({"group": rows.group, "cluster": rows.cluster}).drop_duplicates()
        children = np.bincount(pairs["group"], minlength=size).astype(np.float64)
    events = np.bincount(rows.group, weights=rows.x, minlength=size).astype(np.float64)
    return pd.DataFrame(
        {
            "value": np.where(own & (events > 0), 1.0, np.where(own, np.nan, found.value)),
            "lower": np.where(own, np.nan, lower),
            "upper": np.where(own, np.nan, upper),
            "p_value": np.where(own, np.nan, p),
            "method": np.where(own, "", found.model),
            "covariates": ", ".join(names),
            "dispersion": found.dispersion,
            "events_per_parameter": found.events_per_parameter,
            "rows": np.bincount(rows.group, minlength=size),
            "children": children,
            "strata": np.where(own, np.nan, found.strata),
            "strata_left_out": np.where(own, np.nan, found.strata_left_out),
            "flags": _flags(rows, found, events, lower, own),
        }
    )


def _flags(
    rows: Rows, found: Adjustment, events: FloatArray, lower: FloatArray, own: BoolArray
) -> TextArray:
    """Join each group's own flags and, for groups that are compared, those of the fit."""
    fewest = np.where(own, events, np.minimum(events, events[rows.reference]))
    text = flag_text(
        undefined=~own & np.isnan(lower),
        zero_numerator=fewest == 0,
        small_numerator=fewest < SMALL_NUMERATOR,
        not_identified=found.not_identified,
        rows_left_out=rows.rows_lost > 0,
        strata_left_out=~own & (found.strata_left_out > 0),
    )
    of_fit = np.where(own, "", ";".join(found.flags))
    return np.array(
        [";".join(filter(None, both)) for both in zip(text, of_fit, strict=True)], dtype=object
    )


def _model_in_words(
    found: Adjustment,
    rows: Rows,
    group: str,
    numerator: str,
    denominator: str | None,
    cluster: str | None,
) -> str:
    terms = [f"{name} ({kind})" for name, kind in rows.kinds.items() if kind != "constant"]
    words = _WORDS[found.model].format(
        n=denominator, c="" if cluster is None else f", summed by {cluster}"
    )
    constant = [name for name, kind in rows.kinds.items() if kind == "constant"]
    left = f" {', '.join(constant)} has one value and adjusts for nothing." if constant else ""
    return f"{words}: {numerator} by {group} and {', '.join(terms) or 'nothing else'}.{left}"
