"""A wheel, installed away from the checkout, carries its data and its notebook."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(*command, **kwargs):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **kwargs)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    wheel = next(folder.glob("*.whl"))
    site = folder / "site"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-compile"]
    run(*pip, "--target", site, wheel)
    empty = folder / "empty"
    empty.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(site)}
    environment.pop("YOUTHJUSTICE_DATA", None)
    return empty, environment, site


@pytest.mark.prove
def test_the_wheel_loads_its_tables(installed):
    empty, environment, site = installed
    code = (
        "import youthjustice as yj;"
        "t = yj.published.load('first_time_entrants_area');"
        "print(yj.__file__); print(len(t), t.attrs['source']['sha256'])"
    )
    said = run(sys.executable, "-c", code, cwd=empty, env=environment).splitlines()
    assert Path(said[0]).is_relative_to(site)
    assert int(said[1].split()[0]) > 1000


@pytest.mark.prove
def test_the_wheel_writes_a_report(installed):
    empty, environment, _ = installed
    run(sys.executable, "-m", "youthjustice", "report", "Islington", cwd=empty, env=environment)
    page = (empty / "reports" / "islington.html").read_text(encoding="utf-8")
    assert "52.1%" in page
