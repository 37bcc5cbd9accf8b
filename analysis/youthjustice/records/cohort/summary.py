"""The figures of a cohort, and what could move them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from youthjustice.records.cohort.parameters import Parameters

FEW_FOR_A_PERCENTAGE = 30
"""Below it a percentage says more than is known, and is not written out."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Children (entries), those of them who reoffended, and their reoffences; rates are not per cent.

    ``binary_rate`` is reoffenders among children, ``reoffences_per_reoffender`` what the Ministry of
    Justice calls the frequency, ``reoffences_per_child`` what some local reports call so. A rate of
    nobody is NaN.

    ``final`` says whether the extract is late enough; ``provisional_until`` gives the first day on
    which it would be, or nothing. ``undatable`` offences lack a date; ``reoffenders_at_most`` and
    ``reoffences_at_most`` count them all. ``reoffenders_other_day`` and ``reoffences_other_day`` are
    the figures with the other choice of ``same_day``. ``reoffences_without_sequence`` rest on how
    rows without ``offence_seq`` are told apart: ``reoffences_if_merged`` takes rows of one offence,
    day and outcome for one, and ``reoffences_if_kept`` every row for one.
    """

    children: int
    reoffenders: int
    reoffences: int
    final: bool
    provisional_until: date | None
    extract_date: date
    same_day: str
    reoffenders_other_day: int
    reoffences_other_day: int
    undatable: int
    reoffenders_at_most: int
    reoffences_at_most: int
    reoffences_if_merged: int
    reoffences_if_kept: int

    @property
    def binary_rate(self) -> float:
        """Give the share of children who reoffended."""
        return _ratio(self.reoffenders, self.children)

    @property
    def reoffences_per_reoffender(self) -> float:
        """Give the reoffences for each child who reoffended."""
        return _ratio(self.reoffences, self.reoffenders)

    @property
    def reoffences_per_child(self) -> float:
        """Give the reoffences for each child in the cohort."""
        return _ratio(self.reoffences, self.children)

    @property
    def binary_rate_at_most(self) -> float:
        """Give the share if every offence without a date were a reoffence."""
        return _ratio(self.reoffenders_at_most, self.children)

    @property
    def reoffences_without_sequence(self) -> int:
        """Give how many reoffences rest on the choice without sequence numbers."""
        return self.reoffences_if_kept - self.reoffences_if_merged

    @property
    def same_day_matters(self) -> bool:
        """Tell whether the other choice of ``same_day`` gives another figure."""
        return (self.reoffenders, self.reoffences) != (
            self.reoffenders_other_day,
            self.reoffences_other_day,
        )

    def sentence(self, of_year: bool = False) -> str:
        """Say the binary rate in words; fewer than 30 children get no percentage.

        ``of_year`` says that a child may have entered more than once.
        """
        who, what = ("entries", "led to a reoffence") if of_year else ("children", "reoffended")
        said = f"{self.reoffenders:,} of {self.children:,} {who} {what}"
        if self.children >= FEW_FOR_A_PERCENTAGE:
            counts = f"{self.reoffenders:,} of {self.children:,}"
            said = f"{100 * self.binary_rate:.1f}% of {who} {what} ({counts})"
        if self.final:
            return f"{said}."
        return f"{said} so far; the figure is provisional until {self.provisional_until}."


def summary_of(
    totals: Mapping[str, int | None], whole_from: date, parameters: Parameters
) -> Summary:
    """Make the summary from the totals of the engine."""
    extract = parameters.extract
    got = {name: int(total or 0) for name, total in totals.items() if name != "last_start"}
    return Summary(
        children=got["children"],
        reoffenders=got["reoffenders"],
        reoffences=got["reoffences"],
        final=extract >= whole_from,
        provisional_until=None if extract >= whole_from else whole_from,
        extract_date=extract,
        same_day=parameters.same_day,
        reoffenders_other_day=got["reoffenders_other_day"],
        reoffences_other_day=got["reoffences_other_day"],
        undatable=got["undatable"],
        reoffenders_at_most=got["reoffenders_at_most"],
        reoffences_at_most=got["reoffences"] + got["undatable"],
        reoffences_if_merged=got["reoffences"] - got["alike_kept"],
        reoffences_if_kept=got["reoffences"] + got["alike_dropped"],
    )


def sum_of(parts: Sequence[Summary]) -> Summary:
    """Add up cohorts: a child who entered several counts once in each of them."""
    first = parts[0]
    until = [part.provisional_until for part in parts if part.provisional_until]
    added = {
        name: sum(getattr(part, name) for part in parts)
        for name in Summary.__slots__
        if isinstance(getattr(first, name), int) and name != "final"
    }
    return Summary(
        **added,
        final=not until,
        provisional_until=max(until, default=None),
        extract_date=first.extract_date,
        same_day=first.same_day,
    )


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
