"""What is said of all the reports of a batch at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from youthjustice.presentation import dates
from youthjustice.presentation.words.own_releases import Named, own_releases_words
from youthjustice.presentation.words.phrases import listing


def of_all_words(day: str | None, beside: Sequence[str], named: Sequence[Named]) -> str:
    """Say as at which day (ISO) the reports stand, what they are set beside, and on which releases.

    >>> print(of_all_words("2025-03-31", ["Camden", "London"], []))
    Each report is as at 31 March 2025. Each sets its area beside Camden and London, but none beside \
itself.
    >>> of_all_words(None, [], [])
    ''
    """
    said = []
    if day is not None:
        said.append(f"Each report is as at {dates.day(date.fromisoformat(day))}.")
    if beside:
        said.append(f"Each sets its area beside {listing(beside)}, but none beside itself.")
    said.append(own_releases_words(named, "Each"))
    return " ".join(filter(None, said))
