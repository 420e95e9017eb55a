"""Recordings: made from a real run, replayed without a server, readable and clean."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, SecretStr

from factcheck.errors import ContextOverflowError, ModelError, OverloadedError, RecordingError
from factcheck.llm.cassette import Recorded, describe_difference, lay_out_json, read, to_yaml
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.llm.recording import record, replay
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from tests.endpoint import Act, Body, Script, fails, says, serving

NOW = datetime(2031, 4, 5, 12, 30, tzinfo=UTC)
KEY = "sk-quarry-9876543210"
SYSTEM = "You count stones.\nBe exact."


class Stones(BaseModel):
    count: int


def prompt(label: str, user: str = "") -> Prompt[Stones]:
    text = user or f"ARTICLE {label}\n[1] There are stones in {label}."
    return Prompt("extract", label, SYSTEM, text, Stones, lambda _: [])


async def ask(client: Model, *prompts: Prompt[Stones]) -> list[Answer[Stones]]:
    async with client:
        return list(await asyncio.gather(*(client.ask(each) for each in prompts)))


def count(body: Body) -> Act:
    """As many stones as the label says; the later articles are answered first."""
    label = int(body["messages"][1]["content"].split()[1].removeprefix("a"))
    return Act(says({"count": label}).payload, delay=0.05 / label)


async def no_wait(_: float) -> None:
    """Retries come at once."""


def recorded_run(
    path: Path, script: Script, *prompts: Prompt[Stones], **settings: Any
) -> tuple[list[Answer[Stones]], tuple[StageUse, ...]]:
    with serving(script) as endpoint:
        given = ModelSettings(
            base_url=endpoint.url, name="quarry-1", api_key=SecretStr(KEY), **settings
        )
        with record(path, given, now=NOW) as recorder:
            client = Model(given, sleep=no_wait, transport=recorder.transport)
            return asyncio.run(ask(client, *prompts)), client.use()


def replayed_run(
    path: Path, *prompts: Prompt[Stones]
) -> tuple[list[Answer[Stones]], tuple[StageUse, ...], tuple[str, ...]]:
    recording = replay(path)
    client = Model(recording.settings(ModelSettings()), transport=recording.transport)
    return asyncio.run(ask(client, *prompts)), client.use(), recording.list_unplayed()


ARTICLES = tuple(prompt(f"a{n}") for n in range(1, 5))


def test_a_run_is_replayed_without_its_server(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    answers, use = recorded_run(path, count, *ARTICLES)
    assert [answer.value.count for answer in answers] == [1, 2, 3, 4]
    assert replayed_run(path, *ARTICLES) == (answers, use, ())
    assert replayed_run(path, *ARTICLES) == (answers, use, ())


def test_replays_in_several_threads_each_play_their_own_recording(tmp_path: Path) -> None:
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    first, second = ARTICLES[:2], ARTICLES[2:]
    recorded_run(paths[0], count, *first)
    recorded_run(paths[1], count, *second)
    with ThreadPoolExecutor(4) as threads:
        played = [
            threads.submit(replayed_run, path, *prompts)
            for _ in range(5)
            for path, prompts in zip(paths, (first, second), strict=True)
        ]
        counts = [[answer.value.count for answer in each.result()[0]] for each in played]
    assert counts == [[1, 2], [3, 4]] * 5


def test_a_live_run_beside_a_recording_lands_in_no_file(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    started, done = threading.Event(), threading.Event()

    def slow(body: Body) -> Act:
        started.set()
        done.wait(5)
        return count(body)

    def live_run() -> list[Answer[Stones]]:
        with serving(count) as endpoint:
            client = Model(ModelSettings(base_url=endpoint.url, name="quarry-2"))
            return asyncio.run(ask(client, *ARTICLES[2:]))

    with ThreadPoolExecutor(1) as threads:
        recording = threads.submit(recorded_run, path, slow, *ARTICLES[:2])
        assert started.wait(5)
        live = live_run()
        done.set()
        recording.result()
    assert [answer.value.count for answer in live] == [3, 4]
    kept = read(path).interactions
    assert {each.request["model"] for each in kept} == {"quarry-1"}
    assert len(kept) == 2


def test_a_live_run_beside_a_replay_reaches_its_own_server(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, *ARTICLES)
    recording = replay(path)
    with serving(lambda _: says({"count": 77})) as endpoint:

        async def both() -> list[list[Answer[Stones]]]:
            settings = recording.settings(ModelSettings())
            replayed = Model(settings, transport=recording.transport)
            live = Model(ModelSettings(base_url=endpoint.url, name="quarry-1"))
            return list(await asyncio.gather(ask(replayed, ARTICLES[0]), ask(live, ARTICLES[0])))

        answers = asyncio.run(both())
    assert [each[0].value.count for each in answers] == [1, 77]


def test_a_request_that_is_made_twice_by_mistake_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, *ARTICLES)

    async def twice() -> None:
        recording = replay(path)
        client = Model(recording.settings(ModelSettings()), transport=recording.transport)
        async with client:
            await client.ask(ARTICLES[0])
            await client.ask(ARTICLES[0])

    with pytest.raises(RecordingError, match=r"once less than it was made: ARTICLE a1"):
        asyncio.run(twice())


def test_a_request_that_was_recorded_twice_is_played_twice_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"

    async def twice(client: Model) -> list[int]:
        async with client:
            return [(await client.ask(ARTICLES[0])).value.count for _ in range(2)]

    with serving([says({"count": 5}), says({"count": 6})]) as endpoint:
        given = ModelSettings(base_url=endpoint.url, name="quarry-1")
        with record(path, given, now=NOW) as recorder:
            assert asyncio.run(twice(Model(given, transport=recorder.transport))) == [5, 6]
    recording = replay(path)
    again = Model(recording.settings(ModelSettings()), transport=recording.transport)
    assert asyncio.run(twice(again)) == [5, 6]


def test_two_recordings_of_one_run_are_equal_whatever_the_server_and_the_order_of_answers(
    tmp_path: Path,
) -> None:
    recorded_run(tmp_path / "one.yaml", count, *ARTICLES)
    recorded_run(tmp_path / "two.yaml", lambda body: Act(count(body).payload), *ARTICLES)
    assert (tmp_path / "one.yaml").read_bytes() == (tmp_path / "two.yaml").read_bytes()


def test_the_file_has_the_order_in_which_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    asked = [ARTICLES[2], ARTICLES[0], ARTICLES[1]]
    recorded_run(path, count, *asked)
    users = [each.request["messages"][1]["content"] for each in read(path).interactions]
    assert users == [each.user for each in asked]


def test_a_recording_tells_its_model_and_its_time(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, ARTICLES[0])
    recorded = replay(path).recorded
    assert (recorded.model, recorded.recorded_at) == ("quarry-1", NOW)


def test_the_file_is_readable_and_holds_nothing_of_the_endpoint(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, [says('{"count":1}')], ARTICLES[0])
    text = path.read_text()
    assert text.startswith("format: factcheck.recording/1\nrecorded_with: factcheck ")
    assert "content: |-\n        ARTICLE a1\n        [1] There are stones in a1.\n" in text
    assert """content: '{"count": 1}'""" in text
    for noise in (KEY, "127.0.0.1", "authorization", "x-stainless", "created", "x-1"):
        assert noise not in text.lower()
    assert set(yaml.safe_load(text)["interactions"][0]["response"]["headers"]) == {"content-type"}


def test_what_repeats_is_written_once() -> None:
    instructions = "Count every stone.\n" * 40
    text = to_yaml([{"content": instructions}, {"content": str(instructions)}])
    assert text.count("Count every stone.") == 40
    assert yaml.safe_load(text) == [{"content": instructions}] * 2


@given(st.text())
def test_any_text_comes_back_from_the_file_as_it_was(text: str) -> None:
    value = {"content": text, "more": [text, text * 3]}
    assert yaml.load(to_yaml(value), Loader=yaml.CSafeLoader) == value


def test_a_json_answer_is_laid_out_one_item_a_line() -> None:
    text = lay_out_json('{"claims":[{"t":"é","s":[1,2]},{"t":"b","s":[]}],"n":1}')
    assert text == ('{"claims": [\n{"t": "é", "s": [1, 2]},\n{"t": "b", "s": []}\n],\n"n": 1}')
    assert lay_out_json("no JSON") == "no JSON"


def test_retried_failures_leave_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    script = [fails(429, headers={"retry-after": "1"}), fails(503), says({"count": 3})]
    answers, _ = recorded_run(path, script, ARTICLES[0])
    assert len(read(path).interactions) == 1
    assert replayed_run(path, ARTICLES[0])[0] == answers


def test_a_refused_format_and_a_reask_are_replayed(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"

    def script(body: Body) -> Act:
        if "response_format" in body:
            return fails(400, "no response_format here")
        return says({"count": 1} if len(body["messages"]) > 2 else '{"count":  "many"}')

    answers, use = recorded_run(path, script, ARTICLES[0])
    assert use[0].reasks == 1
    assert replayed_run(path, ARTICLES[0]) == (answers, use, ())


def test_an_answer_in_the_reasoning_and_a_cut_prompt_are_replayed(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    answers, use = recorded_run(path, [says(None, reasoning='{"count": 4}')], ARTICLES[0])
    assert replayed_run(path, ARTICLES[0]) == (answers, use, ())
    long = prompt("a1", "ARTICLE a1\n" + "stone " * 2000)
    with pytest.raises(ContextOverflowError):
        recorded_run(path, [says({"count": 1}, usage=(100, 1))], long)
    with pytest.raises(ContextOverflowError):
        replayed_run(path.with_name("run.yaml.partial"), long)


def test_request_settings_are_taken_from_the_recording(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    answers, _ = recorded_run(
        path, count, ARTICLES[0], temperature=0.5, max_output_tokens=9, extra_body={"top_k": 2}
    )
    assert replayed_run(path, ARTICLES[0])[0] == answers


@pytest.mark.parametrize("status", [500, 503])
def test_a_failure_that_stayed_is_replayed_as_such(tmp_path: Path, status: int) -> None:
    path = tmp_path / "run.yaml"
    with pytest.raises(OverloadedError):
        recorded_run(path, [fails(status, "melting")], ARTICLES[0], retries=1)
    partial = path.with_name("run.yaml.partial")
    with pytest.raises(OverloadedError, match="melting"):
        replayed_run(partial, ARTICLES[0])


def test_a_request_that_got_no_answer_is_replayed_as_one_that_failed(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"

    def serve(body: Body) -> Act:
        answer = count(body)
        return replace(answer, delay=3) if "ARTICLE a2" in str(body["messages"]) else answer

    async def ask_both(client: Model) -> list[Any]:
        async with client:
            asked = (client.ask(one) for one in ARTICLES[:2])
            return await asyncio.gather(*asked, return_exceptions=True)

    with serving(serve) as endpoint:
        url, key = endpoint.url, SecretStr(KEY)
        given = ModelSettings(base_url=url, name="quarry-1", api_key=key, timeout=1, retries=0)
        with record(path, given, now=NOW) as recorder:
            live = asyncio.run(ask_both(Model(given, transport=recorder.transport)))
    played = replay(path)
    client = Model(played.settings(ModelSettings()), transport=played.transport)
    for answers in (live, asyncio.run(ask_both(client))):
        assert isinstance(answers[0], Answer)
        assert isinstance(answers[1], ModelError)


def test_a_run_that_fails_leaves_only_a_partial_file(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text("an older recording")

    with pytest.raises(ModelError):
        recorded_run(path, [fails(401, f"{KEY} is wrong")], ARTICLES[0])
    assert path.read_text() == "an older recording"
    partial = path.with_name("run.yaml.partial")
    assert read(partial).interactions[0].response.status == 401
    assert KEY not in partial.read_text()


def test_a_request_that_was_not_recorded_names_task_message_and_line(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, *ARTICLES)
    changed = prompt("a2", "ARTICLE a2\n[1] There are pebbles in a2.")
    with pytest.raises(RecordingError) as caught:
        replayed_run(path, changed)
    said = caught.value.message
    assert said.startswith("extract a2: run.yaml does not hold this request: message 2 (user)")
    assert "line 2: recorded '[1] There are stones in a2.', now '[1] There are pebbles in" in said
    assert "--record" in caught.value.hint


@pytest.mark.parametrize(
    ("edited", "told"), [('{"count": "many"}', "count: Input should"), ("none", "no JSON object")]
)
def test_a_recorded_answer_that_passes_its_checks_no_longer_is_told(
    tmp_path: Path, edited: str, told: str
) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, *ARTICLES[:2])
    recorded = read(path).model_dump(mode="json", exclude_none=True)
    message = recorded["interactions"][1]["response"]["body"]["choices"][0]["message"]
    message["content"] = edited
    path.write_text(to_yaml(recorded))
    with pytest.raises(RecordingError) as caught:
        replayed_run(path, *ARTICLES[:2])
    assert "extract a2: run.yaml holds an answer that does not pass" in caught.value.message
    assert told in caught.value.message


def body(system: str, user: str, **options: Any) -> dict[str, Any]:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    return {"model": "m", "messages": messages, **options}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (body("s", "u", model="n"), "model: recorded 'm', now 'n'"),
        (body("s", "u", seed=1), "seed: recorded None, now 1"),
        (body("s\nt", "u"), "message 1 (system), line 2: recorded '', now 't'"),
        (body("s", "x" * 90 + "A"), "message 2 (user), line 1: recorded 'u', now 'xxx"),
    ],
)
def test_the_first_difference_is_told(asked: dict[str, Any], told: str) -> None:
    assert describe_difference(asked, body("s", "u")).startswith(told)


def test_a_difference_far_into_a_line_is_shown_where_it_is() -> None:
    said = describe_difference(body("s", "x" * 500 + "A"), body("s", "x" * 500 + "B"))
    assert f"recorded '{'x' * 20}B'" in said


def test_answers_that_no_request_asked_for_are_told(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, *ARTICLES)
    # Requests go out together, so which of them is recorded last is open.
    (unplayed,) = replayed_run(path, *ARTICLES[:3])[2]
    assert unplayed.endswith(": ARTICLE a4")


@pytest.mark.parametrize("text", ["", "- 1", "format: [", "interactions: []", "\x00"])
def test_a_file_that_is_no_recording_is_told_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(text)
    with pytest.raises(RecordingError, match="is not a recording"):
        read(path)


@pytest.mark.parametrize(
    "change",
    [
        {"request": {}},
        {"request": {"messages": "what is told"}},
        {"request": {"messages": [7, None]}},
        {"request": body("s", "u", seed=NOW)},
        {"request": body("s", "u", temperature=float("nan"))},
        {"request": body("s", "u", tools=[{}], stream=True)},
        {"response": {"status": 200, "body": {"choices": NOW}}},
        {"context_tokens": 0},
    ],
)
def test_a_recording_of_something_else_is_told_so(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "run.yaml"
    recorded_run(path, count, ARTICLES[0])
    value = yaml.safe_load(path.read_text())
    (value if "context_tokens" in change else value["interactions"][0]).update(change)
    path.write_text(yaml.safe_dump(value))
    with pytest.raises(RecordingError, match=r"is (?:not a|no) recording"):
        replay(path).settings(ModelSettings())


def test_a_missing_recording_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no such recording"):
        replay(tmp_path / "no.yaml")


def test_a_recording_of_another_version_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    value = Recorded(
        format="factcheck.recording/9", recorded_with="x", recorded_at=NOW, model="m",
        interactions=(),
    )  # fmt: skip
    path.write_text(to_yaml(value.model_dump(mode="json")))
    with pytest.raises(RecordingError, match="another version"):
        read(path)


def test_a_recording_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match="cannot be written"):
        recorded_run(tmp_path / "file" / "run.yaml", count, ARTICLES[0])


ALIASES = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghijkl"))
BOMBS = {
    "deep brackets": ("[" * 50_000, "nested deeper than 40 levels"),
    "deep braces": ("{a: " * 50_000, "nested deeper than 40 levels"),
    "aliases of aliases": (f"a: &a [xxxxxxxxx]\n{ALIASES}", "more than 500,000,000 characters"),
    "an alias to itself": ("a: &a [*a]", "refers to itself"),
}


@pytest.mark.parametrize(("text", "reason"), BOMBS.values(), ids=BOMBS)
def test_a_file_that_would_end_the_process_is_no_recording(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_text(text)
    with pytest.raises(RecordingError, match=reason):
        read(path)
