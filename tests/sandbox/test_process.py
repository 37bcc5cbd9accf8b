"""The reading process is bound in memory and time, and what it says is not trusted."""

import io
import os
import pickle
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest

from tests.sandbox.files import cell, ods, ods_row, xlsx
from youthjustice.sandbox import process
from youthjustice.sandbox.pieces import TOO_BIG, pieces

ROW = f'<row r="1">{cell("A1", 1)}</row>'


def run(raw, **how):
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.flush()
        file.seek(0)
        return list(process.run(file.fileno(), **how))


def test_the_process_gives_what_the_function_gives(tmp_path):
    raw = xlsx(("S", ROW))
    assert run(raw) == list(pieces(raw, tmp_path))
    assert run(raw)[-1] == ("end",)


def test_the_process_is_told_to_read_line_by_line(tmp_path):
    raw = "Ynys Môn,1\n".encode() + "Ynys Môn,2\n".encode("cp1252")
    assert run(raw, by_line=True) == list(pieces(raw, tmp_path, by_line=True))
    assert run(raw, by_line=True) != run(raw)


class Harmful:
    def __reduce__(self):
        return os.system, ("exit 1",)


def test_what_could_run_is_not_taken():
    stream = io.BytesIO(pickle.dumps(("file",)) + pickle.dumps(("cells", Harmful())))
    assert list(process._taken(stream)) == [("file",)]


def test_a_process_that_takes_too_long_is_ended_and_leaves_nothing(monkeypatch, tmp_path):
    # A folder of its own: other tests read files at the same time.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(process, "PATIENCE", 0.3)
    monkeypatch.setattr(process, "_START", "import time; time.sleep(60)")
    start = time.monotonic()
    assert run(b"a,b") == [("problem", process.TOO_LONG)]
    assert time.monotonic() - start < 20
    assert not [*tmp_path.iterdir()]


def test_a_process_that_computes_too_long_is_ended_by_the_system(monkeypatch):
    pytest.importorskip("resource")
    start = process._START.replace("import main; main()", "import limit; import itertools")
    spin = (
        "; import youthjustice.sandbox.child as c; c.SECONDS = 1; c.limit(); sum(itertools.count())"
    )
    monkeypatch.setattr(process, "_START", start + spin)
    assert run(b"a,b") == [("problem", process.TOO_LONG)]


@pytest.mark.parametrize("end", ["sys.exit(1)", "os.abort()", "sys.stdout.write('x')"])
def test_a_process_that_dies_is_a_problem(monkeypatch, end):
    monkeypatch.setattr(process, "_START", f"import os, sys; {end}")
    assert run(b"a,b") == [("problem", TOO_BIG)]


def test_modules_are_never_found_in_the_folder_one_stands_in(monkeypatch, tmp_path):
    (tmp_path / "python_calamine.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend("")
    assert all(Path(entry).is_absolute() for entry in process._where())
    assert run(xlsx(("S", ROW)))[-1] == ("end",)


def memory_of_all():
    """Megabytes of this process and its children now."""
    own = os.getpid()
    children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
    return sum(map(_memory, [str(own), *children]))


def _memory(number):
    try:
        status = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    lines = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0]) // 1024 if lines else 0


def computed():
    """Seconds that ended children computed: the clock says more of the machine's other work."""
    times = os.times()
    return times.children_user + times.children_system


def measured(work):
    """Run, and give the result, the seconds computed in children and the megabytes beyond now."""
    before, most, done = memory_of_all(), [0], threading.Event()

    def watch():
        while not done.wait(0.01):
            most[0] = max(most[0], memory_of_all())

    watching = threading.Thread(target=watch)
    watching.start()
    start = computed()
    try:
        result = work()
    finally:
        done.set()
        watching.join()
    return result, computed() - start, most[0] - before


linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")

BOMBS = {
    "two cells in opposite corners": lambda: xlsx(
        ("S", f'{ROW}<row r="1048576">{cell("XFD1048576", 1)}</row>')
    ),
    "rows and columns repeated": lambda: ods(ods_row("a", repeated=16384, times=1048576)),
    "a thousand million rows": lambda: ods(ods_row("a", times=10**9)),
    "entities": lambda: ods(
        ods_row("&c;"),
        before='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    ),
    "a file it points to": lambda: ods(
        ods_row("&x;"), before='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
}
LARGE_BOMBS = {
    "more than a gigabyte of nothing": lambda: xlsx(("S", [b" " * 1_000_000] * 1100)),
    "nine hundred megabytes of text": lambda: xlsx(
        ("S", ["<row><c t='inlineStr'><is><t>", *[b"a" * 1_000_000] * 900])
    ),
    "ten million rows": lambda: xlsx(("S", [b"<row><c><v>1</v></c></row>" * 10_000] * 1000)),
    "ten million rows of .ods": lambda: ods(
        ["<table:table-row><table:table-cell/></table:table-row>" * 10_000] * 1000
    ),
    "a million rows of text": lambda: b"Area,2014,2015\n" * 1_048_577,
    "nine million commas": lambda: b"," * 9_000_000,
}


def ends_well(raw):
    (*_, last), seconds, megabytes = measured(lambda: run(raw))
    assert last[0] in ("end", "problem")
    assert seconds < 20
    assert megabytes < 800
    assert "root:" not in str(last)
    return last


@linux
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_ends_in_little_memory_and_time(bomb):
    ends_well(BOMBS[bomb]())


@linux
@pytest.mark.prove
@pytest.mark.parametrize("bomb", LARGE_BOMBS)
def test_a_large_bomb_ends_in_little_memory_and_time(bomb):
    last = ends_well(LARGE_BOMBS[bomb]())
    assert last[0] == "problem" or "rows of .ods" in bomb


def test_texts_that_would_fill_the_memory_of_who_asked_are_not_handed_over(monkeypatch, tmp_path):
    # Each piece is small, and there is no end of them: 500 sheets of one long text each.
    monkeypatch.setattr(import_module("youthjustice.sandbox.pieces"), "MOST_TEXT", 100_000)
    sheets = [(f"S{number}", f"<row>{cell('A1', 'x' * 30_000)}</row>") for number in range(5)]
    *_, last = pieces(xlsx(*sheets[:3]), tmp_path)
    assert last == ("end",)
    *_, last = pieces(xlsx(*sheets), tmp_path)
    assert last == ("problem", TOO_BIG)


def test_rows_beyond_the_most_are_not_counted(monkeypatch, tmp_path):
    room = import_module("youthjustice.sandbox.pieces")
    monkeypatch.setattr(room, "MOST_ROWS", 10)
    monkeypatch.setattr(import_module("youthjustice.sandbox.columns"), "MOST_ROWS", 10)
    # The quote that is never closed stands behind the rows that may be read.
    ((what, sentence),) = pieces(b"a,b\n" * 200 + b'"', tmp_path)
    assert (what, sentence[:22]) == ("problem", "has more than 10 rows,")
