"""Record what a model answers, and replay it without a network: a YAML file beside a run.

`record` writes the file when the run ends, `replay` answers from it. Requests are
matched on their parsed body, so an edited prompt fails with a readable difference.
Only what a replay needs is kept, by allow-list: no key, host, id or date of the
endpoint gets in. Of a request that was retried the last answer is kept, and it is
given as often as it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pydantic import SecretStr

from factcheck import __version__
from factcheck.llm.cassette import (
    FORMAT,
    Answered,
    Interaction,
    Recorded,
    not_recorded,
    read,
    readable,
    task_line,
    write,
)
from factcheck.settings.loader import ModelSettings, secrets
from factcheck.settings.redaction import redact

BASE_URL = "http://model.invalid/v1"
ENDING = "/chat/completions"
OTHERS = ("httplib", "requests", "boto3", "urllib3", "httplib2", "tornado", "aiohttp", "httpx")
"""What vcrpy leaves alone: only `openai`, through httpx2, is recorded."""

KEPT_HEADERS = frozenset({"content-type", "retry-after"})
KEPT_KEYS: Mapping[str, Any] = {
    "choices": {"finish_reason": {}, "message": {"role": {}, "content": {}, "refusal": {}}},
    "usage": {"prompt_tokens": {}, "completion_tokens": {}},
    "error": {"message": {}, "type": {}, "code": {}, "param": {}},
}
"""The allow-list for response bodies; {} is a leaf that is kept whole."""


@dataclass(frozen=True)
class Replay:
    """A recording that is being replayed."""

    path: Path
    recorded: Recorded
    cassette: Any

    @property
    def recorded_at(self) -> datetime:
        """The clock of a replayed run, so that two replays give the same report."""
        return self.recorded.recorded_at

    @property
    def model(self) -> str:
        """The name of the model that answered."""
        return self.recorded.model

    def settings(self, settings: ModelSettings) -> ModelSettings:
        """Settings under which the recorded requests are made again, without key or endpoint."""
        bodies = [interaction.request for interaction in self.recorded.interactions]
        own = {"model", "messages", "response_format"}
        options = {k: v for k, v in bodies[0].items() if k not in own} if bodies else {}
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

    def unplayed(self) -> tuple[str, ...]:
        """The recorded answers that no request asked for, by the task they belong to."""
        return tuple(
            f"answer {number + 1}: {task_line(interaction.request)}"
            for number, interaction in enumerate(self.recorded.interactions)
            if not self.cassette.play_counts[number] and interaction.response.status < 400
        )


@contextmanager
def record(path: Path, settings: ModelSettings, *, now: datetime) -> Iterator[None]:
    """Record all that is asked of a model meanwhile; `now`, with a time zone, dates it.

    The file is written at the end: to `path` if all went well, else what there is
    to `path` with `.partial` added. Raises `RecordingError` if it cannot be written.
    """
    asked: dict[bytes, dict[str, Any]] = {}

    def note(request: Any) -> Any:
        kept = ours(request)
        if kept is not None:
            asked.setdefault(kept.body, json.loads(request.body))
        return kept

    nothing = SimpleNamespace(load_cassette=_no_cassette, save_cassette=lambda *_, **__: None)
    partial = path.with_name(path.name + ".partial")
    target = partial
    with _vcr(note).use_cassette(path, persister=nothing, record_mode="all") as cassette:
        try:
            yield
            target = path
        finally:
            answers = {request.body: response for request, response in cassette.data}
            recorded = Recorded(
                format=FORMAT,
                recorded_with=f"factcheck {__version__}",
                recorded_at=now,
                model=settings.name,
                answer_format=settings.answer_format,
                context_tokens=settings.context_tokens,
                interactions=tuple(
                    Interaction(
                        request=request, response=to_answered(answers[body], secrets(settings))
                    )
                    # In the order in which they were asked, not that of the answers.
                    for body, request in asked.items()
                    if body in answers
                ),
            )
            if recorded.interactions:
                write(target, recorded)
            if target is path:
                partial.unlink(missing_ok=True)


@contextmanager
def replay(path: Path) -> Iterator[Replay]:
    """Answer from a recording. Raises `RecordingError` if the file is missing or no recording.

    A request that it does not hold raises `RecordingError` where it is made.
    """
    recorded = read(path)
    bodies = {canonical(interaction.request) for interaction in recorded.interactions}

    def known(request: Any) -> Any:
        kept = ours(request)
        if kept is not None and kept.body not in bodies:
            raise not_recorded(path, json.loads(kept.body), recorded.interactions)
        return kept

    def load(*_: object, **__: object) -> tuple[list[Any], list[Any]]:
        return [to_request(i) for i in recorded.interactions], [
            to_response(i.response) for i in recorded.interactions
        ]

    source = SimpleNamespace(load_cassette=load, save_cassette=lambda *_, **__: None)
    with _vcr(known).use_cassette(
        path, persister=source, record_mode="none", allow_playback_repeats=True
    ) as cassette:
        yield Replay(path, recorded, cassette)


def _vcr(before: Any) -> Any:
    import vcr  # noqa: PLC0415 (start-up)

    return vcr.VCR(
        before_record_request=before,
        match_on=("method", "raw_body"),
        decode_compressed_response=True,
        skip_patchers=OTHERS,
    )


def _no_cassette(*_: object, **__: object) -> None:
    from vcr.persisters.filesystem import CassetteNotFoundError  # noqa: PLC0415 (start-up)

    raise CassetteNotFoundError


def ours(request: Any) -> Any:
    """A request to the model with its body in canonical form; None for any other request."""
    from vcr.request import Request  # noqa: PLC0415 (start-up)

    if request.method != "POST" or not request.path.endswith(ENDING):
        return None
    return Request("POST", BASE_URL + ENDING, canonical(json.loads(request.body)), {})


def canonical(body: object) -> bytes:
    """JSON in the one form in which equal bodies are equal bytes."""
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")


def to_answered(response: Any, hidden: Sequence[str]) -> Answered:
    """A response as vcrpy saw it, reduced to what is kept; `hidden` are secrets."""
    text = bytes(response["body"]["string"]).decode("utf-8", "replace")
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    body = _tidy(payload, hidden) if isinstance(payload, dict) else {}
    headers = {
        name.lower(): values[0]
        for name, values in response["headers"].items()
        if name.lower() in KEPT_HEADERS
    }
    # What is no completion and no error in OpenAI's form is kept as text.
    return Answered(
        status=response["status"]["code"], headers=headers, body=body or redact(text, hidden)
    )


def _tidy(payload: Mapping[str, Any], hidden: Sequence[str]) -> dict[str, Any]:
    kept: dict[str, Any] = _pick(payload, KEPT_KEYS)
    for choice in kept.get("choices") or []:
        message = choice.get("message") if isinstance(choice, dict) else None
        if isinstance(message, dict) and isinstance(message.get("content"), str):
            message["content"] = readable(message["content"])
    if "error" in kept:
        kept["error"] = json.loads(redact(json.dumps(kept["error"]), hidden))
    return kept


def _pick(value: Any, keys: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_pick(item, keys) for item in value]
    if not keys or not isinstance(value, Mapping):
        return value
    return {key: _pick(value[key], keys[key]) for key in keys if value.get(key) is not None}


def to_request(interaction: Interaction) -> Any:
    """A recorded request as vcrpy has it."""
    from vcr.request import Request  # noqa: PLC0415 (start-up)

    return Request("POST", BASE_URL + ENDING, canonical(interaction.request), {})


def to_response(answered: Answered) -> dict[str, Any]:
    """A recorded response as vcrpy has it."""
    body = answered.body if isinstance(answered.body, str) else json.dumps(answered.body)
    return {
        "status": {"code": answered.status, "message": ""},
        "headers": {name: [value] for name, value in answered.headers.items()},
        "body": {"string": body.encode()},
    }
