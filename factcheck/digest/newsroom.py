"""What an edition is made with: the newsroom, which edition it is, and the model and its budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from factcheck.digest.store.answers import DatabaseAnswers
from factcheck.errors import ModelError, UnreachableError
from factcheck.llm.budget import Budget
from factcheck.llm.client import Model
from factcheck.llm.endpoint import MakeTransport
from factcheck.llm.prices import is_priced
from factcheck.models import Remark
from factcheck.pipeline.check import HOPELESS
from factcheck.run import Clock, make_batched
from factcheck.settings.loader import Settings
from factcheck.settings.model import is_configured

NO_MODEL = Remark(code="model-failed", text="the model could not be used")


@dataclass(frozen=True)
class Newsroom:
    """The settings of an edition, and its surroundings: clock, store, folder, network.

    `folder` is the place of factcheck.toml; `now` is when the edition is made, `clock`
    gives the time of entries in the store; `say` tells what goes on, in lines; `hints` tell
    how to get the fact-check where no model is set up; `transport` is that of the model's
    clients, None for the network.
    """

    settings: Settings
    folder: Path
    engine: Engine
    now: datetime
    clock: Clock
    say: Callable[[str], None]
    hints: tuple[str, ...] = ()
    transport: MakeTransport | None = None

    @property
    def latest(self) -> datetime:
        """The moment after which nothing can have come yet, whenever the edition is made."""
        return max(self.now, self.clock())

    @property
    def oldest(self) -> datetime:
        """The moment since which articles count to the window."""
        return self.now - timedelta(days=self.settings.digest.days)

    @property
    def recheck(self) -> datetime:
        """The moment since which articles that came are looked at again for edits."""
        return self.now - timedelta(hours=self.settings.digest.recheck)


@dataclass(frozen=True)
class Slot:
    """Which edition is made: its id, its window, and the one before it ("" for none).

    `later` are editions after that one, in order, whose news is told again.
    """

    id: str
    window: datetime
    previous: str
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionContext:
    """What all stories of an edition are reported with; no `budget` means no model."""

    newsroom: Newsroom
    slot: Slot
    answers: DatabaseAnswers
    gate: asyncio.Semaphore
    budget: Budget | None

    @property
    def problem(self) -> str:
        """Why the model is not asked any more, fit to be published."""
        remark = self.budget.remark if self.budget else None
        return (remark or NO_MODEL).text

    def open_model(self) -> Model:
        """A client of the model whose calls the budget counts."""
        return Model(
            self.newsroom.settings.model,
            cache=self.answers,
            budget=self.budget,
            gate=self.gate,
            transport=self.newsroom.transport,
        )

    def close_budget(self, error: ModelError) -> tuple[str, str]:
        """Close the budget after an error that will recur.

        Returns the reason, fit to be published, and the cause for whoever runs the program.
        """
        if self.budget and isinstance(error, (*HOPELESS, UnreachableError)):
            self.budget.closed = self.budget.closed or NO_MODEL
        return self.problem, f"{error.message} {error.hint}".strip()


def make_context(newsroom: Newsroom, slot: Slot) -> EditionContext:
    """The context in which stories are reported, with a budget only if there is a model to ask."""
    settings, transport = newsroom.settings, newsroom.transport
    answers = DatabaseAnswers(newsroom.engine, newsroom.clock)
    if settings.model.batch and transport is None:
        model, transport = make_batched(settings.model, answers)
        settings = settings.model_copy(update={"model": model})
    asked, limited = is_configured(settings.model), settings.digest.max_cost is not None
    if asked and limited and not is_priced(settings.model, newsroom.now):
        newsroom.say(
            f"no price is known for {settings.model.name}, so digest.max_cost cannot be kept and "
            "limits nothing: set digest.max_tokens or digest.max_calls instead"
        )
        limits = settings.digest.model_copy(update={"max_cost": None})
        settings = settings.model_copy(update={"digest": limits})
    budget = Budget(settings.model, settings.digest, newsroom.now, "edition")
    return EditionContext(
        newsroom=replace(newsroom, settings=settings, transport=transport),
        slot=slot,
        answers=answers,
        gate=asyncio.Semaphore(settings.model.concurrency),
        budget=budget if asked else None,
    )
