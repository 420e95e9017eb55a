"""The Python API, and what the commands share with it: settings, the engine, a reading.

`fact_check` and `afact_check` make a report (`run.py` says how), `read_side_by_side` the
reading without a model.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, ParamSpec, TypeVar

from pydantic import ValidationError

import factcheck.report  # noqa: F401 (lets the results show their pages)
from factcheck.articles.inputs import Input, ReadableInput, Url, to_inputs
from factcheck.errors import UsageError
from factcheck.fetch.inputs import read_inputs
from factcheck.llm.discovery import Server, local_servers, setup_hints
from factcheck.llm.endpoint import preload_client
from factcheck.loops import run_to_end
from factcheck.models import Report
from factcheck.pipeline.estimate import Estimate, estimate
from factcheck.pipeline.progress import Step
from factcheck.run import Clock, Run, now
from factcheck.settings.loader import Settings, load_settings
from factcheck.settings.model import OPENAI_URL, ModelSettings, is_configured, with_secrets
from factcheck.settings.report import OutletSettings
from factcheck.sidebyside import SideBySide
from factcheck.sidebyside import read_side_by_side as set_side_by_side

P = ParamSpec("P")
T = TypeVar("T")
Engine = Literal["model", "reading"]


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
    read = await asyncio.to_thread(read_inputs, to_inputs(articles), chosen.fetch)
    return await run.compare(*read)


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
    return make_reading(to_inputs(articles), choose_settings(settings, config, owners))


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
        chosen = read_settings(config=None if config is None else Path(config), flags=flags)
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


def read_settings(
    *, config: Path | None = None, flags: Mapping[str, object] = MappingProxyType({})
) -> Settings:
    """Settings from flags, this process's environment, and factcheck.toml or `config`."""
    return load_settings(config=config, environ=os.environ, flags=flags)


def choose_engine(
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


def find_servers(settings: Settings) -> tuple[Server, ...]:
    """The model servers of this machine that could be offered; none where a model is set."""
    return () if is_configured(settings.model) else local_servers(settings.reading.ports)


def make_reading(
    inputs: Sequence[ReadableInput | Url],
    settings: Settings,
    *,
    servers: Sequence[Server] = (),
    clock: Clock = now,
) -> SideBySide:
    """Read the articles and set them side by side; `servers` are offered, and never asked."""
    articles, excluded = read_inputs(inputs, settings.fetch)
    return set_side_by_side(
        articles,
        created=clock(),
        excluded=excluded,
        owners=settings.outlets.owners,
        hints=setup_hints(settings.model, servers),
    )


def dry_run(inputs: Sequence[ReadableInput | Url], settings: Settings) -> Estimate:
    """What a run would use, without any call."""
    articles, _ = read_inputs(inputs, settings.fetch)
    return estimate(articles, settings, now())
