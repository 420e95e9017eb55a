"""Check everything that an edition needs: settings in; findings, with how to fix them, out.

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
from sqlalchemy.exc import ArgumentError

from factcheck.api import find_servers
from factcheck.boundary import is_failure, log_failure
from factcheck.digest import sources
from factcheck.digest.deliver.chat import check_chat
from factcheck.digest.deliver.mail import check_mail
from factcheck.digest.run import list_model_hints
from factcheck.digest.store import editions
from factcheck.digest.store.database import locate, open_locked, show_url
from factcheck.digest.zones import warn_of_zone, zone_name
from factcheck.errors import UNDELIVERED, USAGE, BusyError, FactcheckError, UsageError
from factcheck.fetch.fetcher import Fetcher
from factcheck.fetch.models import NotFetched, Request
from factcheck.fetch.urls import explain_bad_url
from factcheck.files import check_folder
from factcheck.llm.client import Model, Prompt
from factcheck.pipeline.wire import Wire
from factcheck.report.words import many
from factcheck.settings.digest import SourceSettings
from factcheck.settings.loader import Settings
from factcheck.settings.model import is_configured
from factcheck.settings.urls import public_url

PATIENCE = 60.0  # seconds for the answer of the model
State = Literal["fine", "note", "fault"]
Found = tuple[str, str]
"""What a check found, and how to do better, "" where it is fine."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `fix` is "" where it is fine, `exit_code` 0 but for a fault."""

    about: str
    said: str
    fix: str = ""
    exit_code: int = 0

    @property
    def state(self) -> State:
        """A fault ends a run or leaves something out of it; a note does not."""
        return "fault" if self.exit_code else "note" if self.fix else "fine"


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
    """Run all checks for `factcheck digest` in a folder, in the order in which a run needs them.

    Raises nothing for one of the things.
    """
    about = f"model {settings.model.name} at {public_url(settings.model.base_url)}"
    found = [
        Check("times", f"read in {zone_name(settings.schedule)}", warn_of_zone(settings.schedule)),
        run_check(
            about if is_configured(settings.model) else "model", lambda: check_model(settings)
        ),
    ]
    if not settings.digest.sources:
        fix = "factcheck digest --init writes a settings file; factcheck report needs none."
        return [*found, Check("sources", "no source is set: there is no digest", fix)]
    found += [
        run_check("store " + public_store(settings), lambda: check_store(settings, folder)),
        run_check(f"pages in {settings.digest.output}", lambda: check_output(settings, folder)),
        *asyncio.run(check_sources(settings, folder, now)),
    ]
    mail = settings.delivery.mail
    if mail is not None:
        fix = "Check [delivery.mail] and the variable of its password."
        found.append(check_delivery(f"mail by {mail.host}", check_mail(mail, environ), fix))
    for name in settings.delivery.chat.urls_env:
        fix = f"Set {name} to one Apprise URL: https://github.com/caronc/apprise/wiki."
        found.append(check_delivery(f"chat by {name}", check_chat(name, environ), fix))
    return found


def run_check(about: str, at: Callable[[], Found]) -> Check:
    """What a check finds; an error is a fault."""
    try:
        return Check(about, *at())
    except FactcheckError as error:
        return Check(about, error.message, error.hint, error.exit_code)


def check_delivery(about: str, problem: str, fix: str) -> Check:
    """A check of a way of delivery, by what is wrong with it."""
    if problem:
        return Check(about, problem, fix, UNDELIVERED)
    return Check(about, "can be used; nothing was sent")


