"""One exchange with a model's endpoint: a request body in, the body of its response out.

Whatever goes wrong is a `CallFailedError`: no exception of the library leaves this module.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from factcheck.errors import FactcheckError
from factcheck.llm import provider_errors
from factcheck.llm.provider_errors import LONGEST_WAIT, TIMED_OUT, CallFailedError, Fault
from factcheck.llm.wire import replace_surrogates, to_payload
from factcheck.settings.model import ModelSettings, secrets
from factcheck.settings.redaction import redact
from factcheck.settings.urls import is_local
from factcheck.transfer import prepare_certificates

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport
    from openai import AsyncOpenAI
    from tenacity import RetryCallState

MakeTransport: TypeAlias = "Callable[[], AsyncBaseTransport]"

LONG_WAIT = 10.0
log = logging.getLogger(__name__)


class Endpoint:
    """The endpoint of some settings; a connection is opened for the first request.

    `transport` makes what carries the requests, by default a connection to the network.
    """

    def __init__(self, settings: ModelSettings, transport: MakeTransport | None) -> None:
        self._settings = settings
        self._make_transport = transport
        self._client: AsyncOpenAI | None = None

    async def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send a request; raises `CallFailedError`, and `NoKeyError` where a key is missing."""
        import httpx2  # noqa: PLC0415 (start-up)
        import openai  # noqa: PLC0415 (start-up)

        from factcheck.llm.transport import explain_failure  # noqa: PLC0415 (start-up)

        payload: dict[str, Any] | Fault
        timeout = self._settings.timeout
        try:
            client = self._open()
            async with asyncio.timeout(timeout):
                response = await client.post(
                    "/chat/completions", cast_to=httpx2.Response, body=body
                )
        except FactcheckError:
            raise
        except (TimeoutError, openai.APITimeoutError) as error:
            late = Fault(0, f"within {timeout:g} seconds", TIMED_OUT)
            unconnected = isinstance(error.__cause__, httpx2.ConnectTimeout)
            payload = Fault(0, "no connection") if unconnected else late
        except Exception as error:  # noqa: BLE001 - a library raises anything for odd settings
            payload = explain_failure(error)
        else:
            payload = to_payload(response.status_code, response.text)
        if isinstance(payload, Fault):
            # Chained to no error of the library: some endpoints repeat the key in a message.
            raise CallFailedError(replace(payload, message=self.clean(payload.message)))
        return payload

    def clean(self, text: str) -> str:
        """A text that can be shown and written: without keys and half surrogate pairs."""
        return redact(replace_surrogates(text), secrets(self._settings))

    async def close(self) -> None:
        """Close the connections; the next request opens them again."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _open(self) -> AsyncOpenAI:
        from factcheck.llm.transport import NetworkTransport, open_client  # noqa: PLC0415 (start-up)

        settings = self._settings
        if self._client is None:
            if settings.api_key is None and not is_local(settings.base_url):
                raise provider_errors.make_no_key(settings)
            self._client = open_client(settings, (self._make_transport or NetworkTransport)())
        return self._client


def find_pause(state: RetryCallState) -> float:
    """Seconds before the next try: doubling, with jitter, or more if the endpoint asks for it."""
    from tenacity import wait_exponential_jitter  # noqa: PLC0415 (start-up)

    error = state.outcome.exception() if state.outcome else None
    asked = error.fault.wait if isinstance(error, CallFailedError) else None
    usual = wait_exponential_jitter(initial=1, max=60)
    return max(usual(state), min(asked or 0.0, LONGEST_WAIT))


def log_retry(state: RetryCallState) -> None:
    """Tell, before the wait, that a call is made again; of a long wait also without `-v`."""
    error = state.outcome.exception() if state.outcome else None
    status = getattr(getattr(error, "fault", None), "status", 0)
    what = f"HTTP {status}" if status else "no answer"
    number, wait = state.attempt_number + 1, state.upcoming_sleep
    level = logging.WARNING if wait >= LONG_WAIT else logging.INFO
    log.log(level, "a call failed (%s): try %d in %.1f s", what, number, wait)
    log.debug("the endpoint said: %s", error)


_CERTIFICATES = Lock()
# OpenSSL is not taken down while the thread reads them, nor does it begin to after that.
atexit.register(_CERTIFICATES.acquire)


def preload_client() -> Thread:
    """Import the client library and read certificates, in a second, while articles are read."""

    def load() -> None:
        import openai  # noqa: F401, PLC0415 (start-up)
        import tenacity  # noqa: F401, PLC0415 (start-up)

        with _CERTIFICATES:
            prepare_certificates()

    thread = Thread(target=load, name="preload-client", daemon=True)
    thread.start()
    return thread
