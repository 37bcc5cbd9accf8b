"""The command ``youthjustice releases``: which releases of a table there are, and what they revise."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youthjustice.cli_import import write_rows
from youthjustice.cli_text import columns, counted, say
from youthjustice.errors import InputProblem

if TYPE_CHECKING:
    import pandas as pd

_ROWS_SHOWN = 40
_FORM = "{:,.10g}".format
_FIGURES = ("old", "new", "change", "percent_change")
_HEADS = {"area_name": "area", "period_end": "period to", "percent_change": "in %"}
_ABOUT = """\
List the releases of a table, shipped and imported; say what was revised between two, and which
findings of an area's report that changes. Without TABLE: everything that was imported."""
_EXAMPLES = """\
examples:
  youthjustice releases
  youthjustice releases first_time_entrants_area
  youthjustice releases first_time_entrants_area --compare 2025-02 2026-02 --area Islington"""


def add_releases(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the others."""
    parser = commands.add_parser(
        "releases",
        help="list the releases of a table, or what was revised between two",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "table", nargs="?", metavar="TABLE", help="as 'youthjustice tables' lists them"
    )
    parser.add_argument(
        "--compare", nargs=2, metavar=("OLD", "NEW"), help="two releases, such as 2025-02 2026-02"
    )
    parser.add_argument(
        "--area",
        metavar="NAME",
        help="with --compare: only this area, and which findings of its report change",
    )
    parser.add_argument(
        "--output", metavar="FILE.csv", type=Path, help="with --compare: write every revision there"
    )
    parser.add_argument("--forget", metavar="RELEASE", help="take out a release that you imported")
    parser.set_defaults(run=run_releases)


def run_releases(options: argparse.Namespace) -> int:
    """List releases, compare two, or take one out."""
    from youthjustice.published import forget, releases

    if options.table is None:
        if options.compare or options.area or options.output or options.forget:
            raise InputProblem("name the table first, such as first_time_entrants_area")
        say(_imported())
        return 0
    if options.compare is None and (options.area or options.output):
        raise InputProblem("--area and --output go with --compare OLD NEW")
    if options.forget is not None:
        if options.compare:
            raise InputProblem("--forget stands alone: compare first, then take a release out")
        forget(options.table, options.forget)
        say([f"{options.table}: release {options.forget} taken out"])
    elif options.compare is None:
        say(_listed(releases(options.table)))
    else:
        _compare(options)
    return 0


def _compare(options: argparse.Namespace) -> None:
    from youthjustice.published import compare_releases, place

    old, new = options.compare
    found = compare_releases(options.table, old, new, area=options.area)
    say(_compared(found))
    if options.output is not None:
        write_rows(found, options.output)
        sys.stdout.write(f"{options.output}\n")
    if options.area is not None and place(options.area).kind == "authority":
        say(_findings(options.area, options.table, old, new))


def _imported() -> Iterator[str]:
    """List every imported release, and say where they are kept."""
    import pandas as pd

    from youthjustice.published import local_folder, releases, tables

    names = tables().query("origin != 'shipped'")["name"]
    found = pd.concat([releases(name).assign(table=name) for name in names]) if len(names) else None
    if found is None:
        yield f"Nothing was imported yet; imports are kept in {local_folder()}"
        return
    mine = found[found["origin"] == "imported"]
    yield f"{counted(len(mine), 'imported release')} in {local_folder()}"
    for row in mine.to_dict("records"):
        yield f"  {row['table']}  {_one(row)}"


def _listed(found: pd.DataFrame) -> Iterator[str]:
    """Say of each release where it is from, the newest first."""
    name = found.attrs["name"]
    number = counted(len(found), "release") if len(found) else "no releases"
    yield f"{name}: {number}{', the newest first' if len(found) > 1 else ''}"
    for row in found.to_dict("records"):
        yield f"  {_one(row)}"


def _one(row: Mapping[Hashable, Any]) -> str:
    """Say of one release where it is from."""
    line = f"{row['release']}  {row['origin']}  {row['title']}"
    if row["origin"] == "imported":
        line += f"; {counted(row['rows'], 'row')} from {row['file']} on {row['imported']}"
        line += "" if row["tried"] else "; read by a layout that was tried on no real file"
        if row["accepted"]:
            failed = counted(row["checks_failed"], "failed check")
            line += f"; {failed} accepted: {row['accepted']}"
    return line


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
        told["percent_change"] = told["percent_change"].map("{:+.1f}".format, na_action="ignore")
    if "change" in told:
        told["change"] = told["change"].map("{:+,.6g}".format, na_action="ignore")
    for column in ("old", "new"):
        told[column] = told[column].map(_FORM, na_action="ignore")
    heads = [_HEADS.get(name, name.replace("_", " ")) for name in map(str, told)]
    cells = told.astype("object").fillna("").astype("str").to_numpy().tolist()
    figures = [place for place, name in enumerate(told) if name in _FIGURES]
    return [f"  {line}" for line in columns([heads, *cells], figures)]


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
