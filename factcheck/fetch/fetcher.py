"""The fetcher: requests in, `Fetched` or `NotFetched` out, through the guard and rate-limited.

Every hop of a redirect is checked anew: scheme, host list, robots.txt, address. Requests to
several hosts go out side by side, those to one host one after the other, so a slow host
holds up nobody else. One `Fetcher` serves a run: it remembers robots.txt and who was busy.
"""

from __future__ import annotations

import asyncio
import math
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import httpcore2

from factcheck import __version__
from factcheck.errors import UsageError
from factcheck.fetch.exchange import Response, send_request, to_fetched
from factcheck.fetch.guard import GuardedNetwork, Resolve, look_up
from factcheck.fetch.models import Fetched, FetchProblem, NotFetched, Request
from factcheck.fetch.robots import MOST_BYTES, NAME, Rules, to_rules
from factcheck.fetch.urls import (
    Target,
    is_listed,
    is_trusted,
    join_url,
    shown,
    target,
    without_login,
)
from factcheck.settings.fetch import FetchSettings
from factcheck.transfer import REDIRECTS, load_certificates, prepare_certificates, retry_after

LONGEST_WAIT = 60.0  # seconds that a server may ask for with Retry-After
USUAL_WAIT = 5.0  # seconds, where it says that it is busy and not for how long
MOST_FAILURES = 3  # in a row
ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml,"
    " application/feed+json, application/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True)
