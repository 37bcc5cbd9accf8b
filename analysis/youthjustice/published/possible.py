"""Find values that cannot be: shares beyond a whole, negative counts, dates that have not been."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd

from youthjustice.published._problem import Problem
from youthjustice.published._series import present
from youthjustice.published._sums import cell, first_cells, half_step

_FIRST_YEAR = 1990
_SHARE = r"%|\bper ?cent(?:age)?s?\b"
_PER = r"\bper ([1-9][\d,]*)\b"
_CHANGE = r"\b(?:changes?|differences?|difference|growth|net)\b"
_SHARES_OF = (("numerator", "denominator"), ("reoffenders", "offenders"))
_COUNTED = (("numerator", "reoffences"), ("reoffenders", "reoffences"))
_STEPS = (1.0, 0.1, 0.01, 0.001, 0.0001)


def possible_values(frame: pd.DataFrame) -> list[Problem]:
    """Find values that their unit does not allow, and numbers that contradict each other.

    Shares lie between 0 and 100 per cent, a rate per 1,000 between 0 and 1,000; no count and no
    rate is negative, unless it is a change; no more children reoffend than there are children, and
    each of them at least once.

    Args:
        frame: tidy rows with `value`, and any of unit, measure, numerator, denominator, reoffences.

    Returns:
        One problem for each kind of impossibility; its rows are those that have it.

    Examples:
        >>> possible_values(pd.DataFrame({"value": [38.5, 104.0], "unit": "%"}))[0].message
        'row 1 holds 104, which is no share of a whole in per cent (0 to 100)'

    """
    if "value" not in frame:
        return []
    value = _floats(frame, "value")
    most, change = _scale(frame), _says(frame, _CHANGE)
    share = _says(frame, _SHARE, "unit") & ~change
    beyond = share & ((value > 100) | (value < 0))
    negative = (value < 0) & ~change & ~share
    above = (value > most) & ~share & ~change
    found = [
        _problem(frame, beyond, "which is no share of a whole in per cent (0 to 100)", value),
        _problem(frame, negative, "which is negative and no change", value),
        _problem(frame, above, "which is more than its unit allows", value),
    ]
    for part, whole in _SHARES_OF:
        if {part, whole} <= set(frame.columns) and (part != "numerator" or share.any()):
            rows = share if part == "numerator" else pd.Series(True, frame.index)
            more = rows & (_floats(frame, part) > _floats(frame, whole))
            found.append(_problem(frame, more, f"has a {part} above its {whole}"))
    for children, acts in _COUNTED:
        if {children, acts} <= set(frame.columns):
            fewer = _floats(frame, acts) < _floats(frame, children)
            found.append(
                _problem(frame, fewer, "has fewer reoffences than children who reoffended")
            )
    return [one for one in found if one]


def rates_as_computed(frame: pd.DataFrame) -> list[Problem]:
    """Find rates that are not their numerator over their denominator, beyond rounding.

    Room is given for the decimals that the rates of a table and unit are printed with, and for
    numerators and denominators that look rounded to fives, tens or more.

    Returns:
        One problem with all such rows, or none.

    """
    if not {"value", "unit", "numerator", "denominator"} <= set(frame.columns):
        return []
    rows = frame[["value", "numerator", "denominator"]].astype("float64").assign(_per=_scale(frame))
    rows = rows[rows.notna().all(axis=1) & (rows["denominator"] > 0)]
    if rows.empty:
        return []
    expected = rows["_per"] * rows["numerator"] / rows["denominator"]
    keys = [frame[c].reindex(rows.index) for c in present(frame, "table", "measure", "unit")]
    grouped = rows["value"].groupby(keys, dropna=False, observed=True)
    room = grouped.transform(lambda values: _printed_to(values.to_numpy()))
    over = half_step(rows["denominator"].to_numpy()) / rows["denominator"]
    under = half_step(rows["numerator"].to_numpy()) / rows["denominator"]
    room = room + expected * over + rows["_per"] * under
    wrong = rows.index[(rows["value"] - expected).abs() > room + 1e-9 * expected.abs()]
    if wrong.empty:
        return []
    one = wrong[0]
    sentence = (
        f"{cell(frame, one)} holds {rows.loc[one, 'value']:g}, but {rows.loc[one, 'numerator']:,g} "
        f"of {rows.loc[one, 'denominator']:,g} are {expected[one]:.4g} {frame.loc[one, 'unit']}"
    )
    if len(wrong) > 1:
        sentence += f"; {first_cells(frame, wrong[1:].tolist())} are not what was counted either"
    return [Problem("rates_as_computed", sentence, tuple(wrong))]


def possible_dates(frame: pd.DataFrame, today: date | None = None) -> list[Problem]:
    """Find periods that end before they begin, have not ended yet, or begin before 1990.

    Args:
        frame: tidy rows with `period_start` and `period_end`.
        today: the day after which a period has not ended; today, unless told.

    """
    if not {"period_start", "period_end"} <= set(frame.columns):
        return []
    start, end = frame["period_start"], frame["period_end"]
    now = pd.Timestamp(today or date.today())
    found = [
        _problem(frame, end < start, "is for a period that ends before it begins"),
        _problem(frame, end > now, "is for a period that has not ended yet"),
        _problem(
            frame, (start.dt.year < _FIRST_YEAR) | (end.dt.year < _FIRST_YEAR),
            f"is for a period before {_FIRST_YEAR}, older than any of these statistics",
        ),
    ]  # fmt: skip
    named = [Problem("possible_dates", one.message, one.rows) for one in found if one]
    return named


def _floats(frame: pd.DataFrame, name: str) -> pd.Series[float]:
    return pd.Series(frame[name].to_numpy(dtype=float, na_value=np.nan), index=frame.index)


def _says(frame: pd.DataFrame, pattern: str, *columns: str) -> pd.Series[bool]:
    """Mark rows whose unit (or unit and measure) has a word; each distinct text is read once."""
    marked = pd.Series(False, index=frame.index)
    for name in present(frame, *(columns or ("unit", "measure"))):
        texts = frame[name].drop_duplicates().dropna()
        hits = texts[texts.astype("str").str.contains(pattern, case=False)]
        marked |= frame[name].isin(hits)
    return marked


def _scale(frame: pd.DataFrame) -> pd.Series[float]:
    """Give what a rate is out of: 100 for per cent, 1,000 for `per 1,000`; else missing."""
    if "unit" not in frame:
        return pd.Series(np.nan, index=frame.index)
    units = frame["unit"].drop_duplicates().dropna().astype("str")
    per = units.str.extract(_PER, expand=False, flags=re.IGNORECASE).str.replace(",", "")
    scale = pd.to_numeric(per).mask(units.str.contains(_SHARE, case=False), 100.0)
    known = dict(zip(units, scale.astype("float64"), strict=True))
    return frame["unit"].map(known).astype("float64")


def _printed_to(value: np.ndarray) -> float:
    """Give half the last decimal that some rates are printed with; nothing where they are exact."""
    for step in _STEPS:
        if np.all(np.abs(value / step - np.round(value / step)) < 1e-6):
            return step / 2 + 1e-9
    return 1e-6


def _problem(
    frame: pd.DataFrame, wrong: pd.Series, what: str, value: pd.Series | None = None
) -> Problem | None:
    """Say in which cells something is, and what it is."""
    rows = frame.index[wrong.fillna(False).astype(bool)].tolist()
    if not rows:
        return None
    holds = " " if value is None else f" holds {value.loc[rows[0]]:g}, "
    others = f"; the same holds of {first_cells(frame, rows[1:])}" if len(rows) > 1 else ""
    sentence = f"{cell(frame, rows[0])}{holds}{what}{others}"
    return Problem("possible_values", sentence, tuple(rows))
