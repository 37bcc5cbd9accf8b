"""Download one file within limits of time and size, whatever the other side does."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urljoin

from youthjustice._shown import shown
from youthjustice.errors import InputProblem
from youthjustice.published.addresses import checked, host_of
from youthjustice.sandbox.limits import LARGEST_FILE, MEBIBYTE

if TYPE_CHECKING:
    import requests

_PIECE = 8192
_MOST_REDIRECTS = 5
_AFTER_HANGING_UP = 0.2
_ANSWERS = {
    401: "refuses to give the file",
    403: "refuses to give the file",
    404: "has no file at this address",
    410: "has no file at this address any more",
    429: "asks to be left alone for a while",
}

_Pieces: TypeAlias = "queue.SimpleQueue[bytes | requests.Response | Exception | None]"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a download may take and how large it may be.

    Attributes:
        connect: seconds until the other side takes the call.
        silence: seconds without anything from it.
        whole: seconds in all.
        largest: bytes.

    """

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 600.0
    largest: int = LARGEST_FILE


def download(
    address: str, target: Path, hosts: Collection[str], limits: Limits, *, progress: bool
) -> None:
    """Write what is at an address into a file.

    The line is held by a thread of its own, since neither looking up a host nor a header that
    comes letter by letter can be given a time; this one waits as long as the limits say.

    Raises:
        InputProblem: the file cannot be had; the sentence says of whom, and why.

    """
    pieces: _Pieces = queue.SimpleQueue()
    stopped = threading.Event()
    line = threading.Thread(
        target=_receive, args=(address, hosts, limits, pieces, stopped), daemon=True
    )
    answer: requests.Response | None = None
    line.start()
    try:
        with target.open("wb") as file, _bar(progress) as bar:
            for piece in _within(limits, pieces, host_of(address)):
                if isinstance(piece, bytes):
                    bar.update(file.write(piece))
                else:
                    answer = piece
                    bar.total = _length(answer)
    finally:
        stopped.set()
        if answer is not None and line.is_alive():
            with suppress(Exception):  # it may have ended by itself meanwhile
                answer.raw.shutdown()
        line.join(_AFTER_HANGING_UP)


@contextmanager
def _bar(progress: bool) -> Iterator[Any]:
    from tqdm import tqdm

    with tqdm(
        unit="B", unit_scale=True, unit_divisor=1024, desc="download", leave=False,
        file=sys.stderr, disable=not progress,
    ) as bar:  # fmt: skip
        yield bar


def _within(limits: Limits, pieces: _Pieces, host: str) -> Iterator[bytes | requests.Response]:
    """Give what the line hands over, as long as it comes in time."""
    ends = time.monotonic() + limits.whole
    patience = limits.connect + limits.silence
    while True:
        left = ends - time.monotonic()
        try:
            piece = pieces.get(timeout=max(0.0, min(left, patience)))
        except queue.Empty:
            if left <= patience:
                raise InputProblem(f"the download took more than {limits.whole:g} s") from None
            raise InputProblem(
                f"{shown(host)} sent nothing, or next to nothing, for {patience:g} s"
            ) from None
        if piece is None:
            return
        if isinstance(piece, Exception):
            raise piece
        yield piece


def _receive(
    address: str,
    hosts: Collection[str],
    limits: Limits,
    pieces: _Pieces,
    stopped: threading.Event,
) -> None:
    """Hand over the answer, the pieces of the file, and None at its end; or what went wrong."""
    import requests

    host = host_of(address)
    try:
        with requests.Session() as session:
            for answer in _answers(session, address, hosts, limits):
                host = host_of(answer.url)
                pieces.put(b"")
            with answer:
                _check(answer, host, limits)
                pieces.put(answer)
                for piece in _whole(answer, host, limits):
                    if stopped.is_set():
                        return
                    pieces.put(piece)
        pieces.put(None)
    except InputProblem as problem:
        pieces.put(problem)
    except Exception as problem:
        pieces.put(InputProblem(_reason(problem, host, limits)))


