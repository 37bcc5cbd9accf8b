"""The notebooks: stripped, thin, opening with what a reader will learn, and they run for any area."""

import ast
import inspect
import json
import re
import subprocess
import sys
import textwrap

import pytest

import youthjustice
from youthjustice.reports.notebook import notebooks_folder

ALL = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
THIN = [
    "area_report.ipynb",
    "disproportionality_explained.ipynb",
    "islington_2016_to_2024.ipynb",
    "national_picture.ipynb",
    "start_here.ipynb",
]
LINES, CELLS = 4, 15

# A shell of its own belongs to a process of its own: under pytest there may be another.
RUN = """
import sys, time
from youthjustice.presentation import lint_report
from youthjustice.published import load
from youthjustice.reports.cells import run
from youthjustice.reports.notebook import notebooks_folder, read_notebook, with_parameters
name, given = sys.argv[1], eval(sys.argv[2])
shown = run(with_parameters(read_notebook(notebooks_folder() / name), **given))
kinds = {one.kind for one in shown}
assert kinds <= {"markdown", "text/html"}, kinds
page = "".join(one.content for one in shown if one.kind == "text/html")
if name != "researcher_tour.ipynb":  # which shows the plain frames that functions give
    titles = load("sources")[["title", "table"]].melt()["value"].dropna().tolist()
    assert lint_report(page, quoted=[*titles, "“significantly higher”"]) == []
for figure in page.split("<figure")[1:]:
    assert 'alt="' in figure and "yj-source" in figure
print(page.count("<figure"), page.count("<table"), time.process_time())
"""


def cells(name):
    return json.loads((notebooks_folder() / name).read_text(encoding="utf-8"))["cells"]


def source(cell):
    return "".join(cell["source"])


@pytest.mark.parametrize("name", ALL)
def test_outputs_are_stripped_and_one_cell_holds_the_parameters(name):
    code = [cell for cell in cells(name) if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1 and tagged[0] is code[0]


@pytest.mark.parametrize("name", ALL)
def test_a_notebook_opens_with_what_a_reader_will_learn(name):
    first = cells(name)[0]
    title, _, text = source(first).partition("\n")
    assert first["cell_type"] == "markdown" and title.startswith("# ")
    assert "You will learn" in text


@pytest.mark.parametrize("name", THIN)
def test_the_work_lives_in_modules_and_not_in_cells(name):
    found = cells(name)
    assert len(found) <= CELLS
    rooms = {"reports", "published", "measures", "presentation", "records", "disclosure"}
    for cell in found:
        if cell["cell_type"] != "code":
            continue
        if "parameters" not in cell["metadata"].get("tags", []):
            assert len(source(cell).splitlines()) <= LINES, source(cell)
        for node in ast.walk(ast.parse(source(cell))):
            assert not isinstance(
                node, ast.FunctionDef | ast.For | ast.While | ast.ClassDef | ast.If
            )
            if isinstance(node, ast.Import):
                assert [(one.name, one.asname) for one in node.names] == [("youthjustice", "yj")]
            assert not isinstance(node, ast.ImportFrom)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                room = node.value.attr
                assert room in rooms and node.attr in getattr(youthjustice, room).__all__


@pytest.mark.parametrize("room", youthjustice.__all__[1:])
def test_the_tour_names_every_public_name(room):
    told = "\n".join(map(source, cells("researcher_tour.ipynb")))
    named = set(re.findall(rf"\byj\.{room}\.(\w+)", told))
    assert named == set(getattr(youthjustice, room).__all__)


FILES = {
    "build", "build_all", "forget", "keep", "own_records", "read_workbook", "scan",
}  # fmt: skip
"""Functions that need or write files: named in the tour and not called."""


def test_the_tour_uses_every_public_function_that_asks_for_no_file():
    code = [source(cell) for cell in cells("researcher_tour.ipynb") if cell["cell_type"] == "code"]
    nodes = [node for text in code for node in ast.walk(ast.parse(text))]
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    public = {
        name
        for room in ("measures", "published", "records", "disclosure", "presentation", "reports")
        for name in getattr(youthjustice, room).__all__
        if inspect.isfunction(getattr(getattr(youthjustice, room), name))
    }
    assert public - used == FILES


def test_the_launch_notebook_leads_to_every_other():
    told = "\n".join(map(source, cells("start_here.ipynb")))
    assert sorted([*re.findall(r"\]\((\w+\.ipynb)\)", told), "start_here.ipynb"]) == ALL


def executed(name, **given):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(RUN), name, repr(given)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [float(one) for one in done.stdout.split()]


@pytest.mark.prove
@pytest.mark.parametrize("area", ["Islington", "Manchester", "Swansea"])
@pytest.mark.parametrize("name", THIN[1:3])
def test_a_notebook_runs_for_any_area(name, area):
    charts, shown, seconds = executed(name, area=area)
    assert charts + shown > 1 and seconds < 30


@pytest.mark.prove
def test_the_national_notebook_runs():
    charts, shown, seconds = executed("national_picture.ipynb", pooled_years=2)
    assert charts > 8 and shown > 8 and seconds < 30


@pytest.mark.prove
def test_the_tour_runs():
    charts, shown, seconds = executed("researcher_tour.ipynb", area="Manchester")
    assert charts > 12 and shown > 50 and seconds < 30


@pytest.mark.prove
def test_the_launch_notebook_runs():
    charts, shown, _ = executed("start_here.ipynb", find="entrants")
    assert (charts, shown) == (0, 1)
