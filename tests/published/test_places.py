from dataclasses import FrozenInstanceError
from importlib import import_module

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthjustice.errors import InputProblem
from youthjustice.published import Place, load, neighbours, place, places
from youthjustice.published._councils import CITIES
from youthjustice.published.layouts._areas import areas_by_name
from youthjustice.published.layouts._teams import teams
from youthjustice.published.places import known_places

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


@pytest.mark.parametrize(
    ("welsh", "name"),
    [("Caerdydd", "Cardiff"), ("Abertawe", "Swansea"), ("Casnewydd", "Newport"),
     ("Ynys M\u00f4n", "Isle of Anglesey"), ("Gwynedd", "Gwynedd"), ("Sir y Fflint", "Flintshire"),
     ("Sir Ddinbych", "Denbighshire"), ("Wrecsam", "Wrexham"), ("Sir Fynwy", "Monmouthshire"),
     ("Sir Gaerfyrddin", "Carmarthenshire"), ("Sir Benfro", "Pembrokeshire"),
     ("Ceredigion", "Ceredigion"), ("Castell-nedd Port Talbot", "Neath Port Talbot"),
     ("Pen-y-bont ar Ogwr", "Bridgend"), ("Bro Morgannwg", "Vale of Glamorgan"),
     ("Caerffili", "Caerphilly"), ("Merthyr Tudful", "Merthyr Tydfil"), ("Torfaen", "Torfaen"),
     ("Blaenau Gwent", "Blaenau Gwent"), ("Rhondda Cynon Taf", "Rhondda Cynon Taf"),
     ("Powys", "Powys"), ("Conwy", "Conwy")],
)  # fmt: skip
def test_every_welsh_authority_by_its_welsh_name(welsh, name):
    one = place(welsh)
    assert (one.name, one.kind, one.country) == (name, "authority", "Wales")


@pytest.mark.parametrize(
    ("short", "code"),
    [("Bristol", "E06000023"), ("Hull", "E06000010"), ("Durham", "E06000047"),
     ("Herefordshire", "E06000019"), ("Kensington & Chelsea", "E09000020"),
     ("St Helens", "E08000013"), ("Southend", "E06000033"), ("Brighton", "E06000043"),
     ("Telford", "E06000020"), ("Stoke", "E06000021"), ("Newcastle", "E08000021"),
     ("Redcar", "E06000003"), ("BCP", "E06000058"), ("Cheshire West", "E06000050"),
     ("East Riding", "E06000011"), ("Bath", "E06000022"), ("Windsor", "E06000040"),
     ("Blackburn", "E06000008"), ("Bedford Borough", "E06000055"),
     ("Nottingham City", "E06000018"), ("Derby City", "E06000015"), ("Hull City", "E06000010"),
     ("Stockton", "E06000004"), ("NE Lincolnshire", "E06000012"), ("B&NES", "E06000022"),
     ("Yorkshire and Humberside", "E12000003"), ("West Midlands (region)", "E12000005"),
     ("East Midlands Region", "E12000004"), ("Total England", "E92000001"),
     ("Wales Total", "W92000004"), ("Bristol City", "E06000023"),
     ("Neath & Port Talbot", "W06000012"), ("Greater London", "E12000007"),
     ("South West England", "E12000009"), ("Cymru", "W92000004"), ("Islington\u00b9", "E09000019")],
)  # fmt: skip
def test_short_names_in_common_use(short, code):
    assert place(short).code == code


@pytest.mark.parametrize(
    ("council", "code"),
    [("London Borough of Islington", "E09000019"), ("Islington Council", "E09000019"),
     ("LB Islington", "E09000019"), ("London Borough of Westminster", "E09000033"),
     ("Royal Borough of Greenwich", "E09000011"),
     ("Royal Borough of Kensington & Chelsea Council", "E09000020"),
     ("Manchester City Council", "E08000003"), ("Barnsley MBC", "E08000016"),
     ("City of Bradford Metropolitan District Council", "E08000032"),
     ("City of York", "E06000014"), ("City of York Council", "E06000014"),
     ("City of Bristol", "E06000023"), ("Bristol City Council", "E06000023"),
     ("City of London", "E09000001"), ("City of London Corporation", "E09000001"),
     ("Kent County Council", "E10000016"), ("Durham County Council", "E06000047"),
     ("Southend-on-Sea Borough Council", "E06000033"), ("Borough of Poole", "E06000029"),
     ("Wrexham County Borough Council", "W06000006"), ("City and County of Swansea", "W06000011"),
     ("Cyngor Sir Ynys M\u00f4n", "W06000001"), ("Cyngor Caerdydd", "W06000015")],
)  # fmt: skip
def test_councils_by_the_style_of_their_name(council, code):
    assert place(council).code == code


@pytest.mark.parametrize(
    ("former", "code"),
    [("E08000020", "E08000037"), ("E06000048", "E06000057"), ("E08000038", "E08000016"),
     ("E08000039", "E08000019")],
)  # fmt: skip
def test_codes_before_or_after_a_change_of_boundary(former, code):
    assert place(former).code == code
    with pytest.raises(InputProblem) as caught:
        place(f"{former[:-1]}X")
    assert former not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "name", "closed"),
    [("E10000009", "Dorset (before April 2019)", True), ("E06000028", "Bournemouth", True),
     ("E06000059", "Dorset", False), ("E06000060", "Buckinghamshire", False),
     ("E06000061", "North Northamptonshire", False), ("E10000021", "Northamptonshire", True),
     ("E06000063", "Cumberland", False), ("E10000006", "Cumbria", True),
     ("E06000066", "Somerset", False)],
)  # fmt: skip
def test_counties_that_changed_are_kept_apart_by_their_codes(code, name, closed):
    assert (place(code).name, bool(place(code).closed_on)) == (name, closed)


