"""What was revised between two releases of one table: compared row by row, never joined."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.checks import shifted_labels
from youthjustice.published.loading import load
from youthjustice.published.places import place

KINDS = (
    "revised", "added", "withdrawn", "newly missing", "newly given", "symbol changed",
    "unit changed", "period changed", "period not stated",
)  # fmt: skip
Marks = npt.NDArray[np.bool_]

_NOT_COMPARABLE = KINDS[-3:]
_PERIOD = ["period_start", "period_end"]
_WHERE = "_area"


def compare_releases(
    name: str, old: str, new: str, area: str | None = None, unchanged: bool = False
) -> pd.DataFrame:
    """List what one release of a table gives otherwise than another: one row for each figure.

    Rows are paired by the columns that tell rows apart in the table. Where a unit or a period
    differs under one label, or one release alone states the period, the two figures are no revision
    of each other, so no change is given.

    Args:
        name: a table that `tables` lists.
        old: the earlier release.
        new: the later release.
        area: only this area, in any spelling.
        unchanged: list the figures too that are the same in both.

    Returns:
        The key columns, then `old`, `new`, `change` (new less old, in the unit of the figure),
        `percent_change` (missing where the old figure is 0), `kind` (`revised`, `added`,
        `withdrawn`, `newly missing`, `newly given`, `symbol changed`, `unit changed`,
        `period changed`, `period not stated` in one of the two, `unchanged`), `old_symbol`,
        `new_symbol`, `old_unit` and `new_unit`, and where it is no key, the period in each.
        `attrs` hold `counts` (of each kind, `unchanged` included), `old` and `new` (the source of
        each release) and `cautions` (a sentence each, such as that labels have shifted).

    Raises:
        InputProblem: there is no such table, release or area; the table has no figures; or its
            rows cannot be told apart.

    Examples:
        >>> found = compare_releases("first_time_entrants_area", "2025-02", "2026-02", "Islington")
        >>> found.loc[found["period_end"] == "2017-12-31", ["old", "new", "kind"]].values.tolist()
        [[359.0, 365.0, 'revised']]

    """
    before, after = load(name, old), load(name, new)
    if before.attrs["release"] == after.attrs["release"]:
        raise InputProblem(f"{shown(old)} and {shown(new)} are one release of {name}: name two")
    if "all" in (before.attrs["release"], after.attrs["release"]):
        raise InputProblem(f"{shown('all')} is no release: name two of {name}")
    cautions = _cautions(before, after)
    told: dict[Hashable, Any] = {
        side: {"release": frame.attrs["release"], **frame.attrs["source"]}
        for side, frame in (("old", before), ("new", after))
    }
    given = list(after.attrs["key"])
    before, after = _figures(before, name), _figures(after, name)
    if area is not None:
        before, after = _of(before, area, name), _of(after, area, name)
    key = _key(before, after, given)
    table = _differences(_paired(before, after, key), key)
    counts = table["kind"].value_counts()
    if not unchanged:
        table = table[table["kind"] != "unchanged"].reset_index(drop=True)
    table.attrs = {
        "name": name,
        "counts": {kind: int(counts.get(kind, 0)) for kind in (*KINDS, "unchanged")},
        **told,
        "cautions": cautions,
    }
    return table


def _figures(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give rows that have the columns that are compared, and say where each is about."""
    if "value" not in frame:
        raise InputProblem(f"{name} has no column of figures, so its releases cannot be compared")
    frame = frame.copy()
    frame.attrs = {}
    for column in ("symbol", "unit"):
        if column not in frame:
            frame[column] = pd.Series(np.nan, index=frame.index, dtype="str")
    if "area_name" in frame:
        # A service that no lookup holds has a name and no code.
        names = frame["area_name"].astype("str")
        codes = frame["area_code"].astype("str") if "area_code" in frame else names
        frame[_WHERE] = codes.where(codes.notna(), names)
    return frame


def _of(frame: pd.DataFrame, area: str, name: str) -> pd.DataFrame:
    """Give the rows of one area."""
    if _WHERE not in frame:
        raise InputProblem(f"{name} is not about areas: leave the area out")
    found = place(area)
    return frame[frame[_WHERE].isin([found.code, found.name])]


def _key(before: pd.DataFrame, after: pd.DataFrame, given: Sequence[str]) -> list[str]:
    """Give the columns that tell rows apart: those of the table, without its unit if they can."""
    key = [c for c in given if c != "release" and c in before and c in after]
    key = list(dict.fromkeys(_WHERE if c in ("area_code", "area_name") else c for c in key))
    bare = [c for c in key if c != "unit"]
    return bare if not (before.duplicated(bare).any() or after.duplicated(bare).any()) else key


