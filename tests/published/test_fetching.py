"""A file comes whole, checked and recorded, or one sentence says why not and nothing is kept."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pandas as pd
import pytest

from tests.published.layouts.local_tables import OUTCOMES, table
from tests.published.servers import serving
from tests.sandbox.files import zipped
from youthjustice.errors import InputProblem
from youthjustice.published import archives, fetching
from youthjustice.published.addresses import addresses, checked, named, publication, publishers
from youthjustice.published.archives import taken_out
from youthjustice.published.downloading import Limits
from youthjustice.published.fetching import RECORD, fetched

TABLE = "outcomes_service"
# A busy machine may let a right answer wait; only what never comes is waited for shortly.
LONG = Limits(connect=20, silence=20, whole=60, largest=200_000)
SHORT = Limits(connect=0.15, silence=0.15, whole=0.6, largest=200_000)
NEVER_COMES = {"slowly.csv", "half-then-silent", "silent", "slow-header"}

RECORDED = "recorded; none is listed to compare it with"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Let no proxy of this machine stand between."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1")


@pytest.fixture(scope="module")
def content():
    rows = table(OUTCOMES, "Number_Cautioned_Sentenced")
    return pd.DataFrame(rows).to_csv(index=False, header=False).encode()


@pytest.fixture(scope="module")
def server(content):
    with serving(content) as served:
        yield served


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "downloads"


def fetch(folder, address=None, limits=LONG):
    with fetched(TABLE, folder, address=address, limits=limits) as done:
        assert done.path.exists()
    return done


def pin(monkeypatch, address, sha256, member=""):
    wanted = replace(publication(TABLE), address=address, sha256=sha256, member=member)
    monkeypatch.setattr(fetching, "publication", lambda *_: wanted)
    monkeypatch.setattr(fetching, "publishers", lambda: frozenset({"127.0.0.1"}))


def kept(folder):
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else []


def test_a_file_comes_whole_and_is_recorded(folder, server, content):
    done = fetch(folder, f"{server[0]}/file.csv?key=secret")
    digest = hashlib.sha256(content).hexdigest()
    assert done.place.read_bytes() == content
    assert (done.sha256, done.told) == (digest, RECORDED)
    assert done.place.name == f"{TABLE}-{digest[:12]}.csv"
    assert kept(folder) == [RECORD, done.place.name]
    (row,) = pd.read_csv(folder / RECORD).to_dict("records")
    assert (row["table"], row["sha256"], row["bytes"]) == (TABLE, digest, len(content))
    assert row["address"] == f"{server[0]}/file.csv"


def test_a_file_of_no_stated_length_comes_too(folder, server, content):
    for path in ("without_length", "says_nonsense"):
        assert fetch(folder, f"{server[0]}/{path}").place.read_bytes() == content


def test_releases_are_kept_beside_each_other_and_told_apart(folder, server, content):
    fetch(folder, f"{server[0]}/file.csv")
    assert fetch(folder, f"{server[0]}/file.csv").told.startswith("the same file as on 2")
    with serving(content.replace(b"2013-14", b"2014-15")) as (other, _):
        assert "another file than on 2" in fetch(folder, f"{other}/file.csv").told
    assert len(kept(folder)) == 3
    assert len(pd.read_csv(folder / RECORD)) == 3


# Which of its clocks a busy machine lets run out first, nobody can say.
TOO_SLOW = "took more than 0.6 s|sent nothing, or next to nothing, for 0.3 s|was silent for 0.15 s"
WRONG = {
    "slowly.csv": TOO_SLOW,
    "half": "broke off in the middle of the file",
    "half-then-silent": TOO_SLOW,
    "half-chunk": "broke off in the middle of the file",
    "less-than-said": "broke off in the middle of the file",
    "says-much": "sends more than 0.191 MB, which is the most that is taken",
    "endless": "sends more than 0.191 MB",
    "packed": "sent the file packed although asked not to",
    "page": "sent a web page instead of the file",
    "empty": "sent an empty file",
    "nothing": r"did not send the file \(answer 204\)",
    "code?404": r"has no file at this address \(answer 404\)",
    "code?410": r"has no file at this address any more \(answer 410\)",
    "code?403": r"refuses to give the file \(answer 403\)",
    "code?429": r"asks to be left alone for a while \(answer 429\)",
    "code?500": r"is out of order \(answer 500\)",
    "code?302": r"did not send the file \(answer 302\)",
    "loop": "sends us on from address to address",
    "to?file:///etc/hostname": "sends us on, but 'file:///etc/hostname' is not|not a web address",
    "to?ftp://127.0.0.1/x": "sends us on, but 'ftp://127.0.0.1/x' is not an encrypted address",
    "to?http://www.gov.uk/x": "'http://www.gov.uk/x' is not an encrypted address",
    "to?https://example.org/x": "'example.org' is not the host of a publisher that we know",
    "to?https://a:b@www.gov.uk/": "the address at www.gov.uk holds a name or a password",
    "to?https://[": "is not a web address",
    "silent": "was silent for 0.15 s",
    "slow-header": TOO_SLOW,
    "no-header": "does not answer|cannot be understood",
    "hangs-up": "does not answer: it is out of order, or this machine is offline",
}


@pytest.mark.sampled(6)
@pytest.mark.parametrize("path", WRONG)
def test_what_goes_wrong_is_one_sentence_in_time_and_nothing_stays(folder, server, path):
    start = time.monotonic()
    with pytest.raises(InputProblem, match=WRONG[path]) as told:
        fetch(folder, f"{server[0]}/{path}", SHORT if path in NEVER_COMES else LONG)
    assert time.monotonic() - start < 10
    assert kept(folder) == []
    said = str(told.value)
    assert "\n" not in said
    assert said.startswith(f"{TABLE} was not fetched: ")
    assert said.endswith("save the file and run 'youthjustice import FILE'")
    assert f"open {publication(TABLE).page} in a browser" in said


def test_a_port_where_nobody_listens_is_told(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, never listening: whoever calls is refused
        with pytest.raises(InputProblem, match="does not answer: it is out of order"):
            fetch(folder, f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert kept(folder) == []


def test_a_host_that_cannot_be_looked_up_may_mean_that_the_machine_is_offline(folder, monkeypatch):
    def offline(*_, **__):
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    with pytest.raises(InputProblem, match=r"'host\.invalid' was not found: this machine may be"):
        fetch(folder, "https://host.invalid/x")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: threading.Event().wait(3) or [])
    with pytest.raises(InputProblem, match=r"sent nothing, or next to nothing, for 0\.3 s"):
        fetch(folder, "https://host.invalid/x", SHORT)


def test_a_server_without_a_certificate_is_not_believed(folder, server):
    with pytest.raises(InputProblem, match="cannot show that it is who"):
        fetch(folder, server[0].replace("http:", "https:") + "/file.csv")


def test_a_proxy_that_does_not_answer_is_told_without_its_password(folder, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://user:hidden@127.0.0.1:9")
    with pytest.raises(InputProblem, match="the proxy that this machine's settings name") as told:
        fetch(folder, "https://host.invalid/x")
    assert "hidden" not in str(told.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///etc/passwd", "is not a web address"),
        ("/etc/passwd", "is not a web address"),
        ("", "is not a web address"),
        ("ftp://host.invalid/x", "only https"),
        ("http://host.invalid/x", "only https"),
        ("http://localhost/x", "only https"),
        ("http://127.0.0.1.host.invalid/x", "only https"),
        ("https://me:hidden@host.invalid/x", "holds a name or a password"),
        ("https://host.invalid\\@127.0.0.1/", "is not a web address"),
        ("https://host.invalid:99999/", "is not a web address"),
        ("https://host.invalid/a b", "is not a web address"),
        ("https://" + "x" * 3000, "is not a web address"),
        ("https://ho%73t.invalid/", "is not a web address"),
    ],
)
def test_only_encrypted_addresses_are_asked(folder, address, said):
    with pytest.raises(InputProblem, match=said) as told:
        fetch(folder, address)
    assert "hidden" not in str(told.value)
    assert not folder.exists()


def test_no_password_kept_for_a_host_is_sent(folder, server, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hidden\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    fetch(folder, f"{server[0]}/file.csv")
    assert "Authorization" not in server[1].asked[-1][1]
    assert server[1].asked[-1][1]["Accept-Encoding"] == "identity"


def test_a_redirect_of_the_same_host_is_followed(folder, server, content):
    assert fetch(folder, f"{server[0]}/to?/file.csv").place.read_bytes() == content


def test_a_pinned_file_is_taken_and_any_other_is_not(folder, server, content, monkeypatch):
    pin(monkeypatch, f"{server[0]}/file.csv", hashlib.sha256(content).hexdigest())
    assert fetch(folder).told == "as listed"
    pin(monkeypatch, f"{server[0]}/file.csv", "0" * 64)
    before = kept(folder)
    with pytest.raises(InputProblem, match="checksum is not the one that is pinned"):
        fetch(folder)
    assert kept(folder) == before


def test_a_file_comes_out_of_its_archive(folder, content, monkeypatch):
    members = {"__MACOSX/Outcome_Table.csv": "x", "in/../Outcome_Table v2.csv": content, "b": "x"}
    with serving(zipped(members)) as (address, _):
        pin(monkeypatch, f"{address}/file.zip", hashlib.sha256(content).hexdigest(), "outcome*.csv")
        done = fetch(folder)
        assert (done.told, done.place.suffix) == ("as listed", ".csv")
        assert done.place.read_bytes() == content
        pin(monkeypatch, f"{address}/file.zip", "0" * 64, "outcome*.csv")
        with pytest.raises(InputProblem, match="checksum is not the one that is pinned"):
            fetch(folder)
        pin(monkeypatch, f"{address}/file.zip", "", "*.ods")
        with pytest.raises(InputProblem, match="the archive holds no file with a name such as"):
            fetch(folder)
    assert kept(folder) == [RECORD, done.place.name]


def test_archives_that_are_hostile_or_damaged_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 1000)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": bytes(10**6), "b.csv": "x", "c.csv": "x"}))
    for member, said in {"a*": "more than", "*.csv": "holds 3 files", "d*": "no file"}.items():
        with pytest.raises(InputProblem, match=said):
            taken_out(path, member, tmp_path / "out")
    whole = zipped({"a.csv": os.urandom(500)})
    path.write_bytes(whole[:50] + b"\0" * 40 + whole[90:])
    with pytest.raises(InputProblem, match="damaged or protected"):
        taken_out(path, "a*", tmp_path / "out")
    path.write_bytes(b"no archive")
    assert taken_out(path, "a*", tmp_path / "out") == path


@pytest.mark.prove
def test_what_a_stopped_fetch_left_is_gone_after_the_next(folder, server):
    code = (
        "import sys; from pathlib import Path; from youthjustice.published.fetching import fetched\n"
        "with fetched(sys.argv[1], Path(sys.argv[2]), address=sys.argv[3]): pass"
    )
    arguments = [sys.executable, "-c", code, TABLE, folder, f"{server[0]}/slowly.csv"]
    with subprocess.Popen(arguments) as child:
        for _ in range(500):
            if any(name.startswith("tmp") for name in kept(folder)):
                break
            time.sleep(0.02)
        with pytest.raises(InputProblem, match="another fetch is writing into"):
            fetch(folder, f"{server[0]}/file.csv")
        child.send_signal(signal.SIGKILL)
    assert any(name.startswith(".part-") for name in kept(folder))
    done = fetch(folder, f"{server[0]}/file.csv")
    assert kept(folder) == [RECORD, done.place.name]


def test_a_folder_that_cannot_be_made_is_told(tmp_path, server):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputProblem, match="cannot be written: "):
        fetch(tmp_path / "file" / "downloads", f"{server[0]}/file.csv")


def test_a_record_that_is_damaged_is_begun_anew(folder, server):
    folder.mkdir()
    for text in (b"\xff\x00", b"a,b\n1,2,3\n", b""):
        (folder / RECORD).write_bytes(text)
        assert fetch(folder, f"{server[0]}/file.csv").told == RECORDED
        assert len(pd.read_csv(folder / RECORD)) == 1


def test_every_address_is_encrypted_and_of_an_official_publisher():
    listed = addresses()
    official = (
        "gov.uk", "www.ons.gov.uk", "fingertips.phe.org.uk", "www.justiceinspectorates.gov.uk",
        "github.com", "raw.githubusercontent.com",
    )  # fmt: skip
    for text in pd.concat([listed["page"], listed["address"]]):
        assert not text or checked(text, publishers()) == text
    assert all(host in official or host.endswith(".gov.uk") for host in publishers())
    on_github = listed[listed["address"].str.contains("githubusercontent")]["address"]
    assert on_github.str.startswith(
        "https://raw.githubusercontent.com/dfe-analytical-services/"
    ).all()
    assert named("https://me:hidden@host.invalid/x?hidden") == "'https://host.invalid/x'"
