"""One request and its answer: a target in, status, headers and unpacked bytes out.

On the bare connection pool of httpcore2: no cookies, no redirects, no proxies, no
environment, no credentials. All trouble is a `FetchProblem`.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2

from factcheck.fetch.models import FetchProblem
from factcheck.fetch.urls import Target
from factcheck.transfer import read_unpacked


@dataclass(frozen=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


async def ask(
    pool: httpcore2.AsyncConnectionPool,
    found: Target,
    headers: Mapping[str, str],
    *,
    seconds: float,
    max_bytes: int,
    cut: bool = False,
) -> Answer:
    """GET a target within so many seconds; raises `FetchProblem`.

    More than `max_bytes`, as sent or as unpacked, is a problem; with `cut` the rest is left.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _answer(pool, found, headers, max_bytes=max_bytes, cut=cut)
    except (TimeoutError, httpcore2.TimeoutException) as error:
        detail = f"{found.host} did not answer in full in time: try later or raise fetch.timeout"
        raise FetchProblem("timeout", detail) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
        raise FetchProblem("unreachable", _describe_failure(found, error)) from error
    except (httpcore2.ProtocolError, zlib.error, LookupError, EOFError, ValueError) as error:
        detail = f"{found.host} sent an answer that cannot be unpacked: tell its owner"
        raise FetchProblem("bad answer", detail) from error


async def _answer(
    pool: httpcore2.AsyncConnectionPool,
    found: Target,
    headers: Mapping[str, str],
    *,
    max_bytes: int,
    cut: bool,
) -> Answer:
    url = httpcore2.URL(
        scheme=found.scheme.encode(),
        host=found.host.encode(),
        port=found.port,
        target=found.path.encode(),
    )
    host = found.origin.partition("://")[2]
    sent = [("host", host), ("accept-encoding", "gzip"), *headers.items()]
    async with pool.stream("GET", url, headers=[*sent]) as response:
        got = {
            name.decode("latin-1").lower(): value.decode("utf-8", "replace")
            for name, value in response.headers
        }
        if not 200 <= response.status < 300:
            return Answer(response.status, got, b"")
        coding = got.get("content-encoding", "")
        content = await read_unpacked(response.aiter_stream(), coding, max_bytes)
    if len(content) > max_bytes and not cut:
        detail = f"{found.host} sent more than {max_bytes:,} bytes"
        raise FetchProblem("too large", f"{detail}: raise fetch.max_bytes if need be")
    return Answer(response.status, got, content[:max_bytes])


def _describe_failure(found: Target, error: Exception) -> str:
    """One line for a connection that failed; the text of the error may hold anything."""
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and len(causes) < 6:
        causes.append(cause) if isinstance(cause, Exception) else causes.append(error)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return f"the certificate of {found.host} cannot be verified: tell its owner"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"{found.host} does not speak https on port {found.port}: check the address"
    return f"no connection to {found.authority}, or it broke off too early: try later"
