"""The client of the model: a prompt in, a checked value of the wire model out.

Any endpoint that speaks OpenAI's chat completions will do. Nothing else imports
`openai` or `tenacity`, and no exception of theirs leaves this module. A retry
(the call failed) and a re-ask (the answer did not pass its checks) are two
things: the first repeats a request, the second continues the conversation, once.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from pydantic import BaseModel

from factcheck.errors import (
    BudgetReachedError,
    FactcheckError,
    InvalidAnswerError,
    ModelError,
    NoKeyError,
)
from factcheck.llm import provider_errors
from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.parsing import better, read_answer
from factcheck.llm.prices import estimate_tokens
from factcheck.llm.provider_errors import Fault
from factcheck.llm.wire import (
    LADDER,
    Message,
    followup,
    refuse_unusable,
    to_body,
    to_fault,
    to_payload,
    to_stored,
)
from factcheck.models import Remark, StageUse
from factcheck.settings.loader import ModelSettings, is_local, public_url, secrets
from factcheck.settings.redaction import redact

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI
    from tenacity import RetryCallState

T = TypeVar("T", bound=BaseModel)

CONNECT_SECONDS = 30.0


@dataclass(frozen=True)
class Prompt(Generic[T]):
    """One task for the model.

    `system` holds the stable instructions and `user` the article before the task:
    endpoints cache a repeated prefix. `label` says what it is about, for progress
    and errors. `check` lists what is wrong with a value, [] if nothing is worth
    asking again.
    """

    stage: str
    label: str
    system: str
    user: str
    schema: type[T]
    check: Callable[[T], list[str]]


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


class CallFailedError(Exception):
    """One call failed; never leaves this module."""

    def __init__(self, fault: Fault) -> None:
        """Carry the fault."""
        super().__init__(fault.message)
        self.fault = fault


class Model:
    """The client of a real endpoint.

    At most `settings.concurrency` requests are on their way at once, or as many as `gate`
    lets through, which several clients may share; waiting for a retry takes none of these
    places. `sleep` waits between retries. `refuse` is asked before every live call, never
    for an answer that was kept: why it must not be made, "" if it may. Use it as an async
    context manager, so that its connections are closed.
    """

    def __init__(
        self,
        settings: ModelSettings,
        *,
        cache: Answers | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        refuse: Callable[[], str] = str,
        gate: asyncio.Semaphore | None = None,
    ) -> None:
        """Open nothing yet: a key is only needed once a call is made."""
        self.settings = settings
        self._cache = cache
        self._sleep = sleep
        self._refuse = refuse
        self._gate = gate or asyncio.Semaphore(settings.concurrency)
        self._client: AsyncOpenAI | None = None
        self._use: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._notes: dict[str, str] = {}  # by code
        self._forms: dict[str, str] = {}
        self._pending: dict[str, asyncio.Task[Stored]] = {}

    async def __aenter__(self) -> Self:
        """The client itself; nothing is opened before the first call."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def use(self) -> tuple[StageUse, ...]:
        """What each stage used up to now, in the order in which they began."""
        return tuple(StageUse(stage=stage, **counts) for stage, counts in self._use.items())

    def notes(self) -> tuple[Remark, ...]:
        """Remarks for the manifest, such as that tokens are estimates."""
        return tuple(Remark(code=code, text=text) for code, text in self._notes.items())

    @property
    def answer_format(self) -> str:
        """The format that answers came in, for the manifest."""
        used = set(self._forms.values())
        return ", ".join(form for form in LADDER if form in used) or self.settings.answer_format

    async def ask(self, prompt: Prompt[T]) -> Answer[T]:
        """Ask; where the answer has problems ask once more, and keep the better answer.

        Raises `InvalidAnswerError` if neither fits the schema, `TruncatedError` and
        `ContextOverflowError` where a shorter prompt would help, the other
        `ModelError`s by their names, and `RecordingError` if a replay lacks it.
        """
        try:
            return await self._ask(prompt)
        except NoKeyError:
            raise
        except FactcheckError as error:
            message = f"{prompt.stage} {prompt.label}: {error.message}"
            raise type(error)(self._clean(message), error.hint) from error.__cause__

    async def _ask(self, prompt: Prompt[T]) -> Answer[T]:
        self._fits(prompt)
        key, stored = await self._call(prompt)
        first = read_answer(stored.content, prompt.schema, prompt.check)
        if first.value is not None:
            self._keep(key, stored)
            if not first.problems:
                return Answer(first.value)
        try:
            again_key, again = await self._call(prompt, followup(stored.content, first))
        except ModelError:
            # A usable answer is not thrown away because the second call failed.
            if first.value is None:
                raise
            return Answer(first.value, first.problems)
        second = read_answer(again.content, prompt.schema, prompt.check)
        best = better(first, second)
        if best.value is None:
            raise InvalidAnswerError(
                "the answer does not fit the schema, also when asked again: "
                + provider_errors.shorten("; ".join(second.problems)),
                "A larger model, or one with structured output, does better.",
            )
        self._keep(key, stored)
        self._keep(again_key, again)
        return Answer(best.value, best.problems)

    def _fits(self, prompt: Prompt[T]) -> None:
        if not self.settings.name:
            raise provider_errors.no_key(name="", key_name=self.settings.api_key_env)
        limit = self.settings.context_tokens
        tokens = estimate_tokens(prompt.system + prompt.user)
        if limit is not None and tokens > limit:
            raise provider_errors.overflow(
                f"the prompt has about {tokens} tokens, more than the {limit} of "
                "[model] context_tokens"
            )

    def _keep(self, key: str, stored: Stored) -> None:
        if self._cache is not None and not self._cache.put(key, stored):
            text = "Answers could not be kept: the cache folder is not writable."
            self._notes["answers-not-kept"] = text

    async def _call(self, prompt: Prompt[T], more: tuple[Message, ...] = ()) -> tuple[str, Stored]:
        """The cache key and the answer, in the firmest format that the endpoint takes."""
        name = prompt.schema.__name__
        start: list[Message] = [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
        ]
        forms = self._ladder(name)
        for form in forms:
            body = to_body(self.settings, [*start, *more], prompt.schema, form)
            key = answer_key(self.settings.base_url, body)
            try:
                stored = await self._answer(key, body, prompt.stage, reask=bool(more))
            except CallFailedError as failed:
                # Once a format has worked, only its own mention is held against it.
                untried = name not in self._forms and failed.fault.rejects_format
                if form != forms[-1] and (untried or failed.fault.names_format):
                    continue
                raise self._error(failed.fault) from failed
            self._forms[name] = form
            return key, stored
        raise AssertionError("the ladder has a last rung")  # pragma: no cover

    def _ladder(self, schema: str) -> tuple[str, ...]:
        """The formats to try: one that was refused in this run is not tried again."""
        if self.settings.answer_format != "auto":
            return (self.settings.answer_format,)
        lowest = max((LADDER.index(form) for form in self._forms.values()), default=0)
        known = self._forms.get(schema)
        return LADDER[LADDER.index(known) if known else lowest :]

    def _error(self, fault: Fault) -> ModelError:
        settings = self.settings
        return provider_errors.to_error(
            fault,
            endpoint=public_url(settings.base_url),
            model=settings.name,
            key_name=settings.api_key_env,
        )

    async def _answer(self, key: str, body: dict[str, Any], stage: str, *, reask: bool) -> Stored:
        """From the cache, from an equal request on its way, or from the endpoint."""
        counts = self._use[stage]
        stored = self._cache.get(key) if self._cache is not None else None
        if stored is not None:
            counts["cached"] += 1
            return stored
        if key in self._pending:
            counts["cached"] += 1
            return await asyncio.shield(self._pending[key])
        refusal = self._refuse()
        if refusal:
            raise BudgetReachedError(refusal)
        task = asyncio.create_task(self._fetch(body, counts))
        self._pending[key] = task
        try:
            stored = await task
        finally:
            del self._pending[key]
        counts["reasks"] += reask
        return stored

    async def _fetch(self, body: dict[str, Any], counts: Counter[str]) -> Stored:
        """One answer from the endpoint; what it cost is counted before it is looked at."""
        import tenacity  # noqa: PLC0415 (start-up)

        retrying = tenacity.AsyncRetrying(
            sleep=self._sleep,
            stop=tenacity.stop_after_attempt(self.settings.retries + 1),
            wait=pause,
            retry=tenacity.retry_if_exception(is_transient),
            reraise=True,
        )
        payload: dict[str, Any] = await retrying(self._post, body)
        stored, refusal = to_stored(payload)
        sent = "".join(message["content"] for message in body["messages"])
        self._count(stored, sent, counts)
        refuse_unusable(stored, refusal, sent, self.settings.name)
        return stored

    def _count(self, stored: Stored, sent: str, counts: Counter[str]) -> None:
        counts["calls"] += 1
        if not stored.input_tokens or stored.output_tokens is None:
            text = "The endpoint did not count all tokens; some are estimates."
            self._notes["tokens-estimated"] = text
        received = stored.output_tokens
        counts["input_tokens"] += stored.input_tokens or estimate_tokens(sent)
        counts["output_tokens"] += estimate_tokens(stored.content) if received is None else received

    async def _post(self, body: dict[str, Any]) -> dict[str, Any]:
        """One HTTP exchange; a `CallFailedError` for whatever goes wrong with it."""
        import httpx2  # noqa: PLC0415 (start-up)
        import openai  # noqa: PLC0415 (start-up)

        client = self._opened()
        async with self._gate:
            try:
                async with asyncio.timeout(self.settings.timeout):
                    response = await client.post(
                        "/chat/completions", cast_to=httpx2.Response, body=body
                    )
            except (TimeoutError, openai.APITimeoutError) as error:
                fault = Fault(0, f"nothing came within {self.settings.timeout:g} seconds")
                raise CallFailedError(fault) from error
            except openai.APIStatusError as error:
                raise CallFailedError(self._status_fault(error)) from None
            except (openai.OpenAIError, httpx2.HTTPError) as error:
                reason = self._clean(str(error.__cause__ or error))
                raise CallFailedError(Fault(0, reason)) from error
        payload = to_payload(response.status_code, response.text)
        if isinstance(payload, Fault):
            raise CallFailedError(self._cleaned(payload))
        return payload

    def _status_fault(self, error: APIStatusError) -> Fault:
        # The error itself is not chained: some endpoints repeat the key in its message.
        wait = provider_errors.retry_after(error.response.headers)
        return self._cleaned(to_fault(error.status_code, error.body, wait))

    def _cleaned(self, fault: Fault) -> Fault:
        return replace(fault, message=self._clean(fault.message))

    def _clean(self, text: str) -> str:
        return redact(text, secrets(self.settings))

    def _opened(self) -> AsyncOpenAI:
        if self._client is not None:
            return self._client
        settings = self.settings
        if settings.api_key is None and not is_local(settings.base_url):
            raise provider_errors.no_key(name=settings.name, key_name=settings.api_key_env)
        import httpx2  # noqa: PLC0415 (start-up)
        from openai import AsyncOpenAI  # noqa: PLC0415 (start-up)

        self._client = AsyncOpenAI(
            base_url=settings.base_url,
            # A local server takes any key; the client insists on one.
            api_key=settings.api_key.get_secret_value() if settings.api_key else "none",
            timeout=httpx2.Timeout(settings.timeout, connect=CONNECT_SECONDS, pool=None),
            max_retries=0,
            default_headers={k: v.get_secret_value() for k, v in settings.header_values.items()},
        )
        return self._client


def preload_client() -> Thread:
    """Import the client library in the background: it takes a second, as does reading articles."""

    def load() -> None:
        import openai  # noqa: F401, PLC0415 (start-up)
        import tenacity  # noqa: F401, PLC0415 (start-up)

    thread = Thread(target=load, name="preload-client", daemon=True)
    thread.start()
    return thread


def is_transient(error: BaseException) -> bool:
    """Whether a failed call is worth a retry."""
    return isinstance(error, CallFailedError) and error.fault.transient


def pause(state: RetryCallState) -> float:
    """Seconds before the next try: what the endpoint asks for, else doubling, with jitter."""
    from tenacity import wait_exponential_jitter  # noqa: PLC0415 (start-up)

    error = state.outcome.exception() if state.outcome else None
    asked = error.fault.wait if isinstance(error, CallFailedError) else None
    return wait_exponential_jitter(initial=1, max=60)(state) if asked is None else asked
