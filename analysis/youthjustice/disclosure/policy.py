"""What may leave: the rules that a table of children must keep, as one frozen object.

A *line* is the cells of a table along one dimension, all other dimensions fixed, with their total.
A line is *full* where one cell holds the whole of a total above zero: it says of every child in it
which category the child is in. It is *empty* where its total is zero and the line is a category on
its own (at most one other dimension is fixed): it says that there is no such child at all. The
zeros of full and of empty lines say something about a group; every other zero is shown.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from youthjustice.errors import InputProblem

ZEROS = ("informative", "shown", "hidden")


@dataclass(frozen=True, slots=True)
class Policy:
    """A named set of rules; replace single rules with ``with_``, for local rules differ.

    ``threshold``: counts from 1 to ``threshold - 1`` are hidden, and so is a sum of hidden cells
    below it that a shown total gives away. ``width``: the highest and the lowest count that an
    attacker can still think possible for a hidden cell are at least this far apart.
    ``secondary``: further cells are hidden until that holds. ``zeros``: ``informative`` hides those
    that say something about a group (see the top of this file), ``shown`` none, ``hidden`` all.
    ``min_denominator``: percentages of fewer children are hidden. ``base``: counts are rounded to
    multiples of it instead of hidden; a table is rounded or suppressed, never both.
    ``watermark``: words that everything made under the policy must carry.

    Raises InputProblem for a rule that cannot be.

    >>> PUBLICATION.with_(threshold=10, width=9).threshold
    10
    >>> INTERNAL.watermark
    'OFFICIAL-SENSITIVE: not for publication'
    """

    name: str
    threshold: int = 5
    width: int = 4
    secondary: bool = True
    zeros: str = "informative"
    min_denominator: int = 10
    base: int | None = None
    watermark: str | None = None

    def __post_init__(self) -> None:
        """Raise InputProblem for a rule that cannot be."""
        if not (isinstance(self.name, str) and self.name):
            raise InputProblem("A policy has no name; give it one, such as 'local'.")
        for rule, least in (("threshold", 1), ("width", 0), ("min_denominator", 0)):
            _check_whole(rule, getattr(self, rule), least)
        if self.zeros not in ZEROS:
            raise InputProblem(f"zeros is {self.zeros!r}; choose one of {', '.join(ZEROS)}.")
        if not isinstance(self.secondary, bool):
            raise InputProblem(f"secondary is {self.secondary!r}; give True or False.")
        if self.secondary and self.width < 1:
            raise InputProblem(
                "width is 0 and secondary is True; give a width of at least 1, or secondary=False."
            )
        if self.base is not None:
            _check_whole("base", self.base, 2)
            if self.secondary or self.threshold > 1 or self.zeros != "shown":
                raise InputProblem(
                    "The policy both rounds and hides; a table is rounded or suppressed, so leave "
                    "base out, or give threshold=1, secondary=False and zeros='shown'."
                )
            if self.width > self.base - 1:
                raise InputProblem(
                    f"width is {self.width} and base is {self.base}; rounding leaves a width of "
                    f"{self.base - 1}, so give a larger base."
                )

    @property
    def hides(self) -> bool:
        """True where a count may be hidden under this policy."""
        return self.threshold > 1 or self.zeros != "shown"

    def with_(self, **rules: Any) -> Policy:
        """Return the same policy with some rules replaced.

        Raises InputProblem for a rule that does not exist or cannot be.
        """
        known = {field.name for field in dataclasses.fields(self)}
        if unknown := sorted(set(rules) - known):
            raise InputProblem(
                f"A policy has no rule {unknown[0]!r}; choose from {', '.join(sorted(known))}."
            )
        return dataclasses.replace(self, **rules)


def _check_whole(rule: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputProblem(f"{rule} is {value!r}; give a whole number of at least {least}.")


PUBLICATION = Policy("PUBLICATION")
ROUNDED = Policy("ROUNDED", threshold=1, secondary=False, zeros="shown", base=5)
INTERNAL = Policy(
    "INTERNAL",
    threshold=1,
    width=0,
    secondary=False,
    zeros="shown",
    min_denominator=0,
    watermark="OFFICIAL-SENSITIVE: not for publication",
)
