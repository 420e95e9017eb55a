"""The scripted client is a fake, so it is held to what the real one does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import BaseModel

from factcheck.errors import InvalidAnswerError, TruncatedError
from factcheck.llm.client import Answer, ModelClient, Prompt
from factcheck.models import StageUse
from tests.scripted import Answers, Scripted


class Bell(BaseModel):
    rings: int


def loud(bell: Bell) -> list[str]:
    return ["too loud"] if bell.rings > 9 else []


def prompt(label: str = "a1") -> Prompt[Bell]:
    return Prompt("extract", label, "s", "u", Bell, loud)


def ask(answers: Answers, *labels: str) -> tuple[list[Answer[Bell]], Scripted]:
    scripted = Scripted(answers)
    client: ModelClient = scripted

    async def run() -> list[Answer[Bell]]:
        return [await client.ask(prompt(label)) for label in labels or ("a1",)]

    return asyncio.run(run()), scripted


def test_answers_are_found_by_stage_and_label_and_counted() -> None:
    script: Answers = {("extract", "a1"): Bell(rings=1), ("extract", "a2"): '{"rings": 2}'}
    answers, client = ask(script, "a1", "a2")
    assert [answer.value.rings for answer in answers] == [1, 2]
    assert [asked.label for asked in client.prompts] == ["a1", "a2"]
    assert client.use() == (StageUse(stage="extract", calls=2),)


def test_a_function_answers_by_the_prompt() -> None:
    def answer(asked: Prompt[Any]) -> Bell:
        return Bell(rings=len(asked.user))

    assert ask(answer)[0] == [Answer(Bell(rings=1))]


def test_problems_are_asked_again_while_the_script_has_more_to_say() -> None:
    once = ask({("extract", "a1"): Bell(rings=10)})[0]
    assert once == [Answer(Bell(rings=10), ("too loud",))]
    again = ask({("extract", "a1"): [Bell(rings=10), Bell(rings=3)]})[0]
    assert again == [Answer(Bell(rings=3))]


def test_scripted_errors_are_raised() -> None:
    with pytest.raises(TruncatedError):
        ask({("extract", "a1"): TruncatedError("cut")})
    with pytest.raises(InvalidAnswerError):
        ask({("extract", "a1"): "no JSON"})
    with pytest.raises(KeyError):
        ask({})
