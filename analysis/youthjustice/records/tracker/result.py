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

    >>> forecast = Forecast(0.34, 0.29, 0.41, 0.95, "development of earlier cohorts", 0.82, 12, ())
    >>> f"{forecast.estimate:.0%}, from {forecast.lower:.0%} to {forecast.upper:.0%}"
    '34%, from 29% to 41%'
    >>> Forecast(*[float("nan")] * 3, 0.95, "", 0.2, 1, ("One earlier cohort is too few.",)).made
    False
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

    Two children entered in January; by the end of May one of them is known to have reoffended:

    >>> from youthjustice.records import track_cohort
    >>> children = pd.DataFrame({"child_id": ["A", "B"], "date_of_birth": "2008-06-15"})
    >>> offences = pd.DataFrame({
    ...     "child_id": ["A", "B", "A"], "offence_code": "theft", "offence_seq": [1, 2, 3],
    ...     "offence_date": ["2024-01-02", "2024-01-05", "2024-02-01"],
    ...     "outcome_type": "youth_caution",
    ...     "outcome_date": ["2024-01-10", "2024-01-20", "2024-03-01"], "release_date": None,
    ...     "is_breach": False})
    >>> tracked = track_cohort(children, offences, cohort=("2024-01-01", "2024-03-31"),
    ...                        extract_date="2024-06-30", earlier=0)
    >>> tracked.known, tracked.children, f"{tracked.as_at:%d %B %Y}"
    (1, 2, '30 May 2024')
    >>> tracked.banner
    "Live and incomplete, as at 30 May 2024: this service's own count, not the published \
statistic of the Ministry of Justice."
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
