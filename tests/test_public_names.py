"""Every public name says what it is and shows how it is used."""

import importlib
import inspect
import re
from pathlib import Path

import pytest

import youthjustice as yj

ROOMS = ("measures", "published", "records", "disclosure", "presentation", "reports")


@pytest.mark.parametrize("room", ROOMS)
def test_each_has_one_plain_sentence_and_an_example_that_runs(room):
    lacking = []
    for name in getattr(yj, room).__all__:
        one = getattr(getattr(yj, room), name)
        if inspect.ismodule(one) or not callable(one):
            continue
        told = inspect.getdoc(one) or ""
        first = re.split(r"\n\s*\n", told)[0]
        if not first.endswith((".", ":")) or ">>>" not in told:
            lacking.append(name)
    assert lacking == []


def test_each_measure_names_its_source_and_its_errors():
    functions = {
        name: (inspect.getdoc(one) or "").split(">>>")[0]
        for name in yj.measures.__all__
        if inspect.isfunction(one := getattr(yj.measures, name))
    }
    source = r"\b(?:1[89]|20)\d\d\b|project's own|[Aa]s (?:in )?``\w+``|those of ``\w+``"
    unsourced = [name for name, told in functions.items() if not re.search(source, told)]
    silent = [name for name, told in functions.items() if "InputProblem" not in told]
    assert (unsourced, silent) == ([], [])


@pytest.mark.parametrize("room", ROOMS)
def test_tab_completion_offers_each(room):
    assert set(getattr(yj, room).__all__) <= set(dir(getattr(yj, room)))
    assert room in dir(yj)


@pytest.mark.parametrize("room", ROOMS)
def test_no_module_takes_the_place_of_a_function_of_its_name(room):
    place = getattr(yj, room)
    called = {name for name in place.__all__ if callable(getattr(place, name))}
    for path in Path(place.__file__).parent.iterdir():
        if path.stem in called:
            importlib.import_module(f"{place.__name__}.{path.stem}")
            assert callable(getattr(place, path.stem))
