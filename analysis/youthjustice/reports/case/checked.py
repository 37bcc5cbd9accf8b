"""One claim, put to the figures: what they are, how they were tested, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from youthjustice.presentation.lineage import Publication
from youthjustice.presentation.words.verdicts import UNCHECKED
from youthjustice.published import Place

Claim = Mapping[Hashable, Any]
"""A row of the table of claims."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found of one claim.

    ``figure``, ``test`` and ``verdict`` are words; ``p_value`` is that of the claim where one test
    decides it, the least favourable one where several would do; ``adjusted`` is it once all claims
    about the area are counted (Holm). ``source`` is the line of the
    publications, which ``origins`` lists, and ``formulas`` are keys of presentation/formulas.csv.
    """

    figure: str
    test: str
    verdict: str
    p_value: float = math.nan
    source: str = ""
    origins: tuple[Publication, ...] = field(default=(), repr=False)
    formulas: tuple[str, ...] = field(default=(), repr=False)
    adjusted: float = math.nan

    @property
    def could_be_checked(self) -> bool:
        """Tell whether there was a figure to put the claim to."""
        return not self.verdict.startswith(UNCHECKED)


Check = Callable[[Claim, Place], Checked]


def no_figure(what: str, found: Place) -> Checked:
    """Say that the table has no figure for an area, so that nothing is tested.

    >>> from youthjustice.published import place
    >>> no_figure("rate of first-time entrants", place("Swansea")).verdict
    'cannot be checked'
    """
    said = f"The published table has no {what} for {found.name}."
    return Checked(said, "There is nothing to test.", UNCHECKED)
