"""URLs, hosts and addresses: the forms in which settings give them, and what they lead to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit, urlunsplit


def check_url(url: str) -> str:
    """An http or https URL with a host, without a slash at its end; else a ValueError."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        usable = usable and url.isprintable() and " " not in parts.netloc
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("not a URL such as http://localhost:11434/v1")
    return url.rstrip("/")


def public_url(url: str) -> str:
    """A URL without credentials and query, fit for reports, errors and cache keys."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path.rstrip("/"), "", ""))


def is_local(url: str) -> bool:
    """Whether a URL leads to this machine or the local network, where no key is needed."""
    host = (urlsplit(url).hostname or "").lower()
    address = parse_address(host)
    if address is None:
        # A name without a dot is a neighbour, such as a container.
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
    return address.is_private or address.is_loopback or address.is_unspecified


def parse_address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is given as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def join_authority(host: str, port: int | None) -> str:
    """Host and port as they are written in a URL, an IPv6 address in brackets."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def split_authority(value: str) -> tuple[str, int | None]:
    """Host and port of "host", "host:port", "[::1]", "[::1]:8000" or "::1"."""
    text = value.strip().lower()
    try:
        return IPv6Address(text).compressed, None
    except ValueError:
        pass
    try:
        parts = urlsplit("//" + text)
        host, port = parts.hostname or "", parts.port
        if ":" in host:
            host = IPv6Address(host).compressed
    except ValueError:
        host, port = "", None
    if not host or parts.path or parts.query or parts.fragment or "@" in text:
        raise ValueError("not a host such as 127.0.0.1:8000, without http:// and path")
    return host, port
