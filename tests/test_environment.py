"""The ways to install agree with one another."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("dev", "bench", "spark")
"""The locks beside the first; the last two are each of the extra of that name."""
CORE = {"pandas", "numpy", "matplotlib", "jupyterlab", "statsmodels"}


def requirements():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def conda():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(item["pip"] for item in listed if isinstance(item, dict))
    return [item for item in listed if isinstance(item, str)], by_pip


def test_conda_gives_python_and_the_five_core_packages_and_pip_the_rest():
    project = requirements()
    by_conda, by_pip = conda()
    named = {re.split(r"[<>=]", line)[0]: line for line in project["dependencies"]}
    assert set(named) >= CORE
    assert sorted(by_conda) == sorted(
        [f"python{project['requires-python']}", "pip", *(named[name] for name in CORE)]
    )
    assert sorted(by_pip) == sorted(
        ["-e .", *(line for name, line in named.items() if name not in CORE)]
    )


def test_every_locked_package_carries_a_hash_and_no_address():
    for lock in ("requirements.lock", *(f"requirements-{name}.lock" for name in LOCKS)):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "://" not in text
        blocks = re.split(
            r"\n(?=\S)",
            "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")),
        )
        pinned = [block for block in blocks if "==" in block]
        assert len(pinned) > (1 if "spark" in lock else 50)
        assert all("--hash=sha256:" in block for block in pinned)


def test_the_lock_holds_every_dependency_at_an_allowed_version():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)", text, re.MULTILINE))
    for line in requirements()["dependencies"]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(locked[wanted.name]), line


def test_the_second_lock_holds_what_the_checks_need():
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    extras = requirements()["optional-dependencies"]
    own = [name for name in extras if name not in LOCKS]
    for line in [line for name in own for line in extras[name]]:
        assert f"\n{Requirement(line).name}==" in f"\n{text}", f"{line}: run 'make lock'"


@pytest.mark.parametrize("extra", ["bench", "spark"])
def test_the_lock_of_an_extra_holds_it_beside_the_versions_that_are_used(extra):
    text, run = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in (f"requirements-{extra}.lock", "requirements.lock")
    )
    for line in requirements()["optional-dependencies"][extra]:
        assert f"\n{Requirement(line).name}==" in f"\n{text}", f"{line}: run 'make lock'"
    pins = [set(re.findall(r"^([a-z0-9-]+==[^\s;\\]+)", one, re.MULTILINE)) for one in (text, run)]
    shared = {pin.split("==")[0] for pin in pins[0]} & {pin.split("==")[0] for pin in pins[1]}
    assert extra == "spark" or {"numpy", "pandas"} <= shared
    for name in shared:
        versions = [{pin for pin in some if pin.startswith(f"{name}==")} for some in pins]
        assert versions[0] == versions[1], f"{name}: run 'make lock'"


def test_the_citation_gives_the_version_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == requirements()["version"]
