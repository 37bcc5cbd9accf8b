"""Importing the package stays cheap, and touches no plotting or notebook machinery."""

import json
import subprocess
import sys

HEAVY = [
    "matplotlib",
    "IPython",
    "jinja2",
    "pandas",
    "pandera",
    "statsmodels",
]


def modules_after(statement):
    code = f"{statement}; import json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_the_package_imports_nothing_heavy():
    assert not modules_after("import youthjustice") & set(HEAVY)


def test_no_room_brings_plotting_or_notebook_machinery_at_import():
    loaded = modules_after(
        "import youthjustice as yj; yj.measures; yj.published; yj.presentation; yj.reports"
    )
    assert not loaded & {"matplotlib", "IPython", "jinja2", "docx", "gptables", "pandera"}
