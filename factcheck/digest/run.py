"""Make the edition that is due, publish it and deliver it.

One run at a time, under the lock of the store. An edition belongs to its window: made once,
never overwritten by a worse one, delivered once to each. Whatever broke off an earlier run,
this one goes on from there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from factcheck.api import find_servers
from factcheck.digest import pages
from factcheck.digest.deliver.ledger import Delivery, Key, Ledger, Mark
from factcheck.digest.deliver.send import Courier, Letters
from factcheck.digest.due import PREVIEW, RunOptions, open_due
from factcheck.digest.edition import Made, make_edition
from factcheck.digest.models import Coverage, Edition
from factcheck.digest.newsroom import Newsroom, Slot
from factcheck.digest.publish.chat import make_message
from factcheck.digest.publish.failures import show_guarded
from factcheck.digest.publish.mail import make_mail
from factcheck.digest.publish.parts import edition_path
from factcheck.digest.schedule.windows import to_local
from factcheck.digest.store import editions
from factcheck.digest.store.database import open_locked
from factcheck.digest.zones import warn_of_zone
from factcheck.errors import PARTIAL, UNDELIVERED, NoArticlesError, UsageError
from factcheck.files import check_folder
from factcheck.language.visible import clean_line
from factcheck.llm.discovery import Server
from factcheck.llm.endpoint import MakeTransport
from factcheck.report.words import join_texts, many, spell
from factcheck.run import Clock, now
from factcheck.settings.loader import Settings
from factcheck.settings.model import is_configured
from factcheck.tracing import span

FAILED: tuple[Mark, ...] = ("failed",)
TROUBLE = frozenset({"failed", "unknown"})


@dataclass(frozen=True)
class Outcome:
    """What came of a run: the edition, whether this run made it, its pages, its deliveries."""

    edition: Edition | None
    made: bool
    site: Path
    deliveries: tuple[Delivery, ...] = ()
    remark: str = ""
    hints: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or what a scheduler has to know: not everywhere delivered, not all checked."""
        if any(one.state in TROUBLE for one in self.deliveries):
            return UNDELIVERED
        return PARTIAL if self.edition and self.edition.status == "degraded" else 0


def digest(  # noqa: PLR0913 (all but the first four have defaults)
    settings: Settings,
    folder: Path,
    *,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    options: RunOptions | None = None,
    at: datetime | None = None,
    clock: Clock = now,
    sleep: Callable[[float], None] = time.sleep,
    transport: MakeTransport | None = None,
) -> Outcome:
    """Make the edition that is due, in `folder`, the place of factcheck.toml.

    `at` is the moment that the edition is made for, by default that of the clock;
    `transport` makes what carries the model's requests, if not the network. Raises
    `UsageError`, `StoreError`, `BusyError` and `NoArticlesError`.
    """
    if not settings.digest.sources:
        raise UsageError(
            "digest.sources: no source is set",
            "Name a folder or a feed in factcheck.toml; factcheck digest --init writes one.",
        )
    site = folder / settings.digest.output
    check_folder(site)
    if warning := warn_of_zone(settings.schedule):
        say(warning)
    with span("edition"), open_locked(settings.digest.store, folder) as engine:
        newsroom = Newsroom(
            settings=settings,
            folder=folder,
            engine=engine,
            now=to_local(at or clock(), settings.schedule),
            clock=clock,
            say=say,
            hints=list_model_hints(settings, find_servers(settings)),
            transport=transport,
        )
        options = options or RunOptions()
        ledger = Ledger(engine, clock)
        courier = Courier(settings.delivery, ledger, environ, options.resend, sleep)
        return EditionRunner(newsroom, site, options, courier).run()


