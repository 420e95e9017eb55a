"""A model's endpoint that does everything wrong: no run ends but by a report or a line.

Each misbehaviour meets each stage. Afterwards the server is well: the run is made again, is
whole, and pays for nothing that was answered before.
"""

from __future__ import annotations

import json
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck import errors
from factcheck.models import Report
from factcheck.run import Run
from factcheck.settings.loader import load_settings
from tests import newsroom
from tests.torture.rawserver import (
    Asked,
    Behaviour,
    Raw,
    broken_below_http,
    raw_server,
    repeats,
    response,
    sends,
)

KEY = "sk-torture-0123456789abcdef"
STAGES = ("extract", "compare", "edit")
UNSEEN = ("\x1b", "\\u001b", "\u202e", "\\u202e")
PAID_FOR = {"an answer cut by its length", "an answer stopped by a filter", "a refusal"}
"""Answers that a later run takes from the cache as they are: they were paid for."""
ENDINGS = {errors.PARTIAL, errors.MODEL}
OPENING = b'{"choices": [{"message": {"content": "'


def chat(content: object, **more: object) -> bytes:
    """A chat completion around some content."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"content": content}, **more}
    return json.dumps({"id": "x", "model": "m", "choices": [choice]}).encode()


SURROGATE = chat("@").replace(b'"@"', b'"\\ud83d { \\udc00"')
STREAM = b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n'
ANSWERS: dict[str, Behaviour] = {
    "no JSON": sends(response(b"<html>Bad gateway</html>", kind="text/html")),
    "half JSON": sends(response(OPENING)),
    "JSON of another kind": sends(response(b'["a"]')),
    "null": sends(response(b"null")),
    "nothing": sends(response(b"")),
    "no choices": sends(response(b'{"choices": []}')),
    "choices that are text": sends(response(b'{"choices": "many"}')),
    "a choice that is null": sends(response(b'{"choices": [null]}')),
    "content that is a number": sends(response(chat(7))),
    "content that is null": sends(response(chat(None))),
    "content in parts": sends(response(chat([{"type": "text", "text": "{}"}, 7, None]))),
    "empty content": sends(response(chat(""))),
    "prose": sends(response(chat("I am sorry, I cannot help with that."))),
    "an empty object": sends(response(chat("{}"))),
    "an array": sends(response(chat("[]"))),
    "half an answer": sends(response(chat('{"claims": [{"t": "A crane'))),
    "an answer cut by its length": sends(response(chat('{"claims": [', finish_reason="length"))),
    "an answer stopped by a filter": sends(response(chat("", finish_reason="content_filter"))),
    "a refusal": sends(
        response(json.dumps({"choices": [{"message": {"refusal": "No."}}]}).encode())
    ),
    "nested JSON in the content": sends(response(chat("[" * 100_000))),
    "nested JSON around the content": sends(response(b'{"a":' * 100_000)),
    "nested objects in the content": sends(response(chat('{"a":' * 50_000))),
    "a lone surrogate in the content": sends(response(SURROGATE)),
    "a lone surrogate in an answer": sends(response(chat('{"event": "\\ud800", "groups": []}'))),
    "bytes that are no UTF-8": sends(response(OPENING + b'\xff\xfe"}}]}')),
    "UTF-16": sends(response(chat("{}").decode().encode("utf-16"))),
    "a NUL in the content": sends(response(chat("\x00{}\x00"))),
    "a number of 5,000 digits": sends(response(chat('{"a": ' + "9" * 5_000 + "}"))),
    "infinity": sends(response(b'{"choices": Infinity}')),
    "a key twice": sends(response(b'{"choices": [], "choices": 7}')),
    "100,000 claims": sends(response(chat('{"claims": [' + '{"t": "a"},' * 100_000 + "]}"))),
    "an answer of 20 MB": sends(response(chat("a" * 20_000_000))),
    "the same words without end": sends(response(chat('{"claims": "' + "a crane fell " * 50_000))),
    "a stream": sends(response(STREAM * 50 + b"data: [DONE]\n\n", kind="text/event-stream")),
    "a stream without end": repeats(
        b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n", STREAM, 0.01
    ),
    "an error with the status 200": sends(response(b'{"error": {"message": "no"}}')),
    "an error that repeats the key": sends(
        response(json.dumps({"error": {"message": f"bad key {KEY}"}}).encode(), "400 Bad")
    ),
    "an error of 1 MB": sends(
        response(json.dumps({"error": {"message": "x " * 500_000}}).encode(), "400 Bad")
    ),
    "an error with escapes": sends(
        response(json.dumps({"error": {"message": "\x1b]0;x\x07\u202eno"}}).encode(), "400 Bad")
    ),
    "counts that are no numbers": sends(
        response(b'{"choices":[{"message":{"content":"{}"}}],"usage":{"prompt_tokens":"-1e999"}}')
    ),
    **broken_below_http("application/json", OPENING),
}


def answer(raw: Raw, connection: socket.socket, asked: Asked) -> None:
    """Answer well, and note that it was paid for."""
    raw.answered.append(asked.body)
    connection.sendall(response(chat(newsroom.answer(asked.user))))


def at_stage(raw: Raw, stage: str, bad: Behaviour) -> Behaviour:
    """Behave badly at one stage, to one article if it is that of the articles; else well."""

    def act(connection: socket.socket, asked: Asked) -> None:
        mine = newsroom.task(asked.user) == stage and (
            stage != "extract" or "Lowland Post" in asked.user
        )
        if mine:
            bad(connection, asked)
        else:
            answer(raw, connection, asked)

    return act


def run(raw: Raw, inbox: Path) -> Report:
    """Make the report; errors of a person's tree are raised."""
    flags = {
        "model.base_url": f"http://127.0.0.1:{raw.port}/v1",
        "model.name": "m",
        "model.timeout": 4,
        "model.retries": 0,
    }
    settings = load_settings(environ={"OPENAI_API_KEY": KEY}, flags=flags)
    return Run(settings).report([inbox])


def outcome(make: Callable[[], Report]) -> tuple[set[str], str]:
    """The sources that a report accounts for, and all that is told; or the message of its end."""
    try:
        report = make()
    except errors.FactcheckError as error:
        if error.exit_code not in ENDINGS:
            raise
        return set(), error.message + error.hint
    sources = {a.source for a in report.articles} | {e.source for e in report.excluded}
    return sources, report.model_dump_json()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_bad_answer_ends_in_a_report_or_a_line_and_is_not_paid_twice(
    tmp_path: Path, name: str, stage: str
) -> None:
    inbox = newsroom.publish(tmp_path / "in")
    with raw_server(sends(b"")) as raw:
        raw.behaviour = at_stage(raw, stage, ANSWERS[name])
        sources, told = outcome(lambda: run(raw, inbox))
        assert sources in ({*newsroom.ARTICLES}, set())
        assert not [bad for bad in (KEY, *UNSEEN) if bad in told]
        raw.behaviour = lambda connection, asked: answer(raw, connection, asked)
        report = run(raw, inbox)
    whole = {article.source for article in report.articles} == {*newsroom.ARTICLES}
    assert (whole and report.manifest.compared) or name in PAID_FOR
    if sources:  # a run that is given up at once may lose what is under way
        assert max(Counter(raw.answered).values()) == 1
