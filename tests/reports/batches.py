"""What tests of whole batches share: a small notebook, small data, and a folder's bytes."""

import json
import shutil

from youthjustice._shipped import data_folder


def small_notebook(path, *sources):
    """A notebook that says for which area it was run, and no more; it takes a moment."""
    sources = sources or ("print('Read for', area)",)
    cells = [
        {"cell_type": "code", "source": source, "metadata": {"tags": tags}, "execution_count": None,
         "outputs": [], "id": f"c{at}"}
        for at, (source, tags) in enumerate(
            [("area = 'x'", ["parameters"]), *((source, []) for source in sources)]
        )
    ]  # fmt: skip
    path.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    )
    return path


def with_areas(folder, monkeypatch, *names, like="York"):
    """A copy of the data in which a user's own table has other authorities, each like one of ours."""
    shutil.copytree(data_folder(), folder, ignore=shutil.ignore_patterns("local"))
    table = folder / "lookups" / "areas.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    ours = next(line for line in lines if f",{like},authority," in line).split(",")
    own = ['"{}"'.format(name.replace('"', '""')) for name in names]
    rows = [
        ",".join([f"E0999{at:04}", name, *ours[2:]]) for at, name in enumerate(own, start=1)
    ]  # fmt: skip
    kept = [line for line in lines if ",authority," not in line]
    table.write_text("\n".join([*kept, *rows]) + "\n", encoding="utf-8")
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(folder))


def everything(folder):
    """The bytes of every file in a folder, its own records included, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
