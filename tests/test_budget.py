"""Limits of calls, tokens and costs: told before, kept to, and what is left out is named."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from factcheck.errors import BudgetReachedError
from factcheck.llm.budget import Budget, count_tokens
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.llm.prices import estimate_tokens
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from factcheck.settings.report import LimitSettings
from tests.endpoint import Act, Body, Endpoint, says, serving
from tests.newsroom import answer
from tests.shell import Shell, asking

pytestmark = pytest.mark.processes

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


class Bell(BaseModel):
    rings: bool


def prompt(number: int, stage: str = "extract") -> Prompt[Bell]:
    return Prompt(stage, f"a{number}", "s", f"Article {number}. " * 20, Bell, lambda _: [], 20)


def budget(model: ModelSettings | None = None, **limits: Any) -> Budget:
    return Budget(model or ModelSettings(), LimitSettings(**limits), NOW, "report")


def ask_many(
    endpoint: Endpoint, limits: Budget, count: int
) -> tuple[list[Answer[Bell] | BaseException], Model]:
    """What comes of so many prompts at the same time."""
    settings = ModelSettings(base_url=endpoint.url, name="m", answer_format="text")
    client = Model(settings, budget=limits)

    async def run() -> list[Answer[Bell] | BaseException]:
        async with client:
            asked = (client.ask(prompt(number)) for number in range(count))
            return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(run()), client


def rings(_: Body) -> Act:
    return Act(says({"rings": True}, usage=(90, 10)).payload, delay=0.05)


# --- the limits are kept ----------------------------------------------------------------------


@pytest.mark.parametrize("most", [0, 1, 5, 99])
def test_no_more_calls_are_begun_than_allowed(most: int) -> None:
    with serving(rings) as endpoint:
        results, _ = ask_many(endpoint, budget(max_calls=most), 8)
        assert len(endpoint.bodies) == min(most, 8)
    refused = [one for one in results if isinstance(one, BudgetReachedError)]
    assert len(refused) == 8 - min(most, 8)
    assert all(f"the limit of {most} calls for one report" in one.message for one in refused)


@pytest.mark.parametrize("most", [50, 250, 470, 640, 100_000])
def test_calls_under_way_count_so_that_no_run_takes_more_tokens_than_allowed(most: int) -> None:
    with serving(rings) as endpoint:
        _, client = ask_many(endpoint, budget(max_tokens=most), 8)
    used = count_tokens(client.use())
    assert used <= most
    assert used + 200 > min(most, 800)  # and what is allowed is made use of


def test_a_call_waits_for_those_that_may_yet_leave_room() -> None:
    limits = budget(max_tokens=100)
    order: list[str] = []

    async def call(name: str, tokens: int) -> None:
        async with limits.reserve(StageUse(stage="extract", calls=1, input_tokens=tokens)):
            order.append(name)
            await asyncio.sleep(0.01)

    async def run() -> None:
        await asyncio.gather(call("first", 80), call("second", 80))
        with pytest.raises(BudgetReachedError, match="100 tokens"):
            await call("too large", 101)

    asyncio.run(run())
    assert order == ["first", "second"]


def test_a_limit_of_output_is_what_an_answer_counts_as() -> None:
    free = budget().forecast("extract", 100, 40)
    assert (free.input_tokens, free.output_tokens) == (100, 60)
    capped = budget(ModelSettings(max_output_tokens=500)).forecast("extract", 100, 40)
    assert capped.output_tokens == 500


def test_a_forecast_learns_from_what_calls_took() -> None:
    with serving(lambda _: says({"rings": True}, usage=(900, 700))) as endpoint:
        limits = budget(max_tokens=10_000)
        ask_many(endpoint, limits, 1)
    call = limits.forecast("extract", 100, 40)
    assert (call.input_tokens, call.output_tokens) == (900, 700)
    assert limits.forecast("edit", 100, 40).output_tokens == 60


def test_costs_are_limited_by_the_price_of_the_model() -> None:
    model = ModelSettings(name="gpt-4.1-mini")
    one = StageUse(stage="extract", calls=1, input_tokens=1_000_000)
    price = budget(model, max_cost=1e9).price([one])
    assert price > 0
    assert budget(model, max_cost=price).find_limit([one]) is None
    reached = budget(model, max_cost=price * 0.99).find_limit([one])
    assert reached is not None
    assert reached.code == "cost-limit"


def test_room_is_kept_for_later_stages() -> None:
    limits = budget(max_calls=2)
    limits.held = (StageUse(stage="compare", calls=1), StageUse(stage="edit", calls=1))

    async def call(stage: str) -> None:
        async with limits.reserve(StageUse(stage=stage, calls=1)):
            pass

    with pytest.raises(BudgetReachedError):
        asyncio.run(call("extract"))
    asyncio.run(call("compare"))
    asyncio.run(call("edit"))


# --- the command ------------------------------------------------------------------------------


def report_in(folder: Path) -> Any:
    return json.loads((folder / "report" / "report.json").read_text())


def test_a_report_of_what_a_limit_allows_names_the_rest_and_a_second_run_goes_on(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--max-calls", 4)
    assert (ran.code, len(endpoint.bodies)) == (4, 4)
    assert "forecast, if no answer is kept: 5 calls, about " in ran.err
    assert "the limit is 4 calls: not all of it fits" in ran.err
    assert "left out: tide.md (limit reached)" in ran.err
    made = report_in(tmp_path)
    assert len(made["articles"]) == 2
    assert made["manifest"]["compared"]
    assert [(one["source"], one["reason"]) for one in made["excluded"]] == [
        ("tide.md", "limit-reached")
    ]
    [note] = made["manifest"]["notes"]
    assert note["code"] == "call-limit"
    page = (tmp_path / "report" / "report.md").read_text()
    assert "Incomplete: not assessed, for the limit was reached: tide.md." in page
    again = shell("report", "in", *asking(endpoint), "--max-calls", 3)
    assert (again.code, len(endpoint.bodies)) == (0, 7)


def test_a_limit_that_leaves_no_comparison_is_the_reason_that_is_told(shell: Shell) -> None:
    def thirsty(body: Body) -> Act:
        return says(json.loads(answer(body["messages"][1]["content"])), usage=(10_000, 50))

    with serving(thirsty) as endpoint:
        ran = shell("report", "in", *asking(endpoint), "--max-tokens", 25_000)
    assert (ran.code, len(endpoint.bodies)) == (4, 3)
    assert "left out:" not in ran.err
    assert "incomplete because a limit was reached" in ran.err


def test_a_limit_below_a_comparison_leaves_what_could_be_read(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    assert shell("report", "in", *asking(endpoint), "--max-calls", 1).code == 4
    assert len(endpoint.bodies) == 1
    assert len(report_in(tmp_path)["articles"]) == 1


@pytest.mark.parametrize("most", [12_000, 13_000, 14_000, 16_000, 18_000, 20_000])
def test_what_is_read_within_a_limit_of_tokens_is_compared_too(
    shell: Shell, tmp_path: Path, most: int
) -> None:
    def counts(body: Body) -> Act:
        told = answer(body["messages"][1]["content"])
        sent = "".join(message["content"] for message in body["messages"])
        return says(told, usage=(estimate_tokens(sent), estimate_tokens(told)))

    with serving(counts) as endpoint:
        ran = shell("report", "in", *asking(endpoint), "--max-tokens", most)
    made = report_in(tmp_path)
    used = sum(one["input_tokens"] + one["output_tokens"] for one in made["manifest"]["use"])
    assert used <= most
    assert made["manifest"]["compared"] == (len(made["articles"]) > 1)
    assert ran.code == (0 if len(made["articles"]) == 3 else 4)


def test_a_limit_that_allows_nothing_is_exit_5_without_a_call(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--max-tokens", 10)
    assert (ran.code, endpoint.bodies) == (5, [])
    assert "the limit of 10 tokens for one report is reached" in ran.err
    assert not (tmp_path / "report").exists()


def test_a_limit_that_is_not_reached_changes_nothing(
    shell: Shell, endpoint: Endpoint, tmp_path: Path
) -> None:
    ran = shell("report", "in", *asking(endpoint), "--max-tokens", 1_000_000)
    assert ran.code == 0
    assert "the limit is 1,000,000 tokens: it fits" in ran.err
    assert report_in(tmp_path)["manifest"]["notes"] == []


def test_kept_answers_need_no_budget(shell: Shell, endpoint: Endpoint) -> None:
    shell("report", "in", *asking(endpoint))
    assert shell("report", "in", *asking(endpoint), "--max-calls", 0).code == 0


def test_a_limit_of_costs_without_a_price_is_refused(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0123456789")
    ran = shell("report", "in", "--model", "plum-7b", "--max-cost", 1)
    assert ran.code == 2
    assert "no price is known for plum-7b" in ran.err


def test_a_limit_asks_for_the_fact_check(shell: Shell) -> None:
    assert shell("report", "in", "--max-calls", 9).code == 5


@pytest.mark.parametrize("value", ["-1", "nan", "inf"])
def test_a_limit_is_a_number(shell: Shell, value: str) -> None:
    ran = shell("report", "in", "--model", "m", "--max-cost", value)
    assert ran.code == 2
    assert "report.max_cost" in ran.err
