"""Answer the requests of a client by OpenAI's Batch API, at half price.

A transport for `Model`: the requests of a stage, which are made at the same time, go out as
one batch, and each waits for its line of the result. Every answer is put into the cache as
soon as its batch ends, also one that nobody waits for.

A batch is noted beside the answers before it is made, under each of its requests. So a run
that was killed at any point finds its batch again, by the id or by the uploaded file, and no
request is paid for twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import httpx2
import openai

from factcheck.errors import BadRequestError, FactcheckError, ModelNotFoundError, UnreachableError
from factcheck.llm.batch_lines import is_answer, read_lines, to_missing
from factcheck.llm.cache import Answers, Stored, answer_key
from factcheck.llm.cassette import Answered
from factcheck.llm.provider_errors import CallFailedError, Fault, to_error
from factcheck.llm.transport import (
    AnsweringTransport,
    NetworkTransport,
    explain_failure,
    open_client,
)
from factcheck.llm.wire import Body, to_stored
from factcheck.settings.model import ModelSettings
from factcheck.settings.urls import public_url

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch, FileObject

Made = TypeVar("Made", "Batch", "FileObject")

MOST_REQUESTS = 500  # on their way at once; more wait for the next batch
LONGEST = 7 * 86_400.0
"""Seconds that a request is waited for: a batch, and what is sent again after it, takes days."""
MOST_BYTES = 2**30  # of a file with answers
QUIET = 0.5
"""Seconds without a further request after which those that came go out together."""
FIRST_WAIT, LONGEST_WAIT, GROWTH = 1.0, 60.0, 1.5
"""Seconds between two looks at a batch, and by how much they grow."""
MOST_FAILURES = 10  # looks in a row
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
SAID = "batch %.40s: %s"
PASSING = (openai.APIConnectionError, openai.InternalServerError, openai.RateLimitError)

log = logging.getLogger(__name__)


def for_batches(settings: ModelSettings) -> ModelSettings:
    """Settings of a client that sends all requests at once, and waits for days."""
    return settings.model_copy(update={"concurrency": MOST_REQUESTS, "timeout": LONGEST})


@dataclass
class Batcher:
    """Collects the requests of clients that were given its transport, and sends them together.

    `answers` keeps what was answered and which batches are open. `sleep` waits between looks.
    """

    settings: ModelSettings
    answers: Answers
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    quiet: float = QUIET
    _new: dict[str, Body] = field(default_factory=dict)
    _waiting: dict[str, asyncio.Future[Answered]] = field(default_factory=dict)
    _timer: asyncio.Task[None] | None = None
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    def transport(self) -> httpx2.AsyncBaseTransport:
        """A new transport whose requests are answered by batches."""
        return AnsweringTransport(self.answer)

    async def answer(self, body: Body) -> Answered:
        """The response to a request, after hours; raises a `ModelError`."""
        key = answer_key(self.settings.base_url, body)
        if key not in self._waiting:
            self._waiting[key] = asyncio.get_running_loop().create_future()
            self._new[key] = body
            if self._timer is not None:
                self._timer.cancel()
            self._timer = asyncio.create_task(self._serve_when_quiet())
            self._running.add(self._timer)
            self._timer.add_done_callback(self._running.discard)
        return await asyncio.shield(self._waiting[key])

    async def _serve_when_quiet(self) -> None:
        """Answer requests from the batches that they are in, those in none from a new one."""
        await asyncio.sleep(self.quiet)
        bodies, self._new, self._timer = self._new, {}, None
        try:
            async with self._client() as client:
                open_batches = await self._find_open(client, bodies)
                known = {key for _, keys in open_batches.values() for key in keys}
                new = {key: body for key, body in bodies.items() if key not in known}
                if new:
                    batch = await self._submit(client, new)
                    open_batches[batch.id] = (batch, [*new])
                each = (self._collect(client, *one) for one in open_batches.values())
                await asyncio.gather(*each)
        except BaseException as error:
            for key in bodies:
                future = self._waiting.pop(key, None)
                if future is not None and not future.done():
                    future.set_exception(error)
                    future.exception()  # whoever waited may have gone
            if not isinstance(error, Exception):
                raise

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[AsyncOpenAI]:
        """A client for files and batches, whose failures are errors of our own tree."""
        settings = self.settings
        try:
            network = NetworkTransport(MOST_BYTES)
            async with open_client(settings, network, retries=settings.retries) as client:
                yield client
        except FactcheckError:
            raise
        except (AttributeError, TypeError, json.JSONDecodeError) as error:
            raise make_no_batch(settings) from error
        except Exception as error:  # noqa: BLE001 - a library raises anything for odd settings
            raise self._error(explain_failure(error)) from None

    def _check(self, made: Made) -> Made:
        """Return a file or batch that has an id; raises `BadRequestError` for anything else."""
        if not isinstance(name := getattr(made, "id", None), str) or not name:
            raise make_no_batch(self.settings)
        return made

    def _error(self, fault: Fault) -> Exception:
        if fault.status in {404, 405, 501}:
            said = f"{public_url(self.settings.base_url)} has no Batch API ({fault.status})"
            return ModelNotFoundError(said, "Leave out --batch.")
        return to_error(fault, self.settings)

    # --- what is noted ------------------------------------------------------------------

    def _note(self, name: str) -> str:
        """The key of the note on a request (the file it is in) or on a file (its batch)."""
        return answer_key(self.settings.base_url, {"kept": "batch", "of": name})

    def _take_note(self, name: str, value: str) -> bool:
        """Note where a request or a file went last; False if it could not be noted.

        An answer once kept may stay as it is, so an earlier note goes first.
        """
        self.answers.drop(self._note(name))
        return self.answers.put(self._note(name), Stored(content=value))

    async def _find_open(
        self, client: AsyncOpenAI, keys: Iterable[str]
    ) -> dict[str, tuple[Batch, list[str]]]:
        """The batches of earlier runs that hold some of these requests, with which, by id."""
        files: dict[str, list[str]] = {}
        for key in keys:
            note = self.answers.get(self._note(key))
            if note is not None:
                files.setdefault(note.content, []).append(key)
        found = {file: await self._find_batch(client, file) for file in files}
        return {batch.id: (batch, files[file]) for file, batch in found.items() if batch}

    async def _find_batch(self, client: AsyncOpenAI, file: str) -> Batch | None:
        """The batch of an uploaded file; None if none was made, or it is not there any more."""
        note = self.answers.get(self._note(file))
        with suppress(openai.NotFoundError):
            if note is not None and note.content:
                return self._check(await client.batches.retrieve(note.content))
            async for batch in client.batches.list(limit=100):  # the newest first
                if batch.input_file_id == file:
                    return self._check(batch)
                if batch.created_at < time.time() - LONGEST:
                    break
        return None

    # --- one batch ----------------------------------------------------------------------

    async def _submit(self, client: AsyncOpenAI, bodies: Mapping[str, Body]) -> Batch:
        """Upload requests, note where they are, and make a batch of them."""
        common = {"method": "POST", "url": "/v1/chat/completions"}
        lines = ({"custom_id": key, **common, "body": body} for key, body in bodies.items())
        content = "".join(json.dumps(line) + "\n" for line in lines).encode("ascii")
        upload = ("requests.jsonl", content)
        made = await client.files.create(file=upload, purpose="batch")
        file = self._check(made)
        if not all(self._take_note(key, file.id) for key in bodies):
            said = "the batch could not be noted on disk, so it was not made"
            raise UnreachableError(said, "Make room where answers are kept.")
        batch = await self._create(client, file.id, self.settings.retries)
        self._take_note(file.id, batch.id)
        log.info(SAID, batch.id, f"{len(bodies)} requests sent")
        return batch

    async def _create(self, client: AsyncOpenAI, file: str, left: int) -> Batch:
        """The one batch of a file: before it is asked for again, `left` times, it is looked for."""
        try:
            made = await client.with_options(max_retries=0).batches.create(
                input_file_id=file, endpoint="/v1/chat/completions", completion_window="24h"
            )
            return self._check(made)
        except PASSING:
            found = await self._find_batch(client, file)
            if found is not None:
                return found
            if not left:
                raise
        await self.sleep(LONGEST_WAIT)
        return await self._create(client, file, left - 1)

    async def _collect(self, client: AsyncOpenAI, batch: Batch, keys: Sequence[str]) -> None:
        """Wait for a batch to end, keep all that it holds, and answer those who wait."""
        batch = await self._wait_for(client, batch)
        files = [one for one in (batch.output_file_id, batch.error_file_id) if one]
        young = batch.created_at > time.time() - LONGEST
        lines, unread = await self._fetch_lines(client, files, young=young)
        own = {
            key: line
            for key, line in lines.items()
            # Or it is noted as one of ours that is on its way, which nobody waits for.
            if key in keys or self.answers.get(self._note(key)) is not None
        }
        unread += len(lines) - len(own)
        answers = {
            key: to_stored(line.body)
            for key, line in own.items()
            if is_answer(line) and isinstance(line.body, dict)
        }
        unkept = {key for key, answer in answers.items() if not self.answers.put(key, answer)}
        for name in {*own, *keys} - unkept:
            self.answers.drop(self._note(name))
        if not unkept:
            self.answers.drop(self._note(batch.input_file_id))
        if unread:
            log.info(SAID, batch.id, f"{unread} lines cannot be read; its files are kept")
        elif not unkept:
            for file in (batch.input_file_id, *files):
                # One that cannot be deleted goes by itself in days.
                with suppress(openai.OpenAIError, CallFailedError):
                    await client.files.delete(file)
        missing = to_missing(batch, unread)
        for key in keys:
            future = self._waiting.pop(key, None)
            if future is not None and not future.done():
                future.set_result(own.get(key, missing))

    async def _fetch_lines(
        self, client: AsyncOpenAI, files: Iterable[str], *, young: bool
    ) -> tuple[dict[str, Answered], int]:
        """What the files of a batch have, by request, and how many lines are no use.

        They are there for a month: one that a `young` batch lacks may come yet, and holds what
        is paid for, so the batch stays noted. Raises `CallFailedError`.
        """
        lines: dict[str, Answered] = {}
        unread = 0
        for file in files:
            try:
                found, odd = read_lines((await client.files.content(file)).text)
            except openai.NotFoundError:
                if young:
                    raise CallFailedError(Fault(503, f"it has no file {file} (404)")) from None
                continue
            lines, unread = found | lines, unread + odd
        return lines, unread + sum(
            line.status == 200 and not is_answer(line) for line in lines.values()
        )

    async def _wait_for(self, client: AsyncOpenAI, batch: Batch) -> Batch:
        """Poll a batch, ever less often, until it has ended."""
        wait, failures = FIRST_WAIT, 0
        while batch.status not in ENDED:
            await self.sleep(wait)
            wait = min(wait * GROWTH, LONGEST_WAIT)
            try:
                batch = self._check(await client.batches.retrieve(batch.id))
                failures = 0
            except PASSING:
                failures += 1
                if failures > MOST_FAILURES:
                    raise
            log.info(SAID, batch.id, batch.status)
        return batch


def make_no_batch(settings: ModelSettings) -> BadRequestError:
    """The error for an answer to a request for a file or a batch that is neither."""
    said = f"{public_url(settings.base_url)} answered, but not as the Batch API does"
    return BadRequestError(said, "Check the base URL, or leave out --batch.")
