"""The section on the key performance indicators that a service brings with its extract."""

from __future__ import annotations

import numpy as np
import pandas as pd

from youthjustice.presentation import Behind, Sentence, Table, numbers
from youthjustice.presentation.released import RECORDS, marked
from youthjustice.presentation.released_parts import shares_written, shown_shares
from youthjustice.presentation.words.own_records import INDICATORS, no_figures_sentence
from youthjustice.records.steps import TOTAL
from youthjustice.reports.own.counting import MET, NOT_SAID
from youthjustice.reports.own.family import Family
from youthjustice.reports.own.parts import own_section
from youthjustice.reports.section import Section

TITLE, ANCHOR = "Own records: key performance indicators", "own-indicators"
_KEYS = ["indicator", "definition_version", "at"]


def indicators_section(counted: Family | None) -> Section:
    """Show each indicator as its denominator, its numerator and a share with its interval."""
    if counted is None:
        why = "there is no file indicators.csv in the folder of the extract"
        return Section(TITLE, ANCHOR, (no_figures_sentence("the ten indicators", why),))
    (released,) = counted.released
    rows = released.frame
    both = [
        rows[rows["met"] == name][[*_KEYS, released.count]].rename(columns={released.count: new})
        for name, new in ((TOTAL, "of"), (MET, "number"))
    ]
    frame = both[0].merge(both[1], on=_KEYS)
    frame = frame.sort_values(
        _KEYS, key=lambda column: column.map(_place), kind="stable", ignore_index=True
    )
    met, of = (frame[name].to_numpy("float64", na_value=np.nan) for name in ("number", "of"))
    share = shown_shares(met, of, released.policy)
    shown = pd.DataFrame(
        {
            **{name: frame[name] for name in _KEYS},
            "of": frame["of"],
            "met": frame["number"],
            "percent": shares_written(share.value, share.lower, share.upper),
            "value": share.value,
            "lower": share.lower,
            "upper": share.upper,
            "symbol": "c",
        }
    )
    table = Table(
        shown,
        marked(released, "Key performance indicators"),
        columns={
            "indicator": "Indicator",
            "definition_version": "Definition",
            **({"at": "At"} if (frame["at"] != NOT_SAID).any() else {}),
            "of": "Counted",
            "met": "Met",
            "percent": "Percentage (95% interval)",
        },
        formats={"of": numbers.count, "met": numbers.count},
        align_right=("percent",),
        behind={"percent": Behind("value", "lower", "upper", "share of 1")},
        source=RECORDS,
    )
    items = (Sentence(INDICATORS, "method"), table)
    return own_section(TITLE, ANCHOR, items, counted.released, counted.nested)


def _place(value: str) -> tuple[int, str]:
    """Order indicators by number and the start before the end."""
    number = value.partition(".")[0]
    return (int(number) if number.isdigit() else 0, {"start": "0", "end": "1"}.get(value, value))
