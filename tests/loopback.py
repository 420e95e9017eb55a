"""HTTP servers on loopback for tests: a handler in, the port on which it runs out."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """Logs nothing, and closes the connection after one answer."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def read(self) -> bytes:
        """The body of the request; raises `ConnectionError` if the client went before its end."""
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionAbortedError
        return body

    def begin(self, status: int, headers: Mapping[str, str], length: int) -> None:
        """Send all but the body of an answer."""
        self.close_connection = True
        self.send_response(status)
        own = {"content-length": str(length), "connection": "close"}
        for name, value in {**headers, **own}.items():
            self.send_header(name, value)
        self.end_headers()


class Server(ThreadingHTTPServer):
    """Says nothing of clients that go in the middle of a request: tests kill some."""

    daemon_threads, block_on_close = True, False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report all other errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def listening(handler: type[Handler]) -> Iterator[int]:
    """Run a server for the length of a `with` block; it ends without waiting for its answers."""
    server = Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
