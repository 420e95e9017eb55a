"""A web of made-up hosts on one loopback server, for tests of fetching.

In: pages by "host/path" (or "/path" for any host), and the addresses of the hosts. Out: what
was asked, which addresses were connected to, and how long was slept, all without waiting.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import httpcore2

from factcheck.fetch.fetcher import Fetcher, World
from factcheck.fetch.models import Fetched, NotFetched, Request
from factcheck.settings.fetch import FetchSettings
from tests.loopback import Handler, listening

PUBLIC = "93.184.216.34"
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass(frozen=True)
class Page:
    """One response. `drip` seconds pass after each byte, `delay` before the first."""

    body: bytes = b"ok"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    hang_up: bool = False


def to(location: str, status: int = 302) -> Page:
    """A redirect."""
    return Page(b"", status, {"location": location})


Pages = Mapping[str, Page | Sequence[Page]]


@dataclass
class Web:
    """The server and its network, seen from a test.

    `names` maps a host to its addresses, or to a list of such answers, one a look-up.
    """

    pages: Pages
    names: Mapping[str, Sequence[str] | Sequence[Sequence[str]]] = field(default_factory=dict)
    port: int = 0
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    now: float = 1_000.0

    def world(self) -> World:
        """This web, as a fetcher sees the world."""
        return World(lambda: self.now, self._sleep, self._resolve, _Wire(self), TLS)

    def get(self, url: str, **settings: object) -> Fetched | NotFetched:
        """What one request comes to."""
        return self.run([Request(url)], **settings)[0]

    def run(
        self, requests: Iterable[Request | str], **settings: object
    ) -> tuple[Fetched | NotFetched, ...]:
        """What several requests in one run come to."""
        asked = [Request(one) if isinstance(one, str) else one for one in requests]

        async def all_of_them() -> tuple[Fetched | NotFetched, ...]:
            chosen = FetchSettings.model_validate({"robots": False, **settings})
            async with Fetcher(chosen, self.world()) as fetcher:
                return await fetcher.fetch_all(asked)

        return asyncio.run(all_of_them())

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)

    async def _resolve(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002 - as the system's
        known = self.names.get(host, [PUBLIC] if host.endswith(".example") else [])
        times = self.looked_up.count(host)
        self.looked_up.append(host)
        if not known:
            raise OSError(host)
        if isinstance(known[0], str):
            return [str(address) for address in known]
        return known[min(times, len(known) - 1)]

    def next_page(self, host: str, path: str) -> Page:
        """The page for a request, the last of several for good."""
        times = self.asked.count(host + path)
        self.asked.append(host + path)
        found = self.pages.get(host + path) or self.pages.get(path) or Page(b"", 404)
        return found if isinstance(found, Page) else found[min(times, len(found) - 1)]


class _Wire(httpcore2.AsyncNetworkBackend):
    """Leads every connection to the test server, and notes where it was meant to go."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002 - all ports are one
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self._web.connected.append(host)
        return await httpcore2.AnyIOBackend().connect_tcp(
            "127.0.0.1", self._web.port, timeout, local_address, socket_options
        )


@contextmanager
def serving(
    pages: Pages, names: Mapping[str, Sequence[str] | Sequence[Sequence[str]]] | None = None
) -> Iterator[Web]:
    """Run a web for the length of a `with` block. Hosts in `.example` are public."""
    web = Web(pages, names or {})
    with listening(_handler(web)) as web.port:
        yield web


def _handler(web: Web) -> type[Handler]:
    class Host(Handler):
        def do_GET(self) -> None:
            """Send the page."""
            web.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = web.next_page(self.headers["host"].partition(":")[0], self.path)
            time.sleep(page.delay)
            self.close_connection = True
            if page.hang_up:
                return
            with suppress(OSError):  # the client may have given up
                self.begin(page.status, page.headers, len(page.body))
                for start in range(0, len(page.body), 1 if page.drip else 65_536):
                    self.wfile.write(page.body[start : start + (1 if page.drip else 65_536)])
                    time.sleep(page.drip)

    return Host
