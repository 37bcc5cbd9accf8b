"""Sentences on printed percentages whose cohort sizes are not published."""

from __future__ import annotations

from typing import Any

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence


def unsized_change_sentence(change: Any, *, subject: str) -> Sentence:
    """Say from which cohort sizes on two printed rates can be told apart.

    ``change`` holds the two rates in per cent (``first``, ``last``), the labels of their cohorts
    (``first_cohort``, ``last_cohort``), the smallest sizes that fit them (``first_size``,
    ``last_size``), the largest at which they are not told apart (``undetected``) and the largest
    tried (``tried``).

    >>> from types import SimpleNamespace
    >>> change = SimpleNamespace(first=54.34, last=27.27, first_cohort="2016", last_cohort="2024",
    ...     first_size=173, last_size=11, undetected=11, tried=1000)
    >>> print(unsized_change_sentence(change, subject="reoffending rate in Islington"))
    The printed reoffending rate in Islington went from 54.3% (cohort labelled 2016) to 27.3% \
(labelled 2024); cohort sizes are not published and could be as few as 173 and 11 children, and the \
two can be told apart at the 5% level if the last cohort had more than 11 children.
    """
    first, last = (numbers.percent(rate, scale=1) for rate in (change.first, change.last))
    said = (
        f"The printed {subject} went from {first} (cohort labelled {change.first_cohort}) to {last} "
        f"(labelled {change.last_cohort})"
    )
    sizes = (change.first_size, change.last_size)
    return _told_apart(said, change, sizes, ("the first cohort", "the last cohort"))


def unsized_pair_sentence(pair: Any, *, area: str, other: str) -> Sentence:
    """Say from which cohort sizes on two areas' printed rates can be told apart.

    ``pair`` is as `unsized_change_sentence` takes it, the other area's rate first.

    >>> from types import SimpleNamespace
    >>> pair = SimpleNamespace(first=30.5, last=27.27, first_cohort="2024", last_cohort="2024",
    ...     first_size=59, last_size=11, undetected=1000, tried=1000)
    >>> print(unsized_pair_sentence(pair, area="Islington", other="Camden"))
    The printed reoffending rate at ages 15 to 17 (cohort labelled 2024) was 27.3% in Islington and \
30.5% in Camden; at no cohort size up to 1,000 children can a difference be told from chance.
    """
    own, others = (numbers.percent(rate, scale=1) for rate in (pair.last, pair.first))
    said = (
        f"The printed reoffending rate at ages 15 to 17 (cohort labelled {pair.last_cohort}) was {own} "
        f"in {area} and {others} in {other}"
    )
    names = (f"that of {area}", f"that of {other}")
    return _told_apart(said, pair, (pair.last_size, pair.first_size), names)


def _told_apart(said: str, pair: Any, sizes: tuple[int, int], names: tuple[str, str]) -> Sentence:
    """Add to two printed rates from which cohort sizes on they differ, the smallest ones first."""
    if pair.undetected >= pair.tried:
        return Sentence(
            f"{said}; at no cohort size up to {numbers.count(pair.tried)} children can a difference be "
            "told from chance.",
            kind="note",
        )
    fewest = " and ".join(map(numbers.count, sizes))
    said += f"; cohort sizes are not published and could be as few as {fewest} children, and "
    if pair.undetected == 0:
        return Sentence(f"{said}at every size that fits the two can be told apart at the 5% level.")
    # A cohort whose smallest size is above the number has more in any case.
    small = [name for name, size in zip(names, sizes, strict=True) if size <= pair.undetected]
    who = small[0] if len(small) == 1 else "both cohorts"
    return Sentence(
        f"{said}the two can be told apart at the 5% level if {who} had more than "
        f"{numbers.count(pair.undetected)} children."
    )


def claimed_higher_sentence(area: str, printed: float, benchmark: float) -> Sentence:
    """Quote the inspectors' claim of January 2016 with its two rates in per cent.

    >>> print(claimed_higher_sentence("Islington", 52.1, 37.4))
    In January 2016 inspectors wrote that Islington's reoffending rate of 52.1% was “significantly \
higher” than the 37.4% of England and Wales. Neither the cohort nor its size was printed.
    """
    return Sentence(
        f"In January 2016 inspectors wrote that {area}'s reoffending rate of {printed}% was "
        f"“significantly higher” than the {benchmark}% of England and Wales. Neither the cohort nor "
        "its size was printed.",
        kind="note",
    )


def unsized_claim_sentence(tested: Any) -> Sentence:
    """Say at which cohort sizes a claim holds.

    ``tested`` is a frame with a row per cohort that fits: ``numerator, denominator, p_value``.

    >>> import pandas as pd
    >>> tested = pd.DataFrame({"numerator": [25, 50], "denominator": [48, 96],
    ...     "p_value": [0.051, 0.004]})
    >>> print(unsized_claim_sentence(tested))
    The claim holds at the 5% level for every cohort of more than 48 children that fits. With 25 of \
48 it would be p = 0.051.
    """
    unclear = tested[tested["p_value"] >= 0.05]
    if unclear.empty:
        return Sentence("The claim holds at the 5% level for every cohort size that fits.")
    if len(unclear) == len(tested):
        return Sentence("At no cohort size tried does the claim hold at the 5% level.")
    least = unclear.sort_values("p_value").iloc[-1]
    return Sentence(
        "The claim holds at the 5% level for every cohort of more than "
        f"{numbers.count(unclear['denominator'].max())} children that fits. With "
        f"{int(least['numerator'])} of {int(least['denominator'])} it would be "
        f"{numbers.p_value(least['p_value'])}."
    )
