"""Answers at half price, by batches: each request once, whatever a batch or a run comes to."""

from __future__ import annotations

import asyncio
import gc
import json
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from factcheck.errors import BadRequestError, FactcheckError, ModelError
from factcheck.llm.batch import Batcher, for_batches
from factcheck.llm.batch_lines import read_lines
from factcheck.llm.cache import AnswerCache, Stored
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.llm.prices import cost
from factcheck.llm.wire import to_stored
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from tests.batches import BatchServer, Course, serving_batches
from tests.endpoint import Act, Body, fails, says
from tests.newsroom import serves, task
from tests.shell import Shell, start, wait_for
from tests.test_budget import NOW

pytestmark = pytest.mark.processes


class Bell(BaseModel):
    rings: int


def prompt(number: int, check: Any = lambda _: []) -> Prompt[Bell]:
    return Prompt("extract", f"a{number}", "s", f"Bell {number}", Bell, check)


def rings(body: Body) -> Act:
    return says({"rings": int(body["messages"][1]["content"].split()[1])})


async def soon(_: float) -> None:
    """Looks and retries come at once."""
    await asyncio.sleep(0.01)


async def all_at_once(
    server: BatchServer, folder: Path, *prompts: Prompt[Bell], **settings: Any
) -> tuple[list[Answer[Bell] | BaseException], Model]:
    """What comes of prompts that are asked at the same time, by batches."""
    given = ModelSettings(base_url=server.url, name="m", batch=True, **settings)
    cache = AnswerCache(folder)
    batcher = Batcher(given, cache, sleep=soon, quiet=0.1)
    asked = for_batches(given)
    async with Model(asked, cache=cache, transport=batcher.transport, sleep=soon) as model:
        each = (model.ask(one) for one in prompts)
        return await asyncio.gather(*each, return_exceptions=True), model


def ask(
    server: BatchServer, folder: Path, *prompts: Prompt[Bell], **settings: Any
) -> list[int | BaseException]:
    results, _ = asyncio.run(all_at_once(server, folder, *prompts, **settings))
    return [one if isinstance(one, BaseException) else one.value.rings for one in results]


BELLS = tuple(prompt(number) for number in range(1, 6))
ALL = [1, 2, 3, 4, 5]


def test_what_is_asked_at_the_same_time_is_one_batch_and_its_files_are_taken_away(
    tmp_path: Path,
) -> None:
    with serving_batches(rings, Course(looks=3)) as server:
        assert ask(server, tmp_path, *BELLS) == ALL
        assert Counter(server.asked)["POST /batches"] == 1
        assert Counter(server.asked)["GET /batches/ID"] == 4
        assert server.files == {}
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.paid) == 5
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(kept) == 5  # the answers alone: no note is left


def test_a_further_question_is_a_further_batch(tmp_path: Path) -> None:
    def loud(value: Bell) -> list[str]:
        return [] if value.rings > 9 else ["louder"]

    def louder(body: Body) -> Act:
        return says({"rings": 10}) if len(body["messages"]) > 2 else rings(body)

    with serving_batches(louder) as server:
        asked = (prompt(1, loud), prompt(2, loud), prompt(30, loud))
        assert ask(server, tmp_path, *asked) == [10, 10, 30]
    assert len(server.batches) == 2
    assert len(server.paid) == 5


def test_calls_and_tokens_are_counted_and_cost_half(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        _, model = asyncio.run(all_at_once(server, tmp_path, *BELLS))
    assert model.use() == (StageUse(stage="extract", calls=5, input_tokens=500, output_tokens=50),)
    whole = cost(ModelSettings(name="gpt-4.1-mini"), model.use(), NOW)
    half = cost(ModelSettings(name="gpt-4.1-mini", batch=True), model.use(), NOW)
    assert whole
    assert half == pytest.approx(whole / 2)


# --- a batch that does not end well -------------------------------------------------------------


def test_what_expired_goes_into_a_further_batch_and_the_rest_is_not_paid_twice(
    tmp_path: Path,
) -> None:
    courses = (Course(status="expired", answered=2), Course())
    with serving_batches(rings, *courses) as server:
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 2
    assert len(server.paid) == 5


def test_a_batch_that_always_expires_ends_in_an_error_for_what_it_lacks(tmp_path: Path) -> None:
    with serving_batches(rings, Course(status="expired", answered=0)) as server:
        results = ask(server, tmp_path, *BELLS, retries=2)
    assert all(isinstance(one, ModelError) for one in results)
    assert "not in time" in str(results[0])
    assert len(server.batches) == 3


def test_an_error_of_one_request_is_that_of_its_call_alone(tmp_path: Path) -> None:
    def picky(body: Body) -> Act:
        act = rings(body)
        return fails(400, "flagged by content policy") if "Bell 3" in str(body) else act

    with serving_batches(picky) as server:
        results = ask(server, tmp_path, *BELLS)
    assert [one for one in results if isinstance(one, int)] == [1, 2, 4, 5]
    assert "content filter" in str(results[2])


def test_a_format_that_is_refused_is_followed_by_the_next(tmp_path: Path) -> None:
    def plain(body: Body) -> Act:
        if body.get("response_format", {}).get("type") == "json_schema":
            return fails(400, "response_format is not supported")
        return rings(body)

    with serving_batches(plain) as server:
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 2


@pytest.mark.parametrize(
    ("course", "told"),
    [
        (Course(status="failed", error=("invalid_model", "no such thing")), "no such thing"),
        (Course(status="cancelled", answered=0), "not in time|cancelled"),
    ],
)
def test_a_batch_that_failed_is_told_and_made_again_by_the_next_run(
    tmp_path: Path, course: Course, told: str
) -> None:
    with serving_batches(rings, course, Course()) as server:
        results = ask(server, tmp_path, *BELLS, retries=0)
        assert all(isinstance(one, ModelError) and re.search(told, str(one)) for one in results)
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.paid) == 5


