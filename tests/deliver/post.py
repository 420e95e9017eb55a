"""Real servers and a ledger for the tests of delivery, all on loopback in the test process."""

from __future__ import annotations

import asyncio
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from factcheck.digest.deliver.ledger import Delivery, Key, Ledger, Mark
from factcheck.digest.deliver.send import Courier, Letters
from factcheck.digest.publish.mail import Mail
from factcheck.settings.delivery import ChatSettings, DeliverySettings, MailSettings

MADE = datetime(2026, 5, 13, 6, 0, tzinfo=UTC)
DESK, NIGHT = "desk@example.org", "night@example.org"


@dataclass(frozen=True)
class Letter(Mail):
    subject: str = "Morning edition: 2 stories"
    html: str = "<html><body><p>The ferry is back – at last.</p></body></html>"
    text: str = "The ferry is back – at last.\n"


class Book(Ledger):
    """A ledger in memory, and in a file if it has a path: what is marked is there at once."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.rows: dict[str, Mark] = {}
        self.marks: list[tuple[str, Mark, str]] = []
        if path and path.exists():
            self.rows = json.loads(path.read_text(encoding="utf-8"))

    def expect(self, edition: str, keys: Collection[Key]) -> dict[Key, Mark]:
        """What was marked; nothing is marked before it is looked at."""
        rows = {key: self.rows.get(" ".join((edition, *key))) for key in keys}
        return {key: mark for key, mark in rows.items() if mark is not None}

    def mark(self, edition: str, channel: str, target: str, state: Mark, detail: str = "") -> None:
        self.rows[f"{edition} {channel} {target}"] = state
        self.marks.append((target, state, detail))
        if self.path:
            new = self.path.with_suffix(".new")
            new.write_text(json.dumps(self.rows), encoding="utf-8")
            new.replace(self.path)


@dataclass
class Office:
    """A mail server: what it took, and how it is to answer. Replies are played in order.

    `refused` maps a recipient to the replies to it; "drop" hangs up instead of answering.
    """

    port: int = 0
    refused: Mapping[str, list[str]] = field(default_factory=dict)
    after_data: list[str] = field(default_factory=list)
    linger: bool = False
    in_data: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)

    def mails(self) -> list[EmailMessage]:
        """What was taken, parsed."""
        return [message_from_bytes(raw, policy=default) for _, raw in self.taken]

    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.taken]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        del server, session
        self.asked.append(address)
        replies = self.refused.get(address)
        if replies:
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.in_data.set()
        if self.linger:
            await asyncio.sleep(60)
        reply = self.after_data.pop(0) if self.after_data else "250 taken"
        del session
        if reply.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
        if reply == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return reply

    def login(self, *args: Any) -> AuthResult:
        """Let in whoever knows the password."""
        sent = args[-1]
        assert isinstance(sent, LoginPassword)
        self.logins.append(sent.login)
        return AuthResult(success=sent.password == b"open sesame", handled=False)


class Bound(Controller):
    """A controller on a port that the system chose."""

    def __init__(self, office: Office, **options: Any) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        office.port = self.listener.getsockname()[1]
        super().__init__(office, hostname="127.0.0.1", port=office.port, **options)

    def _create_server(self) -> Any:
        return self.loop.create_server(
            self._factory_invoker, sock=self.listener, ssl=self.ssl_context
        )


@contextmanager
def serving_mail(office: Office, **options: Any) -> Iterator[Office]:
    """Run a mail server for the length of a `with` block."""
    controller = Bound(office, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


def rude(replies: Mapping[str, str], read: int | None) -> type[socketserver.BaseRequestHandler]:
    """How a rude mail server talks."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                if not self.say(replies.get("", "220 rude")):
                    self.rfile.read()
                while self.answer(self.rfile.readline()[:4].decode().strip().upper()):
                    pass

        def answer(self, verb: str) -> bool:
            if verb == "DATA":
                self.say("354 go on")
                self.take()
            return bool(verb) and self.say(replies.get(verb, "250 fine"))

        def take(self) -> None:
            if read is not None:
                self.rfile.read(read)
                raise ConnectionError
            while self.rfile.readline() != b".\r\n":
                pass

        def say(self, reply: str) -> bool:
            self.wfile.write(f"{reply}\r\n".encode() if reply else b"")
            return bool(reply)

    return Handler


@contextmanager
def talking(replies: Mapping[str, str], *, read: int | None = None) -> Iterator[int]:
    """A rude mail server, on the port that this gives.

    It answers a command as it is told, 250 else; an empty answer hangs up, and an empty
    greeting (of "") is never sent. After `read` bytes of a mail it hangs up.
    """
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), rude(replies, read)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def mail_to(port: int, *to: str, **options: Any) -> MailSettings:
    """Settings for a server on this machine, by default without TLS."""
    values = {"security": "none", "sender": "digest@example.org", "to": to or (DESK,), **options}
    return MailSettings(host="127.0.0.1", port=port, **values)


def send(
    ledger: Book,
    mail: MailSettings | None = None,
    chat: tuple[str, ...] = (),
    *,
    edition: str = "2026-05-13T06",
    letter: Letter | None = None,
    text: str = "Morning edition: the ferry is back.",
    environ: Mapping[str, str] | None = None,
    slept: list[float] | None = None,
    resend: bool = False,
) -> tuple[Delivery, ...]:
    """Deliver an edition; pauses are noted, not made."""
    courier = Courier(
        DeliverySettings(mail=mail, chat=ChatSettings(urls_env=chat)),
        ledger,
        environ or {},
        resend,
        sleep=(slept if slept is not None else []).append,
    )
    return courier.deliver(Letters(edition, MADE, letter or Letter(), text))


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS for a server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
