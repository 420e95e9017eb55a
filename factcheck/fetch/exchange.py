"""One request and its answer: a target in, a `Response` out, and of the last one a `Fetched`.

On the bare connection pool of httpcore2: no cookies, no redirects, no proxies, no
environment, no credentials. All trouble is a `FetchProblem`.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2

from factcheck.fetch.models import Fetched, FetchProblem, Reason, Request
from factcheck.fetch.urls import Target
from factcheck.settings.urls import join_authority
from factcheck.transfer import read_unpacked

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

_MEANINGS: Mapping[int, tuple[Reason, str]] = {
    401: ("refused", "it wants a login"),
    402: ("refused", "it has to be paid for"),
    403: ("refused", "it does not want to be read by programs, or from here"),
    404: ("not found", "there is no such page; check the address"),
    410: ("gone", "the page was taken down; take it out"),
    451: ("refused", "it must not be shown, or not here, by law"),
}


@dataclass(frozen=True)
class Response:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


async def send_request(
    pool: httpcore2.AsyncConnectionPool,
    found: Target,
    headers: Mapping[str, str],
    *,
    seconds: float,
    max_bytes: int,
    cut: bool = False,
) -> Response:
    """GET a target within so many seconds; raises `FetchProblem`.

    More than `max_bytes`, as sent or as unpacked, is a problem; with `cut` the rest is left.
    """
    url = httpcore2.URL(
        scheme=found.scheme.encode(),
        host=found.host.encode(),
        port=found.port,
        target=found.path.encode(),
    )
    host = found.origin.partition("://")[2]
    sent = [("host", host), ("accept-encoding", "gzip"), *headers.items()]
    try:
        async with asyncio.timeout(seconds), pool.stream("GET", url, headers=sent) as response:
            got = {
                name.decode("latin-1").lower(): value.decode("utf-8", "replace")
                for name, value in response.headers
            }
            if not 200 <= response.status < 300:
                return Response(response.status, got, b"")
            coding = got.get("content-encoding", "")
            content = await read_unpacked(response.aiter_stream(), coding, max_bytes)
    except (TimeoutError, httpcore2.TimeoutException) as error:
        detail = f"{found.host} did not answer in full in time: try later or raise fetch.timeout"
        raise FetchProblem("timeout", detail) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
        raise FetchProblem("unreachable", _describe_failure(found, error)) from error
    except (httpcore2.ProtocolError, zlib.error, LookupError, EOFError, ValueError) as error:
        detail = f"{found.host} sent an answer that cannot be unpacked: tell its owner"
        raise FetchProblem("bad answer", detail) from error

    if len(content) > max_bytes and not cut:
        detail = f"{found.host} sent more than {max_bytes:,} bytes"
        raise FetchProblem("too large", f"{detail}: raise fetch.max_bytes if need be")
    return Response(response.status, got, content[:max_bytes])


def _describe_failure(found: Target, error: Exception) -> str:
    """One line for a connection that failed; the text of the error may hold anything."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and len(causes) < 6:
        causes.append(cause)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return f"the certificate of {found.host} cannot be verified: tell its owner"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return f"{found.host} does not speak https on port {found.port}: check the address"
    place = join_authority(found.host, found.port)
    return f"no connection to {place}, or it broke off too early: try later"


def to_fetched(request: Request, found: Target, answer: Response) -> Fetched:
    """The last answer as a value; raises `FetchProblem` for one that cannot be used."""
    unchanged = answer.status == 304 and bool(request.etag or request.last_modified)
    if not (200 <= answer.status < 300 or unchanged):
        reason, what = _explain_status(answer)
        raise FetchProblem(reason, f"{found.name} answered {answer.status}: {what}")
    content_type = answer.headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    # A server need not repeat with 304 what it was asked with.
    etag, last_modified = (request.etag, request.last_modified) if unchanged else ("", "")
    return Fetched(
        url=request.url,
        final_url=found.url,
        content=answer.content,
        content_type=content_type.partition(";")[0].strip().lower(),
        charset=charset[1].lower() if charset else "",
        etag=answer.headers.get("etag", etag),
        last_modified=answer.headers.get("last-modified", last_modified),
        not_modified=unchanged,
    )


def _explain_status(answer: Response) -> tuple[Reason, str]:
    """Reason and advice by what bot checks send along, else by status code (RFC 9110)."""
    if "challenge" in answer.headers.get("cf-mitigated", "") or "x-datadome" in answer.headers:
        return "refused", "it checks whether a person reads; ask the site for a full-text feed"
    if answer.status >= 500:
        return "server error", "it is in trouble; try later"
    usual: tuple[Reason, str] = ("bad answer", "that does not answer a GET; check the address")
    return _MEANINGS.get(answer.status, usual)
