"""The requests of one client: each is sent, retried and counted, and its answer is kept.

A request that is on its way already, for this client or for another run, is not sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from factcheck.llm.budget import Budget
from factcheck.llm.cache import Answers, Stored
from factcheck.llm.endpoint import Endpoint, find_pause, log_retry
from factcheck.llm.prices import estimate_tokens
from factcheck.llm.provider_errors import TIMED_OUT, CallFailedError, make_overflow
from factcheck.llm.wire import describe_cut, to_stored
from factcheck.settings.model import ModelSettings
from factcheck.tracing import span

log = logging.getLogger(__name__)

GRACE = 120.0
"""Seconds that a client which is closed waits for answers to what was sent, which is paid for."""


@dataclass(frozen=True)
class Request:
    """A request in one answer format, and the key under which its answer is kept."""

    form: str
    key: str
    body: dict[str, Any]

    @property
    def sent(self) -> str:
        """The text of all messages."""
        return "".join(message["content"] for message in self.body["messages"])


@dataclass
class Use:
    """Where one answer is counted; `begun` tells that the budget counts it as a call.

    `is_covered` tells of an answer's text whether it shows that the whole prompt was read.
    """

    stage: str
    counts: Counter[str]
    answer: int
    is_covered: Callable[[str], bool]
    reask: bool = False
    begun: bool = False


@dataclass
class Pending:
    """A request on its way, and how many wait for its answer."""

    task: asyncio.Task[Stored]
    waiting: int = 0


@dataclass
class Dispatcher:
    """Sends the requests of a `Model`, which says what the fields mean.

    Once `closing` is set nothing more is sent. `manifest_notes` are sentences by their codes.
    """

    settings: ModelSettings
    endpoint: Endpoint
    gate: asyncio.Semaphore
    sleep: Callable[[float], Awaitable[None]]
    cache: Answers | None
    budget: Budget | None
    closing: bool = False
    manifest_notes: dict[str, str] = field(default_factory=dict)
    _miscounts: bool = False
    _pending: dict[str, Pending] = field(default_factory=dict)
    _sent: set[str] = field(default_factory=set)

    async def close(self, *, wait: bool) -> None:
        """Send nothing more and close the connections; `wait` for answers to what was sent."""
        self.closing = True
        try:
            sent = [one.task for key, one in self._pending.items() if key in self._sent]
            if sent and wait:
                await asyncio.wait(sent, timeout=GRACE)
        finally:
            await self.endpoint.close()

    def find_kept(self, requests: Iterable[Request]) -> tuple[Request, Stored] | None:
        """The first of these requests that was answered before, with its answer."""
        if self.cache is None:
            return None
        found = ((request, self.cache.get(request.key)) for request in requests)
        return next(((request, stored) for request, stored in found if stored is not None), None)

    def forget(self, *keys: str) -> None:
        """Keep the answers under these keys no longer."""
        if self.cache is not None:
            for key in keys:
                self.cache.drop(key)

    async def answer(self, request: Request, use: Use, *, trying: bool) -> Stored:
        """The answer to a request; an equal one that is on its way is shared.

        The last who gives up waiting for a request ends it. `trying` tells that a 500 may be
        the refusal of the format. Raises `CallFailedError` and `BudgetReachedError`.
        """
        pending = self._pending.get(request.key)
        shared = pending is not None
        if pending is None:
            task = asyncio.create_task(self._fetch(request, use, trying=trying))
            pending = self._pending[request.key] = Pending(task)
        pending.waiting += 1
        try:
            stored = await asyncio.shield(pending.task)
        finally:
            pending.waiting -= 1
            if not pending.waiting and self._pending.get(request.key) is pending:
                del self._pending[request.key]
                pending.task.cancel()
        use.counts["cached"] += shared
        use.counts["reasks"] += use.reask and not shared
        return stored

    async def _fetch(self, request: Request, use: Use, *, trying: bool) -> Stored:
        """One answer from the endpoint, counted and kept before it is looked at."""
        import tenacity  # noqa: PLC0415 (start-up)

        late = 0

        def worth_a_retry(error: BaseException) -> bool:
            nonlocal late
            if self.closing or not isinstance(error, CallFailedError):
                return False
            fault = error.fault
            late += fault.code == TIMED_OUT  # each may be paid for
            if late > 1 or fault.waits_too_long(self.settings.retries):
                return False
            return fault.transient and not (trying and fault.may_be_format)

        retrying = tenacity.AsyncRetrying(
            sleep=self.sleep,
            stop=tenacity.stop_after_attempt(self.settings.retries + 1),
            wait=find_pause,
            retry=tenacity.retry_if_exception(worth_a_retry),
            reraise=True,
            before_sleep=log_retry,
        )
        named = {"gen_ai.operation.name": "chat", "gen_ai.request.model": self.settings.name}
        async with self._reserve(request, use):
            with span("call", **named):
                answer: Stored = await retrying(self._try, request, use)
        return answer

    def _reserve(self, request: Request, use: Use) -> AbstractAsyncContextManager[None]:
        """Room in the budget; the formats that are tried for one answer count as one call."""
        if self.budget is None:
            return nullcontext()
        call = self.budget.forecast(use.stage, estimate_tokens(request.sent), use.answer)
        first, use.begun = not use.begun, True
        return self.budget.reserve(call.model_copy(update={"calls": int(first)}))

    async def _try(self, request: Request, use: Use) -> Stored:
        """Send a request once, or wait for the answer of another run that is sending the same."""
        cache, key = self.cache, request.key
        alone = cache.claim(key, self.settings.timeout) if cache is not None else nullcontext()
        async with self.gate, alone:
            found = self.find_kept([request])
            if found is not None:
                use.counts["cached"] += 1
                return found[1]
            if self.closing:
                raise asyncio.CancelledError
            self._sent.add(key)
            try:
                payload = await self.endpoint.post(request.body)
                stored = to_stored(payload)
                self._count(stored, request.sent, use)
                self._refuse_cut(describe_cut(payload, request.sent), stored, use)
                if cache is not None and not cache.put(key, stored):
                    text = "Answers could not be kept: the cache folder is not writable."
                    self.manifest_notes["answers-not-kept"] = text
            finally:
                self._sent.discard(key)
        return stored

    def _refuse_cut(self, cut: str, stored: Stored, use: Use) -> None:
        """Raise `ContextOverflowError` for a prompt that was cut by the endpoint's count.

        An answer may show that the count is wrong, which then tells nothing of later prompts.
        """
        if not cut:
            return
        if not self._miscounts and not use.is_covered(stored.content):
            raise make_overflow(cut)
        self._miscounts = True
        told = "%s: the answer is kept, for it covers the whole prompt, although %s"
        log.info(told, use.stage, cut)

    def _count(self, stored: Stored, sent: str, use: Use) -> None:
        if not stored.input_tokens or stored.output_tokens is None:
            text = "The endpoint did not count all tokens; some are estimates."
            self.manifest_notes["tokens-estimated"] = text
        received = stored.output_tokens
        tokens = stored.input_tokens or estimate_tokens(sent)
        answer = estimate_tokens(stored.content) if received is None else received
        use.counts.update(calls=1, input_tokens=tokens, output_tokens=answer)
        if self.budget is not None:
            self.budget.count(use.stage, tokens, answer)
