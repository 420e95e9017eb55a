"""A client of a real server on loopback that is asked about fruit, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, SecretStr

from factcheck import errors
from factcheck.llm.client import Answer, Model, Prompt
from factcheck.models import StageUse
from factcheck.settings.model import ModelSettings
from tests.endpoint import Script, serving

KEY = "sk-orchard-0123456789"
NOW = datetime(2031, 4, 5, 12, 30, tzinfo=UTC)
GOOD = {"names": ["plum"], "ripe": True}


class Fruit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    names: list[str]
    ripe: bool


def nothing_wrong(_: Fruit) -> list[str]:
    return []


def prompt(
    label: str = "a1",
    check: Callable[[Fruit], list[str]] = nothing_wrong,
    user: str = "List the fruit.",
) -> Prompt[Fruit]:
    return Prompt("extract", label, "You list fruit.", user, Fruit, check)


class Waits(list[float]):
    """A clock that does not wait: it notes for how long it should have."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Asked:
    """What came of asking: the answer, what was used, the requests, the waits."""

    def __init__(self, script: Script, *prompts: Prompt[Fruit], **settings: Any) -> None:
        self.waits = Waits()
        cache = settings.pop("cache", None)
        with serving(script) as self.endpoint:
            given = {"base_url": self.endpoint.url, "name": "tiny", "api_key": SecretStr(KEY)}
            self.settings = ModelSettings(**(given | settings))
            self.model = Model(self.settings, cache=cache, sleep=self.waits)
            self.answers = asyncio.run(self._ask(prompts or (prompt(),)))

    async def _ask(self, prompts: tuple[Prompt[Fruit], ...]) -> list[Answer[Fruit]]:
        async with self.model:
            return await asyncio.gather(*(self.model.ask(each) for each in prompts))

    @property
    def value(self) -> Fruit:
        return self.answers[0].value

    @property
    def use(self) -> StageUse:
        return self.model.use()[0]


def failure(script: Script, kind: type[errors.FactcheckError], **settings: Any) -> Any:
    with pytest.raises(kind) as caught:
        Asked(script, **settings)
    # The very class: a subclass has another exit or hint.
    assert type(caught.value) is kind
    assert caught.value.hint
    return caught.value


async def ask_once(client: Model, asked: Prompt[Fruit] | None = None) -> Answer[Fruit]:
    async with client:
        return await client.ask(asked or prompt())
