"""Answer formats: the client finds out which of them a server takes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from factcheck import errors
from factcheck.llm.budget import Budget
from factcheck.llm.cache import AnswerCache
from factcheck.llm.client import Model
from factcheck.llm.wire import LADDER
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import LimitSettings
from tests.asked import GOOD, NOW, Asked, Waits, ask_once, failure, prompt
from tests.endpoint import Act, Body, Script, fails, says, serving


def refusing(*forms: str, status: int = 400, message: str = "unknown parameter") -> Script:
    def script(body: Body) -> Act:
        form = body.get("response_format", {}).get("type", "text")
        return fails(status, message) if form in forms else says(GOOD)

    return script


@pytest.mark.parametrize("status", [400, 404, 415, 422, 501])
def test_a_format_that_is_refused_is_followed_by_the_next(status: int) -> None:
    asked = Asked(refusing("json_schema", "json_object", status=status))
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"]
    assert asked.model.answer_format == "text"
    assert not asked.waits


def test_a_server_error_over_a_grammar_is_a_refused_format() -> None:
    asked = Asked(refusing("json_schema", status=500, message="failed to parse grammar"))
    assert asked.endpoint.formats() == ["json_schema", "json_object"]


def test_a_bare_500_to_a_format_is_followed_by_the_next_at_once() -> None:
    asked = Asked(refusing("json_schema", "json_object", status=500, message="unexpected"))
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"]
    assert asked.model.answer_format == "text"
    assert not asked.waits
    assert asked.use.calls == 1


def test_a_500_to_every_format_is_no_matter_of_formats() -> None:
    asked = Asked([fails(500)] * 4 + [says(GOOD)])
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text"] + ["json_schema"] * 2
    assert asked.model.answer_format == "json_schema"
    assert len(asked.waits) == 2


def test_a_500_that_stays_ends_after_the_retries() -> None:
    with serving([fails(500, "melting")]) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m", retries=2)
        with pytest.raises(errors.OverloadedError, match="melting"):
            asyncio.run(ask_once(Model(settings, sleep=Waits())))
    assert len(endpoint.bodies) == len(LADDER) + 1 + 2


def test_a_500_after_a_format_was_refused_is_not_held_against_the_last() -> None:
    asked = Asked([fails(400), fails(400), fails(500), says(GOOD)])
    assert asked.endpoint.formats() == ["json_schema", "json_object", "text", "text"]


def test_a_500_in_a_format_that_has_worked_is_retried() -> None:
    waits = Waits()
    with serving([says(GOOD), fails(500), says(GOOD)]) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m"), sleep=waits) as client:
                await client.ask(prompt("a1"))
                await client.ask(prompt("a2", user="Only pears."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema"] * 3
    assert len(waits) == 1


@pytest.mark.parametrize("status", [400, 500])
def test_refused_formats_count_against_no_budget(status: int) -> None:
    with serving(refusing("json_schema", "json_object", status=status)) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        budget = Budget(settings, LimitSettings(max_calls=1), NOW, "test")
        answer = asyncio.run(ask_once(Model(settings, budget=budget)))
    assert answer.value.ripe
    assert budget.begun == 1


def test_which_format_an_endpoint_takes_is_remembered_with_the_cache(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    with serving(refusing("json_schema", status=400)) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
        other = settings.model_copy(update={"name": "n"})
        asyncio.run(ask_once(Model(other, cache=cache), prompt(user="two")))
    js, jo = "json_schema", "json_object"
    assert endpoint.formats() == [js, jo, jo, js, jo]


def test_a_format_against_which_bare_errors_spoke_is_tried_again_in_the_next_run_alone(
    tmp_path: Path,
) -> None:
    cache = AnswerCache(tmp_path)
    with serving(refusing("json_schema", status=500)) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two", "three"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
    js, jo = "json_schema", "json_object"
    assert endpoint.formats() == [js, jo, js, jo, jo]


def test_errors_that_pass_leave_the_firmest_format_to_later_runs(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    failing = [True]

    def script(body: Body) -> Act:
        if failing[0] and body.get("response_format", {}).get("type") == "json_schema":
            return fails(500)
        return says(GOOD)

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two", "three"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
            failing[0] = False
    js, jo = "json_schema", "json_object"
    assert endpoint.formats() == [js, jo, js, js]


def test_a_remembered_format_that_is_refused_now_is_followed_by_the_next(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    refused = ["json_schema"]

    def script(body: Body) -> Act:
        return refusing(*refused)(body)  # type: ignore[operator]

    with serving(script) as endpoint:
        settings = ModelSettings(base_url=endpoint.url, name="m")
        for user in ("one", "two", "three"):
            asyncio.run(ask_once(Model(settings, cache=cache), prompt(user=user)))
            refused.append("json_object")
    assert endpoint.formats() == ["json_schema", "json_object", "json_object", "text", "text"]


def test_without_schema_support_the_schema_stands_in_the_system_message() -> None:
    asked = Asked(refusing("json_schema"))
    system = asked.endpoint.bodies[1]["messages"][0]["content"]
    assert system.startswith("You list fruit.")
    assert '"required":["names","ripe"]' in system


def test_a_refused_format_is_not_tried_again_in_the_run() -> None:
    with serving(refusing("json_schema")) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
                await client.ask(prompt("a1"))
                await client.ask(prompt("a2", user="Only pears."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema", "json_object", "json_object"]


def test_a_format_that_worked_is_not_given_up_for_a_rejection_that_does_not_name_it() -> None:
    with serving([says(GOOD), fails(400, "odd request"), says(GOOD)]) as endpoint:

        async def ask() -> None:
            async with Model(ModelSettings(base_url=endpoint.url, name="m")) as client:
                await client.ask(prompt("a1"))
                with pytest.raises(errors.BadRequestError):
                    await client.ask(prompt("a2", user="Only pears."))
                await client.ask(prompt("a3", user="Only plums."))

        asyncio.run(ask())
    assert endpoint.formats() == ["json_schema"] * 3


def test_a_chosen_format_is_the_only_one() -> None:
    failure(refusing("json_schema"), errors.BadRequestError, answer_format="json_schema")
