"""``youthjustice fetch`` downloads and imports, or ends in one sentence and code 2."""

import pandas as pd
import pytest

from tests.published.layouts.local_tables import OUTCOMES, table
from tests.published.servers import serving
from tests.sandbox.files import zipped
from youthjustice import cli
from youthjustice.published.addresses import addresses

TABLE = "outcomes_service"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Let no proxy of this machine stand between."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture(scope="module")
def server():
    rows = table(OUTCOMES, "Number_Cautioned_Sentenced")
    with serving(pd.DataFrame(rows).to_csv(index=False, header=False).encode()) as served:
        yield served


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"


def kept(folder):
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("YOUTHJUSTICE_DATA", str(tmp_path))

    def command(*arguments):
        code = cli.main(["fetch", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_the_command_fetches_and_imports(run, folder, server, tmp_path):
    target = tmp_path / "tidy.csv"
    code, out, err = run(TABLE, "--from", f"{server[0]}/file.csv", "--output", target)
    assert (code, err) == (0, "")
    assert "sha256 " in out
    assert f"{TABLE}: " in out
    assert str(folder / f"{TABLE}-") in out
    assert pd.read_csv(target)["table"].eq(TABLE).all()
    assert len(kept(folder)) == 2


def test_the_command_ends_in_one_sentence_and_code_2(run, folder, server):
    for path in ("code?404", "page", "half", "slow-header"):
        code, _, err = run(TABLE, "--from", f"{server[0]}/{path}", "--seconds", "0.2")
        assert code == 2
        assert err.startswith("youthjustice: ")
        assert err.count("\n") == 1
        assert kept(folder) == []
    for wrong in (("no_such_table",), (TABLE, "--seconds", "nan"), (), (TABLE, "--list")):
        code, _, err = run(*wrong)
        assert code == 2
        assert err.count("\n") == 1
    assert "did you mean outcomes_service?" in run("outcome_service")[2]
    assert "not listed in 'x'; it is in yjs-2023-24" in run(TABLE, "--source", "x")[2]


@pytest.mark.prove
def test_what_opens_but_is_another_table_is_kept_and_what_does_not_open_is_not(run, folder, server):
    code, _, err = run("reoffending_area", "--from", f"{server[0]}/file.csv")
    assert code == 2
    assert "the file is kept as " in err
    assert len(kept(folder)) == 2
    with serving(zipped({"xl/workbook.xml": "<", "[Content_Types].xml": "<"})) as (address, _):
        for path in ("file.xlsx", "more-than-said.xlsx"):
            code, _, err = run(TABLE, "--from", f"{address}/{path}")
            assert code == 2
            assert "is damaged" in err
            assert "kept" not in err
    assert len(kept(folder)) == 2


def test_a_table_without_a_lasting_address_says_which_page_to_open(run, folder):
    for name in addresses().query("address == ''")["table"]:
        code, out, err = run(name)
        assert (code, out) == (2, "")
        assert err.count("\n") == 1
        assert "open https://" in err
        assert "youthjustice import FILE" in err
    assert not folder.exists()


def test_all_addresses_are_listed(run):
    code, out, _ = run("--list")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["table", "publication", "checksum", "address"]
    assert sum("https://" in line for line in lines) == len(addresses())
    for words in ("by hand: ", "pinned: ", "recorded: "):
        assert words in out
