"""Many requests at once, and answers that are kept: none is sent or paid for twice."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from factcheck import errors
from factcheck.llm.budget import Budget
from factcheck.llm.cache import AnswerCache
from factcheck.llm.client import Answer, Model
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import LimitSettings
from tests.asked import GOOD, KEY, NOW, Asked, Fruit, ask_once, failure, prompt
from tests.endpoint import Act, Body, fails, says, serving

# --- many at once --------------------------------------------------------------


def test_no_more_requests_than_allowed_are_on_their_way() -> None:
    def script(_: Body) -> Act:
        return Act(says(GOOD).payload, delay=0.03)

    prompts = [prompt(f"a{n}", user=f"Fruit number {n}.") for n in range(9)]
    asked = Asked(script, *prompts, concurrency=3)
    assert asked.endpoint.busiest == 3
    assert asked.use.calls == 9


def test_a_retry_does_not_hold_up_the_others() -> None:
    order: list[str] = []

    async def run() -> None:
        freed = asyncio.Event()

        async def until_the_other_is_done(_: float) -> None:
            await asyncio.wait_for(freed.wait(), 5)

        async def ask(client: Model, label: str) -> None:
            await client.ask(prompt(label, user=label))
            order.append(label)
            freed.set()

        settings = ModelSettings(base_url=endpoint.url, name="m", concurrency=1)
        async with Model(settings, sleep=until_the_other_is_done) as client:
            await asyncio.gather(ask(client, "first"), ask(client, "second"))

    failed: list[str] = []

    def script(body: Body) -> Act:
        if body["messages"][1]["content"] == "first" and not failed:
            failed.append("first")
            return fails(503)
        return says(GOOD)

    with serving(script) as endpoint:
        asyncio.run(run())
    assert order == ["second", "first"]


def test_equal_requests_on_their_way_are_one() -> None:
    slow = Act(says(GOOD).payload, delay=0.05)
    asked = Asked([slow], prompt("a1"), prompt("a2"))
    assert len(asked.endpoint.bodies) == 1
    assert (asked.use.calls, asked.use.cached) == (1, 1)


def test_who_gives_up_waiting_for_a_shared_request_cancels_no_other() -> None:
    slow = Act(says(GOOD).payload, delay=0.1)

    async def run() -> Answer[Fruit]:
        async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
            first, second = (asyncio.create_task(client.ask(prompt(a))) for a in ("a1", "a2"))
            await asyncio.sleep(0.02)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await second

    with serving([slow]) as endpoint:
        assert asyncio.run(run()).value.ripe
    assert len(endpoint.bodies) == 1


def test_a_request_that_nobody_waits_for_any_more_is_given_up() -> None:
    async def run() -> None:
        async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
            asks = [asyncio.create_task(client.ask(prompt(a))) for a in ("a1", "a2")]
            await asyncio.sleep(0.02)
            for each in asks:
                each.cancel()
            await asyncio.wait(asks)
            await asyncio.sleep(0)
            assert len(asyncio.all_tasks()) == 1
            assert (await client.ask(prompt("a3"))).value.ripe

    with serving([Act(says(GOOD).payload, delay=0.1), says(GOOD)]) as endpoint:
        asyncio.run(run())


# --- the cache -----------------------------------------------------------------


def test_an_interrupted_run_continues_from_the_cache_without_key_or_network(
    tmp_path: Path,
) -> None:
    def script(body: Body) -> Act:
        first = body["messages"][1]["content"] == "one"
        return says(GOOD) if first else fails(401)

    cache = AnswerCache(tmp_path)
    settings = ModelSettings(base_url="http://localhost:9/v1", name="m")

    async def ask(client: Model, *users: str) -> None:
        async with client:
            for user in users:
                await client.ask(prompt(user=user))

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", api_key=SecretStr(KEY))
        with pytest.raises(errors.AuthenticationError):
            asyncio.run(ask(Model(settings, cache=cache), "one", "two"))
    again = Model(settings.model_copy(update={"api_key": None}), cache=cache)
    asyncio.run(ask(again, "one"))
    assert again.use() == (StageUse(stage="extract", cached=1),)
    assert not any(KEY in file.read_text() for file in tmp_path.rglob("*.json"))


def test_a_reask_that_was_paid_for_is_cached_with_its_first_answer(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    script = [says("no"), says(GOOD)]
    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")

        async def ask() -> StageUse:
            async with Model(settings, cache=cache) as client:
                await client.ask(prompt())
            return client.use()[0]

        assert asyncio.run(ask()).calls == 2
        assert asyncio.run(ask()).cached == 2
    assert len(endpoint.bodies) == 2


@pytest.mark.parametrize("status", [400, 500])
def test_a_run_that_is_all_cached_works_with_the_server_down(tmp_path: Path, status: int) -> None:
    reasked: list[Body] = []

    def script(body: Body) -> Act:
        if "response_format" in body:
            return fails(status, "unknown")
        reasked.append(body)
        return says(GOOD) if len(body["messages"]) > 2 else says("no")

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", retries=0)
        asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
    assert len(reasked) == 2
    nothing = Budget(settings, LimitSettings(max_calls=0), NOW, "test")
    again = Model(settings, cache=AnswerCache(tmp_path), budget=nothing)
    assert asyncio.run(ask_once(again)).value.ripe
    assert again.use() == (StageUse(stage="extract", cached=2),)
    assert again.answer_format == "text"


def test_a_pair_of_answers_of_no_use_is_asked_anew_in_a_later_run(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    failure([says("no")], errors.InvalidAnswerError, cache=cache)
    assert not list(tmp_path.rglob("*.json"))


UNUSABLE = [
    (says("{", finish="length"), errors.TruncatedError),
    (says(None, refusal="no"), errors.RefusedError),
    (says("", finish="content_filter"), errors.ContentFilteredError),
]


@pytest.mark.parametrize(("act", "kind"), UNUSABLE)
@pytest.mark.parametrize("before", [[], [says("no")]])
def test_an_answer_of_no_use_is_asked_anew_in_a_later_run(
    tmp_path: Path, before: list[Act], act: Act, kind: type[errors.ModelError]
) -> None:
    with serving([*before, act, says(GOOD)]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(kind):
            asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
        assert asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)))).value.ripe
    assert len(endpoint.bodies) == len(before) + 2


def test_a_cut_answer_that_shorter_prompts_make_up_for_is_not_paid_again(tmp_path: Path) -> None:
    long = replace(prompt(), divisible=True)
    with serving([says("{", finish="length")]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for _ in range(2):
            with pytest.raises(errors.TruncatedError):
                asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), long))
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize("act", [act for act, _ in UNUSABLE])
def test_a_reask_of_no_use_is_not_paid_again_where_the_first_answer_stands(
    tmp_path: Path, act: Act
) -> None:
    doubted = prompt(check=lambda _: ["doubtful"])
    with serving([says(GOOD), act]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for _ in range(2):
            kept = asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), doubted))
            assert kept.problems == ("doubtful",)
    assert len(endpoint.bodies) == 2


@pytest.mark.parametrize("hopeless", [fails(401), fails(429, code="insufficient_quota")])
def test_what_was_sent_when_a_run_fails_is_waited_for_and_kept_and_no_more_is_sent(
    tmp_path: Path, hopeless: Act
) -> None:
    def script(body: Body) -> Act:
        if body["messages"][1]["content"] == "locked":
            return hopeless
        return Act(says("no" if len(body["messages"]) == 2 else GOOD).payload, delay=0.2)

    async def ask(*users: str) -> tuple[StageUse, ...]:
        client = Model(settings, cache=AnswerCache(tmp_path))
        async with client:
            await asyncio.gather(*(client.ask(prompt(user=user)) for user in users))
        return client.use()

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", concurrency=3)
        with pytest.raises((errors.AuthenticationError, errors.OverloadedError)):
            asyncio.run(ask("plums", "pears", "locked", "late", "later", "last"))
        # One that waited may have taken the place of the call that failed.
        assert len(endpoint.bodies) <= 4
        assert asyncio.run(ask("plums", "pears")) == (
            StageUse(
                stage="extract", calls=2, cached=2, reasks=2, input_tokens=200, output_tokens=20
            ),
        )


def test_an_interrupted_run_waits_for_no_answer(tmp_path: Path) -> None:
    asked, answered = threading.Event(), threading.Event()

    def script(_: Body) -> Act:
        asked.set()
        answered.wait(5)
        return says(GOOD)

    async def run() -> None:
        async with Model(settings, cache=AnswerCache(tmp_path)) as client:
            left = asyncio.create_task(client.ask(prompt()))
            assert await asyncio.to_thread(asked.wait, 5)
            assert not left.done()
            raise KeyboardInterrupt

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(KeyboardInterrupt):
            asyncio.run(run())
        assert endpoint.busy == 1
        answered.set()


def test_an_answer_is_kept_before_it_is_checked(tmp_path: Path) -> None:
    def crash(_: Fruit) -> list[str]:
        raise ZeroDivisionError

    with serving([says(GOOD)]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        with pytest.raises(ZeroDivisionError):
            asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path)), prompt(check=crash)))
        asyncio.run(ask_once(Model(settings, cache=AnswerCache(tmp_path))))
    assert len(endpoint.bodies) == 1


def test_a_cache_that_cannot_be_written_is_a_note(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    asked = Asked([says(GOOD)], cache=AnswerCache(file))
    assert asked.value.ripe
    assert "not writable" in asked.model.notes()[0].text
