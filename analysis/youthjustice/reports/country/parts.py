"""How much of a national change is who is counted: by sex, earlier offences, offence, ethnic group."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd

from youthjustice.measures import decompose
from youthjustice.presentation import (
    Behind,
    Chart,
    Sentence,
    Table,
    dates,
    decomposition_bars,
    decomposition_sentence,
    numbers,
    sentence_case,
)
from youthjustice.reports.citing import cite, load_light, origins, traced
from youthjustice.reports.section import Displays, Heading, Section
from youthjustice.reports.sections.national_figures import CUSTODY
from youthjustice.reports.sections.wording import of_groups, spans

_COUNTS = ("numerator", "denominator")
_BREAKDOWNS = {
    "sex": "sex",
    "previous_offences": "number of previous offences",
    "offence": "offence",
}
# No child of 2010 had the offence "Other"; an empty stratum cannot be divided by.
_JOINED = {"Other": "Miscellaneous crimes against society"}
_HELD = ("value", "lower", "upper")
_NAMES = {"composition": "who is counted", "rate within groups": "rates within groups"}
_POINTS = partial(numbers.decimal, decimals=2, signed=True)


class Parts(NamedTuple):
    """The parts of one change by one breakdown, and the years between which it lies."""

    by: str
    frame: pd.DataFrame
    first: pd.Timestamp
    last: pd.Timestamp


def national_parts() -> Section:
    """Divide the changes of reoffending and of custody into who is counted and rates within groups.

    >>> print(national_parts().items[2].texts()["Who is counted"].tolist())
    ['+1.38 (+1.26 to +1.50)', '+1.50 (+1.22 to +1.79)', '\N{MINUS SIGN}1.47 (\N{MINUS SIGN}1.72 to \
\N{MINUS SIGN}1.22)']
    """
    reoffending = reoffending_rows()
    found = [parts_of(reoffending, by) for by in _BREAKDOWNS]
    custody = custody_rows()
    by_group = parts_of(custody, "ethnic_group")
    source = f"{cite(reoffending)}; parts are own analysis"
    items: list[Displays] = [
        Sentence(
            "A rate can move because other children are counted, or because the rates within groups "
            "move. Each row below divides the same change by one breakdown; the breakdowns are not "
            "added to one another.",
            kind="note",
        ),
        Heading("Reoffending, on the 3-month measure"),
        traced(_table(found, source), origins(reoffending), "decomposition"),
        Sentence(
            "The source of the data changed in October 2015, within this span. What an offence is "
            "recorded as is decided by the same police and courts as the rate, so what it explains "
            "may be part of what is to be explained. By disposal nothing is divided: a child may "
            "have several.",
            kind="caution",
        ),
        Heading("Custody of children sentenced, by ethnic group"),
        traced(_told(by_group), origins(custody), "decomposition", inputs=_inputs(custody)),
        traced(_chart(by_group, cite(custody)), origins(custody), "decomposition",
               inputs=_inputs(custody)),
        Sentence(
            "By area and by ethnic group among all children nothing can be divided: populations aged 10 "
            "to 17 by year and place, or by year and ethnic group, are not at hand.",
            kind="method",
        ),
    ]  # fmt: skip
    return Section("How much is who is counted?", "national-parts", tuple(items))


def reoffending_rows() -> pd.DataFrame:
    """Give the annual 3-month cohorts by every breakdown that holds each child of a cohort once.

    Disposals do not: a child may have several, and they add up to more than the cohort.
    """
    table = load_light("reoffending_national_breakdowns")
    rows = table[(table["frequency"] == "annual") & (table["measure"] == "cohorts_3_month")]
    rows = rows[rows["breakdown"].isin(_BREAKDOWNS)].astype(dict.fromkeys(_COUNTS, "float64"))
    rows["offence"] = rows["offence"].replace(_JOINED)
    keys = ["breakdown", *_BREAKDOWNS, "period_end", "source"]
    return rows.groupby(keys, as_index=False)[list(_COUNTS)].sum()


def custody_rows() -> pd.DataFrame:
    """Give children sentenced, and sentenced to custody, by ethnic group and year."""
    table = load_light("children_by_stage_national")
    rows = table[(table["stage"] == CUSTODY) & table["denominator"].notna()]
    found: pd.DataFrame = rows.astype(dict.fromkeys(_COUNTS, "float64")).assign(
        breakdown="ethnic_group"
    )
    found.attrs = {}
    return found


def parts_of(rows: pd.DataFrame, by: str) -> Parts:
    """Divide the change from the first year to the last by one breakdown."""
    mine = rows[rows["breakdown"] == by]
    first, last = mine["period_end"].min(), mine["period_end"].max()
    frame = decompose(
        mine[[by, "period_end", *_COUNTS]],
        by,
        numerator="numerator",
        denominator="denominator",
        between="period_end",
        first=first,
        last=last,
    )
    return Parts(by, frame, first, last)


def _table(found: list[Parts], source: str) -> Table:
    one = found[0]
    shown = pd.DataFrame({"by": [sentence_case(_BREAKDOWNS[parts.by]) for parts in found]})
    for kind in (*_NAMES, "total"):
        for name in _HELD:
            shown[f"{kind}_{name}"] = [parts.frame.set_index("kind")[name][kind] for parts in found]
        limits = spans(shown[f"{kind}_lower"], shown[f"{kind}_upper"], _POINTS)
        shown[kind] = shown[f"{kind}_value"].map(_POINTS) + " (" + limits + ")"
    return Table(
        shown,
        caption="Change of the reoffending rate in England and Wales from the "
        f"{dates.year_ending(one.first)} to the {dates.year_ending(one.last)}, by breakdown, "
        "percentage points (95% interval)",
        columns={
            "by": "Divided by",
            "composition": "Who is counted",
            "rate within groups": "Rates within groups",
            "total": "Change",
        },
        align_right=(*_NAMES, "total"),
        behind={
            kind: Behind(f"{kind}_value", f"{kind}_lower", f"{kind}_upper", "percentage points")
            for kind in (*_NAMES, "total")
        },
        source=source,
    )


def _told(parts: Parts) -> Sentence:
    return decomposition_sentence(
        parts.frame,
        subject="the share sentenced to custody",
        start=f"the {dates.year_ending(parts.first)}",
        end=f"the {dates.year_ending(parts.last)}",
        names={"composition": "the ethnic make-up of those sentenced"} | _only_rates(),
        context="Of children sentenced for indictable offences in England and Wales",
    )


def _chart(parts: Parts, source: str) -> Chart:
    return decomposition_bars(
        parts.frame,
        title="Children sentenced to custody: ethnic make-up, or rates within groups?",
        measure="the share of children sentenced who go to custody, England and Wales",
        start=f"the {dates.year_ending(parts.first)}",
        end=f"the {dates.year_ending(parts.last)}",
        names={"composition": "ethnic make-up"} | _only_rates(),
        source=f"{source}; parts are own analysis",
        name="custody-parts",
    )


def _only_rates() -> dict[str, str]:
    return {"rate within groups": _NAMES["rate within groups"]}


def _inputs(rows: pd.DataFrame) -> dict[str, str]:
    ends = rows[rows["period_end"].isin([rows["period_end"].min(), rows["period_end"].max()])]
    return {dates.year_ending(day): of_groups(part) for day, part in ends.groupby("period_end")}
