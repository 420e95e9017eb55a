"""Run: paths and settings in, a report or reading out; all that is outside is passed in here.

The one place that reads the environment, the clock, the cache folder and the
files; the stages below get values. `fact_check` and `read_side_by_side` are the
Python API, the command calls `report` and `reading`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from types import MappingProxyType
from typing import Literal

from factcheck.articles import read_articles
from factcheck.errors import NoArticlesError, UsageError
from factcheck.llm.cache import AnswerCache, answers_folder
from factcheck.llm.client import Model, preload_client
from factcheck.llm.discovery import Server, local_servers, setup_hints
from factcheck.llm.prices import cost
from factcheck.llm.provider_errors import no_key
from factcheck.llm.recording import Replay
from factcheck.llm.recording import record as recording
from factcheck.llm.recording import replay as replaying
from factcheck.models import Article, Excluded, Remark, Report
from factcheck.pipeline.check import Options, Progress, check
from factcheck.pipeline.compare import Limits
from factcheck.pipeline.estimate import Estimate, estimate
from factcheck.settings.loader import (
    OPENAI_URL,
    ModelSettings,
    Settings,
    configured,
    load_settings,
    public_url,
)
from factcheck.sidebyside import SideBySide
from factcheck.sidebyside import read_side_by_side as set_side_by_side

Engine = Literal["model", "reading"]
Clock = Callable[[], datetime]
SENT = 0.2
"""Seconds after which the first request is surely on its way: loading must not delay it."""


def now() -> datetime:
    """The time in UTC, to the second."""
    return datetime.now(tz=UTC).replace(microsecond=0)


def fact_check(
    articles: Sequence[str | Path] | str | Path,
    *,
    model: str | None = None,
    base_url: str | None = None,
    config: str | Path | None = None,
    record: str | Path | None = None,
    replay: str | Path | None = None,
    cache: bool = True,
) -> Report:
    """Compare the articles in these files and folders; the same as `factcheck report`.

    The key comes from the environment (OPENAI_API_KEY). With `replay` no model is
    asked. Raises the errors of `factcheck.errors`. Inside a running event loop:
    `await asyncio.to_thread(fact_check, ...)`.
    """
    flags = {"model.name": model, "model.base_url": base_url}
    return report(
        as_paths(articles),
        settings(config=None if config is None else Path(config), flags=flags),
        record=None if record is None else Path(record),
        replay=None if replay is None else Path(replay),
        cache=cache,
    )


def read_side_by_side(
    articles: Sequence[str | Path] | str | Path, *, config: str | Path | None = None
) -> SideBySide:
    """Set the articles in these files and folders side by side, without a model or a verdict.

    Like `factcheck report --engine reading`, but no server is looked for. Raises the
    errors of `factcheck.errors`.
    """
    chosen = settings(config=None if config is None else Path(config))
    return reading(as_paths(articles), chosen)


def as_paths(articles: Sequence[str | Path] | str | Path) -> list[Path]:
    """One path or several, as paths."""
    return [Path(path) for path in ([articles] if isinstance(articles, str | Path) else articles)]


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
    named = asked or configured(model) or model.base_url != OPENAI_URL
    return "model" if named else "reading"


def servers(settings: Settings) -> tuple[Server, ...]:
    """The model servers of this machine that could be offered; none where a model is set."""
    return () if configured(settings.model) else local_servers(settings.reading.ports)


def reading(
    paths: Sequence[Path],
    settings: Settings,
    *,
    servers: Sequence[Server] = (),
    clock: Clock = now,
) -> SideBySide:
    """Read the articles and set them side by side; `servers` are offered, and never asked."""
    articles, excluded = readable(paths)
    return set_side_by_side(
        articles,
        created=clock(),
        excluded=excluded,
        owners=settings.outlets.owners,
        hints=setup_hints(settings.model, servers),
    )


def report(
    paths: Sequence[Path],
    settings: Settings,
    *,
    record: Path | None = None,
    replay: Path | None = None,
    cache: bool = True,
    progress: Progress | None = None,
    clock: Clock = now,
) -> Report:
    """Read the articles and compare them with the configured, recorded or replayed model."""
    check_options(record, replay)
    if replay is None and not configured(settings.model):
        raise no_key(name=settings.model.name, key_name=settings.model.api_key_env)
    preload_client()  # the client takes a second to load; articles are read meanwhile
    articles, excluded = readable(paths)
    job = Job(articles, excluded, settings, cache=cache and not record, progress=progress)
    with ExitStack() as stack:
        if replay is not None:
            return asyncio.run(job.replayed(stack.enter_context(replaying(replay))))
        if record is not None:
            stack.enter_context(recording(record, settings.model, now=clock()))
        return asyncio.run(job.live(clock()))


def check_options(record: Path | None, replay: Path | None) -> None:
    """Refuse options that exclude each other, before anything is read or asked."""
    if record is not None and replay is not None:
        raise UsageError("--record and --replay exclude each other.", "Give one of them.")
    if record is not None:
        if record.is_dir():
            raise UsageError(f"{record} is a folder.", "Name a file for the recording.")
        check_folder(record.parent)


def check_folder(folder: Path) -> None:
    """Raise `UsageError` unless files can be written into a folder, which need not exist yet.

    Nothing is left behind: a run that fails makes no folder.
    """
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        # The only sure answer: rights, quotas and read-only disks all speak up here.
        with TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise UsageError(
            f"cannot write to {folder}: {error.strerror}", "Choose another output folder."
        ) from error


def readable(paths: Sequence[Path]) -> tuple[tuple[Article, ...], tuple[Excluded, ...]]:
    """The articles that can be read, and what was left out. Raises if there are none."""
    articles, excluded = read_articles(paths)
    if not articles:
        reasons = "; ".join(f"{item.source}: {item.reason}" for item in excluded)
        raise NoArticlesError(
            f"No article could be read ({reasons or 'nothing was given'}).",
            "Give files or folders of .txt, .md or .html with news text in them.",
        )
    return articles, excluded


def options(settings: Settings) -> Options:
    """The settings that shape the stages."""
    return Options(
        window=settings.extract.window,
        limits=Limits(articles=settings.compare.articles, tokens=settings.compare.tokens),
        owners=settings.outlets.owners,
    )


def dry_run(paths: Sequence[Path], settings: Settings, clock: Clock = now) -> Estimate:
    """What a run would use, without any call."""
    articles, _ = readable(paths)
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


@dataclass(frozen=True)
class Job:
    """One comparison, ready to run against a live or a replayed model."""

    articles: tuple[Article, ...]
    excluded: tuple[Excluded, ...]
    settings: Settings
    cache: bool = True
    progress: Progress | None = None

    async def live(self, created: datetime) -> Report:
        """Ask the configured endpoint."""
        asyncio.get_running_loop().call_later(SENT, Thread(target=preload, daemon=True).start)
        kept = AnswerCache(answers_folder()) if self.cache else None
        async with Model(self.settings.model, cache=kept) as model:
            return await self._with(model, created)

    async def replayed(self, recording: Replay) -> Report:
        """Ask the recording; the report carries the time and the model of the recorded run."""
        async with Model(recording.settings(self.settings.model)) as model:
            result = await self._with(model, recording.recorded_at)
        unplayed = (
            Remark(code="not-asked-for", text=f"Recorded but not asked for: {line}")
            for line in recording.unplayed()
        )
        manifest = result.manifest.model_copy(
            update={
                "replayed": True,
                "endpoint": "",
                "cost": None,
                "use": tuple(u.model_copy(update={"cost": None}) for u in result.manifest.use),
                "notes": (*result.manifest.notes, *unplayed),
            }
        )
        return result.model_copy(update={"manifest": manifest})

    async def _with(self, model: Model, created: datetime) -> Report:
        result = await check(
            self.articles,
            model,
            excluded=self.excluded,
            options=options(self.settings),
            progress=self.progress,
            created=created,
        )
        return signed(result.report, model, created)


def signed(report: Report, model: Model, created: datetime) -> Report:
    """The report with the model that made it, and what that cost."""
    asked: ModelSettings = model.settings
    use = tuple(
        stage.model_copy(update={"cost": cost(asked.name, asked.base_url, [stage], created)})
        for stage in report.manifest.use
    )
    manifest = report.manifest.model_copy(
        update={
            "use": use,
            "model": asked.name,
            "endpoint": public_url(asked.base_url),
            "answer_format": model.answer_format,
            "cost": cost(asked.name, asked.base_url, use, created),
            "notes": (*report.manifest.notes, *model.notes()),
        }
    )
    return report.model_copy(update={"manifest": manifest})
