"""What can be set about fetching: the table `[fetch]` of the settings file."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from factcheck.settings.table import Table
from factcheck.settings.urls import join_authority, split_authority


def check_host(value: str) -> str:
    """A host name without scheme, port and path, in lower case; else a ValueError."""
    host = value.strip().lower().strip(".")
    if not host or any(char in "/@:*? #[]\\%" for char in host) or not host.isprintable():
        raise ValueError("not a host name such as example.org, without https:// and path")
    return host


def check_authority(value: str) -> str:
    """A host, or host:port, with an IPv6 address in brackets; else a ValueError."""
    host, port = split_authority(value)
    return join_authority(host if ":" in host else check_host(host), port)


def check_contact(value: str) -> str:
    """An address that fits into a header, or ""; else a ValueError."""
    if not (value.isascii() and value.isprintable()) or any(char in "()\\" for char in value):
        raise ValueError("not a URL or mail address in ASCII letters")
    return value.strip()


class FetchSettings(Table):
    """`[fetch]`: what may be fetched from the network, and how politely.

    `hosts` () stands for all that are public. Hosts of this machine or the local network are
    refused, whatever name leads to them, but for those in `private`, which need no `delay`
    either. Times are in seconds, `timeout` for a whole request with its redirects; `max_bytes`
    counts after unpacking.
    """

    hosts: tuple[Annotated[str, AfterValidator(check_host)], ...] = ()
    private: tuple[Annotated[str, AfterValidator(check_authority)], ...] = ()
    contact: Annotated[str, Field(max_length=200), AfterValidator(check_contact)] = ""
    timeout: Annotated[float, Field(gt=0, le=600)] = 20
    max_bytes: Annotated[int, Field(ge=1_000, le=100_000_000)] = 5_000_000
    max_redirects: Annotated[int, Field(ge=0, le=20)] = 5
    delay: Annotated[float, Field(ge=0, le=60)] = 1
    concurrency: Annotated[int, Field(ge=1, le=64)] = 8
    robots: bool = True
    max_entries: Annotated[int, Field(ge=1, le=10_000)] = 200