def forget(settings: Settings, folder: Path, identity: str) -> str:
    """Take an edition back, from the store and the pages; returns what came of it.

    What it told is news again in the next edition; mails and messages are not called back, and
    are not sent again under the same name. Raises `UsageError` where there is none of this
    name, `StoreError` and `BusyError`.
    """
    site = folder / settings.digest.output
    with open_locked(settings.digest.store, folder) as engine, engine.begin() as db:
        if not editions.forget(db, identity):
            known = [one.id for one in editions.list_past(db, limit=5)]
            raise UsageError(
                f"there is no edition {clean_line(identity)}",
                f"The latest are: {', '.join(known) or 'none'}.",
            )
    pages.remove(identity, site)
    return f"edition {identity} is taken back: the next run tells its news, and writes the pages"


@dataclass(frozen=True)
class EditionRunner:
    """One run over an open and locked store."""

    newsroom: Newsroom
    site: Path
    options: RunOptions
    courier: Courier

    def run(self) -> Outcome:
        """Make what is due, publish and deliver it, then what an earlier run could not deliver."""
        with self.newsroom.engine.connect() as db:
            last = None if self.options.aside else editions.find_last(db)
        if last is None and not self.options.aside:
            pages.refuse_lost(self.site)
        if self.options.resend:
            outcome = self.send(last, remark="" if last else "there is no edition yet")
            return self.send_late(outcome, (*FAILED, "sending"))
        slot, made_before = open_due(self.newsroom, self.options, last)
        if made_before is not None and made_before.status == "complete":
            remark = f"edition {slot.id} is made already; --extra makes another one now"
            if last is not None and last.id != slot.id:  # the newest is published already
                return Outcome(made_before, made=False, site=self.site, remark=remark)
            return self.send_late(self.send(made_before, remark=remark), FAILED)
        made = asyncio.run(make_edition(self.newsroom, slot))
        if not (slot.previous or made.edition.stories or made.edition.singles):
            self.take_back(slot.id)
            raise make_no_articles(made.edition.coverage, self.newsroom.settings.digest.days)
        if self.options.aside:
            return self.preview(made)
        return self.send_late(self.keep(slot, made, made_before), FAILED, last)

    def keep(self, slot: Slot, made: Made, made_before: Edition | None) -> Outcome:
        """Keep an edition and send it, unless a better one is there or it has nothing to tell."""
        edition = made.edition
        degraded = edition.status == "degraded"
        better = made_before and degraded and count_waiting(edition) >= count_waiting(made_before)
        if not better and self.is_news(edition):
            with self.newsroom.engine.begin() as db:
                editions.finish(db, edition, made.stories, made.reports)
            return self.send(edition, made=True)
        for name, why in list_failed(edition.coverage):  # no edition is made that would say so
            self.newsroom.say(clean_line(f"not read in full: {name} ({why})"))
        if better:
            return self.send(made_before)
        if made_before is None:
            self.take_back(slot.id)
        with self.newsroom.engine.connect() as db:
            previous = editions.edition_of(db, slot.previous)
        remark = f"nothing new since edition {slot.previous}: no edition was made"
        return self.send(previous, remark=remark)

    def is_news(self, edition: Edition) -> bool:
        """Whether there is anything to tell; a scheduled edition also says that nothing is."""
        if self.newsroom.settings.schedule.times or not edition.previous:
            return True
        articles = (one for story in edition.all_stories for one in story.articles)
        fresh = any(one.arrival != "known" for one in articles)
        return fresh or any(story.status != "quiet" for story in edition.all_stories)

    def take_back(self, identity: str) -> None:
        """Forget an edition that was opened and is not kept."""
        with self.newsroom.engine.begin() as db:
            editions.drop(db, identity)

    # --- what goes out ------------------------------------------------------------------

    def send(self, edition: Edition | None, *, made: bool = False, remark: str = "") -> Outcome:
        """Publish the edition, if there is one, and deliver it to whoever has not got it.

        One that an earlier run made goes to those alone whom it was meant for then.
        """
        if edition is None:
            return Outcome(None, made, self.site, remark=remark)
        pages.publish(edition, self.site, self.newsroom)
        hints = self.newsroom.hints if made else ()
        only = None if made else self.list_recipients(edition)
        return Outcome(edition, made, self.site, self.deliver(edition, only), remark, hints)

    def list_recipients(self, edition: Edition) -> Collection[Key] | None:
        """Whom an edition was to go to when it was made; None for all, if its run ended before."""
        return self.courier.ledger.read_states(edition.id).keys() or None

    def send_late(
        self, outcome: Outcome, states: Collection[Mark], last: Edition | None = None
    ) -> Outcome:
        """Deliver editions before that of the outcome to those whom they did not reach.

        That is whom they were meant for, and all for the `last` one if a run ended before that
        was known: a new recipient gets no old edition.
        """
        unsent: dict[str, Collection[Key] | None] = {**self.courier.ledger.list_unsent(states)}
        if last is not None:
            unsent[last.id] = self.list_recipients(last)
        found: tuple[Delivery, ...] = ()
        for identity in sorted(unsent.keys() - {outcome.edition.id if outcome.edition else ""}):
            with self.newsroom.engine.connect() as db:
                edition = editions.edition_of(db, identity)
            if edition is not None:
                found += self.deliver(edition, unsent[identity], late=True)
        found = tuple(one for one in found if one.state != "already sent")
        return replace(outcome, deliveries=(*found, *outcome.deliveries))

    def deliver(
        self, edition: Edition, only: Collection[Key] | None = None, *, late: bool = False
    ) -> tuple[Delivery, ...]:
        """Deliver an edition, to `only` some or to all; the ledger knows who has got it."""
        url = self.newsroom.settings.digest.site_url
        link = f"{url}/{edition_path(edition.id)}" if url else ""
        mail = show_guarded([edition], lambda some: make_mail(some[0], link), "writing the mail")
        text = show_guarded(
            [edition], lambda some: make_message(some[0], link), "writing the message"
        )
        letters = Letters(edition.id, edition.made, mail, text)
        return self.courier.deliver(letters, only, late=late)

    def preview(self, made: Made) -> Outcome:
        """Write the pages beside those that are published, and keep nothing of the edition."""
        site, edition = self.site / PREVIEW, made.edition
        since = f"what changed since edition {edition.previous}"
        told = since if edition.previous else "all that there is"
        if self.options.since is not None:
            edition = edition.model_copy(update={"title": f"{edition.title}: {told}"})
        try:
            pages.write(edition, [], made.reports, site, self.newsroom)
        finally:
            self.take_back(PREVIEW)
        remark = f"a preview: nothing was sent or kept; {told}"
        return Outcome(edition, made=True, site=site, remark=remark)


