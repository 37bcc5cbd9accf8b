"""Spark gives what DuckDB and the slow reference give, in any order and from any source."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from tests.records.cohort.conftest import SPARK
from tests.records.cohort.test_against_reference import agree
from tests.records.random_extracts import END, EXTRACT, START, extract, frames
from tests.records.stories import Child, followed, tables
from youthjustice.errors import InputProblem
from youthjustice.records import annual_reoffending, proven_reoffending
from youthjustice.records.cohort.engine import connect

pytestmark = SPARK
ASKED = {"cohort": (START, END), "extract_date": EXTRACT}


@pytest.fixture(scope="module")
def records():
    made = [extract(seed) for seed in range(200)]
    children = [child for part, _ in made for child in part]
    return frames(children, [row for _, part in made for row in part])


@pytest.fixture(scope="module")
def found(spark):
    return agree(range(200), {}, engine="spark")


def same(one, other):
    assert one.summary == other.summary
    pd.testing.assert_frame_equal(one.members, other.members)
    pd.testing.assert_frame_equal(one.exclusions, other.exclusions)


def test_two_hundred_extracts_agree_with_the_reference_in_one_job(found):
    assert found.summary.children > 100 and found.summary.reoffences > 30


def test_gives_what_duckdb_gives(found, records):
    same(found, proven_reoffending(*records, **ASKED))


def test_the_order_of_rows_changes_nothing(found, records):
    shuffled = (part.sample(frac=1, random_state=3) for part in records)
    same(found, proven_reoffending(*shuffled, **ASKED, engine="spark"))


def test_a_frame_of_spark_and_a_folder_of_parquet_give_the_same(spark, found, records, tmp_path):
    children, offences = records
    for part in range(3):
        offences[part::3].to_parquet(tmp_path / f"part-{part}.parquet", index=False)
    (tmp_path / "_SUCCESS").touch()
    born = children.assign(date_of_birth=children["date_of_birth"].dt.strftime("%Y-%m-%d"))
    rows = born.astype(object).where(born.notna(), None).itertuples(index=False, name=None)
    of_spark = spark.createDataFrame(list(rows), "child_id string, date_of_birth string")
    again = proven_reoffending(of_spark, tmp_path, **ASKED, engine="spark")
    assert again.summary == found.summary
    pd.testing.assert_frame_equal(again.exclusions, found.exclusions)


def test_a_folder_of_csv_gives_the_same(found, records, tmp_path):
    for name, frame in zip(("children", "offences"), records, strict=True):
        frame.to_csv(tmp_path / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    assert proven_reoffending(tmp_path, **ASKED, engine="spark").summary == found.summary


def test_the_quarters_of_a_year_do_not_disturb_each_other(spark):
    told = [
        Child("a").cautioned("2022-05-10").convicted("2022-08-01", "2022-09-01"),
        Child("b").cautioned("2023-01-10").convicted("2023-02-01", "2023-03-01"),
    ]
    asked = {"year_start": "2022-04-01", "extract_date": "2026-01-01"}
    year = annual_reoffending(*tables(*told), **asked, engine="spark")
    same(year, annual_reoffending(*tables(*told), **asked))
    assert [quarter.summary.reoffences for quarter in year.quarters] == [1, 0, 0, 1]


def test_its_sql_runs_by_itself_in_another_session(spark, found, records):
    other = spark.newSession()
    other.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")
    from youthjustice.records.cohort.frames import arrow_table

    for name, frame in zip(("children", "offences"), records, strict=True):
        other.createDataFrame(arrow_table(name, frame)).createOrReplaceTempView(name)
    steps = found.sql.split(";\n\n")
    names = [step.split()[5] for step in steps]
    assert names[0] == "step_1_children" and names[-1] == "step_13_members"
    last = names.index("step_6_one_entry_per_child")
    for step in steps[: last + 1]:
        other.sql(step)
    assert other.table(names[last]).count() == found.summary.children


def test_both_engines_read_texts_as_the_same_days(spark):
    import ibis

    from youthjustice.records.cohort.cleaning import as_date

    texts = ["2022-03-31", "2022-03-31T23:59:59", "2022-03-31 23:59", "2022-03-31 23:59:59.123456",
             "2024-02-29", "2023-02-29", "2022-13-01", "31/03/2022", "2022-03-31 x", "2022-3-31",
             "2022-03-31Z", "2022-03-31T23:00:00+01:00", "2022-03-31extra", "", None]  # fmt: skip
    asked = ibis.table({"place": "int64", "text": "string"}, name="texts")
    asked = asked.select("place", day=as_date(asked.text)).order_by("place")
    read = {}
    for name in ("duckdb", "spark"):
        running = connect(name)
        running.read("texts", pd.DataFrame({"place": range(len(texts)), "text": texts}))
        sql = str(ibis.to_sql(asked, dialect=running.dialect.name))
        read[name] = [row["day"] for row in running.arrow(sql).to_pylist()]
        running.close()
    assert read["spark"] == read["duckdb"]
    assert [day is not None for day in read["spark"]] == [True] * 5 + [False] * 10


def test_refuses_a_row_by_its_number_and_without_what_stands_in_it(spark, records, tmp_path):
    children, offences = records
    odd = offences.assign(outcome_type=offences["outcome_type"].where(offences.index != 7, "Jane"))
    said = []
    for name in ("duckdb", "spark"):
        with pytest.raises(InputProblem) as refused:
            proven_reoffending(children, odd, **ASKED, engine=name)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert said[1].startswith("row 7 of the table offences, counted from 0: outcome_type is not")
    path = tmp_path / "offences.parquet"
    path.write_bytes(b"Jane was cautioned")
    with pytest.raises(InputProblem, match="the table offences cannot be read by Spark") as refused:
        proven_reoffending(children, path, **ASKED, engine="spark")
    assert "Jane" not in str(refused.value)


def test_lets_the_session_that_was_running_as_it_was(spark):
    spark.conf.set("spark.sql.session.timeZone", "America/New_York")
    before = spark.conf.getAll
    found = followed(Child("a").cautioned("2022-01-31", "2022-01-01"), engine="spark")
    assert found.members["start_date"].tolist() == [pd.Timestamp("2022-01-31")]
    assert spark.conf.getAll == before
    assert spark.catalog.listTables() == []


def test_says_what_to_install_where_java_is_missing(spark, monkeypatch, tmp_path):
    from youthjustice.records.cohort.local_spark import start

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputProblem, match="needs Java 17 or later"):
        start()
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputProblem, match="needs Java 17 or later"):
        start()


def test_starts_without_a_word_and_leaves_nothing(spark, tmp_path):
    here = tmp_path / "here"
    temporary = tmp_path / "temporary"
    here.mkdir()
    temporary.mkdir()
    code = (
        "from youthjustice.records.cohort.local_spark import start\n"
        "session = start(cores=1)\n"
        "assert session.sparkContext.uiWebUrl is None\n"
        "assert session.range(3).count() == 3\n"
    )
    places = {"TMPDIR": str(temporary), "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=here,
        env=os.environ | places,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(here.iterdir()) and not list(temporary.iterdir())
