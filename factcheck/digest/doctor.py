"""Look at everything that an edition needs: settings in, what is fine and how to fix the rest out.

Nothing is sent to anybody but one small question to the model; no edition is made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy.engine import make_url

from factcheck.api import check_folder, servers
from factcheck.boundary import is_failure, log_failure
from factcheck.digest import inbox
from factcheck.digest.assemble import zone
from factcheck.digest.deliver.chat import check_chat
from factcheck.digest.deliver.mail import check_mail
from factcheck.digest.run import ways_to_a_model
from factcheck.digest.store import editions
from factcheck.digest.store.database import locate, open_locked
from factcheck.errors import (
    MODEL,
    STORE,
    UNDELIVERED,
    USAGE,
    BusyError,
    FactcheckError,
    ModelError,
    StoreError,
    UsageError,
)
from factcheck.fetch.feeds import read_feed
from factcheck.fetch.fetcher import Fetcher
from factcheck.fetch.models import FetchProblem, NotFetched, Request
from factcheck.fetch.urls import target
from factcheck.llm.client import Model, Prompt
from factcheck.pipeline.wire import Wire
from factcheck.report.words import many
from factcheck.settings.loader import Settings, SourceSettings, is_configured, public_url

PATIENCE = 60.0  # seconds for the answer of the model
State = Literal["fine", "note", "fault"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `exit_code` is 0 unless it is a fault."""

    about: str
    state: State
    said: str
    fix: str = ""
    exit_code: int = 0


class Numbers(Wire):
    """The answer to the question."""

    numbers: list[int]


QUESTION = Prompt(
    stage="doctor",
    label="question",
    system='Answer with one JSON object: {"numbers": [the numbers of sentences]}.',
    user="[1] The ferry left at noon.\n[2] The old mill burned down.\n[3] The cup final was moved."
    "\n\nTASK: doctor\nGive the numbers of all sentences that tell of a fire.",
    schema=Numbers,
    check=lambda _: [],
)
ANSWER = [2]


def examine(
    settings: Settings, folder: Path, environ: Mapping[str, str], now: datetime
) -> list[Check]:
    """What a run of `factcheck digest` in a folder would meet, in the order in which it would.

    Raises nothing for one of the things.
    """
    found = [
        Check("times", "fine", f"read in {zone(settings)}"),
        look("model", lambda: model(settings)),
    ]
    if not settings.digest.sources:
        fix = "factcheck digest --init writes a settings file; factcheck report needs none."
        return [*found, Check("sources", "note", "no source is set: there is no digest", fix)]
    found += [
        look("store", lambda: store(settings, folder)),
        look("pages", lambda: output(settings, folder)),
        *asyncio.run(sources(settings, folder, now)),
    ]
    mail = settings.delivery.mail
    if mail is not None:
        about = f"mail by {mail.host}"
        fix = "Check [delivery.mail] and the variable of its password."
        found.append(delivery(about, check_mail(mail, environ), "nothing was sent", fix))
    for name in settings.delivery.chat.urls_env:
        said = "holds a URL that Apprise knows; nothing was sent"
        fix = f"Set {name} to one Apprise URL: https://github.com/caronc/apprise/wiki."
        found.append(delivery(f"chat by {name}", check_chat(name, environ), said, fix))
    return found


def look(about: str, at: Callable[[], Check]) -> Check:
    """What a check finds; an error is a fault."""
    try:
        return at()
    except FactcheckError as error:
        return Check(about, "fault", error.message, error.hint, error.exit_code)


def model(settings: Settings) -> Check:
    """Whether the model answers a small question, in which format, and rightly."""
    asked = settings.model
    if not is_configured(asked):
        said = "none is set up: stories are set side by side, without verdicts"
        fix = " ".join(ways_to_a_model(settings, servers(settings)))
        return Check("model", "note", said, fix)
    patient = asked.model_copy(update={"retries": 0, "timeout": min(asked.timeout, PATIENCE)})
    about = f"model {asked.name} at {public_url(asked.base_url)}"

    async def ask() -> tuple[list[int], str]:
        async with Model(patient) as client:
            return (await client.ask(QUESTION)).value.numbers, client.answer_format

    try:
        numbers, form = asyncio.run(ask())
    except ModelError as error:
        return Check(about, "fault", error.message, error.hint, MODEL)
    if numbers != ANSWER:
        said = "answers, but a simple question wrongly"
        return Check(about, "note", said, "Expect poor reports: choose a larger model.")
    if form != "json_schema":
        said = f"answers, as {form}: it takes no JSON schema"
        return Check(about, "note", said, "It works, with more answers asked for again.")
    limit = asked.context_tokens
    if limit is not None and limit < settings.compare.tokens:
        said = f"answers; it reads {limit} tokens, and compare.tokens is {settings.compare.tokens}"
        return Check(about, "note", said, "Set compare.tokens to two thirds of what it reads.")
    return Check(about, "fine", "answers by a JSON schema")


