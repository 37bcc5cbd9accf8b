"""Make of a sound extract what case systems export: the same children, and much in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from youthjustice.records import refusals, schema, written_dates
from youthjustice.records.spellings import spellings

_CHILDREN = {"child_id": "Person ID", "name": "Young person", "date_of_birth": "DOB", "sex": "Gender",
             "ethnic_group": "Ethnicity", "service": "YJS", "care_status": "Looked after",
             "special_educational_needs": "SEND", "worker": "Case worker"}  # fmt: skip
_OFFENCES = {"child_id": "Person ID", "offence_date": "Date of offence", "offence_code": "Offence",
             "offence_seq": "Count number", "outcome_type": "Disposal", "outcome_date": "Disposal date",
             "release_date": "Released on", "is_breach": "Breach", "remand": "Remand status",
             "officer": "Officer in the case"}  # fmt: skip
_NAMES = np.array(
    ["Dummy", "Dummy, Invented", '=HYPERLINK("http://example.invalid")', "@dummy", "Dummý"]
)
_DATES = ("%d/%m/%Y", "%d/%m/%Y", "%d/%m/%Y 00:00", "%Y-%m-%d", "%d-%b-%Y")
_SERIALS_FROM = pd.Timestamp("1899-12-30")
_COPIES, _UNDATED = 0.02, 0.01


def messed(young: pd.DataFrame, acts: pd.DataFrame, seed: int, place: Path) -> dict[str, Any]:
    """Write a messy extract to a folder, and count what stands in it beyond the sound rows.

    Returns:
        `copies` of offences, `undated` offences beside a dated one of the same outcome, and `refused`,
        the rows that have to be refused by table, column and reason.

    """
    rng = np.random.default_rng([seed, 1_000_000])
    copies = acts.sample(frac=_COPIES, random_state=rng)
    undated = acts[acts["outcome_date"].notna()].sample(frac=_UNDATED, random_state=rng)
    gone = undated["offence_date"].where(undated["offence_date"].isna())
    undated = undated.assign(offence_date=gone, offence_seq=undated["offence_seq"] + 100)
    acts = pd.concat([acts, copies, undated], ignore_index=True)
    children = _written(young, _CHILDREN, rng)
    offences = _written(acts, _OFFENCES, rng)
    bad_children, bad_offences = _bad_children(children), _bad_offences(offences)
    _write(place / "children.csv", children, bad_children, rng, ",")
    _write(place / "offences.csv", offences, bad_offences, rng, ";")
    refused = [
        {"table": table, "column": column, "reason": reason, "rows": 1}
        for table, bad in (("children", bad_children), ("offences", bad_offences))
        for column, reason, _ in bad
    ]
    return {"copies": len(copies), "undated": len(undated), "refused": refused}


def _written(frame: pd.DataFrame, heads: dict[str, str], rng: np.random.Generator) -> pd.DataFrame:
    """Write every column as a case system might."""
    texts = {}
    for name, head in heads.items():
        if name not in frame:
            texts[head] = pd.Series(rng.choice(_NAMES, len(frame)))
        elif name in schema.DATES:
            texts[head] = _dates(frame[name], rng)
        elif name == "offence_seq" or name in ("child_id", "offence_code", "service"):
            texts[head] = frame[name].astype("str")
        else:
            texts[head] = _spelt(frame[name], name, rng)
    written = pd.DataFrame(texts)
    spaced = rng.random(len(written)) < 0.1
    first = heads["child_id"]
    written[first] = written[first].where(~spaced, written[first] + "  ")
    return written


def _dates(column: pd.Series, rng: np.random.Generator) -> pd.Series:
    """Write dates day first, as ISO, with a month's name, and as a spreadsheet's numbers."""
    way = pd.Series(rng.integers(0, len(_DATES) + 1, len(column)), index=column.index)
    texts = pd.Series("", index=column.index, dtype="str")
    for number, form in enumerate(_DATES):
        texts = texts.where(way != number, column.dt.strftime(form))
    serials = (column - _SERIALS_FROM).dt.days.astype("Int64").astype("str")
    return texts.where(way < len(_DATES), serials).where(column.notna(), "")


def _spelt(column: pd.Series, name: str, rng: np.random.Generator) -> pd.Series:
    """Write each value in one of its usual spellings, some of them in capitals."""
    known: dict[str, list[str]] = {}
    for spelling, value in spellings(name).items():
        known.setdefault(value, []).append(spelling)
    values = column.astype("str").str.lower() if name == "is_breach" else column.astype("str")
    texts = pd.Series("", index=column.index, dtype="str")
    for value, ways in known.items():
        chosen = pd.Series(
            rng.choice(np.array(ways, dtype=object), len(column)), index=column.index
        )
        texts = texts.where(values != value, chosen)
    return texts.where(
        pd.Series(rng.random(len(column)) < 0.5, index=column.index), texts.str.upper()
    )


def _bad_children(children: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Give rows of children that have to be refused, each with its column and reason."""
    row, new = children.head(1), "DUMMY-BAD-"
    birth, own = "DOB", "Person ID"
    return [
        (
            "date_of_birth",
            written_dates.NOT_A_DATE,
            row.assign(**{own: f"{new}1", birth: "13/31/2008"}),
        ),
        (
            "date_of_birth",
            written_dates.TWO_DIGITS,
            row.assign(**{own: f"{new}2", birth: "01/02/08"}),
        ),
        ("date_of_birth", schema.EMPTY, row.assign(**{own: f"{new}3", birth: ""})),
        ("child_id", refusals.CONTROL, row.assign(**{own: f"{new}\0"})),
        ("child_id", schema.EMPTY, row.assign(**{own: ""})),
        ("service", refusals.FORMULA, row.assign(**{own: f"{new}4", "YJS": "=1+1"})),
        (
            "ethnic_group",
            refusals.NOT_KNOWN,
            row.assign(**{own: f"{new}5", "Ethnicity": "Dummish"}),
        ),
        ("child_id", refusals.COPY, row),
    ]


