"""Ranks with their uncertainty: how little the order of areas says when their numbers are small."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.area_table import AreaTable, read_areas
from youthjustice.measures.areas.chance import BASES
from youthjustice.measures.areas.rank_draws import Block, blocks, rank_chances
from youthjustice.measures.inputs import (
    FloatArray,
    check_choice,
    check_confidence,
    check_positive,
    check_whole,
)
from youthjustice.measures.small_numbers.prior import JEFFREYS, Prior, fit_prior
from youthjustice.measures.small_numbers.shrinkage import shrunken_proportion, shrunken_rate
from youthjustice.measures.trends.periods import tidy

_KIND = {"proportion": "beta", "rate": "gamma"}
_KEPT = 10_000_000  # normal numbers kept for all cells; beyond that each cell makes them anew


def rank_uncertainty(
    frame: pd.DataFrame,
    area: str = "area_code",
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None = None,
    basis: str = "rate",
    prior: Prior | str | None = None,
    draws: int = 10_000,
    seed: int = 20260101,
    confidence: float = 0.95,
    per: float | None = None,
) -> pd.DataFrame:
    """Say between which ranks an area lies, and how likely it is among the highest or lowest.

    One row per ``by`` cell and area, in the order of the frame. Rates are drawn from their
    posteriors ``draws`` times and ranked each time, 1 being the highest (Goldstein and Spiegelhalter
    1996). ``basis`` is ``rate`` (gamma-Poisson, per ``per``) or ``proportion`` (beta-binomial).
    ``prior`` is what areas have in common: without one it is fitted to the areas of each cell
    (``fit_prior``), which draws small areas in; ``"jeffreys"`` takes each area alone; a ``Prior`` is
    taken as it is. Columns: the keys, ``numerator``, ``denominator``, ``raw_value``, ``raw_lower``,
    ``raw_upper``, ``value``, ``lower``, ``upper`` (shrunken), ``rank`` (the median of the ranks
    drawn) with ``rank_lower`` and ``rank_upper``, ``highest_quarter``, ``lowest_quarter`` and
    ``above_median`` (probabilities), ``areas``, ``method``, ``flags``.

    A rank is never given alone. Areas with the same counts share their ranks; a quarter of a number
    that four does not divide counts the area on its edge in part, so that the probabilities of each
    quarter add up to areas / 4. Where areas differ by no more than chance (``full_shrinkage``) every
    rank is as likely as any other. An area without counts has no rank, and one area alone has none.
    The same counts and ``seed`` give the same ranks in any order of rows and beside any other
    cells; all cells are drawn with the same random numbers, so that a rank moves between two years
    because counts do. Raises InputProblem for totals among the areas, impossible counts, a prior of
    the wrong kind and odd arguments.

    >>> areas = pd.DataFrame({"area_code": ["P", "Q", "R", "S"], "entrants": [3, 18, 9, 40],
    ...                       "children": [900, 2100, 2500, 3000]})
    >>> ranks = rank_uncertainty(areas, numerator="entrants", denominator="children", per=1000)
    >>> ranks[["area_code", "raw_value", "value", "rank", "rank_lower", "rank_upper"]].round(1)
      area_code  raw_value  value  rank  rank_lower  rank_upper
    0         P        3.3    4.9   3.0         2.0         4.0
    1         Q        8.6    8.4   2.0         1.0         3.0
    2         R        3.6    4.3   4.0         3.0         4.0
    3         S       13.3   12.4   1.0         1.0         2.0
    """
    kind = check_choice("basis", basis, BASES)
    level = check_confidence(confidence)
    number = check_whole("draws", draws, 100)
    start = check_whole("seed", seed, 0)
    scale = check_positive("per", BASES[kind] if per is None else per)
    given = _check_prior(prior, kind)
    table = read_areas(
        frame,
        area=area,
        numerator=numerator,
        denominator=denominator,
        by=by,
        nested=kind == "proportion",
    )
    most = int(table.total(np.ones(table.x.size)).max(initial=0))
    made_of = partial(blocks, start, number, most, _KIND[kind])
    kept = list(made_of()) if number * most <= _KEPT else None
    parts = [
        _cell(table, np.flatnonzero(table.cell == at), kind, given, scale, level, kept or made_of())
        for at in range(max(table.cells, 1))
    ]
    columns = pd.concat(parts).sort_index(kind="stable")
    attrs = {
        **frame.attrs,
        "basis": kind,
        "per": scale,
        "confidence": level,
        "draws": number,
        "seed": start,
        "rank_1": "highest",
    }
    return tidy(table.keys, {str(name): part for name, part in columns.items()}, attrs)


def _cell(
    table: AreaTable,
    rows: NDArray[np.int64],
    kind: str,
    given: Prior | None,
    scale: float,
    confidence: float,
    made_of: Iterable[Block],
) -> pd.DataFrame:
    """Return the figures of one cell, made of the same normal numbers whatever its neighbours."""
    x, n = table.x[rows], table.n[rows]
    used = table.usable[rows]
    prior, note = _prior_of(x[used], n[used], kind, given)
    if kind == "rate":
        shrunken = shrunken_rate(x, n, prior=prior, per=scale, confidence=confidence)
    else:
        shrunken = shrunken_proportion(x, n, prior=prior, confidence=confidence)
        figures = [f"{raw}{side}" for raw in ("raw_", "") for side in ("value", "lower", "upper")]
        shrunken[figures] *= scale
    found = shrunken.drop(columns="own_weight").set_index(pd.Index(rows))
    if note:
        found["method"] = note
    # Nothing is known of an area with nobody in it, whatever is known of areas.
    found.loc[~used, ["value", "lower", "upper"]] = np.nan
    ranks = np.full((6, rows.size), np.nan)
    if used.sum() > 1:
        chances = np.full((used.sum(), used.sum()), 1 / used.sum())
        if prior.spread:
            chances = rank_chances(x[used], n[used], prior, made_of)
        ranks[:, used] = _summaries(chances, confidence)
    for name, row in zip(_RANKS, ranks, strict=True):
        found[name] = row
    found["areas"] = int(used.sum())
    alone = used & (used.sum() == 1)
    found["flags"] = [
        ";".join(filter(None, (flags, "one_area" if only else "")))
        for flags, only in zip(found["flags"], alone, strict=True)
    ]
    last = ["method", "flags"]
    return found[[name for name in found if name not in last] + last]


_RANKS = ("rank", "rank_lower", "rank_upper", "highest_quarter", "lowest_quarter", "above_median")


def _summaries(chances: FloatArray, confidence: float) -> FloatArray:
    """Return the median rank, its limits, and the chances of either quarter and the upper half."""
    size = len(chances)
    up_to = np.cumsum(chances, axis=1)
    tail = (1 - confidence) / 2
    # A rounding error must not move a median by a rank.
    ranks = [1 + np.argmax(up_to >= p - 1e-9, axis=1) for p in (0.5, tail, 1 - tail)]
    places = np.arange(size)
    quarter, half = (np.clip(size * part - places, 0.0, 1.0) for part in (0.25, 0.5))
    return np.array([*ranks, chances @ quarter, chances @ quarter[::-1], chances @ half])


def _check_prior(prior: Prior | str | None, kind: str) -> Prior | None:
    if prior is None:
        return None
    if prior == "jeffreys":
        return JEFFREYS[_KIND[kind]]
    if isinstance(prior, Prior) and prior.kind == _KIND[kind]:
        return prior
    raise InputProblem(
        f"prior is {prior if isinstance(prior, Prior) else repr(prior)}; give a {_KIND[kind]} prior, "
        "'jeffreys', or none to fit one."
    )


def _prior_of(x: FloatArray, n: FloatArray, kind: str, given: Prior | None) -> tuple[Prior, str]:
    """Return the prior of a cell, with a word on it where none could be fitted."""
    if given is not None:
        return given, ""
    try:
        return fit_prior(x, n, kind=_KIND[kind]), ""
    except InputProblem:  # one area, none with an event: nothing to learn from
        alone = JEFFREYS[_KIND[kind]]
        return alone, f"no prior can be fitted; {alone}"
