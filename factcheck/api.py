"""Run: articles and settings in, a report or reading out; all that is outside is passed in here.

The one place that reads the environment, the clock, the cache folder and the
files; the stages below get values. `fact_check`, `afact_check` and `read_side_by_side` are
the Python API, the command calls `Run(...).report` and `reading`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EINVAL
from functools import wraps
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from types import MappingProxyType
from typing import Any, Literal, ParamSpec, TypeVar

from pydantic import ValidationError

import factcheck.report  # noqa: F401 (lets the results show their pages)
from factcheck.articles import read_articles
from factcheck.articles.inputs import Input, ReadableInput, Url, to_inputs
from factcheck.articles.read import refuse_missing
from factcheck.errors import NoArticlesError, UsageError
from factcheck.language.visible import show_path
from factcheck.llm.budget import Budget, add_margin
from factcheck.llm.cache import AnswerCache, Answers, answers_folder
from factcheck.llm.client import MakeTransport, Model, preload_client
from factcheck.llm.discovery import Server, local_servers, setup_hints
from factcheck.llm.prices import cost, is_priced
from factcheck.llm.provider_errors import no_key
from factcheck.llm.recording import Replay
from factcheck.llm.recording import record as recording
from factcheck.llm.recording import replay as replaying
from factcheck.models import Article, Excluded, Remark, Report, StageUse
from factcheck.pipeline.check import Options, check
from factcheck.pipeline.compare import Limits
from factcheck.pipeline.estimate import Estimate, describe_forecast, estimate, hold_back
from factcheck.pipeline.progress import Step, Steps
from factcheck.settings.fetch import FetchSettings
from factcheck.settings.loader import (
    OPENAI_URL,
    ModelSettings,
    OutletSettings,
    Settings,
    is_configured,
    load_settings,
    public_url,
    with_secrets,
)
from factcheck.sidebyside import SideBySide
from factcheck.sidebyside import read_side_by_side as set_side_by_side
from factcheck.tracing import span

P = ParamSpec("P")
T = TypeVar("T")
Engine = Literal["model", "reading"]
Clock = Callable[[], datetime]
SENT = 0.2
"""Seconds after which the first request is surely on its way: loading must not delay it."""


ROOM = 2**18
"""Bytes that a disk has to take before anything is paid for: about a report."""


def now() -> datetime:
    """The time in the zone of this machine, to the second."""
    return datetime.now(tz=UTC).astimezone().replace(microsecond=0)


def blocking(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """The function that calls a coroutine function, named with an "a" before, and waits for it."""

    @wraps(function)
    def call_and_wait(*args: P.args, **kwargs: P.kwargs) -> T:
        return run_to_end(function(*args, **kwargs))

    call_and_wait.__name__ = call_and_wait.__qualname__ = function.__name__.removeprefix("a")
    return call_and_wait


async def afact_check(  # noqa: PLR0913 (all but one have defaults)
    articles: Input | Iterable[Input],
    *,
    settings: Settings | None = None,
    model: str | None = None,
    base_url: str | None = None,
    config: str | Path | None = None,
    owners: Mapping[str, Sequence[str]] = MappingProxyType({}),
    record: str | Path | None = None,
    replay: str | Path | None = None,
    cache: bool = True,
    progress: Callable[[Step], None] | None = None,
) -> Report:
    """Compare articles about one event; the same as `factcheck report`.

    `articles` are files and folders, URLs, texts, or articles that were read before. A string
    with a line break in it is the text of an article (Markdown, with front matter if there
    is any, or HTML), one that opens like https:// a URL, any other a path. URLs are
    fetched within the limits of `settings.fetch`, see `docs/fetching.md`. `settings` stand for
    `model`, `base_url` and the file `config`; without any of them factcheck.toml is read. The
    key comes from the environment (OPENAI_API_KEY) unless the settings hold one. `owners` maps
    an owner to its outlets, which count as one voice, and adds to those in the settings. With
    `replay` no model is asked. `progress` is called at every step.

    `await afact_check(...)` is for a program with an event loop: articles are read in a thread,
    and cancelling it cancels the calls. `fact_check(...)` waits for the report, also where an
    event loop runs, as in a notebook: then in a thread with its own loop, in which `progress`
    is called. Both raise the errors of `factcheck.errors`.
    """
    flags = {"model.name": model, "model.base_url": base_url}
    chosen = choose_settings(settings, config, owners, flags)
    recorded, replayed = (None if path is None else Path(path) for path in (record, replay))
    run = Run(chosen, recorded, replayed, cache, progress)
    run.check()
    preload_client()
    return await run.compare(*await asyncio.to_thread(readable, to_inputs(articles), chosen.fetch))


fact_check = blocking(afact_check)


def read_side_by_side(
    articles: Input | Iterable[Input],
    *,
    settings: Settings | None = None,
    config: str | Path | None = None,
    owners: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> SideBySide:
    """Set articles side by side, without a model or a verdict.

    Like `factcheck report --engine reading`, but no server is looked for. Takes `articles`,
    `settings`, `config` and `owners` as `fact_check` does, and raises the same.
    """
    return reading(to_inputs(articles), choose_settings(settings, config, owners))


def choose_settings(
    given: Settings | None,
    config: str | Path | None,
    owners: Mapping[str, Sequence[str]],
    flags: Mapping[str, object] = MappingProxyType({}),
) -> Settings:
    """The settings given, with the key of the environment if they hold none, or those loaded.

    `owners` are added to theirs. Raises `UsageError` where one argument excludes another.
    """
    if given is None:
        chosen = settings(config=None if config is None else Path(config), flags=flags)
    elif config is not None or any(value is not None for value in flags.values()):
        raise UsageError(
            "settings exclude model, base_url and config.", "Set the model in the settings."
        )
    else:
        key = given.model.api_key
        model = given.model if key is not None else with_secrets(given.model, os.environ)
        chosen = given.model_copy(update={"model": model})
    try:
        outlets = OutletSettings.model_validate({"owners": {**chosen.outlets.owners, **owners}})
    except (ValidationError, TypeError) as error:
        raise UsageError(
            "owners have to map the name of an owner to a list of outlets",
            'Such as {"Example Holding": ["Morning Example", "Evening Example"]}.',
        ) from error
    return chosen.model_copy(update={"outlets": outlets})


def settings(
    *, config: Path | None = None, flags: Mapping[str, object] = MappingProxyType({})
) -> Settings:
    """Settings from flags, this process's environment, and factcheck.toml or `config`."""
    return load_settings(config=config, environ=os.environ, flags=flags)