def store(settings: Settings, folder: Path) -> Check:
    """Whether the store can be opened, and whether a run goes on in it."""
    place = locate(settings.digest.store, folder)
    about = "store " + make_url(place).set(query={}).render_as_string(hide_password=True)
    path = Path(place.database or "") if place.get_backend_name() == "sqlite" else None
    if path is not None and not path.exists():
        check_folder(path.parent)
        return Check(about, "fine", "is made by the first edition")
    try:
        with open_locked(settings.digest.store, folder) as engine, engine.connect() as db:
            past = editions.past(db, limit=1)
    except BusyError as error:
        return Check(about, "note", error.message, error.hint)
    except StoreError as error:
        return Check(about, "fault", error.message, error.hint, STORE)
    return Check(about, "fine", f"the last edition is {past[0].id}" if past else "no edition yet")


def output(settings: Settings, folder: Path) -> Check:
    """Whether pages can be written."""
    about = f"pages in {settings.digest.output}"
    try:
        check_folder(folder / settings.digest.output)
    except UsageError as error:
        fix = "Set digest.output to a folder that can be written to."
        return Check(about, "fault", error.message, fix, USAGE)
    site = settings.digest.site_url
    return Check(about, "fine", f"linked as {site}" if site else "not linked: no digest.site_url")


def delivery(about: str, problem: str, fine: str, fix: str) -> Check:
    """A check of a way of delivery, by what is wrong with it."""
    if problem:
        return Check(about, "fault", problem, fix, UNDELIVERED)
    return Check(about, "fine", fine)


# --- sources ----------------------------------------------------------------------------


async def sources(settings: Settings, folder: Path, now: datetime) -> list[Check]:
    """What each source holds; feeds are read, the articles that they name are not."""
    async with Fetcher(settings.fetch) as fetcher:
        looks = (source(one, settings, folder, fetcher, now) for one in settings.digest.sources)
        return [*await asyncio.gather(*looks)]


async def source(
    one: SourceSettings, settings: Settings, folder: Path, fetcher: Fetcher, now: datetime
) -> Check:
    """What one source holds."""
    kind, name = inbox.name_source(one)
    about = f"{kind} {name}"
    try:
        if one.feed:
            said, problem = await feed(one.feed, settings, fetcher, now)
        elif one.urls:
            said, problem = addresses(one, folder)
        else:
            said, problem = files(one, folder)
    except BaseException as error:
        if not is_failure(error):
            raise
        said, problem = "", log_failure(error, "reading the source")
    if problem:
        fix = "Set it right under [[digest.sources]], or take it out; the others are read."
        return Check(about, "fault", problem, fix, USAGE)
    return Check(about, "fine", said)


async def feed(url: str, settings: Settings, fetcher: Fetcher, now: datetime) -> tuple[str, str]:
    """How many entries a feed has, and what is wrong with it."""
    answer = await fetcher.fetch(Request(url))
    if isinstance(answer, NotFetched):
        return "", answer.detail
    found = read_feed(
        answer.content,
        answer.final_url,
        answer.content_type,
        now=now,
        max_entries=settings.fetch.max_entries,
    )
    return many(len(found.entries), "entry", "entries"), found.problem


def files(one: SourceSettings, folder: Path) -> tuple[str, str]:
    """How many files a folder or pattern holds."""
    if one.folder is not None and not (folder / one.folder).is_dir():
        return "", "the folder does not exist"
    found, closed = inbox.list_files(one, folder)
    problem = f"{many(len(closed), 'folder')} cannot be opened" if closed else ""
    return many(len(found), "file"), problem


def addresses(one: SourceSettings, folder: Path) -> tuple[str, str]:
    """How many addresses a list has, and the first that is none."""
    urls = inbox.read_urls(folder / one.urls) if isinstance(one.urls, Path) else one.urls
    for url in urls:
        try:
            target(url)
        except FetchProblem as problem:
            return "", f"{url}: {problem}"
    return many(len(urls), "address", "addresses"), ""
