"""Funnels: whether an area lies further from the centre than chance would carry one of its size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from youthjustice.errors import InputProblem
from youthjustice.measures.areas.area_table import AreaTable, read_areas
from youthjustice.measures.areas.chance import BASES, Chance
from youthjustice.measures.areas.limits import (
    METHODS,
    Spread,
    check_benchmark,
    check_levels,
    limit_names,
    limits_of,
)
from youthjustice.measures.areas.overdispersion import (
    CHOICES,
    Dispersion,
    check_winsorise,
    chosen_spread,
    dispersion,
)
from youthjustice.measures.disparity.comparisons import add_flag, own_flags
from youthjustice.measures.disparity.findings import MISSING, NOT_DEFINED
from youthjustice.measures.inputs import (
    FloatArray,
    TextArray,
    check_choice,
    check_confidence,
    check_minimum,
    check_positive,
    check_whole,
)
from youthjustice.measures.single.proportions import proportion
from youthjustice.measures.single.rates import rate
from youthjustice.measures.trends.periods import tidy

WITHIN = "within chance"


def funnel(
    frame: pd.DataFrame,
    area: str = "area_code",
    *,
    numerator: str,
    denominator: str,
    by: str | Sequence[str] | None = None,
    basis: str = "proportion",
    benchmark: float | None = None,
    limits: object = (0.95, 0.998),
    method: str = "exact",
    overdispersion: str = "none",
    winsorise: float = 0.1,
    minimum_areas: int = 10,
    confidence: float = 0.95,
    per: float | None = None,
) -> pd.DataFrame:
    """Set every area beside the limits that chance gives an area of its size; nothing is ranked.

    One row per ``by`` cell (a period, say) and area, in the order of the frame. ``basis`` is
    ``proportion`` (a part of the denominator, binomial; ``per`` is 1) or ``rate`` (events per
    population, Poisson; ``per`` is 100,000). The centre is the pooled value of the cell's areas, or
    ``benchmark``, taken as known. ``limits`` are the levels, and ``method`` how they are found:

    - ``exact``: from both tails of the binomial or Poisson distribution, between whole numbers by
      Spiegelhalter's (2005) interpolation: an area is above the 95% limits just when the chance of
      as many events or more is under 2.5%, and exchanging those who do with those who do not
      mirrors the funnel;
    - ``spiegelhalter``: as his appendix prints it, the upper limit from the lower tail, which puts
      more than 2.5% of small areas above it;
    - ``score``: centre and standard error under it, the inverse of Wilson's interval.

    ``overdispersion``: areas commonly differ by more than chance, since no two are alike. ``phi`` is
    the mean squared z score after Winsorising ``winsorise`` at each end and ``tau_squared`` the
    variance between areas (Spiegelhalter 2005). ``additive`` adds it to that of chance,
    ``multiplicative`` takes phi times chance, ``auto`` is additive wherever there is any; limits are
    then normal on the scale of the z scores. Winsorising keeps outliers from hiding themselves, but
    makes the spread too small where there are none: 10% to 12% of areas then lie outside the 95%
    limits. Under ``minimum_areas`` areas nothing is adjusted, and that is flagged.

    Columns: the keys, ``numerator``, ``denominator``, ``value`` with ``lower`` and ``upper`` (its
    own interval: Wilson; exact or Byar), ``benchmark``, ``limit_95_lower``, ``limit_95_upper`` and so
    on for every level, ``z`` (arc sine of the root of a share, root of a rate: Spiegelhalter 2005),
    ``adjusted_z``, ``position`` (``within chance``, ``above the 95% limits``, ... by the widest limits
    crossed), ``phi``, ``tau_squared``, ``areas``, ``overdispersion`` (what was done), ``method``,
    ``flags``. With one cell ``attrs`` holds phi, tau_squared and areas too. Of 100 areas that differ
    by chance alone up to five lie outside the 95% limits. A missing count gives a missing result.
    Raises InputProblem for a missing column, an area that stands twice, totals and countries among
    the areas, impossible counts, and odd arguments.

    Ten children and a hundred about a share of 80.642448%: PHEindicatormethods (the public health
    statistics of England) prints a lower limit of 56.154344% for the ten:

    >>> places = pd.DataFrame({"area_code": ["P", "Q"], "reoffended": [7, 71],
    ...                        "children": [10, 100]})
    >>> shown = funnel(places, numerator="reoffended", denominator="children", per=100,
    ...                benchmark=80.642448, method="score")
    >>> shown[["area_code", "value", "limit_95_lower", "limit_95_upper", "position"]].round(3)
      area_code  value  limit_95_lower  limit_95_upper              position
    0         P   70.0          56.154         100.000         within chance
    1         Q   71.0          72.899          88.386  below the 95% limits
    """
    kind = check_choice("basis", basis, BASES)
    how = check_choice("method", method, METHODS)
    wanted = check_choice("overdispersion", overdispersion, CHOICES)
    levels = check_levels(limits)
    level = check_confidence(confidence)
    scale = check_positive("per", BASES[kind] if per is None else per)
    part = check_winsorise(winsorise)
    least = check_whole("minimum_areas", minimum_areas, 2)
    table = read_areas(
        frame,
        area=area,
        numerator=numerator,
        denominator=denominator,
        by=by,
        nested=kind == "proportion",
    )
    chance = Chance(kind)
    centres = _centres(table, benchmark, kind, scale)
    centre = centres[table.cell]
    z, error = np.full((2, table.x.size), np.nan)
    there = table.usable
    angle = chance.angle(table.x[there] / table.n[there])
    error[there] = chance.error(table.n[there])
    z[there] = (angle - chance.angle(centre[there])) / error[there]
    seen = dispersion(z[there], error[there], table.cell[there], table.cells, part)
    done, spread = chosen_spread(seen, wanted, least)
    own = Spread(spread.phi[table.cell], spread.tau_squared[table.cell])
    pairs = limits_of(chance, np.where(there, table.n, np.nan), centre, levels, how, own)
    columns = _own_interval(table, kind, scale, level) | {"benchmark": centre * scale}
    share = np.where(there, table.x, np.nan) / np.where(there, table.n, np.nan)
    for each, pair in zip(levels, pairs, strict=True):
        for name, side in zip(limit_names(each), pair, strict=True):
            columns[name] = side * scale
    few = (wanted != "none") & (seen.areas < least)
    columns |= {
        "z": z,
        "adjusted_z": z * error / np.sqrt(own.phi * error**2 + own.tau_squared),
        "position": _positions(table, share, levels, pairs),
        "phi": seen.phi[table.cell],
        "tau_squared": seen.tau_squared[table.cell],
        "areas": seen.areas[table.cell].astype(np.int64),
        "overdispersion": np.array(done, dtype=object)[table.cell],
        "method": np.where((own.phi > 1) | (own.tau_squared > 0), "normal", how).astype(object),
        "flags": add_flag(
            own_flags(table.x, table.n, np.zeros(table.x.size, dtype=bool)),
            few[table.cell],
            "too_few_areas",
        ),
    }
    return tidy(
        table.keys,
        columns,
        {
            **frame.attrs,
            "basis": kind,
            "per": scale,
            "confidence": level,
            "limits": levels,
            "winsorise": part,
            "pooled": benchmark is None,
            **_of_one_cell(seen, done),
        },
    )


def _centres(table: AreaTable, benchmark: float | None, basis: str, scale: float) -> FloatArray:
    """Return the centre of every cell per person, pooled where none is given."""
    if benchmark is None:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(table.total(table.x) / table.total(table.n))
    centre = check_minimum("benchmark", benchmark) / scale
    check_benchmark(centre, basis, scale)
    if centre == 0:
        raise InputProblem("benchmark is 0; no area lies below it and every event above it.")
    return np.full(table.cells, centre)


def _own_interval(
    table: AreaTable, basis: str, scale: float, confidence: float
) -> dict[str, object]:
    if basis == "proportion":
        found = proportion(table.x, table.n, confidence=confidence)
        sides = {name: getattr(found, name) * scale for name in ("value", "lower", "upper")}
    else:
        found = rate(table.x, table.n, per=scale, confidence=confidence)
        sides = {name: getattr(found, name) for name in ("value", "lower", "upper")}
    return {"numerator": table.x, "denominator": table.n, **sides}


def _positions(
    table: AreaTable,
    share: FloatArray,
    levels: Sequence[float],
    pairs: Sequence[tuple[FloatArray, FloatArray]],
) -> TextArray:
    """Name the widest limits that each area lies outside of."""
    words = [MISSING, NOT_DEFINED]
    rules = [table.missing, ~table.usable]
    for level, (lower, upper) in sorted(zip(levels, pairs, strict=True), reverse=True):
        for word, outside in (("above", share > upper), ("below", share < lower)):
            words.append(f"{word} the {100 * level:.10g}% limits")
            rules.append(outside)
    chosen = np.select(rules, range(len(rules)), default=len(rules))
    return np.asarray(np.array([*words, WITHIN], dtype=object)[chosen], dtype=object)


def _of_one_cell(seen: Dispersion, done: list[str]) -> dict[str, object]:
    if len(done) != 1:
        return {}
    return {
        "phi": float(seen.phi[0]),
        "tau_squared": float(seen.tau_squared[0]),
        "areas": int(seen.areas[0]),
        "overdispersion": done[0],
    }
