"""The client of the model: a prompt in, a checked value of the wire model out.

Any endpoint that speaks OpenAI's chat completions will do; `endpoint` makes the single
exchanges. A retry (the call failed) and a re-ask (the answer did not pass its checks) are two
things: the first repeats a request, the second continues the conversation, once.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel

from factcheck.errors import (
    FactcheckError,
    InvalidAnswerError,
    ModelError,
    NoKeyError,
    TruncatedError,
    UsageError,
)
from factcheck.language.visible import shorten
from factcheck.llm import provider_errors
from factcheck.llm.budget import Budget
from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.endpoint import Endpoint, MakeTransport, find_pause
from factcheck.llm.formats import Formats
from factcheck.llm.logs import log_cache_hit, log_reask, log_refused_format, log_retry
from factcheck.llm.parsing import choose_better, read_answer
from factcheck.llm.prices import estimate_tokens
from factcheck.llm.provider_errors import CallFailedError
from factcheck.llm.wire import (
    LADDER,
    Message,
    make_reask,
    refuse_cut,
    refuse_unusable,
    to_body,
    to_stored,
    whole_prompt,
)
from factcheck.models import Remark, StageUse
from factcheck.settings.model import ModelSettings
from factcheck.tracing import span
from factcheck.transfer import prepare_certificates

T = TypeVar("T", bound=BaseModel)

GRACE = 120.0
"""Seconds that a client which is closed waits for answers to what was sent, which is paid for."""


@dataclass(frozen=True)
class Prompt(Generic[T]):
    """One task for the model.

    `system` holds the stable instructions and `user` the article before the task:
    endpoints cache a repeated prefix. `label` says what it is about, for progress
    and errors. `check` lists what is wrong with a value, [] if nothing is worth
    asking again. `answer` is about how many tokens its answer usually has. `divisible` says
    that shorter prompts take its place where its answer is cut off.
    """

    stage: str
    label: str
    system: str
    user: str
    schema: type[T]
    check: Callable[[T], list[str]]
    answer: int = 0
    divisible: bool = False


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A value that fits the schema, and the problems that remain after the re-ask."""

    value: T
    problems: tuple[str, ...] = ()


class ModelClient(Protocol):
    """What the stages need of a model."""

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        """Answer a prompt; raises a `ModelError`, or `RecordingError` in a replay."""

    def use(self) -> tuple[StageUse, ...]:
        """What each stage used up to now."""


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
    """Where one answer is counted; `begun` tells that the budget counts it as a call."""

    stage: str
    counts: Counter[str]
    answer: int
    reask: bool = False
    begun: bool = False


@dataclass
class Pending:
    """A request on its way, and how many wait for its answer."""

    task: asyncio.Task[Stored]
    waiting: int = 0


