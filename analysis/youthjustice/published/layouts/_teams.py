"""Youth offending teams and youth justice services by the names that publications print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from youthjustice._spelling import plain
from youthjustice.published.loading import lookup
from youthjustice.published.places import known_places

COLUMNS = ("area_code", "area_name", "area_type", "region")
Find = Callable[[str, Any], tuple[str | None, ...]]


def teams(names: pd.Series, until: pd.Series) -> pd.DataFrame:
    """Find the area of each team of the years when teams were those of authorities.

    A team of one authority is that authority, as in the table `disposals_area_2012_13`; a team of
    several is a service. An authority whose boundaries changed after the period, so that two or
    more took its place, is the one of that time.

    Args:
        names: the names as printed, of teams, regions and countries.
        until: the last day of each row's period.

    Returns:
        The columns of COLUMNS with the index of `names`. A name that no lookup holds stays as it
        is printed, as a service without a code.

    """
    members = lookup("services").groupby("service")["area_code"].agg(set)
    canonical, before = _service_names(), _boundaries_before()
    places = known_places(names.dropna().unique())

    def find(name: str, day: pd.Timestamp) -> tuple[str | None, ...]:
        known = places.get(name)
        service = canonical.get(plain(name))
        if known is None or known.kind == "service":
            region = known.region if known else ""
            return None, known.name if known else name, "service", region or None
        several = members.get(service, set()) if service else set()
        if known.code in several and len(several) > 1:
            return None, service, "service", known.region or None
        code, title = known.code, known.name
        for closed, its_name, base, ended in before:
            if plain(title) == base and pd.notna(day) and day < ended:
                code, title = closed, its_name
        return code or None, title, known.kind, known.region or None

    return _each(names, until, find)


def services(names: pd.Series) -> pd.DataFrame:
    """Find the youth justice service of each name, though an authority may have the same name.

    Returns:
        The columns of COLUMNS with the index of `names`: services have no code. A name that no
        lookup holds stays as it is printed.

    """
    canonical = _service_names()
    table, areas = lookup("services"), lookup("areas").set_index("area_code")["region"]
    found = table.assign(region=table["area_code"].map(areas))[["service", "region"]]
    found = found.drop_duplicates().drop_duplicates("service", keep=False)
    one_region = dict(zip(found["service"], found["region"], strict=True))

    def find(name: str, _: object) -> tuple[str | None, ...]:
        service = canonical.get(plain(name))
        region = one_region.get(service or "")
        return None, service or name, "service", region if isinstance(region, str) else None

    return _each(names, pd.Series(pd.NaT, index=names.index), find)


def regions(names: pd.Series) -> pd.Series:
    """Give regions and Wales as the lookups write them, and other names as missing."""
    known = known_places(names.dropna().unique())
    kept = {
        name: one.name for name, one in known.items() if one.kind == "region" or one.name == "Wales"
    }
    return names.map(kept)


def is_known(name: str) -> bool:
    """Tell whether the lookups hold an area or a service of this name."""
    return bool(known_places([name])) or plain(name) in _service_names()


def _service_names() -> dict[str, str]:
    """Give the services by every spelling of their names, the official one first."""
    spelt = lookup("area_names").dropna(subset=["service"])
    other = dict(zip(spelt["name"].map(plain), spelt["service"], strict=True))
    own = lookup("services")["service"].unique()
    return other | {plain(name): name for name in own}


def _boundaries_before() -> list[tuple[str, str, str, pd.Timestamp]]:
    """List the closed authorities that had today's name of an area with other boundaries."""
    table = lookup("areas")
    split = table["replaced_by"].fillna("").str.contains(";", regex=False)
    named = table["area_name"].str.extract(r"^(.*?) \(before ", expand=False)
    rows = table[split & named.notna() & table["closed_on"].notna()]
    return [
        (code, title, plain(base), pd.Timestamp(ended))
        for code, title, base, ended in zip(
            rows["area_code"], rows["area_name"], named[rows.index], rows["closed_on"], strict=True
        )
    ]


def _each(names: pd.Series, until: pd.Series, find: Find) -> pd.DataFrame:
    """Look each distinct pair of a name and a day up once."""
    pairs = pd.DataFrame({"name": names, "until": until}, index=names.index)
    distinct = pairs.drop_duplicates()
    rows = [find(name, day) for name, day in zip(distinct["name"], distinct["until"], strict=True)]
    looked = pd.DataFrame(rows, columns=list(COLUMNS), index=distinct.index).astype("object")
    codes = pairs.groupby(["name", "until"], sort=False, dropna=False).ngroup()
    return looked.iloc[codes.to_numpy()].set_axis(names.index)
