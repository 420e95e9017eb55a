"""The client of the model: a prompt in, a checked value of the wire model out.

Any endpoint that speaks OpenAI's chat completions will do; `dispatch` sends the requests. A
retry (the call failed) and a re-ask (the answer did not pass its checks) are two things: the
first repeats a request, the second continues the conversation, once.

The log tells what is done, never a key, a prompt or an answer; what may repeat words of a prompt
stands at debug.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, Self, TypeVar

from pydantic import BaseModel

from factcheck.errors import (
    FactcheckError,
    InvalidAnswerError,
    ModelError,
    NoKeyError,
    RecordingError,
    TruncatedError,
    UsageError,
)
from factcheck.language.visible import shorten
from factcheck.llm import provider_errors
from factcheck.llm.budget import Budget
from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.dispatch import Dispatcher, Request, Use
from factcheck.llm.endpoint import Endpoint, MakeTransport
from factcheck.llm.formats import Formats
from factcheck.llm.parsing import choose_better, read_answer
from factcheck.llm.prices import estimate_tokens
from factcheck.llm.provider_errors import CallFailedError
from factcheck.llm.wire import LADDER, Message, make_reask, refuse_unusable, to_body
from factcheck.models import Remark, StageUse
from factcheck.settings.model import ModelSettings

T = TypeVar("T", bound=BaseModel)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prompt(Generic[T]):
    """One task for the model.

    `system` holds the stable instructions and `user` the article before the task:
    endpoints cache a repeated prefix. `label` says what it is about, for progress
    and errors. `check` lists what is wrong with a value, [] if nothing is worth
    asking again. `answer` is about how many tokens its answer usually has. `divisible` says
    that shorter prompts take its place where its answer is cut off, `covering` that an answer
    without problems names all parts of the prompt, so that the model has read all of it.
    """

    stage: str
    label: str
    system: str
    user: str
    schema: type[T]
    check: Callable[[T], list[str]]
    answer: int = 0
    divisible: bool = False
    covering: bool = False

    def is_covered(self, content: str) -> bool:
        """Whether the text of an answer shows that the whole prompt was read."""
        read = read_answer(content, self.schema, self.check) if self.covering else None
        return read is not None and read.value is not None and not read.problems


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


class Model:
    """The client of a real endpoint.

    At most `settings.concurrency` requests are on their way at once, or as many as `gate`
    lets through, which several clients may share; waiting for a retry takes none of these
    places. `sleep` waits between retries. `budget` is asked before every live call, never
    for an answer that was kept. `transport` makes what carries the requests, by default a
    connection to the network; a recording gives another. Use it as an async context manager,
    so that its connections are closed.
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
        self._endpoint = Endpoint(settings, transport)
        gate = gate or asyncio.Semaphore(settings.concurrency)
        self._dispatcher = Dispatcher(settings, self._endpoint, gate, sleep, cache, budget)
        self._formats = Formats(settings, cache, sleep)
        self._used: set[str] = set()
        self._use: defaultdict[str, Counter[str]] = defaultdict(Counter)
        if budget is not None:
            budget.uses.append(self.use)

    async def __aenter__(self) -> Self:
        """The client itself; nothing is opened before the first call."""
        self._dispatcher.closing = False
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Send nothing more, keep the answers to what was sent, and close the connections.

        Who interrupts the run does not wait for answers.
        """
        await self._dispatcher.close(wait=kind is None or issubclass(kind, Exception))

    def use(self) -> tuple[StageUse, ...]:
        """What each stage used up to now, in the order in which they began."""
        return tuple(StageUse(stage=stage, **counts) for stage, counts in self._use.items())

    def notes(self) -> tuple[Remark, ...]:
        """Remarks for the manifest, such as that tokens are estimates."""
        noted = self._dispatcher.manifest_notes.items()
        return tuple(Remark(code=code, text=text) for code, text in noted)

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
            # Whoever tells of a call names the article; of a recording nobody does.
            task = f"{prompt.stage} {prompt.label}".strip()
            told = f"{task}: " if isinstance(error, RecordingError) else ""
            message = self._endpoint.clean(told + error.message)
            raise type(error)(message, error.hint) from error.__cause__

    async def _ask(self, prompt: Prompt[T]) -> Answer[T]:
        self._check_prompt(prompt)
        key, stored = await self._call(prompt)
        first = read_answer(stored.content, prompt.schema, prompt.check)
        if first.value is not None and not first.problems:
            return Answer(first.value)
        task, problems = f"{prompt.stage} {prompt.label}", first.problems
        log.info("%s: asked again, %d problems in the answer", task, len(problems))
        log.debug("%s: %s", task, "; ".join(problems))
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
            self._dispatcher.forget(key, again_key)
            raise InvalidAnswerError(
                "the answer does not fit the schema, also when asked again: "
                + shorten("; ".join(second.problems)),
                "A larger model, or one with structured output, does better.",
            )
        return Answer(best.value, best.problems)

    def _check_prompt(self, prompt: Prompt[T]) -> None:
        """Raise the error for a prompt that no model can be asked, or that is too long for it."""
        if not self.settings.name:
            raise provider_errors.make_no_key(self.settings)
        limit = self.settings.context_tokens
        tokens = estimate_tokens(prompt.system + prompt.user)
        if limit is not None and tokens > limit:
            raise provider_errors.make_overflow(
                f"the prompt has about {tokens} tokens, more than the {limit} of "
                "[model] context_tokens"
            )

    async def _call(
        self, prompt: Prompt[T], more: tuple[Message, ...] = (), *, spare: bool = False
    ) -> tuple[str, Stored]:
        """The cache key and the answer: one that is kept, in any format, or a new one.

        An answer of no use is forgotten, so that another run asks anew, but for a cut one that
        shorter prompts make up for, and where there is another answer (`spare`).
        """
        counts = self._use[prompt.stage]
        requests = {form: self._request(prompt, more, form) for form in self._formats.all}
        kept = self._dispatcher.find_kept(requests.values())
        if kept is not None:
            request, stored = kept
            counts["cached"] += 1
            log.info("%s: an answer from the cache (%.12s)", prompt.stage, request.key)
        else:
            use = Use(prompt.stage, counts, prompt.answer, prompt.is_covered, reask=bool(more))

            def send(form: str, trying: bool) -> Awaitable[Stored]:  # noqa: FBT001 (called by place)
                return self._dispatcher.answer(requests[form], use, trying=trying)

            told = "%s %s: the endpoint refused the answer format %s"
            refused = partial(log.info, told, prompt.stage, prompt.label)
            schema = prompt.schema.__name__
            try:
                form, stored = await self._formats.ask(schema, send, refused)
            except CallFailedError as failed:
                raise provider_errors.to_error(failed.fault, self.settings) from failed
            request = requests[form]
        self._used.add(request.form)
        try:
            refuse_unusable(stored, self.settings.name)
        except ModelError as error:
            if not spare and not (prompt.divisible and isinstance(error, TruncatedError)):
                self._dispatcher.forget(request.key)
            raise
        return request.key, stored

    def _request(self, prompt: Prompt[T], more: tuple[Message, ...], form: str) -> Request:
        system = {"role": "system", "content": prompt.system}
        user = {"role": "user", "content": prompt.user}
        body = to_body(self.settings, [system, user, *more], prompt.schema, form)
        return Request(form, answer_key(self.settings.base_url, body), body)
