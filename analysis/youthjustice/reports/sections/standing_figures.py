"""Where an area stands among authorities: a funnel, and the ranks that its numbers leave open."""

from __future__ import annotations

import pandas as pd

from youthjustice.measures import funnel, rank_uncertainty, smallest_cohort
from youthjustice.published import Place, load
from youthjustice.published.editions import Edition, chosen
from youthjustice.reports.once import once
from youthjustice.reports.sections.entrants_figures import all_rates
from youthjustice.reports.sections.pace_figures import PER
from youthjustice.reports.sections.reoffending_figures import PRINTED_DECIMALS

_DRAWS = 4_000  # settles the limits of a rank among 150 to a rank or two
_COUNTS = ["numerator", "denominator"]
_TABLE, _QUARTER = "reoffending_area", 0.25


@once
def entrants_latest() -> pd.DataFrame:
    """Give every authority's implied counts of first-time entrants in the last year of the table."""
    rates = all_rates()
    # Closed authorities stay where the publication still prints a figure on their line.
    rates = rates[rates["area_type"] == "authority"]
    latest = pd.DataFrame(rates[rates["period_end"] == rates["period_end"].max()])
    return latest.dropna(subset=["numerator"]).reset_index(drop=True)


@once
def entrants_funnel() -> pd.DataFrame:
    """Set every authority beside what chance, and the usual differences, give one of its size."""
    return funnel(
        entrants_latest()[["area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        basis="rate",
        per=PER,
        overdispersion="auto",
    )


@once
def entrants_ranks() -> pd.DataFrame:
    """Draw the ranks that the implied counts leave open."""
    return rank_uncertainty(
        entrants_latest()[["area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        basis="rate",
        per=PER,
        draws=_DRAWS,
    )


@once
def reoffending_cohorts(release: str = "latest") -> pd.DataFrame:
    """Give every authority's printed reoffending rates with the smallest cohorts that fit them."""
    table = load(_TABLE, release=release)
    rows = table[(table["area_type"] == "authority") & (table["age_band"] == "15-17")]
    rows.attrs = {}  # copied at every step otherwise
    rows = rows.dropna(subset=["value"]).reset_index(drop=True)
    cohorts = smallest_cohort(rows["value"], PRINTED_DECIMALS).astype(float)
    rows[_COUNTS] = cohorts[_COUNTS]
    return rows


@once
def reoffending_ranks(*labels: str, release: str = "latest") -> pd.DataFrame:
    """Draw the ranks that the smallest cohorts leave open, one cell per cohort label.

    Every authority is taken alone: how large its smallest cohort is hangs on the printed decimals,
    so what such sizes have in common says nothing of the authorities.
    """
    cohorts = reoffending_cohorts(release)
    chosen = cohorts[cohorts["cohort"].isin(labels)]
    return rank_uncertainty(
        chosen[["cohort", "area_name", *_COUNTS]],
        "area_name",
        numerator="numerator",
        denominator="denominator",
        by="cohort",
        basis="proportion",
        prior="jeffreys",
        per=100,
        draws=_DRAWS,
    )


def releases_so_far() -> list[Edition]:
    """List the release that is read and those before it: a report may be on an earlier one."""
    every = chosen(_TABLE, "all")
    read = load(_TABLE).attrs["release"]
    return every[[one.name for one in every].index(read) :]


def highest_quarter_labels(found: Place, release: str = "latest") -> list[str]:
    """List the cohorts of a release in which an area's printed rate is among the highest quarter."""
    every = reoffending_cohorts(release)
    by_cohort = every.groupby("cohort")["value"]
    place = by_cohort.rank(method="min", ascending=False)
    among = place <= _QUARTER * by_cohort.transform("size")
    own = every[(every["area_code"] == found.code) & among]
    return sorted(map(str, own["cohort"]))


def standing_in(found: Place, release: str, labels: list[str]) -> pd.DataFrame | None:
    """Give an area's printed rate and rank in the cohorts of one release, with the chance of both ends.

    One row per label, in order; a label past the last of the release stands for the last. None where
    the area has no rate for one of them.
    """
    every = reoffending_cohorts(release)
    last = str(every["cohort"].max())
    wanted = list(dict.fromkeys(min(label, last) for label in labels))
    rows = every[every["cohort"].isin(wanted)]
    by_cohort = rows.groupby("cohort")["value"]
    rows = rows.assign(
        printed=by_cohort.rank(method="min", ascending=False), of=by_cohort.transform("size")
    )
    own = rows[rows["area_code"] == found.code].set_index("cohort")
    if not set(wanted) <= set(own.index):
        return None
    ranks = reoffending_ranks(*wanted, release=release)
    ranks = ranks[ranks["area_name"] == found.name].set_index("cohort")
    ends = ["rank_lower", "rank_upper", "highest_quarter", "lowest_quarter"]
    own = own[["value", "printed", "of"]].join(ranks[ends]).loc[wanted]
    return own.assign(
        among_highest=own["printed"] <= _QUARTER * own["of"],
        among_lowest=own["printed"] > (1 - _QUARTER) * own["of"],
    )