def test_a_queue_that_is_full_is_waited_for(tmp_path: Path) -> None:
    full = Course(status="failed", error=("token_limit_exceeded", "Enqueued token limit reached"))
    with serving_batches(rings, full, Course()) as server:
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.paid) == 5


def test_an_endpoint_without_batches_is_told_in_a_line(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        server.handle = lambda *_: (404, "Not Found")  # type: ignore[method-assign]
        [error] = ask(server, tmp_path, BELLS[0])
    assert isinstance(error, FactcheckError)
    assert "has no Batch API" in error.message
    assert error.hint == "Leave out --batch."


def test_a_key_that_is_refused_is_in_no_error(tmp_path: Path) -> None:
    def handle(*_: object) -> tuple[int, Any]:
        return 401, {"error": {"message": "Incorrect API key provided: sk-bell-12345678"}}

    with serving_batches(rings) as server:
        server.handle = handle  # type: ignore[method-assign, assignment]
        [error] = ask(server, tmp_path, BELLS[0], api_key=SecretStr("sk-bell-12345678"))
    assert "did not accept the key" in str(error)
    assert "sk-bell" not in str(error)


def test_a_batch_that_cannot_be_noted_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnswerCache, "put", lambda *_: False)
    with serving_batches(rings) as server:
        [error] = ask(server, tmp_path, BELLS[0])
    assert "could not be noted on disk" in str(error)
    assert server.batches == {}


def change_answers(server: BatchServer, change: Callable[[list[str]], list[str]]) -> list[str]:
    """Let the server change the lines of the first file with answers; the names of its files."""
    real = server.put_file
    names: list[str] = []

    def put_file(content: str) -> dict[str, Any]:
        if "choices" in content and not names:
            content = "\n".join(change(content.split("\n")))
            names.append("")
        made = real(content)
        if names == [""]:
            names[:] = [made["id"]]
        return made

    server.put_file = put_file  # type: ignore[method-assign]
    return names


