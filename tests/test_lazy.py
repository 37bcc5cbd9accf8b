"""What loads on first use is listed alike for the reader, the type checker and the program."""

import ast
import importlib
from pathlib import Path

import pytest

import youthjustice

ROOMS = ["presentation", "presentation.words", "reports"]


@pytest.fixture(params=ROOMS)
def room(request):
    return importlib.import_module(f"youthjustice.{request.param}")


def seen_by_a_type_checker(module):
    """Each name that is imported for type checkers, and its module within the package."""
    start = f"{module.__name__}."
    return {
        name.name: f"{line.module}.".removeprefix(start).removesuffix(".")
        for line in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        if isinstance(line, ast.ImportFrom) and line.module.startswith(module.__name__)
        for name in line.names
        if name.name in module.__all__
    }


def test_each_public_name_has_one_home(room):
    assert seen_by_a_type_checker(room) == room._HOMES
    assert sorted(room.__all__) == sorted(room._HOMES)


@pytest.mark.parametrize("name", ["", *(f".{name}" for name in ROOMS)])
def test_completion_lists_the_public_names_and_a_misspelt_one_is_named(name):
    module = importlib.import_module(f"youthjustice{name}")
    assert dir(module) == sorted(module.__all__)
    with pytest.raises(AttributeError, match=f"'{module.__name__}' has no attribute 'mispelt'"):
        module.mispelt  # noqa: B018


def test_a_star_brings_the_rooms():
    brought = {}
    exec("from youthjustice import *", brought)
    assert brought["measures"] is youthjustice.measures
    assert set(youthjustice.__all__) <= set(brought)
