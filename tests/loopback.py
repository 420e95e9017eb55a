"""HTTP servers on loopback for tests: a handler in, the port on which it runs out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Logs nothing, and closes the connection after one answer."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""

    def read(self) -> bytes:
        """The body of the request."""
        return self.rfile.read(int(self.headers.get("content-length") or 0))

    def begin(self, status: int, headers: Mapping[str, str], length: int) -> None:
        """Send all but the body of an answer."""
        self.close_connection = True
        self.send_response(status)
        own = {"content-length": str(length), "connection": "close"}
        for name, value in {**headers, **own}.items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def listening(handler: type[Handler]) -> Iterator[int]:
    """Run a server for the length of a `with` block; it ends without waiting for its answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
