"""A server on this machine that does what the path asks: right, slowly, wrongly, or not at all."""

import gzip
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"\xef\xbb\xbf\n<!DOCTYPE html><html><title>Sign in</title></html>"
PATIENCE = 0.03


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/").partition(".")[0].replace("-", "_")
        self.close_connection = True
        with suppress(OSError):
            getattr(self, name)(self.server.content)

    def answer(self, body=b"", code=200, length=None, **headers):
        self.send_response(code)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        if length != "none":
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def going_on(self):
        while not self.server.over.wait(PATIENCE):
            yield

    def file(self, content):
        self.answer(content)

    def without_length(self, content):
        self.answer(content, length="none")

    def slowly(self, content):
        self.answer(length=len(content))
        for _, byte in zip(self.going_on(), content, strict=False):
            self.wfile.write(bytes([byte]))

    def half(self, content):
        self.answer(content[: len(content) // 2], length=len(content))

    def half_then_silent(self, content):
        self.half(content)
        self.silent(content)

    def half_chunk(self, content):
        self.answer(b"ffff\r\n" + content[:100], length="none", Transfer_Encoding="chunked")

    def less_than_said(self, content):
        self.answer(content, length=len(content) + 1)

    def more_than_said(self, content):
        self.answer(content, length=len(content) // 2)

    def says_much(self, content):
        self.answer(content, length=10**15)

    def says_nonsense(self, content):
        self.answer(content, length="many")

    def endless(self, content):
        self.answer(length="none", Transfer_Encoding="chunked")
        while not self.server.over.is_set():
            self.wfile.write(b"10000\r\n" + bytes(65536) + b"\r\n")

    def packed(self, content):
        self.answer(gzip.compress(bytes(10**7)), Content_Encoding="gzip")

    def page(self, content):
        self.answer(PAGE)

    def empty(self, content):
        self.answer()

    def nothing(self, content):
        self.answer(code=204)

    def code(self, content):
        self.answer(b"sorry", code=int(self.path.partition("?")[2]))

    def to(self, content):
        self.answer(code=302, Location=self.path.partition("?")[2])

    def loop(self, content):
        self.answer(code=301, Location=f"/loop?{len(self.server.asked)}")

    def silent(self, content):
        for _ in self.going_on():
            pass

    def slow_header(self, content):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in self.going_on():
            self.wfile.write(b"X")

    def no_header(self, content):
        self.wfile.write(b"\x00\x16\x03 not a header \r\n\r\n")

    def hangs_up(self, content):
        pass

    def log_message(self, *_):
        pass


@contextmanager
def serving(content):
    """Give the address of a server with a content; `asked` lists the requests it had."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.content, server.asked, server.over = content, [], threading.Event()
    line = threading.Thread(target=server.serve_forever, args=(0.01,))
    line.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server
    finally:
        server.over.set()
        time.sleep(2 * PATIENCE)
        server.shutdown()
        line.join()
        server.server_close()