@pytest.mark.parametrize(
    ("called", "name", "kind"),
    [("Islington YOT", "Islington", "authority"), ("Islington YOS", "Islington", "authority"),
     ("Leeds Youth Justice Service", "Leeds", "authority"),
     ("Brent youth offending service", "Brent", "authority"), ("Hull UA",
     "Kingston upon Hull, City of", "authority"),
     ("Dorset Combined YOS", "Dorset Combined YOS", "service"), ("Dorset Combined",
     "Dorset Combined YOS", "service"),
     ("South Tees YJS", "South Tees", "service"), ("Western Bay", "Western Bay", "service"),
     ("Wessex", "Wessex", "service")],
)  # fmt: skip
def test_services_by_what_they_are_called(called, name, kind):
    assert (place(called).name, place(called).kind) == (name, kind)


@pytest.mark.parametrize("name", ["London YJS", "England LA", "YOT", "Islington YOTS", "Wales UA"])
def test_what_is_no_service_is_refused(name):
    with pytest.raises(InputProblem, match="is not an area we know"):
        place(name)


@pytest.mark.parametrize("county", ["Buckinghamshire", "Dorset", "North Yorkshire", "Somerset"])
def test_a_county_council_that_closed_is_not_the_council_of_today(county):
    assert place(f"{county} County Council").closed_on
    assert not place(f"{county} Council").closed_on
    assert place(f"{county} Council") == place(county)


@pytest.mark.parametrize(
    ("council", "hint"),
    [("City of Durham", "Durham"),  # a district, until 2009
     ("Newcastle Borough Council", "Newcastle"),  # of Newcastle-under-Lyme
     ("London Council", "London"), ("London Borough of London", "London"),
     ("London Borough of City of London", "City of London"), ("City of Kent", "Kent"),
     ("London Borough of Manchester", "Manchester"), ("City of Bath", "Bath and North East"),
     ("Derby County Council", "Derby"), ("Bedfordshire County Council", "Bedfordshire"),
     ("Kingston Council", "Kingston upon Hull"), ("Wales Council", "Wales"),
     ("Cwm Taf Council", "Cwm Taf"), ("County of Dorset", "County Durham"),
     ("Islingtn Council", "Islington"), ("London Borough of Hackny", "Hackney")],
)  # fmt: skip
def test_a_style_that_fits_no_authority_or_another_one_is_refused(council, hint):
    with pytest.raises(InputProblem, match=f"is not an area we know; did you mean {hint}"):
        place(council)


@pytest.mark.parametrize("name", ["Council", "City Council", "City of", "LB", "Cyngor", "of"])
def test_a_style_alone_is_no_area(name):
    with pytest.raises(InputProblem, match="is not an area we know"):
        place(name)


def test_a_council_is_the_authority_of_that_name_and_no_other_kind_of_area():
    for one in places(kind="authority", closed=True):
        assert place(f"{one.name} Council") == one
    for kind in ("country", "region", "subregion", "service"):
        for one in places(kind=kind):
            try:
                found = place(f"{one.name} Council")
            except InputProblem:
                continue
            assert found.kind == "authority"
            assert place(one.name) == found


def test_every_city_is_an_authority_of_today():
    today = {one.name for one in places(kind="authority")}
    assert today >= CITIES
    assert len(CITIES) == 33


def test_every_service_of_today_is_found_by_its_name():
    """Trap 13: services of several authorities, and those not named as their authority is."""
    names = load("services").query("current")["service"].unique()
    found = {name: place(name) for name in names}
    assert all(one.service == name for name, one in found.items())
    assert len(found) == 155
    assert sum(one.kind == "service" for one in found.values()) == 13
    assert {name: one.name for name, one in found.items() if one.name != name} == {
        "Bristol": "Bristol, City of", "Durham": "County Durham", "Leicester City": "Leicester",
        "Kingston-upon-Hull": "Kingston upon Hull, City of",
    }  # fmt: skip


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
    [("zzzzzz", "places(), or 'youthjustice areas', lists those there are"),
     ("", "an empty text is not an area"), ("  \n",
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


@settings(max_examples=25)
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


def test_many_names_that_no_area_has_are_looked_up_at_once(monkeypatch):
    # A hostile file has a hundred thousand of them, and its import must not liken each to ours.
    monkeypatch.setattr(import_module("youthjustice.published.places"), "did_you_mean", None)
    kingston = "Kingston-upon-Thames"
    assert known_places(["Area number 7", 7.5, None, kingston]) == {kingston: place(kingston)}
    names = pd.Series([f"Area number {number}" for number in range(500)])
    assert areas_by_name(names)["area_code"].isna().all()
    assert (
        teams(names, pd.Series(pd.NaT, index=names.index))["area_name"].tolist() == names.tolist()
    )
