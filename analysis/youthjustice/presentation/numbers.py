"""Write numbers as a reader should meet them: rounded once, here, and never past what they say.

Three rules hold in every function. A number is rounded half away from zero on its decimal form, as
published tables are (Python's own ``round(62.5)`` is 62). A number that is not zero is never
printed as zero. A bound that lies above 1 is never printed as 1 when the sentence turns on it.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache, partial
from typing import Any, Protocol

MINUS = "\u2212"
NOT_AVAILABLE = "not available"
NO_UPPER = "no upper limit"
NO_LOWER = "no lower limit"

_MOST_DECIMALS = 6
# Wide enough for any float; the default of 28 digits would refuse large ones.
_CONTEXT = Context(prec=400)


class Form(Protocol):
    """A function that writes one number, such as `ratio` or `percent`."""

    def __call__(self, value: Any, *, apart_from: float | None = None) -> str:
        """Return the number as text, keeping it visibly apart from ``apart_from``."""


def decimal(
    value: Any, decimals: int = 0, *, apart_from: float | None = None, signed: bool = False
) -> str:
    """Write a number with thousands separators and a fixed number of decimals.

    Decimals are added (up to six) when the number would otherwise be printed as zero, or as
    ``apart_from``, without being it. ``signed`` prints the plus sign too.

    >>> decimal(1234.5)
    '1,235'
    >>> decimal(0.0004, 1), decimal(1.004, 2, apart_from=1)
    ('0.0004', '1.004')
    >>> decimal(-62.8, 1) == MINUS + "62.8"
    True
    >>> decimal(float("nan")), decimal(float("inf"))
    ('not available', 'no upper limit')
    """
    avoid = () if apart_from is None else (apart_from,)
    return _written(to_float(value), decimals, avoid, signed)


def count(value: Any, *, apart_from: float | None = None) -> str:
    """Write a whole number with thousands separators.

    >>> count(5635156)
    '5,635,156'
    """
    return decimal(value, 0, apart_from=apart_from)


def ratio(value: Any, decimals: int = 2, *, apart_from: float | None = None) -> str:
    """Write a ratio with two decimals.

    >>> ratio(0.9543), ratio(2.675)
    ('0.95', '2.68')
    """
    return decimal(value, decimals, apart_from=apart_from)


def rate(
    value: Any,
    per: float | None = None,
    decimals: int | None = None,
    *,
    apart_from: float | None = None,
) -> str:
    """Write a rate: whole from 100, one decimal from 10, two below; ``per`` adds its base.

    A rate that is whole already, as many are published, is given no decimals.

    >>> rate(145.2, per=100_000), rate(20.06), rate(3.456), rate(42)
    ('145 per 100,000', '20.1', '3.46', '42')
    """
    number = to_float(value)
    places = _rate_decimals(number) if decimals is None else decimals
    text = decimal(number, places, apart_from=apart_from)
    return f"{text} per {count(per)}" if per is not None and math.isfinite(number) else text


def percent(
    value: Any, decimals: int = 1, *, scale: float = 100, apart_from: float | None = None
) -> str:
    """Write a proportion (0 to 1) as a percentage; ``scale=1`` for a figure already in per cent.

    A share just under the whole is never printed as 100%.

    >>> percent(0.521), percent(37.4, scale=1), percent(0.99996), percent(0)
    ('52.1%', '37.4%', '99.996%', '0.0%')
    """
    number = to_float(value) * scale
    avoid = (100.0,) if apart_from is None else (100.0, apart_from * scale)
    text = _written(number, decimals, avoid)
    return text + "%" if math.isfinite(number) else text


def per_hundred(value: Any, decimals: int = 1, *, apart_from: float | None = None) -> str:
    """Write a number that is a percentage already.

    >>> per_hundred(52.1), per_hundred(37.44, 0)
    ('52.1%', '37%')
    """
    return percent(value, decimals, scale=1, apart_from=apart_from)


def whole_percent(value: Any, *, apart_from: float | None = None) -> str:
    """Write a proportion as a whole per cent, as changes are spoken of.

    >>> whole_percent(-0.7299)
    '\u221273%'
    """
    return percent(value, 0, apart_from=apart_from)


def p_value(value: Any) -> str:
    """Write a p-value to three decimals, never rounding it across .05 and never as zero.

    >>> p_value(0.0141), p_value(0.0000001), p_value(0.04996), p_value(1)
    ('p = 0.014', 'p < 0.001', 'p = 0.04996', 'p > 0.99')
    """
    number = to_float(value)
    if math.isnan(number):
        return f"p {NOT_AVAILABLE}"
    if number < 0.001:
        return "p < 0.001"
    if number > 0.99:
        return "p > 0.99"
    return f"p = {decimal(number, 3, apart_from=0.05)}"


def interval(
    value: Any,
    lower: Any,
    upper: Any,
    *,
    form: Form = ratio,
    confidence: float = 0.95,
    name: str = "confidence interval",
    null: float | None = None,
    unit: str = "",
) -> str:
    """Write a value with its interval, in full words.

    ``null`` is the value of no difference: a bound on one side of it is printed on that side.
    ``unit`` follows the value. ``name`` says what the interval is when it is no confidence
    interval, for example ``"rounding bounds"``, and then no confidence is printed.

    >>> interval(0.95, 0.45, 2.02)
    '0.95 (95% confidence interval 0.45 to 2.02)'
    >>> interval(145, 110, 190, form=rate, unit=" per 100,000")
    '145 per 100,000 (95% confidence interval 110 to 190)'
    >>> interval(3.1, 1.2, float("inf"))
    '3.10 (95% confidence interval from 1.20, not estimable above)'
    >>> interval(52.1, float("nan"), float("nan"))
    '52.10 (no interval available)'
    """
    form = _steady(form, value)
    main = form(value, apart_from=null)
    if main == NOT_AVAILABLE:
        return main
    ends = limits(lower, upper, form=form, confidence=confidence, name=name, null=null)
    return f"{main}{unit} ({ends})"


def limits(
    lower: Any,
    upper: Any,
    *,
    form: Form = ratio,
    confidence: float = 0.95,
    name: str = "confidence interval",
    null: float | None = None,
) -> str:
    """Write an interval alone, in full words.

    >>> limits(1.004, 2.3, null=1)
    '95% confidence interval 1.004 to 2.30'
    >>> limits(0.4, 0.6, name="rounding bounds")
    'rounding bounds 0.40 to 0.60'
    """
    low, high = to_float(lower), to_float(upper)
    if math.isnan(low) and math.isnan(high):
        return "no interval available"
    form = _steady(form, high if math.isfinite(high) else low)
    label = f"{confidence * 100:.4g}% {name}" if name == "confidence interval" else name
    low_text, high_text = form(low, apart_from=null), form(high, apart_from=null)
    if math.isinf(low) and math.isinf(high):
        return f"{label} not estimable"
    if not math.isfinite(high):
        end = "not estimable above" if math.isinf(high) else "upper end not available"
        return f"{label} from {low_text}, {end}"
    if not math.isfinite(low):
        end = "not estimable below" if math.isinf(low) else "lower end not available"
        return f"{label} up to {high_text}, {end}"
    return f"{label} {low_text} to {high_text}"


def to_float(value: Any) -> float:
    """Return a float, with NaN for anything missing (None, NaN, pandas' NA)."""
    try:
        return float(value)
    except TypeError:
        return math.nan


@lru_cache(maxsize=8192)
def _written(number: float, decimals: int, avoid: tuple[float, ...], signed: bool = False) -> str:
    """Round and write a number, adding decimals until it is none of ``avoid`` and not zero."""
    if math.isnan(number):
        return NOT_AVAILABLE
    if math.isinf(number):
        return NO_UPPER if number > 0 else NO_LOWER
    exact = _exact(number)
    shown = _rounded(exact, decimals)
    taken = {Decimal(0), *map(_exact, avoid)} - {exact}
    if shown in taken:
        finer = (_rounded(exact, places) for places in range(decimals + 1, _MOST_DECIMALS + 1))
        shown = next((candidate for candidate in finer if candidate not in taken), shown)
    text = f"{abs(shown):,f}"
    if shown < 0:
        return MINUS + text
    return f"+{text}" if signed and shown > 0 else text


def _rate_decimals(number: float) -> int:
    """Return enough decimals for about three figures, and none for a whole number."""
    size = abs(number)
    return 0 if size >= 100 or number.is_integer() else 1 if size >= 10 else 2


def _steady(form: Form, value: Any) -> Form:
    """Fix the decimals of a rate, so that its bounds are written as finely as the rate itself."""
    return partial(rate, decimals=_rate_decimals(to_float(value))) if form is rate else form


def _exact(value: float) -> Decimal:
    """Return the decimal a reader would write, free of the dust of binary arithmetic."""
    return Decimal(f"{value:.15g}")


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _CONTEXT)
