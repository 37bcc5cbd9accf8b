"""A batch that is killed at any moment leaves whole files, and the next run goes on from there."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.reports.batches import everything, small_notebook
from youthjustice.published import places
from youthjustice.reports import build
from youthjustice.reports.ledger import RECORDS

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(sys.platform == "win32", reason="asks the system for its processes"),
]

AREAS = [one.name for one in places(kind="authority", country="England")][:12]
RUN = """
import json, pathlib, signal, sys
from youthjustice.reports import build_all, fingerprint
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
output, notebook, areas = json.loads(sys.argv[1])
fingerprint._HERE = pathlib.Path(notebook).parent  # nobody edits the code meanwhile
found = build_all(output, 2, areas, notebook=notebook)
print(json.dumps([found.made, found.unchanged, found.failed]))
"""


def started(folder, notebook, areas=AREAS, **more):
    asked = json.dumps([str(folder), str(notebook), areas])
    return subprocess.Popen(
        [sys.executable, "-c", RUN, asked],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def finished(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return json.loads(out)


def children(parent):
    """The processes that a process started, still alive."""
    try:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("there is no ps here")
    return [int(pid) for pid in listed.stdout.split()]


def alive(pid):
    """Tell whether a process is there and is more than a name in the system's list."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return state.stdout.strip()[:1] not in ("", "Z")


def soon(true, seconds=10.0):
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    slow = "import time; time.sleep(0.2); print('Read for', area, '.' * 200_000)"
    return small_notebook(tmp_path_factory.mktemp("n") / "n.ipynb", slow)


@pytest.fixture(scope="module")
def whole(notebook, tmp_path_factory):
    """What a run that nothing stops leaves, and how long it takes."""
    folder = tmp_path_factory.mktemp("whole")
    start = time.monotonic()
    made, _, failed = finished(started(folder, notebook))
    assert len(made) == len(AREAS) and not failed
    return everything(folder), time.monotonic() - start


def test_killed_at_ten_moments_it_goes_on_to_the_same_bytes(notebook, whole, tmp_path):
    uninterrupted, seconds = whole
    moments = random.Random(20250611)
    for at in range(10):
        folder = tmp_path / str(at % 2)  # a folder is killed more than once before it is whole
        run = started(folder, notebook)
        time.sleep(moments.uniform(0, 1.05 * seconds))
        workers = children(run.pid)
        run.kill()
        run.communicate()
        assert soon(lambda gone=workers: not any(map(alive, gone))), "workers outlive their parent"
        for path in folder.glob("*.html"):
            assert path.read_bytes() == uninterrupted[path.name], path
        assert not list(folder.glob(".*.part"))
    for folder in tmp_path.iterdir():
        made, unchanged, failed = finished(started(folder, notebook))
        assert not failed and sorted(made + unchanged) == sorted(AREAS)
        assert everything(folder) == uninterrupted


def test_ctrl_c_ends_everything(notebook, whole, tmp_path):
    run = started(tmp_path, notebook, start_new_session=True)
    assert soon(lambda: list(tmp_path.glob("*.html")), 60)
    workers = children(run.pid)
    os.killpg(run.pid, signal.SIGINT)
    assert run.wait(20) != 0
    run.communicate()
    assert soon(lambda: not any(map(alive, workers)))
    assert [path.name for path in (tmp_path / RECORDS).iterdir() if "work-" in path.name] == []
    for path in tmp_path.glob("*.html"):
        assert path.read_bytes() == whole[0][path.name]


def test_a_killed_worker_costs_its_own_area(notebook, whole, tmp_path):
    run = started(tmp_path, notebook)
    assert soon(lambda: list(tmp_path.glob("*.html")), 60)
    os.kill(children(run.pid)[0], signal.SIGKILL)
    made, _, failed = finished(run)
    assert len(made) >= len(AREAS) - 1
    assert all("killed from outside" in reason for reason in failed.values())
    finished(started(tmp_path, notebook))
    assert everything(tmp_path) == whole[0]


def test_two_runs_at_once_do_each_others_work_no_harm(notebook, whole, tmp_path):
    both = [started(tmp_path, notebook), started(tmp_path, notebook)]
    found = [finished(run) for run in both]
    assert sorted(len(made) for made, _, _ in found) == [0, len(AREAS)]
    assert everything(tmp_path) == whole[0]


def test_one_report_alone_is_that_of_the_batch(notebook, whole, tmp_path):
    alone = build(AREAS[3], tmp_path, notebook=notebook)
    assert alone.read_bytes() == whole[0][alone.name]