def engine(
    wanted: Literal["auto", "model", "reading"], model: ModelSettings, *, asked: bool
) -> Engine:
    """Which engine makes the document; `asked` tells of an option that only a model has.

    "auto" is the model as soon as anybody named one or an endpoint: somebody who wants the
    fact-check and lacks the key has to hear so, and does not get another document.
    """
    if wanted != "auto":
        return wanted
    named = asked or is_configured(model) or model.base_url != OPENAI_URL
    return "model" if named else "reading"


def servers(settings: Settings) -> tuple[Server, ...]:
    """The model servers of this machine that could be offered; none where a model is set."""
    return () if is_configured(settings.model) else local_servers(settings.reading.ports)


def reading(
    inputs: Sequence[ReadableInput | Url],
    settings: Settings,
    *,
    servers: Sequence[Server] = (),
    clock: Clock = now,
) -> SideBySide:
    """Read the articles and set them side by side; `servers` are offered, and never asked."""
    articles, excluded = readable(inputs, settings.fetch)
    return set_side_by_side(
        articles,
        created=clock(),
        excluded=excluded,
        owners=settings.outlets.owners,
        hints=setup_hints(settings.model, servers),
    )


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
        return run_to_end(self.compare(*readable(inputs, self.settings.fetch)))

    def check(self) -> None:
        """Refuse options that exclude each other, and a missing key, before anything is read."""
        model = self.settings.model
        if self.record is not None and self.replay is not None:
            raise UsageError("--record and --replay exclude each other.", "Give one of them.")
        if self.record is not None:
            if self.record.is_dir():
                raise UsageError(f"{self.record} is a folder.", "Name a file for the recording.")
            check_folder(self.record.parent)
        if self.replay is None:
            if not is_configured(model):
                raise no_key(model)
            lost = ["--record"] * (self.record is not None) + ["--no-cache"] * (not self.cache)
            if model.batch and lost:
                raise UsageError(f"--batch and {lost[0]} exclude each other.", "Give one of them.")
            if self.settings.report.max_cost is not None and not is_priced(model, now()):
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
                options=options(self.settings),
                progress=self._steps(model, created),
                created=created,
            )
            return sign_report(result.report, model, created)

        with span("report", articles=len(articles)):
            if self.replay is not None:
                return await self._replayed(replaying(self.replay), ask)
            created = self.clock()
            budget = self._budget(articles, created)
            if self.record is None:
                return await self._live(created, budget, ask)
            with recording(self.record, self.settings.model, now=created) as recorder:
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
            asked, transport = by_batches(asked, cache)
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
        shape = options(self.settings)
        if self.say is not None:
            self.say(describe_forecast(estimate(articles, shape, model, created), limits))
        budget = Budget(model, limits, created, "report")

        def fits(use: Sequence[StageUse]) -> bool:
            return budget.find_limit(add_margin(use)) is None

        budget.held = add_margin(hold_back(articles, shape, model, created, fits))
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


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine and wait for it, in a thread of its own if this one has a running loop."""
    if not has_running_loop():
        return asyncio.run(work)
    begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[T] | None]] = Future()

    async def cancellable() -> T:
        begun.set_result((asyncio.get_running_loop(), asyncio.current_task()))
        return await work

    with ThreadPoolExecutor(1, "factcheck") as pool:
        done = pool.submit(asyncio.run, cancellable())
        try:
            return done.result()
        except KeyboardInterrupt:
            loop, task = begun.result()
            if task is not None:
                loop.call_soon_threadsafe(task.cancel)
            raise


def has_running_loop() -> bool:
    """Whether an event loop runs in this thread."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def by_batches(model: ModelSettings, answers: Answers) -> tuple[ModelSettings, MakeTransport]:
    """What clients need to ask by batches: patient settings, and a transport that they share."""
    from factcheck.llm.batch import Batcher, for_batches  # noqa: PLC0415 (start-up)

    return for_batches(model), Batcher(model, answers).transport


