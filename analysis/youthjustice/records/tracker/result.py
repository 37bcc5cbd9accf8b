"""What live tracking finds: the curve so far, the forecast of the final rate, and the banner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from youthjustice.records.in_cells import figures_instead


@dataclass(frozen=True, slots=True)
class Forecast:
    """The final rate of a cohort, as earlier cohorts let it be foreseen; shares, not per cents.

    ``estimate``, ``lower`` and ``upper`` are of the share of these children who will have a proven
    reoffence when their 12 months of follow-up and 6 of waiting are over: a prediction interval for
    the figure itself. All three are NaN where there is no forecast, and ``reasons`` then says why
    in sentences; with a forecast, ``reasons`` are cautions. ``known_share`` is the share of all who
    will be proven to reoffend that is expected to be known by now. ``method`` is ``development of
    earlier cohorts``, ``observed`` (nothing is left to foresee; both limits are the figure) or
    empty. ``cohorts`` is how many earlier cohorts were complete.
    """

    estimate: float
    lower: float
    upper: float
    confidence: float
    method: str
    known_share: float
    cohorts: int
    reasons: tuple[str, ...]

    @property
    def made(self) -> bool:
        """Tell whether there is a forecast."""
        return bool(self.method)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tracker:
    """A cohort that is still followed.

    ``cohort`` is its first and last day. ``as_at`` is the day up to which its records are taken to
    be whole: the extract's date less the time that recording takes. ``children`` entered, and
    ``known`` of them had a proven reoffence by then. ``turned_18`` have, in their follow-up, become
    adults, whose outcomes a service may not see.

    ``curve`` has one row for each whole month since the start: ``time`` (months), ``at_risk`` (the
    children watched to the end of that month without an earlier proof), ``events`` (of them proven
    in it), ``censored`` (the watching of whom ends with that month), ``cumulative`` (the share who
    by then had a proven reoffence), ``lower``, ``upper``, ``flags``. ``cumulative`` is one less the
    product of 1 - ``events`` / ``at_risk``. ``known`` may be above the sum of events, since a month
    that is not over does not count in the curve.

    ``development`` has ``time`` (months), and ``value``, ``lower``, ``upper``: the share, of all
    whom the earlier cohorts show to be proven in the end, who were so by then. ``earlier`` has a
    row for each earlier cohort: ``start``, ``end``, ``children``, ``known_then`` (known at the same
    age), ``reoffenders`` (missing until it is complete) and ``complete``. ``forecast`` is a
    `Forecast`; ``banner`` goes wherever any of this is shown.

    These are numbers of children: they leave only through `yj.disclosure`.
    """

    cohort: tuple[date, date]
    extract_date: date
    as_at: date
    children: int
    known: int
    turned_18: int
    curve: pd.DataFrame
    development: pd.DataFrame
    earlier: pd.DataFrame
    forecast: Forecast
    banner: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return figures_instead("A cohort that is still followed")

    def __repr__(self) -> str:
        """Show the banner and the counts, and nothing about any child."""
        known = f"{self.known:,} of {self.children:,} children known to have reoffended"
        return f"Tracker({known} as at {self.as_at}. {self.banner})"
