"""Write an extract of invented children, of any size, with what is true of it beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.records.dummy_indicators import write_dummy_indicators
from youthjustice.records.dummy_lives import (
    CARE,
    CHANCES,
    CODES,
    EXTRACT,
    NEEDS,
    OUTCOMES,
    REMANDS,
    SERVICES,
    SEXES,
    SHARES,
    Days,
    Lives,
    lives,
)
from youthjustice.records.dummy_truth import GROUPS, cohorts, entrants, kinds_of_rows
from youthjustice.records.indicator_rows import FILE as INDICATORS

MOST_AS_TEXT = 10_000
"""Children; larger extracts are written as parquet."""

_PART = 100_000
_MOST_INDICATED = 400
"""Rows of each indicator: of the children whose orders end in a quarter, a service has few."""
_POPULATION_PER_CHILD = 12
_ABOUT = """\
# Dummy records

Every child in this folder is invented: {children:,} children and {offences:,} offences, made by
`youthjustice dummy-records` with the seed {seed}. Nothing here is about anyone, and no figure made of
these files says anything about a service. Identifiers begin with DUMMY.

`truth.json` says what is true of the whole extract: the children, reoffenders and reoffences of every
quarter by ethnic group, first-time entrants, and the chances that the lives were made with.
"""


def dummy_records(
    folder: str | Path, children: int = 2_000, seed: int = 1, messy: bool = False
) -> Path:
    """Write an extract of invented children to a folder, with what is true of it in `truth.json`.

    The same number and seed give the same lives. Up to 10,000 children are written as CSV, more as
    parquet in parts, so that any number fits in memory. A messy extract is CSV as case systems write
    it: their headings and codes, dates day first, two encodings, spaces, copies, breaches, missing
    dates, formulas in names, and rows that have to be refused, which `truth.json` counts.

    Returns:
        The folder, which is made where it is not there.

    Raises:
        InputProblem: a number that is none, a folder that holds other files, or a messy extract of
            more than 10,000 children.

    Examples:
        >>> import json, tempfile
        >>> from youthjustice.records import read_extract
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     made = dummy_records(folder, children=300, seed=4)
        ...     extract, truth = read_extract(made), json.loads((made / "truth.json").read_text())
        >>> len(extract.children), len(extract.offences) == truth["offences"], extract.refused.empty
        (300, True, True)

    """
    many, seed = _whole("children", children, 1), _whole("seed", seed, 0)
    if messy and many > MOST_AS_TEXT:
        raise InputProblem(
            f"a messy extract holds at most {MOST_AS_TEXT:,} children: ask for fewer, or leave messy out"
        )
    place = _ready(Path(folder))
    width = max(6, len(str(many)))
    counted: dict[str, Any] = {
        "offences": 0,
        "cohorts": [],
        "entrants": [],
        "kinds": [],
        "mess": {},
    }
    parts = _parts(many, seed, width, counted)
    if many > MOST_AS_TEXT:
        _write_parquet(place, parts)
    else:
        young, acts = next(parts)
        _write_text(place, young, acts, seed, counted if messy else None)
        next(parts, None)
    write_dummy_indicators(place / INDICATORS, min(many // 10, _MOST_INDICATED), seed)
    truth = _truth(many, seed, counted)
    (place / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    about = _ABOUT.format(children=many, offences=truth["offences"], seed=seed)
    (place / "README.md").write_text(about, encoding="utf-8")
    return place


def _whole(name: str, value: object, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < least:
        raise InputProblem(f"{name} is {shown(value)}: give a whole number from {least} on")
    return int(value)


def _ready(folder: Path) -> Path:
    """Make the folder; one that holds anything but an earlier dummy extract is left alone."""
    if folder.exists() and not folder.is_dir():
        raise InputProblem(f"{shown(folder.name)} is a file: name a folder")
    folder.mkdir(parents=True, exist_ok=True)
    ours = {f"{name}.{end}" for name in ("children", "offences") for end in ("csv", "parquet")}
    ours |= {INDICATORS}
    strange = sorted({one.name for one in folder.iterdir()} - {*ours, "truth.json", "README.md"})
    real = any((folder / name).exists() for name in ours) and not (folder / "truth.json").exists()
    if strange or real:
        held = strange[0] if strange else "records without truth.json"
        raise InputProblem(
            f"{shown(folder.name)} holds {shown(held)}, which no dummy extract has: name a new folder"
        )
    for name in ours:
        (folder / name).unlink(missing_ok=True)
    return folder


def _parts(
    many: int, seed: int, width: int, counted: dict[str, Any]
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Give the two tables some children at a time, and count what is true of them."""
    for part, before in enumerate(range(0, many, _PART)):
        some = lives(min(_PART, many - before), seed, part)
        counted["offences"] += len(some.offences["child"])
        counted["cohorts"].append(cohorts(some))
        counted["entrants"].append(entrants(some))
        counted["kinds"].append(kinds_of_rows(some))
        yield _tables(some, before, width)


