"""A server on loopback that misbehaves below HTTP: it hangs, resets, lies and never ends.

In: a behaviour, a function that is given the open connection and the request. Out: the port,
and the requests that were answered.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

MOST_SECONDS = 9.0
"""No behaviour goes on for longer, so that a client that never gives up is noticed and ends."""


@dataclass(frozen=True)
class Asked:
    """One request: its target, its host header, its body."""

    target: str
    host: str
    body: bytes

    @property
    def user(self) -> str:
        """The user message of a chat request."""
        messages = json.loads(self.body)["messages"]
        return str(messages[1]["content"])


Behaviour = Callable[[socket.socket, Asked], None]


@dataclass
class Raw:
    """The running server. `answered` are the bodies of the requests that `answer` took."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)
    behaviour: Behaviour = lambda _, __: None


def read_request(connection: socket.socket) -> Asked | None:
    """The next request; None where the client hangs up or sends none."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(65_536)
        if not piece:
            return None
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        piece = connection.recv(65_536)
        if not piece:
            return None
        body += piece
    return Asked(first.split(" ")[1], headers.get("host", "").partition(":")[0], body)


@contextmanager
def raw_server(behaviour: Behaviour) -> Iterator[Raw]:
    """Run a server for the length of a `with` block; every connection carries one request."""
    raw = Raw(behaviour=behaviour)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    raw.port = listener.getsockname()[1]
    stopping = threading.Event()

    def talk(connection: socket.socket) -> None:
        with connection, suppress(OSError, ValueError):
            connection.settimeout(MOST_SECONDS)
            asked = read_request(connection)
            if asked is not None:
                raw.asked.append(asked)
                raw.behaviour(connection, asked)

    def listen() -> None:
        while not stopping.is_set():
            with suppress(TimeoutError, OSError):
                connection, _ = listener.accept()
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield raw
    finally:
        stopping.set()
        thread.join()
        listener.close()


def response(
    body: bytes, status: str = "200 OK", kind: str = "application/json", headers: str = ""
) -> bytes:
    """A whole response."""
    return (
        f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n"
        f"connection: close\r\n{headers}\r\n"
    ).encode() + body


def sends(data: bytes) -> Behaviour:
    """Send these bytes and hang up."""
    return lambda connection, _: connection.sendall(data)


def resets(after: bytes = b"") -> Behaviour:
    """Send some bytes, then reset the connection."""

    def act(connection: socket.socket, _: Asked) -> None:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return act


def hangs(after: bytes = b"") -> Behaviour:
    """Send some bytes, then nothing."""

    def act(connection: socket.socket, _: Asked) -> None:
        connection.sendall(after)
        time.sleep(MOST_SECONDS)

    return act


def repeats(head: bytes, piece: bytes, pause: float = 0.0) -> Behaviour:
    """Send a head, then the same bytes again and again."""

    def act(connection: socket.socket, _: Asked) -> None:
        connection.sendall(head)
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(pause)

    return act


def bomb(megabytes: int, opening: bytes) -> bytes:
    """Many spaces, packed: one block again and again, without the end that nobody may reach."""
    pack = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    head = pack.compress(opening) + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b" " * 2**20) + pack.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes


OPEN = b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\nconnection: close\r\n"


def broken_below_http(kind: str, opening: bytes) -> dict[str, Behaviour]:
    """What goes wrong whatever is asked for; `opening` is how a good body of this `kind` begins."""
    head = OPEN % kind.encode()
    packed = "content-encoding: gzip\r\n"
    return {
        "hangs before a byte": hangs(),
        "hangs in the status line": hangs(b"HTTP/1.1 2"),
        "hangs in the headers": hangs(head),
        "hangs in the body": hangs(head + b"content-length: 5000\r\n\r\n" + opening),
        "closes at once": sends(b""),
        "closes in the status line": sends(b"HTTP/1.1 20"),
        "closes in the headers": sends(head),
        "closes in the body": sends(head + b"content-length: 5000\r\n\r\n" + opening),
        "closes in a chunk": sends(head + b"transfer-encoding: chunked\r\n\r\nffff\r\n" + opening),
        "resets at once": resets(),
        "resets in the headers": resets(head),
        "resets in the body": resets(head + b"content-length: 5000\r\n\r\n" + opening),
        "speaks another protocol": sends(b"220 mail.example ESMTP\r\n"),
        "speaks TLS": sends(bytes.fromhex("160303004a0200004603036a")),
        "sends bytes for a status": sends(b"\xff\x00\xfe HTTP\r\n\r\n"),
        "sends a status of 99": sends(response(opening, "99 Odd", kind)),
        "sends a status of 999": sends(response(opening, "999 Odd", kind)),
        "answers 204": sends(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"),
        "answers 304 unasked": sends(b"HTTP/1.1 304 Not Modified\r\nconnection: close\r\n\r\n"),
        "sends a bad length": sends(head + b"content-length: many\r\n\r\n" + opening),
        "sends a negative length": sends(head + b"content-length: -1\r\n\r\n" + opening),
        "sends two lengths": sends(head + b"content-length: 2\r\ncontent-length: 9\r\n\r\n{}"),
        "sends a bad chunk": sends(head + b"transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n"),
        "sends a huge chunk size": sends(head + b"transfer-encoding: chunked\r\n\r\n" + b"f" * 99),
        "sends a header of 1 MB": sends(head + b"x-a: " + b"a" * 2**20 + b"\r\n\r\n{}"),
        "sends 100,000 headers": sends(head + b"x-a: b\r\n" * 100_000 + b"\r\n{}"),
        "sends headers without end": repeats(head, b"x-a: b\r\n" * 100),
        "sends a header with ESC": sends(head + b"x-a: \x1b[2J\r\ncontent-length: 2\r\n\r\n{}"),
        "sends a body without end": repeats(head + b"\r\n" + opening, b" " * 65_536),
        "drips a body without end": repeats(head + b"\r\n" + opening, b" ", 0.05),
        "sends 100 Continue without end": repeats(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        "sends a gzip bomb of 1 GB": sends(response(bomb(1024, opening), headers=packed)),
        "sends a half gzip": sends(response(bomb(1, opening)[:200], headers=packed)),
        "sends no gzip as gzip": sends(response(opening, kind=kind, headers=packed)),
        "sends an unknown packing": sends(
            response(opening, kind=kind, headers="content-encoding: zstd, br, rot13\r\n")
        ),
        "redirects to itself": sends(
            response(b"", "307 Temporary Redirect", headers="location: \r\n")
        ),
        "redirects to another host": sends(
            response(b"", "307 Temporary Redirect", headers="location: http://127.0.0.2:9/x\r\n")
        ),
        "redirects to the metadata of a cloud": sends(
            response(b"", "302 Found", headers="location: http://169.254.169.254/latest\r\n")
        ),
        "redirects to a file": sends(
            response(b"", "302 Found", headers="location: file:///etc/passwd\r\n")
        ),
        "redirects to no address": sends(
            response(b"", "308 Permanent Redirect", headers="location: http://[::\r\n")
        ),
        "redirects without an address": sends(response(b"", "302 Found")),
        **{
            f"answers {status}": sends(response(b"no \x1b[31m", f"{status} Odd", kind))
            for status in (400, 401, 402, 403, 404, 407, 408, 413, 418, 422, 429, 451, 500, 502)
        },
        "answers 503 and waits for a year": sends(
            response(b"no", "503 Busy", kind, "retry-after: 31536000\r\n")
        ),
        "answers 429 and waits for nonsense": sends(
            response(b"no", "429 Busy", kind, "retry-after: \x1b soon\r\n")
        ),
    }