def change_key(row: str, **change: Any) -> str:
    """A line with something else in its response."""
    line = json.loads(row)
    line["response"].update(change)
    return json.dumps(line)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: ["[" * 9999, "7", '{"custom_id": 7}', "", *rows[:2]],
        lambda rows: [*rows[:2], *(row.replace('_id": "', '_id": "../') for row in rows[2:])],
        lambda rows: [*rows[:2], *(row.replace('"body"', '"text"') for row in rows[2:])],
    ],
    ids=["no lines", "other ids", "no body"],
)
def test_lines_that_cannot_be_read_stay_at_the_endpoint_and_are_not_paid_again_by_the_run(
    tmp_path: Path, change: Callable[[list[str]], list[str]]
) -> None:
    with serving_batches(rings) as server:
        names = change_answers(server, change)
        results = ask(server, tmp_path / "kept", *BELLS)
        assert sum(isinstance(one, int) for one in results) == 2
        [told, *_] = [str(one) for one in results if not isinstance(one, int)]
        assert re.search(r"lines of batch batch-0 cannot be read; its files are kept", told)
        assert len(server.paid) == 5
        assert names[0] in server.files
        assert ask(server, tmp_path / "kept", *BELLS) == ALL
    assert len(server.batches) == 2
    assert len(server.paid) == 8
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_an_answer_whose_status_is_left_out_is_one(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        change_answers(
            server, lambda rows: [change_key(row, status_code=None) for row in rows if row]
        )
        assert ask(server, tmp_path, *BELLS) == ALL
        assert server.files == {}
    assert len(server.paid) == 5


@pytest.mark.parametrize("status", [200.0, "200", True, 0, 99999, "done"])
def test_an_answer_with_an_odd_status_is_one(status: object) -> None:
    response = {"status_code": status, "body": {"choices": [1]}}
    found, unread = read_lines(json.dumps({"custom_id": "k", "response": response}))
    assert (found["k"].status, unread) == (200, 0)


@pytest.mark.parametrize("status", [400, "429", 503.0])
def test_a_status_that_tells_of_a_failure_stands(status: object) -> None:
    response = {"status_code": status, "body": {"choices": [1]}}
    found, _ = read_lines(json.dumps({"custom_id": "k", "response": response}))
    assert found["k"].status == int(float(str(status)))


@pytest.mark.parametrize("digits", [400, 5_000])
def test_a_file_with_a_byte_order_mark_and_endless_counts_is_read(digits: int) -> None:
    body = f'{{"choices": [1], "usage": {{"prompt_tokens": {"9" * digits}}}}}'
    line = f'{{"custom_id": "k", "response": {{"status_code": 200, "body": {body}}}}}'
    found, unread = read_lines(f"\ufeff{line}\n")
    assert unread == 0
    assert isinstance(found["k"].body, dict)
    assert to_stored(found["k"].body).input_tokens is None


@pytest.mark.parametrize("given", [None, "hello", [], {}, {"id": ""}, {"id": 7}])
@pytest.mark.parametrize("asked", ["POST files", "POST batches", "GET batches/batch-0"])
def test_what_is_no_file_and_no_batch_is_told_and_pays_for_nothing_twice(
    tmp_path: Path, asked: str, given: object
) -> None:
    with serving_batches(rings) as server:
        real = server.handle

        def handle(method: str, path: str, data: bytes) -> tuple[int, Any]:
            status, found = real(method, path, data)
            if f"{method} {path.partition('/v1/')[2]}" != asked:
                return status, found
            return status, found | given if isinstance(given, dict) and given else given

        server.handle = handle  # type: ignore[method-assign]
        errors = ask(server, tmp_path, *BELLS)
        server.handle = real  # type: ignore[method-assign]
        assert {type(one) for one in errors} == {BadRequestError}
        assert "answered, but not as the Batch API does" in str(errors[0])
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.paid) == 5


@pytest.mark.parametrize(
    "errors", ["x", {"data": "x"}, {"data": [None]}, {"data": [{"code": 7, "message": {"a": 1}}]}]
)
def test_a_batch_that_failed_for_odd_reasons_is_told(tmp_path: Path, errors: object) -> None:
    with serving_batches(rings, Course(status="failed")) as server:
        real = server.retrieve
        server.retrieve = lambda name: real(name) | {"errors": errors}  # type: ignore[method-assign]
        [error] = ask(server, tmp_path, BELLS[0])
    assert "the batch failed" in str(error)


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_a_mark_inside_an_answer_ends_no_line(mark: str) -> None:
    body = {"choices": [], "said": f"one{mark}two"}
    line = {"custom_id": "k", "response": {"status_code": 200, "body": body}}
    text = json.dumps(line, ensure_ascii=False)
    assert mark in text
    found, unread = read_lines(f"{text}\r\n{text}\n")
    assert found["k"].body == body
    assert unread == 0


# --- runs that are broken off --------------------------------------------------------------------


# anyio leaves a coroutine that was never begun behind when a connection is broken off.
BROKEN_OFF = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def break_off_at(server: BatchServer, folder: Path, moment: str) -> None:
    """Begin a run that ends, without a word, once the server has done something."""

    async def run() -> None:
        work = asyncio.create_task(all_at_once(server, folder, *BELLS, retries=0))
        while moment not in server.asked:  # noqa: ASYNC110 (the server is in a thread)
            await asyncio.sleep(0.001)
        work.cancel()

    asyncio.run(run())
    gc.collect()
    time.sleep(0.3)  # what was on its way when the run ended reaches the server


@BROKEN_OFF
@pytest.mark.parametrize(
    "moment", ["POST /files", "POST /batches", "GET /batches/ID", "GET /files/ID/content"]
)
def test_a_run_that_is_broken_off_finds_its_batch_again(tmp_path: Path, moment: str) -> None:
    with serving_batches(rings, Course(looks=2)) as server:
        break_off_at(server, tmp_path, moment)
        assert ask(server, tmp_path, *BELLS, *map(prompt, (6, 7))) == [*ALL, 6, 7]
    assert len(server.paid) == 7
    assert len(server.batches) <= 2


@pytest.mark.parametrize("broken", ["POST /files", "POST /batches", "GET /batches/ID"])
def test_a_connection_that_breaks_off_makes_no_second_batch(tmp_path: Path, broken: str) -> None:
    with serving_batches(rings) as server:
        server.break_off = broken
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 1
    assert len(server.paid) == 5


