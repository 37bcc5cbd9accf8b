"""Tables of counts of a followed cohort: who reoffended, how soon, and how seriously.

Each entry has one *path*: none, or how soon the first reoffence was and what the most serious one led
to. What a table shows is a sum of paths, so that disclosure control sees how all of it hangs together.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from youthjustice.records.breakdowns import age_bands
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.steps import TOTAL

REOFFENDED = "reoffended"
SOON = {"within 3 months": 91, "within 6 months": 182, "within 9 months": 273}
"""Days from the entry to the first reoffence, the last of them counted in."""
SERIOUS = {
    "led at most to a caution": "caution",
    "led to a conviction": "conviction",
    "led to custody": "custody",
}
"""What the most serious reoffence led to, as `Cohort.members` names it."""

_NONE, _LATER = "none", "later"


def reoffence_paths() -> dict[str, list[str]]:
    """Give the paths that each row of the tables is the sum of.

    >>> reoffence_paths()["within 6 months"][:2], len(reoffence_paths()["All"])
    (['within 3 months, caution', 'within 3 months, conviction'], 13)
    """
    times = [*SOON, _LATER]
    some = {time: [f"{time}, {kind}" for kind in SERIOUS.values()] for time in times}
    found = {REOFFENDED: [path for time in times for path in some[time]]}
    for at, time in enumerate(SOON):
        found[time] = [path for earlier in times[: at + 1] for path in some[earlier]]
    for name, kind in SERIOUS.items():
        found[name] = [f"{time}, {kind}" for time in times]
    return {**found, TOTAL: [*found[REOFFENDED], _NONE]}


def reoffence_table(members: pd.DataFrame, by: str, groups: Sequence[str]) -> pd.DataFrame:
    """Count the entries of a year and those that led to a reoffence, a row for each group, and all.

    >>> members = pd.DataFrame({"sex": ["male", "female"], "reoffences": [2, 0]})
    >>> reoffence_table(members, "sex", ["female", "male"]).to_numpy().tolist()[-1]
    ['reoffended', 'All', 1]
    """
    rows = []
    for name, own in ((TOTAL, members), (REOFFENDED, members[members["reoffences"] > 0])):
        counts = own[by].astype("str").value_counts().reindex(list(groups), fill_value=0)
        rows += [(name, group, int(number)) for group, number in counts.items()]
        rows.append((name, TOTAL, len(own)))
    return pd.DataFrame(rows, columns=["reoffence", by, "entries"])


def reoffence_totals(members: pd.DataFrame, detail: bool = True) -> pd.DataFrame:
    """Count the entries of a year, and with ``detail`` how soon and how serious reoffences were.

    >>> members = pd.DataFrame({"reoffences": [2, 0], "days": [100, 365],
    ...                         "most_serious_reoffence": ["conviction", None]})
    >>> reoffence_totals(members).to_numpy().tolist()[1:4]
    [['reoffended', 1], ['within 3 months', 0], ['within 6 months', 1]]
    """
    again = members[members["reoffences"] > 0]
    numbers = {TOTAL: len(members), REOFFENDED: len(again)}
    if detail:
        numbers |= {name: int((again["days"] <= last).sum()) for name, last in SOON.items()}
        worst = again["most_serious_reoffence"]
        numbers |= {name: int((worst == kind).sum()) for name, kind in SERIOUS.items()}
    return pd.DataFrame(list(numbers.items()), columns=["reoffence", "entries"])


def with_age_band(cohort: Cohort) -> pd.DataFrame:
    """Give the members of a cohort with the band of their age at entry."""
    members = cohort.members
    return members.assign(age_band=age_bands(members["age"].to_numpy()).to_numpy())
