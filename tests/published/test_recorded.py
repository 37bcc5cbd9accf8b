"""What was checked when it was recorded is read fast, and is the same; the least change is checked."""

import json
import shutil

import pandas as pd
import pytest

from youthjustice._shipped import data_folder
from youthjustice.errors import InputProblem
from youthjustice.published import load, package
from youthjustice.published.reading import read_recorded, read_table
from youthjustice.published.recorded import CHECKED, as_recorded, digest

SHIPPED = data_folder()
NAMES = [resource["name"] for resource in package.descriptor(SHIPPED)["resources"]]


@pytest.fixture
def copy(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder)
    monkeypatch.setenv("YOUTHJUSTICE_PACKAGE", str(folder))
    return folder


def change(folder, edit):
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    edit(described)
    path.write_text(json.dumps(described), encoding="utf-8")


def test_the_shipped_package_is_as_recorded():
    described = package.descriptor(SHIPPED)
    assert digest(SHIPPED, described) == described[CHECKED], "run make data-hashes"
    assert as_recorded(SHIPPED, described)


@pytest.mark.prove
def test_every_shipped_table_passes_all_its_checks_without_the_record(copy):
    change(copy, lambda described: described.pop(CHECKED))
    assert not as_recorded(copy, package.descriptor(copy))
    for name in NAMES:
        assert len(load(name, release="all"))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("name", NAMES)
def test_the_fast_way_gives_the_same_table_as_the_careful_one(name):
    resource = package.resource_of(name, package.descriptor(SHIPPED))
    raw = (SHIPPED / resource["path"]).read_bytes()
    careful = read_table(raw, resource["schema"], resource["path"])
    pd.testing.assert_frame_equal(read_recorded(raw, resource["schema"]), careful, check_exact=True)


def test_a_changed_byte_of_any_table_brings_the_checks_back(copy):
    path = copy / "lookups" / "symbols.csv"
    assert as_recorded(copy, package.descriptor(copy))
    path.write_bytes(path.read_bytes() + b"\n")
    assert not as_recorded(copy, package.descriptor(copy))


def test_a_changed_constraint_brings_the_checks_back(copy):
    def tighten(described):
        resource = package.resource_of("first_time_entrants_area", described)
        field = next(f for f in resource["schema"]["fields"] if f["name"] == "value")
        field["constraints"]["maximum"] = 1

    change(copy, tighten)
    with pytest.raises(InputProblem, match="more than the most allowed, 1"):
        load("first_time_entrants_area")


def test_a_file_that_is_gone_is_no_record(copy):
    (copy / "lookups" / "symbols.csv").unlink()
    assert not as_recorded(copy, package.descriptor(copy))