def _paired(before: pd.DataFrame, after: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Pair the rows of two releases, in the order of the new; what only the old has comes last."""
    for frame in (before, after):
        again = frame.duplicated(list(key)) if key else frame["value"].notna()
        if again.any():
            words = ", ".join(str(value) for value in frame.loc[again, list(key)].iloc[0])
            columns = ", ".join(c.removeprefix("_") for c in key) or "keys"
            raise InputProblem(
                f"two rows have the same {columns} ({shown(words)}), so these releases cannot be "
                "compared row by row"
            )
    told = ["area_code", "area_name", *_PERIOD, "value", "symbol", "unit"]
    told = [c for c in told if c not in key]
    old, new = (
        frame[[*key, *(c for c in told if c in frame)]].assign(_at=np.arange(len(frame)))
        for frame in (before, after)
    )
    both = old.merge(new, on=list(key), how="outer", suffixes=("_old", "_new"), indicator="_side")
    return both.sort_values(["_at_new", "_at_old"], ignore_index=True)


def _differences(both: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """Say of each pair of figures what kind of difference it shows, and how large it is."""
    old, new = both["value_old"], both["value_new"]
    there = (both["_side"] == "both").to_numpy()
    missing = old.isna().to_numpy(), new.isna().to_numpy()
    # Two ways of writing one number differ by less than this.
    equal = np.isclose(old, new, rtol=1e-12, atol=0)
    kind = np.select(
        [
            both["_side"] == "right_only",
            both["_side"] == "left_only",
            _differs(both, "unit"),
            _differs(both, "period_start") | _differs(both, "period_end"),
            _said_once(both, "period_end") & ~(missing[0] & missing[1]),
            ~missing[0] & missing[1],
            missing[0] & ~missing[1],
            ~missing[0] & ~equal,
            (both["symbol_old"].fillna("") != both["symbol_new"].fillna("")).to_numpy(),
        ],
        [
            "added", "withdrawn", "unit changed", "period changed", "period not stated",
            "newly missing", "newly given", "revised", "symbol changed",
        ],
        "unchanged",
    )  # fmt: skip
    comparable = there & ~np.isin(kind, _NOT_COMPARABLE)
    change = (new - old).where(comparable).mask(equal & comparable, 0.0)
    places = {
        column: both[f"{column}_new"].where(both[f"{column}_new"].notna(), both[f"{column}_old"])
        for column in ("area_code", "area_name")
        if f"{column}_new" in both
    }
    keys = {column: both[column] for column in key if column != _WHERE}
    periods = {
        f"{side}_{column}": both[f"{column}_{side}"]
        for side in ("old", "new")
        for column in _PERIOD
        if f"{column}_{side}" in both
    }
    return pd.DataFrame(
        {
            **places,
            **keys,
            "old": old,
            "new": new,
            "change": change,
            "percent_change": 100 * change / old.where(old != 0),
            "kind": kind,
            "old_symbol": both["symbol_old"],
            "new_symbol": both["symbol_new"],
            "old_unit": both["unit_old"] if "unit_old" in both else both["unit"],
            "new_unit": both["unit_new"] if "unit_new" in both else both["unit"],
            **periods,
        }
    )


def _differs(both: pd.DataFrame, column: str) -> Marks:
    """Find pairs in which both sides say something, and not the same."""
    if f"{column}_old" not in both:
        return np.zeros(len(both), dtype=bool)
    old, new = both[f"{column}_old"], both[f"{column}_new"]
    return (old.notna() & new.notna() & (old != new)).to_numpy(dtype=bool)


def _said_once(both: pd.DataFrame, column: str) -> Marks:
    """Find pairs in which one side alone says something."""
    if f"{column}_old" not in both:
        return np.zeros(len(both), dtype=bool)
    return (both[f"{column}_old"].isna() != both[f"{column}_new"].isna()).to_numpy(dtype=bool)


def _cautions(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Say why one label may mean two periods in the two releases."""
    said = []
    for frame in (before, after):
        unsaid = int(frame["period_end"].isna().sum()) if "period_end" in frame else 0
        if unsaid:
            said.append(
                f"release {frame.attrs['release']} does not state the period of {unsaid:,} rows, so "
                "one label may mean another period than in the other release"
            )
    wanted = {"value", "period_end", "release"}
    if wanted <= set(before.columns) and wanted <= set(after.columns):
        parts = [frame.assign() for frame in (before, after)]
        for part in parts:
            part.attrs = {}
        said += [problem.message for problem in shifted_labels(pd.concat(parts, ignore_index=True))]
    return said