def _tables(some: Lives, before: int, width: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give lives the columns of the schema; texts are categories, which repeat nothing."""
    young, acts = some.children, some.offences
    numbers = np.arange(before + 1, before + 1 + len(young["born"]))
    ids = np.char.add("DUMMY-", np.char.zfill(numbers.astype("str"), width))
    children = pd.DataFrame(
        {
            "child_id": pd.Series(ids, dtype="str"),
            "date_of_birth": _dates(young["born"]),
            "sex": _texts(young["sex"], SEXES),
            "ethnic_group": _texts(young["group"], GROUPS),
            "service": _texts(young["service"], SERVICES),
            "care_status": _texts(young["care"], CARE),
            "special_educational_needs": _texts(young["needs"], NEEDS),
        }
    )
    offences = pd.DataFrame(
        {
            "child_id": _texts(acts["child"], ids),
            "offence_date": _dates(acts["offence"]),
            "offence_code": _texts(acts["code"], CODES),
            "offence_seq": acts["seq"],
            "outcome_type": _texts(acts["kind"], OUTCOMES),
            "outcome_date": _dates(acts["outcome"]),
            "release_date": _dates(acts["release"]),
            "is_breach": acts["breach"],
            "remand": _texts(acts["remand"], REMANDS),
        }
    )
    return children, offences


def _dates(days: Days) -> npt.NDArray[Any]:
    return days.astype("datetime64[D]").astype("datetime64[us]")  # `NEVER` is a date that is none


def _texts(places: npt.NDArray[Any], names: Any) -> pd.Categorical:
    return pd.Categorical.from_codes(places, pd.Index(names, dtype="str"))


def _write_parquet(place: Path, parts: Iterator[tuple[pd.DataFrame, pd.DataFrame]]) -> None:
    """Write both tables part by part, texts as texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writers: dict[str, Any] = {}
    try:
        for both in parts:
            for name, frame in zip(("children", "offences"), both, strict=True):
                table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(
                    None
                )
                fields = [
                    field.with_type(pa.string()) if pa.types.is_dictionary(field.type)
                    or pa.types.is_large_string(field.type) else field
                    for field in table.schema
                ]  # fmt: skip
                table = table.cast(pa.schema(fields))
                if name not in writers:
                    writers[name] = pq.ParquetWriter(place / f"{name}.parquet", table.schema)
                writers[name].write_table(table)
    finally:
        for writer in writers.values():
            writer.close()


def _write_text(
    place: Path, young: pd.DataFrame, acts: pd.DataFrame, seed: int, counted: dict[str, Any] | None
) -> None:
    if counted is not None:
        from youthjustice.records.dummy_mess import messed

        counted["mess"] = messed(young, acts, seed, place)
        return
    young.to_csv(place / "children.csv", index=False, date_format="%Y-%m-%d")
    acts.to_csv(place / "offences.csv", index=False, date_format="%Y-%m-%d")


def _truth(many: int, seed: int, counted: dict[str, Any]) -> dict[str, Any]:
    """Put together what is true of all parts."""
    quarters = pd.concat(counted["cohorts"]).groupby(level=[0, 1]).sum().reset_index()
    starts = quarters["quarter"].to_numpy().astype("datetime64[M]")
    quarters["ethnic_group"] = np.array(GROUPS)[quarters["ethnic_group"]]
    quarters = quarters.assign(
        start=starts.astype("datetime64[D]").astype("str"),
        end=((starts + 3).astype("datetime64[D]") - 1).astype("str"),
    )
    first = pd.concat(counted["entrants"]).groupby(level=[0, 1]).sum().reset_index()
    first["ethnic_group"] = np.array(GROUPS)[first["ethnic_group"]]
    columns = ["start", "end", "ethnic_group", "children", "reoffenders", "reoffences"]
    return {
        "about": "invented children: nothing here is about anyone",
        "seed": seed,
        "children": many,
        "offences": counted["offences"],
        "extract_date": str(np.datetime64(EXTRACT, "D")),
        "offences_by_kind": pd.concat(counted["kinds"]).groupby(level=0).sum().to_dict(),
        "cohorts": quarters[columns].to_dict("records"),
        "final_cohorts": _rates(quarters),
        "first_time_entrants": first.to_dict("records"),
        "population": {
            group: round(many * share * _POPULATION_PER_CHILD * (1.6 if group == "White" else 1))
            for group, share in SHARES.items()
        },
        "chance_of_offending_again_within_a_year": CHANCES,
        "mess": counted["mess"],
    }


def _rates(quarters: pd.DataFrame) -> dict[str, Any]:
    """Give the rates of the cohorts that are final by the extract, and their ratios to White."""
    done = pd.to_datetime(quarters["end"]) + pd.DateOffset(months=19) <= pd.Timestamp(
        EXTRACT, unit="D"
    )
    sums = quarters[done].groupby("ethnic_group")[["children", "reoffenders", "reoffences"]].sum()
    sums.loc["All"] = sums.sum()
    sums["binary_rate"] = sums["reoffenders"] / sums["children"]
    white = float(sums["binary_rate"].get("White", 0))
    if white > 0:
        sums["ratio_to_white"] = sums["binary_rate"] / white
    return {str(group): row.dropna().to_dict() for group, row in sums.round(6).iterrows()}
