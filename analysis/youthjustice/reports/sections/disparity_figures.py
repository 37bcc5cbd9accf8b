"""Ethnic disparity: local disposals of 2012/13, the linked cohort, and the national stages."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import ratio_bounds, relative_rate_index, risk_ratio
from youthjustice.published import Place, load
from youthjustice.reports.sections.common import cited, in_order

REFERENCE = "White"
MINIMUM = 5  # children below which no ratio is given
SMALL = "difference detected but small"
DEPENDS = "depends on the children of unknown ethnic group"
# In the order in which a disposal grows more serious, and a child meets the stages.
TIERS = ["Pre-court", "First-tier", "Community", "Custody"]
STAGES = [
    "stop and search",
    "arrest",
    "caution or sentence",
    "remand to youth detention accommodation",
    "sentence to custody",
]
_HALF = 0.5  # a share printed as a whole per cent can be out by half a point


def disposals(place: Place) -> pd.DataFrame:
    """Compare, for each tier, the share of a group's disposals that were of that tier, 2012/13.

    One row per tier and ethnic group, with ``numerator`` (disposals of the tier) and
    ``denominator`` (all disposals of the group). Disposals are not children.
    """
    table = load("disposals_area_2012_13")
    mine = (table["area_code"] == place.code) | (table["area_name"] == place.service)
    rows = table[mine & (table["sex"] == "All") & (table["age_band"] == "All")]
    rows = rows[rows["ethnic_group"] != "All"]
    whole = rows[rows["tier"] == "All"].groupby("ethnic_group")["value"].sum(min_count=1)
    keys = ["tier", "ethnic_group"]
    summed = rows[rows["tier"] != "All"].groupby(keys)["value"].sum(min_count=1)
    parts = summed.rename("numerator").reset_index()
    if parts.empty:
        return parts
    parts["denominator"] = parts["ethnic_group"].map(whole)
    parts = parts.sort_values("tier", key=lambda tier: tier.map(TIERS.index))
    index = relative_rate_index(
        parts,
        reference=REFERENCE,
        numerator="numerator",
        denominator="denominator",
        by="tier",
        basis="stage",
    )
    index.attrs = table.attrs | {
        "whose": str(rows["area_name"].iloc[0]),
        "own": bool((rows["area_code"] == place.code).all()),
    }
    return index


def linked_cohort(place: Place, basis: str = "home") -> pd.DataFrame:
    """Compare groups' shares of children cautioned or sentenced with their shares of pupils.

    One row per outcome and group: ``pupils`` and ``share`` are whole per cents as printed;
    ``value`` is the ratio to White children; ``lowest`` and ``highest`` are what rounding allows;
    ``lower`` and ``upper`` are the 95% limits at the least and the most favourable counts that
    print as those per cents, so they allow for both rounding and chance.
    """
    table = load("linked_cohort_ethnicity_area")
    rows = table[(table["area_code"] == place.code) & (table["la_basis"] == basis)]
    shares = rows[rows["measure"] == "share by ethnic group"]
    if shares.empty:
        return shares
    pupils = shares[shares["stage"] == "all pupils"].set_index("ethnic_group")
    found = shares[shares["stage"] != "all pupils"].rename(columns={"value": "share"})
    found["pupils"] = found["ethnic_group"].map(pupils["value"])
    found["pupils_all"] = found["ethnic_group"].map(pupils["denominator"])
    reference = found[found["ethnic_group"] == REFERENCE].set_index("stage")
    for name in ("share", "pupils"):
        found[f"{name}_reference"] = found["stage"].map(reference[name])
    implied = found["share"] / 100 * found["denominator"].astype(float)
    enough = implied >= MINIMUM
    # Too few in the reference group leave nothing to compare with.
    for stage in found["stage"].unique():
        here = found["stage"] == stage
        if not enough[here & (found["ethnic_group"] == REFERENCE)].any():
            enough &= ~here
    others = enough & ~found["ethnic_group"].isin([REFERENCE, "Unknown"])
    printed = ratio_bounds(
        found["share"].where(others),
        found["pupils"].where(others),
        found["share_reference"],
        found["pupils_reference"],
    )
    found = pd.concat([found, printed], axis=1)
    found["lower"] = _limit(found, "lower")
    found["upper"] = _limit(found, "upper")
    found.loc[~others, ["lower", "upper"]] = float("nan")
    found = found.sort_values("ethnic_group", key=in_order, kind="stable")
    found = found.sort_values("stage", kind="stable")
    found.attrs = table.attrs
    return found.reset_index(drop=True)


def _limit(rows: pd.DataFrame, side: str) -> pd.Series:
    """Give one limit of the ratio at the counts furthest to that side that rounding allows."""
    away = -_HALF if side == "lower" else _HALF
    events = _count(rows["share"], away, rows["denominator"])
    people = _count(rows["pupils"], -away, rows["pupils_all"])
    events_reference = _count(rows["share_reference"], -away, rows["denominator"])
    people_reference = _count(rows["pupils_reference"], away, rows["pupils_all"])
    found = risk_ratio(
        events.clip(upper=people), people, events_reference.clip(upper=people_reference),
        people_reference,
    )  # fmt: skip
    limit: pd.Series = getattr(found, side)
    return limit


def _count(share: pd.Series, away: float, whole: pd.Series) -> pd.Series:
    return (share + away).clip(0, 100) / 100 * whole.astype(float)


def national_stages(pooled_years: int = 3) -> pd.DataFrame:
    """Give each national stage's ratios to White children, on that stage's own base.

    Custody is pooled over the last years, since single years of it swing; every other stage is its
    latest period. The stages are parallel: they count different things over different periods.
    """
    table = load("children_by_stage_national")
    known = table[table["denominator"].notna() & (table["ethnic_group"] != "All")]
    last = known.groupby("stage")["period_end"].transform("max")
    pool = (known["stage"] == "sentence to custody") & (
        known["period_end"] > last - pd.DateOffset(years=pooled_years)
    )
    chosen = known[pool | (known["period_end"] == last)]
    keys = ["stage", "unit", "denominator_unit", "denominator_basis", "ethnic_group"]
    summed = chosen.groupby(keys, as_index=False, observed=True).agg(
        numerator=("numerator", "sum"),
        denominator=("denominator", "sum"),
        period_start=("period_start", "min"),
        period_end=("period_end", "max"),
    )
    summed["stage"] = pd.Categorical(summed["stage"], STAGES, ordered=True)
    summed = summed.sort_values("stage").astype({"stage": str})
    parts = [
        relative_rate_index(
            summed[summed["denominator_basis"] == basis],
            reference=REFERENCE,
            numerator="numerator",
            denominator="denominator",
            by=["stage", "unit", "denominator_unit", "period_start", "period_end"],
            basis=basis,
        ).assign(denominator_basis=basis)
        for basis in ("population", "stage")
    ]
    index = pd.concat(parts, ignore_index=True)
    index = worst_case(index)
    index.attrs = {"cited": cited(chosen, "source", "denominator_source")}
    return index


def custody_years() -> pd.DataFrame:
    """Give the single years behind the pooled ratio of Black children sentenced to custody."""
    table = load("children_by_stage_national")
    rows = table[(table["stage"] == "sentence to custody") & table["denominator"].notna()]
    return relative_rate_index(
        rows,
        reference=REFERENCE,
        numerator="numerator",
        denominator="denominator",
        by="period_end",
        basis="stage",
    )


def unknown_shares() -> pd.DataFrame:
    """Give the part of each stage's latest count whose ethnic group is not known.

    One row per stage that has a published total or an unknown group, with ``stage, unit, unknown``
    (a count) and ``share``. Totals of searches and arrests are another publication's, printed to
    the nearest hundred, so what is unknown there is a remainder.
    """
    table = load("children_by_stage_national")
    table = table[table["age_band"] == "10-17"].dropna(subset=["value"])
    known = table[table["numerator"].notna() & ~table["ethnic_group"].isin(["All", "Unknown"])]
    last = known.groupby("stage")["period_end"].max()
    now = table[table["period_end"] == table["stage"].map(last)]
    groups = now[~now["ethnic_group"].isin(["All", "Unknown"])]
    counted = groups.groupby(["stage", "unit"])["value"].sum()
    whole = now[now["ethnic_group"] == "All"].groupby(["stage", "unit"])["value"].max()
    unknown = now[now["ethnic_group"] == "Unknown"].groupby(["stage", "unit"])["value"].sum()
    total = whole.combine_first(counted.add(unknown))
    missing = (total - counted).dropna().rename("unknown").reset_index()
    missing["share"] = missing["unknown"] / total.dropna().to_numpy()
    missing["stage"] = pd.Categorical(missing["stage"], STAGES, ordered=True)
    return missing.sort_values("stage", ignore_index=True)


def worst_case(index: pd.DataFrame, smallest_share: float = 0.05) -> pd.DataFrame:
    """Bound each ratio by giving every unknown child to the one group or to the other.

    ``index`` is that of `national_stages`. Where a stage per population has more than
    ``smallest_share`` unknown, ``bound_lower`` counts all of them as White and ``bound_upper`` as
    the group; a finding that the bounds reach across is marked ``depends on unknown``.
    """
    shares = unknown_shares().set_index("stage")
    shares = shares[shares["share"] > smallest_share]
    unknown = index["stage"].map(shares["unknown"].to_dict())
    unknown = unknown.where(index["denominator_basis"] == "population")
    white = index[index["ethnic_group"] == REFERENCE].set_index("stage")
    events, people = (
        index["stage"].map(white["numerator"]),
        index["stage"].map(white["denominator"]),
    )
    own = index["ethnic_group"] == REFERENCE
    rate = index["numerator"] / index["denominator"]
    found = index.copy()
    found["bound_lower"] = (rate / ((events + unknown) / people)).mask(own)
    most = (index["numerator"] + unknown) / index["denominator"]
    found["bound_upper"] = (most / (events / people)).mask(own)
    across = (found["bound_lower"] < 1) & (found["bound_upper"] > 1) & ~own
    claimed = found["finding"].isin(["over-represented", "under-represented", SMALL])
    found.loc[across & claimed, "finding"] = DEPENDS
    return found