class Model:
    """The client of a real endpoint.

    At most `settings.concurrency` requests are on their way at once, or as many as `gate`
    lets through, which several clients may share; waiting for a retry takes none of these
    places. `sleep` waits between retries. `budget` is asked before every live call, never
    for an answer that was kept. `transport` makes
    what carries the requests, by default a connection to the network; a recording gives
    another. Use it as an async context manager, so that its connections are closed.
    """

    def __init__(
        self,
        settings: ModelSettings,
        *,
        cache: Answers | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        budget: Budget | None = None,
        gate: asyncio.Semaphore | None = None,
        transport: MakeTransport | None = None,
    ) -> None:
        """Open nothing yet: a key is only needed once a call is made."""
        self.settings = settings
        self._cache = cache
        self._sleep = sleep
        self._budget = budget
        if budget is not None:
            budget.uses.append(self.use)
        self._gate = gate or asyncio.Semaphore(settings.concurrency)
        self._endpoint = Endpoint(settings, transport)
        self._use: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._notes: dict[str, str] = {}  # by code
        self._formats = Formats(settings, cache)
        self._used: set[str] = set()
        self._pending: dict[str, Pending] = {}
        self._sent: set[str] = set()
        self._closing = False

    async def __aenter__(self) -> Self:
        """The client itself; nothing is opened before the first call."""
        self._closing = False
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Send nothing more, keep the answers to what was sent, and close the connections.

        Who interrupts the run does not wait for answers.
        """
        self._closing = True
        try:
            sent = [one.task for key, one in self._pending.items() if key in self._sent]
            if sent and (kind is None or issubclass(kind, Exception)):
                await asyncio.wait(sent, timeout=GRACE)
        finally:
            await self._endpoint.close()

    def use(self) -> tuple[StageUse, ...]:
        """What each stage used up to now, in the order in which they began."""
        return tuple(StageUse(stage=stage, **counts) for stage, counts in self._use.items())

    def notes(self) -> tuple[Remark, ...]:
        """Remarks for the manifest, such as that tokens are estimates."""
        return tuple(Remark(code=code, text=text) for code, text in self._notes.items())

    @property
    def answer_format(self) -> str:
        """The format that answers came in, for the manifest."""
        return (
            ", ".join(form for form in LADDER if form in self._used) or self.settings.answer_format
        )

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        """Ask; where the answer has problems ask once more, and keep the better answer.

        Raises `InvalidAnswerError` if neither fits the schema, `TruncatedError` and
        `ContextOverflowError` where a shorter prompt would help, the other
        `ModelError`s by their names, and `RecordingError` if a replay lacks it.
        """
        try:
            return await self._ask(prompt)
        except (NoKeyError, UsageError):
            raise
        except FactcheckError as error:
            message = f"{prompt.stage} {prompt.label}: {error.message}"
            raise type(error)(self._endpoint.clean(message), error.hint) from error.__cause__

    async def _ask(self, prompt: Prompt[T]) -> Answer[T]:
        self._fits(prompt)
        key, stored = await self._call(prompt)
        first = read_answer(stored.content, prompt.schema, prompt.check)
        if first.value is not None and not first.problems:
            return Answer(first.value)
        log_reask(prompt.stage, prompt.label, first.problems)
        try:
            more, spare = make_reask(stored.content, first), first.value is not None
            again_key, again = await self._call(prompt, more, spare=spare)
        except ModelError:
            # A usable answer is not thrown away because the second call failed.
            if first.value is None:
                raise
            return Answer(first.value, first.problems)
        second = read_answer(again.content, prompt.schema, prompt.check)
        best = choose_better(first, second)
        if best.value is None:
            # Another run may be luckier, so it has to ask both anew.
            self._forget(key, again_key)
            raise InvalidAnswerError(
                "the answer does not fit the schema, also when asked again: "
                + shorten("; ".join(second.problems)),
                "A larger model, or one with structured output, does better.",
            )
        return Answer(best.value, best.problems)

    def _fits(self, prompt: Prompt[T]) -> None:
        if not self.settings.name:
            raise provider_errors.make_no_key(self.settings)
        limit = self.settings.context_tokens
        tokens = estimate_tokens(prompt.system + prompt.user)
        if limit is not None and tokens > limit:
            raise provider_errors.make_overflow(
                f"the prompt has about {tokens} tokens, more than the {limit} of "
                "[model] context_tokens"
            )

    def _keep(self, key: str, stored: Stored) -> None:
        if self._cache is not None and not self._cache.put(key, stored):
            text = "Answers could not be kept: the cache folder is not writable."
            self._notes["answers-not-kept"] = text

    def _forget(self, *keys: str) -> None:
        if self._cache is not None:
            for key in keys:
                self._cache.drop(key)

    async def _call(
        self, prompt: Prompt[T], more: tuple[Message, ...] = (), *, spare: bool = False
    ) -> tuple[str, Stored]:
        """The cache key and the answer: one that is kept, in any format, or a new one.

        An answer of no use is forgotten, so that another run asks anew, but for a cut one that
        shorter prompts make up for, and where there is another answer (`spare`).
        """
        counts = self._use[prompt.stage]
        requests = {form: self._request(prompt, more, form) for form in self._formats.all}
        kept = self._find_kept(requests.values())
        if kept is not None:
            request, stored = kept
            counts["cached"] += 1
            log_cache_hit(prompt.stage, request.key)
        else:
            use = Use(prompt.stage, counts, prompt.answer, reask=bool(more))

            def send(form: str, trying: bool) -> Awaitable[Stored]:  # noqa: FBT001 (called by place)
                return self._answer(requests[form], use, trying=trying)

            refused = partial(log_refused_format, prompt.stage, prompt.label)
            schema = prompt.schema.__name__
            try:
                form, stored = await self._formats.ask(schema, send, self._sleep, refused)
            except CallFailedError as failed:
                raise provider_errors.to_error(failed.fault, self.settings) from failed
            request = requests[form]
        self._used.add(request.form)
        try:
            refuse_unusable(stored, self.settings.name)
        except ModelError as error:
            if not spare and not (prompt.divisible and isinstance(error, TruncatedError)):
                self._forget(request.key)
            raise
        return request.key, stored

    def _request(self, prompt: Prompt[T], more: tuple[Message, ...], form: str) -> Request:
        system = {"role": "system", "content": prompt.system}
        user = {"role": "user", "content": prompt.user}
        body = to_body(self.settings, [system, user, *more], prompt.schema, form)
        return Request(form, answer_key(self.settings.base_url, body), body)

    def _find_kept(self, requests: Iterable[Request]) -> tuple[Request, Stored] | None:
        """The first of these requests that was answered before, with its answer."""
        if self._cache is None:
            return None
        found = ((request, self._cache.get(request.key)) for request in requests)
        return next(((request, stored) for request, stored in found if stored is not None), None)

    async def _answer(self, request: Request, use: Use, *, trying: bool) -> Stored:
        """The answer to a request; an equal one that is on its way is shared.

        The last who gives up waiting for a request ends it. `trying` tells that a 500 may be
        the refusal of the format.
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

        def worth_a_retry(error: BaseException) -> bool:
            if self._closing or not isinstance(error, CallFailedError):
                return False
            return error.fault.transient and not (trying and error.fault.may_be_format)

        retrying = tenacity.AsyncRetrying(
            sleep=self._sleep,
            stop=tenacity.stop_after_attempt(self.settings.retries + 1),
            wait=find_pause,
            retry=tenacity.retry_if_exception(worth_a_retry),
            reraise=True,
            before_sleep=log_retry,
        )
        named = {"gen_ai__operation__name": "chat", "gen_ai__request__model": self.settings.name}
        async with self._reserve(request, use):
            with span("call", **named):
                answer: Stored = await retrying(self._try, request, use)
        return answer

    def _reserve(self, request: Request, use: Use) -> AbstractAsyncContextManager[None]:
        """Room in the budget; the formats that are tried for one answer count as one call."""
        if self._budget is None:
            return nullcontext()
        call = self._budget.forecast(use.stage, estimate_tokens(request.sent), use.answer)
        first, use.begun = not use.begun, True
        return self._budget.reserve(call.model_copy(update={"calls": int(first)}))

    async def _try(self, request: Request, use: Use) -> Stored:
        """Send a request once, or wait for the answer of another run that is sending the same."""
        cache, key = self._cache, request.key
        alone = cache.claim(key, self.settings.timeout) if cache is not None else nullcontext()
        async with self._gate, alone:
            found = self._find_kept([request])
            if found is not None:
                use.counts["cached"] += 1
                return found[1]
            if self._closing:
                raise asyncio.CancelledError
            self._sent.add(request.key)
            try:
                payload = await self._endpoint.post(request.body)
                stored = to_stored(payload)
                self._count(stored, request.sent, use)
                refuse_cut(whole_prompt(payload), request.sent)
                self._keep(request.key, stored)
            finally:
                self._sent.discard(request.key)
        return stored

    def _count(self, stored: Stored, sent: str, use: Use) -> None:
        if not stored.input_tokens or stored.output_tokens is None:
            text = "The endpoint did not count all tokens; some are estimates."
            self._notes["tokens-estimated"] = text
        received = stored.output_tokens
        tokens = stored.input_tokens or estimate_tokens(sent)
        answer = estimate_tokens(stored.content) if received is None else received
        use.counts.update(calls=1, input_tokens=tokens, output_tokens=answer)
        if self._budget is not None:
            self._budget.count(use.stage, tokens, answer)


def preload_client() -> Thread:
    """Import the client library in the background, which takes a second, and read certificates.

    Articles are read meanwhile.
    """

    def load() -> None:
        import openai  # noqa: F401, PLC0415 (start-up)
        import tenacity  # noqa: F401, PLC0415 (start-up)

        prepare_certificates()

    thread = Thread(target=load, name="preload-client", daemon=True)
    thread.start()
    return thread
