"""What a notebook's cell shows of case records: sentences, and no row about a child."""

import subprocess
import sys

import pandas as pd

from youthjustice.records.in_cells import about_children, keep_children_out_of_cells

CELLS = '''
from IPython.core.interactiveshell import InteractiveShell
import sys
shell = InteractiveShell.instance()
shell.run_cell("""
import pandas as pd
from youthjustice.records.in_cells import keep_children_out_of_cells
from youthjustice.records.cohort.result import Cohort
from youthjustice.records.extract import Extract
keep_children_out_of_cells()
frame = pd.DataFrame({"child_id": ["DUMMY-000001"], "sex": ["female"]})
counts = pd.DataFrame({"sex": ["female"], "children": [1]})
cohort = Cohort(None, frame, frame, "")
""")
for name in sys.argv[1:]:
    shown, _ = shell.display_formatter.format(eval(name, shell.user_ns))
    print(name, "|", shown)
'''


def test_rows_about_children_are_not_shown_and_counts_are():
    asked = ["frame", "frame.head(1)", "frame.child_id", "frame.set_index('child_id')", "cohort",
             "frame.merge(counts, on='sex')"]  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", CELLS, *asked, "counts", "counts.sex"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    lines = told.splitlines()
    assert "DUMMY" not in told
    assert all("not shown in a notebook" in line or "numbers of children" in line
               for line in lines if line.startswith(("frame", "cohort")))  # fmt: skip
    assert "<table" in told and "female" in told


def test_without_a_notebook_nothing_is_changed():
    keep_children_out_of_cells()
    assert "DUMMY-1" in repr(pd.DataFrame({"child_id": ["DUMMY-1"]}))
    assert about_children(pd.DataFrame({"n": [1]}, index=pd.Index([1], name="child_id")))
