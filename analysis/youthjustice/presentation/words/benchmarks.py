"""A sentence on an area beside a benchmark that leaves it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from youthjustice.presentation import numbers
from youthjustice.presentation.display import Sentence
from youthjustice.presentation.words.area_rows import approximate_words, joined
from youthjustice.presentation.words.comparison import comparison_sentence
from youthjustice.presentation.words.phrases import NO_COUNTS, listing, sentence_case


def benchmark_sentence(
    row: Mapping[str, Any] | pd.Series,
    *,
    subject: str,
    area: str,
    benchmark: str,
    unit: str = "",
    form: numbers.Form = numbers.rate,
    names: Mapping[str, str] | None = None,
    kind: str = "areas",
    confidence: float = 0.95,
    context: str = "",
    approximate: str = "",
    why: str = NO_COUNTS,
) -> Sentence:
    """Say whether an area is higher or lower than a benchmark, if the ratio of the two allows it.

    ``row`` is a row of ``compare_with``, ``area`` the name of the area and ``benchmark`` that of
    what it is compared with ("the rest of London", "its statistical neighbours together");
    ``names`` gives the labels of areas in words. Areas that were left out of the benchmark for want
    of counts are named. ``approximate`` says why counts are not exact.

    >>> row = {"rate": 145.0, "reference_rate": 230.0, "value": 0.63, "lower": 0.40, "upper": 0.95,
    ...     "areas": 9, "left_out": "Camden", "numerator": 22, "denominator": 15172,
    ...     "reference_numerator": 589, "reference_denominator": 256079}
    >>> print(benchmark_sentence(row, subject="the rate in Islington", area="Islington",
    ...     benchmark="its statistical neighbours together", unit="per 100,000"))
    The rate in Islington (145 per 100,000) was lower than that of its statistical neighbours \
together (230): ratio 0.63 (95% confidence interval 0.40 to 0.95). The benchmark is 9 areas and leaves \
Islington out. Camden is not in it for want of counts.
    """
    said = comparison_sentence(
        dict(row) | {"confidence": confidence},
        subject=subject,
        level=row["rate"],
        other=benchmark,
        other_level=row["reference_rate"],
        unit=unit,
        form=form,
        context=context,
        why=why,
    )
    many = numbers.to_float(row["areas"])
    made = f"is {numbers.count(many)} {kind} and " if many > 1 else ""
    absent = [(names or {}).get(name, name) for name in str(row["left_out"] or "").split("; ")]
    absent = [name for name in absent if name]
    are = "is" if len(absent) == 1 else "are"
    counts = ("numerator", "denominator", "reference_numerator", "reference_denominator")
    text = joined(
        said.text,
        f"The benchmark {made}leaves {area} out." if many > 0 else "",
        sentence_case(f"{listing(absent)} {are} not in it for want of counts.") if absent else "",
        approximate_words(approximate, *(row[name] for name in counts)),
    )
    return Sentence(text, kind=said.kind)
