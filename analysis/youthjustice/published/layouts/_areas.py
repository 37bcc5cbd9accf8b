"""The areas that a publication names, by DfE number, by GSS code or by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import pandas as pd

from youthjustice.published.loading import lookup
from youthjustice.published.places import Place, known_places, places

COLUMNS = ("area_code", "area_name", "area_type", "region", "closed")
NO_PLACES: Mapping[str, str] = MappingProxyType({})


def areas_by_number(numbers: pd.Series, names: pd.Series) -> pd.DataFrame:
    """Find areas by the numbers that the Department for Education gives them, else by name.

    Returns the columns of COLUMNS. An area that no lookup holds keeps the name as printed, and
    has no code.
    """
    return _found(_digits(numbers), names, _by_number().get)


def contradiction(numbers: pd.Series, names: pd.Series) -> tuple[int, str, str] | None:
    """Find the first row whose number and name are of two areas that we know: its place, and both.

    One authority may have followed another of its name, with another number: that is no
    contradiction.
    """
    pairs = pd.DataFrame({"number": _digits(numbers).to_numpy(), "name": names.to_numpy()})
    distinct = pairs.drop_duplicates().dropna()
    by_number, named = _by_number(), known_places(distinct["name"].unique())
    for at, number, name in distinct.itertuples():
        one, other = by_number.get(number), named.get(name)
        if one and other and one.name != other.name:
            return int(at), one.name, other.name
    return None


def _by_number() -> dict[str, Place]:
    return {one.dfe_number: one for one in places(closed=True) if one.dfe_number}


def _digits(numbers: pd.Series) -> pd.Series:
    return numbers.astype("str").str.extract(r"^\s*(\d+)(?:\.0+)?\s*$", expand=False)


def areas_by_name(names: pd.Series, meaning: Mapping[str, str] = NO_PLACES) -> pd.DataFrame:
    """Find areas by name; `meaning` gives the code of a name that means another area here."""
    nothing = pd.Series(pd.NA, index=names.index, dtype="str")
    return _found(nothing, names.replace(dict(meaning)), lambda _: None)


def areas_by_code(codes: pd.Series, names: pd.Series) -> pd.DataFrame:
    """Find areas by GSS code, districts of counties among them (`part_of` says of which).

    A code that no lookup holds is kept with the name as printed.
    """
    by_code = {one.code: one for one in places(closed=True) if one.code}
    trimmed = codes.astype("str").str.strip()
    found = _found(trimmed, names, by_code.get)
    districts = lookup("population_area").query("area_type == 'lower_tier'")
    districts = districts.drop_duplicates("area_code").set_index("area_code")
    lower = trimmed.isin(districts.index) | trimmed.str.startswith("E07")
    for column in ("area_name", "region", "part_of"):
        known = trimmed.map(districts[column])
        found[column] = known if column == "part_of" else found[column].mask(known.notna(), known)
    found["area_type"] = found["area_type"].mask(lower, "lower_tier")
    found["area_code"] = found["area_code"].fillna(trimmed.where(trimmed.str.len() == 9))
    return found


def _found(
    keys: pd.Series, names: pd.Series, by_key: Callable[[str], Place | None]
) -> pd.DataFrame:
    """Look each distinct pair of key and printed name up once."""
    pairs = pd.DataFrame({"key": keys, "name": names.astype("object")})
    distinct = pairs.drop_duplicates()
    named = known_places(distinct["name"].unique())
    rows = [
        _row((by_key(key) if isinstance(key, str) else None) or named.get(name), name)
        for key, name in zip(distinct["key"], distinct["name"], strict=True)
    ]
    looked = pd.DataFrame(rows, columns=list(COLUMNS), index=distinct.index).astype("object")
    codes = pairs.groupby(["key", "name"], sort=False, dropna=False).ngroup()
    found = looked.iloc[codes.to_numpy()].set_axis(names.index)
    return found.astype({"closed": "bool"})


def _row(one: Place | None, name: object) -> tuple[object, ...]:
    """Give the columns of one area; None stands for what it does not have."""
    if one is None:
        return None, name, None, None, False
    return one.code or None, one.name, one.kind, one.region or None, bool(one.closed_on)
