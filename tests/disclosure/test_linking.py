import pytest

from youthjustice.disclosure.linking import dimension, overlapping_periods, smallest_values
from youthjustice.errors import InputProblem


def test_a_country_is_cut_into_its_regions_and_a_region_into_its_services():
    sets = [frozenset("abcd"), frozenset("ab"), frozenset("a")]
    found = dimension("area", sets)
    parts = {
        "".join(sorted(atoms)): [
            "".join(sorted(list(found.numbers)[part])) for part in found.parts[at]
        ]
        for atoms, at in found.numbers.items()
    }
    assert parts["abcd"] == ["ab", "c", "d"]
    assert parts["ab"] == ["a", "b"]
    assert parts["a"] == []
    assert found.whole == found.numbers[frozenset("abcd")]


def test_a_dimension_of_which_only_the_total_is_known_is_one_set():
    assert dimension("sex", [frozenset()]).numbers == {frozenset(): 0}


def test_smallest_values_are_found_through_every_level():
    nested = {"England": ["London", "rest"], "London": ["Hackney", "Islington"]}
    assert smallest_values("area", "England", nested) == {"Hackney", "Islington", "rest"}
    assert smallest_values("area", "Hackney", nested) == {"Hackney"}


@pytest.mark.parametrize(
    ("nested", "says"),
    [
        ({"a": ["b"], "b": ["a"]}, "is a part of itself"),
        ({"a": []}, "as the parts of 'a'"),
        ({"a": "bc"}, "as the parts of 'a'"),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, "counts 'd' twice"),
    ],
)
def test_what_cannot_be_nested_is_refused_in_one_sentence(nested, says):
    with pytest.raises(InputProblem, match=says):
        smallest_values("area", "a", nested)


def test_rolling_years_are_cut_where_any_of_them_starts_or_ends():
    found = overlapping_periods(
        {
            "to March": ("2023-04-01", "2024-03-31"),
            "to June": ("2023-07-01", "2024-06-30"),
            "next": ("2024-07-01", "2024-07-31"),
        }
    )
    assert found == {
        "to March": ["2023-04-01 to 2023-06-30", "2023-07-01 to 2024-03-31"],
        "to June": ["2023-07-01 to 2024-03-31", "2024-04-01 to 2024-06-30"],
        "next": ["2024-07-01 to 2024-07-31"],
    }


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (("2024-03-31", "2023-04-01"), "ends before it starts"),
        (("spring", "2023-04-01"), "'spring' where a day is needed"),
        ((None, "2023-04-01"), "None where a day is needed"),
    ],
)
def test_what_is_no_period_is_refused_in_one_sentence(period, says):
    with pytest.raises(InputProblem, match=says):
        overlapping_periods({"year": period})
