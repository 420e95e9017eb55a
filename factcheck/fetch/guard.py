"""The guard: a host name in, a connection to a public address out, or a refusal.

The name is looked up here, every address is checked here, and the connection goes to the
very address that was checked. So neither a redirect nor a name that answers differently
the second time (DNS rebinding) leads into this machine or the network around it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import httpcore2

from factcheck.fetch.models import FetchProblem
from factcheck.settings.urls import join_authority, parse_address

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

GLOBAL_UNICAST = IPv6Network("2000::/3")
# RFC 6052: in a network without IPv4 all of the old internet has such an address.
NAT64 = IPv6Network("64:ff9b::/96")
PROTOCOLS = IPv4Network("192.0.0.0/24")  # not all of it is known to older Pythons
MOST_ADDRESSES = 4
PATIENCE = 5.0  # seconds for one address where there are others to try


async def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system knows them; raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


def find_refusal(address: str) -> str:
    """What kind of address must not be connected to; "" for a public one.

    Public is what the IANA registries call globally reachable, and for IPv6 lies in
    2000::/3. An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) counts by itself.
    """
    found = parse_address(address)
    if found is None:
        return "not an address"
    odd = False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in NAT64:
            inner = IPv4Address(int(found) & 0xFFFF_FFFF)
        if inner is not None:
            return find_refusal(str(inner))
        odd = found not in GLOBAL_UNICAST
    kinds = {
        "loopback": found.is_loopback,
        "link-local": found.is_link_local,
        "multicast": found.is_multicast,
        "private": found.is_private and not found.is_unspecified,
        "reserved": found.is_reserved or odd or not found.is_global or found in PROTOCOLS,
    }
    return next((kind for kind, applies in kinds.items() if applies), "")


@dataclass(frozen=True)
class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Connections to public addresses, and to what `trusted` says the user trusts."""

    resolve: Resolve
    trusted: Callable[[str, int], bool]
    network: httpcore2.AsyncNetworkBackend

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface of httpcore
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of a host that answers; raises `FetchProblem`."""
        addresses = await self._addresses(host, port)
        for address in addresses[:-1]:
            try:
                return await self.network.connect_tcp(
                    address, port, PATIENCE, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self.network.connect_tcp(
            addresses[-1], port, timeout, local_address, socket_options
        )

    async def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host; all are refused where one is not public."""
        # An address needs no look-up, and no resolver gets to say what it is.
        given = parse_address(host)
        found = [str(given)] if given is not None else await self._named(host, port)
        for address in found:
            kind = find_refusal(address)
            if kind and not self.trusted(host, port):
                raise refuse_private(host, port, kind)
        return found[:MOST_ADDRESSES]

    async def _named(self, host: str, port: int) -> list[str]:
        try:
            found = [str(address) for address in await self.resolve(host, port)]
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise FetchProblem(
                "name not found", f"the name {host} is not known: check its spelling"
            )
        return found


def refuse_private(host: str, port: int, kind: str) -> FetchProblem:
    """Why a host is refused and how to allow it; nobody needs the link-local ones."""
    remedy = f'add "{join_authority(host, port)}" to fetch.private if you trust it'
    remedy = "" if kind == "link-local" else remedy
    return FetchProblem("private address", f"{host} has a {kind} address", remedy)
