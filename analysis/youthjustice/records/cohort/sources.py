"""What a table comes from: a frame, a parquet or CSV file, or a folder of such files."""

from __future__ import annotations

from pathlib import Path

from youthjustice.errors import InputProblem

KINDS = ("parquet", "csv")


def files_of(name: str, source: object) -> tuple[str, list[str]]:
    """Give the kind of the files that a path stands for, parquet or csv, and the files in order.

    A folder stands for all files of one kind in it and in its folders, but for those whose names
    begin with an underscore or a dot, which are not yet or no longer meant. A star stands for any
    letters of a name.

    Raises:
        InputProblem: there are no such files, or files of both kinds.

    """
    if not isinstance(source, (str, Path)):
        raise _neither(name)
    path = Path(source)
    if path.is_dir():
        found = {kind: _within(path, kind) for kind in KINDS}
        kinds = [kind for kind in KINDS if found[kind]]
        if len(kinds) != 1:
            which = "parquet and CSV files" if kinds else "neither parquet nor CSV files"
            raise InputProblem(
                f"the folder {path.name} for the table {name} has {which}: give a folder of one kind"
            )
        return kinds[0], found[kinds[0]]
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise _neither(name)
    files = [path] if path.is_file() else sorted(path.parent.glob(path.name))
    if not files:
        raise InputProblem(f"there is no file {path.name} for the table {name}: check the path")
    return kind, [str(file) for file in files]


def both_tables(folder: object) -> tuple[Path, Path]:
    """Give the files or folders named children and offences in a folder.

    Raises:
        InputProblem: there is no such folder, or one of the two is not in it just once.

    """
    place = Path(folder) if isinstance(folder, (str, Path)) else None
    if place is None or not place.is_dir():
        raise InputProblem("there is no table of offences: give one, or a folder that has both")
    return _named(place, "children"), _named(place, "offences")


def _named(folder: Path, name: str) -> Path:
    found = [
        path for kind in ("", *KINDS) if (path := folder / f"{name}.{kind}".rstrip(".")).exists()
    ]
    if len(found) != 1:
        times = "more than once" if found else "not"
        raise InputProblem(
            f"the folder {folder.name} has the table {name} {times}: name one file or folder {name}, "
            f"{name}.parquet or {name}.csv"
        )
    return found[0]


def _within(folder: Path, kind: str) -> list[str]:
    inside = sorted(folder.rglob(f"*.{kind}"))
    return [
        str(f) for f in inside if not any(_left_out(part) for part in f.relative_to(folder).parts)
    ]


def _left_out(part: str) -> bool:
    return part.startswith(("_", "."))


def _neither(name: str) -> InputProblem:
    return InputProblem(
        f"the table {name} is neither a frame nor the path of a parquet or CSV file: read other "
        "files with read_extract first"
    )
