"""HTTP transports of one client: the network, a recording being made, a recording being played.

A transport is handed to the client that uses it, so that what one client records or plays
is no business of any other in the process. Import this module late: `httpx2` takes a while.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import httpx2

from factcheck.errors import RecordingError
from factcheck.llm.provider_errors import TOO_LARGE, CallFailedError, Fault, to_unsent
from factcheck.llm.wire import Body, to_fault
from factcheck.settings.model import ModelSettings
from factcheck.settings.urls import public_url
from factcheck.transfer import (
    REDIRECTS,
    load_certificates,
    prepare_certificates,
    read_unpacked,
    retry_after,
)

if TYPE_CHECKING:
    from openai import AsyncOpenAI

    from factcheck.llm.cassette import Answered

CONNECT_SECONDS = 30.0
OWN = ("all://127.0.0.1", "all://localhost", "all://[::1]")
LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)

MOST_BYTES = 16 * 2**20
"""So long may a response be, unpacked; a whole comparison is a hundredth of it."""


class NetworkTransport(httpx2.AsyncBaseTransport):
    """The network, by way of the proxies that the environment names; to this machine, directly.

    Every request carries a key or article text. So a redirect is handed on to be followed
    only where it leads to the same scheme, host and port and keeps method and body. A
    response is unpacked only up to so many bytes, by default `MOST_BYTES`.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._client = httpx2.AsyncClient(
            verify=prepare_certificates(),
            limits=LIMITS,
            follow_redirects=False,
            mounts=dict.fromkeys(OWN),
        )
        self._most = most

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the response is whole and decoded.

        Raises `CallFailedError` for a redirect to elsewhere and for a response that is too
        large or packed in an unknown way, `UsageError` where TLS lacks its certificates.
        """
        if request.url.scheme == "https":
            load_certificates()
        request.headers["accept-encoding"] = "gzip, deflate"
        response = await self._client.send(request, stream=True)
        try:
            refuse_redirect(request.url, response)
            content = await read_bounded(response, self._most)
        finally:
            await response.aclose()
        travel = {b"content-encoding", b"content-length", b"transfer-encoding"}
        headers = [pair for pair in response.headers.raw if pair[0].lower() not in travel]
        return make_response(response.status_code, headers, content)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class RecordingTransport(NetworkTransport):
    """The network, with every exchange recorded.

    `begin` takes the body of a request and returns what to call with its response, None if none
    came.
    """

    def __init__(self, begin: Callable[[Body], Callable[[httpx2.Response | None], None]]) -> None:
        super().__init__()
        self._begin = begin

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and pass on what came back."""
        body = await read_chat(request)
        end = None if body is None else self._begin(body)
        response = None
        try:
            response = await super().handle_async_request(request)
        finally:
            if end is not None:
                end(response)
        return response


class AnsweringTransport(httpx2.AsyncBaseTransport):
    """A transport without a network: a function answers the body of each request."""

    def __init__(self, answer: Callable[[Body], Awaitable[Answered]]) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the answer; raises what the function raises, and `RecordingError` for no chat."""
        body = await read_chat(request)
        if body is None:
            what = f"{request.method} {request.url.path}"
            raise RecordingError(f"only chat completions are answered here, not {what}")
        answered = await self._answer(body)
        text = answered.body if isinstance(answered.body, str) else json.dumps(answered.body)
        headers = [(name.encode(), value.encode()) for name, value in answered.headers.items()]
        return make_response(answered.status, headers, text.encode())


def open_client(
    settings: ModelSettings, transport: httpx2.AsyncBaseTransport, *, retries: int = 0
) -> AsyncOpenAI:
    """The library's client of an endpoint, by way of a transport."""
    from openai import AsyncOpenAI  # noqa: PLC0415 (start-up)

    timeout = httpx2.Timeout(settings.timeout, connect=CONNECT_SECONDS, pool=None)
    return AsyncOpenAI(
        base_url=settings.base_url,
        # A local server takes any key; the client insists on one.
        api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
        timeout=timeout,
        max_retries=retries,
        http_client=httpx2.AsyncClient(
            transport=transport, timeout=timeout, follow_redirects=True, max_redirects=3
        ),
        default_headers={k: v.get_secret_value() for k, v in settings.header_values.items()},
    )


def make_response(
    status: int, headers: Sequence[tuple[bytes, bytes]], content: bytes
) -> httpx2.Response:
    """A response that is whole, and read as UTF-8 whatever charset it names.

    JSON is UTF-8. An answer that was paid for must not be lost to a charset that cannot be
    read, or to a header that is no ASCII: so headers stay bytes.
    """
    response = httpx2.Response(status, headers=headers, content=content)
    response.encoding = "utf-8"
    return response


def explain_failure(error: Exception) -> Fault:
    """The fault of a call, for whatever was raised in place of a response.

    What odd settings make a library raise before anything is sent is of no one kind.
    """
    from openai import APIError, APIStatusError  # noqa: PLC0415 (start-up)

    if isinstance(error, CallFailedError):
        return error.fault
    if isinstance(error, APIStatusError):
        return to_fault(error.status_code, error.body, retry_after(error.response.headers))
    cause = error.__cause__ or error
    sent = isinstance(error, APIError | httpx2.HTTPError)
    if sent and not isinstance(cause, httpx2.LocalProtocolError):
        return Fault(0, str(cause))
    return to_unsent(cause)


def refuse_redirect(asked: httpx2.URL, response: httpx2.Response) -> None:
    """Raise `CallFailedError` for a redirect to another origin, or one that drops the body."""
    if response.status_code not in REDIRECTS or "location" not in response.headers:
        return
    try:
        target = asked.join(response.headers["location"])
        same = target.origin == asked.origin
    except (httpx2.InvalidURL, ValueError):  # a file or a script has no origin
        raise CallFailedError(Fault(response.status_code, "an address that is none")) from None
    if not same or response.status_code not in {307, 308}:
        raise CallFailedError(Fault(response.status_code, public_url(str(target))))


async def read_bounded(response: httpx2.Response, most: int) -> bytes:
    """The body of a response, unpacked as it comes; `CallFailedError` beyond `most` bytes."""
    status, packed = response.status_code, response.headers.get("content-encoding", "")
    try:
        body = await read_unpacked(response.aiter_raw(), packed, most)
    except LookupError:
        raise CallFailedError(Fault(status, f"packed as {packed[:40]}", code="no JSON")) from None
    except zlib.error:
        raise CallFailedError(Fault(0, f"the answer is not the {packed} that it says")) from None
    except EOFError:
        raise CallFailedError(Fault(0, "the answer broke off")) from None
    if len(body) > most:
        said = f"more than {most // 2**20} MB"
        raise CallFailedError(Fault(status, said, code=TOO_LARGE))
    return body


async def read_chat(request: httpx2.Request) -> Body | None:
    """The body of a request for a chat completion; None for any other request."""
    if request.method != "POST" or not request.url.path.rstrip("/").endswith("/chat/completions"):
        return None
    body: Body = json.loads(await request.aread())
    return body