def _bad_offences(offences: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    """Give rows of offences that have to be refused, each with its column and reason."""
    row = offences.head(1).assign(**{"Released on": ""})
    when, out = "Date of offence", "Disposal date"
    return [
        ("offence_date", written_dates.NOT_A_DATE, row.assign(**{when: "13/31/2023"})),
        ("offence_date", schema.BEFORE_BIRTH, row.assign(**{when: "01/01/1990"})),
        (
            "outcome_date",
            schema.BEFORE_OFFENCE,
            row.assign(**{when: "01/03/2025", out: "28/02/2025"}),
        ),
        ("outcome_type", refusals.NOT_KNOWN, row.assign(Disposal="Dummy disposal")),
        ("offence_code", refusals.FORMULA, row.assign(Offence="@SUM(A1)")),
        ("child_id", schema.NO_CHILD, row.assign(**{"Person ID": "DUMMY-NOBODY"})),
        ("child_id", refusals.CHILD_REFUSED, row.assign(**{"Person ID": "DUMMY-BAD-1"})),
    ]


def _write(
    path: Path,
    frame: pd.DataFrame,
    bad: list[tuple[str, str, pd.DataFrame]],
    rng: np.random.Generator,
    between: str,
) -> None:
    """Write rows in no order, with each line in one of two encodings."""
    whole = pd.concat([frame, *(rows for _, _, rows in bad)], ignore_index=True)
    whole = whole.sample(frac=1, random_state=rng)
    lines = whole.to_csv(index=False, sep=between, lineterminator="\n").splitlines(keepends=True)
    windows: npt.NDArray[np.bool_] = rng.random(len(lines)) < 0.5
    path.write_bytes(
        b"".join(
            line.encode("cp1252" if old else "utf-8")
            for line, old in zip(lines, windows, strict=True)
        )
    )
