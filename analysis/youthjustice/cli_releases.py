"""The command ``youthjustice releases``: which releases of a table there are, and what they revise."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from youthjustice.cli_import import write_rows
from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    import pandas as pd

_ROWS_SHOWN = 40
_FORM = "{:,.10g}".format


def add_releases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    parser = commands.add_parser(
        "releases", help="list the releases of a table, or what was revised between two"
    )
    parser.add_argument("table", metavar="TABLE", help="such as first_time_entrants_area")
    parser.add_argument(
        "--compare", nargs=2, metavar=("OLD", "NEW"), help="such as 2025-02 2026-02"
    )
    parser.add_argument("--area", metavar="NAME", help="with --compare: only this area")
    parser.add_argument(
        "--output", metavar="FILE.csv", type=Path, help="with --compare: write the revisions"
    )
    parser.add_argument("--forget", metavar="RELEASE", help="take out an imported release")
    parser.set_defaults(run=run_releases)


def run_releases(options: argparse.Namespace) -> int:
    """List releases, compare two, or take one out."""
    from youthjustice.published import forget, releases

    if options.compare is None and (options.area or options.output):
        raise InputProblem("--area and --output go with --compare OLD NEW")
    if options.forget is not None:
        if options.compare:
            raise InputProblem("--forget stands alone: compare first, then take a release out")
        forget(options.table, options.forget)
        sys.stdout.write(f"{options.table}: release {options.forget} taken out\n")
    elif options.compare is None:
        _write(_listed(releases(options.table)))
    else:
        _compare(options)
    return 0


def _compare(options: argparse.Namespace) -> None:
    from youthjustice.published import compare_releases, place

    old, new = options.compare
    found = compare_releases(options.table, old, new, area=options.area)
    _write(_compared(found))
    if options.output is not None:
        write_rows(found, options.output)
        sys.stdout.write(f"{options.output}\n")
    if options.area is not None and place(options.area).kind == "authority":
        _write(_findings(options.area, options.table, old, new))


def _listed(found: pd.DataFrame) -> Iterator[str]:
    """Say of each release where it is from, the newest first."""
    name = found.attrs["name"]
    yield (
        f"{name}: {len(found)} releases, the newest first" if len(found) else f"{name}: no releases"
    )
    for row in found.to_dict("records"):
        line = f"  {row['release']}  {row['origin']}  {row['title']}"
        if row["origin"] == "imported":
            line += f"; {row['rows']:,} rows from {row['file']} on {row['imported']}"
        if row["checks_failed"] == row["checks_failed"] and row["accepted"]:
            line += f"; {row['checks_failed']} failed checks accepted: {row['accepted']}"
        yield line


def _compared(found: pd.DataFrame) -> Iterator[str]:
    """Say what was revised: how many figures of each kind, and the first of them."""
    attrs = found.attrs
    counts = ", ".join(f"{number:,} {kind}" for kind, number in attrs["counts"].items() if number)
    both = f"{attrs['old']['release']} to {attrs['new']['release']}"
    yield f"{attrs['name']}, {both}: {counts or 'no figures'}"
    for side in ("old", "new"):
        source = attrs[side]
        yield f"  {side}: {source['publisher']}, {source['title']}"
    for caution in attrs["cautions"]:
        yield f"  Caution: {caution}."
    shown = found.head(_ROWS_SHOWN)
    if len(shown):
        yield from _table(shown)
    if len(found) > len(shown):
        yield f"  and {len(found) - len(shown):,} more: name an area, or write all with --output"


def _table(found: pd.DataFrame) -> list[str]:
    """Set the revisions out in columns; a column that says nothing is left out."""
    told = found.drop(columns=["area_code"], errors="ignore")
    ends = [c for c in ("old_period_start", "new_period_start") if c in told]
    same = told["old_unit"].fillna("").eq(told["new_unit"].fillna("")).all() or set(
        told["kind"]
    ).isdisjoint({"unit changed"})
    told = told.drop(columns=[*ends, *(["old_unit", "new_unit"] if same else [])])
    told = told.loc[:, [c for c in told if c in ("old", "new") or told[c].notna().any()]].copy()
    for column in told.select_dtypes("datetime"):
        told[column] = told[column].dt.strftime("%Y-%m-%d")
    if "percent_change" in told:
        told["percent_change"] = told["percent_change"].map("{:+.1f}%".format, na_action="ignore")
    if "change" in told:
        told["change"] = told["change"].map("{:+,.6g}".format, na_action="ignore")
    for column in ("old", "new"):
        told[column] = told[column].map(_FORM, na_action="ignore")
    return told.astype("object").fillna("").to_string(index=False).split("\n")


def _findings(area: str, table: str, old: str, new: str) -> Iterator[str]:
    """Say which findings of the area's report change between the two releases."""
    from youthjustice.reports.revisions import changed_findings

    found = changed_findings(area, table, old, new)
    number, name = found.attrs["findings"], found.attrs["area"]
    if not number:
        yield f"No key finding of the report of {name} rests on {table}."
        return
    changed = f"{len(found)} of {number}" if len(found) else f"none of {number}"
    yield f"Key findings of the report of {name} that change: {changed}"
    for row in found.astype("object").fillna("no figure").to_dict("records"):
        yield f"  {row['finding']}: {row['kind']} ({row['old']}, then {row['new']})"


def _write(lines: Iterator[str]) -> None:
    """Print lines so that nothing an imported file says moves the cursor."""
    for line in lines:
        text = "".join(c if c.isprintable() else " " for c in line)
        sys.stdout.write(f"{text.rstrip()}\n")
