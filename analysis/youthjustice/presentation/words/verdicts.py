"""Verdicts on a claim, in words: what a figure and its interval allow to be said of it.

Each function takes what a test found and returns a phrase without a full stop. None is written for
one claim: the same figures give the same words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from youthjustice.presentation import numbers
from youthjustice.presentation.words.findings import FELL, NO_CLAIM, ROSE
from youthjustice.presentation.words.phrases import listing

HOLDS, DOES_NOT_HOLD = "holds", "does not hold"
DEPENDS = "depends on which release's cohorts are taken"
AS_PRINTED = "holds as printed, not beyond chance"
NOT_AS_PRINTED = "does not hold as printed, not beyond chance"
UNCHECKED = "cannot be checked"
_LEVEL = 0.05
_SURE = 0.95  # a quarter is claimed where the chance of it is at least this


def unpublished_verdict(what: str = "", *, why: str = "not published") -> str:
    """Say that a claim cannot be checked, and what would be needed.

    >>> unpublished_verdict("the size of the cohort")
    'cannot be checked: the size of the cohort (not published)'
    """
    return f"{UNCHECKED}: {what} ({why})" if what else UNCHECKED


def below_verdict(value: float, lower: float, upper: float, limit: float) -> str:
    """Say whether a figure lies below a limit, as printed and by its interval.

    >>> below_verdict(0.36, 0.33, 0.38, 0.5), below_verdict(0.37, 0.24, 0.56, 0.5)
    ('holds', 'holds as printed, not beyond chance')
    >>> below_verdict(0.55, 0.4, 0.7, 0.5), below_verdict(0.9, 0.8, 1.0, 0.5)
    ('does not hold as printed, not beyond chance', 'does not hold')
    >>> below_verdict(float("nan"), float("nan"), float("nan"), 0.5)
    'cannot be checked'
    """
    if math.isnan(value + lower + upper):
        return UNCHECKED
    if value < limit:
        return HOLDS if upper < limit else AS_PRINTED
    return DOES_NOT_HOLD if lower > limit else NOT_AS_PRINTED


def above_verdict(value: float, lower: float, upper: float, limit: float) -> str:
    """Say whether a figure lies above a limit, as printed and by its interval.

    >>> above_verdict(1.5, 1.2, 1.9, 1.0), above_verdict(1.1, 0.9, 1.3, 1.0)
    ('holds', 'holds as printed, not beyond chance')
    """
    return below_verdict(-value, -upper, -lower, -limit)


def beside_verdict(own: str, others: str, pace: str, *, other: str) -> str:
    """Add to a verdict that the same holds of others, and whether the pace was another.

    ``own`` and ``others`` are verdicts; ``pace`` is what `compare` says of the ratio of the two
    changes.

    >>> beside_verdict("holds", "holds", "no clear change", other="the rest of London")
    'holds, but so did the rest of London, with no evidence of a different pace'
    >>> beside_verdict(AS_PRINTED, "holds", "fell", other="the rest of London")
    'holds as printed, not beyond chance; for the rest of London it holds beyond chance'
    >>> beside_verdict("holds", "does not hold", "fell", other="the rest of London")
    'holds, and not so the rest of London'
    """
    if not own.startswith(HOLDS) or others.startswith(UNCHECKED):
        return own
    if not others.startswith(HOLDS):
        return f"{own}, and not so {other}"
    apart = "" if pace in (FELL, ROSE, NO_CLAIM) else ", with no evidence of a different pace"
    if own == others:
        return f"{own}, but so did {other}{apart}"
    surely = "holds beyond chance" if others == HOLDS else others
    return f"{own}; for {other} it {surely}{apart}"


def cause_verdict(own: str, pace: str, *, other: str) -> str:
    """Say what figures allow of the claim that an area brought its own fall about.

    ``own`` and ``pace`` are what `compare` says of the area's change and of its ratio to the
    others'.

    >>> cause_verdict("fell", "no clear change", other="the rest of London")
    'cannot be shown by these figures: no evidence of a different pace from the rest of London'
    >>> cause_verdict("no clear change", "fell", other="the rest of London")
    'does not hold: the figures show no such change'
    """
    if NO_CLAIM in (own, pace):
        return UNCHECKED
    if own != FELL:
        return f"{DOES_NOT_HOLD}: the figures show no such change"
    if pace == FELL:
        return f"cannot be ruled out: the pace was another than in {other}, and no figure says why"
    none = f"no evidence of a different pace from {other}"
    said = f"beside {other} it is the other way round" if pace == ROSE else none
    return f"cannot be shown by these figures: {said}"


def sizes_verdict(sizes: Sequence[int], p_values: Sequence[float]) -> str:
    """Say from which cohort sizes a claim holds, where the size is not published.

    Each p-value is that of one size with no other claim counted.

    >>> sizes_verdict([48, 71, 73], [0.051, 0.014, 0.011])
    'holds, taken alone, if the cohort had more than 48 children; its size is not published'
    >>> sizes_verdict([71, 73], [0.014, 0.011]), sizes_verdict([10], [0.3])
    ('holds at every size of cohort that fits', 'does not hold at any size of cohort that fits')
    """
    unclear = [size for size, p in zip(sizes, p_values, strict=True) if not p < _LEVEL]
    if not unclear:
        return f"{HOLDS} at every size of cohort that fits"
    if len(unclear) == len(sizes):
        return f"{DOES_NOT_HOLD} at any size of cohort that fits"
    least = numbers.count(max(unclear))
    from_size = f"if the cohort had more than {least} children; its size is not published"
    return f"{HOLDS}, taken alone, {from_size}"


def quarters_verdict(printed: Sequence[bool], chances: Sequence[float]) -> str:
    """Say whether an area was in a quarter of all at each of several times.

    ``printed`` tells it of the printed ranks, ``chances`` what the numbers behind them leave.

    >>> quarters_verdict([True, True], [0.97, 0.99]), quarters_verdict([True, True], [0.93, 0.6])
    ('holds', 'holds as printed, not beyond chance')
    >>> quarters_verdict([True, False], [0.93, 0.4]), quarters_verdict([True, False], [0.93, 0.01])
    ('does not hold as printed, not beyond chance', 'does not hold')
    """
    if not printed:
        return UNCHECKED
    if all(printed):
        return HOLDS if min(chances) >= _SURE else AS_PRINTED
    return DOES_NOT_HOLD if min(chances) <= 1 - _SURE else NOT_AS_PRINTED


def in_quarter_words(printed: bool, chance: float, quarter: str) -> str:
    """Say whether a printed rank is in a quarter, and whether its interval leaves that open.

    >>> in_quarter_words(False, 0.4, "the lowest quarter")
    'the printed rate is not among the lowest quarter, which its interval does not rule out'
    >>> in_quarter_words(False, 0.01, "the lowest quarter")
    'the printed rate is not among the lowest quarter'
    """
    if printed:
        open_ = "" if chance >= _SURE else ", though not beyond chance"
        return f"the printed rate is among {quarter}{open_}"
    open_ = "" if chance <= 1 - _SURE else ", which its interval does not rule out"
    return f"the printed rate is not among {quarter}{open_}"


def releases_verdict(by_release: Mapping[str, str]) -> str:
    """Give the verdict of the newest release, or all of them where the releases differ.

    ``by_release`` has the name of each release and its verdict, the newest first.

    >>> releases_verdict({"of May": "holds", "of March": "holds"})
    'holds'
    >>> releases_verdict({"of May": "holds as printed, not beyond chance", "of March": "does not hold"})
    "depends on which release's cohorts are taken: by that of May it holds as printed, not beyond \
chance; by that of March it does not hold"
    """
    told = list(by_release.values())
    if not told:
        return UNCHECKED
    if len({said.startswith(HOLDS) for said in told}) == 1:
        return told[0]
    each = "; ".join(f"by that {name} it {said}" for name, said in by_release.items())
    return f"{DEPENDS}: {each}"


def counted_verdict(said: str, p_value: float, adjusted: float) -> str:
    """Add to a verdict that it does not stand once every claim that was tested is counted.

    >>> counted_verdict("holds for Mixed children", 0.034, 0.138)
    'holds for Mixed children; not once all claims are counted'
    >>> counted_verdict("holds", 0.001, 0.01), counted_verdict("does not hold", 0.04, 0.2)
    ('holds', 'does not hold')
    """
    undone = said.startswith(HOLDS) and p_value < _LEVEL <= adjusted
    return f"{said}; not once all claims are counted" if undone else said


def scopes_verdict(by_scope: Mapping[str, str], *, unpublished: Sequence[str] = ()) -> str:
    """Join the verdicts of several scopes, and name the scopes that nothing is published of.

    >>> scopes_verdict({"ages 15 to 17": "holds"}, unpublished=["ages 10 to 14", "all ages"])
    'holds only for ages 15 to 17; for ages 10 to 14 and all ages it cannot be checked'
    """
    checked = {scope: said for scope, said in by_scope.items() if not said.startswith(UNCHECKED)}
    lacking = [*(scope for scope in by_scope if scope not in checked), *unpublished]
    if not checked:
        return UNCHECKED
    parts = [_of_scope(said, scope, bool(lacking)) for scope, said in checked.items()]
    if lacking:
        parts.append(f"for {listing(lacking)} it {UNCHECKED}")
    return "; ".join(parts)


def _of_scope(said: str, scope: str, alone: bool) -> str:
    """Put a scope behind the first words of a verdict: "holds only for ages 15 to 17, though"."""
    mark = ":" if said.startswith(DEPENDS) else ","
    first, comma, rest = said.partition(mark)
    only = "only " if alone and first.startswith(HOLDS) else ""
    return f"{first} {only}for {scope}{comma}{rest}"


def place_verdict(above: int, tied: Sequence[str], known: int, claimed: float, what: str) -> str:
    """Say whether a place among all is borne out by those of whom a figure is at hand.

    ``above`` of the ``known`` are above, ``tied`` are level; ``claimed`` is the place. Those not at
    hand may be above too, so the place among all is at least the one among the known.

    >>> place_verdict(0, [], 16, 1, "scores")
    'holds among the 16 scores at hand'
    >>> place_verdict(0, ["Carmarthenshire"], 69, 3, "scores")
    'not ruled out: of the 69 scores at hand none has more points, and Carmarthenshire has as many'
    >>> place_verdict(2, [], 16, 1, "scores")
    'does not hold: of the 16 scores at hand 2 have more points'
    """
    among = f"the {numbers.count(known)} {what} at hand"
    if above >= claimed:
        return f"{DOES_NOT_HOLD}: of {among} {points_words(above, ())}"
    if above + 1 == claimed and not tied:
        return f"{HOLDS} among {among}"
    if above + 1 == claimed:
        return f"{HOLDS} among {among}, where {points_words(above, tied)}"
    return f"not ruled out: of {among} {points_words(above, tied)}"


def points_words(above: int, tied: Sequence[str]) -> str:
    """Say how many others have more points, and who has as many.

    >>> points_words(0, ["Carmarthenshire"]), points_words(2, [])
    ('none has more points, and Carmarthenshire has as many', '2 have more points')
    """
    some = "none has" if above == 0 else f"{above} {'has' if above == 1 else 'have'}"
    level = f", and {listing(tied)} {'has' if len(tied) == 1 else 'have'} as many" if tied else ""
    return f"{some} more points{level}"


def agreement_verdict(
    agree: int, compared: int, listed: int, what: str, *, untold: str = ""
) -> str:
    """Say whether a second source agrees, where it tells the items apart.

    ``untold`` names what it does not tell.

    >>> agreement_verdict(4, 4, 4, "standards"), agreement_verdict(1, 1, 4, "standards")
    ('holds', 'holds for 1 of 4 standards; the second source does not tell the others apart')
    >>> agreement_verdict(3, 3, 4, "standards", untold="which Assessment is Good")
    'holds for 3 of 4 standards; the second source does not say which Assessment is Good'
    >>> agreement_verdict(3, 4, 4, "standards")
    'does not hold: the second source differs on 1 of 4 standards'
    """
    if listed == 0 or compared == 0:
        return unpublished_verdict(f"no second source tells the {what} apart", why="not at hand")
    if agree < compared:
        differ = compared - agree
        return f"{DOES_NOT_HOLD}: the second source differs on {differ} of {compared} {what}"
    if compared == listed:
        return HOLDS
    silent = f"say {untold}" if untold else "tell the others apart"
    return f"{HOLDS} for {compared} of {listed} {what}; the second source does not {silent}"


def several_verdict(alone: Sequence[str], together: Sequence[str]) -> str:
    """Say of whom a claim holds, alone and once all comparisons are counted.

    >>> several_verdict(["Black children"], ["Black children"]), several_verdict(["Black children"], [])
    ('holds for Black children', 'holds for Black children alone, not once all comparisons are counted')
    >>> several_verdict([], [])
    'no evidence of it'
    """
    if together:
        return f"{HOLDS} for {listing(together)}"
    if alone:
        return f"{HOLDS} for {listing(alone)} alone, not once all comparisons are counted"
    return "no evidence of it"
