from dataclasses import FrozenInstanceError
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st
from youthjustice.errors import InputProblem
from youthjustice.published import Place, load, neighbours, place, places

ISLINGTON = Place(
    name="Islington", code="E09000019", kind="authority", region="London",
    region_code="E12000007", country="England", service="Islington", dfe_number="206",
)  # fmt: skip


@pytest.mark.parametrize("name", ["Islington", "islington", " ISLINGTON ", "E09000019", "e09000019",
                                  "Islington(1)", "Islington [note 3]",
     "I\u200bslington".replace("\u200b", "")])  # fmt: skip
def test_islington(name):
    assert place(name) == ISLINGTON


@pytest.mark.parametrize(
    ("spelling", "name"),
    [("Kingston-upon-Thames", "Kingston upon Thames"), ("Bedford Borough", "Bedford"),
     ("Yorkshire and the Humber", "Yorkshire and The Humber"), ("Bath & North East Somerset",
     "Bath and North East Somerset"),
     ("Ynys Mon", "Isle of Anglesey"), ("Ynys M\u00f4n", "Isle of Anglesey"), ("St Helens",
     "St. Helens"),
     ("Bournemouth (Pre LG)", "Bournemouth"), ("Hammersmith & Fulham", "Hammersmith and Fulham"),
     ("Gwynedd & Ynys Mon", "Gwynedd and Ynys M\u00f4n"), ("Stoke on Trent", "Stoke-on-Trent"),
     ("England and Wales", "England and Wales"), ("England & Wales", "England and Wales")],
)  # fmt: skip
def test_spellings_that_publications_use(spelling, name):
    assert place(spelling).name == name


def test_every_name_and_code_of_the_lookups_finds_its_place():
    areas = load("areas")
    assert [place(code).name for code in areas["area_code"]] == areas["area_name"].tolist()
    for name in load("area_names")["name"]:
        assert place(name).name


def test_a_service_has_no_code_and_is_in_the_region_of_its_authorities():
    tower = place("Tower Hamlets and City of London")
    assert (tower.kind, tower.code, tower.region) == ("service", "", "London")
    assert place("Hackney").kind == "authority"


def test_a_name_that_an_area_and_a_service_use_means_the_area():
    assert place("Bristol").code == "E06000023"
    assert place("Leicester City").code == "E06000016"


def test_a_name_of_two_areas_lists_them(monkeypatch):
    # The function `places` of the package hides the module of that name.
    module = import_module("youthjustice.published.places")

    both = (place("Poole"), place("Dorset"))
    book = module._Book((), {"poole": both}, ())
    monkeypatch.setattr(module, "_book", lambda: book)
    with pytest.raises(InputProblem, match=r"'Poole' may mean Poole \(E06000029\) or Dorset"):
        place("Poole")


def test_countries_and_regions():
    assert (place("Wales").code, place("Wales").kind) == ("W92000004", "country")
    assert place("London").kind == "region"
    assert place("Cardiff").region_code in ("W92000004", "")
    assert place("Cardiff").country == "Wales"


def test_a_place_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        place("Islington").name = "another"
    assert len({place("Islington"), place("ISLINGTON")}) == 1


def test_the_nearest_name_is_suggested():
    with pytest.raises(InputProblem) as caught:
        place("Islingtn")
    assert str(caught.value) == "'Islingtn' is not an area we know; did you mean Islington?"


@pytest.mark.parametrize(
    ("text", "message"),
    [("zzzzzz", "places() lists those there are"), ("", "an empty text is not an area"), ("  \n",
     "an empty text"),
     (None, "'None' is not an area"), (206, "'206' is not an area"), (float("nan"), "'nan' is not"),
     ("x" * 100_000, f"'{'x' * 40}…' is not an area we know"), ("../../etc/passwd",
     "'../../etc/passwd' is not"),
     ("<script>alert(1)</script>", "'&lt;script>alert(1)&lt;/script>' is not"), ("a\x1b[31m\nb",
     "'a\\x1b[31m\\nb' is not"),
     ("Isling\u202eton", "'Isling\\u202eton' is not"), ("\ud800", "'\\ud800' is not"), ("206",
     "'206' is not an area we know")],
)  # fmt: skip
def test_hostile_text_is_cut_and_escaped(text, message):
    with pytest.raises(InputProblem) as caught:
        place(text)
    assert message in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


@given(st.text(max_size=30))
def test_no_text_raises_another_error(text):
    try:
        assert isinstance(place(text), Place)
    except InputProblem as problem:
        assert str(problem).isprintable()


def test_lists_of_places():
    assert ISLINGTON in places()
    assert len(places(kind="region")) == 9
    welsh = places(kind="authority", country="Wales")
    assert len(welsh) == 22
    assert all(one.closed_on == "" for one in places())
    closed = {one.name for one in places(kind="authority", closed=True)} - {
        one.name for one in places(kind="authority")
    }
    assert {"Northamptonshire", "Bournemouth", "Poole"} <= closed
    names = [one.name for one in places(kind="service")]
    assert names == sorted(names)
    assert len(names) > 150


def test_a_kind_or_country_that_is_none():
    with pytest.raises(InputProblem, match="'regions' is not a kind of area; did you mean region"):
        places(kind="regions")
    with pytest.raises(InputProblem, match="'France' is not a country here"):
        places(country="France")


def test_neighbours_of_islington_as_the_department_lists_them():
    # Department for Education, Local Authority Interactive Tool, statistical neighbours, May 2025.
    table = neighbours("islington")
    assert table["neighbour_name"].tolist() == [
        "Camden", "Southwark", "Lambeth", "Westminster", "Hackney", "Hammersmith and Fulham",
        "Lewisham", "Haringey", "Greenwich", "Manchester",
    ]  # fmt: skip
    assert table.attrs["source"]["publisher"] == "Department for Education"
    assert table.attrs["release"] == "2025-05"
    assert len(neighbours("Islington", "2021-04")) == 10


@pytest.mark.parametrize("name", ["Cardiff", "London", "Tower Hamlets and City of London"])
def test_no_neighbours_is_one_sentence(name):
    with pytest.raises(InputProblem, match="has no statistical neighbours in release"):
        neighbours(name)