class World:
    """The surroundings of a fetcher: a monotonic clock in seconds, the network, certificates."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    resolve: Resolve = look_up
    network: httpcore2.AsyncNetworkBackend | None = None
    tls: ssl.SSLContext | None = None


@dataclass
class _Host:
    """What is known of one host in this run.

    `ready` is on the clock of the fetcher; `closed` says why the host is left alone, "" if not.
    """

    delay: float
    ready: float = -math.inf
    failures: int = 0
    closed: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class _Job:
    """How one request is made, apart from where it leads; `left` are seconds."""

    headers: Mapping[str, str]
    left: float
    max_bytes: int
    max_redirects: int
    for_robots: bool = False


class Fetcher:
    """Fetches within one run; an asynchronous context manager."""

    def __init__(self, settings: FetchSettings, world: World | None = None) -> None:
        self._settings = settings
        self._world = world or World()
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._headers = {"accept": ACCEPT, "user-agent": f"{NAME}/{__version__}{contact}"}
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, asyncio.Task[Rules]] = {}
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=self._world.tls or prepare_certificates(),
            max_connections=settings.concurrency,
            max_keepalive_connections=settings.concurrency,
            keepalive_expiry=15,
            network_backend=GuardedNetwork(
                self._world.resolve,
                lambda host, port: is_trusted(host, port, settings.private),
                self._world.network or httpcore2.AnyIOBackend(),
            ),
        )

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        for task in self._rules.values():
            task.cancel()
        await self._pool.aclose()

    async def fetch_all(self, requests: Sequence[Request]) -> tuple[Fetched | NotFetched, ...]:
        """What came of each request, in the order of the requests; see `fetch`."""
        return tuple(await asyncio.gather(*map(self.fetch, requests)))

    async def fetch(self, request: Request) -> Fetched | NotFetched:
        """What came of one request; raises `UsageError` alone, where TLS lacks certificates."""
        settings = self._settings
        headers = {**self._headers, **_conditions(request)}
        job = _Job(headers, settings.timeout, settings.max_bytes, settings.max_redirects)
        try:
            found, answer = await self._follow(request.url, request.via, job)
            return to_fetched(request, found, answer)
        except FetchProblem as problem:
            detail = problem.detail if request.via else str(problem)
            return NotFetched(without_login(request.url), problem.reason, detail)
        except UsageError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a server provokes ends its own request only
            detail = f"the answer could not be handled ({type(error).__name__}): leave it out"
            return NotFetched(without_login(request.url), "bad answer", detail)

    async def _follow(self, url: str, via: str, job: _Job) -> tuple[Target, Response]:
        """The last answer of a chain of redirects, within the time for one request."""
        for hop in range(job.max_redirects + 1):
            try:
                found, answer = await self._hop(url, via, job)
            except FetchProblem as problem:
                if hop == 0:
                    raise
                detail = f"redirected to {shown(url)}: {problem.detail}"
                raise FetchProblem(problem.reason, detail) from problem
            place = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not place:
                return found, answer
            url, via = join_url(found.url, place), found.url
        detail = f"more than {job.max_redirects} redirects: look where it leads in a browser"
        raise FetchProblem("too many redirects", detail)

    async def _hop(self, url: str, via: str, job: _Job) -> tuple[Target, Response]:
        found = target(url)
        self._admit(found, via)
        if self._world.tls is None and found.url.startswith("https:"):
            load_certificates()
        if self._settings.robots and not job.for_robots:
            (await self._rules_of(found)).check(found.url)
        return found, await self._ask(found, job)

    def _admit(self, found: Target, via: str) -> None:
        """Raise `FetchProblem` for a host that the settings do not allow."""
        if self._trusts(found):
            if via and not self._trusts(target(via)):
                detail = f"{shown(via)} leads into the local network, which only you may do"
                raise FetchProblem("private address", detail)
        elif self._settings.hosts and not is_listed(found, self._settings.hosts):
            remedy = f'add "{found.name}" to fetch.hosts to allow it'
            raise FetchProblem("host not allowed", f"{found.name} is not listed", remedy)

    def _trusts(self, found: Target) -> bool:
        return is_trusted(found.host, found.port, self._settings.private)

    async def _rules_of(self, found: Target) -> Rules:
        """The rules of robots.txt, read once for each scheme, host and port."""
        if found.origin not in self._rules:
            self._rules[found.origin] = asyncio.create_task(self._read_rules(found))
        # One request that is given up must not take the rules away from the others.
        return await asyncio.shield(self._rules[found.origin])

    async def _read_rules(self, found: Target) -> Rules:
        timeout = self._settings.timeout
        job = _Job(self._headers, timeout, MOST_BYTES, ROBOTS_REDIRECTS, for_robots=True)
        place = found.origin + "/robots.txt"
        try:
            _, answer = await self._follow(place, found.origin, job)
        except FetchProblem as problem:
            return to_rules(problem)
        rules = to_rules(answer)
        host = self._host(found)
        host.delay = max(host.delay, rules.delay)
        host.ready = max(host.ready, self._world.clock() + rules.delay)
        return rules

    async def _ask(self, found: Target, job: _Job) -> Response:
        """An answer from a host that is not busy; a broken connection is tried once more."""
        host = self._host(found)
        for last in (False, True):
            try:
                answer = await self._turn(found, host, job)
            except FetchProblem as problem:
                if problem.reason == "unreachable" and not last:
                    continue
                if problem.reason in {"unreachable", "timeout", "name not found"}:
                    host.failures += 1
                    if host.failures >= MOST_FAILURES:
                        why = f"failed {MOST_FAILURES} times in a row and was left alone"
                        host.closed = f"{found.name} {why}"
                raise
            host.failures = 0
            if answer.status not in {429, 503}:
                return answer
            asked = retry_after(answer.headers)
            wait = USUAL_WAIT if asked is None else asked
            if last or wait > LONGEST_WAIT:
                break
            host.ready = max(host.ready, self._world.clock() + wait)
        host.closed = f"{found.name} said that it is busy and was left alone: try later"
        raise FetchProblem("busy", host.closed)

    async def _turn(self, found: Target, host: _Host, job: _Job) -> Response:
        """Wait for this host to be ready, then for a free slot, then ask."""
        async with host.lock:
            if host.closed:
                raise FetchProblem("given up", host.closed)
            wait = host.ready - self._world.clock()
            if wait > 0:
                await self._world.sleep(wait)
            async with self._slots:
                host.ready = self._world.clock() + host.delay
                start = asyncio.get_running_loop().time()
                try:
                    return await send_request(
                        self._pool,
                        found,
                        job.headers,
                        seconds=max(job.left, 0.001),
                        max_bytes=job.max_bytes,
                        cut=job.for_robots,
                    )
                finally:
                    job.left -= asyncio.get_running_loop().time() - start

    def _host(self, found: Target) -> _Host:
        delay = 0.0 if self._trusts(found) else self._settings.delay
        return self._hosts.setdefault(found.host, _Host(delay))


def _conditions(request: Request) -> dict[str, str]:
    """The headers that ask for news only; what cannot be a header is left out."""
    pairs = {"if-none-match": request.etag, "if-modified-since": request.last_modified}
    return {
        name: value
        for name, value in pairs.items()
        if value and value.isascii() and value.isprintable() and len(value) <= 1_000
    }