def _answers(
    session: requests.Session, address: str, hosts: Collection[str], limits: Limits
) -> Iterator[requests.Response]:
    """Give the answer of each address that one sends on to, the last being the file's."""
    from requests.utils import requote_uri

    headers = {
        "User-Agent": "youthjustice",
        # A body that must be unpacked first could grow without end.
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    for _ in range(_MOST_REDIRECTS + 1):
        answer = session.get(
            address,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect, limits.silence),
            headers=headers,
            auth=lambda request: request,  # or a password kept for the host would be sent
        )
        yield answer
        target = session.get_redirect_target(answer)
        if target is None:
            return
        answer.close()
        session.close()  # a connection that the other side has closed must not be used again
        try:
            address = checked(requote_uri(urljoin(address, target)), hosts)
        except InputProblem as problem:
            raise InputProblem(f"{shown(host_of(answer.url))} sends us on, but {problem}") from None
    raise InputProblem(f"{shown(host_of(address))} sends us on from address to address")


def _check(answer: requests.Response, host: str, limits: Limits) -> None:
    """Refuse an answer that cannot be the file."""
    code = answer.status_code
    if code != 200:
        other = "is out of order" if code >= 500 else "did not send the file"
        raise InputProblem(f"{shown(host)} {_ANSWERS.get(code, other)} (answer {code})")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise InputProblem(f"{shown(host)} sent the file packed although asked not to")
    if (_length(answer) or 0) > limits.largest:
        raise InputProblem(_too_large(host, limits))


def _length(answer: requests.Response) -> int | None:
    """Give the size that the other side says, if it says one."""
    said = answer.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def _whole(answer: requests.Response, host: str, limits: Limits) -> Iterator[bytes]:
    """Give the pieces of the file, if it is neither too large nor cut short."""
    size, said = 0, _length(answer)
    for piece in answer.iter_content(_PIECE):
        size += len(piece)
        if size > limits.largest:
            raise InputProblem(_too_large(host, limits))
        yield piece
    if said is not None and size != said:
        raise InputProblem(_broke_off(host))
    if not size:
        raise InputProblem(f"{shown(host)} sent an empty file")


def _too_large(host: str, limits: Limits) -> str:
    most = limits.largest / MEBIBYTE
    return f"{shown(host)} sends more than {most:,.3g} MB, which is the most that is taken"


def _broke_off(host: str) -> str:
    return f"{shown(host)} broke off in the middle of the file"


def _reason(problem: Exception, host: str, limits: Limits) -> str:
    """Say why the line failed, with no word of the error's own, which may hold a password."""
    from requests import exceptions
    from urllib3.exceptions import NameResolutionError, ReadTimeoutError

    silent = f"{shown(host)} was silent for {limits.silence:g} s"
    by_kind: list[tuple[type[Exception], str]] = [
        (exceptions.ProxyError, "the proxy that this machine's settings name does not answer"),
        (exceptions.SSLError, f"{shown(host)} cannot show that it is who it says it is"),
        (exceptions.ConnectTimeout, f"{shown(host)} did not answer for {limits.connect:g} s"),
        (exceptions.ReadTimeout, silent),
        (exceptions.ChunkedEncodingError, _broke_off(host)),
    ]
    for kind, reason in by_kind:
        if isinstance(problem, kind):
            return reason
    inner = problem.args[0] if problem.args else None
    if isinstance(inner, ReadTimeoutError):
        return silent
    if isinstance(getattr(inner, "reason", None), NameResolutionError):
        return f"{shown(host)} was not found: this machine may be offline"
    if isinstance(problem, exceptions.ConnectionError):
        return f"{shown(host)} does not answer: it is out of order, or this machine is offline"
    return f"what {shown(host)} sends cannot be understood"