def check_model(settings: Settings) -> Found:
    """Whether the model answers a small question, in which format, and rightly."""
    asked = settings.model
    if not is_configured(asked):
        said = "none is set up: stories are set side by side, without verdicts"
        return said, " ".join(list_model_hints(settings, find_servers(settings)))
    patient = asked.model_copy(update={"retries": 0})
    most = PATIENCE if asked.timeout > PATIENCE else None

    async def ask() -> tuple[list[int], str]:
        async with Model(patient) as client:
            return (await client.ask(QUESTION)).value.numbers, client.answer_format

    try:
        numbers, form = asyncio.run(asyncio.wait_for(ask(), most))
    except TimeoutError:
        said = f"gave no answer within {PATIENCE:.0f} seconds, which is all that is waited for here"
        return said, f"A run waits {asked.timeout:.0f} seconds for one (model.timeout)."
    if numbers != ANSWER:
        said = "answers, but a simple question wrongly"
        return said, "Expect poor reports: choose a larger model."
    if form != "json_schema":
        said = f"answers, as {form}: it takes no JSON schema"
        return said, "It works, with more answers asked for again."
    limit = asked.context_tokens
    if limit is not None and limit < settings.compare.tokens:
        said = f"answers; it reads {limit} tokens, and compare.tokens is {settings.compare.tokens}"
        return said, "Set compare.tokens to two thirds of what it reads."
    return "answers by a JSON schema", ""


def public_store(settings: Settings) -> str:
    """The address of the store without its password; "" for none that can be used."""
    try:
        return show_url(make_url(settings.digest.store))
    except ArgumentError:
        return ""


def check_store(settings: Settings, folder: Path) -> Found:
    """Whether the store can be opened, and whether a run goes on in it."""
    place = locate(settings.digest.store, folder)
    path = Path(place.database or "") if place.get_backend_name() == "sqlite" else None
    if path is not None and not path.exists():
        check_folder(path.parent)
        return "is made by the first edition", ""
    try:
        with open_locked(settings.digest.store, folder) as engine, engine.connect() as db:
            last = editions.find_last(db)
    except BusyError as error:
        return error.message, error.hint
    return (f"the last edition is {last.id}" if last else "no edition yet"), ""


def check_output(settings: Settings, folder: Path) -> Found:
    """Whether pages can be written."""
    try:
        check_folder(folder / settings.digest.output)
    except UsageError as error:
        fix = "Set digest.output to a folder that can be written to."
        raise UsageError(error.message, fix) from error
    site = settings.digest.site_url
    return (f"linked as {site}" if site else "not linked: no digest.site_url"), ""


# --- sources ----------------------------------------------------------------------------


async def check_sources(settings: Settings, folder: Path, now: datetime) -> list[Check]:
    """What each source holds; feeds are read, the articles that they name are not."""

    async def look_at(one: SourceSettings) -> Check:
        about = " ".join(sources.name_source(one)[:2])
        try:
            return Check(about, await check_source(one, settings, folder, fetcher, now))
        except (UsageError, OSError, UnicodeDecodeError) as error:
            said = getattr(error, "strerror", None) or str(error)
        except BaseException as error:
            if not is_failure(error):
                raise
            said = log_failure(error, "reading the source")
        fix = "Set it right under [[digest.sources]], or take it out; the others are read."
        return Check(about, said, fix, USAGE)

    async with Fetcher(settings.fetch) as fetcher:
        return [*await asyncio.gather(*map(look_at, settings.digest.sources))]


async def check_source(
    one: SourceSettings, settings: Settings, folder: Path, fetcher: Fetcher, now: datetime
) -> str:
    """How much one source holds; raises `UsageError` with what is wrong with it."""
    if one.feed:
        answer = await fetcher.fetch(Request(one.feed))
        if isinstance(answer, NotFetched):
            raise UsageError(answer.detail)
        feed = sources.parse_feed(answer, settings, now)
        if feed.problem:
            raise UsageError(feed.problem)
        return many(len(feed.entries), "entry", "entries")
    if one.urls:
        urls = sources.list_urls(one, folder)
        bad = [why for url in urls if (why := explain_bad_url(url))]
        if bad:
            raise UsageError("; ".join(bad))
        return many(len(urls), "address", "addresses")
    found, closed = sources.list_files(one, folder, settings)
    if closed:
        raise UsageError(
            f"{many(len(closed), 'folder')} not read, such as {closed[0].source}: "
            f"{closed[0].detail}"
        )
    return many(len(found), "file")
