"""One run: settings and inputs to a report, by the model, a recording or the cache.

What is outside comes in here: the environment, the clock, the cache folder and the network. The
stages of `pipeline/` get values. The Python API (`api.py`) and the commands call `Run`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from factcheck.articles.inputs import ReadableInput, Url
from factcheck.errors import UsageError
from factcheck.fetch.inputs import read_inputs
from factcheck.files import check_folder
from factcheck.llm.budget import Budget, add_margin
from factcheck.llm.cache import AnswerCache, Answers, answers_folder
from factcheck.llm.client import Model
from factcheck.llm.endpoint import MakeTransport, preload_client
from factcheck.llm.prices import cost, is_priced
from factcheck.llm.provider_errors import make_no_key
from factcheck.llm.recording import Replay, record, replay
from factcheck.loops import run_to_end
from factcheck.models import Article, Excluded, Remark, Report, StageUse
from factcheck.pipeline.assemble import with_manifest
from factcheck.pipeline.check import check
from factcheck.pipeline.estimate import describe_forecast, estimate, hold_back
from factcheck.pipeline.progress import Step, Steps
from factcheck.settings.loader import Settings
from factcheck.settings.model import ModelSettings, is_configured
from factcheck.settings.urls import public_url
from factcheck.tracing import span

Clock = Callable[[], datetime]
SENT = 0.2
"""Seconds after which the first request is surely on its way: loading must not delay it."""


def now() -> datetime:
    """The time in the zone of this machine, to the second."""
    return datetime.now(tz=UTC).astimezone().replace(microsecond=0)


@dataclass(frozen=True)
class Run:
    """How a report is made: by which settings, from whose answers, and who is told of it.

    Answers come from the model and are kept, in the cache and in the file `record`, or else
    they come from the file `replay`. Where `[report]` sets a limit, `say` is told before the
    first call what all would take.
    """

    settings: Settings
    record: Path | None = None
    replay: Path | None = None
    cache: bool = True
    progress: Callable[[Step], None] | None = None
    say: Callable[[str], None] | None = None
    clock: Clock = now

    def report(self, inputs: Sequence[ReadableInput | Url]) -> Report:
        """Read the articles and compare them with the configured, recorded or replayed model."""
        self.check()
        preload_client()  # the client takes a second to load; articles are read meanwhile
        return run_to_end(self.compare(*read_inputs(inputs, self.settings.fetch)))

    def check(self) -> None:
        """Refuse options that exclude each other, and a missing key, before anything is read."""
        if self.record is not None and self.replay is not None:
            raise UsageError("--record and --replay exclude each other.", "Give one of them.")
        if self.record is not None:
            if self.record.is_dir():
                raise UsageError(f"{self.record} is a folder.", "Name a file for the recording.")
            check_folder(self.record.parent)
        if self.replay is None:
            self._check_model()

    def _check_model(self) -> None:
        model = self.settings.model
        if not is_configured(model):
            raise make_no_key(model)
        lost = ["--record"] * (self.record is not None) + ["--no-cache"] * (not self.cache)
        if model.batch and lost:
            raise UsageError(f"--batch and {lost[0]} exclude each other.", "Give one of them.")
        if self.settings.report.max_cost is not None and not is_priced(model, self.clock()):
            raise UsageError(
                f"no price is known for {model.name}, so --max-cost could not be kept",
                "Set --max-tokens or --max-calls instead.",
            )

    async def compare(self, articles: Sequence[Article], excluded: Sequence[Excluded]) -> Report:
        """Ask the model, or the recording that is replayed, about articles that were read."""

        async def ask(model: Model, created: datetime) -> Report:
            result = await check(
                articles,
                model,
                excluded=excluded,
                settings=self.settings,
                progress=self._steps(model, created),
                created=created,
            )
            return sign_report(result.report, model, created)

        with span("report", articles=len(articles)):
            if self.replay is not None:
                return await self._replayed(replay(self.replay), ask)
            created = self.clock()
            budget = self._budget(articles, created)
            if self.record is None:
                return await self._live(created, budget, ask)
            with record(self.record, self.settings.model, now=created) as recorder:
                return await self._live(created, budget, ask, recorder.transport)

    async def _live(
        self,
        created: datetime,
        budget: Budget | None,
        ask: Callable[[Model, datetime], Awaitable[Report]],
        transport: MakeTransport | None = None,
    ) -> Report:
        """Ask the configured endpoint, by way of a transport that records if there is one.

        A recorded run takes no answers from the cache, and keeps its own there.
        """
        asyncio.get_running_loop().call_later(SENT, Thread(target=preload, daemon=True).start)
        cache = AnswerCache(answers_folder(), anew=bool(self.record)) if self.cache else None
        asked = self.settings.model
        if asked.batch and cache is not None:
            asked, transport = make_batched(asked, cache)
        try:
            async with Model(asked, cache=cache, budget=budget, transport=transport) as model:
                return with_limit(await ask(model, created), budget)
        finally:
            if cache is not None:
                cache.prune()

    def _budget(self, articles: Sequence[Article], created: datetime) -> Budget | None:
        """The budget with what has to be kept free for the comparison; None without a limit."""
        limits, model = self.settings.report, self.settings.model
        if not limits.limited:
            return None
        if self.say is not None:
            self.say(describe_forecast(estimate(articles, self.settings, created), limits))
        budget = Budget(model, limits, created, "report")

        def fits(use: Sequence[StageUse]) -> bool:
            return budget.find_limit(add_margin(use)) is None

        budget.held = add_margin(hold_back(articles, self.settings, created, fits))
        return budget

    async def _replayed(
        self, recording: Replay, ask: Callable[[Model, datetime], Awaitable[Report]]
    ) -> Report:
        """Ask the recording; the report carries the time and the model of the recorded run."""
        asked = recording.settings(self.settings.model)
        async with Model(asked, transport=recording.transport) as model:
            report = await ask(model, recording.recorded.recorded_at)
        unplayed = (
            Remark(code="not-asked-for", text=f"Recorded but not asked for: {line}")
            for line in recording.list_unplayed()
        )
        return with_manifest(
            report,
            replayed=True,
            endpoint="",
            cost=None,
            use=tuple(one.model_copy(update={"cost": None}) for one in report.manifest.use),
            notes=(*report.manifest.notes, *unplayed),
        )

    def _steps(self, model: Model, created: datetime) -> Steps | None:
        if self.progress is None:
            return None

        def price(use: Sequence[StageUse]) -> float | None:
            return None if self.replay is not None else cost(model.settings, use, created)

        return Steps(self.progress, model.use, price)


def make_batched(model: ModelSettings, answers: Answers) -> tuple[ModelSettings, MakeTransport]:
    """What clients need to ask by batches: patient settings, and a transport that they share."""
    from factcheck.llm.batch import Batcher, for_batches  # noqa: PLC0415 (start-up)

    return for_batches(model), Batcher(model, answers).transport


def preload() -> None:
    """Load what checking, comparing and rendering need, while the model reads the articles."""
    import genai_prices  # noqa: F401, PLC0415 (start-up)

    from factcheck.language.missing import missing_numbers  # noqa: PLC0415 (start-up)
    from factcheck.report import markup  # noqa: PLC0415 (start-up)

    missing_numbers("two", "2 of 3 May 2026")  # loads what English dates and numbers are read with
    sets = ((markup.environment(), ".html.j2"), (markup.text_environment(), ".md.j2"))
    for environment, ending in sets:
        for name in environment.list_templates():
            if name.endswith(ending) and "/" not in name:  # those of the digest stand in a folder
                environment.get_template(name)


def with_limit(report: Report, budget: Budget | None) -> Report:
    """The report with a note if a limit stopped a call."""
    if budget is None or budget.reached is None:
        return report
    text = (
        f"{budget.reached.text.capitalize()}: what it left out is not assessed. With a higher "
        "limit the same command goes on from here."
    )
    note = budget.reached.model_copy(update={"text": text})
    return with_manifest(report, notes=(*report.manifest.notes, note))


def sign_report(report: Report, model: Model, created: datetime) -> Report:
    """The report with the model that made it, and what that cost."""
    asked: ModelSettings = model.settings
    use = tuple(
        stage.model_copy(update={"cost": cost(asked, [stage], created)})
        for stage in report.manifest.use
    )
    return with_manifest(
        report,
        use=use,
        model=asked.name,
        endpoint=public_url(asked.base_url),
        answer_format=model.answer_format,
        cost=cost(asked, use, created),
        notes=(*report.manifest.notes, *model.notes()),
    )
