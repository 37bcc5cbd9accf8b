"""What a path stands for: a file, several, or a folder; and both tables in one folder."""

import pandas as pd
import pytest

from tests.records.stories import QUARTER, Child, outcome_of, tables
from youthjustice.errors import InputProblem
from youthjustice.records import proven_reoffending
from youthjustice.records.cohort.sources import both_tables, files_of

ASKED = {"cohort": QUARTER, "extract_date": "2024-01-01"}


def made(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def names(found, folder):
    kind, files = found
    return kind, [file.removeprefix(f"{folder}/") for file in files]


def test_a_folder_stands_for_its_files_in_order_but_not_for_those_left_out(tmp_path):
    made(tmp_path, "b.parquet", "a.parquet", "year=2022/c.parquet", "_temporary/d.parquet")
    made(tmp_path, "_SUCCESS", ".a.parquet.crc", "notes.txt")
    found = names(files_of("offences", tmp_path), tmp_path)
    assert found == ("parquet", ["a.parquet", "b.parquet", "year=2022/c.parquet"])


def test_a_star_stands_for_any_letters(tmp_path):
    made(tmp_path, "2022.csv", "2021.csv", "2021.parquet")
    found = names(files_of("offences", tmp_path / "20*.csv"), tmp_path)
    assert found == ("csv", ["2021.csv", "2022.csv"])


REFUSED = {
    "of both kinds": (["x/a.csv", "x/b.parquet"], "x", "has parquet and CSV files"),
    "of neither kind": (["x/a.txt"], "x", "has neither parquet nor CSV files"),
    "that is not there": ([], "x.parquet", "there is no file x.parquet"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refuses_files(what, tmp_path):
    files, path, words = REFUSED[what]
    made(tmp_path, *files)
    with pytest.raises(InputProblem, match=words):
        files_of("offences", tmp_path / path)


def test_one_folder_has_both_tables_once(tmp_path):
    made(tmp_path, "children.csv", "offences/part-0.parquet")
    assert both_tables(tmp_path) == (tmp_path / "children.csv", tmp_path / "offences")
    made(tmp_path, "offences.csv")
    with pytest.raises(InputProblem, match="has the table offences more than once"):
        both_tables(tmp_path)
    with pytest.raises(InputProblem, match="has the table children not"):
        both_tables(made(tmp_path / "other", "offences.csv"))
    with pytest.raises(InputProblem, match="there is no table of offences: give one, or a folder"):
        both_tables(tmp_path / "nowhere")


def written(folder, kind):
    """Write two children, with their offences in two files."""
    told = [
        Child("a").cautioned("2022-02-10").convicted("2022-05-01", "2022-08-01"),
        Child("b").cautioned("2022-01-10"),
    ]
    children, offences = tables(*told)
    (folder / "offences").mkdir()
    parts = {
        f"children.{kind}": children,
        f"offences/1.{kind}": offences[:1],
        f"offences/2.{kind}": offences[1:],
    }
    for name, frame in parts.items():
        write = frame.to_csv if kind == "csv" else frame.to_parquet
        write(folder / name, index=False)
    return folder


@pytest.mark.parametrize("kind", ["csv", pytest.param("parquet", marks=pytest.mark.prove)])
def test_a_cohort_comes_straight_from_a_folder(kind, tmp_path):
    found = proven_reoffending(written(tmp_path, kind), **ASKED)
    assert outcome_of(found) == {"a": ("2022-02-10", 1), "b": ("2022-01-10", 0)}


@pytest.mark.prove
def test_files_of_one_table_have_one_header(tmp_path):
    folder = written(tmp_path, "csv")
    odd = folder / "offences" / "2.csv"
    rows = pd.read_csv(odd, dtype="str")
    rows[rows.columns[::-1]].to_csv(odd, index=False)
    with pytest.raises(InputProblem, match=r"the file 2\.csv of the table offences has another"):
        proven_reoffending(folder, **ASKED)