def list_model_hints(settings: Settings, found: Sequence[Server]) -> tuple[str, ...]:
    """How the next edition gets its fact-check; none where a model is set up."""
    if is_configured(settings.model):
        return ()
    name = settings.model.name or "MODEL"
    key = (
        f"For a fact-check in the next edition, set {settings.model.api_key_env} to a key, or "
        "name a server of your own under [model] in factcheck.toml."
    )
    offers = (
        f"{one.name} answers on this machine and has not been used: under [model], set "
        f'base_url = "{one.base_url}" and name = "{one.model or name}".'
        for one in found
    )
    return (key, *offers)


def list_failed(coverage: Coverage) -> list[tuple[str, str]]:
    """The sources that were not read in full, each with why."""
    return [(one.name, join_texts(one.problems)) for one in coverage.sources if one.problems]


def make_no_articles(coverage: Coverage, days: int) -> NoArticlesError:
    """The error for a first edition without any article that came within some days."""
    reasons = [f"{name}: {why}" for name, why in list_failed(coverage)]
    reasons += [f"{one.source}: {one.detail or spell(one.reason)}" for one in coverage.left]
    found = any(one.found for one in coverage.sources)
    none = f"what they hold came more than {many(days, 'day')} ago" if found else "they are empty"
    return NoArticlesError(
        f"No article in any source ({'; '.join(reasons[:3]) or none}).",
        "Put .txt, .md or .html files into the folder, or check the feeds in factcheck.toml.",
    )


def count_waiting(edition: Edition) -> int:
    """How many articles wait for their fact-check."""
    return sum(not a.checked for story in edition.stories for a in story.articles)
