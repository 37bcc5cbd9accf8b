"""How fast a cohort is followed, beside a merge in pandas, a lazy plan in polars, and Spark, in one run.

Made-up records in parquet: five offences to a child over ten years, one quarter followed. Each does
the whole task in a process of its own, from its imports and the files to children, reoffenders and
reoffences, and must agree with us; ours, on DuckDB and on Spark, also checks every row, accounts for
it and gives the members. The memory is the most that the process held, and its Java with it.

A million offences, or as many as ``COHORT_OFFENCES`` says: ``COHORT_OFFENCES=10000000 python -m
benchmarks cohort``. With ``COHORT_ONLY=duckdb`` the others are left out, which run out of memory first.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START, END, LAST, LAST_OUTCOME = "2022-01-01", "2022-03-31", "2023-03-31", "2023-09-30"
COUNTS = ["caution", "youth_caution", "youth_conditional_caution", "conviction", "custody"]
Answer = tuple[int, int, int]


def main() -> None:
    """Print seconds and memory, ours on both engines and theirs."""
    offences = int(os.environ.get("COHORT_OFFENCES", "1000000"))
    only = os.environ.get("COHORT_ONLY")
    with tempfile.TemporaryDirectory() as folder:
        write_records(Path(folder), offences)
        os.sync()  # else the first is measured beside the writing
        print(f"{offences:,} offences of {offences // 5:,} children, one quarter")
        ours = None
        for name in RUNNERS:
            if only in (None, name):
                ours = row(name, folder, ours)


def row(name: str, folder: str, ours: dict[str, object] | None) -> dict[str, object]:
    """Run one in a process of its own, print it, and stop if it differs from ours."""
    command = [sys.executable, "-m", "benchmarks.bench_cohort", name, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name:8} failed: {(done.stderr.splitlines() or ['killed'])[-1]}")
        return ours or {}
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    first = ours or found
    if found["answer"] != first["answer"]:
        raise SystemExit(f"{name} gives {found['answer']} and ours {first['answer']}")
    print(
        f"{name:8} {found['seconds']:8.2f} s {found['cpu']:8.2f} s of processor "
        f"{found['memory']:8.0f} MB",
        flush=True,
    )
    return first


def write_records(folder: Path, offences: int) -> None:
    """Make up both tables by hashing row numbers: the same for the same size."""
    import duckdb

    con = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder / "spill")})
    con.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
    children = max(offences // 5, 1)
    con.execute(f"""
        COPY (
            SELECT 'C' || lpad(i::VARCHAR, 10, '0') AS child_id,
                   DATE '1998-01-01' + (hash(i) % 5500)::INT AS date_of_birth,
                   CASE WHEN hash(i + 1) % 5 = 0 THEN 'female' ELSE 'male' END AS sex,
                   'Service ' || (hash(i + 2) % 150) AS service
            FROM range({children}) AS t(i)
        ) TO '{folder / "children.parquet"}'
    """)
    kinds = [*COUNTS, "conviction", "community_resolution", "no_further_action"]
    con.execute(f"""
        COPY (
            SELECT 'C' || lpad((hash(i) % {children})::VARCHAR, 10, '0') AS child_id,
                   day AS offence_date,
                   'Code ' || (hash(i + 3) % 200) AS offence_code,
                   i AS offence_seq,
                   {kinds}[(1 + hash(i + 5) % 8)::INT] AS outcome_type,
                   day + (hash(i + 6) % 240)::INT AS outcome_date,
                   CASE WHEN hash(i + 5) % 8 = 4
                        THEN day + (hash(i + 6) % 240 + hash(i + 7) % 200)::INT
                   END AS release_date,
                   hash(i + 8) % 20 = 0 AS is_breach
            FROM (SELECT i, DATE '2014-01-01' + (hash(i + 9) % 3650)::INT AS day
                  FROM range({offences}) AS t(i))
        ) TO '{folder / "offences.parquet"}'
    """)


def duckdb(folder: Path, engine: str = "duckdb") -> Answer:
    """Follow the cohort, with the checks, the members and the account of every row."""
    from youthjustice.records import proven_reoffending

    found = proven_reoffending(
        folder / "children.parquet",
        folder / "offences.parquet",
        cohort=(START, END),
        extract_date="2026-01-01",
        engine=engine,
    )
    return found.summary.children, found.summary.reoffenders, found.summary.reoffences


def spark(folder: Path) -> Answer:
    """Follow the cohort as on DuckDB; that Spark has to start is a part of it."""
    return duckdb(folder, "spark")


def pandas(folder: Path) -> Answer:
    """Read what is needed, cut it down, merge."""
    import pandas as pd

    columns = ["child_id", "offence_date", "outcome_type", "outcome_date", "release_date"]
    rows = pd.read_parquet(folder / "offences.parquet", columns=[*columns, "is_breach"])
    rows = rows[rows["outcome_type"].isin(COUNTS) & ~rows["is_breach"]]
    for name in ("offence_date", "outcome_date", "release_date"):
        rows[name] = pd.to_datetime(rows[name])
    custody = rows["outcome_type"] == "custody"
    rows["entry"] = rows["outcome_date"].mask(custody, rows["release_date"])
    born = pd.read_parquet(folder / "children.parquet", columns=["child_id", "date_of_birth"])
    entries = rows[rows["entry"].between(START, END)][["child_id", "entry"]].merge(born)
    day, birth = entries["entry"].dt, pd.to_datetime(entries["date_of_birth"]).dt
    before = day.month * 100 + day.day < birth.month * 100 + birth.day
    entries = entries[(day.year - birth.year - before).between(10, 17)]
    members = entries.groupby("child_id", as_index=False)["entry"].min()
    members["last"] = members["entry"] + pd.DateOffset(months=12)
    members["wait"] = members["entry"] + pd.DateOffset(months=18)
    rows = rows[rows["offence_date"].between(START, LAST)].drop(columns="entry").merge(members)
    inside = (rows["offence_date"] > rows["entry"]) & (rows["offence_date"] <= rows["last"])
    again = rows[inside & (rows["outcome_date"] <= rows["wait"])]
    return len(members), again["child_id"].nunique(), len(again)


def polars(folder: Path) -> Answer:
    """Do the same as one lazy plan, run by the streaming engine."""
    import polars as pl

    start, end, last = (pl.lit(day).str.to_date() for day in (START, END, LAST))
    rows = pl.scan_parquet(folder / "offences.parquet").filter(
        pl.col("outcome_type").is_in(COUNTS), ~pl.col("is_breach")
    )
    entry = (
        pl.when(pl.col("outcome_type") == "custody")
        .then("release_date")
        .otherwise("outcome_date")
        .alias("entry")
    )
    born = pl.scan_parquet(folder / "children.parquet").select("child_id", "date_of_birth")
    day, birth = pl.col("entry").dt, pl.col("date_of_birth").dt
    before = day.month().cast(int) * 100 + day.day() < birth.month().cast(int) * 100 + birth.day()
    members = (
        rows.select("child_id", entry)
        .filter(pl.col("entry").is_between(start, end))
        .join(born, on="child_id")
        .filter((day.year() - birth.year() - before.cast(int)).is_between(10, 17))
        .group_by("child_id")
        .agg(pl.col("entry").min())
    )
    again = (
        rows.filter(pl.col("offence_date").is_between(start, last))
        .join(members, on="child_id")
        .filter(
            pl.col("offence_date") > pl.col("entry"),
            pl.col("offence_date") <= day.offset_by("12mo"),
            pl.col("outcome_date") <= day.offset_by("18mo"),
        )
        .select(pl.col("child_id").n_unique().alias("some"), pl.len().alias("all"))
    )
    count, found = pl.collect_all([members.select(pl.len()), again], engine="streaming")
    return count.item(), found["some"].item(), found["all"].item()


RUNNERS = {"duckdb": duckdb, "pandas": pandas, "polars": polars, "spark": spark}


def measure(name: str, folder: str) -> None:
    """Run one, here, and print what it gave and took."""
    start = time.perf_counter()
    answer = RUNNERS[name](Path(folder))
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu, memory = of_java()
    found = {
        "answer": answer,
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime + cpu,
        "memory": used.ru_maxrss / 1024 + memory,
    }
    print(json.dumps(found))


def of_java() -> tuple[float, float]:
    """Give the seconds of processor and the most megabytes of the Java that runs beside this."""
    import psutil

    cpu, memory = 0.0, 0.0
    for process in psutil.Process().children(recursive=True):
        took = process.cpu_times()
        cpu += took.user + took.system
        said = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        most = said.partition("VmHWM:")[2].split()
        memory += int(most[0]) / 1024 if most else 0
    return cpu, memory


if __name__ == "__main__":
    measure(*sys.argv[1:])