def check_folder(folder: Path) -> None:
    """Raise `UsageError` unless files can be written into a folder, which need not exist yet.

    Nothing is left behind: a run that fails makes no folder.
    """
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if _is_there(path))
        # The only sure answer: rights, quotas and read-only disks all speak up here.
        with TemporaryFile(dir=nearest) as file:
            file.write(bytes(ROOM))
    except OSError as error:
        raise UsageError(
            f"cannot write to {show_path(str(folder))}: {error.strerror}",
            "Choose another output folder.",
        ) from error


def _is_there(path: Path) -> bool:
    """Whether anything has this name, also a link to nothing, in whose place no folder can come."""
    if "\0" in str(path):
        raise OSError(EINVAL, "no folder can have this name", str(path))
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def readable(
    inputs: Sequence[ReadableInput | Url], settings: FetchSettings
) -> tuple[tuple[Article, ...], tuple[Excluded, ...]]:
    """The articles that can be read, and what was left out. Raises if there are none.

    Where a path does not exist, what is wrong with any address is told with it.
    """
    urls = [one.url for one in inputs if isinstance(one, Url)]
    refuse_missing((one for one in inputs if isinstance(one, Path)), list_bad_urls(urls))
    articles, excluded = read_articles(fetch_urls(inputs, settings))
    if not articles:
        reasons = "; ".join(
            ": ".join(filter(None, (item.source, item.reason, item.detail))) for item in excluded
        )
        raise NoArticlesError(
            f"No article could be read ({reasons or 'nothing was given'}).",
            "Give files or folders of .txt, .md or .html, or URLs, with news text in them.",
        )
    return articles, excluded


def list_bad_urls(urls: Sequence[str]) -> list[str]:
    """What is wrong with each address that cannot be fetched."""
    if not urls:
        return []
    from factcheck.fetch.urls import explain_bad  # noqa: PLC0415 (start-up)

    return [why for url in urls if (why := explain_bad(url))]


def fetch_urls(
    inputs: Sequence[ReadableInput | Url], settings: FetchSettings
) -> list[ReadableInput]:
    """The inputs with each URL replaced by what stands there, and one that is named twice once."""
    urls = list(dict.fromkeys(one.url for one in inputs if isinstance(one, Url)))
    if not urls:
        return [one for one in inputs if not isinstance(one, Url)]
    from factcheck.fetch.articles import fetch_articles  # noqa: PLC0415 (start-up)

    fetched = dict(zip(urls, run_to_end(fetch_articles(urls, settings)), strict=True))
    stands = (fetched.pop(one.url, None) if isinstance(one, Url) else one for one in inputs)
    return [one for one in stands if one is not None]


def options(settings: Settings) -> Options:
    """The settings that shape the stages."""
    return Options(
        window=settings.extract.window,
        limits=Limits(articles=settings.compare.articles, tokens=settings.compare.tokens),
        owners=settings.outlets.owners,
    )


def dry_run(
    inputs: Sequence[ReadableInput | Url], settings: Settings, clock: Clock = now
) -> Estimate:
    """What a run would use, without any call."""
    articles, _ = readable(inputs, settings.fetch)
    return estimate(articles, options(settings), settings.model, clock())


def preload() -> None:
    """Load what comparing and rendering need, while the model is busy with the first article."""
    import genai_prices  # noqa: F401, PLC0415 (start-up)

    from factcheck.report import markup  # noqa: PLC0415 (start-up)

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


def with_manifest(report: Report, **changes: object) -> Report:
    """The report with some fields of its manifest changed."""
    manifest = report.manifest.model_copy(update=changes)
    return report.model_copy(update={"manifest": manifest})
