"""Record what a model answers, and replay it without a network: a YAML file beside a run.

`record` writes the file when the run ends, `replay` answers from it. Requests are
matched on their parsed body, so an edited prompt fails with a readable difference.
Only what a replay needs is kept, by allow-list: no key, host, id or date of the
endpoint gets in. Of a request that was retried the last answer is kept. Each answer is
played once: a request that was made once and is made twice now is noticed.

Both give a transport that is handed to the client (`Model(..., transport=...)`); other
clients of the process, in this thread or another, are not touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr, ValidationError

from factcheck import __version__
from factcheck.errors import MissingExtraError, RecordingError
from factcheck.llm.cassette import (
    FORMAT,
    Answered,
    Interaction,
    Recorded,
    lay_out_json,
    make_not_recorded,
    read,
    task_line,
    write,
)
from factcheck.llm.wire import Body, find_failed_choice, to_stored
from factcheck.settings.model import ModelSettings, secrets
from factcheck.settings.redaction import redact

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport, Response
    from vcr.cassette import Cassette
    from vcr.request import Request as VcrRequest

BASE_URL = "http://model.invalid/v1"
KEPT_HEADERS = frozenset({"content-type", "retry-after"})
KEPT_KEYS: Mapping[str, Any] = {
    "choices": {"finish_reason": {}, "message": {"role": {}, "content": {}, "refusal": {}}},
    "usage": {
        "prompt_tokens": {},
        "completion_tokens": {},
        "total_tokens": {},
        "cache_read_input_tokens": {},
        "cache_creation_input_tokens": {},
        "prompt_tokens_details": {"cached_tokens": {}},
    },
    "error": {"message": {}, "type": {}, "code": {}, "param": {}},
}
"""The allow-list for response bodies; {} is a leaf that is kept whole."""


_NO_ANSWER = Answered(status=504, body={"error": {"message": "no answer came"}})


@dataclass(frozen=True)
class Replay:
    """A recording that is being replayed."""

    path: Path
    recorded: Recorded
    cassette: Cassette

    def transport(self) -> AsyncBaseTransport:
        """A new transport that answers from the recording and never from the network."""
        from factcheck.llm.transport import AnsweringTransport  # noqa: PLC0415 (start-up)

        return AnsweringTransport(self._answer)

    async def _answer(self, asked: Body) -> Answered:
        """The response to a request, played once. Raises `RecordingError` if there is none."""
        request = to_vcr_request(asked)
        if self.cassette.can_play_response_for(request):
            answered: Answered = self.cassette.play_response(request)
            return answered
        recorded = self.recorded.interactions
        equal = [one for one in recorded if one.request == asked]
        if not equal:
            raise make_not_recorded(self.path, asked, recorded)
        if equal[-1].response.status >= 400:
            return equal[-1].response  # a failure may be met by any number of retries
        raise RecordingError(
            f"{self.path.name} holds this request once less than it was made: {task_line(asked)}",
            "The program asked the same again. If that is on purpose, record again with "
            "--record FILE.",
        )

    def settings(self, settings: ModelSettings) -> ModelSettings:
        """Settings under which the recorded requests are made again, without key or endpoint."""
        bodies = [interaction.request for interaction in self.recorded.interactions]
        own = {"model", "messages", "response_format"}
        options = {k: v for k, v in bodies[0].items() if k not in own} if bodies else {}
        try:
            return ModelSettings(
                base_url=BASE_URL,
                name=self.recorded.model,
                timeout=settings.timeout,
                concurrency=settings.concurrency,
                retries=0,
                answer_format=self.recorded.answer_format,
                context_tokens=self.recorded.context_tokens,
                extra_body=options,
                api_key=SecretStr("replayed"),
            )
        except ValidationError as error:
            raise RecordingError(
                f"{self.path}: is no recording of this program: {error.errors()[0]['msg']}",
                "Record one with --record FILE.",
            ) from error

    def list_unplayed(self) -> tuple[str, ...]:
        """The recorded answers that no request asked for, by the task they belong to."""
        return tuple(
            f"answer {number + 1}: {task_line(interaction.request)}"
            for number, interaction in enumerate(self.recorded.interactions)
            if not self.cassette.play_counts[number] and interaction.response.status < 400
        )


@dataclass
class Exchange:
    """A request on its way and the last response to it, None while there is none."""

    body: dict[str, Any]
    hidden: Sequence[str]
    response: Answered | None = None
    under_way: bool = True

    def end(self, response: Response | None) -> None:
        """End the exchange, and keep the response if there was one."""
        self.under_way = False
        if response is not None:
            self.response = to_answered(response, self.hidden)

    @property
    def failed(self) -> bool:
        """Whether it ended without a chat completion, so that an equal request is a retry."""
        body = self.response.body if self.response and self.response.status < 400 else None
        usable = isinstance(body, dict) and "choices" in body and find_failed_choice(body) is None
        return not self.under_way and not usable


@dataclass(frozen=True)
class Recorder:
    """Records the requests, and their responses, of the clients that use its transport."""

    hidden: Sequence[str] = ()
    exchanges: list[Exchange] = field(default_factory=list)

    def transport(self) -> AsyncBaseTransport:
        """A new transport to the network that records here."""
        from factcheck.llm.transport import RecordingTransport  # noqa: PLC0415 (start-up)

        return RecordingTransport(lambda body: self.begin(body).end)

    def interactions(self) -> tuple[Interaction, ...]:
        """What was answered, in the order in which it was asked, not that of the answers.

        What got no answer, beside others that did, is kept as what a gateway would have said.
        """
        ended = [one for one in self.exchanges if one.response or not one.under_way]
        if not any(exchange.response for exchange in ended):
            return ()
        return tuple(
            Interaction(request=exchange.body, response=exchange.response or _NO_ANSWER)
            for exchange in ended
        )

    def begin(self, body: Body) -> Exchange:
        """The place of a request: that of an equal one which failed, else a new one."""
        for exchange in self.exchanges:
            if exchange.failed and exchange.body == body:
                exchange.under_way = True
                return exchange
        exchange = Exchange(dict(body), self.hidden)
        self.exchanges.append(exchange)
        return exchange


@contextmanager
def record(path: Path, settings: ModelSettings, *, now: datetime) -> Iterator[Recorder]:
    """Record what clients with the transport of this recorder ask; `now`, with a zone, dates it.

    The file is written at the end: to `path` if all went well, else what there is
    to `path` with `.partial` added. Raises `RecordingError` if `path` cannot be written.
    """
    recorder = Recorder(secrets(settings))
    partial = path.with_name(path.name + ".partial")

    def keep(target: Path) -> None:
        interactions = recorder.interactions()
        if interactions:
            recorded = Recorded(
                format=FORMAT,
                recorded_with=f"factcheck {__version__}",
                recorded_at=now,
                model=settings.name,
                answer_format=settings.answer_format,
                context_tokens=settings.context_tokens,
                interactions=interactions,
            )
            write(target, recorded)

    try:
        yield recorder
    except BaseException:
        with suppress(RecordingError):  # what ended the run is what has to be told
            keep(partial)
        raise
    keep(path)
    partial.unlink(missing_ok=True)


def replay(path: Path) -> Replay:
    """The recording in a file, to answer from. Raises `RecordingError` if there is none."""
    try:
        from vcr.cassette import Cassette  # noqa: PLC0415 (start-up)
        from vcr.matchers import raw_body  # noqa: PLC0415 (start-up)
        from vcr.record_mode import RecordMode  # noqa: PLC0415 (start-up)
    except ModuleNotFoundError as error:
        raise MissingExtraError("replay", "vcrpy") from error

    recorded = read(path)
    requests = [to_vcr_request(one.request) for one in recorded.interactions]
    responses = [one.response for one in recorded.interactions]
    cassette = Cassette.load(
        path=path,
        persister=SimpleNamespace(load_cassette=lambda *_, **__: (requests, responses)),
        record_mode=RecordMode.NONE,
        match_on=(raw_body,),
        allow_playback_repeats=False,
    )
    return Replay(path, recorded, cassette)


def to_vcr_request(body: Body) -> VcrRequest:
    """A request to the model as vcrpy has it; equal bodies are equal bytes."""
    from vcr.request import Request  # noqa: PLC0415 (start-up)

    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return Request("POST", f"{BASE_URL}/chat/completions", text.encode("ascii"), {})


def to_answered(response: Response, hidden: Sequence[str]) -> Answered:
    """A response reduced to what is kept; `hidden` are secrets."""
    text = response.content.decode("utf-8", "replace")
    try:
        payload = json.loads(text)
    except (ValueError, RecursionError):
        payload = None
    body = _tidy(payload, hidden) if isinstance(payload, dict) else {}
    headers = {name: value for name, value in response.headers.items() if name in KEPT_HEADERS}
    # What is no completion and no error in OpenAI's form is kept as text.
    return Answered(status=response.status_code, headers=headers, body=body or redact(text, hidden))


def _tidy(payload: Mapping[str, Any], hidden: Sequence[str]) -> dict[str, Any]:
    kept: dict[str, Any] = _pick(payload, KEPT_KEYS)
    said = to_stored(payload).content
    if said:
        message = kept["choices"][0]["message"]
        if isinstance(message.get("content") or "", str):
            message["content"] = lay_out_json(said)
    if "error" in kept:
        kept["error"] = json.loads(redact(json.dumps(kept["error"]), hidden))
    return kept


def _pick(value: Any, keys: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_pick(item, keys) for item in value]
    if not keys or not isinstance(value, Mapping):
        return value
    return {key: _pick(value[key], keys[key]) for key in keys if value.get(key) is not None}
