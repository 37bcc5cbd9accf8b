"""frictionless is the second opinion: it and our checks agree on which tables are sound."""

import copy
import json
import shutil

import frictionless
import pytest

from youthjustice._shipped import data_folder
from youthjustice.errors import InputProblem
from youthjustice.published import load
from youthjustice.published.package import descriptor

SMALL = ["first_time_entrants_releases", "first_time_entrants_national"]


def opinion(folder, name):
    """What frictionless says of one table: the set of its error types."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = copy.deepcopy(next(r for r in package["resources"] if r["name"] == name))
    # Sizes and hashes change with any edit; keys into other tables need the whole package.
    for part in ("bytes", "hash"):
        described.pop(part, None)
    described["schema"].pop("foreignKeys", None)
    described.pop("checks", None)
    resource = frictionless.Resource.from_descriptor(described, basepath=str(folder))
    report = resource.validate()
    return {row[0] for row in report.flatten(["type"])}


def validate(largest):
    folder = data_folder()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    kept = [r for r in package["resources"] if r["bytes"] < largest]
    report = frictionless.Package.from_descriptor(
        {"name": package["name"], "resources": kept}, basepath=str(folder)
    ).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_frictionless_finds_the_smaller_committed_tables_sound():
    validate(largest=50_000)


@pytest.mark.prove
def test_frictionless_finds_every_committed_table_sound():
    validate(largest=float("inf"))


@pytest.fixture
def copied(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(data_folder(), folder)
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(folder))
    return folder


def edit(folder, name, change):
    path = folder / next(r["path"] for r in descriptor(folder)["resources"] if r["name"] == name)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header = lines[0].strip().split(",")
    row = next(i for i, line in enumerate(lines) if i > 2 and '"' not in line)
    lines[row] = change(lines[row].rstrip("\n").split(","), header)
    path.write_text("".join(lines), encoding="utf-8", newline="")


def cell(column, text):
    def change(cells, header):
        cells[header.index(column)] = text
        return ",".join(cells) + "\n"

    return change


@pytest.mark.sampled(4)
@pytest.mark.parametrize("table", SMALL)
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (cell("value", "many"), "type-error"),
        (cell("value", "-1"), "constraint-error"),
        (cell("period_end", "2021-02-30"), "type-error"),
        (cell("symbol", "q"), "constraint-error"),
        (cell("release", ""), "constraint-error"),
        (lambda cells, header: ",".join([*cells, "extra"]) + "\n", "extra-cell"),
        (lambda cells, header: ",".join(cells[:-1]) + "\n", "missing-cell"),
        (lambda cells, header: ",".join(cells) + "\n\n", "blank-row"),
        (lambda cells, header: 2 * (",".join(cells) + "\n"), "primary-key"),
    ],
)
def test_both_find_the_damage(copied, table, change, kind):
    edit(copied, table, change)
    assert kind in opinion(copied, table)
    with pytest.raises(InputProblem, match=rf"{table}\.csv"):
        load(table, "all")


def test_both_find_a_renamed_column(copied):
    path = copied / f"{SMALL[0]}.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("value,", "figure,", 1), encoding="utf-8"
    )
    assert "incorrect-label" in opinion(copied, SMALL[0])
    with pytest.raises(InputProblem, match="has no column 'value'"):
        load(SMALL[0])


def test_both_read_the_same_rows(copied):
    for name in SMALL:
        described = next(r for r in descriptor(copied)["resources"] if r["name"] == name)
        plain = {k: v for k, v in described.items() if k in ("name", "path", "schema")}
        plain["schema"] = {k: v for k, v in plain["schema"].items() if k != "foreignKeys"}
        rows = frictionless.Resource.from_descriptor(plain, basepath=str(copied)).read_rows()
        ours = load(name, "all")
        theirs = [None if row["value"] is None else float(row["value"]) for row in rows]
        assert theirs == ours["value"].astype("object").where(ours["value"].notna(), None).tolist()