def test_a_batch_whose_id_never_came_is_found_by_its_file(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        server.break_off, server.lists = "POST /batches", False
        assert isinstance(ask(server, tmp_path, *BELLS, retries=0)[0], ModelError)
        assert len(server.batches) == 1
        server.lists = True
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 1
    assert len(server.paid) == 5


@BROKEN_OFF
def test_answers_that_nobody_waits_for_any_more_are_kept(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        break_off_at(server, tmp_path, "POST /batches")
        assert ask(server, tmp_path, BELLS[0]) == [1]
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 1


def test_a_file_of_answers_that_is_not_there_yet_is_fetched_by_the_next_run(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        away: dict[str, str] = {}
        real = server.handle

        def handle(method: str, path: str, data: bytes) -> tuple[int, Any]:
            if path.endswith("/content") and not away:
                away["file"] = path
                return 404, {"error": {"message": "no such file"}}
            return real(method, path, data)

        server.handle = handle  # type: ignore[method-assign]
        assert isinstance(ask(server, tmp_path, *BELLS, retries=0)[0], ModelError)
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.paid) == 5


@BROKEN_OFF
def test_a_batch_that_is_gone_is_made_again(tmp_path: Path) -> None:
    with serving_batches(rings) as server:
        break_off_at(server, tmp_path, "POST /batches")
        server.batches.clear()
        assert ask(server, tmp_path, *BELLS) == ALL


def test_answers_that_could_not_be_kept_are_fetched_again_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = AnswerCache.put

    def put(self: AnswerCache, key: str, answer: Stored) -> bool:
        return "rings" not in answer.content and real(self, key, answer)

    with serving_batches(rings) as server:
        with monkeypatch.context() as patch:
            patch.setattr(AnswerCache, "put", put)
            assert ask(server, tmp_path, *BELLS) == ALL
        assert ask(server, tmp_path, *BELLS) == ALL
    assert len(server.batches) == 1


# --- the commands -------------------------------------------------------------------------------


def test_a_report_takes_a_batch_a_stage(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.llm.batch.FIRST_WAIT", 0.01)
    with serving_batches(serves) as server:
        ran = shell("report", "in", "--base-url", server.url, "--model", "m", "--batch")
    assert ran.code == 0
    assert "batch: the requests of each stage go out together at half price" in ran.err
    assert len(server.batches) == 3
    stages = Counter(task(body["messages"][1]["content"]) for body in server.paid)
    assert stages == {"extract": 3, "compare": 1, "edit": 1}
    made = json.loads((tmp_path / "report" / "report.json").read_text())
    assert sum(use["calls"] for use in made["manifest"]["use"]) == 5


@pytest.mark.parametrize("option", [("--record", "run.yaml"), ("--no-cache",)])
def test_batches_exclude_what_would_lose_them(shell: Shell, option: tuple[str, ...]) -> None:
    ran = shell(
        "report", "in", "--base-url", "http://localhost:1/v1", "--model", "m", "--batch", *option
    )
    assert ran.code == 2
    assert f"--batch and {option[0]} exclude each other" in ran.err


TOML = """
[model]
base_url = "{url}"
name = "m"
batch = true
[digest]
sources = [{{ folder = "in" }}]
[reading]
ports = []
"""


@pytest.mark.parametrize(
    ("command", "kills"), [(("report", "in"), (2, 7, 11)), (("digest",), (7,))]
)
def test_a_command_that_is_killed_again_and_again_pays_for_each_request_once(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    kills: tuple[int, ...],
) -> None:
    monkeypatch.setattr("factcheck.llm.batch.FIRST_WAIT", 0.01)  # of the run that ends well
    with serving_batches(serves, Course(looks=0)) as server:
        (tmp_path / "factcheck.toml").write_text(TOML.format(url=server.url))
        for kill in kills:
            with start(*command) as run:
                wait_for(lambda: len(server.asked) >= kill)  # noqa: B023 (called at once)
                run.kill()
        assert run.returncode == -signal.SIGKILL
        assert shell(*command).code == 0
    requests = [json.dumps(body, sort_keys=True) for body in server.paid]
    assert len(requests) == 5
    assert len({*requests}) == 5


class KeptForGood(dict[str, Stored]):
    """Answers that stay as they were first kept, as those of a digest do."""

    def put(self, key: str, answer: Stored) -> bool:
        self.setdefault(key, answer)
        return True

    def drop(self, key: str) -> None:
        self.pop(key, None)


def test_a_batch_is_found_by_the_last_file_that_a_request_went_into() -> None:
    answers = KeptForGood()
    batcher = Batcher(ModelSettings(name="m"), answers)  # type: ignore[arg-type]
    for file in ("of-a-run-that-was-killed", "of-the-next-run"):
        assert batcher._take_note("request", file)
    assert [note.content for note in answers.values()] == ["of-the-next-run"]
