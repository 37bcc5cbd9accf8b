"""Cells run as in JupyterLab, one report after another, and nothing is left for the next."""

import subprocess
import sys
import textwrap

import pytest

from youthjustice.reports.workers import ask

# A shell of its own belongs to a process of its own: under pytest there may be another.
RUN = """
from youthjustice.reports.cells import run
from youthjustice.reports.notebook import Cell
def told(*sources, **more):
    return [(one.kind, one.content) for one in run([Cell("code", one, **more) for one in sources])]
"""


def in_a_process(code):
    done = subprocess.run(
        [sys.executable, "-c", RUN + textwrap.dedent(code)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_shown_is_kept_in_order():
    in_a_process("""
    found = told(
        "print('a'); display({'x': 1}); print('b'); 1 + 1",
        "_ + 1", "3;", "%matplotlib inline", "from IPython.display import Markdown; Markdown('*q*')",
        "import pandas as pd; pd.DataFrame({'a': [1]})",
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.show()", "plt.plot([2]);",
    )
    kinds = [kind for kind, _ in found]
    assert kinds == ["stream", "text/plain", "stream", "text/plain", "text/plain",
                     "text/markdown", "text/html", "image/png", "image/png"], kinds
    assert [content for _, content in found[:5]] == ["a\\n", "{'x': 1}", "b\\n", "2", "3"]
    """)


def test_one_report_leaves_nothing_for_the_next():
    in_a_process("""
    import os
    here = os.getcwd()
    told("x = 1; import matplotlib; matplotlib.rcParams['font.size'] = 30; import os; os.chdir('/')")
    import matplotlib
    assert matplotlib.rcParams["font.size"] == 10 and os.getcwd() == here
    assert told("'x' in globals()") == [("text/plain", "False")]
    """)


@pytest.mark.prove
def test_values_of_one_report_are_not_those_of_the_next():
    in_a_process("""
    assert told("41", "_ + 1", "_1 + _2")[-1] == ("text/plain", "83")
    names = "[name for name in ('_', '_1', '_2', '_3') if name in globals()]"
    assert told(names, "sorted(Out)") == [("text/plain", "[]"), ("text/plain", "[4]")], told(names)
    """)


def test_a_cell_that_stops_is_named_with_its_trace():
    in_a_process("""
    from youthjustice.reports.failing import ReportFailed
    for source, name in {
        "1 / 0": "ZeroDivisionError", "def (": "SyntaxError", "raise SystemExit(3)": "SystemExit",
        "input()": "EOFError", "raise KeyboardInterrupt": "KeyboardInterrupt",
    }.items():
        try:
            told(source, "print('after')")
        except ReportFailed as problem:
            assert name in str(problem), problem
            assert problem.detail
        else:
            raise AssertionError(source)
    """)


@pytest.mark.prove
def test_cells_for_analysts_run_and_show_nothing():
    in_a_process("""
    assert told("x = 1; x", "x", tags=frozenset({"notebook-only"})) == []
    """)


@pytest.mark.prove
def test_a_process_that_dies_costs_its_own_request_alone(tmp_path):
    notebook = tmp_path / "n.ipynb"
    notebook.write_text(
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "area = 1",'
        ' "metadata": {"tags": ["parameters"]}}, {"cell_type": "code", "metadata": {}, "source":'
        " \"import os\\nif area == 'Dies': os._exit(1)\\nprint(area)\"}]}",
        encoding="utf-8",
    )
    names = ["One", "Dies", "Two"]
    asked = [{"area": name, "output": str(tmp_path), "notebook": str(notebook)} for name in names]
    answers = {answer.request["area"]: answer for answer in ask(asked)}
    assert {name: answer.kind for name, answer in answers.items()} == {
        "One": "", "Dies": "died", "Two": "",
    }  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["n.ipynb", "one.html", "two.html"]
